//! A note without a tag that its folder wants.

use serde::Deserialize;

use super::{Check, Cx};
use crate::diagnostic::{Applicability, Edit, Fix};
use crate::span::Span;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MissingTag {}

impl Check for MissingTag {
    fn note(&self, cx: &mut Cx<'_>) {
        let (note, taxonomy) = (cx.note, cx.taxonomy);
        if note.unreadable.is_some() {
            return;
        }
        let has: Vec<&str> = cx.tags().iter().map(|tag| tag.name.as_str()).collect();
        let missing = taxonomy.missing(&note.path, &has);
        let entry = note.frontmatter.as_ref().and_then(|frontmatter| Some((frontmatter, frontmatter.read_as("tags")?)));
        let place = entry.map_or(Span::at(note.body()), |(_, entry)| entry.key);
        let can_be_added = |name: &str| !name.contains('*') && taxonomy.forbids(&note.path, name).is_none();
        // One fix adds them all: two at one place would wait for each other.
        let names: Vec<String> =
            missing.iter().filter(|name| can_be_added(name)).map(|&name| name.to_owned()).collect();
        let mut added = entry.and_then(|(frontmatter, entry)| frontmatter.added(&note.text, entry, &names));
        for name in missing {
            let finding = cx.report(place, format!("the tag `{name}` is missing"));
            let finding = finding.evidence("the taxonomy requires it in this folder");
            let finding = match taxonomy.description(name) {
                Some(text) => finding.evidence(format!("`{name}`: {text}")),
                None => finding,
            };
            if !can_be_added(name) {
                continue;
            }
            if let Some((at, text)) = added.take() {
                let tags = if names.len() == 1 { format!("`{name}`") } else { format!("{} tags", names.len()) };
                finding.fix(Fix::new(format!("add {tags}"), Applicability::Unsafe, vec![Edit::insert(at, text)]));
            }
        }
    }
}
