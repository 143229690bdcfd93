//! A tag that the vault mostly writes in another case.

use serde::Deserialize;

use super::finding::times;
use super::{Check, Cx};
use crate::diagnostic::{Applicability, Fix};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TagCaseConflict {}

impl Check for TagCaseConflict {
    fn note(&self, cx: &mut Cx<'_>) {
        let (note, vault, taxonomy) = (cx.note, cx.vault, cx.taxonomy);
        let tags = vault.tags();
        if taxonomy.sets_case() {
            return;
        }
        for tag in cx.tags() {
            let common = tags.spelling(&tag.name);
            if common == tag.name {
                continue;
            }
            // What the taxonomy names is written as there, whatever the majority does.
            let wanted = taxonomy.written(&common, tags);
            // One that is to go is not to be made another one first.
            if wanted == taxonomy.written(&tag.name, tags)
                || cx.orphans().iter().any(|orphan| orphan.tag.span == tag.span)
            {
                continue;
            }
            let finding = cx.report(tag.span, format!("the tag `{}` is mostly written `{wanted}`", tag.name));
            let counts = (1..=tag.name.split('/').count()).filter_map(|parts| {
                let end = tag.name.match_indices('/').nth(parts - 1).map_or(tag.name.len(), |(at, _)| at);
                let known = tags.get(&tag.name[..end]).filter(|known| known.spellings.len() > 1)?;
                let mut spellings = known.spellings.clone();
                spellings.sort_by_key(|spelling| std::cmp::Reverse(spelling.uses));
                let counts = spellings.iter().map(|one| format!("`{}` {}", one.text, times(one.uses)));
                Some(counts.collect::<Vec<_>>().join(", "))
            });
            let finding = counts.fold(finding, |finding, counts| finding.evidence(format!("the vault has {counts}")));
            if let Some(edit) = tag.renamed(note, vault, &wanted) {
                // In the text it is a word that a reader sees, perhaps at the start of a sentence.
                let sure = if tag.is_listed() { Applicability::Safe } else { Applicability::Unsafe };
                finding.fix(Fix::new(format!("write `{wanted}`"), sure, vec![edit]));
            }
        }
    }
}
