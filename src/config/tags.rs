//! `[tags]`: the taxonomy, or the file it is in.

use toml::Spanned;

use crate::error::Error;
use crate::taxonomy::{Taxonomy, Written};

/// What a vault wants of its tags, as far as the configuration itself tells.
#[derive(Debug, Default)]
pub struct Section {
    pub taxonomy: Taxonomy,
    /// The file that has the taxonomy, by its path from the configuration's folder.
    pub file: Option<Spanned<String>>,
}

impl Section {
    /// Takes the section of a configuration, whose whole `text` tells the places of errors.
    pub(super) fn read(file: &str, text: &str, written: Written) -> Result<Section, Error> {
        let Some(named) = &written.file else {
            return Ok(Section { taxonomy: Taxonomy::of(written, file, text)?, file: None });
        };
        if written.is_more_than_a_file() {
            let error =
                Error::at(file, text, Some(named.span().into()), "a taxonomy in a file of its own has all of it there");
            return Err(error.help("leave `file` alone in `[tags]`, or leave it out"));
        }
        Ok(Section { taxonomy: Taxonomy::NONE, file: written.file })
    }
}
