//! A link that a linker has put blanks around.

use std::cell::OnceCell;

use foldhash::HashSet;
use serde::Deserialize;

use super::unlink::{inside, merge, unlink};
use super::{Check, Cx};
use crate::autolink::{Form, Replay};
use crate::diagnostic::{Applicability, Edit, Fix, Severity};
use crate::language::{self, Facts, Parts, Verdict};
use crate::note::Note;
use crate::span::Span;
use crate::survey;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SpacedLink {
    links: Links,
}

/// Which of the linker's links are taken out with their blanks.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Links {
    /// Those whose blanks part a word.
    Broken,
    All,
}

impl Check for SpacedLink {
    fn note(&self, cx: &mut Cx<'_>) {
        let (note, evidence) = (cx.note, cx.evidence());
        let Some(replay) = evidence.replay.as_ref().filter(|replay| replay.form == Form::Spaced) else { return };
        let words = OnceCell::new();
        let words = || words.get_or_init(|| words_alone(note));
        for (index, link) in note.links.iter().enumerate() {
            let theirs = link.parent.is_none() && replay.links.contains(&index) && note.place(link).kind.is_text();
            let Some(spaced) = replay.form.span(note, link).filter(|_| theirs) else { continue };
            let around = Parts::cut(&note.text[..spaced.start()], "", &note.text[spaced.end()..]);
            let (head, tail) = (around.head(), around.tail());
            let broken = !head.is_empty() || !tail.is_empty();
            if !broken && self.links == Links::Broken {
                continue;
            }
            let term = term(note, replay, index);
            // Run again, the loop gives such a link back as it was: its blanks are the author's.
            let natural = !has_needless_blank(&note.text[..spaced.start()], &note.text[spaced.end()..]);
            if broken && natural && are_words(cx, &Parts { link: &term, ..around }, words) {
                continue;
            }
            let word = [head, &term, tail].concat();
            let place = Span::new(spaced.start() - head.len(), spaced.end() + tail.len());
            let (message, severity) = if broken {
                (format!("a linker's blanks part the word `{word}`"), Severity::Error)
            } else {
                (format!("a linker has put blanks around `{word}`"), Severity::Info)
            };
            let finding =
                cx.report(place, message).at_most(severity).evidence(replay.reason()).label(link.span, "the link");
            if replay.tells_case {
                let title = format!("take the link and its blanks out: `{word}`");
                let edits = restore(note, replay, index, &term);
                finding.fix(Fix::new(title, Applicability::Unsafe, edits));
            } else {
                finding.help("the loop may have changed capitals, so only you know how the word was written");
            }
        }
    }
}

/// Whether one of the blanks that stand between these texts and a link is one that nobody writes: beside another one
/// between it and a word, before a comma, a full stop or what closes, behind what opens. There the loop has put it.
/// Blanks at the ends of lines, behind sentences and beside the marks of lists and tables are many people's, and so
/// are those before `:;!?` and beside quotes: they go with the language.
fn has_needless_blank(before: &str, after: &str) -> bool {
    let stops = after.strip_prefix('.').is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace));
    is_doubled(before.chars().rev())
        || is_doubled(after.chars())
        || before.ends_with(['(', '[', '{', '（', '「', '『'])
        || after.starts_with([',', ')', ']', '}', '，', '。', '、', '）', '」', '』'])
        || stops
}

/// Whether a blank stands here too, and a word behind it.
fn is_doubled(mut beside: impl Iterator<Item = char>) -> bool {
    beside.next() == Some(' ') && beside.find(|&c| c != ' ').is_some_and(|c| c.is_alphanumeric() || c == ',')
}

/// Whether what the blanks part from the link are words of their own, beside a link of another hand:
/// `the [[War]] and`.
fn are_words<'a>(cx: &Cx<'_>, parts: &Parts<'_>, words: impl Fn() -> &'a HashSet<String>) -> bool {
    let language = cx.language();
    let facts = Facts { language, whole: false, word: &|word| cx.survey.known(word, language) };
    let judgement = language::judge(parts, &facts);
    let joined = parts.joined();
    let attested = || judgement.attested || cx.vault.is_named(&joined) || words().contains(&language::fold(&joined));
    let mut around = [parts.head(), parts.tail()].into_iter().filter(|piece| !piece.is_empty());
    judgement.verdict == Verdict::LostSpace
        || !attested() && around.all(|piece| words().contains(&language::fold(piece)))
}

/// The words of a note that stand beside no link, folded.
fn words_alone(note: &Note) -> HashSet<String> {
    let mut words = HashSet::default();
    survey::each_word_span(note, |word| {
        let (before, after) = (&note.text[..word.start()], &note.text[word.end()..]);
        if !before.ends_with("]] ") && !after.starts_with(" [[") {
            words.insert(language::fold(word.of(&note.text)));
        }
    });
    words
}

/// The term that a link was made of. Where links inside it were taken out since, their blanks are still there:
/// `[[ War saw]]`.
fn term(note: &Note, replay: &Replay, index: usize) -> String {
    let made = replay.form.turn(note, index).map_or_else(String::new, |turn| turn.term);
    let letters = |text: &str| text.replace(' ', "");
    let term = replay.terms.iter().find(|term| **term == made);
    term.or_else(|| replay.terms.iter().find(|term| letters(term) == letters(&made))).cloned().unwrap_or(made)
}

/// The edits that give back what the loop was given there.
fn restore(note: &Note, replay: &Replay, index: usize, term: &str) -> Vec<Edit> {
    let own = |index: usize| {
        let link = &note.links[index];
        (link, replay.form.span(note, link).unwrap_or(link.span))
    };
    if replay.form.turn(note, index).is_some_and(|turn| turn.term != term) {
        return vec![Edit::replace(own(index).1, term)];
    }
    let theirs = std::iter::once(index).chain(inside(note, index)).filter(|i| replay.links.contains(i));
    let both = theirs.flat_map(|i| {
        let (link, spaced) = own(i);
        let [open, close] = unlink(link).map(|edit| edit.span);
        [Span::new(spaced.start(), open.end()), Span::new(close.start(), spaced.end())]
    });
    merge(both.collect())
}
