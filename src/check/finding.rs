//! What a check reports: a diagnostic that is being written down, and words for it.

use crate::diagnostic::{Applicability, Diagnostic, Fix, Judged, Label, Severity};
use crate::language::Judgement;
use crate::span::Span;

/// A finding that is being written down.
pub struct Finding<'a> {
    pub(super) diagnostic: &'a mut Diagnostic,
    /// The most that the rule lets a fix be; `None` for a rule without fixes.
    pub(super) most: Option<Applicability>,
}

impl Finding<'_> {
    pub fn label(self, span: Span, text: impl Into<String>) -> Self {
        self.diagnostic.labels.push(Label { span, text: text.into() });
        self
    }

    /// The verdict that the finding rests on.
    pub(super) fn judged(self, judgement: &Judgement) -> Self {
        let (verdict, confidence) = (judgement.verdict, judgement.confidence);
        self.diagnostic.judged = Some(Judged { verdict, confidence });
        self
    }

    /// A fact that led to the finding.
    pub fn evidence(self, fact: impl Into<String>) -> Self {
        self.diagnostic.evidence.push(fact.into());
        self
    }

    pub fn help(self, advice: impl Into<String>) -> Self {
        self.diagnostic.help = Some(advice.into());
        self
    }

    /// Makes the finding no worse than this.
    pub fn at_most(self, severity: Severity) -> Self {
        self.diagnostic.severity = self.diagnostic.severity.min(severity);
        self
    }

    /// Offers a fix, no more readily than the rule allows.
    pub fn fix(self, mut fix: Fix) -> Self {
        if let Some(most) = self.most {
            fix.applicability = fix.applicability.min(most);
            self.diagnostic.fix = Some(fix);
        }
        self
    }
}

/// `once`, `3 times`.
pub(super) fn times(count: u32) -> String {
    if count == 1 { "once".to_owned() } else { format!("{count} times") }
}

/// Paths in words, `limit` of them.
pub(super) fn in_words<'a>(paths: impl Iterator<Item = &'a str>, limit: usize) -> String {
    let mut paths: Vec<String> = paths.take(limit + 1).map(|path| format!("`{path}`")).collect();
    if paths.len() > limit {
        paths.truncate(limit);
        paths.push("and more".to_owned());
    }
    paths.join(", ")
}
