//! The letters around a link, and the words that they and the link make.

use unicode_normalization::UnicodeNormalization;

use super::script::{Row, alike, is_apostrophe, is_mark, is_wordy, row};

/// A link's shown text with what touches it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parts<'a> {
    /// Letters, digits, their marks, and apostrophes, up to the link.
    pub before: &'a str,
    /// The text the link shows.
    pub link: &'a str,
    /// The same as `before`, from the link on.
    pub after: &'a str,
}

impl<'a> Parts<'a> {
    /// No word that matters is longer, in characters; a text without blanks may run on for a whole page.
    pub const LONGEST: usize = 64;

    /// Takes from the text on each side of a link what touches it. It looks at no more than a few
    /// words of either, however long they are.
    pub fn cut(before: &'a str, link: &'a str, after: &'a str) -> Parts<'a> {
        let belongs = |&(_, c): &(usize, char)| is_wordy(c) || is_apostrophe(c);
        let start =
            before.char_indices().rev().take(Self::LONGEST).take_while(belongs).last().map_or(before.len(), |(i, _)| i);
        let end =
            after.char_indices().take(Self::LONGEST).take_while(belongs).last().map_or(0, |(i, c)| i + c.len_utf8());
        Parts { before: &before[start..], link, after: &after[..end] }
    }

    /// The letters before that belong to one word with the link: none when an apostrophe or the
    /// tail of an emoji stands between.
    pub fn head(&self) -> &'a str {
        let run = self.before.rsplit(is_apostrophe).next().unwrap_or_default();
        if run.ends_with(['\u{fe0f}', '\u{200d}', '\u{20e3}']) { "" } else { run.trim_start_matches(is_mark) }
    }

    /// The letters after that belong to one word with the link; the apostrophe of `in'` stays.
    pub fn tail(&self) -> &'a str {
        let end = self.after.find(is_apostrophe).unwrap_or(self.after.len());
        let dropped_g = &self.after[..end] == "in" && self.after[end..].chars().count() == 1;
        if dropped_g { self.after } else { &self.after[..end] }
    }

    /// The parts without what ends the word on one side of it, by being a digit or of a script that the link is not of:
    /// the particle of `un[[happy]]와`. Where no letters of the link's own kind are left, they stay as they are.
    pub fn of_a_kind(&self) -> Parts<'a> {
        // Of scripts without blanks several stand in one word: kana behind Han.
        let of_a_script = |c: char, edge: char| row(c) != Row::Cased || !c.is_alphabetic() || alike(c, edge);
        let kind = |c: char| (c.is_alphabetic(), row(c) == Row::Cased);
        let (head, tail) = (self.head(), self.tail());
        let mut letters = self.link.chars().filter(|&c| !is_mark(c));
        let Some(first) = letters.next() else { return *self };
        let last = letters.next_back().unwrap_or(first);
        let fits = |c: char, edge| is_mark(c) || is_apostrophe(c) || kind(c) == kind(edge) && of_a_script(c, edge);
        let before = &head[head.trim_end_matches(|c| fits(c, first)).len()..];
        let after = &tail[..tail.len() - tail.trim_start_matches(|c| fits(c, last)).len()];
        let same = (before.len(), after.len()) == (head.len(), tail.len());
        if same || before.is_empty() && after.is_empty() { *self } else { Parts { before, after, ..*self } }
    }

    /// Whether what follows is an apostrophe with a possessive `s`.
    pub(super) fn is_possessive(&self) -> bool {
        let mut rest = self.after.chars();
        rest.next().is_some_and(is_apostrophe) && matches!(rest.as_str(), "s" | "S" | "")
    }

    /// The word, folded, that the link and the letters around it make, if it is a known one, and nobody writes it in
    /// these capitals: `inFLUence`, which is known as `influence`.
    pub fn recased(&self, is_known: impl Fn(&str) -> bool) -> Option<String> {
        self.is_miscased().then(|| fold(&self.joined())).filter(|word| is_known(word))
    }

    /// Whether capitals and small letters meet at a border of the link as they do in no ordinary word.
    pub fn is_miscased(&self) -> bool {
        let letters = |text: &'a str| text.chars().filter(|c| c.is_alphabetic());
        let (head, link, tail) = (self.head(), self.link, self.tail());
        // `eISSN`, `mRNA`: a small letter before capitals is how such words are made.
        let acronym = letters(head).count() == 1
            && letters(link).count() > 1
            && letters(link).chain(letters(tail)).all(char::is_uppercase);
        let shouted = letters(head).count() > 1 && letters(head).all(char::is_uppercase);
        let rises = !acronym
            && letters(head).next_back().is_some_and(char::is_lowercase)
            && letters(link).next().is_some_and(char::is_uppercase);
        let falls = letters(tail).next().is_some_and(char::is_lowercase)
            && letters(link).count() > 1
            && letters(link).next_back().is_some_and(char::is_uppercase);
        // `[[boot]]P`, `S[[uno]]S`: the end of a word in capitals.
        let drowned = letters(tail).next().is_some()
            && letters(tail).all(char::is_uppercase)
            && letters(link).next_back().is_some_and(char::is_lowercase);
        // `D[[Arm]]stadt`: of two capitals in a word of small letters one is the linker's.
        let doubled = letters(head).count() == 1
            && letters(head).chain(letters(link).take(1)).all(char::is_uppercase)
            && letters(link).skip(1).chain(letters(tail)).next().is_some_and(char::is_lowercase);
        rises || falls || drowned || doubled || shouted && letters(link).next().is_some_and(char::is_lowercase)
    }

    /// The first and the last word of the link; the same when there is only one.
    pub(super) fn edges(&self) -> (&'a str, &'a str) {
        let part = |c: char| !is_wordy(c) && !is_apostrophe(c);
        let mut words = self.link.split(part).filter(|word| !word.is_empty());
        let first = words.next().unwrap_or(self.link);
        (first, words.next_back().unwrap_or(first))
    }

    /// The words that the letters on both sides make with the link, folded: one, or one for each side of a
    /// link of several words.
    pub fn made(&self) -> Vec<String> {
        let (first, last) = self.edges();
        let (head, tail) = (self.head(), self.tail());
        if std::ptr::eq(first, last) {
            return vec![fold(&[head, first, tail].concat())];
        }
        let begins = (!head.is_empty()).then(|| fold(&[head, first].concat()));
        let ends = (!tail.is_empty()).then(|| fold(&[last, tail].concat()));
        begins.into_iter().chain(ends).collect()
    }

    /// The text as it reads without the link's brackets: what a note, alias or tag would be named.
    pub fn joined(&self) -> String {
        [self.head(), self.link, self.tail()].concat()
    }
}

/// Whether a word is written in small letters, with one capital in front, or in capitals: as a word
/// that a lexicon knows in small letters can be meant.
pub fn is_naturally_cased(word: &str) -> bool {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    let Some(first) = letters.next() else { return true };
    let small = letters.clone().all(|c| !c.is_uppercase());
    small || first.is_uppercase() && letters.all(|c| !c.is_lowercase())
}

/// The form words are compared in: lower case, composed.
pub fn fold(text: &str) -> String {
    let mut folded = String::new();
    fold_into(text, &mut folded);
    folded
}

/// The same in the place of what `folded` holds, for many words in turn.
pub fn fold_into(text: &str, folded: &mut String) {
    folded.clear();
    if text.is_ascii() {
        folded.push_str(text);
        folded.make_ascii_lowercase();
    } else {
        folded.extend(text.to_lowercase().nfc());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_touches_is_taken() {
        let parts = Parts::cut("It had an in", "flu", "ence on all");
        assert_eq!((parts.before, parts.after), ("in", "ence"));
        assert_eq!(parts.joined(), "influence");
        let apart = Parts::cut("(", "flu", "-like");
        assert_eq!((apart.before, apart.after), ("", ""));
    }

    #[test]
    fn a_run_without_end_is_not_read() {
        let long = "ก".repeat(100_000);
        assert_eq!(Parts::cut(&long, "x", &long).before.chars().count(), Parts::LONGEST);
    }

    #[test]
    fn apostrophes_part_words() {
        let parts = Parts::cut("l’in", "flu", "ence");
        assert_eq!(parts.head(), "in");
        assert_eq!(Parts::cut("l'", "art", "").head(), "");
        assert!(Parts::cut("", "Russia", "’s").is_possessive());
        assert_eq!(Parts::cut("", "walk", "in' home").tail(), "in'");
    }

    #[test]
    fn the_tail_of_an_emoji_is_no_letter() {
        assert_eq!(Parts::cut("see ☺\u{fe0f}", "flu", "").head(), "");
        assert_eq!(Parts::cut("1\u{fe0f}\u{20e3}", "flu", "").head(), "");
    }

    #[test]
    fn capitals_inside_a_word_are_seen() {
        for [before, link, after] in [
            ["in", "FLU", "ence"],
            ["Expecte", "DEX", "ception"],
            ["", "WAR", "saw"],
            ["EXPE", "ct", "ED"],
            ["", "boot", "P"],
            ["S", "uno", "S"],
        ] {
            assert!(Parts { before, link, after }.is_miscased(), "{before}[[{link}]]{after}");
        }
        for [before, link, after] in
            [["", "War", "saw"], ["P", "reparations", ""], ["", "A", "pril"], ["IN", "FLU", "ENCE"], ["e", "ISS", "N"]]
        {
            assert!(!Parts { before, link, after }.is_miscased(), "{before}[[{link}]]{after}");
        }
    }

    #[test]
    fn the_words_at_the_edges_are_found() {
        assert_eq!(Parts::cut("", "New York", "ers").edges(), ("New", "York"));
        assert_eq!(Parts::cut("", "flu", "id").edges(), ("flu", "flu"));
        assert_eq!(Parts::cut("", "--", "x").edges(), ("--", "--"));
    }
}
