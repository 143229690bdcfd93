//! JSON Schema of `vaultmend.toml`, and its keys in a row.

use schemars::generate::SchemaSettings;
use serde_json::{Map, Value as Json, json};

use super::Written;
use crate::rule::{self, RuleFile};

/// The schema of a configuration, for editors (draft 7): with the rules of these files and their
/// parameters. Rules of other packs may be set too.
pub fn schema(files: &[RuleFile]) -> Json {
    let generator = SchemaSettings::draft07().into_generator();
    let mut schema = Json::from(generator.into_root_schema_for::<Written>());
    let any = schema["definitions"]["Settings"].clone();
    let own = any.as_object().cloned().map(schemars::Schema::from).unwrap_or_default();
    let mut packs: Vec<&str> = files.iter().filter_map(|file| Some(file.id.split_once('/')?.0)).collect();
    packs.dedup();
    let rules = &mut schema["properties"]["rule"];
    rules["properties"] = Json::Object(rule::settings(files, &own));
    // A rule that is not there is a mistake only in a pack that is known.
    let elsewhere = format!("^(?!({})/)", packs.join("|"));
    rules["patternProperties"] =
        Json::Object(Map::from_iter([(elsewhere, json!({ "$ref": "#/definitions/Settings" }))]));
    rules["additionalProperties"] = Json::Bool(false);
    schema
}

/// A key of a configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// The way to it, with dots; `<glob>` and the like stand for names that the user gives.
    pub name: String,
    /// What its value is, in words.
    pub holds: String,
    /// Markdown.
    pub docs: String,
}

/// Every key of a configuration, as its schema has them; those of rules in general only.
pub fn keys() -> Vec<Key> {
    let schema = Json::from(SchemaSettings::draft07().into_generator().into_root_schema_for::<Written>());
    let mut keys = Vec::new();
    below(&schema, &schema, "", &mut keys);
    keys
}

/// The names that users give, by the key they stand below.
const NAMED: [(&str, &str); 6] = [
    ("rule", "<id>"),
    ("ignore-in", "<glob>"),
    ("frontmatter", "<glob>"),
    ("tags.in", "<glob>"),
    ("tags.rename", "<old>"),
    ("frontmatter.<glob>", "<key>"),
];

fn below(root: &Json, schema: &Json, path: &str, keys: &mut Vec<Key>) {
    let empty = Map::new();
    for (name, property) in schema["properties"].as_object().unwrap_or(&empty) {
        let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        visit(root, property, &path, keys);
    }
    let given = NAMED.iter().find(|(at, _)| *at == path);
    if let Some((_, name)) = given
        && schema["additionalProperties"].is_object()
    {
        let mut property = schema["additionalProperties"].clone();
        // What the table holds is told where the table is.
        if let Some(of_table) = schema["description"].as_str() {
            property["description"] = Json::from(of_table);
        }
        visit(root, &property, &format!("{path}.{name}"), keys);
    }
}

/// A table is told by its keys, anything else by itself.
fn visit(root: &Json, property: &Json, path: &str, keys: &mut Vec<Key>) {
    let target = resolve(root, property);
    let before = keys.len();
    below(root, target, path, keys);
    if keys.len() == before {
        let docs = property["description"].as_str().or(target["description"].as_str()).unwrap_or_default();
        keys.push(Key { name: path.to_owned(), holds: holds(root, target), docs: docs.replace('\n', " ") });
    }
}

/// The definition that a property refers to, or itself.
fn resolve<'a>(root: &'a Json, property: &'a Json) -> &'a Json {
    let of_all = property["allOf"].as_array().and_then(|all| all.first());
    let of_any = property["anyOf"].as_array().and_then(|any| any.iter().find(|one| one["$ref"].is_string()));
    let one = of_all.or(of_any).unwrap_or(property);
    let name = one["$ref"].as_str().and_then(|name| name.strip_prefix("#/definitions/"));
    name.map_or(property, |name| &root["definitions"][name])
}

fn holds(root: &Json, schema: &Json) -> String {
    let names = |names: &[Json]| {
        names.iter().map(|name| format!("`{}`", name.as_str().unwrap_or_default())).collect::<Vec<_>>()
    };
    if let Some(known) = schema["enum"].as_array() {
        return names(known).join(", ");
    }
    if let Some(one_of) = schema["oneOf"].as_array() {
        let each = one_of.iter().flat_map(|one| match one["enum"].as_array() {
            Some(known) => names(known),
            None => names(std::slice::from_ref(&one["const"])),
        });
        return each.collect::<Vec<_>>().join(", ");
    }
    if let Some(any_of) = schema["anyOf"].as_array() {
        let each = any_of.iter().map(|one| holds(root, resolve(root, one))).filter(|one| !one.is_empty());
        return each.collect::<Vec<_>>().join(" or ");
    }
    let kind = match &schema["type"] {
        Json::Array(kinds) => kinds.iter().filter_map(Json::as_str).find(|kind| *kind != "null"),
        kind => kind.as_str(),
    };
    match kind {
        Some("array") => match holds(root, resolve(root, &schema["items"])) {
            items if items == "string" => "list of strings".to_owned(),
            items => format!("list of {items}"),
        },
        Some("object") => "table".to_owned(),
        Some("boolean") => "`true` or `false`".to_owned(),
        Some(kind) => kind.to_owned(),
        None => String::new(),
    }
}
