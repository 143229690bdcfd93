//! Diagnostics for reviewdog, with suggestions
//! (<https://github.com/reviewdog/reviewdog/tree/master/proto/rdf>).

use std::io::{self, Write};

use serde::Serialize;

use super::json::harmless;
use super::{DOCS, Run, Told, in_words, page};
use crate::diagnostic::{Applicability, Severity};
use crate::span::Span;

#[derive(Serialize)]
struct Report<'a> {
    source: Source,
    diagnostics: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Source {
    name: &'static str,
    url: &'static str,
}

#[derive(Serialize)]
struct Entry<'a> {
    message: String,
    location: Location<'a>,
    severity: &'static str,
    code: Code<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<Suggestion<'a>>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    range: Range,
}

#[derive(Serialize)]
struct Range {
    start: Place,
    end: Place,
}

/// A 1-based line, and a 1-based column in bytes.
#[derive(Serialize)]
struct Place {
    line: usize,
    column: usize,
}

#[derive(Serialize)]
struct Code<'a> {
    value: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

#[derive(Serialize)]
struct Suggestion<'a> {
    range: Range,
    text: &'a str,
}

pub(super) fn rdjson(run: &Run<'_>, out: &mut dyn Write) -> io::Result<()> {
    let told: Vec<Told<'_>> = run.told().collect();
    let diagnostics = told.iter().flat_map(|told| {
        told.found.iter().map(|found| Entry {
            message: in_words(found),
            location: Location { path: told.path, range: range(told, found.span) },
            severity: match found.severity {
                Severity::Error => "ERROR",
                Severity::Warning => "WARNING",
                Severity::Info => "INFO",
            },
            code: Code { value: &found.rule, url: page(&found.rule) },
            // A suggestion is one edit, and one click makes it: so it must be the whole of a safe fix.
            suggestions: match &found.fix {
                Some(fix) if fix.applicability == Applicability::Safe && fix.edits.len() == 1 => fix
                    .edits
                    .iter()
                    .map(|edit| Suggestion { range: range(told, edit.span), text: &edit.text })
                    .collect(),
                _ => Vec::new(),
            },
        })
    });
    let diagnostics = diagnostics.collect();
    let report = Report { source: Source { name: "vaultmend", url: DOCS }, diagnostics };
    writeln!(out, "{}", harmless(&serde_json::to_string_pretty(&report)?))
}

fn range(told: &Told<'_>, span: Span) -> Range {
    let place = |offset: usize| {
        let line = told.index.position(offset).line;
        Place { line, column: offset - told.index.line(line).start() + 1 }
    };
    Range { start: place(span.start()), end: place(span.end()) }
}
