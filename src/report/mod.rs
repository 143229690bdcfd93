//! Shows findings: one function a format. No format changes what is found or the exit code.

mod checkstyle;
mod diff;
mod format;
mod github;
mod gitlab;
mod human;
mod json;
mod json_lines;
mod junit;
mod links;
mod markdown;
mod rdjson;
mod sarif;
mod short;
mod statistics;
mod summary;
mod table;
mod xml;

pub use diff::diff;
pub use format::{FORMATS, Format};
pub(crate) use json::harmless;
pub use links::{LinkPlace, LinkRow, json_of, link_rows, link_table};
pub use summary::Summary;
pub use summary::count;
pub use table::rule_table;

use std::sync::Arc;

pub use crate::escape::visible;

use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::fingerprint::fingerprints;
use crate::rule::Rules;
use crate::span::LineIndex;

/// Where the documentation is; a rule's page is `rules/PACK/NAME.html` there.
pub const DOCS: &str = "https://vaultmend.github.io/vaultmend/";

/// What was found in a note, with what a report needs of it.
#[derive(Debug)]
pub struct Checked {
    /// From the vault's root, with `/`.
    pub path: Arc<str>,
    /// Its path as the reader's shell would take it; may be empty where nothing was found.
    pub shown_path: String,
    /// What stands around findings; may be empty where nothing was found.
    pub text: String,
    pub found: Vec<Diagnostic>,
    /// How many findings a suppression has answered.
    pub suppressed: usize,
}

/// What a run has to tell.
pub struct Run<'a> {
    /// Sorted by path.
    pub checked: &'a [Checked],
    pub rules: &'a Rules,
    pub summary: &'a Summary,
    /// Show at most this many findings; the rest are counted. `None`: as many as the format likes.
    /// Formats for programs show all, whatever is said here.
    pub limit: Option<usize>,
    /// Of findings that are only for information `human` shows the number, unless this is set.
    pub infos: bool,
    /// The width of the terminal in columns.
    pub width: usize,
    /// Whether rules are linked to their pages, in the way terminals know.
    pub links: bool,
}

/// A note with findings, and where they are in lines and columns.
struct Told<'a> {
    /// The path as the reader's shell would take it.
    path: &'a str,
    found: &'a [Diagnostic],
    index: LineIndex<'a>,
    /// One for each finding.
    fingerprints: Vec<String>,
}

impl<'a> Run<'a> {
    /// The notes in which something was found, by path.
    fn told(&self) -> impl Iterator<Item = Told<'a>> + use<'a> {
        self.checked.iter().filter(|checked| !checked.found.is_empty()).map(|checked| Told {
            path: &checked.shown_path,
            found: &checked.found,
            index: LineIndex::new(&checked.text),
            fingerprints: fingerprints(&checked.text, &checked.found),
        })
    }

    /// The worst findings, so many of them at most, with their notes; of equals the first.
    fn worst(&self, most: usize) -> Vec<(&'a Checked, &'a Diagnostic)> {
        let mut worst = Vec::new();
        for severity in [Severity::Error, Severity::Warning, Severity::Info] {
            let all = self.checked.iter().flat_map(|checked| checked.found.iter().map(move |found| (checked, found)));
            let of_this = all.filter(|(_, found)| found.severity == severity);
            worst.extend(of_this.take(most - worst.len()));
        }
        worst
    }
}

/// The page of a rule; `None` for what the program itself reports, and for the rules of users.
fn page(id: &str) -> Option<String> {
    Rules::is_builtin(id).then(|| format!("{DOCS}rules/{id}.html"))
}

/// A finding in a few lines: what is wrong, why, and what to do. What stands in the note makes no
/// further ones.
fn in_words(found: &Diagnostic) -> String {
    let mut lines = vec![visible(&found.message)];
    lines.extend(found.evidence.iter().map(|fact| format!("because {}", visible(fact))));
    lines.extend(found.fix.iter().map(|fix| format!("{}: {}", how(fix.applicability), visible(&fix.title))));
    lines.extend(found.help.as_deref().map(visible));
    lines.join("\n")
}

/// How a fix is made.
fn how(applicability: Applicability) -> &'static str {
    match applicability {
        Applicability::Safe => "fix",
        Applicability::Unsafe => "fix, if you are sure (--unsafe)",
        Applicability::Display => "by hand",
    }
}
