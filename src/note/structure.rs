//! What Markdown makes of a text, or of a part of one, in bytes of the text as written.
//!
//! The markup of wikilinks is taken out before Markdown reads it.

use super::markdown::{self, Markdown};
use super::shown::{Markup, Shown};
use super::zones::{self, Zone, ZoneKind};
use super::{Frontmatter, Heading, Link, html, mark};
use crate::span::Span;

/// The zones, headings and tables of a text.
#[derive(Debug, Clone)]
pub(super) struct Structure {
    pub(super) zones: Vec<Zone>,
    pub(super) headings: Vec<Heading>,
    tables: Vec<Span>,
}

impl Structure {
    /// A text that is none.
    pub(super) fn code(text: &str) -> Self {
        let mut zones = Vec::new();
        zones::push(&mut zones, Span::new(0, text.len()), ZoneKind::CodeBlock);
        Structure { zones, headings: Vec::new(), tables: Vec::new() }
    }

    /// What Markdown makes of a whole text.
    pub(super) fn read(text: &str, frontmatter: Option<&Frontmatter>, links: &[Link]) -> Self {
        let body = frontmatter.map_or(mark(text), |frontmatter| frontmatter.span.end());
        let mut structure = Structure::of(text, Span::new(body, text.len()), links);
        let tiles = &mut structure.zones;
        if frontmatter.is_some() {
            tiles.insert(0, Zone { span: Span::new(0, body), kind: ZoneKind::Frontmatter });
        }
        match tiles.first_mut() {
            Some(first) => first.span = first.span.with_start(0),
            None => zones::push(tiles, Span::new(0, text.len()), ZoneKind::Prose),
        }
        structure
    }

    /// What Markdown makes of a part of a text by itself; the links are those of the whole.
    pub(super) fn of(text: &str, part: Span, links: &[Link]) -> Self {
        let from = links.partition_point(|link| link.span.start() < part.start());
        let links = links[from..].iter().take_while(|link| link.span.start() < part.end()).filter(|link| !link.embed);
        let markup = links
            .flat_map(|link| Markup::of(link.span, link.shown()))
            .map(|markup| markup.before(part.start()))
            .collect();
        let shown = Shown::new(part.of(text), markup);
        let markdown = Markdown::read(&shown.text);
        let comments = markdown::comments(&shown.text, &markdown.zones);
        let zones = zones::overlay(&markdown.zones, &comments);
        let zones = zones::overlay(&zones, &html::code(&shown.text, &zones));
        let zones = zones::overlay(&zones, &markdown::blank_destinations(&shown.text, &zones));
        let zones = zones::overlay(&zones, &markdown::bare_urls(&shown.text, &zones));

        let place = |border| part.start() + shown.source(border);
        let source = |span: Span| Span::new(place(span.start()), place(span.end()));
        let mut tiles = Vec::with_capacity(zones.len() + 1);
        for zone in zones {
            zones::push(&mut tiles, source(zone.span), zone.kind);
        }
        // Link markup that shows nothing, at the very end, belongs to no border of the shown text.
        match tiles.last_mut() {
            Some(last) => last.span = last.span.with_end(part.end()),
            None => zones::push(&mut tiles, part, ZoneKind::Prose),
        }
        let headings = markdown
            .headings
            .into_iter()
            .map(|(span, level, text)| Heading { span: source(span), level, text: source(text) })
            .collect();
        Structure { zones: tiles, headings, tables: markdown.tables.into_iter().map(source).collect() }
    }

    /// The kind of the byte at `offset`; at the end of the text, that of the last one.
    pub(super) fn kind_at(&self, offset: usize) -> Option<ZoneKind> {
        zones::zone_at(&self.zones, offset).map(|zone| zone.kind)
    }

    pub(super) fn in_table(&self, offset: usize) -> bool {
        let table = self.tables.partition_point(|table| table.end() <= offset);
        self.tables.get(table).is_some_and(|table| table.start() <= offset)
    }
}
