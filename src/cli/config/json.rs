//! The values in force as one document.

use serde_json::{Value, json};

use super::in_force::{From, InForce};
use super::table::dotted;
use crate::config::{Config, Kind};

/// The version of the document; it changes when a field changes its meaning or goes.
const VERSION: u32 = 1;

/// The files, the nearest last, and the values, by key.
pub(super) fn document(config: &Config, values: &[InForce]) -> String {
    let files = config.sources.iter().filter(|(_, source)| source.kind != Kind::Set);
    let files: Vec<&str> = files.map(|(_, source)| source.name.as_str()).collect();
    let values: Vec<Value> = values
        .iter()
        .map(|value| {
            let items: Vec<Value> = value.items.iter().map(origin).collect();
            let items = if items.is_empty() { Value::Null } else { Value::Array(items) };
            json!({
                "key": dotted(&value.key),
                "keys": value.key,
                "value": value.value,
                "origin": origin(&value.from),
                "items": items,
            })
        })
        .collect();
    format!("{:#}\n", json!({ "version": VERSION, "files": files, "values": values }))
}

fn origin(from: &From) -> Value {
    let (name, place) = match from {
        From::Default => ("default", None),
        From::Vault => ("vault", None),
        From::Frontmatter => ("frontmatter", None),
        From::At { kind: Kind::Set, .. } => ("set", None),
        From::At { kind: Kind::Own, file, line } => ("own", Some((file, line))),
        From::At { kind: Kind::Extended, file, line } => ("extended", Some((file, line))),
    };
    json!({ "from": name, "file": place.map(|(file, _)| file), "line": place.map(|(_, line)| line) })
}
