//! What may be done about a link without asking.

use super::lang::{Family, Language};
use super::verdict::{Confidence, Judgement, Sides, Verdict};

/// A way to put a link right. All but `Space` keep the text a reader sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Repair {
    /// Take the brackets away.
    Unlink,
    /// Keep the target and show the whole word: `[[Russia|Russian]]`.
    Alias,
    /// Put a blank between the link and what touches it.
    Space,
    /// Link the whole word: `[[Israeli]]`.
    Whole,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    Nothing,
    /// Show it; the user may want it.
    Offer(Repair),
    /// Safe unasked.
    Do(Repair),
}

impl Action {
    /// The same, but not unasked.
    pub fn only_offered(self) -> Action {
        match self {
            Action::Do(repair) => Action::Offer(repair),
            action => action,
        }
    }
}

/// What is known of who made the links of a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Grounds {
    /// The note or its vault shows signs of an auto-linker.
    pub evidence: bool,
    /// The note as a whole shows them: its targets are its tags, or all it links it links everywhere.
    pub of_the_note: bool,
    /// Replay has rebuilt the note, and this link is one the linker made.
    pub proven: bool,
}

/// What may be done about a judged link. A link is never taken out unasked unless the joined word is
/// attested, or a linker is proven to have made it, or it is a piece of a number; and never where the
/// linker has changed capitals, unless replay has rebuilt them.
pub fn action(judgement: &Judgement, grounds: Grounds, language: Language) -> Action {
    use Action::{Do, Nothing, Offer};
    let Judgement { verdict, confidence, sides, attested, offer, .. } = *judgement;
    let evidence = grounds.evidence || grounds.proven;
    let offered = offer.map_or(Nothing, Offer);
    let (some, sure) = (confidence > Confidence::Low, confidence == Confidence::High);
    if grounds.proven {
        // What the linker put in is the linker's, in any language: the author's own text comes back.
        return match verdict {
            Verdict::Boundary | Verdict::Fine | Verdict::Inflected => Nothing,
            Verdict::Derived => Do(Repair::Alias),
            Verdict::Whole => Do(Repair::Whole),
            Verdict::Accident | Verdict::Compound | Verdict::LostSpace | Verdict::Number | Verdict::Unknown => {
                Do(Repair::Unlink)
            }
        };
    }
    let unasked = match verdict {
        Verdict::Boundary | Verdict::Fine | Verdict::Inflected => Nothing,
        Verdict::Whole => Do(Repair::Whole),
        Verdict::Accident if sure && attested && (sides.before() || evidence) => Do(Repair::Unlink),
        // Where no lexicon tells compounds, a note that links nearly all its terms may well link into them.
        Verdict::Accident if attested && sides.before() && grounds.of_the_note && language.may_be_english() => {
            Do(Repair::Unlink)
        }
        Verdict::Number if sure => Do(Repair::Unlink),
        // Digits on one side are a habit too often to be a finding without evidence.
        Verdict::Number if !evidence => Nothing,
        Verdict::Number if confidence == Confidence::Middle => Do(Repair::Unlink),
        Verdict::Derived if sides.before() && sure => Do(Repair::Alias),
        Verdict::Derived if sides.before() && evidence && language.family() == Family::English => Do(Repair::Alias),
        Verdict::Derived if sides == Sides::After && evidence => Do(Repair::Alias),
        Verdict::Derived if sides == Sides::After => Nothing,
        Verdict::Compound if sides.before() && evidence && attested && language.family() == Family::English => {
            Do(Repair::Unlink)
        }
        Verdict::Compound if grounds.of_the_note && some && attested && language.family() == Family::English => {
            Do(Repair::Alias)
        }
        // Clean vaults have hundreds of endings no list knows, and no damage among them.
        Verdict::Unknown if sides == Sides::After && !evidence => Nothing,
        Verdict::Accident | Verdict::Number | Verdict::Derived | Verdict::Compound => offered,
        Verdict::LostSpace | Verdict::Unknown => offered,
    };
    match unasked {
        Do(repair) if judgement.miscased => Offer(repair),
        unasked => unasked,
    }
}
