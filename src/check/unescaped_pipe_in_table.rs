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
            let pipe = alias.start() - 1;
            // `[[open | ]]` is two cells: nobody writes a link that shows nothing.
            let shows = !alias.of(&note.text).trim().is_empty();
            if note.text[..pipe].ends_with('\\') || !note.can_name(link) || !shows {
                continue;
            }
            // What an embed shows is not known here, so neither is that it stays.
            let most = if link.embed { Applicability::Display } else { most_in(note.place(link).kind) };
            let fix = Fix::new("write `\\|`", most, vec![Edit::insert(pipe, "\\")]);
            cx.report(link.span, "the pipe of the link ends the cell of the table").fix(fix);
        }
    }
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
