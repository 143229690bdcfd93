//! A wikilink inside an identifier in code.

use serde::Deserialize;

use super::unlink::{is_name, unlink};
use super::{Check, Cx};
use crate::diagnostic::{Applicability, Fix};
use crate::note::ZoneKind;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LinkInCode {}

impl Check for LinkInCode {
    fn note(&self, cx: &mut Cx<'_>) {
        let note = cx.note;
        for link in note.links.iter().filter(|link| link.parent.is_none() && !link.embed) {
            let part = |c: char| c.is_alphanumeric() || c == '_';
            let glued =
                note.text[..link.span.start()].ends_with(part) || note.text[link.span.end()..].starts_with(part);
            if !glued {
                continue;
            }
            let target = link.target.of(&note.text);
            // `x[[i]]` indexes; a name in it would be in quotes.
            let name = target.chars().count() > 1 && target.chars().all(|c| part(c) || c == ' ' || c == '-');
            let kind = note.place(link).kind;
            if !name || !kind.is_code() || kind == ZoneKind::Math || !is_name(note, link) {
                continue;
            }
            cx.report(link.span, format!("a link to `{target}` inside an identifier in code"))
                .help("readers and programs see these brackets; if the code had none, take them out by hand")
                .fix(Fix::new("take the brackets out of the code", Applicability::Display, unlink(link).into()));
        }
    }
}
