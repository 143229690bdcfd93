//! What a link leads to.

use std::collections::BTreeSet;

use super::name::{fold, folder, from_folder, without_ending};
use super::{Flavor, Item, Vault};
use crate::note::{Link, Note, is_block_id};

/// What a target leads to. Where several files fit, none of them is chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolved {
    One(Item),
    /// The first few, by path.
    Many(Vec<Item>),
    None,
}

/// What is at a link's fragment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fragment {
    /// There is none, or what it names is there, or cannot be known.
    Fine,
    MissingHeading,
    MissingBlock,
}

/// Of how many files with one name the paths are told.
const MOST_TOLD: usize = 10;

/// What is longer leads nowhere, in bytes: systems take no longer path. Links nest, so that looking at all of
/// each would cost the square of their depth.
const MOST_PATH: usize = 4096;

impl Vault {
    /// What `target`, without its fragment, leads to from the note at `from`.
    ///
    /// A path from the vault's root is that file, and so is one from the note's own folder; any
    /// other target is the only file whose path ends in it. A name alone that several files have is
    /// `Many`, also where one of them lies in the root.
    pub fn resolve(&self, target: &str, from: &str) -> Resolved {
        if target.len() > MOST_PATH {
            return Resolved::None;
        }
        let key = fold(target.trim());
        if key.is_empty() {
            let alike = || self.paths.at(without_ending(&fold(from)));
            // Another note may differ from it in capitals alone.
            let own = alike().find(|&item| self.path_of(item) == from);
            return own.map_or_else(|| self.of(alike()), Resolved::One);
        }
        if self.conventions.flavor == Flavor::Logseq {
            return self.of(self.named(&key).chain(self.ending(&key)));
        }
        if let Some(absolute) = key.strip_prefix('/') {
            return self.of(self.exactly(absolute));
        }
        let relative = || from_folder(&fold(folder(from)), &key);
        if key.starts_with("./") || key.starts_with("../") {
            return relative().map_or(Resolved::None, |path| self.of(self.exactly(&path)));
        }
        if key.contains('/') {
            let exact = [Some(key.clone()), relative()].into_iter().flatten();
            for path in exact {
                match self.of(self.exactly(&path)) {
                    Resolved::None => {}
                    found => return found,
                }
            }
        }
        self.of(self.ending(&key))
    }

    /// What a link of `note` leads to.
    pub fn resolve_link(&self, note: &Note, link: &Link) -> Resolved {
        self.resolve(link.target.of(&note.text), &note.path)
    }

    /// What the destination of a Markdown link leads to from the note at `from`: a path from there
    /// or from the root, else the only file whose path ends so.
    pub fn resolve_path(&self, destination: &str, from: &str) -> Resolved {
        let path = destination.split('#').next().unwrap_or(destination);
        if path.len() > MOST_PATH {
            return Resolved::None;
        }
        let key = fold(path);
        if key.starts_with('/') {
            return self.resolve(path, from);
        }
        let Some(relative) = from_folder(&fold(folder(from)), &key) else { return Resolved::None };
        match self.of(self.exactly(&relative)) {
            Resolved::None => self.resolve(path, from),
            found => found,
        }
    }

    /// Whether the note that a link leads to has what the link's fragment names.
    pub fn fragment(&self, item: Item, fragment: &str) -> Fragment {
        let Item::Note(index) = item else { return Fragment::Fine };
        let (note, name) = (&self.notes[index as usize], fragment.trim().trim_end_matches('\\').trim());
        let name = name.trim_start_matches('#').trim_end_matches('#');
        if name.is_empty() || !note.is_read || self.conventions.flavor == Flavor::Logseq {
            return Fragment::Fine;
        }
        let Some(parts) = &note.parts else { return Fragment::Fine };
        match name.strip_prefix('^') {
            Some(id) if parts.has_block(id) || !is_block_id(id) => Fragment::Fine,
            Some(_) => Fragment::MissingBlock,
            None if parts.has_heading(name) => Fragment::Fine,
            None => Fragment::MissingHeading,
        }
    }

    /// The files of exactly this folded path, with or without the ending of notes.
    fn exactly<'a>(&'a self, path: &'a str) -> impl Iterator<Item = Item> + 'a {
        let bare = Some(without_ending(path)).filter(|bare| *bare != path);
        let notes = bare.into_iter().flat_map(|bare| self.paths.at(bare)).filter(|item| matches!(item, Item::Note(_)));
        notes.chain(self.paths.at(path))
    }

    /// The files whose folded path ends so, with or without the ending of notes.
    fn ending<'a>(&'a self, path: &'a str) -> impl Iterator<Item = Item> + 'a {
        let bare = Some(without_ending(path)).filter(|bare| *bare != path);
        let notes =
            bare.into_iter().flat_map(|bare| self.paths.ending(bare)).filter(|item| matches!(item, Item::Note(_)));
        notes.chain(self.paths.ending(path))
    }

    /// The pages that go by this name or alias.
    fn named<'a>(&'a self, name: &str) -> impl Iterator<Item = Item> + use<'a> {
        self.aliases.get(name).into_iter().flatten().map(|&note| Item::Note(note))
    }

    fn of(&self, items: impl Iterator<Item = Item>) -> Resolved {
        let mut items = items.take(2 * MOST_TOLD);
        let Some(first) = items.next() else { return Resolved::None };
        // Most names are one note's, found on one way.
        let Some(second) = items.by_ref().find(|item| *item != first) else { return Resolved::One(first) };
        let found: BTreeSet<Item> = [first, second].into_iter().chain(items).collect();
        let mut found: Vec<Item> = found.into_iter().collect();
        found.sort_by_key(|&item| self.path_of(item));
        found.truncate(MOST_TOLD);
        Resolved::Many(found)
    }
}
