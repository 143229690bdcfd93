//! A note that cannot be read as text.

use serde::Deserialize;

use super::{Check, Cx};
use crate::span::Span;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Unreadable {}

impl Check for Unreadable {
    fn note(&self, cx: &mut Cx<'_>) {
        let note = cx.note;
        if let Some(why) = &note.unreadable {
            let nul = memchr::memchr(0, note.text.as_bytes());
            let span = nul.map_or(Span::at(0), |nul| Span::new(nul, nul + 1));
            // Of what could not be read, nobody knows what it is.
            let help = if why.starts_with("cannot be read") { "" } else { "; notes are UTF-8" };
            cx.report(span, why.clone()).help(format!("nothing in this note was checked{help}"));
        }
    }
}
