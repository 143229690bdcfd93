//! Links that no person makes, in any language.

use crate::language::{self, Parts, Row};
use crate::note::{Link, Note, ZoneKind};
use crate::survey;

/// How many links of a note are nested, in URLs, or have letters of one cased script on both sides.
pub(super) fn count(note: &Note) -> usize {
    let nested = note.links.iter().filter(|link| is_nested(note, link)).count();
    let urls = note.in_markup().iter().filter(|&&index| breaks_url(note, &note.links[index as usize])).count();
    let touching = survey::touching(note);
    let both = touching.iter().filter(|touching| {
        let link = note.links[touching.link].span;
        let cased = |c: Option<char>| c.is_some_and(|c| c.is_alphabetic() && language::row(c) == Row::Cased);
        let (before, after) = (&note.text[..link.start()], &note.text[link.end()..]);
        // `ten[[year]]s` has lost a blank, and its plural is a habit.
        let plural = || {
            let shown = note.shown_of(touching.link);
            language::is_plural(&Parts { before: "", ..survey::parts(note, touching, &shown) })
        };
        cased(before.chars().next_back()) && cased(after.chars().next()) && !plural()
    });
    nested + urls + both.count()
}

/// Whether a link in running text stands in another one.
pub(crate) fn is_nested(note: &Note, link: &Link) -> bool {
    link.parent.is_some() && note.place(link).kind.is_text()
}

/// Whether a URL goes on on both sides of the link.
fn breaks_url(note: &Note, link: &Link) -> bool {
    let (before, after) = (&note.text[..link.span.start()], &note.text[link.span.end()..]);
    let goes_on = |c: char| !c.is_whitespace();
    before.ends_with(goes_on)
        && after.starts_with(goes_on)
        && note.place(link).kind == ZoneKind::Url
        && note
            .zone_at(link.span.start() + 2)
            .is_some_and(|zone| zone.span.end() > link.span.end() && zone.span.start() < link.span.start())
}
