//! How the words of a tag are put together.

use schemars::JsonSchema;
use serde::Deserialize;

/// How each segment of a tag is to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
pub enum Case {
    /// `cold-war`
    #[serde(rename = "kebab")]
    Kebab,
    /// No capitals; the words are parted as they are.
    #[serde(rename = "lower")]
    Lower,
    /// `cold_war`
    #[serde(rename = "snake")]
    Snake,
    /// `coldWar`
    #[serde(rename = "camel")]
    Camel,
    /// `ColdWar`
    Pascal,
    /// `Cold-War`
    #[serde(rename = "Title-Kebab")]
    TitleKebab,
    /// As the first note writes it.
    #[serde(rename = "first-seen")]
    FirstSeen,
}

impl Case {
    /// Its name in a taxonomy.
    pub fn name(self) -> &'static str {
        match self {
            Case::Kebab => "kebab",
            Case::Lower => "lower",
            Case::Snake => "snake",
            Case::Camel => "camel",
            Case::Pascal => "Pascal",
            Case::TitleKebab => "Title-Kebab",
            Case::FirstSeen => "first-seen",
        }
    }

    /// What it puts between words, where it says so; `Some(None)`: nothing.
    pub(super) fn separator(self) -> Option<Option<char>> {
        match self {
            Case::Kebab | Case::TitleKebab => Some(Some('-')),
            Case::Snake => Some(Some('_')),
            Case::Camel | Case::Pascal => Some(None),
            Case::Lower | Case::FirstSeen => None,
        }
    }

    /// Whether a segment is written so. Letters without case are of every case.
    pub(super) fn fits(self, segment: &str) -> bool {
        let capital = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
        let small = |word: &str| word.chars().next().is_some_and(char::is_lowercase);
        let parted = |separators: &[char]| segment.contains(separators) || segment.contains(char::is_whitespace);
        match self {
            Case::Kebab => !segment.contains(char::is_uppercase) && !parted(&['_']),
            Case::Snake => !segment.contains(char::is_uppercase) && !parted(&['-']),
            Case::Lower => !segment.contains(char::is_uppercase),
            Case::Camel => !capital(segment) && !parted(&['-', '_']),
            Case::Pascal => !small(segment) && !parted(&['-', '_']),
            Case::TitleKebab => !segment.split('-').any(small) && !parted(&['_']),
            Case::FirstSeen => true,
        }
    }

    /// The segment written so; as it is where it is so already.
    pub(super) fn write(self, segment: &str) -> String {
        if self.fits(segment) {
            return segment.to_owned();
        }
        let words = words(segment);
        let small = |word: &&str| word.to_lowercase();
        match self {
            Case::Kebab => words.iter().map(small).collect::<Vec<_>>().join("-"),
            Case::Snake => words.iter().map(small).collect::<Vec<_>>().join("_"),
            Case::TitleKebab => words.iter().map(|word| capital(word)).collect::<Vec<_>>().join("-"),
            Case::Pascal => words.iter().map(|word| capital(word)).collect(),
            Case::Camel => words.iter().take(1).map(small).chain(words.iter().skip(1).map(|w| capital(w))).collect(),
            Case::Lower => segment.to_lowercase(),
            Case::FirstSeen => segment.to_owned(),
        }
    }
}

/// The words of a segment: parted by hyphens, underscores, blanks, and by a capital after a small letter.
fn words(segment: &str) -> Vec<&str> {
    let mut words = Vec::new();
    for piece in segment.split(|c: char| matches!(c, '-' | '_') || c.is_whitespace()) {
        let mut start = 0;
        let mut before = None;
        for (at, c) in piece.char_indices() {
            if before.is_some_and(char::is_lowercase) && c.is_uppercase() {
                words.push(&piece[start..at]);
                start = at;
            }
            before = Some(c);
        }
        words.push(&piece[start..]);
    }
    words.retain(|word| !word.is_empty());
    words
}

/// The word with a capital; a word of capitals is an acronym and stays.
fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ALL: [Case; 6] = [Case::Kebab, Case::Lower, Case::Snake, Case::Camel, Case::Pascal, Case::TitleKebab];

    #[test]
    fn each_case_writes_words_its_way() {
        let written = |segment: &str| ALL.map(|case| case.write(segment));
        assert_eq!(written("Cold_war"), ["cold-war", "cold_war", "cold_war", "coldWar", "ColdWar", "Cold-War"]);
        assert_eq!(written("coldWar"), ["cold-war", "coldwar", "cold_war", "coldWar", "ColdWar", "Cold-War"]);
        assert_eq!(written("COVID-19"), ["covid-19", "covid-19", "covid_19", "covid19", "COVID19", "COVID-19"]);
        assert_eq!(written("日本"), ["日本"; 6]);
        assert_eq!(written("Élan vital")[0], "élan-vital");
    }

    proptest! {
        #[test]
        fn what_is_written_in_a_case_stays(segment in "[a-zA-Z0-9_\\-éÉß日İ😀]{1,8}") {
            for case in ALL {
                let once = case.write(&segment);
                prop_assert_eq!(case.write(&once), once.clone(), "{:?}", case);
            }
        }
    }
}
