//! How often each note is linked to.

use super::{Item, Resolved, Vault, each_once};
use crate::note::{Note, Tag, ZoneKind, anchor, pairs};

/// Links to each note, and links out of it, by the note's place in the vault. Links of a note to
/// itself are not counted.
#[derive(Debug, Default)]
pub(super) struct Linked {
    to: Vec<u32>,
    from: Vec<u32>,
}

impl Linked {
    pub(super) fn is_counted(&self) -> bool {
        !self.to.is_empty()
    }
}

impl Vault {
    /// Counts the links between the notes of the vault, of which `notes` are the texts. They rest
    /// afterwards.
    pub fn link(&mut self, notes: &mut [Note]) {
        let ends = each_once(notes, |note| Some((self.index_of(&note.path)?, self.leads(note))));
        let mut linked = Linked { to: vec![0; self.notes.len()], from: vec![0; self.notes.len()] };
        for (index, ends) in ends.into_iter().flatten() {
            for end in ends.into_iter().filter(|&end| end != index) {
                linked.to[end as usize] += 1;
                linked.from[index as usize] += 1;
            }
        }
        self.linked = linked;
    }

    /// The notes that the links of a note may lead to: of an ambiguous one, all the candidates.
    pub(super) fn leads(&self, note: &Note) -> Vec<u32> {
        let mut found = Vec::new();
        let mut lead = |resolved| match resolved {
            Resolved::One(Item::Note(index)) => found.push(index),
            Resolved::Many(items) => found.extend(items.iter().filter_map(|item| match item {
                Item::Note(index) => Some(*index),
                Item::File(_) => None,
            })),
            _ => {}
        };
        note.followed().for_each(|(_, link)| lead(self.resolve_link(note, link)));
        note.markdown_links().for_each(|link| {
            if let Some(target) = link.target(&note.text) {
                lead(self.resolve_path(&target, &note.path));
            }
        });
        found
    }

    /// Whether links may lead to the heading that a tag stands in, and would lead to it no more if the tag were `new`.
    /// It is asked whether they lead to some part of the note, not to which.
    pub fn is_led_by(&self, note: &Note, tag: Tag, new: &str) -> bool {
        let in_note = || pairs(&note.text, *b"](").any(|at| note.text[at + 2..].starts_with('#'));
        let named = || self.index_of(&note.path).is_some_and(|index| self.notes[index as usize].parts.is_some());
        tag.kind == ZoneKind::Heading && anchor(tag.name().of(&note.text)) != anchor(new) && (in_note() || named())
    }

    /// How often the note at `path` is linked to, and how often it links; `None` when that was not
    /// counted.
    pub fn linked(&self, path: &str) -> Option<(u32, u32)> {
        let index = self.index_of(path)? as usize;
        Some((*self.linked.to.get(index)?, *self.linked.from.get(index)?))
    }
}
