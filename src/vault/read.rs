//! Reads the file of a note.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use crate::note::Note;

/// The largest note that is read, in bytes. Larger ones are no writing of people.
pub const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// Reads a note. One that cannot be read is a note that says why.
pub fn note(root: &Path, path: String) -> Note {
    let file = root.join(&path);
    // Opening a pipe or a device would wait for ever.
    match fs::metadata(&file) {
        Ok(known) if known.is_file() => listed(root, path),
        Ok(_) => Note::unreadable(path, "cannot be read: no regular file"),
        Err(error) => Note::unreadable(path, format!("cannot be read: {error}")),
    }
}

/// Reads a note that is known to be a regular file.
pub fn listed(root: &Path, path: String) -> Note {
    match text(&root.join(&path)) {
        Ok(text) => Note::parse(path, text),
        Err(why) => Note::unreadable(path, why),
    }
}

fn text(file: &Path) -> Result<String, String> {
    let unread = |error: io::Error| format!("cannot be read: {error}");
    let file = File::open(file).map_err(unread)?;
    let size = file.metadata().map_err(unread)?.len();
    if size > MOST_BYTES {
        return Err(format!("too large to be checked: {size} bytes, and {MOST_BYTES} is the most"));
    }
    // One byte more than there is: so the end is seen without growing. A file by itself would be asked for
    // its size and place again.
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default() + 1);
    file.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(unread)?;
    String::from_utf8(bytes)
        .map_err(|e| format!("not UTF-8: the first bad byte is at offset {}", e.utf8_error().valid_up_to()))
}
