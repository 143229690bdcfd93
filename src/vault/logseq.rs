//! What Logseq reads otherwise: the names of pages, and the ids of blocks.

use crate::note::{Note, decode};

use super::name::{base_name, without_ending};

/// The names of a page: its `title`, else what its file is called; then its aliases.
pub(super) fn names(note: &Note) -> (String, Vec<String>) {
    let mut title = None;
    let mut aliases = Vec::new();
    for (key, value) in properties(note) {
        match key {
            "title" => title = Some(value.to_owned()),
            "alias" | "aliases" => aliases.extend(value.split(',').map(|alias| plain(alias).to_owned())),
            _ => {}
        }
    }
    let file = without_ending(base_name(&note.path));
    (title.unwrap_or_else(|| page(file)), aliases)
}

/// The page that a file is of: `a___b` and `a%2Fb` are `a/b`.
fn page(file: &str) -> String {
    decode(&file.replace("___", "/")).into_owned()
}

/// The lines `key:: value` at the top of a page; its first block may hold them.
fn properties(note: &Note) -> impl Iterator<Item = (&str, &str)> {
    let lines = note.text[note.body()..].trim_start_matches('\u{feff}').lines();
    let bare = lines.map(|line| line.trim_start_matches(['-', ' ', '\t'])).skip_while(|line| line.trim().is_empty());
    bare.map_while(|line| line.split_once("::")).map(|(key, value)| (key.trim(), value.trim()))
}

/// An alias may be written as a link.
fn plain(alias: &str) -> &str {
    alias.trim().trim_start_matches("[[").trim_end_matches("]]")
}

/// The ids that blocks have: `id:: 63b4…`, as numbers.
pub(super) fn block_ids(text: &str) -> impl Iterator<Item = u128> {
    memchr::memmem::find_iter(text.as_bytes(), "id:: ").filter_map(|at| uuid(text[at + 5..].lines().next()?.trim()))
}

/// The number of a UUID such as `63b4a2c5-0b1d-4c65-8c3c-6a0f5c3e4d1b`.
pub fn uuid(text: &str) -> Option<u128> {
    let parts: Vec<usize> = text.split('-').map(str::len).collect();
    if parts != [8, 4, 4, 4, 12] {
        return None;
    }
    u128::from_str_radix(&text.replace('-', ""), 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_page_is_its_title_or_its_file() {
        let name = |path: &str, text: &str| names(&Note::parse(path, text));
        assert_eq!(name("pages/a___b.md", "").0, "a/b");
        assert_eq!(name("pages/a%2Fb%3F.md", "").0, "a/b?");
        let (title, aliases) = name("pages/x.md", "title:: The Page\nalias:: One, [[Two]]\n\n- a:: b\n");
        assert_eq!((title.as_str(), aliases), ("The Page", vec!["One".to_owned(), "Two".to_owned()]));
    }

    #[test]
    fn block_ids_are_uuids() {
        let text = "- a\n  id:: 63b4a2c5-0b1d-4c65-8c3c-6a0f5c3e4d1b\n- b\n  id:: none\n";
        assert_eq!(block_ids(text).collect::<Vec<_>>(), [uuid("63B4A2C5-0b1d-4c65-8c3c-6a0f5c3e4d1b").unwrap_or(0)]);
    }
}
