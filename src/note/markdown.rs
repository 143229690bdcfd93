//! Markdown's own structure, as pulldown-cmark reads it from the text a reader sees.

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::shown::{Markup, Shown};
use super::zones::{Zone, ZoneKind, push};
use super::{html, pairs, urls};
use crate::span::Span;

/// The structure of one text, in offsets of that text.
#[derive(Debug, Default)]
pub(super) struct Markdown {
    /// They tile the text. Neither comments nor bare URLs are in it yet.
    pub(super) zones: Vec<Zone>,
    pub(super) headings: Vec<(Span, u8, Span)>,
    pub(super) tables: Vec<Span>,
}

const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_MATH);

impl Markdown {
    pub(super) fn read(text: &str) -> Self {
        Markdown::read_as(text, false)
    }

    /// `nested`: the text is itself an indented block, in which no further one is looked into.
    fn read_as(text: &str, nested: bool) -> Self {
        let mut parser = Parser::new_ext(text, OPTIONS).into_offset_iter();
        let mut reader = Reader { text, found: Markdown::default(), kinds: Vec::new(), at: 0, nested, indented: false };
        for (event, range) in parser.by_ref() {
            reader.event(event, Span::from(range));
        }
        reader.paint(text.len());
        let mut found = reader.found;
        let mut definitions: Vec<Span> =
            parser.reference_definitions().iter().map(|(_, definition)| Span::from(definition.span.clone())).collect();
        if !definitions.is_empty() {
            definitions.sort_unstable();
            let zones: Vec<Zone> = definitions.into_iter().flat_map(|span| definition(text, span)).collect();
            found.zones = super::zones::overlay(&found.zones, &zones);
        }
        found
    }
}

/// What is no text in `[label]: destination "title"`: the code in the label, the destination, the title.
fn definition(text: &str, whole: Span) -> Vec<Zone> {
    let Some((label, rest)) = label(whole.of(text)) else { return Vec::new() };
    let code = if label.contains('`') { Markdown::read(label).zones } else { Vec::new() };
    let code = code.into_iter().filter(|zone| zone.kind == ZoneKind::InlineCode);
    let mut found: Vec<Zone> = code.map(|zone| Zone { span: zone.span.shift(whole.start()), ..zone }).collect();
    let behind = |rest: &str| whole.end() - after_blanks(rest).len();
    let start = behind(rest);
    let destination = &text[start..whole.end()];
    let length = match destination.strip_prefix('<') {
        Some(inner) => inner.find('>').map(|length| length + 2),
        None => destination.find(|c: char| c.is_ascii_whitespace()),
    };
    let end = length.map_or(whole.end(), |length| start + length);
    found.push(Zone { span: Span::new(start, end), kind: ZoneKind::LinkDestination });
    let title = Span::new(behind(&text[end..whole.end()]), end + text[end..whole.end()].trim_ascii_end().len());
    if !title.is_empty() {
        found.push(Zone { span: title, kind: ZoneKind::LinkTitle });
    }
    found
}

/// The label of a definition, and what stands behind its colon.
fn label(text: &str) -> Option<(&str, &str)> {
    let escapes = |before: &str| before.bytes().rev().take_while(|&byte| byte == b'\\').count();
    let (at, _) = text.match_indices("]:").find(|(at, _)| escapes(&text[..*at]).is_multiple_of(2))?;
    Some((&text[..at], &text[at + 2..]))
}

/// The text without the blanks before it, the ends of lines among them and the marks of a quote behind those.
fn after_blanks(text: &str) -> &str {
    let rest = text.trim_ascii_start();
    let goes_on = text[..text.len() - rest.len()].contains(['\n', '\r']);
    if goes_on { rest.trim_start_matches(['>', ' ', '\t']) } else { rest }
}

struct Reader<'a> {
    text: &'a str,
    found: Markdown,
    /// The kinds around the current place, the innermost last.
    kinds: Vec<Around>,
    /// All before it is painted.
    at: usize,
    nested: bool,
    /// Whether the code block in hand is indented, not fenced.
    indented: bool,
}

struct Around {
    kind: ZoneKind,
    /// The span of all that was read inside it so far.
    inside: Option<Span>,
    /// The lines of an indented code block, without their indentation.
    lines: Vec<Span>,
}

impl Reader<'_> {
    fn kind(&self) -> ZoneKind {
        self.kinds.last().map_or(ZoneKind::Prose, |around| around.kind)
    }

    /// Gives all up to `end` the current kind.
    fn paint(&mut self, end: usize) {
        self.paint_as(end, self.kind());
    }

    fn paint_as(&mut self, end: usize, kind: ZoneKind) {
        if end > self.at {
            push(&mut self.found.zones, Span::new(self.at, end), kind);
            self.at = end;
        }
    }

    fn leaf(&mut self, span: Span, kind: ZoneKind) {
        self.paint(span.start());
        self.paint_as(span.end(), kind);
    }

    fn event(&mut self, event: Event<'_>, span: Span) {
        if !matches!(event, Event::End(_)) {
            for around in &mut self.kinds {
                around.inside = Some(around.inside.map_or(span, |inside| inside.cover(span)));
            }
        }
        match event {
            Event::Start(tag) => self.start(&tag, span),
            Event::End(tag) => self.end(tag, span),
            Event::Text(_) if self.indented => {
                if let Some(block) = self.kinds.last_mut() {
                    block.lines.push(span);
                }
            }
            Event::Code(_) => self.leaf(span, ZoneKind::InlineCode),
            Event::InlineMath(_) | Event::DisplayMath(_) => self.leaf(span, ZoneKind::Math),
            Event::InlineHtml(_) => {
                self.paint(span.start());
                self.html(span);
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, span: Span) {
        let mut start = span.start();
        let kind = match tag {
            Tag::Heading { .. } => ZoneKind::Heading,
            Tag::CodeBlock(kind) => {
                self.indented = matches!(kind, CodeBlockKind::Indented);
                if self.indented {
                    // What it is indented by belongs to it: a block that begins with a fence is fenced.
                    start = self.text[..start].trim_end_matches([' ', '\t']).len();
                }
                ZoneKind::CodeBlock
            }
            Tag::HtmlBlock => ZoneKind::Html,
            Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. } => {
                self.paint(span.start() + 1);
                ZoneKind::Url
            }
            Tag::Link { .. } | Tag::Image { .. } => ZoneKind::LinkText,
            Tag::Table(_) => {
                self.found.tables.push(span);
                return;
            }
            _ => return,
        };
        self.paint(start);
        self.kinds.push(Around { kind, inside: None, lines: Vec::new() });
    }

    fn end(&mut self, tag: TagEnd, span: Span) {
        match tag {
            TagEnd::Heading(level) => {
                let inside = self.kinds.last().and_then(|around| around.inside);
                let line = span.of(self.text).trim_end_matches(['\n', '\r']).len();
                self.paint(span.end());
                let inside = inside.unwrap_or(Span::at(span.start() + line));
                self.found.headings.push((Span::new(span.start(), span.start() + line), level as u8, inside));
            }
            TagEnd::CodeBlock => {
                self.code_block(span);
                self.indented = false;
            }
            TagEnd::HtmlBlock => self.html(span),
            TagEnd::Link | TagEnd::Image => self.link_end(span),
            _ => return,
        }
        self.kinds.pop();
    }

    /// Paints a code block. An indented one that begins with a list marker is an outline whose
    /// first level is missing (Logseq's pages, and lists under a heading): its text is read.
    fn code_block(&mut self, span: Span) {
        let lines = self.kinds.last_mut().map(|around| std::mem::take(&mut around.lines)).unwrap_or_default();
        let listed = lines.first().is_some_and(|line| is_list_item(line.of(self.text)));
        if self.nested || !listed {
            self.paint(span.end());
            return;
        }
        let mut at = span.start();
        let mut indents = Vec::with_capacity(lines.len());
        for line in lines {
            indents.push(Markup::indent(Span::new(at - span.start(), line.start() - span.start())));
            at = line.end();
        }
        let shown = Shown::new(span.of(self.text), indents);
        for zone in Markdown::read_as(&shown.text, true).zones {
            self.paint_as(span.start() + shown.source(zone.span.end()), zone.kind);
        }
        self.paint_as(span.end(), ZoneKind::Prose);
    }

    /// Paints `](destination "title")`.
    fn link_end(&mut self, span: Span) {
        if self.kind() == ZoneKind::Url {
            self.paint(span.end() - 1);
            return;
        }
        let inside = self.kinds.last().and_then(|around| around.inside).map_or(span.start() + 1, |inside| inside.end());
        if let Some(open) = self.text[inside.min(span.end())..span.end()].find("](") {
            let start = inside + open + 2;
            self.paint(start);
            let end = span.end() - 1;
            let destination = start + before_title(&self.text[start..end]);
            self.paint_as(destination, ZoneKind::LinkDestination);
            let blanks = self.text[destination..end].len() - self.text[destination..end].trim_start().len();
            self.paint(destination + blanks);
            self.paint_as(end, ZoneKind::LinkTitle);
        }
        self.paint(span.end());
    }

    /// Paints HTML: tags, comments, and the text between them.
    fn html(&mut self, span: Span) {
        html::read(span.of(self.text), |part, kind| self.paint_as(span.start() + part, kind));
        self.paint_as(span.end(), ZoneKind::Html);
    }
}

/// The length of the destination in `destination "title"`.
fn before_title(inside: &str) -> usize {
    let end = inside.trim_end();
    let Some(quote) = end.chars().next_back().filter(|c| matches!(c, '"' | '\'' | ')')) else { return inside.len() };
    let open = if quote == ')' { '(' } else { quote };
    let opens = |(i, _): &(usize, &str)| inside[..*i].ends_with(char::is_whitespace) && i + 1 < end.len();
    inside.match_indices(open).find(opens).map_or(inside.len(), |(i, _)| inside[..i].trim_end().len())
}

/// Whether a line begins like an item of a list.
fn is_list_item(line: &str) -> bool {
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = number.len() < line.len() && number.starts_with(['.', ')']) && number[1..].starts_with(' ');
    numbered || (line.starts_with(['-', '*', '+']) && line[1..].starts_with([' ', '\t']))
}

/// The destinations that Markdown does not see because there is a blank in them:
/// `[text](../some folder/[[x]].md)`. For an overlay.
pub(super) fn blank_destinations(text: &str, zones: &[Zone]) -> Vec<Zone> {
    let mut found: Vec<Zone> = Vec::new();
    for open in pairs(text, *b"](") {
        let start = open + 2;
        let rest = &text[start..];
        let path = ["./", "../", "/", "http://", "https://", "file://"].iter().any(|head| rest.starts_with(head));
        if !path || found.last().is_some_and(|last| last.span.end() > open) {
            continue;
        }
        let Some(length) = rest.find([')', '(', '\n', '"', '<']).filter(|&end| rest[end..].starts_with(')')) else {
            continue;
        };
        let span = Span::new(start, start + length);
        let text_zone =
            super::zones::zone_at(zones, open).is_some_and(|zone| zone.kind.is_text() && zone.span.contains(span));
        if text_zone && rest[..length].contains(' ') {
            found.push(Zone { span, kind: ZoneKind::LinkDestination });
        }
    }
    found
}

/// The URLs that stand in the text of `zones`, for an overlay.
pub(super) fn bare_urls(text: &str, zones: &[Zone]) -> Vec<Zone> {
    let mut found = Vec::new();
    for zone in zones {
        if zone.kind.is_text() || zone.kind == ZoneKind::Html {
            found.extend(
                urls::find(zone.span.of(text))
                    .into_iter()
                    .map(|span| Zone { span: span.shift(zone.span.start()), kind: ZoneKind::Url }),
            );
        }
    }
    found
}

/// The `%% … %%` comments that begin in the text of `zones`, for an overlay. One that is never
/// closed is text: no source says how Obsidian ends it, and a percent sign must not hide a note.
pub(super) fn comments(text: &str, zones: &[Zone]) -> Vec<Zone> {
    let marks: Vec<usize> = memchr::memmem::find_iter(text.as_bytes(), "%%").collect();
    if marks.len() < 2 {
        return Vec::new();
    }
    let readable = |at: usize| {
        super::zones::zone_at(zones, at).is_some_and(|zone| zone.kind.is_text() || zone.kind == ZoneKind::Html)
    };
    let mut marks = marks.into_iter().filter(|&at| readable(at));
    let mut found: Vec<Zone> = Vec::new();
    while let (Some(open), Some(close)) = (marks.next(), marks.next()) {
        found.push(Zone { span: Span::new(open, close + 2), kind: ZoneKind::Comment });
    }
    found
}

/// What Markdown makes containers of.
pub(super) fn skeleton(text: &str) -> Vec<u8> {
    let mut found = Vec::new();
    for event in Parser::new_ext(text, OPTIONS) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => found.push(level as u8),
            Event::Start(Tag::CodeBlock(_)) => found.push(b'c'),
            Event::Start(Tag::Item) => found.push(b'i'),
            Event::Start(Tag::BlockQuote(_)) => found.push(b'q'),
            Event::Start(Tag::FootnoteDefinition(_)) => found.push(b'f'),
            Event::Start(Tag::TableRow) => found.push(b'r'),
            Event::Rule => found.push(b'-'),
            _ => {}
        }
    }
    found
}

/// What is emphasised, and whether it is so weakly, strongly or struck through.
pub(super) fn emphasis(text: &str) -> Vec<(Span, u8)> {
    let kind = |tag: &Tag<'_>| match tag {
        Tag::Emphasis => Some(1),
        Tag::Strong => Some(2),
        Tag::Strikethrough => Some(3),
        _ => None,
    };
    let found = Parser::new_ext(text, OPTIONS).into_offset_iter().filter_map(|(event, range)| match event {
        Event::Start(tag) => Some((Span::from(range), kind(&tag)?)),
        _ => None,
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_definition_has_a_label_a_destination_and_a_title() {
        let text = "[`a` b]: <c d> \"e f\"\n[`g`]: h 'i'\n[j]: k\u{a0}\n[l]:\n  m\n  (n\n  o)\n\np\n";
        let zones = Markdown::read(text).zones.into_iter().filter(|zone| !zone.kind.is_text());
        let found: Vec<_> = zones.map(|zone| (zone.kind, zone.span.of(text))).collect();
        use ZoneKind::{InlineCode, LinkDestination, LinkTitle};
        let expected = [
            (InlineCode, "`a`"),
            (LinkDestination, "<c d>"),
            (LinkTitle, "\"e f\""),
            (InlineCode, "`g`"),
            (LinkDestination, "h"),
            (LinkTitle, "'i'"),
            (LinkDestination, "k\u{a0}"),
            (LinkDestination, "m"),
            (LinkTitle, "(n\n  o)"),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_definition_in_a_quote_goes_on_behind_the_quote_s_marks() {
        let text = "> > [a\\]: b]:\r\n> > c\r\n>  > 'd'\r\n";
        let zones = Markdown::read(text).zones.into_iter().filter(|zone| !zone.kind.is_text());
        let found: Vec<_> = zones.map(|zone| (zone.kind, zone.span.of(text))).collect();
        assert_eq!(found, [(ZoneKind::LinkDestination, "c"), (ZoneKind::LinkTitle, "'d'")]);
    }
}
