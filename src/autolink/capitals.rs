//! What a linker's loop leaves of the capitals of what it links.

use std::cmp::Reverse;

use super::recased::RECASED;
use super::{Evidence, FEWEST_LINKS};
use crate::note::Note;
use crate::survey::{Capitals, Given, Survey};

/// So many notes are asked: a proof costs more than a look.
const ASKED: usize = 8;

impl Survey {
    /// Surveys the notes of a vault.
    pub fn of(notes: &[Note], given: Given) -> Survey {
        Survey::of_words(notes, given).with_capitals(notes)
    }

    /// The same, letting each note rest when it was looked at: notes by the ten thousand, with all
    /// that is read in them, would take twice the memory of their texts.
    pub fn at_rest(notes: &mut [Note], given: Given) -> Survey {
        Survey::of_words_at_rest(notes, given).with_capitals(notes)
    }

    /// Finds out what linkers have left of capitals, where links in words are to be judged by it.
    fn with_capitals(mut self, notes: &[Note]) -> Survey {
        if self.asks_for_words() {
            self.capitals = capitals_of(notes, &self);
        }
        self
    }
}

/// What the loop that has linked a vault leaves of capitals: what it is proven to have left in the notes with the most
/// links, else what the words of all notes tell. One linker goes over a vault, so it did the same everywhere.
fn capitals_of(notes: &[Note], survey: &Survey) -> Capitals {
    let mut most: Vec<&Note> = notes.iter().filter(|note| note.links.len() >= FEWEST_LINKS).collect();
    most.sort_by_key(|note| (Reverse(note.links.len()), &note.path));
    most.truncate(ASKED);
    let proven = each(&most, |note| Evidence::of(note, survey).capitals()).into_iter().max();
    match proven.unwrap_or_default() {
        Capitals::Unknown if survey.recased.len() >= RECASED => Capitals::Lost,
        proven => proven,
    }
}

#[cfg(feature = "cli")]
fn each<T: Send>(notes: &[&Note], ask: impl Fn(&Note) -> T + Sync + Send) -> Vec<T> {
    use rayon::prelude::*;
    notes.par_iter().map(|note| ask(note)).collect()
}

#[cfg(not(feature = "cli"))]
fn each<T>(notes: &[&Note], ask: impl Fn(&Note) -> T) -> Vec<T> {
    notes.iter().map(|note| ask(note)).collect()
}
