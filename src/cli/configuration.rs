//! Finds the configuration of a vault, and makes its rules.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::{fs, io};

use super::args::Global;
use crate::config::{self, Config, Source};
use crate::error::Error;
use crate::rule::{INHERITED, RuleFile, Rules};
use crate::vault::walk;

/// The configuration named on the command line, else the nearest upwards from the vault, else none;
/// with what it extends below it, and what `--set` says on top.
pub(super) fn read(global: &Global, root: &Path) -> Result<Config, Error> {
    let cwd = std::env::current_dir().map_err(|e| Error::io("the current folder", e))?;
    let load = |path: &Path| {
        let shown = path.strip_prefix(&cwd).unwrap_or(path).display().to_string();
        fs::read(path).map(|bytes| (bytes, shown))
    };
    let mut sources = match file(global, root) {
        Some(file) => {
            // One that is named may be a pipe.
            if global.config.is_none() || file.is_dir() {
                must_be_file(&file)?;
            }
            Source::chain(&file, &load)?
        }
        None => Vec::new(),
    };
    sources.extend(global.set.iter().map(|typed| Source::set(typed, cwd.clone())));
    Config::of(sources)
}

/// The file of the configuration in force, if there is one.
pub(super) fn file(global: &Global, root: &Path) -> Option<PathBuf> {
    // A link that leads nowhere is there too: passed over, a vault would be checked as if it had no configuration.
    let is_there = |file: &PathBuf| fs::symlink_metadata(file).is_ok();
    let nearest = || root.ancestors().map(|folder| folder.join(config::FILE)).find(is_there);
    global.config.clone().or_else(nearest)
}

/// Refuses what has the name of a configuration and is none. It is not opened: a pipe would be waited for.
pub(super) fn must_be_file(file: &Path) -> Result<(), Error> {
    let shown = file.display();
    match fs::metadata(file) {
        Ok(known) if known.is_file() => Ok(()),
        Ok(_) => Err(Error::usage(format!("the configuration `{shown}` is no file"))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Err(Error::usage(format!("the configuration `{shown}` is a link that leads nowhere")))
        }
        Err(error) => Err(Error::io(shown.to_string(), error)),
    }
}

/// The rules of the configuration.
pub(super) fn rules(config: &Config) -> Result<Rules, Error> {
    let mut files = Vec::new();
    let mut named = HashSet::new();
    let Some(packs) = &config.packs else { return config.rules(Rules::builtin_files()?) };
    for pack in packs {
        let name = pack.get_ref();
        let at = |message: String| config.error_at(pack.span().into(), message);
        if !named.insert(name) {
            return Err(at(format!("the pack `{name}` is named twice")));
        }
        let found = if name == INHERITED {
            Rules::builtin_files()?
        } else if name.starts_with(['.', '/']) {
            let own = config.path(pack);
            if !own.is_dir() {
                return Err(at(format!("there is no folder of rules `{}`", own.display())));
            }
            let found = folder(&own)?;
            if found.is_empty() {
                let message = format!("there is no rule in the folder `{}`", own.display());
                return Err(at(message).help("rule files end in `.toml`"));
            }
            found
        } else {
            Rules::pack(name).map_err(|e| match e {
                Error::Usage { message, help } => at(message).help(help.unwrap_or_default()),
                other => other,
            })?
        };
        let twice = found.iter().find_map(|file| files.iter().find(|other: &&RuleFile| other.id == file.id));
        if let Some(other) = twice {
            return Err(at(format!("`{name}` has a rule `{}`, as {} has", other.id, other.file()))
                .help("a rule is named after its folder and file: rename one of the two, or leave the pack out"));
        }
        files.extend(found);
    }
    config.rules(files)
}

/// The rule files below a folder; a rule's id is the folder's name and its path in it.
pub(super) fn folder(folder: &Path) -> Result<Vec<RuleFile>, Error> {
    let shown = folder.display().to_string();
    if !folder.is_dir() {
        return Err(Error::usage(format!("there is no folder of rules `{shown}`")));
    }
    let pack = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    let pack = pack.file_name().map_or_else(|| "rules".to_owned(), |name| name.to_string_lossy().into_owned());
    let (mut files, mut errors) = (Vec::new(), Vec::new());
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.map_err(|e| Error::io(&shown, e.into()))?;
        if entry.file_type().is_dir() || entry.path().extension().is_none_or(|ending| ending != "toml") {
            continue;
        }
        let name = entry.path().display().to_string();
        // What a link leads to is asked; a pipe would be waited for.
        match fs::metadata(entry.path()) {
            Ok(known) if known.is_file() => {}
            Ok(_) => continue,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                errors.push(Error::usage(format!("the rule file `{name}` is a link that leads nowhere")));
                continue;
            }
            Err(error) => return Err(Error::io(name, error)),
        }
        let id = format!("{pack}/{}", walk::relative(folder, &entry.path().with_extension("")));
        let bytes = fs::read(entry.path()).map_err(|e| Error::io(&name, e))?;
        match Error::text(&name, bytes).and_then(|text| RuleFile::read(&id, &name, &text)) {
            Ok(file) => files.push(file),
            Err(error) => errors.push(error),
        }
    }
    match Error::all(|n| format!("{n} rule files are broken"), errors) {
        Some(error) => Err(error),
        None => Ok(files),
    }
}
