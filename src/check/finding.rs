//! What a check reports: a diagnostic that is being written down.

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
