//! A dictionary the user gives: hunspell's two texts, read elsewhere.

use std::fmt;

/// The words of one language.
#[derive(Clone)]
pub struct Dictionary(spellbook::Dictionary);

/// Why a dictionary could not be read, in lower case, with the line where one is to blame.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unreadable(String);

impl Dictionary {
    /// Reads the rules (`.aff`) and the words (`.dic`), both as UTF-8 text.
    pub fn parse(aff: &str, dic: &str) -> Result<Dictionary, Unreadable> {
        spellbook::Dictionary::new(aff, dic).map(Dictionary).map_err(|error| Unreadable(error.to_string()))
    }

    /// Whether the word is spelt so, in this case or with a capital.
    pub fn is_word(&self, word: &str) -> bool {
        if self.0.check(word) {
            return true;
        }
        // German nouns stand with a capital, and so do names: the link may have been cut from either.
        let mut letters = word.chars();
        let Some(first) = letters.next().filter(|first| first.is_lowercase()) else { return false };
        self.0.check(&first.to_uppercase().chain(letters).collect::<String>())
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
        let words = Dictionary::parse("SET UTF-8\nSFX E Y 1\nSFX E 0 e .\n", "2\nwarten\nKrieg/E\n")?;
        assert!(words.is_word("warten") && words.is_word("kriege") && words.is_word("Kriege"));
        assert!(!words.is_word("kriegt"));
        Ok(())
    }

    #[test]
    fn a_broken_dictionary_says_why() {
        let read = Dictionary::parse("SET UTF-8\nSFX E Y x\n", "1\nwort\n");
        assert!(read.is_err_and(|error| !error.to_string().is_empty()));
    }
}
