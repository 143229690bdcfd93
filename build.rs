//! Embeds the rule files.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?);
    rules(&out)
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
