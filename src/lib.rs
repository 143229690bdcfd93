//! `vaultmend` lints and repairs vaults of Markdown notes that over-eager auto-linkers and
//! auto-taggers have damaged.
//!
//! The way of the data is one-way. [`note`] reads a text; [`vault`] knows all notes together;
//! a [`check`] looks at one note and reports [`diagnostic`]s; a [`rule`] is a check with a name, a
//! severity and parameters, described in one file; [`engine`] runs rules and fixes until nothing is
//! left, and holds every fix to what its rule promises; [`baseline`] knows old findings from new
//! ones; [`report`] shows what was found. [`retag`] renames a tag where it is written; [`taxonomy`]
//! is what a vault wants of its tags. [`cli`] puts them together.
//!
//! ```
//! use vaultmend::{diagnostic::Applicability, engine::Engine, note::Note, rule::Rules, survey::{Given, Survey}, vault::Vault};
//!
//! let rules = Rules::builtin()?;
//! let note = Note::parse("note.md", "The [[[[War]]saw]] Pact.\n");
//! let mut vault = Vault::default();
//! vault.add(&note);
//! let survey = Survey::of(std::slice::from_ref(&note), Given::default());
//! let engine = Engine::new(&rules, &vault, &survey);
//! assert_eq!(engine.check(&note)[0].rule, "links/nested-link");
//! assert_eq!(engine.fix(&note, Applicability::Safe)?.note.text, "The [[Warsaw]] Pact.\n");
//! # Ok::<(), vaultmend::error::Error>(())
//! ```

pub mod autolink;
pub mod baseline;
pub mod check;
#[cfg(feature = "cli")]
pub mod cli;
pub mod config;
pub mod diagnostic;
pub mod engine;
pub mod error;
mod escape;
mod expression;
pub mod fingerprint;
mod halve;
pub mod language;
pub mod note;
pub mod report;
pub mod retag;
pub mod rule;
pub mod schema;
pub mod span;
pub mod suppress;
pub mod survey;
pub mod taxonomy;
pub mod vault;

/// About so many notes are one piece of work: a thread that is left with a larger one keeps the others waiting.
#[cfg(feature = "cli")]
pub(crate) const AT_ONCE: usize = 64;
