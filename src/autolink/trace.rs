//! What a text shows of a term: the word itself, or only its letters inside other words.

use foldhash::{HashSet, HashSetExt};

use super::caseless::Caseless;
use crate::language::{self, Confidence, Facts, Known, Language, Lexicon, Parts, Verdict};
use crate::note::Note;
use crate::span::Span;

/// A word that people have cut short has no more letters: `config`, `admin`.
const CLIPPED: usize = 6;

/// What the text of a note shows of a term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trace {
    /// It is nowhere.
    Nothing,
    /// It stands as a word, in a word that is made from it, or in one of which this is not certain.
    Meant,
    /// It stands only inside words that certainly are not made from it; these words, each once.
    Accident(Vec<String>),
}

/// All that is written in a note but its tags: its name, its other properties, its text without the
/// markup of links. It is the same before and after links have been repaired.
#[derive(Debug)]
pub struct Writing(Caseless);

impl Writing {
    pub fn of(note: &Note) -> Writing {
        let name = note.path.rsplit('/').next().unwrap_or_default();
        let mut writing = format!("{}\n", name.strip_suffix(".md").unwrap_or(name));
        for entry in note.frontmatter.iter().flat_map(|frontmatter| &frontmatter.entries) {
            if !entry.holds_tags() {
                writing.push_str(&note.shown_in(entry.span));
                writing.push('\n');
            }
        }
        writing.push_str(&note.shown_in(Span::new(note.body(), note.text.len())));
        // What a piped link leads to is the author's word too. A repair pipes only to a longer one.
        for link in note.links.iter().filter(|link| link.alias.is_some() && link.span.start() >= note.body()) {
            let (Some(name), shown) = (note.name_of(link), note.shown_in(link.shown())) else { continue };
            if !crate::vault::fold(&shown).contains(&crate::vault::fold(&name)) {
                writing.push('\n');
                writing.push_str(&name);
            }
        }
        Writing(Caseless::of(writing))
    }

    /// What it shows of a tag. As a word it is found in any case, with blanks for its hyphens and
    /// underscores; inside another only in its own capitals, as a loop finds it.
    pub fn trace(&self, tag: &str, language: Language) -> Trace {
        let mut accidents: Vec<String> = Vec::new();
        let mut seen = HashSet::new();
        let mut may_be_cut_short = true;
        let text = self.0.text();
        for place in self.0.find_tag(tag) {
            let found = place.of(text);
            let parts = Parts::cut(&text[..place.start()], found, &text[place.end()..]);
            let whole = parts.head().is_empty() && parts.tail().is_empty();
            if !whole && found.replace('_', "-") != tag.replace('_', "-") {
                continue;
            }
            if whole {
                return Trace::Meant;
            }
            // A word that stands again and again is judged once.
            let word = parts.joined();
            if seen.insert((word.clone(), parts.head().len())) {
                if !is_accident(&parts, language) {
                    return Trace::Meant;
                }
                may_be_cut_short &= is_clipping(&parts);
                if !accidents.contains(&word) {
                    accidents.push(word);
                }
            }
        }
        match accidents {
            _ if accidents.is_empty() => Trace::Nothing,
            _ if may_be_cut_short => Trace::Meant,
            accidents => Trace::Accident(accidents),
        }
    }
}

/// Whether the term may stand for the long word that it begins, as `bio` does for biology: no list has the words that
/// people cut short, but they are seldom common ones themselves.
fn is_clipping(parts: &Parts<'_>) -> bool {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
    let short = letters(parts.link) <= CLIPPED && letters(parts.tail()) >= 2;
    parts.head().is_empty() && short && !Lexicon::english().common(parts.link)
}

/// Whether the lexicon is certain that the word around the term has nothing to do with it. What the
/// vault writes elsewhere is not asked: it changes while the vault is being repaired.
fn is_accident(parts: &Parts<'_>, language: Language) -> bool {
    let facts = Facts { language, whole: false, word: &|_| Known::default() };
    let judgement = language::judge(parts, &facts);
    let certain = judgement.confidence == Confidence::High && !judgement.miscased;
    certain && matches!(judgement.verdict, Verdict::Accident | Verdict::Number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trace(tag: &str, text: &str) -> Trace {
        Writing::of(&Note::parse("Some note.md", text)).trace(tag, Language::ENGLISH)
    }

    fn accident(words: &[&str]) -> Trace {
        Trace::Accident(words.iter().map(|&word| word.to_owned()).collect())
    }

    #[test]
    fn letters_inside_other_words_are_accidents() {
        assert_eq!(trace("flu", "Its influence; his Influence and influence."), accident(&["influence", "Influence"]));
        assert_eq!(trace("War", "The Warsaw Pact, warned of postwar times."), accident(&["Warsaw"]));
        assert_eq!(trace("reparations", "All p[[reparations]] were made."), accident(&["preparations"]));
    }

    #[test]
    fn one_true_word_is_enough() {
        for text in [
            "The flu had no influence.",
            "No influence on FLU.",
            "---\ntitle: Flu season\n---\nInfluence.",
            "An influence, see [[flu|that illness]].",
            "A flu-like influence.",
            "#flu of influence",
        ] {
            assert_eq!(trace("flu", text), Trace::Meant, "{text}");
        }
        assert_eq!(trace("note", "Noteworthy is denoted."), Trace::Meant, "the note is called so");
        assert_eq!(trace("Latin-American", "In Latin American lands"), Trace::Meant);
    }

    #[test]
    fn what_has_grown_from_the_word_is_its_trace() {
        for (tag, text) in
            [("prison", "imprisoned"), ("kill", "was [[kill]]ed"), ("Israel", "Israelis"), ("jail", "jails")]
        {
            assert_eq!(trace(tag, text), Trace::Meant, "{tag}");
        }
    }

    #[test]
    fn what_may_be_cut_short_is_meant() {
        for (tag, text) in [("bio", "Our biology class."), ("app", "An application."), ("config", "The configuration.")]
        {
            assert_eq!(trace(tag, text), Trace::Meant, "{tag}");
        }
        assert_eq!(trace("mill", "A million."), accident(&["million"]));
        assert_eq!(trace("flu", "A fluid of influence."), accident(&["fluid", "influence"]));
    }

    #[test]
    fn a_topic_needs_no_trace() {
        assert_eq!(trace("essay", "The Warsaw Pact."), Trace::Nothing);
        assert_eq!(trace("war", "Warsaw, in other capitals"), Trace::Nothing);
        assert_eq!(trace("flu", "---\ntags: [flu, influence]\n---\n"), Trace::Nothing, "a tag is no trace of a tag");
    }

    #[test]
    fn repaired_links_show_the_same() {
        for [damaged, repaired] in [
            ["in[[flu]]ence", "influence"],
            ["the [[[[War]]saw]] Pact", "the [[Warsaw]] Pact"],
            ["[[Russia]]n", "[[Russia|Russian]]"],
            ["`in[[flu]]ence`", "`influence`"],
        ] {
            for tag in ["flu", "War", "Russia", "Pact"] {
                assert_eq!(trace(tag, damaged), trace(tag, repaired), "{tag} in {damaged}");
            }
        }
    }
}
