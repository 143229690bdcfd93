//! Which bytes to take out so that some tags of an entry are gone and all else stays as it is.

use super::Frontmatter;
use super::value::{Entry, Item, Style, Value};
use super::words::tags_in;
use crate::span::Span;

impl Frontmatter {
    /// The bytes to take out so that the tags at these places, as [`Frontmatter::tags`] tells them,
    /// are gone: an item with its line, or with the comma and blanks beside it. In order, without
    /// overlap. `None` where a tag has no bytes of its own: in a comment, behind an anchor, in what
    /// is no YAML.
    pub fn cut_tags(&self, text: &str, gone: &[Span]) -> Option<Vec<Span>> {
        let mut cuts = Vec::new();
        let mut left = gone.len();
        for entry in self.tag_entries() {
            let here: Vec<Span> = gone.iter().copied().filter(|tag| entry.span.contains(*tag)).collect();
            left -= here.len();
            if !here.is_empty() {
                cuts.extend(cut(text, entry, &here)?);
            }
        }
        (left == 0).then_some(cuts)
    }
}

fn cut(text: &str, entry: &Entry, gone: &[Span]) -> Option<Vec<Span>> {
    match &entry.value {
        Value::Sequence { flow, items, .. } => {
            // Both are in order: a list may have as many items as a note has lines.
            let mut gone = gone.to_vec();
            gone.sort_unstable();
            let goes = |item: &Item| {
                let next = gone.partition_point(|tag| tag.start() < item.span.start());
                gone.get(next).is_some_and(|tag| item.span.contains(*tag))
            };
            let own = |item: &Item| !(item.nested || item.is_null);
            let all_told = gone.iter().all(|tag| {
                let next = items.partition_point(|item| item.span.end() < tag.end());
                items.get(next).is_some_and(|item| own(item) && item.span.contains(*tag))
            });
            // An anchor is named elsewhere, and where its item ends is not certain.
            if !all_told || items.iter().any(|item| item.marked) {
                return None;
            }
            if *flow {
                let pieces: Vec<(Span, bool)> = items.iter().map(|item| (item.span, goes(item))).collect();
                return runs(text, &pieces);
            }
            let kept = items.iter().rposition(|item| !goes(item)).map_or(0, |last| last + 1);
            let cut = |(i, item): (usize, &Item)| {
                let line = line(text, item)?;
                // Blank lines at the end of a list are not its own: before its last item they go with it.
                let above = text[..line.start()].trim_end_matches([' ', '\t', '\r', '\n']).len();
                let blank = text[above..line.start()].find('\n').map_or(line.start(), |at| above + at + 1);
                Some(if i >= kept { Span::new(blank, line.end()) } else { line })
            };
            items.iter().enumerate().filter(|(_, item)| goes(item)).map(cut).collect()
        }
        Value::Scalar(scalar) => {
            let tags = tags_in(text, entry);
            let told = |span: Span| span != scalar.span || span.of(text).split_whitespace().count() == 1;
            if tags.iter().any(|tag| tag.lost || !scalar.span.contains(tag.span) || !told(tag.span)) {
                return None;
            }
            let pieces: Vec<(Span, bool)> = tags.iter().map(|tag| (tag.span, gone.contains(&tag.span))).collect();
            // The mark of a block needs a line below it.
            let emptied = scalar.style == Style::Block && pieces.iter().all(|(_, goes)| *goes);
            if emptied { None } else { runs(text, &pieces) }
        }
        _ => None,
    }
}

/// The lines of an item of a block list, from the dash on.
fn line(text: &str, item: &Item) -> Option<Span> {
    let start = text[..item.span.start()].rfind('\n').map_or(0, |at| at + 1);
    let dash = text[start..item.span.start()].trim();
    let end = text[item.span.end()..].find('\n').map(|at| item.span.end() + at + 1)?;
    (dash == "-").then_some(Span::new(start, end))
}

/// Each run of pieces that go, with what parts it from the next piece, at the end from the one before.
fn runs(text: &str, pieces: &[(Span, bool)]) -> Option<Vec<Span>> {
    let mut cuts: Vec<Span> = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        let run = pieces[at..].iter().take_while(|(_, goes)| *goes).count();
        if run == 0 {
            at += 1;
            continue;
        }
        let (first, last) = (pieces[at].0, pieces[at + run - 1].0);
        let next = pieces.get(at + run).map(|(span, _)| *span);
        let cut = match (next, at.checked_sub(1)) {
            (Some(next), _) => Span::new(first.start(), next.start()),
            (None, Some(before)) => Span::new(pieces[before].0.end(), last.end()),
            (None, None) => Span::new(first.start(), last.end()),
        };
        // A comment between two items is not theirs.
        let mut from = cut.start();
        for span in pieces[at..at + run].iter().map(|(span, _)| *span).chain([Span::at(cut.end())]) {
            if text[from..span.start().max(from)].contains('#') {
                return None;
            }
            from = span.end();
        }
        cuts.push(cut);
        at += run;
    }
    Some(cuts)
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
        for cut in frontmatter.cut_tags(&text, &gone)?.into_iter().rev() {
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
    fn what_has_no_bytes_of_its_own_stays() {
        for yaml in
            ["tags: #a #b", "tags: [&x a, b]", "tags: [a, # b\n c]", "tags:\n- #a", "tags: \"\\x61 b\"", "tags: [a"]
        {
            let text = format!("---\n{yaml}\n---\n");
            let frontmatter = Frontmatter::read(&text).unwrap();
            let gone: Vec<Span> = frontmatter.tags(&text).iter().take(1).map(|tag| tag.span).collect();
            assert_eq!(frontmatter.cut_tags(&text, &gone), None, "{yaml}");
        }
    }
}
