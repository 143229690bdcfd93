//! Two links side by side where the vault knows both words as one name.

use serde::Deserialize;

use super::{Check, Cx};
use crate::diagnostic::{Applicability, Edit, Fix};
use crate::note::{Link, Note};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SplitPhrase {}

impl Check for SplitPhrase {
    fn note(&self, cx: &mut Cx<'_>) {
        let note = cx.note;
        for pair in note.links.windows(2) {
            let [first, second] = pair else { continue };
            if first.span.end() > second.span.start() {
                continue;
            }
            let between = &note.text[first.span.end()..second.span.start()];
            if between != " " && between != "-" || !is_plain(note, first) || !is_plain(note, second) {
                continue;
            }
            let phrase = [text(note, first), between, text(note, second)].concat();
            if cx.vault.is_named(&phrase) || cx.tag_names().contains(&crate::vault::fold(&phrase)) {
                let span = first.span.cover(second.span);
                let whole = format!("[[{phrase}]]");
                let title = format!("link the whole phrase: `{whole}`");
                cx.report(span, format!("two links on the parts of `{phrase}`"))
                    .evidence(format!("`{phrase}` is a note, an alias or a tag itself"))
                    .fix(Fix::new(title, Applicability::Unsafe, vec![Edit::replace(span, whole)]));
            }
        }
    }
}

fn is_plain(note: &Note, link: &Link) -> bool {
    let bare = !link.embed && link.parent.is_none() && link.alias.is_none() && link.fragment.is_none();
    bare && note.place(link).kind.is_text()
}

fn text<'a>(note: &'a Note, link: &Link) -> &'a str {
    link.target.of(&note.text)
}
