//! Which of the brackets in a note are links that a reader can follow.

use std::cell::{OnceCell, RefCell};

use foldhash::HashSet;

use super::frontmatter::{Style, Value};
use super::html::{self, Tag};
use super::{Link, MOST_NAME, Note, Zone, ZoneKind, pairs, templates};
use crate::span::Span;

impl Note {
    /// The links of the note that can be followed, with their indices, in order: none in code,
    /// comments, HTML, URLs or templates, none that holds another or stands in one, and of those in
    /// the frontmatter only the quoted. And none that cites a label of the note, as `[[#12]]` does with `[#12]: https://…`.
    pub fn followed(&self) -> impl Iterator<Item = (usize, &Link)> {
        self.followed_of(|_| true)
    }

    /// Those of them that are `wanted`: where none is, nothing is read.
    pub fn followed_of(&self, wanted: impl Fn(&Link) -> bool) -> impl Iterator<Item = (usize, &Link)> {
        let (quoted, filled, labels) = (OnceCell::new(), OnceCell::new(), OnceCell::new());
        let may_end = |span: Span| pairs(span.of(&self.text), *b"</").next().is_some();
        let has_elements = OnceCell::new();
        let elements = RefCell::new((Span::at(0), Vec::new()));
        self.links.iter().enumerate().filter(move |(_, link)| wanted(link)).filter(move |(index, link)| {
            let read = || match self.place(link).kind {
                ZoneKind::Frontmatter => around(quoted.get_or_init(|| self.quoted()), link.span),
                kind => kind.is_text(),
            };
            let filled = || around(filled.get_or_init(|| templates::find(&self.text)), link.span);
            let in_element = || {
                *has_elements.get_or_init(|| may_end(Span::new(0, self.text.len()))) && {
                    let (part, elements) = &mut *elements.borrow_mut();
                    if !part.contains(link.span) {
                        *part = self.part_around(link.span.start());
                        let zones = if may_end(*part) { self.zones_around(link.span.start()) } else { &[] };
                        *elements = self.elements(zones);
                    }
                    around(elements, link.span)
                }
            };
            // Foam defines a label for each link to a note, but none for those to headings.
            let cites = || {
                let label = link.inner().of(&self.text).to_lowercase();
                label.starts_with('#') && labels.get_or_init(|| self.labels()).contains(&label)
            };
            let nested = link.parent.is_some() || self.holds_links(*index);
            // `[text]([[Note]])` is Logseq's; elsewhere it is the destination of a Markdown link.
            let destination =
                self.text[..link.span.start()].ends_with("](") && self.text[link.span.end()..].starts_with(')');
            !nested && !destination && self.can_name(link) && read() && !filled() && !in_element() && !cites()
        })
    }

    /// The HTML elements that begin and end in one paragraph, as far as `zones` show them: the outermost,
    /// in order and apart.
    fn elements(&self, zones: &[Zone]) -> Vec<Span> {
        let mut open: Vec<Tag<'_>> = Vec::new();
        let mut found: Vec<Span> = Vec::new();
        for tag in html::tags(&self.text, zones) {
            if tag.anew {
                open.clear();
            }
            if tag.closes {
                let is_opening = |opening: &Tag<'_>| opening.name.eq_ignore_ascii_case(tag.name);
                if let Some(depth) = open.iter().rev().take(MOST_OPEN).position(is_opening) {
                    let index = open.len() - 1 - depth;
                    let element = open[index].content(&tag);
                    while found.pop_if(|inner| element.contains(*inner)).is_some() {}
                    found.push(element);
                    open.truncate(index);
                }
            } else if tag.opens && !VOID.iter().any(|void| void.eq_ignore_ascii_case(tag.name)) {
                open.push(tag);
            }
        }
        found
    }

    /// The values in the frontmatter that are written between quotes or as a block, in order.
    fn quoted(&self) -> Vec<Span> {
        let Some(frontmatter) = self.frontmatter.as_ref().filter(|frontmatter| frontmatter.error.is_none()) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        for entry in &frontmatter.entries {
            match &entry.value {
                Value::Scalar(scalar) if scalar.style != Style::Plain => found.push(scalar.span),
                Value::Sequence { items, .. } => {
                    found.extend(items.iter().filter(|item| item.style != Style::Plain).map(|item| item.span));
                }
                _ => {}
            }
        }
        found
    }

    /// The labels with a `#` that lines of the text define, in small letters: `[#label]: …`.
    fn labels(&self) -> HashSet<String> {
        let mut found = HashSet::default();
        let mut at = 0;
        for line in self.text.split_inclusive('\n') {
            let label = line.trim_start_matches([' ', '>', '\t']);
            let start = at + line.len() - label.len();
            at += line.len();
            let label = label.strip_prefix('[').filter(|label| label.starts_with('#'));
            let Some((label, _)) = label.and_then(|label| label.split_once("]:")) else { continue };
            if self.kind_at(start).is_text() {
                found.insert(label.to_lowercase());
            }
        }
        found
    }

    /// Whether what stands between the brackets can be the name of a note. Arrays, templates and
    /// terminal codes stand between two brackets as well.
    pub fn can_name(&self, link: &Link) -> bool {
        let name = link.target.of(&self.text);
        // Links nest, and no name is longer.
        let name = name[..name.floor_char_boundary(MOST_NAME)].trim();
        let list = name.contains(',') && is_array(name);
        let own = name.is_empty() && link.fragment.is_some();
        let written = (!name.is_empty() || own)
            && !list
            && !name.starts_with(['\'', ':', '-'])
            && !name.contains(['"', '{', '}', '<', '>', '=', ';', '\u{1b}', '\\', '\t', '$']);
        written && !after_escape(&self.text[..link.span.start()])
    }
}

/// In how many elements that are never closed the beginning of another one is looked for.
const MOST_OPEN: usize = 64;

/// The elements of HTML that hold nothing.
const VOID: [&str; 13] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// Whether a text has nothing but numbers, and what parts them in an array.
pub(crate) fn is_array(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit() || " ,.+-[]".contains(c))
}

/// Whether one of the spans, which are in order and apart, holds `span`.
fn around(spans: &[Span], span: Span) -> bool {
    let next = spans.partition_point(|one| one.end() < span.end());
    spans.get(next).is_some_and(|one| one.contains(span))
}

/// Whether `before` ends in the escape of a terminal code: `\e[[32m`.
fn after_escape(before: &str) -> bool {
    ["\u{1b}", "\\e", "\\E", "\\033", "\\x1b", "\\x1B", "\\u001b", "\\u001B"]
        .iter()
        .any(|escape| before.ends_with(escape))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn followed(text: &str) -> Vec<&str> {
        let note = Note::parse("n.md", text);
        note.followed().map(|(_, link)| link.span.of(text)).collect()
    }

    #[test]
    fn what_cannot_be_followed_is_no_link() {
        let text = "[[a]] `[[b]]` %%[[c]]%% <!-- [[d]] --> [[{{e}}]] {{ [[f]] }} <% [[g]] %> [[[[h]]i]] ![[j]] [[#k]]\n\
                    ```dataview\nfrom [[l]]\n```\n[[1]](https://x.org) \\[[m]] https://x.org/[[n]]/o <b title=\"[[p]]\">q</b>\n\
                    <i>[[r]]<br>[[s]]</i> [[t]] <u>\n\n[[u]]\n\n</u>\n";
        assert_eq!(followed(text), ["[[a]]", "![[j]]", "[[#k]]", "[[t]]", "[[u]]"]);
    }

    #[test]
    fn a_link_in_the_frontmatter_must_be_quoted() {
        let text = "---\na: \"[[A]]\"\nb: [[B]]\nc: see [[C]]\nd: ['[[D]]', \"x [[E]]\"]\n---\n[[F]]\n";
        assert_eq!(followed(text), ["[[A]]", "[[D]]", "[[E]]", "[[F]]"]);
    }
}
