//! A name that Obsidian does not read as a tag, or not as a whole.

use serde::Deserialize;

use super::{Check, Cx};
use crate::diagnostic::{Applicability, Fix};
use crate::note::is_tag_char;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct InvalidTag {
    /// What a blank becomes.
    blank: String,
}

impl Check for InvalidTag {
    fn note(&self, cx: &mut Cx<'_>) {
        let (note, vault) = (cx.note, cx.vault);
        for tag in cx.tags() {
            // Link markup is the business of another rule, and so is a number.
            if tag.name.contains("[[") || tag.name.chars().all(char::is_numeric) {
                continue;
            }
            let Some(why) = what_is_wrong(&tag.name) else { continue };
            let finding = cx.report(tag.span, format!("`{}` is no sound tag", tag.name)).evidence(why);
            match self.sound(&tag.name).and_then(|name| Some((tag.renamed(note, vault, &name)?, name))) {
                Some((edit, name)) => {
                    let fix = Fix::new(format!("write `{name}`"), Applicability::Unsafe, vec![edit]);
                    finding.fix(fix);
                }
                None => {
                    finding.help("a tag is made of letters, digits, `-`, `_` and `/`");
                }
            }
        }
    }
}

impl InvalidTag {
    /// The name with its blanks joined and its empty parts left out; `None` if that is no tag either.
    fn sound(&self, name: &str) -> Option<String> {
        let joined = name.split_whitespace().collect::<Vec<_>>().join(&self.blank);
        let parts: Vec<&str> = joined.split('/').filter(|part| !part.is_empty()).collect();
        let sound = parts.join("/");
        let is_tag = !sound.is_empty() && sound.chars().any(|c| !c.is_numeric());
        (is_tag && what_is_wrong(&sound).is_none()).then_some(sound)
    }
}

/// What keeps the name from being a sound tag, in words.
fn what_is_wrong(name: &str) -> Option<String> {
    if let Some(c) = name.chars().find(|&c| !is_tag_char(c)) {
        return Some(match c {
            c if c.is_whitespace() => "a tag ends at a blank".to_owned(),
            c => format!("a tag ends at {c:?}"),
        });
    }
    name.split('/').any(str::is_empty).then(|| "it has an empty part".to_owned())
}
