//! What a check found: the finding, its evidence, and the fix it offers.

use serde::{Deserialize, Serialize};

use crate::language::{Confidence, Verdict};
use crate::span::Span;

/// What a note is reported for that could not be written. No rule finds it, so nobody can switch it off.
pub const UNWRITABLE: &str = "note/unwritable";

/// One finding in one note. It owns its text, so it outlives the note it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule's id, `pack/name`.
    pub rule: String,
    pub severity: Severity,
    /// The note's path: from the vault's root, with `/`.
    pub note: String,
    pub span: Span,
    /// Facts, in lower case, without a full stop.
    pub message: String,
    /// What a link in a word was judged to be; `None` of findings that judge nothing.
    pub judged: Option<Judged>,
    /// Further places in the same note that belong to the finding.
    pub labels: Vec<Label>,
    /// Why the check thinks so, a fact each.
    pub evidence: Vec<String>,
    /// What the reader can do about it.
    pub help: Option<String>,
    pub fix: Option<Fix>,
}

/// The verdict that a finding rests on, and how sure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judged {
    pub verdict: Verdict,
    pub confidence: Confidence,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    pub span: Span,
    pub text: String,
}

/// How bad a finding is; ordered, so "at least" is one comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    Info,
    Warning,
    Error,
}

impl Severity {
    pub fn name(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// A change that settles one finding: edits to one note, all of them or none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as an order: "take the link out".
    pub title: String,
    pub applicability: Applicability,
    /// Edits that do not touch each other, in the order they stand in the note.
    pub edits: Vec<Edit>,
}

impl Fix {
    /// A fix of these edits, which may come in any order but must not touch each other.
    pub fn new(title: impl Into<String>, applicability: Applicability, mut edits: Vec<Edit>) -> Self {
        edits.sort_by_key(|edit| edit.span);
        debug_assert!(edits.windows(2).all(|pair| !pair[0].span.touches(pair[1].span)), "edits touch: {edits:?}");
        Fix { title: title.into(), applicability, edits }
    }
}

/// Puts `text` in the place of what `span` covers.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Edit {
    pub span: Span,
    pub text: String,
}

impl Edit {
    pub fn replace(span: Span, text: impl Into<String>) -> Self {
        Edit { span, text: text.into() }
    }

    pub fn delete(span: Span) -> Self {
        Edit::replace(span, "")
    }

    pub fn insert(offset: usize, text: impl Into<String>) -> Self {
        Edit::replace(Span::at(offset), text)
    }
}

/// The text of a part of a note with edits made that stand in it, in their order, and do not touch each other.
pub(crate) fn edited<'a>(text: &str, part: Span, edits: impl IntoIterator<Item = &'a Edit>) -> String {
    let mut made = String::with_capacity(part.len());
    let mut done = part.start();
    for edit in edits {
        made.push_str(&text[done..edit.span.start()]);
        made.push_str(&edit.text);
        done = edit.span.end();
    }
    made.push_str(&text[done..part.end()]);
    made
}

/// Who may apply a fix; ordered, so "at least" is one comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Applicability {
    /// Shown, never applied.
    Display,
    /// Applied when the user asks for unsafe fixes.
    Unsafe,
    /// Applied by `fix`; the engine checks that it keeps what its rule promises.
    Safe,
}

impl Applicability {
    pub fn name(self) -> &'static str {
        match self {
            Applicability::Display => "display",
            Applicability::Unsafe => "unsafe",
            Applicability::Safe => "safe",
        }
    }
}

/// What every fix of a rule leaves alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Keeps {
    /// No promise: such a rule's fixes are never safe.
    Nothing,
    /// Everything but the tags.
    Body,
    /// The text a reader sees, byte for byte, and the tags.
    Text,
}
