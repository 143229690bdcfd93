//! `vaultmend.toml`: what a vault wants checked, and how.

mod extend;
mod flavor;
mod frontmatter;
mod globs;
mod layer;
mod said;
mod schema;
mod set;
mod source;
mod tags;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use crate::diagnostic::UNWRITABLE;
use crate::error::{Error, did_you_mean};
use crate::language::Language;
use crate::rule::{Rules, Settings};
use crate::span::Span;
use crate::taxonomy;

pub use crate::vault::CONFIGURATION as FILE;
pub use extend::Load;
pub use globs::{Globs, IgnoreIn};
pub use said::{Said, key, said_of_taxonomy};
pub use schema::{Key, keys, schema};
pub use source::{Kind, Source, Sources};

use layer::Layers;

/// The configuration of a vault. `Config::default()` is what holds without a file.
#[derive(Debug, Default)]
pub struct Config {
    /// What it was read of, for errors that point into it, and for paths.
    pub sources: Sources,
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
    /// Files of words, by their paths from the folder of the file that names them.
    pub dictionaries: Vec<Spanned<String>>,
    /// The file of a linker's terms, by its path from the folder of the file that names it.
    pub terms: Option<Spanned<String>>,
}

/// The configuration of a vault: what is checked in it, and how. Every key is optional.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(title = "vaultmend.toml")]
struct Written {
    /// The file that this one builds on, or a list of them: what this one says goes before.
    #[serde(default, rename = "extend")]
    #[schemars(with = "extend::Either")]
    _extend: extend::Extend,
    /// The packs of rules: built-in ones by name, folders of your own rules by a path that begins with `.` or `/`.
    /// Without it, every built-in pack; `...` stands for them, or for what is inherited.
    #[schemars(with = "Option<Vec<String>>")]
    packs: Option<Vec<Spanned<String>>>,
    /// Globs over paths from the vault's root: notes that are neither reported nor rewritten. They can still be linked
    /// to.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    ignore: Vec<Spanned<String>>,
    /// The file of known findings that `check` leaves out, from the folder of this file.
    #[schemars(with = "Option<String>")]
    baseline: Option<Spanned<String>>,
    /// Settings of rules, by their ids.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, Settings>")]
    rule: BTreeMap<Spanned<String>, Settings>,
    /// Globs over paths from the vault's root, and the rules that are left out in those notes, by name or glob.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, Vec<String>>")]
    ignore_in: BTreeMap<Spanned<String>, Vec<Spanned<String>>>,
    /// Globs over paths from the vault's root, and what `note/required-key` and `note/key-type` want of the properties of
    /// those notes.
    #[schemars(with = "Option<BTreeMap<String, BTreeMap<String, crate::schema::Wanted>>>")]
    frontmatter: Option<toml::Table>,
    /// Which program the vault is of, where its own folders do not show it.
    #[serde(default)]
    flavor: flavor::Section,
    /// The convention for tags.
    #[serde(default)]
    tags: taxonomy::Written,
    /// The language of the notes.
    #[serde(default)]
    language: WrittenLanguage,
    /// What is known of a program that has linked the notes.
    #[serde(default)]
    autolink: WrittenAutolink,
}

#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Language")]
struct WrittenLanguage {
    /// The language of the notes whose frontmatter has no `lang`, by its code in ISO 639. Without it, it is guessed.
    #[schemars(with = "Option<String>")]
    lang: Option<Spanned<String>>,
    /// Words that count as known: dictionaries for hunspell, each `NAME.dic` with `NAME.aff` beside it.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    dictionaries: Vec<Spanned<String>>,
}

#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Autolink")]
struct WrittenAutolink {
    /// The file of what a linker linked, in its order: a term a line, or the first column of a table.
    #[schemars(with = "Option<String>")]
    terms: Option<Spanned<String>>,
}

impl Config {
    /// Reads a configuration that is one file, without those it extends. `file` is its name for
    /// error messages.
    pub fn read(file: &str, text: &str) -> Result<Config, Error> {
        Config::of(vec![Source::file(Kind::Own, Path::new(file), file, text)])
    }

    /// Reads a configuration of all its sources, the weakest first.
    pub fn of(sources: Vec<Source>) -> Result<Config, Error> {
        let sources = Sources::new(sources);
        let layers = Layers::read(&sources)?;
        let written: Written = layers.to().map_err(|e| sources.of_toml(&e))?;
        let at = |span: Span, message: String| sources.error_at(span, message);
        let mut config = Config {
            packs: written.packs,
            ignore: Globs::read(&written.ignore).map_err(|(span, e)| at(span, e))?,
            baseline: written.baseline,
            frontmatter: frontmatter::Section::read(&sources, &layers, written.frontmatter)?,
            flavor: written.flavor,
            tags: tags::Section::read(&sources, &layers, written.tags)?,
            dictionaries: written.language.dictionaries,
            terms: written.autolink.terms,
            ..Config::default()
        };
        if let Some(baseline) = config.baseline.as_ref().filter(|named| named.get_ref().trim().is_empty()) {
            return Err(at(baseline.span().into(), "`baseline` names no file".to_owned())
                .help("the file that `vaultmend baseline write` has written; without one, leave it out"));
        }
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
            config.ignore_in.add(&folder, &rules).map_err(|(span, e)| at(span, e))?;
        }
        drop(layers);
        config.sources = sources;
        Ok(config)
    }

    /// An error at a place in its sources.
    pub fn error_at(&self, span: Span, message: impl Into<String>) -> Error {
        self.sources.error_at(span, message)
    }

    /// A path that it names: from the folder of the file that names it.
    pub fn path(&self, written: &Spanned<String>) -> PathBuf {
        self.sources.path(written)
    }

    /// Makes the rules of these files as this configuration wants them.
    pub fn rules(&self, files: Vec<crate::rule::RuleFile>) -> Result<Rules, Error> {
        let mut rules = Rules::of_files(files)?;
        // What a team says of packs that this vault does not use is not for this vault.
        let elsewhere = |span: Span, name: &str| {
            let pack = name.split_once('/').map(|(pack, _)| format!("{pack}/"));
            let used = |pack: &String| rules.ids().any(|id| id.starts_with(pack));
            self.sources.inherits(span) && pack.is_some_and(|pack| !used(&pack))
        };
        for (id, span) in &self.named {
            if !rules.ids().any(|known| known == id) && !elsewhere(*span, id) {
                let help = suggest_rule(id, &rules);
                return Err(self.error_at(*span, format!("there is no rule `{id}`")).help(help));
            }
        }
        for (glob, span) in self.ignore_in.rules() {
            if !rules.ids().any(|id| glob.is_match(id)) && !elsewhere(span, glob.glob().glob()) {
                return Err(self
                    .error_at(span, format!("no rule matches `{}`", glob.glob()))
                    .help(suggest_rule(glob.glob().glob(), &rules)));
            }
        }
        let mut settings = self.rules.clone();
        self.frontmatter.settle(&mut settings, rules.ids());
        rules.configure(&settings).map_err(|bad| self.error_at(bad.span, bad.message))?;
        Ok(rules)
    }

    /// The globs of `ignore`, `ignore-in` and `frontmatter` that match none of these paths, in words; but for those
    /// that are inherited, which are for other vaults too.
    pub fn unused<'a>(&self, paths: impl Iterator<Item = &'a str> + Clone) -> Vec<String> {
        let all = self.ignore.iter().chain(self.ignore_in.notes()).chain(self.frontmatter.notes());
        let all = all.filter(|(_, span)| !self.sources.inherits(*span));
        all.filter(|(glob, _)| !paths.clone().any(|path| glob.is_match(path)))
            .map(|(glob, _)| format!("`{}` matches no note of this vault", glob.glob()))
            .collect()
    }
}

/// What to do about a rule id that nobody knows.
pub fn suggest_rule<'a>(id: &str, rules: &'a Rules) -> String {
    if id == UNWRITABLE {
        return "`fix` and `unlink` report by this name a note that could not be written; it cannot be set".to_owned();
    }
    let ids: Vec<&str> = rules.ids().collect();
    if let Some(near) = did_you_mean(id, ids.iter().copied()) {
        return format!("did you mean `{near}`?");
    }
    // Its own name alone, which rules of several packs may have.
    let name = |id: &&'a str| id.rsplit_once('/').map_or(*id, |(_, name)| name);
    match did_you_mean(id, ids.iter().map(name)) {
        Some(near) => {
            let meant = ids.iter().filter(|id| name(id) == near).map(|id| format!("`{id}`")).collect::<Vec<_>>();
            format!("did you mean {}?", meant.join(" or "))
        }
        None => "`vaultmend rules` lists them all".to_owned(),
    }
}
