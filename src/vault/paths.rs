//! The files of a vault by path, and by every end of a path: `b/c` finds `a/b/c.md`.

use std::collections::BTreeSet;
use std::collections::hash_map::Entry;

use foldhash::{HashMap, HashSet};

use super::both;
use super::name::base_name;

/// A note or another file, by its place in the vault's list of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Item {
    Note(u32),
    File(u32),
}

/// Folded paths, notes without their ending, spelt backwards: so all that end alike stand together,
/// and what shares a name costs nothing to whoever looks for another one.
#[derive(Debug, Default)]
pub(super) struct Paths {
    all: BTreeSet<(Box<[u8]>, Item)>,
    /// The files by their names alone, which most links have: `None` where several have one.
    names: Names,
    /// The names that several files have: so few that to see that one is not among them costs little.
    shared: HashSet<Box<str>>,
}

impl Paths {
    pub(super) fn add(&mut self, path: &str, item: Item) {
        self.all.insert((backwards(path), item));
        name((&mut self.names, &mut self.shared), path, item);
    }

    /// Adds many, which costs less than one by one.
    pub(super) fn add_all<'a>(&mut self, paths: impl ExactSizeIterator<Item = (&'a str, Item)> + Clone + Send + Sync) {
        let Paths { all, names, shared } = self;
        names.reserve(paths.len());
        both(
            || all.append(&mut paths.clone().map(|(path, item)| (backwards(path), item)).collect()),
            || paths.clone().for_each(|(path, item)| name((names, shared), path, item)),
        );
    }

    /// All of exactly this path: several where paths differ by case alone.
    pub(super) fn at<'a>(&'a self, path: &str) -> impl Iterator<Item = Item> + use<'a> {
        let key = backwards(path);
        self.all.range((key.clone(), Item::Note(0))..).take_while(move |(path, _)| *path == key).map(|&(_, item)| item)
    }

    /// Whether several files have this name.
    pub(super) fn shares(&self, name: &str) -> bool {
        self.shared.contains(name)
    }

    /// All whose path ends in these whole names.
    pub(super) fn ending<'a>(&'a self, path: &str) -> impl Iterator<Item = Item> + use<'a> {
        let name = base_name(path);
        let known = self.names.get(name);
        let alone = known.copied().flatten().filter(|_| name.len() == path.len());
        let several = known.is_some() && alone.is_none();
        let ending = several.then(|| {
            let key = backwards(path);
            let from = self.all.range((key.clone(), Item::Note(0))..);
            from.take_while(move |(path, _)| path.starts_with(&key)).map(|&(_, item)| item)
        });
        alone.into_iter().chain(ending.into_iter().flatten())
    }
}

type Names = HashMap<Box<str>, Option<Item>>;

fn name((names, shared): (&mut Names, &mut HashSet<Box<str>>), path: &str, item: Item) {
    match names.entry(base_name(path).into()) {
        Entry::Vacant(new) => drop(new.insert(Some(item))),
        Entry::Occupied(mut known) => {
            shared.insert(known.key().clone());
            known.insert(None);
        }
    }
}

/// A slash at the end keeps `c` from finding `abc`.
fn backwards(path: &str) -> Box<[u8]> {
    path.bytes().rev().chain([b'/']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_found_by_its_end() {
        let mut paths = Paths::default();
        for (i, path) in ["c", "a/c", "a/b/c", "abc", "b/c/d"].into_iter().enumerate() {
            paths.add(path, Item::Note(i as u32));
        }
        assert_eq!(paths.at("c").collect::<Vec<_>>(), [Item::Note(0)]);
        assert_eq!(paths.ending("c").count(), 3);
        assert_eq!(paths.ending("b/c").collect::<Vec<_>>(), [Item::Note(2)]);
    }
}
