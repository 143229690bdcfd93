//! A link in a heading.

use serde::Deserialize;

use super::{Check, Cx};
use crate::note::ZoneKind;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LinkInHeading {}

impl Check for LinkInHeading {
    fn note(&self, cx: &mut Cx<'_>) {
        let note = cx.note;
        for link in note.links.iter().filter(|link| note.place(link).kind == ZoneKind::Heading && link.parent.is_none())
        {
            cx.report(link.span, "a link in a heading").help("a heading's anchor is made from the text it shows");
        }
    }
}
