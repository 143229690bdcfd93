//! Lays the sources of a configuration over each other.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Deserializer, Error as TomlError};

use super::source::{Kind, Source, Sources};
use super::{Written, keys, set};
use crate::error::{Error, in_words};
use crate::rule::INHERITED;
use crate::span::Span;

/// What all sources say together: a table by the rule that tables are merged key by key, and that of
/// anything else the strongest source says the whole. Spans count through all sources.
#[derive(Debug, Clone, Default)]
pub(super) struct Layers<'a>(DeTable<'a>);

impl<'a> Layers<'a> {
    /// Reads and merges all sources.
    ///
    /// # Errors
    /// Of the first source that is wrong, whatever is laid over it.
    pub(super) fn read(sources: &'a Sources) -> Result<Layers<'a>, Error> {
        let mut merged = DeTable::new();
        for (start, source) in sources.iter() {
            let table = match source.kind {
                Kind::Set => set::read(source)?,
                Kind::Own | Kind::Extended => parse(source)?,
            };
            refuse_misread(source, &table)?;
            // What another source replaces must be right too.
            let alone = Deserializer::from(Spanned::new(0..0, table.clone()));
            Written::deserialize(alone).map_err(|e| of_toml(source, &e))?;
            let moved = move_table(table, start);
            lay_over(&mut merged, moved, &mut Vec::new());
        }
        Ok(Layers(merged))
    }

    /// The whole as a type.
    pub(super) fn to<T: DeserializeOwned>(&self) -> Result<T, TomlError> {
        T::deserialize(Deserializer::from(Spanned::new(0..0, self.0.clone())))
    }

    /// What stands at the top, by key.
    pub(super) fn table(&self) -> &DeTable<'a> {
        &self.0
    }
}

/// The text of a file as a table.
pub(super) fn parse(source: &Source) -> Result<DeTable<'_>, Error> {
    DeTable::parse(&source.text).map(Spanned::into_inner).map_err(|e| of_toml(source, &e))
}

/// Refuses what a type would take for something else than was meant, or refuse without naming the way out.
fn refuse_misread(source: &Source, table: &DeTable<'_>) -> Result<(), Error> {
    for (key, value) in table {
        match value.get_ref() {
            // A list would be read as the values of the keys, in their order.
            DeValue::Array(_) if has_keys(key.get_ref()) => {
                let (message, help) = in_words("invalid type: sequence, expected a map");
                return Err(source.error(Some(place(key)), message).help(help.unwrap_or_default()));
            }
            DeValue::Table(rules) if key.get_ref() == "rule" => refuse_bare(source, rules)?,
            _ => {}
        }
    }
    Ok(())
}

/// Whether a key is a table of keys, and no value itself.
fn has_keys(key: &str) -> bool {
    let below = |known: &str| known.strip_prefix(key).is_some_and(|rest| rest.starts_with('.'));
    keys().iter().any(|known| below(&known.name))
}

/// Refuses ids of rules without quotes, which are tables in tables: below a whole id, what is unknown is misspelt.
fn refuse_bare(source: &Source, rules: &DeTable<'_>) -> Result<(), Error> {
    let packs = rules.iter().filter(|(pack, _)| !pack.get_ref().contains('/'));
    let mut below = packs.flat_map(|(pack, value)| {
        value.get_ref().as_table().into_iter().flatten().map(move |(name, value)| (pack.get_ref(), name, value))
    });
    let is_id = |name: &str, value: &DeValue<'_>| value.is_table() && !["params", "severity", "fix"].contains(&name);
    let Some((pack, name, _)) = below.find(|(_, name, value)| is_id(name.get_ref(), value.get_ref())) else {
        return Ok(());
    };
    let error = source.error(Some(place(name)), format!("unknown field `{}`", name.get_ref()));
    Err(error.help(format!("the id of a rule stands in quotes: `[rule.\"{pack}/{}\"]`", name.get_ref())))
}

/// What TOML or a type has against a source.
pub(super) fn of_toml(source: &Source, error: &TomlError) -> Error {
    Error::toml(&source.name, &source.text, error)
}

/// The same table with its places counted from `start`.
fn move_table(table: DeTable<'_>, start: usize) -> DeTable<'_> {
    let mut moved = DeTable::new();
    for (key, value) in table {
        let span = key.span();
        moved.insert(Spanned::new(span.start + start..span.end + start, key.into_inner()), move_value(value, start));
    }
    moved
}

/// The same for a value.
pub(super) fn move_value(value: Spanned<DeValue<'_>>, start: usize) -> Spanned<DeValue<'_>> {
    let span = value.span();
    let moved = match value.into_inner() {
        DeValue::Table(table) => DeValue::Table(move_table(table, start)),
        DeValue::Array(items) => DeValue::Array(items.into_iter().map(|item| move_value(item, start)).collect()),
        other => other,
    };
    Spanned::new(span.start + start..span.end + start, moved)
}

/// Lays a stronger table over a weaker one; `path` are the keys it is at.
fn lay_over<'a>(under: &mut DeTable<'a>, over: DeTable<'a>, path: &mut Vec<String>) {
    for (key, value) in over {
        path.push(key.get_ref().to_string());
        // Taken out, so that the stronger key tells the place.
        let before = under.remove_entry(key.get_ref().as_ref());
        let span = value.span();
        let laid = match (before, value.into_inner()) {
            (Some((_, before)), DeValue::Table(over)) if before.get_ref().is_table() && !takes_all(path, &over) => {
                let DeValue::Table(mut under) = before.into_inner() else { continue };
                lay_over(&mut under, over, path);
                DeValue::Table(under)
            }
            (_, DeValue::Table(over)) => {
                // Its lists may stand for what is inherited too.
                let mut alone = DeTable::new();
                lay_over(&mut alone, over, path);
                DeValue::Table(alone)
            }
            (before, DeValue::Array(items)) => {
                let inherited = before.and_then(|(_, before)| match before.into_inner() {
                    DeValue::Array(items) => Some(items),
                    _ => None,
                });
                DeValue::Array(spliced(items.into_iter(), inherited.map(IntoIterator::into_iter), has_default(path)))
            }
            (_, other) => other,
        };
        under.insert(key, Spanned::new(span, laid));
        path.pop();
    }
}

/// Whether a table takes the place of the one below it: a taxonomy in a file has all of it there.
fn takes_all(path: &[String], table: &DeTable<'_>) -> bool {
    matches!(path, [tags] if tags == "tags") && table.contains_key("file")
}

/// Whether a list at this place has a default that no source says.
fn has_default(path: &[String]) -> bool {
    let keys: Vec<&str> = path.iter().map(String::as_str).collect();
    matches!(keys[..], ["packs"] | ["rule", _, "params", _])
}

/// The items, with what is inherited where they say so. What is the default is put in by those who
/// know it.
fn spliced<'a>(
    items: impl Iterator<Item = Spanned<DeValue<'a>>>,
    inherited: Option<impl Iterator<Item = Spanned<DeValue<'a>>>>,
    has_default: bool,
) -> toml::de::DeArray<'a> {
    let mut inherited = inherited.map(Iterator::collect::<Vec<_>>);
    let nothing = inherited.is_none();
    let mut all = Vec::new();
    for item in items {
        match item.get_ref().as_str() {
            Some(INHERITED) if !(nothing && has_default) => all.extend(inherited.take().unwrap_or_default()),
            _ => all.push(item),
        }
    }
    all.into_iter().collect()
}

/// The place of a key or value.
pub(super) fn place<T>(of: &Spanned<T>) -> Span {
    of.span().into()
}
