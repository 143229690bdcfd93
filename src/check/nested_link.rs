//! A wikilink inside a wikilink, at any depth.

use serde::Deserialize;

use super::unlink::{inside, is_name, unlink_all};
use super::{Check, Cx, most_in};
use crate::diagnostic::{Applicability, Fix};
use crate::note::{Link, Note};
use crate::vault::Flavor;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NestedLink {}

impl Check for NestedLink {
    fn note(&self, cx: &mut Cx<'_>) {
        let (note, vault) = (cx.note, cx.vault);
        for (index, outer) in note.links.iter().enumerate() {
            if outer.parent.is_some() || !note.holds_links(index) {
                continue;
            }
            let children: Vec<usize> = inside(note, index).collect();
            if !note.place(outer).kind.shows_links() {
                continue;
            }
            let named = is_name(note, outer) || leads_inside(note, outer) || holds_template(note, outer);
            if belongs_to_a_url(cx, outer) || !named || !innermost(note, &children).all(|link| is_name(note, link)) {
                continue;
            }
            // There `[[Meeting with [[Bob]]]]` is the name of a page.
            if vault.conventions().flavor == Flavor::Logseq && !cx.shows_a_linker() {
                return;
            }
            let target = note.shown_in(outer.target);
            let edits = unlink_all(note, &children);
            // An embed shows a file, so its name must be right to the letter: some linkers put blanks
            // around what they link.
            let sure = !outer.embed || vault.has_file(&target) || !children.iter().any(|&i| beside_a_blank(note, i));
            let named = !target.trim().is_empty() || leads_inside(note, outer);
            let sound = named && !children.iter().any(|&i| note.links[i].embed);
            let shown = note.shown_of(index);
            let what = if children.len() == 1 { "a link" } else { "links" };
            let finding = cx.report(
                outer.span,
                format!("{what} inside the {} `{shown}`", if outer.embed { "embed" } else { "link" }),
            );
            let finding =
                children.iter().fold(finding, |finding, &i| finding.label(note.links[i].span, "a link inside it"));
            if !sound {
                continue;
            }
            let wiki = is_of_a_wiki(note, index);
            let whole = !interrupts_a_url(note, outer.span.start());
            let applicability = if !whole {
                Applicability::Display
            } else if sure && !wiki {
                Applicability::Safe
            } else {
                Applicability::Unsafe
            };
            let most = match &note.frontmatter {
                Some(frontmatter) if frontmatter.is_quoted(&note.text, outer.span) => Applicability::Safe,
                _ => most_in(note.place(outer).kind),
            };
            let title = format!("keep the outer {} `{shown}`", if outer.embed { "embed" } else { "link" });
            let finding = finding.fix(Fix::new(title, applicability.min(most), edits));
            if !sure {
                finding.evidence(format!("there is no file `{}` in this vault", target.trim()));
            } else if wiki {
                finding.evidence("in a wiki such a link may hold others");
            } else if !whole {
                finding.evidence("it stands in the middle of a URL that is broken in more than one way");
            }
        }
    }
}

/// Whether a link leads to a part of its own note: `[[#The party]]`.
fn leads_inside(note: &Note, link: &Link) -> bool {
    let part = link.fragment.is_some_and(|part| !note.shown_in(part).trim().is_empty());
    part && link.target.of(&note.text).trim().is_empty() && note.can_name(link)
}

/// Whether the link at `index` may be one of MediaWiki, where the text of an image holds links:
/// `[[File:Foo.png|thumb|A view of [[Paris]]]]`. It has several parts, or its target a namespace.
fn is_of_a_wiki(note: &Note, index: usize) -> bool {
    let (text, outer) = (&note.text, &note.links[index]);
    let namespace = outer.target.of(text).split_once(':').is_some_and(|(space, name)| {
        space.len() > 1 && space.chars().all(char::is_alphabetic) && !name.starts_with([' ', '/'])
    });
    let Some(alias) = outer.alias.filter(|_| !namespace) else { return namespace };
    let (mut at, mut pipes) = (alias.start(), 0);
    for link in
        inside(note, index).map(|i| &note.links[i]).filter(|link| link.is_in(index) && alias.contains(link.span))
    {
        pipes += unescaped_pipes(&text[at..link.span.start()]);
        at = link.span.end();
    }
    pipes + unescaped_pipes(&text[at..alias.end()]) > 0
}

fn unescaped_pipes(text: &str) -> usize {
    text.matches('|').count() - text.matches("\\|").count()
}

/// The links that hold no other: what stands around them may be the code of a template.
fn innermost<'a>(note: &'a Note, children: &'a [usize]) -> impl Iterator<Item = &'a Link> {
    children.iter().filter(move |&&i| !note.holds_links(i)).map(|&i| &note.links[i])
}

/// Whether a target is partly made by a template: `[[<%- area.name %>/Notes]]`.
fn holds_template(note: &Note, link: &Link) -> bool {
    let target = link.target.of(&note.text);
    target.contains("<%") && target.contains("%>") || target.contains("{{") && target.contains("}}")
}

/// Whether white space stands at one of the link's ends, outside or inside of it.
fn beside_a_blank(note: &Note, index: usize) -> bool {
    let (link, shown) = (note.links[index].span, note.shown_of(index));
    let (before, after) = (&note.text[..link.start()], &note.text[link.end()..]);
    before.ends_with(char::is_whitespace) || after.starts_with(char::is_whitespace) || shown.trim().len() < shown.len()
}

/// Whether the text before `at` is the first part of a URL that a linker has put blanks into:
/// `https://example.org/ [[x]]`, `[text](../x/ [[y]]`.
fn interrupts_a_url(note: &Note, at: usize) -> bool {
    // No farther back than a line of text is long.
    let near = note.text.floor_char_boundary(at.saturating_sub(500));
    let near = note.text[near..at].rfind('\n').map_or(near, |i| near + i + 1);
    let before = &note.text[near..at];
    let destination = before.rfind("](").is_some_and(|open| !before[open..].contains(')') && open + 2 < before.len());
    destination || before.trim_end().ends_with(['/', '-', '=', '#', '?', '&', '_', '.']) && is_of_a_url(before)
}

/// Whether the last piece of a text, between blanks, is one of a URL: it begins one, or links alone part it from such
/// a piece.
fn is_of_a_url(before: &str) -> bool {
    let mut before = before.trim_end();
    loop {
        let (rest, piece) = before.rsplit_once(char::is_whitespace).unwrap_or(("", before));
        if piece.contains("://") {
            return true;
        }
        let Some(link) = rest.trim_end().strip_suffix("]]").and_then(|rest| rest.rfind("[[")) else { return false };
        before = rest[..link].trim_end();
    }
}

/// Whether the link is a part of a URL; one that holds a whole URL is not.
fn belongs_to_a_url(cx: &Cx<'_>, link: &Link) -> bool {
    let zone = cx.note.zone_at(link.shown().start());
    zone.is_some_and(|zone| {
        let url = zone.kind.is_url() || zone.kind == crate::note::ZoneKind::HtmlTag;
        url && !link.span.contains(zone.span)
    })
}
