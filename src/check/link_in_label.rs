//! A wikilink in the text of a Markdown link, or in the label of a footnote.

use std::cell::OnceCell;

use foldhash::HashSet;
use serde::Deserialize;

use super::unlink::{inside, is_name, unlink_all};
use super::{Check, Cx};
use crate::diagnostic::{Applicability, Fix};
use crate::note::{Link, Note, pairs};
use crate::span::Span;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LinkInLabel {}

impl Check for LinkInLabel {
    fn note(&self, cx: &mut Cx<'_>) {
        let note = cx.note;
        for index in note.in_link_text().iter().map(|&index| index as usize) {
            if is_sound(note, &note.links[index]) && !is_whole(note, &note.links[index]) {
                let message = "a link inside the text of a Markdown link";
                report(cx, index, note.links[index].span, message, "programs that read it end the outer link there");
            }
        }
        if note.links.is_empty() || pairs(&note.text, *b"[^").next().is_none() {
            return;
        }
        let defined = OnceCell::new();
        for (index, link) in note.links.iter().enumerate() {
            let Some(label) = footnote(note, link.span).filter(|_| is_sound(note, link)) else { continue };
            let name = note.shown_in(label);
            let is_defined = || defined.get_or_init(|| footnotes(note)).contains(&name);
            if note.place(link).kind.is_text() && is_defined() {
                let message = format!("a link inside the label of the footnote `{name}`");
                report(cx, index, label, &message, "no program reads a footnote with brackets in its label");
            }
        }
    }
}

fn report(cx: &mut Cx<'_>, index: usize, place: Span, message: &str, why: &str) {
    let links: Vec<usize> = std::iter::once(index).chain(inside(cx.note, index)).collect();
    let fix = Fix::new("take the link out", Applicability::Unsafe, unlink_all(cx.note, &links));
    cx.report(place, message).evidence(why).fix(fix);
}

/// Whether it is a link that may be taken out by itself.
fn is_sound(note: &Note, link: &Link) -> bool {
    link.parent.is_none() && !link.embed && is_name(note, link)
}

/// Whether it is all of the text: `[[[Note]]](https://example.org)` is a habit of some.
fn is_whole(note: &Note, link: &Link) -> bool {
    note.text[..link.span.start()].ends_with('[') && note.text[link.span.end()..].starts_with(']')
}

/// The label of a footnote around a link, `^` left out: `[^a[[b]]]`.
pub(super) fn footnote(note: &Note, link: Span) -> Option<Span> {
    let (before, after) = (&note.text[..link.start()], &note.text[link.end()..]);
    let of_label = |c: char| !c.is_whitespace() && !matches!(c, '[' | ']' | '^');
    let head = before.trim_end_matches(of_label);
    let tail = after.len() - after.trim_start_matches(of_label).len();
    let label = Span::new(head.len(), link.end() + tail);
    (head.ends_with("[^") && after[tail..].starts_with(']') && label.len() < MOST_LABEL).then_some(label)
}

/// The longest label that is looked at, in bytes.
const MOST_LABEL: usize = 1_000;

/// The labels of the footnotes that a note defines, as a reader sees them: `[^a]: b`.
fn footnotes(note: &Note) -> HashSet<String> {
    let shown = note.shown().text;
    let definition = |line: &str| {
        let (label, _) = line.trim_start_matches([' ', '>']).strip_prefix("[^")?.split_once("]:")?;
        Some(label.to_owned())
    };
    shown.lines().filter_map(definition).collect()
}
