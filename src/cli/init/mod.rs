//! `vaultmend init`: looks at a vault and writes the configuration that it lives by already.

mod folders;
mod look;
mod text;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::args::Global;
use super::{Outcome, configuration, output};
use crate::config::{self, Config, Kind, Source};
use crate::error::Error;
use crate::report::{count, visible};
use crate::vault::{walk, write};
use look::Seen;

#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// The root of the vault [default: the vault around the current folder]
    #[arg(value_name = "PATH")]
    path: Option<PathBuf>,
    /// Show what would be written as a diff, and write nothing
    #[arg(long)]
    diff: bool,
    /// Write over a configuration that is there
    #[arg(long)]
    force: bool,
}

pub(super) fn run(options: &Options, global: &Global) -> Result<Outcome, Error> {
    if global.config.is_some() || !global.set.is_empty() {
        return Err(Error::usage("`init` looks at the vault alone: `--config` and `--set` say nothing to it"));
    }
    let root = root(options)?;
    let file = root.join(config::FILE);
    if fs::symlink_metadata(&file).is_ok() {
        configuration::must_be_file(&file)?;
    }
    let before = match fs::read_to_string(&file) {
        Ok(text) => Some(text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(Error::io(shown(&file), error)),
    };
    if before.is_some() && !options.force && !options.diff {
        return Err(Error::usage(format!("there is a configuration already: {}", shown(&file)))
            .help("`vaultmend init --diff` shows what would change, `vaultmend init --force` writes over it"));
    }
    let seen = look::at(&root)?;
    let text = text::of(&seen);
    // What is written is read once more: a vault must never be left with a configuration that is none.
    read(&file, &text)?;
    if options.diff {
        let differs = output::print_diff(&shown(&file), before.as_deref().unwrap_or_default(), &text)?;
        return Ok(if differs { Outcome::Found } else { Outcome::Clean });
    }
    match &before {
        Some(before) => write::replace(&file, before, &text)
            .map_err(|why| Error::usage(format!("{} was not written: {why}", shown(&file))))?,
        None => write::create(&file, &text).map_err(|why| Error::io(shown(&file), why))?,
    }
    output::print(&told(&seen, &file))?;
    Ok(Outcome::Clean)
}

/// A configuration from a text that is not written yet.
fn read(file: &Path, text: &str) -> Result<Config, Error> {
    Config::of(vec![Source::file(Kind::Own, file, shown(file), text)])
}

fn root(options: &Options) -> Result<PathBuf, Error> {
    let cwd = std::env::current_dir().map_err(|e| Error::io("the current folder", e))?;
    let Some(path) = &options.path else { return Ok(walk::root(&[cwd])) };
    let root =
        fs::canonicalize(cwd.join(path)).map_err(|_| Error::usage(format!("there is no `{}`", path.display())))?;
    if !root.is_dir() {
        return Err(Error::usage(format!("`{}` is no folder", path.display())).help("name the root of the vault"));
    }
    // As it was typed where that says the same, so that messages do.
    let typed = cwd.join(path).components().collect::<PathBuf>();
    let plain = !typed.components().any(|part| matches!(part, std::path::Component::ParentDir));
    Ok(if plain { typed } else { root })
}

/// A path as the reader's shell would take it.
fn shown(file: &Path) -> String {
    let cwd = std::env::current_dir().unwrap_or_default();
    file.strip_prefix(&cwd).unwrap_or(file).display().to_string()
}

/// What was seen and written, and what to do next.
fn told(seen: &Seen, file: &Path) -> String {
    let mut lines = vec![format!("wrote {}: {}", visible(&shown(file)), text::vault(seen))];
    lines.extend(seen.left_out.iter().map(|folder| {
        format!("  left out: {} in `{}` ({})", count(folder.notes, "note"), visible(&folder.glob), visible(&folder.why))
    }));
    lines.extend(seen.lines().into_iter().map(|(line, why)| format!("  learnt:   {line} ({why})")));
    let (habits, slips) = (seen.habits(), seen.slips());
    lines.extend(habits.iter().map(|rule| format!("  off:      {} ({})", rule.id, count(rule.places, "place"))));
    lines.extend(slips.iter().map(|rule| format!("  info:     {} ({})", rule.id, count(rule.places, "place"))));
    let damage = seen.damage();
    lines.extend(damage.iter().map(|rule| format!("  damage:   {} ({})", rule.id, count(rule.failing, "place"))));
    lines.push(match damage.is_empty() {
        true => "no damage was found: `vaultmend check` passes".to_owned(),
        false => {
            "next: `vaultmend fix --diff` shows the repairs, `vaultmend fix` makes them; `vaultmend baseline write` \
             notes what is left, so that only new damage fails"
                .to_owned()
        }
    });
    lines.iter().map(|line| format!("{line}\n")).collect()
}
