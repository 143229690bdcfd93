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
        part(at - usize::from(rest[..tag].ends_with('>')), ZoneKind::HtmlTag);
        part(at, ZoneKind::Html);
        if let Some(element) = code_element(&rest[1..tag]) {
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

/// The element of these that a tag, from its name on, is of.
fn code_element(tag: &str) -> Option<&'static str> {
    let name = tag.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    CODE.into_iter().find(|element| name.eq_ignore_ascii_case(element))
}

/// What stands between the tags of elements in a paragraph whose text is code, for an overlay: in `zones`, which tile
/// `text`, it is read as Markdown.
pub(super) fn code(text: &str, zones: &[Zone]) -> Vec<Zone> {
    let mut found = Vec::new();
    let mut open: Option<(&str, usize)> = None;
    for zone in zones.iter().filter(|zone| zone.kind == ZoneKind::HtmlTag) {
        let tag = zone.span.of(text);
        match (open, tag.strip_prefix('/')) {
            (None, None) if !tag.ends_with('/') => {
                open = code_element(tag).map(|element| (element, zone.span.end() + 1));
            }
            (Some((element, start)), Some(closing)) if code_element(closing) == Some(element) => {
                let content = Span::new(start, zone.span.start() - 1);
                if !has_blank_line(content.of(text)) {
                    found.push(Zone { span: content, kind: ZoneKind::InlineCode });
                }
                open = None;
            }
            _ => {}
        }
    }
    found
}

/// Whether a blank line, which ends a paragraph, stands in the text.
pub(super) fn has_blank_line(text: &str) -> bool {
    let mut lines = text.split('\n').skip(1).peekable();
    std::iter::from_fn(|| lines.next().filter(|_| lines.peek().is_some())).any(|line| line.trim().is_empty())
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
