//! A note whose tags are what a linker has looked for.

use foldhash::HashSet;
use serde::Deserialize;

use super::tag_use::Removal;
use super::{Check, Cx};
use crate::autolink::mirrored;
use crate::diagnostic::Fix;
use crate::note::frontmatter::Listed;
use crate::span::Span;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AutoTagDump {
    repair: Repair,
}

/// What becomes of the tags.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Repair {
    Report,
    /// Those that come from accidents go.
    Orphans,
    /// Those and the bare numbers go.
    Numeric,
    /// All that mirror a link go.
    All,
}

/// Fewer tags are what a person puts on a note, and links too.
const TAGS: usize = 10;
/// Of 100 tags, at least so many mirror a link.
const SHARE: usize = 80;

impl Check for AutoTagDump {
    fn note(&self, cx: &mut Cx<'_>) {
        let note = cx.note;
        let all = note.listed_tags().len();
        if all < TAGS {
            return;
        }
        let dumps = cx.evidences().into_iter().filter(|(_, evidence)| evidence.is_of_own_tags());
        let mut dumps = dumps.map(|(was, evidence)| (mirrored(note, was), evidence));
        let is_dump = |(tags, _): &(Vec<_>, _)| tags.len() >= TAGS && tags.len() * 100 >= all * SHARE;
        let Some((mirrored, evidence)) = dumps.find(is_dump) else { return };
        let orphans = cx.orphans();
        let sure: HashSet<Span> = orphans.iter().filter(|orphan| orphan.sure).map(|orphan| orphan.tag.span).collect();
        let is_orphan = |tag: &Listed| sure.contains(&tag.span);
        let goes = |tag: &&Listed| match self.repair {
            Repair::Report => false,
            Repair::Orphans => is_orphan(tag),
            Repair::Numeric => is_orphan(tag) || tag.text.chars().all(char::is_numeric),
            Repair::All => true,
        };
        let gone: Vec<Span> = mirrored.iter().filter(goes).map(|tag| tag.span).collect();
        let fix = if gone.is_empty() { None } else { Removal::from(note).of(&gone) };
        let message = format!("a program has tagged this note: {} of its {all} tags mirror its links", mirrored.len());
        let finding = cx.report(Span::at(note.body()), message);
        let finding = evidence.reasons().into_iter().fold(finding, |finding, reason| finding.evidence(reason));
        let finding = orphans.iter().fold(finding, |finding, orphan| finding.evidence(orphan.reason()));
        if let Some((edits, most)) = fix {
            let tags = if gone.len() == 1 { "tag" } else { "tags" };
            finding.fix(Fix::new(format!("take {} {tags} out", gone.len()), most, edits));
        }
    }
}
