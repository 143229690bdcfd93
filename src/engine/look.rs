//! A look at one note, some of the rules at a time.

use super::Engine;
use super::answer::Answers;
use crate::check::{Cx, Reading, Says};
use crate::diagnostic::{Diagnostic, Severity};
use crate::note::Note;
use crate::rule::Rule;

/// A note, and what was read in it.
pub(super) type View<'a> = (&'a Note, &'a Reading);

/// A look at a note. Its rules are asked in parts, since a fix that is made for one of them makes another note,
/// and what the others would say of this one is not wanted then.
pub(super) struct Look<'a> {
    engine: &'a Engine<'a>,
    now: View<'a>,
    /// The note before all fixes.
    was: View<'a>,
    answers: Answers<'a>,
}

impl<'a> Look<'a> {
    pub(super) fn at(engine: &'a Engine<'a>, now: View<'a>, was: View<'a>) -> Self {
        Look { engine, now, was, answers: Answers::of(now.0) }
    }

    /// What those rules say that are `wanted`, before any fix is tried, but for what is suppressed; in the order
    /// of their places.
    pub(super) fn find(&mut self, wanted: impl Fn(&Rule) -> bool) -> Vec<Diagnostic> {
        let Engine { rules, vault, survey, taxonomy, .. } = *self.engine;
        let mut found = Vec::new();
        for rule in rules.on().filter(|rule| wanted(rule)) {
            if !self.engine.is_ignored(self.now.0, &rule.id) {
                let severity = rule.severity.unwrap_or(Severity::Info);
                let says = Says { rule: &rule.id, severity, most: rule.fix };
                rule.check.note(&mut Cx::new(self.now, self.was, (vault, survey, taxonomy), says, &mut found));
            }
        }
        self.answers.take_out(&mut found);
        sort(&mut found);
        found
    }

    /// Adds what is wrong with the suppressions to what all rules have found. Returns how many findings they answer.
    pub(super) fn end(&mut self, found: &mut Vec<Diagnostic>) -> usize {
        found.extend(self.engine.wrong(&mut self.answers));
        sort(found);
        self.answers.given
    }
}

fn sort(found: &mut [Diagnostic]) {
    found.sort_by(|a, b| (a.span, &a.rule, &a.message).cmp(&(b.span, &b.rule, &b.message)));
}
