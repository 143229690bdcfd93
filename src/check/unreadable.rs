//! A note that cannot be read as text.

use serde::Deserialize;

use super::{Check, Cx};
use crate::span::Span;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Unreadable {}

impl Check for Unreadable {
    fn note(&self, cx: &mut Cx<'_>) {
        if let Some(why) = &cx.note.unreadable {
            cx.report(Span::at(0), why.clone()).help("nothing in this note was checked");
        } else if let Some(nul) = memchr::memchr(0, cx.note.text.as_bytes()) {
            cx.report(Span::new(nul, nul + 1), "a NUL byte: this is no text, or text in UTF-16")
                .help("save the note as UTF-8");
        }
    }
}
