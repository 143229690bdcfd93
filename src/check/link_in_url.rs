//! A wikilink inside a URL, or inside the destination of a Markdown link.

use serde::Deserialize;

use super::unlink::{is_name, is_template, unlink_all};
use super::{Check, Cx, most_in};
use crate::diagnostic::{Applicability, Fix};
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
            // A URL with one place-holder of a template in it may have others that look like notes.
            let broken =
                links.iter().all(|&i| breaks(note, zone, i)) && !links.iter().all(|&i| is_place_holder(note, vault, i));
            broken.then(|| Broken {
                message: format!("a link inside the URL `{url}`"),
                title: "take the link out of the URL",
                links: links.to_vec(),
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
    // The links before this index have been dealt with.
    let mut done = 0;
    for at in note.in_markup().iter().map(|&index| index as usize) {
        if at < done || !kind(note.place(&note.links[at]).kind) {
            continue;
        }
        let start = note.links[at].shown().start();
        let Some(&Zone { span: zone, kind: found }) = note.zone_at(start) else { break };
        let links: Vec<usize> =
            (at..note.links.len()).take_while(|&i| note.links[i].span.start() < zone.end()).collect();
        done = at + links.len();
        let Some(broken) = judge(note, cx.vault, zone, &links) else { continue };
        let edits = unlink_all(note, &broken.links);
        let lossless = broken.links.iter().all(|&i| zone.contains(note.links[i].span) && !note.links[i].embed);
        // A linker that puts blanks around its links has made the blanks of the path, too, unless
        // there is such a file.
        let cut = may_be_spaced(note, zone, &links, found.is_url())
            && !(found.is_url() && cx.vault.has_file(broken.rest.trim()));
        let clean = lossless && !cut && (!found.is_url() || !broken.rest.contains(['[', ']']));
        let applicability = if clean { Applicability::Safe } else { Applicability::Display };
        let mut finding = cx.report(zone, broken.message);
        for &i in &broken.links {
            finding = finding.label(note.links[i].span, "this link is no part of it");
        }
        finding.fix(Fix::new(broken.title, applicability.min(most_in(found)), edits));
    }
}

/// Whether white space that stands beside a link in the zone may have come with it: some linkers put
/// blanks around what they link. Then no link of the note touches anything; and a path that has
/// other blanks had them before.
fn may_be_spaced(note: &Note, zone: Span, links: &[usize], is_url: bool) -> bool {
    let mut apart = false;
    let mut beside = false;
    let mut at = zone.start();
    let inside = links.iter().map(|&i| note.links[i].span).filter(|link| zone.contains(*link));
    for link in inside.chain([Span::at(zone.end())]) {
        if link.start() >= at {
            let between = &note.text[at..link.start()];
            beside |= at > zone.start() && between.starts_with(char::is_whitespace);
            beside |= !link.is_empty() && between.ends_with(char::is_whitespace);
            apart |= between.trim().contains(char::is_whitespace);
        }
        at = at.max(link.end());
    }
    let touches = |link: Span| {
        let (before, after) = (note.text[..link.start()].chars().next_back(), note.text[link.end()..].chars().next());
        [before, after].into_iter().flatten().any(|c| !c.is_whitespace() && !matches!(c, '[' | ']'))
    };
    beside && !((apart || !is_url) && note.links.iter().any(|link| touches(link.span)))
}

/// Whether a link can be damage to the URL in `zone`.
fn breaks(note: &Note, zone: Span, index: usize) -> bool {
    let link = &note.links[index];
    // `[text]([[Page]])` is how Logseq writes a link.
    let whole =
        link.span.contains(zone) || zone.of(&note.text).split_whitespace().next() == Some(link.span.of(&note.text));
    // In scripts without blanks a link may follow a URL that has ended.
    let after = note.text[link.span.end()..].chars().next();
    let leaves =
        after.is_some_and(|c| !c.is_ascii() && c.is_alphabetic()) && note.kind_at(zone.start()) == ZoneKind::Url;
    !whole && !leaves && is_name(note, link)
}

pub(super) fn is_place_holder(note: &Note, vault: &Vault, index: usize) -> bool {
    let target = note.shown_in(note.links[index].target);
    is_template(&target, vault.knows(&target))
}
