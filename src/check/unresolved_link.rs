//! Links to a note that is not there.

use std::collections::BTreeMap;

use regex::Regex;
use serde::Deserialize;

use super::{Check, Cx};
use crate::span::Span;
use crate::vault::{Flavor, Resolved, fold};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UnresolvedLink {
    /// Regular expressions over whole targets that need lead nowhere.
    #[serde(deserialize_with = "crate::expression::patterns")]
    allow: Vec<Regex>,
}

impl Check for UnresolvedLink {
    fn note(&self, cx: &mut Cx<'_>) {
        // There, a link makes the page.
        if cx.vault.conventions().flavor == Flavor::Logseq {
            return;
        }
        for links in self.find(cx).values() {
            let (note, vault) = (cx.note, cx.vault);
            let [(first, target), again @ ..] = &links[..] else { continue };
            let message = match again.len() {
                0 => format!("`{target}` leads to no note"),
                1 => format!("`{target}` leads to no note, here and in one more link"),
                n => format!("`{target}` leads to no note, here and in {n} more links"),
            };
            let finding = cx.report(*first, message);
            let finding = again.iter().fold(finding, |finding, (span, _)| finding.label(*span, "here too"));
            let near = vault.nearest(target).map(|item| vault.path_of(item));
            if let Some(path) = near.filter(|path| **path != *note.path) {
                finding.help(format!("did you mean `{path}`?"));
            }
        }
    }
}

impl UnresolvedLink {
    /// The links that lead nowhere, by their folded target.
    fn find<'a>(&self, cx: &Cx<'a>) -> BTreeMap<String, Vec<(Span, &'a str)>> {
        let (note, vault) = (cx.note, cx.vault);
        let mut found: BTreeMap<String, Vec<(Span, &str)>> = BTreeMap::new();
        for led in cx.led().iter().filter(|led| led.to == Resolved::None) {
            let (link, target) = (led.of(note), led.target(note));
            let elsewhere = link.embed || !vault.with_alias(target).is_empty();
            // `autolink/auto-linked-note` tells of what a linker is proven to have made.
            let made = || cx.evidence().replay.as_ref().is_some_and(|replay| replay.links.contains(&led.link));
            if !elsewhere && !self.allow.iter().any(|allowed| allowed.is_match(target)) && !made() {
                found.entry(fold(target)).or_default().push((link.span, target));
            }
        }
        found
    }
}
