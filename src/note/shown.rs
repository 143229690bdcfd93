//! The text a reader sees: a text without the markup of its wikilinks, and the way back to the
//! bytes it was made of.

use std::borrow::Cow;

use crate::span::Span;

/// A text with ranges of bytes hidden.
#[derive(Debug)]
pub struct Shown<'a> {
    pub text: Cow<'a, str>,
    hidden: Vec<Hidden>,
}

/// Bytes that are left out.
#[derive(Debug)]
struct Hidden {
    /// The offset in the shown text where they would stand.
    at: usize,
    /// All hidden bytes up to the end of this range.
    sum: usize,
    /// Whether they open a link, so belong to what follows.
    opens: bool,
}

/// A range to hide, in the bytes of the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Markup {
    span: Span,
    opens: bool,
}

impl Markup {
    /// The two ranges that make a link of what is shown of it: `[[target|` and `]]`.
    pub(super) fn of(span: Span, shown: Span) -> [Markup; 2] {
        [
            Markup { span: Span::new(span.start(), shown.start()), opens: true },
            Markup { span: Span::new(shown.end(), span.end()), opens: false },
        ]
    }

    /// Bytes before a line that belong to no text, as in an outline.
    pub(super) fn indent(span: Span) -> Markup {
        Markup { span, opens: true }
    }

    /// The same in a text that begins `offset` bytes later.
    pub(super) fn before(self, offset: usize) -> Markup {
        Markup { span: Span::new(self.span.start() - offset, self.span.end() - offset), opens: self.opens }
    }
}

impl<'a> Shown<'a> {
    /// `text` without `markup`, whose ranges may come in any order and lie inside each other.
    pub(super) fn new(text: &'a str, mut markup: Vec<Markup>) -> Self {
        if markup.is_empty() {
            return Shown { text: Cow::Borrowed(text), hidden: Vec::new() };
        }
        markup.sort_unstable_by_key(|m| (m.span.start(), std::cmp::Reverse(m.span.end())));
        let mut shown = String::with_capacity(text.len());
        let mut hidden: Vec<Hidden> = Vec::with_capacity(markup.len());
        let (mut done, mut sum) = (0, 0);
        for Markup { span, opens } in markup {
            if span.end() <= done {
                continue;
            }
            let start = span.start().max(done);
            shown.push_str(&text[done..start]);
            sum += span.end() - start;
            hidden.push(Hidden { at: shown.len(), sum, opens });
            done = span.end();
        }
        shown.push_str(&text[done..]);
        Shown { text: Cow::Owned(shown), hidden }
    }

    /// The place in the source of a border in the shown text. Where link markup stands at the
    /// border, a closing `]]` falls before it and an opening `[[` behind it.
    pub fn source(&self, border: usize) -> usize {
        let mut i = self.hidden.partition_point(|h| h.at < border);
        while self.hidden.get(i).is_some_and(|h| h.at == border && !h.opens) {
            i += 1;
        }
        border + i.checked_sub(1).map_or(0, |last| self.hidden[last].sum)
    }

    /// The border in the shown text of a place in the source, and of all places in hidden bytes the one where they
    /// would stand.
    pub(super) fn border(&self, source: usize) -> usize {
        let next = self.hidden.partition_point(|h| h.at + h.sum <= source);
        let before = source - next.checked_sub(1).map_or(0, |last| self.hidden[last].sum);
        self.hidden.get(next).map_or(before, |next| before.min(next.at))
    }
}

#[cfg(test)]
mod tests {
    use super::super::brackets::Brackets;
    use super::*;

    fn shown(text: &str) -> Shown<'_> {
        let links = Brackets::read(text).links;
        Shown::new(text, links.iter().flat_map(|link| Markup::of(link.span, link.shown())).collect())
    }

    #[test]
    fn link_markup_is_taken_out_at_any_depth() {
        assert_eq!(shown("the [[[[War]]saw]] Pact").text, "the Warsaw Pact");
        assert_eq!(shown("[[[[a|b]] c|[[d|e]] f]]").text, "e f");
        assert_eq!(shown("no link").text, "no link");
    }

    #[test]
    fn borders_lead_back_to_the_source() {
        let shown = shown("ab[[c]][[d]]e");
        assert_eq!(shown.text, "abcde");
        assert_eq!(shown.source(2), 2);
        assert_eq!(shown.source(3), 7, "after the closing brackets, before the opening ones");
        assert_eq!(shown.source(4), 12);
        assert_eq!(shown.source(5), 13);
        let borders = [(0, 0), (2, 2), (3, 2), (4, 2), (5, 3), (6, 3), (9, 3), (10, 4), (12, 4), (13, 5)];
        assert!(borders.into_iter().all(|(source, border)| shown.border(source) == border));
    }
}
