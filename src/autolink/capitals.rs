//! What a linker's loop leaves of the capitals of what it links.

use std::cmp::Reverse;

use super::{Evidence, FEWEST_LINKS, RECASED};
use crate::note::Note;
use crate::survey::Survey;

/// What a linker's loop has left of capitals. Of what several notes tell, the last in this order counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Capitals {
    /// Nothing tells.
    #[default]
    Unknown,
    /// A term stands unlinked in other ones: the loop told them apart.
    Kept,
    /// The loop has written its own into several words.
    Lost,
}

/// So many notes are asked: a proof costs more than a look.
const ASKED: usize = 8;

/// What the loop that has linked a vault leaves of capitals: what it is proven to have left in the notes with the most
/// links, else what the words of all notes tell. One linker goes over a vault, so it did the same everywhere.
pub fn capitals_of(notes: &[Note], survey: &Survey) -> Capitals {
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
