//! The command line: what was typed becomes calls of the library.

mod args;
mod baseline;
mod changed;
mod check;
mod choice;
mod completions;
mod config;
mod configuration;
mod explain;
mod fix;
mod git;
mod given;
mod init;
mod known;
mod links;
mod man;
mod output;
mod progress;
mod rules;
mod schema;
mod session;
mod stop;
mod suppress;
mod tags;
mod test;
mod unlink;

use std::process::ExitCode;
use std::{env, io};

use clap::{CommandFactory, Parser};

use crate::error::Error;
use crate::report::visible;
use args::{Args, Command};

/// What a command comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing at or above `--fail-on`.
    Clean,
    /// Something was found.
    Found,
}

/// The commands and their options, for whatever is made of them: completions, manual, reference.
pub fn command() -> clap::Command {
    Args::command()
}

/// Reads the command line, does what it says, and tells the exit code: 0 clean, 1 found, 2 could
/// not do the work.
pub fn run() -> ExitCode {
    let args = match typed() {
        Ok(args) => args,
        Err(error) => {
            let code = if error.use_stderr() { 2 } else { 0 };
            // Nobody listens to an error about printing an error.
            let _ = error.print();
            return ExitCode::from(code);
        }
    };
    output::choose_colour(args.global.color);
    output::choose_loudness(&args.global);
    let outcome = match &args.command {
        Command::Check(options) => check::run(options, &args.global),
        Command::Fix(options) => fix::run(options, &args.global),
        Command::Rules(options) => rules::run(options, &args.global),
        Command::Explain(options) => explain::run(options, &args.global),
        Command::Links(options) => links::run(options, &args.global),
        Command::Unlink(options) => unlink::run(options, &args.global),
        Command::Tags(options) => tags::run(options, &args.global),
        Command::Baseline(options) => baseline::run(options, &args.global),
        Command::Config(options) => config::run(options, &args.global),
        Command::Init(options) => init::run(options, &args.global),
        Command::Schema(options) => schema::run(options),
        Command::Test(options) => test::run(options, &args.global),
        Command::Completions(options) => completions::run(options),
        Command::Man(options) => man::run(options),
    };
    match outcome {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Found) => ExitCode::from(1),
        // `vaultmend check | head` has all it wants.
        Err(Error::Io { reason, .. }) if reason.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            output::error(&error);
            if let Error::Stopped { signal, .. } = error {
                stop::end_by(signal);
            }
            ExitCode::from(2)
        }
    }
}

/// Reads the command line. Whoever calls may have put names of notes there, and what is wrong with
/// them is told in words that steer neither a terminal nor a log.
fn typed() -> Result<Args, clap::Error> {
    Args::try_parse().map_err(|error| {
        let harmless = env::args_os().map(|typed| visible(&typed.to_string_lossy()));
        Args::try_parse_from(harmless).err().filter(|_| error.use_stderr()).unwrap_or(error)
    })
}
