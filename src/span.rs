//! Where something stands in a note: spans of bytes, and the lines and columns people count in.

use std::num::NonZeroU32;
use std::ops::Range;

/// A half-open range of bytes in one note's text. Both ends lie on character borders.
///
/// A vault in memory is millions of them, so an offset takes 32 bits: no note is larger than that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    start: u32,
    /// One more than the end: so there is room for a `None`.
    end: NonZeroU32,
}

impl Span {
    /// The largest offset, in bytes.
    pub const MOST: usize = u32::MAX as usize - 1;

    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "a span runs forwards");
        let span = u32::try_from(start).ok().zip(u32::try_from(end + 1).ok().and_then(NonZeroU32::new));
        let (start, end) = span.expect("`Note::parse` takes no larger text");
        Span { start, end }
    }

    /// The offset of the first byte.
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// The offset behind the last byte.
    pub fn end(self) -> usize {
        self.end.get() as usize - 1
    }

    /// The span between two characters, covering nothing.
    pub fn at(offset: usize) -> Self {
        Span::new(offset, offset)
    }

    /// The same with another start.
    pub fn with_start(self, start: usize) -> Span {
        Span::new(start, self.end())
    }

    /// The same with another end.
    pub fn with_end(self, end: usize) -> Span {
        Span::new(self.start(), end)
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end() - self.start()
    }

    pub fn is_empty(self) -> bool {
        self.start() == self.end()
    }

    /// Whether every byte of `other` is in this span.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a byte, or one is empty and lies inside or at the edge of the other.
    /// Two edits that touch in this sense would depend on their order.
    pub fn touches(self, other: Span) -> bool {
        if self.is_empty() || other.is_empty() {
            self.start() <= other.end() && other.start() <= self.end()
        } else {
            self.start() < other.end() && other.start() < self.end()
        }
    }

    /// The smallest span that covers both.
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    pub fn shift(self, by: usize) -> Span {
        Span::new(self.start() + by, self.end() + by)
    }

    pub fn range(self) -> Range<usize> {
        self.start()..self.end()
    }

    /// The text this span covers.
    pub fn of(self, text: &str) -> &str {
        &text[self.range()]
    }
}

impl Default for Span {
    fn default() -> Self {
        Span::at(0)
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Span::new(range.start, range.end)
    }
}

/// A place as people count it: 1-based line, 1-based column in characters (Unicode scalar values).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub struct Position {
    pub line: usize,
    pub column: usize,
}

/// Turns byte offsets of one text into lines and columns. Building it costs one pass over the text,
/// so it is made only for notes that have findings.
pub struct LineIndex<'a> {
    text: &'a str,
    /// Where each line starts.
    starts: Vec<usize>,
    /// Offset and column every so often in long lines, so that no column is counted from afar.
    marks: Vec<(usize, usize)>,
}

/// The most bytes that are counted to tell a column.
const STRIDE: usize = 1024;

impl<'a> LineIndex<'a> {
    pub fn new(text: &'a str) -> Self {
        let mut starts = vec![0];
        starts.extend(memchr::memchr_iter(b'\n', text.as_bytes()).map(|i| i + 1));
        let mut marks = Vec::new();
        for (i, &start) in starts.iter().enumerate() {
            let end = starts.get(i + 1).copied().unwrap_or(text.len());
            let (mut at, mut column) = (after_mark(text, start), 1);
            while end > at + STRIDE {
                let next = text.floor_char_boundary(at + STRIDE);
                column += text[at..next].chars().count();
                marks.push((next, column));
                at = next;
            }
        }
        LineIndex { text, starts, marks }
    }

    /// The position of a byte offset; offsets past the end are taken as the end. A byte order mark
    /// at the start of the text is not counted as a column.
    pub fn position(&self, offset: usize) -> Position {
        let offset = offset.min(self.text.len());
        let line = self.starts.partition_point(|&start| start <= offset);
        let start = after_mark(self.text, self.starts[line - 1]).min(offset);
        let mark = self.marks.partition_point(|&(at, _)| at <= offset).checked_sub(1).map(|i| self.marks[i]);
        let (from, column) = mark.filter(|&(at, _)| at > start).unwrap_or((start, 1));
        Position { line, column: column + self.text[from..offset].chars().count() }
    }

    /// The byte offset of a position; `None` when the text has no such line or column.
    pub fn offset(&self, position: Position) -> Option<usize> {
        let start = after_mark(self.text, *self.starts.get(position.line.checked_sub(1)?)?);
        let rest = &self.text[start..];
        let line = &rest[..memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len())];
        let column = position.column.checked_sub(1)?;
        let inside = line.char_indices().map(|(i, _)| i).chain([line.len()]).nth(column)?;
        Some(start + inside)
    }

    /// The span of a 1-based line without its line end.
    pub fn line(&self, line: usize) -> Span {
        let start = self.starts[line - 1];
        let end = self.starts.get(line).map_or(self.text.len(), |&next| next - 1);
        let end = if end > start && self.text.as_bytes()[end - 1] == b'\r' { end - 1 } else { end };
        Span::new(start, end)
    }
}

/// The start of a line, behind the byte order mark if there is one.
fn after_mark(text: &str, start: usize) -> usize {
    if start == 0 && text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { start }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_count_from_one() {
        let index = LineIndex::new("añb\r\nc");
        assert_eq!(index.position(3), Position { line: 1, column: 3 });
        assert_eq!(index.position(6), Position { line: 2, column: 1 });
        assert_eq!(index.position(99), Position { line: 2, column: 2 });
        assert_eq!(index.line(1), Span::new(0, 4));
    }

    #[test]
    fn columns_in_long_lines_are_counted_right() {
        let text = format!("ab\n{}x\ny", "é".repeat(3 * STRIDE));
        let index = LineIndex::new(&text);
        let x = text.len() - 3;
        assert_eq!(index.position(x), Position { line: 2, column: 3 * STRIDE + 1 });
        assert_eq!(index.position(text.len()), Position { line: 3, column: 2 });
        assert_eq!(index.position(2), Position { line: 1, column: 3 });
    }

    #[test]
    fn a_byte_order_mark_takes_no_column() {
        let index = LineIndex::new("\u{feff}ab");
        assert_eq!(index.position(3).column, 1);
        assert_eq!(index.position(4).column, 2);
        assert_eq!(index.offset(Position { line: 1, column: 2 }), Some(4));
    }

    #[test]
    fn insertions_at_the_edge_of_an_edit_touch_it() {
        assert!(Span::at(3).touches(Span::new(3, 5)));
        assert!(Span::at(5).touches(Span::new(3, 5)));
        assert!(!Span::new(3, 5).touches(Span::new(5, 6)));
    }
}
