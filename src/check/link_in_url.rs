//! A wikilink inside a URL, or inside the destination of a Markdown link.

use serde::Deserialize;

use super::broken::{Broken, for_each_zone, is_known, is_place_holder};
use super::unlink::is_name;
use super::url_end::{self, Reach};
use super::{Check, Cx};
use crate::note::{Note, ZoneKind};
use crate::span::Span;
use crate::vault::fold;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LinkInUrl {}

impl Check for LinkInUrl {
    fn note(&self, cx: &mut Cx<'_>) {
        for_each_zone(cx, ZoneKind::is_url, |cx, zone, links| {
            let note = cx.note;
            // The URL ends before a link that stands beside it.
            let Reach { inside, may_end } = url_end::reach(cx, zone, links);
            let end = links.get(inside).map_or(zone.end(), |&i| note.links[i].span.start());
            let (links, zone) = (&links[..inside], zone.with_end(end));
            let url = note.shown_in(zone);
            // A URL with one place-holder of a template in it may have others that look like notes: then nothing is done unasked.
            let broken = !links.is_empty()
                && links.iter().all(|&i| breaks(note, zone, i))
                && !links.iter().all(|&i| is_place_holder(cx, i));
            // Of a link with a blank in it, the URL holds no more than the beginning.
            let last = links.last().map_or(end, |&i| note.links[i].span.end());
            let whole = zone.with_end(zone.end().max(last));
            broken.then(|| Broken {
                message: format!("a link inside the URL `{}`", note.shown_in(whole)),
                title: "take the link out of the URL",
                links: links.to_vec(),
                doubtful: may_end
                    || links.iter().any(|&i| is_place_holder(cx, i))
                    || are_meant(cx, zone, links) && !cx.has_damaged_words(),
                rest: url,
            })
        });
    }
}

/// Whether an author may have meant the links in a URL: each is a step of the path that may have been linked, as in
/// `Booking.com/[[Airbnb]]`, or set for others to fill in, as in `/users/[[id]]`.
fn are_meant(cx: &Cx<'_>, zone: Span, links: &[usize]) -> bool {
    let note = cx.note;
    let url = zone.of(&note.text);
    let part = note.kind_at(zone.start()) == ZoneKind::Url && !url.contains("://") && !url.starts_with("www.");
    links.iter().all(|&i| {
        let step = || note.text[..note.links[i].span.start()].ends_with('/');
        is_a_part(note, i) && (part && step() || is_to_be_filled_in(cx, i))
    })
}

/// Whether others may be meant to put something in the place of a link: neither a note nor a tag of this one is called
/// so, and its text does not link the same.
fn is_to_be_filled_in(cx: &Cx<'_>, index: usize) -> bool {
    let note = cx.note;
    let link = &note.links[index];
    let name = link.shown().of(&note.text);
    link.alias.is_none() && !is_known(cx, name) && !cx.linked_names().contains(&fold(name))
}

/// Whether a link is a whole part of a URL: a step of its path, its port, a value of its query; and no number.
fn is_a_part(note: &Note, index: usize) -> bool {
    let link = &note.links[index];
    let (before, after) = (&note.text[..link.span.start()], &note.text[link.span.end()..]);
    let begins = before.ends_with(['/', ':', '=', '&', '?', '#']);
    let ends = after.chars().next().is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '-' | '_' | '%' | '['));
    begins && ends && !link.shown().of(&note.text).contains(|c: char| c.is_numeric())
}

/// Whether a link can be damage to the URL in `zone`.
fn breaks(note: &Note, zone: Span, index: usize) -> bool {
    let link = &note.links[index];
    // `[text]([[Page]])` is how Logseq writes a link. No linker finds a term that is all of a destination.
    let first = zone.end() - zone.of(&note.text).trim_start_matches(|c: char| c.is_whitespace() || c == '<').len();
    let ends = |c: char| c.is_whitespace() || matches!(c, '#' | '>');
    let stands_alone = |end: usize| end == zone.end() || note.text[end..].starts_with(ends);
    // `[[WebDAV|https://example.org/dav]]-enabled`: the URL begins in the link.
    let begins = link.span.contains(Span::at(first)) && link.shown().of(&note.text).contains('/');
    let whole = link.span.contains(zone) || begins || link.span.start() == first && stands_alone(link.span.end());
    // In scripts without blanks a link may follow a URL that has ended.
    let after = note.text[link.span.end()..].chars().next();
    let leaves =
        after.is_some_and(|c| !c.is_ascii() && c.is_alphabetic()) && note.kind_at(zone.start()) == ZoneKind::Url;
    !whole && !leaves && is_name(note, link)
}
