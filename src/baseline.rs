//! The findings that a vault has learnt to live with, so that only new ones are shown.

mod follow;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;

use crate::error::Error;
use crate::span::Span;

/// The name of the file, at the vault's root unless the configuration names another one.
pub const FILE: &str = "vaultmend-baseline.txt";

/// The newest form of the file that is read, and the one that is written. It changes with what a
/// fingerprint is made of, too.
const VERSION: u32 = 1;

const HEADER: &str = "# vaultmend baseline ";

/// One finding: its rule and its fingerprint.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Known {
    pub rule: String,
    pub fingerprint: String,
}

/// Known findings by the path of their note, from the vault's root.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Baseline {
    notes: BTreeMap<String, BTreeSet<Known>>,
}

/// A note that was looked at, and what was found in it.
#[derive(Debug, Clone)]
pub struct Seen {
    pub note: String,
    pub found: Vec<Known>,
}

/// What a baseline makes of a run.
#[derive(Debug)]
pub struct Compared {
    /// Whether each finding of each note is known, in the order they were given.
    pub known: Vec<Vec<bool>>,
    /// The entries that no longer occur.
    pub stale: Baseline,
    /// The baseline without those, under the paths that notes have now.
    pub kept: Baseline,
}

impl Baseline {
    /// Reads a baseline: a line each entry, in any order, twice or once, so that whatever a merge
    /// of two makes of it is one. `file` is its name for error messages.
    pub fn read(file: &str, text: &str) -> Result<Baseline, Error> {
        let (mut baseline, mut is_one) = (Baseline::default(), false);
        let body = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut at = text.len() - body.len();
        for line in body.split_inclusive('\n') {
            let start = at;
            at += line.len();
            let line = line.trim_end_matches(['\n', '\r']);
            if line.trim().is_empty() {
                continue;
            }
            let span = Span::new(start, start + line.len());
            let error = |message: &str| Error::at(file, text, Some(span), message);
            // A conflict may have taken the first line too.
            if MERGE_MARKS.iter().any(|mark| line.starts_with(mark)) {
                return Err(error("a merge left a conflict here")
                    .help("keep the lines of both sides and take out the marks; a line may stand twice"));
            }
            if let Some(version) = line.strip_prefix(HEADER) {
                match version.parse::<u32>() {
                    Ok(VERSION) => is_one = true,
                    Ok(newer) if newer > VERSION => {
                        let message = format!("this baseline is of version {newer}, and {VERSION} is the newest known");
                        return Err(error(&message).help("a newer `vaultmend` has written it: use that one"));
                    }
                    _ => return Err(error("there is no such version of a baseline")),
                }
            } else if !is_one {
                let help = format!(
                    "the first line of one is `{HEADER}{VERSION}`; take this file away, and `vaultmend baseline write` makes one"
                );
                return Err(error("this file is no baseline").help(help));
            } else if !line.starts_with('#') {
                let (note, known) = entry(line).ok_or_else(|| {
                    error("this is no entry of a baseline")
                        .help("an entry is a fingerprint of 16 digits, a rule and the path of a note, a blank between")
                })?;
                baseline.add(note, known);
            }
        }
        if !is_one {
            return Err(Error::at(file, text, None, "this file is no baseline: it is empty")
                .help("take it away, and `vaultmend baseline write` makes one"));
        }
        Ok(baseline)
    }

    /// The file: sorted by path, rule and fingerprint, an entry a line, so that a diff of two shows
    /// what came and went.
    pub fn to_text(&self) -> String {
        let mut text = format!("{HEADER}{VERSION}\n# known findings: see `vaultmend baseline --help`\n");
        for (note, known) in self.iter() {
            let _ = writeln!(text, "{} {} {}", known.fingerprint, known.rule, escape(note));
        }
        text
    }

    pub fn add(&mut self, note: impl Into<String>, known: Known) {
        self.notes.entry(note.into()).or_default().insert(known);
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.notes.values().map(BTreeSet::len).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.notes.is_empty()
    }

    /// All entries with the paths of their notes, sorted.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Known)> {
        self.notes.iter().flat_map(|(note, known)| known.iter().map(move |known| (note.as_str(), known)))
    }

    /// Tells known findings from new ones. An entry stands for one finding, so never more of them
    /// are known than the baseline has entries. Where a note is gone, its entries go with what was
    /// written in it.
    ///
    /// `is_gone` tells whether the vault has no such note any more. `is_settled` tells whether the
    /// run can say that an entry of a note no longer occurs: it has seen that note, or all there are.
    pub fn compare(
        &self,
        seen: &[Seen],
        is_gone: impl Fn(&str) -> bool,
        is_settled: impl Fn(&str) -> bool,
    ) -> Compared {
        let nothing = BTreeSet::new();
        let mut known: Vec<Vec<bool>> = Vec::with_capacity(seen.len());
        let (mut left, mut kept) = (self.clone(), Baseline::default());
        for one in seen {
            let entries = self.notes.get(&one.note).unwrap_or(&nothing);
            known.push(one.found.iter().map(|found| entries.contains(found)).collect());
            for found in one.found.iter().filter(|found| entries.contains(found)) {
                left.take(&one.note, found);
                kept.add(one.note.as_str(), found.clone());
            }
        }
        let places: HashMap<&str, usize> = seen.iter().enumerate().map(|(i, one)| (one.note.as_str(), i)).collect();
        for (from, to) in follow::moves(self, &left, seen, &known, is_gone) {
            let to = places[to.as_str()];
            for (found, known) in seen[to].found.iter().zip(&mut known[to]).filter(|(_, known)| !**known) {
                if left.take(&from, found) {
                    *known = true;
                    kept.add(seen[to].note.as_str(), found.clone());
                }
            }
        }
        let mut stale = Baseline::default();
        for (note, entry) in left.iter() {
            let of = if is_settled(note) { &mut stale } else { &mut kept };
            of.add(note, entry.clone());
        }
        Compared { known, stale, kept }
    }

    /// Takes an entry out, and tells whether it was there.
    fn take(&mut self, note: &str, known: &Known) -> bool {
        let Some(entries) = self.notes.get_mut(note) else { return false };
        let taken = entries.remove(known);
        if entries.is_empty() {
            self.notes.remove(note);
        }
        taken
    }
}

/// What git leaves in a file that it cannot merge.
const MERGE_MARKS: [&str; 4] = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];

/// `FINGERPRINT RULE PATH`; the path is the rest of the line.
fn entry(line: &str) -> Option<(String, Known)> {
    let mut parts = line.splitn(3, ' ');
    let (fingerprint, rule, path) = (parts.next()?, parts.next()?, parts.next()?);
    let is_hash = fingerprint.len() == 16 && fingerprint.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    let note = unescape(path).filter(|path| !path.is_empty());
    let note = note.filter(|_| is_hash && rule.contains('/'))?;
    Some((note, Known { rule: rule.to_owned(), fingerprint: fingerprint.to_owned() }))
}

/// A path on one line.
fn escape(path: &str) -> String {
    let mut escaped = String::with_capacity(path.len());
    for c in path.chars() {
        if c.is_control() || c == '\\' { escaped.extend(c.escape_default()) } else { escaped.push(c) }
    }
    escaped
}

/// The path that was escaped so; `None` when nothing is escaped like this.
fn unescape(escaped: &str) -> Option<String> {
    let mut path = String::with_capacity(escaped.len());
    let mut chars = escaped.chars();
    while let Some(c) = chars.next() {
        path.push(match c {
            '\\' => match chars.next()? {
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                '\\' => '\\',
                'u' => {
                    let code: String = chars.by_ref().take_while(|c| *c != '}').collect();
                    char::from_u32(u32::from_str_radix(code.strip_prefix('{')?, 16).ok()?)?
                }
                _ => return None,
            },
            c => c,
        });
    }
    Some(path)
}

#[cfg(test)]
mod tests;
