//! A `#` before a tag of the frontmatter.

use serde::Deserialize;

use super::{Check, Cx};
use crate::diagnostic::{Applicability, Edit, Fix};
use crate::note::frontmatter::{Entry, Listed, Value, tags_in};
use crate::span::Span;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HashInFrontmatter {}

impl Check for HashInFrontmatter {
    fn note(&self, cx: &mut Cx<'_>) {
        let note = cx.note;
        let Some(frontmatter) = &note.frontmatter else { return };
        for entry in frontmatter.tag_entries() {
            for tag in marked(&note.text, entry) {
                let finding = cx.report(tag.span, format!("the tag `{}` is written with a `#`", tag.text));
                let finding = finding.evidence("in the frontmatter `tags` holds nothing but tags");
                let hash = Span::new(tag.span.start(), tag.span.start() + 1);
                finding.fix(Fix::new("take the `#` out", Applicability::Safe, vec![Edit::delete(hash)]));
            }
        }
    }
}

/// The tags of an entry that are written with one `#` in front and stand alone in their quotes. A string
/// of several is the business of another rule.
fn marked(text: &str, entry: &Entry) -> Vec<Listed> {
    let tags = tags_in(text, entry);
    let one = match &entry.value {
        Value::Sequence { .. } => true,
        Value::Scalar(_) => tags.len() == 1,
        _ => false,
    };
    let marked = tags.into_iter().filter(|tag| {
        let name = tag.span.of(text).strip_prefix('#');
        !tag.lost && name == Some(&tag.text) && !tag.text.contains(['#', ','])
    });
    if one { marked.collect() } else { Vec::new() }
}
