//! The code quality report of GitLab (<https://docs.gitlab.com/ci/testing/code_quality/>).

use std::io::{self, Write};

use serde::Serialize;
use xxhash_rust::xxh3::xxh3_64;

use super::Run;
use super::json::harmless;
use crate::diagnostic::Severity;
use crate::span::Position;

#[derive(Serialize)]
struct Issue<'a> {
    description: &'a str,
    check_name: &'a str,
    /// GitLab wants it unique in the whole report, so the path is a part of it.
    fingerprint: String,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    positions: Positions,
}

#[derive(Serialize)]
struct Positions {
    begin: Position,
    end: Position,
}

pub(super) fn gitlab(run: &Run<'_>, out: &mut dyn Write) -> io::Result<()> {
    let told: Vec<_> = run.told().collect();
    let issues = told.iter().flat_map(|told| {
        told.found.iter().zip(&told.fingerprints).map(|(found, fingerprint)| Issue {
            description: &found.message,
            check_name: &found.rule,
            fingerprint: format!("{:016x}", xxh3_64(format!("{}\n{fingerprint}", told.path).as_bytes())),
            severity: match found.severity {
                Severity::Error => "major",
                Severity::Warning => "minor",
                Severity::Info => "info",
            },
            location: Location {
                path: told.path.strip_prefix("./").unwrap_or(told.path),
                positions: Positions {
                    begin: told.index.position(found.span.start()),
                    end: told.index.position(found.span.end()),
                },
            },
        })
    });
    let issues: Vec<Issue<'_>> = issues.collect();
    writeln!(out, "{}", harmless(&serde_json::to_string_pretty(&issues)?))
}
