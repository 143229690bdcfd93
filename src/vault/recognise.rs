//! Finds out which program a vault is of, by the folders that it leaves there.

use std::fs;
use std::path::Path;

use super::{Conventions, Flavor};

/// What shows, in the root of a vault, which program it is of.
pub(super) const MARKS: [(&str, Flavor); 3] =
    [(".obsidian", Flavor::Obsidian), ("logseq/config.edn", Flavor::Logseq), (".foam", Flavor::Foam)];

/// The conventions of the vault at `root`; of several programs, Obsidian's go first.
pub fn recognise(root: &Path) -> Conventions {
    let found = MARKS.iter().find(|(mark, _)| root.join(mark).exists());
    let flavor = found.map_or(Flavor::default(), |(_, flavor)| *flavor);
    let mut conventions = Conventions { flavor, ..Conventions::default() };
    if let Ok(app) = fs::read_to_string(root.join(".obsidian/app.json")) {
        conventions.read_app(&app);
    }
    conventions
}
