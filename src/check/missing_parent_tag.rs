//! A nested tag whose parent no note has.

use foldhash::{HashSet, HashSetExt};
use serde::Deserialize;

use super::{Check, Cx};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MissingParentTag {}

impl Check for MissingParentTag {
    fn note(&self, cx: &mut Cx<'_>) {
        let tags = cx.vault.tags();
        let mut seen = HashSet::new();
        for tag in cx.tags() {
            let Some((parent, _)) = tag.name.rsplit_once('/').filter(|(parent, _)| !parent.is_empty()) else {
                continue;
            };
            let unused = tags.get(parent).is_none_or(|known| known.uses() == 0);
            if unused && seen.insert(crate::vault::fold_tag(&tag.name)) {
                let below = tags.below(&crate::vault::fold_tag(parent)).filter(|(_, tag)| tag.uses() > 0).count();
                let evidence = if below == 1 { "1 tag stands".to_owned() } else { format!("{below} tags stand") };
                cx.report(tag.span, format!("no note has the tag `{parent}`, the parent of `{}`", tag.name))
                    .evidence(format!("{evidence} below it"));
            }
        }
    }
}
