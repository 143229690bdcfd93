//! Makes fixes, and takes back those that do not keep what their rule promises.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Edit, Fix, Keeps};
use crate::note::{Kept, Note};
use crate::span::Span;

/// The places that edits of chosen fixes have taken.
#[derive(Default)]
struct Taken(BTreeMap<usize, Span>);

impl Taken {
    /// Takes the places of all edits of a fix, or none of them when one is touched already.
    fn take(&mut self, fix: &Fix) -> bool {
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

/// Makes those of the `wanted` fixes in `found` that together keep `keeps`. Of fixes that touch, the first that does
/// wins, and the others wait for the next pass.
pub(super) fn keeping(note: &Note, keeps: Keeps, found: &[Diagnostic], wanted: Vec<usize>) -> Tried {
    let mut tried = Tried::default();
    let (mut chosen, mut waiting) = tried.choose(found, wanted);
    if chosen.is_empty() {
        return tried;
    }
    let before = Kept::of(note, keeps);
    loop {
        let known = tried.refused.len();
        tried.halve(note, (keeps, &before), found, chosen);
        if tried.refused.len() == known {
            return tried;
        }
        waiting = tried.refuse_the_same(found, known, waiting);
        // What touches none but refused ones would wait for ever.
        (chosen, waiting) = tried.choose(found, waiting);
        if chosen.is_empty() {
            return tried;
        }
    }
}

impl Tried {
    /// The fixes to be tried next, which touch neither accepted ones nor each other, and the others.
    fn choose(&self, found: &[Diagnostic], untried: Vec<usize>) -> (Vec<usize>, Vec<usize>) {
        let mut taken = Taken::default();
        let mut take = |index: usize| found[index].fix.as_ref().is_some_and(|fix| taken.take(fix));
        self.accepted.iter().for_each(|&index| _ = take(index));
        untried.into_iter().partition(|&index| take(index))
    }

    /// Refuses those of `waiting` that are the fixes refused after the first `known`: several findings may have the
    /// same one. Returns the others.
    fn refuse_the_same(&mut self, found: &[Diagnostic], known: usize, waiting: Vec<usize>) -> Vec<usize> {
        let edits = |index: usize| found[index].fix.as_ref().map(|fix| &fix.edits);
        let now = self.refused[known..].to_vec();
        let why = |index: usize| now.iter().find(|(refused, _)| edits(*refused) == edits(index)).map(|(_, why)| why);
        let (same, others): (Vec<usize>, Vec<usize>) = waiting.into_iter().partition(|&index| why(index).is_some());
        self.refused.extend(same.into_iter().filter_map(|index| Some((index, why(index)?.clone()))));
        others
    }

    /// Makes the fixes of `chosen` that keep what `before` holds. Where they do not, halves are tried until the ones
    /// to blame are left: a few more readings of one note.
    fn halve(&mut self, note: &Note, (keeps, before): (Keeps, &Kept<'_>), found: &[Diagnostic], chosen: Vec<usize>) {
        let mut groups = vec![chosen];
        while let Some(mut group) = groups.pop() {
            let together: Vec<usize> = self.accepted.iter().chain(&group).copied().collect();
            let next = note.with_text(apply(&note.text, found, &together));
            match before.broken_by(&Kept::of(&next, keeps)) {
                None => {
                    self.note = Some(next);
                    self.accepted = together;
                }
                Some(why) if group.len() == 1 => self.refused.push((group[0], why)),
                Some(_) => {
                    let second = group.split_off(group.len() / 2);
                    groups.push(second);
                    groups.push(group);
                }
            }
        }
    }
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
