//! What every byte of a note belongs to.

use crate::span::Span;

/// A part of a note that is of one kind. The zones of a note tile its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Zone {
    pub span: Span,
    pub kind: ZoneKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ZoneKind {
    Prose,
    /// A heading, its marks included.
    Heading,
    InlineCode,
    /// Fenced or indented code, fences included; the inside of `<script>` and `<style>`.
    CodeBlock,
    Math,
    /// Text between the tags of an HTML block, which Markdown does not read.
    Html,
    /// Inside `<…>`: the tag's name and its attributes.
    HtmlTag,
    HtmlComment,
    /// `%% … %%`
    Comment,
    /// A URL in running text or between `<` and `>`.
    Url,
    /// What a Markdown link or image leads to.
    LinkDestination,
    /// The title after it, in its quotes: an attribute, not text.
    LinkTitle,
    /// The text of a Markdown link or image.
    LinkText,
    Frontmatter,
}

impl ZoneKind {
    /// All, in the order of their numbers.
    pub(super) const ALL: [ZoneKind; 14] = [
        ZoneKind::Prose,
        ZoneKind::Heading,
        ZoneKind::InlineCode,
        ZoneKind::CodeBlock,
        ZoneKind::Math,
        ZoneKind::Html,
        ZoneKind::HtmlTag,
        ZoneKind::HtmlComment,
        ZoneKind::Comment,
        ZoneKind::Url,
        ZoneKind::LinkDestination,
        ZoneKind::LinkTitle,
        ZoneKind::LinkText,
        ZoneKind::Frontmatter,
    ];

    /// Text that a reader reads as Markdown.
    pub fn is_text(self) -> bool {
        matches!(self, ZoneKind::Prose | ZoneKind::Heading | ZoneKind::LinkText)
    }

    pub fn is_code(self) -> bool {
        matches!(self, ZoneKind::InlineCode | ZoneKind::CodeBlock | ZoneKind::Math)
    }

    pub fn is_comment(self) -> bool {
        matches!(self, ZoneKind::Comment | ZoneKind::HtmlComment)
    }

    /// A URL, or what a Markdown link leads to.
    pub fn is_url(self) -> bool {
        matches!(self, ZoneKind::Url | ZoneKind::LinkDestination)
    }

    /// Whether a reader sees the text of a wikilink here rather than its brackets.
    pub fn shows_links(self) -> bool {
        !self.is_code() && !self.is_comment()
    }
}

// One that is missing from the list would be taken for another.
const _: () = assert!(ZoneKind::Frontmatter as usize + 1 == ZoneKind::ALL.len());

/// Where a link stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub kind: ZoneKind,
    /// In a cell of a table, where a pipe is written `\|`.
    pub in_table: bool,
}

impl Place {
    /// A pipe as it is written here in a link.
    pub fn pipe(self) -> &'static str {
        if self.in_table { "\\|" } else { "|" }
    }
}

/// Lays `over` upon `base`. Both are in order and without overlap; `base` tiles a text, and so
/// does the result.
pub(super) fn overlay(base: &[Zone], over: &[Zone]) -> Vec<Zone> {
    if over.is_empty() {
        return base.to_vec();
    }
    let mut tiles = Vec::with_capacity(base.len() + 2 * over.len());
    let mut over = over.iter().peekable();
    for zone in base {
        let mut at = zone.span.start();
        while let Some(top) = over.peek() {
            if top.span.start() >= zone.span.end() {
                break;
            }
            push(&mut tiles, Span::new(at, top.span.start().max(at)), zone.kind);
            let end = top.span.end().min(zone.span.end());
            push(&mut tiles, Span::new(top.span.start().max(at), end.max(at)), top.kind);
            at = at.max(end);
            if top.span.end() > zone.span.end() {
                break;
            }
            over.next();
        }
        push(&mut tiles, Span::new(at, zone.span.end()), zone.kind);
    }
    tiles
}

/// Adds a zone, or makes the last one longer when it is of the same kind. Headings, URLs and the
/// like that stand side by side stay two.
pub(super) fn push(tiles: &mut Vec<Zone>, span: Span, kind: ZoneKind) {
    if span.is_empty() {
        return;
    }
    match tiles.last_mut() {
        Some(last) if last.kind == kind && last.span.end() == span.start() => {
            last.span = last.span.with_end(span.end())
        }
        _ => tiles.push(Zone { span, kind }),
    }
}

/// The zone that holds the byte at `offset`; at the end of the text, the last one.
pub(super) fn zone_at(zones: &[Zone], offset: usize) -> Option<&Zone> {
    let i = zones.partition_point(|zone| zone.span.end() <= offset);
    zones.get(i).or(zones.last())
}
