//! A tag that the frontmatter names twice.

use std::collections::HashMap;

use serde::Deserialize;

use super::{Check, Cx, tag_use};
use crate::diagnostic::{Applicability, Fix};
use crate::note::frontmatter::{Value, tags_in};
use crate::span::Span;
use crate::vault::fold;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DuplicateTag {}

impl Check for DuplicateTag {
    fn note(&self, cx: &mut Cx<'_>) {
        let note = cx.note;
        let Some(frontmatter) = &note.frontmatter else { return };
        let mut first: HashMap<String, Span> = HashMap::new();
        for entry in frontmatter.entries.iter().filter(|entry| matches!(entry.name.as_str(), "tags" | "tag")) {
            let listed = matches!(entry.value, Value::Sequence { .. });
            for tag in tags_in(&note.text, entry) {
                let Some(&before) = first.get(&fold(&tag.text)) else {
                    first.insert(fold(&tag.text), tag.span);
                    continue;
                };
                // A string of tags gets each once when it becomes a list, and so does a comment.
                if !listed || tag.lost {
                    continue;
                }
                let finding = cx.report(tag.span, format!("the tag `{}` is here twice", tag.text));
                let finding = finding.label(before, "here first");
                if let Some(edits) = tag_use::without(note, &[tag.span]) {
                    finding.fix(Fix::new("take the second one out", Applicability::Safe, edits));
                }
            }
        }
    }
}
