//! A note with more tags than the taxonomy wants.

use foldhash::{HashSet, HashSetExt};
use serde::Deserialize;

use super::{Check, Cx};
use crate::vault::fold_tag;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TooManyTags {
    /// For notes that the taxonomy says nothing of; 0: as many as you like.
    most: usize,
}

impl Check for TooManyTags {
    fn note(&self, cx: &mut Cx<'_>) {
        let own = (self.most > 0).then_some(self.most);
        let Some(most) = cx.taxonomy.at_most(&cx.note.path).or(own) else { return };
        let mut seen = HashSet::new();
        let different: Vec<_> = cx.tags().iter().filter(|tag| seen.insert(fold_tag(&tag.name))).collect();
        if let Some(first) = different.get(most) {
            let message = format!("the note has {} tags, and {most} are the most", different.len());
            cx.report(first.span, message).label(first.span, "the first that is too many");
        }
    }
}
