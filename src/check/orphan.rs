//! A note that nothing links to.

use serde::Deserialize;

use super::{Check, Cx};
use crate::span::Span;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Orphan {
    /// Only notes that link to nothing either.
    only_isolated: bool,
}

impl Check for Orphan {
    fn note(&self, cx: &mut Cx<'_>) {
        let Some((to, from)) = cx.vault.linked(&cx.note.path) else { return };
        if to == 0 && (from == 0 || !self.only_isolated) {
            let what = if from == 0 { "no link leads to this note or out of it" } else { "no link leads to this note" };
            cx.report(Span::at(0), what);
        }
    }

    fn counts_links(&self) -> bool {
        true
    }
}
