//! An embed of a file that is not there.

use serde::Deserialize;

use super::{Check, Cx};
use crate::diagnostic::Severity;
use crate::vault::{Flavor, Resolved, Vault};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MissingEmbed {}

impl Check for MissingEmbed {
    fn note(&self, cx: &mut Cx<'_>) {
        let (note, vault) = (cx.note, cx.vault);
        if vault.conventions().flavor == Flavor::Logseq {
            return;
        }
        for led in cx.led() {
            let (link, target) = (led.of(note), led.target(note));
            if !link.embed || led.to != Resolved::None || !vault.with_alias(target).is_empty() {
                continue;
            }
            let near = vault.nearest(target).filter(|_| !is_media(target)).map(|item| vault.path_of(item));
            let elsewhere = is_media(target).then(|| kept_elsewhere(vault)).flatten();
            let mut finding = cx.report(link.span, format!("the embed shows nothing: there is no `{target}`"));
            if let Some(why) = elsewhere {
                finding = finding.evidence(why).at_most(Severity::Info);
            }
            if let Some(path) = near {
                finding.help(format!("did you mean `{path}`?"));
            }
        }
    }
}

/// Whether a name has the ending of a file that is no note.
fn is_media(target: &str) -> bool {
    target.rsplit_once('.').is_some_and(|(name, ending)| {
        let short = (1..=6).contains(&ending.len()) && ending.bytes().all(|b| b.is_ascii_alphanumeric());
        !name.is_empty() && short && !ending.eq_ignore_ascii_case("md")
    })
}

/// Why the attachments of this vault seem not to be with its notes: then none can be missed.
fn kept_elsewhere(vault: &Vault) -> Option<String> {
    let folder = vault.conventions().attachments.as_deref();
    let is_there = |folder: &str| vault.files().iter().any(|file| file.starts_with(folder));
    if !vault.files().iter().any(|file| is_media(file) && !file.ends_with(".txt")) {
        return Some("no attachment of this vault is here".to_owned());
    }
    folder
        .filter(|folder| !is_there(folder))
        .map(|folder| format!("the folder for attachments, `{folder}`, is not here"))
}
