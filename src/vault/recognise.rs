//! Finds out which program a vault is of, by the folders that it leaves there.

use std::fs;
use std::path::Path;

use super::{Conventions, Flavor};

/// What shows, in the root of a vault, which program it is of.
pub(super) const MARKS: [(&str, Flavor); 3] =
    [(".obsidian", Flavor::Obsidian), ("logseq/config.edn", Flavor::Logseq), (".foam", Flavor::Foam)];

/// Which program the vault at `root` is of, and what shows it; of several programs, Obsidian goes first.
pub fn recognised(root: &Path) -> Option<(&'static str, Flavor)> {
    MARKS.into_iter().find(|(mark, _)| root.join(mark).exists())
}

/// The conventions of the vault at `root`.
pub fn recognise(root: &Path) -> Conventions {
    let flavor = recognised(root).map_or(Flavor::default(), |(_, flavor)| flavor);
    let mut conventions = Conventions { flavor, ..Conventions::default() };
    if let Ok(app) = fs::read_to_string(root.join(".obsidian/app.json")) {
        conventions.read_app(&app);
    }
    conventions
}
