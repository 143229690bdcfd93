//! Finds the words of a text that may be among those asked for, and passes over the rest at the
//! price of a look at each byte.

use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};

use foldhash::{HashSet, HashSetExt};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::language;
use crate::span::Span;

/// Bits kept for each word: so many that one word in thirty passes that was not asked for.
const BITS: usize = 32;

/// What is left of folded words: a bit each, and the first letters of those in more than ASCII.
#[derive(Debug, Default)]
pub(super) struct Sieve {
    /// A power of two of them.
    bits: Box<[AtomicU64]>,
    /// The same, of those that several words have.
    shared: Box<[u64]>,
    /// What words begin with that are written in more than ASCII.
    beyond_ascii: HashSet<char>,
}

impl Sieve {
    pub(super) fn of<'a>(words: impl ExactSizeIterator<Item = &'a str>) -> Sieve {
        let size = (words.len() * BITS).next_power_of_two().max(64);
        let bits = (0..size / 64).map(|_| AtomicU64::new(0)).collect();
        let shared = vec![0; size / 64].into();
        let mut sieve = Sieve { bits, shared, beyond_ascii: HashSet::new() };
        for word in words {
            sieve.beyond_ascii.extend(base(word).filter(|_| !word.is_ascii()));
            if !word.is_empty() {
                let (at, bit) = sieve.place(word.as_bytes(), 0, word.len());
                let before = sieve.bits[at].fetch_or(bit, Ordering::Relaxed);
                sieve.shared[at] |= before & bit;
            }
        }
        sieve
    }

    /// Lets a word no longer pass, of which enough were found, unless others would be lost with it.
    pub(super) fn close(&self, word: &str) {
        if word.is_ascii() && !word.is_empty() {
            let (at, bit) = self.place(word.as_bytes(), 0, word.len());
            self.bits[at].fetch_and(!bit | self.shared[at], Ordering::Relaxed);
        }
    }

    /// Calls `found` with the words of `text` that may have been asked for: all that were are among them,
    /// but for those that are closed.
    pub(super) fn each(&self, text: &str, mut found: impl FnMut(Span)) {
        let bytes = text.as_bytes();
        // Whether a word goes on from the block before, and where it has started.
        let (mut goes_on, mut open) = (0, 0);
        // All before has been looked at for words of more than ASCII.
        let mut done = 0;
        // The last block, of nothing, ends the last word.
        for (block, part) in bytes.chunks(BLOCK).chain([&[][..]]).enumerate() {
            let (wordy, at) = (wordy(part), block * BLOCK);
            let before = wordy << 1 | goes_on;
            let (mut starts, mut ends) = (wordy & !before, before & !wordy);
            let next = |bits: u64| at + bits.trailing_zeros() as usize;
            if goes_on != 0 && ends != 0 {
                if self.passes(bytes, open, next(ends)) && is_whole(text, open, next(ends)) {
                    found(Span::new(open, next(ends)));
                }
                ends &= ends - 1;
            }
            while ends != 0 {
                let (start, end) = (next(starts), next(ends));
                if self.passes(bytes, start, end) && is_whole(text, start, end) {
                    found(Span::new(start, end));
                }
                (starts, ends) = (starts & (starts - 1), ends & (ends - 1));
            }
            if starts != 0 {
                open = next(starts);
            }
            goes_on = wordy >> (BLOCK - 1);
            if !self.beyond_ascii.is_empty() && !part.is_ascii() {
                done = self.each_beyond_ascii(text, done.max(at)..at + part.len(), &mut found);
            }
        }
    }

    /// Calls `found` with the words that have a letter beyond ASCII in `range`, and tells where the last ends.
    fn each_beyond_ascii(&self, text: &str, range: Range<usize>, found: &mut impl FnMut(Span)) -> usize {
        let (mut done, bytes) = (range.start, text.as_bytes());
        while let Some(at) = (done..range.end).find(|&at| !bytes[at].is_ascii()) {
            let start = at - wordy_length(text[..at].chars().rev());
            let end = at + wordy_length(text[at..].chars());
            if end > at && base(&text[start..end]).is_some_and(|base| self.beyond_ascii.contains(&base)) {
                found(Span::new(start, end));
            }
            done = if end > at { end } else { at + text[at..].chars().next().map_or(1, char::len_utf8) };
        }
        done
    }

    /// A call would cost more than what it does.
    #[inline(always)]
    fn passes(&self, bytes: &[u8], start: usize, end: usize) -> bool {
        let (place, bit) = self.place(bytes, start, end);
        self.bits[place].load(Ordering::Relaxed) & bit != 0
    }

    /// The bit of the word from `start` to `end`, and the index of the number it is in. It depends on the
    /// length of the word, and on its first eight letters.
    #[inline]
    fn place(&self, bytes: &[u8], start: usize, end: usize) -> (usize, u64) {
        let length = end - start;
        let letters = eight(bytes, start) & u64::MAX >> (64 - 8 * length.min(8));
        let hash = (letters ^ length as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        // The upper bits are the better mixed ones.
        let place = (hash >> 32) as usize & (self.bits.len() * 64 - 1);
        (place / 64, 1 << (place % 64))
    }
}

/// So many bytes are looked at together.
const BLOCK: usize = 64;

/// The bytes of a block that words consist of, letters beyond ASCII left out, as the bits of a number:
/// in this form the compiler takes many at a time.
fn wordy(block: &[u8]) -> u64 {
    let mut bytes = [0; BLOCK];
    bytes[..block.len()].copy_from_slice(block);
    for byte in &mut bytes {
        let letter = (*byte | 0x20).wrapping_sub(b'a') < 26;
        *byte = u8::from(letter | (byte.wrapping_sub(b'0') < 10));
    }
    let mut bits = 0;
    let (eights, _) = bytes.as_chunks::<8>();
    for (i, eight) in eights.iter().enumerate() {
        // The product gathers the lowest bits of eight bytes in the uppermost one.
        bits |= (u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56) << (8 * i);
    }
    bits
}

/// How many bytes at the front of these characters belong to words.
fn wordy_length(text: impl Iterator<Item = char>) -> usize {
    text.take_while(|&c| language::is_wordy(c)).map(char::len_utf8).sum()
}

/// The first letter of a word, small and without its marks: it is the same in all normal forms.
fn base(word: &str) -> Option<char> {
    word.chars().find(|&c| !is_combining_mark(c))?.to_lowercase().next()?.nfd().next()
}

/// Eight bytes from `start` on, or as many as there are, with capitals made small, as a number.
#[inline]
fn eight(bytes: &[u8], start: usize) -> u64 {
    let rest = &bytes[start..];
    let eight = rest.first_chunk().copied().unwrap_or_else(|| {
        let mut eight = [0; 8];
        eight[..rest.len()].copy_from_slice(rest);
        eight
    });
    // Of ASCII letters this bit is the case. Digits have it, too.
    u64::from_le_bytes(eight) | 0x2020_2020_2020_2020
}

/// Whether no letter beyond ASCII goes on with the word.
fn is_whole(text: &str, start: usize, end: usize) -> bool {
    !text[..start].ends_with(language::is_wordy) && !text[end..].starts_with(language::is_wordy)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// However it is written, as long as it folds to what was asked for.
        #[test]
        fn a_word_beyond_ascii_is_found_in_every_form(
            before in "[ a“é]{0,70}", word in "[abKSéßσςΣΆἁᾳŻżİıй가ﬁṩक्ष\u{301}\u{307}\u{323}]{0,5}[aSéΣйक]",
        ) {
            let asked = language::fold(&word);
            let sieve = Sieve::of([asked.as_str()].into_iter());
            for form in [word.clone(), word.to_uppercase(), word.to_lowercase(), word.nfd().collect(), word.nfc().collect()] {
                if language::fold(&form) == asked && form.is_ascii() == asked.is_ascii() {
                    let text = format!("{before} {form}, {form}");
                    let mut found = Vec::new();
                    sieve.each(&text, |span| found.push(span.of(&text)));
                    prop_assert!(found.iter().filter(|&&one| *one == *form).count() >= 2, "{:?} in {:?}", form, text);
                }
            }
        }
    }

    #[test]
    fn all_that_was_asked_for_is_found() {
        let sieve = Sieve::of(["war", "été", "na"].into_iter());
        let text = "War (“war”) naïve na été, Été; awar wars ÉTÉ";
        let mut found = Vec::new();
        sieve.each(text, |span| found.push(span.of(text)));
        found.retain(|word| ["war", "na", "été"].contains(&&*language::fold(word)));
        assert_eq!(found, ["War", "war", "na", "été", "Été", "ÉTÉ"]);
    }

    #[test]
    fn a_word_is_found_wherever_it_stands() {
        let sieve = Sieve::of(["reparations", "x1"].into_iter());
        for blanks in 0..130 {
            let text = " ".repeat(blanks) + "Reparations,x1";
            let mut found = Vec::new();
            sieve.each(&text, |span| found.push(span.of(&text)));
            assert_eq!(found, ["Reparations", "x1"], "{blanks}");
        }
    }

    #[test]
    fn a_word_is_found_however_long_it_is() {
        for length in 1..200 {
            let word = "a".repeat(length);
            let (sieve, text) = (Sieve::of([word.as_str()].into_iter()), format!(". {word}a {word}, {word}"));
            let mut found = Vec::new();
            sieve.each(&text, |span| found.push(span));
            found.retain(|span| span.len() == length);
            assert_eq!(found.iter().map(|span| span.start()).collect::<Vec<_>>(), [4 + length, 6 + 2 * length]);
        }
    }

    #[test]
    fn a_closed_word_passes_no_more_and_the_others_do() {
        let words: Vec<String> = (0..50).map(|i| format!("w{i}")).collect();
        let sieve = Sieve::of(words.iter().map(String::as_str));
        words[1..].iter().for_each(|word| sieve.close(word));
        let mut found = Vec::new();
        sieve.each("w0 w7", |span| found.push(span.start()));
        assert_eq!(found[0], 0, "{found:?}");
    }

    #[test]
    fn most_others_are_passed_over() {
        let words: Vec<String> = (0..1_000).map(|i| format!("w{i}")).collect();
        let sieve = Sieve::of(words.iter().map(String::as_str));
        let text: String = (0..10_000).map(|i| format!("x{i} ")).collect();
        let mut found = 0;
        sieve.each(&text, |_| found += 1);
        assert!(found < 1_000, "{found}");
    }
}
