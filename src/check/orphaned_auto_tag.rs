//! A tag that an auto-linker has left behind.

use serde::Deserialize;

use super::{Check, Cx};
use crate::autolink::Orphan;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OrphanedAutoTag {}

impl Check for OrphanedAutoTag {
    fn note(&self, cx: &mut Cx<'_>) {
        let orphans = cx.orphans();
        if orphans.is_empty() {
            return;
        }
        let (_, evidence) = cx.first_evidence();
        for orphan in orphans {
            let message = format!("the text has nothing to do with the tag `{}`", orphan.tag.text);
            let finding = cx.report(orphan.tag.span, message).evidence(reason(orphan));
            evidence.reasons().into_iter().fold(finding, |finding, reason| finding.evidence(reason));
        }
    }
}

/// Where the letters of the tag stand, in words.
fn reason(orphan: &Orphan) -> String {
    let some: Vec<String> = orphan.words.iter().take(3).map(|word| format!("`{word}`")).collect();
    let more = orphan.words.len().saturating_sub(some.len());
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    format!("it stands only inside {}{more}", some.join(", "))
}
