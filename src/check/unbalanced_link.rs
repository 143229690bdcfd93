//! `[[` without `]]`, and `]]` without `[[`.

use serde::Deserialize;

use super::{Check, Cx};
use crate::note::ZoneKind;
use crate::span::Span;

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
            while let Some(link) = links.next_if(|link| link.span.end <= bracket.start) {
                last_end = link.span.end;
            }
            let readable =
                note.zone_at(bracket.start).is_some_and(|zone| zone.kind.is_text() || zone.kind == ZoneKind::Html);
            if !readable {
                continue;
            }
            if bracket.of(&note.text) == "[[" {
                let rest = &note.text[bracket.end..];
                let line = &rest[..rest.find(['\n', '\r']).unwrap_or(rest.len())];
                let name = line.split([']', '[']).next().unwrap_or_default();
                // Brackets of code and of terminals in running text: `\e[[32m`, `[[ -f x`.
                let code = note.text[..bracket.start].ends_with(['\\', 'e', '\u{1b}'])
                    && name.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';').starts_with('m');
                if code || name.trim().is_empty() || name.starts_with([' ', ':', '\'', '"']) {
                    continue;
                }
                let closed = usize::from(line[name.len()..].starts_with(']'));
                let span = Span::new(bracket.start, bracket.end + name.len() + closed);
                cx.report(span, "`[[` is never closed on its line").help("close it with `]]`, or take it out");
            } else {
                let line = note.text[..bracket.start].rfind('\n').map_or(0, |i| i + 1);
                if last_end <= line {
                    continue;
                }
                let tail = note.text[last_end..bracket.start].trim();
                // `[[gfort]]ran]]`: what an overlapping pass has left.
                if tail.contains(char::is_whitespace) || tail.contains('[') {
                    continue;
                }
                cx.report(bracket, "`]]` closes no link on its line").help("take it out, or open the link with `[[`");
            }
        }
    }
}
