//! What a script does where words meet: whether it puts blanks between them, and what it writes on.

use unicode_normalization::char::is_combining_mark;
use unicode_script::{Script, ScriptExtension, UnicodeScript};

/// How a letter at the edge of a link is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Row {
    /// Words follow each other without blanks: Chinese, Japanese, Thai.
    Unspaced,
    /// Korean: particles follow the word.
    Hangul,
    /// Hebrew, Arabic, Ethiopic: short words are written onto the next one.
    Clitic,
    /// Indic scripts, Georgian, Armenian: endings follow the word.
    Agglutinative,
    /// Latin, Greek, Cyrillic and every script without a row of its own: the language decides.
    Cased,
}

use Script::*;

const UNSPACED: &[Script] = &[
    Han,
    Hiragana,
    Katakana,
    Bopomofo,
    Yi,
    Thai,
    Lao,
    Khmer,
    Myanmar,
    Tibetan,
    Javanese,
    Balinese,
    Tai_Le,
    New_Tai_Lue,
    Tai_Tham,
    Tai_Viet,
    Sundanese,
    Buginese,
    Batak,
    Lisu,
    Nushu,
    Tangut,
];
const CLITIC: &[Script] = &[Hebrew, Arabic, Syriac, Ethiopic, Thaana, Samaritan, Mandaic];
const AGGLUTINATIVE: &[Script] = &[
    Devanagari,
    Bengali,
    Gurmukhi,
    Gujarati,
    Oriya,
    Tamil,
    Telugu,
    Kannada,
    Malayalam,
    Sinhala,
    Georgian,
    Armenian,
    Mongolian,
    Meetei_Mayek,
    Ol_Chiki,
];

/// Scripts, written by their names in Unicode: `Latin`, `Cyrillic`.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(try_from = "Vec<String>")]
pub struct Scripts(Vec<Script>);

impl Scripts {
    /// Whether a character is of one of them.
    pub fn have(&self, c: char) -> bool {
        let scripts = c.script_extension();
        self.0.iter().any(|&script| scripts.contains_script(script))
    }
}

impl TryFrom<Vec<String>> for Scripts {
    type Error = String;

    fn try_from(names: Vec<String>) -> Result<Self, String> {
        let script = |name: String| Script::from_full_name(&name).ok_or(format!("there is no script `{name}`"));
        names.into_iter().map(script).collect::<Result<_, _>>().map(Scripts)
    }
}

/// The row of a letter. Letters shared by scripts, such as `ー` and the tatweel, go with the scripts
/// that use them.
pub fn row(letter: char) -> Row {
    // Most are asked of ASCII, which is Latin or common to all.
    if letter.is_ascii() {
        return Row::Cased;
    }
    let scripts = letter.script_extension();
    if scripts.is_common() || scripts.is_inherited() {
        return Row::Cased;
    }
    let any = |row: &[Script]| row.iter().any(|&script| scripts.contains_script(script));
    if any(&[Latin, Greek, Cyrillic]) {
        Row::Cased
    } else if any(UNSPACED) {
        Row::Unspaced
    } else if any(&[Hangul]) {
        Row::Hangul
    } else if any(CLITIC) {
        Row::Clitic
    } else if any(AGGLUTINATIVE) {
        Row::Agglutinative
    } else {
        Row::Cased
    }
}

pub(super) fn is_latin(letter: char) -> bool {
    letter.is_ascii_alphabetic() || letter.script_extension().contains_script(Latin)
}

/// Whether two letters can stand in one word: they share a script.
pub(super) fn alike(one: char, other: char) -> bool {
    let shared: ScriptExtension = one.script_extension().intersection(other.script_extension());
    !shared.is_empty()
}

/// Whether every letter is a short word that Hebrew, Arabic and their kin write onto the next one.
pub(super) fn clitics(text: &str) -> bool {
    let letters: Vec<char> = text.chars().filter(|&c| !is_mark(c)).collect();
    letters.len() <= 3
        && letters
            .iter()
            .all(|&letter| "והבכלמש وفبكلاسأ".contains(letter) || !matches!(letter.script(), Hebrew | Arabic))
}

/// Whether a character only adds to the letter before it: a combining mark, a joiner, a variation
/// selector.
pub fn is_mark(c: char) -> bool {
    is_combining_mark(c) || matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}')
}

/// Whether a character is of a word: a letter, a digit, or a mark on one.
pub fn is_wordy(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_alphanumeric(),
        // What most of writing beyond ASCII consists of, which a search in tables would come to as well.
        '\u{c0}'..='\u{d6}'
        | '\u{d8}'..='\u{f6}'
        | '\u{f8}'..='\u{24f}'
        | '\u{391}'..='\u{3a1}'
        | '\u{3a3}'..='\u{3f5}'
        | '\u{400}'..='\u{481}' => true,
        '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' => true,
        '\u{2010}'..='\u{2027}' | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' | '\u{ff01}'..='\u{ff0f}' => false,
        _ => is_wordy_by_table(c),
    }
}

fn is_wordy_by_table(c: char) -> bool {
    (c.is_alphanumeric() && !is_apostrophe(c)) || is_mark(c)
}

/// The apostrophes, that among the letters included.
pub fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '\u{2bc}' | '＇')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shared_letters_go_with_the_scripts_that_use_them() {
        assert_eq!(row('ー'), Row::Unspaced);
        assert_eq!(row('ـ'), Row::Clitic);
        assert!(is_apostrophe('ʼ') && !is_wordy('ʼ'));
    }

    #[test]
    fn no_table_is_needed_to_tell_most_letters() {
        let other = ('\0'..=char::MAX).find(|&c| is_wordy(c) != is_wordy_by_table(c));
        assert_eq!(other, None);
    }

    #[test]
    fn every_script_has_a_row() {
        let rows = [('漢', Row::Unspaced), ('ไ', Row::Unspaced), ('는', Row::Hangul), ('ה', Row::Clitic)];
        let more = [('क', Row::Agglutinative), ('ე', Row::Agglutinative), ('ж', Row::Cased), ('7', Row::Cased)];
        for (letter, expected) in rows.into_iter().chain(more) {
            assert_eq!(row(letter), expected, "{letter}");
        }
    }

    #[test]
    fn letters_of_two_scripts_are_not_alike() {
        assert!(alike('a', 'é') && !alike('a', 'ж'));
    }

    #[test]
    fn clitics_are_few_and_known() {
        assert!(clitics("וה") && clitics("ال") && !clitics("גן") && !clitics("والبا"));
    }
}
