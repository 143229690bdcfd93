//! Which note a target that leads nowhere may have meant.

use std::hash::BuildHasher;

use foldhash::fast::FixedState;

use super::name::{base_name, fold, without_ending};

/// Names shorter than this are near to too many others.
const LEAST: usize = 5;

/// The most names that one is compared with.
const MOST: usize = 500;

/// The names of a vault, by what near ones have in common: by its hash, since what it is of a name can be
/// found out again. In the order of hashes, which costs less than a table with as many lists.
#[derive(Debug)]
pub(super) struct Nearest {
    /// Letters and digits alone, without a plural's ending, with the notes.
    bare: Vec<(u64, u32)>,
    /// Names that begin alike and have the same digits: numbers and dates that differ are other
    /// ones, not misspelt ones.
    begins: Vec<(u64, u32)>,
}

impl Nearest {
    pub(super) fn of<'a>(paths: impl ExactSizeIterator<Item = &'a str>) -> Nearest {
        let (mut bares, mut begins) = (Vec::with_capacity(paths.len()), Vec::with_capacity(paths.len()));
        let mut text = String::new();
        for (index, path) in (0..).zip(paths) {
            let name = folded_name(path);
            if begin(&name, &mut text) {
                begins.push((hash(&text), index));
            }
            bare(&name, &mut text);
            bares.push((hash(&text), index));
        }
        bares.sort_unstable();
        begins.sort_unstable();
        Nearest { bare: bares, begins }
    }

    /// The note whose name differs from `name` by blanks, marks, a plural or a letter or two alone.
    pub(super) fn find<'a>(&self, name: &str, path_of: impl Fn(u32) -> &'a str) -> Option<u32> {
        let name_of = |index| folded_name(path_of(index));
        let name = fold(base_name(without_ending(name.trim())));
        let (mut key, mut other_key) = (String::new(), String::new());
        bare(&name, &mut key);
        if key.is_empty() {
            return None;
        }
        if let Some(index) = of_hash(&self.bare, hash(&key)).next() {
            bare(&name_of(index), &mut other_key);
            if other_key == key {
                return Some(index);
            }
        }
        let length = name.chars().count();
        let most = (length / 5).min(2);
        if length < LEAST || most == 0 || !begin(&name, &mut key) {
            return None;
        }
        let near = of_hash(&self.begins, hash(&key)).take(MOST).filter_map(|index| {
            let other = name_of(index);
            if other.len().abs_diff(name.len()) > 4 * most || !begin(&other, &mut other_key) || other_key != key {
                return None;
            }
            let far = strsim::osa_distance(&name, &other);
            (far <= most).then_some((far, index))
        });
        near.min().map(|(_, index)| index)
    }
}

/// The notes beside this hash, in their order.
fn of_hash(all: &[(u64, u32)], hash: u64) -> impl Iterator<Item = u32> {
    let first = all.partition_point(|&(other, _)| other < hash);
    all[first..].iter().take_while(move |&&(other, _)| other == hash).map(|&(_, index)| index)
}

/// The folded name of a note.
fn folded_name(path: &str) -> String {
    fold(without_ending(base_name(path)))
}

fn hash(of_name: &str) -> u64 {
    FixedState::default().hash_one(of_name)
}

/// Makes `bare` a folded name without what people leave out, put in or write otherwise.
fn bare(name: &str, bare: &mut String) {
    bare.clear();
    bare.extend(name.chars().filter(|c| c.is_alphanumeric()));
    for (plural, singular) in [("ies", "y"), ("es", ""), ("s", "")] {
        let stem = bare.strip_suffix(plural).filter(|stem| stem.chars().nth(2).is_some() && !stem.ends_with('s'));
        if let Some(stem) = stem {
            // `notes` and `note` are to come out alike, so an `e` goes too.
            let length = stem.strip_suffix('e').unwrap_or(stem).len();
            bare.truncate(length);
            bare.push_str(singular);
            return;
        }
    }
    if bare.chars().nth(3).is_some() && bare.ends_with('e') {
        bare.pop();
    }
}

/// Makes `begin` the first three letters of a folded name, and its digits. `false` where it is shorter.
fn begin(name: &str, begin: &mut String) -> bool {
    let Some((third, letter)) = name.char_indices().nth(2) else { return false };
    let (first, rest) = name.split_at(third + letter.len_utf8());
    begin.clear();
    begin.push_str(first);
    begin.extend(rest.chars().filter(char::is_ascii_digit));
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_meant_is_near() {
        let paths = ["a/Fish Market.md", "Category.md", "Notes.md", "2024-01-05.md", "Reparations.md", "Boxes.md"];
        let nearest = Nearest::of(paths.into_iter());
        let find = |name| nearest.find(name, |index| paths[index as usize]).map(|index| paths[index as usize]);
        for (wrong, meant) in [
            ("fish-market", "a/Fish Market.md"),
            ("Fish markets", "a/Fish Market.md"),
            ("Categories", "Category.md"),
            ("Note", "Notes.md"),
            ("Box", "Boxes.md"),
            ("Repartions", "Reparations.md"),
            ("old/Reparation", "Reparations.md"),
        ] {
            assert_eq!(find(wrong), Some(meant), "{wrong}");
        }
        for far in ["2024-01-06", "Fish", "Preparations", "Cat", "!", "No"] {
            assert_eq!(find(far), None, "{far}");
        }
    }
}
