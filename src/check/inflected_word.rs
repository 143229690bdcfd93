//! A link that leaves the ending of its word outside.

use serde::Deserialize;

use super::touching::{fix, report};
use super::{Check, Cx};
use crate::diagnostic::Applicability;
use crate::language::{Action, Repair, Verdict};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct InflectedWord {}

impl Check for InflectedWord {
    fn note(&self, cx: &mut Cx<'_>) {
        let note = cx.note;
        for judged in cx.judged().iter().filter(|judged| judged.judgement.verdict == Verdict::Inflected) {
            // `[[Russia]]'s`: the apostrophe is a border.
            let unlinked = matches!(judged.action, Action::Do(Repair::Unlink) | Action::Offer(Repair::Unlink));
            if unlinked || judged.touching.word == note.links[judged.touching.link].span {
                continue;
            }
            let message = format!("the ending of `{}` is outside its link", judged.word);
            report(cx, judged, message).fix(fix(note, judged, Repair::Alias, Applicability::Safe));
        }
    }
}
