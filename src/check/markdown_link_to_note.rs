//! Links between notes that are not written in the way the vault wants.

use serde::Deserialize;

use super::led;
use super::{Check, Cx};
use crate::diagnostic::{Applicability, Edit, Fix};
use crate::note::{Link, MarkdownLink, Note, ZoneKind};
use crate::span::Span;
use crate::vault::{Item, Resolved, Vault, folder};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MarkdownLinkToNote {
    /// How links between notes are to be written.
    write: Form,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Form {
    Wikilink,
    Markdown,
}

impl Check for MarkdownLinkToNote {
    fn note(&self, cx: &mut Cx<'_>) {
        let (note, vault) = (cx.note, cx.vault);
        match self.write {
            Form::Wikilink => {
                for link in note.markdown_links().filter(|link| !link.image) {
                    let Some(wikilink) = as_wikilink(note, vault, &link) else { continue };
                    let edit = Edit::replace(link.span, &*wikilink);
                    let fix = Fix::new(format!("write `{wikilink}`"), Applicability::Unsafe, vec![edit]);
                    cx.report(link.span, "a link to a note in Markdown's form").fix(fix);
                }
            }
            Form::Markdown => {
                for led in led::all(note, vault, cx.judged()) {
                    let link = led.of(note);
                    let Some(item @ Item::Note(_)) = led.one().filter(|_| !link.embed) else { continue };
                    if note.place(link).kind == ZoneKind::Frontmatter || led.target(note).is_empty() {
                        continue;
                    }
                    let markdown = as_markdown(note, link, vault.path_of(item));
                    let edit = Edit::replace(link.span, &*markdown);
                    let fix = Fix::new(format!("write `{markdown}`"), Applicability::Unsafe, vec![edit]);
                    cx.report(link.span, "a link to a note in double brackets").fix(fix);
                }
            }
        }
    }
}

fn as_wikilink(note: &Note, vault: &Vault, link: &MarkdownLink) -> Option<String> {
    let target = link.target(&note.text)?;
    let Resolved::One(item @ Item::Note(_)) = vault.resolve_path(&target, &note.path) else { return None };
    let text = link.text.of(&note.text);
    let name = vault.target_of(item, &note.path)?;
    if text.contains(['[', ']', '|']) || text.trim().is_empty() {
        return None;
    }
    let pipe = if in_table_row(note, link.span) { "\\|" } else { "|" };
    let fragment = target.split_once('#').map_or(String::new(), |(_, fragment)| format!("#{fragment}"));
    let shown = if name == text && fragment.is_empty() { String::new() } else { format!("{pipe}{text}") };
    Some(format!("[[{name}{fragment}{shown}]]"))
}

/// Whether the line could be a row of a table.
fn in_table_row(note: &Note, span: Span) -> bool {
    let line = note.text[..span.start()].rfind('\n').map_or(0, |i| i + 1);
    note.text[line..span.start()].contains('|')
        || note.text[span.end()..].lines().next().is_some_and(|l| l.contains('|'))
}

fn as_markdown(note: &Note, link: &Link, path: &str) -> String {
    let shown = link.shown().of(&note.text);
    let fragment = link.fragment.map_or(String::new(), |fragment| format!("#{}", fragment.of(&note.text).trim()));
    let destination: String = format!("{}{fragment}", relative(folder(&note.path), path))
        .chars()
        .map(|c| match c {
            ' ' => "%20".to_owned(),
            '(' => "%28".to_owned(),
            ')' => "%29".to_owned(),
            '<' | '>' | '"' => format!("%{:02X}", c as u32),
            c => c.to_string(),
        })
        .collect();
    format!("[{shown}]({destination})")
}

/// `path` as seen from a folder.
fn relative(from: &str, path: &str) -> String {
    let from: Vec<&str> = from.split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = path.split('/').collect();
    let shared = from.iter().zip(&to[..to.len() - 1]).take_while(|(a, b)| a == b).count();
    let up = vec![".."; from.len() - shared];
    up.into_iter().chain(to[shared..].iter().copied()).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_seen_from_a_folder() {
        assert_eq!(relative("", "a.md"), "a.md");
        assert_eq!(relative("a/b", "a/c.md"), "../c.md");
        assert_eq!(relative("a", "a/b/c.md"), "b/c.md");
        assert_eq!(relative("a", "a.md"), "../a.md");
    }
}
