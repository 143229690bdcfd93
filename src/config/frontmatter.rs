//! `[frontmatter]`: folders, and what is wanted of the properties there.

use std::collections::BTreeMap;

use globset::{Glob, GlobMatcher};

use super::layer::Layers;
use super::source::Sources;
use crate::error::Error;
use crate::rule::Settings;
use crate::schema::Schema;
use crate::span::Span;

/// The rules that read the section, as their parameter `keys`.
const RULES: [&str; 2] = ["note/required-key", "note/key-type"];

/// The section as written, and known to be sound.
#[derive(Debug, Default, Clone)]
pub(super) struct Section {
    written: Option<toml::Table>,
    /// The notes that something is wanted of, and where that stands.
    notes: Vec<(GlobMatcher, Span)>,
}

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
        let folders = layers.table().get("frontmatter").and_then(|section| section.get_ref().as_table());
        let notes = folders.into_iter().flatten().filter_map(|(glob, _)| {
            // One that is no glob is an error by now.
            Some((Glob::new(glob.get_ref()).ok()?.compile_matcher(), glob.span().into()))
        });
        Ok(Section { written, notes: notes.collect() })
    }

    /// The globs over notes, and where they stand.
    pub(super) fn notes(&self) -> impl Iterator<Item = (&GlobMatcher, Span)> {
        self.notes.iter().map(|(glob, span)| (glob, *span))
    }

    /// Hands the section to those of its rules that are there and were given no `keys` of their own.
    pub(super) fn settle<'a>(&self, settings: &mut BTreeMap<String, Settings>, ids: impl Iterator<Item = &'a str>) {
        let Some(keys) = &self.written else { return };
        for id in ids.filter(|id| RULES.contains(id)) {
            let settings = settings.entry(id.to_owned()).or_default();
            if !settings.has("keys") {
                settings.set("keys", toml::Value::Table(keys.clone()));
            }
        }
    }
}
