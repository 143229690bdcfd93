//! `vaultmend check`.

use rayon::prelude::*;

use super::args::{Check, Global, Reporting};
use super::progress::Progress;
use super::session::Session;
use super::{Outcome, output};
use crate::engine::Engine;
use crate::error::Error;
use crate::report::{Checked, Summary, count};

pub(super) fn run(options: &Check, global: &Global) -> Result<Outcome, Error> {
    let mut session = Session::open(&options.paths, global)?;
    let mut notes = std::mem::take(&mut session.notes);
    let mut chosen = session.chosen.iter().copied().peekable();
    let mut index = 0..;
    // The others have been surveyed, that was all.
    notes.retain(|_| chosen.next_if_eq(&index.next().unwrap_or_default()).is_some());
    let engine = Engine::new(&session.rules, &session.vault, &session.survey)
        .ignoring(&session.config.ignore_in)
        .keeping_to(&session.config.tags.taxonomy);
    let progress = Progress::of("checking", notes.len());
    let checked: Vec<Checked> = notes
        .into_par_iter()
        .inspect(|_| progress.step())
        .map(|mut note| {
            let found = engine.check(&note);
            // Reports show the text around findings, no other one.
            if found.is_empty() {
                note.forget()
            } else {
                note.rest()
            }
            Checked { shown_path: session.shown_path(&note.path), note, found }
        })
        .collect();
    output::tell(|| format!("vaultmend: {} checked in {:.2?}", count(checked.len(), "note"), progress.elapsed()));
    drop(progress);
    report(&session, &checked, &options.reporting)
}

/// Said when PATHS hold no note.
pub(super) const NOTHING: &str = "vaultmend: nothing was checked: there is no note here that is not ignored";

/// Shows what was found, and tells whether it makes the run fail.
pub(super) fn report(session: &Session, checked: &[Checked], reporting: &Reporting) -> Result<Outcome, Error> {
    let summary = Summary::of(checked, session.read);
    output::report(checked, (&session.rules, &summary), reporting)?;
    if checked.is_empty() {
        output::say(NOTHING);
    } else if session.rules.on().next().is_none() {
        output::say("vaultmend: nothing was checked: every rule is off");
    }
    if reporting.format().name == "short" && summary.findings() > 0 {
        output::say(&summary.lines().join("\n"));
    }
    let failed = reporting.fail_on.severity().is_some_and(|least| summary.reaches(least));
    Ok(if failed { Outcome::Found } else { Outcome::Clean })
}
