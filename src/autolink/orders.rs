//! The orders in which a loop may have taken its terms.

use std::cmp::Reverse;

use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};

use super::linker::Turn;
use super::{replay::TERMS, signature};
use crate::note::Note;

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

/// The orders in which a loop may have taken its terms: as they are written down, else long ones
/// first, as careful linkers do, or short ones first. Order matters only between a term and
/// another that holds it.
pub(super) fn orders<'a>(
    note: &Note,
    turns: &'a HashMap<String, Turn>,
    list: &std::collections::HashMap<String, usize>,
    hard_damage: usize,
) -> Vec<(Vec<&'a Turn>, Source)> {
    let mut tagged: HashMap<String, usize> = HashMap::new();
    for (place, tag) in own_tags(note).iter().enumerate() {
        tagged.entry(signature::key(tag)).or_insert(place);
    }
    let of_tag = |text: &String| tagged.get(&signature::key(text)).copied();
    let of_list = |text: &String| list.get(text).copied();
    let mut orders = Vec::new();
    let mut add = |place: &dyn Fn(&String) -> Option<usize>, source: Source| {
        let place = |turn: &Turn| place(&turn.target).or_else(|| place(&turn.term));
        let mut terms: Vec<&Turn> = turns.values().filter(|turn| place(turn).is_some()).collect();
        if terms.len() < TERMS {
            return;
        }
        terms.sort_by_key(|turn| (Reverse(turn.term.len()), turn.term.as_str()));
        let mut written = terms.clone();
        written.sort_by_cached_key(|turn| place(turn));
        let shortest = terms.iter().rev().copied().collect();
        let all = if source == Source::Targets { [terms, shortest] } else { [written, terms] };
        orders.extend(all.map(|order| (order, source)));
    };
    add(&of_tag, Source::Tags);
    add(&of_list, Source::List);
    if hard_damage > 0 {
        add(&|_| Some(0), Source::Targets);
    }
    orders
}

/// The tags of the frontmatter in the order they are written, each once.
fn own_tags(note: &Note) -> Vec<String> {
    let mut seen = HashSet::new();
    let tags = note.listed_tags().iter().map(|tag| tag.text.clone());
    tags.filter(|tag| !tag.is_empty() && seen.insert(tag.clone())).collect()
}
