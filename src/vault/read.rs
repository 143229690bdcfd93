//! Reads the file of a note.

use std::fs;
use std::path::Path;

use crate::note::Note;

/// The largest note that is read, in bytes. Larger ones are no writing of people.
pub const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// Reads a note. One that cannot be read is a note that says why.
pub fn note(root: &Path, path: &str) -> Note {
    match text(&root.join(path)) {
        Ok(text) => Note::parse(path, text),
        Err(why) => Note::unreadable(path, why),
    }
}

fn text(file: &Path) -> Result<String, String> {
    let known = fs::metadata(file).map_err(|e| format!("cannot be read: {e}"))?;
    // Reading a pipe or a device would never end.
    if !known.is_file() {
        return Err("cannot be read: no regular file".to_owned());
    }
    let size = known.len();
    if size > MOST_BYTES {
        return Err(format!("too large to be checked: {size} bytes, and {MOST_BYTES} is the most"));
    }
    let bytes = fs::read(file).map_err(|e| format!("cannot be read: {e}"))?;
    String::from_utf8(bytes)
        .map_err(|e| format!("not UTF-8: the first bad byte is at offset {}", e.utf8_error().valid_up_to()))
}
