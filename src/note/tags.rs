//! Inline tags, as Obsidian reads them.

use super::link::{Link, in_links};
use super::zones::ZoneKind;
use crate::span::Span;

/// A tag in the text of a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tag {
    /// With its `#`.
    pub span: Span,
    /// What it stands in: text that is read as Markdown, or HTML.
    pub kind: ZoneKind,
}

impl Tag {
    /// The span without the `#`.
    pub fn name(self) -> Span {
        Span::new(self.span.start() + 1, self.span.end())
    }
}

/// Whether a character may stand in a tag: no white space, none of the punctuation that Obsidian
/// ends a tag at (U+2000–206F, U+2E00–2E7F and most of ASCII's).
pub fn is_tag_char(c: char) -> bool {
    !(c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{2000}'..='\u{206f}' | '\u{2e00}'..='\u{2e7f}')
        || "!\"#$%&'()*+,.:;<=>?@^`{|}~[]\\".contains(c))
}

/// The tags of `text` where it is readable, in order; what a wikilink leads to and shows is none. Only places that
/// look like tags are asked about.
pub(super) fn read(text: &str, links: &[Link], kind_at: impl Fn(usize) -> ZoneKind) -> Vec<Tag> {
    let mut found = Vec::new();
    let mut in_link = in_links(links);
    for hash in memchr::memchr_iter(b'#', text.as_bytes()) {
        let before = text[..hash].chars().next_back();
        if before.is_some_and(|c| !c.is_whitespace() && c != '\u{feff}') {
            continue;
        }
        let name = &text[hash + 1..];
        let (name, after) = name.split_at(name.find(|c| !is_tag_char(c)).unwrap_or(name.len()));
        // `#93/#97` are two numbers of issues, `#fff/#000` two colours.
        if name.chars().all(|c| c.is_numeric()) || name.ends_with('/') && after.starts_with('#') {
            continue;
        }
        if in_link(hash) {
            continue;
        }
        let kind = kind_at(hash);
        if kind.is_text() || kind == ZoneKind::Html {
            found.push(Tag { span: Span::new(hash, hash + 1 + name.len()), kind });
        }
    }
    found
}

/// The lines after `body`, without their ends, that hold nothing but tags.
pub(super) fn lines(text: &str, body: usize, tags: &[Tag]) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    let mut tags = tags.iter().filter(|tag| tag.span.start() >= body).peekable();
    while let Some(first) = tags.peek() {
        let start = text[..first.span.start()].rfind('\n').map_or(0, |at| at + 1).max(body);
        let rest = &text[start..];
        let end = start + rest[..rest.find('\n').unwrap_or(rest.len())].trim_end_matches('\r').len();
        let (mut at, mut only) = (start, true);
        while let Some(tag) = tags.next_if(|tag| tag.span.start() < end) {
            only &= text[at..tag.span.start()].trim_matches([' ', '\t']).is_empty();
            at = tag.span.end();
        }
        if only && text[at..end].trim_matches([' ', '\t']).is_empty() {
            found.push(Span::new(start, end));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_ends_where_obsidian_ends_it() {
        let text = "#a/b. #1984 #y1984, x#no #ü-ö’s \\#esc #[[x]] # h #93/#97 #fff/#000";
        let tags: Vec<_> = read(text, &[], |_| ZoneKind::Prose).into_iter().map(|tag| tag.span.of(text)).collect();
        assert_eq!(tags, ["#a/b", "#y1984", "#ü-ö"]);
    }

    #[test]
    fn a_line_of_tags_has_nothing_else() {
        let note = crate::note::Note::parse("n.md", "---\nx: 1\n---\n#a #b \r\n- #c\n\t#d\nOn #e\n\n  #f");
        let lines: Vec<_> = note.tag_lines().into_iter().map(|line| line.of(&note.text)).collect();
        assert_eq!(lines, ["#a #b ", "\t#d", "  #f"]);
    }
}
