//! What is in force, value by value, with what is by default.

use std::collections::BTreeMap;
use std::path::Path;

use toml::Value;

use super::super::given;
use crate::config::{Config, Kind, Said, said_of_taxonomy};
use crate::diagnostic::{Applicability, Severity};
use crate::error::Error;
use crate::rule::{INHERITED, Rule, RuleFile, Rules};
use crate::span::{LineIndex, Span};
use crate::taxonomy::Taxonomy;
use crate::vault;

/// A value in force.
pub(super) struct InForce {
    pub(super) key: Vec<String>,
    pub(super) value: Value,
    pub(super) from: From,
    /// Of a list whose items come from several places, where each comes from.
    pub(super) items: Vec<From>,
}

/// Where a value comes from.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum From {
    /// Nobody says it.
    Default,
    /// The vault shows it.
    Vault,
    /// The section `[frontmatter]`, which some rules read as a parameter.
    Frontmatter,
    At {
        kind: Kind,
        file: String,
        line: usize,
    },
}

impl From {
    /// Whether the configuration says it.
    pub(super) fn is_said(&self) -> bool {
        matches!(self, From::At { .. })
    }

    pub(super) fn in_words(&self) -> String {
        match self {
            From::Default => "default".to_owned(),
            From::Vault => "found in the vault".to_owned(),
            From::Frontmatter => "as [frontmatter]".to_owned(),
            From::At { kind: Kind::Set, file, .. } => file.clone(),
            From::At { file, line, .. } => format!("{file}:{line}"),
        }
    }
}

/// All values, by key.
pub(super) fn in_force(config: &Config, rules: &Rules, root: &Path) -> Result<Vec<InForce>, Error> {
    let mut said: BTreeMap<Vec<String>, Said> =
        config.said()?.into_iter().map(|said| (said.key.clone(), said)).collect();
    let mut all = vec![packs(config, said.remove(&path(&["packs"])))];
    let flavor = config.flavor.over(vault::recognise(root));
    let mut unsaid = vec![
        (path(&["ignore"]), Value::Array(Vec::new()), From::Default),
        (path(&["flavor", "kind"]), Value::from(flavor.flavor.name()), From::Vault),
        (path(&["flavor", "links"]), Value::from(flavor.links.name()), From::Vault),
    ];
    if let Some(folder) = &flavor.attachments {
        unsaid.push((path(&["flavor", "attachments"]), Value::from(folder.as_str()), From::Vault));
    }
    unsaid.push((path(&["tags", "where"]), Value::from("both"), From::Default));
    unsaid.push((path(&["tags", "numeric"]), Value::from("report"), From::Default));
    let taxonomy = taxonomy(config)?;
    unsaid.retain(|(key, ..)| !said.contains_key(key) && !taxonomy.iter().any(|value| value.key == *key));
    all.extend(taxonomy);
    all.extend(unsaid.into_iter().map(|(key, value, from)| InForce { key, value, from, items: Vec::new() }));
    for rule in rules.iter() {
        let own = rules.files().iter().find(|file| file.id == rule.id).map(RuleFile::params);
        of_rule(config, rule, own.unwrap_or(&toml::Table::new()), &mut said, &mut all);
    }
    // What is left of rules is for packs that are not in force.
    said.retain(|key, _| key[0] != "rule");
    all.extend(said.into_values().map(|said| as_said(config, said)));
    all.sort_by(|a, b| a.key.cmp(&b.key));
    Ok(all)
}

/// What a taxonomy in a file of its own says.
fn taxonomy(config: &Config) -> Result<Vec<InForce>, Error> {
    let Some(file) = given::taxonomy_file(config)? else { return Ok(Vec::new()) };
    Taxonomy::read(&file.name, &file.text)?;
    let index = LineIndex::new(&file.text);
    let in_force = |said: Said| {
        let line = index.position(said.span.start()).line;
        let from = From::At { kind: file.kind, file: file.name.clone(), line };
        InForce { key: said.key, value: said.value, from, items: Vec::new() }
    };
    Ok(said_of_taxonomy(&file)?.into_iter().map(in_force).collect())
}

/// The severity, the most that fixes may be, and the parameters of a rule whose file has `own`.
fn of_rule(
    config: &Config,
    rule: &Rule,
    own: &toml::Table,
    said: &mut BTreeMap<Vec<String>, Said>,
    all: &mut Vec<InForce>,
) {
    let at = |keys: &[&str]| [&["rule", &rule.id], keys].concat().into_iter().map(str::to_owned).collect::<Vec<_>>();
    let simple = [
        (at(&["severity"]), rule.severity.map_or("off", Severity::name)),
        (at(&["fix"]), rule.fix.map_or("none", Applicability::name)),
    ];
    for (key, value) in simple {
        let from = said.remove(&key).map_or(From::Default, |said| from(config, said.span));
        all.push(InForce { key, value: Value::from(value), from, items: Vec::new() });
    }
    for (name, value) in &rule.params {
        let key = at(&["params", name]);
        let below: Vec<Vec<String>> = said.keys().filter(|one| one.starts_with(&key)).cloned().collect();
        if below.is_empty() {
            let from = if own.get(name) == Some(value) { From::Default } else { From::Frontmatter };
            unfold(key, value, &from, all);
        }
        for one in below {
            let Some(said) = said.remove(&one) else { continue };
            let default = own.get(name).and_then(Value::as_array);
            all.push(with_default(config, said, default.map_or(&[], Vec::as_slice)));
        }
    }
}

/// A value by its leaves, as what is said is told.
fn unfold(key: Vec<String>, value: &Value, from: &From, all: &mut Vec<InForce>) {
    match value {
        Value::Table(table) if !table.is_empty() => {
            for (name, value) in table {
                unfold([&key[..], std::slice::from_ref(name)].concat(), value, from, all);
            }
        }
        _ => all.push(InForce { key, value: value.clone(), from: from.clone(), items: Vec::new() }),
    }
}

fn packs(config: &Config, said: Option<Said>) -> InForce {
    let builtin: Vec<Value> = Rules::builtin_packs().into_iter().map(Value::from).collect();
    match said {
        Some(said) => with_default(config, said, &builtin),
        None => InForce { key: path(&["packs"]), value: Value::Array(builtin), from: From::Default, items: Vec::new() },
    }
}

/// A value as it is said, a list with its default where it says so.
fn with_default(config: &Config, mut said: Said, default: &[Value]) -> InForce {
    let Value::Array(items) = &said.value else { return as_said(config, said) };
    let (mut values, mut origins) = (Vec::new(), Vec::new());
    for (item, span) in items.iter().zip(&said.items) {
        if item.as_str() == Some(INHERITED) {
            values.extend(default.iter().cloned());
            origins.extend(default.iter().map(|_| From::Default));
        } else {
            values.push(item.clone());
            origins.push(from(config, *span));
        }
    }
    said.value = Value::Array(values);
    InForce { items: several(origins), from: from(config, said.span), value: said.value, key: said.key }
}

fn as_said(config: &Config, said: Said) -> InForce {
    let items = several(said.items.iter().map(|span| from(config, *span)).collect());
    InForce { from: from(config, said.span), key: said.key, value: said.value, items }
}

/// The origins of items, where they are not all of one file.
fn several(origins: Vec<From>) -> Vec<From> {
    let file = |from: &From| match from {
        From::At { file, .. } => Some(file.clone()),
        _ => None,
    };
    let one = origins.windows(2).all(|pair| file(&pair[0]) == file(&pair[1]));
    if one { Vec::new() } else { origins }
}

fn from(config: &Config, span: Span) -> From {
    match config.sources.of(span) {
        Some((source, span)) => {
            let line = LineIndex::new(&source.text).position(span.start()).line;
            From::At { kind: source.kind, file: source.name.clone(), line }
        }
        None => From::Default,
    }
}

fn path(keys: &[&str]) -> Vec<String> {
    keys.iter().map(|key| (*key).to_owned()).collect()
}
