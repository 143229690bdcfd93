//! A wikilink inside a wikilink, at any depth.

use serde::Deserialize;

use super::unlink::{inside, is_name, unlink_all};
use super::{Check, Cx, most_in};
use crate::diagnostic::{Applicability, Edit, Fix};
use crate::note::{Link, Note, is_array};
use crate::span::Span;
use crate::vault::{Resolved, Vault};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NestedLink {}

impl Check for NestedLink {
    fn note(&self, cx: &mut Cx<'_>) {
        let (note, vault) = (cx.note, cx.vault);
        for index in 0..note.links.len() {
            let Some(nested) = Nested::at(note, vault, index, || cx.shows_a_linker()) else { continue };
            let (outer, shown) = (&note.links[index], nested.shown);
            let kind = if outer.embed { "embed" } else { "link" };
            let what = if nested.children.len() == 1 { "a link" } else { "links" };
            let finding = cx.report(outer.span, format!("{what} inside the {kind} `{shown}`"));
            let inner = nested.children.iter();
            let finding = inner.fold(finding, |finding, &i| finding.label(note.links[i].span, "a link inside it"));
            let finding = nested.why.into_iter().fold(finding, super::Finding::evidence);
            if let Some((applicability, edits)) = nested.fix {
                finding.fix(Fix::new(format!("keep the outer {kind} `{shown}`"), applicability, edits));
            }
        }
    }
}

/// A link that holds others, and what is to be done about it.
pub(super) struct Nested {
    /// The links inside, by index.
    children: Vec<usize>,
    /// The file that an embed names, or the text that a link shows.
    shown: String,
    /// The edits that take the links inside out.
    pub(super) fix: Option<(Applicability, Vec<Edit>)>,
    /// Why it is no safe one.
    why: Option<String>,
}

impl Nested {
    /// The link at `index`, if it holds others and no other holds it, where a reader sees links; `linker` tells whether
    /// something else speaks for one.
    pub(super) fn at(note: &Note, vault: &Vault, index: usize, linker: impl FnOnce() -> bool) -> Option<Nested> {
        let outer = &note.links[index];
        if outer.parent.is_some() || !note.holds_links(index) || !note.place(outer).kind.shows_links() {
            return None;
        }
        let children: Vec<usize> = inside(note, index).collect();
        let named = is_name(note, outer) || leads_inside(note, outer) || holds_template(note, outer);
        if belongs_to_a_url(note, outer) || !named || !innermost(note, &children).all(|link| is_name(note, link)) {
            return None;
        }
        // Roam writes brackets into the names of files, and arrays nest.
        let written = outer.target.of(&note.text);
        let array = note.text[..outer.span.start()].ends_with(['(', '=']) && !written.is_empty() && is_array(written);
        let file = written.contains("[[") && vault.resolve(written, &note.path) != Resolved::None;
        if array || file {
            return None;
        }
        // There `[[Meeting with [[Bob]]]]` is the name of a page.
        if vault.conventions().flavor.nests_links() && !linker() {
            return None;
        }
        let shown = if outer.embed { note.shown_in(named_part(outer)) } else { note.shown_of(index) };
        let empty = note.shown_in(outer.target).trim().is_empty() && !leads_inside(note, outer);
        if empty || children.iter().any(|&i| note.links[i].embed) {
            return Some(Nested { children, shown, fix: None, why: None });
        }
        let (applicability, why) = doubt(note, vault, index, &children);
        let most = match &note.frontmatter {
            Some(frontmatter) if frontmatter.is_quoted(&note.text, outer.span) => Applicability::Safe,
            _ => most_in(note.place(outer).kind),
        };
        let edits = unlink_all(note, &children);
        Some(Nested { children, shown, fix: Some((applicability.min(most), edits)), why })
    }
}

/// How readily the links inside one may go, and why not unasked.
fn doubt(note: &Note, vault: &Vault, index: usize, children: &[usize]) -> (Applicability, Option<String>) {
    let outer = &note.links[index];
    let name = note.shown_in(outer.target);
    if interrupts_a_url(note, outer.span.start()) {
        let why = "it stands in the middle of a URL that is broken in more than one way";
        return (Applicability::Display, Some(why.to_owned()));
    }
    if outer.embed {
        // It shows a file, so its name must be right to the letter: some linkers put blanks around what they link.
        let sure = vault.has_file(&name) || !children.iter().any(|&i| beside_a_blank(note, i));
        let why = format!("there is no file `{}` in this vault", name.trim());
        return if sure { (Applicability::Safe, None) } else { (Applicability::Unsafe, Some(why)) };
    }
    if is_of_a_wiki(note, index) {
        let why = "in a wiki such a link may hold others";
        return (Applicability::Unsafe, Some(why.to_owned()));
    }
    (Applicability::Safe, None)
}

/// What a link leads to, a part of a note included.
fn named_part(link: &Link) -> Span {
    link.target.with_end(link.fragment.unwrap_or(link.target).end())
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
fn belongs_to_a_url(note: &Note, link: &Link) -> bool {
    let zone = note.zone_at(link.shown().start());
    zone.is_some_and(|zone| {
        let url = zone.kind.is_url() || zone.kind == crate::note::ZoneKind::HtmlTag;
        url && !link.span.contains(zone.span)
    })
}
