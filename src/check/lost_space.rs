//! A link whose blank is missing, or has slipped inside it.

use serde::Deserialize;

use super::touching::{fix, readiness, report};
use super::{Check, Cx};
use crate::diagnostic::{Applicability, Edit, Fix};
use crate::language::{self, Lexicon, Parts, Repair, Row, Verdict};
use crate::note::{Link, Note, ZoneKind};
use crate::span::Span;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LostSpace {}

impl Check for LostSpace {
    fn note(&self, cx: &mut Cx<'_>) {
        let note = cx.note;
        for judged in cx.judged().iter().filter(|judged| judged.judgement.verdict == Verdict::LostSpace) {
            let Some((repair @ Repair::Space, applicability)) = readiness(note, judged) else { continue };
            let message = format!("a blank is missing in `{}`", judged.word);
            report(cx, judged, message).fix(fix(note, judged, repair, applicability.min(Applicability::Unsafe)));
        }
        for link in &note.links {
            let readable = || note.place(link).kind.is_text() || note.place(link).kind == ZoneKind::Html;
            if link.embed || link.parent.is_some() {
                continue;
            }
            if let Some((span, edits)) = swallowed(note, link).filter(|_| readable()) {
                if let Some((word, edits)) = parted(note, link) {
                    let title = format!("take the link and its blanks out: `{word}`");
                    cx.report(span, format!("the blanks inside the link part the word `{word}`")).fix(Fix::new(
                        title,
                        Applicability::Unsafe,
                        edits,
                    ));
                    continue;
                }
                cx.report(span, "the blank beside the link has slipped into it").fix(Fix::new(
                    "move it out of the link",
                    Applicability::Unsafe,
                    edits,
                ));
            }
        }
    }
}

/// `P[[ art ]]ial`, by a linker that puts blanks inside its links: the word, and the edits that give it back.
fn parted(note: &Note, link: &Link) -> Option<(String, Vec<Edit>)> {
    let shown = link.shown().of(&note.text);
    let term = shown.strip_prefix(' ')?.strip_suffix(' ')?;
    let parts = Parts::cut(&note.text[..link.span.start()], term, &note.text[link.span.end()..]);
    let word = [parts.head(), term, parts.tail()].concat();
    let edits = super::unlink::unlink(link).map(|edit| edit.span);
    let start = Span::new(edits[0].start(), edits[0].end() + 1);
    let end = Span::new(edits[1].start() - 1, edits[1].end());
    Lexicon::english().word(&word).then(|| (word, vec![Edit::delete(start), Edit::delete(end)]))
}

/// `the[[ spike protein]]`: the edits that move the blank, and the place with the words around it.
fn swallowed(note: &Note, link: &Link) -> Option<(Span, Vec<Edit>)> {
    let shown = link.shown();
    let text = shown.of(&note.text);
    let (head, tail) = (text.len() - text.trim_start().len(), text.len() - text.trim_end().len());
    if head == text.len() {
        return None;
    }
    let spaced = |c: char| language::is_wordy(c) && language::row(c) != Row::Unspaced;
    let (before, after) = (&note.text[..link.span.start()], &note.text[link.span.end()..]);
    let mut edits = Vec::new();
    let mut span = link.span;
    if head > 0 && before.ends_with(spaced) {
        edits.push(Edit::insert(link.span.start(), " "));
        edits.push(Edit::delete(Span::new(shown.start(), shown.start() + head)));
        let word = before.chars().rev().take_while(|&c| spaced(c)).take(40).map(char::len_utf8).sum::<usize>();
        span = span.with_start(span.start() - word);
    }
    if tail > 0 && after.starts_with(spaced) {
        edits.push(Edit::delete(Span::new(shown.end() - tail, shown.end())));
        edits.push(Edit::insert(link.span.end(), " "));
        let word = after.chars().take_while(|&c| spaced(c)).take(40).map(char::len_utf8).sum::<usize>();
        span = span.with_end(span.end() + word);
    }
    (!edits.is_empty()).then_some((span, edits))
}
