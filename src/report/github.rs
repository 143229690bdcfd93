//! Annotations of GitHub Actions: workflow commands on standard output
//! (<https://docs.github.com/actions/reference/workflow-commands-for-github-actions>).

use std::io::{self, Write};

use super::{Run, count, in_words, visible};
use crate::diagnostic::Severity;
use crate::span::LineIndex;

/// GitHub shows no more annotations of one kind for a step.
pub(super) const MOST: usize = 10;

/// The worst findings as annotations, and a last notice with the figures.
pub(super) fn github(run: &Run<'_>, out: &mut dyn Write) -> io::Result<()> {
    let shown = run.worst(run.limit.unwrap_or(usize::MAX));
    for (checked, found) in &shown {
        let command = match found.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "notice",
        };
        let index = LineIndex::new(&checked.text);
        let (start, end) = (index.position(found.span.start()), index.position(found.span.end()));
        let (file, title) = (property(&checked.shown_path), property(&found.rule));
        write!(out, "::{command} file={file},line={},endLine={}", start.line, end.line)?;
        // Columns of two lines are refused.
        if start.line == end.line {
            write!(out, ",col={},endColumn={}", start.column, end.column.max(start.column))?;
        }
        writeln!(out, ",title={title}::{}", message(&in_words(found)))?;
    }
    let all = run.summary.findings();
    let lines = run.summary.lines();
    let figures = lines.first().map_or("", String::as_str);
    let hidden = match all - shown.len() {
        0 => String::new(),
        more => format!("; {} not shown here", count(more, "more finding")),
    };
    writeln!(out, "::notice title=vaultmend::{}", message(&format!("{figures}{hidden}")))
}

/// A text as the message of a command: several lines stay so, nothing else in it steers anything.
fn message(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(|line| visible(line).replace('%', "%25")).collect();
    lines.join("%0A")
}

/// A text as the value of a property of a command.
fn property(text: &str) -> String {
    visible(text).replace('%', "%25").replace(':', "%3A").replace(',', "%2C")
}
