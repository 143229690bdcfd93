//! The verdicts on the links of a note that letters touch: reached once, used by several checks.

use std::cell::OnceCell;
use std::ops::Range;

use foldhash::HashSet;

use super::{Cx, Finding, original};
use crate::autolink::Evidence;
use crate::diagnostic::{Applicability, Edit, Fix};
use crate::language::{self, Action, Facts, Grounds, Judgement, Language, Lexicon, Parts, Repair, Verdict};
use crate::note::{Link, Note, ZoneKind};
use crate::span::Span;
use crate::survey::{self, Capitals, Survey, Touching};
use crate::vault::{Resolved, Vault};

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
    place: Span,
    /// The links in it, by index in the note: they are repaired together or not at all.
    links: Range<usize>,
}

/// Judges every link of the note that letters touch.
pub(super) fn judge<'a>(
    note: &Note,
    vault: &Vault,
    survey: &Survey,
    (language, evidence, tags): (impl Fn() -> Language, impl Fn() -> &'a Evidence, impl Fn() -> &'a HashSet<String>),
) -> Vec<Judged> {
    let touching = survey::touching(note);
    if touching.is_empty() {
        return Vec::new();
    }
    let language = language();
    let evidence = evidence();
    let signs = if evidence.is_enough() { evidence.reasons() } else { Vec::new() };
    let tags = tags();
    let capitals = evidence.capitals_in(survey);
    let humps = OnceCell::new();
    let humps = || *humps.get_or_init(|| writes_humps(note));
    let cloze =
        !evidence.is_of_the_note() && touching.iter().any(|touching| is_gap((note, language), vault, tags, touching));
    // Where a note's links are its tags, and none is certain damage, its author may like both: `[[bio]]logy`. And what
    // is a word's affix is a linker's term only where more than that speaks for one.
    let mild = evidence.hard_damage == 0 && evidence.accidents == 0;
    let may_go = |parts: &Parts<'_>, judgement: &Judgement| {
        let meant = mild && judgement.sides == language::Sides::After;
        !meant && (evidence.is_of_the_note() || !language::is_mere_affix(parts, language))
    };
    let judge = |touching: Touching, parts: &Parts<'_>| {
        let joined = parts.joined();
        let word = |word: &str| survey.known(word, language);
        // What leads to a part of a note, or shows other text than its name, was meant to, and so were most plurals. A
        // tag is no note: only a linker takes one for a target.
        let link = &note.links[touching.link];
        let inflected = || parts.head().is_empty() && language::may_be_ending(parts, language);
        let named = || vault.is_named(&joined) && (evidence.is_enough() || !inflected());
        let tagged = || evidence.is_enough() && tags.contains(&crate::vault::fold(&joined));
        let whole = link.alias.is_none() && link.fragment.is_none() && (named() || tagged());
        let judgement = language::judge(parts, &Facts { language, whole, word: &word });
        // What a linker is known to do it may have done here, where the capital is not that of a sentence.
        let recased = capitals == Capitals::Lost
            && parts.link.contains(char::is_uppercase)
            && original::by_neighbours(note, touching.word, parts) != joined;
        let judgement = if recased { judgement.recased() } else { judgement };
        let proven = evidence.proves(touching.link) && keeps_case(parts, &judgement, capitals, humps);
        let grounds = Grounds { evidence: evidence.is_enough(), of_the_note: evidence.is_of_the_note(), proven };
        let action = match language::action(&judgement, grounds, language) {
            // A note is not linked to itself, and of several notes none is chosen.
            Action::Do(Repair::Whole) if !leads_elsewhere(note, vault, &joined) => Action::Do(Repair::Unlink),
            action => action,
        };
        let tag = || tags.contains(&crate::vault::fold(parts.link));
        // Where no lexicon helps, a linker's work elsewhere does not tell what the letters behind a link are.
        let amid = evidence.is_enough() && language.may_be_english() || language::is_amid(parts, language) || tag();
        let inside = !matches!(action, Action::Do(_)) && amid && is_inside(parts, &judgement, capitals);
        let (action, also) = match action {
            action if shows_a_path(note, link) => (action.only_offered(), None),
            // Its two ends are repaired together or not at all: `links/link-in-label` offers it.
            Action::Do(_) if super::link_in_label::footnote(note, touching.word).is_some() => {
                (Action::Offer(Repair::Unlink), None)
            }
            Action::Do(Repair::Alias | Repair::Whole) if holds_no_link(note, &touching) => {
                (Action::Do(Repair::Unlink), None)
            }
            Action::Do(Repair::Unlink) if cloze => (Action::Offer(Repair::Unlink), Some(CLOZE)),
            Action::Do(Repair::Unlink) if !may_go(parts, &judgement) => (Action::Offer(Repair::Unlink), None),
            action if inside && cloze => (action, Some(CLOZE)),
            _ if inside => (Action::Do(Repair::Unlink), Some(NOBODY)),
            action => (action, None),
        };
        let own = judgement.reasons.iter().cloned().chain(also.map(str::to_owned));
        let reasons = own.chain(signs.iter().cloned()).collect();
        let (place, links) = (touching.word, touching.link..touching.link + 1);
        Judged { touching, judgement, action, proven, reasons, word: joined, place, links }
    };
    let pieced = survey::pieced(note, &touching);
    let alone = touching.into_iter().map(|touching| {
        let shown = note.shown_of(touching.link);
        judge(touching, &survey::parts(note, &touching, &shown))
    });
    let mut judged: Vec<Judged> = alone.collect();
    for pieced in pieced {
        let links = &mut judged[pieced.links];
        let Some(word) = pieced.word else {
            // A half of a word is none.
            links.iter_mut().for_each(Judged::doubt);
            continue;
        };
        let again = links.iter().zip(word.parts()).map(|(one, parts)| judge(one.touching, &parts)).collect();
        let glossed = !evidence.is_of_the_note() && word.is_glossed();
        judge_together(links, again, glossed, &word.text, evidence);
    }
    judged
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

/// Whether a link shows more than a linker finds in a word, so that what stood there is not known: `in[[flu#h]]ence`.
fn shows_a_path(note: &Note, link: &Link) -> bool {
    link.alias.is_none() && (link.fragment.is_some() || link.target.of(&note.text).contains('/'))
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

/// Whether the link in the middle of a word shows what nobody has for a term: `unan[[im]]ous`.
fn is_gap((note, language): (&Note, Language), vault: &Vault, tags: &HashSet<String>, touching: &Touching) -> bool {
    let link = &note.links[touching.link];
    let letter = |c: char| c.is_alphabetic();
    let (before, after) = (&note.text[..link.span.start()], &note.text[link.span.end()..]);
    if !before.ends_with(letter) || !after.starts_with(letter) {
        return false;
    }
    let shown = note.shown_of(touching.link);
    let listed = language.may_be_english() && shown.is_ascii();
    let word = shown.chars().nth(2).is_some() && (!listed || Lexicon::english().word(&shown));
    let target = note.name_of(link).unwrap_or_default();
    !word
        && !vault.knows(&target)
        && !tags.contains(&crate::vault::fold(&shown))
        && shown.chars().all(char::is_lowercase)
}

/// Whether the link stands in the middle of a word, so that it is to be taken out whatever the word. Only where it has
/// lost its case, or may have, as one hump of an `identifierLikeThis`, the text is not known.
fn is_inside(parts: &Parts<'_>, judgement: &Judgement, capitals: Capitals) -> bool {
    let both = judgement.sides == language::Sides::Both && judgement.offer == Some(Repair::Unlink);
    both && !judgement.miscased && (capitals == Capitals::Kept || !is_hump(parts))
}

/// Whether a loop has changed no capitals inside the word: it told them apart, or the link has no
/// case, or begins a word in small letters, where the capital of a sentence is all that can be lost,
/// or stands in such a word in a note that writes none `likeThis`.
fn keeps_case(parts: &Parts<'_>, judgement: &Judgement, capitals: Capitals, humps: impl Fn() -> bool) -> bool {
    let caseless = !parts.link.chars().any(|c| c.is_uppercase() || c.is_lowercase());
    let small = |text: &str| !text.contains(char::is_uppercase);
    let begins = !parts.before.ends_with(char::is_alphabetic);
    // One letter is the head of a name: `i[[phone]]`.
    let inside =
        || capitals == Capitals::Unknown && parts.before.chars().nth(1).is_some() && small(parts.before) && !humps();
    let may_be = small(parts.link) && small(parts.after) && !judgement.miscased && (begins || inside());
    capitals == Capitals::Kept || caseless || may_be
}

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
    fn doubt(&mut self) {
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
