//! Evidence that a program, not a person, has put the links into a note.
//!
//! The form of a link does not tell: `[[revolution]]ary` is damage in one vault and a habit in
//! another. What tells is how the whole note is linked.

mod hard_damage;
mod replay;
mod saturation;
mod signature;

pub use replay::Replay;
pub use saturation::Saturation;
pub use signature::Signature;

use crate::note::Note;

/// What speaks for an auto-linker in one note.
#[derive(Debug, Clone, Default)]
pub struct Evidence {
    /// Its link targets are its own tags.
    pub signature: Option<Signature>,
    /// A loop over its own tags or targets makes it again.
    pub replay: Option<Replay>,
    /// What it links, it links nearly everywhere.
    pub saturation: Option<Saturation>,
    /// Links that no person makes: nested, in URLs, with letters on both sides.
    pub hard_damage: usize,
    /// Certain accidents in the whole vault.
    pub accidents: usize,
}

impl Evidence {
    /// Looks at a note; `accidents` were counted in its vault.
    pub fn of(note: &Note, accidents: usize) -> Evidence {
        let hard_damage = hard_damage::count(note);
        let replay = Replay::of(note, hard_damage);
        let (signature, saturation) = (Signature::of(note), Saturation::of(note));
        Evidence { signature, replay, saturation, hard_damage, accidents }
    }

    /// Whether the note as a whole, not a few of its links, speaks for a linker.
    pub fn is_of_the_note(&self) -> bool {
        self.replay.is_some() || self.signature.is_some() || self.saturation.is_some()
    }

    /// Whether it is enough to change links that would otherwise only be shown.
    pub fn is_enough(&self) -> bool {
        self.is_of_the_note() || self.hard_damage > 0 || self.accidents > 1
    }

    /// Whether a linker is proven to have made this link, by its index in the note. What it shows is
    /// what stood there before, but for its capitals perhaps: see [`Evidence::tells_case`].
    pub fn proves(&self, link: usize) -> bool {
        self.replay.as_ref().is_some_and(|replay| replay.links.contains(&link))
    }

    /// Whether the linker is known to have told capitals from small letters.
    pub fn tells_case(&self) -> bool {
        self.replay.as_ref().is_some_and(|replay| replay.tells_case)
    }

    /// The facts, in lower case.
    pub fn reasons(&self) -> Vec<String> {
        let mut reasons = Vec::new();
        if let Some(replay) = &self.replay {
            let (n, whose) = (replay.terms.len(), if replay.own_tags { "own tags" } else { "link targets" });
            reasons.push(format!("linking its {n} {whose} in the unlinked text makes this note again, byte for byte"));
        }
        if let Some(Signature { own, targets }) = self.signature {
            reasons.push(format!("{own} of the {targets} link targets of this note are its own tags"));
        }
        if let Some(Saturation { linked, mentions, targets }) = self.saturation {
            reasons.push(format!("{linked} of {mentions} mentions of its {targets} commonest targets are linked"));
        }
        if self.hard_damage > 0 {
            let n = self.hard_damage;
            reasons.push(format!("{n} of its links are nested, in URLs or in the middle of words"));
        }
        if self.accidents > 1 {
            reasons.push(format!("{} links of this vault are certain accidents", self.accidents));
        }
        reasons
    }
}
