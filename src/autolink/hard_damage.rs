//! Links that no person makes, in any language.

use crate::language;
use crate::note::{Link, Note, ZoneKind};
use crate::survey::{self, Survey};

/// How many links of a note are nested, in URLs, or amid the letters of a word.
pub(super) fn count(note: &Note, survey: &Survey) -> usize {
    let nests = survey.given.nests_links;
    let nested = note.links.iter().filter(|link| !nests && is_nested(note, link)).count();
    let urls = note.in_markup().iter().filter(|&&index| breaks_url(note, &note.links[index as usize])).count();
    let mut language = None;
    let touching = survey::touching(note);
    let amid = touching.iter().filter(|touching| {
        let link = &note.links[touching.link];
        let (before, after) = (&note.text[..link.span.start()], &note.text[link.span.end()..]);
        // A link to a part of a note was meant to lead there.
        let both = before.ends_with(char::is_alphabetic) && after.starts_with(char::is_alphabetic);
        both && link.fragment.is_none() && {
            let language = *language.get_or_insert_with(|| survey.language_of(note));
            language::is_amid(&survey::parts(note, touching, &note.shown_of(touching.link)), language)
        }
    });
    nested + urls + amid.count()
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
