//! Rules and settings together: what runs.

use std::collections::BTreeMap;

use super::file::{BadParams, Level, Most, RuleFile};
use super::{Rule, builtin};
use crate::error::{Error, did_you_mean};
use crate::span::Span;

/// In a list of a configuration: what the list would be without it.
pub(crate) const INHERITED: &str = "...";

/// What a configuration says of one rule.
#[derive(Debug, Clone, Default, serde::Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// How bad a finding is; `off` switches the rule off.
    severity: Option<Level>,
    /// The most that its fixes may be; never more than the rule itself allows.
    fix: Option<Most>,
    /// Parameters of the rule, by name.
    #[serde(default)]
    #[schemars(with = "serde_json::Map<String, serde_json::Value>")]
    params: BTreeMap<toml::Spanned<String>, toml::Spanned<toml::Value>>,
}

impl Settings {
    /// Sets one parameter.
    pub fn set(&mut self, key: &str, value: toml::Value) {
        self.params.retain(|known, _| known.get_ref() != key);
        self.params.insert(toml::Spanned::new(0..0, key.to_owned()), toml::Spanned::new(0..0, value));
    }

    /// Whether a parameter is set.
    pub fn has(&self, key: &str) -> bool {
        self.params.keys().any(|known| known.get_ref() == key)
    }
}

/// What is wrong with a rule's settings, and where.
#[derive(Debug)]
pub struct BadSetting {
    pub span: Span,
    pub message: String,
}

/// The rules of a run, by id.
#[derive(Default)]
pub struct Rules {
    rules: Vec<Rule>,
    files: Vec<RuleFile>,
}

impl Rules {
    /// Whether a rule of this id comes with the program; users may have packs of the same name.
    pub fn is_builtin(id: &str) -> bool {
        builtin::has(id)
    }

    /// The ids of the rules that come with the program, in order.
    pub fn builtin_ids() -> impl Iterator<Item = String> {
        builtin::ids()
    }

    /// The names of the packs that come with the program.
    pub fn builtin_packs() -> Vec<&'static str> {
        builtin::packs()
    }

    /// Exactly these rules.
    pub fn of(mut rules: Vec<Rule>) -> Rules {
        rules.sort_by(|a, b| a.id.cmp(&b.id));
        Rules { rules, files: Vec::new() }
    }

    /// Every built-in rule as it is by default.
    pub fn builtin() -> Result<Rules, Error> {
        let files = Rules::builtin_files()?;
        let mut rules = Rules::of_files(files)?;
        rules.configure(&BTreeMap::new()).map_err(|bad| Error::usage(bad.message))?;
        Ok(rules)
    }

    pub fn builtin_files() -> Result<Vec<RuleFile>, Error> {
        let read = builtin::packs().into_iter().flat_map(builtin::pack);
        collect(read)
    }

    /// The files of a built-in pack, all its broken ones in one error.
    pub fn pack(name: &str) -> Result<Vec<RuleFile>, Error> {
        if !builtin::packs().contains(&name) {
            let packs = builtin::packs();
            return Err(Error::usage(format!("there is no rule pack `{name}`"))
                .help(format!("{} (a folder of your own begins with `./`)", crate::error::suggest(name, packs))));
        }
        collect(builtin::pack(name).into_iter())
    }

    pub fn of_files(mut files: Vec<RuleFile>) -> Result<Rules, Error> {
        files.sort_by(|a, b| a.id.cmp(&b.id));
        if let Some(twice) = files.windows(2).find(|pair| pair[0].id == pair[1].id) {
            let (id, a, b) = (&twice[0].id, twice[0].file(), twice[1].file());
            return Err(Error::usage(format!("two rules are called `{id}`: {a} and {b}")));
        }
        Ok(Rules { rules: Vec::new(), files })
    }

    /// Makes the rules, as `settings` wants them.
    pub fn configure(&mut self, settings: &BTreeMap<String, Settings>) -> Result<(), BadSetting> {
        let default = Settings::default();
        self.rules.clear();
        for file in &self.files {
            let settings = settings.get(&file.id).unwrap_or(&default);
            let severity = settings.severity.map_or(file.severity(), Level::severity);
            let params = configured(file, settings)?;
            let mut rule = file.rule(params, severity).map_err(|message| BadSetting { span: Span::at(0), message })?;
            if let Some(most) = settings.fix {
                rule.fix = rule.fix.min(most.applicability());
            }
            self.rules.push(rule);
        }
        Ok(())
    }

    /// All rules, those that are off too, by id.
    pub fn iter(&self) -> impl Iterator<Item = &Rule> {
        self.rules.iter()
    }

    /// The rules that are switched on.
    pub fn on(&self) -> impl Iterator<Item = &Rule> {
        self.rules.iter().filter(|rule| rule.severity.is_some())
    }

    pub fn get(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.id == id)
    }

    /// Takes a rule out.
    pub fn take(&mut self, id: &str) -> Option<Rule> {
        let index = self.rules.iter().position(|rule| rule.id == id)?;
        Some(self.rules.remove(index))
    }

    pub fn ids(&self) -> impl Iterator<Item = &str> + Clone {
        self.files.iter().map(|file| file.id.as_str())
    }

    pub fn files(&self) -> &[RuleFile] {
        &self.files
    }
}

/// The parameters of a rule, with those that are set instead of its own. They are judged together: a text
/// may name groups of an expression that is set beside it.
fn configured(file: &RuleFile, settings: &Settings) -> Result<toml::Table, BadSetting> {
    let mut params = file.params().clone();
    let set: Vec<_> = settings.params.iter().map(|(key, value)| (key, whole(file, key.get_ref(), value))).collect();
    for (key, value) in &set {
        let is_unknown = |bad: BadParams| bad.message.starts_with("unknown field");
        let name = key.get_ref();
        if !file.params().contains_key(name) && file.check(with(file.params(), name, value)).is_err_and(is_unknown) {
            return Err(unknown_param(file, name, key.span().into()));
        }
        params = with(&params, name, value);
    }
    let Some(first) = set.first() else { return Ok(params) };
    let Err(bad) = file.check(params.clone()) else { return Ok(params) };
    let named = set.iter().find(|(key, _)| bad.key.as_ref() == Some(key.get_ref()));
    let alone = || set.iter().find(|(key, value)| file.check(with(file.params(), key.get_ref(), value)).is_err());
    let (key, value) = named.or_else(alone).unwrap_or(first);
    let message = format!("`{}` of {}: {}", key.get_ref(), file.id, bad.message);
    Err(BadSetting { span: value.span().into(), message })
}

/// The value, with what the rule itself has where a list says so.
fn whole(file: &RuleFile, key: &str, value: &toml::Spanned<toml::Value>) -> toml::Spanned<toml::Value> {
    let toml::Value::Array(items) = value.get_ref() else { return value.clone() };
    let own = file.params().get(key).and_then(toml::Value::as_array);
    let items = items.iter().flat_map(|item| match (item.as_str(), own) {
        (Some(INHERITED), Some(own)) => own.as_slice(),
        _ => std::slice::from_ref(item),
    });
    toml::Spanned::new(value.span(), toml::Value::Array(items.cloned().collect()))
}

fn with(params: &toml::Table, key: &str, value: &toml::Spanned<toml::Value>) -> toml::Table {
    let mut params = params.clone();
    params.insert(key.to_owned(), value.get_ref().clone());
    params
}

fn unknown_param(file: &RuleFile, key: &str, span: Span) -> BadSetting {
    let known: Vec<&str> = file.params().keys().map(String::as_str).collect();
    let hint = match (did_you_mean(key, known.iter().copied()), known.is_empty()) {
        (Some(name), _) => format!("did you mean `{name}`?"),
        (None, true) => "it has no parameters".to_owned(),
        (None, false) => format!("it has: {}", known.join(", ")),
    };
    BadSetting { span, message: format!("{} has no parameter `{key}`; {hint}", file.id) }
}

/// All, or all the errors.
fn collect(read: impl Iterator<Item = Result<RuleFile, Error>>) -> Result<Vec<RuleFile>, Error> {
    let (mut files, mut errors) = (Vec::new(), Vec::new());
    for file in read {
        match file {
            Ok(file) => files.push(file),
            Err(error) => errors.push(error),
        }
    }
    match Error::all(|n| format!("{n} rule files are broken"), errors) {
        Some(error) => Err(error),
        None => Ok(files),
    }
}
