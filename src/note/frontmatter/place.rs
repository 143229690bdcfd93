//! Where a scalar stands, which the parser tells only roughly.

use saphyr_parser::ScalarStyle;

use super::value::Style;
use crate::span::Span;

impl From<ScalarStyle> for Style {
    fn from(style: ScalarStyle) -> Self {
        match style {
            ScalarStyle::Plain => Style::Plain,
            ScalarStyle::SingleQuoted => Style::SingleQuoted,
            ScalarStyle::DoubleQuoted => Style::DoubleQuoted,
            ScalarStyle::Literal | ScalarStyle::Folded => Style::Block,
        }
    }
}

/// The bytes of a scalar. The parser counts a comment after the closing quote in, and an anchor or a type before it, and
/// begins a block after its mark; `from` is where the search for the mark may begin.
pub(super) fn scalar_span(text: &str, span: Span, style: ScalarStyle, from: usize) -> Span {
    let span = span.with_start(span.start() + marks(span.of(text)));
    let inside = span.of(text);
    let end = match Style::from(style) {
        Style::Plain => inside.trim_end().len(),
        Style::SingleQuoted => closing_quote(inside, b'\''),
        Style::DoubleQuoted => closing_quote(inside, b'"'),
        Style::Block => {
            let end = span.start() + inside.trim_end().len();
            let before = &text[from.min(span.start())..span.start()];
            let mark = before.find(['|', '>']).map_or(span.start(), |i| from.min(span.start()) + i);
            return Span::new(mark, end.max(mark));
        }
    };
    Span::new(span.start(), span.start() + end)
}

/// The length of the anchor and the type that stand before a scalar, which begins with none of their marks.
fn marks(text: &str) -> usize {
    let mut rest = text;
    while rest.starts_with(['&', '!']) {
        rest = rest.trim_start_matches(|c: char| !c.is_whitespace()).trim_start();
    }
    text.len() - rest.len()
}

/// The length of the quoted scalar that `text` begins with.
fn closing_quote(text: &str, quote: u8) -> usize {
    let bytes = text.as_bytes();
    let mut at = 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if quote == b'"' => at += 1,
            byte if byte == quote && quote == b'\'' && bytes.get(at + 1) == Some(&quote) => at += 1,
            byte if byte == quote => return at + 1,
            _ => {}
        }
        at += 1;
    }
    text.trim_end().len()
}
