//! A note that a program has linked.

use foldhash::{HashSet, HashSetExt};
use serde::Deserialize;

use super::unlink::unlink_all;
use super::{Check, Cx};
use crate::autolink::{Evidence, Form};
use crate::diagnostic::{Applicability, Fix};
use crate::note::{Note, ZoneKind};
use crate::span::Span;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AutoLinkedNote {
    repair: Repair,
}

/// What becomes of the links that the linker is proven to have made.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Repair {
    /// The other rules mend what is broken; the whole words stay linked.
    Broken,
    /// The first mention of each target stays linked.
    First,
    /// All go: the author's own text.
    All,
}

impl Check for AutoLinkedNote {
    fn note(&self, cx: &mut Cx<'_>) {
        let (note, evidence) = (cx.note, cx.evidence());
        if !evidence.is_of_the_note() {
            return;
        }
        let links: Option<Vec<usize>> = match self.repair {
            Repair::Broken => None,
            Repair::First => linkers(note, evidence).map(|links| all_but_first(note, links)),
            Repair::All => linkers(note, evidence),
        };
        // A list of names that are the tags, say, may be the author's.
        let how = if evidence.replay.is_some() { "has" } else { "has probably" };
        let mut finding = cx.report(Span::at(note.body()), format!("a program {how} linked this note"));
        for reason in evidence.reasons() {
            finding = finding.evidence(reason);
        }
        let Some(links) = links.filter(|links| !links.is_empty()) else { return };
        let title = format!("take out {} links that the linker made", links.len());
        finding.fix(Fix::new(title, Applicability::Safe, unlink_all(note, &links)));
    }
}

/// The links that a loop is proven to have made of text as it stands there, in order. Where it put
/// blanks around them too, the text does not stand there. In code the brackets are what is shown.
fn linkers(note: &Note, evidence: &Evidence) -> Option<Vec<usize>> {
    let replay = evidence.replay.as_ref().filter(|replay| replay.tells_case && replay.form != Form::Spaced)?;
    Some(
        (0..note.links.len())
            .filter(|index| replay.links.contains(index) && note.place(&note.links[*index]).kind.shows_links())
            .collect(),
    )
}

/// Leaves the first mention of each target: in running text, a whole word, not in another link.
fn all_but_first(note: &Note, links: Vec<usize>) -> Vec<usize> {
    let mut seen = HashSet::new();
    let touched: HashSet<usize> = crate::survey::touching(note).iter().map(|touching| touching.link).collect();
    let stays = |&index: &usize| {
        let link = &note.links[index];
        let whole = link.parent.is_none() && !touched.contains(&index) && note.place(link).kind == ZoneKind::Prose;
        whole && seen.insert(crate::vault::fold(&note.shown_in(link.target)))
    };
    let stay: HashSet<usize> = links.iter().copied().filter(stays).collect();
    links.into_iter().filter(|index| !stay.contains(index)).collect()
}
