//! Judges the links of a note that letters touch.

use std::cell::OnceCell;

use foldhash::HashSet;

use super::link_in_label::footnote;
use super::original;
use super::touching::{Judged, shows_a_path};
use crate::autolink::Evidence;
use crate::language::{self, Action, Facts, Grounds, Judgement, Language, Lexicon, Parts, Repair, Verdict};
use crate::note::{Note, ZoneKind};
use crate::span::Span;
use crate::survey::{self, Capitals, Survey, Touching};
use crate::vault::{Resolved, Vault, fold};

/// What the links of a note are judged by.
struct Judge<'a> {
    note: &'a Note,
    vault: &'a Vault,
    survey: &'a Survey,
    language: Language,
    evidence: &'a Evidence,
    /// What speaks for an auto-linker, where that is enough.
    signs: Vec<String>,
    /// The note's tags, folded.
    tags: &'a HashSet<String>,
    capitals: Capitals,
    touching: &'a [Touching],
    cloze: OnceCell<bool>,
    humps: OnceCell<bool>,
    /// What links show that no letters touch, folded.
    alone: OnceCell<HashSet<String>>,
}

/// Judges every link of the note that letters touch.
pub(super) fn judge<'a>(
    (note, vault, survey): (&'a Note, &'a Vault, &'a Survey),
    (language, evidence, tags): (impl Fn() -> Language, impl Fn() -> &'a Evidence, impl Fn() -> &'a HashSet<String>),
) -> Vec<Judged> {
    let touching = survey::touching(note);
    if touching.is_empty() {
        return Vec::new();
    }
    let (language, evidence, tags) = (language(), evidence(), tags());
    let capitals = evidence.capitals_in(survey);
    let signs = if evidence.is_enough() { evidence.reasons() } else { Vec::new() };
    let (cloze, humps, alone) = (OnceCell::new(), OnceCell::new(), OnceCell::new());
    let judge = Judge {
        note,
        vault,
        survey,
        language,
        evidence,
        signs,
        tags,
        capitals,
        touching: &touching,
        cloze,
        humps,
        alone,
    };
    let pieced = survey::pieced(note, &touching);
    let alone = touching.iter().map(|&touching| {
        let (shown, link) = (note.shown_of(touching.link), note.links[touching.link].span);
        let parts = survey::parts(note, &touching, &shown).of_a_kind();
        let place = Span::new(link.start() - parts.head().len(), link.end() + parts.tail().len());
        judge.one(touching, &parts, place)
    });
    let mut judged: Vec<Judged> = alone.collect();
    for pieced in pieced {
        let links = &mut judged[pieced.links];
        let Some(word) = pieced.word else {
            // A half of a word is none.
            links.iter_mut().for_each(Judged::doubt);
            continue;
        };
        let again = links.iter().zip(word.parts());
        let again = again.map(|(one, parts)| judge.one(one.touching, &parts, one.touching.word)).collect();
        let glossed = !evidence.is_of_the_note() && word.is_glossed();
        judge_together(links, again, glossed, &word.text, evidence);
    }
    judged
}

impl Judge<'_> {
    /// `place` is where the word stands that the parts make.
    fn one(&self, touching: Touching, parts: &Parts<'_>, place: Span) -> Judged {
        let judgement = self.judgement(touching.link, parts, place);
        let proven = self.evidence.proves(touching.link) && self.keeps_case(parts, &judgement);
        let (action, also) = self.action(touching, parts, &judgement, proven);
        let own = judgement.reasons.iter().cloned().chain(also.map(str::to_owned));
        let reasons = own.chain(self.signs.iter().cloned()).collect();
        let links = touching.link..touching.link + 1;
        Judged { touching, judgement, action, proven, reasons, word: parts.joined(), place, links }
    }

    /// What the letters are.
    fn judgement(&self, link: usize, parts: &Parts<'_>, place: Span) -> Judgement {
        let joined = parts.joined();
        let word = |word: &str| self.survey.known(word, self.language);
        // What leads to a part of a note, or shows other text than its name, was meant to, and so were most plurals. A
        // tag is no note: only a linker takes one for a target.
        let link = &self.note.links[link];
        let inflected = || parts.head().is_empty() && language::may_be_ending(parts, self.language);
        let named = || self.vault.is_named(&joined) && (self.evidence.is_enough() || !inflected());
        let tagged = || self.evidence.is_enough() && self.tags.contains(&fold(&joined));
        let whole = link.alias.is_none() && link.fragment.is_none() && (named() || tagged());
        let judgement = language::judge(parts, &Facts { language: self.language, whole, word: &word });
        // What a linker is known to do it may have done here, where the capital is not that of a sentence.
        let recased = self.capitals == Capitals::Lost
            && link.alias.is_none()
            && parts.link.contains(char::is_uppercase)
            && original::by_neighbours(self.note, place, parts) != joined;
        if recased { judgement.recased() } else { judgement }
    }

    /// What is to be done, and what speaks for it beside the judgement.
    fn action(
        &self,
        touching: Touching,
        parts: &Parts<'_>,
        judgement: &Judgement,
        proven: bool,
    ) -> (Action, Option<&'static str>) {
        let Judge { note, vault, language, evidence, .. } = *self;
        let grounds = Grounds { evidence: evidence.is_enough(), of_the_note: evidence.is_of_the_note(), proven };
        let action = match language::action(judgement, grounds, language) {
            // A note is not linked to itself, and of several notes none is chosen.
            Action::Do(Repair::Whole) if !leads_elsewhere(note, vault, &parts.joined()) => Action::Do(Repair::Unlink),
            action => action,
        };
        let inside = !matches!(action, Action::Do(_)) && self.is_inside(parts, judgement);
        match action {
            action if shows_a_path(note, &note.links[touching.link]) => (action.only_offered(), None),
            // Its two ends are repaired together or not at all: `links/link-in-label` offers it.
            Action::Do(_) if footnote(note, touching.word).is_some() => (Action::Offer(Repair::Unlink), None),
            Action::Do(Repair::Alias | Repair::Whole) if holds_no_link(note, &touching) => {
                (Action::Do(Repair::Unlink), None)
            }
            Action::Do(Repair::Unlink) if self.is_cloze() => (Action::Offer(Repair::Unlink), Some(CLOZE)),
            Action::Do(Repair::Unlink) if !self.may_go(parts, judgement) => (Action::Offer(Repair::Unlink), None),
            action if inside && self.is_cloze() => (action, Some(CLOZE)),
            _ if inside => (Action::Do(Repair::Unlink), Some(NOBODY)),
            action => (action, None),
        }
    }

    /// Whether the link may be taken out unasked. Where a note's links are its tags, and none is certain damage, its
    /// author may like both: `[[bio]]logy`. And what is a word's affix is a linker's term only where more than that
    /// speaks for one.
    fn may_go(&self, parts: &Parts<'_>, judgement: &Judgement) -> bool {
        let mild = self.evidence.hard_damage == 0 && self.evidence.accidents == 0;
        let meant = mild && judgement.sides == language::Sides::After;
        let grown = !self.evidence.is_enough() && language::may_have_grown(parts, self.language);
        !meant && !grown && (self.evidence.is_of_the_note() || !language::is_mere_affix(parts, self.language))
    }

    /// Whether the links of the note may be the gaps of an exercise.
    fn is_cloze(&self) -> bool {
        let has_gap = || !self.evidence.is_of_the_note() && self.touching.iter().any(|touching| self.is_gap(touching));
        *self.cloze.get_or_init(has_gap)
    }

    /// Whether the link in the middle of a word shows what nobody has for a term: `unan[[im]]ous`.
    fn is_gap(&self, touching: &Touching) -> bool {
        let note = self.note;
        let link = &note.links[touching.link];
        let letter = |c: char| c.is_alphabetic();
        let (before, after) = (&note.text[..link.span.start()], &note.text[link.span.end()..]);
        if !before.ends_with(letter) || !after.starts_with(letter) {
            return false;
        }
        let shown = note.shown_of(touching.link);
        let listed = self.language.may_be_english() && shown.is_ascii();
        let word = shown.chars().nth(2).is_some() && (!listed || Lexicon::english().word(&shown));
        let target = note.name_of(link).unwrap_or_default();
        !word
            && !self.vault.knows(&target)
            && !self.tags.contains(&fold(&shown))
            && shown.chars().all(char::is_lowercase)
            && !self.stands_alone(&shown)
    }

    /// Whether the note links the same where no letters touch it: a gap is always in a word.
    fn stands_alone(&self, shown: &str) -> bool {
        let alone = self.alone.get_or_init(|| {
            let note = self.note;
            let alone = note.links.iter().filter(|link| !link.may_be_touched(&note.text));
            alone.map(|link| fold(link.shown().of(&note.text))).collect()
        });
        alone.contains(&fold(shown))
    }

    /// Whether the link stands in the middle of a word, so that it is to be taken out whatever the word. Only where it
    /// has lost its case, or may have, as one hump of an `identifierLikeThis`, the text is not known.
    fn is_inside(&self, parts: &Parts<'_>, judgement: &Judgement) -> bool {
        // Where no lexicon helps, a linker's work elsewhere does not tell what the letters behind a link are.
        let amid = self.evidence.is_enough() && self.language.may_be_english()
            || language::is_amid(parts, self.language)
            || self.tags.contains(&fold(parts.link));
        let both = judgement.sides == language::Sides::Both && judgement.offer == Some(Repair::Unlink);
        amid && both && !judgement.miscased && (self.capitals == Capitals::Kept || !is_hump(parts))
    }

    /// Whether a loop has changed no capitals inside the word: it told them apart, or the link has no
    /// case, or begins a word in small letters, where the capital of a sentence is all that can be lost,
    /// or stands in such a word in a note that writes none `likeThis`.
    fn keeps_case(&self, parts: &Parts<'_>, judgement: &Judgement) -> bool {
        let caseless = !parts.link.chars().any(|c| c.is_uppercase() || c.is_lowercase());
        let small = |text: &str| !text.contains(char::is_uppercase);
        let begins = !parts.before.ends_with(char::is_alphabetic);
        // One letter is the head of a name: `i[[phone]]`.
        let long = || parts.before.chars().nth(1).is_some() && small(parts.before);
        let inside = || self.capitals == Capitals::Unknown && long() && !self.writes_humps();
        let may_be = small(parts.link) && small(parts.after) && !judgement.miscased && (begins || inside());
        self.capitals == Capitals::Kept || caseless || may_be
    }

    fn writes_humps(&self) -> bool {
        *self.humps.get_or_init(|| writes_humps(self.note))
    }
}

/// Settles what is done about several links in one word, which they were judged in each by itself, and `again` as
/// parts of the whole. Nobody puts two links into a word, but where it is `glossed`.
fn judge_together(links: &mut [Judged], again: Vec<Judged>, glossed: bool, word: &str, evidence: &Evidence) {
    let unlinks = |judged: &Judged| judged.action == Action::Do(Repair::Unlink);
    let blanks = |judged: &Judged| matches!(judged.action, Action::Nothing | Action::Offer(Repair::Space));
    // `[[Notes]]and[[Tasks]]` are no word.
    if links.iter().all(blanks) && again.iter().all(|one| one.judgement.verdict != Verdict::Whole) {
        return;
    }
    let cased = language::is_naturally_cased(word);
    let halves = cased && links.iter().all(|one| unlinks(one) || evidence.proves(one.touching.link));
    let sure = halves && links.iter().any(unlinks);
    // What one link hides the other one may show: where one is surely none of the word, the other is none.
    let accident = |one: &Judged| {
        let offers = one.action == Action::Offer(Repair::Unlink) && one.judgement.attested && !one.judgement.miscased;
        one.judgement.verdict == Verdict::Number || unlinks(one) && one.judgement.attested || offers
    };
    let sure = sure || again.iter().all(accident) && again.iter().any(unlinks);
    links.iter_mut().zip(again).for_each(|(one, again)| *one = again);
    let place = links[0].place.cover(links[links.len() - 1].place);
    let all = links[0].touching.link..links[links.len() - 1].touching.link + 1;
    let named = links.iter().all(|one| one.judgement.verdict == Verdict::Whole);
    // Half of a word is not repaired alone.
    let offered = links.iter().any(|one| one.action == Action::Offer(Repair::Unlink));
    for one in links.iter_mut().filter(|one| offered && one.action == Action::Nothing) {
        one.action = Action::Offer(Repair::Unlink);
    }
    for one in links {
        (one.word, one.place, one.links) = (word.to_owned(), place, all.clone());
        match named {
            true => {}
            false if sure && !glossed => one.action = Action::Do(Repair::Unlink),
            false => one.doubt(),
        }
    }
}

/// Whether no link can stand where one does, so that none is to be written there: in the text of a Markdown link or the
/// label of a reference, in the id of a block, in the name of a field (`influence:: 5`).
fn holds_no_link(note: &Note, touching: &Touching) -> bool {
    let (before, after) = (&note.text[..touching.word.start()], &note.text[touching.word.end()..]);
    let id = before.strip_suffix('^').is_some_and(|before| before.ends_with([' ', '\t', '\n']));
    let field = after.trim_start_matches('*').starts_with("::");
    let label = before.ends_with('[') && ["](", "][", "]:"].into_iter().any(|end| after.starts_with(end));
    id || field || label || note.place(&note.links[touching.link]).kind == ZoneKind::LinkText
}

/// Whether a link to a known name leads to another note, or to none yet.
fn leads_elsewhere(note: &Note, vault: &Vault, name: &str) -> bool {
    match vault.resolve(name, &note.path) {
        Resolved::One(item) => *vault.path_of(item) != *note.path,
        Resolved::Many(_) => false,
        Resolved::None => true,
    }
}

/// Letters of one cased script on both sides are damage in every vault that was measured, whatever the word.
const NOBODY: &str = "nobody links the middle of a word";

/// A linker's terms are words, tags or notes.
const CLOZE: &str =
    "this note links what is no word, no tag and no note's name: its links may be the gaps of an exercise";

/// Whether a word of the note, or of the code in it, has a capital after a small letter.
fn writes_humps(note: &Note) -> bool {
    let zones = note.zones().iter().filter(|zone| zone.kind.is_text() || zone.kind.is_code());
    zones.into_iter().any(|zone| {
        let text = zone.span.of(&note.text);
        text.chars().zip(text.chars().skip(1)).any(|(a, b)| a.is_lowercase() && b.is_uppercase())
    })
}

/// Whether the link could be a word of an identifier in camel case that was written with a capital.
pub(super) fn is_hump(parts: &Parts<'_>) -> bool {
    let lower = parts.link.chars().next().is_some_and(char::is_lowercase);
    let before = parts.before.chars().next_back().is_some_and(char::is_lowercase);
    let hump = parts.after.find(|c: char| c.is_uppercase() || !c.is_alphabetic()).unwrap_or(parts.after.len());
    let ending = &parts.after[..hump];
    let inflects = matches!(ending, "" | "s" | "es" | "ed" | "er" | "ers" | "ing");
    let camel = parts.before.chars().skip(1).any(char::is_uppercase);
    let goes_on = hump < parts.after.len();
    let is_word = |pieces: &[&str]| Lexicon::english().word(&pieces.concat());
    // `onResponse[[star]]ted`, `Report[[hand]]lerOptions`: where each part has a capital, this one may have had. And
    // so in `reply[[wit]]hError`, which is two words, and none without one.
    let two = || is_word(&[parts.before]) && !is_word(&[parts.before, parts.link, ending]);
    let capitals = || parts.before.starts_with(char::is_uppercase) || two();
    let each = || camel || parts.after[hump..].starts_with(char::is_uppercase) && capitals();
    lower && before && (inflects && (goes_on || camel) || is_word(&[parts.link, ending]) && each())
}
