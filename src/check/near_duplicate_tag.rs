//! A tag that is nearly the same as a commoner one.

use foldhash::{HashSet, HashSetExt};
use serde::Deserialize;

use super::finding::times;
use super::{Check, Cx};
use crate::diagnostic::Severity;
use crate::language::Lexicon;
use crate::vault::near_tags::{Likeness, Near};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NearDuplicateTag {
    /// Pairs that are meant to be two tags.
    different: Vec<(String, String)>,
}

impl Check for NearDuplicateTag {
    fn note(&self, cx: &mut Cx<'_>) {
        let (tags, taxonomy) = (cx.vault.tags(), cx.taxonomy);
        let mut seen = HashSet::new();
        for tag in cx.tags() {
            let Some(near) = tags.near(&tag.name).filter(|near| self.is_meant(&tag.name, near)) else { continue };
            // Where it is written down which tags there are, the matter is decided.
            if taxonomy.is_closed() || !seen.insert(crate::vault::fold_tag(&tag.name)) {
                continue;
            }
            let twin = tags.spelling(&near.twin);
            let uses = |name: &str| times(tags.get(name).map_or(0, |tag| tag.uses()));
            let (name, why) = (&tag.name, reason(near.likeness));
            cx.report(tag.span, format!("the tag `{name}` is nearly the same as `{twin}`"))
                .evidence(why)
                .evidence(format!("`{twin}` is used {}, `{name}` {}", uses(&near.twin), uses(name)))
                .help(format!("if they mean the same: `vaultmend tags rename {name} {twin}`"))
                .at_most(if near.likeness == Likeness::OneLetter { Severity::Info } else { Severity::Warning });
        }
    }
}

impl NearDuplicateTag {
    fn is_meant(&self, name: &str, near: &Near) -> bool {
        let name = crate::vault::fold_tag(name);
        let named = |[one, other]: [&String; 2]| {
            crate::vault::fold_tag(one) == name && crate::vault::fold_tag(other) == *near.twin
        };
        let different = self.different.iter().any(|(one, other)| named([one, other]) || named([other, one]));
        !different && (near.likeness != Likeness::OneLetter || is_misspelt(&name, &near.twin))
    }
}

/// Whether the words that differ are no word and a word: `contact` is no misspelt `contract`, and a
/// name may be any letters.
fn is_misspelt(name: &str, twin: &str) -> bool {
    let border = |c: char| matches!(c, '/' | '-' | '_');
    let mut differ = name.split(border).zip(twin.split(border)).filter(|(one, other)| one != other);
    let lexicon = Lexicon::english();
    differ.next().is_some_and(|(one, other)| !lexicon.word(one) && lexicon.common(other)) && differ.next().is_none()
}

fn reason(likeness: Likeness) -> &'static str {
    match likeness {
        Likeness::Separators => "they differ in hyphens and underscores only",
        Likeness::Plural => "one is the plural of the other",
        Likeness::OneLetter => "they differ in one letter, and one of them is no word",
    }
}
