//! Whether Markdown emphasises the same of two notes that show the same text.
//!
//! Brackets are punctuation, and beside it the marks of emphasis open and close where they do not beside a letter:
//! `**Note:**[[mill]]ion` is bold, and `**Note:**million` shows its asterisks.

use foldhash::HashSet;

use super::{Note, markdown};
use crate::span::Span;

/// Whether the same is emphasised in both, whose shown texts are the same.
pub(super) fn is_the_same(one: &Note, other: &Note) -> bool {
    !may_differ(&one.text[one.body()..], &other.text[other.body()..]) || emphasised(one) == emphasised(other)
}

/// Whether a mark of emphasis stands at the border of a place that is to be written anew, on either side.
pub(crate) fn is_beside_mark(note: &Note, place: Span) -> bool {
    let (before, inside, after) = (&note.text[..place.start()], place.of(&note.text), &note.text[place.end()..]);
    before.ends_with(MARKS) || after.starts_with(MARKS) || inside.starts_with(MARKS) || inside.ends_with(MARKS)
}

/// Which of these places of a note lie in what is emphasised in it and not in the other, or the other way round, or at
/// the borders of that. None where the notes show other texts: what has moved is not known then.
pub(crate) fn are_in_changes(one: &Note, other: &Note, places: &[Span]) -> Vec<bool> {
    let shown = one.shown();
    if shown.text != other.shown().text {
        return vec![false; places.len()];
    }
    let (was, now) = (emphasised(one), emphasised(other));
    let of = |these: &[Emphasis], those: &[Emphasis]| -> Vec<(usize, usize)> {
        let those: HashSet<&Emphasis> = those.iter().collect();
        these.iter().filter(|one| !those.contains(one)).map(|&(start, end, _)| (start, end)).collect()
    };
    let mut changed = [of(&was, &now), of(&now, &was)].concat();
    changed.sort_unstable();
    // Up to which byte those that begin no later reach.
    let mut reach = 0;
    for (_, end) in &mut changed {
        reach = reach.max(*end);
        *end = reach;
    }
    let is_in = |place: &Span| {
        let next = changed.partition_point(|(start, _)| *start <= shown.border(place.end()));
        next.checked_sub(1).is_some_and(|last| changed[last].1 >= shown.border(place.start()))
    };
    places.iter().map(is_in).collect()
}

/// What a fix changes that is refused for it.
pub(crate) const WHAT: &str = "what is emphasised in the note";

const MARKS: [char; 3] = ['*', '_', '~'];

/// Whether a mark of emphasis stands beside the brackets of a link, or its pipe, in a line that differs: no other line
/// of its paragraph can make a difference.
fn may_differ(one: &str, other: &str) -> bool {
    let is_mark = |byte: u8| MARKS.contains(&char::from(byte));
    let of_link = |byte: u8| matches!(byte, b'[' | b']' | b'|' | b'!');
    let beside = |two: &[u8]| is_mark(two[0]) && of_link(two[1]) || of_link(two[0]) && is_mark(two[1]);
    let has = |line: &str| line.as_bytes().windows(2).any(beside);
    one.split('\n').zip(other.split('\n')).any(|(a, b)| a != b && (has(a) || has(b)))
}

/// From where to where in the shown text, in bytes, and how.
type Emphasis = (usize, usize, u8);

/// What is emphasised. In a URL such marks are its own.
fn emphasised(note: &Note) -> Vec<Emphasis> {
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
        assert!(!same("a foo[[Note|_bar_]] b", "a foo_bar_ b"));
        assert!(!same("a in[[_flu_]]ence b", "a in_flu_ence b"));
        assert!(same("_im[[prison]]_ c", "_[[prison|imprison]]_ c"));
    }
}
