//! What language a text is in, as far as the verdict on a link depends on it.

use std::fmt;

use foldhash::{HashSet, HashSetExt};

use super::lexicon::Lexicon;
use super::script::{self, Row};

/// A language by its primary subtag, or what else is known of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Language([u8; 3]);

/// What a language does at the edges of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Family {
    English,
    /// Endings in a row, as long as may be: Turkish, Hungarian, Hindi.
    Agglutinative,
    /// Short case endings: Russian, Polish, Greek.
    Cases,
    /// Words written together: German, Dutch, Swedish.
    Compounding,
    /// Any other, and the unknown.
    Other,
}

/// Words looked at before a guess; more do not change it.
const SAMPLE: usize = 200;
/// Fewer words make no guess: a note of a few lines may be names, code or a list of links, and a
/// wrong guess costs more than none, as the vault's language is then taken.
const ENOUGH: usize = 20;
/// Of 100 words of an English text, at least so many are in the lexicon; of a text in another language
/// fewer than so many. Between the two are lists of names and the like.
const ENGLISH_SHARE: usize = 60;
const FOREIGN_SHARE: usize = 40;

impl Default for Language {
    fn default() -> Language {
        Language::UNKNOWN
    }
}

impl Language {
    pub const ENGLISH: Language = Language(*b"en\0");
    /// Nothing is known of it.
    pub const UNKNOWN: Language = Language(*b"und");
    /// Certainly not English, otherwise unknown: the English lexicon says nothing about it.
    pub const FOREIGN: Language = Language(*b"mis");

    /// Reads the primary subtag of a tag such as `en`, `de-DE` or `pt_BR`; what has no subtag of two
    /// or three letters is unknown.
    pub fn from_tag(tag: &str) -> Language {
        let subtag = tag.trim().split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        if !(2..=3).contains(&subtag.len()) || !subtag.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            return Language::UNKNOWN;
        }
        let short = match &*subtag {
            "ger" => Some("de"),
            code => isolang::Language::from_639_3(code).and_then(|language| language.to_639_1()),
        };
        let mut letters = [0; 3];
        for (letter, byte) in letters.iter_mut().zip(short.unwrap_or(&subtag).bytes()) {
            *letter = byte;
        }
        Language(letters)
    }

    /// The same for a tag that must name a language: `None` when ISO 639 knows none of that code.
    pub fn known(tag: &str) -> Option<Language> {
        let language = Language::from_tag(tag);
        let subtag = language.subtag();
        let code = isolang::Language::from_639_1(subtag).or_else(|| isolang::Language::from_639_3(subtag));
        code.filter(|_| language != Language::UNKNOWN).map(|_| language)
    }

    /// Guesses the language from the words of a text, in any order: English when three in five of
    /// its different Latin words of four letters and more are in the lexicon, foreign when fewer than
    /// two are or when most words are of another script. Unknown between the two, and when there are
    /// too few words to tell. Give it words of prose only.
    pub fn guess<'a>(words: impl IntoIterator<Item = &'a str>) -> Language {
        let (mut latin, mut known, mut other) = (0, 0, 0);
        let mut seen = HashSet::new();
        for word in words {
            // Nothing that may follow would change the answer.
            if known * 100 >= ENGLISH_SHARE * SAMPLE {
                return Language::ENGLISH;
            }
            if other * 2 > SAMPLE {
                return Language::FOREIGN;
            }
            if latin + other >= SAMPLE {
                break;
            }
            // Most words of a text are short, and short ones tell nothing where letters have capitals.
            if word.is_ascii() && word.len() < 4 {
                continue;
            }
            // `don't` and `l'homme` are known by their longer half.
            let word = word.split(script::is_apostrophe).max_by_key(|half| half.len()).unwrap_or(word);
            let Some(first) = word.chars().find(|c| c.is_alphabetic()) else { continue };
            // Names in code (`renderChart`) and what a table repeats (`href`) are of no language.
            let code = word.chars().zip(word.chars().skip(1)).any(|(a, b)| a.is_lowercase() && b.is_uppercase());
            if code || !seen.insert(word) {
                continue;
            }
            if script::row(first) != Row::Cased {
                other += 1;
            } else if word.chars().nth(3).is_none() {
                continue;
            } else if script::is_latin(first) {
                latin += 1;
                known += usize::from(Lexicon::english().word(word));
            } else {
                other += 1;
            }
        }
        let share = known * 100 / latin.max(1);
        if latin + other < ENOUGH {
            Language::UNKNOWN
        } else if other > latin || share < FOREIGN_SHARE {
            Language::FOREIGN
        } else if share < ENGLISH_SHARE {
            Language::UNKNOWN
        } else {
            Language::ENGLISH
        }
    }

    /// This language, or the other where nothing is known of this one.
    pub fn or(self, other: Language) -> Language {
        if self == Language::UNKNOWN { other } else { self }
    }

    /// The primary subtag in lower case; `und` when unknown, `mis` when only known not to be English.
    pub fn subtag(&self) -> &str {
        let end = if self.0[2] == 0 { 2 } else { 3 };
        std::str::from_utf8(&self.0[..end]).unwrap_or("und")
    }

    pub fn family(self) -> Family {
        match self.subtag() {
            "en" => Family::English,
            "tr" | "az" | "kk" | "ky" | "uz" | "tk" | "tt" | "hu" | "fi" | "et" | "ka" | "hy" | "eu" | "mn" | "hi"
            | "bn" | "mr" | "ne" | "pa" | "gu" | "or" | "ta" | "te" | "kn" | "ml" | "si" | "sa" => {
                Family::Agglutinative
            }
            "ru" | "uk" | "be" | "bg" | "mk" | "pl" | "cs" | "sk" | "hr" | "sr" | "bs" | "sl" | "lt" | "lv" | "ro"
            | "el" => Family::Cases,
            "de" | "nl" | "sv" | "da" | "no" | "nb" | "nn" | "is" | "fo" | "af" => Family::Compounding,
            _ => Family::Other,
        }
    }

    /// Whether endings are written on a foreign word in the Arabic script.
    pub fn suffixes_arabic(self) -> bool {
        matches!(self.subtag(), "fa" | "ur" | "ku" | "ckb" | "ps" | "sd" | "ug")
    }

    /// Whether words of the English lexicon are words of this language for all that is known.
    pub fn may_be_english(self) -> bool {
        matches!(self, Language::ENGLISH | Language::UNKNOWN)
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.subtag())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_read_by_its_first_subtag() {
        assert_eq!(Language::from_tag("de-DE").subtag(), "de");
        assert_eq!(Language::from_tag("EN_us"), Language::ENGLISH);
        assert_eq!(Language::from_tag("ckb").subtag(), "ckb");
        assert_eq!(Language::from_tag("hun").subtag(), "hu");
        assert_eq!(Language::from_tag("English, mostly"), Language::UNKNOWN);
        assert_eq!(Language::from_tag(""), Language::UNKNOWN);
    }

    #[test]
    fn a_code_that_nobody_gave_to_a_language_is_not_known() {
        assert_eq!(Language::known("pt-BR").map(|known| known.subtag().to_owned()), Some("pt".to_owned()));
        assert_eq!(Language::known("ger"), Language::known("de"));
        for tag in ["xx", "german", "d", "", "und"] {
            assert_eq!(Language::known(tag), None, "{tag}");
        }
    }

    #[test]
    fn english_is_told_from_other_languages() {
        let english = "people often think that they could have written this very note with much less effort than their \
                       neighbours would spend when asked about something similar during another long winter evening";
        let german = "viele leute denken häufig dass diese notiz wohl ohne große mühe geschrieben werden könnte während \
                      ihre nachbarn wahrscheinlich deutlich mehr zeit brauchen würden wenn ihnen jemand davon erzählt";
        let russian = "люди часто думают что такую заметку можно было написать гораздо быстрее чем это делают соседи когда \
                       кто-нибудь просит рассказать похожую историю долгим зимним вечером возле старого дома";
        assert_eq!(Language::guess(english.split(' ')), Language::ENGLISH);
        assert_eq!(Language::guess(german.split(' ')), Language::FOREIGN);
        assert_eq!(Language::guess(russian.split(' ')), Language::FOREIGN);
    }

    #[test]
    fn a_list_of_names_is_neither_english_nor_foreign() {
        let words = "people note with house Jsjoeio Davitt Previte Taichi between Juanfrank Bpugh river Foambubble table \
                     window Octicon Githubber summer Stephango winter evening Omakase Zettler mountain Klaasen";
        assert_eq!(Language::guess(words.split(' ')), Language::UNKNOWN);
    }

    #[test]
    fn a_few_words_make_no_guess() {
        assert_eq!(Language::guess("buy milk, then call Istvan".split(' ')), Language::UNKNOWN);
        assert_eq!(Language::UNKNOWN.or(Language::ENGLISH), Language::ENGLISH);
        assert_eq!(Language::FOREIGN.or(Language::ENGLISH), Language::FOREIGN);
    }
}
