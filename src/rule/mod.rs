//! Rules: what is looked for, how bad it is, and how far a fix may go.

mod builtin;
mod example;
mod file;
mod params;
mod schema;
mod set;

pub use example::{Example, Examples};
pub use file::RuleFile;
pub use schema::{rule_file, settings};
pub(crate) use set::INHERITED;
pub use set::{Rules, Settings};

use crate::check::Check;
use crate::diagnostic::{Applicability, Keeps, Severity};

/// A rule, ready to run.
pub struct Rule {
    /// `pack/name`, from where its file lies.
    pub id: String,
    pub summary: String,
    /// Markdown.
    pub docs: String,
    /// `None`: switched off.
    pub severity: Option<Severity>,
    /// The most any fix of it may be; `None`: it has no fixes.
    pub fix: Option<Applicability>,
    /// What every fix of it leaves alone; the engine holds it to that.
    pub keeps: Keeps,
    /// The parameters in force.
    pub params: toml::Table,
    pub examples: Examples,
    pub check: Box<dyn Check>,
}
