//! The links of a vault by what they lead to.

use std::collections::BTreeMap;

use super::{Fragment, Item, Resolved, Vault, fold, without_ending};
use crate::note::Note;
use crate::span::Span;

/// What some links lead to, and what is wrong with that.
#[derive(Debug, Default)]
pub struct Target {
    /// The path, or the target as it is first written where it is not one file's.
    pub name: String,
    /// The paths of the files that fit: one, none, or the first few.
    pub paths: Vec<String>,
    pub links: Vec<Place>,
    /// How many notes those links are in.
    pub notes: usize,
    /// Facts, in lower case.
    pub problems: Vec<String>,
}

/// A link in a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The index of the note among those that were looked at.
    pub note: usize,
    pub span: Span,
}

/// What links have in common that are counted together.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    File(Item),
    Name(String),
}

/// All links of `notes` that can be followed, by their targets: wikilinks, and those in Markdown's
/// form that lead to a file of the vault or name a note. The notes rest afterwards.
pub fn targets<'a>(vault: &Vault, notes: impl Iterator<Item = &'a mut Note>) -> Vec<Target> {
    let mut found = Found { vault, targets: BTreeMap::new() };
    for (index, note) in notes.enumerate() {
        for (_, link) in note.followed() {
            let written = link.target.of(&note.text).trim();
            let fragment = link.fragment.map_or("", |fragment| fragment.of(&note.text));
            let place = Place { note: index, span: link.span };
            found.add(place, (written, fragment), vault.resolve_link(note, link), link.embed);
        }
        for link in note.markdown_links() {
            let Some(target) = link.target(&note.text) else { continue };
            let (written, fragment) = target.split_once('#').unwrap_or((&target, ""));
            let to = vault.resolve_path(written, &note.path);
            if to != Resolved::None || without_ending(written) != written {
                found.add(Place { note: index, span: link.span }, (written, fragment), to, link.image);
            }
        }
        note.rest();
    }
    found.targets.into_values().map(|(target, missing)| with_missing(target, missing)).collect()
}

struct Found<'a> {
    vault: &'a Vault,
    /// With the number of links to missing headings and blocks.
    targets: BTreeMap<Key, (Target, [usize; 2])>,
}

impl Found<'_> {
    fn add(&mut self, place: Place, (written, fragment): (&str, &str), to: Resolved, embed: bool) {
        let key = match &to {
            Resolved::One(item) => Key::File(*item),
            _ => Key::Name(fold(written)),
        };
        let begin = || (begin(self.vault, written, &to, embed), [0, 0]);
        let (target, missing) = self.targets.entry(key).or_insert_with(begin);
        target.notes += usize::from(target.links.last().is_none_or(|last| last.note != place.note));
        target.links.push(place);
        if let Resolved::One(item) = to {
            match self.vault.fragment(item, fragment) {
                Fragment::Fine => {}
                Fragment::MissingHeading => missing[0] += 1,
                Fragment::MissingBlock => missing[1] += 1,
            }
        }
    }
}

fn with_missing(mut target: Target, missing: [usize; 2]) -> Target {
    for (n, what) in missing.into_iter().zip(["heading", "block"]).filter(|(n, _)| *n > 0) {
        let links = if n == 1 { "1 link".to_owned() } else { format!("{n} links") };
        target.problems.push(format!("{links} to a missing {what}"));
    }
    target
}

fn begin(vault: &Vault, written: &str, to: &Resolved, embed: bool) -> Target {
    let path = |item: &Item| vault.path_of(*item).to_owned();
    let (name, paths, problem) = match to {
        Resolved::One(item) => (path(item), vec![path(item)], None),
        Resolved::Many(items) => (written.to_owned(), items.iter().map(path).collect(), Some("ambiguous".to_owned())),
        Resolved::None => {
            let problem = match vault.with_alias(written) {
                [] if embed => "no such file".to_owned(),
                [] => "no such note".to_owned(),
                [one, ..] => format!("an alias of {}", vault.path_of(Item::Note(*one))),
            };
            (written.to_owned(), Vec::new(), Some(problem))
        }
    };
    Target { name, paths, problems: problem.into_iter().collect(), ..Target::default() }
}
