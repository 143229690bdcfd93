//! The parts of a note that a program fills in: `<% … %>` and `{{ … }}`.

use memchr::memmem;

use super::pairs;
use crate::span::Span;

/// The placeholders of a text, each on one line, in order and apart.
pub(super) fn find(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    for (open, close) in [(*b"<%", "%>"), (*b"{{", "}}")] {
        let mut at = 0;
        while let Some(start) = pairs(&text[at..], open).next().map(|i| at + i) {
            let line = memchr::memchr(b'\n', &text.as_bytes()[start..]).map_or(text.len(), |i| start + i);
            match memmem::find(&text.as_bytes()[start..line], close.as_bytes()) {
                Some(length) => {
                    at = start + length + close.len();
                    found.push(Span::new(start, at));
                }
                None => at = line,
            }
        }
    }
    found.sort_unstable_by_key(|span| (span.start(), std::cmp::Reverse(span.end())));
    let mut end = 0;
    found.retain(|span| {
        let apart = span.start() >= end;
        end = end.max(span.end());
        apart
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_placeholder_ends_on_its_line() {
        let text = "<% a {{x}} %> {{b}} {{ c\n}} <% d";
        let found: Vec<_> = find(text).into_iter().map(|span| span.of(text)).collect();
        assert_eq!(found, ["<% a {{x}} %>", "{{b}}"]);
    }
}
