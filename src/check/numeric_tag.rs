//! A number among the tags of the frontmatter.

use serde::Deserialize;

use super::tag_use::{ruled, without};
use super::{Check, Cx};
use crate::diagnostic::{Applicability, Fix};
use crate::taxonomy::{Numeric, Ruling};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NumericTag {}

impl Check for NumericTag {
    fn note(&self, cx: &mut Cx<'_>) {
        let (note, taxonomy) = (cx.note, cx.taxonomy);
        for (tag, ruling) in ruled(cx) {
            if ruling != Ruling::Numeric {
                continue;
            }
            let finding = cx.report(tag.span, format!("`{}` is a number, and no tag", tag.name));
            let finding = finding.evidence("Obsidian reads no tag that has only digits");
            let fix = match &taxonomy.numeric {
                Numeric::Report => {
                    finding.help("`numeric = \"year/{}\"` in `[tags]` says what numbers become");
                    continue;
                }
                Numeric::Drop => without(note, &[tag.span]).map(|edits| ("take it out".to_owned(), edits)),
                Numeric::Become(form) => {
                    let name = form.replace("{}", &tag.name);
                    tag.renamed(note, &name).map(|edit| (format!("write `{name}`"), vec![edit]))
                }
            };
            if let Some((title, edits)) = fix {
                finding.fix(Fix::new(title, Applicability::Safe, edits));
            }
        }
    }
}
