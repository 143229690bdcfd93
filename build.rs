//! Embeds the rule files, and turns the word list into the set that look-ups walk.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?);
    rules(&out)?;
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

/// Writes `rules.rs`: a table of every file `rules/PACK/NAME.toml`.
fn rules(out: &Path) -> io::Result<()> {
    println!("cargo::rerun-if-changed=rules");
    let root = env::current_dir()?.join("rules");
    let mut table = String::from("static RULES: &[(&str, &str, &str)] = &[\n");
    for pack in sorted(&root)?.iter().filter(|pack| pack.is_dir()) {
        println!("cargo::rerun-if-changed={}", pack.display());
        for file in sorted(pack)?.iter().filter(|file| file.extension().is_some_and(|e| e == "toml")) {
            println!("cargo::rerun-if-changed={}", file.display());
            let (pack, name) = (name(pack), name(file));
            writeln!(table, "    ({pack:?}, {name:?}, include_str!({file:?})),").map_err(io::Error::other)?;
        }
    }
    table.push_str("];\n");
    fs::write(out.join("rules.rs"), table)
}

fn sorted(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

fn name(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}
