//! Link markup in a tag.

use serde::Deserialize;

use super::unlink::unlink_all;
use super::{Check, Cx};
use crate::diagnostic::{Applicability, Edit, Fix, Severity};
use crate::note::frontmatter::{Entry, Style, Value};
use crate::note::{Note, is_tag_char};
use crate::span::Span;
use crate::vault::Flavor;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LinkInTag {}

impl Check for LinkInTag {
    fn note(&self, cx: &mut Cx<'_>) {
        self.listed(cx);
        // There `#[[a b]]` is how a tag of several words is written.
        if cx.vault.conventions().flavor != Flavor::Logseq {
            inline(cx);
        }
    }
}

impl LinkInTag {
    /// Links in the `tags` of the frontmatter.
    fn listed(&self, cx: &mut Cx<'_>) {
        let note = cx.note;
        let Some(frontmatter) = &note.frontmatter else { return };
        let mut done = 0;
        for entry in frontmatter.tag_entries() {
            let value = entry.value.span();
            let raw = matches!(entry.value, Value::Raw { .. });
            let list = in_brackets(note, value).filter(|_| raw);
            for link in note.links.iter().filter(|link| value.contains(link.span) && !link.embed) {
                if link.span.start() < done {
                    continue;
                }
                let place = around(note, entry, list.unwrap_or(value), link.span);
                done = place.end();
                let name = note.shown_in(place);
                let name = name.trim().trim_start_matches('#').to_owned();
                let finding = cx.report(place, format!("a link in the tag `{name}`"));
                let finding = finding.evidence("no program reads a tag with brackets in it");
                let Some(tag) = as_tag(&name) else { continue };
                let fix = if tag == name {
                    let first = note.links.partition_point(|link| link.span.start() < place.start());
                    let inside = |i: &usize| place.contains(note.links[*i].span);
                    let links: Vec<usize> = (first..note.links.len()).take_while(inside).collect();
                    // A list that YAML cannot read may be more broken than that.
                    let sure = list.is_none() && has_letters_beside(note, place, &links);
                    let sure = if sure { Applicability::Safe } else { Applicability::Unsafe };
                    Fix::new("take the link out", sure, unlink_all(note, &links))
                } else {
                    Fix::new(format!("write `{tag}`"), Applicability::Unsafe, vec![Edit::replace(place, tag)])
                };
                finding.fix(fix);
            }
        }
    }
}

/// Whether a tag has letters or digits outside of the links in it.
fn has_letters_beside(note: &Note, tag: Span, links: &[usize]) -> bool {
    let mut at = tag.start();
    let mut between = links.iter().map(|&link| note.links[link].span).filter_map(|link| {
        let before = (at <= link.start()).then(|| &note.text[at..link.start()]);
        at = at.max(link.end());
        before
    });
    let is_letter = |c: char| c.is_alphanumeric();
    between.any(|text| text.contains(is_letter)) || note.text[at..tag.end()].contains(is_letter)
}

/// `#[[a]]` and `#a[[b]]` in the text.
fn inline(cx: &mut Cx<'_>) {
    let note = cx.note;
    for link in note.links.iter().filter(|link| !link.embed && link.parent.is_none()) {
        let before = &note.text[..link.span.start()];
        let head = before.trim_end_matches(is_tag_char);
        let Some(front) = head.strip_suffix('#') else { continue };
        let apart = front.is_empty() || front.ends_with(|c: char| c.is_whitespace() || c == '\u{feff}');
        if !apart || !note.place(link).kind.is_text() {
            continue;
        }
        let place = Span::new(front.len(), link.span.end());
        let name = note.shown_in(Span::new(head.len(), link.span.end()));
        let finding = cx.report(place, format!("a link in the tag `{name}`"));
        let finding = finding.evidence("a tag ends at a bracket").at_most(Severity::Info);
        if let Some(tag) = as_tag(&name) {
            finding.help(format!("write `#{tag}`, or a link without `#`"));
        }
    }
}

/// The tag that a link in the frontmatter is a part of: the item of a list, else what no blank and
/// no comma parts from it, within `value`.
fn around(note: &Note, entry: &Entry, value: Span, link: Span) -> Span {
    if let Value::Sequence { items, .. } = &entry.value
        && let Some(item) = items.iter().find(|item| item.span.contains(link))
    {
        let quoted = matches!(item.style, Style::SingleQuoted | Style::DoubleQuoted) && !item.nested;
        return if quoted { Span::new(item.span.start() + 1, item.span.end() - 1) } else { item.span };
    }
    let belongs = |c: char| is_tag_char(c) || matches!(c, '[' | ']' | '#');
    let before = &note.text[value.start()..link.start()];
    let after = &note.text[link.end()..value.end()];
    let end = after.find(|c| !belongs(c)).unwrap_or(after.len());
    Span::new(value.start() + before.trim_end_matches(belongs).len(), link.end() + end)
}

/// What stands between the brackets of a list, `[corona[[virus]], b]`, that is no YAML for its links.
fn in_brackets(note: &Note, value: Span) -> Option<Span> {
    let text = value.of(&note.text);
    let (open, close) = (value.start() + text.find('[')?, value.start() + text.rfind(']')?);
    let of_link = |at: usize| note.links.iter().any(|link| link.span.start() <= at && at < link.span.end());
    let list = text.starts_with('[') && open < close && !of_link(open) && !of_link(close);
    list.then(|| Span::new(open + 1, close))
}

/// The name as a tag, its blanks as hyphens; `None` where it holds what no tag can.
fn as_tag(name: &str) -> Option<String> {
    let tag = name.split_whitespace().collect::<Vec<_>>().join("-");
    let sound = tag.chars().all(is_tag_char) && tag.chars().any(|c| !c.is_numeric());
    sound.then_some(tag)
}
