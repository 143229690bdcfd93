//! The vault around a note: which notes, names, aliases, headings, blocks, files and tags
//! there are.
//!
//! Everything is looked up by folded names, so that neither case nor the way a letter is composed
//! matters. Two notes of one name stay two. What is kept of a note is small, and adding one costs no
//! more in a large vault than in a small one.

pub mod near_tags;
pub mod tags;

#[cfg(feature = "cli")]
mod access;
mod anew;
mod attachments;
mod conventions;
mod linked;
mod logseq;
mod name;
mod nearest;
mod parts;
mod paths;
#[cfg(feature = "cli")]
pub mod read;
#[cfg(feature = "cli")]
mod recognise;
mod resolve;
mod targets;
#[cfg(feature = "cli")]
pub mod walk;
#[cfg(feature = "cli")]
pub mod write;

use std::collections::{BTreeSet, HashSet};
use std::sync::{Arc, OnceLock};

use foldhash::HashMap;

pub use attachments::is_attachment;
pub use conventions::{Conventions, Flavor, LinkFormat};
pub use logseq::uuid;
pub use name::{base_name, fold, fold_tag, folder, without_ending};
pub use paths::Item;
#[cfg(feature = "cli")]
pub use recognise::{recognise, recognised};
pub use resolve::{Fragment, Resolved};
pub use targets::{Place, Target, targets};

use crate::note::Note;
use attachments::Attachments;
use linked::Linked;
use nearest::Nearest;
use parts::Parts;
use paths::Paths;
use tags::Tags;

/// The name of the configuration file, which marks the root of a vault.
pub const CONFIGURATION: &str = "vaultmend.toml";

/// What is known of all notes together. It can be built from texts in memory.
#[derive(Debug, Default)]
pub struct Vault {
    conventions: Conventions,
    notes: Vec<NoteInfo>,
    files: Vec<String>,
    attachments: Attachments,
    paths: Paths,
    /// Folded aliases, to notes; in Logseq the names of pages too.
    aliases: HashMap<Box<str>, Vec<u32>>,
    /// The ids of Logseq's blocks.
    block_uuids: HashSet<u128>,
    linked: Linked,
    nearest: OnceLock<Nearest>,
    tags: Tags,
}

/// So many notes at a time keep what was read in them, while those that are asked for parts are gone through:
/// see [`Note::rest`].
const AWAKE: usize = 1024;

/// Whether a link can name a file that is called so.
fn is_linkable(name: &str) -> bool {
    !name.contains(['#', '^', '[', ']', '|', '\\'])
}

/// What the vault keeps of a note.
#[derive(Debug)]
pub struct NoteInfo {
    /// From the vault's root, with `/`.
    pub path: Arc<str>,
    /// Its headings and blocks; `None` when they were not asked for.
    parts: Option<Box<Parts>>,
    /// Whether its text could be read.
    is_read: bool,
}

impl Vault {
    /// A vault without notes that is read in this way.
    pub fn new(conventions: Conventions) -> Vault {
        Vault { conventions, ..Vault::default() }
    }

    pub fn conventions(&self) -> &Conventions {
        &self.conventions
    }

    /// Adds a note. Which links lead to it is counted by [`Vault::link`].
    pub fn add(&mut self, note: &Note) {
        self.add_names(std::slice::from_ref(note));
        if let Some(added) = self.notes.last_mut() {
            added.parts = Some(Box::new(Parts::of(note)));
        }
    }

    /// Adds notes that link only to notes of this vault. The headings and blocks of those that no
    /// link names one of are not read. The notes rest afterwards.
    pub fn add_all(&mut self, notes: &mut [Note]) {
        let first = self.notes.len();
        self.add_names(notes);
        let asked: BTreeSet<u32> = each_once(notes, |note| self.asked(note)).into_iter().flatten().collect();
        let asked: Vec<usize> = asked.into_iter().map(|index| index as usize).filter(|&i| i >= first).collect();
        for some in asked.chunks(AWAKE) {
            let parts = each(some, |&index| Parts::of(&notes[index - first]));
            for (&index, parts) in some.iter().zip(parts) {
                self.notes[index].parts = Some(Box::new(parts));
                notes[index - first].rest();
            }
        }
    }

    /// Adds the names of notes, and their tags.
    fn add_names(&mut self, notes: &[Note]) {
        let first = self.notes.len();
        let logseq = self.conventions.flavor == Flavor::Logseq;
        let Vault { paths, aliases, block_uuids, tags, .. } = self;
        let by_path = || {
            let folded = each(notes, |note| fold(&note.path));
            paths.add_all(
                folded.iter().enumerate().map(|(i, path)| (without_ending(path), Item::Note(number(first + i)))),
            );
            for (i, note) in notes.iter().enumerate() {
                let index = number(first + i);
                for alias in names(note, logseq) {
                    let notes = aliases.entry(fold(alias.trim()).into()).or_default();
                    if notes.last() != Some(&index) {
                        notes.push(index);
                    }
                }
                if logseq {
                    block_uuids.extend(logseq::block_ids(&note.text));
                }
            }
        };
        let by_tag = || notes.iter().enumerate().for_each(|(i, note)| tags.add(number(first + i), note));
        both(by_path, by_tag);
        self.nearest = OnceLock::new();
        self.notes.extend(notes.iter().map(|note| NoteInfo {
            path: note.path.clone(),
            parts: None,
            is_read: note.unreadable.is_none(),
        }));
    }

    /// The notes of which some link of a note may name a part.
    fn asked(&self, note: &Note) -> Vec<u32> {
        let mut found = Vec::new();
        let mut ask = |resolved| {
            if let Resolved::One(Item::Note(index)) = resolved {
                found.push(index);
            }
        };
        for link in note.links.iter().filter(|link| link.fragment.is_some()) {
            ask(self.resolve_link(note, link));
            // What it names when the links in it are taken out.
            if let Some(name) = note.name_of(link).filter(|name| *name != link.target.of(&note.text)) {
                ask(self.resolve(&name, &note.path));
            }
        }
        if note.may_name_a_part {
            let targets = note.markdown_links().filter_map(|link| link.target(&note.text));
            targets
                .filter(|target| target.contains('#'))
                .for_each(|target| ask(self.resolve_path(&target, &note.path)));
        }
        found
    }

    /// Adds a file that is no note, by its path from the root. Links name it with its ending, so
    /// one without cannot be linked to.
    pub fn add_file(&mut self, path: &str) {
        if base_name(path).contains('.') {
            self.attachments.add(path, self.conventions.attachments.as_deref());
            self.paths.add(&fold(path), Item::File(number(self.files.len())));
            self.files.push(path.to_owned());
        }
    }

    /// Whether a word is the name of a note, or an alias of one.
    pub fn is_named(&self, word: &str) -> bool {
        let key = fold(word);
        self.aliases.contains_key(key.as_str()) || self.paths.ending(&key).any(|item| matches!(item, Item::Note(_)))
    }

    /// Whether a note or a file of this name exists, without regard to case.
    pub fn knows(&self, target: &str) -> bool {
        let key = fold(target.trim());
        let key = without_ending(&key);
        !key.is_empty() && self.paths.ending(key).next().is_some()
    }

    /// Whether an embed of this name would show something.
    pub fn has_file(&self, target: &str) -> bool {
        let path = target.split('#').next().unwrap_or(target);
        self.knows(path) || self.knows(base_name(path))
    }

    /// The notes that have this alias.
    pub fn with_alias(&self, alias: &str) -> &[u32] {
        self.aliases.get(fold(alias.trim()).as_str()).map_or(&[], Vec::as_slice)
    }

    /// Whether some block of the vault has this id, as Logseq writes them.
    pub fn has_block_uuid(&self, id: u128) -> bool {
        self.block_uuids.contains(&id)
    }

    /// The path of the note that a target which leads nowhere may have meant: its name differs by
    /// blanks, marks, a plural or a letter or two.
    pub fn nearest(&self, target: &str) -> Option<Item> {
        let nearest = self.nearest.get_or_init(|| Nearest::of(self.notes.iter().map(|note| &*note.path)));
        nearest.find(target, |index| &self.notes[index as usize].path).map(Item::Note)
    }

    /// The other notes that have the base name of the note at `path`.
    pub fn others_of_name(&self, path: &str) -> impl Iterator<Item = &NoteInfo> {
        let key = fold(without_ending(base_name(path)));
        let all = self.paths.shares(&key).then(|| self.paths.ending(&key)).into_iter().flatten();
        let notes = all.filter_map(|item| match item {
            Item::Note(index) => Some(&self.notes[index as usize]),
            Item::File(_) => None,
        });
        notes.filter(move |other| *other.path != *path)
    }

    /// How a link in the note at `from` names a note, by the vault's conventions: so that it leads
    /// there and nowhere else. `None` for a note that no such name leads to.
    pub fn target_of(&self, item: Item, from: &str) -> Option<String> {
        let path = without_ending(self.path_of(item));
        let name = base_name(path);
        let relative = path.strip_prefix(folder(from)).and_then(|rest| rest.strip_prefix('/')).unwrap_or(path);
        let wanted = match self.conventions.links {
            LinkFormat::Shortest => name,
            LinkFormat::Relative => relative,
            LinkFormat::Absolute => path,
        };
        let leads_there = |target: &&str| is_linkable(target) && self.resolve(target, from) == Resolved::One(item);
        [wanted, path].into_iter().find(leads_there).map(str::to_owned)
    }

    /// Why the attachments of this vault seem not to be with its notes: then none can be missed.
    pub fn attachments_elsewhere(&self) -> Option<String> {
        self.attachments.elsewhere(self.conventions.attachments.as_deref())
    }

    /// The path of a note or file from the root.
    pub fn path_of(&self, item: Item) -> &str {
        match item {
            Item::Note(index) => &self.notes[index as usize].path,
            Item::File(index) => &self.files[index as usize],
        }
    }

    pub fn notes(&self) -> &[NoteInfo] {
        &self.notes
    }

    pub fn tags(&self) -> &Tags {
        &self.tags
    }

    /// The place of the note at exactly this path among all notes.
    fn index_of(&self, path: &str) -> Option<u32> {
        self.paths.at(without_ending(&fold(path))).find_map(|item| match item {
            Item::Note(index) => (*self.notes[index as usize].path == *path).then_some(index),
            Item::File(_) => None,
        })
    }
}

impl NoteInfo {
    /// The anchors of its headings, in order.
    pub fn anchors(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().flat_map(|parts| parts.anchors())
    }
}

/// What a note goes by besides its file's name.
fn names(note: &Note, logseq: bool) -> Vec<String> {
    let frontmatter = note.frontmatter.iter();
    let mut names: Vec<String> =
        frontmatter.flat_map(|frontmatter| frontmatter.aliases(&note.text)).map(|alias| alias.text).collect();
    if logseq {
        let (name, more) = logseq::names(note);
        names.push(name);
        names.extend(more);
    }
    names
}

#[cfg(feature = "cli")]
fn each<T: Sync, R: Send>(items: &[T], make: impl Fn(&T) -> R + Sync + Send) -> Vec<R> {
    use rayon::prelude::*;
    items.par_iter().with_min_len(crate::AT_ONCE).with_max_len(crate::AT_ONCE).map(make).collect()
}

#[cfg(not(feature = "cli"))]
fn each<T, R>(items: &[T], make: impl Fn(&T) -> R) -> Vec<R> {
    items.iter().map(make).collect()
}

#[cfg(feature = "cli")]
fn both(one: impl FnOnce() + Send, other: impl FnOnce() + Send) {
    rayon::join(one, other);
}

#[cfg(not(feature = "cli"))]
fn both(one: impl FnOnce(), other: impl FnOnce()) {
    one();
    other();
}

/// Makes something of each note, which rests then: what was read in all notes together would take more
/// memory than their texts.
#[cfg(feature = "cli")]
fn each_once<R: Send>(notes: &mut [Note], make: impl Fn(&Note) -> R + Sync + Send) -> Vec<R> {
    use rayon::prelude::*;
    notes
        .par_iter_mut()
        .with_min_len(crate::AT_ONCE)
        .with_max_len(crate::AT_ONCE)
        .map(|note| once(note, &make))
        .collect()
}

#[cfg(not(feature = "cli"))]
fn each_once<R>(notes: &mut [Note], make: impl Fn(&Note) -> R) -> Vec<R> {
    notes.iter_mut().map(|note| once(note, &make)).collect()
}

fn once<R>(note: &mut Note, make: impl Fn(&Note) -> R) -> R {
    let made = make(note);
    note.rest();
    made
}

fn number(index: usize) -> u32 {
    u32::try_from(index).expect("a vault has fewer than 4 billion files")
}
