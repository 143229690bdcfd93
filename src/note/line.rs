//! What a line of Markdown certainly is by itself, and where in it there may be more than words.
//!
//! What a reader sees of a line is the line without the brackets of its links, and without what stands
//! before their aliases. Here it is looked at as written, so what that could change is in doubt.

use memchr::{memchr, memchr_iter, memchr2_iter, memrchr};

use super::ZoneKind;
use crate::span::Span;

/// What bytes may begin, as bits: code, math, tables and aliases, URLs, escapes, HTML, links, indents.
const CODE: u8 = 1;
const MATH: u8 = 2;
const PIPE: u8 = 4;
const SLASH: u8 = 8;
const ESCAPE: u8 = 16;
const HTML: u8 = 32;
const BRACKET: u8 = 64;
const TAB: u8 = 128;

static MARKS: [u8; 256] = {
    let mut marks = [0; 256];
    marks[b'`' as usize] = CODE;
    marks[b'$' as usize] = MATH;
    marks[b'|' as usize] = PIPE;
    marks[b'/' as usize] = SLASH;
    marks[b'\\' as usize] = ESCAPE;
    marks[b'<' as usize] = HTML;
    marks[b'[' as usize] = BRACKET;
    marks[b']' as usize] = BRACKET;
    marks[b'\t' as usize] = TAB;
    marks
};

/// A line of Markdown, its end included.
pub(super) struct Line<'a> {
    bytes: &'a [u8],
    /// What its bytes may begin.
    marks: u8,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Blank,
    /// A line of its own, which leaves those around it what they are; how much of it is certainly heading, in bytes.
    Heading(Option<usize>),
    Doubtful,
    /// A line of a paragraph, which may be an item of a list.
    Plain,
}

impl<'a> Line<'a> {
    pub(super) fn of(bytes: &'a [u8]) -> Line<'a> {
        Line { bytes, marks: bytes.iter().fold(0, |all, &byte| all | MARKS[byte as usize]) }
    }

    fn has(&self, mark: u8) -> bool {
        self.marks & mark != 0
    }

    /// `below`: the line before is plain. `www`: there are URLs without a slash.
    pub(super) fn kind(&self, below: bool, www: bool) -> Kind {
        let line = self.bytes;
        let indent = line.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let rest = &line[indent..];
        if rest.trim_ascii().is_empty() {
            return Kind::Blank;
        }
        let indented = indent > 3 || line[..indent].contains(&b'\t');
        let inner = behind_marks(rest);
        if indented && !below || self.has(HTML) || self.holds_link() || self.holds_uncertain_code() {
            return Kind::Doubtful;
        }
        match inner {
            [b'[', b'[', ..] if self.may_show_a_mark(inner) => Kind::Doubtful,
            [b'[', b'[', ..] => Kind::Plain,
            [b'#', ..] if indented => Kind::Doubtful,
            [b'#', ..] => {
                let certain = indent == 0 && self.marks & !TAB == 0 && !www && is_heading(rest);
                Kind::Heading(certain.then(|| rest.trim_ascii_end().len()))
            }
            // Behind the mark of an item may stand code, indented by more than three blanks; behind a
            // mark alone, on the next line.
            [b' ' | b'\t' | b'~', ..] => Kind::Doubtful,
            _ if is_mark(inner.trim_ascii()) => Kind::Doubtful,
            _ if self.has(TAB) && before(inner, b"\t").is_some_and(is_mark) => Kind::Doubtful,
            // A link may hold the end of such a mark, or the blanks behind it.
            _ if self.has(BRACKET) && before(inner, b"[[").is_some_and(|mark| is_mark(mark) || is_number(mark)) => {
                Kind::Doubtful
            }
            _ if self.may_underline(inner) => Kind::Doubtful,
            _ => Kind::Plain,
        }
    }

    /// How often the mark of math stands in the line.
    pub(super) fn dollars(&self) -> usize {
        if self.has(MATH) { memchr_iter(b'$', self.bytes).count() } else { 0 }
    }

    /// Whether there may be a link of Markdown.
    fn holds_link(&self) -> bool {
        self.has(BRACKET) && memchr_iter(b']', self.bytes).any(|at| self.bytes.get(at + 1) == Some(&b'('))
    }

    /// Whether it is in doubt what is code: pairs of single marks are certain, where no mark can be
    /// hidden or escaped, and no bracket beside one goes with it.
    fn holds_uncertain_code(&self) -> bool {
        let hidden = || self.has(ESCAPE) || self.has(PIPE) && self.has(BRACKET);
        let beside = |at: usize| self.bytes.get(at + 1) == Some(&b'`') || at > 0 && b"[]".contains(&self.bytes[at - 1]);
        let marks = || memchr_iter(b'`', self.bytes);
        self.has(CODE) && (hidden() || marks().any(beside) || marks().count() % 2 > 0)
    }

    /// Whether what is shown of a line that begins with a link may begin with a mark: `[[# a]]`, `[[b|1.]] c`.
    fn may_show_a_mark(&self, line: &[u8]) -> bool {
        let mut shown = &line[2..];
        if self.has(PIPE) {
            let Some(end) = shown.iter().position(|byte| matches!(byte, b'[' | b']' | b'|')) else { return true };
            match shown[end] {
                b'[' => return true,
                b'|' => shown = &shown[end + 1..],
                _ => {}
            }
        }
        let digits = shown.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let item = digits > 0 && matches!(shown.get(digits), None | Some(b'.' | b')' | b'[' | b']' | b'|'));
        item || !shown.first().is_some_and(|first| first.is_ascii_alphanumeric() || !first.is_ascii())
    }

    /// Whether nothing may be shown but what makes a heading or a table of the line above (`===`, `--|--`), or a
    /// rule (`***`), below which an indented line is code. What is in links counts for nothing where they may hide
    /// some of it.
    fn may_underline(&self, line: &[u8]) -> bool {
        let apart = |byte: &u8| *byte <= b' ' || b"=-:|*_[]".contains(byte);
        if !self.has(PIPE) {
            return line.iter().all(apart);
        }
        let start = before(line, b"[[").unwrap_or(line);
        let end = memrchr(b']', line).map_or(&line[start.len()..], |at| &line[at..]);
        start.iter().all(apart) && end.iter().all(apart)
    }

    /// Calls `found` with the parts of a plain line of which is certain what they are, in order.
    pub(super) fn parts(&self, www: bool, mut found: impl FnMut(Span, ZoneKind)) {
        let mut cuts: Vec<(Span, Option<ZoneKind>)> = Vec::new();
        if self.has(CODE) {
            let mut marks = memchr_iter(b'`', self.bytes);
            while let (Some(start), Some(end)) = (marks.next(), marks.next()) {
                cuts.push((Span::new(start, end + 1), Some(ZoneKind::InlineCode)));
            }
        }
        if self.has(SLASH) || www || self.may_show_www() {
            self.each_url(|span| cuts.push((span, None)));
        }
        cuts.sort_unstable_by_key(|(span, kind)| (span.start(), kind.is_none()));
        let mut done = 0;
        for (span, kind) in cuts {
            if span.start() > done {
                found(Span::new(done, span.start()), ZoneKind::Prose);
            }
            if let Some(kind) = kind.filter(|_| span.start() >= done) {
                found(span, kind);
            }
            done = done.max(span.end());
        }
        if done < self.bytes.len() {
            found(Span::new(done, self.bytes.len()), ZoneKind::Prose);
        }
    }

    /// Whether a `www.` may be shown in whose midst the brackets of a link stand.
    fn may_show_www(&self) -> bool {
        let behind =
            |at: usize| at > 0 && self.bytes[at - 1] == b'w' && self.bytes.get(at + 1) == Some(&self.bytes[at]);
        self.has(BRACKET) && memchr2_iter(b'[', b']', self.bytes).any(behind)
    }

    /// Calls `found` with what may be URLs, in order: the words, as blanks part them, that hold what URLs
    /// do. Blanks that a link may hide part none.
    fn each_url(&self, mut found: impl FnMut(Span)) {
        let (mut start, mut depth) = (0, 0_usize);
        let mut seen = Seen::default();
        for (at, &byte) in self.bytes.iter().enumerate() {
            match byte {
                b'[' if self.bytes.get(at + 1) == Some(&b'[') => depth += 1,
                b']' if self.bytes.get(at + 1) == Some(&b']') => depth = depth.saturating_sub(1),
                b' ' | b'\t' | b'\r' | b'\n' if depth == 0 => {
                    if seen.may_be_url() {
                        found(Span::new(start, at));
                    }
                    (start, seen) = (at + 1, Seen::default());
                }
                _ => seen.see(byte),
            }
        }
        if seen.may_be_url() {
            found(Span::new(start, self.bytes.len()));
        }
    }
}

/// What of a URL was seen in a word.
#[derive(Default)]
struct Seen {
    slash: bool,
    colon: bool,
    dot: bool,
    ws: usize,
}

impl Seen {
    fn see(&mut self, byte: u8) {
        self.slash |= byte == b'/';
        self.colon |= byte == b':';
        self.dot |= byte == b'.';
        self.ws += usize::from(byte == b'w');
    }

    /// `https://x`, `x.org/y`, `www.x`: whatever the links in it hide.
    fn may_be_url(&self) -> bool {
        self.slash && (self.colon || self.dot) || self.dot && self.ws > 2
    }
}

/// What stands before the first `mark`.
fn before<'a>(line: &'a [u8], mark: &[u8]) -> Option<&'a [u8]> {
    let mut places = memchr_iter(mark[0], line);
    places.find(|&at| line[at..].starts_with(mark)).map(|at| &line[..at])
}

/// Whether a line is a heading that begins with its marks.
fn is_heading(line: &[u8]) -> bool {
    memchr(b' ', line).is_some_and(|marks| marks < 7 && line[..marks].iter().all(|&byte| byte == b'#'))
}

/// Whether this is the mark of an item and nothing else.
fn is_mark(text: &[u8]) -> bool {
    let number = text.strip_suffix(b".").or(text.strip_suffix(b")"));
    matches!(text, b"-" | b"*" | b"+") || number.is_some_and(is_number)
}

fn is_number(text: &[u8]) -> bool {
    text.iter().all(u8::is_ascii_digit)
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
