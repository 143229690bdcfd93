//! Patterns over the paths of notes, and over the ids of rules.

use globset::{Glob, GlobMatcher};
use toml::Spanned;

use crate::span::Span;

/// Glob patterns over paths from the vault's root, or over rule ids.
#[derive(Debug, Default)]
pub struct Globs(Vec<(GlobMatcher, Span)>);

impl Globs {
    pub(super) fn read(written: &[Spanned<String>]) -> Result<Globs, (Span, String)> {
        let read = |one: &Spanned<String>| {
            let glob = Glob::new(one.get_ref()).map_err(|e| (Span::from(one.span()), e.to_string()))?;
            Ok((glob.compile_matcher(), Span::from(one.span())))
        };
        written.iter().map(read).collect::<Result<_, _>>().map(Globs)
    }

    pub fn matches(&self, path: &str) -> bool {
        self.0.iter().any(|(glob, _)| glob.is_match(path))
    }

    /// The patterns, and where each is written.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&GlobMatcher, Span)> {
        self.0.iter().map(|(glob, span)| (glob, *span))
    }
}

/// Which rules are left out in which notes.
#[derive(Debug, Default)]
pub struct IgnoreIn {
    /// Globs over paths, and over rule ids.
    entries: Vec<(Globs, Globs)>,
}

impl IgnoreIn {
    pub fn ignores(&self, path: &str, rule: &str) -> bool {
        self.entries.iter().any(|(notes, rules)| rules.matches(rule) && notes.matches(path))
    }

    pub(super) fn add(&mut self, notes: &Spanned<String>, rules: &[Spanned<String>]) -> Result<(), (Span, String)> {
        self.entries.push((Globs::read(std::slice::from_ref(notes))?, Globs::read(rules)?));
        Ok(())
    }

    /// The patterns over notes.
    pub(super) fn notes(&self) -> impl Iterator<Item = (&GlobMatcher, Span)> {
        self.entries.iter().flat_map(|(notes, _)| notes.iter())
    }

    /// The patterns over rules.
    pub(super) fn rules(&self) -> impl Iterator<Item = (&GlobMatcher, Span)> {
        self.entries.iter().flat_map(|(_, rules)| rules.iter())
    }
}
