//! Markdown's own links, `[text](destination "title")`, as far as their brackets are on one line.

use std::borrow::Cow;

use super::{Note, ZoneKind, pairs};
use crate::span::Span;

/// A link or image between brackets and parentheses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MarkdownLink {
    /// From the `[` (an image's `!`) to the `)`.
    pub span: Span,
    pub text: Span,
    /// Without `<` and `>`, as written.
    pub destination: Span,
    pub image: bool,
}

impl Note {
    /// The Markdown links of the note, in order.
    pub fn markdown_links(&self) -> impl Iterator<Item = MarkdownLink> {
        let zones = if self.beside.destination { self.zones() } else { &[] };
        let destinations = zones.iter().filter(|zone| zone.kind == ZoneKind::LinkDestination);
        destinations.filter_map(|zone| self.markdown_link(zone.span))
    }

    fn markdown_link(&self, zone: Span) -> Option<MarkdownLink> {
        let before = self.text[..zone.start()].trim_end_matches('<').strip_suffix("](")?;
        // No further than the line goes, nor to its ends for each link on it.
        let mut depth = 1;
        let open = before.bytes().rposition(|byte| {
            depth += i32::from(byte == b']') - i32::from(byte == b'[');
            depth == 0 || byte == b'\n'
        });
        let open = open.filter(|&open| before[open..].starts_with('['))?;
        let close = before.len();
        let image = self.text[..open].ends_with('!');
        let rest = &self.text[zone.end()..];
        let end = rest.find([')', '\n']).filter(|&end| rest[end..].starts_with(')'))?;
        let end = zone.end() + end + 1;
        let written = zone.of(&self.text);
        let inner = written.trim_start_matches('<').trim_end_matches('>');
        let start = zone.start() + (written.len() - written.trim_start_matches('<').len());
        Some(MarkdownLink {
            span: Span::new(open - usize::from(image), end),
            text: Span::new(open + 1, close),
            destination: Span::new(start, start + inner.len()),
            image,
        })
    }
}

/// Whether some `](destination)` holds a `#`, and leads to no place in the web.
pub(super) fn may_name_a_part(text: &str) -> bool {
    // Many may end in the same place, where one of them is closed or the line ends.
    let (mut end, mut hash, mut scheme) = (0, None, None);
    pairs(text, *b"](").any(|at| {
        let start = at + 2;
        if start > end {
            end = text[start..].find([')', '\n']).map_or(text.len(), |length| start + length);
            let destination = &text[start..end];
            hash = destination.rfind('#').map(|i| start + i);
            scheme = destination.rfind("://").map(|i| start + i);
        }
        hash >= Some(start) && scheme < Some(start)
    })
}

impl MarkdownLink {
    /// The file of the vault that the link may lead to, decoded, with its fragment; `None` when it
    /// leads into the web, or only to a part of its own note.
    pub fn target<'a>(&self, text: &'a str) -> Option<Cow<'a, str>> {
        let written = self.destination.of(text);
        let scheme = written.split(['/', '#', '?']).next().is_some_and(|head| head.contains(':'));
        if scheme || written.is_empty() || written.starts_with(['#', '<']) || written.starts_with("//") {
            return None;
        }
        Some(decode(written))
    }
}

/// `%20` and its like as what they stand for; what decodes to no text stays as it is.
pub(crate) fn decode(written: &str) -> Cow<'_, str> {
    if !written.contains('%') {
        return Cow::Borrowed(written);
    }
    let bytes = written.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = written.get(at + 1..at + 3).filter(|_| bytes[at] == b'%');
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                decoded.push(byte);
                at += 3;
            }
            None => {
                decoded.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(decoded).map_or(Cow::Borrowed(written), Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_found_with_their_text_and_destination() {
        let text = "[a](b.md) and [c [d]](<e f.md> \"t\") ![g](h%20i.png)[j](k.md#l) [m](https://x.org) `[n](o.md)`\n";
        let note = Note::parse("n.md", text);
        let found: Vec<_> = note
            .markdown_links()
            .map(|link| (link.span.of(text), link.text.of(text), link.target(text).map(Cow::into_owned)))
            .collect();
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(
            found,
            [
                ("[a](b.md)", "a", some("b.md")),
                ("[c [d]](<e f.md> \"t\")", "c [d]", some("e f.md")),
                ("![g](h%20i.png)", "g", some("h i.png")),
                ("[j](k.md#l)", "j", some("k.md#l")),
                ("[m](https://x.org)", "m", None),
            ]
        );
    }
}
