//! A tag that an auto-linker has left behind.

use serde::Deserialize;

use super::tag_use::Removal;
use super::{Check, Cx};
use crate::diagnostic::{Applicability, Fix};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OrphanedAutoTag {}

impl Check for OrphanedAutoTag {
    fn note(&self, cx: &mut Cx<'_>) {
        let (note, orphans) = (cx.note, cx.orphans());
        if orphans.is_empty() {
            return;
        }
        // The strongest comes first, and `autolink/auto-linked-note` has them all.
        let reason = cx.evidences().into_iter().flat_map(|(_, evidence)| evidence.reasons()).next();
        let removal = Removal::from(note);
        for orphan in orphans {
            let message = format!("the text has nothing to do with the tag `{}`", orphan.tag.text);
            let finding = cx.report(orphan.tag.span, message).evidence(orphan.reason());
            let finding = reason.iter().fold(finding, |finding, reason| finding.evidence(reason));
            let Some((edits, most)) = removal.of(&[orphan.tag.span]) else { continue };
            // The author may have put it there, but where the links show that the linker has its words from here.
            let sure = if orphan.sure { Applicability::Safe } else { Applicability::Unsafe };
            finding.fix(Fix::new("take the tag out", sure.min(most), edits));
        }
    }
}
