//! The proof that a loop has linked a note: run it again over the unlinked text, and compare.
//!
//! The commonest linker is `for term in terms: text = text.replace(term, "[[" + term + "]]")`. Its
//! inverse is the same loop backwards: `[[term]]` becomes `term`, from the last term to the first.
//! Where running the loop over that text makes the note again byte for byte, the text is what the
//! linker was given, and each link made of a term is the linker's.

use std::collections::HashMap;

use foldhash::HashSet;

use super::candidates::Candidates;
use super::linker::{Form, Reach};
use super::orders::{Source, orders};
use super::renested::Renested;
use crate::note::Note;
use crate::span::Span;

/// Fewer terms are what a person may link by hand.
pub(super) const TERMS: usize = 5;
/// A person links the first mention; so many links to what is linked already are a program's.
pub(super) const REPEATS: usize = 5;
/// A note with fewer links proves nothing.
pub const FEWEST_LINKS: usize = TERMS + REPEATS;
/// A note that a linker's loop makes again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replay {
    /// The terms in the order of the loop.
    pub terms: Vec<String>,
    pub source: Source,
    pub form: Form,
    pub reach: Reach,
    /// Whether the loop told capitals from small letters. If not, what it was given may have had
    /// other ones.
    pub tells_case: bool,
    /// A word that shows that it did not: it has capitals in which nobody writes it.
    pub recased: Option<String>,
    /// The bytes the loop ran over. Where nested links were taken out of the note since, they are of the note with
    /// these in their places.
    pub ran_over: Span,
    /// What it was given: `ran_over` as it was before.
    pub undamaged: String,
    /// The links it made, by index in the note.
    pub links: HashSet<usize>,
}

impl Replay {
    /// Tries to prove that a note was linked by a loop. `hard_damage` is the number of links in it
    /// that no person makes; `list` are terms that the user gives, with their places in the loop.
    ///
    /// A short note whose few links a person has put on every mention replays as well. So it takes
    /// five terms and five links to what is linked already, and terms that are the note's own
    /// tags or on the list, or damage that no person makes.
    pub fn of(note: &Note, hard_damage: usize, list: &HashMap<String, usize>) -> Option<Replay> {
        // A note whose blanks a linker has made replays without them as well: they come first.
        Replay::of_forms(&[Form::Spaced], note, hard_damage, list)
            .or_else(|| {
                let was = Some(note).filter(|note| note.links.len() >= TERMS).and_then(Renested::of)?;
                // What was put back was not seen to be damage, but where it has left a word in pieces.
                let replay = Replay::of_forms(&[Form::Spaced], &was.note, hard_damage + was.words, list)?;
                Some(Replay { links: was.left_of(&replay.links), ..replay })
            })
            .or_else(|| Replay::of_forms(&[Form::Plain, Form::Piped], note, hard_damage, list))
    }

    fn of_forms(forms: &[Form], note: &Note, hard_damage: usize, list: &HashMap<String, usize>) -> Option<Replay> {
        let tags = || note.listed_tags().len();
        if note.links.len() < FEWEST_LINKS || hard_damage == 0 && list.is_empty() && tags() < TERMS {
            return None;
        }
        forms.iter().find_map(|&form| {
            let links = Candidates::of(note, form)?;
            let fits = if form == Form::Spaced { links.are_spaced() } else { !links.are_spaced_on_one_side() };
            if links.turns.len() < TERMS || !fits {
                return None;
            }
            let orders = orders(note, &links.turns, list, hard_damage);
            links.prove(&orders)
        })
    }

    /// The proof in words.
    pub fn reason(&self) -> String {
        let n = self.terms.len();
        let what = match self.source {
            Source::Tags => format!("its {n} own tags"),
            Source::List => format!("{n} terms of the list you gave"),
            Source::Targets => format!("its {n} link targets"),
        };
        let how = match self.form {
            Form::Plain => "",
            Form::Piped => ", each as `[[target|text]]`,",
            Form::Spaced => ", each with a blank on both sides,",
        };
        let reach = if self.reach == Reach::Words { " wherever they are whole words" } else { "" };
        format!("linking {what}{how}{reach} in the unlinked text makes this note again, byte for byte")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TERM: [&str; 6] = ["Warsaw", "War", "flu", "prison", "1956", "Europe"];
    const TEXT: &str = "The war, the War in Warsaw and Europe. Its influence on prison and imprisonment in Europe, 1956.\n\
                        A fluid War: 1956, 1956 and Warsaw, Warsaw; https://example.org/1956/War in Europe.\n";

    fn linked(text: &str) -> String {
        TERM.iter().fold(text.to_owned(), |text, term| text.replace(term, &format!("[[{term}]]")))
    }

    fn tagged(body: &str) -> Note {
        Note::parse("n.md", format!("---\ntags: [{}]\n---\n{body}", TERM.join(", ")))
    }

    #[test]
    fn the_loop_is_proven_and_the_text_known() {
        let note = tagged(&linked(TEXT));
        let replay = Replay::of(&note, 0, &HashMap::new()).expect("the loop made this note");
        assert_eq!(replay.undamaged, TEXT);
        assert!(replay.source == Source::Tags && replay.tells_case);
        assert_eq!(replay.links.len(), note.links.len());
    }

    #[test]
    fn the_links_of_the_author_are_not_the_loop_s() {
        let note = tagged(&linked(&TEXT.replace("the War", "The [[Great Power]] and [[x|War]]")));
        let replay = Replay::of(&note, 0, &HashMap::new()).expect("the loop made the other links");
        let authors: Vec<_> = (0..note.links.len()).filter(|i| !replay.links.contains(i)).collect();
        let shown: Vec<_> = authors.iter().map(|&i| note.links[i].span.of(&note.text)).collect();
        assert_eq!(shown, ["[[Great Power]]", "[[x|[[War]]]]"]);
    }

    #[test]
    fn a_loop_that_may_have_changed_capitals_is_told() {
        let note = tagged(&linked(&TEXT.replace("The war, ", "")));
        assert!(Replay::of(&note, 0, &HashMap::new()).is_some_and(|replay| !replay.tells_case));
    }

    #[test]
    fn what_stands_in_code_tells_nothing_of_a_loop_that_passes_over_it() {
        let text = linked(&TEXT.replace("The war, ", ""));
        let tells_case = |text: String| Replay::of(&tagged(&text), 0, &HashMap::new()).map(|replay| replay.tells_case);
        assert_eq!(tells_case(format!("{text}\n```\nwar --all\n```\n")), Some(false));
        assert_eq!(tells_case(format!("{text}\n```\nwar --all [[1956]]\n```\n")), Some(true));
        assert_eq!(tells_case(format!("{text}\nSee https://example.net/warn there.\n")), Some(true), "it links URLs");
    }

    #[test]
    fn one_mention_left_out_is_no_proof() {
        let note = tagged(&format!("{}\nA War without a link.\n", linked(TEXT)));
        assert_eq!(Replay::of(&note, 9, &HashMap::new()), None);
    }

    #[test]
    fn what_a_person_links_is_no_proof() {
        let note = tagged("[[Warsaw]], [[flu]], [[prison]], [[1956]], [[Europe]] and no more.\n");
        assert_eq!(Replay::of(&note, 0, &HashMap::new()), None, "each is linked once");
        let note = Note::parse("n.md", "[[a]] [[bc]] [[d]] [[a]] [[bc]] [[d]] [[a]] [[bc]] [[d]] [[a]] [[bc]]\n");
        assert_eq!(Replay::of(&note, 0, &HashMap::new()), None, "no tags, no damage");
    }

    #[test]
    fn without_tags_the_order_is_found_out() {
        let note = Note::parse("n.md", linked(TEXT));
        let replay = Replay::of(&note, 3, &HashMap::new()).expect("long terms came first");
        assert_eq!((replay.undamaged.as_str(), replay.source), (TEXT, Source::Targets));
    }

    #[test]
    fn a_list_tells_the_terms_and_their_order() {
        let note = Note::parse("n.md", linked(TEXT));
        let list = |terms: &[&str]| terms.iter().enumerate().map(|(i, term)| ((*term).to_owned(), i)).collect();
        let replay = Replay::of(&note, 0, &list(&TERM)).expect("the list is the linker's");
        assert_eq!((replay.undamaged.as_str(), replay.source), (TEXT, Source::List));
        assert_eq!(Replay::of(&note, 0, &list(&["Paris", "Rome"])), None, "other terms");
    }

    /// The same text linked by a loop that makes `made` of each term.
    fn linked_as(made: impl Fn(&str) -> String) -> Note {
        tagged(&TERM.iter().fold(TEXT.to_owned(), |text, term| text.replace(term, &made(term))))
    }

    fn proven(note: &Note) -> Option<(Form, Reach, bool, String)> {
        let replay = Replay::of(note, 0, &HashMap::new())?;
        Some((replay.form, replay.reach, replay.tells_case, replay.undamaged))
    }

    #[test]
    fn a_loop_that_shows_other_text_than_the_target_is_proven() {
        let note = linked_as(|term| format!("[[The {term}|{term}]]"));
        assert!(note.text.contains("[[The [[The War|War]]saw|[[The War|War]]saw]]"));
        assert_eq!(proven(&note), Some((Form::Piped, Reach::Letters, true, TEXT.to_owned())));
    }

    #[test]
    fn aliases_among_many_plain_links_are_no_loop_s() {
        let note = linked_as(|term| format!("[[{0}|{0}]]", term));
        assert!(proven(&note).is_some());
        let plain = "See [[Paris]] and [[Rome]], [[a]], [[b]].\n".repeat(20);
        assert_eq!(proven(&tagged(&format!("{plain}{}", &note.text[note.body()..]))), None);
    }

    #[test]
    fn a_loop_that_puts_blanks_around_is_proven() {
        let note = linked_as(|term| format!(" [[{term}]] "));
        assert!(note.text.contains(" [[ [[War]] saw]] "));
        assert_eq!(proven(&note), Some((Form::Spaced, Reach::Letters, true, TEXT.to_owned())));
        // Blanks between words are everybody's.
        let ordinary =
            "A War in Warsaw and Europe had flu in prison and War in Warsaw and Europe had flu in prison too";
        let note = tagged(&TERM.iter().fold(ordinary.to_owned(), |t, term| t.replace(term, &format!("[[{term}]]"))));
        assert_eq!(proven(&note).map(|(form, ..)| form), Some(Form::Plain));
    }

    #[test]
    fn a_loop_that_puts_a_blank_on_one_side_is_not_taken_for_one_without() {
        for form in [" [[{}]]", "[[{}]] "] {
            assert_eq!(proven(&linked_as(|term| form.replace("{}", term))), None, "{form}");
        }
    }

    #[test]
    fn a_loop_over_whole_words_is_proven() {
        let linked = TERM.iter().fold(TEXT.to_owned(), |text, term| {
            let words = regex::Regex::new(&format!(r"\b{term}\b")).expect("a term is a pattern");
            words.replace_all(&text, format!("[[{term}]]")).into_owned()
        });
        assert!(linked.contains("imprisonment") && linked.contains("fluid"));
        assert_eq!(proven(&tagged(&linked)), Some((Form::Plain, Reach::Words, true, TEXT.to_owned())));
    }

    #[test]
    fn a_tag_that_cannot_hold_blanks_stands_for_a_term_with_some() {
        let terms = ["Latin America", "War", "flu", "prison", "1956"];
        let text =
            "War and prison in Latin America. The flu of Latin America in 1956, War, War, prisoners, 1956, 1956.\n";
        let linked = terms.iter().fold(text.to_owned(), |text, term| text.replace(term, &format!("[[{term}]]")));
        let note =
            Note::parse("n.md", format!("---\ntags: [Latin-America, War, flu, prison, y1, 1956]\n---\n{linked}"));
        let replay = Replay::of(&note, 0, &HashMap::new()).expect("the loop made this note");
        assert_eq!((replay.undamaged.as_str(), replay.terms.len()), (text, 5));
    }

    #[test]
    fn a_link_that_the_loop_was_given_is_the_author_s() {
        let text = linked(TEXT);
        let terms = ["War", "flu", "prison", "1956", "Europe", "Warsaw"];
        let list = terms.iter().enumerate().map(|(i, term)| ((*term).to_owned(), i)).collect();
        let note = Note::parse("n.md", text);
        let replay = Replay::of(&note, 0, &list).expect("in one order or the other");
        assert_eq!(replay.undamaged, TEXT, "the order that explains all links");
    }
}
