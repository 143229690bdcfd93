//! Finds wikilinks between their brackets, well-formed or damaged, in any text.
//!
//! Markdown parsers disagree on broken brackets, so none is asked. Openers and closers are matched
//! line by line with a stack; Obsidian reads no link over a line end. The cost is linear in the
//! text whatever stands in it.

use std::num::NonZeroU32;

use memchr::{memchr, memchr3, memmem};

use super::Link;
use crate::span::Span;

/// The wikilinks of a text and the brackets that are none.
#[derive(Debug, Default)]
pub(super) struct Brackets {
    /// In the order of their first byte, a parent before its children.
    pub(super) links: Vec<Link>,
    /// `[[` or `]]` without a partner on the line, in order.
    pub(super) unbalanced: Vec<Span>,
    pub(super) beside: Beside,
}

/// What stands beside some bracket of a text, whatever the bracket is.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Beside {
    /// `](`, as in a Markdown link.
    pub(super) destination: bool,
    /// `][` or `]:`, as in a link by a label and where it is defined.
    pub(super) label: bool,
    /// A mark before two brackets, so that what a link shows may make one of two marks: ``` ``[[x|`]] ```.
    pub(super) mark: bool,
    /// A `w` there, as in `[[w]]ww.example.org`.
    pub(super) w: bool,
}

impl Beside {
    /// Looks at what stands beside a run of equal brackets.
    fn see(&mut self, bytes: &[u8], run: Span) {
        if bytes[run.start()] == b']' {
            match bytes.get(run.end()) {
                Some(b'(') => self.destination = true,
                Some(b'[' | b':') => self.label = true,
                _ => {}
            }
        }
        if run.len() > 1 && run.start() > 0 {
            match bytes[run.start() - 1] {
                b'`' | b'~' | b'<' | b'%' => self.mark = true,
                b'w' => self.w = true,
                _ => {}
            }
        }
    }
}

impl Brackets {
    pub(super) fn read(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut line = Line { text, found: Brackets::default(), open: Vec::new(), end: 0, singles: 0, code: 0 };
        let mut at = 0;
        while at < bytes.len() {
            if line.open.is_empty() {
                // Outside of all links nothing else counts.
                let Some(mark) = memchr3(b'[', b']', b'<', &bytes[at..]) else { break };
                at += mark;
            }
            if at >= line.end {
                line.begin(memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |i| at + i));
            }
            at = line.read(at);
        }
        line.close();
        let mut found = line.found;
        found.order();
        found
    }

    /// Sorts what was found inside out, and tells each link its parent.
    fn order(&mut self) {
        self.unbalanced.sort_unstable();
        self.links.sort_unstable_by_key(|link| (link.span.start(), std::cmp::Reverse(link.span.end())));
        let mut around: Vec<usize> = Vec::new();
        for i in 0..self.links.len() {
            let start = self.links[i].span.start();
            while around.last().is_some_and(|&p| self.links[p].span.end() <= start) {
                around.pop();
            }
            // A text has fewer than 4 GiB, and so fewer links.
            self.links[i].parent = around.last().and_then(|&parent| NonZeroU32::new(parent as u32 + 1));
            around.push(i);
        }
    }
}

/// An opener that waits for its closer.
struct Open {
    /// The first of the two brackets.
    at: usize,
    pipe: Option<usize>,
    hash: Option<usize>,
    /// Single closing brackets less single opening ones since the opener.
    closed: i32,
    /// A single bracket inside: a matrix or a Markdown link, but no wikilink.
    mixed: bool,
}

/// The line in hand.
struct Line<'a> {
    text: &'a str,
    found: Brackets,
    open: Vec<Open>,
    /// The offset of its end.
    end: usize,
    /// Single opening brackets outside every wikilink that are not closed yet.
    singles: usize,
    /// Up to here the text is the code of a template, `<% … %>`, whose `|` and `#` belong to no link.
    code: usize,
}

impl Line<'_> {
    /// Begins the next line with something in it.
    fn begin(&mut self, end: usize) {
        self.close();
        (self.end, self.singles, self.code) = (end, 0, 0);
    }

    /// What is still open is never closed.
    fn close(&mut self) {
        self.found.unbalanced.extend(self.open.drain(..).map(|open| Span::new(open.at, open.at + 2)));
    }

    /// Reads what is at `at`, and tells what comes next.
    fn read(&mut self, mut at: usize) -> usize {
        let bytes = self.text.as_bytes();
        match bytes[at] {
            bracket @ (b'[' | b']') => {
                let mut start = at;
                while at < self.end && bytes[at] == bracket {
                    at += 1;
                }
                self.found.beside.see(bytes, Span::new(start, at));
                if escaped(bytes, start) {
                    start += 1;
                }
                if bracket == b'[' {
                    self.opening(start, at);
                } else {
                    self.closing(start, at);
                }
                return at;
            }
            b'<' if at >= self.code && bytes[at + 1..self.end].starts_with(b"%") => {
                // One that is never closed is text; then none after it is closed either.
                let closed = memmem::find(&bytes[at..self.end], b"%>");
                self.code = closed.map_or(usize::MAX, |i| at + i);
            }
            b'|' | b'#' if at < self.code && self.code < self.end => {}
            b'|' => {
                if let Some(open) = self.open.last_mut() {
                    open.pipe.get_or_insert(at);
                }
            }
            b'#' => {
                if let Some(open) = self.open.last_mut().filter(|open| open.pipe.is_none()) {
                    open.hash.get_or_insert(at);
                }
            }
            _ => {}
        }
        let rest = &bytes[at + 1..self.end.max(at + 1)];
        at + 1 + rest.iter().position(|byte| matches!(byte, b'[' | b']' | b'<' | b'|' | b'#')).unwrap_or(rest.len())
    }

    /// A run of `[`. In an odd run the first is text: `[[[x]]](url)` is link text that is a link.
    fn opening(&mut self, mut start: usize, end: usize) {
        if (end - start) % 2 == 1 {
            match self.open.last_mut() {
                Some(open) => {
                    open.closed -= 1;
                    open.mixed = true;
                }
                None => self.singles += 1,
            }
            start += 1;
        }
        for at in (start..end).step_by(2) {
            self.open.push(Open { at, pipe: None, hash: None, closed: 0, mixed: false });
        }
    }

    /// A run of `]`. In an odd run the last is text.
    fn closing(&mut self, mut start: usize, end: usize) {
        while end - start >= 2 {
            match self.open.pop() {
                Some(open) => self.link(open, start),
                None if self.singles > 0 => self.singles = self.singles.saturating_sub(2),
                None => self.found.unbalanced.push(Span::new(start, start + 2)),
            }
            start += 2;
        }
        if start < end {
            let Some(open) = self.open.last_mut() else {
                self.singles = self.singles.saturating_sub(1);
                return;
            };
            open.closed += 1;
            open.mixed = true;
            // `[[Request] title](url)`: the two brackets were two single ones.
            if open.closed == 2 {
                self.open.pop();
            }
        }
    }

    fn link(&mut self, open: Open, closer: usize) {
        let bytes = self.text.as_bytes();
        let end = closer + 2;
        if open.mixed || (open.pipe.is_none() && is_markdown_link(&self.text[end..self.end])) {
            return;
        }
        let inner = Span::new(open.at + 2, closer);
        let before = open.at.checked_sub(1);
        let embed = before.is_some_and(|i| bytes[i] == b'!' && !escaped(bytes, i));
        let named = match open.pipe {
            Some(pipe) if pipe > inner.start() && bytes[pipe - 1] == b'\\' => pipe - 1,
            Some(pipe) => pipe,
            None => inner.end(),
        };
        let hash = open.hash.filter(|&hash| hash < named);
        self.found.links.push(Link {
            span: Span::new(open.at - usize::from(embed), end),
            target: Span::new(inner.start(), hash.unwrap_or(named)),
            fragment: hash.map(|hash| Span::new(hash + 1, named)),
            alias: open.pipe.map(|pipe| Span::new(pipe + 1, inner.end())),
            embed,
            parent: None,
        });
    }
}

/// Whether an odd number of backslashes stands before `at`.
fn escaped(bytes: &[u8], at: usize) -> bool {
    bytes[..at].iter().rev().take_while(|&&b| b == b'\\').count() % 2 == 1
}

/// Whether `after`, what follows a `]]`, makes the brackets a citation such as `[[1]](https://…)`.
/// A plain parenthesis, as in `[[Fetch]]() API`, does not.
fn is_markdown_link(after: &str) -> bool {
    let Some(inside) = after.strip_prefix('(') else { return false };
    let inside = inside.trim_start_matches('<');
    let destination = inside.split([')', ' ', '\t', '[', '"']).next().unwrap_or_default();
    let scheme = destination
        .find(':')
        .filter(|&i| i > 1 && i + 1 < destination.len())
        .is_some_and(|i| destination[..i].bytes().all(|b| b.is_ascii_alphanumeric() || b"+.-".contains(&b)));
    scheme
        || destination.starts_with(['#', '/'])
        || destination.starts_with("www.")
        || destination.contains('/')
        || destination.split(['#', '?']).next().unwrap_or_default().rsplit_once('.').is_some_and(|(name, ending)| {
            !name.is_empty() && (2..=4).contains(&ending.len()) && ending.bytes().all(|b| b.is_ascii_alphanumeric())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every link as written, with its target, and the unbalanced offsets.
    fn read(text: &str) -> (Vec<(&str, &str)>, Vec<usize>) {
        let found = Brackets::read(text);
        let links = found.links.iter().map(|l| (l.span.of(text), l.target.of(text))).collect();
        (links, found.unbalanced.iter().map(|s| s.start()).collect())
    }

    #[test]
    fn a_link_has_target_fragment_and_alias() {
        let text = r"a [[N#H|x]] ![[p.png\|100]]";
        let found = Brackets::read(text).links;
        assert_eq!(found[0].target.of(text), "N");
        assert_eq!(found[0].fragment.map(|s| s.of(text)), Some("H"));
        assert_eq!(found[0].alias.map(|s| s.of(text)), Some("x"));
        assert_eq!((found[1].target.of(text), found[1].embed), ("p.png", true));
    }

    #[test]
    fn nested_links_know_their_parent() {
        let text = "[[[[War]]saw]] [[Latin [[American]]]]";
        let found = Brackets::read(text).links;
        let spans: Vec<_> = found.iter().map(|l| (l.span.of(text), l.parent())).collect();
        assert_eq!(
            spans,
            [
                ("[[[[War]]saw]]", None),
                ("[[War]]", Some(0)),
                ("[[Latin [[American]]]]", None),
                ("[[American]]", Some(2))
            ]
        );
    }

    #[test]
    fn a_pipe_belongs_to_the_innermost_open_link() {
        let text = "[[[[a|b]] c|[[d|e]] f]]";
        let outer = &Brackets::read(text).links[0];
        assert_eq!(outer.target.of(text), "[[a|b]] c");
        assert_eq!(outer.alias.map(|s| s.of(text)), Some("[[d|e]] f"));
    }

    #[test]
    fn a_pipe_in_the_code_of_a_template_parts_no_link() {
        let target = |text: &'static str| Brackets::read(text).links[0].target.of(text);
        assert_eq!(target("[[<% a || '#b' %>/x|y]]"), "<% a || '#b' %>/x");
        assert_eq!(target("[[<% a|b]]"), "<% a");
    }

    #[test]
    fn brackets_that_are_no_wikilinks_are_left() {
        for text in [
            "[[1]](https://x.org)",
            "[[2212.08410] Title](https://x.org)",
            "[[a]](notes.html#fn.first-one)",
            "[[1, 2], [3, 4]]",
            "[[Binance](https://b.io), [FTX](https://f.io) o [crypto.com]]",
            r"\[[x]]",
            "x[y[1]]",
        ] {
            let (links, unbalanced) = read(text);
            assert_eq!(links, [], "{text}");
            assert!(unbalanced.is_empty() || text.starts_with('\\'), "{text}");
        }
        assert_eq!(read("[[Fetch]]() API").0, [("[[Fetch]]", "Fetch")]);
        assert_eq!(read("[[Fishing]](Source: a report)").0, [("[[Fishing]]", "Fishing")]);
        assert_eq!(read("[![[badge.svg]]](https://x.org)").0, [("![[badge.svg]]", "badge.svg")]);
    }

    #[test]
    fn what_has_no_partner_is_told() {
        assert_eq!(read("a [[War] b"), (vec![], vec![2]));
        assert_eq!(read("[[gfort]]ran]]"), (vec![("[[gfort]]", "gfort")], vec![12]));
        assert_eq!(read("[[never\n[[War]]"), (vec![("[[War]]", "War")], vec![0]));
    }
}
