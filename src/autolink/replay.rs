//! The proof that a loop has linked a note: run it again over the unlinked text, and compare.
//!
//! The commonest linker is `for term in terms: text = text.replace(term, "[[" + term + "]]")`. Its
//! inverse is the same loop backwards: `[[term]]` becomes `term`, from the last term to the first.
//! Where running the loop over that text makes the note again byte for byte, the text is what the
//! linker was given, and each link made of a term is the linker's.

use std::collections::{HashMap, HashSet};

use memchr::memmem;
use regex::RegexBuilder;

use crate::note::{Link, Note};
use crate::span::Span;

/// Fewer terms are what a person may link by hand.
const TERMS: usize = 5;
/// A person links the first mention; so many links to what is linked already are a program's.
const REPEATS: usize = 5;

/// A note that a linker's loop makes again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replay {
    /// The terms in the order of the loop.
    pub terms: Vec<String>,
    pub source: Source,
    /// Whether the loop told capitals from small letters. If not, what it was given may have had
    /// other ones.
    pub tells_case: bool,
    /// The bytes the loop ran over.
    pub ran_over: Span,
    /// What it was given: `ran_over` as it was before.
    pub undamaged: String,
    /// The links it made, by index in the note.
    pub links: HashSet<usize>,
}

/// Where the terms of a loop are written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// In the note's own tags.
    Tags,
    /// In a list that the user gives.
    List,
    /// Nowhere but in the links.
    Targets,
}

impl Replay {
    /// Tries to prove that a note was linked by a loop. `hard_damage` is the number of links in it
    /// that no person makes; `list` are terms that the user gives, with their places in the loop.
    ///
    /// A short note whose few links a person has put on every mention replays as well. So it takes
    /// five terms and five links to what is linked already, and terms that are the note's own
    /// tags or on the list, or damage that no person makes.
    pub fn of(note: &Note, hard_damage: usize, list: &HashMap<String, usize>) -> Option<Replay> {
        if note.links.len() < TERMS + REPEATS {
            return None;
        }
        let targets = targets(note);
        let tags: Vec<String> = own_tags(note).into_iter().filter(|tag| targets.contains(tag)).collect();
        let mut listed: Vec<String> = targets.iter().filter(|target| list.contains_key(*target)).cloned().collect();
        listed.sort_unstable_by_key(|term| list[term]);
        let mut attempts: Vec<(Vec<String>, Source)> = Vec::new();
        attempts.extend(
            [(tags, Source::Tags), (listed, Source::List)].into_iter().filter(|(terms, _)| terms.len() >= TERMS),
        );
        if hard_damage > 0 {
            attempts.extend(orders(&targets).into_iter().map(|terms| (terms, Source::Targets)));
        }
        let body = Span::new(note.body(), note.text.len());
        let whole = Span::new(0, note.text.len());
        let mut places = vec![body, whole, after_head(note, body)];
        places.dedup();
        attempts.retain(|(terms, _)| !leaves_some(note, terms));
        attempts.into_iter().find_map(|(terms, source)| {
            places.iter().find_map(|&ran_over| {
                // What is cheap to know comes before the loop itself.
                let links = made_by(note, &terms, ran_over);
                let made: HashSet<String> = links.iter().filter_map(|&i| note.name_of(&note.links[i])).collect();
                if made.len() < TERMS || links.len() < made.len() + REPEATS {
                    return None;
                }
                let undamaged = replays(ran_over.of(&note.text), &terms)?;
                let tells_case = tells_case(note, &terms, ran_over);
                Some(Replay { terms: terms.clone(), source, tells_case, ran_over, undamaged, links })
            })
        })
    }
}

/// Whether a term stands unlinked below the first link, as a loop leaves none: a look at each word
/// that spares most notes the loop itself.
fn leaves_some(note: &Note, terms: &[String]) -> bool {
    let terms: HashSet<&str> = terms.iter().map(String::as_str).collect();
    let first = note.links.iter().map(|link| link.span.start).find(|&start| start >= note.body()).unwrap_or_default();
    let mut left = false;
    crate::survey::each_word_span(note, |span| {
        left |= span.start > first && terms.contains(span.of(&note.text));
    });
    left
}

/// The text from the first linked line on: some linkers leave the head of a note as it is, a
/// title or an excerpt.
fn after_head(note: &Note, body: Span) -> Span {
    let first = note.links.iter().map(|link| link.span.start).find(|&start| start >= body.start);
    let start =
        first.map_or(body.start, |at| note.text[body.start..at].rfind('\n').map_or(body.start, |i| body.start + i + 1));
    Span::new(start, body.end)
}

/// What the loop was given, if it makes `text` of it.
fn replays(text: &str, terms: &[String]) -> Option<String> {
    let given = terms.iter().rev().fold(text.to_owned(), |text, term| replace(text, &format!("[[{term}]]"), term));
    let made = terms.iter().fold(given.clone(), |text, term| replace(text, term, &format!("[[{term}]]")));
    (made == text).then_some(given)
}

fn replace(text: String, from: &str, to: &str) -> String {
    if memmem::find(text.as_bytes(), from.as_bytes()).is_some() { text.replace(from, to) } else { text }
}

/// The distinct plain targets of the note's links, the links in them read as their text.
fn targets(note: &Note) -> HashSet<String> {
    let plain = |link: &&Link| !link.embed && link.alias.is_none() && link.fragment.is_none();
    let names = note.links.iter().filter(plain).filter_map(|link| note.name_of(link));
    names.filter(|name| !name.is_empty()).collect()
}

/// Whether a term stands unlinked in other capitals: then the loop told them apart, and what it
/// has linked is written as it was.
fn tells_case(note: &Note, terms: &[String], ran_over: Span) -> bool {
    let mut plain = String::new();
    let mut at = ran_over.start;
    let outer = note.links.iter().filter(|link| link.parent.is_none() && ran_over.contains(link.span));
    for link in outer {
        plain.push_str(&note.text[at..link.span.start]);
        // A border, so that nothing is read across the link.
        plain.push('\0');
        at = link.span.end;
    }
    plain.push_str(&note.text[at..ran_over.end]);
    let cased = |term: &&String| term.chars().any(|c| c.is_uppercase() || c.is_lowercase());
    terms.iter().filter(cased).any(|term| {
        let in_any_case = RegexBuilder::new(&regex::escape(term)).case_insensitive(true).build();
        in_any_case.is_ok_and(|any| any.find_iter(&plain).any(|found| found.as_str() != term))
    })
}

/// The tags of the frontmatter in the order they are written, each once.
fn own_tags(note: &Note) -> Vec<String> {
    let mut seen = HashSet::new();
    let tags = note.frontmatter.iter().flat_map(|frontmatter| frontmatter.tags(&note.text));
    tags.map(|tag| tag.text).filter(|tag| !tag.is_empty() && seen.insert(tag.clone())).collect()
}

/// Orders in which a loop may have taken terms that nobody has written down: long ones first, as
/// careful linkers do; short ones first; and as the nesting tells. Order matters only between a
/// term and another that holds it.
fn orders(targets: &HashSet<String>) -> Vec<Vec<String>> {
    let mut terms: Vec<String> = targets.iter().cloned().collect();
    if terms.len() < TERMS {
        return Vec::new();
    }
    terms.sort_by_key(|term| (std::cmp::Reverse(term.len()), term.clone()));
    let backwards = terms.iter().rev().cloned().collect();
    vec![terms, backwards]
}

/// The links in `ran_over` that are made of a term.
fn made_by(note: &Note, terms: &[String], ran_over: Span) -> HashSet<usize> {
    let terms: HashSet<&str> = terms.iter().map(String::as_str).collect();
    let made = |(index, link): (usize, &Link)| {
        let own = ran_over.contains(link.span) && !link.embed && link.alias.is_none();
        (own && note.name_of(link).is_some_and(|name| terms.contains(name.as_str()))).then_some(index)
    };
    note.links.iter().enumerate().filter_map(made).collect()
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
}
