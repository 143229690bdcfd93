//! A link in the frontmatter without quotes.

use serde::Deserialize;

use super::{Check, Cx};
use crate::diagnostic::{Applicability, Edit, Fix, Severity};
use crate::note::frontmatter::{Entry, ListStyle, Value};
use crate::note::{Frontmatter, Note};
use crate::span::Span;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UnquotedLink {}

impl Check for UnquotedLink {
    fn note(&self, cx: &mut Cx<'_>) {
        let note = cx.note;
        let Some(frontmatter) = note.frontmatter.as_ref().filter(|frontmatter| !frontmatter.flow) else { return };
        for entry in frontmatter.entries.iter().filter(|entry| !entry.marked) {
            match &entry.value {
                Value::Sequence { items, flow: false, .. } => {
                    for item in items.iter().filter(|item| item.nested && !item.marked) {
                        quote(cx, item.span);
                    }
                }
                value => {
                    if let Some(span) = on_one_line(value) {
                        whole(cx, frontmatter, entry, span);
                    }
                }
            }
        }
    }
}

/// The values that are several links after each other: YAML cannot read them, and this rule says so.
pub(super) fn several(text: &str, frontmatter: &Frontmatter) -> Vec<Span> {
    if frontmatter.flow {
        return Vec::new();
    }
    let entries = frontmatter.entries.iter().filter(|entry| !entry.marked);
    let values = entries.filter_map(|entry| on_one_line(&entry.value));
    values.filter(|value| links(value.of(text)).len() > 1).collect()
}

fn on_one_line(value: &Value) -> Option<Span> {
    match value {
        Value::Sequence { span, flow: true, .. } | Value::Raw { span } => Some(*span),
        _ => None,
    }
}

/// A value on one line: a link, or several after each other.
fn whole(cx: &mut Cx<'_>, frontmatter: &Frontmatter, entry: &Entry, value: Span) {
    let note = cx.note;
    let links = links(value.of(&note.text));
    match links[..] {
        [] => {}
        [_] => quote(cx, value),
        _ => {
            let fix = list(note, frontmatter, entry, value, &links);
            let finding = cx
                .report(value, format!("the links in `{}` are not between quotes", entry.name))
                .evidence("YAML cannot read this: none of the properties of this note is read");
            if let Some(fix) = fix {
                finding.fix(fix);
            }
        }
    }
}

fn quote(cx: &mut Cx<'_>, value: Span) {
    let written = value.of(&cx.note.text);
    let [link] = links(written)[..] else { return };
    let fix = Fix::new(format!("write `\"{link}\"`"), Applicability::Unsafe, vec![Edit::replace(value, quoted(link))]);
    cx.report(value, "the link is not between quotes")
        .at_most(Severity::Warning)
        .evidence("YAML reads it as a list in a list, not as a link")
        .fix(fix);
}

/// The links that make up a value, if it is made of nothing else but commas.
fn links(value: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = value.trim();
    while let Some(after) = rest.strip_prefix("[[") {
        let Some(length) = after.find(['[', ']', '\n', '"', '{', '}']) else { return Vec::new() };
        if !after[length..].starts_with("]]") || after[..length].trim().is_empty() || is_numbers(&after[..length]) {
            return Vec::new();
        }
        found.push(&rest[..length + 4]);
        rest = after[length + 2..].trim_start();
        rest = rest.strip_prefix(',').unwrap_or(rest).trim_start();
    }
    if rest.is_empty() { found } else { Vec::new() }
}

/// Whether it is a list in a list and meant to be one.
fn is_numbers(inside: &str) -> bool {
    inside.contains(',') && inside.split(',').all(|part| part.trim().parse::<f64>().is_ok())
}

fn quoted(link: &str) -> String {
    format!("\"{}\"", link.replace('\\', "\\\\"))
}

fn list(note: &Note, frontmatter: &Frontmatter, entry: &Entry, value: Span, links: &[&str]) -> Option<Fix> {
    let text = &note.text;
    let colon = entry.after_colon(text)?;
    let quoted: Vec<String> = links.iter().map(|link| quoted(link)).collect();
    let edit = match frontmatter.list_style(text, entry) {
        ListStyle::Flow => Edit::replace(value, format!("[{}]", quoted.join(", "))),
        ListStyle::Block { indent } => {
            let line_end = if text[value.end()..].starts_with("\r\n") { "\r\n" } else { "\n" };
            let blanks = " ".repeat(indent);
            let items: String = quoted.iter().map(|link| format!("{line_end}{blanks}- {link}")).collect();
            Edit::replace(Span::new(colon, value.end()), items)
        }
    };
    Some(Fix::new("write the links as a list, between quotes", Applicability::Unsafe, vec![edit]))
}
