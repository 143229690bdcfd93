//! Reads the text of a note: its zones, wikilinks, tags, headings, block ids and frontmatter.
//!
//! `Note::parse` takes any text and never fails; what is wrong with the text is told by rules. The
//! wikilinks are read first, from the raw text, by [`brackets`]. Then [`shown`] takes their markup
//! out, and Markdown's structure is read from what is left: so a URL, an HTML tag or a table that a
//! linker has broken is still seen as what it was.

mod brackets;
pub mod frontmatter;
mod markdown;
mod shown;
mod tags;
mod zones;

pub use frontmatter::Frontmatter;
pub use shown::Shown;
pub use tags::{Tag, is_tag_char};
pub use zones::{Place, Zone, ZoneKind};

use crate::span::Span;

/// A note as read. `text` is the file byte for byte: byte order mark, CRLF and a missing last
/// newline stay.
#[derive(Debug, Clone)]
pub struct Note {
    /// From the vault's root, with `/`.
    pub path: String,
    pub text: String,
    /// In order, without gap or overlap, from the first byte to the last.
    pub zones: Vec<Zone>,
    /// In the order of their first byte; a parent stands before its children.
    pub links: Vec<Link>,
    /// `[[` and `]]` that have no partner on their line, in order.
    pub unbalanced: Vec<Span>,
    /// Inline tags; those of the frontmatter are in its `tags` entry.
    pub tags: Vec<Tag>,
    pub headings: Vec<Heading>,
    /// The `^id` at the end of a block, without the `^`.
    pub block_ids: Vec<Span>,
    pub frontmatter: Option<Frontmatter>,
}

/// A wikilink between `[[` and `]]`, in whatever place it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// From the first bracket (an embed's `!`) to the last.
    pub span: Span,
    /// The note that is meant, without fragment and alias; may hold further links when damaged.
    pub target: Span,
    /// What follows the first `#`, without it.
    pub fragment: Option<Span>,
    /// What follows the first `|` (in tables `\|`).
    pub alias: Option<Span>,
    pub embed: bool,
    pub place: Place,
    /// The index of the link that holds this one.
    pub parent: Option<usize>,
}

impl Link {
    /// The bytes between the brackets.
    pub fn inner(&self) -> Span {
        Span::new(self.target.start, self.span.end - 2)
    }

    /// The bytes a reader sees: the alias, else everything between the brackets.
    pub fn shown(&self) -> Span {
        self.alias.unwrap_or(self.inner())
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// The whole heading, with its marks, without the line end.
    pub span: Span,
    /// 1 to 6.
    pub level: u8,
    /// What stands between the marks.
    pub text: Span,
}
