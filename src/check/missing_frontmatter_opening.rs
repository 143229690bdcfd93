//! Metadata at the top of a note that is closed by `---` but not opened.

use serde::Deserialize;

use super::{Check, Cx};
use crate::note::frontmatter::{Frontmatter, Metadata};
use crate::span::Span;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MissingFrontmatterOpening {}

impl Check for MissingFrontmatterOpening {
    fn note(&self, cx: &mut Cx<'_>) {
        let Some((first, closing)) = find(&cx.note.text, cx.note.frontmatter.as_ref()) else { return };
        cx.report(first, "metadata without an opening `---`")
            .label(closing, "closed here")
            .evidence("Markdown makes a heading of these lines, and no property is read")
            .help("put a line `---` before the first of these lines");
    }
}

/// The first line of the metadata, and the fence that closes it.
fn find(text: &str, frontmatter: Option<&Frontmatter>) -> Option<(Span, Span)> {
    let mark = text.len() - text.strip_prefix('\u{feff}').unwrap_or(text).len();
    let top = frontmatter.map_or(mark, |frontmatter| frontmatter.span.end());
    let metadata = Metadata::read(text, top)?;
    let closing = metadata.closing?;
    if metadata.has_markup(text) || !metadata.is_yaml(text, 2) {
        return None;
    }
    let first = text[top..].lines().next()?.trim_end();
    Some((Span::new(top, top + first.len()), closing))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_underlined_with_hyphens_is_no_metadata() {
        for text in [
            "Note: something\n---\n",
            "title: A\n---\n",
            "Source: x\nDate: y\n---\n",
            "one: a\ntwo: b\n---\n",
            "title: A\ntags: #a #b\n---\n",
            "title: A\n\ntags: b\n---\n",
            "title: A\ntags: b\n",
            "title: A\nup: \"[[B]]\"\n---\n",
            "title: A\nand more words\n---\n",
        ] {
            assert_eq!(find(text, None), None, "{text:?}");
        }
        assert!(find("title: A\ntags: [b]\n---\n", None).is_some());
    }
}
