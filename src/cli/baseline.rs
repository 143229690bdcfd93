//! `vaultmend baseline`: writes down what is found now, and takes out what is no longer found.

use std::path::{Path, PathBuf};

use clap::Subcommand;

use super::args::{Global, Paths};
use super::known::Open;
use super::session::Session;
use super::{Outcome, check, known, output};
use crate::baseline::{Baseline, Known};
use crate::error::Error;
use crate::fingerprint::fingerprints;
use crate::report::{count, visible};
use crate::vault::{walk, write};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
A baseline is a file beside the notes, to be committed with them. `vaultmend check --baseline` leaves out what is in it. \
An entry is a line: the fingerprint of a finding and of the words around it, its rule, its note. So it holds where lines \
have moved and where the note was renamed.

Where two branches have changed it, keep the lines of both. `vaultmend-baseline.txt merge=union` in `.gitattributes` lets \
git do so.")]
pub(super) struct BaselineArgs {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write down everything that is found now. A baseline that is there takes in nothing new unless you say `--grow`
    Write(Write),
    /// Take out what is no longer found; never add anything
    Prune(Prune),
}

#[derive(Debug, clap::Args)]
struct Write {
    /// Notes and folders to write down; of others, what the baseline has stays [default: the whole vault]
    #[arg(value_name = "PATHS")]
    paths: Vec<PathBuf>,
    /// Take new findings into a baseline that is there
    #[arg(long)]
    grow: bool,
    #[command(flatten)]
    at: At,
}

#[derive(Debug, clap::Args)]
struct Prune {
    /// The vault is the one that this lies in [default: .]
    #[arg(long = "in", value_name = "PATH")]
    path: Option<PathBuf>,
    #[command(flatten)]
    at: At,
}

#[derive(Debug, clap::Args)]
struct At {
    /// The baseline [default: the one that the configuration names, else `vaultmend-baseline.txt` at the vault's root]
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
    /// Show what would change as a diff, and change nothing
    #[arg(long)]
    diff: bool,
}

pub(super) fn run(options: &BaselineArgs, global: &Global) -> Result<Outcome, Error> {
    match &options.command {
        Command::Write(options) => write(options, global),
        Command::Prune(options) => prune(options, global),
    }
}

fn write(options: &Write, global: &Global) -> Result<Outcome, Error> {
    let paths = if options.paths.is_empty() { vec![root(None)?] } else { options.paths.clone() };
    let (open, kept, new, stale) = look(paths, &options.at, global)?;
    if open.before.is_some() && !new.is_empty() && !options.grow {
        let message = format!("`{}` would grow by {}", open.name, count(new.len(), "finding"));
        return Err(Error::usage(message)
            .help("`vaultmend check --baseline` shows them; `vaultmend baseline write --grow` takes them in"));
    }
    let mut after = kept;
    new.iter().for_each(|(note, known)| after.add(note, known.clone()));
    let said = match &open.before {
        None => format!("{} written to `{}`", count(after.len(), "known finding"), visible(&open.name)),
        Some(_) => {
            let gone = count(stale.len(), "finding");
            format!("{} new in `{}`, {gone} gone, {} known now", new.len(), visible(&open.name), after.len())
        }
    };
    save(&open, &after, &options.at, &said)
}

fn prune(options: &Prune, global: &Global) -> Result<Outcome, Error> {
    let (open, kept, _, stale) = look(vec![root(options.path.as_deref())?], &options.at, global)?;
    if open.before.is_none() {
        return Err(Error::usage(format!("there is no baseline `{}`", open.name)));
    }
    let (gone, left) = (count(stale.len(), "known finding"), kept.len());
    let said = format!("{gone} no longer found, {left} left in `{}`", visible(&open.name));
    save(&open, &kept, &options.at, &said)
}

/// The root of the vault that a path lies in.
fn root(path: Option<&Path>) -> Result<PathBuf, Error> {
    let cwd = std::env::current_dir().map_err(|e| Error::io("the current folder", e))?;
    Ok(walk::root(&[path.map_or(cwd.clone(), |path| cwd.join(path))]))
}

/// A baseline; what stays of it, under the paths that notes have now; findings that it does not know;
/// and what is no longer found.
type Looked = (Open, Baseline, Vec<(String, Known)>, Baseline);

fn look(paths: Vec<PathBuf>, at: &At, global: &Global) -> Result<Looked, Error> {
    let mut session = Session::open(&Paths { paths, ..Paths::default() }, global)?;
    let file = at.file.clone().unwrap_or_else(|| known::default_file(&session));
    session.keep_from(&file, "a baseline")?;
    let open = Open::read(&session, file)?;
    let notes = std::mem::take(&mut session.notes);
    let checked = check::look(&session, &check::engine(&session), notes);
    let compared = open.compare(&check::looked(&checked), None);
    let mut new = Vec::new();
    for (one, known) in checked.iter().zip(&compared.known) {
        let prints = fingerprints(&one.text, &one.found).into_iter();
        for ((found, fingerprint), _) in one.found.iter().zip(prints).zip(known).filter(|(_, known)| !**known) {
            new.push((one.path.to_string(), Known { rule: found.rule.clone(), fingerprint }));
        }
    }
    Ok((open, compared.kept, new, compared.stale))
}

/// Writes the file if it changes, and says what there is to say.
fn save(open: &Open, after: &Baseline, at: &At, said: &str) -> Result<Outcome, Error> {
    let (before, after) = (open.before.as_deref(), after.to_text());
    let changes = before != Some(&after);
    if at.diff {
        output::print_diff(&open.name, before.unwrap_or_default(), &after)?;
    } else if changes {
        let done = match before {
            Some(before) => write::replace(&open.file, before, &after).map_err(|why| why.to_string()),
            None => write::create(&open.file, &after).map_err(|why| why.to_string()),
        };
        done.map_err(|why| Error::usage(format!("`{}` was not written: {why}", open.name)))?;
    }
    output::say(&format!("vaultmend: {said}"));
    Ok(if at.diff && changes { Outcome::Found } else { Outcome::Clean })
}
