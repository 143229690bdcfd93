//! A dictionary the user gives: hunspell's two texts, read elsewhere.

use std::fmt;

use super::lang::Language;

/// The words of one language, or words that are known in any.
#[derive(Clone)]
pub struct Dictionary {
    words: spellbook::Dictionary,
    language: Language,
}

/// Why a dictionary could not be read, in lower case, with the line where one is to blame.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unreadable(String);

impl Dictionary {
    /// Reads the rules (`.aff`) and the words (`.dic`), both as UTF-8 text. Words of the unknown
    /// language are words of every language.
    pub fn parse(aff: &str, dic: &str, language: Language) -> Result<Dictionary, Unreadable> {
        let words = spellbook::Dictionary::new(aff, dic).map_err(|error| Unreadable(error.to_string()))?;
        Ok(Dictionary { words, language })
    }

    /// Whether its words are words of a text in this language, for all that is known of it.
    pub fn serves(&self, text: Language) -> bool {
        let norwegian = |language: Language| matches!(language.subtag(), "no" | "nb" | "nn");
        match (self.language, text) {
            (Language::UNKNOWN, _) | (_, Language::UNKNOWN) => true,
            (own, Language::FOREIGN) => own != Language::ENGLISH,
            (own, text) => own == text || norwegian(own) && norwegian(text),
        }
    }

    /// Whether the word is spelt so, in this case or with a capital.
    pub fn is_word(&self, word: &str) -> bool {
        if self.words.check(word) {
            return true;
        }
        // German nouns stand with a capital, and so do names: the link may have been cut from either.
        let mut letters = word.chars();
        let Some(first) = letters.next().filter(|first| first.is_lowercase()) else { return false };
        self.words.check(&first.to_uppercase().chain(letters).collect::<String>())
    }
}

impl fmt::Debug for Dictionary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Dictionary")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_with_their_endings() -> Result<(), Unreadable> {
        let words =
            Dictionary::parse("SET UTF-8\nSFX E Y 1\nSFX E 0 e .\n", "2\nwarten\nKrieg/E\n", Language::UNKNOWN)?;
        assert!(words.is_word("warten") && words.is_word("kriege") && words.is_word("Kriege"));
        assert!(!words.is_word("kriegt"));
        Ok(())
    }

    #[test]
    fn a_dictionary_serves_the_notes_of_its_language() -> Result<(), Unreadable> {
        let of = |tag| Dictionary::parse("SET UTF-8\n", "1\nwort\n", Language::from_tag(tag));
        let (german, own) = (of("de_DE")?, of("glossary")?);
        assert!(german.serves(Language::from_tag("de-AT")) && german.serves(Language::FOREIGN));
        assert!(german.serves(Language::UNKNOWN) && !german.serves(Language::ENGLISH));
        assert!(own.serves(Language::ENGLISH) && of("nb_NO")?.serves(Language::from_tag("no")));
        Ok(())
    }

    #[test]
    fn a_broken_dictionary_says_why() {
        let read = Dictionary::parse("SET UTF-8\nSFX E Y x\n", "1\nwort\n", Language::UNKNOWN);
        assert!(read.is_err_and(|error| !error.to_string().is_empty()));
    }
}
