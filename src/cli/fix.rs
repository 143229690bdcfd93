//! `vaultmend fix`: shows or makes the repairs.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::args::{Fix, Global};
use super::check::Hidden;
use super::session::Session;
use super::stop::Stop;
use super::{Outcome, changed, check, output};
use crate::diagnostic::{Applicability, Diagnostic, Severity, UNWRITABLE};
use crate::engine::{Fixed, settle};
use crate::error::Error;
use crate::note::Note;
use crate::report::{self, Checked, visible};
use crate::span::Span;
use crate::vault::write::{Refusal, Writer};

pub(super) fn run(options: &Fix, global: &Global) -> Result<Outcome, Error> {
    run_with(options, global, |_| Ok(()))
}

/// The same in a vault that is made ready before, as with other rules than the configuration's.
pub(super) fn run_with(
    options: &Fix,
    global: &Global,
    ready: impl FnOnce(&mut Session) -> Result<(), Error>,
) -> Result<Outcome, Error> {
    let (mut session, changes) = changed::open(&options.paths, &options.change, true, global)?;
    let baseline = options.against.open(&session)?;
    session.keep_files(&options.reporting, baseline.as_ref().map(|baseline| &*baseline.file))?;
    ready(&mut session)?;
    let notes = std::mem::take(&mut session.notes);
    let least = if options.unsafely { Applicability::Unsafe } else { Applicability::Safe };
    let around = (&session.rules, &session.config.ignore_in, &session.config.tags.taxonomy);
    let known = (std::mem::take(&mut session.vault), std::mem::take(&mut session.survey));
    // All notes are settled before the first is written.
    let mut fixed = settle(around, known, notes, &session.chosen, least)?;
    let known = baseline.map_or(0, |baseline| baseline.hide(&mut fixed));
    let hidden = Hidden { known, elsewhere: 0, nothing: changes.map(|changes| changes.nothing) };
    if options.diff || session.from_stdin {
        let shown = if options.diff {
            diff(&session, &fixed, &hidden, options)
        } else {
            pass_on(&session, &fixed, &hidden, options)
        };
        let outcome = shown?;
        let left: Vec<Checked> = fixed.into_iter().map(|one| tell_one(&session, one, None).0).collect();
        check::write_reports(&session, &left, &options.reporting, &hidden)?;
        return Ok(outcome);
    }
    let stop = Stop::heed(true);
    let written = write(&session, fixed, &stop);
    let stopped = stop.end();
    // A report of half the work would be taken for one of all.
    tell(&written, stopped.is_err() || options.reporting.format().name == "human");
    stopped?;
    let checked: Vec<Checked> = written.into_iter().map(|(checked, _)| checked).collect();
    let outcome = check::report(&session, &checked, &options.reporting, &hidden)?;
    let unwritten = checked.iter().filter(|one| one.found.iter().any(|found| found.rule == UNWRITABLE)).count();
    if unwritten > 0 {
        return Err(Error::usage(format!("{} could not be written", report::count(unwritten, "note"))));
    }
    // The process ends, and the system takes its memory back faster than note by note.
    std::mem::forget((checked, session));
    Ok(outcome)
}

/// Hands the note from standard input on, repaired unless it is left out.
fn pass_on(session: &Session, fixed: &[Fixed], hidden: &Hidden, options: &Fix) -> Result<Outcome, Error> {
    if let Some(bytes) = &session.left_out {
        output::print_bytes(bytes)?;
    }
    for one in fixed {
        if let Some(why) = &one.note.unreadable {
            // Nothing on standard output would be taken for an empty note.
            return Err(Error::usage(format!("standard input cannot be read as a note: {why}")));
        }
        output::print(&one.note.text)?;
    }
    let (repairs, left) = counts(fixed);
    output::say(&format!("{repairs}, {left} left"));
    say_if_nothing(fixed, hidden);
    Ok(outcome(fixed, options))
}

/// The repairs made and the findings left, in words.
fn counts(fixed: &[Fixed]) -> (String, String) {
    let repairs = fixed.iter().map(|one| one.applied.len()).sum();
    let left = fixed.iter().map(|one| one.left.len()).sum();
    (report::count(repairs, "repair"), report::count(left, "finding"))
}

/// Whether what is left to be found makes the run fail.
fn outcome(fixed: &[Fixed], options: &Fix) -> Outcome {
    let least = options.reporting.fail_on.severity();
    let reaches = |found: &Diagnostic| least.is_some_and(|least| found.severity >= least);
    if fixed.iter().flat_map(|one| &one.left).any(reaches) { Outcome::Found } else { Outcome::Clean }
}

/// What was changed in one note: rules, and how often; with what is left to be found.
type Written = (Checked, BTreeMap<String, usize>);

/// So many notes are written at once: a disk takes many flushes together in the time of one.
const WRITERS: usize = 16;

/// Writes the notes that were changed, until it is to stop.
fn write(session: &Session, fixed: Vec<Fixed>, stop: &Stop) -> Vec<Written> {
    let writer = Writer::default();
    let make = |one: &Fixed| {
        let was = one.was.as_ref().filter(|_| !stop.leaves_out())?;
        Some(writer.replace(&session.root.join(&*one.note.path), was, &one.note.text))
    };
    let make_all = || fixed.par_iter().with_max_len(1).map(make).collect::<Vec<_>>();
    let mut made = match rayon::ThreadPoolBuilder::new().num_threads(WRITERS).build() {
        Ok(pool) => pool.install(make_all),
        Err(_) => make_all(),
    };
    for (one, made) in fixed.iter().zip(&mut made) {
        // Where the disk is nearly full there is room for one at a time.
        if matches!(made, Some(Err(Refusal::Io(_)))) {
            *made = make(one);
        }
    }
    session.say_shared(&writer.finish());
    fixed.into_par_iter().zip(made).map(|(one, made)| tell_one(session, one, made)).collect()
}

/// What became of a note; `made` tells how it was written, where it was to be.
fn tell_one(session: &Session, one: Fixed, made: Option<Result<(), Refusal>>) -> Written {
    let shown_path = session.shown_path(&one.note.path);
    let mut counts = BTreeMap::new();
    if let (Some(Err(why)), Some(text)) = (&made, one.was) {
        let found = vec![not_written(&one.note, &why.to_string())];
        return (Checked { path: one.note.path, shown_path, text, found, suppressed: 0 }, counts);
    }
    if made.is_some() {
        for finding in &one.applied {
            *counts.entry(finding.rule.clone()).or_default() += 1;
        }
    }
    let Note { path, text, .. } = one.note;
    (Checked { path, shown_path, text, found: one.left, suppressed: one.suppressed }, counts)
}

/// What is found of a note whose repairs could not be written.
fn not_written(note: &Note, why: &str) -> Diagnostic {
    Diagnostic {
        rule: UNWRITABLE.to_owned(),
        severity: Severity::Error,
        note: note.path.to_string(),
        span: Span::at(0),
        message: format!("the note was not repaired: {why}"),
        judged: None,
        labels: Vec::new(),
        evidence: Vec::new(),
        help: Some("its file is as it was; run the same command again when that is mended".to_owned()),
        fix: None,
    }
}

fn diff(session: &Session, fixed: &[Fixed], hidden: &Hidden, options: &Fix) -> Result<Outcome, Error> {
    let mut changed = 0;
    for one in fixed {
        let Some(was) = &one.was else { continue };
        changed += usize::from(output::print_diff(&session.diff_path(&one.note.path), was, &one.note.text)?);
    }
    let (repairs, left) = counts(fixed);
    output::say(&format!("{repairs} in {}, {left} would be left", report::count(changed, "note")));
    say_if_nothing(fixed, hidden);
    Ok(if changed > 0 { Outcome::Found } else { outcome(fixed, options) })
}

/// Says that no note was chosen, where none was.
fn say_if_nothing(fixed: &[Fixed], hidden: &Hidden) {
    if fixed.is_empty() {
        output::say(hidden.nothing.as_deref().unwrap_or(check::NOTHING));
    }
}

/// Says what was changed, note by note unless a program reads the rest.
fn tell(written: &[Written], by_note: bool) {
    let (mut notes, mut repairs, mut lines) = (0, 0, Vec::new());
    for (checked, counts) in written.iter().filter(|(_, counts)| !counts.is_empty()) {
        notes += 1;
        repairs += counts.values().sum::<usize>();
        if !by_note {
            continue;
        }
        let what: Vec<String> = counts.iter().map(|(rule, n)| format!("{n} {rule}")).collect();
        lines.push(format!("repaired {}: {}", visible(&checked.shown_path), what.join(", ")));
    }
    lines.push(format!("{} in {}", report::count(repairs, "repair"), report::count(notes, "note")));
    output::say(&lines.join("\n"));
}
