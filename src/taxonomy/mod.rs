//! The convention of a vault for its tags: which there may be, how they are written, and where.

mod case;
mod habit;
mod nearest;
mod pattern;
mod read;
mod unused;

use std::collections::BTreeMap;

use globset::GlobMatcher;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::vault::fold_tag;
use crate::vault::tags::Tags;

pub use case::Case;
pub use habit::CaseHabit;
pub use nearest::Nearest;
pub use read::Written;

use pattern::Pattern;

/// What a vault wants of its tags. `Taxonomy::NONE` wants nothing. Tags are told apart without regard
/// to case.
#[derive(Debug)]
pub struct Taxonomy {
    /// Those with a `*`.
    kinds: Vec<Pattern>,
    /// Folded names, and how each is written.
    names: BTreeMap<String, String>,
    /// What each name or kind is for, by how it is written.
    descriptions: BTreeMap<String, String>,
    /// By folded old name.
    renames: BTreeMap<String, Rename>,
    /// How the last segment is written, by the folded name up to it.
    spelled: BTreeMap<String, String>,
    case: Option<Case>,
    /// What stands between words.
    separator: Option<char>,
    /// How many segments a tag may have.
    depth: Option<usize>,
    folders: Vec<Folder>,
    pub place: Place,
    pub numeric: Numeric,
}

#[derive(Debug)]
struct Rename {
    old: String,
    new: String,
}

/// What is wanted of the notes that a glob matches.
#[derive(Debug)]
struct Folder {
    notes: GlobMatcher,
    require: Vec<Pattern>,
    forbid: Vec<Pattern>,
    at_most: Option<usize>,
}

/// Where tags may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Place {
    Frontmatter,
    Text,
    #[default]
    Both,
}

/// What becomes of a number among the tags of the frontmatter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Numeric {
    Report,
    Drop,
    /// What it becomes, with `{}` for the number.
    Become(String),
}

/// What a taxonomy says of a tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ruling {
    /// Nothing.
    Fine,
    /// It is a number.
    Numeric,
    /// `old`, the tag or one it is nested in, has another name, and so the tag is to be `new`.
    Renamed { old: String, new: String },
    /// It is to be written in another way.
    Written(String),
    /// It is none of the allowed ones.
    Unknown,
}

impl Taxonomy {
    pub const NONE: Taxonomy = Taxonomy {
        kinds: Vec::new(),
        names: BTreeMap::new(),
        descriptions: BTreeMap::new(),
        renames: BTreeMap::new(),
        spelled: BTreeMap::new(),
        case: None,
        separator: None,
        depth: None,
        folders: Vec::new(),
        place: Place::Both,
        numeric: Numeric::Report,
    };

    /// What is said of a tag. `tags` tells how the vault writes it. Writing the tag as it is told gives
    /// one of which no such thing is said again.
    pub fn ruling(&self, name: &str, tags: &Tags) -> Ruling {
        // Link markup and a second mark in a tag are defects of their own.
        if name.is_empty() || name.contains("[[") || name.starts_with('#') {
            return Ruling::Fine;
        }
        let name = name.trim();
        if name.chars().all(char::is_numeric) {
            return Ruling::Numeric;
        }
        if self.says_nothing() {
            return Ruling::Fine;
        }
        if let Some((old, new)) = self.renamed(name) {
            let new = self.written(&new, tags);
            if fold_tag(&new) != fold_tag(name) {
                return Ruling::Renamed { old, new };
            }
        }
        let written = self.written(name, tags);
        if !self.allows(&written) {
            return Ruling::Unknown;
        }
        if written == name { Ruling::Fine } else { Ruling::Written(written) }
    }

    /// Whether it neither names, renames nor recases any tag.
    fn says_nothing(&self) -> bool {
        !self.is_closed()
            && self.renames.is_empty()
            && self.spelled.is_empty()
            && self.case.is_none()
            && self.separator.is_none()
    }

    /// Whether it gives any tag another name.
    pub fn renames_any(&self) -> bool {
        !self.renames.is_empty()
    }

    /// Whether it tells how all tags are written.
    pub fn sets_case(&self) -> bool {
        self.case.is_some()
    }

    /// Whether it names the tags that may be used.
    pub fn is_closed(&self) -> bool {
        !(self.names.is_empty() && self.kinds.is_empty())
    }

    /// Whether the tag, in any case, may be used.
    pub fn allows(&self, name: &str) -> bool {
        let folded = fold_tag(bare(name));
        !self.is_closed() || self.names.contains_key(&folded) || self.kinds.iter().any(|kind| kind.matches(&folded))
    }

    /// What the tag, or the kind it is of, is for.
    pub fn description(&self, name: &str) -> Option<&str> {
        let folded = fold_tag(name);
        let kind = || self.kinds.iter().find(|kind| kind.matches(&folded)).map(|kind| &kind.text);
        let written = self.names.get(&folded).or_else(kind)?;
        self.descriptions.get(written).map(String::as_str).filter(|text| !text.is_empty())
    }

    /// Why a tag is to be written as it is told, in words.
    pub fn reason(&self, name: &str) -> String {
        let named = self.spelled.contains_key(&fold_tag(bare(name)));
        match (self.case, self.separator) {
            (Some(case), _) if !named => format!("the case of the tags is `{}`", case.name()),
            (_, Some(separator)) if !named => format!("`{separator}` stands between words"),
            _ => "the taxonomy writes it so".to_owned(),
        }
    }

    /// The name with the tag or one it is nested in renamed, until no more is to be renamed; and the
    /// first old name.
    fn renamed(&self, name: &str) -> Option<(String, String)> {
        let mut first = None;
        let mut name = name.to_owned();
        // Each new name is longer than what was replaced, or shorter than before: it comes to an end.
        while let Some((rename, end)) = self.rename_of(&name) {
            let new = [rename.new.as_str(), &name[end..]].concat();
            first.get_or_insert_with(|| rename.old.clone());
            if new == name {
                break;
            }
            name = new;
        }
        first.map(|old| (old, name))
    }

    /// The renaming of the longest part of a name that has one, and the length of the part.
    fn rename_of(&self, name: &str) -> Option<(&Rename, usize)> {
        if self.renames.is_empty() {
            return None;
        }
        let ends = name.match_indices('/').map(|(at, _)| at).chain([name.len()]).collect::<Vec<_>>();
        ends.into_iter().rev().find_map(|end| Some((self.renames.get(&fold_tag(&name[..end]))?, end)))
    }

    /// The tag as it is to be written, segment by segment: as the taxonomy names it, else in its case.
    pub fn written(&self, name: &str, tags: &Tags) -> String {
        let mut written = String::with_capacity(name.len());
        let mut end = 0;
        for segment in name.split('/') {
            end += segment.len();
            // In another case it may be a name that is written in its own way.
            let named = |segment: &str| self.spelled.get(&fold_tag(&format!("{written}{segment}"))).cloned();
            let cased = || self.cased(&name[..end], segment, tags);
            let segment = named(segment).unwrap_or_else(|| {
                let cased = cased();
                named(&cased).unwrap_or(cased)
            });
            end += 1;
            written = format!("{written}{segment}/");
        }
        written.pop();
        written
    }

    /// A segment in the case; `name` is the tag up to it.
    fn cased(&self, name: &str, segment: &str, tags: &Tags) -> String {
        let spellings = tags.get(name).map_or(&[][..], |known| &known.spellings);
        let cased = match self.case {
            None => segment.to_owned(),
            Some(Case::FirstSeen) => spellings.first().map_or(segment, |first| &first.text).to_owned(),
            Some(case) if case.fits(segment) => segment.to_owned(),
            // `GitHub` is `github` where a note writes it so, else `git-hub`.
            Some(case) => {
                let known = spellings.iter().find(|spelling| case.fits(&spelling.text));
                known.map_or_else(|| case.write(segment), |known| known.text.to_string())
            }
        };
        let Some(separator) = self.separator else { return cased };
        cased.replace(['-', '_'], separator.encode_utf8(&mut [0; 4]))
    }

    /// Why a note may not have a tag, in words.
    pub fn forbids(&self, path: &str, name: &str) -> Option<String> {
        let folded = fold_tag(bare(name));
        let levels = folded.split('/').count();
        if let Some(depth) = self.depth.filter(|depth| levels > *depth) {
            return Some(format!("it has {levels} levels, and {depth} are the most"));
        }
        let mut forbidden = self.folders_of(path).flat_map(|folder| &folder.forbid);
        let kind = forbidden.find(|pattern| pattern.matches(&folded))?;
        Some(format!("`{}` is forbidden in this folder", kind.text))
    }

    /// What a note must have tags of and has none: each a tag, or a kind of tags with `*`.
    pub fn missing<'a>(&'a self, path: &'a str, has: &[&str]) -> Vec<&'a str> {
        // A tag counts by the name it is to have.
        let meant =
            |name: &&str| self.renamed(bare(name)).map_or_else(|| fold_tag(bare(name)), |(_, new)| fold_tag(&new));
        let has: Vec<String> = has.iter().map(meant).collect();
        let required = self.folders_of(path).flat_map(|folder| &folder.require);
        let mut missing: Vec<&str> = required
            .filter(|pattern| !has.iter().any(|name| pattern.matches(name)))
            .map(|pattern| pattern.text.as_str())
            .collect();
        missing.sort_unstable();
        missing.dedup();
        missing
    }

    /// Whether a note must have this tag, or one of its kind.
    pub fn requires(&self, path: &str, name: &str) -> bool {
        let folded = fold_tag(bare(name));
        self.folders_of(path).any(|folder| folder.require.iter().any(|pattern| pattern.matches(&folded)))
    }

    /// How many tags a note may have.
    pub fn at_most(&self, path: &str) -> Option<usize> {
        self.folders_of(path).filter_map(|folder| folder.at_most).min()
    }

    fn folders_of<'a>(&'a self, path: &'a str) -> impl Iterator<Item = &'a Folder> {
        self.folders.iter().filter(move |folder| folder.notes.is_match(path))
    }
}

impl Default for Taxonomy {
    fn default() -> Self {
        Taxonomy::NONE
    }
}

/// The name without a `#` before it.
fn bare(name: &str) -> &str {
    name.trim().trim_start_matches('#')
}

#[cfg(test)]
mod tests;
