//! What findings look like, where they go, and which of them make the run fail.

use std::path::PathBuf;

use clap::ValueEnum;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use crate::cli::output;
use crate::diagnostic::Severity;
use crate::report::{FORMATS, Format};

/// What findings look like, and which of them make the run fail.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Reporting {
    /// How findings are shown [default: human, and github in GitHub Actions]
    #[arg(long, value_parser = format_named(), hide_possible_values = false)]
    format: Option<Shown>,
    /// Also write a report to a file that is no note of the vault, in a format of its own
    #[arg(long, value_name = "FORMAT=FILE", value_parser = output)]
    pub(in crate::cli) output: Vec<Output>,
    /// The least severity that makes the exit code 1
    #[arg(long, value_enum, default_value_t = FailOn::Warning, value_name = "SEVERITY")]
    pub(in crate::cli) fail_on: FailOn,
    /// Show at most so many findings, 0 for all; every finding is counted [default: 50 for human, 10 for github, 100 for markdown, all for others]
    #[arg(long, value_name = "N")]
    pub(in crate::cli) limit: Option<usize>,
}

/// A format that was named.
#[derive(Clone, Copy)]
pub(in crate::cli) struct Shown(&'static Format);

impl std::fmt::Debug for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0.name)
    }
}

/// A report in a file.
#[derive(Debug, Clone)]
pub(in crate::cli) struct Output {
    format: Shown,
    pub(in crate::cli) file: PathBuf,
}

impl Output {
    pub(in crate::cli) fn format(&self) -> &'static Format {
        self.format.0
    }
}

impl Reporting {
    /// For people.
    pub(in crate::cli) fn for_people() -> Reporting {
        let format = Format::named("human").map(Shown);
        Reporting { format, output: Vec::new(), fail_on: FailOn::Warning, limit: None }
    }

    /// Whether one is asked for by name.
    pub(in crate::cli) fn names_format(&self) -> bool {
        self.format.is_some()
    }

    /// The format of standard output.
    pub(in crate::cli) fn format(&self) -> &'static Format {
        let unasked =
            || Format::named(if output::in_actions() { "github" } else { "human" }).expect("both are in the table");
        self.format.map_or_else(unasked, |shown| shown.0)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum FailOn {
    Info,
    Warning,
    Error,
    Never,
}

impl FailOn {
    pub(in crate::cli) fn severity(self) -> Option<Severity> {
        match self {
            FailOn::Info => Some(Severity::Info),
            FailOn::Warning => Some(Severity::Warning),
            FailOn::Error => Some(Severity::Error),
            FailOn::Never => None,
        }
    }
}

fn format_named() -> impl TypedValueParser<Value = Shown> {
    let names = FORMATS.iter().map(|format| PossibleValue::new(format.name).help(format.about));
    PossibleValuesParser::new(names).map(|name| Shown(Format::named(&name).expect("clap takes no other name")))
}

/// Reads `FORMAT=FILE`.
fn output(typed: &str) -> Result<Output, String> {
    let (name, file) = typed.split_once('=').ok_or("it is not of the form FORMAT=FILE")?;
    let Some(format) = Format::named(name) else {
        let names: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
        return Err(format!("there is no format `{name}`; one of: {}", names.join(", ")));
    };
    if file.is_empty() {
        return Err("it names no file".to_owned());
    }
    Ok(Output { format: Shown(format), file: file.into() })
}
