//! The table of tags.

use std::cmp::Reverse;
use std::fmt::Write as _;

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::super::args::TagsFormat;
use super::super::session::Session;
use super::super::{Outcome, output};
use crate::error::Error;
use crate::report::visible;
use crate::taxonomy::Ruling;
use crate::vault::tags::Tag;

/// A line of the table.
#[derive(Serialize)]
struct Line {
    tag: String,
    notes: u32,
    uses: u32,
    frontmatter: u32,
    text: u32,
    /// The path of the note it is first seen in.
    first: String,
    problems: Vec<String>,
}

#[derive(Serialize)]
struct Document {
    version: u32,
    tags: Vec<Line>,
}

pub(super) fn run(session: &Session, format: TagsFormat) -> Result<Outcome, Error> {
    let tags = session.vault.tags();
    let lines = super::used(tags).map(|(tag, name, known)| Line {
        notes: known.notes,
        uses: known.uses(),
        frontmatter: known.frontmatter,
        text: known.text,
        first: session.vault.notes().get(known.first as usize).map_or_else(String::new, |note| note.path.to_string()),
        problems: problems(session, &tag, name, known),
        tag,
    });
    let mut lines: Vec<Line> = lines.collect();
    lines.sort_by(|a, b| (Reverse(a.uses), &a.tag).cmp(&(Reverse(b.uses), &b.tag)));
    match format {
        TagsFormat::Json => {
            let document = serde_json::to_string_pretty(&Document { version: 1, tags: lines });
            output::print_json(&format!("{}\n", document.map_err(|e| Error::usage(e.to_string()))?))?;
        }
        TagsFormat::Human if lines.is_empty() => super::none(session),
        TagsFormat::Human => output::print_lines(&table(&lines))?,
    }
    Ok(Outcome::Clean)
}

/// What is odd about a tag, a phrase each.
fn problems(session: &Session, tag: &str, name: &str, known: &Tag) -> Vec<String> {
    let (vault, taxonomy) = (&session.vault, &session.config.tags.taxonomy);
    let mut problems = Vec::new();
    match taxonomy.ruling(tag, vault.tags()) {
        Ruling::Unknown => problems.push("not allowed".to_owned()),
        Ruling::Renamed { new, .. } => problems.push(format!("now `{new}`")),
        Ruling::Written(wanted) => problems.push(format!("to be written `{wanted}`")),
        Ruling::Numeric | Ruling::Fine => {}
    }
    let others = known.spellings.iter().filter(|spelling| &*spelling.text != known.winner());
    let others: Vec<String> = others.map(|spelling| format!("`{}` ({})", spelling.text, spelling.uses)).collect();
    if !others.is_empty() {
        problems.push(format!("also {}", others.join(", ")));
    }
    if let Some(near) = vault.tags().near(name) {
        problems.push(format!("near `{}`", vault.tags().spelling(&near.twin)));
    }
    problems.extend(super::what_is_wrong(tag).map(str::to_owned));
    if known.lost > 0 {
        problems.push(format!("{} unseen by YAML", known.lost));
    }
    problems
}

fn table(lines: &[Line]) -> String {
    let place = |line: &Line| match (line.frontmatter, line.text) {
        (_, 0) => "frontmatter",
        (0, _) => "text",
        _ => "both",
    };
    let head = ["tag", "notes", "uses", "where", "first seen", "problems"].map(str::to_owned);
    let rows = lines.iter().map(|line| {
        let problems = visible(&line.problems.join("; "));
        let (notes, uses) = (line.notes.to_string(), line.uses.to_string());
        [visible(&line.tag), notes, uses, place(line).to_owned(), visible(&line.first), problems]
    });
    let rows: Vec<[String; 6]> = std::iter::once(head).chain(rows).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].width()).max().unwrap_or(0);
    let widths = [0, 1, 2, 3, 4, 5].map(width);
    let mut text = String::new();
    for row in &rows {
        let mut line = String::new();
        for (column, cell) in row.iter().enumerate() {
            // In columns of a terminal, where many letters take two; `format!` counts characters.
            let blanks = " ".repeat(widths[column] - cell.width());
            let number = matches!(column, 1 | 2);
            let _ = if number { write!(line, "{blanks}{cell}  ") } else { write!(line, "{cell}{blanks}  ") };
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}
