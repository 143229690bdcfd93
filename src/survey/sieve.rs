//! Finds the words of a text that may be among those asked for, and passes over the rest at the
//! price of a look at each byte.

use crate::language;
use crate::span::Span;

/// Bits kept for each word: so many that one word in sixteen passes that was not asked for.
const BITS: usize = 16;

/// What is left of folded words: a bit each, and whether any is written in more than ASCII.
#[derive(Debug, Default)]
pub(super) struct Sieve {
    /// A power of two of them.
    bits: Box<[u64]>,
    beyond_ascii: bool,
}

impl Sieve {
    pub(super) fn of<'a>(words: impl ExactSizeIterator<Item = &'a str>) -> Sieve {
        let size = (words.len() * BITS).next_power_of_two().max(64);
        let mut sieve = Sieve { bits: vec![0; size / 64].into(), beyond_ascii: false };
        for word in words {
            sieve.beyond_ascii |= !word.is_ascii();
            let at = sieve.place(word.bytes().fold(START, add));
            sieve.bits[at / 64] |= 1 << (at % 64);
        }
        sieve
    }

    /// Calls `found` with the words of `text` that may have been asked for: all that were are among them.
    pub(super) fn each(&self, text: &str, mut found: impl FnMut(Span)) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            if !bytes[at].is_ascii_alphanumeric() {
                at += 1;
                continue;
            }
            let (start, mut hash) = (at, START);
            while at < bytes.len() && bytes[at].is_ascii_alphanumeric() {
                hash = add(hash, bytes[at]);
                at += 1;
            }
            let place = self.place(hash);
            if self.bits[place / 64] & (1 << (place % 64)) != 0 && is_whole(text, start, at) {
                found(Span::new(start, at));
            }
        }
        if self.beyond_ascii && !text.is_ascii() {
            let mut words = text.split(|c| !language::is_wordy(c)).filter(|word| !word.is_ascii());
            words.by_ref().for_each(|word| {
                let start = word.as_ptr().addr() - text.as_ptr().addr();
                found(Span::new(start, start + word.len()));
            });
        }
    }

    fn place(&self, hash: u64) -> usize {
        // The upper bits are the better mixed ones.
        (hash >> 32) as usize & (self.bits.len() * 64 - 1)
    }
}

/// Fowler, Noll and Vo's hash, version 1a (<https://www.rfc-editor.org/rfc/rfc9923>), of small letters.
const START: u64 = 0xcbf2_9ce4_8422_2325;

fn add(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0000_01b3)
}

/// Whether no letter beyond ASCII goes on with the word.
fn is_whole(text: &str, start: usize, end: usize) -> bool {
    !text[..start].ends_with(language::is_wordy) && !text[end..].starts_with(language::is_wordy)
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn most_others_are_passed_over() {
        let words: Vec<String> = (0..1_000).map(|i| format!("w{i}")).collect();
        let sieve = Sieve::of(words.iter().map(String::as_str));
        let text: String = (0..10_000).map(|i| format!("x{i} ")).collect();
        let mut found = 0;
        sieve.each(&text, |_| found += 1);
        assert!(found < 1_000, "{found}");
    }
}
