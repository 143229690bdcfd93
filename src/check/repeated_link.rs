//! A target that is linked again and again.

use foldhash::{HashMap, HashMapExt};
use serde::Deserialize;

use super::unlink::unlink;
use super::{Check, Cx};
use crate::diagnostic::{Applicability, Fix};
use crate::note::{Note, ZoneKind};
use crate::vault::fold;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RepeatedLink {
    /// How often a target may be linked.
    max: usize,
    /// Where its links are counted.
    per: Per,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Per {
    Note,
    Section,
}

impl Check for RepeatedLink {
    fn note(&self, cx: &mut Cx<'_>) {
        let note = cx.note;
        let mut counts: HashMap<(usize, String), usize> = HashMap::new();
        for link in &note.links {
            if note.place(link).kind != ZoneKind::Prose || link.embed || link.parent.is_some() {
                continue;
            }
            let section = match self.per {
                Per::Note => 0,
                Per::Section => section(note, link.span.start()),
            };
            let target = note.shown_in(link.target);
            let count = counts.entry((section, fold(target.trim()))).or_default();
            *count += 1;
            if *count > self.max {
                let message = format!("`{target}` is linked for the {}", nth(*count));
                let fix = Fix::new("take the link out", Applicability::Safe, unlink(link).into());
                cx.report(link.span, message).fix(fix);
            }
        }
    }
}

/// How many headings stand before.
fn section(note: &Note, offset: usize) -> usize {
    note.headings().partition_point(|heading| heading.span.start() <= offset)
}

fn nth(n: usize) -> String {
    let ending = match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{n}{ending} time")
}
