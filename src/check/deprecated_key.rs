//! A property under a name that is no longer read.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Check, Cx};
use crate::diagnostic::{Applicability, Edit, Fix};
use crate::vault::Flavor;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DeprecatedKey {
    /// Each name with the one to use.
    keys: BTreeMap<String, String>,
}

impl Check for DeprecatedKey {
    fn note(&self, cx: &mut Cx<'_>) {
        let note = cx.note;
        if cx.vault.conventions().flavor != Flavor::Obsidian {
            return;
        }
        let Some(frontmatter) = &note.frontmatter else { return };
        for entry in &frontmatter.entries {
            let Some(name) = self.keys.get(&*entry.name) else { continue };
            let taken = frontmatter.entry(name).is_some();
            let finding = cx.report(entry.key, format!("the key `{}` is no longer read", entry.name));
            if taken {
                finding.help(format!("put its values into `{name}`, which is here too"));
            } else {
                let written = entry.key.of(&note.text).replace(&*entry.name, name);
                let fix = Edit::replace(entry.key, written);
                finding.fix(Fix::new(format!("call it `{name}`"), Applicability::Unsafe, vec![fix]));
            }
        }
    }
}
