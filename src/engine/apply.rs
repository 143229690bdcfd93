//! Makes fixes, and takes back those that do not keep what their rule promises.

use std::collections::BTreeMap;

use foldhash::{HashMap, HashSet};

use crate::diagnostic::{Diagnostic, Edit, Fix, Keeps, edited};
use crate::halve::to_blame;
use crate::note::{Kept, Note, emphasis};
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
        tried.make(note, (keeps, &before), found, chosen);
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
        let edits = |index: usize| found[index].fix.as_ref().map(|fix| fix.edits.as_slice());
        let now = self.refused[known..].iter().map(|(index, why)| (edits(*index), why.clone()));
        let now: HashMap<Option<&[Edit]>, String> = now.collect();
        waiting
            .into_iter()
            .filter(|&index| match now.get(&edits(index)) {
                Some(why) => {
                    self.refused.push((index, why.clone()));
                    false
                }
                None => true,
            })
            .collect()
    }

    /// Makes the fixes of `chosen` that keep what `before` holds, and refuses the others. Most notes are read once for
    /// it; where some are to blame, those are found in the parts of the note around them, as far as they can be.
    fn make(&mut self, note: &Note, kept: (Keeps, &Kept<'_>), found: &[Diagnostic], chosen: Vec<usize>) {
        if self.broken(note, kept, found, &chosen).is_some() {
            let chosen = if kept.0 == Keeps::Text { self.refuse_emphasis(note, found, chosen) } else { chosen };
            let chosen = self.refuse_in_parts(note, kept.0, found, chosen);
            let refused = to_blame(chosen, |group| self.broken(note, kept, found, group));
            self.refused.extend(refused);
        }
    }

    /// Refuses those of `chosen` that change what is emphasised, which the places tell where that has changed, and
    /// returns the others. One by one each would take a reading of the lines around it.
    fn refuse_emphasis(&mut self, note: &Note, found: &[Diagnostic], mut chosen: Vec<usize>) -> Vec<usize> {
        let edits = |index: usize| found[index].fix.iter().flat_map(|fix| &fix.edits);
        let is_near = |index: &usize| edits(*index).any(|edit| emphasis::is_beside_mark(note, edit.span));
        // Those that are left may have been hidden by the others.
        for _ in 0..2 {
            let near: Vec<usize> = chosen.iter().copied().filter(is_near).collect();
            if near.is_empty() {
                break;
            }
            let together = [self.accepted.as_slice(), near.as_slice()].concat();
            let next = note.with_text(apply(&note.text, Span::new(0, note.text.len()), found, &together));
            let places: Vec<(usize, Span)> =
                near.iter().flat_map(|&index| edits(index).map(move |edit| (index, edit.span))).collect();
            let spans: Vec<Span> = places.iter().map(|(_, span)| *span).collect();
            let changed = emphasis::are_in_changes(note, &next, &spans).into_iter().zip(places);
            let refused: HashSet<usize> = changed.filter(|(is_in, _)| *is_in).map(|(_, (index, _))| index).collect();
            let (gone, left): (Vec<usize>, Vec<usize>) = chosen.into_iter().partition(|index| refused.contains(index));
            self.refused.extend(gone.into_iter().map(|index| (index, format!("it would change {}", emphasis::WHAT))));
            chosen = left;
        }
        chosen
    }

    /// Makes the fixes of a group beside those that are accepted, or tells what of `before` they break.
    fn broken(
        &mut self,
        note: &Note,
        (keeps, before): (Keeps, &Kept<'_>),
        found: &[Diagnostic],
        group: &[usize],
    ) -> Option<String> {
        let together = [&self.accepted, group].concat();
        let next = note.with_text(apply(&note.text, Span::new(0, note.text.len()), found, &together));
        let why = before.broken_by(&Kept::of(&next, keeps));
        if why.is_none() {
            (self.note, self.accepted) = (Some(next), together);
        }
        why
    }

    /// Refuses those of `chosen` that break the promise in the one part of the note that they are in, and returns the
    /// others. In the whole each would take a reading of all of it.
    fn refuse_in_parts(&mut self, note: &Note, keeps: Keeps, found: &[Diagnostic], chosen: Vec<usize>) -> Vec<usize> {
        let fix = |index: usize| found[index].fix.as_ref();
        let is_in_text = |index: usize| fix(index)?.edits.last().map(|edit| edit.span.end() > note.body());
        if chosen.iter().all(|&index| is_in_text(index) != Some(true)) {
            return chosen;
        }
        let parts = note.parts();
        let part_of = |index: usize| {
            let edits = &fix(index)?.edits;
            let all = edits.first()?.span.cover(edits.last()?.span);
            let part = parts.partition_point(|part| part.start() <= all.start()).checked_sub(1)?;
            parts[part].contains(all).then_some(part)
        };
        let mut inside: BTreeMap<usize, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
        for &index in &chosen {
            let Some(part) = part_of(index) else { continue };
            inside.entry(part).or_default().1.push(index);
        }
        for &index in &self.accepted {
            let Some((made, _)) = part_of(index).and_then(|part| inside.get_mut(&part)) else { continue };
            made.push(index);
        }
        let known = self.refused.len();
        for (part, (mut made, untried)) in inside {
            let part = parts[part];
            let before = Note::parse(note.path.clone(), part.of(&note.text));
            // What frontmatter would be there is a line of Markdown here.
            if before.frontmatter.is_some() {
                continue;
            }
            let kept = Kept::of(&before, keeps);
            self.refused.extend(to_blame(untried, |group| {
                let together = [&made, group].concat();
                let after = before.with_text(apply(&note.text, part, found, &together));
                let why = kept.broken_by(&Kept::of(&after, keeps));
                if why.is_none() {
                    made = together;
                }
                why
            }));
        }
        let refused: HashSet<usize> = self.refused[known..].iter().map(|(index, _)| *index).collect();
        chosen.into_iter().filter(|index| !refused.contains(index)).collect()
    }
}

/// The text of a part with the fixes of `chosen` made, which stand in it; their edits must not touch.
fn apply(text: &str, part: Span, found: &[Diagnostic], chosen: &[usize]) -> String {
    let fixes = chosen.iter().filter_map(|&i| found[i].fix.as_ref());
    let mut edits: Vec<&Edit> = fixes.flat_map(|fix| &fix.edits).collect();
    edits.sort_by_key(|edit| edit.span);
    edited(text, part, edits)
}
