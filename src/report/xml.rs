//! Writes XML: elements with attributes and text, of characters that XML 1.0 allows.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::visible;

pub(super) type Xml<'a> = Writer<&'a mut dyn Write>;

/// Begins a document.
pub(super) fn document(out: &mut dyn Write) -> io::Result<Xml<'_>> {
    let mut xml = Writer::new_with_indent(out, b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    Ok(xml)
}

/// Ends it with a line end.
pub(super) fn end(xml: Xml<'_>) -> io::Result<()> {
    writeln!(xml.into_inner())
}

/// Text inside an element; lines stay lines.
pub(super) fn text(xml: &mut Xml<'_>, text: &str) -> io::Result<()> {
    let lines: Vec<String> = text.lines().map(allowed).collect();
    xml.write_event(Event::Text(BytesText::new(&lines.join("\n"))))
}

/// The text with what XML 1.0 cannot hold, and what steers a terminal, written out
/// (<https://www.w3.org/TR/xml/#charsets>).
pub(super) fn allowed(text: &str) -> String {
    visible(text).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}
