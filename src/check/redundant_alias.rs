//! A link whose alias is its target.

use serde::Deserialize;

use super::{Check, Cx, most_in};
use crate::diagnostic::{Edit, Fix};
use crate::span::Span;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RedundantAlias {}

impl Check for RedundantAlias {
    fn note(&self, cx: &mut Cx<'_>) {
        let note = cx.note;
        for (_, link) in note.followed() {
            let Some(alias) = link.alias else { continue };
            let target = link.target.of(&note.text);
            if link.embed || link.fragment.is_some() || alias.of(&note.text) != target {
                continue;
            }
            let edit = Edit::delete(Span::new(link.target.end(), alias.end()));
            let fix = Fix::new(format!("write `[[{target}]]`"), most_in(note.place(link).kind), vec![edit]);
            cx.report(link.span, format!("the link shows `{target}` without its alias too")).fix(fix);
        }
    }
}
