//! A link that several notes or files fit.

use serde::Deserialize;

use super::finding::in_words;
use super::{Check, Cx};
use crate::diagnostic::Severity;
use crate::vault::{Flavor, Resolved, fold, without_ending};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AmbiguousLink {}

impl Check for AmbiguousLink {
    fn note(&self, cx: &mut Cx<'_>) {
        let (note, vault) = (cx.note, cx.vault);
        if vault.conventions().flavor == Flavor::Logseq {
            return;
        }
        for led in cx.led() {
            let Resolved::Many(items) = &led.to else { continue };
            let (link, target) = (led.of(note), led.target(note));
            let paths = items.iter().map(|&item| vault.path_of(item));
            let key = fold(target);
            let in_root = paths.clone().find(|path| fold(without_ending(path)) == without_ending(&key));
            let finding = cx
                .report(link.span, format!("`{target}` can be any of several files"))
                .evidence(format!("it fits {}", in_words(paths, 5)))
                .help("write the path of the one that is meant, from the root of the vault");
            // A name alone is the path of a note in the root, and may be meant as that.
            if let Some(path) = in_root {
                finding.evidence(format!("it is also the whole path of `{path}`")).at_most(Severity::Info);
            }
        }
    }
}
