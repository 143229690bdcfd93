//! A property that stands twice.

use foldhash::{HashMap, HashMapExt};
use serde::Deserialize;

use super::{Check, Cx};
use crate::diagnostic::{Applicability, Edit, Fix};
use crate::note::Frontmatter;
use crate::note::frontmatter::Entry;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DuplicateKey {}

impl Check for DuplicateKey {
    fn note(&self, cx: &mut Cx<'_>) {
        let note = cx.note;
        let Some(frontmatter) = &note.frontmatter else { return };
        for (first, again) in again(frontmatter) {
            let value = |entry: &Entry| entry.value.span().of(&note.text).trim();
            let same = value(first) == value(again) && !frontmatter.flow;
            let finding = cx
                .report(again.key, format!("the key `{}` stands here a second time", again.name))
                .label(first.key, "the first time")
                .evidence("YAML has each key once: none of the properties of this note is read");
            if same {
                let fix = Fix::new("take the second one out", Applicability::Unsafe, vec![Edit::delete(again.span)]);
                finding.fix(fix);
            } else {
                finding.help("their values differ: keep one, or make one list of them");
            }
        }
    }
}

/// The entries whose key stands further up, each with the first of that key.
pub(super) fn again(frontmatter: &Frontmatter) -> Vec<(&Entry, &Entry)> {
    let mut seen = HashMap::new();
    let mut found = Vec::new();
    for entry in &frontmatter.entries {
        match seen.entry(&*entry.name) {
            std::collections::hash_map::Entry::Occupied(first) => found.push((*first.get(), entry)),
            std::collections::hash_map::Entry::Vacant(free) => drop(free.insert(entry)),
        }
    }
    found
}
