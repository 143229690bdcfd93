//! One JSON document, `version` 1: what it holds is in the README.

use std::io::{self, Write};

use serde::Serialize;

use super::{Run, Summary};
use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::language::{Confidence, Verdict};
use crate::span::{LineIndex, Position, Span};

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    findings: Vec<Finding<'a>>,
    summary: &'a Summary,
}

#[derive(Serialize)]
struct Finding<'a> {
    rule: &'a str,
    severity: Severity,
    path: &'a str,
    message: &'a str,
    verdict: Option<Verdict>,
    confidence: Option<Confidence>,
    #[serde(flatten)]
    place: Place,
    labels: Vec<Label<'a>>,
    evidence: &'a [String],
    help: Option<&'a str>,
    fix: Option<Fix<'a>>,
}

/// Bytes from the start of the file, half-open; 1-based lines and columns, columns in characters.
#[derive(Serialize)]
struct Place {
    span: [usize; 2],
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct Label<'a> {
    #[serde(flatten)]
    place: Place,
    text: &'a str,
}

#[derive(Serialize)]
struct Fix<'a> {
    title: &'a str,
    applicability: Applicability,
    edits: Vec<Edit<'a>>,
}

#[derive(Serialize)]
struct Edit<'a> {
    #[serde(flatten)]
    place: Place,
    text: &'a str,
}

/// All findings, whatever the limit: programs read this.
pub fn json(run: &Run<'_>, out: &mut impl Write) -> io::Result<()> {
    let mut findings = Vec::new();
    for checked in run.checked.iter().filter(|checked| !checked.found.is_empty()) {
        let index = LineIndex::new(&checked.note.text);
        findings.extend(checked.found.iter().map(|found| finding(found, &checked.shown_path, &index)));
    }
    serde_json::to_writer_pretty(&mut *out, &Document { version: 1, findings, summary: run.summary })?;
    writeln!(out)
}

fn finding<'a>(found: &'a Diagnostic, path: &'a str, index: &LineIndex<'_>) -> Finding<'a> {
    let label = |label: &'a crate::diagnostic::Label| Label { place: place(label.span, index), text: &label.text };
    let edit = |edit: &'a crate::diagnostic::Edit| Edit { place: place(edit.span, index), text: &edit.text };
    Finding {
        rule: &found.rule,
        severity: found.severity,
        path,
        message: &found.message,
        verdict: found.judged.map(|judged| judged.verdict),
        confidence: found.judged.map(|judged| judged.confidence),
        place: place(found.span, index),
        labels: found.labels.iter().map(label).collect(),
        evidence: &found.evidence,
        help: found.help.as_deref(),
        fix: found.fix.as_ref().map(|fix| Fix {
            title: &fix.title,
            applicability: fix.applicability,
            edits: fix.edits.iter().map(edit).collect(),
        }),
    }
}

fn place(span: Span, index: &LineIndex<'_>) -> Place {
    Place { span: [span.start(), span.end()], start: index.position(span.start()), end: index.position(span.end()) }
}
