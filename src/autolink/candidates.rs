//! The links that a loop may have made, and which loop has made them again.

use std::cell::OnceCell;
use std::cmp::Reverse;

use foldhash::{HashMap, HashMapExt, HashSet};

use super::linker::{self, Form, Reach, Turn, Unlinked};
use super::orders::Source;
use super::replay::{REPEATS, Replay, TERMS};
use crate::note::{Link, Note, ZoneKind};
use crate::span::Span;

/// Loops that are tried on one note read no more than this, in bytes times terms.
const MOST_WORK: usize = 1 << 31;

/// The links of a note that a loop of one form can have made.
pub(super) struct Candidates<'a> {
    note: &'a Note,
    form: Form,
    /// By index in the note, with the terms they are made of.
    made: Vec<(usize, String)>,
    /// By term: of several targets the commonest.
    pub(super) turns: HashMap<String, Turn>,
}

impl<'a> Candidates<'a> {
    /// `None` where one of them is not written as the loop writes all: most notes show so at their first link.
    pub(super) fn of(note: &'a Note, form: Form) -> Option<Candidates<'a>> {
        let mut found: Vec<(usize, Turn)> = Vec::new();
        for (index, link) in note.links.iter().enumerate() {
            if let Some(turn) = form.turn(note, index) {
                form.span(note, link)?;
                found.push((index, turn));
            }
        }
        // Repairs write aliases too, in a note that a plain loop has linked.
        if form == Form::Piped && found.len() * 2 < note.links.len() {
            return None;
        }
        let mut counts: HashMap<(&str, &str), usize> = HashMap::new();
        for (_, turn) in &found {
            *counts.entry((&turn.term, &turn.target)).or_default() += 1;
        }
        let common = |turn: &Turn| (counts[&(turn.term.as_str(), turn.target.as_str())], Reverse(turn.target.clone()));
        let mut turns: HashMap<String, Turn> = HashMap::new();
        for (_, turn) in &found {
            if turns.get(&turn.term).is_none_or(|other| other != turn && common(other) < common(turn)) {
                turns.insert(turn.term.clone(), turn.clone());
            }
        }
        let made = found.into_iter().filter(|(_, turn)| turns.get(&turn.term) == Some(turn));
        let made = made.map(|(index, turn)| (index, turn.term)).collect();
        Some(Candidates { note, form, made, turns })
    }

    /// Whether blanks were put around these links: beside most of them is what needs none.
    pub(super) fn are_spaced(&self) -> bool {
        let text = &self.note.text;
        let mut needless = 0;
        for &(index, _) in &self.made {
            let Some(span) = self.form.span(self.note, &self.note.links[index]) else { return false };
            let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            let both = letter(text[..span.start()].chars().next_back()) && letter(text[span.end()..].chars().next());
            needless += usize::from(!both);
        }
        needless * 2 >= self.made.len()
    }

    /// Whether most of these links have a blank too much on the same side. A loop that puts one there has parted words
    /// with it, so that what stands without the link is not what it was given: `P [[art]]ial`.
    pub(super) fn are_spaced_on_one_side(&self) -> bool {
        let text = &self.note.text;
        let spans = || self.made.iter().map(|&(index, _)| self.note.links[index].span);
        let before = spans()
            .filter(|span| text[..span.start()].strip_suffix(' ').is_some_and(|rest| rest.ends_with([' ', '\n', '('])));
        let after = spans().filter(|span| {
            text[span.end()..].strip_prefix(' ').is_some_and(|rest| rest.starts_with([' ', '\n', ',', '.', ')']))
        });
        let (before, after) = (before.count(), after.count());
        before.max(after) * 2 > self.made.len()
    }

    /// The proof by the order that explains the most links.
    pub(super) fn prove(&self, orders: &[(Vec<&Turn>, Source)]) -> Option<Replay> {
        let note = self.note;
        let body = Span::new(note.body(), note.text.len());
        let mut places = vec![body, Span::new(0, note.text.len()), after_head(note, body)];
        places.dedup();
        let unlinked: Vec<Unlinked> = places.iter().map(|&place| Unlinked::of(note, place)).collect();
        let mut best: Option<Replay> = None;
        let mut work = 0;
        for (turns, source) in orders {
            let terms = terms_of(turns);
            let ways = places.iter().zip(&unlinked).flat_map(|way| [(way, Reach::Letters), (way, Reach::Words)]);
            for ((&ran_over, unlinked), reach) in ways {
                work += ran_over.len() * turns.len();
                if work > MOST_WORK {
                    return best;
                }
                // What is cheap to know comes before the loop itself.
                let is_in_a_word = || reach == Reach::Words && self.are_in_words(&terms, ran_over);
                if is_in_a_word() || linker::leaves_some(&unlinked.text, turns, reach) {
                    continue;
                }
                let links = self.made_by(&terms, ran_over);
                if !self.are_enough(&links) {
                    continue;
                }
                let Some(undamaged) = linker::replays(ran_over.of(&note.text), turns, reach) else { continue };
                // What the loop was given with its brackets is the author's.
                let theirs: Vec<&Turn> = turns.iter().filter(|turn| !turn.is_left_in(&undamaged)).copied().collect();
                let whole = theirs.len() == turns.len();
                let links = if whole { links } else { self.made_by(&terms_of(&theirs), ran_over) };
                if self.are_enough(&links) && best.as_ref().is_none_or(|best| best.links.len() < links.len()) {
                    let went_over = self.went_over(&links);
                    let tells_case = linker::tells_case(turns, self.form, reach, unlinked, went_over);
                    let terms = theirs.into_iter().map(|turn| turn.term.clone()).collect();
                    let (source, form, recased) = (*source, self.form, None);
                    best = Some(Replay { terms, source, form, reach, tells_case, recased, ran_over, undamaged, links });
                }
                if whole {
                    return best;
                }
            }
        }
        best
    }

    /// Tells whether a loop that has made these links has also gone over the byte at an offset: some pass over code, URLs
    /// and the like, so that what is left unlinked there tells nothing.
    fn went_over<'b>(&'b self, links: &'b HashSet<usize>) -> impl Fn(usize) -> bool + 'b {
        let place = |&index: &usize| self.note.place(&self.note.links[index]).kind;
        let linked: OnceCell<HashSet<ZoneKind>> = OnceCell::new();
        move |at| {
            let kind = self.note.kind_at(at);
            kind.is_text() || linked.get_or_init(|| links.iter().map(place).collect()).contains(&kind)
        }
    }

    /// The links in `ran_over` that are made of a term.
    fn made_by(&self, terms: &HashSet<&str>, ran_over: Span) -> HashSet<usize> {
        self.made_of(terms, ran_over).map(|(index, _)| index).collect()
    }

    /// Whether letters touch one of these links: no loop over whole words has made it, since a letter beside it
    /// stood there when its turn came. What is inside another link may be part of that one's target.
    fn are_in_words(&self, terms: &HashSet<&str>, ran_over: Span) -> bool {
        self.made_of(terms, ran_over)
            .filter(|(_, link)| link.parent.is_none())
            .filter_map(|(_, link)| self.form.span(self.note, link))
            .any(|span| !linker::is_apart(&self.note.text, span))
    }

    fn made_of(&self, terms: &HashSet<&str>, ran_over: Span) -> impl Iterator<Item = (usize, &Link)> {
        let of_terms = self.made.iter().filter(|(_, term)| terms.contains(term.as_str()));
        of_terms
            .map(|&(index, _)| (index, &self.note.links[index]))
            .filter(move |(_, link)| ran_over.contains(link.span))
    }

    fn are_enough(&self, links: &HashSet<usize>) -> bool {
        let made = self.made.iter().filter(|(index, _)| links.contains(index));
        let terms: HashSet<&str> = made.map(|(_, term)| term.as_str()).collect();
        terms.len() >= TERMS && links.len() >= terms.len() + REPEATS
    }
}

fn terms_of<'a>(turns: &[&'a Turn]) -> HashSet<&'a str> {
    turns.iter().map(|turn| turn.term.as_str()).collect()
}

/// The text from the first linked line on: some linkers leave the head of a note as it is, a
/// title or an excerpt.
fn after_head(note: &Note, body: Span) -> Span {
    let first = note.links.iter().map(|link| link.span.start()).find(|&start| start >= body.start());
    let start = first.map_or(body.start(), |at| {
        note.text[body.start()..at].rfind('\n').map_or(body.start(), |i| body.start() + i + 1)
    });
    Span::new(start, body.end())
}
