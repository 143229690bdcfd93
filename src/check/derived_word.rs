//! A link that covers the word another one is derived from.

use serde::Deserialize;

use super::touching::{fix, readiness, report};
use super::{Check, Cx};
use crate::language::{Repair, Verdict};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DerivedWord {}

impl Check for DerivedWord {
    fn note(&self, cx: &mut Cx<'_>) {
        let note = cx.note;
        for judged in cx.judged().iter().filter(|judged| judged.judgement.verdict == Verdict::Derived) {
            let Some((repair @ Repair::Alias, applicability)) = readiness(note, judged) else { continue };
            let message = format!("the link covers only a part of `{}`", judged.word);
            report(cx, judged, message).fix(fix(note, judged, repair, applicability));
        }
    }
}
