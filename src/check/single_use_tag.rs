//! A tag that stands once in the whole vault.

use serde::Deserialize;

use super::{Check, Cx};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SingleUseTag {}

impl Check for SingleUseTag {
    fn note(&self, cx: &mut Cx<'_>) {
        let tags = cx.vault.tags();
        for tag in cx.tags() {
            let name = crate::vault::fold_tag(&tag.name);
            let alone = tags.get(&name).is_some_and(|known| known.uses() == 1) && tags.below(&name).next().is_none();
            if alone {
                cx.report(tag.span, format!("the tag `{}` is used nowhere else in the vault", tag.name));
            }
        }
    }
}
