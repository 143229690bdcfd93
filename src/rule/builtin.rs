//! The rules that come with the program, embedded by the build script.

// `RULES: &[(pack, name, text)]`, sorted.
include!(concat!(env!("OUT_DIR"), "/rules.rs"));

use super::RuleFile;
use crate::error::Error;

/// The packs that come with the program.
pub(super) fn packs() -> Vec<&'static str> {
    let mut packs: Vec<&str> = RULES.iter().map(|(pack, ..)| *pack).collect();
    packs.dedup();
    packs
}

/// The rules of a pack.
pub(super) fn pack(wanted: &str) -> Vec<Result<RuleFile, Error>> {
    RULES
        .iter()
        .filter(|(pack, ..)| *pack == wanted)
        .map(|(pack, name, text)| {
            RuleFile::embedded(&format!("{pack}/{name}"), &format!("rules/{pack}/{name}.toml"), text)
        })
        .collect()
}

/// Whether a rule of this id comes with the program.
pub(super) fn has(id: &str) -> bool {
    id.split_once('/').is_some_and(|id| RULES.iter().any(|(pack, name, _)| (*pack, *name) == id))
}

/// The ids of all of them, in order.
pub(super) fn ids() -> impl Iterator<Item = String> {
    RULES.iter().map(|(pack, name, _)| format!("{pack}/{name}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_reads_the_same_as_a_whole() {
        for (pack, name, text) in RULES {
            let id = format!("{pack}/{name}");
            let whole = RuleFile::read(&id, name, text).unwrap_or_else(|error| panic!("{id}: {error}"));
            let embedded = RuleFile::embedded(&id, name, text).unwrap();
            assert_eq!(embedded.examples().len(), whole.examples().len(), "{id}");
            assert_eq!((embedded.params(), embedded.docs()), (whole.params(), whole.docs()), "{id}");
        }
    }
}
