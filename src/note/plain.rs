//! What is certain of a text, found out without reading its Markdown.
//!
//! Most links and tags stand in paragraphs that hold nothing but words, others in blocks of code. To
//! know that much takes a look at each byte; to know all takes a parser. Where this is in doubt it
//! says nothing.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;
use memchr::{memchr, memchr_iter, memchr2, memchr2_iter};

use super::line::{Kind, Line};
use super::{Zone, ZoneKind};
use crate::span::Span;

pub(super) static WWW: LazyLock<Finder<'_>> = LazyLock::new(|| Finder::new("www."));

/// The zones of a segment of a text that are certain, in order and apart: whole lines of paragraphs,
/// lists and code at the margin, but for the words in them that may be URLs. What comes after a comment,
/// or HTML that can hold blank lines, is left out.
pub(super) fn zones(text: &str) -> Vec<Zone> {
    let bytes = text.as_bytes();
    let end = first_open_or_comment(text);
    let www = WWW.find(bytes).is_some();
    // Cheaper to ask of all lines together than of each.
    let fences = memchr2(b'`', b'~', bytes).is_some();
    let mut paragraph = Paragraph::new();
    let mut fence: Option<(Fence, usize)> = None;
    let mut at = 0;
    while at < end {
        let next = memchr(b'\n', &bytes[at..]).map_or(text.len(), |i| at + i + 1);
        let line = &bytes[at..next];
        if let Some((open, from)) = &fence {
            if open.is_closed_by(line) {
                paragraph.found.push(Zone { span: Span::new(*from, at), kind: ZoneKind::CodeBlock });
                paragraph.close();
                fence = None;
            } else if may_show_fence(line) {
                break;
            }
        } else if fences && is_fenced(line) {
            // Inside of HTML it would be no fence, and one in a list may end with the list.
            let Some(open) = Fence::of(line).filter(|_| paragraph.plain) else { break };
            paragraph.close();
            fence = Some((open, next));
        } else {
            paragraph.add(&Line::of(line), at, www);
        }
        at = next;
    }
    // The paragraph may go on with what opens there.
    if at < text.len() || end < text.len() {
        paragraph.plain = false;
    }
    paragraph.close();
    paragraph.found
}

/// A paragraph in hand: it is plain when all its lines are.
struct Paragraph {
    plain: bool,
    /// How many zones were found before it.
    from: usize,
    /// Whether the line before is a plain one: what is indented below it is no code.
    goes_on: bool,
    /// One mark of math makes none.
    dollars: usize,
    found: Vec<Zone>,
}

impl Paragraph {
    fn new() -> Paragraph {
        Paragraph { plain: true, from: 0, goes_on: false, dollars: 0, found: Vec::new() }
    }

    /// Adds the line that begins at `at`.
    fn add(&mut self, line: &Line<'_>, at: usize, www: bool) {
        self.dollars += line.dollars();
        match line.kind(self.goes_on, www) {
            Kind::Blank => self.close(),
            Kind::Heading(length) => {
                self.goes_on = false;
                if let Some(length) = length {
                    self.found.push(Zone { span: Span::new(at, at + length), kind: ZoneKind::Heading });
                }
            }
            Kind::Doubtful => self.plain = false,
            Kind::Plain => {
                self.goes_on = true;
                line.parts(www, |span, kind| self.push(span.shift(at), kind));
            }
        }
    }

    fn push(&mut self, span: Span, kind: ZoneKind) {
        match self.found[self.from..].last_mut() {
            Some(last) if last.span.end() == span.start() && last.kind == kind => {
                last.span = last.span.with_end(span.end())
            }
            _ => self.found.push(Zone { span, kind }),
        }
    }

    fn close(&mut self) {
        if !self.plain || self.dollars > 1 {
            self.found.truncate(self.from);
        }
        (self.plain, self.goes_on, self.dollars) = (true, false, 0);
        self.from = self.found.len();
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
        // Behind the marks may stand blanks, and no tab.
        let end = line.iter().rposition(|byte| !matches!(byte, b' ' | b'\r' | b'\n')).map_or(indent, |last| last + 1);
        let line = &line[indent.min(end)..end];
        indent < 4 && line.len() >= self.length && line.iter().all(|&byte| byte == self.mark)
    }
}

fn is_fenced(line: &[u8]) -> bool {
    let three = |at: usize| line[at + 1..].starts_with(&[line[at]; 2]);
    memchr2_iter(b'`', b'~', line).any(three)
}

/// Whether a line, with the links in it shown, may hold the marks of a fence that it does not show as written.
pub(super) fn may_show_fence(line: &[u8]) -> bool {
    is_fenced(line) && memchr2_iter(b'[', b']', line).any(|at| line.get(at + 1) == Some(&line[at]))
}

/// Where a comment begins, even one that its line ends, or HTML that blank lines do not end; or the length of the text.
fn first_open_or_comment(text: &str) -> usize {
    let bytes = text.as_bytes();
    let end = memchr_iter(b'%', bytes).find(|&at| bytes.get(at + 1) == Some(&b'%')).unwrap_or(bytes.len());
    first_html(bytes, 0..end).unwrap_or(end)
}

/// The first `<` in `range` that may open what blank lines do not end, also by what a link beside it shows: a comment,
/// an instruction, or an element whose text is not read (`script`, `style`, `pre`, `textarea`).
pub(super) fn first_html(bytes: &[u8], range: Range<usize>) -> Option<usize> {
    let opens = |at: &usize| {
        let next = bytes.get(at + 1);
        matches!(next, Some(b'!' | b'?' | b's' | b'S' | b'p' | b'P' | b't' | b'T' | b'[' | b']'))
    };
    memchr_iter(b'<', &bytes[range.clone()]).map(|at| range.start + at).find(opens)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_plain_and_what_may_be_more_is_not() {
        assert_eq!(certain("# A\nb [[c]] d\n- e\n\n<f>\n\n\tg\n\nh\n"), ["# A", "b [[c]] d\n- e\n", "h\n"]);
        assert_eq!(certain("a\n```\nb\n```\nc\n~~~\nd\n"), ["a\n", "b\n", "c\n"]);
        assert_eq!(certain("- a\n\t- b\n\n\tc\n"), ["- a\n\t- b\n"]);
        assert_eq!(certain("a\n\n%%\n\nb\n\n%%\n"), ["a\n"]);
        assert_eq!(certain("a\n---\n\nb\n"), ["b\n"]);
        for rule in ["***", "____", "* * *", "> ***", "*[[*]]*", "*[[x|*]]*"] {
            assert_eq!(certain(&format!("{rule}\n\ta\n\nb\n")), ["b\n"], "{rule}");
        }
    }

    #[test]
    fn what_may_be_a_url_is_left_out_of_its_line() {
        assert_eq!(certain("a https://b.c/d, e/f `g h` i.\n"), ["a ", " e/f ", "`g h`", " i.\n"]);
        assert_eq!(certain("[[a b/c.d|e f]] g\n"), [" g\n"]);
        assert_eq!(certain("a [[w]]ww.x.org b\n"), ["a ", " b\n"]);
    }

    #[test]
    fn a_pipe_makes_no_table_by_itself_and_a_dollar_no_math() {
        assert_eq!(certain("- [[a|b]] | c\n$d\n"), ["- [[a|b]] | c\n$d\n"]);
        for text in
            ["a | b\n-|-\n", "a | b\n[[c|-]]|-\n", "$a$\n", "[[a|# b]]\n", "[[a|1.]]     b\n", "- [[a|]]\n\n      b\n"]
        {
            assert_eq!(certain(text), Vec::<&str>::new(), "{text}");
        }
    }

    fn certain(text: &str) -> Vec<&str> {
        zones(text).into_iter().map(|zone| zone.span.of(text)).collect()
    }
}
