//! Cuts a text into segments that Markdown reads each by itself.
//!
//! Where a paragraph begins at the margin, after a blank line, and outside of all that a blank line
//! does not end, nothing before it has a say in what it is. So to know what a link stands in takes a
//! parser for the few lines around it, not for the note.

use std::sync::OnceLock;

use memchr::{memchr, memchr_iter, memchr2_iter, memmem, memrchr};

use super::brackets::Beside;
use super::pairs::empty_lines;
use super::plain::Fence;
use super::{Link, Structure, Zone, ZoneKind, plain};
use crate::span::Span;

/// The segments of a text, of which each is read when it is first asked for.
#[derive(Debug, Clone)]
pub(super) struct Segments {
    /// In order; the first begins where the body does.
    starts: Box<[usize]>,
    read: Box<[OnceLock<Segment>]>,
}

/// What is known of one segment.
#[derive(Debug, Clone)]
struct Segment {
    span: Span,
    /// What is certain of it without its structure.
    certain: Box<[Zone]>,
    /// Whether that is all of it but for blanks.
    is_certain: bool,
    structure: OnceLock<Box<Structure>>,
}

impl Segments {
    pub(super) fn of(text: &str, body: usize, beside: Beside) -> Segments {
        let starts: Box<[usize]> = starts(text, body, beside, begins_paragraph).unwrap_or_default().into();
        let read = starts.iter().map(|_| OnceLock::new()).collect();
        Segments { starts, read }
    }

    /// The kind of the zone of the byte at `offset`, and whether it is in a table; `None` where the
    /// whole text must be read to tell.
    pub(super) fn place(&self, text: &str, links: &[Link], offset: usize) -> Option<(ZoneKind, bool)> {
        let segment = self.segment(text, offset)?;
        let next = segment.certain.partition_point(|zone| zone.span.end() <= offset);
        if let Some(zone) = segment.certain.get(next).filter(|zone| zone.span.start() <= offset) {
            return Some((zone.kind, false));
        }
        let structure = segment.structure(text, links);
        Some((structure.kind_at(offset)?, structure.in_table(offset)))
    }

    /// The zones of the segment that holds the byte at `offset`.
    pub(super) fn zones(&self, text: &str, links: &[Link], offset: usize) -> Option<&[Zone]> {
        Some(&self.segment(text, offset)?.structure(text, links).zones)
    }

    /// The zones of the segments in turn, each read when its turn comes; blanks between them may be left out.
    /// `None` where the whole text must be read.
    pub(super) fn each<'a>(&'a self, text: &'a str, links: &'a [Link]) -> Option<impl Iterator<Item = &'a [Zone]>> {
        let zones = |index| {
            let segment = self.read(text, index);
            if segment.is_certain { &segment.certain } else { &*segment.structure(text, links).zones }
        };
        (!self.starts.is_empty()).then(|| (0..self.starts.len()).map(zones))
    }

    /// The segment that holds the byte at `offset`; nothing in it is read.
    pub(super) fn around(&self, text: &str, offset: usize) -> Option<Span> {
        Some(self.span(text, self.index(offset)?))
    }

    fn segment(&self, text: &str, offset: usize) -> Option<&Segment> {
        Some(self.read(text, self.index(offset)?))
    }

    fn index(&self, offset: usize) -> Option<usize> {
        self.starts.partition_point(|&start| start <= offset).checked_sub(1)
    }

    fn span(&self, text: &str, index: usize) -> Span {
        Span::new(self.starts[index], self.starts.get(index + 1).copied().unwrap_or(text.len()))
    }

    fn read(&self, text: &str, index: usize) -> &Segment {
        self.read[index].get_or_init(|| {
            let span = self.span(text, index);
            let certain = plain::zones(span.of(text)).into_iter();
            let certain: Box<[Zone]> =
                certain.map(|zone| Zone { span: zone.span.shift(span.start()), ..zone }).collect();
            let is_certain = are_all_but_blanks(&certain, span, text);
            Segment { span, certain, is_certain, structure: OnceLock::new() }
        })
    }
}

/// Whether nothing but blanks stands in `span` outside of the zones.
fn are_all_but_blanks(zones: &[Zone], span: Span, text: &str) -> bool {
    let starts = zones.iter().map(|zone| zone.span.start()).chain([span.end()]);
    let ends = [span.start()].into_iter().chain(zones.iter().map(|zone| zone.span.end()));
    ends.zip(starts).all(|(from, to)| text.as_bytes()[from..to].trim_ascii().is_empty())
}

impl Segment {
    fn structure(&self, text: &str, links: &[Link]) -> &Structure {
        self.structure.get_or_init(|| Box::new(Structure::of(text, self.span, links)))
    }
}

/// The parts of `text` from `body` on that begin at the margin behind a blank line, outside of all that a blank line does
/// not end; none where that is not certain. Their blocks are those of the whole, but that one may go on with a list of
/// the one before, and that a label may be defined in another.
pub(super) fn parts(text: &str, body: usize, beside: Beside) -> Vec<Span> {
    let at_margin = |byte: u8| !matches!(byte, b' ' | b'\t');
    let starts = starts(text, body, Beside { label: false, ..beside }, at_margin).unwrap_or_default();
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().zip(ends).map(|(&start, end)| Span::new(start, end)).collect()
}

/// The borders of the segments of `text` from `body` on: the first is `body`, each ends where the next
/// begins, the last with the text. `None` where labels with destinations (`[label]: destination`) may
/// make links of brackets anywhere, where what a link shows may make the mark of a fence or a comment of what
/// stands beside it, and where lines end in no usual way. `begins` tells of the first byte of a line behind a blank one
/// whether a segment may begin there.
fn starts(text: &str, body: usize, beside: Beside, begins: impl Fn(u8) -> bool) -> Option<Vec<usize>> {
    let bytes = text.as_bytes();
    if beside.mark || beside.label {
        return None;
    }
    // A carriage return by itself ends a line, too.
    if memchr_iter(b'\r', bytes).any(|at| bytes.get(at + 1) != Some(&b'\n')) {
        return None;
    }
    let (code, end) = fenced(bytes, body, first_open_end(bytes, body));
    let mut code = code.into_iter().peekable();
    let mut starts = vec![body];
    for next in empty_lines(&bytes[body..end]).map(|at| body + at + 1) {
        while code.next_if(|code| code.end() <= next).is_some() {}
        let in_code = code.peek().is_some_and(|code| code.start() < next);
        if next < end && begins(bytes[next]) && !in_code {
            starts.push(next);
        }
    }
    Some(starts)
}

/// The blocks of code between fences at the margin, from `body` to `end`, in order, and where that is no
/// longer certain.
fn fenced(bytes: &[u8], body: usize, end: usize) -> (Vec<Span>, usize) {
    let mut found = Vec::new();
    let mut open: Option<(Fence, usize)> = None;
    let mut done = body;
    for mark in memchr2_iter(b'`', b'~', &bytes[body..end]).map(|at| body + at) {
        if mark < done || !bytes[mark + 1..].starts_with(&[bytes[mark]; 2]) {
            continue;
        }
        let start = memrchr(b'\n', &bytes[done..mark]).map_or(done, |i| done + i + 1);
        let next = memchr(b'\n', &bytes[mark..]).map_or(bytes.len(), |i| mark + i + 1);
        let line = &bytes[start..next];
        match open.take() {
            Some((fence, from)) if fence.is_closed_by(line) => found.push(Span::new(from, next)),
            Some((_, from)) if plain::may_show_fence(line) => return (found, from),
            Some(still) => open = Some(still),
            None => match Fence::of(line) {
                // Inside of HTML it would be no fence, and one in a list may end with the list.
                Some(fence) if !is_tagged(&bytes[done..start]) => open = Some((fence, start)),
                _ => return (found, start),
            },
        }
        done = next;
    }
    let end = open.map_or(end, |(_, from)| from);
    (found, end)
}

/// Whether a tag may stand in the last paragraph of these bytes.
fn is_tagged(bytes: &[u8]) -> bool {
    let paragraph = empty_lines(bytes).next_back().unwrap_or_default();
    memchr(b'<', &bytes[paragraph..]).is_some()
}

/// Whether a line at the margin that begins so goes on with no list, quote, table or code before it.
fn begins_paragraph(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'#' || !byte.is_ascii()
}

/// Where a comment may begin that its own line does not end, or HTML that blank lines do not end; or the length of the text.
fn first_open_end(bytes: &[u8], body: usize) -> usize {
    let mut end = bytes.len();
    let mut at = body;
    let mut marks = memchr_iter(b'%', bytes).filter(|&at| bytes.get(at + 1) == Some(&b'%'));
    while let Some(mark) = marks.find(|&mark| mark >= at) {
        let start = memchr::memrchr(b'\n', &bytes[at..mark]).map_or(at, |i| at + i + 1);
        let next = memchr(b'\n', &bytes[mark..]).map_or(bytes.len(), |i| mark + i + 1);
        if !closes_its_comments(&bytes[start..next]) {
            end = mark;
            break;
        }
        at = next;
    }
    plain::first_html(bytes, body..end).unwrap_or(end)
}

/// Whether every comment that begins in a line also ends there, whatever the line stands in: an even
/// number of marks, and nothing that could hide one of them.
fn closes_its_comments(line: &[u8]) -> bool {
    let hides = |byte: &u8| b"`<>$\\[]()\"'\r".contains(byte);
    let text = line.strip_suffix(b"\n").unwrap_or(line);
    let text = text.strip_suffix(b"\r").unwrap_or(text);
    memmem::find_iter(text, b"%%").count() % 2 == 0 && !text.iter().any(hides)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::brackets::Brackets;
    use super::super::{Note, markup};
    use super::*;

    fn segments(text: &str) -> Vec<&str> {
        let segments = Segments::of(text, 0, Brackets::read(text).beside);
        let ends = segments.starts.iter().skip(1).copied().chain([text.len()]);
        segments.starts.iter().zip(ends).map(|(&start, end)| &text[start..end]).collect()
    }

    #[test]
    fn a_part_begins_with_whatever_stands_at_the_margin() {
        let text = "a\n\n- b\n\n  c\n\n[[d]]\n\n```\ne\n\nf\n```\n\n> g\n\n[h]: i\n";
        let parts = parts(text, 0, Brackets::read(text).beside);
        let parts: Vec<&str> = parts.into_iter().map(|part| part.of(text)).collect();
        let expected = ["a\n\n", "- b\n\n  c\n\n", "[[d]]\n\n", "```\ne\n\nf\n```\n\n", "> g\n\n", "[h]: i\n"];
        assert_eq!(parts, expected);
    }

    #[test]
    fn a_text_is_cut_where_a_paragraph_begins_at_the_margin() {
        assert_eq!(segments("a\n\n- b\n\n  c\n\nd\ne\n\n# f\n"), ["a\n\n- b\n\n  c\n\n", "d\ne\n\n", "# f\n"]);
        assert_eq!(segments("```\n\na\n\n```\n\nb\n"), ["```\n\na\n\n```\n\n", "b\n"]);
        assert_eq!(segments("```\n\na\n\n```\t\n\nb\n").len(), 1, "a tab behind the marks closes no block");
        assert_eq!(segments("~~~\n[[~~~ ]]\n\nb\n").len(), 1, "what a link shows may close one");
        assert_eq!(segments("a %% b %%\n\nc\n\n%%\n\nd\n\n%%"), ["a %% b %%\n\n", "c\n\n%%\n\nd\n\n%%"]);
        assert_eq!(segments("a\n\n<!--\n\nb\n\n-->"), ["a\n\n<!--\n\nb\n\n-->"]);
        assert!(segments("[a]\n\nb\n\n[a]: c\n").is_empty());
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.max(2_000), ..ProptestConfig::default() })]

        /// The pieces are those that Markdown makes something of, or nearly.
        #[test]
        fn a_segment_is_read_as_it_is_in_the_whole(
            pieces in prop::collection::vec(prop::sample::select(vec![
                "a", "word ", "[[x]]", "[[y|z]]", "\n", "\n\n", "\n\na", "\n\nb ", "# ", "- ", "> ", "1. ", "  ", "    ", "\t", "`", "```\n",
                "~~~\n", "<", ">", "<b>", "</b>", "<!--", "-->", "<div>\n", "$", "$$", "%%", "|", "---\n", "===\n", "[a]",
                "(b)", "[a]: ", "www.x.org", "https:", "//x", "\\", "*", "**", "_", ":-:\n", "#tag", "\r\n", "!", "[^1]: ",
                "é", "-", "+ ", "* ", "1) ", "\u{a0}", "&amp;", "{", "10. ", "\n\n    ", "\n\n\t- ", "=", "\u{b}", "- a\n", "\t- b\n", "\n```\n", "````\n", "\n1.\n",
                "        ", "\n# h\n", "``` sh\n", "\n~~~\n", "%% a %%", "](\n", ")", "\r", "\n\n![[x]]", "<pre>", "[[x|`]]", "[[x|<]]", "[[%]]", "!--", "[[# a]]", "[[ x]]", "[[- a]]", "| a | b |\n| - | - |\n", "\n\n$$\n", "[[w]]", "ww.", "[[a b|", "]]", "[[~~~ ]]", "/", ".", "pre>", "class=\"", "\">", "x.org", "`c`", "\n\n```\n[[c]] x\n```\n", "\n[[a|", "-|-\n", "|",
                "[[1.]]", "[[.]]", "\t", "[[ ]]", "\\|", "\\`", "| ", "[[x|-]]", "[[x|]]", "[[1", "a\n", "  - ",
                "<code>", "</code>",
            ]), 0..40)
        ) {
            read_as_in_the_whole(&pieces.concat())?;
        }

        /// The same of what stands in most notes: nothing in it keeps a text from being cut.
        #[test]
        fn a_line_is_what_it_seems(
            pieces in prop::collection::vec(prop::sample::select(vec![
                "a", "w", "word ", "1", " ", "\n", "\n", "\n\n", "[[", "]]", "[[", "]]", "[[x]]", "[[y z|", "|", "[[a|b]]", "[[/|", "/", ".", ":", "x.org", "http",
                "www", "`", "`c`", "$", "|-", "-", "- ", "* ", "+ ", "1. ", "1)", "> ", "#", "# ", "\t", "    ", "=", "\\", "é", "\u{a0}", "!", "(", "**", "_", "~", "~~~ ", "\n```\n", "```",
                "%", ";", "https://x.org/y ", "a/b", "c.d/e ", "\n---\n", "\n--|--\n", "x | y\n", "\n\nz ", "\n\n    ",
            ]), 0..24)
        ) {
            read_as_in_the_whole(&pieces.concat())?;
        }
    }

    fn read_as_in_the_whole(text: &str) -> Result<(), TestCaseError> {
        let note = Note::parse("n.md", text);
        let whole = note.structure();
        let segments = Segments::of(text, note.body(), note.beside);
        for (offset, _) in text.char_indices().filter(|(offset, _)| *offset >= note.body()) {
            let Some((kind, in_table)) = segments.place(text, &note.links, offset) else { continue };
            prop_assert_eq!(Some(kind), whole.kind_at(offset), "{:?} in {:?}", &text[offset..], text);
            prop_assert_eq!(in_table, whole.in_table(offset), "{:?} in {:?}", &text[offset..], text);
        }
        let in_markup = |link: &&Link| whole.kind_at(link.shown().start()).is_some_and(markup::is_markup);
        let found: Vec<_> = note.in_markup().iter().map(|&index| &note.links[index as usize]).collect();
        prop_assert_eq!(found, note.links.iter().filter(in_markup).collect::<Vec<_>>(), "in {:?}", text);
        let readable = whole.zones.iter().filter(|zone| zone.kind.is_text()).map(|zone| zone.span);
        let words = |spans: &mut dyn Iterator<Item = Span>| {
            let all = spans.map(|span| span.of(text)).collect::<String>();
            all.chars().filter(|c| !c.is_ascii_whitespace()).collect::<String>()
        };
        let parts = words(&mut Note::parse("n.md", text).readable());
        prop_assert_eq!(parts, words(&mut readable.into_iter()), "in {:?}", text);
        Ok(())
    }
}
