//! Makes fixes, and takes back those that do not keep what their rule promises.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Edit, Fix, Keeps};
use crate::note::{Kept, Note};
use crate::span::Span;

/// The places that edits of chosen fixes have taken.
#[derive(Default)]
pub(super) struct Taken(BTreeMap<usize, Span>);

impl Taken {
    /// Takes the places of all edits of a fix, or none of them when one is touched already.
    pub(super) fn take(&mut self, fix: &Fix) -> bool {
        let own = fix.edits.windows(2).all(|pair| !pair[0].span.touches(pair[1].span));
        let free = own && !fix.edits.is_empty() && fix.edits.iter().all(|edit| self.is_free(edit.span));
        if free {
            self.0.extend(fix.edits.iter().map(|edit| (edit.span.start(), edit.span)));
        }
        free
    }

    /// Taken spans do not touch each other, so only the neighbours can touch `span`.
    fn is_free(&self, span: Span) -> bool {
        let before = self.0.range(..=span.end()).rev().take(2);
        before.chain(self.0.range(span.end()..).take(1)).all(|(_, taken)| !taken.touches(span))
    }
}

/// What came of trying some fixes.
#[derive(Default)]
pub(super) struct Tried {
    /// The note with all accepted fixes; `None` when there are none.
    pub(super) note: Option<Note>,
    pub(super) accepted: Vec<usize>,
    /// The fixes that broke the promise, and how.
    pub(super) refused: Vec<(usize, String)>,
}

/// Makes the fixes of `chosen` in `found` that together keep `keeps`. Where they do not, halves
/// are tried until the ones to blame are left: a few more readings of one note.
pub(super) fn keeping(note: &Note, keeps: Keeps, found: &[Diagnostic], chosen: &[usize]) -> Tried {
    let mut tried = Tried::default();
    if chosen.is_empty() {
        return tried;
    }
    let before = Kept::of(note, keeps);
    let mut groups = vec![chosen.to_vec()];
    while let Some(mut group) = groups.pop() {
        let together: Vec<usize> = tried.accepted.iter().chain(&group).copied().collect();
        let next = note.with_text(apply(&note.text, found, &together));
        match before.broken_by(&Kept::of(&next, keeps)) {
            None => {
                tried.note = Some(next);
                tried.accepted = together;
            }
            Some(why) if group.len() == 1 => tried.refused.push((group[0], why)),
            Some(_) => {
                let second = group.split_off(group.len() / 2);
                groups.push(second);
                groups.push(group);
            }
        }
    }
    tried
}

/// The text with the fixes of `chosen` made; their edits must not touch.
fn apply(text: &str, found: &[Diagnostic], chosen: &[usize]) -> String {
    let fixes = chosen.iter().filter_map(|&i| found[i].fix.as_ref());
    let mut edits: Vec<&Edit> = fixes.flat_map(|fix| &fix.edits).collect();
    edits.sort_by_key(|edit| edit.span);
    let mut fixed = String::with_capacity(text.len());
    let mut done = 0;
    for edit in edits {
        fixed.push_str(&text[done..edit.span.start()]);
        fixed.push_str(&edit.text);
        done = edit.span.end();
    }
    fixed.push_str(&text[done..]);
    fixed
}
