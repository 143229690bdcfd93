//! Which rules have fixes that never settle, and whose business that is.

use std::collections::BTreeSet;

use super::MOST_PASSES;
use crate::diagnostic::Diagnostic;
use crate::error::Error;
use crate::rule::Rules;

/// The rules whose fixes are still made when all others have long settled.
#[derive(Default)]
pub(super) struct Late(BTreeSet<String>);

impl Late {
    /// Takes note of the fixes that a pass has made.
    pub(super) fn add(&mut self, pass: usize, made: &[Diagnostic]) {
        if pass > MOST_PASSES / 2 {
            self.0.extend(made.iter().map(|made| made.rule.clone()));
        }
    }

    /// That they never settle in a note. Of a rule that is only data, its author can mend it.
    pub(super) fn endless(self, rules: &Rules, note: &str) -> Error {
        let is_own =
            |id: &str| !Rules::is_builtin(id) && rules.get(id).is_some_and(|rule| rule.params.contains_key("replace"));
        let (own, all) = (self.0.iter().find(|id| is_own(id)), self.0.len());
        let way_out = match own {
            Some(own) if all == 1 => {
                format!("the `replace` of {own} makes what its `find` matches again: change one of the two")
            }
            Some(own) => {
                format!("what one of these rules writes, another finds: change {own}, or switch one of them off")
            }
            None => "switch one of these rules off, and please report this".to_owned(),
        };
        Error::Endless {
            note: note.to_owned(),
            rules: self.0.into_iter().collect::<Vec<_>>().join(", "),
            help: Some(format!("nothing was written; {way_out}")),
        }
    }
}
