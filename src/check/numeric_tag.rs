//! A number among the tags of the frontmatter.

use serde::Deserialize;

use super::tag_use::{Removal, TagUse, ruled};
use super::{Check, Cx};
use crate::diagnostic::{Applicability, Edit, Fix};
use crate::note::Note;
use crate::note::frontmatter::scalar;
use crate::span::Span;
use crate::taxonomy::{Numeric, Ruling};
use crate::vault::Vault;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NumericTag {}

impl Check for NumericTag {
    fn note(&self, cx: &mut Cx<'_>) {
        let (note, vault, taxonomy) = (cx.note, cx.vault, cx.taxonomy);
        let numbers: Vec<_> = ruled(cx).into_iter().filter(|(_, ruling)| *ruling == Ruling::Numeric).collect();
        if numbers.is_empty() {
            return;
        }
        let removal = Removal::from(note);
        for (tag, _) in numbers {
            let finding = cx.report(tag.span, format!("`{}` is a number, and no tag", tag.name));
            let finding = finding.evidence("a tag that has only digits is none to Obsidian");
            let fix = match &taxonomy.numeric {
                Numeric::Report => {
                    finding.help("`numeric = \"year/{}\"` in `[tags]` says what numbers become");
                    continue;
                }
                Numeric::Drop => removal.of(&[tag.span]).map(|(edits, most)| ("take it out".to_owned(), edits, most)),
                Numeric::Become(form) => {
                    let name = form.replace("{}", &tag.name);
                    let edit = renamed(note, vault, tag, &name);
                    edit.map(|edit| (format!("write `{name}`"), vec![edit], Applicability::Safe))
                }
            };
            if let Some((title, edits, most)) = fix {
                finding.fix(Fix::new(title, most, edits));
            }
        }
    }
}

/// The edit that writes a name for a number. Quotes that made text of the number have no more to do.
fn renamed(note: &Note, vault: &Vault, tag: &TagUse, name: &str) -> Option<Edit> {
    let (before, after) = (&note.text[..tag.span.start()], &note.text[tag.span.end()..]);
    let quoted = ['"', '\''].iter().any(|quote| before.ends_with(*quote) && after.starts_with(*quote));
    if quoted && tag.span.of(&note.text) == tag.name {
        return Some(Edit::replace(Span::new(tag.span.start() - 1, tag.span.end() + 1), scalar(name)));
    }
    tag.renamed(note, vault, name)
}
