//! Link targets that are the note's own tags: the terms that a linker wrote down.

use foldhash::HashSet;

use crate::note::Note;

/// Fewer targets may be a person's: three tags, three links.
const ENOUGH: usize = 5;
/// Of 100 targets, at least so many are tags.
const SHARE: usize = 80;

/// How many of the distinct link targets are tags of the note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signature {
    pub own: usize,
    pub targets: usize,
}

impl Signature {
    /// `None` when the targets do not look like the tags.
    pub fn of(note: &Note) -> Option<Signature> {
        if note.links.len() < ENOUGH {
            return None;
        }
        let tags: HashSet<String> = note.listed_tags().iter().map(|tag| key(&tag.text)).collect();
        if tags.len() < ENOUGH * SHARE / 100 {
            return None;
        }
        let body = note.links.iter().filter(|link| link.span.start() >= note.body() && !link.embed);
        let targets: HashSet<String> = body.filter_map(|link| note.name_of(link)).map(|name| key(&name)).collect();
        let own = own(&targets, &tags);
        let enough = targets.len() >= ENOUGH && own * 100 >= targets.len() * SHARE;
        enough.then_some(Signature { own, targets: targets.len() })
    }
}

/// How many of these targets are tags.
fn own(targets: &HashSet<String>, tags: &HashSet<String>) -> usize {
    targets.iter().filter(|target| tags.contains(*target)).count()
}

/// Whether nearly all targets are tags, however few there are.
pub(super) fn are_own(targets: &HashSet<String>, tags: &HashSet<String>) -> bool {
    own(targets, tags) * 100 >= targets.len() * SHARE
}

/// A tag cannot hold blanks: `Latin American` is tagged `Latin-American` or `Latin_American`.
pub(super) fn key(name: &str) -> String {
    let mut key = crate::vault::fold(name.trim());
    if key.contains(['-', '_']) {
        key = key.replace(['-', '_'], " ");
    }
    key
}
