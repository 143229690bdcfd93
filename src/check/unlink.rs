//! The edits that take link markup out and leave the text it shows.

use crate::diagnostic::Edit;
use crate::note::{Link, Note};
use crate::span::Span;

/// Takes out the markup of one link. The links inside it stay.
pub(super) fn unlink(link: &Link) -> [Edit; 2] {
    let shown = link.shown();
    [Edit::delete(Span::new(link.span.start(), shown.start())), Edit::delete(Span::new(shown.end(), link.span.end()))]
}

/// Takes out the markup of several links. What one of them hides may hold others, so edits that
/// overlap become one.
pub(super) fn unlink_all(note: &Note, links: &[usize]) -> Vec<Edit> {
    merge(links.iter().flat_map(|&i| unlink(&note.links[i])).map(|edit| edit.span).collect())
}

/// The edits that delete these places; those that touch become one.
pub(super) fn merge(mut edits: Vec<Span>) -> Vec<Edit> {
    edits.sort_unstable();
    let mut merged: Vec<Span> = Vec::with_capacity(edits.len());
    for span in edits {
        match merged.last_mut() {
            Some(last) if span.start() <= last.end() => *last = last.cover(span),
            _ => merged.push(span),
        }
    }
    merged.into_iter().map(Edit::delete).collect()
}

/// The indices of the links inside the link at `index`, at any depth.
pub(super) fn inside(note: &Note, index: usize) -> impl Iterator<Item = usize> {
    let end = note.links[index].span.end();
    (index + 1..note.links.len()).take_while(move |&i| note.links[i].span.start() < end)
}

/// Whether what stands between the brackets can be the name of a note.
pub(super) fn is_name(note: &Note, link: &Link) -> bool {
    !link.target.of(&note.text).trim().is_empty() && note.can_name(link)
}

/// Whether a link is a place-holder of a template, `[[HOST]]` or `[[ project_name ]]`, rather than
/// a note: written in capitals or `snake_case`.
pub(super) fn is_template(text: &str) -> bool {
    let name = text.trim();
    let capitals = name.len() > 1
        && name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_')
        && name.bytes().any(|b| b.is_ascii_uppercase());
    let snake = name.contains('_') && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    capitals || snake
}
