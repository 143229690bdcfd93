//! Evidence that a program has put a `#` before the words of sentences.

use foldhash::{HashMap, HashMapExt};

use crate::language;
use crate::note::{Note, Tag, ZoneKind};
use crate::vault::fold;

/// A person tags fewer words of a text.
const NAMES: usize = 5;
/// Tags in sentences; fewer tell nothing.
const TAGGED: u32 = 10;
/// Of 100 mentions of what is tagged, at least so many are tagged.
const SHARE: u32 = 90;

/// Bytes on each side of a tag that tell whether it stands in a sentence.
const NEAR: usize = 80;

/// The words of a note that are tagged wherever they are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tagging {
    pub tagged: u32,
    pub mentions: u32,
    pub names: usize,
}

impl Tagging {
    /// `None` when the note is not tagged as only a program tags: ten tags in the middle of sentences,
    /// of five names at least, and nine in ten mentions of these tagged.
    pub fn of(note: &Note) -> Option<Tagging> {
        let mut names: HashMap<String, u32> = HashMap::new();
        let mut tagged = 0;
        for tag in note.tags().iter().filter(|tag| is_in_sentence(note, **tag)) {
            names.entry(fold(tag.name().of(&note.text))).or_default();
            tagged += 1;
        }
        let all = note.tags().iter().filter(|tag| names.contains_key(&fold(tag.name().of(&note.text)))).count();
        let all = u32::try_from(all).unwrap_or(u32::MAX);
        if names.len() < NAMES || tagged < TAGGED {
            return None;
        }
        let mut words = 0;
        crate::survey::each_word(note, |word| words += u32::from(names.contains_key(&*fold(word))));
        // The tags themselves are words too, but for those of several.
        let single =
            note.tags().iter().map(|tag| tag.name().of(&note.text)).filter(|name| name.chars().all(language::is_wordy));
        let own = single.filter(|name| names.contains_key(&fold(name))).count();
        let mentions = all + words.saturating_sub(u32::try_from(own).unwrap_or(u32::MAX));
        (all * 100 >= mentions * SHARE).then_some(Tagging { tagged, mentions, names: names.len() })
    }

    /// The fact, in lower case.
    pub fn reason(&self) -> String {
        let Tagging { tagged, mentions, names } = self;
        format!("{tagged} tags stand in sentences, and their {names} names are mentioned {mentions} times")
    }
}

/// Whether a tag stands for a word of its sentence: a word, not a tag, comes before it on its line,
/// and a word or the end of the sentence after it. Colours and chords are no words.
pub fn is_in_sentence(note: &Note, tag: Tag) -> bool {
    let name = tag.name().of(&note.text);
    if tag.kind != ZoneKind::Prose || !is_word(name) {
        return false;
    }
    // The line near the tag: nothing may look at a whole line for every tag on it.
    let near = note.text.floor_char_boundary(tag.span.start().saturating_sub(NEAR));
    let before = note.text[near..tag.span.start()].rsplit('\n').next().unwrap_or_default();
    let before = before.trim_end().trim_end_matches(|c: char| "\"'“‘(,;*_[".contains(c));
    let last = before.split_whitespace().next_back().unwrap_or_default();
    let word_before = !last.starts_with('#') && last.ends_with(|c: char| c.is_alphabetic());
    let near = note.text.floor_char_boundary(tag.span.end() + NEAR);
    let after = note.text[tag.span.end()..near].lines().next().unwrap_or_default();
    // `#F#m`, `#a/b.c`: more of a name than a tag can hold.
    if after.starts_with(['#', '[']) {
        return false;
    }
    let possessive = after.trim_start_matches(['\'', '’']).trim_start_matches('s');
    let next = possessive.trim_start_matches(|c: char| "\"'”’),;*_".contains(c));
    let ends = next.starts_with(['.', '!', '?', ':']) || next.trim_start().is_empty() && next.len() < after.len();
    word_before && (ends || next.trim_start().starts_with(char::is_alphanumeric))
}

/// Whether a tag could be a word: letters, hyphens; no colour, no chord, nothing nested.
fn is_word(name: &str) -> bool {
    let letters = name.chars().all(|c| c.is_alphabetic() || c == '-' || language::is_mark(c));
    let colour = matches!(name.len(), 3 | 4 | 6 | 8) && name.bytes().all(|b| b.is_ascii_hexdigit());
    letters && !colour && name.chars().nth(2).is_some() && !name.starts_with('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_sentence(text: &str) -> Vec<String> {
        let note = Note::parse("n.md", text);
        let tags = note.tags().iter().filter(|tag| is_in_sentence(&note, **tag));
        tags.map(|tag| tag.name().of(&note.text).to_owned()).collect()
    }

    #[test]
    fn words_of_sentences_are_told_from_tags() {
        assert_eq!(
            in_sentence("It saw the #enemy's use of #genome-editing, and #war.\n"),
            ["enemy", "genome-editing", "war"]
        );
        for text in [
            "#todo write this\n",
            "Read this #todo\n",
            "Read #todo #later\n",
            "Read it. #todo #later and more\n",
            "the #ffffff of #abc in #F#m or #Am7 and #1a too\n",
            "see #project/alpha for it\n",
            "# The #enemy of all\n",
            "`the #enemy of all`\n",
        ] {
            assert_eq!(in_sentence(text), [""; 0], "{text}");
        }
    }

    const TAGGED_TEXT: &str = "The #enemy has the #gene and the #virus, as the #army of the #enemy knows.\n\
        That #virus of the #army is no #gene, says the #press, and the #press is right.\n";

    #[test]
    fn a_note_tagged_everywhere_is_a_program_s() {
        let of = |text: &str| Tagging::of(&Note::parse("n.md", text));
        assert_eq!(of(TAGGED_TEXT), Some(Tagging { tagged: 10, mentions: 10, names: 5 }));
        assert_eq!(of(&format!("{TAGGED_TEXT}The enemy and the virus.\n")), None, "a tenth and more is not tagged");
        assert_eq!(of("I met #anna at the #office with #bob and told #anna all.\n"), None);
    }
}
