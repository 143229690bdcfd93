//! The pipe of a link that ends the cell of a table.

use serde::Deserialize;

use super::{Check, Cx, most_in};
use crate::diagnostic::{Applicability, Edit, Fix};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UnescapedPipeInTable {}

impl Check for UnescapedPipeInTable {
    fn note(&self, cx: &mut Cx<'_>) {
        let note = cx.note;
        if !may_have_table(&note.text) {
            return;
        }
        for link in note.links.iter().filter(|link| link.parent.is_none()) {
            let read = || note.place(link).in_table && note.place(link).kind.is_text();
            let Some(alias) = link.alias.filter(|_| read()) else { continue };
            let inner = link.inner();
            let pipes: Vec<usize> = unescaped(inner.of(&note.text)).map(|at| inner.start() + at).collect();
            // `[[open | ]]` is two cells: nobody writes a link that shows nothing.
            let shows = inner.of(&note.text).split('|').all(|part| !part.trim().is_empty());
            if pipes.is_empty() || !note.can_name(link) || !shows {
                continue;
            }
            // What an embed shows is not known here, so neither is that it stays; nor is what is meant by a pipe in the
            // text of a link.
            let known = !link.embed && unescaped(&note.shown_in(alias)).next().is_none();
            let most = if known { most_in(note.place(link).kind) } else { Applicability::Display };
            let message = if pipes.len() == 1 {
                "the pipe of the link ends the cell of the table"
            } else {
                "the pipes of the link end the cell of the table"
            };
            let edits = pipes.into_iter().map(|pipe| Edit::insert(pipe, "\\")).collect();
            cx.report(link.span, message).fix(Fix::new("write `\\|`", most, edits));
        }
    }
}

/// The offsets of the pipes behind no backslash.
fn unescaped(text: &str) -> impl Iterator<Item = usize> {
    memchr::memchr_iter(b'|', text.as_bytes()).filter(|&at| !text[..at].ends_with('\\'))
}

/// Whether a pipe may part the cells of the line below a table's head, `| :-- | --: |`, brackets of links taken out: to
/// know where a link stands costs more.
fn may_have_table(text: &str) -> bool {
    let between = [' ', '\t', ':', '[', ']'];
    memchr::memchr_iter(b'|', text.as_bytes()).any(|pipe| {
        text[..pipe].trim_end_matches(between).ends_with('-')
            || text[pipe + 1..].trim_start_matches(between).starts_with('-')
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::note::Note;

    proptest! {
        #[test]
        fn no_table_is_passed_over(
            pieces in prop::collection::vec(prop::sample::select(vec![
                "|", "|", "-", "-", ":", " ", "\t", "\n", "\n", "\r\n", "a", "[[", "]]", "[[x|y]]", "[[-]]", "[[x|-]]", "| a | b |\n", "> ",
            ]), 0..24)
        ) {
            let note = Note::parse("n.md", pieces.concat());
            let in_table = note.links.iter().any(|link| note.place(link).in_table);
            prop_assert!(!in_table || may_have_table(&note.text), "{:?}", note.text);
        }
    }
}
