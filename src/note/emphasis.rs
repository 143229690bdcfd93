//! Whether Markdown emphasises the same of two notes that show the same text.
//!
//! Brackets are punctuation, and beside it the marks of emphasis open and close where they do not beside a letter:
//! `**Note:**[[mill]]ion` is bold, and `**Note:**million` shows its asterisks.

use super::{Note, markdown};
use crate::span::Span;

/// Whether the same is emphasised in both, whose shown texts are the same.
pub(super) fn is_the_same(one: &Note, other: &Note) -> bool {
    !may_differ(&one.text[one.body()..], &other.text[other.body()..]) || emphasised(one) == emphasised(other)
}

/// Whether a mark of emphasis stands beside the brackets of a link in a line that differs: no other line of its
/// paragraph can make a difference.
fn may_differ(one: &str, other: &str) -> bool {
    let is_mark = |byte: u8| matches!(byte, b'*' | b'_' | b'~');
    let beside = |three: &[u8]| matches!(three, [mark, b'[', b'['] | [b']', b']', mark] if is_mark(*mark));
    let has = |line: &str| line.as_bytes().windows(3).any(beside);
    one.split('\n').zip(other.split('\n')).any(|(a, b)| a != b && (has(a) || has(b)))
}

/// What is emphasised and how, in bytes of the shown text. In a URL such marks are its own.
fn emphasised(note: &Note) -> Vec<(usize, usize, u8)> {
    let shown = note.shown();
    let body = note.body();
    let in_shown = |at: usize| shown.border(body + at);
    let is_url =
        |span: &Span| note.kind_at(body + span.start()).is_url() || note.kind_at(body + span.end() - 1).is_url();
    let found = markdown::emphasis(&note.text[body..]).into_iter().filter(|(span, _)| !is_url(span));
    found.map(|(span, kind)| (in_shown(span.start()), in_shown(span.end()), kind)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_emphasis_need_what_stands_beside_them() {
        let same = |one: &str, other: &str| is_the_same(&Note::parse("n.md", one), &Note::parse("n.md", other));
        assert!(!same("**Note:**[[mill]]ion", "**Note:**million"));
        assert!(!same("im[[port]]_ed_", "import_ed_"));
        assert!(!same("un**[[happy]]**ness", "un**happy**ness"));
        assert!(!same("~~a:~~[[b]]", "~~a:~~b"));
        assert!(!same("---\na: b\n---\n_a_[[b]]", "---\na: b\n---\n_a_b"));
        assert!(same("a **[[War]]saw** b", "a **Warsaw** b"));
        assert!(same("**N:**[[mill]]ion, a **[[mill]]ion** b", "**N:**[[mill]]ion, a **million** b"));
        assert!(same("_a_ https://x.org/a*[[War]]*b", "_a_ https://x.org/a*War*b"));
        assert!(same("**[[[[War]]saw]]** *x [[mill]]ion*", "**[[Warsaw]]** *x million*"));
        assert!(same("_im[[prison]]_ c", "_[[prison|imprison]]_ c"));
    }
}
