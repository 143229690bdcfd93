//! A property whose value is not what it should be.

use serde::Deserialize;

use super::{Check, Cx};
use crate::note::frontmatter::Value;
use crate::schema::Schema;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KeyType {
    /// Folders, as globs, and what is wanted of the keys there.
    keys: Schema,
}

impl Check for KeyType {
    fn note(&self, cx: &mut Cx<'_>) {
        let note = cx.note;
        let Some(frontmatter) = note.frontmatter.as_ref().filter(|frontmatter| frontmatter.error.is_none()) else {
            return;
        };
        for (key, wanted) in self.keys.of(&note.path) {
            let Some(entry) = frontmatter.entry(key) else { continue };
            if matches!(entry.value, Value::Null { .. } | Value::Alias { .. }) || entry.marked {
                continue;
            }
            if let Some((span, why)) = wanted.broken_by(&entry.value) {
                cx.report(span, format!("the property `{key}` {why}")).help(wanted.in_words(key));
            }
        }
    }
}
