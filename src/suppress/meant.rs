//! The suppressions that mean one rule, in a form in which a line is looked up and not searched.

use std::collections::BTreeSet;

use super::Entry;
use crate::span::Span;

#[derive(Debug, Default)]
pub(super) struct Meant {
    reach: Vec<Reach>,
    /// The lines of the findings that were answered.
    answered: BTreeSet<usize>,
}

/// How far one entry and those before it go.
#[derive(Debug, Clone, Copy)]
struct Reach {
    /// The first line of the entry.
    from: usize,
    /// The last line of the one that goes furthest, and its place.
    to: usize,
    span: Span,
    /// The last line of those that stand elsewhere.
    other: usize,
}

impl Meant {
    /// The entries must be in the order they stand, which is that of their first lines.
    pub(super) fn of<'a>(entries: impl Iterator<Item = &'a Entry>) -> Meant {
        let mut reach: Vec<Reach> = Vec::new();
        for entry in entries {
            let ((from, to), span) = (entry.lines, entry.span);
            reach.push(match reach.last() {
                None => Reach { from, to, span, other: 0 },
                Some(&last) if last.span == span => Reach { from, to: last.to.max(to), ..last },
                Some(last) if to > last.to => Reach { from, to, span, other: last.to },
                Some(&last) => Reach { from, other: last.other.max(to), ..last },
            });
        }
        Meant { reach, answered: BTreeSet::new() }
    }

    /// Whether one of them, other than those at `own`, goes over a line.
    pub(super) fn reaches(&self, line: usize, own: Option<Span>) -> bool {
        let before = self.reach.partition_point(|reach| reach.from <= line);
        let Some(reach) = before.checked_sub(1).map(|last| self.reach[last]) else { return false };
        line <= if own == Some(reach.span) { reach.other } else { reach.to }
    }

    /// The same, of any of them, and a line that is answered is kept in mind.
    pub(super) fn answer(&mut self, line: usize) -> bool {
        let answers = self.reaches(line, None);
        if answers {
            self.answered.insert(line);
        }
        answers
    }

    /// Whether a finding in these lines, the last included, was answered.
    pub(super) fn has_answered_in(&self, (from, to): (usize, usize)) -> bool {
        self.answered.range(from..).next().is_some_and(|&line| line <= to)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_line_that_is_looked_up_is_answered_as_one_that_is_searched(
            mut written in prop::collection::vec((1..9_usize, 0..9_usize), 0..9),
            line in 1..20_usize,
            own in 0..9_usize,
        ) {
            written.sort_unstable();
            // Some share their comment.
            let entry = |(i, (from, more)): (usize, (usize, usize))| Entry {
                rule: "*".to_owned(),
                span: Span::new(i / 2, i / 2 + 1),
                end: None,
                reason: None,
                glob: globset::Glob::new("*").unwrap().compile_matcher(),
                lines: (from, from + more),
            };
            let entries: Vec<Entry> = written.into_iter().enumerate().map(entry).collect();
            let mut meant = Meant::of(entries.iter());
            let own = Span::new(own, own + 1);
            let covers = |entry: &&Entry| (entry.lines.0..=entry.lines.1).contains(&line);
            let all: Vec<&Entry> = entries.iter().filter(covers).collect();
            prop_assert_eq!(meant.reaches(line, Some(own)), all.iter().any(|entry| entry.span != own));
            prop_assert_eq!(meant.answer(line), !all.is_empty());
            for entry in &entries {
                prop_assert_eq!(meant.has_answered_in(entry.lines), covers(&entry));
            }
        }
    }
}
