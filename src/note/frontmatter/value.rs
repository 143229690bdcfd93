//! What an entry of the frontmatter holds.

use crate::span::Span;

/// A top-level key and its value.
#[derive(Debug, Clone)]
pub struct Entry {
    /// With its quotes, if any.
    pub key: Span,
    pub name: Box<str>,
    pub value: Value,
    /// From the key to the end of the entry's last line, line end included; indented comments
    /// belong to it, comments at the key's own indentation do not. In a mapping between braces:
    /// from the key to the end of the value.
    pub span: Span,
    /// Whether an anchor or a type (`&a`, `!!str`) stands before the value; its span leaves it out.
    pub marked: bool,
}

impl Entry {
    /// Whether Obsidian reads it as this property of its own: its capitals do not count, so that `Tags` holds tags.
    pub fn is_read_as(&self, property: &str) -> bool {
        self.name.eq_ignore_ascii_case(property)
    }

    /// Whether Obsidian reads tags in it: `tags`, or `tag` as it was called before.
    pub fn holds_tags(&self) -> bool {
        self.is_read_as("tags") || self.is_read_as("tag")
    }

    /// The offset just after the colon; `None` when the key is written in another way (`? key`).
    pub fn after_colon(&self, text: &str) -> Option<usize> {
        let rest = &text[self.key.end()..self.span.end().max(self.key.end())];
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        rest[blanks..].starts_with(':').then_some(self.key.end() + blanks + 1)
    }
}

/// The value of an entry.
#[derive(Debug, Clone)]
pub enum Value {
    /// No value, or one of the words for none; where it stands or would stand.
    Null {
        span: Span,
    },
    Scalar(Scalar),
    /// From the first dash or bracket to the end of the last item or the closing bracket.
    Sequence {
        span: Span,
        flow: bool,
        items: Box<[Item]>,
    },
    Mapping {
        span: Span,
    },
    /// `*name`, which stands for a value that is written elsewhere.
    Alias {
        span: Span,
    },
    /// The bytes of a value in frontmatter that is no YAML.
    Raw {
        span: Span,
    },
}

impl Value {
    pub fn span(&self) -> Span {
        match self {
            Value::Scalar(scalar) => scalar.span,
            Value::Null { span }
            | Value::Sequence { span, .. }
            | Value::Mapping { span }
            | Value::Alias { span }
            | Value::Raw { span } => *span,
        }
    }
}

/// A single value, of whatever type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scalar {
    /// With its quotes, or the mark of its block (`|`, `>`).
    pub span: Span,
    pub style: Style,
    /// As YAML reads it: without quotes and escapes, its lines folded.
    pub text: Box<str>,
}

impl Scalar {
    /// Whether it is written as nothing, `~` or `null`.
    pub(super) fn is_null(&self) -> bool {
        self.style == Style::Plain && matches!(&*self.text, "" | "~" | "null" | "Null" | "NULL")
    }
}

/// How a scalar is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Style {
    Plain,
    SingleQuoted,
    DoubleQuoted,
    /// `|` or `>`.
    Block,
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Without the dash; for an item without a value, where it would stand.
    pub span: Span,
    pub style: Style,
    /// Empty for what is no scalar.
    pub text: Box<str>,
    pub is_null: bool,
    /// Whether it is a list, a mapping or an alias.
    pub nested: bool,
    /// Whether an anchor or a type stands before it.
    pub marked: bool,
}

/// Why the frontmatter cannot be read, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YamlError {
    /// From the place of the error to the end of its line; may be empty.
    pub span: Span,
    pub message: String,
}
