//! A JSON object a line: each finding, then the summary.

use std::io::{self, Write};

use serde::Serialize;

use super::json::{Finding, findings, harmless};
use super::{Run, Summary};

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Line<'a> {
    Finding(&'a Finding<'a>),
    Summary {
        version: u32,
        #[serde(flatten)]
        summary: &'a Summary,
    },
}

/// All findings, whatever the limit: programs read this. The summary is the last line.
pub(super) fn json_lines(run: &Run<'_>, out: &mut dyn Write) -> io::Result<()> {
    for told in run.told() {
        for finding in findings(&told) {
            writeln!(out, "{}", harmless(&serde_json::to_string(&Line::Finding(&finding))?))?;
        }
    }
    let last = Line::Summary { version: super::json::VERSION, summary: run.summary };
    writeln!(out, "{}", harmless(&serde_json::to_string(&last)?))
}
