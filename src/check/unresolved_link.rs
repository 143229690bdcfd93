//! A link to a note that is not there.

use regex::Regex;
use serde::Deserialize;

use super::{Check, Cx};
use crate::vault::{Flavor, Resolved};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UnresolvedLink {
    /// Regular expressions over whole targets that need lead nowhere.
    #[serde(deserialize_with = "super::common_target::patterns")]
    allow: Vec<Regex>,
}

impl Check for UnresolvedLink {
    fn note(&self, cx: &mut Cx<'_>) {
        // There, a link makes the page.
        if cx.vault.conventions().flavor == Flavor::Logseq {
            return;
        }
        let (note, vault) = (cx.note, cx.vault);
        for led in cx.led() {
            let (link, target) = (led.of(note), led.target(note));
            let elsewhere = link.embed || led.to != Resolved::None || !vault.with_alias(target).is_empty();
            if elsewhere || self.allow.iter().any(|allowed| allowed.is_match(target)) {
                continue;
            }
            let near = vault.nearest(target).map(|item| vault.path_of(item));
            let finding = cx.report(link.span, format!("`{target}` leads to no note"));
            if let Some(path) = near.filter(|path| *path != note.path) {
                finding.help(format!("did you mean `{path}`?"));
            }
        }
    }
}
