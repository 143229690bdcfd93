//! Reads the text of a note: its zones, wikilinks, tags, headings, block ids and frontmatter.
//!
//! `Note::parse` takes any text and never fails; what is wrong with the text is told by rules. The
//! wikilinks are read first, from the raw text, by `brackets`. Then `shown` takes their markup
//! out, and Markdown's structure is read from what is left: so a URL, an HTML tag or a table that a
//! linker has broken is still seen as what it was.

mod anchors;
mod brackets;
mod followed;
pub mod frontmatter;
mod html;
mod kept;
mod markdown;
mod markdown_links;
mod shown;
mod tags;
mod templates;
mod urls;
mod zones;

pub use anchors::{anchor, is_block_id};
pub use frontmatter::Frontmatter;
pub use kept::Kept;
pub use markdown_links::MarkdownLink;
pub(crate) use markdown_links::decode;
pub use shown::Shown;
pub use tags::{Tag, is_tag_char};
pub use zones::{Place, Zone, ZoneKind};

use brackets::Brackets;
use markdown::Markdown;
use shown::Markup;

use crate::span::Span;

/// The longest target that can be a name, markup of links inside it included, in bytes: no file
/// system takes names of more than 255.
const MOST_NAME: usize = 1024;

/// A note as read. `text` is the file byte for byte: byte order mark, CRLF and a missing last
/// newline stay.
#[derive(Debug, Clone)]
pub struct Note {
    /// From the vault's root, with `/`.
    pub path: String,
    pub text: String,
    /// In order, without gap or overlap, from the first byte to the last.
    pub zones: Vec<Zone>,
    /// In the order of their first byte; a parent stands before its children.
    pub links: Vec<Link>,
    /// `[[` and `]]` that have no partner on their line, in order.
    pub unbalanced: Vec<Span>,
    /// Inline tags; those of the frontmatter are in its `tags` entry.
    pub tags: Vec<Tag>,
    pub headings: Vec<Heading>,
    /// The `^id` at the end of a block, without the `^`.
    pub block_ids: Vec<Span>,
    pub frontmatter: Option<Frontmatter>,
    /// Why the file could not be read as text; nothing else is known of it then.
    pub unreadable: Option<String>,
}

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
    pub place: Place,
    /// The index of the link that holds this one.
    pub parent: Option<usize>,
}

impl Link {
    /// The bytes between the brackets.
    pub fn inner(&self) -> Span {
        Span::new(self.target.start, self.span.end - 2)
    }

    /// The bytes a reader sees: the alias, else everything between the brackets.
    pub fn shown(&self) -> Span {
        self.alias.unwrap_or(self.inner())
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// The whole heading, with its marks, without the line end.
    pub span: Span,
    /// 1 to 6.
    pub level: u8,
    /// What stands between the marks.
    pub text: Span,
}

impl Note {
    /// Reads a note. Any text is a note; the cost is linear in its length.
    pub fn parse(path: impl Into<String>, text: impl Into<String>) -> Note {
        let text = text.into();
        if memchr::memchr(0, text.as_bytes()).is_some() {
            return Note::binary(path.into(), text);
        }
        let frontmatter = Frontmatter::read(&text);
        let found = Brackets::read(&text);
        let structure = Structure::read(&text, frontmatter.as_ref(), &found);
        let tags = tags::read(&text, &structure.zones);
        let block_ids = block_ids(&text, &structure.zones);
        let links = found
            .links
            .into_iter()
            .map(|raw| {
                let place = structure.place(raw.alias.unwrap_or(raw.target).start.min(raw.span.end - 2));
                let (span, target, fragment) = (raw.span, raw.target, raw.fragment);
                Link { span, target, fragment, alias: raw.alias, embed: raw.embed, place, parent: raw.parent }
            })
            .collect();
        let Structure { zones, headings, .. } = structure;
        let (path, unbalanced) = (path.into(), found.unbalanced);
        let mut note =
            Note { path, text, zones, links, unbalanced, tags, headings, block_ids, frontmatter, unreadable: None };
        note.shrink();
        note
    }

    /// The lines, without their ends, that hold nothing but tags in the text.
    pub fn tag_lines(&self) -> Vec<Span> {
        tags::lines(&self.text, self.body(), &self.tags)
    }

    /// Gives back the room that lists have kept for more: all notes of a vault are held together.
    fn shrink(&mut self) {
        self.zones.shrink_to_fit();
        self.links.shrink_to_fit();
        self.unbalanced.shrink_to_fit();
        self.tags.shrink_to_fit();
        self.headings.shrink_to_fit();
        self.block_ids.shrink_to_fit();
        for entry in self.frontmatter.iter_mut().flat_map(|frontmatter| &mut frontmatter.entries) {
            if let frontmatter::Value::Sequence { items, .. } = &mut entry.value {
                items.shrink_to_fit();
            }
        }
        if let Some(frontmatter) = &mut self.frontmatter {
            frontmatter.entries.shrink_to_fit();
        }
    }

    /// A text with NUL bytes is none that people wrote: nothing is read in it, so nothing is repaired.
    fn binary(path: String, text: String) -> Note {
        let zones = vec![Zone { span: Span::new(0, text.len()), kind: ZoneKind::CodeBlock }];
        let why = "a NUL byte: this is no text, or text in UTF-16".to_owned();
        Note { text, zones, unreadable: Some(why), ..Note::parse(path, "") }
    }

    /// A note whose file could not be read, and why.
    pub fn unreadable(path: impl Into<String>, why: impl Into<String>) -> Note {
        Note { unreadable: Some(why.into()), ..Note::parse(path, "") }
    }

    /// The text as a reader sees it: wikilinks are their shown text, but for embeds and for what
    /// stands in code and comments. All else, frontmatter included, stays byte for byte.
    pub fn shown(&self) -> Shown<'_> {
        let visible = self.links.iter().filter(|link| !link.embed && link.place.kind.shows_links());
        Shown::new(&self.text, visible.flat_map(|link| Markup::of(link.span, link.shown())).collect())
    }

    /// The text a link shows, the links inside it shown too.
    pub fn shown_of(&self, index: usize) -> String {
        self.shown_in(self.links[index].shown())
    }

    /// The target of a link with the links inside it shown; `None` when it is longer than a name can
    /// be. Links nest, so that looking at all of each would cost the square of their depth.
    pub fn name_of(&self, link: &Link) -> Option<String> {
        (link.target.len() <= MOST_NAME).then(|| self.shown_in(link.target))
    }

    /// The text of `span` with the links inside it shown.
    pub fn shown_in(&self, span: Span) -> String {
        let from = self.links.partition_point(|link| link.span.start < span.start);
        let inside = self.links[from..].iter().take_while(|link| link.span.start < span.end);
        let markup = inside
            .filter(|link| span.contains(link.span))
            .flat_map(|link| Markup::of(link.span, link.shown()))
            .map(|markup| markup.before(span.start));
        Shown::new(span.of(&self.text), markup.collect()).text.into_owned()
    }

    /// The zone of the byte at `offset`.
    pub fn zone_at(&self, offset: usize) -> Option<&Zone> {
        zones::zone_at(&self.zones, offset)
    }

    /// The offset of the first byte after the frontmatter.
    pub fn body(&self) -> usize {
        self.frontmatter.as_ref().map_or(0, |frontmatter| frontmatter.span.end)
    }
}

/// What Markdown makes of a text, in bytes of the text as written.
struct Structure {
    zones: Vec<Zone>,
    headings: Vec<Heading>,
    tables: Vec<Span>,
}

impl Structure {
    fn read(text: &str, frontmatter: Option<&Frontmatter>, found: &Brackets) -> Self {
        let mark = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let body = frontmatter.map_or(mark, |frontmatter| frontmatter.span.end);
        let links = found.links.iter().filter(|link| link.span.start >= body && !link.embed);
        let markup = links.flat_map(Markup::of_raw).map(|markup| markup.before(body)).collect();
        let shown = Shown::new(&text[body..], markup);
        let markdown = Markdown::read(&shown.text);
        let comments = markdown::comments(&shown.text, &markdown.zones);
        let zones = zones::overlay(&markdown.zones, &comments);
        let zones = zones::overlay(&zones, &markdown::blank_destinations(&shown.text, &zones));
        let zones = zones::overlay(&zones, &markdown::bare_urls(&shown.text, &zones));

        let source = |span: Span| Span::new(body + shown.source(span.start), body + shown.source(span.end));
        let mut tiles = Vec::with_capacity(zones.len() + 1);
        if frontmatter.is_some() {
            zones::push(&mut tiles, Span::new(0, body), ZoneKind::Frontmatter);
        }
        for zone in zones {
            zones::push(&mut tiles, source(zone.span), zone.kind);
        }
        // Link markup that shows nothing, at the very end, belongs to no border of the shown text.
        if let Some(last) = tiles.last_mut() {
            last.span.end = text.len();
        } else {
            zones::push(&mut tiles, Span::new(0, text.len()), ZoneKind::Prose);
        }
        if let Some(first) = tiles.first_mut() {
            first.span.start = 0;
        }
        let headings = markdown
            .headings
            .into_iter()
            .map(|(span, level, text)| Heading { span: source(span), level, text: source(text) })
            .collect();
        Structure { zones: tiles, headings, tables: markdown.tables.into_iter().map(source).collect() }
    }

    fn place(&self, offset: usize) -> Place {
        let kind = zones::zone_at(&self.zones, offset).map_or(ZoneKind::Prose, |zone| zone.kind);
        let table = self.tables.partition_point(|table| table.end <= offset);
        let in_table = self.tables.get(table).is_some_and(|table| table.start <= offset);
        Place { kind, in_table }
    }
}

/// The ids at the ends of blocks: ` ^id` at the end of a line, of letters, digits and hyphens.
fn block_ids(text: &str, zones: &[Zone]) -> Vec<Span> {
    let mut found = Vec::new();
    for caret in memchr::memchr_iter(b'^', text.as_bytes()) {
        let id = text[caret + 1..].bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'-').count();
        let end = caret + 1 + id;
        let at_end =
            text[end..].trim_start_matches([' ', '\t', '\r']).starts_with('\n') || text[end..].trim().is_empty();
        let apart = text[..caret].chars().next_back().is_none_or(char::is_whitespace);
        // Below a block of HTML, Markdown takes the line for a part of it.
        let readable =
            zones::zone_at(zones, caret).is_some_and(|zone| zone.kind.is_text() || zone.kind == ZoneKind::Html);
        if id > 0 && apart && at_end && readable {
            found.push(Span::new(caret + 1, end));
        }
    }
    found
}
