//! The values in force as TOML, with their origins as comments.

use std::fmt::Write as _;

use toml::Value;

use super::in_force::{From, InForce};

/// Comments stand in one column where values are no longer than this.
const WIDEST: usize = 48;

/// Values, sorted by key, as a configuration that says the same.
pub(super) fn toml(values: &[InForce]) -> String {
    let (top, below): (Vec<&InForce>, Vec<&InForce>) = values.iter().partition(|value| value.key.len() == 1);
    let mut text = String::new();
    section(&mut text, &[], &top);
    let header = |value: &InForce| if value.key[0] == "rule" { 2 } else { 1 };
    for group in below.chunk_by(|a, b| a.key[..header(a)] == b.key[..header(b)]) {
        section(&mut text, &group[0].key[..header(group[0])], group);
    }
    text
}

fn section(text: &mut String, header: &[String], values: &[&InForce]) {
    if values.is_empty() {
        return;
    }
    if !header.is_empty() {
        let _ = writeln!(text, "\n[{}]", dotted(header));
    }
    let lines: Vec<(Vec<String>, String)> = values
        .iter()
        .map(|value| {
            let name = dotted(&value.key[header.len()..]);
            let from = value.from.in_words();
            match &value.value {
                Value::Array(items) if !value.items.is_empty() => (list(&name, items, &value.items), from),
                plain => (vec![format!("{name} = {plain}")], from),
            }
        })
        .collect();
    let length = |(lines, _): &(Vec<String>, String)| lines.first().map_or(0, |line| line.chars().count());
    let width = lines.iter().map(length).filter(|length| *length <= WIDEST).max().unwrap_or(0);
    for (lines, from) in &lines {
        let first = lines.first().map_or("", String::as_str);
        // A string over several lines has its comment behind the last one.
        let gap = if first.contains('\n') { "" } else { &" ".repeat(width.saturating_sub(first.chars().count())) };
        let _ = writeln!(text, "{first}{gap} # {from}");
        lines.iter().skip(1).for_each(|line| {
            let _ = writeln!(text, "{line}");
        });
    }
}

/// A list whose items come from several places, an item a line.
fn list(name: &str, items: &[Value], from: &[From]) -> Vec<String> {
    let mut lines = vec![format!("{name} = [")];
    let written: Vec<String> = items.iter().map(|item| format!("  {item},")).collect();
    let width = written.iter().map(|item| item.chars().count()).max().unwrap_or(0);
    lines.extend(written.iter().zip(from).map(|(item, from)| format!("{item:<width$} # {}", from.in_words())));
    lines.push("]".to_owned());
    lines
}

/// A key as TOML wants it.
pub(super) fn dotted(keys: &[String]) -> String {
    let one = |key: &String| {
        let line = toml::Table::from_iter([(key.clone(), Value::Boolean(true))]).to_string();
        line.trim_end().trim_end_matches(" = true").to_owned()
    };
    keys.iter().map(one).collect::<Vec<_>>().join(".")
}
