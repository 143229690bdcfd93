//! The form in which names and paths are compared.

use unicode_normalization::UnicodeNormalization;

/// A name in NFC, with full Unicode case folding.
pub fn fold(name: &str) -> String {
    if name.is_ascii() {
        return name.to_ascii_lowercase();
    }
    let plain: String = name.nfc().map(|c| if c == '\u{a0}' { ' ' } else { c }).collect();
    caseless::default_case_fold_str(&plain).nfc().collect()
}

/// What follows the last `/`.
pub fn base_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
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
