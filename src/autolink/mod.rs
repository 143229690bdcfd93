//! Evidence that a program, not a person, has put the links into a note.
//!
//! The form of a link does not tell: `[[revolution]]ary` is damage in one vault and a habit in
//! another. What tells is how the whole note is linked.

mod candidates;
mod capitals;
mod caseless;
mod hard_damage;
mod linker;
mod orders;
mod orphan;
mod recased;
mod renested;
mod replay;
mod saturation;
mod signature;
mod tagging;
mod trace;

pub(crate) use hard_damage::is_nested;
pub use linker::{Form, Reach, Turn};
pub use orders::Source;
pub use orphan::{Orphan, mirrored, orphans};
pub use replay::{FEWEST_LINKS, Replay};
pub use saturation::Saturation;
pub use signature::Signature;
pub use tagging::{Tagging, is_in_sentence};
pub use trace::{Trace, Writing};

use crate::note::Note;
use crate::survey::{Capitals, Survey};

/// What speaks for an auto-linker in one note.
#[derive(Debug, Clone, Default)]
pub struct Evidence {
    /// Its link targets are its own tags.
    pub signature: Option<Signature>,
    /// A loop over its own tags or targets makes it again.
    pub replay: Option<Replay>,
    /// What it links, it links nearly everywhere.
    pub saturation: Option<Saturation>,
    /// Links that no person makes: nested, in URLs, amid the letters of a word.
    pub hard_damage: usize,
    /// Certain accidents in the whole vault.
    pub accidents: usize,
}

impl Evidence {
    /// Looks at a note of a vault that shows this.
    pub fn of(note: &Note, survey: &Survey) -> Evidence {
        let hard_damage = hard_damage::count(note, survey);
        let replay = Replay::of(note, hard_damage, &survey.given.terms);
        let (signature, saturation) = (Signature::of(note), Saturation::of(note));
        Evidence { signature, replay, saturation, hard_damage, accidents: 0 }.in_vault(note, survey)
    }

    /// The same of the same note, where the vault shows this.
    pub fn in_vault(mut self, note: &Note, survey: &Survey) -> Evidence {
        self.accidents = survey.accidents;
        if let Some(replay) = self.replay.as_mut().filter(|replay| !replay.tells_case) {
            replay.recased = recased::word(note, survey, &replay.links);
        }
        self
    }

    /// Whether the note as a whole, not a few of its links, speaks for a linker.
    pub fn is_of_the_note(&self) -> bool {
        self.replay.is_some() || self.signature.is_some() || self.saturation.is_some()
    }

    /// Whether the terms of the linker are the note's own tags.
    pub fn is_of_own_tags(&self) -> bool {
        self.signature.is_some() || self.replay.as_ref().is_some_and(|replay| replay.source == Source::Tags)
    }

    /// Whether it is enough to change links that would otherwise only be shown.
    pub fn is_enough(&self) -> bool {
        self.is_of_the_note() || self.hard_damage > 0 || self.accidents > 1
    }

    /// Whether a linker is proven to have made this link, by its index in the note. What it shows is
    /// what stood there before, but for its capitals perhaps: see [`Evidence::capitals`].
    pub fn proves(&self, link: usize) -> bool {
        // A loop over whole words has made no link inside one.
        self.replay.as_ref().is_some_and(|replay| replay.links.contains(&link) && replay.reach == Reach::Letters)
    }

    /// What is known of the capitals of the links that a linker is proven to have made.
    pub fn capitals(&self) -> Capitals {
        match &self.replay {
            Some(replay) if replay.tells_case => Capitals::Kept,
            Some(replay) if replay.recased.is_some() => Capitals::Lost,
            _ => Capitals::Unknown,
        }
    }

    /// The same in a vault, where a note that tells nothing has the linker of those that do.
    pub fn capitals_in(&self, survey: &Survey) -> Capitals {
        match self.capitals() {
            Capitals::Unknown => survey.capitals,
            capitals => capitals,
        }
    }

    /// The facts, in lower case.
    pub fn reasons(&self) -> Vec<String> {
        let mut reasons = Vec::new();
        if let Some(replay) = &self.replay {
            reasons.push(replay.reason());
            reasons.extend(replay.recased.as_ref().map(|word| {
                format!("that loop took its terms in any capitals and wrote its own: nobody writes `{word}`")
            }));
        }
        if let Some(Signature { own, targets }) = self.signature {
            reasons.push(format!("{own} of the {targets} link targets of this note are its own tags"));
        }
        if let Some(Saturation { linked, mentions, targets }) = self.saturation {
            reasons.push(format!("{linked} of {mentions} mentions of its {targets} commonest targets are linked"));
        }
        match self.hard_damage {
            0 => {}
            1 => reasons.push("1 of its links is nested, in a URL or in the middle of a word".to_owned()),
            n => reasons.push(format!("{n} of its links are nested, in URLs or in the middle of words")),
        }
        if self.accidents > 1 {
            reasons.push(format!("{} links of this vault are certain accidents", self.accidents));
        }
        reasons
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Linked by `re.sub(term, "[[term]]", flags=I)`.
    fn linked_in_any_case(text: &str) -> Note {
        let terms = ["FLU", "Art", "War", "Prison", "1956"];
        let body = terms.iter().fold(text.to_owned(), |text, term| {
            let any = regex::Regex::new(&format!("(?i){term}")).expect("a term is a pattern");
            any.replace_all(&text, format!("[[{term}]]")).into_owned()
        });
        Note::parse("n.md", format!("---\ntags: [{}]\n---\n{body}", terms.join(", ")))
    }

    #[test]
    fn a_loop_that_took_any_capitals_is_proven_by_what_it_wrote() {
        let note = linked_in_any_case(
            "The influence of art on war, prison and the party in 1956; a war, an art, a prison, 1956, 1956, flu.\n",
        );
        let evidence = Evidence::of(&note, &Survey::default());
        let replay = evidence.replay.as_ref().expect("the loop made this note");
        assert_eq!((replay.tells_case, replay.recased.as_deref()), (false, Some("inFLUence")));
        assert!(evidence.reasons().iter().any(|reason| reason.ends_with("nobody writes `inFLUence`")));
        assert_eq!(evidence.capitals(), Capitals::Lost);
        let mut told = Survey::default();
        told.capitals = Capitals::Kept;
        assert_eq!(evidence.capitals_in(&told), Capitals::Lost, "another linker has been at work elsewhere");
        assert_eq!(Evidence::default().capitals_in(&told), Capitals::Kept);
    }
}
