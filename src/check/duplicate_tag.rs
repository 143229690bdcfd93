//! A tag that the frontmatter names twice.

use foldhash::{HashMap, HashMapExt};
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
        let mut again: Vec<(Span, Span, String)> = Vec::new();
        for entry in frontmatter.tag_entries() {
            let listed = matches!(entry.value, Value::Sequence { .. });
            for tag in tags_in(&note.text, entry) {
                let Some(&before) = first.get(&fold(&tag.text)) else {
                    first.insert(fold(&tag.text), tag.span);
                    continue;
                };
                // A string of tags gets each once when it becomes a list, and so does a comment.
                if listed && !tag.lost {
                    again.push((tag.span, before, tag.text));
                }
            }
        }
        // All at once where each has a line of its own: one by one, a long list would be read for each.
        let spans: Vec<Span> = again.iter().map(|(span, ..)| *span).collect();
        let together = tag_use::without(note, &spans)
            .filter(|(edits, most)| *most == Applicability::Safe && edits.len() == again.len());
        for (i, (span, before, text)) in again.into_iter().enumerate() {
            let finding = cx.report(span, format!("the tag `{text}` is here twice")).label(before, "here first");
            let edits = match &together {
                Some((edits, most)) => Some((vec![edits[i].clone()], *most)),
                None => tag_use::without(note, &[span]),
            };
            if let Some((edits, most)) = edits {
                finding.fix(Fix::new("take the second one out", most, edits));
            }
        }
    }
}
