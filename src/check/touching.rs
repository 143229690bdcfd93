//! The verdicts on the links of a note that letters touch: reached once, used by several checks.

use std::ops::Range;

use foldhash::HashSet;

use super::{Cx, Finding, original};
use crate::diagnostic::{Applicability, Edit, Fix};
use crate::language::{self, Action, Judgement, Repair};
use crate::note::{Link, Note, ZoneKind};
use crate::span::Span;
use crate::survey::Touching;

/// A link that letters touch, judged.
pub(super) struct Judged {
    pub(super) touching: Touching,
    pub(super) judgement: Judgement,
    pub(super) action: Action,
    /// Whether the action stands on the proof that a linker has made the link.
    pub(super) proven: bool,
    /// What it rests on, and what speaks for an auto-linker.
    pub(super) reasons: Vec<String>,
    /// The word as it reads without brackets.
    pub(super) word: String,
    /// Where it stands, brackets included.
    pub(super) place: Span,
    /// The links in it, by index in the note: they are repaired together or not at all.
    pub(super) links: Range<usize>,
}

/// Whether a link shows more than a linker finds in a word, so that what stood there is not known: `in[[flu#h]]ence`.
pub(super) fn shows_a_path(note: &Note, link: &Link) -> bool {
    link.alias.is_none() && (link.fragment.is_some() || link.target.of(&note.text).contains('/'))
}

/// The tags of a note, in the text and in the frontmatter, folded.
pub(super) fn tag_names(note: &Note) -> HashSet<String> {
    let listed = note.listed_tags().iter();
    let inline = note.tags().iter().map(|tag| crate::vault::fold(tag.name().of(&note.text)));
    inline.chain(listed.map(|tag| crate::vault::fold(&tag.text))).collect()
}

/// Reports a judged link with what it rests on.
pub(super) fn report<'f>(cx: &'f mut Cx<'_>, judged: &Judged, message: String) -> Finding<'f> {
    let link = cx.note.links[judged.touching.link].span;
    let advice = original::advice(cx.note, cx.survey, judged);
    let finding = cx.report(judged.touching.word, message).label(link, "the link").judged(&judged.judgement);
    let finding = match advice {
        Some(advice) => finding.help(advice),
        None => finding,
    };
    judged.reasons.iter().fold(finding, |finding, reason| finding.evidence(reason))
}

/// The fix that makes a repair, as readily as may be.
pub(super) fn fix(note: &Note, judged: &Judged, repair: Repair, applicability: Applicability) -> Fix {
    let link = &note.links[judged.touching.link];
    let span = judged.place;
    let pipe = note.place(link).pipe();
    match repair {
        Repair::Unlink => {
            let title = if judged.links.len() > 1 { "take the links in this word out" } else { "take the link out" };
            let links: Vec<usize> = judged.links.clone().collect();
            Fix::new(title, applicability, super::unlink::unlink_all(note, &links))
        }
        Repair::Alias => {
            let named = Span::new(link.target.start(), link.fragment.unwrap_or(link.target).end()).of(&note.text);
            let text = format!("[[{named}{pipe}{}]]", judged.word);
            Fix::new(format!("show the whole word: `{text}`"), applicability, vec![Edit::replace(span, text)])
        }
        Repair::Whole => {
            let text = format!("[[{}]]", judged.word);
            Fix::new(format!("link the whole word: `{text}`"), applicability, vec![Edit::replace(span, text)])
        }
        Repair::Space => {
            let mut edits = Vec::new();
            if span.start() < link.span.start() && judged.judgement.sides != language::Sides::After {
                edits.push(Edit::insert(link.span.start(), " "));
            }
            if link.span.end() < span.end() && judged.judgement.sides != language::Sides::Before {
                edits.push(Edit::insert(link.span.end(), " "));
            }
            Fix::new("put a blank between them", applicability, edits)
        }
    }
}

/// How readily an action's fix may be made, and what it does.
pub(super) fn readiness(note: &Note, judged: &Judged) -> Option<(Repair, Applicability)> {
    let link = &note.links[judged.touching.link];
    let shown = note.place(link).kind == ZoneKind::Frontmatter || shows_a_path(note, link);
    let most = if shown { Applicability::Display } else { Applicability::Safe };
    match judged.action {
        Action::Nothing => None,
        Action::Offer(repair) if judged.judgement.miscased => Some((repair, Applicability::Display)),
        Action::Offer(repair) => Some((repair, most.min(Applicability::Unsafe))),
        Action::Do(repair) => Some((repair, most)),
    }
}

impl Judged {
    /// Only shows what might have been done.
    pub(super) fn doubt(&mut self) {
        if self.action != Action::Nothing {
            self.action = Action::Offer(Repair::Unlink);
        }
    }

    /// The letters that touch the link.
    pub(super) fn letters<'a>(&self, note: &'a Note) -> impl Iterator<Item = char> + 'a {
        let link = note.links[self.touching.link].span;
        let around = [self.touching.word.start()..link.start(), link.end()..self.touching.word.end()];
        around.into_iter().flat_map(|range| note.text[range].chars()).filter(|c| c.is_alphabetic())
    }
}
