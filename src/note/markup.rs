//! The links in what is written for programs: URLs, what Markdown's links lead to, their titles, and the
//! tags of HTML.

use memchr::{memchr2, memchr2_iter};

use super::pairs::empty_lines;
use super::{Note, ZoneKind, plain};

/// The links of a note that stand in markup or in text that is a part of it, by index, in order.
#[derive(Debug, Clone)]
pub(super) struct AmongMarkup {
    inside: Box<[u32]>,
    /// In the text of Markdown links.
    text: Box<[u32]>,
}

impl Note {
    /// The links that stand there, by index, in order. Most notes have none, and a look at the paragraphs
    /// that links are in shows as much.
    pub fn in_markup(&self) -> &[u32] {
        &self.among_markup().inside
    }

    /// The links in the text of Markdown links, by index, in order.
    pub fn in_link_text(&self) -> &[u32] {
        &self.among_markup().text
    }

    fn among_markup(&self) -> &AmongMarkup {
        self.among_markup.get_or_init(|| {
            let (mut inside, mut text) = (Vec::new(), Vec::new());
            for index in self.may_be_in_markup() {
                match self.place_of(index as usize).kind {
                    ZoneKind::LinkText => text.push(index),
                    kind if is_markup(kind) => inside.push(index),
                    _ => {}
                }
            }
            AmongMarkup { inside: inside.into(), text: text.into() }
        })
    }

    /// The links in paragraphs, from one empty line to the next, that have what makes markup or stand below what
    /// empty lines do not end.
    fn may_be_in_markup(&self) -> Vec<u32> {
        let bytes = self.text.as_bytes();
        let brackets = self.beside.destination || self.beside.label || self.beside.w;
        let mut open = None;
        // Where the paragraph in hand ends, and whether it is one of those.
        let (mut end, mut is_one) = (0, false);
        let mut found = Vec::new();
        for (index, link) in (0..).zip(&self.links) {
            if link.span.start() >= end {
                let start = empty_lines(&bytes[end..link.span.start()]).next_back().map_or(end, |i| end + i);
                end = empty_lines(&bytes[link.span.end()..]).next().map_or(bytes.len(), |i| link.span.end() + i);
                let open = *open.get_or_insert_with(|| plain::first_html(bytes, 0..bytes.len()).unwrap_or(bytes.len()));
                let paragraph = &bytes[start..end];
                is_one = open < end
                    || memchr2(b'<', b'/', paragraph).is_some()
                    || brackets && memchr2_iter(b'[', b']', paragraph).any(|at| makes_markup(paragraph, at))
                    || plain::WWW.find(paragraph).is_some();
            }
            if is_one {
                found.push(index);
            }
        }
        found
    }
}

pub(super) fn is_markup(kind: ZoneKind) -> bool {
    kind.is_url() || matches!(kind, ZoneKind::LinkTitle | ZoneKind::HtmlTag)
}

/// Whether the bracket at `at` may end the text of a link of Markdown, or stand amid `www.`.
fn makes_markup(paragraph: &[u8], at: usize) -> bool {
    let (bracket, next) = (paragraph[at], paragraph.get(at + 1));
    bracket == b']' && matches!(next, Some(b'(' | b'[' | b':'))
        || at > 0 && paragraph[at - 1] == b'w' && next == Some(&bracket)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_may_end_with_the_mark_that_opens_html() {
        for text in ["[[x|<]]pre\n\nclass=\"[[War]]\">\n", "<[[pre]]\n\nclass=\"[[War]]\">\n"] {
            assert_eq!(Note::parse("n.md", text).in_markup().last(), Some(&1), "{text}");
        }
    }
}
