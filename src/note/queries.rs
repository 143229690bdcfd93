//! The tags in the queries of a note: in `query` and `dataview` code blocks.

use memchr::memmem;

use super::link::in_links;
use super::{Note, ZoneKind, is_tag_char};
use crate::span::Span;

/// What a query is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Language {
    /// Obsidian's search.
    Query,
    Dataview,
}

/// The names of the tags in all queries, without `#`, in order: `#a`, and `tag:a` in a search.
pub(crate) fn names(note: &Note) -> Vec<Span> {
    let text = &note.text;
    let mut found = Vec::new();
    for (language, line) in lines(note) {
        let mut quoted = false;
        for (at, mark) in line.of(text).match_indices(['#', '"']) {
            if mark == "\"" {
                quoted = !quoted;
                continue;
            }
            let at = line.start() + at;
            let before = &text[line.start()..at];
            // `[[Note#Heading]]`, `[[#Heading]]` and the like are no tags.
            let apart = !before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '[' | '#' | '/' | '_' | ']'));
            // Between quotes Dataview has a text, which a tag begins at most: `contains(tags, "#a")`.
            let in_text = quoted && language == Language::Dataview && !before.ends_with('"');
            let name = name_at(text, at + 1);
            if apart && !in_text && !name.is_empty() {
                found.push(name);
            }
        }
        for (at, key) in line.of(text).match_indices("tag:").filter(|_| language == Language::Query) {
            let name = name_at(text, line.start() + at + key.len());
            let apart = !text[line.start()..line.start() + at].ends_with(char::is_alphanumeric);
            if apart && !name.is_empty() {
                found.push(name);
            }
        }
    }
    found.sort_unstable();
    let mut in_link = in_links(&note.links);
    found.retain(|name| !in_link(name.start()));
    found
}

/// What stands between quotes in `dataview` queries: perhaps a tag, perhaps a folder or a word.
pub(crate) fn strings(note: &Note) -> Vec<Span> {
    let text = &note.text;
    let mut found = Vec::new();
    for (_, line) in lines(note).into_iter().filter(|(language, _)| *language == Language::Dataview) {
        let quotes: Vec<usize> = line.of(text).match_indices('"').map(|(at, _)| line.start() + at).collect();
        found.extend(quotes.chunks_exact(2).map(|pair| Span::new(pair[0] + 1, pair[1])));
    }
    found
}

/// The name of a tag that begins at `at`; perhaps empty.
pub(crate) fn name_at(text: &str, at: usize) -> Span {
    let name = &text[at..];
    Span::new(at, at + name.find(|c| !is_tag_char(c)).unwrap_or(name.len()))
}

/// The lines inside the queries, without line ends.
fn lines(note: &Note) -> Vec<(Language, Span)> {
    let mut found = Vec::new();
    // Most notes have no query, and what Markdown makes of them need not be known for that.
    if note.unreadable.is_some() || !["```", "~~~"].into_iter().any(|fence| opens_one(&note.text, fence)) {
        return found;
    }
    for zone in note.zones().iter().filter(|zone| zone.kind == ZoneKind::CodeBlock) {
        let mut open = None;
        let mut at = zone.span.start();
        for line in zone.span.of(&note.text).split_inclusive('\n') {
            match open {
                // A block that is indented shows how a query is written.
                None => {
                    let (mark, info) = fence(line);
                    let Some(language) = language(info).filter(|_| mark.len() >= 3) else { break };
                    open = Some((mark, language));
                }
                Some((opening, language)) => {
                    let (mark, info) = fence(line.trim_start_matches([' ', '\t', '>']).trim_end());
                    if mark.starts_with(opening) && info.is_empty() {
                        break;
                    }
                    found.push((language, Span::new(at, at + line.trim_end().len())));
                }
            }
            at += line.len();
        }
    }
    found
}

/// The marks of a fence that a line begins with, and what stands behind them.
fn fence(line: &str) -> (&str, &str) {
    line.split_at(line.len() - line.trim_start_matches(['`', '~']).len())
}

/// Whether a query may begin below a line with such a fence.
fn opens_one(text: &str, fence: &str) -> bool {
    let mut rest = text;
    while let Some(at) = memmem::find(rest.as_bytes(), fence.as_bytes()) {
        // No other marks on the line can be a fence.
        let (line, below) = rest[at..].split_once('\n').unwrap_or((&rest[at..], ""));
        if language(line.trim_start_matches(['`', '~'])).is_some() {
            return true;
        }
        rest = below;
    }
    false
}

fn language(info: &str) -> Option<Language> {
    match info.split_whitespace().next()?.to_ascii_lowercase().as_str() {
        "query" => Some(Language::Query),
        "dataview" => Some(Language::Dataview),
        _ => None,
    }
}
