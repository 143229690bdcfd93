//! `vaultmend rules`: lists the rules in force, or explains one.

use std::fmt::Write as _;

use super::args::{Global, Rules as Options};
use super::{Outcome, configuration, output};
use crate::config::suggest_rule;
use crate::diagnostic::Applicability;
use crate::error::Error;
use crate::rule::{Rule, Rules};

pub(super) fn run(options: &Options, global: &Global) -> Result<Outcome, Error> {
    let here = std::env::current_dir().map_err(|e| Error::io("the current folder", e))?;
    let root = crate::vault::walk::root(std::slice::from_ref(&here));
    let rules = configuration::rules(&configuration::read(global, &root)?)?;
    let text = match &options.id {
        Some(id) => {
            let unknown = || Error::usage(format!("there is no rule `{id}`")).help(suggest_rule(id, &rules));
            explain(rules.get(id).ok_or_else(unknown)?)
        }
        None if options.markdown => crate::report::rule_table(&rules),
        None => list(&rules),
    };
    let lines = text.trim_end().lines().map(|line| format!("{}\n", crate::report::visible(line)));
    output::print(&lines.collect::<String>())?;
    Ok(Outcome::Clean)
}

fn severity(rule: &Rule) -> &'static str {
    rule.severity.map_or("off", crate::diagnostic::Severity::name)
}

fn list(rules: &Rules) -> String {
    let width = rules.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
    let mut text = String::new();
    for rule in rules.iter() {
        let fix = rule.fix.map_or("-", Applicability::name);
        let _ = writeln!(text, "{:<width$}  {:<7}  {fix:<7}  {}", rule.id, severity(rule), rule.summary);
    }
    text
}

fn explain(rule: &Rule) -> String {
    let fix = rule.fix.map_or("none", Applicability::name);
    let mut text = format!("{}: {}\n\n", rule.id, rule.summary);
    let _ = writeln!(text, "severity: {}\nfix: {fix}\n\n{}\n", severity(rule), rule.docs);
    if !rule.params.is_empty() {
        let _ = writeln!(text, "Parameters in force:\n");
        for (key, value) in &rule.params {
            let _ = writeln!(text, "    {key} = {value}");
        }
        text.push('\n');
    }
    for example in rule.examples.get().iter().filter(|example| !example.finds.is_empty()).take(3) {
        let _ = writeln!(text, "Example: {}\n\n{}", example.name, indent(&example.text));
        if let Some(fixed) = example.fixed.as_ref().or(example.fixed_unsafely.as_ref()) {
            let _ = writeln!(text, "becomes\n\n{}", indent(fixed));
        }
    }
    text
}

fn indent(text: &str) -> String {
    text.lines().map(|line| format!("    {line}\n")).collect()
}
