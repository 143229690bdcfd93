//! `[frontmatter]`: folders, and what is wanted of the properties there.

use std::collections::BTreeMap;

use super::layer::Layers;
use super::source::Sources;
use crate::error::Error;
use crate::rule::Settings;
use crate::schema::Schema;

/// The rules that read the section, as their parameter `keys`.
const RULES: [&str; 2] = ["note/required-key", "note/key-type"];

/// The section as written, and known to be sound.
#[derive(Debug, Default, Clone)]
pub(super) struct Section(Option<toml::Table>);

impl Section {
    /// Takes the section of a configuration, whose `layers` tell the places of errors.
    pub(super) fn read(sources: &Sources, layers: &Layers<'_>, written: Option<toml::Table>) -> Result<Section, Error> {
        #[derive(serde::Deserialize)]
        struct Only {
            #[serde(rename = "frontmatter")]
            _frontmatter: Schema,
        }
        if written.is_some() {
            layers.to::<Only>().map_err(|e| sources.of_toml(&e))?;
        }
        Ok(Section(written))
    }

    /// Hands the section to those of its rules that are there and were given no `keys` of their own.
    pub(super) fn settle<'a>(&self, settings: &mut BTreeMap<String, Settings>, ids: impl Iterator<Item = &'a str>) {
        let Some(keys) = &self.0 else { return };
        for id in ids.filter(|id| RULES.contains(id)) {
            let settings = settings.entry(id.to_owned()).or_default();
            if !settings.has("keys") {
                settings.set("keys", toml::Value::Table(keys.clone()));
            }
        }
    }
}
