//! A property that notes of a folder must have.

use serde::Deserialize;

use super::{Check, Cx};
use crate::note::frontmatter::Value;
use crate::schema::Schema;
use crate::span::Span;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RequiredKey {
    /// Folders, as globs, and what is wanted of the keys there.
    keys: Schema,
}

impl Check for RequiredKey {
    fn note(&self, cx: &mut Cx<'_>) {
        let note = cx.note;
        if note.unreadable.is_some() {
            return;
        }
        for (key, wanted) in self.keys.of(&note.path).filter(|(_, wanted)| wanted.required) {
            let entry = note.frontmatter.as_ref().and_then(|frontmatter| frontmatter.entry(key));
            match entry {
                None => {
                    cx.report(Span::at(0), format!("the property `{key}` is missing")).help(wanted.in_words(key));
                }
                Some(entry) if matches!(entry.value, Value::Null { .. }) => {
                    cx.report(entry.key, format!("the property `{key}` is empty")).help(wanted.in_words(key));
                }
                Some(_) => {}
            }
        }
    }
}
