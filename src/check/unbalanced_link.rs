//! `[[` without `]]`, and `]]` without `[[`.

use serde::Deserialize;

use super::{Check, Cx};
use crate::note::{ZoneKind, is_array};
use crate::span::Span;

/// How far behind a link a bracket can be a part of it, in bytes.
const MOST_BEHIND: usize = 200;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UnbalancedLink {}

impl Check for UnbalancedLink {
    fn note(&self, cx: &mut Cx<'_>) {
        let note = cx.note;
        let mut links = note.links.iter().peekable();
        // The end of the last link that ends before the bracket in hand.
        let mut last_end = 0;
        for &bracket in &note.unbalanced {
            while let Some(link) = links.next_if(|link| link.span.end() <= bracket.start()) {
                last_end = link.span.end();
            }
            let kind = note.kind_at(bracket.start());
            if !kind.is_text() && kind != ZoneKind::Html {
                continue;
            }
            if bracket.of(&note.text) == "[[" {
                let rest = &note.text[bracket.end()..];
                let name = &rest[..rest.find([']', '[', '\n', '\r']).unwrap_or(rest.len())];
                // Brackets of terminals and of code in running text: `\e[[32m`, `[[ -f x`, `[[(not`.
                let code = name.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';').starts_with('m')
                    && name.starts_with(|c: char| c.is_ascii_digit());
                // A matrix of numbers goes on below: `[[1, 2],`.
                let numbers = name.contains(',') && is_array(name);
                if code || numbers || name.trim().is_empty() || name.starts_with([' ', ':', '\'', '"', '(']) {
                    continue;
                }
                let closed = usize::from(rest[name.len()..].starts_with(']'));
                let span = Span::new(bracket.start(), bracket.end() + name.len() + closed);
                cx.report(span, "`[[` is never closed on its line").help("close it with `]]`, or take it out");
            } else {
                // `[[gfort]]ran]]`: what an overlapping pass has left, a word's length behind a link.
                let near = last_end > 0 && bracket.start() - last_end < MOST_BEHIND;
                if !near || note.text[last_end..bracket.start()].contains([' ', '\t', '\r', '\n', '[']) {
                    continue;
                }
                cx.report(bracket, "`]]` closes no link on its line").help("take it out, or open the link with `[[`");
            }
        }
    }
}
