//! Follows the entries of a note to the path that its text has now.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::{Baseline, Known, Seen};

/// A finding that more notes have is no trace of one of them, unless their file names are the same.
const COMMON: usize = 32;

/// Where notes went, from path to path: each path is left once and reached once at most.
///
/// A note can have gone to another path when that one is new, or has lost most of its own entries,
/// and half of what is left to match on one of the sides is found on the other; of equal file names
/// anything is enough. It can have done so only when its old path is gone or is, in turn, the new
/// path of another note. So a finding that was repaired in its place makes no room for one elsewhere.
pub(super) fn moves(
    baseline: &Baseline,
    left: &Baseline,
    seen: &[Seen],
    known: &[Vec<bool>],
    is_gone: impl Fn(&str) -> bool,
) -> Vec<(String, String)> {
    let looked_at: HashSet<&str> = seen.iter().map(|one| one.note.as_str()).collect();
    let lost_most = |note: &str| {
        let (all, left) = (baseline.notes.get(note), left.notes.get(note));
        all.map_or(0, BTreeSet::len) < 2 * left.map_or(0, BTreeSet::len)
    };
    let gone: BTreeSet<&str> = left.notes.keys().map(String::as_str).filter(|note| is_gone(note)).collect();
    let can_leave = |note: &str| gone.contains(note) || looked_at.contains(note) && lost_most(note);
    let sources: BTreeMap<&str, &BTreeSet<Known>> =
        left.notes.iter().map(|(note, entries)| (note.as_str(), entries)).filter(|(note, _)| can_leave(note)).collect();
    if sources.is_empty() {
        return Vec::new();
    }
    let traces = Traces::of(&sources);
    let mut moves = Vec::new();
    for (one, known) in seen.iter().zip(known) {
        let new: HashSet<&Known> = one.found.iter().zip(known).filter(|(_, known)| !**known).map(|(f, _)| f).collect();
        if new.is_empty() || baseline.notes.contains_key(&one.note) && !lost_most(&one.note) {
            continue;
        }
        let to = one.note.as_str();
        for from in traces.lead_from(&new, to).into_iter().filter(|from| *from != to) {
            let entries = sources[from];
            let same = new.iter().filter(|found| entries.contains(**found)).count();
            let same_name = name(from) == name(to);
            if same > 0 && (same_name || 2 * same >= new.len().min(entries.len())) {
                moves.push(Move { from, to, same, same_name });
            }
        }
    }
    moves.sort_by_key(|m| (!gone.contains(m.from), std::cmp::Reverse((m.same, m.same_name)), m.from, m.to));
    let (mut left, mut reached) = (HashSet::new(), HashSet::new());
    moves.retain(|m| !left.contains(m.from) && !reached.contains(m.to) && left.insert(m.from) && reached.insert(m.to));
    loop {
        let reached: HashSet<&str> = moves.iter().map(|m| m.to).collect();
        let before = moves.len();
        moves.retain(|m| gone.contains(m.from) || reached.contains(m.from));
        if moves.len() == before {
            return moves.into_iter().map(|m| (m.from.to_owned(), m.to.to_owned())).collect();
        }
    }
}

/// That the findings of one path are now at another.
struct Move<'a> {
    from: &'a str,
    to: &'a str,
    /// How many of them.
    same: usize,
    same_name: bool,
}

/// The notes that entries are left of, by entry and by file name.
struct Traces<'a> {
    by_entry: HashMap<&'a Known, Vec<&'a str>>,
    by_name: HashMap<&'a str, Vec<&'a str>>,
}

impl<'a> Traces<'a> {
    fn of(sources: &BTreeMap<&'a str, &'a BTreeSet<Known>>) -> Self {
        let mut traces = Traces { by_entry: HashMap::new(), by_name: HashMap::new() };
        for (&note, entries) in sources {
            traces.by_name.entry(name(note)).or_default().push(note);
            entries.iter().for_each(|entry| traces.by_entry.entry(entry).or_default().push(note));
        }
        traces
    }

    /// The notes that a note with these findings may have been.
    fn lead_from(&self, found: &HashSet<&Known>, to: &str) -> BTreeSet<&'a str> {
        let telling = found.iter().filter_map(|found| self.by_entry.get(*found)).filter(|notes| notes.len() <= COMMON);
        telling.chain(self.by_name.get(name(to))).flatten().copied().collect()
    }
}

/// The name of a file, without its folders.
fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
