//! Finds the notes of a vault: the same ones, in the same order, on every machine.

use std::fs::File;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use rayon::Scope;
use rayon::slice::ParallelSliceMut;
use walkdir::{DirEntry, WalkDir};

use super::CONFIGURATION;
use super::recognise::MARKS;

/// The files of a vault, by path from its root, with `/`, sorted.
#[derive(Debug, Default)]
pub struct Files {
    pub notes: Vec<String>,
    /// What is no note: images, canvases, PDFs. They can be embedded and linked to.
    pub others: Vec<String>,
    /// Folders and files that could not be listed, and why.
    pub failed: Vec<(String, String)>,
}

const GITIGNORE: &str = ".gitignore";

/// Why a note cannot be named: its path could be told from no other one that looks like it.
pub const NOT_UNICODE: &str = "its name is not Unicode; rename the file or folder";

/// The root of the vault that `paths` lie in: the nearest folder upwards with a `vaultmend.toml`,
/// `.git` or what a program leaves there (`.obsidian`), of several the outermost; else the innermost folder that holds them all.
/// In the first case some of `paths` may lie outside. There must be one path at least.
pub fn root(paths: &[PathBuf]) -> PathBuf {
    let folder = |path: &PathBuf| path.ancestors().find(|folder| folder.is_dir()).unwrap_or(path).to_owned();
    let marks = || [CONFIGURATION, ".git"].into_iter().chain(MARKS.iter().map(|(mark, _)| *mark));
    // A link that leads nowhere is a mark too: whose configuration is lost is to be told so.
    let marked = |folder: &&Path| marks().any(|mark| folder.join(mark).symlink_metadata().is_ok());
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
        files.add_below(root, root, Ignores::of(root));
        files
    }

    /// Adds what lies in a folder of the vault that the listing has passed over: it is hidden, ignored or a
    /// link, or lies in such a folder. What is so in the folder itself stays out.
    pub fn look_into(&mut self, root: &Path, folder: &Path) {
        let (path, Ok(inside)) = (relative(root, folder), folder.strip_prefix(root)) else { return };
        let is_listed = |files: &[String]| {
            let from = files.partition_point(|file| *file < path);
            files[from..].iter().take_while(|file| file.starts_with(&path)).any(|file| is_below(file, &path))
        };
        let failed = || self.failed.iter().any(|(file, _)| *file == path || is_below(file, &path));
        if is_listed(&self.notes) || is_listed(&self.others) || failed() {
            return;
        }
        let mut ignores = Ignores::of(root);
        let mut at = root.to_owned();
        for part in inside.components() {
            at.push(part);
            ignores = Ignores::enter(ignores, &at);
        }
        self.add_below(root, folder, ignores);
    }

    fn add_below(&mut self, root: &Path, folder: &Path, ignores: Option<Arc<Ignores>>) {
        let walk = Walk { root, top: folder, found: Mutex::new(std::mem::take(self)) };
        rayon::scope(|scope| walk.folder(scope, folder.to_owned(), ignores));
        *self = walk.found.into_inner().unwrap_or_else(PoisonError::into_inner);
        self.notes.par_sort_unstable();
        self.others.par_sort_unstable();
        self.failed.sort_unstable();
    }

    fn add(&mut self, root: &Path, file: &Path) {
        match (is_note(file), below(root, file)) {
            (true, Some(path)) => self.notes.push(path),
            (true, None) => self.failed.push((relative(root, file), NOT_UNICODE.to_owned())),
            (false, path) => self.others.push(path.unwrap_or_else(|| relative(root, file))),
        }
    }
}

/// A vault that is being listed, each of its folders by itself.
struct Walk<'a> {
    root: &'a Path,
    /// Where it began.
    top: &'a Path,
    found: Mutex<Files>,
}

impl<'a> Walk<'a> {
    fn folder(&'a self, scope: &Scope<'a>, folder: PathBuf, ignores: Option<Arc<Ignores>>) {
        let mut files = Files::default();
        // The root of a vault may be a link, and so may a folder that was named.
        let is_top = folder == self.top;
        let entries = WalkDir::new(folder).min_depth(1).max_depth(1).follow_links(false).follow_root_links(is_top);
        for entry in entries {
            match entry {
                // What it leaves out is not known then.
                Ok(entry) if entry.file_name() == GITIGNORE => {
                    if let Some(error) = entry.path().is_file().then(|| File::open(entry.path()).err()).flatten() {
                        files.failed.push((relative(self.root, entry.path()), format!("cannot be read: {error}")));
                    }
                }
                Ok(entry) if is_hidden(&entry) || Ignores::ignore(ignores.as_ref(), &entry) => {}
                Ok(entry) if entry.file_type().is_dir() => {
                    let ignores = Ignores::enter(ignores.clone(), entry.path());
                    scope.spawn(|scope| self.folder(scope, entry.into_path(), ignores));
                }
                Ok(entry) if entry.file_type().is_file() => files.add(self.root, entry.path()),
                Ok(_) => {}
                Err(error) => {
                    let path = error.path().map_or_else(String::new, |path| relative(self.root, path));
                    let why = error.into_io_error().map_or_else(|| "cannot be listed".to_owned(), |e| e.to_string());
                    files.failed.push((path, why));
                }
            }
        }
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        found.notes.append(&mut files.notes);
        found.others.append(&mut files.others);
        found.failed.append(&mut files.failed);
    }
}

/// Whether a file is a note, by its name.
pub fn is_note(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("md"))
}

/// Whether a path lies in a folder, both from the root of the vault.
pub fn is_below(path: &str, folder: &str) -> bool {
    folder.is_empty() || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
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

/// The `.gitignore` of a folder, and those of the folders above it as far as the repository goes.
struct Ignores {
    own: Gitignore,
    above: Option<Arc<Ignores>>,
}

impl Ignores {
    /// What is ignored in the root of a vault.
    fn of(root: &Path) -> Option<Arc<Ignores>> {
        let repository = root.ancestors().find(|folder| folder.join(".git").exists()).unwrap_or(root);
        let mut above: Vec<&Path> = root.ancestors().take_while(|folder| *folder != repository).collect();
        above.push(repository);
        above.iter().rev().fold(None, |ignores, folder| Ignores::enter(ignores, folder))
    }

    /// What is ignored in a folder, where this is in the one around it.
    fn enter(above: Option<Arc<Ignores>>, folder: &Path) -> Option<Arc<Ignores>> {
        let file = folder.join(GITIGNORE);
        if !file.is_file() {
            return above;
        }
        let mut builder = GitignoreBuilder::new(folder);
        // A line that git does not understand ignores nothing there either.
        let _ = builder.add(file);
        match builder.build() {
            Ok(own) => Some(Arc::new(Ignores { own, above })),
            Err(_) => above,
        }
    }

    /// Whether something is ignored. The innermost file that says something about it decides, as git has it.
    fn ignore(innermost: Option<&Arc<Ignores>>, entry: &DirEntry) -> bool {
        let all = std::iter::successors(innermost, |ignores| ignores.above.as_ref());
        let mut said = all.map(|ignores| ignores.own.matched(entry.path(), entry.file_type().is_dir()));
        said.find(|said| !said.is_none()).is_some_and(|said| said.is_ignore())
    }
}
