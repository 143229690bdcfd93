//! A tag that is not written as the taxonomy wants it.

use serde::Deserialize;

use super::tag_use::ruled;
use super::{Check, Cx};
use crate::diagnostic::{Applicability, Fix};
use crate::taxonomy::Ruling;
use crate::vault::fold_tag;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TagCase {}

impl Check for TagCase {
    fn note(&self, cx: &mut Cx<'_>) {
        let (note, vault, taxonomy) = (cx.note, cx.vault, cx.taxonomy);
        for (tag, ruling) in ruled(cx) {
            let Ruling::Written(wanted) = ruling else { continue };
            let finding = cx.report(tag.span, format!("the tag `{}` is to be written `{wanted}`", tag.name));
            let finding = finding.evidence(taxonomy.reason(&wanted));
            if let Some(edit) = tag.renamed(note, vault, &wanted) {
                // With other hyphens it is another tag, and in the text it is a word that a reader sees.
                let same = fold_tag(&wanted) == fold_tag(&tag.name);
                let sure = if same && tag.is_listed() { Applicability::Safe } else { Applicability::Unsafe };
                finding.fix(Fix::new(format!("write `{wanted}`"), sure, vec![edit]));
            }
        }
    }
}
