//! The table of rules that the README shows.

use std::fmt::Write as _;

use crate::diagnostic::{Applicability, Severity};
use crate::rule::Rules;

/// The rules as a Markdown table.
pub fn rule_table(rules: &Rules) -> String {
    let mut text = String::from("| rule | finds | default | fix |\n| --- | --- | --- | --- |\n");
    for rule in rules.iter() {
        let (severity, fix) = (rule.severity.map_or("off", Severity::name), rule.fix.map_or("–", Applicability::name));
        let _ = writeln!(text, "| `{}` | {} | {severity} | {fix} |", rule.id, rule.summary.replace('|', "\\|"));
    }
    text
}
