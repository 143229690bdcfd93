//! A wikilink inside a URL, or inside the destination of a Markdown link.

use serde::Deserialize;

use super::unlink::{is_name, is_template, unlink};
use super::{Check, Cx, most_in};
use crate::diagnostic::{Applicability, Edit, Fix};
use crate::note::{Note, Zone, ZoneKind};
use crate::span::Span;
use crate::vault::Vault;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LinkInUrl {}

impl Check for LinkInUrl {
    fn note(&self, cx: &mut Cx<'_>) {
        for_each_zone(cx, ZoneKind::is_url, |note, vault, zone, links| {
            let url = note.shown_in(zone);
            let broken: Vec<usize> = links.iter().copied().filter(|&i| breaks(note, vault, i, zone)).collect();
            (!broken.is_empty()).then(|| Broken {
                message: format!("a link inside the URL `{url}`"),
                title: "take the link out of the URL",
                links: broken,
                rest: url,
            })
        });
    }
}

/// What stands in one zone that wikilinks have broken.
pub(super) struct Broken {
    pub(super) message: String,
    pub(super) title: &'static str,
    /// The links that go.
    pub(super) links: Vec<usize>,
    /// What is left when they are gone.
    pub(super) rest: String,
}

/// Reports the broken zones of a kind, one finding each, with a fix that takes the links out.
pub(super) fn for_each_zone(
    cx: &mut Cx<'_>,
    kind: fn(ZoneKind) -> bool,
    judge: impl Fn(&Note, &Vault, Span, &[usize]) -> Option<Broken>,
) {
    let note = cx.note;
    let mut at = 0;
    while at < note.links.len() {
        let Some(&Zone { span: zone, kind: found }) = note.zone_at(note.links[at].shown().start) else { break };
        if !kind(found) {
            at += 1;
            continue;
        }
        let links: Vec<usize> = (at..note.links.len()).take_while(|&i| note.links[i].span.start < zone.end).collect();
        at += links.len().max(1);
        let Some(broken) = judge(note, cx.vault, zone, &links) else { continue };
        let edits: Vec<Edit> = broken.links.iter().flat_map(|&i| unlink(&note.links[i])).collect();
        let lossless = broken.links.iter().all(|&i| zone.contains(note.links[i].span) && !note.links[i].embed);
        let clean = lossless && !broken.rest.contains(['[', ']', ' ']) || found == ZoneKind::HtmlTag && lossless;
        let applicability = if clean { Applicability::Safe } else { Applicability::Display };
        let mut finding = cx.report(zone, broken.message);
        for &i in &broken.links {
            finding = finding.label(note.links[i].span, "this link is no part of it");
        }
        finding.fix(Fix::new(broken.title, applicability.min(most_in(found)), edits));
    }
}

/// Whether a link damages the URL in `zone`.
fn breaks(note: &Note, vault: &Vault, index: usize, zone: Span) -> bool {
    let link = &note.links[index];
    let target = note.shown_in(link.target);
    // `[text]([[Page]])` is how Logseq writes a link.
    let whole = link.span.contains(zone) || zone.of(&note.text).split_whitespace().next() == Some(link.span.of(&note.text));
    !whole && is_name(note, link) && !is_template(&target, vault.knows(&target))
}
