//! The languages that the notes of a vault are in.

use crate::language::{self, Language};
use crate::note::Note;

/// The languages of the notes that were asked; one may be asked twice.
#[derive(Debug, Default)]
pub(super) struct Languages {
    english: usize,
    foreign: usize,
    /// Words of notes that are too short to show theirs.
    sample: Vec<String>,
}

/// Words kept of notes too short for a guess of their own.
const SAMPLE: usize = 500;

impl Languages {
    pub(super) fn add(&mut self, note: &Note, language: Language) {
        match language {
            Language::ENGLISH => self.english += 1,
            Language::UNKNOWN => {
                let room = SAMPLE.saturating_sub(self.sample.len());
                self.sample.extend(words(note).take(room).map(str::to_owned));
            }
            _ => self.foreign += 1,
        }
    }

    #[cfg(feature = "cli")]
    pub(super) fn merge(&mut self, other: Languages) {
        self.english += other.english;
        self.foreign += other.foreign;
        self.sample.extend(other.sample);
        self.sample.truncate(SAMPLE);
    }

    /// How many notes have shown one.
    pub(super) fn shown(&self) -> usize {
        self.english + self.foreign
    }

    /// What three in four notes are in; with no such note, what all the short ones together show.
    pub(super) fn commonest(&self) -> Language {
        let all = self.shown();
        if all == 0 {
            Language::guess(self.sample.iter().map(String::as_str))
        } else if self.english * 4 >= all * 3 {
            Language::ENGLISH
        } else if self.foreign * 4 >= all * 3 {
            Language::FOREIGN
        } else {
            Language::UNKNOWN
        }
    }
}

/// The words of a note's text as written, brackets taken for borders.
pub(super) fn words(note: &Note) -> impl Iterator<Item = &str> {
    let text = note
        .readable()
        .flat_map(|span| span.of(&note.text).split(|c: char| !language::is_wordy(c) && !language::is_apostrophe(c)));
    text.filter(|word| !word.is_empty())
}
