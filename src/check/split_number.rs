//! A link that covers only a part of a number.

use serde::Deserialize;

use super::touching::{fix, readiness, report};
use super::{Check, Cx};
use crate::diagnostic::Applicability;
use crate::language::Verdict;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SplitNumber {}

impl Check for SplitNumber {
    fn note(&self, cx: &mut Cx<'_>) {
        let note = cx.note;
        for judged in cx.judged().iter().filter(|judged| judged.judgement.verdict == Verdict::Number) {
            let Some((repair, applicability)) = readiness(note, judged) else { continue };
            // `[[2022-06-11]]10:07` is how people write: what is not certain is no finding.
            if applicability < Applicability::Safe {
                continue;
            }
            let message = format!("the link covers only a part of the number `{}`", judged.word);
            report(cx, judged, message).fix(fix(note, judged, repair, applicability));
        }
    }
}
