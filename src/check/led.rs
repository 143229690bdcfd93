//! What the links of a note lead to: found out once, used by several checks.

use foldhash::HashSet;

use super::touching::Judged;
use crate::language::{Action, Repair};
use crate::note::{Link, Note};
use crate::vault::{Item, Resolved, Vault};

/// A link that can be followed.
#[derive(Debug)]
pub(super) struct Led {
    /// Its index in the note.
    pub(super) link: usize,
    pub(super) to: Resolved,
}

/// Follows the links of a note that lead to anything but one whole other note or file, as most do. Those
/// that are judged as damage are left out: what they should lead to is not known before they are repaired.
pub(super) fn read(note: &Note, vault: &Vault, judged: &[Judged]) -> Vec<Led> {
    let plain = |link: &Link| match vault.resolve_link(note, link) {
        Resolved::One(item) => link.fragment.is_none() && *vault.path_of(item) != *note.path,
        _ => false,
    };
    // Most links are such, and then nothing need be known of where they stand.
    follow(note, vault, judged, |link| !plain(link))
}

/// Follows all links of a note but those judged as damage.
pub(super) fn all(note: &Note, vault: &Vault, judged: &[Judged]) -> Vec<Led> {
    follow(note, vault, judged, |_| true)
}

/// Follows those links of a note that are `wanted`.
fn follow(note: &Note, vault: &Vault, judged: &[Judged], wanted: impl Fn(&Link) -> bool) -> Vec<Led> {
    let damaged: HashSet<usize> = judged.iter().filter(|judged| is_damage(judged)).map(|j| j.touching.link).collect();
    let sound = note.followed_of(wanted).filter(|(index, link)| !damaged.contains(index) && !is_url(note, link));
    sound.map(|(index, link)| Led { link: index, to: vault.resolve_link(note, link) }).collect()
}

fn is_damage(judged: &Judged) -> bool {
    matches!(judged.action, Action::Do(Repair::Unlink | Repair::Whole) | Action::Offer(Repair::Unlink | Repair::Whole))
}

/// Whether a target is an address in the web.
fn is_url(note: &Note, link: &Link) -> bool {
    link.target.of(&note.text).contains("://")
}

impl Led {
    /// The one note or file it leads to.
    pub(super) fn one(&self) -> Option<Item> {
        match self.to {
            Resolved::One(item) => Some(item),
            _ => None,
        }
    }

    pub(super) fn of<'a>(&self, note: &'a Note) -> &'a Link {
        &note.links[self.link]
    }

    /// The target as written, without blanks around it.
    pub(super) fn target<'a>(&self, note: &'a Note) -> &'a str {
        self.of(note).target.of(&note.text).trim()
    }
}
