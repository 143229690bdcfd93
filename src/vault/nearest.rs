//! Which note a target that leads nowhere may have meant.

use foldhash::{HashMap, HashMapExt};

use super::name::{base_name, fold, without_ending};

/// Names shorter than this are near to too many others.
const LEAST: usize = 5;

/// The most names that one is compared with.
const MOST: usize = 500;

/// The names of a vault, by what near ones have in common.
#[derive(Debug)]
pub(super) struct Nearest {
    /// Letters and digits alone, without a plural's ending, to notes.
    bare: HashMap<Box<str>, u32>,
    /// Names that begin alike and have the same digits: numbers and dates that differ are other
    /// ones, not misspelt ones.
    begins: HashMap<Box<str>, Vec<u32>>,
}

impl Nearest {
    pub(super) fn of<'a>(paths: impl ExactSizeIterator<Item = &'a str>) -> Nearest {
        let mut nearest = Nearest { bare: HashMap::with_capacity(paths.len()), begins: HashMap::new() };
        for (index, path) in (0..).zip(paths) {
            let name = fold(without_ending(base_name(path)));
            if let Some(begin) = begin(&name) {
                nearest.begins.entry(begin.into()).or_default().push(index);
            }
            nearest.bare.entry(bare(&name).into()).or_insert(index);
        }
        nearest
    }

    /// The note whose name differs from `name` by blanks, marks, a plural or a letter or two alone.
    pub(super) fn find<'a>(&self, name: &str, path_of: impl Fn(u32) -> &'a str) -> Option<u32> {
        let name = fold(base_name(without_ending(name.trim())));
        let key = bare(&name);
        if key.is_empty() {
            return None;
        }
        if let Some(&index) = self.bare.get(key.as_str()) {
            return Some(index);
        }
        let length = name.chars().count();
        let most = (length / 5).min(2);
        if length < LEAST || most == 0 {
            return None;
        }
        let near = self.begins.get(begin(&name)?.as_str())?.iter().take(MOST).filter_map(|&index| {
            let other = fold(without_ending(base_name(path_of(index))));
            if other.len().abs_diff(name.len()) > 4 * most {
                return None;
            }
            let far = strsim::osa_distance(&name, &other);
            (far <= most).then_some((far, index))
        });
        near.min().map(|(_, index)| index)
    }
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
