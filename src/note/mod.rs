//! Reads the text of a note: its zones, wikilinks, tags, headings, block ids and frontmatter.
//!
//! `Note::parse` takes any text and never fails; what is wrong with the text is told by rules. The
//! wikilinks are read first, from the raw text, by `brackets`. Then `shown` takes their markup
//! out, and Markdown's structure is read from what is left: so a URL, an HTML tag or a table that a
//! linker has broken is still seen as what it was.

mod anchors;
mod blocks;
mod brackets;
pub(crate) mod emphasis;
mod followed;
pub mod frontmatter;
mod html;
mod kept;
mod line;
mod link;
mod markdown;
mod markdown_links;
mod markup;
mod pairs;
mod places;
mod plain;
pub(crate) mod queries;
mod segments;
mod shown;
mod structure;
mod tags;
mod templates;
mod urls;
mod zones;

use std::sync::{Arc, OnceLock};

pub use anchors::{anchor, is_block_id};
pub(crate) use followed::is_array;
pub use frontmatter::Frontmatter;
pub(crate) use html::is_element;
pub use kept::Kept;
pub use link::Link;
pub(crate) use link::PART;
pub use markdown_links::MarkdownLink;
pub(crate) use markdown_links::decode;
pub(crate) use pairs::pairs;
pub use shown::Shown;
pub use tags::{Tag, is_tag_char};
pub use zones::{Place, Zone, ZoneKind};

use brackets::{Beside, Brackets};
use frontmatter::Listed;
use markup::AmongMarkup;
use places::Places;
use segments::Segments;
use shown::Markup;
use structure::Structure;

use crate::span::Span;

/// The longest target that can be a name, markup of links inside it included, in bytes: no file
/// system takes names of more than 255.
const MOST_NAME: usize = 1024;

/// A note as read. `text` is the file byte for byte: byte order mark, CRLF and a missing last
/// newline stay.
///
/// Links and frontmatter are read at once, they cost little. What Markdown makes of the text is read
/// when something first asks for it, and most notes of a vault are never asked.
#[derive(Debug, Clone)]
pub struct Note {
    /// From the vault's root, with `/`.
    pub path: Arc<str>,
    pub text: String,
    /// In the order of their first byte; a parent stands before its children.
    pub links: Box<[Link]>,
    /// Whether letters may touch some link: see [`Link::may_be_touched`].
    pub(crate) may_be_touched: bool,
    /// Whether a link of Markdown may name a part of a note.
    pub(crate) may_name_a_part: bool,
    /// `[[` and `]]` that have no partner on their line, in order.
    pub unbalanced: Box<[Span]>,
    beside: Beside,
    pub frontmatter: Option<Frontmatter>,
    /// Why the file could not be read as text; nothing else is known of it then.
    pub unreadable: Option<Box<str>>,
    places: Places,
    among_markup: OnceLock<AmongMarkup>,
    segments: OnceLock<Box<Segments>>,
    structure: OnceLock<Box<Structure>>,
    tags: OnceLock<Box<[Tag]>>,
    listed: OnceLock<Box<[Listed]>>,
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
    /// Reads a note. Any text is a note, unless it is larger than [`Span::MOST`]; the cost is linear in
    /// its length.
    pub fn parse(path: impl Into<Arc<str>>, text: impl Into<String>) -> Note {
        Note::read(path.into(), text.into(), Frontmatter::read)
    }

    /// The note with another text. Frontmatter that is still the same is not read again.
    pub fn with_text(&self, text: String) -> Note {
        let stays = |frontmatter: &&Frontmatter| {
            let head = &self.text[..frontmatter.span.end()];
            // Without a line end the closing fence might go on.
            head.ends_with('\n') && text.as_bytes().starts_with(head.as_bytes())
        };
        match self.frontmatter.as_ref().filter(stays) {
            Some(same) => Note::read(self.path.clone(), text, |_| Some(same.clone())),
            None => Note::parse(self.path.clone(), text),
        }
    }

    fn read(path: Arc<str>, text: String, frontmatter: impl FnOnce(&str) -> Option<Frontmatter>) -> Note {
        if text.len() > Span::MOST {
            return Note::unreadable(path, format!("too large: {} bytes, and {} is the most", text.len(), Span::MOST));
        }
        if memchr::memchr(0, text.as_bytes()).is_some() {
            return Note::binary(path, text);
        }
        let frontmatter = frontmatter(&text);
        let Brackets { links, unbalanced, beside } = Brackets::read(&text);
        let (links, unbalanced) = (exact(links), exact(unbalanced));
        let places = Places::of(links.len());
        let may_be_touched = links.iter().any(|link| link.may_be_touched(&text));
        let may_name_a_part = beside.destination && markdown_links::may_name_a_part(&text);
        let note = Note::empty(path, text);
        Note { links, may_be_touched, may_name_a_part, unbalanced, beside, frontmatter, places, ..note }
    }

    /// A note in which nothing was read.
    fn empty(path: Arc<str>, text: String) -> Note {
        Note {
            path,
            text,
            links: Box::default(),
            may_be_touched: false,
            may_name_a_part: false,
            unbalanced: Box::default(),
            beside: Beside::default(),
            frontmatter: None,
            unreadable: None,
            places: Places::default(),
            among_markup: OnceLock::new(),
            segments: OnceLock::new(),
            structure: OnceLock::new(),
            tags: OnceLock::new(),
            listed: OnceLock::new(),
        }
    }

    /// The zones of the text: in order, without gap or overlap, from the first byte to the last.
    pub fn zones(&self) -> &[Zone] {
        &self.structure().zones
    }

    /// The parts of the text that are read as Markdown, in order, cut where a paragraph ends at the latest; blanks
    /// between them may be left out. No more of the text is looked at than is asked for.
    pub fn readable(&self) -> impl Iterator<Item = Span> {
        let segments = self.segments().and_then(|segments| segments.each(&self.text, &self.links));
        let whole = segments.is_none().then(|| self.zones());
        segments
            .into_iter()
            .flatten()
            .chain(whole)
            .flat_map(|zones| zones.iter().filter(|zone| zone.kind.is_text()).map(|zone| zone.span))
    }

    /// The headings, in order.
    pub fn headings(&self) -> &[Heading] {
        &self.structure().headings
    }

    /// The tags in the text, in order; those of the frontmatter are in its `tags` entry.
    pub fn tags(&self) -> &[Tag] {
        self.tags.get_or_init(|| tags::read(&self.text, &self.links, |at| self.kind_at(at)).into())
    }

    /// The tags of the frontmatter, in order: see [`Frontmatter::tags`].
    pub fn listed_tags(&self) -> &[Listed] {
        let read = || self.frontmatter.as_ref().map(|frontmatter| frontmatter.tags(&self.text)).unwrap_or_default();
        self.listed.get_or_init(|| read().into())
    }

    /// The `^id` at the end of a block, without the `^`, in order.
    pub fn block_ids(&self) -> Vec<Span> {
        block_ids(&self.text, |at| self.kind_at(at))
    }

    /// Whether the link at `index` holds another one.
    pub fn holds_links(&self, index: usize) -> bool {
        self.links.get(index + 1).is_some_and(|next| next.is_in(index))
    }

    /// Where a link stands.
    pub fn place(&self, link: &Link) -> Place {
        let index = self.links.partition_point(|one| one.span.start() < link.span.start());
        match self.links.get(index) {
            Some(own) if own.span == link.span => self.place_of(index),
            _ => self.place_at(link.shown().start()),
        }
    }

    /// Where the link at `index` stands.
    fn place_of(&self, index: usize) -> Place {
        self.places.get(index, || self.place_at(self.links[index].shown().start()))
    }

    /// The kind of the zone of the byte at `offset`.
    pub fn kind_at(&self, offset: usize) -> ZoneKind {
        self.place_at(offset).kind
    }

    /// Where the byte at `offset` stands. It takes no more than the segment that the byte is in, unless
    /// the whole has been read before.
    fn place_at(&self, offset: usize) -> Place {
        let body = self.body();
        let (kind, in_table) = if self.unreadable.is_some() {
            (ZoneKind::CodeBlock, false)
        } else if offset < body {
            (ZoneKind::Frontmatter, false)
        } else {
            let segments = self.segments();
            segments.and_then(|segments| segments.place(&self.text, &self.links, offset)).unwrap_or_else(|| {
                let structure = self.structure();
                (structure.kind_at(offset).unwrap_or(ZoneKind::Prose), structure.in_table(offset))
            })
        };
        Place { kind, in_table }
    }

    /// The part of the text around the byte at `offset` that Markdown reads by itself.
    fn part_around(&self, offset: usize) -> Span {
        let segment = self.segments().and_then(|segments| segments.around(&self.text, offset));
        segment.unwrap_or(Span::new(0, self.text.len()))
    }

    /// The parts of the body that begin at the margin behind a blank line, in order: see [`segments::parts`].
    pub(crate) fn parts(&self) -> Vec<Span> {
        segments::parts(&self.text, self.body().max(mark(&self.text)), self.beside)
    }

    /// The zones of the segment that the byte at `offset` is in, or of the whole note.
    fn zones_around(&self, offset: usize) -> &[Zone] {
        let zones = self.segments().and_then(|segments| segments.zones(&self.text, &self.links, offset));
        zones.unwrap_or_else(|| self.zones())
    }

    /// The segments of the text, where they are all that need be read.
    fn segments(&self) -> Option<&Segments> {
        let read = || Box::new(Segments::of(&self.text, self.body().max(mark(&self.text)), self.beside));
        let whole = self.structure.get().is_some() || self.unreadable.is_some();
        (!whole).then(|| &**self.segments.get_or_init(read))
    }

    /// Whether the byte at `offset` is in a table.
    pub fn is_in_table(&self, offset: usize) -> bool {
        self.structure().in_table(offset)
    }

    /// Whether Markdown makes the same headings, lists, quotes, tables and code blocks of both texts.
    pub fn has_the_blocks_of(&self, other: &Note) -> bool {
        blocks::are_the_same(&self.text[self.body()..], &other.text[other.body()..])
    }

    /// Lets go of what can be read again from the text, until it is asked for. Tags that were read, and
    /// where links stand, stay: that is little.
    pub fn rest(&mut self) {
        self.segments.take();
        self.listed.take();
        self.structure.take();
    }

    fn structure(&self) -> &Structure {
        self.structure.get_or_init(|| {
            Box::new(if self.unreadable.is_some() {
                Structure::code(&self.text)
            } else {
                Structure::read(&self.text, self.frontmatter.as_ref(), &self.links)
            })
        })
    }

    /// The lines, without their ends, that hold nothing but tags in the text.
    pub fn tag_lines(&self) -> Vec<Span> {
        tags::lines(&self.text, self.body(), self.tags())
    }

    /// A text with NUL bytes is none that people wrote: nothing is read in it, so nothing is repaired.
    fn binary(path: Arc<str>, text: String) -> Note {
        let why = "a NUL byte: this is no text, or text in UTF-16".into();
        Note { unreadable: Some(why), ..Note::empty(path, text) }
    }

    /// A note whose file could not be read, and why.
    pub fn unreadable(path: impl Into<Arc<str>>, why: impl Into<Box<str>>) -> Note {
        Note { unreadable: Some(why.into()), ..Note::empty(path.into(), String::new()) }
    }

    /// The text as a reader sees it: wikilinks are their shown text, but for embeds and for what
    /// stands in code and comments. All else, frontmatter included, stays byte for byte.
    pub fn shown(&self) -> Shown<'_> {
        let visible = self.links.iter().filter(|link| !link.embed && self.place(link).kind.shows_links());
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
        let from = self.links.partition_point(|link| link.span.start() < span.start());
        let inside = self.links[from..].iter().take_while(|link| link.span.start() < span.end());
        let markup = inside
            .filter(|link| span.contains(link.span))
            .flat_map(|link| Markup::of(link.span, link.shown()))
            .map(|markup| markup.before(span.start()));
        Shown::new(span.of(&self.text), markup.collect()).text.into_owned()
    }

    /// The zone of the byte at `offset`.
    pub fn zone_at(&self, offset: usize) -> Option<&Zone> {
        zones::zone_at(self.zones(), offset)
    }

    /// The offset of the first byte after the frontmatter.
    pub fn body(&self) -> usize {
        self.frontmatter.as_ref().map_or(0, |frontmatter| frontmatter.span.end())
    }
}

/// A list in no more room than it needs: all notes of a vault are held together. It is made anew, since few
/// allocators take back a part of what they gave.
fn exact<T>(all: Vec<T>) -> Box<[T]> {
    let mut exact = Vec::with_capacity(all.len());
    exact.extend(all);
    exact.into()
}

/// The length of the byte order mark.
fn mark(text: &str) -> usize {
    if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
}

/// The ids at the ends of blocks: ` ^id` at the end of a line, of letters, digits and hyphens.
fn block_ids(text: &str, kind_at: impl Fn(usize) -> ZoneKind) -> Vec<Span> {
    let mut found = Vec::new();
    for caret in memchr::memchr_iter(b'^', text.as_bytes()) {
        let id = text[caret + 1..].bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'-').count();
        let end = caret + 1 + id;
        let at_end =
            text[end..].trim_start_matches([' ', '\t', '\r']).starts_with('\n') || text[end..].trim().is_empty();
        let apart = text[..caret].chars().next_back().is_none_or(char::is_whitespace);
        // Below a block of HTML, Markdown takes the line for a part of it.
        let readable = |kind: ZoneKind| kind.is_text() || kind == ZoneKind::Html;
        if id > 0 && apart && at_end && readable(kind_at(caret)) {
            found.push(Span::new(caret + 1, end));
        }
    }
    found
}
