//! The beginnings and endings words are grown with, and the spelling of English inflections.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::lang::{Family, Language};
use super::lexicon::Lexicon;
use super::parts::{Parts, fold};
use super::script::is_latin;

static ENGLISH: LazyLock<Affixes> = LazyLock::new(|| Affixes::parse(include_str!("lexicon/en-affixes.txt")));

/// Prefixes that grow words in other languages, by the language's subtag. What is missing here is
/// decided with less confidence, never with another language's list.
const PREFIXES: &[(&[&str], &str)] = &[
    (
        &["de"],
        "ab an auf aus be bei da dar durch ein emp ent er fehl fort ge gegen her heraus herum hin hinaus hinter in los \
         miss mit nach neben nieder ob rück über um un unter ur ver vor voran voraus weg weiter wider wieder zer zu \
         zurück zusammen zwischen",
    ),
    (
        &["nl", "af"],
        "aan achter af be bij door er ge her in mee mis na neer om on onder ont op over toe tegen uit ver voor weg",
    ),
    (
        &["sv", "da", "no", "nb", "nn", "is"],
        "af av an be bi bort efter etter er ett for för fore före fra från frem ge gen genom i in ind inn med mis miss mod \
         mot ned ner ny om on op opp over över på sam sær sär til till u under und up upp ur ut ud við vid å",
    ),
    (
        &["fr", "es", "it", "pt", "ca", "gl", "ro"],
        "a ab ac ad al an ap ar arci as at aus avant bem ben bi bien bis co col com con contra contre cor de des dez di dis dé dés e em en \
         entre es ex extra fra hiper hyper im in inter intra iper ir il mal mi mé més méta ne ob oltre para par per por porte pos post pre \
         pro pré ra re res retro ri ré răs s se semi so sob sobre sopra sots sotto sous sub sur sus stră tele télé tra trans tras tres \
         ultra un vice vidéo în îm aéro",
    ),
    (
        &["ru", "uk", "be", "bg", "sr", "mk"],
        "авиа авто агро анти архи аэро без бес био в веб вз видео вице внутри во воз вос вс вне все вы гео гидро гипер гіпер дву двух дез \
         дис до за з зі из ис изо интер із екс к квази кибер кібер кино контр мега меж межи мета макро між между микро мини мікро моно \
         мульти на над надо наи най напів не недо нео ни о об обо от ото па пан пара пере пера пів під по под подо пол поли полу пост \
         пра пре пред при про против противо псевдо раз рас рос роз радио ре с само сверх со спец спів су суб супер съ теле тетра \
         транс три трех трёх у ультра фото хипер через экс электро эпи від паў",
    ),
    (
        &["pl", "cs", "sk", "hr", "bs", "sl", "sr"],
        "anty arcy auto be bez beze de do dvoj eks hiper hyper i iz ie ko kontr kontra makro med medzi mega među mezi między mikro multi \
         na nad naj nej ne neo nie niz o ob od ode po pod pode pol polo polu pół pra pre prě prze przes pře pred przed před pri \
         při przeciw przy pro proti protu protiv raz re roz s se sa sou spo spolu su super sú troj u ultra uz v ve vele vice víc více vše vy \
         vý vz w we wice współ ws wy wz z za ze",
    ),
    (
        &["el"],
        "α αν αντι ανα απο αρχι αυτο αφ δια δι δυσ εκ εξ εν εμ επι επ ευ εφ ημι κατα κατ καθ μετα μετ μακρο μικρο ξε παν παρα παρ περι \
         πολυ προ προς συν συ συγ συμ τηλε υπερ υπο υπ",
    ),
];

/// The beginnings and endings of one language, lower case.
pub(super) struct Affixes {
    prefixes: HashSet<&'static str>,
    atoms: HashSet<&'static str>,
    /// Atoms that may only stand last.
    last: HashSet<&'static str>,
}

impl Affixes {
    pub(super) fn english() -> &'static Affixes {
        &ENGLISH
    }

    /// Whether the letters around a word may have grown on it. All three are lower case.
    pub(super) fn fits(&self, before: &str, word: &str, after: &str) -> bool {
        self.prefix(before) && (after.is_empty() || inflects(word, after) || self.suffix(after, 3))
    }

    /// Whether the text is nothing, a prefix, or two.
    pub(super) fn prefix(&self, text: &str) -> bool {
        let listed = |part: &str| self.prefixes.contains(part);
        text.is_empty() || listed(text) || cuts(text).any(|(first, second)| listed(first) && listed(second))
    }

    /// Whether the text is one to `most` endings in a row.
    fn suffix(&self, text: &str, most: usize) -> bool {
        self.atoms.contains(text)
            || most > 1
                && cuts(text).any(|(first, rest)| {
                    self.atoms.contains(first) && !self.last.contains(first) && self.suffix(rest, most - 1)
                })
    }

    /// The text's lists follow their headings: `# prefixes`, `# suffix atoms…`, `# nonfinal`.
    fn parse(text: &'static str) -> Affixes {
        let mut lists: [HashSet<&str>; 3] = Default::default();
        let mut current = 0;
        for line in text.lines() {
            match line.strip_prefix("# ") {
                Some(heading) if heading.starts_with("prefixes") => current = 0,
                Some(heading) if heading.starts_with("suffix") => current = 1,
                Some(_) => current = 2,
                None => lists[current].extend(line.split_whitespace()),
            }
        }
        let [prefixes, atoms, last] = lists;
        Affixes { prefixes, atoms, last }
    }
}

/// Whether the letters may be a prefix of the language, `None` where none is listed for it in their script.
pub(super) fn prefix_in(language: Language, text: &str) -> Option<bool> {
    if matches!(language.family(), Family::English) {
        return text.chars().all(is_latin).then(|| Affixes::english().prefix(text));
    }
    let mut lists = PREFIXES.iter().filter(|(subtags, _)| subtags.contains(&language.subtag()));
    // Serbian has two scripts, and so two lists.
    let (_, list) = lists.find(|(_, list)| text.starts_with(is_latin) == list.starts_with(is_latin))?;
    let listed = |part: &str| list.split_ascii_whitespace().any(|prefix| prefix == part);
    // Learned words have the same prefixes all over Europe: `inter`, `photo`.
    let learned = text.chars().count() > 2 && Affixes::english().prefix(text);
    Some(listed(text) || learned || cuts(text).any(|(first, second)| listed(first) && listed(second)))
}

/// Whether the link shows an English prefix that its word begins with, or a suffix that it ends with.
pub fn is_affix(parts: &Parts<'_>) -> bool {
    let (affixes, link) = (Affixes::english(), fold(parts.link));
    parts.head().is_empty() && affixes.prefix(&link) || parts.tail().is_empty() && affixes.suffix(&link, 1)
}

/// The same of an affix that is no common word besides, so that hardly anybody has it for a term: `govern[[ment]]`.
pub fn is_mere_affix(parts: &Parts<'_>, language: Language) -> bool {
    language.may_be_english() && !Lexicon::english().common(parts.link) && is_affix(parts)
}

/// Whether the letters before the link, and those behind it, may have grown on its word, whatever the lexicon knows of
/// the whole: `un[[sound]]`. A word of three letters stands in others by chance.
pub fn may_have_grown(parts: &Parts<'_>, language: Language) -> bool {
    let [before, link, after] = [parts.head(), parts.link, parts.tail()].map(fold);
    language.may_be_english()
        && !before.is_empty()
        && link.chars().nth(3).is_some()
        && Affixes::english().fits(&before, &link, &after)
        && Lexicon::english().word(&link)
}

/// Whether English spelling lets the word take the ending as an inflection, whatever is listed.
pub(super) fn inflects(word: &str, ending: &str) -> bool {
    let (Some(last), bytes) = (word.chars().last(), word.as_bytes()) else { return false };
    match ending {
        "s" | "'s" | "s'" | "ing" | "in'" | "ed" => true,
        "es" => matches!(last, 's' | 'x' | 'z' | 'o') || word.ends_with("ch") || word.ends_with("sh"),
        "d" => last == 'e',
        "ked" | "king" if last == 'c' => true,
        _ => {
            let mut letters = ending.chars();
            letters.next() == Some(last)
                && !is_vowel(last)
                && matches!(letters.as_str(), "ed" | "ing")
                && bytes.len() > 1
        }
    }
}

/// Whether the word with the ending is a form of the word: what is listed, else what spelling allows.
pub(super) fn is_inflection(word: &str, ending: &str) -> bool {
    Lexicon::english()
        .inflection(word, ending)
        .unwrap_or_else(|| inflects(word, ending) && !(matches!(ending, "ed" | "ing") && doubles(word)))
}

/// Whether a stem of one vowel and one last consonant doubles it before `ed` and `ing`.
fn doubles(word: &str) -> bool {
    let letters = word.as_bytes();
    let [.., vowel, last] = letters else { return false };
    is_vowel(char::from(*vowel))
        && !is_vowel(char::from(*last))
        && !b"wxy".contains(last)
        && letters.len() > 2
        && letters.iter().filter(|&&letter| is_vowel(char::from(letter))).count() == 1
}

pub(super) fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u')
}

/// Every way to cut the text in two that leaves neither piece empty.
fn cuts(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.char_indices().skip(1).map(|(i, _)| text.split_at(i))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn affixes_are_up_to_two_before_and_three_after() {
        let affixes = Affixes::english();
        assert!(affixes.fits("counter", "revolution", "ary"));
        assert!(affixes.fits("un", "prison", "ed"));
        assert!(affixes.fits("", "nation", "alistically"));
        assert!(!affixes.fits("p", "reparations", ""));
        assert!(affixes.fits("in", "flu", "ence"), "what the letters may be says nothing of the word");
    }

    #[test]
    fn some_endings_stand_only_last() {
        let affixes = Affixes::english();
        assert!(affixes.suffix("ers", 1));
        assert!(!affixes.suffix("ersly", 3));
    }

    #[test]
    fn a_short_stem_doubles_its_consonant() {
        assert!(is_inflection("plan", "ned") && !is_inflection("star", "ed"));
        assert!(is_inflection("kill", "ed") && is_inflection("panic", "king"));
        assert!(!is_inflection("test", "es") && is_inflection("church", "es"));
    }

    #[test]
    fn a_language_without_a_list_is_not_judged_by_another_one() {
        assert_eq!(prefix_in(Language::from_tag("de"), "ver"), Some(true));
        assert_eq!(prefix_in(Language::from_tag("de"), "st"), Some(false));
        assert_eq!(prefix_in(Language::from_tag("lt"), "ver"), None);
    }
}
