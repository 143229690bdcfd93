//! The tags of all notes together: how often each stands where, and how it is written.

use std::sync::OnceLock;

use foldhash::HashMap;

use super::fold_tag;
use super::near_tags::{self, Near};
use crate::note::Note;

/// The tags of a vault, and the tags they are nested in. Tags are told apart without regard to
/// case, as Obsidian does.
#[derive(Debug, Default)]
pub struct Tags {
    /// By folded name; `a/b` makes an entry for `a` too.
    known: HashMap<Box<str>, Tag>,
    /// Their names in order, sorted when they are first asked for.
    names: OnceLock<Box<[Box<str>]>>,
    /// Found out when it is first asked for.
    near: OnceLock<HashMap<Box<str>, Near>>,
}

/// What is known of one tag.
#[derive(Debug, Default)]
pub struct Tag {
    /// How its last segment is written, here and in the tags below it: first seen first.
    pub spellings: Vec<Spelling>,
    /// Uses in the text of notes; those of the tags below it are not counted.
    pub text: u32,
    /// Uses in frontmatter.
    pub frontmatter: u32,
    /// Those of `frontmatter` that YAML takes for a comment or cannot read. They are meant as tags,
    /// and `fix` makes tags of them, so they count as such.
    pub lost: u32,
    /// How many notes use it.
    pub notes: u32,
    /// The note that is the first to use it, or a tag below it where none does: an index into
    /// `Vault::notes`.
    pub first: u32,
    /// How many tags were seen before it.
    pub order: u32,
    /// The note it was last used in, and one: for counting notes.
    last: u32,
}

/// A way to write a segment, and how often it is written so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spelling {
    pub text: Box<str>,
    pub uses: u32,
}

impl Tag {
    /// Uses of the tag itself; none for one that only has tags below it.
    pub fn uses(&self) -> u32 {
        self.text + self.frontmatter
    }

    /// The commonest spelling of the last segment, of equals the one seen first.
    pub fn winner(&self) -> &str {
        // Of equals the first: `max_by_key` alone would take the last.
        let most = self.spellings.iter().rev().max_by_key(|spelling| spelling.uses);
        most.map_or("", |spelling| &spelling.text)
    }
}

impl Tags {
    /// Adds the tags of a note. Notes are to be added in the order of their indices.
    pub(super) fn add(&mut self, index: u32, note: &Note) {
        self.names.take();
        self.near.take();
        for tag in note.listed_tags() {
            let known = self.meet(index, &tag.text);
            known.frontmatter += 1;
            known.lost += u32::from(tag.lost);
        }
        for tag in note.tags() {
            self.meet(index, tag.name().of(&note.text)).text += 1;
        }
    }

    /// The entry of a tag, with its spelling and its note counted.
    fn meet(&mut self, index: u32, name: &str) -> &mut Tag {
        let folded = fold_tag(name);
        // Folding may change the length of a name, but no slash comes or goes.
        let mut ends = folded.match_indices('/').map(|(at, _)| at).chain([folded.len()]);
        for segment in name.split('/') {
            let order = u32::try_from(self.known.len()).unwrap_or(u32::MAX);
            let end = ends.next().unwrap_or(folded.len());
            let known = match self.known.get_mut(&folded[..end]) {
                Some(known) => known,
                None => self.known.entry(folded[..end].into()).or_insert_with(|| Tag {
                    first: index,
                    order,
                    ..Tag::default()
                }),
            };
            match known.spellings.iter_mut().find(|spelling| &*spelling.text == segment) {
                Some(spelling) => spelling.uses += 1,
                None => {
                    // Nearly all tags have but one.
                    if known.spellings.is_empty() {
                        known.spellings.reserve_exact(1);
                    }
                    known.spellings.push(Spelling { text: segment.into(), uses: 1 });
                }
            }
        }
        let known = self.known.get_mut(folded.as_str()).expect("the last segment has made the whole name an entry");
        if known.notes == 0 {
            known.first = index;
        }
        if known.last != index + 1 {
            known.last = index + 1;
            known.notes += 1;
        }
        known
    }

    /// What is known of a tag, written in any case.
    pub fn get(&self, name: &str) -> Option<&Tag> {
        self.known.get(fold_tag(name).as_str())
    }

    /// The tag as the vault mostly writes it, segment by segment; as it is where nothing is known.
    pub fn spelling(&self, name: &str) -> String {
        let folded = fold_tag(name);
        let mut ends = folded.match_indices('/').map(|(at, _)| at).chain([folded.len()]);
        let segments = name.split('/').map(|segment| {
            let known = ends.next().and_then(|end| self.known.get(&folded[..end]));
            known.map_or(segment, Tag::winner)
        });
        segments.collect::<Vec<_>>().join("/")
    }

    /// The commoner tag that this one, written in any case, is nearly the same as.
    pub fn near(&self, name: &str) -> Option<&Near> {
        self.near.get_or_init(|| near_tags::find(self)).get(fold_tag(name).as_str())
    }

    /// All tags by folded name, in its order, those that only have tags below them too.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Tag)> {
        self.from("")
    }

    /// The tags below a folded name, at any depth.
    pub fn below(&self, name: &str) -> impl Iterator<Item = (&str, &Tag)> {
        let above = format!("{name}/");
        self.from(&above).take_while(move |(name, _)| name.starts_with(&above))
    }

    /// The tags whose names are not before `first`, in order.
    fn from(&self, first: &str) -> impl Iterator<Item = (&str, &Tag)> + use<'_> {
        let names = self.names.get_or_init(|| {
            let mut names: Box<[Box<str>]> = self.known.keys().cloned().collect();
            names.sort_unstable();
            names
        });
        let names = &names[names.partition_point(|name| **name < *first)..];
        names.iter().map(|name| (&**name, &self.known[name]))
    }
}

#[cfg(test)]
mod tests {
    use super::super::Vault;
    use super::*;

    fn vault(notes: &[&str]) -> Vault {
        let mut vault = Vault::default();
        for (i, text) in notes.iter().enumerate() {
            vault.add(&Note::parse(format!("{i}.md"), *text));
        }
        vault
    }

    #[test]
    fn uses_are_counted_where_they_stand() {
        let vault = vault(&["---\ntags: [a, b]\n---\nOn #A and #a.\n", "#a\n", "---\ntags: #a, #c\n---\n"]);
        let a = vault.tags().get("A").unwrap();
        assert_eq!((a.text, a.frontmatter, a.lost, a.notes, a.first), (3, 2, 1, 3, 0));
        assert_eq!(a.winner(), "a");
        assert_eq!(vault.tags().get("c").map(|c| (c.uses(), c.first)), Some((1, 2)));
    }

    #[test]
    fn of_equal_spellings_the_first_wins() {
        assert_eq!(vault(&["#Covid #covid", "#COVID"]).tags().spelling("covid"), "Covid");
        assert_eq!(vault(&["#Covid #covid", "#covid"]).tags().spelling("COVID"), "covid");
        assert_eq!(vault(&[]).tags().spelling("New"), "New");
    }

    #[test]
    fn segments_are_counted_over_all_tags_below() {
        let vault = vault(&["#Project/a #Project/b #project/B #project"]);
        assert_eq!(vault.tags().spelling("project/b"), "Project/b");
        assert_eq!(vault.tags().get("project").map(Tag::uses), Some(1));
        let below: Vec<&str> = vault.tags().below("project").map(|(name, _)| name).collect();
        assert_eq!(below, ["project/a", "project/b"]);
    }

    #[test]
    fn a_parent_that_no_note_uses_is_known_but_unused() {
        let vault = vault(&["", "#x/y/z"]);
        let all: Vec<_> = vault.tags().iter().map(|(name, tag)| (name, tag.uses(), tag.notes, tag.first)).collect();
        assert_eq!(all, [("x", 0, 0, 1), ("x/y", 0, 0, 1), ("x/y/z", 1, 1, 1)]);
    }

    #[test]
    fn names_whose_folding_changes_their_length_keep_their_segments() {
        let vault = vault(&["#İstanbul/Straße #İstanbul/Straße #i\u{307}stanbul/STRAßE"]);
        assert_eq!(vault.tags().spelling("i\u{307}stanbul/STRAßE"), "İstanbul/Straße");
    }
}
