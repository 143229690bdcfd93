//! What looks at notes. A check is one file here and one line in [`CHECKS`]; the rules that use it
//! are files in `rules/`.

mod bad_frontmatter;
mod link_in_attribute;
mod link_in_code;
mod link_in_url;
mod missing_frontmatter_opening;
mod nested_link;
mod pattern;
mod tags_not_a_list;
mod touching;
mod unbalanced_link;
mod unlink;
mod unreadable;

use serde::de::DeserializeOwned;

use crate::diagnostic::{Applicability, Diagnostic, Fix, Label};
use crate::note::{Note, ZoneKind};
use crate::rule::Rule;
use crate::span::Span;
use crate::vault::Vault;

/// Looks at one note. The fields of a check are the parameters of its rules.
pub trait Check: Send + Sync {
    fn note(&self, cx: &mut Cx<'_>);
}

/// Makes a check of a rule's parameters.
pub type Make = fn(toml::Table) -> Result<Box<dyn Check>, toml::de::Error>;

/// Every native check, by the name that rule files call it by.
pub const CHECKS: &[(&str, Make)] = &[
    ("bad-frontmatter", make::<bad_frontmatter::BadFrontmatter>),
    ("link-in-attribute", make::<link_in_attribute::LinkInAttribute>),
    ("link-in-code", make::<link_in_code::LinkInCode>),
    ("link-in-url", make::<link_in_url::LinkInUrl>),
    ("missing-frontmatter-opening", make::<missing_frontmatter_opening::MissingFrontmatterOpening>),
    ("nested-link", make::<nested_link::NestedLink>),
    ("pattern", make::<pattern::Pattern>),
    ("tags-not-a-list", make::<tags_not_a_list::TagsNotAList>),
    ("unbalanced-link", make::<unbalanced_link::UnbalancedLink>),
    ("unreadable", make::<unreadable::Unreadable>),
];

fn make<C: Check + DeserializeOwned + 'static>(params: toml::Table) -> Result<Box<dyn Check>, toml::de::Error> {
    let check: C = params.try_into()?;
    Ok(Box::new(check))
}

/// One rule at one note: what it may look at, and where it reports.
pub struct Cx<'a> {
    pub note: &'a Note,
    pub vault: &'a Vault,
    rule: &'a Rule,
    found: &'a mut Vec<Diagnostic>,
}

impl<'a> Cx<'a> {
    /// For the engine; `rule` must be switched on.
    pub(crate) fn new(note: &'a Note, vault: &'a Vault, rule: &'a Rule, found: &'a mut Vec<Diagnostic>) -> Self {
        Cx { note, vault, rule, found }
    }

    /// Reports a finding. `message` is a fact in lower case without a full stop.
    pub fn report(&mut self, span: Span, message: impl Into<String>) -> Finding<'_> {
        self.found.push(Diagnostic {
            rule: self.rule.id.clone(),
            severity: self.rule.severity.unwrap_or(crate::diagnostic::Severity::Info),
            note: self.note.path.clone(),
            span,
            message: message.into(),
            labels: Vec::new(),
            evidence: Vec::new(),
            help: None,
            fix: None,
        });
        let most = self.rule.fix;
        let diagnostic = self.found.last_mut().expect("one was pushed just now");
        Finding { diagnostic, most }
    }
}

/// A finding that is being written down.
pub struct Finding<'a> {
    diagnostic: &'a mut Diagnostic,
    /// The most that the rule lets a fix be; `None` for a rule without fixes.
    most: Option<Applicability>,
}

impl Finding<'_> {
    pub fn label(self, span: Span, text: impl Into<String>) -> Self {
        self.diagnostic.labels.push(Label { span, text: text.into() });
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

    /// Offers a fix, no more readily than the rule allows.
    pub fn fix(self, mut fix: Fix) -> Self {
        if let Some(most) = self.most {
            fix.applicability = fix.applicability.min(most);
            self.diagnostic.fix = Some(fix);
        }
        self
    }
}

/// The most a fix may be where a link of this kind of place is concerned: text in frontmatter and
/// code has readers that are programs, so there a fix is only shown.
fn most_in(kind: ZoneKind) -> Applicability {
    if kind == ZoneKind::Frontmatter || !kind.shows_links() { Applicability::Display } else { Applicability::Safe }
}
