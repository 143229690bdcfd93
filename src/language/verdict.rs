//! The verdict on one link: what the letters that touch it say about it.

use serde::Serialize;

use super::action::Repair;
use super::affix::is_inflection;
use super::lang::{Family, Language};
use super::lexicon::Lexicon;
use super::parts::{Parts, fold, is_naturally_cased};
use super::script::{self, Row};
use super::touch::Touch;
use super::{english, foreign};

/// What is known outside the three parts themselves.
#[derive(Clone, Copy)]
pub struct Facts<'a> {
    /// The note's language, else the vault's.
    pub language: Language,
    /// Whether [`Parts::joined`] is itself a note's name, an alias, or a tag of this note.
    pub whole: bool,
    /// What the vault and the user's dictionaries know of a word, which comes folded by [`fold`].
    pub word: &'a dyn Fn(&str) -> Known,
}

/// Endings have no more letters in languages that are not known better.
pub(super) const ENDING: usize = 3;

/// How a word is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Known {
    /// How often it stands in the vault without a link in it, up to [`Known::MOST`].
    pub written: u32,
    /// Whether a dictionary of the user has it.
    pub dictionary: bool,
}

impl Known {
    /// A word that stands so often is known: whether it is written still more often settles nothing.
    pub const MOST: u32 = 10;

    pub fn anywhere(self) -> bool {
        self.dictionary || self.written > 0
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Nothing touches the link that belongs to one word with it.
    Boundary,
    /// Letters touch it as the script or the language has it.
    Fine,
    /// The word with its letters is known itself: a note's name, an alias, a tag.
    Whole,
    /// The link is a chance find in another word: `in[[flu]]ence`.
    Accident,
    /// The word has grown from the link's: `im[[prison]]ment`.
    Derived,
    /// The word is a form of the link's: `[[jail]]s`.
    Inflected,
    /// The word is made of the link's and another: `[[rail]]way`.
    Compound,
    /// Two words, and no blank between them: `see[[Notes]]`.
    LostSpace,
    /// The link is a piece of a number.
    Number,
    /// Nothing tells; an info at most.
    Unknown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    Low,
    Middle,
    High,
}

/// Where letters touch the link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sides {
    Neither,
    Before,
    After,
    Both,
}

impl Sides {
    pub fn before(self) -> bool {
        matches!(self, Sides::Before | Sides::Both)
    }
}

/// The verdict on a link, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    pub verdict: Verdict,
    pub confidence: Confidence,
    pub sides: Sides,
    /// Whether the joined word is in the lexicon, a dictionary, or unlinked elsewhere in the vault.
    pub attested: bool,
    /// Whether the joined word has its capitals where no one writes them (`in[[FLU]]ence`): the linker
    /// has lost the text, and taking the link out would write a wrong word.
    pub miscased: bool,
    /// What to offer; `None` where there is nothing to do.
    pub offer: Option<Repair>,
    /// The facts it rests on, in lower case, without a full stop.
    pub reasons: Vec<String>,
}

impl Judgement {
    pub(super) fn new(verdict: Verdict, confidence: Confidence, reason: impl Into<String>) -> Judgement {
        let offer = match verdict {
            Verdict::Boundary | Verdict::Fine | Verdict::Unknown => None,
            Verdict::Whole => Some(Repair::Whole),
            Verdict::Accident | Verdict::Number => Some(Repair::Unlink),
            Verdict::Derived | Verdict::Inflected | Verdict::Compound => Some(Repair::Alias),
            Verdict::LostSpace => Some(Repair::Space),
        };
        Judgement {
            verdict,
            confidence,
            sides: Sides::Neither,
            attested: false,
            miscased: false,
            offer,
            reasons: vec![reason.into()],
        }
    }

    pub(super) fn offering(self, repair: Repair) -> Judgement {
        Judgement { offer: Some(repair), ..self }
    }

    pub(super) fn because(mut self, reason: impl Into<String>) -> Judgement {
        self.reasons.push(reason.into());
        self
    }

    /// The same where a linker may have changed the capitals of the word.
    pub fn recased(self) -> Judgement {
        let miscased = self.miscased || is_one_word(&self);
        Judgement { miscased, ..self }
    }

    pub(super) fn at_most(self, confidence: Confidence) -> Judgement {
        Judgement { confidence: self.confidence.min(confidence), ..self }
    }
}

/// The letters of one word around a link's word, folded. Not all of them are empty.
pub(super) struct Word<'a> {
    pub(super) before: &'a str,
    pub(super) link: &'a str,
    pub(super) after: &'a str,
    /// All three joined.
    pub(super) whole: String,
    /// Whether the link begins with a capital.
    pub(super) capital: bool,
    /// Whether the link is in capitals, and what touches it last or first is too.
    pub(super) acronym: bool,
}

/// Judges a link by what touches it.
pub fn judge(parts: &Parts<'_>, facts: &Facts<'_>) -> Judgement {
    let (head, tail) = (parts.head(), parts.tail());
    let before = Touch::before(head, parts.link);
    let after = Touch::after(tail, parts.link, facts.language);
    let sides = match (&before, &after) {
        (Touch::Nothing, Touch::Nothing) => Sides::Neither,
        (_, Touch::Nothing) => Sides::Before,
        (Touch::Nothing, _) => Sides::After,
        _ => Sides::Both,
    };
    let judgement = match (before, after) {
        (Touch::Nothing, Touch::Nothing) if parts.is_possessive() => {
            Judgement::new(Verdict::Inflected, Confidence::High, "an apostrophe and `s` end the word")
        }
        (Touch::Digits, Touch::Digits) => {
            Judgement::new(Verdict::Number, Confidence::High, "there are digits on both sides of a number")
        }
        (Touch::Letters, Touch::Letters) => words(parts, head, tail, facts),
        (Touch::Letters, _) => Judgement { sides: Sides::Before, ..words(parts, head, "", facts) },
        (_, Touch::Letters) => Judgement { sides: Sides::After, ..words(parts, "", tail, facts) },
        // One side that its script has settled does not make the other one safer.
        (before, after) => Touch::settled(before, after, parts.link),
    };
    let sides = if judgement.sides == Sides::Neither { sides } else { judgement.sides };
    let one_word = is_one_word(&judgement);
    let known = judgement.verdict == Verdict::Whole;
    let unnatural = parts.is_miscased() || one_word && judgement.attested && !is_naturally_cased(&parts.joined());
    let judgement = Judgement { sides, miscased: (one_word || known) && unnatural, ..judgement };
    if judgement.miscased {
        let reason = format!("`{}` has its capitals in unusual places", parts.joined());
        return judgement.because(reason);
    }
    judgement
}

/// Whether the link and the letters around it are one word. A capital after `see` speaks for two words, not for lost
/// letters; one in the middle may be a name's in code.
fn is_one_word(judgement: &Judgement) -> bool {
    match judgement.verdict {
        Verdict::Accident | Verdict::Derived | Verdict::Compound | Verdict::Unknown => true,
        Verdict::LostSpace => judgement.offer == Some(Repair::Unlink),
        _ => false,
    }
}

/// The verdict by words, with letters of the link's own script on a side or on both.
fn words(parts: &Parts<'_>, head: &str, tail: &str, facts: &Facts<'_>) -> Judgement {
    if facts.whole {
        let reason = format!("`{}` is a note, an alias or a tag itself", parts.joined());
        return Judgement { attested: true, ..Judgement::new(Verdict::Whole, Confidence::High, reason) };
    }
    let (first, last) = parts.edges();
    let one_word = first.len() == last.len() && std::ptr::eq(first, last);
    if one_word || tail.is_empty() {
        return word(head, first, tail, facts);
    }
    if head.is_empty() {
        return word("", last, tail, facts);
    }
    both(word(head, first, "", facts), word("", last, tail, facts))
}

/// The verdict on a link of several words: it holds only if it holds at both edges.
fn both(before: Judgement, after: Judgement) -> Judgement {
    let attested = before.attested && after.attested;
    if after.verdict == Verdict::Inflected {
        return Judgement { attested, ..before };
    }
    let agree = before.verdict == after.verdict;
    let joined = Judgement { attested, ..before.at_most(after.confidence) };
    let joined = after.reasons.into_iter().fold(joined, Judgement::because);
    if agree {
        return joined;
    }
    Judgement { verdict: Verdict::Unknown, confidence: Confidence::Low, offer: Some(Repair::Unlink), ..joined }
}

/// Whether the letters after a link, and none before it, are the `s` of its plural: that is an
/// inflection in any language, whatever else is known of the word.
pub fn is_plural(parts: &Parts<'_>) -> bool {
    matches!(parts.tail(), "s" | "es") && is_naturally_cased(&parts.joined()) && is_inflected(parts)
}

/// Whether the letters after a link, and none before it, are an English inflection of it.
fn is_inflected(parts: &Parts<'_>) -> bool {
    parts.head().is_empty() && is_inflection(&fold(parts.edges().1), &fold(parts.tail()))
}

/// Whether letters touch a link on both sides as they do in nobody's writing: those behind it are no ending, as in
/// `Rat[[haus]]es`, and it is not so short that it may be a drill, as in `unan[[im]]ous`.
pub fn is_amid(parts: &Parts<'_>, language: Language) -> bool {
    let cased = |c: Option<char>| c.is_some_and(|c| c.is_alphabetic() && script::row(c) == Row::Cased);
    let tiny = parts.link.chars().nth(2).is_none();
    let both = cased(parts.head().chars().next_back()) && cased(parts.tail().chars().next());
    both && !tiny && !may_be_ending(parts, language)
}

/// Whether the letters behind a link may be an ending of its word.
pub fn may_be_ending(parts: &Parts<'_>, language: Language) -> bool {
    let tail = parts.tail();
    let short = tail.chars().count() <= ENDING;
    match language.family() {
        Family::Agglutinative => true,
        _ if language.may_be_english() && tail.chars().all(script::is_latin) => {
            // In a note of which the language is not known, what is no English word may be one of another.
            let foreign = || language == Language::UNKNOWN && !Lexicon::english().word(&parts.joined());
            is_inflection(&fold(parts.edges().1), &fold(tail)) || short && foreign()
        }
        _ => short,
    }
}

fn word(before: &str, link: &str, after: &str, facts: &Facts<'_>) -> Judgement {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<Vec<_>>();
    let shouted = |text: &str| letters(text).into_iter().all(char::is_uppercase);
    let acronym = letters(link).len() > 1
        && shouted(link)
        && if after.is_empty() { letters(before).len() > 1 && shouted(before) } else { shouted(after) };
    let capital = link.chars().next().is_some_and(char::is_uppercase);
    let (before, link, after) = (fold(before), fold(link), fold(after));
    let whole = [before.as_str(), &link, &after].concat();
    let word = Word { before: &before, link: &link, after: &after, whole, capital, acronym };
    let english = is_read_as_english(word.link, facts.language);
    let judgement = if english { english::judge(&word, facts) } else { foreign::judge(&word, facts) };
    // `comb[[at]]`, `x[[i]]`: a link of one or two letters is a drill or code as often as damage.
    let tiny = judgement.verdict == Verdict::Accident && word.link.chars().nth(2).is_none();
    if tiny {
        judgement.at_most(Confidence::Middle).because(format!("`{}` is very short", word.link))
    } else {
        judgement
    }
}

fn is_read_as_english(link: &str, language: Language) -> bool {
    language.may_be_english() && link.chars().all(|c| !c.is_alphabetic() || script::is_latin(c))
}

/// The words, folded, that are asked for besides those that the parts make, where no lexicon may know them: what the
/// letters before the link can be by themselves. The vault may have a language where the note shows none.
pub fn words_before(parts: &Parts<'_>, language: Language) -> Vec<String> {
    let head = fold(parts.head());
    let listed = language == Language::ENGLISH && is_read_as_english(parts.edges().0, language);
    if listed { Vec::new() } else { foreign::halves(&head).map(str::to_owned).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(before: &str, link: &str, after: &str) -> Judgement {
        let facts = Facts { language: Language::ENGLISH, whole: false, word: &|_| Known::default() };
        judge(&Parts { before, link, after }, &facts)
    }

    #[test]
    fn a_known_whole_word_comes_before_the_lexicon() {
        let facts = Facts { language: Language::ENGLISH, whole: true, word: &|_| Known::default() };
        let judgement = judge(&Parts { before: "", link: "Israel", after: "i" }, &facts);
        assert_eq!(judgement.verdict, Verdict::Whole);
        assert_eq!(judgement.reasons, ["`Israeli` is a note, an alias or a tag itself"]);
    }

    #[test]
    fn a_side_that_is_settled_leaves_the_other_one_to_be_judged() {
        let judgement = judged("p", "reparations", "'s");
        assert_eq!((judgement.verdict, judgement.sides), (Verdict::Accident, Sides::Before));
        assert!(judgement.reasons.contains(&"`p` is no prefix".to_owned()), "{judgement:?}");
    }

    #[test]
    fn the_vault_can_attest_what_the_lexicon_does_not_know() {
        let facts = |known| move |_: &str| known;
        let parts = Parts { before: "gr", link: "art", after: "zky" };
        let judge = |known| {
            let word = facts(known);
            judge(&parts, &Facts { language: Language::ENGLISH, whole: false, word: &word })
        };
        assert_eq!(judge(Known::default()).verdict, Verdict::Unknown);
        let written = judge(Known { written: 2, dictionary: false });
        assert_eq!((written.verdict, written.confidence), (Verdict::Accident, Confidence::Middle));
        let listed = judge(Known { written: 0, dictionary: true });
        assert_eq!((listed.confidence, listed.attested), (Confidence::High, true));
    }
}
