//! What the lines alone tell of entries: where one ends, and which there are when YAML has none.

use super::value::{Entry, Value};
use crate::span::Span;

/// The end of an entry whose key stands in column `column` and which ends before `limit`: blank
/// lines and comments that are not indented more than the key belong to what follows.
pub(super) fn end_of_entry(text: &str, key: Span, column: usize, limit: usize) -> usize {
    let mut end = limit;
    loop {
        let above = &text[key.end()..end];
        let Some(line_end) = above.strip_suffix('\n').unwrap_or(above).rfind('\n') else { return end };
        let start = key.end() + line_end + 1;
        let line = &text[start..end];
        let content = line.trim_start_matches([' ', '\t']);
        let blank = content.trim().is_empty();
        let loose = content.starts_with('#') && line.len() - content.len() <= column;
        if !(blank || loose) {
            return end;
        }
        end = start;
    }
}

/// The entries that can be told from lines that begin with `key:`, for frontmatter that is no YAML.
pub(super) fn entries(text: &str, yaml: Span) -> Vec<Entry> {
    let mut keys = Vec::new();
    let mut at = yaml.start();
    for line in yaml.of(text).split_inclusive('\n') {
        if let Some((key, name)) = key(line) {
            keys.push((key.shift(at), name, at));
        }
        at += line.len();
    }
    let ends = keys.iter().skip(1).map(|(.., start)| *start).chain([yaml.end()]).collect::<Vec<_>>();
    keys.into_iter()
        .zip(ends)
        .map(|((key, name, _), limit)| {
            let span = Span::new(key.start(), end_of_entry(text, key, 0, limit));
            let colon = text[key.end()..span.end()].find(':').map_or(key.end(), |i| key.end() + i + 1);
            let raw = &text[colon..span.end()];
            let content = raw.trim();
            let start = colon + (raw.len() - raw.trim_start().len());
            let value = if content.is_empty() {
                Value::Null { span: Span::at(colon) }
            } else {
                Value::Raw { span: Span::new(start, start + content.len()) }
            };
            Entry { key, name: name.into(), value, span, marked: false }
        })
        .collect()
}

/// Whether a span lies in its line between two quotes of one kind, the only ones there, with no
/// more around them than a dash or a key.
pub(super) fn is_quoted(text: &str, span: Span) -> bool {
    let start = text[..span.start()].rfind('\n').map_or(0, |i| i + 1);
    let end = text[span.end()..].find('\n').map_or(text.len(), |i| span.end() + i);
    let (before, after) = (&text[start..span.start()], text[span.end()..end].trim_end());
    ['"', '\''].into_iter().any(|quote| {
        let opens = before.split_once(quote).is_some_and(|(head, inside)| {
            let head = head.trim();
            (head.ends_with(':') || head == "-") && !inside.contains(quote)
        });
        opens && after.find(quote).is_some_and(|i| i + 1 == after.len())
    })
}

/// The key at the start of a line, and its name.
fn key(line: &str) -> Option<(Span, String)> {
    let first = line.chars().next()?;
    if first.is_whitespace() || matches!(first, '#' | '[' | '{' | '|' | '>') || line.starts_with("- ") {
        return None;
    }
    let end = if matches!(first, '"' | '\'') {
        line[1..].find(first)? + 2
    } else {
        line.match_indices(':')
            .map(|(i, _)| i)
            .find(|i| line[i + 1..].chars().next().is_none_or(char::is_whitespace))?
    };
    let (key, rest) = line.split_at(end);
    let key = key.trim_end();
    let name = key.trim_matches(['"', '\'']).to_owned();
    let follows = rest.trim_start_matches([' ', '\t']).strip_prefix(':')?;
    let apart = follows.chars().next().is_none_or(char::is_whitespace);
    (!key.is_empty() && apart).then(|| (Span::new(0, key.len()), name))
}
