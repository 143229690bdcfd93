//! Tells tags, comments and text apart in a piece of HTML.

use std::sync::LazyLock;

use memchr::memmem;
use regex::Regex;

use super::zones::{Zone, ZoneKind};
use crate::span::Span;

/// Calls `part` with the end of each part in turn, in bytes of `html`, and its kind. What is left
/// after the last call is text.
pub(super) fn read(html: &str, mut part: impl FnMut(usize, ZoneKind)) {
    let mut at = 0;
    while let Some(open) = html[at..].find('<') {
        let start = at + open;
        part(start, ZoneKind::Html);
        let rest = &html[start..];
        if rest.starts_with("<!--") {
            at = memmem::find(&rest.as_bytes()[4..], b"-->").map_or(html.len(), |i| start + 4 + i + 3);
            part(at, ZoneKind::HtmlComment);
            continue;
        }
        let Some(tag) = tag_length(rest) else {
            at = start + 1;
            continue;
        };
        at = start + tag;
        part(start + 1, ZoneKind::Html);
        part(at - 1, ZoneKind::HtmlTag);
        part(at, ZoneKind::Html);
        if let Some(element) = code_element(name(&rest[1..tag])) {
            let length = find_ignore_case(&html[at..], &format!("</{element}"));
            at += length;
            part(at, ZoneKind::CodeBlock);
        }
    }
}

/// A tag as CommonMark has it (<https://spec.commonmark.org/0.31.2/#raw-html>).
static TAG: LazyLock<Regex> = LazyLock::new(|| {
    let attribute = r#"[A-Za-z_:][\w.:-]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?"#;
    Regex::new(&format!(r"^</?([A-Za-z][A-Za-z0-9-]*)(\s+{attribute})*\s*/?>")).expect("the pattern is fixed")
});

/// The length of the tag that `html` begins with, its `>` included. `<Insert three titles>` has
/// the form of one, but names no attribute's value and no element that takes bare attributes.
fn tag_length(html: &str) -> Option<usize> {
    let tag = TAG.captures(html)?;
    let whole = tag.get(0)?.as_str();
    let element = tag.get(1)?.as_str().to_ascii_lowercase();
    let placeholder = tag.get(2).is_some() && !whole.contains('=') && !BARE.contains(&element.as_str());
    (!placeholder).then_some(whole.len())
}

/// The elements of HTML with attributes that need no value.
const BARE: [&str; 14] = [
    "audio", "button", "details", "dialog", "form", "iframe", "img", "input", "ol", "option", "script", "select",
    "textarea", "video",
];

/// Whether HTML has, or had, an element of this name.
pub(crate) fn is_element(name: &str) -> bool {
    ELEMENTS.iter().any(|element| element.eq_ignore_ascii_case(name))
}

#[rustfmt::skip]
const ELEMENTS: [&str; 128] = [
    "a", "abbr", "acronym", "address", "area", "article", "aside", "audio", "b", "base", "bdi", "bdo", "big",
    "blockquote", "body", "br", "button", "canvas", "caption", "center", "cite", "code", "col", "colgroup", "data",
    "datalist", "dd", "del", "details", "dfn", "dialog", "dir", "div", "dl", "dt", "em", "embed", "fieldset",
    "figcaption", "figure", "font", "footer", "form", "frame", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "head",
    "header", "hgroup", "hr", "html", "i", "iframe", "img", "input", "ins", "kbd", "label", "legend", "li", "link",
    "main", "map", "mark", "marquee", "math", "menu", "meta", "meter", "nav", "noframes", "noscript", "object", "ol",
    "optgroup", "option", "output", "p", "param", "picture", "pre", "progress", "q", "rb", "rp", "rt", "rtc", "ruby",
    "s", "samp", "script", "search", "section", "select", "slot", "small", "source", "span", "strike", "strong",
    "style", "sub", "summary", "sup", "svg", "table", "tbody", "td", "template", "textarea", "tfoot", "th", "thead",
    "time", "title", "tr", "track", "tt", "u", "ul", "var", "video", "wbr",
];

/// Elements whose text is none for readers.
const CODE: [&str; 7] = ["code", "pre", "samp", "script", "style", "textarea", "tt"];

/// The element of these that has this name.
fn code_element(name: &str) -> Option<&'static str> {
    CODE.into_iter().find(|element| name.eq_ignore_ascii_case(element))
}

/// A tag in running text.
pub(super) struct Tag<'a> {
    /// What stands between `<` and `>`.
    pub(super) span: Span,
    /// The name of its element, as written.
    pub(super) name: &'a str,
    /// Whether it begins an element that another tag ends; `<a/>` is one by itself.
    pub(super) opens: bool,
    pub(super) closes: bool,
    /// Whether it is the first of its paragraph: no element that begins in another one goes on.
    pub(super) anew: bool,
}

impl Tag<'_> {
    /// What stands between this tag, which opens an element, and the one that closes it.
    pub(super) fn content(&self, closing: &Tag<'_>) -> Span {
        Span::new(self.span.end() + 1, closing.span.start() - 1)
    }
}

/// The tags in `zones`, which tile a part of `text`, in order.
pub(super) fn tags<'a>(text: &'a str, zones: &'a [Zone]) -> impl Iterator<Item = Tag<'a>> {
    let mut end = None;
    zones.iter().filter(|zone| zone.kind == ZoneKind::HtmlTag).map(move |&Zone { span, .. }| {
        let anew = end.replace(span.end()).is_none_or(|end| has_blank_line(&text[end..span.start()]));
        let tag = span.of(text);
        let closes = tag.starts_with('/');
        let name = name(tag.strip_prefix('/').unwrap_or(tag));
        Tag { span, name, opens: !closes && !tag.ends_with('/'), closes, anew }
    })
}

/// The name that a tag begins with.
fn name(tag: &str) -> &str {
    &tag[..tag.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(tag.len())]
}

/// What stands between the tags of elements in a paragraph whose text is code, for an overlay: in `zones`, which tile
/// `text`, it is read as Markdown.
pub(super) fn code(text: &str, zones: &[Zone]) -> Vec<Zone> {
    let mut found = Vec::new();
    let mut open: Option<Tag<'_>> = None;
    for tag in tags(text, zones) {
        open = open.filter(|_| !tag.anew);
        match &open {
            None if tag.opens && code_element(tag.name).is_some() => open = Some(tag),
            Some(opening) if tag.closes && opening.name.eq_ignore_ascii_case(tag.name) => {
                found.push(Zone { span: opening.content(&tag), kind: ZoneKind::InlineCode });
                open = None;
            }
            _ => {}
        }
    }
    found
}

/// Whether a line that ends a paragraph, blank but for the marks of quotes, stands in the text.
fn has_blank_line(text: &str) -> bool {
    let mut lines = text.split('\n').skip(1).peekable();
    let is_blank = |line: &str| line.trim_matches([' ', '\t', '\r', '>']).is_empty();
    std::iter::from_fn(|| lines.next().filter(|_| lines.peek().is_some())).any(is_blank)
}

/// The offset of `needle` in `text` without regard to ASCII case, or the length of `text`.
fn find_ignore_case(text: &str, needle: &str) -> usize {
    memchr::memchr_iter(b'<', text.as_bytes())
        .find(|&i| text.as_bytes()[i..].get(..needle.len()).is_some_and(|s| s.eq_ignore_ascii_case(needle.as_bytes())))
        .unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_comments_and_text_are_told_apart() {
        let html = r#"<a title="x>y">T</a><!-- c --><style>s</style>"#;
        let (mut at, mut found) = (0, Vec::new());
        read(html, |end, kind| {
            if end > at {
                found.push((&html[at..end], kind));
                at = end;
            }
        });
        assert!(found.contains(&(r#"a title="x>y""#, ZoneKind::HtmlTag)));
        assert!(found.contains(&("<!-- c -->", ZoneKind::HtmlComment)));
        assert!(found.contains(&("s", ZoneKind::CodeBlock)));
    }
}
