//! Links that no person makes, in any language.

use crate::language::{self, Row};
use crate::note::{Note, ZoneKind};
use crate::span::Span;
use crate::survey;

/// How many links of a note are nested, in URLs, or have letters of one cased script on both sides.
pub(super) fn count(note: &Note) -> usize {
    let nested = note.links.iter().filter(|link| link.parent.is_some() && note.place(link).kind.is_text()).count();
    let urls =
        note.links.iter().filter(|link| note.place(link).kind == ZoneKind::Url && breaks_url(note, link.span)).count();
    let touching = survey::touching(note);
    let both = touching.iter().filter(|touching| {
        let link = note.links[touching.link].span;
        let cased = |c: Option<char>| c.is_some_and(|c| c.is_alphabetic() && language::row(c) == Row::Cased);
        cased(note.text[..link.start].chars().next_back()) && cased(note.text[link.end..].chars().next())
    });
    nested + urls + both.count()
}

fn breaks_url(note: &Note, link: Span) -> bool {
    note.zone_at(link.start + 2).is_some_and(|zone| zone.span.end > link.end && zone.span.start < link.start)
}
