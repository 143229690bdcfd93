//! Tags of the frontmatter that are in no order.

use serde::Deserialize;

use super::{Check, Cx};
use crate::diagnostic::{Applicability, Edit, Fix};
use crate::note::frontmatter::{Entry, Value};
use crate::vault::fold_tag;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UnsortedTags {}

impl Check for UnsortedTags {
    fn note(&self, cx: &mut Cx<'_>) {
        let note = cx.note;
        let Some(entry) = note.frontmatter.as_ref().and_then(|frontmatter| frontmatter.read_as("tags")) else { return };
        let Value::Sequence { span, items, .. } = &entry.value else { return };
        if items.iter().any(|item| item.nested || item.is_null || item.marked) {
            return;
        }
        let key = |text: &str| fold_tag(text.strip_prefix('#').unwrap_or(text));
        let mut sorted: Vec<usize> = (0..items.len()).collect();
        sorted.sort_by_cached_key(|&i| key(&items[i].text));
        let Some(odd) = (1..items.len()).find(|&i| key(&items[i].text) < key(&items[i - 1].text)) else { return };
        let message = format!("the tag `{}` comes after `{}`", items[odd].text, items[odd - 1].text);
        let finding = cx.report(items[odd].span, message);
        if holds_comment(&note.text, entry) {
            finding.help("sort them by hand: the comments between them belong to some of them");
            return;
        }
        let moved = items.iter().zip(&sorted).filter(|(item, i)| item.span != items[**i].span);
        let edits = moved.map(|(item, &i)| Edit::replace(item.span, items[i].span.of(&note.text))).collect();
        finding.label(*span, "the list").fix(Fix::new("sort the tags", Applicability::Safe, edits));
    }
}

/// Whether something other than the items, their marks and blanks stands in the entry.
fn holds_comment(text: &str, entry: &Entry) -> bool {
    let Value::Sequence { items, .. } = &entry.value else { return false };
    let mut at = entry.key.end();
    let mut between = String::new();
    for item in items {
        between.push_str(&text[at..item.span.start().max(at)]);
        at = item.span.end().max(at);
    }
    between.push_str(&text[at..entry.span.end().max(at)]);
    between.contains('#')
}
