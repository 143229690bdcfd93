//! What stands in a taxonomy and does nothing.

use super::Taxonomy;
use crate::vault::tags::Tags;

/// Entries that are named one by one; the rest are counted.
const SHOWN: usize = 5;

impl Taxonomy {
    /// The allowed tags that no note uses, the renamings of tags that there are none of, and the folders
    /// without a note; in words.
    pub fn unused<'a>(&self, tags: &Tags, paths: impl Iterator<Item = &'a str> + Clone) -> Vec<String> {
        let used: Vec<&str> = tags.iter().filter(|(_, tag)| tag.uses() > 0).map(|(name, _)| name).collect();
        // A tag that is to be renamed is a use of its new name.
        let becomes: Vec<String> =
            used.iter().filter_map(|name| self.renamed(name)).map(|(_, new)| crate::vault::fold_tag(&new)).collect();
        let is_used = |folded: &String| {
            let used = tags.get(folded).is_some_and(|tag| tag.uses() > 0);
            used || becomes.contains(folded) || tags.below(folded).any(|(_, tag)| tag.uses() > 0)
        };
        let names = self.names.iter().filter(|(folded, _)| !is_used(folded)).map(|(_, name)| name.as_str());
        let numbers = match &self.numeric {
            super::Numeric::Become(form) => Some(crate::vault::fold_tag(&form.replace("{}", "1"))),
            _ => None,
        };
        let kinds = self.kinds.iter().filter(|kind| {
            let mut all = used.iter().copied().chain(becomes.iter().map(String::as_str)).chain(numbers.as_deref());
            !all.any(|name| kind.matches(name))
        });
        let allowed: Vec<&str> = names.chain(kinds.map(|kind| kind.text.as_str())).collect();
        // One that was carried out stays, so that the old name does not come back.
        let is_idle = |old: &String| {
            let done = self.renamed(old).and_then(|(_, new)| tags.get(&new)).is_some_and(|new| new.uses() > 0);
            tags.get(old).is_none() && !done
        };
        let renames = self.renames.iter().filter(|(old, _)| is_idle(old)).map(|(_, rename)| &*rename.old);
        let renames: Vec<&str> = renames.collect();
        let folders = self.folders.iter().filter(|folder| !paths.clone().any(|path| folder.notes.is_match(path)));
        let allowed = told(&allowed).map(|names| format!("no note has a tag that is {names}, of `allowed`"));
        let renames = told(&renames).map(|names| format!("no note has a tag that is {names}, of `rename`"));
        let folders = folders.map(|folder| format!("`{}` matches no note of this vault", folder.notes.glob()));
        allowed.into_iter().chain(renames).chain(folders).collect()
    }
}

/// `a`, `b` or one of 7 more; `None` for none.
fn told(names: &[&str]) -> Option<String> {
    let mut shown: Vec<String> = names.iter().take(SHOWN).map(|name| format!("`{name}`")).collect();
    if names.len() > SHOWN {
        shown.push(format!("one of {} more", names.len() - SHOWN));
    }
    let last = shown.pop()?;
    Some(if shown.is_empty() { last } else { format!("{} or {last}", shown.join(", ")) })
}
