//! What a configuration says, value by value, and where.

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use super::layer::{self, Layers};
use super::{Config, Source};
use crate::error::Error;
use crate::span::Span;

/// A value that is no table.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// The keys that lead to it.
    pub key: Vec<String>,
    pub value: toml::Value,
    /// Where the value stands, counted through all sources.
    pub span: Span,
    /// Of a list, where each item stands: they need not be of one source.
    pub items: Vec<Span>,
}

impl Config {
    /// What its sources say together, by key. What is not said is by default.
    ///
    /// # Errors
    /// None of a configuration that was read.
    pub fn said(&self) -> Result<Vec<Said>, Error> {
        let layers = Layers::read(&self.sources)?;
        let mut said = Vec::new();
        each(layers.table(), &mut Vec::new(), &mut said);
        said.retain(|one| one.key != ["extend"]);
        Ok(said)
    }
}

/// What a taxonomy in a file of its own says, by key; the places are those in its text.
///
/// # Errors
/// When it is no TOML.
pub fn said_of_taxonomy(file: &Source) -> Result<Vec<Said>, Error> {
    let mut said = Vec::new();
    each(&layer::parse(file)?, &mut vec!["tags".to_owned()], &mut said);
    Ok(said)
}

/// The keys that `typed` leads to, as `--set` names a key; a rule may stand alone. `None` when it is no key.
pub fn key(typed: &str) -> Option<Vec<String>> {
    if typed.contains('/') && !typed.contains(['.', '"', '\'']) {
        return Some(vec!["rule".to_owned(), typed.trim().to_owned()]);
    }
    Some(super::set::key(typed)?.into_iter().map(|(part, _)| part).collect())
}

fn each(table: &DeTable<'_>, path: &mut Vec<String>, said: &mut Vec<Said>) {
    for (key, value) in table {
        path.push(key.get_ref().to_string());
        match value.get_ref() {
            DeValue::Table(inner) if !inner.is_empty() => each(inner, path, said),
            other => {
                let items = other.as_array().map(|items| items.iter().map(layer::place).collect());
                said.extend(value_of(value).map(|value_of| Said {
                    key: path.clone(),
                    value: value_of,
                    span: layer::place(value),
                    items: items.unwrap_or_default(),
                }));
            }
        }
        path.pop();
    }
}

/// A value for itself, without its places.
fn value_of(value: &Spanned<DeValue<'_>>) -> Option<toml::Value> {
    toml::Value::deserialize(ValueDeserializer::from(value.clone())).ok()
}
