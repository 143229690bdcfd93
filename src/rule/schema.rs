//! JSON Schema of rule files, and of what a configuration may say of rules.

use schemars::Schema;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value as Json, json};

use super::file::Written;
use super::{RuleFile, params};
use crate::check::CHECKS;
use crate::check::pattern::Pattern;

/// The schema of a rule file, for editors (draft 7). `files` are the rules whose checks it tells the parameters of.
pub fn rule_file(files: &[RuleFile]) -> Json {
    let mut generator = SchemaSettings::draft07().into_generator();
    let pattern = generator.subschema_for::<Pattern>();
    let mut schema = Json::from(generator.into_root_schema_for::<Written>());
    let checks: Vec<&str> = CHECKS.iter().map(|(name, _)| *name).collect();
    schema["properties"]["check"]["enum"] = json!(checks);
    let of_check = |name: &str, params: Json| {
        json!({
            "if": { "properties": { "check": { "const": name } } },
            "then": { "properties": { "params": params } },
        })
    };
    let mut all = vec![of_check("pattern", Json::from(pattern))];
    for name in checks.iter().filter(|name| **name != "pattern") {
        if let Some(file) = files.iter().find(|file| file.check_name() == *name) {
            all.push(of_check(name, of_params(file, false)));
        }
    }
    schema["allOf"] = Json::Array(all);
    schema
}

/// The schemas of the settings of rules, by id; `any` is that of the settings of any rule.
pub fn settings(files: &[RuleFile], any: &Schema) -> Map<String, Json> {
    let one = |file: &RuleFile| {
        let mut schema = Json::from(any.clone());
        schema["description"] = Json::from(file.summary());
        schema["properties"]["params"] = of_params(file, true);
        schema["properties"]["severity"]["default"] =
            json!(file.severity().map_or("off", crate::diagnostic::Severity::name));
        (file.id.clone(), schema)
    };
    files.iter().map(one).collect()
}

/// The parameters of a rule; where it is only the check that counts, without the rule's own values.
fn of_params(file: &RuleFile, with_values: bool) -> Json {
    let mut properties = Map::new();
    for mut param in params::params(file) {
        if !with_values && let Some(schema) = param.schema.as_object_mut() {
            schema.remove("default");
        }
        properties.insert(param.name, param.schema);
    }
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}
