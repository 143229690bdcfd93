//! Shows what the links of a vault lead to.

use std::fmt::Write as _;

use serde::Serialize;

use super::visible;
use crate::span::Position;
use crate::vault::Target;

/// A row of the table of targets.
#[derive(Serialize)]
pub struct LinkRow<'a> {
    target: &'a str,
    paths: &'a [String],
    links: usize,
    notes: usize,
    problems: &'a [String],
}

/// A link, and where it stands.
#[derive(Serialize)]
pub struct LinkPlace {
    pub path: String,
    #[serde(flatten)]
    pub start: Position,
    pub text: String,
}

impl LinkPlace {
    /// `path:line:column: text`
    pub fn line(&self) -> String {
        format!("{}:{}:{}: {}", self.path, self.start.line, self.start.column, self.text)
    }
}

pub fn link_rows(targets: &[Target]) -> Vec<LinkRow<'_>> {
    targets.iter().map(LinkRow::of).collect()
}

impl<'a> LinkRow<'a> {
    fn of(target: &'a Target) -> Self {
        let Target { name, paths, links, notes, problems } = target;
        LinkRow { target: name, paths, links: links.len(), notes: *notes, problems }
    }
}

/// The targets as a table, the problems last.
pub fn link_table(targets: &[Target]) -> String {
    let mut text = String::from("links  notes  target\n");
    for target in targets {
        let _ = write!(text, "{:>5}  {:>5}  {}", target.links.len(), target.notes, visible(&target.name));
        if !target.problems.is_empty() {
            let _ = write!(text, "  ({})", visible(&target.problems.join("; ")));
        }
        if target.paths.len() > 1 {
            let _ = write!(text, ": {}", visible(&target.paths.join(", ")));
        }
        text.push('\n');
    }
    text
}

/// One JSON document, `version` 1, with one list in it.
pub fn json_of(name: &str, list: &impl Serialize) -> String {
    let list = serde_json::to_value(list).unwrap_or_default();
    let document = serde_json::json!({ "version": 1, name: list });
    super::harmless(&format!("{document:#}\n")).into_owned()
}
