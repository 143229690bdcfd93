//! `vaultmend schema`: JSON Schemas, for editors.

use clap::ValueEnum;

use super::{Outcome, output};
use crate::config;
use crate::error::Error;
use crate::rule::{self, Rules};

#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// Of which files
    #[arg(value_enum, value_name = "FILES")]
    of: Of,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Of {
    /// `vaultmend.toml`, with every rule and its parameters
    Config,
    /// Rule files
    Rule,
}

pub(super) fn run(options: &Options) -> Result<Outcome, Error> {
    let files = Rules::builtin_files()?;
    let schema = match options.of {
        Of::Config => config::schema(&files),
        Of::Rule => rule::rule_file(&files),
    };
    output::print(&format!("{schema:#}\n"))?;
    Ok(Outcome::Clean)
}
