//! Counts what a run has found.

use std::collections::BTreeMap;

use super::Checked;
use crate::diagnostic::{Applicability, Severity};

/// The figures of a run.
#[derive(Debug, Default, Clone, serde::Serialize)]
pub struct Summary {
    /// Notes that were read to know the vault.
    pub notes_read: usize,
    /// Notes that findings could be reported in.
    pub notes_checked: usize,
    pub notes_with_findings: usize,
    pub errors: usize,
    pub warnings: usize,
    pub infos: usize,
    /// Findings that `vaultmend fix` settles.
    pub fixable: usize,
    /// Findings that need `vaultmend fix --unsafe`.
    pub fixable_unsafely: usize,
    /// Findings that a suppression has answered; they are in none of the other figures.
    pub suppressed: usize,
    /// Findings that the baseline knows, not shown and not counted above.
    pub known: usize,
    /// Findings outside what has changed, not shown and not counted above.
    pub elsewhere: usize,
    /// Findings by rule.
    pub rules: BTreeMap<String, usize>,
    #[serde(skip)]
    worst: Option<Severity>,
}

impl Summary {
    pub fn of(checked: &[Checked], notes_read: usize) -> Self {
        let mut summary = Summary { notes_read, notes_checked: checked.len(), ..Summary::default() };
        for note in checked {
            summary.suppressed += note.suppressed;
            summary.notes_with_findings += usize::from(!note.found.is_empty());
            for finding in &note.found {
                match finding.severity {
                    Severity::Error => summary.errors += 1,
                    Severity::Warning => summary.warnings += 1,
                    Severity::Info => summary.infos += 1,
                }
                match finding.fix.as_ref().map(|fix| fix.applicability) {
                    Some(Applicability::Safe) => summary.fixable += 1,
                    Some(Applicability::Unsafe) => summary.fixable_unsafely += 1,
                    _ => {}
                }
                *summary.rules.entry(finding.rule.clone()).or_default() += 1;
                summary.worst = summary.worst.max(Some(finding.severity));
            }
        }
        summary
    }

    pub fn findings(&self) -> usize {
        self.errors + self.warnings + self.infos
    }

    /// Whether anything was found at or above this severity.
    pub fn reaches(&self, severity: Severity) -> bool {
        self.worst.is_some_and(|worst| worst >= severity)
    }

    /// The figures in words, a line each, rules by number of findings.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = vec![self.counted()];
        let mut rules: Vec<(&String, &usize)> = self.rules.iter().collect();
        rules.sort_by_key(|(id, n)| (std::cmp::Reverse(**n), *id));
        let width = rules.iter().map(|(_, n)| n.to_string().len()).max().unwrap_or(0);
        lines.extend(rules.iter().map(|(id, n)| format!("  {n:>width$}  {id}")));
        if self.fixable > 0 {
            lines.push(format!(
                "{} can be repaired by `vaultmend fix` (look first: `vaultmend fix --diff`)",
                self.fixable
            ));
        }
        if self.fixable_unsafely > 0 {
            lines.push(format!("{} more by `vaultmend fix --unsafe`, which asks for your eyes", self.fixable_unsafely));
        }
        lines
    }

    fn counted(&self) -> String {
        let kinds = [(self.errors, "error"), (self.warnings, "warning"), (self.infos, "info")];
        let found: Vec<String> = kinds.iter().filter(|(n, _)| *n > 0).map(|(n, what)| count(*n, what)).collect();
        let found = if found.is_empty() { "nothing found".to_owned() } else { found.join(", ") };
        let place = if self.notes_with_findings > 0 {
            format!(" in {}", count(self.notes_with_findings, "note"))
        } else {
            String::new()
        };
        let read = if self.notes_read == self.notes_checked {
            format!("{} checked", count(self.notes_checked, "note"))
        } else {
            format!("{} checked, {} read", count(self.notes_checked, "note"), self.notes_read)
        };
        let hidden = [
            (self.suppressed, "suppressed"),
            (self.known, "in the baseline"),
            (self.elsewhere, "outside of what has changed"),
        ];
        let hidden: Vec<String> = hidden.iter().filter(|(n, _)| *n > 0).map(|(n, why)| format!("{n} {why}")).collect();
        let hidden = if hidden.is_empty() { String::new() } else { format!("; not shown: {}", hidden.join(", ")) };
        format!("{found}{place} ({read}){hidden}")
    }
}

/// "1 note", "2 notes"; "info" has no plural.
pub fn count(n: usize, what: &str) -> String {
    let s = if n == 1 || what == "info" { "" } else { "s" };
    format!("{n} {what}{s}")
}
