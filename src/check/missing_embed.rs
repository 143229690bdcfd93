//! An embed of a file that is not there.

use serde::Deserialize;

use super::{Check, Cx};
use crate::diagnostic::Severity;
use crate::vault::{Flavor, Resolved, is_attachment};

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
            let near = vault.nearest(target).filter(|_| !is_attachment(target)).map(|item| vault.path_of(item));
            let elsewhere = vault.attachments_elsewhere().filter(|_| is_attachment(target));
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
