//! A tag that is none of the allowed ones.

use serde::Deserialize;

use super::finding::times;
use super::tag_use::ruled;
use super::{Check, Cx};
use crate::diagnostic::{Applicability, Fix};
use crate::taxonomy::Ruling;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UnknownTag {}

impl Check for UnknownTag {
    fn note(&self, cx: &mut Cx<'_>) {
        let (note, vault, taxonomy) = (cx.note, cx.vault, cx.taxonomy);
        let tags = vault.tags();
        for (tag, ruling) in ruled(cx) {
            if ruling != Ruling::Unknown {
                continue;
            }
            let name = &tag.name;
            let finding = cx.report(tag.span, format!("the tag `{name}` is not allowed"));
            let Some(near) = taxonomy.nearest(name) else {
                let uses = times(tags.get(name).map_or(1, |known| known.uses()));
                finding
                    .evidence(format!("it is used {uses} in the vault"))
                    .help("add it to `allowed`, or take it out: no allowed tag is near it");
                continue;
            };
            let [nearest] = &near.names[..] else {
                let names = near.names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
                finding.evidence(near.likeness).help(format!("one of: {names}"));
                continue;
            };
            let finding = finding.evidence(format!("`{nearest}` is allowed, and {}", near.likeness));
            let described = taxonomy.description(nearest);
            let finding =
                described.iter().fold(finding, |finding, text| finding.evidence(format!("`{nearest}`: {text}")));
            if let Some(edit) = tag.renamed(note, vault, nearest) {
                finding.fix(Fix::new(format!("write `{nearest}`"), Applicability::Unsafe, vec![edit]));
            }
        }
    }
}
