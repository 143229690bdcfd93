//! A link to a block that its note does not have.

use serde::Deserialize;

use super::{Check, Cx};
use crate::note::pairs;
use crate::span::Span;
use crate::vault::{Flavor, Fragment, uuid};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MissingBlock {}

impl Check for MissingBlock {
    fn note(&self, cx: &mut Cx<'_>) {
        let (note, vault) = (cx.note, cx.vault);
        if vault.conventions().flavor == Flavor::Logseq {
            return missing_uuids(cx);
        }
        for led in cx.led() {
            let (link, Some(item)) = (led.of(note), led.one()) else { continue };
            let Some(fragment) = link.fragment.map(|fragment| fragment.of(&note.text).trim()) else { continue };
            if vault.fragment(item, fragment) == Fragment::MissingBlock {
                let path = vault.path_of(item);
                let id = fragment.trim_start_matches(['#', '^']);
                cx.report(link.span, format!("`{path}` has no block `{id}`"));
            }
        }
    }
}

/// Logseq's `((63b4…))`.
fn missing_uuids(cx: &mut Cx<'_>) {
    let (note, vault) = (cx.note, cx.vault);
    for open in pairs(&note.text, *b"((") {
        let Some(id) = note.text[open + 2..].split("))").next().filter(|id| id.len() == 36) else { continue };
        let Some(number) = uuid(id) else { continue };
        let read = note.kind_at(open).shows_links();
        if read && !vault.has_block_uuid(number) {
            let span = Span::new(open, open + id.len() + 4);
            cx.report(span, format!("no block of this vault has the id `{id}`"));
        }
    }
}
