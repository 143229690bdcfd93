//! Notes that share a name.

use foldhash::HashSet;
use serde::Deserialize;

use super::finding::in_words;
use super::{Check, Cx};
use crate::span::Span;
use crate::vault::{Flavor, base_name, fold, without_ending};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DuplicateName {
    /// Names that every folder may have, without regard to case.
    allow: HashSet<String>,
}

impl Check for DuplicateName {
    fn note(&self, cx: &mut Cx<'_>) {
        let (note, vault) = (cx.note, cx.vault);
        let mut others = vault.others_of_name(&note.path).map(|other| &*other.path).peekable();
        if others.peek().is_none() || vault.conventions().flavor == Flavor::Logseq {
            return;
        }
        let name = without_ending(base_name(&note.path));
        if self.allow.iter().any(|allowed| fold(allowed) == fold(name)) {
            return;
        }
        let others = in_words(others, 5);
        cx.report(Span::at(0), format!("`{name}` is the name of other notes too"))
            .evidence(format!("there is {others}"));
    }
}
