//! The verdict on a part of an English word, by the lexicon.

use super::action::Repair;
use super::affix::{Affixes, is_inflection};
use super::lang::Language;
use super::lexicon::{Lexicon, Strength};
use super::verdict::{Confidence, Facts, Judgement, Known, Sides, Verdict, Word};

/// Judges a word that is cut in three; the pieces are folded.
pub(super) fn judge(word: &Word<'_>, facts: &Facts<'_>) -> Judgement {
    let lexicon = Lexicon::english();
    let known = (facts.word)(&word.whole);
    let listed = lexicon.word(&word.whole);
    let judgement = if word.before.is_empty() && is_inflection(word.link, word.after) {
        inflection(word, lexicon)
    } else if listed {
        listed_word(word, lexicon)
    } else if known.anywhere() {
        unlisted_word(word, known.written, known.dictionary)
    } else {
        no_word(word, lexicon)
    };
    let judgement = if known.written > 0 {
        let reason = format!("`{}` is written without a link {} in the vault", word.whole, times(known.written));
        judgement.because(reason)
    } else {
        judgement
    };
    // Where the language is not known, an English reading must not decide about an ending.
    let judgement = if facts.language == Language::UNKNOWN && word.before.is_empty() {
        judgement.at_most(Confidence::Middle)
    } else {
        judgement
    };
    Judgement { attested: listed || known.anywhere(), ..judgement }
}

fn inflection(word: &Word<'_>, lexicon: &Lexicon) -> Judgement {
    let Word { link, after, .. } = *word;
    // Names end as they like: `[[France]]s` may be another name.
    let name = word.capital && !lexicon.common(link);
    let sure = !name && (lexicon.word(&word.whole) || lexicon.word(link));
    let confidence = if sure { Confidence::High } else { Confidence::Middle };
    Judgement::new(Verdict::Inflected, confidence, format!("`{}` is `{link}` with the ending `{after}`", word.whole))
}

/// The joined word is in the lexicon, which also knows what it may be made from.
fn listed_word(word: &Word<'_>, lexicon: &Lexicon) -> Judgement {
    let Word { before, link, after, ref whole, .. } = *word;
    if let Some(strength) = lexicon.derivation(before, link, after) {
        return Judgement::new(Verdict::Derived, strength.into(), format!("`{whole}` is derived from `{link}`"));
    }
    if let Some(strength) = lexicon.compound(before, link, after) {
        return match (strength == Strength::Middle).then(|| doubt(word, lexicon)).flatten() {
            Some(doubt) => {
                Judgement::new(Verdict::Accident, Confidence::Middle, format!("`{whole}` is a word")).because(doubt)
            }
            None => {
                let compound = Judgement::new(
                    Verdict::Compound,
                    strength.into(),
                    format!("`{whole}` is a compound with `{link}`"),
                );
                if before.is_empty() && word.capital && !lexicon.common(whole) {
                    // `[[War]]wick`
                    compound.at_most(Confidence::Low).because("with a capital it may be a name, which holds any word")
                } else {
                    compound
                }
            }
        };
    }
    let fits = Affixes::english().fits(before, link, after);
    let (short, common) = (link.chars().count() <= 3, lexicon.common(whole));
    let confidence = if fits && !short && !common {
        Confidence::Low
    } else if before.is_empty() && is_long(after) && lexicon.word(after) && !common {
        // `[[sand]]piper`: two words of some length may be a compound that the lexicon does not explain.
        Confidence::Middle
    } else {
        Confidence::High
    };
    let judgement = Judgement::new(Verdict::Accident, confidence, format!("`{whole}` is a word"))
        .because(format!("it is not made from `{link}`"));
    match (fits, short) {
        (true, true) => judgement.because(format!("`{link}` is short")),
        (true, false) if common => judgement.because(format!("`{whole}` is a common word")),
        _ => strange(word, judgement),
    }
}

/// The joined word is only in the vault or in a dictionary.
fn unlisted_word(word: &Word<'_>, written: u32, dictionary: bool) -> Judgement {
    let Word { before, link, after, ref whole, .. } = *word;
    if word.acronym {
        let confidence = if written >= 2 || dictionary { Confidence::High } else { Confidence::Middle };
        return acronym(word, confidence);
    }
    let affixes = Affixes::english();
    let pieces = [before, after].into_iter().filter(|piece| !piece.is_empty());
    if pieces.clone().any(|piece| is_long(piece) && Lexicon::english().word(piece)) && is_long(link) {
        let reason = format!("`{whole}` may be a compound that the lexicon does not know");
        return Judgement::new(Verdict::Compound, Confidence::Low, reason);
    }
    if !affixes.prefix(before) && (written >= 2 || dictionary) {
        let confidence = if dictionary { Confidence::High } else { Confidence::Middle };
        let reason = format!("`{whole}` is a word here");
        return strange(word, Judgement::new(Verdict::Accident, confidence, reason));
    }
    unknown(word)
}

/// The joined word is nowhere.
fn no_word(word: &Word<'_>, lexicon: &Lexicon) -> Judgement {
    let Word { before, link, after, ref whole, .. } = *word;
    if word.acronym {
        return acronym(word, Confidence::Middle);
    }
    let stands = |piece: &str| lexicon.common(piece) || is_long(piece) && lexicon.word(piece);
    let affixes = Affixes::english();
    // `in[[Budapest]]` has lost a blank; `in[[finite]]` is more likely a word that is not listed.
    let grown = affixes.fits(before, link, after) && !(word.capital && lexicon.common(before));
    let ends = |piece: &str| piece.is_empty() || stands(piece);
    let apart = ends(before) && (ends(after) || affixes.fits("", link, after));
    if apart && !grown {
        let piece = if before.is_empty() { after } else { before };
        let lost = Judgement::new(Verdict::LostSpace, Confidence::Middle, format!("`{piece}` is a word by itself"))
            .because(format!("`{whole}` is not"));
        return if before.is_empty() || after.is_empty() {
            lost
        } else if is_inflection(link, after) {
            // `ten[[year]]s`: one blank is lost, and the plural is a habit.
            Judgement { sides: Sides::Before, ..lost }
        } else {
            // Nobody loses a blank on each side of one word.
            lost.offering(Repair::Unlink)
        };
    }
    if affixes.prefix(before) && before.len() >= 3 && link.len() >= 5 && grown && lexicon.word(link) {
        // No list has every word with `non` or `post`; a long one does not hold another by chance.
        let reason = format!("`{before}` is a prefix, and `{link}` a word");
        return Judgement::new(Verdict::Derived, Confidence::Middle, reason);
    }
    unknown(word)
}

/// Capitals that run on over the link's border: `[[ISS]]N`. No ending is written so.
fn acronym(word: &Word<'_>, confidence: Confidence) -> Judgement {
    let reason = format!("`{}` is written in capitals on both sides of the border", word.whole);
    Judgement::new(Verdict::Accident, confidence, reason)
}

/// Nothing tells; what is offered depends on whether the letters could have grown on the link.
fn unknown(word: &Word<'_>) -> Judgement {
    let Word { before, link, after, ref whole, .. } = *word;
    let judgement = Judgement::new(
        Verdict::Unknown,
        Confidence::Low,
        format!("nothing tells whether `{whole}` has to do with `{link}`"),
    );
    if Affixes::english().fits(before, link, after) {
        judgement.offering(Repair::Alias).because("the letters could be affixes")
    } else {
        strange(word, judgement.offering(Repair::Unlink))
    }
}

/// Names the letters that are no affixes.
fn strange(word: &Word<'_>, judgement: Judgement) -> Judgement {
    let Word { before, link, after, .. } = *word;
    let affixes = Affixes::english();
    if !affixes.prefix(before) {
        judgement.because(format!("`{before}` is no prefix"))
    } else if !affixes.fits("", link, after) {
        judgement.because(format!("`{after}` is no suffix"))
    } else {
        judgement
    }
}

/// Why a compound that is one only by its letters may be none.
fn doubt(word: &Word<'_>, lexicon: &Lexicon) -> Option<String> {
    let Word { before, link, after, ref whole, .. } = *word;
    if let Some(stem) = rival(word, lexicon) {
        return Some(format!("`{whole}` comes from `{stem}`, not from `{link}`"));
    }
    if before.is_empty() && !lexicon.word(after) {
        return Some(format!("`{after}` is no word"));
    }
    // And words of three begin others by chance: `[[per]]mission`, `[[for]]tune`.
    if before.is_empty() && !is_long(link) {
        return Some(format!("`{link}` is short"));
    }
    // Almost any three letters are a rare word: `cur`, `imp`, `sup`.
    let rare = !before.is_empty() && !is_long(before) && !lexicon.common(before);
    (rare && !Affixes::english().prefix(before)).then(|| format!("`{before}` is a rare word, and short"))
}

/// A word inside the whole that cuts across the link, so that the whole is made from it and not from
/// the link: `paint` in `[[pain]]ting`, `relation` in `relation[[ship]]`.
fn rival(word: &Word<'_>, lexicon: &Lexicon) -> Option<String> {
    let Word { before, link, ref whole, .. } = *word;
    let (start, end) = (before.len(), before.len() + link.len());
    let ends = || (3..=whole.len()).filter(|&at| whole.is_char_boundary(at));
    let begins = |&from: &usize| whole.is_char_boundary(from) && (from == 0 || lexicon.derives_behind(&whole[..from]));
    let starts = (0..whole.len().saturating_sub(2)).filter(begins);
    for (from, to) in starts.flat_map(|from| ends().map(move |to| (from, to))) {
        if to < from + 3 || (from, to) == (start, end) || to - from == whole.len() {
            continue;
        }
        let (head, stem, tail) = (&whole[..from], &whole[from..to], &whole[to..]);
        let strength = lexicon.derivation(head, stem, tail);
        let made = strength == Some(Strength::High)
            || strength.is_some() && (from, to) == (0, start)
            || head.is_empty() && lexicon.word(stem) && is_inflection(stem, tail);
        if made && !explained(word, from, to, lexicon) {
            return Some(stem.to_owned());
        }
    }
    None
}

/// Whether the piece of the word from `from` to `to` is itself made from the link.
fn explained(word: &Word<'_>, from: usize, to: usize, lexicon: &Lexicon) -> bool {
    let (start, end) = (word.before.len(), word.before.len() + word.link.len());
    if to <= start || from >= end {
        return false;
    }
    // The piece may end where the link's own inflection begins: `back` `ground` of `back[[grounds]]`.
    let shorter = to < end && from <= start && is_inflection(&word.whole[start..to], &word.whole[to..end]);
    let end = if shorter { to } else { end };
    if from > start || to < end {
        return false;
    }
    let (head, part, tail) = (&word.whole[from..start], &word.whole[start..end], &word.whole[end..to]);
    lexicon.derivation(head, part, tail).is_some()
        || lexicon.compound(head, part, tail).is_some()
        || head.is_empty() && is_inflection(part, tail)
}

fn is_long(piece: &str) -> bool {
    piece.chars().nth(3).is_some()
}

fn times(count: u32) -> String {
    match count {
        1 => "once".to_owned(),
        Known::MOST => format!("{count} times or more"),
        _ => format!("{count} times"),
    }
}

impl From<Strength> for Confidence {
    fn from(strength: Strength) -> Confidence {
        match strength {
            Strength::High => Confidence::High,
            Strength::Middle => Confidence::Middle,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(before: &str, link: &str, after: &str) -> Judgement {
        let whole = [before, link, after].concat();
        let word = Word { before, link, after, whole, capital: false, acronym: false };
        judge(&word, &Facts { language: Language::ENGLISH, whole: false, word: &|_| Known::default() })
    }

    #[test]
    fn a_word_across_the_border_takes_the_compound_away() {
        assert_eq!(
            judged("see", "king", "").reasons,
            ["`seeking` is a word", "`seeking` comes from `seek`, not from `king`"]
        );
        assert_eq!(judged("impress", "ion", "").verdict, Verdict::Accident);
        assert_eq!(judged("back", "grounds", "").verdict, Verdict::Compound);
        assert_eq!(judged("air", "strike", "s").verdict, Verdict::Compound);
    }

    #[test]
    fn a_word_that_could_have_grown_is_doubted() {
        let sure = |before, link, after| judged(before, link, after).confidence;
        assert_eq!(sure("in", "flu", "ence"), Confidence::High);
        assert_eq!(sure("con", "testing", ""), Confidence::Low);
        assert_eq!(sure("", "sand", "piper"), Confidence::Middle);
    }

    #[test]
    fn a_name_may_hold_any_word() {
        let word =
            Word { before: "", link: "war", after: "wick", whole: "warwick".to_owned(), capital: true, acronym: false };
        let facts = Facts { language: Language::ENGLISH, whole: false, word: &|_| Known::default() };
        assert_eq!(judge(&word, &facts).confidence, Confidence::Low);
        assert_eq!(judge(&Word { capital: false, ..word }, &facts).confidence, Confidence::High);
    }

    #[test]
    fn an_unknown_word_is_offered_what_its_letters_suggest() {
        assert_eq!(judged("", "orthogonal", "ization").offer, Some(Repair::Alias));
        assert_eq!(judged("u", "top", "ic").offer, Some(Repair::Unlink));
        assert_eq!(judged("see", "notes", "").offer, Some(Repair::Space));
    }
}
