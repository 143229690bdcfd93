//! Writes a note so that the file is whole at every moment, the old text or the new.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use tempfile::Builder;

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

/// Replaces the text of the file. It must still hold `before`. The new text is written beside it,
/// flushed to the disk, given the file's owner and permissions, and renamed into its place; a symbolic link
/// stays one, and what it points to is replaced.
pub fn replace(file: &Path, before: &str, after: &str) -> Result<(), Refusal> {
    let file = fs::canonicalize(file)?;
    let permissions = fs::metadata(&file)?.permissions();
    // A rename asks only the folder for leave; a file that its owner locked is to stay as it is.
    OpenOptions::new().write(true).open(&file).map_err(|e| match e.kind() {
        io::ErrorKind::PermissionDenied => Refusal::ReadOnly,
        _ => Refusal::Io(e),
    })?;
    let folder = file.parent().ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
    let mut beside = Builder::new().prefix(".vaultmend-").suffix(".tmp").tempfile_in(folder)?;
    beside.write_all(after.as_bytes())?;
    keep_owner(&file, beside.as_file())?;
    beside.as_file().set_permissions(permissions)?;
    beside.as_file().sync_all()?;
    // As late as can be: what an editor has saved since the note was read is not overwritten.
    if fs::read(&file)? != before.as_bytes() {
        return Err(Refusal::Changed);
    }
    beside.persist(&file).map_err(|e| e.error)?;
    // The new name is in the folder, which is not on the disk before the folder is. Not every
    // system can open a folder; there the file system's own order must do.
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
    Ok(())
}

/// Gives the new file to the owner of the old one, where the user may: with `sudo`, say.
#[cfg(unix)]
fn keep_owner(old: &Path, new: &File) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let (old, own) = (fs::metadata(old)?, new.metadata()?);
    if (old.uid(), old.gid()) != (own.uid(), own.gid()) {
        let _ = fchown(new, Some(old.uid()), Some(old.gid()));
    }
    Ok(())
}

#[cfg(not(unix))]
fn keep_owner(_: &Path, _: &File) -> io::Result<()> {
    Ok(())
}
