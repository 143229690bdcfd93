//! A summary in Markdown, for `$GITHUB_STEP_SUMMARY` and merge requests.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::{Run, count, page, visible};
use crate::diagnostic::Severity;
use crate::span::LineIndex;

/// A summary of a step may be no larger than a mebibyte.
pub(super) const MOST: usize = 100;

/// The figures, a table of rules, and the worst findings.
pub(super) fn markdown(run: &Run<'_>, out: &mut dyn Write) -> io::Result<()> {
    let lines = run.summary.lines();
    writeln!(out, "## vaultmend\n\n{}", plain(lines.first().map_or("", String::as_str)))?;
    if run.summary.findings() == 0 {
        return Ok(());
    }
    writeln!(out, "\n| findings | rule |\n| ---: | --- |")?;
    let mut worst: BTreeMap<&str, Severity> = BTreeMap::new();
    for found in run.checked.iter().flat_map(|checked| &checked.found) {
        let severity = worst.entry(&found.rule).or_insert(found.severity);
        *severity = found.severity.max(*severity);
    }
    let mut rules: Vec<_> = run.summary.rules.iter().collect();
    rules.sort_by_key(|(id, n)| (std::cmp::Reverse((worst.get(id.as_str()), **n)), *id));
    for (id, n) in rules {
        let name = code(id);
        let name = page(id).map_or_else(|| name.clone(), |page| format!("[{name}]({page})"));
        writeln!(out, "| {n} | {name} |")?;
    }
    let shown = run.worst(run.limit.unwrap_or(usize::MAX));
    writeln!(out, "\n| severity | place | finding |\n| --- | --- | --- |")?;
    for (checked, found) in &shown {
        let at = LineIndex::new(&checked.text).position(found.span.start());
        let place = code(&format!("{}:{}:{}", checked.shown_path, at.line, at.column));
        writeln!(out, "| {} | {place} | {} |", found.severity.name(), plain(&found.message))?;
    }
    let hidden = run.summary.findings() - shown.len();
    if hidden > 0 {
        writeln!(out, "\n… and {}.", count(hidden, "more finding"))?;
    }
    if run.summary.fixable > 0 {
        writeln!(out, "\n{} can be repaired by `vaultmend fix`.", run.summary.fixable)?;
    }
    Ok(())
}

/// A text as code in a cell: between more backticks than stand in it.
fn code(text: &str) -> String {
    let text = visible(text).replace('|', "\\|");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let blank = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{blank}{text}{blank}{fence}")
}

/// A message in a cell; what stands between backticks in it is code, and no mark in it means anything.
fn plain(message: &str) -> String {
    let message = visible(message);
    let mut text = String::with_capacity(message.len());
    let balanced = message.matches('`').count().is_multiple_of(2);
    for (i, part) in message.split('`').enumerate() {
        if balanced && i % 2 == 1 {
            text.push_str(&code(part));
            continue;
        }
        if i > 0 && !balanced {
            text.push_str("\\`");
        }
        for c in part.chars() {
            if "\\*_[]<>|#!~&@$:".contains(c) {
                text.push('\\');
            }
            text.push(c);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Event, Options, Parser, Tag};

    use super::*;

    #[test]
    fn no_text_breaks_out_of_its_cell() {
        for text in ["a|b", r"[[a\|b]]", r"\\|", r"a\", "`|`", "``a| `", "<b>|</b>", "![x](y)|", "a\n| b |"] {
            let table = format!("| a | b |\n| --- | --- |\n| {} | {} |\n| c | d |\n", code(text), plain(text));
            let events: Vec<Event<'_>> = Parser::new_ext(&table, Options::ENABLE_TABLES).collect();
            let count = |wanted: fn(&Event<'_>) -> bool| events.iter().filter(|event| wanted(event)).count();
            assert_eq!(count(|event| matches!(event, Event::Start(Tag::TableCell))), 6, "{text}: {table}");
            let foreign = |event: &Event<'_>| {
                matches!(
                    event,
                    Event::Html(_) | Event::InlineHtml(_) | Event::Start(Tag::Link { .. } | Tag::Image { .. })
                )
            };
            assert_eq!(count(foreign), 0, "{text}: {table}");
            assert!(events.iter().any(|event| matches!(event, Event::Code(_))), "{text}: {table}");
        }
    }
}
