//! The allowed tag that one which is not was perhaps meant for.

use super::{Taxonomy, bare};
use crate::note::is_tag_char;
use crate::vault::fold_tag;
use crate::vault::near_tags::are_singular_and_plural;

/// Allowed tags near one that is not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nearest {
    /// The nearest, as they are written; more than one where nothing tells between them.
    pub names: Vec<String>,
    /// What they have in common with it.
    pub likeness: &'static str,
}

/// In names of so few letters, a letter tells them apart.
const SHORTEST_MISSPELT: usize = 4;
/// From so many letters on, two may be wrong.
const LONG: usize = 9;

impl Taxonomy {
    /// The allowed tags that are nearest to this one: of the same words, its plural or singular, or
    /// a letter or two away. Of tags below `project/*`, the part up to `project` is compared.
    pub fn nearest(&self, name: &str) -> Option<Nearest> {
        let name = bare(name);
        let folded = fold_tag(name);
        let candidates = self.candidates(name);
        let alike = |is_alike: &dyn Fn(&str) -> bool, likeness| {
            let near = candidates.iter().filter(|(candidate, _)| is_alike(candidate));
            let mut names: Vec<String> = near.map(|(_, name)| name.clone()).collect();
            names.sort_unstable();
            names.dedup();
            (!names.is_empty()).then_some(Nearest { names, likeness })
        };
        let joined = without_separators(&folded);
        alike(&|candidate| without_separators(candidate) == joined, "they differ in capitals and hyphens only")
            .or_else(|| alike(&|other| are_singular_and_plural(&folded, other), "one is the plural of the other"))
            .or_else(|| {
                let letters = folded.chars().count();
                if letters < SHORTEST_MISSPELT {
                    return None;
                }
                let most = if letters < LONG { 1 } else { 2 };
                let far = |other: &str| {
                    // The distance is no less than the difference of the lengths.
                    let apart = other.chars().count().abs_diff(letters);
                    (apart <= most).then(|| strsim::damerau_levenshtein(&folded, other)).filter(|far| *far <= most)
                };
                let least = candidates.iter().filter_map(|(candidate, _)| far(candidate)).min()?;
                let likeness = if least == 1 { "they differ in one letter" } else { "they differ in two letters" };
                alike(&|candidate| far(candidate) == Some(least), likeness)
            })
    }

    /// The folded names that may be meant, and how they are written: each allowed one, and the parents
    /// of kinds with what `name` has below them.
    fn candidates(&self, name: &str) -> Vec<(String, String)> {
        // What stands below may be no tag, and nothing to write.
        let sound = |name: &str| !name.contains(|c| !is_tag_char(c)) && !name.split('/').any(str::is_empty);
        let named = self.names.iter().map(|(folded, name)| (folded.clone(), name.clone()));
        let below = self.kinds.iter().filter_map(|kind| {
            let parent = kind.parent()?;
            let (cut, _) = name.match_indices('/').nth(parent.matches('/').count())?;
            let meant = format!("{parent}{}", &name[cut..]);
            sound(&meant).then(|| (fold_tag(&meant), meant))
        });
        named.chain(below).collect()
    }
}

/// The name without what parts words.
fn without_separators(name: &str) -> String {
    name.replace(['-', '_', ' '], "")
}
