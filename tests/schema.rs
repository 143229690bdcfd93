//! The schemas that editors get: they are sound and fresh, and say what the program says.
//!
//! `UPDATE=1 cargo test --test schema` writes `schemas/` and the table of keys in `docs/configuration.md` anew.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::fs;
use std::path::{Path, PathBuf};

use jsonschema::Validator;
use serde_json::Value;
use vaultmend::config::{self, Config};
use vaultmend::rule::{self, Rules};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn schema_of_configurations() -> Value {
    config::schema(&Rules::builtin_files().unwrap())
}

fn schema_of_rules() -> Value {
    rule::rule_file(&Rules::builtin_files().unwrap())
}

fn validator(schema: &Value) -> Validator {
    jsonschema::validator_for(schema).unwrap()
}

/// A TOML text as JSON; `None` when it is none.
fn json(text: &str) -> Option<Value> {
    text.parse::<toml::Table>().ok().map(|table| serde_json::to_value(table).unwrap())
}

fn errors(validator: &Validator, value: &Value) -> Vec<String> {
    validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

/// The files with this ending below a folder, sorted.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let below = paths.into_iter().flat_map(|path| if path.is_dir() { files(&path, ending) } else { vec![path] });
    below.filter(|path| path.extension().is_some_and(|e| e == ending)).collect()
}

/// The configurations in the tests, the sample, the README and the documentation: their names and texts.
fn configurations() -> Vec<(String, String)> {
    let mut all = Vec::new();
    for folder in ["tests/cmd", "sample"] {
        for file in files(&root().join(folder), "toml") {
            let text = fs::read_to_string(&file).unwrap();
            // The others in there are rules, taxonomies and commands.
            let is_one = !["check", "allowed", "bin", "args"].iter().any(|key| text.contains(&format!("{key} = ")));
            if is_one || file.ends_with("vaultmend.toml") {
                all.push((file.display().to_string(), text));
            }
        }
    }
    for file in std::iter::once(root().join("README.md")).chain(files(&root().join("docs"), "md")) {
        let text = fs::read_to_string(&file).unwrap().replace("\r\n", "\n");
        let blocks = text.split("\n```toml").skip(1).filter_map(|block| block.split_once('\n'));
        for (number, (info, rest)) in blocks.enumerate() {
            let block = rest.split("\n```").next().unwrap();
            if info.contains("vaultmend.toml") {
                all.push((format!("{}, block {number}", file.display()), format!("{block}\n")));
            }
        }
    }
    all
}

/// What only the program can tell: whether a pattern is one, a name known, two keys at odds.
const NOT_OF_SHAPE: [&str; 7] = [
    "error parsing glob",
    "no rule matches",
    "there is no rule `mine/own`",
    "there is no rule `split-word`",
    "is the code of no language",
    "is no regular expression",
    "a taxonomy in a file of its own",
];

#[test]
fn the_schemas_are_schemas() {
    for schema in [schema_of_configurations(), schema_of_rules()] {
        assert!(jsonschema::meta::is_valid(&schema));
        assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
    }
}

#[test]
fn a_configuration_is_one_for_the_schema_when_it_is_one_for_the_program() {
    let validator = validator(&schema_of_configurations());
    let (mut sound, mut broken) = (0, 0);
    for (name, text) in configurations() {
        let Some(value) = json(&text) else { continue };
        let wrong = errors(&validator, &value);
        let read =
            Config::read(&name, &text).and_then(|config| config.rules(Rules::builtin_files().unwrap()).map(|_| ()));
        match read {
            Ok(()) => {
                sound += 1;
                assert_eq!(wrong, [] as [&str; 0], "{name}\n{text}");
            }
            Err(error) if wrong.is_empty() => {
                let error = error.to_string();
                assert!(NOT_OF_SHAPE.iter().any(|part| error.contains(part)), "the schema misses {name}: {error}");
            }
            Err(_) => broken += 1,
        }
    }
    assert!(sound > 20 && broken > 8, "{sound} {broken}");
}

#[test]
fn what_nobody_knows_is_no_configuration_for_the_schema() {
    let validator = validator(&schema_of_configurations());
    let is_valid = |text: &str| validator.is_valid(&json(text).unwrap());
    for text in [
        "igore = []",
        "tags.cse = 'kebab'",
        "tags.case = 'Kebab'",
        "tags.in.'**'.at-mst = 1",
        "language.land = 'de'",
        "autolink.term = 'x'",
        "flavor.kind = 'notion'",
        "frontmatter.'**'.born.typ = 'date'",
        "extend = 3",
        "rule.'links/nested-lnk'.severity = 'off'",
        "rule.'links/nested-link'.severity = 'loud'",
        "rule.'links/nested-link'.params.depth = 3",
        "rule.'links/split-word'.params.script = ['Latin']",
        "rule.'links/split-word'.params.scripts = 'Latin'",
        "rule.'links/split-word'.params.scripts = [1]",
        "rule.'links/repeated-link'.params.per = 'folder'",
        "rule.'links/repeated-link'.params.max = 'x'",
        "rule.'links/common-target'.params.months = 1",
    ] {
        assert!(!is_valid(text), "{text}");
    }
    for text in [
        "extend = 'a.toml'\npacks = ['...', './own']",
        "extend = ['a.toml', 'b.toml']",
        "rule.'own/rule'.params.anything = [{}]",
        "rule.'links/split-word'.params.scripts = ['...', 'Greek']",
        "rule.'links/repeated-link'.params = { per = 'section', max = 2 }",
        "rule.'tags/near-duplicate'.params.different = [['a', 'b']]",
        "tags.allowed = ['a']",
        "tags.allowed.a = 'what it is for'",
    ] {
        assert!(is_valid(text), "{text}: {:?}", errors(&validator, &json(text).unwrap()));
    }
}

#[test]
fn every_parameter_is_in_the_schema_with_its_value_and_what_it_is() {
    let schema = schema_of_configurations();
    let mut params = 0;
    for file in Rules::builtin_files().unwrap() {
        let known = &schema["properties"]["rule"]["properties"][&file.id]["properties"]["params"];
        let validator = validator(known);
        let own = serde_json::to_value(file.params()).unwrap();
        assert_eq!(errors(&validator, &own), [] as [&str; 0], "{}", file.id);
        for (name, value) in file.params() {
            params += 1;
            let param = &known["properties"][name];
            assert_eq!(param["default"], serde_json::to_value(value).unwrap(), "{} {name}", file.id);
            assert!(param["description"].is_string(), "{} {name} has no documentation", file.id);
            assert!(param["type"].is_string() || param["anyOf"].is_array(), "{} {name}: {param}", file.id);
        }
    }
    assert!(params > 20, "{params}");
}

#[test]
fn every_rule_file_is_one_for_the_schema_of_rule_files() {
    let validator = validator(&schema_of_rules());
    let mut read = 0;
    for file in files(&root().join("rules"), "toml") {
        let text = fs::read_to_string(&file).unwrap();
        assert_eq!(errors(&validator, &json(&text).unwrap()), [] as [&str; 0], "{}", file.display());
        read += 1;
        let unknown = json(&format!("sumary = 'x'\n{text}")).unwrap();
        assert!(!validator.is_valid(&unknown), "{}", file.display());
    }
    assert!(read > 50, "{read}");
    let rule = "check = 'pattern'\nsummary = 'x'\nseverity = 'info'\ndocs = 'x'\n[params]\nfind = 'a'\nmessage = 'a'\n";
    assert!(validator.is_valid(&json(rule).unwrap()));
    for wrong in ["finds = 'b'", "in = ['prosa']", "replace = 1"] {
        assert!(!validator.is_valid(&json(&format!("{rule}{wrong}\n")).unwrap()), "{wrong}");
    }
}

/// Compares a file that is made, or makes it.
fn fresh(name: &str, text: &str) {
    let file = root().join(name);
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
        return;
    }
    let there = fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
    assert!(there == text, "{name} is stale, run UPDATE=1 cargo test --test schema");
}

#[test]
fn the_schemas_in_the_repository_are_fresh() {
    fresh("schemas/vaultmend.json", &format!("{:#}\n", schema_of_configurations()));
    fresh("schemas/rule.json", &format!("{:#}\n", schema_of_rules()));
}

#[test]
fn every_key_is_on_the_page_about_configuration() {
    let keys = config::keys();
    assert!(keys.len() > 20, "{keys:?}");
    let mut table = String::from("| key | holds | |\n| --- | --- | --- |\n");
    for key in &keys {
        assert!(!key.docs.is_empty() && !key.holds.is_empty(), "`{}` has no documentation: {key:?}", key.name);
        let holds = key.holds.replace('|', "\\|");
        table.push_str(&format!("| `{}` | {holds} | {} |\n", key.name, key.docs.replace('|', "\\|")));
    }
    let page = fs::read_to_string(root().join("docs/configuration.md")).unwrap().replace("\r\n", "\n");
    let (before, rest) = page.split_once("<!-- keys -->\n").expect("the page has a place for the keys");
    let (_, after) = rest.split_once("<!-- /keys -->").expect("and its end");
    fresh("docs/configuration.md", &format!("{before}<!-- keys -->\n{table}<!-- /keys -->{after}"));
}
