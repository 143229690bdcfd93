//! Which bytes to take out so that some tags of an entry are gone and all else stays as it is.

use super::Frontmatter;
use super::value::{Entry, Scalar, Style, Value};
use super::words::tags_in;
use crate::span::Span;

/// The tags of frontmatter, to be taken out: its entries are read once, however often it is asked.
#[derive(Debug)]
pub struct Cutter<'a> {
    text: &'a str,
    /// The entries that hold tags; `None` for one that no tag can be taken out of.
    entries: Vec<(Span, Option<Pieces>)>,
}

/// What the tags of an entry stand in, in order.
#[derive(Debug)]
struct Pieces {
    /// The items of a list or the words of a string, and whether they are tags.
    spans: Vec<(Span, bool)>,
    parted: Parted,
}

/// What parts tags from each other.
#[derive(Debug, PartialEq, Eq)]
enum Parted {
    /// Each has a line of its own, with a dash.
    ByLines,
    /// Commas or blanks.
    ByMarks,
    /// The same, and one must be left: the mark of a block needs a line below it.
    InBlock,
}

impl Frontmatter {
    /// For taking out some of the tags that [`Frontmatter::tags`] tells of the text that this was read from.
    pub fn cutter<'a>(&'a self, text: &'a str) -> Cutter<'a> {
        Cutter { text, entries: self.tag_entries().map(|entry| (entry.span, Pieces::of(text, entry))).collect() }
    }
}

impl Cutter<'_> {
    /// The bytes to take out so that the tags at these places, as [`Frontmatter::tags`] tells them, are gone and all
    /// else stays: an item with its line, or with the comma and blanks beside it. In order, without overlap. `None`
    /// where a tag has no bytes of its own: in a comment, behind an anchor, in what is no YAML.
    pub fn cut(&self, gone: &[Span]) -> Option<Vec<Span>> {
        let mut gone = gone.to_vec();
        gone.sort_unstable();
        gone.dedup();
        let mut cuts = Vec::new();
        let mut left = gone.len();
        for (entry, pieces) in &self.entries {
            let from = gone.partition_point(|tag| tag.start() < entry.start());
            let here = &gone[from..];
            let here = &here[..here.partition_point(|tag| tag.end() <= entry.end())];
            left -= here.len();
            if !here.is_empty() {
                cuts.extend(pieces.as_ref()?.cut(self.text, here)?);
            }
        }
        (left == 0).then_some(cuts)
    }
}

impl Pieces {
    fn of(text: &str, entry: &Entry) -> Option<Pieces> {
        match &entry.value {
            Value::Sequence { flow, items, .. } => {
                // An anchor is named elsewhere, and where its item ends is not certain.
                if items.iter().any(|item| item.marked) {
                    return None;
                }
                let spans = items.iter().map(|item| (item.span, !(item.nested || item.is_null))).collect();
                Some(Pieces { spans, parted: if *flow { Parted::ByMarks } else { Parted::ByLines } })
            }
            Value::Scalar(scalar) => {
                let tags = tags_in(text, entry);
                if tags.iter().any(|tag| tag.lost || !is_told(text, scalar, tag.span)) {
                    return None;
                }
                let parted = if scalar.style == Style::Block { Parted::InBlock } else { Parted::ByMarks };
                Some(Pieces { spans: tags.iter().map(|tag| (tag.span, true)).collect(), parted })
            }
            _ => None,
        }
    }

    /// What goes with some tags, which are in order.
    fn cut(&self, text: &str, gone: &[Span]) -> Option<Vec<Span>> {
        let at = |tag: &Span| {
            let at = self.spans.partition_point(|(span, _)| span.end() < tag.end());
            self.spans.get(at).is_some_and(|(span, is_tag)| *is_tag && span.contains(*tag)).then_some(at)
        };
        let gone = gone.iter().map(at).collect::<Option<Vec<usize>>>()?;
        match self.parted {
            Parted::InBlock if gone.len() == self.spans.len() => None,
            Parted::InBlock | Parted::ByMarks => {
                gone.chunk_by(|a, b| a + 1 == *b).map(|run| self.run(text, run[0], run[run.len() - 1])).collect()
            }
            Parted::ByLines => {
                // Behind the last item that stays, all go.
                let end = self.spans.len();
                let last = gone.iter().rev().enumerate().take_while(|(i, at)| **at + i + 1 == end).count();
                gone.iter().map(|&at| line(text, self.spans[at].0, at + last >= end)).collect()
            }
        }
    }

    /// The pieces from the one to the other, with what parts them from the next one, at the end from the one before.
    fn run(&self, text: &str, first: usize, last: usize) -> Option<Span> {
        let span = |at: usize| self.spans.get(at).map(|(span, _)| *span);
        let (start, end) = (span(first)?.start(), span(last)?.end());
        let before = first.checked_sub(1).and_then(span);
        let cut = match (before, span(last + 1)) {
            (_, Some(next)) => Span::new(start, next.start()),
            (Some(before), None) => Span::new(before.end(), end),
            (None, None) => Span::new(start, end),
        };
        // A comment between two items is not theirs.
        let mut from = cut.start();
        for span in self.spans[first..=last].iter().map(|(span, _)| *span).chain([Span::at(cut.end())]) {
            if text[from..span.start().max(from)].contains('#') {
                return None;
            }
            from = span.end();
        }
        Some(cut)
    }
}

/// Whether a tag of a scalar has bytes of its own.
fn is_told(text: &str, scalar: &Scalar, tag: Span) -> bool {
    let is_word = tag != scalar.span || tag.of(text).split_whitespace().count() == 1;
    scalar.span.contains(tag) && is_word
}

/// The lines of an item of a block list, from the dash on. Blank lines at the end of a list are not its own: before
/// its last item they go with it.
fn line(text: &str, item: Span, is_at_end: bool) -> Option<Span> {
    let start = text[..item.start()].rfind('\n').map_or(0, |at| at + 1);
    let dash = text[start..item.start()].trim();
    let end = text[item.end()..].find('\n').map(|at| item.end() + at + 1)?;
    if dash != "-" {
        return None;
    }
    let above = text[..start].trim_end_matches([' ', '\t', '\r', '\n']).len();
    let blank = text[above..start].find('\n').map_or(start, |at| above + at + 1);
    Some(Span::new(if is_at_end { blank } else { start }, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn cut(yaml: &str, names: &[&str]) -> Option<String> {
        let mut text = format!("---\n{yaml}\n---\n");
        let frontmatter = Frontmatter::read(&text).unwrap();
        let tags = frontmatter.tags(&text);
        let gone: Vec<Span> =
            tags.iter().filter(|tag| names.contains(&tag.text.as_str())).map(|tag| tag.span).collect();
        assert!(!gone.is_empty(), "{yaml}");
        for cut in frontmatter.cutter(&text).cut(&gone)?.into_iter().rev() {
            text.replace_range(cut.range(), "");
        }
        Some(text[4..text.len() - 5].to_owned())
    }

    #[test]
    fn an_item_goes_with_its_line() {
        let list = "tags:\n  - a # mine\n  # between\n  - \"b\"\n\n  - '#c'\nx: 1";
        assert_eq!(cut(list, &["b"]).as_deref(), Some("tags:\n  - a # mine\n  # between\n\n  - '#c'\nx: 1"));
        assert_eq!(cut(list, &["a", "c"]).as_deref(), Some("tags:\n  # between\n  - \"b\"\nx: 1"));
    }

    #[test]
    fn an_item_between_brackets_goes_with_its_comma() {
        let list = "tags: [a, \"b\", 'c' , d] # e";
        assert_eq!(cut(list, &["a"]).as_deref(), Some("tags: [\"b\", 'c' , d] # e"));
        assert_eq!(cut(list, &["b", "c"]).as_deref(), Some("tags: [a, d] # e"));
        assert_eq!(cut(list, &["c", "d"]).as_deref(), Some("tags: [a, \"b\"] # e"));
        assert_eq!(cut(list, &["a", "b", "c", "d"]).as_deref(), Some("tags: [] # e"));
    }

    #[test]
    fn a_word_of_a_string_goes_with_its_blank() {
        assert_eq!(cut("tags: '#a #b\n  #c'", &["b"]).as_deref(), Some("tags: '#a #c'"));
        assert_eq!(cut("tags: '#a #b\n  #c'", &["c"]).as_deref(), Some("tags: '#a #b'"));
        assert_eq!(cut("tags: a, b, c", &["a", "c"]).as_deref(), Some("tags: b"));
        assert_eq!(cut("tags: a", &["a"]).as_deref(), Some("tags: "));
    }

    #[test]
    fn a_tag_named_twice_goes_once() {
        for yaml in ["tags: [a, b]", "tags: a, b", "tags:\n  - a\n  - b", "tags: |\n  a\n  b"] {
            let text = format!("---\n{yaml}\n---\n");
            let frontmatter = Frontmatter::read(&text).unwrap();
            let tag = frontmatter.tags(&text)[0].span;
            let once = frontmatter.cutter(&text).cut(&[tag]);
            assert!(once.is_some(), "{yaml}");
            assert_eq!(frontmatter.cutter(&text).cut(&[tag, tag]), once, "{yaml}");
        }
    }

    #[test]
    fn what_has_no_bytes_of_its_own_stays() {
        for yaml in
            ["tags: #a #b", "tags: [&x a, b]", "tags: [a, # b\n c]", "tags:\n- #a", "tags: \"\\x61 b\"", "tags: [a"]
        {
            let text = format!("---\n{yaml}\n---\n");
            let frontmatter = Frontmatter::read(&text).unwrap();
            let gone: Vec<Span> = frontmatter.tags(&text).iter().take(1).map(|tag| tag.span).collect();
            assert_eq!(frontmatter.cutter(&text).cut(&gone), None, "{yaml}");
        }
    }
}
