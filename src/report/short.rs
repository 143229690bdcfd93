//! A line a finding: `path:line:column: severity[rule] message`.

use std::io::{self, Write};

use super::{Run, visible};

pub(super) fn short(run: &Run<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut left = run.limit.unwrap_or(usize::MAX);
    for told in run.told() {
        for finding in told.found.iter().take(left) {
            let at = told.index.position(finding.span.start());
            let (path, severity) = (visible(told.path), finding.severity.name());
            let (rule, message) = (visible(&finding.rule), visible(&finding.message));
            writeln!(out, "{path}:{}:{}: {severity}[{rule}] {message}", at.line, at.column)?;
        }
        left = left.saturating_sub(told.found.len());
    }
    Ok(())
}
