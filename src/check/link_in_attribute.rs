//! A wikilink inside the tag of an HTML element, or in the title of a Markdown link.

use serde::Deserialize;

use super::link_in_url::{Broken, for_each_zone, is_place_holder};
use super::unlink::is_name;
use super::{Check, Cx};
use crate::note::ZoneKind;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LinkInAttribute {}

impl Check for LinkInAttribute {
    fn note(&self, cx: &mut Cx<'_>) {
        for_each_zone(
            cx,
            |kind| matches!(kind, ZoneKind::HtmlTag | ZoneKind::LinkTitle),
            |cx, zone, links| {
                let (note, vault) = (cx.note, cx.vault);
                let broken = links.iter().all(|&i| is_name(note, &note.links[i]))
                    && !links.iter().all(|&i| is_place_holder(note, vault, i));
                let tag = note.shown_in(zone);
                let title = note.kind_at(zone.start()) == ZoneKind::LinkTitle;
                let name = tag.split_whitespace().next().unwrap_or_default().to_owned();
                broken.then(|| Broken {
                    message: if title {
                        format!("a link inside the title {tag} of a Markdown link")
                    } else {
                        format!("a link inside the HTML tag `<{name}>`")
                    },
                    title: if title { "take the link out of the title" } else { "take the link out of the tag" },
                    links: links.to_vec(),
                    doubtful: false,
                    rest: tag,
                })
            },
        );
    }
}
