//! The English word list: which words there are, and which of their parts they are made from.
//!
//! `lexicon/en.txt` holds the keys for review, the build makes one set of them. A look-up walks that
//! set byte by byte with the pieces of the key as they are at hand, so nothing is put together first.

use std::sync::LazyLock;

use fst::Set;
use fst::raw::Node;
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

    /// Whether some word that begins so has grown from what follows.
    pub fn derives_behind(&self, before: &str) -> bool {
        ["<", "("].into_iter().any(|open| self.along(self.root(), &[before, open]).is_some())
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
        // Before most parts of a word nothing is listed at all.
        let before = self.behind(self.root(), before)?;
        let listed = |[open, close]: [&str; 2]| Self::ends_at(self.along(before, &[open, part, close, after]));
        if listed(high) {
            Some(Strength::High)
        } else if listed(middle) {
            Some(Strength::Middle)
        } else {
            None
        }
    }

    fn has(&self, pieces: &[&str]) -> bool {
        Self::ends_at(self.along(self.root(), pieces))
    }

    fn root(&self) -> Node<'_> {
        self.keys.as_fst().root()
    }

    fn ends_at(node: Option<Node<'_>>) -> bool {
        node.is_some_and(|node| node.is_final())
    }

    /// The node behind all pieces, from `node` on.
    fn along<'a>(&'a self, node: Node<'a>, pieces: &[&str]) -> Option<Node<'a>> {
        pieces.iter().try_fold(node, |node, piece| self.behind(node, piece))
    }

    /// The node behind a piece, from `node` on.
    fn behind<'a>(&'a self, node: Node<'a>, piece: &str) -> Option<Node<'a>> {
        let fst = self.keys.as_fst();
        let next = |node: Node<'a>, byte: u8| Some(fst.node(node.transition_addr(node.find_input(byte)?)));
        if piece.is_ascii() {
            return piece.bytes().try_fold(node, |node, byte| next(node, byte.to_ascii_lowercase()));
        }
        let mut buffer = [0; 4];
        piece
            .nfc()
            .flat_map(char::to_lowercase)
            .try_fold(node, |node, c| c.encode_utf8(&mut buffer).bytes().try_fold(node, next))
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
