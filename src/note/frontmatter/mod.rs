//! Reads the YAML at the top of a note, with the place of every key, value and list item.
//!
//! Nothing here writes YAML back: rules change bytes at the spans that are found, and
//! [`referee`], which asks an independent parser, tells whether anything else has changed.

mod add;
mod cut;
mod fence;
mod lines;
mod metadata;
mod place;
mod read;
pub mod referee;
mod value;
mod words;
mod write;

pub use cut::Cutter;
pub use fence::unclosed;
pub use metadata::Metadata;
pub use value::{Entry, Item, Scalar, Style, Value, YamlError};
pub use words::{Listed, hash_words, may_be_meant, tags_in};
pub use write::{ListStyle, scalar};

use super::exact;
use crate::span::Span;

/// The frontmatter of a note. All spans are in bytes of the whole note.
#[derive(Debug, Clone)]
pub struct Frontmatter {
    /// Fences and all, from the first `-` to the end of the closing fence's line end.
    pub span: Span,
    /// What stands between the fences, line ends included.
    pub yaml: Span,
    /// The top-level keys in the order they stand.
    pub entries: Box<[Entry]>,
    /// Whether the whole mapping is written between `{` and `}`.
    pub flow: bool,
    /// The first thing that keeps it from being a mapping. The entries are then those that can be
    /// told from the lines, their values perhaps [`Value::Raw`].
    pub error: Option<Box<YamlError>>,
}

impl Frontmatter {
    /// The frontmatter of a text: `---` as the very first line, after a byte order mark at most,
    /// closed by the next line that is `---`; blanks may follow on both lines. As in Obsidian, a
    /// line `...` does not close it. Any text is read, in time linear in its length.
    pub fn read(text: &str) -> Option<Frontmatter> {
        let (span, yaml) = fence::find(text)?;
        let read = read::read(text, yaml);
        Some(Frontmatter { span, yaml, entries: exact(read.entries), flow: read.flow, error: read.error.map(Box::new) })
    }

    /// The first entry of this very name.
    pub fn entry(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| *entry.name == *name)
    }

    /// The first entry that programs read as this property of theirs: see [`Entry::is_read_as`].
    pub fn read_as(&self, property: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.is_read_as(property))
    }

    /// The tags of `tags` and `tag`, in every shape people write them; also those that YAML takes
    /// for a comment or cannot read, which are marked as lost. `text` is the note's.
    pub fn tags(&self, text: &str) -> Vec<Listed> {
        self.tag_entries().flat_map(|entry| tags_in(text, entry)).collect()
    }

    /// The entries that hold tags.
    pub fn tag_entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|entry| entry.holds_tags())
    }

    /// The names of `aliases` and `alias`: items of a list, or a string split at its commas.
    pub fn aliases(&self, text: &str) -> Vec<Listed> {
        let entries = self.entries.iter().filter(|entry| entry.is_read_as("aliases") || entry.is_read_as("alias"));
        entries.flat_map(|entry| words::aliases(text, entry)).collect()
    }

    /// The language the note says it is in: `lang`, else `language`.
    pub fn lang(&self) -> Option<&str> {
        ["lang", "language"].iter().find_map(|name| match &self.entry(name)?.value {
            Value::Scalar(scalar) => Some(scalar.text.trim()),
            _ => None,
        })
    }

    /// Whether a span lies inside one value, or one item of a list, that stands in quotes: there
    /// brackets are text to YAML. Of YAML that cannot be read, quotes at both ends of a line tell.
    pub fn is_quoted(&self, text: &str, span: Span) -> bool {
        let within =
            |style, value: Span| matches!(style, Style::SingleQuoted | Style::DoubleQuoted) && value.contains(span);
        self.entries.iter().any(|entry| match &entry.value {
            Value::Scalar(scalar) => within(scalar.style, scalar.span),
            Value::Sequence { items, .. } => items.iter().any(|item| within(item.style, item.span)),
            Value::Raw { span: raw } if raw.contains(span) => lines::is_quoted(text, span),
            _ => false,
        })
    }

    /// How this frontmatter writes its lists, `but` apart: as its first block list, else between
    /// brackets if it has such lists, else as Obsidian does.
    pub fn list_style(&self, text: &str, but: &Entry) -> ListStyle {
        let others = self.entries.iter().filter(|entry| entry.key != but.key);
        write::list_style(text, others)
    }
}

#[cfg(test)]
mod tests;
