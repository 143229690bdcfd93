//! `vaultmend config`: the configuration in force.

mod in_force;
mod json;
mod table;

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};

use super::args::Global;
use super::{Outcome, configuration, output};
use crate::config::{self, Config, Kind};
use crate::error::{Error, did_you_mean};
use crate::report::{count, visible};
use crate::vault::walk;
use in_force::{InForce, in_force};

#[derive(Debug, clap::Args)]
pub(super) struct Options {
    #[command(subcommand)]
    which: Which,
}

#[derive(Debug, Subcommand)]
enum Which {
    /// Show what is in force, and which file and line each value comes from
    Show(Show),
}

#[derive(Debug, clap::Args)]
struct Show {
    /// Only this key and those below it, as `--set` names it: `tags.case`, `links/split-word`
    #[arg(value_name = "KEY")]
    key: Option<String>,
    /// How it is shown
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// The vault is the one this note or folder lies in [default: .]
    #[arg(long = "in", value_name = "PATH")]
    path: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// What is said somewhere; what is by default is counted
    Human,
    /// One document for programs, with everything
    Json,
    /// Everything, as a configuration: comments tell where it comes from
    Toml,
}

pub(super) fn run(options: &Options, global: &Global) -> Result<Outcome, Error> {
    let Which::Show(options) = &options.which;
    let cwd = std::env::current_dir().map_err(|e| Error::io("the current folder", e))?;
    let path = cwd.join(options.path.as_deref().unwrap_or(&cwd));
    if !path.exists() {
        return Err(Error::usage(format!("there is no `{}`", path.display())));
    }
    let root = walk::root(std::slice::from_ref(&path));
    let config = configuration::read(global, &root)?;
    let rules = configuration::rules(&config)?;
    let mut values = in_force(&config, &rules, &root)?;
    if let Some(typed) = &options.key {
        values = chosen(values, typed)?;
        if values.is_empty() && options.format != Format::Json {
            let line = format!("# `{}` is not set, and has no value by default", visible(typed.trim()));
            return output::print(&format!("{}{line}\n", sources(&config))).map(|()| Outcome::Clean);
        }
    }
    if options.key.is_none() && options.format != Format::Json {
        // What is shown is a configuration, and in one the taxonomy does not stand beside the name of its file.
        values.retain(|value| value.key != ["tags", "file"]);
    }
    let text = match options.format {
        Format::Json => {
            output::print_json(&json::document(&config, &values))?;
            return Ok(Outcome::Clean);
        }
        Format::Toml => format!("{}{}", sources(&config), table::toml(&values)),
        Format::Human => {
            let all = values.len();
            if options.key.is_none() {
                values.retain(|value| value.from.is_said());
            }
            let left = all - values.len();
            let rest = match left {
                0 => String::new(),
                n => format!("# {} as by default: `--format toml` shows them too\n", count(n, "value")),
            };
            format!("{}{}{rest}", sources(&config), table::toml(&values))
        }
    };
    let lines = text.lines().map(|line| format!("{}\n", visible(line)));
    output::print(&lines.collect::<String>())?;
    Ok(Outcome::Clean)
}

/// Whether a key is one of a configuration, or a table of such keys. Those of rules have values, whatever is said.
fn is_known(key: &[String]) -> bool {
    let is = |(typed, known): (&String, &str)| known.starts_with('<') || typed == known;
    let begins = |known: &config::Key| {
        let parts: Vec<&str> = known.name.split('.').collect();
        key.len() <= parts.len() && key.iter().zip(parts).all(is)
    };
    !key.is_empty() && key[0] != "rule" && config::keys().iter().any(begins)
}

/// The values at a key and below it; none of one that is not set.
fn chosen(values: Vec<InForce>, typed: &str) -> Result<Vec<InForce>, Error> {
    let key = config::key(typed).unwrap_or_default();
    let is_below = |value: &InForce| value.key.starts_with(&key);
    if key.is_empty() || !values.iter().any(is_below) && !is_known(&key) {
        let mut known: Vec<&str> = values.iter().flat_map(|value| value.key.first().map(String::as_str)).collect();
        known.extend(values.iter().filter(|value| value.key[0] == "rule").map(|value| value.key[1].as_str()));
        let error = Error::usage(format!("nothing is said of `{typed}`, here or by default"));
        return Err(match did_you_mean(typed, known) {
            Some(name) => error.help(format!("did you mean `{name}`?")),
            None => error.help("`vaultmend config show --format toml` shows all that is"),
        });
    }
    Ok(values.into_iter().filter(is_below).collect())
}

/// The files, the nearest first, as comments.
fn sources(config: &Config) -> String {
    let files: Vec<_> = config.sources.iter().map(|(_, source)| source).filter(|s| s.kind != Kind::Set).collect();
    if files.is_empty() {
        return format!("# There is no `{}`.\n", config::FILE);
    }
    let line = |(place, name): (usize, &str)| match place {
        0 => format!("# {}\n", visible(name)),
        _ => format!("# on top of {}\n", visible(name)),
    };
    files.iter().rev().map(|source| source.name.as_str()).enumerate().map(line).collect()
}
