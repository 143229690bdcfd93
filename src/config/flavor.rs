//! `[flavor]`: which program a vault is of, where that is not to be found out.

use serde::Deserialize;

use crate::vault::{Conventions, Flavor, LinkFormat};

/// What is said takes the place of what the vault's own folders show.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Section {
    /// `obsidian`, `logseq` or `foam`.
    kind: Option<Flavor>,
    /// `shortest`, `relative` or `absolute`.
    links: Option<LinkFormat>,
    /// The folder for attachments, from the root.
    attachments: Option<String>,
}

impl Section {
    /// The conventions that were found, and what is said here over them.
    pub fn over(&self, found: Conventions) -> Conventions {
        Conventions {
            flavor: self.kind.unwrap_or(found.flavor),
            links: self.links.unwrap_or(found.links),
            attachments: self.attachments.clone().or(found.attachments),
        }
    }
}
