//! Which note a target that leads nowhere may have meant.

use std::hash::BuildHasher;

use foldhash::fast::FixedState;
use foldhash::{HashMap, HashMapExt};

use super::name::{base_name, fold, without_ending};

/// Names shorter than this are near to too many others.
const LEAST: usize = 5;

/// The most names that one is compared with.
const MOST: usize = 500;

/// The names of a vault, by what near ones have in common: by its hash, since what it is of a name can be
/// found out again.
#[derive(Debug)]
pub(super) struct Nearest {
    /// Letters and digits alone, without a plural's ending, to notes.
    bare: HashMap<u64, u32>,
    /// Names that begin alike and have the same digits: numbers and dates that differ are other
    /// ones, not misspelt ones.
    begins: HashMap<u64, Vec<u32>>,
}

impl Nearest {
    pub(super) fn of<'a>(paths: impl ExactSizeIterator<Item = &'a str>) -> Nearest {
        let mut nearest = Nearest { bare: HashMap::with_capacity(paths.len()), begins: HashMap::new() };
        for (index, path) in (0..).zip(paths) {
            let name = folded_name(path);
            if let Some(begin) = begin(&name) {
                nearest.begins.entry(hash(&begin)).or_default().push(index);
            }
            nearest.bare.entry(hash(&bare(&name))).or_insert(index);
        }
        nearest
    }

    /// The note whose name differs from `name` by blanks, marks, a plural or a letter or two alone.
    pub(super) fn find<'a>(&self, name: &str, path_of: impl Fn(u32) -> &'a str) -> Option<u32> {
        let name_of = |index| folded_name(path_of(index));
        let name = fold(base_name(without_ending(name.trim())));
        let key = bare(&name);
        if key.is_empty() {
            return None;
        }
        if let Some(&index) = self.bare.get(&hash(&key)).filter(|&&index| bare(&name_of(index)) == key) {
            return Some(index);
        }
        let length = name.chars().count();
        let most = (length / 5).min(2);
        if length < LEAST || most == 0 {
            return None;
        }
        let start = begin(&name)?;
        let near = self.begins.get(&hash(&start))?.iter().take(MOST).filter_map(|&index| {
            let other = name_of(index);
            if other.len().abs_diff(name.len()) > 4 * most || begin(&other).as_ref() != Some(&start) {
                return None;
            }
            let far = strsim::osa_distance(&name, &other);
            (far <= most).then_some((far, index))
        });
        near.min().map(|(_, index)| index)
    }
}

/// The folded name of a note.
fn folded_name(path: &str) -> String {
    fold(without_ending(base_name(path)))
}

fn hash(of_name: &str) -> u64 {
    FixedState::default().hash_one(of_name)
}

/// A folded name without what people leave out, put in or write otherwise.
fn bare(name: &str) -> String {
    let mut bare: String = name.chars().filter(|c| c.is_alphanumeric()).collect();
    for (plural, singular) in [("ies", "y"), ("es", ""), ("s", "")] {
        let stem = bare.strip_suffix(plural).filter(|stem| stem.chars().count() > 2 && !stem.ends_with('s'));
        if let Some(stem) = stem {
            // `notes` and `note` are to come out alike, so an `e` goes too.
            let stem = stem.strip_suffix('e').unwrap_or(stem);
            return format!("{stem}{singular}");
        }
    }
    if bare.chars().count() > 3 && bare.ends_with('e') {
        bare.pop();
    }
    bare
}

/// The first three letters of a folded name, and its digits.
fn begin(name: &str) -> Option<String> {
    let (third, _) = name.char_indices().nth(2)?;
    let digits = name[third..].chars().skip(1).filter(char::is_ascii_digit);
    Some(name.chars().take(3).chain(digits).collect())
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
