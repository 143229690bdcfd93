//! Where a text is certainly prose, found out without reading its Markdown.
//!
//! Most links and tags stand in paragraphs that hold nothing but words. To know that much takes a
//! look at each byte; to know all takes a parser. Where this is in doubt it says nothing.

use memchr::{memchr, memchr_iter, memchr2_iter};

use crate::span::Span;

/// What a byte may begin.
const NOTHING: u8 = 0;
/// Code, HTML, math, tables, comments, URLs; a tab may indent code behind the mark of an item.
const MARKUP: u8 = 1;

static KINDS: [u8; 256] = {
    let mut kinds = [NOTHING; 256];
    let marks = b"`<$|%/\\\t";
    let mut i = 0;
    while i < marks.len() {
        kinds[marks[i] as usize] = MARKUP;
        i += 1;
    }
    kinds
};

/// The spans of a segment of a text in which every byte is prose: whole lines of paragraphs and
/// lists, in order. What comes after a comment, or HTML that can hold blank lines, is left out.
pub(super) fn spans(text: &str) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    let end = first_open_end(text);
    let mut paragraph = Paragraph::at(0);
    let mut fence: Option<Fence> = None;
    let mut at = 0;
    while at < end {
        let next = memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |i| at + i + 1);
        let line = &text.as_bytes()[at..next];
        if let Some(open) = &fence {
            if open.is_closed_by(line) {
                fence = None;
            }
        } else if is_fenced(line) {
            // Inside of HTML it would be no fence, and one in a list may end with the list.
            let Some(open) = Fence::of(line).filter(|_| paragraph.plain) else { break };
            paragraph.close(&mut found);
            fence = Some(open);
        } else {
            match Line::of(line, paragraph.goes_on) {
                Line::Blank => paragraph.close(&mut found),
                Line::Heading => paragraph.goes_on = false,
                Line::Doubtful => paragraph.plain = false,
                Line::Plain => {
                    paragraph.goes_on = true;
                    match found[paragraph.from..].last_mut() {
                        Some(last) if last.end() == at => *last = last.with_end(next),
                        _ => found.push(Span::new(at, next)),
                    }
                }
            }
        }
        at = next;
    }
    // The paragraph may go on with what opens there.
    if at < text.len() || end < text.len() {
        paragraph.plain = false;
    }
    paragraph.close(&mut found);
    found
}

/// A paragraph in hand: it is plain when all its lines are.
struct Paragraph {
    plain: bool,
    /// How many spans were found before it.
    from: usize,
    /// Whether the line before is a plain one: what is indented below it is no code.
    goes_on: bool,
}

impl Paragraph {
    fn at(from: usize) -> Paragraph {
        Paragraph { plain: true, from, goes_on: false }
    }

    fn close(&mut self, found: &mut Vec<Span>) {
        if !self.plain {
            found.truncate(self.from);
        }
        *self = Paragraph::at(found.len());
    }
}

/// The fence that opens a block of code outside of all lists.
pub(super) struct Fence {
    mark: u8,
    length: usize,
}

impl Fence {
    pub(super) fn of(line: &[u8]) -> Option<Fence> {
        let mark = *line.first().filter(|mark| matches!(mark, b'`' | b'~'))?;
        let length = line.iter().take_while(|&&byte| byte == mark).count();
        let named = mark == b'~' || !line[length..].contains(&b'`');
        (length > 2 && named).then_some(Fence { mark, length })
    }

    pub(super) fn is_closed_by(&self, line: &[u8]) -> bool {
        let indent = line.iter().take_while(|byte| **byte == b' ').count();
        let line = line[indent..].trim_ascii_end();
        indent < 4 && line.len() >= self.length && line.iter().all(|&byte| byte == self.mark)
    }
}

fn is_fenced(line: &[u8]) -> bool {
    let three = |at: usize| line[at + 1..].starts_with(&[line[at]; 2]);
    memchr2_iter(b'`', b'~', line).any(three)
}

enum Line {
    Blank,
    /// A line of its own, which leaves those around it what they are.
    Heading,
    Doubtful,
    Plain,
}

impl Line {
    /// `below`: the line before is plain.
    fn of(line: &[u8], below: bool) -> Line {
        let indent = line.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let rest = &line[indent..];
        if rest.trim_ascii().is_empty() {
            return Line::Blank;
        }
        let indented = indent > 3 || line[..indent].contains(&b'\t');
        // `===` and `---` make a heading of what is above them, or a table.
        let inner = behind_marks(rest);
        let underline = |line: &[u8]| line.iter().all(|byte| *byte <= b' ' || b"=-:".contains(byte));
        let markup = rest.iter().fold(NOTHING, |all, &byte| all | KINDS[byte as usize]) != NOTHING;
        if indented && !below || markup || underline(rest) || underline(inner) || holds_link_or_url(rest) {
            return Line::Doubtful;
        }
        // Without its brackets a link may begin the line with a mark: `[[# a]]`.
        let hidden = matches!(inner, [b'[', b'[', mark, ..] if mark.is_ascii() && !mark.is_ascii_alphanumeric());
        match inner.first() {
            _ if hidden => Line::Doubtful,
            Some(b'#') if indented => Line::Doubtful,
            Some(b'#') => Line::Heading,
            // Behind the mark of an item may stand code, indented by more than three blanks; behind a
            // mark alone, on the next line.
            Some(b' ' | b'~') => Line::Doubtful,
            _ if is_mark(inner.trim_ascii()) => Line::Doubtful,
            _ => Line::Plain,
        }
    }
}

/// Whether this is the mark of an item and nothing else.
fn is_mark(text: &[u8]) -> bool {
    let number = text.strip_suffix(b".").or(text.strip_suffix(b")"));
    matches!(text, b"-" | b"*" | b"+") || number.is_some_and(|number| number.iter().all(u8::is_ascii_digit))
}

/// What stands behind the marks of quotes and items, and one blank after each.
fn behind_marks(mut rest: &[u8]) -> &[u8] {
    loop {
        let digits = rest.iter().take(10).take_while(|byte| byte.is_ascii_digit()).count();
        let mark = match rest.get(digits) {
            Some(b'>' | b'-' | b'*' | b'+') if digits == 0 => 1,
            Some(b'.' | b')') if digits > 0 => digits + 1,
            _ => return rest,
        };
        rest = match rest.get(mark) {
            Some(b' ') => &rest[mark + 1..],
            _ if rest[0] == b'>' => &rest[mark..],
            _ => return rest,
        };
    }
}

fn holds_link_or_url(line: &[u8]) -> bool {
    memchr_iter(b']', line).any(|at| line.get(at + 1) == Some(&b'('))
        || memchr_iter(b'w', line).any(|at| line[at..].starts_with(b"www."))
}

/// Where something begins that blank lines do not end, or the length of the text.
fn first_open_end(text: &str) -> usize {
    let bytes = text.as_bytes();
    let end = memchr_iter(b'%', bytes).find(|&at| bytes.get(at + 1) == Some(&b'%')).unwrap_or(bytes.len());
    memchr_iter(b'<', &bytes[..end]).find(|&at| opens_html(bytes, at)).unwrap_or(end)
}

/// Whether the `<` at `at` may open what blank lines do not end: a comment, an instruction, or an
/// element whose text is not read (`script`, `style`, `pre`, `textarea`).
pub(super) fn opens_html(bytes: &[u8], at: usize) -> bool {
    matches!(bytes.get(at + 1), Some(b'!' | b'?' | b's' | b'S' | b'p' | b'P' | b't' | b'T'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_plain_and_what_may_be_more_is_not() {
        let plain = |text: &'static str| -> Vec<_> { spans(text).into_iter().map(|span| span.of(text)).collect() };
        assert_eq!(plain("# A\nb [[c]] d\n- e\n\n`f`\n\n\tg\n\nh\n"), ["b [[c]] d\n- e\n", "h\n"]);
        assert_eq!(plain("a\n```\nb\n```\nc\n~~~\nd\n"), ["a\n", "c\n"]);
        assert_eq!(plain("- a\n\t- b\n\n\tc\n"), ["- a\n\t- b\n"]);
        assert_eq!(plain("a\n\n%%\n\nb\n\n%%\n"), ["a\n"]);
        assert_eq!(plain("a\n---\n\nb\n"), ["b\n"]);
    }
}
