//! How often each rule found something, and how much of it can be repaired.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::{Run, visible};
use crate::diagnostic::{Applicability, Severity};

/// What one rule has found at one severity.
#[derive(Default)]
struct Row {
    found: usize,
    notes: usize,
    safe: usize,
    unsafely: usize,
}

/// A table: the worst first, then the commonest. The last line is the sum.
pub(super) fn statistics(run: &Run<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut rows: BTreeMap<(Severity, &str), Row> = BTreeMap::new();
    for checked in run.checked {
        let mut before = None;
        let mut found: Vec<_> = checked.found.iter().collect();
        found.sort_by_key(|found| (found.severity, &found.rule));
        for found in found {
            let key = (found.severity, found.rule.as_str());
            let row = rows.entry(key).or_default();
            row.found += 1;
            row.notes += usize::from(before.replace(key) != Some(key));
            match found.fix.as_ref().map(|fix| fix.applicability) {
                Some(Applicability::Safe) => row.safe += 1,
                Some(Applicability::Unsafe) => row.unsafely += 1,
                _ => {}
            }
        }
    }
    let mut rows: Vec<((Severity, &str), Row)> = rows.into_iter().collect();
    rows.sort_by_key(|((severity, rule), row)| (std::cmp::Reverse((*severity, row.found)), *rule));
    writeln!(out, "{:>8}  {:>8}  {:>8}  {:>8}  rule", "findings", "notes", "fix", "unsafe")?;
    for ((severity, rule), Row { found, notes, safe, unsafely }) in rows {
        let rule = visible(rule);
        writeln!(out, "{found:>8}  {notes:>8}  {safe:>8}  {unsafely:>8}  {}[{rule}]", severity.name())?;
    }
    let all = run.summary;
    let (found, notes) = (all.findings(), all.notes_with_findings);
    writeln!(out, "{found:>8}  {notes:>8}  {:>8}  {:>8}  in all", all.fixable, all.fixable_unsafely)
}
