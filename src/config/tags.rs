//! `[tags]`: the taxonomy, or the file it is in.

use toml::Spanned;
use toml::de::DeValue;

use super::layer::{self, Layers};
use super::source::{Kind, Sources};
use crate::error::Error;
use crate::taxonomy::{Taxonomy, Written};

/// What a vault wants of its tags, as far as the configuration itself tells.
#[derive(Debug, Default)]
pub struct Section {
    pub taxonomy: Taxonomy,
    /// The file that has the taxonomy, by its path from the folder of the file that names it.
    pub file: Option<Spanned<String>>,
    /// Whether some of it is of a file that the vault's own one extends: then it is for other vaults too.
    pub inherited: bool,
}

impl Section {
    /// Takes the section of a configuration, whose `layers` tell the places of errors.
    pub(super) fn read(sources: &Sources, layers: &Layers<'_>, written: Written) -> Result<Section, Error> {
        let inherited = layers.table().get("tags").is_some_and(|tags| inherits(sources, tags));
        let Some(named) = &written.file else {
            let taxonomy = Taxonomy::of(written, |span, message| sources.error_at(span, message))?;
            return Ok(Section { taxonomy, file: None, inherited });
        };
        if written.is_more_than_a_file() {
            let tags = layers.table().get("tags").and_then(|tags| tags.get_ref().as_table());
            // What was set for one run is what is in the way, not the vault's own file.
            let keys = tags.into_iter().flatten().map(|(key, _)| layer::place(key));
            let set = keys.into_iter().find(|key| sources.of(*key).is_some_and(|(source, _)| source.kind == Kind::Set));
            let place = set.unwrap_or(named.span().into());
            let error = sources.error_at(place, "a taxonomy in a file of its own has all of it there");
            let file = |place| sources.of(place).map(|(source, _)| source.name.as_str());
            let mut beside = tags.into_iter().flatten().map(|(key, _)| (key.get_ref(), file(layer::place(key))));
            // Pointed at is one file, and another one may have to change.
            let elsewhere = beside.find(|(_, other)| *other != file(named.span().into()));
            return Err(error.help(match (set, elsewhere) {
                (None, Some((key, Some(other)))) => {
                    format!(
                        "`{key}` stands in `{other}`: change it in `{}`, or leave one of the two out",
                        named.get_ref()
                    )
                }
                (Some(_), _) => format!("change it in `{}`, which `file` in `[tags]` names", named.get_ref()),
                (None, _) => "leave `file` alone in `[tags]`, or leave it out".to_owned(),
            }));
        }
        Ok(Section { taxonomy: Taxonomy::NONE, file: written.file, inherited })
    }
}

/// Whether anything in a value is inherited.
fn inherits(sources: &Sources, value: &Spanned<DeValue<'_>>) -> bool {
    match value.get_ref() {
        DeValue::Table(table) => table.iter().any(|(_, value)| inherits(sources, value)),
        DeValue::Array(items) => items.iter().any(|item| inherits(sources, item)),
        _ => sources.inherits(layer::place(value)),
    }
}
