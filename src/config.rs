//! `vaultmend.toml`: what a vault wants checked, and how.

mod flavor;
mod frontmatter;
mod tags;

use std::collections::BTreeMap;

use globset::{Glob, GlobMatcher};
use serde::Deserialize;
use toml::Spanned;

use crate::error::{Error, did_you_mean};
use crate::language::Language;
use crate::rule::{Rules, Settings};
use crate::span::Span;
use crate::taxonomy;

/// The name of the configuration file.
pub const FILE: &str = "vaultmend.toml";

/// The configuration of a vault. `Config::default()` is what holds without a file.
#[derive(Debug, Default)]
pub struct Config {
    /// The file's name and text, for errors that point into it.
    source: Option<(String, String)>,
    /// Built-in packs by name; folders of rule files by a path that begins with `.` or `/`. `None`: every built-in pack.
    pub packs: Option<Vec<Spanned<String>>>,
    /// The notes that are not looked at. They can still be linked to.
    pub ignore: Globs,
    /// The file of known findings, by its path from this file's folder.
    pub baseline: Option<Spanned<String>>,
    pub rules: BTreeMap<String, Settings>,
    /// Where each rule is named, for errors.
    named: BTreeMap<String, Span>,
    pub ignore_in: IgnoreIn,
    /// What is wanted of properties, for the rules about them.
    frontmatter: frontmatter::Section,
    pub flavor: flavor::Section,
    pub tags: tags::Section,
    /// The language of the notes that do not say theirs.
    pub language: Option<Language>,
    /// Files of words, by their paths from this file's folder.
    pub dictionaries: Vec<Spanned<String>>,
    /// The file of a linker's terms, by its path from this file's folder.
    pub terms: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Written {
    packs: Option<Vec<Spanned<String>>>,
    #[serde(default)]
    ignore: Vec<Spanned<String>>,
    baseline: Option<Spanned<String>>,
    #[serde(default)]
    rule: BTreeMap<Spanned<String>, Settings>,
    #[serde(default)]
    ignore_in: BTreeMap<Spanned<String>, Vec<Spanned<String>>>,
    frontmatter: Option<toml::Table>,
    #[serde(default)]
    flavor: flavor::Section,
    #[serde(default)]
    tags: taxonomy::Written,
    #[serde(default)]
    language: WrittenLanguage,
    #[serde(default)]
    autolink: WrittenAutolink,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenLanguage {
    lang: Option<Spanned<String>>,
    #[serde(default)]
    dictionaries: Vec<Spanned<String>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenAutolink {
    terms: Option<Spanned<String>>,
}

impl Config {
    /// Reads a configuration. `file` is its name for error messages.
    pub fn read(file: &str, text: &str) -> Result<Config, Error> {
        let written: Written = toml::from_str(text).map_err(|e| Error::toml(file, text, &e))?;
        let at = |span: Span, message: String| Error::at(file, text, Some(span), message);
        let mut config = Config {
            source: Some((file.to_owned(), text.to_owned())),
            packs: written.packs,
            ignore: Globs::read(&written.ignore).map_err(|(span, e)| at(span, e))?,
            baseline: written.baseline,
            frontmatter: frontmatter::Section::read(file, text, written.frontmatter)?,
            flavor: written.flavor,
            tags: tags::Section::read(file, text, written.tags)?,
            dictionaries: written.language.dictionaries,
            terms: written.autolink.terms,
            ..Config::default()
        };
        if let Some(lang) = written.language.lang {
            let language = Language::known(lang.get_ref()).ok_or_else(|| {
                at(lang.span().into(), format!("`{}` is the code of no language", lang.get_ref()))
                    .help("a code of ISO 639, as in `lang = \"de\"` or `lang = \"pt-BR\"`")
            })?;
            config.language = Some(language);
        }
        for (id, settings) in written.rule {
            config.named.insert(id.get_ref().clone(), id.span().into());
            config.rules.insert(id.into_inner(), settings);
        }
        for (folder, rules) in written.ignore_in {
            let notes = Globs::read(std::slice::from_ref(&folder)).map_err(|(span, e)| at(span, e))?;
            let rules = Globs::read(&rules).map_err(|(span, e)| at(span, e))?;
            config.ignore_in.entries.push((notes, rules));
        }
        Ok(config)
    }

    /// An error at a place in the file.
    pub fn error_at(&self, span: Span, message: impl Into<String>) -> Error {
        match &self.source {
            Some((file, text)) if !span.is_empty() => Error::at(file, text, Some(span), message),
            _ => Error::usage(message),
        }
    }

    /// Makes the rules of these files as this configuration wants them.
    pub fn rules(&self, files: Vec<crate::rule::RuleFile>) -> Result<Rules, Error> {
        let mut rules = Rules::of_files(files)?;
        for id in self.rules.keys() {
            if !rules.ids().any(|known| known == id) {
                let span = self.named.get(id).copied().unwrap_or_default();
                let help = suggest_rule(id, &rules);
                return Err(self.error_at(span, format!("there is no rule `{id}`")).help(help));
            }
        }
        for (_, globs) in &self.ignore_in.entries {
            for (glob, span) in &globs.0 {
                if !rules.ids().any(|id| glob.is_match(id)) {
                    return Err(self
                        .error_at(*span, format!("no rule matches `{}`", glob.glob()))
                        .help(suggest_rule(glob.glob().glob(), &rules)));
                }
            }
        }
        let mut settings = self.rules.clone();
        self.frontmatter.settle(&mut settings, rules.ids());
        rules.configure(&settings).map_err(|bad| self.error_at(bad.span, bad.message))?;
        Ok(rules)
    }

    /// The globs of `ignore` and `ignore-in` that match none of these paths, in words.
    pub fn unused<'a>(&self, paths: impl Iterator<Item = &'a str> + Clone) -> Vec<String> {
        let all = self.ignore.0.iter().chain(self.ignore_in.entries.iter().flat_map(|(notes, _)| &notes.0));
        all.filter(|(glob, _)| !paths.clone().any(|path| glob.is_match(path)))
            .map(|(glob, _)| format!("`{}` matches no note of this vault", glob.glob()))
            .collect()
    }
}

/// What to do about a rule id that nobody knows.
pub fn suggest_rule(id: &str, rules: &Rules) -> String {
    let ids: Vec<&str> = rules.ids().collect();
    match did_you_mean(id, ids.iter().copied()) {
        Some(name) => format!("did you mean `{name}`?"),
        None => "`vaultmend rules` lists them all".to_owned(),
    }
}

/// Glob patterns over paths from the vault's root, or over rule ids.
#[derive(Debug, Default)]
pub struct Globs(Vec<(GlobMatcher, Span)>);

impl Globs {
    fn read(written: &[Spanned<String>]) -> Result<Globs, (Span, String)> {
        let read = |one: &Spanned<String>| {
            let glob = Glob::new(one.get_ref()).map_err(|e| (Span::from(one.span()), e.to_string()))?;
            Ok((glob.compile_matcher(), Span::from(one.span())))
        };
        written.iter().map(read).collect::<Result<_, _>>().map(Globs)
    }

    pub fn matches(&self, path: &str) -> bool {
        self.0.iter().any(|(glob, _)| glob.is_match(path))
    }
}

/// Which rules are left out in which notes.
#[derive(Debug, Default)]
pub struct IgnoreIn {
    /// Globs over paths, and over rule ids.
    entries: Vec<(Globs, Globs)>,
}

impl IgnoreIn {
    pub fn ignores(&self, path: &str, rule: &str) -> bool {
        self.entries.iter().any(|(notes, rules)| rules.matches(rule) && notes.matches(path))
    }
}
