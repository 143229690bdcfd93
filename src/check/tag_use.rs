//! The tags of a note, in frontmatter and text alike.

use crate::note::Note;
use crate::span::Span;

/// A tag where it stands.
pub(super) struct TagUse {
    /// In text with its `#`; in frontmatter without quotes.
    pub(super) span: Span,
    /// Without `#`, quotes and escapes.
    pub(super) name: String,
    /// Whether it stands in the frontmatter.
    pub(super) listed: bool,
}

/// All tags in the order they stand, those that YAML does not see too.
pub(super) fn tag_uses(note: &Note) -> Vec<TagUse> {
    let listed = note.frontmatter.iter().flat_map(|frontmatter| frontmatter.tags(&note.text));
    let listed = listed.map(|tag| TagUse { span: tag.span, name: tag.text, listed: true });
    let inline = note.tags.iter().map(|tag| TagUse {
        span: tag.span,
        name: tag.name().of(&note.text).to_owned(),
        listed: false,
    });
    listed.chain(inline).collect()
}

/// `once`, `3 times`.
pub(super) fn times(count: u32) -> String {
    if count == 1 { "once".to_owned() } else { format!("{count} times") }
}
