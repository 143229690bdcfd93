//! Fixes the notes of a vault until the vault as a whole is settled.

use super::late::Late;
use super::{Engine, Fixed, MOST_PASSES, Repaired};
use crate::check::Reading;
use crate::config::IgnoreIn;
use crate::diagnostic::{Applicability, Diagnostic};
use crate::error::Error;
use crate::note::Note;
use crate::rule::Rules;
use crate::survey::Survey;
use crate::taxonomy::Taxonomy;
use crate::vault::Vault;

/// Fixes the `chosen` of `notes`, by index. Returns what has become of each, in the order of `chosen`.
///
/// A word that one note gets back can settle a doubt in another, so the notes that were changed or have
/// something left are looked at again with what the vault shows then. Where a repair has changed what the vault tells
/// of its notes, such as their tags, all are. A second run over what comes out therefore changes nothing, and a check
/// finds what is left.
///
/// # Errors
/// `Error::Endless` when it never settles.
pub fn settle(
    (rules, ignore_in, taxonomy): (&Rules, &IgnoreIn, &Taxonomy),
    (mut vault, mut survey): (Vault, Survey),
    mut notes: Vec<Note>,
    chosen: &[usize],
    least: Applicability,
) -> Result<Vec<Fixed>, Error> {
    let mut settled: Vec<Settled> = Vec::new();
    settled.resize_with(chosen.len(), Settled::default);
    let mut open: Vec<(usize, Reading)> = (0..chosen.len()).map(|i| (i, Reading::default())).collect();
    let (mut late, mut last) = (Late::default(), String::new());
    for round in 1..=MOST_PASSES {
        let engine = Engine::new(rules, &vault, &survey).ignoring(ignore_in).keeping_to(taxonomy);
        let repaired = each(std::mem::take(&mut open), |(i, reading)| {
            let note = &notes[chosen[i]];
            let (repaired, reading) = engine.repair(note, least, reading.in_vault(note, &survey))?;
            let tells = repaired.note.as_ref().is_some_and(|now| vault.is_changed_by(note, now));
            Ok((i, repaired, reading, tells))
        })?;
        let (mut changed, mut is_other) = (false, false);
        for (i, Repaired { note, applied, left }, reading, tells) in repaired {
            late.add(round, &applied);
            is_other |= tells;
            if let Some(note) = note {
                changed = true;
                last = note.path.to_string();
                let before = std::mem::replace(&mut notes[chosen[i]], note);
                settled[i].was.get_or_insert(before.text);
            }
            settled[i].applied.extend(applied);
            // What was changed in this round is looked at in the next, and so is what may settle more then.
            if left.as_ref().is_none_or(|(left, _)| !left.is_empty()) {
                open.push((i, reading));
            }
            (settled[i].left, settled[i].suppressed) = left.unwrap_or_default();
        }
        if !changed {
            let fixed = |(Settled { was, applied, left, suppressed }, &index): (Settled, &usize)| {
                let note = std::mem::replace(&mut notes[index], Note::parse("", ""));
                let was = was.filter(|was| *was != note.text);
                Fixed { note, was, applied, left, suppressed }
            };
            return Ok(settled.into_iter().zip(chosen).map(fixed).collect());
        }
        if is_other {
            vault = vault.anew(&mut notes);
            let mut known = open.into_iter().peekable();
            let mut reading = |i| known.next_if(|(known, _)| *known == i).map_or_else(Reading::default, |(_, it)| it);
            open = (0..chosen.len()).map(|i| (i, reading(i))).collect();
        }
        survey = Survey::of(&notes, std::mem::take(&mut survey.given));
    }
    Err(late.endless(rules, &last))
}

/// What is known of a note that is being settled.
#[derive(Default)]
struct Settled {
    /// Its text before the first repair.
    was: Option<String>,
    applied: Vec<Diagnostic>,
    left: Vec<Diagnostic>,
    suppressed: usize,
}

#[cfg(feature = "cli")]
fn each<T: Send, R: Send>(items: Vec<T>, make: impl Fn(T) -> Result<R, Error> + Sync + Send) -> Result<Vec<R>, Error> {
    use rayon::prelude::*;
    let made: Vec<Result<R, Error>> = items.into_par_iter().with_max_len(crate::AT_ONCE).map(make).collect();
    // Of several errors the first in order counts, not the first in time.
    made.into_iter().collect()
}

#[cfg(not(feature = "cli"))]
fn each<T, R>(items: Vec<T>, make: impl Fn(T) -> Result<R, Error>) -> Result<Vec<R>, Error> {
    items.into_iter().map(make).collect()
}
