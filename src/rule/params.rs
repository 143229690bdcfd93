//! What the parameters of a rule may be: asked of its check, which is the only one that knows.

use serde_json::{Value as Json, json};
use toml::Value;

use super::RuleFile;
use super::set::INHERITED;

/// What no check has a name for.
const NO_NAME: &str = "no such name";
/// Lists in lists are looked into no deeper.
const DEEPEST: usize = 2;

/// A parameter, for those who write configurations.
pub(super) struct Param {
    pub(super) name: String,
    /// JSON Schema of its values.
    pub(super) schema: Json,
}

/// The parameters that the check of a rule takes, by name, with what the rule's documentation says of each.
pub(super) fn params(file: &RuleFile) -> Vec<Param> {
    names(file)
        .into_iter()
        .map(|name| {
            let takes = |value: Value| file.check(with(file, &name, value)).err().map(|bad| bad.message);
            let value = file.params().get(&name);
            let mut schema = shape(&takes, value, DEEPEST).or_else(|| value.map(kind)).unwrap_or_else(|| json!({}));
            if let Some(text) = documentation(file.docs(), &name) {
                schema["description"] = Json::from(text);
            }
            if let Some(value) = value {
                schema["default"] = serde_json::to_value(value).unwrap_or_default();
            }
            Param { name, schema }
        })
        .collect()
}

/// Serde names all fields when it is given one that is not there.
fn names(file: &RuleFile) -> Vec<String> {
    let wrong = file.check(with(file, NO_NAME, Value::Boolean(true))).err();
    let mut names: Vec<String> = wrong.map(|bad| named(&bad.message)).unwrap_or_default();
    names.extend(file.params().keys().cloned());
    names.sort();
    names.dedup();
    names
}

/// What an error about an unknown name says there is.
fn named(message: &str) -> Vec<String> {
    let known = message.strip_prefix("unknown").and_then(|rest| rest.split_once("expected"));
    known.map_or_else(Vec::new, |(_, known)| known.split('`').skip(1).step_by(2).map(str::to_owned).collect())
}

fn with(file: &RuleFile, name: &str, value: Value) -> toml::Table {
    let mut params = file.params().clone();
    params.insert(name.to_owned(), value);
    params
}

/// The shape of the values that are taken; `takes` says what is wrong with one, `own` is one of them. `None` when none
/// of those tried is taken.
fn shape(takes: &dyn Fn(Value) -> Option<String>, own: Option<&Value>, depth: usize) -> Option<Json> {
    let mut shapes = Vec::new();
    if takes(Value::Boolean(true)).is_none() {
        shapes.push(json!({ "type": "boolean" }));
    }
    if takes(Value::Float(0.5)).is_none() {
        shapes.push(json!({ "type": "number" }));
    } else if takes(Value::Integer(1)).is_none() {
        let negative = takes(Value::Integer(-1)).is_none();
        shapes.push(if negative { json!({ "type": "integer" }) } else { json!({ "type": "integer", "minimum": 0 }) });
    }
    match takes(Value::from(NO_NAME)) {
        None => shapes.push(json!({ "type": "string" })),
        Some(message) if message.starts_with("unknown variant") => {
            shapes.push(json!({ "type": "string", "enum": named(&message) }));
        }
        Some(_) => {}
    }
    if depth > 0 && takes(Value::Array(Vec::new())).is_none() {
        let own = own.and_then(Value::as_array).and_then(|items| items.first());
        let item = shape(&|item| takes(Value::Array(vec![item])), own, depth - 1);
        shapes.push(list(item.or_else(|| own.map(kind)).unwrap_or_else(|| json!({}))));
    }
    if takes(Value::Table(toml::Table::new())).is_none() {
        shapes.push(json!({ "type": "object" }));
    }
    match shapes.len() {
        0 => None,
        1 => shapes.pop(),
        _ => Some(json!({ "anyOf": shapes })),
    }
}

/// A list, in which one item may stand for what there is by default.
fn list(mut item: Json) -> Json {
    if let Some(names) = item.get_mut("enum").and_then(Json::as_array_mut) {
        names.push(Json::from(INHERITED));
    }
    json!({ "type": "array", "items": item })
}

/// The type of a value that stands there, for a check that takes only some of its kind.
fn kind(value: &Value) -> Json {
    match value {
        Value::String(_) => json!({ "type": "string" }),
        Value::Integer(_) => json!({ "type": "integer" }),
        Value::Float(_) => json!({ "type": "number" }),
        Value::Boolean(_) => json!({ "type": "boolean" }),
        Value::Array(items) => list(items.first().map_or_else(|| json!({}), kind)),
        Value::Table(_) => json!({ "type": "object" }),
        Value::Datetime(_) => json!({}),
    }
}

/// What the section "Parameters" says of a name: the entry that begins with it, on one line.
fn documentation(docs: &str, name: &str) -> Option<String> {
    let (_, section) = docs.split_once("## Parameters\n")?;
    let section = section.split("\n## ").next()?;
    let entry = section.split("- `").skip(1).find_map(|entry| {
        let (names, text) = entry.split_once("`: ")?;
        names.split("`, `").any(|one| one == name).then_some(text)
    })?;
    let text = entry.split("\n\n").next()?;
    Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
}
