//! Reads the file of a note.

use std::cell::RefCell;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use crate::note::Note;
use crate::span::{LineIndex, Position};

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
    match FRONT.with_borrow_mut(|front| text(&root.join(&path), front)) {
        Ok(text) => Note::parse(path, text),
        Err(why) => Note::unreadable(path, why),
    }
}

/// A note of what was read of another place than its file.
pub fn of_bytes(path: String, bytes: Vec<u8>) -> Note {
    if bytes.len() as u64 > MOST_BYTES {
        return Note::unreadable(path, too_large(bytes.len() as u64));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Note::parse(path, text),
        Err(error) => Note::unreadable(path, not_utf8(error.as_bytes(), error.utf8_error().valid_up_to())),
    }
}

thread_local! {
    /// What is read of a file before it is asked for its size: of most it is all.
    static FRONT: RefCell<Vec<u8>> = RefCell::new(Vec::with_capacity(64 * 1024));
}

fn text(file: &Path, front: &mut Vec<u8>) -> Result<String, String> {
    let unread = |error: io::Error| format!("cannot be read: {error}");
    let mut file = File::open(file).map_err(unread)?;
    front.clear();
    let room = front.capacity();
    file.by_ref().take(room as u64).read_to_end(front).map_err(unread)?;
    if front.len() < room {
        let text = simdutf8::compat::from_utf8(front).map_err(|error| not_utf8(front, error.valid_up_to()))?;
        return Ok(text.to_owned());
    }
    let size = file.metadata().map_err(unread)?.len();
    if size > MOST_BYTES {
        return Err(too_large(size));
    }
    // One byte more than there is: so the end is seen without growing.
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default().max(room) + 1);
    bytes.extend_from_slice(front);
    file.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(unread)?;
    String::from_utf8(bytes).map_err(|error| not_utf8(error.as_bytes(), error.utf8_error().valid_up_to()))
}

fn too_large(size: u64) -> String {
    format!("too large to be checked: {size} bytes, and {MOST_BYTES} is the most")
}

fn not_utf8(bytes: &[u8], at: usize) -> String {
    let before = String::from_utf8_lossy(&bytes[..at]);
    let Position { line, column } = LineIndex::new(&before).position(at);
    format!("not UTF-8: the first bad byte is at offset {at}, on line {line} in column {column}")
}
