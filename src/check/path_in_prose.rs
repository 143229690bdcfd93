//! A link in a sentence that shows the path of its note.

use serde::Deserialize;

use super::{Check, Cx};
use crate::diagnostic::{Applicability, Edit, Fix};
use crate::note::{Link, Note, ZoneKind};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PathInProse {}

impl Check for PathInProse {
    fn note(&self, cx: &mut Cx<'_>) {
        let note = cx.note;
        for link in &note.links {
            if link.embed || link.alias.is_some() || link.parent.is_some() {
                continue;
            }
            let target = link.target.of(&note.text);
            let Some((folders, name)) = target.rsplit_once('/') else { continue };
            let path = !folders.is_empty() && !name.is_empty() && !target.contains("[[");
            if !path || note.place(link).kind != ZoneKind::Prose || !is_in_a_sentence(note, link) {
                continue;
            }
            let pipe = note.place(link).pipe();
            let edit = Edit::insert(link.span.end() - 2, format!("{pipe}{name}"));
            cx.report(link.span, format!("the sentence shows the path `{target}`")).fix(Fix::new(
                format!("show only `{name}`"),
                Applicability::Unsafe,
                vec![edit],
            ));
        }
    }
}

/// So many bytes of a line are looked at on each side of a link.
const NEAR: usize = 1024;

/// Whether words stand on both sides of the link, or before it and a full stop behind it: an item
/// of a list that is only a link may well show its path.
fn is_in_a_sentence(note: &Note, link: &Link) -> bool {
    // The line near the link: nothing may look at a whole line for every link on it.
    let near = note.text.floor_char_boundary(link.span.start().saturating_sub(NEAR));
    let before = note.text[near..link.span.start()].rsplit('\n').next().unwrap_or_default();
    let near = note.text.floor_char_boundary(link.span.end() + NEAR);
    let after = note.text[link.span.end()..near].lines().next().unwrap_or_default();
    let words = |text: &str| text.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() > 1).count();
    words(before) > 1 && (words(after) > 0 || after.starts_with(['.', ',', ';', ':', '!', '?', ')', '’', '\'']))
}
