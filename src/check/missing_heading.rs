//! A link to a heading that its note does not have.

use serde::Deserialize;

use super::{Check, Cx};
use crate::note::anchor;
use crate::vault::{Fragment, Item};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MissingHeading {}

/// The most headings that a missing one is compared with.
const MOST: usize = 200;

impl Check for MissingHeading {
    fn note(&self, cx: &mut Cx<'_>) {
        let (note, vault) = (cx.note, cx.vault);
        for led in cx.led() {
            let (link, Some(item)) = (led.of(note), led.one()) else { continue };
            let Some(fragment) = link.fragment.map(|fragment| fragment.of(&note.text).trim()) else { continue };
            if vault.fragment(item, fragment) != Fragment::MissingHeading {
                continue;
            }
            let path = vault.path_of(item);
            let wanted = anchor(fragment.rsplit('#').next().unwrap_or(fragment));
            let near = match item {
                Item::Note(index) => nearest(&wanted, vault.notes()[index as usize].anchors()),
                Item::File(_) => None,
            };
            let finding = cx.report(link.span, format!("`{path}` has no heading `{fragment}`"));
            if let Some(near) = near {
                finding.help(format!("there is a heading like `{near}`"));
            }
        }
    }
}

fn nearest<'a>(wanted: &str, anchors: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let far = |anchor: &str| strsim::osa_distance(wanted, anchor);
    let most = wanted.chars().count() / 3;
    let part = |anchor: &str| wanted.len() > 3 && (anchor.starts_with(wanted) || anchor.ends_with(wanted));
    let near = anchors.take(MOST).filter(|anchor| part(anchor) || far(anchor) <= most);
    near.min_by_key(|anchor| far(anchor))
}
