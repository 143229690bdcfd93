//! Where something stands in a note: spans of bytes, and the lines and columns people count in.

use std::ops::Range;

/// A half-open range of bytes in one note's text. Both ends lie on character borders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    pub start: usize,
    pub end: usize,
}

impl Span {
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "a span runs forwards");
        Span { start, end }
    }

    /// The span between two characters, covering nothing.
    pub fn at(offset: usize) -> Self {
        Span::new(offset, offset)
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether every byte of `other` is in this span.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a byte, or one is empty and lies inside or at the edge of the other.
    /// Two edits that touch in this sense would depend on their order.
    pub fn touches(self, other: Span) -> bool {
        if self.is_empty() || other.is_empty() {
            self.start <= other.end && other.start <= self.end
        } else {
            self.start < other.end && other.start < self.end
        }
    }

    /// The smallest span that covers both.
    pub fn cover(self, other: Span) -> Span {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }

    pub fn shift(self, by: usize) -> Span {
        Span::new(self.start + by, self.end + by)
    }

    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// The text this span covers.
    pub fn of(self, text: &str) -> &str {
        &text[self.start..self.end]
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
    starts: Vec<usize>,
}

impl<'a> LineIndex<'a> {
    pub fn new(text: &'a str) -> Self {
        let mut starts = vec![0];
        starts.extend(memchr::memchr_iter(b'\n', text.as_bytes()).map(|i| i + 1));
        LineIndex { text, starts }
    }

    /// The position of a byte offset; offsets past the end are taken as the end. A byte order mark
    /// at the start of the text is not counted as a column.
    pub fn position(&self, offset: usize) -> Position {
        let offset = offset.min(self.text.len());
        let line = self.starts.partition_point(|&start| start <= offset);
        let mut start = self.starts[line - 1];
        if start == 0 && self.text.starts_with('\u{feff}') {
            start = offset.min('\u{feff}'.len_utf8());
        }
        let column = self.text[start..offset].chars().count() + 1;
        Position { line, column }
    }

    /// The byte offset of a position; `None` when the text has no such line or column.
    pub fn offset(&self, position: Position) -> Option<usize> {
        let mut start = *self.starts.get(position.line.checked_sub(1)?)?;
        if start == 0 && self.text.starts_with('\u{feff}') {
            start = '\u{feff}'.len_utf8();
        }
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
