//! One side of a link: what its script and its form alone decide.

use super::lang::{Family, Language};
use super::parts::fold;
use super::script::{Row, alike, clitics, is_mark, is_wordy, row};
use super::verdict::{Confidence, Judgement, Verdict};

/// What one side of a link is.
pub(super) enum Touch {
    Nothing,
    /// Letters of one word with the link: the words decide.
    Letters,
    /// Digits, with a digit at the link's edge.
    Digits,
    /// Decided by the script, the language or the form alone.
    Settled(Judgement),
}

impl Touch {
    /// Reads the letters before a link.
    pub(super) fn before(run: &str, link: &str) -> Touch {
        let (Some(outer), Some(edge)) = (run.chars().rev().find(|&c| !is_mark(c)), link.chars().find(|&c| !is_mark(c)))
        else {
            return Touch::Nothing;
        };
        let rows = match rows(outer, edge) {
            Ok(rows) => rows,
            Err(touch) => return touch,
        };
        if rows.contains(&Row::Hangul) {
            settle(Verdict::Unknown, Confidence::Low, "in korean little is written onto the front of a word")
        } else if rows.contains(&Row::Clitic) && clitics(run) {
            settle(Verdict::Fine, Confidence::High, format!("`{run}` is written onto words"))
        } else if rows.contains(&Row::Clitic) {
            settle(Verdict::Unknown, Confidence::Low, format!("`{run}` is more than what is written onto words"))
        } else if !alike(outer, edge) {
            settle(Verdict::Fine, Confidence::Middle, format!("`{run}` is of another script than the link"))
        } else {
            Touch::Letters
        }
    }

    /// Reads the letters after a link.
    pub(super) fn after(run: &str, link: &str, language: Language) -> Touch {
        let (Some(outer), Some(edge)) = (run.chars().find(|&c| !is_mark(c)), link.chars().rev().find(|&c| !is_mark(c)))
        else {
            return Touch::Nothing;
        };
        if edge.is_numeric() && matches!(fold(run).as_str(), "s" | "st" | "nd" | "rd" | "th") {
            return settle(Verdict::Inflected, Confidence::High, format!("`{run}` is an ending of numbers"));
        }
        let rows = match rows(outer, edge) {
            Ok(rows) => rows,
            Err(touch) => return touch,
        };
        if rows.contains(&Row::Hangul) {
            settle(Verdict::Fine, Confidence::High, "korean particles follow the word")
        } else if rows.contains(&Row::Clitic) && language.suffixes_arabic() {
            settle(Verdict::Fine, Confidence::High, "the language writes endings onto foreign words")
        } else if rows.contains(&Row::Clitic) {
            settle(Verdict::Unknown, Confidence::Low, format!("`{run}` may be an ending, or part of a word"))
        } else if rows.contains(&Row::Agglutinative) {
            settle(Verdict::Fine, Confidence::High, "the language writes its endings onto the word")
        } else if !alike(outer, edge) {
            settle(Verdict::Fine, Confidence::Middle, format!("`{run}` is of another script than the link"))
        } else if language.family() == Family::Agglutinative {
            settle(Verdict::Inflected, Confidence::High, "the language writes its endings onto the word")
        } else {
            Touch::Letters
        }
    }

    /// The verdict when neither side has letters to look up: what is less usual comes first.
    pub(super) fn settled(before: Touch, after: Touch, link: &str) -> Judgement {
        // `[[2022-06-11]]10:07` is a habit; `[[1839]]7` is not.
        let bare = link.chars().all(char::is_numeric);
        let confidence = if bare { Confidence::Middle } else { Confidence::Low };
        let read = |touch: Touch| match touch {
            Touch::Settled(judgement) => Some(judgement),
            Touch::Digits => Some(Judgement::new(Verdict::Number, confidence, "a digit touches a number on one side")),
            Touch::Nothing | Touch::Letters => None,
        };
        let rank = |judgement: &Judgement| match judgement.verdict {
            Verdict::Number => 3,
            Verdict::Unknown => 2,
            Verdict::Inflected => 1,
            _ => 0,
        };
        let sides = [read(before), read(after)].into_iter().flatten();
        sides.max_by_key(rank).unwrap_or_else(|| {
            Judgement::new(Verdict::Boundary, Confidence::High, "no letter of the same word touches the link")
        })
    }
}

/// The rows of the two characters that meet, or what they are when no script needs to be asked.
fn rows(outer: char, edge: char) -> Result<[Row; 2], Touch> {
    if !is_wordy(edge) {
        return Err(Touch::Nothing);
    }
    let rows = [row(outer), row(edge)];
    match (outer.is_numeric(), edge.is_numeric()) {
        (true, true) => Err(Touch::Digits),
        _ if rows.contains(&Row::Unspaced) => {
            Err(settle(Verdict::Fine, Confidence::High, "the script has no blanks between words"))
        }
        (false, false) => Ok(rows),
        _ => Err(settle(Verdict::Unknown, Confidence::Low, "a digit touches a letter")),
    }
}

fn settle(verdict: Verdict, confidence: Confidence, reason: impl Into<String>) -> Touch {
    Touch::Settled(Judgement::new(verdict, confidence, reason))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(link: &str, run: &str, language: &str) -> Option<Verdict> {
        match Touch::after(run, link, Language::from_tag(language)) {
            Touch::Settled(judgement) => Some(judgement.verdict),
            _ => None,
        }
    }

    #[test]
    fn either_edge_can_be_of_the_script_that_decides() {
        assert_eq!(after("Linux", "を", "ja"), Some(Verdict::Fine));
        assert_eq!(after("漢字", "abc", "en"), Some(Verdict::Fine));
        assert_eq!(after("5", "月", "zh"), Some(Verdict::Fine));
        assert_eq!(after("ไทย", "\u{e37}x", "th"), Some(Verdict::Fine));
    }

    #[test]
    fn arabic_endings_depend_on_the_language() {
        assert_eq!(after("کتاب", "ها", "fa"), Some(Verdict::Fine));
        assert_eq!(after("كتاب", "ها", "ar"), Some(Verdict::Unknown));
    }

    #[test]
    fn letters_of_one_cased_script_are_left_to_the_words() {
        assert!(matches!(Touch::before("in", "flu"), Touch::Letters));
        assert!(matches!(Touch::before("п", "рок"), Touch::Letters));
        assert!(matches!(Touch::before("x", "(flu)"), Touch::Nothing));
    }
}
