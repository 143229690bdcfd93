//! The sign of a loop that takes a term in any capitals: words that it has given its own.

use foldhash::{HashSet, HashSetExt};

use crate::language::{Language, Lexicon};
use crate::note::Note;
use crate::survey::{self, Survey};

/// So many such words tell: one may be a name, `McDonald`, `iPhones`.
pub(super) const RECASED: usize = 2;

/// A word that one of these links has recased. `None` where there are not several.
pub(super) fn word(note: &Note, survey: &Survey, links: &HashSet<usize>) -> Option<String> {
    let is_known = |word: &str| Lexicon::english().word(word) || survey.known(word, Language::UNKNOWN).anywhere();
    let touching = survey::touching(note).into_iter().filter(|touching| links.contains(&touching.link));
    let mut seen = HashSet::new();
    let words = touching.filter_map(|touching| {
        let shown = note.shown_of(touching.link);
        let parts = survey::parts(note, &touching, &shown);
        let is_written = note.links[touching.link].alias.is_none();
        let word = parts.recased(|word| is_written && is_known(word))?;
        seen.insert(word).then(|| parts.joined())
    });
    let words: Vec<String> = words.take(RECASED).collect();
    (words.len() == RECASED).then(|| words[0].clone())
}
