//! A tag that may not be in this folder, or not so deep.

use serde::Deserialize;

use super::tag_use::Removal;
use super::{Check, Cx};
use crate::diagnostic::{Applicability, Fix};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ForbiddenTag {}

impl Check for ForbiddenTag {
    fn note(&self, cx: &mut Cx<'_>) {
        let (note, taxonomy) = (cx.note, cx.taxonomy);
        let forbidden = cx.tags().iter().filter_map(|tag| Some((tag, taxonomy.forbids(&note.path, &tag.name)?)));
        let forbidden: Vec<_> = forbidden.collect();
        if forbidden.is_empty() {
            return;
        }
        let removal = Removal::from(note);
        for (tag, why) in forbidden {
            let finding = cx.report(tag.span, format!("the tag `{}` may not be here", tag.name)).evidence(why);
            if tag.is_listed() {
                if let Some((edits, _)) = removal.of(&[tag.span]) {
                    finding.fix(Fix::new("take the tag out", Applicability::Unsafe, edits));
                }
            } else {
                finding.help("take it out, or use another tag");
            }
        }
    }
}
