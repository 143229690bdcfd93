//! What a word probably was before a linker changed its capitals: told, never written.

use super::finding::times;
use super::touching::Judged;
use crate::language::{self, Parts};
use crate::note::Note;
use crate::span::Span;
use crate::survey::{self, Survey};

/// The likely original of a judged word that has lost its capitals, as advice.
pub(super) fn advice(note: &Note, survey: &Survey, judged: &Judged) -> Option<String> {
    if !judged.judgement.miscased {
        return None;
    }
    if let Some((spelling, count)) = survey.spelling(&language::fold(&judged.word)) {
        let times = times(count);
        return Some(if spelling == judged.word {
            format!("the vault writes `{spelling}` {times} without a link: the capitals may be right")
        } else {
            format!("it probably was `{spelling}`, which the vault writes {times}; only you can tell")
        });
    }
    let shown = note.shown_of(judged.touching.link);
    let parts = survey::parts(note, &judged.touching, &shown).of_a_kind();
    let likely = by_neighbours(note, judged.place, &parts);
    Some(format!("it may have been `{likely}`, by the letters around; only you can tell"))
}

/// The word with the link in capitals as what touches it: the first letter of a sentence has one,
/// and so has a word in capitals.
pub(super) fn by_neighbours(note: &Note, word: Span, parts: &Parts<'_>) -> String {
    let around: Vec<char> = parts.head().chars().chain(parts.tail().chars()).filter(|c| c.is_alphabetic()).collect();
    let shouted = around.len() > 1 && around.iter().all(|c| c.is_uppercase());
    let link = if shouted { parts.link.to_uppercase() } else { parts.link.to_lowercase() };
    let before = note.text[..word.start()].trim_end_matches([' ', '\t', '*', '_', '"', '“', '#', '>', '-']);
    let opens = before.len() <= note.body() || before.ends_with(['.', '!', '?', '\n']);
    let mut letters = link.chars();
    let link = match letters.next() {
        Some(first) if parts.head().is_empty() && opens => first.to_uppercase().chain(letters).collect(),
        _ => link,
    };
    [parts.head(), &link, parts.tail()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::explain;
    use crate::survey::Given;
    use crate::vault::Vault;

    /// The advice on the first judged link of a note, beside another note.
    fn advice_on(text: &str, other: &str) -> Option<String> {
        let notes = [Note::parse("a.md", text), Note::parse("b.md", other)];
        let survey = Survey::of(&notes, Given::default());
        let lines = explain(&notes[0], &Vault::default(), &survey, text.find("[[")?)?;
        lines.iter().find_map(|line| line.strip_prefix("original: ")).map(str::to_owned)
    }

    #[test]
    fn the_vault_s_own_spelling_comes_first() {
        let found = advice_on(
            "An Expecte[[DEX]]ception there.\n",
            "ExpectedException, ExpectedException, expectedexception.\n",
        );
        assert_eq!(
            found.as_deref(),
            Some("it probably was `ExpectedException`, which the vault writes 2 times; only you can tell")
        );
    }

    #[test]
    fn a_word_that_is_written_so_elsewhere_may_be_right() {
        let found = advice_on("An Expecte[[DEX]]ception there.\n", "The ExpecteDEXception again.\n");
        assert!(found.is_some_and(|advice| advice.contains("may be right")));
    }

    #[test]
    fn otherwise_the_letters_around_tell() {
        for (text, word) in [
            ("Its in[[FLU]]ence was small.\n", "`influence`"),
            ("Then. [[WAR]]saw fell.\n", "`Warsaw`"),
            ("The EXPE[[ct]]ED one.\n", "`EXPECTED`"),
            ("그는 un[[HAPPY]]와.\n", "`unhappy`"),
        ] {
            let advice = advice_on(text, "").unwrap_or_default();
            assert!(advice.contains(word), "{text}: {advice}");
        }
        assert_eq!(advice_on("Its in[[flu]]ence was small.\n", ""), None);
    }
}
