//! A wikilink inside the tag of an HTML element, or in the title of a Markdown link.

use serde::Deserialize;

use super::broken::{Broken, for_each_zone, is_place_holder};
use super::unlink::is_name;
use super::{Check, Cx};
use crate::note::{Note, ZoneKind, is_element};
use crate::span::Span;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LinkInAttribute {}

impl Check for LinkInAttribute {
    fn note(&self, cx: &mut Cx<'_>) {
        for_each_zone(
            cx,
            |kind| matches!(kind, ZoneKind::HtmlTag | ZoneKind::LinkTitle),
            |cx, zone, links| {
                let note = cx.note;
                let broken = links.iter().all(|&i| is_name(note, &note.links[i]))
                    && !links.iter().all(|&i| is_place_holder(cx, i));
                let tag = note.shown_in(zone);
                let title = note.kind_at(zone.start()) == ZoneKind::LinkTitle;
                let named = !title && names_the_element(note, zone, links, &tag);
                if named && !is_html(&tag) {
                    return None;
                }
                let name = tag.split_whitespace().next().unwrap_or_default().to_owned();
                broken.then(|| Broken {
                    message: if title {
                        format!("a link inside the title {tag} of a Markdown link")
                    } else {
                        format!("a link inside the HTML tag `<{name}>`")
                    },
                    title: if title { "take the link out of the title" } else { "take the link out of the tag" },
                    links: links.to_vec(),
                    // The name alone may be told of, in `the <[[div]]> element`.
                    doubtful: (named && has_no_attributes(&tag)
                        || is_template(&tag)
                        || links.iter().all(|&i| is_address(note, i))
                        || links.iter().any(|&i| is_place_holder(cx, i)))
                        && !cx.has_damaged_words(),
                    rest: tag,
                })
            },
        );
    }
}

/// Whether the name of the element, or a part of it, is a link.
fn names_the_element(note: &Note, zone: Span, links: &[usize], tag: &str) -> bool {
    let first = links.first().map(|&i| note.links[i].span.start());
    first.is_some_and(|first| first.saturating_sub(zone.start()) < tag.len() - behind_name(tag).len())
}

/// Whether a link is all of an address that an attribute holds, `href="[[Note]]#part"`: no linker finds a term there.
fn is_address(note: &Note, index: usize) -> bool {
    let link = note.links[index].span;
    let (before, after) = (&note.text[..link.start()], &note.text[link.end()..]);
    let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '#' | '>' | '/');
    let before = before.strip_suffix(['"', '\'']).unwrap_or(before).trim_end_matches([' ', '\t']);
    let Some(before) = before.strip_suffix('=').filter(|_| after.starts_with(ends)) else { return false };
    let before = before.trim_end_matches([' ', '\t']);
    let name = &before[before.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || c == '-').len()..];
    let name = name.to_ascii_lowercase();
    name.starts_with("data-") || ["href", "src", "cite", "poster", "action"].contains(&name.as_str())
}

/// Whether a tag is one that HTML knows. `List<[[User]]>` is none, and readers would not see it: programs leave out what
/// they do not know. Without attributes its capitals tell: `List<[[Object]]>`.
fn is_html(tag: &str) -> bool {
    let name = tag[..tag.len() - behind_name(tag).len()].trim_start_matches('/');
    is_element(name) && !(has_no_attributes(tag) && name.contains(char::is_uppercase))
}

/// Whether the tag is of an element that somebody has defined, as libraries do that fill in what stands between
/// brackets: `<paper-input value="[[value]]">`.
fn is_template(tag: &str) -> bool {
    tag[..tag.len() - behind_name(tag).len()].contains('-')
}

fn has_no_attributes(tag: &str) -> bool {
    behind_name(tag).trim_matches([' ', '\t', '\r', '\n', '/']).is_empty()
}

/// What stands behind the name in a tag.
fn behind_name(tag: &str) -> &str {
    tag.trim_start_matches('/').trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '-')
}
