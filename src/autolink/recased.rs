//! The sign of a loop that takes a term in any capitals: words that it has given its own.

use foldhash::{HashSet, HashSetExt};

use crate::language::{self, Language, Lexicon};
use crate::note::Note;
use crate::survey::{self, Survey};

/// One such word may be a name: `McDonald`, `iPhones`.
const WORDS: usize = 2;

/// A word that one of these links has given capitals in which nobody writes it: `inFLUence`, which
/// is known as `influence`. `None` where there are not several.
pub(super) fn word(note: &Note, survey: &Survey, links: &HashSet<usize>) -> Option<String> {
    let touching = survey::touching(note).into_iter().filter(|touching| links.contains(&touching.link));
    let mut seen = HashSet::new();
    let words = touching.filter_map(|touching| {
        let shown = note.shown_of(touching.link);
        let parts = survey::parts(note, &touching, &shown);
        if !parts.is_miscased() {
            return None;
        }
        let word = language::fold(&parts.joined());
        let known = Lexicon::english().word(&word) || survey.known(&word, Language::UNKNOWN).anywhere();
        (known && seen.insert(word)).then(|| parts.joined())
    });
    let words: Vec<String> = words.take(WORDS).collect();
    (words.len() == WORDS).then(|| words[0].clone())
}
