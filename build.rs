//! Turns the word list into the set that look-ups walk.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?);
    lexicon(&out)
}

/// Writes `en.fst`: the keys of `en.txt`, which stand there in the order of their bytes.
fn lexicon(out: &Path) -> io::Result<()> {
    const KEYS: &str = "src/language/lexicon/en.txt";
    println!("cargo::rerun-if-changed={KEYS}");
    let keys = fs::read_to_string(KEYS)?;
    let set = fst::Set::from_iter(keys.lines()).map_err(io::Error::other)?;
    fs::write(out.join("en.fst"), set.as_fst().as_bytes())
}
