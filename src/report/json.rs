//! One JSON document, `version` 1: what it holds is in the README.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};

use serde::Serialize;

use super::{Run, Summary, Told};
use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::escape::steers;
use crate::language::{Confidence, Verdict};
use crate::span::{LineIndex, Position, Span};

/// Changes when a field changes its meaning or goes away.
pub(super) const VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    findings: Vec<Finding<'a>>,
    summary: &'a Summary,
}

#[derive(Serialize)]
pub(super) struct Finding<'a> {
    rule: &'a str,
    severity: Severity,
    path: &'a str,
    fingerprint: &'a str,
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
pub(super) fn json(run: &Run<'_>, out: &mut dyn Write) -> io::Result<()> {
    let told: Vec<Told<'_>> = run.told().collect();
    let findings = told.iter().flat_map(findings).collect();
    let document = serde_json::to_string_pretty(&Document { version: VERSION, findings, summary: run.summary })?;
    writeln!(out, "{}", harmless(&document))
}

/// The findings of one note.
pub(super) fn findings<'a>(told: &'a Told<'_>) -> impl Iterator<Item = Finding<'a>> {
    let all = told.found.iter().zip(&told.fingerprints);
    all.map(|(found, fingerprint)| finding(found, fingerprint, told))
}

/// JSON in which everything that steers a terminal is written out: it can only stand in strings.
pub(crate) fn harmless(json: &str) -> Cow<'_, str> {
    let steers = |c: char| c != '\n' && c != '\t' && steers(c);
    if !json.contains(steers) {
        return Cow::Borrowed(json);
    }
    let mut text = String::with_capacity(json.len() + 64);
    for c in json.chars() {
        if steers(c) {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                let _ = write!(text, "\\u{unit:04x}");
            }
        } else {
            text.push(c);
        }
    }
    Cow::Owned(text)
}

fn finding<'a>(found: &'a Diagnostic, fingerprint: &'a str, told: &'a Told<'_>) -> Finding<'a> {
    let (path, index) = (told.path, &told.index);
    let label = |label: &'a crate::diagnostic::Label| Label { place: place(label.span, index), text: &label.text };
    let edit = |edit: &'a crate::diagnostic::Edit| Edit { place: place(edit.span, index), text: &edit.text };
    Finding {
        rule: &found.rule,
        severity: found.severity,
        path,
        fingerprint,
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
