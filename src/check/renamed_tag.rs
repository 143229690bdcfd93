//! A tag, in a note or a query, that the taxonomy gives another name.

use serde::Deserialize;

use super::tag_use::ruled;
use super::{Check, Cx};
use crate::diagnostic::{Applicability, Edit, Fix};
use crate::note::queries;
use crate::taxonomy::Ruling;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RenamedTag {}

impl Check for RenamedTag {
    fn note(&self, cx: &mut Cx<'_>) {
        if !cx.taxonomy.renames_any() {
            return;
        }
        let (note, vault) = (cx.note, cx.vault);
        for (tag, ruling) in ruled(cx) {
            let Ruling::Renamed { old, new } = ruling else { continue };
            let finding = cx.report(tag.span, format!("the tag `{}` is now `{new}`", tag.name));
            let finding = finding.evidence(format!("the taxonomy renames `{old}`"));
            match tag.renamed(note, vault, &new) {
                Some(edit) => finding.fix(Fix::new(format!("write `{new}`"), Applicability::Safe, vec![edit])),
                None if tag.is_led_by(note, vault, &new) => {
                    finding.help("links lead to headings here: write it by hand, in those that name this one too")
                }
                None => finding,
            };
        }
        // A query for a tag that no note has any more finds nothing.
        for name in queries::names(note) {
            let tag = name.of(&note.text);
            let Ruling::Renamed { old, new } = cx.taxonomy.ruling(tag, cx.vault.tags()) else { continue };
            let finding = cx.report(name, format!("the query asks for `{tag}`, which is now `{new}`"));
            let fix = Fix::new(format!("ask for `{new}`"), Applicability::Safe, vec![Edit::replace(name, new)]);
            finding.evidence(format!("the taxonomy renames `{old}`")).fix(fix);
        }
    }
}
