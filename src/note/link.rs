//! A wikilink, and the parts of it.

use std::num::NonZeroU32;

use crate::span::Span;

/// What Obsidian shows in the place of each `#` of a link to a part of a note: `Note > Part` of `[[Note#Part]]`.
pub(crate) const PART: &str = " > ";

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
    /// One more than the index of the link that holds this one.
    pub(crate) parent: Option<NonZeroU32>,
}

/// Tells of places, asked for in their order, whether they stand inside a wikilink.
pub(super) fn in_links(links: &[Link]) -> impl FnMut(usize) -> bool {
    let mut outer = links.iter().filter(|link| link.parent.is_none()).map(|link| link.span).peekable();
    move |at| {
        while outer.next_if(|span| span.end() <= at).is_some() {}
        outer.peek().is_some_and(|span| span.start() < at)
    }
}

impl Link {
    /// The index of the link that holds this one.
    pub fn parent(&self) -> Option<usize> {
        self.parent.map(|parent| parent.get() as usize - 1)
    }

    /// Whether the link at this index holds this one.
    pub fn is_in(&self, index: usize) -> bool {
        self.parent() == Some(index)
    }

    /// The bytes between the brackets.
    pub fn inner(&self) -> Span {
        Span::new(self.target.start(), self.span.end() - 2)
    }

    /// Whether a letter, a digit or an apostrophe may stand beside the link, by the two bytes there. Beside most
    /// stands a blank or a full stop.
    pub(crate) fn may_be_touched(&self, text: &str) -> bool {
        let (before, after) = (&text.as_bytes()[..self.span.start()], &text.as_bytes()[self.span.end()..]);
        let of_word = |byte: Option<&u8>| {
            byte.is_some_and(|&byte| !byte.is_ascii() || byte == b'\'' || byte.is_ascii_alphanumeric())
        };
        of_word(before.last()) || of_word(after.first())
    }

    /// The bytes a reader sees: the alias, else everything between the brackets.
    pub fn shown(&self) -> Span {
        self.alias.unwrap_or(self.inner())
    }
}
