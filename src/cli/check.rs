//! `vaultmend check`.

use rayon::prelude::*;

use super::args::{Check, Global, Reporting};
use super::known::Looked;
use super::progress::Progress;
use super::session::Session;
use super::{Outcome, changed, output, suppress};
use crate::engine::Engine;
use crate::error::Error;
use crate::note::Note;
use crate::report::{Checked, Summary, count, visible};

pub(super) fn run(options: &Check, global: &Global) -> Result<Outcome, Error> {
    let (mut session, changes) = changed::open(&options.paths, &options.change, false, global)?;
    let baseline = options.against.open(&session)?;
    session.keep_files(&options.reporting, baseline.as_ref().map(|baseline| &*baseline.file))?;
    let notes = std::mem::take(&mut session.notes);
    let engine = engine(&session);
    let mut checked = look(&session, &engine, notes);
    let brought = changes.as_ref().map(|changes| changes.brought(&checked, &engine)).transpose()?;
    let mut hidden = Hidden::default();
    let compared = baseline.as_ref().map(|baseline| baseline.compare(&looked(&checked), brought.as_deref()));
    for (i, one) in checked.iter_mut().enumerate() {
        let mut finding = 0..;
        one.found.retain(|_| {
            let finding = finding.next();
            let is = |flags: &[Vec<bool>]| finding.is_some_and(|finding| flags[i][finding]);
            let known = compared.as_ref().is_some_and(|compared| is(&compared.known));
            let elsewhere = !options.whole_notes && brought.as_ref().is_some_and(|brought| !is(brought));
            hidden.known += usize::from(known);
            hidden.elsewhere += usize::from(!known && elsewhere);
            !known && !elsewhere
        });
    }
    if options.suppress {
        return suppress::run(&session, &engine, &checked, options);
    }
    hidden.nothing = changes.map(|changes| changes.nothing);
    let outcome = report(&session, &checked, &options.reporting, &hidden)?;
    if let Some((baseline, compared)) = baseline.zip(compared).filter(|(_, compared)| !compared.stale.is_empty()) {
        let (stale, name) = (count(compared.stale.len(), "known finding"), visible(&baseline.name));
        output::say(&format!(
            "vaultmend: {stale} in `{name}` no longer found: `vaultmend baseline prune` (look first: `--diff`)"
        ));
        for (note, entry) in compared.stale.iter() {
            output::tell(|| format!("  {} of `{}`, {}", entry.rule, visible(note), entry.fingerprint));
        }
    }
    // The process ends: to give back note by note what it holds would take longer than to leave that to
    // the system.
    std::mem::forget((checked, session));
    Ok(outcome)
}

/// The rules of a vault, in force.
pub(super) fn engine(session: &Session) -> Engine<'_> {
    Engine::new(&session.rules, &session.vault, &session.survey)
        .ignoring(&session.config.ignore_in)
        .keeping_to(&session.config.tags.taxonomy)
}

/// Looks at the chosen ones of the notes.
pub(super) fn look(session: &Session, engine: &Engine<'_>, mut notes: Vec<Note>) -> Vec<Checked> {
    let mut chosen = session.chosen.iter().copied().peekable();
    let mut index = 0..;
    // The others have been surveyed, that was all.
    notes.retain(|_| chosen.next_if_eq(&index.next().unwrap_or_default()).is_some());
    let progress = Progress::of("checking", notes.len());
    let look = |note: Note| {
        let (found, suppressed) = engine.check_counting(&note);
        let Note { path, text, .. } = note;
        // Reports show the text around findings, no other one.
        let (shown_path, text) = if found.is_empty() { Default::default() } else { (session.shown_path(&path), text) };
        Checked { path, shown_path, text, found, suppressed }
    };
    let checked: Vec<Checked> =
        notes.into_par_iter().with_max_len(crate::AT_ONCE).inspect(|_| progress.step()).map(look).collect();
    output::tell(|| format!("vaultmend: {} checked in {:.2?}", count(checked.len(), "note"), progress.elapsed()));
    checked
}

/// Notes and what was found in them.
pub(super) fn looked(checked: &[Checked]) -> Vec<Looked<'_>> {
    checked.iter().map(|one| (&*one.path, &*one.text, &*one.found)).collect()
}

/// What is left out of a report.
#[derive(Debug, Default)]
pub(super) struct Hidden {
    /// Findings that the baseline knows.
    pub(super) known: usize,
    /// Findings that the changes did not bring.
    pub(super) elsewhere: usize,
    /// What to say when no note was checked; else [`NOTHING`].
    pub(super) nothing: Option<String>,
}

/// Said when PATHS hold no note.
pub(super) const NOTHING: &str = "vaultmend: nothing was checked: there is no note here that is not ignored";

fn summary(session: &Session, checked: &[Checked], hidden: &Hidden) -> Summary {
    let mut summary = Summary::of(checked, session.read);
    (summary.known, summary.elsewhere) = (hidden.known, hidden.elsewhere);
    summary
}

/// Writes the reports that go into files, where standard output shows something else.
pub(super) fn write_reports(
    session: &Session,
    checked: &[Checked],
    reporting: &Reporting,
    hidden: &Hidden,
) -> Result<(), Error> {
    output::write_reports(checked, (&session.rules, &summary(session, checked, hidden)), reporting)
}

/// Shows what was found, and tells whether it makes the run fail.
pub(super) fn report(
    session: &Session,
    checked: &[Checked],
    reporting: &Reporting,
    hidden: &Hidden,
) -> Result<Outcome, Error> {
    let summary = summary(session, checked, hidden);
    output::report(checked, (&session.rules, &summary), reporting)?;
    if checked.is_empty() {
        output::say(hidden.nothing.as_deref().unwrap_or(NOTHING));
    } else if session.rules.on().next().is_none() {
        output::say("vaultmend: nothing was checked: every rule is off");
    }
    if reporting.format().name == "short" && summary.findings() > 0 {
        output::say(&summary.lines().join("\n"));
    }
    let failed = reporting.fail_on.severity().is_some_and(|least| summary.reaches(least));
    Ok(if failed { Outcome::Found } else { Outcome::Clean })
}
