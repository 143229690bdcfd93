//! A link that covers only a part of a word.

use serde::Deserialize;

use super::touching::{fix, readiness, report};
use super::{Check, Cx};
use crate::diagnostic::{Applicability, Severity};
use crate::language::{Repair, Scripts, Verdict};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SplitWord {
    /// Scripts in which a part of a word is looked for.
    scripts: Scripts,
}

impl Check for SplitWord {
    fn note(&self, cx: &mut Cx<'_>) {
        let note = cx.note;
        for judged in cx.judged() {
            let Some((repair, applicability)) = readiness(note, judged) else { continue };
            let wanted = match judged.judgement.verdict {
                Verdict::Accident | Verdict::Whole | Verdict::Compound | Verdict::Unknown => true,
                Verdict::Number => false,
                // What a linker has made, or has put into a word with others, is no habit of an author.
                _ => repair == Repair::Unlink,
            };
            if !wanted {
                continue;
            }
            if !judged.letters(note).all(|letter| self.scripts.have(letter)) {
                continue;
            }
            let what = match judged.judgement.verdict {
                Verdict::Whole => "covers only a part of the known name",
                Verdict::Compound => "covers only a part of the compound",
                _ => "covers only a part of the word",
            };
            let severity = match applicability {
                Applicability::Safe => Severity::Error,
                _ if judged.judgement.verdict == Verdict::Unknown => Severity::Info,
                _ => Severity::Warning,
            };
            report(cx, judged, format!("the link {what} `{}`", judged.word)).at_most(severity).fix(fix(
                note,
                judged,
                repair,
                applicability,
            ));
        }
    }
}
