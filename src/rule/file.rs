//! A rule file: documentation, defaults and tests in one TOML file.

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use super::{Example, Examples, Rule};
use crate::check::CHECKS;
use crate::diagnostic::{Applicability, Keeps, Severity};
use crate::error::{Error, in_words, suggest};
use crate::span::Span;

/// A rule file as read. Its parameters are what the rule has unless the configuration says else.
#[derive(Debug, Clone)]
pub struct RuleFile {
    pub id: String,
    /// For error messages.
    file: String,
    text: String,
    written: Written,
    examples: Examples,
}

/// A rule: documentation, defaults and tests. Its id is the name of its folder and its own.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "a rule file of vaultmend")]
pub(super) struct Written {
    /// What looks at the notes: `pattern` for a rule that is only data.
    #[schemars(with = "String")]
    check: Spanned<String>,
    /// What is wrong, on one line, in lower case.
    summary: String,
    /// What it finds: `damage` is nothing that anybody writes on purpose, and `vaultmend init` leaves such a rule alone.
    #[serde(default)]
    about: About,
    /// How bad a finding is unless the configuration says else.
    severity: Level,
    /// The most any fix of it may be. A `safe` one needs a promise, `keeps`.
    #[schemars(with = "Option<Most>")]
    fix: Option<Spanned<Most>>,
    /// What every fix leaves alone; the engine holds it to that.
    #[serde(default)]
    keeps: Promise,
    /// Markdown: what it finds, why that is bad, what the fix does, each parameter.
    docs: String,
    /// The values of the parameters.
    #[serde(default)]
    #[schemars(with = "serde_json::Map<String, serde_json::Value>")]
    params: toml::Table,
    /// Texts, and what the rule must say of each: they are its tests.
    #[serde(default)]
    example: Vec<Example>,
}

/// What is wrong with parameters, and with which one, where that is known.
pub(super) struct BadParams {
    pub(super) key: Option<String>,
    pub(super) message: String,
}

/// A severity, or `off`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "Severity")]
pub(super) enum Level {
    Off,
    Info,
    Warning,
    Error,
}

impl Level {
    pub(super) fn severity(self) -> Option<Severity> {
        match self {
            Level::Off => None,
            Level::Info => Some(Severity::Info),
            Level::Warning => Some(Severity::Warning),
            Level::Error => Some(Severity::Error),
        }
    }
}

/// The most a fix may be, or `none`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "Fix")]
pub(super) enum Most {
    #[default]
    None,
    Display,
    Unsafe,
    Safe,
}

impl Most {
    pub(super) fn applicability(self) -> Option<Applicability> {
        match self {
            Most::None => None,
            Most::Display => Some(Applicability::Display),
            Most::Unsafe => Some(Applicability::Unsafe),
            Most::Safe => Some(Applicability::Safe),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "Keeps")]
enum Promise {
    #[default]
    Nothing,
    /// All but the tags.
    Body,
    /// What a reader sees.
    Text,
}

/// What a rule finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum About {
    /// What a vault may do on purpose.
    #[default]
    Habits,
    /// What nobody writes on purpose.
    Damage,
}

impl RuleFile {
    /// Reads a rule file. `file` is its name for error messages.
    pub fn read(id: &str, file: &str, text: &str) -> Result<RuleFile, Error> {
        let mut rule = RuleFile::of(id, file, text, text)?;
        let at = |span: Option<Span>, message: &str| Error::at(file, text, span, message);
        let examples = std::mem::take(&mut rule.written.example);
        rule.check(rule.written.params.clone()).map_err(|bad| at(rule.param_span(bad.key.as_deref()), &bad.message))?;
        for example in &examples {
            rule.check(rule.params_with(&example.params))
                .map_err(|bad| at(None, &format!("example \"{}\": {}", example.name, bad.message)))?;
            example.taxonomy().map_err(|bad| at(None, &format!("example \"{}\": {bad}", example.name)))?;
        }
        rule.examples = Examples::of(examples);
        Ok(rule)
    }

    /// Reads a rule file that comes with the program, of which the tests have read all, only as far as a run
    /// needs it: its examples, which are the most of it, come last.
    pub(super) fn embedded(id: &str, file: &str, text: &'static str) -> Result<RuleFile, Error> {
        let (head, examples) = text.split_at(text.find("\n[[example]]").unwrap_or(text.len()));
        Ok(RuleFile { examples: Examples::unread(examples), ..RuleFile::of(id, file, text, head)? })
    }

    /// Reads `part` of the file.
    fn of(id: &str, file: &str, text: &str, part: &str) -> Result<RuleFile, Error> {
        let at = |span: Option<Span>, message: &str| Error::at(file, text, span, message);
        let written: Written = toml::from_str(part).map_err(|e| Error::toml(file, text, &e))?;
        let check = &written.check;
        if !CHECKS.iter().any(|(known, _)| known == check.get_ref()) {
            let names: Vec<&str> = CHECKS.iter().map(|(known, _)| *known).collect();
            return Err(at(Some(check.span().into()), &format!("there is no check `{}`", check.get_ref()))
                .help(suggest(check.get_ref(), names)));
        }
        let keeps_nothing = written.keeps == Promise::Nothing;
        if let Some(fix) = written.fix.as_ref().filter(|fix| *fix.get_ref() == Most::Safe && keeps_nothing) {
            return Err(at(Some(fix.span().into()), "a safe fix needs a promise")
                .help("add `keeps = \"text\"` or `keeps = \"body\"`, or make it `fix = \"unsafe\"`"));
        }
        if written.summary.trim().is_empty() || written.summary.contains('\n') {
            return Err(at(None, "`summary` must be one line that says what is wrong"));
        }
        Ok(RuleFile {
            id: id.to_owned(),
            file: file.to_owned(),
            text: text.to_owned(),
            written,
            examples: Examples::default(),
        })
    }

    /// What is wrong where it finds something.
    pub fn summary(&self) -> &str {
        &self.written.summary
    }

    /// Whether it finds what nobody writes on purpose.
    pub fn is_about_damage(&self) -> bool {
        self.written.about == About::Damage
    }

    /// Its documentation, as Markdown.
    pub fn docs(&self) -> &str {
        &self.written.docs
    }

    pub fn examples(&self) -> &[Example] {
        self.examples.get()
    }

    pub fn params(&self) -> &toml::Table {
        &self.written.params
    }

    pub(super) fn params_with(&self, over: &toml::Table) -> toml::Table {
        let mut params = self.written.params.clone();
        params.extend(over.iter().map(|(key, value)| (key.clone(), value.clone())));
        params
    }

    pub(super) fn severity(&self) -> Option<Severity> {
        self.written.severity.severity()
    }

    /// Where a parameter stands; of none in particular, where the check is named.
    fn param_span(&self, key: Option<&str>) -> Option<Span> {
        #[derive(Deserialize)]
        struct Places {
            #[serde(default)]
            params: std::collections::BTreeMap<String, Spanned<toml::Value>>,
        }
        let places: Option<Places> = toml::from_str(&self.text).ok();
        let value = places.and_then(|places| places.params.get(key?).map(Spanned::span));
        Some(value.unwrap_or_else(|| self.written.check.span()).into())
    }

    /// Makes the check with these parameters.
    pub(super) fn check(&self, params: toml::Table) -> Result<Box<dyn crate::check::Check>, BadParams> {
        let name = self.written.check.get_ref();
        let (_, make) =
            CHECKS.iter().find(|(known, _)| known == name).expect("its name was looked up when it was read");
        make(params).map_err(|error| {
            // The key is told only in the long form: "…\nin `find`".
            let long = error.to_string();
            let key = long.rsplit_once("in `").and_then(|(_, key)| key.split('`').next()).map(str::to_owned);
            BadParams { key, message: in_words(error.message().trim_end()).0.replace('\n', ", ") }
        })
    }

    /// The rule with these parameters and this severity.
    ///
    /// # Errors
    /// Says what is wrong with the parameters.
    pub fn rule(&self, params: toml::Table, severity: Option<Severity>) -> Result<Rule, String> {
        let keeps = match self.written.keeps {
            Promise::Nothing => Keeps::Nothing,
            Promise::Body => Keeps::Body,
            Promise::Text => Keeps::Text,
        };
        Ok(Rule {
            id: self.id.clone(),
            summary: self.written.summary.clone(),
            docs: self.written.docs.trim().to_owned(),
            severity,
            fix: self.written.fix.as_ref().and_then(|fix| fix.get_ref().applicability()),
            keeps,
            check: self.check(params.clone()).map_err(|bad| bad.message)?,
            params,
            examples: self.examples.clone(),
        })
    }

    /// The rule as one of its examples wants it: switched on, with the example's parameters.
    pub fn rule_for(&self, example: &Example) -> Result<Rule, String> {
        self.rule(self.params_with(&example.params), Some(self.severity().unwrap_or(Severity::Warning)))
    }

    /// The name of the check it uses.
    pub fn check_name(&self) -> &str {
        self.written.check.get_ref()
    }

    /// The name of the file, for messages.
    pub fn file(&self) -> &str {
        &self.file
    }
}
