//! Shows findings: one function a format. No format changes what is found or the exit code.

mod diff;
mod escape;
mod human;
mod json;
mod links;
mod short;
mod summary;
mod table;

pub use diff::diff;
pub(crate) use escape::in_place;
pub use escape::visible;
pub use human::human;
pub use json::json;
pub use links::{LinkPlace, LinkRow, json_of, link_rows, link_table};
pub use short::short;
pub use summary::Summary;
pub use summary::count;
pub use table::rule_table;

use crate::diagnostic::Diagnostic;
use crate::note::Note;
use crate::rule::Rules;

/// A note and what was found in it.
#[derive(Debug)]
pub struct Checked {
    pub note: Note,
    /// Its path as the reader's shell would take it.
    pub shown_path: String,
    pub found: Vec<Diagnostic>,
}

/// What a run has to tell.
pub struct Run<'a> {
    /// Sorted by path.
    pub checked: &'a [Checked],
    pub rules: &'a Rules,
    pub summary: &'a Summary,
    /// Show at most this many findings; the rest are counted. `None`: all.
    pub limit: Option<usize>,
    /// The width of the terminal in columns.
    pub width: usize,
}
