//! Writes suppressions into a note, for findings it has.

use std::collections::{BTreeMap, BTreeSet};

use super::{KEY, MARK};
use crate::diagnostic::Diagnostic;
use crate::note::{Note, ZoneKind};
use crate::span::{LineIndex, Span};

/// The text of a note in which these findings are suppressed: by a comment at the end of their line,
/// above a heading, and in the frontmatter where a comment would be seen or break something. All else
/// stays byte for byte.
///
/// # Errors
/// Why that cannot be done, in lower case.
pub fn suppressed(note: &Note, found: &[Diagnostic], reason: Option<&str>) -> Result<String, String> {
    let index = LineIndex::new(&note.text);
    let mut comments: BTreeMap<usize, (bool, BTreeSet<&str>)> = BTreeMap::new();
    let mut whole: BTreeSet<&str> = BTreeSet::new();
    for finding in found {
        let line = index.line(index.position(finding.span.start()).line);
        match place(note, line, finding.span.start()) {
            Place::End(at) => comments.entry(at).or_default().1.insert(&finding.rule),
            Place::Above => {
                let (above, rules) = comments.entry(line.start()).or_default();
                *above = true;
                rules.insert(&finding.rule)
            }
            Place::Frontmatter => whole.insert(&finding.rule),
        };
    }
    let line_end = if note.text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut text = note.text.clone();
    for (&at, (above, rules)) in comments.iter().rev() {
        let rules = rules.iter().copied().collect::<Vec<_>>().join(", ");
        let why = reason.map_or(String::new(), |reason| format!(": {reason}"));
        let comment = format!("%% {MARK} {rules}{why} %%");
        text.insert_str(at, &if *above { format!("{comment}{line_end}") } else { format!(" {comment}") });
    }
    if !whole.is_empty() {
        let (at, lines) = in_frontmatter(note, &whole, reason, line_end)?;
        text.insert_str(at, &lines);
    }
    Ok(text)
}

/// Where a suppression of a finding goes.
enum Place {
    /// Behind the last word of its line.
    End(usize),
    Above,
    Frontmatter,
}

fn place(note: &Note, line: Span, offset: usize) -> Place {
    let text = line.of(&note.text);
    let kinds: Vec<ZoneKind> = note
        .zones()
        .iter()
        .filter(|zone| zone.span.start() < line.end() && zone.span.end() > line.start())
        .map(|zone| zone.kind)
        .collect();
    if offset < note.body() || note.is_in_table(offset) || kinds.is_empty() || is_field(text) {
        return Place::Frontmatter;
    }
    if kinds.iter().all(|kind| *kind == ZoneKind::Heading) && text.starts_with('#') {
        return Place::Above;
    }
    let running = |kind: &ZoneKind| {
        kind.is_text() && *kind != ZoneKind::Heading || kind.is_url() || *kind == ZoneKind::InlineCode
    };
    // A code span, or a link, may go on in the next line.
    let ends = kinds.last().is_some_and(|kind| *kind == ZoneKind::Prose) || note.text[line.end()..].trim().is_empty();
    if text.trim().is_empty() || !kinds.iter().all(running) || !ends {
        return Place::Frontmatter;
    }
    // Blanks and a backslash at the end of a line break it, and the id of a block is its last word.
    let mut words = text.trim_end();
    words = words.strip_suffix('\\').unwrap_or(words).trim_end();
    if let Some((before, id)) = words.rsplit_once(" ^")
        && crate::note::is_block_id(id)
    {
        words = before.trim_end();
    }
    Place::End(line.start() + words.len())
}

/// Whether a line is a field of Dataview or Logseq, `key:: value`: a comment would be a part of the value.
fn is_field(line: &str) -> bool {
    let words = line.trim_start_matches(|c: char| c.is_whitespace() || c.is_ascii_digit() || ">-*+_~.)".contains(c));
    let is_item = line[..line.len() - words.len()].trim_end().ends_with(['-', '*', '+', '.', ')']);
    let words = after_task(words).filter(|_| is_item).unwrap_or(words);
    let Some((key, value)) = words.split_once("::") else { return false };
    if key.is_empty() || key.contains(|c: char| "`[]()|:.,;".contains(c)) {
        return false;
    }
    // In a sentence `std::string` may be spoken of.
    let is_mark = |c: char| c == '*' || c == '_';
    let is_parted = value.is_empty() || value.starts_with(|c: char| c.is_whitespace() || is_mark(c));
    is_parted || key.ends_with(is_mark) || !key.contains(char::is_whitespace)
}

/// What stands behind the mark of a task, `[x] `.
fn after_task(words: &str) -> Option<&str> {
    let mut mark = words.strip_prefix('[')?.chars();
    mark.next()?;
    mark.as_str().strip_prefix("] ")
}

/// The key with these rules, and the reason as a comment, and the offset where it goes.
fn in_frontmatter(
    note: &Note,
    rules: &BTreeSet<&str>,
    reason: Option<&str>,
    line_end: &str,
) -> Result<(usize, String), String> {
    let plain = |rule: &str| rule.chars().all(|c| c.is_ascii_alphanumeric() || "/-_".contains(c));
    let item = |rule: &&str| if plain(rule) { (*rule).to_owned() } else { format!("{rule:?}") };
    let items: String = rules.iter().map(|rule| format!("    - {}{line_end}", item(rule))).collect();
    let why = reason.map_or(String::new(), |reason| format!(" # {reason}"));
    let lines = format!("{KEY}:{line_end}  ignore:{why}{line_end}{items}");
    let Some(frontmatter) = &note.frontmatter else {
        let mark = if note.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        return Ok((mark, format!("---{line_end}{lines}---{line_end}")));
    };
    if frontmatter.entry(KEY).is_some() {
        let rules = rules.iter().copied().collect::<Vec<_>>().join(", ");
        return Err(format!("its frontmatter has a key `{KEY}` already; these belong there: {rules}"));
    }
    if frontmatter.error.is_some() || frontmatter.flow {
        return Err("its frontmatter takes no further key".to_owned());
    }
    Ok((frontmatter.yaml.end(), lines))
}
