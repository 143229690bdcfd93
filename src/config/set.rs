//! `--set KEY=VALUE`: a configuration of one value.

use std::borrow::Cow;
use std::ops::Range;
use std::path::PathBuf;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::layer::move_value;
use super::source::{Kind, Source};
use crate::error::Error;
use crate::span::Span;

/// The settings of a rule that are no parameters of it.
const OF_RULES: [&str; 2] = ["severity", "fix"];

impl Source {
    /// What was set for one run; paths in it go from `folder`.
    pub fn set(typed: &str, folder: PathBuf) -> Source {
        Source { kind: Kind::Set, name: "--set".to_owned(), text: typed.to_owned(), folder }
    }
}

/// A key, and its place.
type Part = (String, Range<usize>);

/// Reads `KEY=VALUE`. KEY is the way to a key of `vaultmend.toml`, in the syntax of TOML; a rule is
/// named by its id alone, a parameter of a rule by its name. VALUE is TOML; a bare word is a string.
pub(super) fn read(source: &Source) -> Result<DeTable<'_>, Error> {
    let typed = source.text.as_str();
    let form = || {
        Error::usage(format!("`--set {typed}` is not of the form KEY=VALUE"))
            .help("for example: --set links/split-word.severity=warning, --set tags.case=kebab")
    };
    let at = equals(typed).ok_or_else(form)?;
    let parts = key(&typed[..at]).ok_or_else(form)?;
    if let [(name, place)] = &parts[..]
        && name == "extend"
    {
        let error = source.error(Some(place.clone().into()), "`extend` stands in files only");
        return Err(error.help("`--config FILE` names another configuration"));
    }
    let start = at + 1 + (typed[at + 1..].len() - typed[at + 1..].trim_start().len());
    let end = start + typed[start..].trim_end().len();
    let value = value(source, start..end)?;
    let mut parts = parts.into_iter().rev();
    let (last, place) = parts.next().ok_or_else(form)?;
    let mut table = single(last, place, value);
    for (key, place) in parts {
        table = single(key, place.clone(), Spanned::new(place, DeValue::Table(table)));
    }
    Ok(table)
}

fn single<'a>(key: String, place: Range<usize>, value: Spanned<DeValue<'a>>) -> DeTable<'a> {
    DeTable::from_iter([(Spanned::new(place, Cow::Owned(key)), value)])
}

/// The keys that lead to a setting, as `--set` names it: `links/split-word.scripts` is
/// `rule."links/split-word".params.scripts`. `None` when that is no key.
pub(super) fn key(typed: &str) -> Option<Vec<Part>> {
    let name = typed.trim();
    let start = typed.len() - typed.trim_start().len();
    let first = name.split(['.', '"', '\'']).next().unwrap_or_default();
    if !first.contains('/') {
        return dotted(typed);
    }
    // An id may have dots.
    let (rule, setting) = name.rsplit_once('.').filter(|(rule, setting)| !rule.is_empty() && !setting.is_empty())?;
    let (rule_place, place) = (start..start + rule.len(), start + rule.len() + 1..start + name.len());
    let mut parts = vec![("rule".to_owned(), rule_place.clone()), (rule.to_owned(), rule_place)];
    if !OF_RULES.contains(&setting) {
        parts.push(("params".to_owned(), place.clone()));
    }
    parts.push((setting.to_owned(), place));
    Some(parts)
}

/// The parts of a dotted key of TOML.
fn dotted(typed: &str) -> Option<Vec<Part>> {
    // A key with a value is a table of TOML: its parser knows what a key may be.
    let line = format!("{typed} = 0");
    let mut table = DeTable::parse(&line).ok()?.into_inner();
    let mut parts = Vec::new();
    loop {
        let (key, value) = table.into_iter().next()?;
        parts.push((key.get_ref().to_string(), key.span()));
        match value.into_inner() {
            DeValue::Table(inner) => table = inner,
            _ => return Some(parts),
        }
    }
}

/// Where the `=` after the key stands.
fn equals(typed: &str) -> Option<usize> {
    let mut quote = None;
    typed.char_indices().find_map(|(at, c)| {
        match (c, quote) {
            (c, Some(open)) if c == open => quote = None,
            ('"' | '\'', None) => quote = Some(c),
            ('=', None) => return Some(at),
            _ => {}
        }
        None
    })
}

fn value(source: &Source, place: Range<usize>) -> Result<Spanned<DeValue<'_>>, Error> {
    let typed = &source.text[place.clone()];
    match DeValue::parse(typed) {
        Ok(value) => Ok(move_value(value, place.start)),
        // What begins as TOML was meant as TOML.
        Err(error) if typed.starts_with(['"', '\'', '[', '{']) => {
            let span = error.span().map(|span| Span::new(span.start + place.start, span.end + place.start));
            Err(source.error(span.or(Some(place.into())), error.message().trim_end()))
        }
        Err(_) => Ok(Spanned::new(place, DeValue::String(Cow::Owned(typed.to_owned())))),
    }
}
