//! SARIF 2.1.0 (<https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>).

use std::collections::BTreeMap;
use std::io::{self, Write};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::json::harmless;
use super::{DOCS, Run, Told, in_words, page};
use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::rule::Rules;
use crate::span::Span;

/// All that has a meaning in a URI, but for the slash between folders.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// One run with all findings. Paths are relative to the folder the program was run in.
pub(super) fn sarif(run: &Run<'_>, out: &mut dyn Write) -> io::Result<()> {
    let told: Vec<Told<'_>> = run.told().collect();
    let (rules, places) = rules(run.rules, &told);
    let results: Vec<Value> = told
        .iter()
        .flat_map(|told| {
            let places = &places;
            let all = told.found.iter().zip(&told.fingerprints);
            all.map(move |(found, fingerprint)| result(told, found, fingerprint, places[found.rule.as_str()]))
        })
        .collect();
    let document = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "vaultmend",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "informationUri": DOCS,
                "rules": rules,
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    writeln!(out, "{}", harmless(&serde_json::to_string_pretty(&document)?))
}

/// The rules that are on and those that found something, and the place of each among them.
fn rules<'a>(all: &'a Rules, told: &'a [Told<'_>]) -> (Vec<Value>, BTreeMap<&'a str, usize>) {
    let found = told.iter().flat_map(|told| told.found.iter().map(|found| found.rule.as_str()));
    let mut places: BTreeMap<&str, usize> =
        all.on().map(|rule| rule.id.as_str()).chain(found).map(|id| (id, 0)).collect();
    places.values_mut().enumerate().for_each(|(i, place)| *place = i);
    let rules = places.keys().map(|id| describe(all, id)).collect();
    (rules, places)
}

fn describe(all: &Rules, id: &str) -> Value {
    let mut described = json!({ "id": id });
    if let Some(rule) = all.get(id) {
        described["shortDescription"] = json!({ "text": rule.summary });
        described["help"] = json!({ "text": rule.docs, "markdown": rule.docs });
        described["defaultConfiguration"] = json!({
            "level": rule.severity.map_or("none", level),
            "enabled": rule.severity.is_some(),
        });
    }
    if let Some(page) = page(id) {
        described["helpUri"] = json!(page);
    }
    described
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn result(told: &Told<'_>, found: &Diagnostic, fingerprint: &str, rule: usize) -> Value {
    let artifact = json!({ "uri": uri(told.path) });
    let place = |span: Span| json!({ "artifactLocation": artifact, "region": region(told, span) });
    let mut result = json!({
        "ruleId": found.rule,
        "ruleIndex": rule,
        "level": level(found.severity),
        "message": { "text": in_words(found) },
        "locations": [{ "physicalLocation": place(found.span) }],
        "partialFingerprints": { "vaultmend/v1": fingerprint },
    });
    if !found.labels.is_empty() {
        let related = found.labels.iter().enumerate().map(
            |(i, label)| json!({ "id": i, "message": { "text": label.text }, "physicalLocation": place(label.span) }),
        );
        result["relatedLocations"] = related.collect();
    }
    // A viewer makes a fix at a click, so only what is safe is one.
    if let Some(fix) = found.fix.as_ref().filter(|fix| fix.applicability == Applicability::Safe) {
        let replacements: Vec<Value> = fix
            .edits
            .iter()
            .map(|edit| json!({ "deletedRegion": region(told, edit.span), "insertedContent": { "text": edit.text } }))
            .collect();
        result["fixes"] = json!([{
            "description": { "text": fix.title },
            "artifactChanges": [{ "artifactLocation": artifact, "replacements": replacements }],
        }]);
    }
    result
}

/// Lines and columns from 1, columns in characters, the end behind the last one; and bytes.
fn region(told: &Told<'_>, span: Span) -> Value {
    let (start, end) = (told.index.position(span.start()), told.index.position(span.end()));
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
        "byteOffset": span.start(),
        "byteLength": span.len(),
    })
}

/// A path as a relative reference, an absolute one as a `file:` URI.
fn uri(path: &str) -> String {
    let encoded = utf8_percent_encode(path, RESERVED).to_string();
    if path.starts_with('/') { format!("file://{encoded}") } else { encoded }
}
