//! A tag that the taxonomy gives another name.

use serde::Deserialize;

use super::tag_use::ruled;
use super::{Check, Cx};
use crate::diagnostic::{Applicability, Fix};
use crate::taxonomy::Ruling;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RenamedTag {}

impl Check for RenamedTag {
    fn note(&self, cx: &mut Cx<'_>) {
        let note = cx.note;
        for (tag, ruling) in ruled(cx) {
            let Ruling::Renamed { old, new } = ruling else { continue };
            let finding = cx.report(tag.span, format!("the tag `{}` is now `{new}`", tag.name));
            let finding = finding.evidence(format!("the taxonomy renames `{old}`"));
            if let Some(edit) = tag.renamed(note, &new) {
                finding.fix(Fix::new(format!("write `{new}`"), Applicability::Safe, vec![edit]));
            }
        }
    }
}
