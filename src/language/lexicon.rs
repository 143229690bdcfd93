//! The English word list: which words there are, and which of their parts they are made from.
//!
//! `lexicon/en.txt` holds the keys for review, the build makes one set of them. A look-up walks that
//! set byte by byte with the pieces of the key as they are at hand, so nothing is put together first.

use std::sync::LazyLock;

use fst::Set;
use unicode_normalization::UnicodeNormalization;

static BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/en.fst"));

static ENGLISH: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon { keys: Set::new(BYTES).expect("the build script wrote a set") });

/// Words and the parts they are known to be made from. Where a word is cut in three, `before`, `part`
/// and `after` joined are the word; letters may be in any case and any normal form.
pub struct Lexicon {
    keys: Set<&'static [u8]>,
}

/// How strongly the lexicon holds a word to be made from its part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    Middle,
    High,
}

impl Lexicon {
    pub fn english() -> &'static Lexicon {
        &ENGLISH
    }

    /// Whether the text is a word, common or rare.
    pub fn word(&self, word: &str) -> bool {
        self.has(&[word])
    }

    /// Whether the text is one of the commonest few thousand words.
    pub fn common(&self, word: &str) -> bool {
        self.has(&[word, "$"])
    }

    /// Whether the word has grown from its part: `im` `prison` `ment`.
    pub fn derivation(&self, before: &str, part: &str, after: &str) -> Option<Strength> {
        self.made(["<", ">"], ["(", ")"], before, part, after)
    }

    /// Whether the word is its part beside another word: `air` `port`.
    pub fn compound(&self, before: &str, part: &str, after: &str) -> Option<Strength> {
        self.made(["{", "}"], ["[", "]"], before, part, after)
    }

    /// What is listed of a word and its ending: a form of the word (`hot` `test`), or one that only
    /// looks so (`aspers` `ed`). `None` leaves it to the rules of spelling.
    pub fn inflection(&self, word: &str, ending: &str) -> Option<bool> {
        if self.has(&["+", word, "+", ending]) {
            Some(true)
        } else if self.has(&["!", word, "!", ending]) {
            Some(false)
        } else {
            None
        }
    }

    fn made(&self, high: [&str; 2], middle: [&str; 2], before: &str, part: &str, after: &str) -> Option<Strength> {
        let listed = |[open, close]: [&str; 2]| self.has(&[before, open, part, close, after]);
        if listed(high) {
            Some(Strength::High)
        } else if listed(middle) {
            Some(Strength::Middle)
        } else {
            None
        }
    }

    fn has(&self, pieces: &[&str]) -> bool {
        let fst = self.keys.as_fst();
        let mut node = fst.root();
        for piece in pieces {
            if piece.is_ascii() {
                for byte in piece.bytes() {
                    let Some(i) = node.find_input(byte.to_ascii_lowercase()) else { return false };
                    node = fst.node(node.transition_addr(i));
                }
                continue;
            }
            let mut buffer = [0; 4];
            for c in piece.nfc().flat_map(char::to_lowercase) {
                for byte in c.encode_utf8(&mut buffer).bytes() {
                    let Some(i) = node.find_input(byte) else { return false };
                    node = fst.node(node.transition_addr(i));
                }
            }
        }
        node.is_final()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_any_case() {
        let lexicon = Lexicon::english();
        assert!(lexicon.word("influence") && lexicon.word("Influence"));
        assert!(lexicon.common("Number") && !lexicon.common("preparations"));
        assert!(!lexicon.word("") && !lexicon.word("nfluenc"));
    }

    #[test]
    fn parts_are_told_from_chance() {
        let lexicon = Lexicon::english();
        assert_eq!(lexicon.derivation("im", "Prison", "ment"), Some(Strength::High));
        assert_eq!(lexicon.derivation("", "prison", "er"), Some(Strength::Middle));
        assert_eq!(lexicon.derivation("in", "flu", "ence"), None);
        assert!(lexicon.compound("air", "port", "").is_some());
        assert_eq!(lexicon.inflection("appal", "led"), Some(false));
        assert_eq!(lexicon.inflection("jail", "s"), None);
    }

    #[test]
    fn every_key_of_the_list_is_in_the_set() {
        let lexicon = Lexicon::english();
        let list = include_str!("lexicon/en.txt");
        assert_eq!(lexicon.keys.len(), list.lines().count());
        assert!(list.lines().all(|key| lexicon.has(&[key])));
    }
}
