//! Words of sentences that a program has made tags of.

use serde::Deserialize;

use super::{Check, Cx};
use crate::autolink::{Tagging, is_in_sentence};
use crate::diagnostic::{Applicability, Edit, Fix};
use crate::span::Span;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TagInProse {
    becomes: Becomes,
}

/// What the fix writes.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Becomes {
    Word,
    Escaped,
}

impl Check for TagInProse {
    fn note(&self, cx: &mut Cx<'_>) {
        let note = cx.note;
        let Some(tagging) = Tagging::of(note) else { return };
        for tag in note.tags().iter().filter(|tag| is_in_sentence(note, **tag)) {
            let hash = Span::new(tag.span.start(), tag.name().start());
            let (title, edit) = match self.becomes {
                Becomes::Word => ("write it as a word", Edit::delete(hash)),
                Becomes::Escaped => ("write `\\#`", Edit::replace(hash, "\\#")),
            };
            let message = format!("`{}` is a word of its sentence", tag.span.of(&note.text));
            cx.report(tag.span, message).evidence(tagging.reason()).fix(Fix::new(
                title,
                Applicability::Unsafe,
                vec![edit],
            ));
        }
    }
}
