//! A line a finding: `path:line:column: severity[rule] message`.

use std::io::{self, Write};

use super::{Run, visible};
use crate::span::LineIndex;

pub fn short(run: &Run<'_>, out: &mut impl Write) -> io::Result<()> {
    let mut left = run.limit.unwrap_or(usize::MAX);
    for checked in run.checked.iter().filter(|checked| !checked.found.is_empty()) {
        let index = LineIndex::new(&checked.note.text);
        for finding in checked.found.iter().take(left) {
            let at = index.position(finding.span.start());
            let (path, severity) = (visible(&checked.shown_path), finding.severity.name());
            let (rule, message) = (&finding.rule, visible(&finding.message));
            writeln!(out, "{path}:{}:{}: {severity}[{rule}] {message}", at.line, at.column)?;
        }
        left = left.saturating_sub(checked.found.len());
    }
    Ok(())
}
