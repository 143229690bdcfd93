//! `vaultmend check`.

use rayon::prelude::*;

use super::args::{Check, Format, Global, Reporting};
use super::session::Session;
use super::{Outcome, output};
use crate::diagnostic::Diagnostic;
use crate::engine::Engine;
use crate::error::Error;
use crate::report::{Checked, Run, Summary};

pub(super) fn run(options: &Check, global: &Global) -> Result<Outcome, Error> {
    let mut session = Session::open(&options.paths, global)?;
    let notes = std::mem::take(&mut session.notes);
    let engine = Engine::new(&session.rules, &session.vault, &session.survey)
        .ignoring(&session.config.ignore_in)
        .keeping_to(&session.config.tags.taxonomy);
    let found: Vec<Vec<Diagnostic>> = session.chosen.par_iter().map(|&i| engine.check(&notes[i])).collect();
    let mut found = session.chosen.iter().copied().zip(found).peekable();
    let mut checked = Vec::with_capacity(session.chosen.len());
    for (index, note) in notes.into_iter().enumerate() {
        if let Some((_, found)) = found.next_if(|&(chosen, _)| chosen == index) {
            checked.push(Checked { shown_path: session.shown_path(&note.path), note, found });
        }
    }
    report(&session, &checked, &options.reporting)
}

/// Said when PATHS hold no note.
pub(super) const NOTHING: &str = "vaultmend: nothing was checked: there is no note here that is not ignored";

/// Shows what was found, and tells whether it makes the run fail.
pub(super) fn report(session: &Session, checked: &[Checked], reporting: &Reporting) -> Result<Outcome, Error> {
    let summary = Summary::of(checked, session.read);
    let (limit, width) = (output::limit(reporting), output::width());
    output::report(&Run { checked, rules: &session.rules, summary: &summary, limit, width }, reporting.format)?;
    if checked.is_empty() {
        output::say(NOTHING);
    } else if session.rules.on().next().is_none() {
        output::say("vaultmend: nothing was checked: every rule is off");
    }
    if reporting.format == Format::Short && summary.findings() > 0 {
        output::say(&summary.lines().join("\n"));
    }
    let failed = reporting.fail_on.severity().is_some_and(|least| summary.reaches(least));
    Ok(if failed { Outcome::Found } else { Outcome::Clean })
}
