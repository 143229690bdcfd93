//! A tag that the frontmatter names twice.

use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};
use serde::Deserialize;

use super::tag_use::Removal;
use super::{Check, Cx};
use crate::diagnostic::{Applicability, Fix};
use crate::note::Note;
use crate::note::frontmatter::{Frontmatter, Listed, Value, scalar, tags_in};
use crate::span::Span;
use crate::vault::fold_tag;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DuplicateTag {}

impl Check for DuplicateTag {
    fn note(&self, cx: &mut Cx<'_>) {
        let note = cx.note;
        let Some(frontmatter) = &note.frontmatter else { return };
        let mut tags: Vec<(bool, Listed)> = Vec::new();
        for entry in frontmatter.tag_entries() {
            let listed = matches!(entry.value, Value::Sequence { .. });
            tags.extend(tags_in(&note.text, entry).into_iter().map(|tag| (listed, tag)));
        }
        let mut seen = HashSet::new();
        if tags.iter().all(|(_, tag)| seen.insert(fold_tag(&tag.text))) {
            return;
        }
        // What is read stays before what is not.
        tags.sort_by_cached_key(|(_, tag)| (!is_read(frontmatter, tag), !is_text(note, tag)));
        let mut first: HashMap<String, Span> = HashMap::new();
        let mut again: Vec<(Span, Span, String)> = Vec::new();
        for (listed, tag) in tags {
            let Some(&before) = first.get(&fold_tag(&tag.text)) else {
                first.insert(fold_tag(&tag.text), tag.span);
                continue;
            };
            // A string of tags gets each once when it becomes a list, and so does a comment.
            if listed && !tag.lost {
                again.push((tag.span, before, tag.text));
            }
        }
        again.sort_unstable();
        // All at once where each has a line of its own: blank lines at the end of a list go with all that end it.
        let spans: Vec<Span> = again.iter().map(|(span, ..)| *span).collect();
        let removal = Removal::from(note);
        let together =
            removal.of(&spans).filter(|(edits, most)| *most == Applicability::Safe && edits.len() == again.len());
        for (i, (span, before, text)) in again.into_iter().enumerate() {
            let (place, title) = if before.start() < span.start() {
                ("here first", "take the second one out")
            } else {
                ("here too", "take this one out")
            };
            let finding = cx.report(span, format!("the tag `{text}` is here twice")).label(before, place);
            let edits = match &together {
                Some((edits, most)) => Some((vec![edits[i].clone()], *most)),
                None => removal.of(&[span]),
            };
            if let Some((edits, most)) = edits {
                finding.fix(Fix::new(title, most, edits));
            }
        }
    }
}

/// Whether it stands under `tags`, not under the old `tag`.
fn is_read(frontmatter: &Frontmatter, tag: &Listed) -> bool {
    let mut entries = frontmatter.tag_entries().filter(|entry| entry.is_read_as("tags"));
    entries.any(|entry| entry.span.contains(tag.span))
}

/// Whether YAML takes it for text, as it does `'true'`, but not `true`.
fn is_text(note: &Note, tag: &Listed) -> bool {
    let quoted = note.text[..tag.span.start()].ends_with(['"', '\'']);
    quoted || scalar(&tag.text) == tag.text
}
