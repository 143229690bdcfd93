//! A link of a note to itself.

use serde::Deserialize;

use super::unlink::unlink;
use super::{Check, Cx};
use crate::diagnostic::{Applicability, Fix};
use crate::note::ZoneKind;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SelfLink {}

impl Check for SelfLink {
    fn note(&self, cx: &mut Cx<'_>) {
        let (note, vault) = (cx.note, cx.vault);
        for led in cx.led() {
            let link = led.of(note);
            let own = led.one().is_some_and(|item| *vault.path_of(item) == *note.path);
            if !own || link.fragment.is_some() || note.place(link).kind == ZoneKind::Frontmatter {
                continue;
            }
            if link.embed {
                cx.report(link.span, "the note embeds itself");
            } else {
                let fix = Fix::new("take the link out", Applicability::Safe, unlink(link).into());
                cx.report(link.span, "the link leads to the note it stands in").fix(fix);
            }
        }
    }
}
