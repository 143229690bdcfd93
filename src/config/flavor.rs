//! `[flavor]`: which program a vault is of, where that is not to be found out.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::vault::{Conventions, Flavor, LinkFormat};

/// What is said takes the place of what the vault's own folders show.
#[derive(Debug, Default, Clone, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(rename = "Flavor")]
pub struct Section {
    /// The program.
    kind: Option<Flavor>,
    /// How links name notes.
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
