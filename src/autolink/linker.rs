//! The loop of a linker: what it finds, what it makes of it, and the way back.

use memchr::memmem;

use foldhash::{HashSet, HashSetExt};

use super::caseless::Caseless;
use crate::note::{Link, Note};
use crate::span::Span;

/// How a loop writes its links.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `[[term]]`.
    Plain,
    /// `[[target|term]]`.
    Piped,
    /// ` [[term]] `: a blank on each side, in the middle of a word too.
    Spaced,
}

/// Where a loop finds its terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Wherever their letters stand.
    Letters,
    /// Only where no letter, digit or `_` touches them.
    Words,
}

/// One turn of a loop: a term, and the link it becomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    pub term: String,
    pub target: String,
    /// All that stands in the place of the term afterwards.
    made: String,
}

/// What is longer is no term, in bytes.
const MOST_TERM: usize = 512;

impl Form {
    /// Whether a link is written in this form, but for blanks around it.
    pub(super) fn is_of(self, link: &Link) -> bool {
        !link.embed && link.fragment.is_none() && link.alias.is_some() == (self == Form::Piped)
    }

    /// The turn of a loop of this form that makes a link, the links inside it made later.
    pub fn turn(self, note: &Note, index: usize) -> Option<Turn> {
        let link = &note.links[index];
        if !self.is_of(link) {
            return None;
        }
        let target = match self {
            // What was linked later, inside this one, has got blanks as well.
            Form::Spaced => {
                let written = (link.target.len() <= MOST_TERM).then(|| link.target.of(&note.text));
                written.map(|target| target.replace(" [[", "").replace("]] ", ""))
            }
            Form::Plain | Form::Piped => note.name_of(link),
        };
        let target = target.filter(|target| !target.is_empty())?;
        let (term, made) = match self {
            Form::Plain => (target.clone(), format!("[[{target}]]")),
            Form::Spaced => (target.clone(), format!(" [[{target}]] ")),
            Form::Piped => {
                let term = (link.shown().len() <= MOST_TERM).then(|| note.shown_of(index)).filter(|t| !t.is_empty())?;
                let made = format!("[[{target}|{term}]]");
                (term, made)
            }
        };
        Some(Turn { term, target, made })
    }

    /// What the loop has put there with the link: its brackets, and the blanks around them.
    pub fn span(self, note: &Note, link: &Link) -> Option<Span> {
        let spaced = note.text[..link.span.start()].ends_with(' ') && note.text[link.span.end()..].starts_with(' ');
        match self {
            Form::Spaced if spaced => Some(Span::new(link.span.start() - 1, link.span.end() + 1)),
            Form::Spaced => None,
            Form::Plain | Form::Piped => Some(link.span),
        }
    }
}

/// What a loop was given, if it makes `text` of it.
pub(super) fn replays(text: &str, turns: &[&Turn], reach: Reach) -> Option<String> {
    let back = |text: String, turn: &&Turn| replace(text, &turn.made, &turn.term, Reach::Letters);
    let forth = |text: String, turn: &&Turn| replace(text, &turn.term, &turn.made, reach);
    let given = turns.iter().rev().fold(text.to_owned(), back);
    let made = turns.iter().fold(given.clone(), forth);
    (made == text).then_some(given)
}

fn replace(text: String, from: &str, to: &str, reach: Reach) -> String {
    let mut places = memmem::find_iter(text.as_bytes(), from.as_bytes()).peekable();
    if from.is_empty() || places.peek().is_none() {
        return text;
    }
    let mut replaced = String::with_capacity(text.len() + text.len() / 8);
    let mut done = 0;
    for at in places {
        if reach == Reach::Letters || is_apart(&text, Span::new(at, at + from.len())) {
            replaced.push_str(&text[done..at]);
            replaced.push_str(to);
            done = at + from.len();
        }
    }
    replaced.push_str(&text[done..]);
    replaced
}

/// Whether a term stands outside of all links, so that a loop of this reach has not gone over the text:
/// cheaper to see than by running it. `unlinked` is the text outside of links.
pub(super) fn leaves_some(unlinked: &str, turns: &[&Turn], reach: Reach) -> bool {
    turns.iter().filter(|turn| !turn.term.is_empty()).any(|turn| {
        memmem::find_iter(unlinked.as_bytes(), turn.term.as_bytes()).any(|at| {
            let place = Span::new(at, at + turn.term.len());
            // Between brackets that are no link, as in `[[1]](https://…)`.
            let made = unlinked[place.end()..].starts_with("]]") && unlinked[..at].ends_with(['[', '|']);
            !made && (reach == Reach::Letters || is_apart(unlinked, place))
        })
    })
}

/// Whether no letter, digit or `_` touches a place.
pub(super) fn is_apart(text: &str, place: Span) -> bool {
    let joins = |c: char| c.is_alphanumeric() || c == '_';
    !text[..place.start()].ends_with(joins) && !text[place.end()..].starts_with(joins)
}

impl Turn {
    /// Whether its link stands in a text.
    pub(super) fn is_left_in(&self, text: &str) -> bool {
        memmem::find(text.as_bytes(), self.made.as_bytes()).is_some()
    }
}

/// How many targets a piped loop must have shown in more than one casing: one may be the author's.
const CASINGS: usize = 2;

/// Whether a loop has told capitals from small letters, so that what it linked is written as it
/// was: a term stands unlinked in other capitals where it `went_over` the byte, or the links show theirs in several.
pub(super) fn tells_case(
    turns: &[&Turn],
    form: Form,
    reach: Reach,
    unlinked: &Unlinked,
    went_over: impl Fn(usize) -> bool,
) -> bool {
    let mut seen = HashSet::new();
    let again = turns.iter().filter(|turn| !seen.insert((&turn.target, turn.term.to_lowercase()))).count();
    if form == Form::Piped && again >= CASINGS {
        return true;
    }
    let cased = |turn: &&&Turn| turn.term.chars().any(|c| c.is_uppercase() || c.is_lowercase());
    let plain = &unlinked.text;
    let text = Caseless::of(plain.clone());
    turns.iter().filter(cased).any(|turn| {
        text.find(&turn.term).any(|found| {
            let reached = reach == Reach::Letters || is_apart(plain, found);
            reached && found.of(plain) != turn.term && went_over(unlinked.origin(found.start()))
        })
    })
}

/// The text of a note outside of all links.
pub(super) struct Unlinked {
    pub(super) text: String,
    /// Where each piece of it begins, and where that is in the note.
    pieces: Vec<(usize, usize)>,
}

impl Unlinked {
    pub(super) fn of(note: &Note, ran_over: Span) -> Unlinked {
        let mut plain = Unlinked { text: String::new(), pieces: Vec::new() };
        let mut at = ran_over.start();
        let outer = note.links.iter().filter(|link| link.parent.is_none() && ran_over.contains(link.span));
        for link in outer {
            plain.push(note, Span::new(at, link.span.start()));
            // A border, so that nothing is read across the link.
            plain.text.push('\0');
            at = link.span.end();
        }
        plain.push(note, Span::new(at, ran_over.end()));
        plain
    }

    fn push(&mut self, note: &Note, piece: Span) {
        self.pieces.push((self.text.len(), piece.start()));
        self.text.push_str(piece.of(&note.text));
    }

    /// Where the byte at `at` stands in the note.
    fn origin(&self, at: usize) -> usize {
        let (start, origin) = self.pieces[self.pieces.partition_point(|&(start, _)| start <= at) - 1];
        origin + (at - start)
    }
}
