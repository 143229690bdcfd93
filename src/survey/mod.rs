//! What the notes of a vault show together: the words they write, and the accidents in them.
//!
//! Only words that some link's letters make are counted, so the survey stays small however large
//! the vault is, and a vault without such links costs nothing.

mod capitals;
mod languages;
mod pieced;
mod sieve;

use std::cmp::Reverse;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

use foldhash::{HashMap, HashSet};
use xxhash_rust::xxh3::xxh3_64;

use crate::language::{self, Dictionary, Facts, Known, Language, Lexicon, Parts, Verdict};
use crate::note::{Link, Note};
use crate::span::Span;
pub use capitals::Capitals;
use languages::{Languages, words};
pub use pieced::{Pieced, pieced};
use sieve::Sieve;

/// Letters touch a link: its index in the note, and the word they make, brackets included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Touching {
    pub link: usize,
    pub word: Span,
    /// The same with what apostrophes part from the word.
    around: Span,
}

/// What all notes together show. `Survey::default()` knows nothing.
#[derive(Debug, Default)]
pub struct Survey {
    /// Words that were asked for, folded, and how often they stand unlinked, up to [`Known::MOST`].
    words: HashMap<String, AtomicU32>,
    /// Those of them whose capitals a linker may have changed, as they are written unlinked.
    spellings: HashMap<String, Mutex<HashMap<String, u32>>>,
    /// Links in words that are certainly accidents, by the lexicon alone.
    pub accidents: usize,
    /// What the loop that links this vault leaves of capitals, as far as its notes tell.
    pub capitals: Capitals,
    /// Words of the lexicon that links have given capitals in which nobody writes them, folded.
    pub recased: HashSet<String>,
    languages: Languages,
    /// What notes whose links were judged are in, by a hash of their texts: a guess costs more than the rest.
    guessed: HashMap<u64, Language>,
    /// What most notes are in.
    common: Language,
    pub given: Given,
}

/// What the user says of a vault.
#[derive(Debug, Default)]
pub struct Given {
    /// The language of the notes that do not say theirs.
    pub language: Option<Language>,
    pub dictionaries: Vec<Dictionary>,
    /// The terms of a linker, and their places in the order of its loop.
    pub terms: std::collections::HashMap<String, usize>,
    /// Whether nested links are no damage: see [`crate::vault::Flavor::nests_links`].
    pub nests_links: bool,
}

/// Makes a survey that knows what all parts of a pass begin with.
type Empty<'a> = dyn Fn() -> Survey + Sync + Send + 'a;

/// What a pass does with each note: it adds to what a part of the vault has shown before.
type Look<'a> = dyn Fn(&mut Survey, &Note) + Sync + Send + 'a;

/// So many notes show the language of a vault.
const ASKED_FOR_LANGUAGE: usize = 16;

impl Survey {
    /// Surveys the words of the notes of a vault; [`Survey::of`] asks for capitals, too.
    pub(crate) fn of_words(notes: &[Note], given: Given) -> Survey {
        let survey = Survey::in_passes(given, |empty, look| in_parts(notes, empty, look));
        survey.with_language(notes)
    }

    /// The same, letting each note rest when it was looked at.
    pub(crate) fn of_words_at_rest(notes: &mut [Note], given: Given) -> Survey {
        let survey = Survey::in_passes(given, |empty, look| {
            in_parts(&mut *notes, empty, |all, note: &mut Note| {
                look(all, note);
                note.rest();
            })
        });
        survey.with_language(notes)
    }

    /// `pass` shows all notes to the `look`, which adds to what an `empty` survey holds.
    fn in_passes(given: Given, mut pass: impl FnMut(&Empty<'_>, &Look<'_>) -> Survey) -> Survey {
        let language = given.language;
        let empty = || Survey { given: Given { language, ..Given::default() }, ..Survey::default() };
        let mut survey = pass(&empty, &Survey::ask);
        if !survey.words.is_empty() {
            let sieve = Sieve::of(survey.words.keys().map(String::as_str));
            pass(&Survey::default, &|_, note| survey.count(note, &sieve));
        }
        survey.given = given;
        survey
    }

    /// Whether links in words are to be judged by what the vault shows.
    pub(crate) fn asks_for_words(&self) -> bool {
        !self.words.is_empty()
    }

    /// Finds out what language the notes have in common, where that is asked for.
    fn with_language(mut self, notes: &[Note]) -> Survey {
        if self.asks_for_words() {
            // Few notes with such links may be short ones, or quote another language.
            if self.languages.shown() < ASKED_FOR_LANGUAGE {
                for note in notes.iter().step_by(notes.len().div_ceil(ASKED_FOR_LANGUAGE)) {
                    self.languages.add(note, self.own_language(note));
                }
            }
            self.common = self.languages.commonest();
        }
        self
    }

    /// Looks for words that links are in. All notes are asked before the first is counted.
    fn ask(&mut self, note: &Note) {
        let touching = touching(note);
        if touching.is_empty() {
            return;
        }
        let mut glossed = Vec::new();
        for Pieced { links, word } in pieced(note, &touching) {
            let Some(word) = word else { continue };
            if word.is_glossed() {
                glossed.extend(links);
            }
            self.words.entry(language::fold(&word.text)).or_default();
        }
        let mut language = None;
        for (index, touching) in touching.into_iter().enumerate() {
            let shown = note.shown_of(touching.link);
            let parts = parts(note, &touching, &shown);
            // A plural is one however often it is written.
            if language::is_plural(&parts) {
                continue;
            }
            let joined = parts.joined();
            // What an alias shows is what stood there.
            let is_written = note.links[touching.link].alias.is_none();
            if let Some(word) = parts.recased(|word| is_written && Lexicon::english().word(word)) {
                self.recased.insert(word);
            }
            for word in parts.made() {
                if !language::is_naturally_cased(&joined) && word == language::fold(&joined) {
                    self.spellings.entry(word.clone()).or_default();
                }
                self.words.entry(word).or_default();
            }
            // Letters after a link alone make no certain accident, and guessing a language costs.
            if parts.head().is_empty() {
                continue;
            }
            let language = *language.get_or_insert_with(|| {
                let own = self.own_language(note);
                self.guessed.insert(xxh3_64(note.text.as_bytes()), own);
                own
            });
            for word in language::words_before(&parts, language) {
                self.words.entry(word).or_default();
            }
            if glossed.binary_search(&index).is_ok() {
                continue;
            }
            let facts = Facts { language, whole: false, word: &|_| Known::default() };
            let judgement = language::judge(&parts, &facts);
            let certain = judgement.verdict == Verdict::Accident
                && judgement.confidence == language::Confidence::High
                && judgement.sides.before()
                && !language::is_mere_affix(&parts, language)
                && !language::may_have_grown(&parts, language);
            self.accidents += usize::from(certain);
        }
        self.languages.add(note, language.unwrap_or(Language::UNKNOWN));
    }

    /// Counts the asked words that a note writes without a link in them; the sieve is made of these words.
    /// Whatever the order of the notes, it comes to the same.
    fn count(&self, note: &Note, sieve: &Sieve) {
        let mut hits: Vec<Span> = Vec::new();
        sieve.each(&note.text, |span| hits.push(span));
        hits.sort_unstable();
        let mut links = note.links.iter().filter(|link| link.parent.is_none()).peekable();
        let mut folded = String::new();
        for span in hits {
            while links.next_if(|link| link.span.end() < span.start()).is_some() {}
            // A word at the very edge of a link is a part of a longer one.
            if links.peek().is_some_and(|link| link.span.start() <= span.end()) {
                continue;
            }
            let word = span.of(&note.text);
            language::fold_into(word, &mut folded);
            let Some(count) = self.words.get(&folded) else { continue };
            let spellings = self.spellings.get(&folded);
            let enough = count.load(Ordering::Relaxed) >= Known::MOST && spellings.is_none();
            if enough {
                sieve.close(&folded);
            }
            if enough || !note.kind_at(span.start()).is_text() {
                continue;
            }
            count.fetch_add(1, Ordering::Relaxed);
            if let Some(mut spellings) = spellings.and_then(|spellings| spellings.lock().ok()) {
                *spellings.entry(word.to_owned()).or_default() += 1;
            }
        }
    }

    /// Adds what was asked in another part of the vault; nothing is counted yet.
    #[cfg(feature = "cli")]
    fn add(&mut self, other: Survey) {
        self.accidents += other.accidents;
        self.languages.merge(other.languages);
        self.words.extend(other.words);
        self.spellings.extend(other.spellings);
        self.guessed.extend(other.guessed);
        self.recased.extend(other.recased);
    }

    /// What is known of a folded word in a text of this language.
    pub fn known(&self, word: &str, language: Language) -> Known {
        let mut dictionaries = self.given.dictionaries.iter().filter(|dictionary| dictionary.serves(language));
        Known {
            written: self.words.get(word).map_or(0, |count| count.load(Ordering::Relaxed).min(Known::MOST)),
            dictionary: dictionaries.any(|dictionary| dictionary.is_word(word)),
        }
    }

    /// How the vault writes a folded word where no link is in it, and how often: the commonest
    /// spelling, for words whose link has capitals in unusual places.
    pub fn spelling(&self, word: &str) -> Option<(String, u32)> {
        let spellings = self.spellings.get(word)?.lock().ok()?;
        let most = spellings.iter().max_by_key(|(spelling, count)| (**count, Reverse(*spelling)))?;
        Some((most.0.clone(), *most.1))
    }

    /// The language a note says it is in, else the one it shows, else the vault's.
    pub fn language_of(&self, note: &Note) -> Language {
        self.or_common(self.own_language(note))
    }

    /// A note's own language, or where it shows none that of the vault.
    pub(crate) fn or_common(&self, own: Language) -> Language {
        own.or(self.common)
    }

    /// The same without the vault's, which is not known before all notes were asked: what a part of
    /// them shows depends on how they were shared out.
    pub(crate) fn own_language(&self, note: &Note) -> Language {
        let said = note.frontmatter.as_ref().and_then(|frontmatter| frontmatter.lang()).map(Language::from_tag);
        match (said, self.given.language) {
            (Some(said), _) if said != Language::UNKNOWN => said,
            (_, Some(set)) => set,
            _ => {
                let guessed = self.guessed.get(&xxh3_64(note.text.as_bytes()));
                guessed.copied().unwrap_or_else(|| Language::guess(words(note)))
            }
        }
    }
}

/// Shows each note to one of several surveys, and adds them up.
#[cfg(feature = "cli")]
fn in_parts<N>(
    notes: impl rayon::iter::IntoParallelIterator<Item = N, Iter: rayon::iter::IndexedParallelIterator>,
    empty: &Empty<'_>,
    look: impl Fn(&mut Survey, N) + Sync + Send,
) -> Survey {
    use rayon::prelude::*;
    let part = |mut survey: Survey, note: N| {
        look(&mut survey, note);
        survey
    };
    let sum = |mut all: Survey, part: Survey| {
        all.add(part);
        all
    };
    notes
        .into_par_iter()
        .with_min_len(crate::AT_ONCE)
        .with_max_len(16 * crate::AT_ONCE)
        .fold(empty, part)
        .reduce(empty, sum)
}

#[cfg(not(feature = "cli"))]
fn in_parts<N>(notes: impl IntoIterator<Item = N>, empty: &Empty<'_>, look: impl Fn(&mut Survey, N)) -> Survey {
    let mut survey = empty();
    notes.into_iter().for_each(|note| look(&mut survey, note));
    survey
}

/// The links of a note that letters or digits touch, in the order they stand. Nested links, embeds
/// and links that no reader sees as such are left out.
pub fn touching(note: &Note) -> Vec<Touching> {
    let mut found = Vec::new();
    if !note.may_be_touched {
        return found;
    }
    let touches = |c: char| language::is_wordy(c) || language::is_apostrophe(c);
    let may_be = note.links.iter().enumerate().filter(|(_, link)| link.may_be_touched(&note.text));
    for (index, link) in may_be {
        let nested = link.parent.is_some() || note.holds_links(index);
        if nested || link.embed {
            continue;
        }
        let (before, after) = (&note.text[..link.span.start()], &note.text[link.span.end()..]);
        // Two links side by side are two words, or several pieces of one: neither is known.
        let joined = before.ends_with("]]") || after.starts_with("[[");
        if joined || !before.ends_with(touches) && !after.starts_with(touches) || !is_read(note, link) {
            continue;
        }
        let parts = Parts::cut(before, "", after);
        let reach =
            |before: &str, after: &str| Span::new(link.span.start() - before.len(), link.span.end() + after.len());
        let (word, around) = (reach(parts.head(), parts.tail()), reach(parts.before, parts.after));
        found.push(Touching { link: index, word, around });
    }
    found
}

/// The parts of the word around a link; `shown` is the text the link shows.
pub fn parts<'a>(note: &'a Note, touching: &Touching, shown: &'a str) -> Parts<'a> {
    let link = note.links[touching.link].span;
    Parts {
        before: &note.text[touching.around.start()..link.start()],
        link: shown,
        after: &note.text[link.end()..touching.around.end()],
    }
}

/// Whether the link stands in text that people read.
fn is_read(note: &Note, link: &Link) -> bool {
    let kind = note.place(link).kind;
    kind.is_text() || kind == crate::note::ZoneKind::Html
}

/// Calls `found` with each word of the note's text that no link is in or touches.
pub(crate) fn each_word<'a>(note: &'a Note, mut found: impl FnMut(&'a str)) {
    each_word_span(note, |span| found(span.of(&note.text)));
}

/// The same with the place of each word.
pub(crate) fn each_word_span(note: &Note, mut found: impl FnMut(Span)) {
    let mut links = note.links.iter().filter(|link| link.parent.is_none()).peekable();
    for part in note.readable() {
        let text = part.of(&note.text);
        let mut at = 0;
        while let Some(start) = text[at..].find(language::is_wordy).map(|i| at + i) {
            let end = text[start..].find(|c| !language::is_wordy(c)).map_or(text.len(), |i| start + i);
            at = end;
            let word = Span::new(start, end).shift(part.start());
            while links.next_if(|link| link.span.end() < word.start()).is_some() {}
            // A word at the very edge of a link is a part of a longer one.
            if links.peek().is_none_or(|link| link.span.start() > word.end()) {
                found(word);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_of_several_words_is_in_a_word_at_each_edge() {
        let texts = ["All [[New York]]ers of pre[[war Europe]].\n", "A Yorker, yorkers; prewar.\n"];
        let survey = Survey::of(&texts.map(|text| Note::parse("n.md", text)), Given::default());
        let written = |word| survey.known(word, Language::ENGLISH).written;
        assert_eq!([written("yorkers"), written("prewar"), written("yorker")], [1, 1, 0]);
    }
}
