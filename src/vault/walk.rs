//! Finds the notes of a vault: the same ones, in the same order, on every machine.

use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use walkdir::{DirEntry, WalkDir};

use super::recognise::MARKS;
use crate::config::FILE;

/// The files of a vault, by path from its root, with `/`, sorted.
#[derive(Debug, Default)]
pub struct Files {
    pub notes: Vec<String>,
    /// What is no note: images, canvases, PDFs. They can be embedded and linked to.
    pub others: Vec<String>,
    /// Folders and files that could not be listed, and why.
    pub failed: Vec<(String, String)>,
}

/// Why a note cannot be named: its path could be told from no other one that looks like it.
pub const NOT_UNICODE: &str = "its name is not Unicode; rename the file or folder";

/// The root of the vault that `paths` lie in: the nearest folder upwards with a `vaultmend.toml`,
/// `.git` or what a program leaves there (`.obsidian`), of several the outermost; else the innermost folder that holds them all.
/// In the first case some of `paths` may lie outside. There must be one path at least.
pub fn root(paths: &[PathBuf]) -> PathBuf {
    let folder = |path: &PathBuf| path.ancestors().find(|folder| folder.is_dir()).unwrap_or(path).to_owned();
    let marks = || [FILE, ".git"].into_iter().chain(MARKS.iter().map(|(mark, _)| *mark));
    let marked = |folder: &&Path| marks().any(|mark| folder.join(mark).exists());
    let folders: Vec<PathBuf> = paths.iter().map(folder).collect();
    let roots = folders.iter().filter_map(|folder| folder.ancestors().find(marked));
    if let Some(root) = roots.min_by_key(|root| root.components().count()) {
        return root.to_owned();
    }
    let holds_all = |root: &&Path| folders.iter().all(|folder| folder.starts_with(root));
    folders[0].ancestors().find(holds_all).unwrap_or(&folders[0]).to_owned()
}

impl Files {
    /// Lists a vault. Hidden files and folders (so `.obsidian`, `.trash`, `.git` too) and what
    /// `.gitignore` names are left out; symbolic links are not followed.
    pub fn list(root: &Path) -> Files {
        let mut files = Files::default();
        let mut ignores = Ignores::new(root);
        let walk = WalkDir::new(root).follow_links(false).into_iter();
        for entry in walk.filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry) && ignores.keep(entry)) {
            match entry {
                Ok(entry) if entry.file_type().is_file() => match (is_note(entry.path()), below(root, entry.path())) {
                    (true, Some(path)) => files.notes.push(path),
                    (true, None) => files.failed.push((relative(root, entry.path()), NOT_UNICODE.to_owned())),
                    (false, path) => files.others.push(path.unwrap_or_else(|| relative(root, entry.path()))),
                },
                Ok(_) => {}
                Err(error) => {
                    let path = error.path().map_or_else(String::new, |path| relative(root, path));
                    let why = error.into_io_error().map_or_else(|| "cannot be listed".to_owned(), |e| e.to_string());
                    files.failed.push((path, why));
                }
            }
        }
        files.notes.sort_unstable();
        files.others.sort_unstable();
        files.failed.sort_unstable();
        files
    }
}

/// Whether a file is a note, by its name.
pub fn is_note(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("md"))
}

/// The path of what was found below the root, from there and with `/`; `None` for one that is not Unicode.
fn below(root: &Path, path: &Path) -> Option<String> {
    let path = path.as_os_str().as_encoded_bytes().get(root.as_os_str().len()..)?;
    let path = str::from_utf8(path).ok()?.trim_start_matches(std::path::is_separator);
    Some(if MAIN_SEPARATOR == '/' { path.to_owned() } else { path.replace(MAIN_SEPARATOR, "/") })
}

/// A path from the root, with `/`. What is not Unicode in it is replaced.
pub fn relative(root: &Path, path: &Path) -> String {
    let path = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}

/// The `.gitignore` files from the repository's root down to the folder in hand.
struct Ignores(Vec<(PathBuf, Gitignore)>);

impl Ignores {
    fn new(root: &Path) -> Self {
        let mut ignores = Ignores(Vec::new());
        let repository = root.ancestors().find(|folder| folder.join(".git").exists());
        if let Some(repository) = repository {
            let mut above: Vec<&Path> = root.ancestors().take_while(|folder| *folder != repository).collect();
            above.push(repository);
            above.iter().rev().for_each(|folder| ignores.enter(folder));
        } else {
            ignores.enter(root);
        }
        ignores
    }

    fn enter(&mut self, folder: &Path) {
        let file = folder.join(".gitignore");
        if file.is_file() {
            let mut builder = GitignoreBuilder::new(folder);
            // A line that git does not understand ignores nothing there either.
            let _ = builder.add(file);
            if let Ok(ignore) = builder.build() {
                self.0.push((folder.to_owned(), ignore));
            }
        }
    }

    /// The innermost file that says something about the path decides, as git has it.
    fn keep(&mut self, entry: &DirEntry) -> bool {
        let path = entry.path();
        while self.0.last().is_some_and(|(folder, _)| !path.starts_with(folder)) {
            self.0.pop();
        }
        let is_dir = entry.file_type().is_dir();
        let said = self.0.iter().rev().map(|(_, ignore)| ignore.matched(path, is_dir)).find(|said| !said.is_none());
        let keep = said.is_none_or(|said| !said.is_ignore());
        if keep && is_dir {
            self.enter(path);
        }
        keep
    }
}
