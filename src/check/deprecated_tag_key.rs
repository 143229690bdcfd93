//! Tags under `tag`, which Obsidian has dropped.

use serde::Deserialize;

use super::{Check, Cx};
use crate::diagnostic::{Applicability, Edit, Fix};
use crate::note::frontmatter::{Frontmatter, tags_in};
use crate::vault::fold_tag;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DeprecatedTagKey {}

impl Check for DeprecatedTagKey {
    fn note(&self, cx: &mut Cx<'_>) {
        let note = cx.note;
        let Some(frontmatter) = &note.frontmatter else { return };
        let Some(entry) = frontmatter.read_as("tag") else { return };
        let taken = frontmatter.read_as("tags").is_some();
        let finding = cx.report(entry.key, format!("the key `{}` is no longer read", entry.name));
        let finding = finding.evidence("it was dropped for `tags`");
        let edits = if taken {
            merged(&note.text, frontmatter)
        } else {
            let written = entry.key.of(&note.text).replacen(&*entry.name, "tags", 1);
            Some(vec![Edit::replace(entry.key, written)])
        };
        match edits {
            Some(edits) => {
                let title = if taken { "move its tags into `tags`" } else { "call it `tags`" };
                finding.fix(Fix::new(title, Applicability::Unsafe, edits));
            }
            None => {
                finding.help("put its tags into `tags`, which is here too");
            }
        }
    }
}

/// The edits that move what `tag` holds into the list of `tags`.
fn merged(text: &str, frontmatter: &Frontmatter) -> Option<Vec<Edit>> {
    let (old, new) = (frontmatter.read_as("tag")?, frontmatter.read_as("tags")?);
    let known: Vec<String> = tags_in(text, new).iter().map(|tag| fold_tag(&tag.text)).collect();
    let tags = tags_in(text, old);
    let comment = old.span.of(text).contains(" #");
    if tags.iter().any(|tag| tag.lost) || comment || frontmatter.flow {
        return None;
    }
    let missing: Vec<String> =
        tags.into_iter().map(|tag| tag.text).filter(|tag| !known.contains(&fold_tag(tag))).collect();
    let mut edits = vec![Edit::delete(old.span)];
    if !missing.is_empty() {
        let (at, lines) = frontmatter.added(text, new, &missing)?;
        let added = Edit::insert(at, lines);
        if added.span.touches(old.span) {
            return None;
        }
        edits.push(added);
    }
    Some(edits)
}
