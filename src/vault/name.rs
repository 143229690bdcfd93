//! The form in which names and paths are compared.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// A name in NFC, with full Unicode case folding.
pub fn fold(name: &str) -> String {
    if name.is_ascii() {
        return name.to_ascii_lowercase();
    }
    let mut plain = composed(Cow::Borrowed(name));
    if plain.contains('\u{a0}') {
        plain = Cow::Owned(plain.replace('\u{a0}', " "));
    }
    composed(Cow::Owned(caseless::default_case_fold_str(&plain))).into_owned()
}

/// A tag as Obsidian compares it: in NFC and small letters, by JavaScript's `toLowerCase`. Other than names, `Maße` and
/// `Masse` are two; of a final sigma both languages make the same.
pub fn fold_tag(name: &str) -> String {
    if name.is_ascii() {
        return name.to_ascii_lowercase();
    }
    composed(Cow::Owned(composed(Cow::Borrowed(name)).to_lowercase())).into_owned()
}

/// A name in NFC. Nearly all are, and to see it costs less than to make it so.
fn composed(name: Cow<'_, str>) -> Cow<'_, str> {
    let is_composed = name.chars().all(|c| c < FIRST_MARK) || is_nfc_quick(name.chars()) == IsNormalized::Yes;
    if is_composed { name } else { Cow::Owned(name.nfc().collect()) }
}

/// All characters before this one, the first that combines with others, are in NFC whatever stands beside them:
/// <https://unicode.org/reports/tr15/#Detecting_Normalization_Forms>.
const FIRST_MARK: char = '\u{300}';

/// What follows the last `/`.
pub fn base_name(path: &str) -> &str {
    memchr::memrchr(b'/', path.as_bytes()).map_or(path, |slash| &path[slash + 1..])
}

/// The folder of a file; empty for the root.
pub fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// A path without the ending of notes, in whatever capitals.
pub fn without_ending(path: &str) -> &str {
    match path.len().checked_sub(3) {
        Some(at) if at > 0 && path.is_char_boundary(at) && path[at..].eq_ignore_ascii_case(".md") => &path[..at],
        _ => path,
    }
}

/// `path`, seen from `folder`, with its `.` and `..` followed; `None` when it leaves the vault.
pub(super) fn from_folder(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_alike_that_have_the_same_small_letters() {
        for (one, other) in [("Été", "e\u{301}te\u{301}"), ("MAẞE", "maße"), ("ΟΔΟΣ/Α", "οδος/α"), ("ΟΔΟΣΑ", "οδοσα")]
        {
            assert_eq!(fold_tag(one), fold_tag(other), "{one}");
        }
        for (one, other) in [("Masse", "Maße"), ("οδοσ", "οδος")] {
            assert_ne!(fold_tag(one), fold_tag(other), "{one}");
        }
    }

    #[test]
    fn names_that_look_alike_are_folded_alike() {
        for (one, other) in [
            ("Été.md", "e\u{301}te\u{301}.md"),
            ("STRASSE", "Straße"),
            ("Über\u{a0}uns", "u\u{308}ber uns"),
            ("가", "\u{1100}\u{1161}"),
            ("\u{1fb3}", "\u{391}\u{345}"),
        ] {
            assert_eq!(fold(one), fold(other), "{one}");
            assert_eq!(
                fold(one),
                caseless::default_case_fold_str(one).nfc().collect::<String>().replace('\u{a0}', " ")
            );
        }
    }
}
