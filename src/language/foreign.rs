//! The verdict where no lexicon helps: what stands before the link is decided by what is written and
//! by the language's prefixes; an ending is kept, or made an alias.

use super::action::Repair;
use super::affix::{is_vowel, prefix_in};
use super::lang::{Family, Language};
use super::script::is_latin;
use super::verdict::{Confidence, ENDING, Facts, Judgement, Known, Verdict, Word};
use unicode_normalization::UnicodeNormalization;

pub(super) fn judge(word: &Word<'_>, facts: &Facts<'_>) -> Judgement {
    let known = (facts.word)(&word.whole);
    let judgement = if word.before.is_empty() { ending(word, facts.language) } else { beginning(word, known, facts) };
    let judgement = match known {
        Known { dictionary: true, .. } => judgement.because(format!("`{}` is in a dictionary", word.whole)),
        Known { written: 0, .. } => judgement.because(format!("`{}` is written nowhere in the vault", word.whole)),
        Known { .. } => judgement.because(format!("`{}` is written without a link in the vault", word.whole)),
    };
    Judgement { attested: known.anywhere(), ..judgement }
}

/// Letters after the link only: never a reason to take it out.
fn ending(word: &Word<'_>, language: Language) -> Judgement {
    let Word { link, after, .. } = *word;
    let short = after.chars().count() <= ENDING;
    match language.family() {
        Family::Cases | Family::Compounding if short => {
            Judgement::new(Verdict::Inflected, Confidence::Middle, format!("`{after}` can be an ending"))
        }
        Family::Compounding => {
            let reason = format!("`{link}` and `{after}` can be a compound");
            Judgement::new(Verdict::Compound, Confidence::Low, reason)
        }
        _ if matches!(after, "s" | "es") => {
            Judgement::new(Verdict::Inflected, Confidence::Middle, format!("`{after}` can be an ending"))
        }
        _ => Judgement::new(Verdict::Unknown, Confidence::Low, format!("`{after}` may be an ending of `{link}`"))
            .offering(Repair::Alias),
    }
}

/// Letters before the link, and perhaps after it.
fn beginning(word: &Word<'_>, known: Known, facts: &Facts<'_>) -> Judgement {
    let Word { before, link, after, ref whole, .. } = *word;
    let family = facts.language.family();
    let alone = halves(before).find(|half| (facts.word)(half).anywhere());
    if !known.anywhere() {
        return if alone == Some(before) && after.is_empty() {
            Judgement::new(Verdict::LostSpace, Confidence::Middle, format!("`{before}` is a word by itself"))
        } else {
            Judgement::new(Verdict::Unknown, Confidence::Low, format!("`{before}` is no word by itself"))
                .offering(Repair::Unlink)
        };
    }
    if let Some(half) = alone {
        return Judgement::new(Verdict::Compound, Confidence::Middle, format!("`{half}` is a word by itself"));
    }
    let prefix = prefix_in(facts.language, before);
    if prefix == Some(true) {
        let reason = format!("`{before}` can be a prefix");
        return Judgement::new(Verdict::Derived, Confidence::Middle, reason);
    }
    let glued = matches!(family, Family::Compounding | Family::Agglutinative);
    // Where prefixes are not listed, two consonants may be one: Albanian `zh`, Irish `bh`.
    let least = if prefix.is_some() || glued { 1 } else { 3 };
    let bare = before.chars().count() >= least && !before.chars().any(|letter| is_voiced(letter, family));
    // Letters with a vowel may be a prefix that no list has, or a word that nobody wrote alone.
    let confidence = if bare { Confidence::High } else { Confidence::Middle };
    let judgement = Judgement::new(Verdict::Accident, confidence, format!("`{whole}` is not made from `{link}`"));
    match (bare, prefix) {
        (true, _) => judgement.because(format!("`{before}` has no vowel")),
        (false, Some(_)) => judgement.because(format!("`{before}` is no prefix")),
        (false, None) => judgement,
    }
}

/// The words that letters before a link may be: the letters themselves, and without one or two that join the
/// halves of compounds, `leben` of `lebens`.
pub(super) fn halves(before: &str) -> impl Iterator<Item = &str> {
    let unjoined = ["s", "n", "e", "en", "er", "es"].iter().filter_map(|joint| before.strip_suffix(joint));
    [before].into_iter().chain(unjoined).filter(|half| is_long(half))
}

fn is_long(text: &str) -> bool {
    text.chars().nth(2).is_some()
}

/// Whether a letter may carry a syllable, marks aside. Only consonants of the Latin, Greek and Cyrillic
/// scripts certainly do not, `r` and `l` only outside the Slavic languages, `w` only outside Welsh.
fn is_voiced(letter: char, family: Family) -> bool {
    let base = letter.nfd().next().unwrap_or(letter);
    let consonant = match base {
        'r' | 'l' | 'р' | 'л' => family != Family::Cases,
        'w' => family != Family::Other,
        _ => base.is_alphabetic() && (is_latin(base) || matches!(base, 'α'..='ω' | 'а'..='џ')),
    };
    !consonant || is_vowel(base) || "yæøœəıαεηιουωаеиоуыэюяієѣ".contains(base)
}
