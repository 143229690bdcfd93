//! Examples in rule files: documentation that is run as tests.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use schemars::JsonSchema;
use serde::Deserialize;

use crate::error::Error;
use crate::taxonomy::Taxonomy;
use crate::vault::Flavor;

/// A text, and what its rule must say of it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Example {
    /// What it shows.
    pub name: String,
    /// The note.
    pub text: String,
    /// The text under each finding, in order; none: the rule must be silent.
    #[serde(default)]
    pub finds: Vec<String>,
    /// The text after safe fixes; absent: they change nothing.
    pub fixed: Option<String>,
    /// The text after unsafe fixes, where it is not the same.
    pub fixed_unsafely: Option<String>,
    /// Where the note lies in its vault.
    #[serde(default = "note_path")]
    pub path: String,
    /// Parameters, instead of the rule's own.
    #[serde(default)]
    #[schemars(with = "serde_json::Map<String, serde_json::Value>")]
    pub params: toml::Table,
    /// The program the vault is of.
    #[serde(default)]
    pub flavor: Flavor,
    /// What the vault wants of its tags, as in `[tags]` of a configuration.
    #[serde(default)]
    #[schemars(with = "crate::taxonomy::Written")]
    pub tags: toml::Table,
    /// Other notes of the vault: path and text. A path that is no note is a file beside them.
    #[serde(default)]
    pub notes: BTreeMap<String, String>,
}

fn note_path() -> String {
    "note.md".to_owned()
}

/// The examples of a rule.
#[derive(Debug, Clone, Default)]
pub struct Examples(Arc<Written>);

#[derive(Debug, Default)]
struct Written {
    /// The end of an embedded rule file.
    unread: &'static str,
    read: OnceLock<Vec<Example>>,
}

impl Examples {
    pub(super) fn of(examples: Vec<Example>) -> Examples {
        Examples(Arc::new(Written { unread: "", read: examples.into() }))
    }

    /// Examples that are read when they are first asked for.
    pub(super) fn unread(text: &'static str) -> Examples {
        Examples(Arc::new(Written { unread: text, read: OnceLock::new() }))
    }

    pub fn get(&self) -> &[Example] {
        #[derive(Deserialize)]
        struct File {
            #[serde(default)]
            example: Vec<Example>,
        }
        self.0.read.get_or_init(|| {
            toml::from_str::<File>(self.0.unread).expect("the tests have read every embedded file").example
        })
    }
}

impl Example {
    /// What the example's vault wants of its tags.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn taxonomy(&self) -> Result<Taxonomy, Error> {
        Taxonomy::read("tags", &self.tags.to_string())
    }
}
