//! Runs rules over notes, and fixes until nothing is left: the only loop there is.

mod answer;
mod apply;
mod guise;
mod late;
mod look;
mod settle;

pub use guise::Guise;
pub use settle::settle;

use std::cmp::Reverse;

use crate::check::Reading;
use crate::config::IgnoreIn;
use crate::diagnostic::{Applicability, Diagnostic, Keeps};
use crate::error::Error;
use crate::note::Note;
use crate::rule::{Rule, Rules};
use crate::survey::Survey;
use crate::taxonomy::Taxonomy;
use crate::vault::Vault;
use late::Late;
use look::Look;

/// How often the fixes of a note may make room for further ones.
const MOST_PASSES: usize = 10;

/// What is wanted of tags where nothing is said.
static NONE: Taxonomy = Taxonomy::NONE;

/// Rules, and the vault that notes are looked at in, with what it shows.
pub struct Engine<'a> {
    rules: &'a Rules,
    vault: &'a Vault,
    survey: &'a Survey,
    ignore_in: Option<&'a IgnoreIn>,
    taxonomy: &'a Taxonomy,
}

/// A note after its fixes.
#[derive(Debug)]
pub struct Fixed {
    pub note: Note,
    /// Its text before, where that was another one.
    pub was: Option<String>,
    /// The findings whose fixes were made, in the order they were. Their spans are in the note as
    /// it was when each was made.
    pub applied: Vec<Diagnostic>,
    /// What is still to be found in the note as it is now.
    pub left: Vec<Diagnostic>,
    /// How many findings a suppression has answered.
    pub suppressed: usize,
}

/// What fixes made of a note, which is yet to be looked at.
struct Repaired {
    /// `None` where nothing was fixed.
    note: Option<Note>,
    applied: Vec<Diagnostic>,
    /// What is to be found in a note that no fix has changed, and how many findings are suppressed.
    left: Option<(Vec<Diagnostic>, usize)>,
}

impl<'a> Engine<'a> {
    pub fn new(rules: &'a Rules, vault: &'a Vault, survey: &'a Survey) -> Self {
        Engine { rules, vault, survey, ignore_in: None, taxonomy: &NONE }
    }

    /// Leaves rules out in some folders.
    pub fn ignoring(mut self, ignore_in: &'a IgnoreIn) -> Self {
        self.ignore_in = Some(ignore_in);
        self
    }

    /// Holds the tags to a taxonomy.
    pub fn keeping_to(mut self, taxonomy: &'a Taxonomy) -> Self {
        self.taxonomy = taxonomy;
        self
    }

    /// The findings of a note, in the order of their places. Each fix in them has been tried: one
    /// that would not keep what its rule promises is only shown, and the finding says so.
    pub fn check(&self, note: &Note) -> Vec<Diagnostic> {
        self.check_counting(note).0
    }

    /// The same, and how many findings a suppression has answered.
    pub fn check_counting(&self, note: &Note) -> (Vec<Diagnostic>, usize) {
        let reading = Reading::default();
        let mut look = Look::at(self, (note, &reading), (note, &reading));
        let mut found = look.find(|_| true);
        let suppressed = look.end(&mut found);
        self.try_fixes(note, &mut found);
        (found, suppressed)
    }

    /// Tries every fix of the findings of a note, and tells of those that keep not what they promise. Safe ones go
    /// first, as in a run that makes no other ones.
    fn try_fixes(&self, note: &Note, found: &mut [Diagnostic]) {
        for keeps in [Keeps::Text, Keeps::Body] {
            let mut wanted = self.wanted(found, Applicability::Unsafe, keeps);
            wanted.sort_by_key(|&index| Reverse(found[index].fix.as_ref().map(|fix| fix.applicability)));
            for (index, why) in apply::keeping(note, keeps, found, wanted).refused {
                refuse(&mut found[index], &why);
            }
        }
    }

    /// Makes the fixes that are at least as applicable as `least`, again and again until none is
    /// left. Fixing what comes out once more changes nothing.
    ///
    /// # Errors
    /// `Error::Endless` when the fixes feed each other; nothing is to be written then.
    pub fn fix(&self, note: &Note, least: Applicability) -> Result<Fixed, Error> {
        let (mut fixed, mut applied, mut late) = (note.clone(), Vec::new(), Late::default());
        for pass in 0..=MOST_PASSES {
            let (repaired, _) = self.repair(&fixed, least, Reading::default())?;
            late.add(pass, &repaired.applied);
            applied.extend(repaired.applied);
            match repaired.left {
                Some((left, suppressed)) => {
                    let was = (fixed.text != note.text).then(|| note.text.clone());
                    return Ok(Fixed { note: fixed, was, applied, left, suppressed });
                }
                None => fixed = repaired.note.unwrap_or(fixed),
            }
        }
        Err(late.endless(self.rules, &fixed.path))
    }

    /// Makes the fixes that one look at what the vault shows can make, or all but those that only another look would
    /// find; with what was read in what has come out. `first` is what is known of the note beforehand.
    fn repair(&self, was: &Note, least: Applicability, first: Reading) -> Result<(Repaired, Reading), Error> {
        let mut fixed = None;
        let (mut applied, mut late) = (Vec::new(), Late::default());
        let mut passes = 0;
        'pass: loop {
            let note = fixed.as_ref().unwrap_or(was);
            let now = Reading::default();
            let same = note.text == was.text;
            let mut look = Look::at(self, (note, if same { &first } else { &now }), (was, &first));
            let mut found = Vec::new();
            let mut suppressed = 0;
            // What keeps most comes first, so that each promise is checked on its own. No other one is made in the
            // same pass: what damage shows is no reason to change the rest, and a suppression that seems unused may
            // answer what the repair leaves.
            for keeps in [Keeps::Text, Keeps::Body, Keeps::Nothing] {
                found.append(&mut look.find(|rule| turn(rule, least) == keeps));
                if keeps == Keeps::Nothing {
                    suppressed = look.end(&mut found);
                }
                let wanted = self.wanted(&found, least, keeps);
                let all = wanted.len();
                let tried = apply::keeping(note, keeps, &found, wanted);
                let Some(next) = tried.note else { continue };
                let made = applied.len();
                applied.extend(tried.accepted.iter().map(|&i| found[i].clone()));
                passes += 1;
                late.add(passes, &applied[made..]);
                if passes > MOST_PASSES {
                    return Err(late.endless(self.rules, &next.path));
                }
                let waiting = tried.accepted.len() < all;
                let same_text = note.text[note.body()..] == next.text[next.body()..];
                fixed = Some(next);
                // Where nothing waits, nor is made without a promise, the next look can as well be the one that sees
                // what other notes have become.
                if keeps == Keeps::Body && !waiting && least == Applicability::Safe {
                    let known = if same { first } else { now };
                    let known = if same_text { known.of_same_text() } else { Reading::default() };
                    return Ok((Repaired { note: fixed, applied, left: None }, known));
                }
                continue 'pass;
            }
            // A note that is as it was has been looked at just so.
            let left = applied.is_empty().then(|| {
                self.try_fixes(note, &mut found);
                (found, suppressed)
            });
            return Ok((Repaired { note: fixed, applied, left }, if same { first } else { now }));
        }
    }

    /// Whether a rule is left out in the folder of a note.
    fn is_ignored(&self, note: &Note, rule: &str) -> bool {
        self.ignore_in.is_some_and(|ignore| ignore.ignores(&note.path, rule))
    }

    /// The findings whose fixes, of one promise, are to be made.
    fn wanted(&self, found: &[Diagnostic], least: Applicability, keeps: Keeps) -> Vec<usize> {
        let promised = |d: &Diagnostic| self.rules.get(&d.rule).is_some_and(|rule| rule.keeps == keeps);
        let applies = |d: &Diagnostic| d.fix.as_ref().is_some_and(|fix| fix.applicability >= least);
        let wanted = found.iter().enumerate().filter(|(_, d)| applies(d) && promised(d));
        wanted.map(|(index, _)| index).collect()
    }
}

/// With which fixes a rule is asked: those that are to be made have their turns, and all else has the last.
fn turn(rule: &Rule, least: Applicability) -> Keeps {
    if rule.fix.is_some_and(|most| most >= least) { rule.keeps } else { Keeps::Nothing }
}

/// Makes of a finding with a broken fix one without.
fn refuse(diagnostic: &mut Diagnostic, why: &str) {
    if let Some(fix) = &mut diagnostic.fix {
        fix.applicability = Applicability::Display;
    }
    diagnostic.evidence.push(format!("its fix was refused: {why}"));
}
