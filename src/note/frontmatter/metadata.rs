//! Lines that look like metadata but stand in no frontmatter, since a fence is missing.

use super::Frontmatter;
use super::fence::is_fence;
use crate::span::Span;

/// Names that metadata has in many vaults and that a sentence hardly begins with.
const KNOWN: &[&str] = &[
    "alias",
    "aliases",
    "author",
    "authors",
    "categories",
    "category",
    "created",
    "cssclass",
    "cssclasses",
    "date",
    "description",
    "draft",
    "id",
    "keywords",
    "lang",
    "language",
    "layout",
    "modified",
    "permalink",
    "publish",
    "published",
    "slug",
    "source",
    "status",
    "subtitle",
    "summary",
    "tag",
    "tags",
    "title",
    "type",
    "uid",
    "updated",
    "url",
    "uuid",
];

/// A block of lines such as `key: value`, their lists and their indented lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Metadata {
    /// From the first line to the last, without the last line end.
    pub span: Span,
    /// The fence that closes it, when the line after the block is one.
    pub closing: Option<Span>,
}

impl Metadata {
    /// The block of metadata lines that begins at `from`; `None` when the first line is none.
    pub fn read(text: &str, from: usize) -> Option<Metadata> {
        let mut end = from;
        let mut at = from;
        let mut closing = None;
        for line in text[from..].split_inclusive('\n') {
            if is_fence(line) {
                closing = Some(Span::new(at, at + "---".len()));
                break;
            }
            let inside = at > from && (line.starts_with([' ', '\t']) || line.starts_with("- "));
            if line.trim().is_empty() || !(inside || is_key_line(line)) {
                break;
            }
            end = at + line.trim_end().len();
            at += line.len();
        }
        (end > from).then(|| Metadata { span: Span::new(from, end), closing })
    }

    /// Whether it is YAML with so many keys at least, one of them a name that metadata often has.
    pub fn is_yaml(&self, text: &str, keys: usize) -> bool {
        let alone = format!("---\n{}\n---\n", self.span.of(text));
        Frontmatter::read(&alone).is_some_and(|read| {
            let known = read.entries.iter().any(|entry| KNOWN.contains(&&*entry.name));
            read.error.is_none() && read.entries.len() >= keys && known
        })
    }

    /// Whether it holds what means something only in text: links, tags, inline fields.
    pub fn has_markup(&self, text: &str) -> bool {
        let block = self.span.of(text);
        [": #", " #", "[[", "](", "**", "::"].iter().any(|mark| block.contains(mark))
    }
}

/// A line `key: value` whose key is one word in small letters.
fn is_key_line(line: &str) -> bool {
    let Some((key, rest)) = line.split_once(':') else { return false };
    let word = key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-'));
    word && key.starts_with(|c: char| c.is_ascii_lowercase())
        && (rest.is_empty() || rest.starts_with(char::is_whitespace))
}
