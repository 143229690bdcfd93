//! Writes a file so that it is whole at every moment, the old text or the new.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tempfile::{Builder, NamedTempFile};

use super::access;

/// Why a note was not written. Its file is as it was.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    #[error("the file changed while it was being checked")]
    Changed,
    #[error("the file is read-only")]
    ReadOnly,
    #[error("cannot be written: {0}")]
    Io(#[from] io::Error),
}

/// Replaces the texts of files, many in any order and at once. Each file is whole at every moment;
/// that the new ones stay after a loss of power is certain when [`Writer::finish`] has returned.
#[derive(Debug, Default)]
pub struct Writer {
    /// The folders with files that were replaced.
    folders: Mutex<BTreeSet<PathBuf>>,
    /// The files that had more names than one.
    shared: Mutex<BTreeSet<PathBuf>>,
}

impl Writer {
    /// Replaces the text of a file. It must still hold `before`. The new text is written beside it,
    /// flushed to the disk, given the file's owner, permissions and attributes, and renamed into its place; a symbolic
    /// link stays one, and what it points to is replaced.
    pub fn replace(&self, named: &Path, before: &str, after: &str) -> Result<(), Refusal> {
        let mut file = Cow::Borrowed(named);
        // Elsewhere it also finds the name as it is written, and on Windows one that may be long.
        if fs::symlink_metadata(&file)?.is_symlink() || !cfg!(target_os = "linux") {
            file = Cow::Owned(fs::canonicalize(&file)?);
        }
        // A rename asks only the folder for leave; a file that its owner locked is to stay as it is.
        let held = OpenOptions::new().write(true).open(&file).map_err(|e| match e.kind() {
            io::ErrorKind::PermissionDenied => Refusal::ReadOnly,
            _ => Refusal::Io(e),
        })?;
        let is_shared = has_other_names(&held);
        let new = beside(&file, after.as_bytes(), Some(held))?;
        // As late as can be: what an editor has saved since the note was read is not overwritten.
        if fs::read(&file)? != before.as_bytes() {
            return Err(Refusal::Changed);
        }
        new.persist(&file).map_err(|e| e.error)?;
        if is_shared {
            self.shared.lock().unwrap_or_else(PoisonError::into_inner).insert(named.to_owned());
        }
        let folder = folder(&file);
        let mut folders = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        if !folders.contains(folder) {
            folders.insert(folder.to_owned());
        }
        Ok(())
    }

    /// Flushes the folders, each once: a new name is on the disk only when its folder is. Not every system
    /// can open a folder; there the file system's own order must do. Returns the files that had other names by hard
    /// links: those names keep the old text.
    pub fn finish(self) -> BTreeSet<PathBuf> {
        for folder in self.folders.into_inner().unwrap_or_else(PoisonError::into_inner) {
            flush(&folder);
        }
        self.shared.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

fn flush(folder: &Path) {
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}

/// Replaces the text of one file; see [`Writer::replace`].
pub fn replace(file: &Path, before: &str, after: &str) -> Result<(), Refusal> {
    let writer = Writer::default();
    let replaced = writer.replace(file, before, after);
    writer.finish();
    replaced
}

/// Makes a file that must not be there yet. It is there whole, or not at all.
pub fn create(file: &Path, text: &str) -> io::Result<()> {
    beside(file, text.as_bytes(), None)?.persist_noclobber(file).map_err(|e| e.error)?;
    flush(folder(file));
    Ok(())
}

/// Makes a file, or replaces what it holds. It is there whole, old or new; a symbolic link stays one. What is no
/// file, such as a pipe, is written to.
pub fn put(file: &Path, text: &[u8]) -> io::Result<()> {
    let Ok(old) = fs::metadata(file) else {
        // A link to a file that is yet to be made is one that a rename would replace.
        return if file.is_symlink() { fs::write(file, text) } else { put_new(file, text, None) };
    };
    // What is open already, such as the program's own output, is none that another file can take the place of.
    if !old.is_file() || ["/dev", "/proc"].iter().any(|top| file.starts_with(top)) {
        return fs::write(file, text);
    }
    // A rename asks only the folder for leave; a file that its owner locked is to stay as it is.
    let held = OpenOptions::new().write(true).open(file)?;
    put_new(&fs::canonicalize(file)?, text, Some(held))
}

fn put_new(file: &Path, text: &[u8], old: Option<File>) -> io::Result<()> {
    let new = beside(file, text, old)?;
    new.persist(file).map_err(|e| e.error)?;
    flush(folder(file));
    Ok(())
}

/// Whether a file has hard links, where the system tells.
#[cfg(unix)]
fn has_other_names(file: &File) -> bool {
    use std::os::unix::fs::MetadataExt;
    file.metadata().is_ok_and(|known| known.nlink() > 1)
}

#[cfg(not(unix))]
fn has_other_names(_: &File) -> bool {
    false
}

/// The folder that a file lies in.
fn folder(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A new file beside the one of this name, with this text, on the disk; with what the old one has beside its text. That
/// one is closed: Windows gives nobody the place of a file that is open.
fn beside(file: &Path, text: &[u8], old: Option<File>) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    // As any new file, where no old one may be read by nobody else.
    #[cfg(unix)]
    if old.is_none() {
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    }
    let mut new = builder.prefix(".vaultmend-").suffix(".tmp").tempfile_in(folder(file)).map_err(unnamed)?;
    new.as_file_mut().write_all(text)?;
    if let Some(old) = old {
        access::keep(&old, new.as_file())?;
    }
    new.as_file().sync_all()?;
    Ok(new)
}

/// The error without the name of the new file in it, which is another one each time.
fn unnamed(error: io::Error) -> io::Error {
    let cause = error.get_ref().and_then(|named| named.source()).and_then(|cause| cause.downcast_ref::<io::Error>());
    match cause.and_then(io::Error::raw_os_error) {
        Some(code) => io::Error::from_raw_os_error(code),
        None => error.kind().into(),
    }
}
