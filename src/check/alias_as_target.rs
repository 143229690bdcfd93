//! A link to the alias of a note.

use serde::Deserialize;

use super::finding::in_words;
use super::{Check, Cx, most_in};
use crate::diagnostic::{Applicability, Edit, Fix};
use crate::note::{Link, Note, PART};
use crate::span::Span;
use crate::vault::{Flavor, Item, Resolved};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AliasAsTarget {}

impl Check for AliasAsTarget {
    fn note(&self, cx: &mut Cx<'_>) {
        let (note, vault) = (cx.note, cx.vault);
        if vault.conventions().flavor == Flavor::Logseq {
            return;
        }
        for led in cx.led().iter().filter(|led| led.to == Resolved::None) {
            let (link, target) = (led.of(note), led.target(note));
            let message = format!("`{target}` is an alias, and no link leads to one");
            match vault.with_alias(target) {
                [] => {}
                [index] => {
                    let item = Item::Note(*index);
                    let path = vault.path_of(item);
                    let finding = cx.report(link.span, message).evidence(format!("`{path}` has this alias"));
                    if let Some(name) = vault.target_of(item, &note.path) {
                        finding.fix(fix(note, link, &name));
                    }
                }
                several => {
                    let paths = several.iter().map(|&index| vault.path_of(Item::Note(index)));
                    cx.report(link.span, message).evidence(format!("it is one of {}", in_words(paths, 5)));
                }
            }
        }
    }
}

fn fix(note: &Note, link: &Link, name: &str) -> Fix {
    let most = if link.embed { Applicability::Display } else { most_in(note.place(link).kind) };
    let rest = Span::new(link.target.end(), link.span.end() - 2).of(&note.text);
    let inner = match link.alias {
        Some(_) => format!("{name}{rest}"),
        None => format!("{name}{rest}{}{}", note.place(link).pipe(), shown(note, link)),
    };
    Fix::new(format!("write `[[{inner}]]`"), most, vec![Edit::replace(link.inner(), inner)])
}

/// What a reader sees of a link without a text of its own: `AI > History` of `[[AI#History]]`.
fn shown(note: &Note, link: &Link) -> String {
    let inner = link.inner().of(&note.text);
    let part = link.fragment.is_some_and(|part| !part.of(&note.text).trim().is_empty());
    if part { inner.replace('#', PART) } else { inner.to_owned() }
}
