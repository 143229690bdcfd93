//! Which notes of a vault a run is about.

use std::collections::HashSet;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::args::Paths;
use crate::config::Globs;
use crate::error::Error;
use crate::vault::walk::{self, is_below};

/// The notes and folders that were asked for, by path from the vault's root.
pub(super) struct Choice {
    pub(super) named: HashSet<String>,
    /// Named notes whose path is not Unicode.
    pub(super) nameless: Vec<PathBuf>,
    folders: Vec<String>,
}

impl Choice {
    /// What full paths choose of the vault at `root`.
    pub(super) fn of(root: &Path, chosen: &[PathBuf]) -> Choice {
        let (folders, files): (Vec<&PathBuf>, Vec<&PathBuf>) = chosen.iter().partition(|path| path.is_dir());
        let is_unicode = |path: &&PathBuf| path.strip_prefix(root).is_ok_and(|path| path.to_str().is_some());
        let (unicode, nameless): (Vec<&PathBuf>, Vec<&PathBuf>) = files.into_iter().partition(is_unicode);
        let relative = |path: &PathBuf| walk::relative(root, path);
        Choice {
            named: unicode.into_iter().map(relative).collect(),
            nameless: nameless.into_iter().cloned().collect(),
            folders: folders.into_iter().map(relative).collect(),
        }
    }

    /// Whether a note is named, or lies in a folder of the choice and is not left out.
    pub(super) fn wants(&self, path: &str, ignore: &Globs) -> bool {
        self.named.contains(path) || self.is_in_folder(path, ignore)
    }

    pub(super) fn is_in_folder(&self, path: &str, ignore: &Globs) -> bool {
        !ignore.matches(path) && self.folders.iter().any(|folder| path == folder || is_below(path, folder))
    }
}

/// The absolute paths that were asked for, each of which is there.
pub(super) fn chosen_paths(paths: &Paths, cwd: &Path, from_stdin: bool) -> Result<Vec<PathBuf>, Error> {
    if from_stdin {
        if paths.paths.len() > 1 {
            return Err(
                Error::usage("`-` cannot be mixed with paths").help("check one note from standard input at a time")
            );
        }
        let name = paths.stdin_filename.clone().unwrap_or_else(|| PathBuf::from("stdin.md"));
        let full = plain(&cwd.join(&name));
        if full.is_dir() || !walk::is_note(&full) || full.to_str().is_none() {
            return Err(Error::usage(format!("`--stdin-filename {}` names no note", name.display()))
                .help("notes end in `.md`; no file of that name need be there"));
        }
        return Ok(vec![full]);
    }
    if paths.stdin_filename.is_some() {
        return Err(Error::usage("`--stdin-filename` goes with the path `-`"));
    }
    let here = [PathBuf::from(".")];
    let typed = if paths.paths.is_empty() { &here[..] } else { &paths.paths };
    let absolute = |path: &PathBuf| {
        let full = plain(&cwd.join(path));
        if let Err(error) = fs::symlink_metadata(&full) {
            return Err(match error.kind() {
                io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
                    Error::usage(format!("there is no `{}`", path.display()))
                }
                _ => Error::io(path.display().to_string(), error),
            });
        }
        if !full.is_dir() && !walk::is_note(&full) {
            return Err(Error::usage(format!("`{}` is no note: notes end in `.md`", path.display())));
        }
        Ok(full)
    };
    let mut chosen = typed.iter().map(absolute).collect::<Result<Vec<PathBuf>, Error>>()?;
    // What is named twice would be repaired twice.
    let mut seen = HashSet::new();
    chosen.retain(|path| fs::canonicalize(path).map_or(true, |path| seen.insert(path)));
    Ok(chosen)
}

/// A path without `.` and `..`, as typed: symbolic links in it stay.
pub(super) fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            std::path::Component::CurDir => {}
            std::path::Component::ParentDir => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}

/// A path without links, though the file may be yet to be made.
pub(super) fn real(path: &Path) -> PathBuf {
    let yet_to_be_made = || Some(fs::canonicalize(path.parent()?).ok()?.join(path.file_name()?));
    fs::canonicalize(path).ok().or_else(yet_to_be_made).unwrap_or_else(|| path.to_owned())
}

/// A folder of the vault by its own path, where a link was named that leads to it: its notes are known by that
/// path. A link to somewhere else stays what it is.
pub(super) fn own_path(root: &Path, folder: &Path) -> Result<PathBuf, Error> {
    let (Ok(vault), Ok(real)) = (fs::canonicalize(root), fs::canonicalize(folder)) else {
        return Ok(folder.to_owned());
    };
    match real.strip_prefix(&vault) {
        Ok(inside) => Ok(root.join(inside).components().collect()),
        // Each note of the vault would be in it a second time.
        Err(_) if vault.starts_with(&real) => {
            Err(Error::usage(format!("`{}` is a link to a folder around the vault", folder.display())))
        }
        Err(_) => Ok(folder.to_owned()),
    }
}

pub(super) fn read_stdin() -> Result<Vec<u8>, Error> {
    let mut text = Vec::new();
    std::io::stdin().lock().read_to_end(&mut text).map_err(|e| Error::io("standard input", e))?;
    Ok(text)
}
