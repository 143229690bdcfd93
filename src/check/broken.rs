//! What wikilinks have broken that is written for programs, and the fix that takes them out.

use super::judge::is_hump;
use super::unlink::{is_template, unlink_all};
use super::url_end::goes_on;
use super::{Cx, most_in};
use crate::diagnostic::{Applicability, Fix};
use crate::language::{Lexicon, Parts};
use crate::note::{Note, Zone, ZoneKind};
use crate::span::Span;
use crate::vault::fold;

/// What stands in one zone that wikilinks have broken.
pub(super) struct Broken {
    pub(super) message: String,
    pub(super) title: &'static str,
    /// The links that go.
    pub(super) links: Vec<usize>,
    /// Whether an author may have meant them, so that they are taken out only where other damage speaks for a linker.
    pub(super) doubtful: bool,
    /// What is left when they are gone.
    pub(super) rest: String,
}

/// Reports the broken zones of a kind, one finding each, with a fix that takes the links out.
pub(super) fn for_each_zone(
    cx: &mut Cx<'_>,
    kind: fn(ZoneKind) -> bool,
    judge: impl Fn(&Cx<'_>, Span, &[usize]) -> Option<Broken>,
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
        let Some(broken) = judge(cx, zone, &links) else { continue };
        let edits = unlink_all(note, &broken.links);
        let lossless = broken.links.iter().all(|&i| zone.contains(note.links[i].span) && !note.links[i].embed);
        // A linker that puts blanks around its links has made the blanks of the path, too, unless
        // there is such a file.
        let cut = may_be_spaced(note, zone, &links, found.is_url())
            && !(found.is_url() && cx.vault.has_file(broken.rest.trim()));
        let cut = cut || broken.links.iter().any(|&i| has_loose_blank(note, i));
        let clean = lossless && !cut && (!found.is_url() || !broken.rest.contains(['[', ']']));
        let applicability = match clean && !may_be_recased(cx, &broken.links) {
            true if broken.doubtful => Applicability::Unsafe,
            true => Applicability::Safe,
            false => Applicability::Display,
        };
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

/// Whether a linker may have put a blank beside the link, or inside it, where what is broken goes on.
fn has_loose_blank(note: &Note, index: usize) -> bool {
    let link = &note.links[index];
    let (shown, after) = (link.shown().of(&note.text), &note.text[link.span.end()..]);
    after.strip_prefix([' ', '\t']).is_some_and(goes_on) || shown.trim().len() < shown.len()
}

/// Whether a linker that takes its terms in any capitals, and writes its own, may have made one of the links: where it is
/// known to, or where the link stands in a word as none is written, `CLI[[color]]`, `inst[[All]]er`, but for those that
/// are made of several, `Hello[[World]]Provider`; or as one hump of such a one in small letters, `Hello[[world]]Provider`.
fn may_be_recased(cx: &Cx<'_>, links: &[usize]) -> bool {
    let note = cx.note;
    // What an alias shows is what stood there.
    let links = || links.iter().copied().filter(|&i| note.links[i].alias.is_none());
    let capital = |i: usize| note.links[i].shown().of(&note.text).contains(char::is_uppercase);
    let odd = |i: usize| {
        let link = &note.links[i];
        let (before, after) = (&note.text[..link.span.start()], &note.text[link.span.end()..]);
        let parts = Parts::cut(before, link.shown().of(&note.text), after);
        let is_one_word = || Lexicon::english().word(&fold(&parts.joined()));
        let small = parts.link.starts_with(char::is_lowercase);
        is_hump(&parts) || parts.is_miscased() && (small || is_one_word())
    };
    // Of nested links each would be looked at down to the innermost.
    let mut plain = links().filter(|&i| !note.holds_links(i));
    links().any(capital) && cx.has_lost_capitals() || plain.any(odd) && !cx.tells_capitals()
}

/// Whether the link is a place-holder of a template.
pub(super) fn is_place_holder(cx: &Cx<'_>, index: usize) -> bool {
    let link = &cx.note.links[index];
    // The text of a template may show what is to be filled in.
    let linked = |target: &str| cx.linked_names().contains(&fold(target)) && cx.has_damaged_words();
    let known = |target: &str| link.alias.is_some() || is_known(cx, target) || linked(target);
    cx.note.name_of(link).is_some_and(|target| is_template(&target) && !known(&target))
}

/// Whether a note, or a tag of this one, is called so.
pub(super) fn is_known(cx: &Cx<'_>, name: &str) -> bool {
    cx.vault.knows(name) || cx.tag_names().contains(&fold(name))
}
