//! A link without a target.

use serde::Deserialize;

use super::{Check, Cx};
use crate::diagnostic::{Applicability, Edit, Fix, Severity};
use crate::span::Span;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EmptyLink {}

impl Check for EmptyLink {
    fn note(&self, cx: &mut Cx<'_>) {
        let note = cx.note;
        for link in note.links.iter().filter(|link| link.parent.is_none()) {
            let target = link.target.of(&note.text);
            let fragment = link.fragment.is_none_or(|fragment| fragment.of(&note.text).trim().is_empty());
            let empty = target.trim().is_empty() && fragment && !is_quoted(&note.text, link.span);
            if !empty || !note.place(link).kind.is_text() {
                continue;
            }
            let shown = link.alias.map_or("", |alias| alias.of(&note.text).trim());
            let finding = cx.report(link.span, "the link has no target");
            if shown.is_empty() {
                // Nothing is hidden by it, and a sentence about links may well hold it.
                finding.at_most(Severity::Info);
            } else {
                let edit = Edit::replace(link.span, shown);
                finding.fix(Fix::new(format!("leave `{shown}`"), Applicability::Unsafe, vec![edit]));
            }
        }
    }
}

/// Whether the link is all there is between backticks: what it shows is nothing, so Markdown was
/// asked about two backticks without anything between them.
fn is_quoted(text: &str, link: Span) -> bool {
    text[..link.start()].ends_with('`') && text[link.end()..].starts_with('`')
}
