//! The vault around a note: which names, aliases, files and tags there are.

pub mod near_tags;
pub mod tags;

#[cfg(feature = "cli")]
pub mod read;
#[cfg(feature = "cli")]
pub mod walk;
#[cfg(feature = "cli")]
pub mod write;

use std::collections::{HashMap, HashSet};

use unicode_normalization::UnicodeNormalization;

use crate::note::Note;
use tags::Tags;

/// What is known of all notes together. It can be built from texts in memory.
#[derive(Debug, Default)]
pub struct Vault {
    notes: Vec<NoteInfo>,
    /// Folded base names and folded paths without `.md`, to notes.
    names: HashMap<String, Vec<u32>>,
    /// Folded aliases.
    aliases: HashSet<String>,
    /// Folded paths and base names of the files that are no notes.
    files: HashSet<String>,
    tags: Tags,
}

/// What the vault keeps of a note.
#[derive(Debug)]
pub struct NoteInfo {
    /// From the vault's root, with `/`.
    pub path: String,
}

impl Vault {
    pub fn add(&mut self, note: &Note) {
        let index = u32::try_from(self.notes.len()).expect("a vault has fewer than 4 billion notes");
        let path = fold(&note.path);
        let path = path.strip_suffix(".md").unwrap_or(&path).to_owned();
        let base = base_name(&path).to_owned();
        if base != path {
            self.names.entry(base).or_default().push(index);
        }
        self.names.entry(path).or_default().push(index);
        if let Some(frontmatter) = &note.frontmatter {
            self.aliases.extend(frontmatter.aliases(&note.text).iter().map(|alias| fold(alias.text.trim())));
        }
        self.tags.add(index, note);
        self.notes.push(NoteInfo { path: note.path.clone() });
    }

    /// Whether a word is the name of a note, or an alias of one.
    pub fn is_named(&self, word: &str) -> bool {
        let key = fold(word);
        self.names.contains_key(&key) || self.aliases.contains(&key)
    }

    /// Adds a file that is no note, by its path from the root.
    pub fn add_file(&mut self, path: &str) {
        let path = fold(path);
        self.files.insert(base_name(&path).to_owned());
        self.files.insert(path);
    }

    /// Whether a note or a file of this name exists, without regard to case.
    pub fn knows(&self, target: &str) -> bool {
        let key = fold(target.trim());
        let key = key.strip_suffix(".md").unwrap_or(&key);
        self.names.contains_key(key) || self.files.contains(key)
    }

    /// Whether an embed of this name would show something.
    pub fn has_file(&self, target: &str) -> bool {
        let path = target.split('#').next().unwrap_or(target);
        self.knows(path) || self.knows(base_name(path))
    }

    pub fn notes(&self) -> &[NoteInfo] {
        &self.notes
    }

    pub fn tags(&self) -> &Tags {
        &self.tags
    }
}

fn base_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The form in which names are compared: NFC, full Unicode case folding.
pub fn fold(name: &str) -> String {
    if name.is_ascii() {
        return name.to_ascii_lowercase();
    }
    caseless::default_case_fold_str(&name.nfc().collect::<String>()).nfc().collect()
}
