//! What links to a part of a note may name: its headings and its blocks.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use super::{Heading, Note, ZoneKind};
use crate::span::Span;

impl Note {
    /// The anchors of a heading. Obsidian makes one of the heading as it is written; links by the
    /// text that is shown are as common, and so is leaving a block id at its end out.
    pub fn anchors(&self, heading: &Heading) -> Vec<String> {
        let written = heading.text.of(&self.text);
        let mut found = vec![anchor(written)];
        if written.contains(['[', '^']) {
            let shown = self.shown_in(heading.text);
            found.push(anchor(&shown));
            found.push(anchor(&self.without_destinations(heading.text)));
            if let Some((before, id)) = written.rsplit_once(" ^")
                && is_block_id(id.trim())
            {
                found.push(anchor(before));
            }
            found.sort_unstable();
            found.dedup();
        }
        found
    }

    /// The text of `span` without the destinations of the Markdown links in it.
    fn without_destinations(&self, span: Span) -> String {
        let from = self.zones().partition_point(|zone| zone.span.end() <= span.start());
        let inside = self.zones()[from..].iter().take_while(|zone| zone.span.start() < span.end());
        let text = inside.filter(|zone| zone.kind != ZoneKind::LinkDestination).map(|zone| {
            Span::new(zone.span.start().max(span.start()), zone.span.end().min(span.end()).max(span.start()))
                .of(&self.text)
        });
        text.collect()
    }
}

/// The form in which the headings of notes and of links are compared: without regard to case, with
/// blanks for what links cannot hold or Markdown reads as marks.
pub fn anchor(heading: &str) -> String {
    let mut found = String::with_capacity(heading.len());
    let folded: Cow<'_, str> = if heading.is_ascii() {
        Cow::Owned(heading.to_ascii_lowercase())
    } else {
        Cow::Owned(caseless::default_case_fold_str(&heading.nfc().collect::<String>()))
    };
    for word in folded.split(|c: char| c.is_whitespace() || c.is_ascii_punctuation() || c.is_control()) {
        if !word.is_empty() {
            if !found.is_empty() {
                found.push(' ');
            }
            found.push_str(word);
        }
    }
    found
}

/// Whether a text can be the id of a block: letters, digits and hyphens.
pub fn is_block_id(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_anchor_forgets_case_and_marks() {
        assert_eq!(anchor("**What** is `x.y`: a/b?"), "what is x y a b");
        assert_eq!(anchor("ÉTÉ — Straße"), anchor("e\u{301}te\u{301} — STRASSE"));
    }

    #[test]
    fn a_heading_with_links_is_found_by_what_it_shows_too() {
        let note = Note::parse("n.md", "## On [[War|the war]] and [peace](https://x.org) ^id1\n");
        let anchors = note.anchors(&note.headings()[0]);
        assert!(anchors.contains(&"on war the war and peace https x org id1".to_owned()), "{anchors:?}");
        assert!(anchors.contains(&"on the war and peace https x org id1".to_owned()), "{anchors:?}");
        assert!(anchors.iter().any(|anchor| anchor.starts_with("on war the war and peace id1")), "{anchors:?}");
    }
}
