//! What the README says is so.
//!
//! `UPDATE=1 cargo test --test readme` writes the table of rules and the output of commands anew.
//!
//! Fences carry what the tests need in their info strings, which nobody sees: `exit=1` is the exit
//! code that every command in them has (0 without it), `file=PATH` puts the text into the folder that
//! the commands run in. After a command in a `console` stands what it prints.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;
use vaultmend::config::Config;
use vaultmend::report::rule_table;
use vaultmend::rule::Rules;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: impl AsRef<Path>) -> String {
    fs::read_to_string(root().join(path)).unwrap().replace("\r\n", "\n")
}

/// A fenced block of the README: the words behind its fence, its text, and where that text begins.
struct Block<'a> {
    info: &'a str,
    text: &'a str,
    start: usize,
}

impl Block<'_> {
    fn is(&self, language: &str) -> bool {
        self.info.split(' ').next() == Some(language)
    }

    fn word(&self, key: &str) -> Option<&str> {
        self.info.split(' ').find_map(|word| word.strip_prefix(key))
    }

    fn exit(&self) -> Option<i32> {
        Some(self.word("exit=").map_or(0, |code| code.parse().unwrap()))
    }
}

fn blocks(readme: &str) -> Vec<Block<'_>> {
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(open) = readme[at..].find("\n```") {
        let (info, start) = (at + open + 4, at + open + 4 + readme[at + open + 4..].find('\n').unwrap() + 1);
        let end = start - 1 + readme[start - 1..].find("\n```").expect("every fence is closed") + 1;
        found.push(Block { info: readme[info..start].trim_end(), text: &readme[start..end], start });
        at = end + 3;
    }
    found
}

/// A folder of its own with the sample vault in it.
fn sample() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for path in files(&root().join("sample")) {
        let copy = folder.path().join(path.strip_prefix(root()).unwrap());
        fs::create_dir_all(copy.parent().unwrap()).unwrap();
        fs::copy(path, copy).unwrap();
    }
    folder
}

/// The same, with the files that the README shows.
fn scene(readme: &str) -> TempDir {
    let folder = sample();
    for block in blocks(readme) {
        // The configuration is tested by itself; the commands run without it.
        if let Some(path) = block.word("file=").filter(|path| *path != "sample/vault/vaultmend.toml") {
            let file = folder.path().join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, block.text).unwrap();
        }
    }
    folder
}

/// What the program prints, and its exit code.
fn run(folder: &Path, args: &[String], input: &str) -> (String, String, Option<i32>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vaultmend"));
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "TERM", "GITHUB_ACTIONS"] {
        command.env_remove(name);
    }
    command.args(args).current_dir(folder);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // A program that does not read its input closes the pipe.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap().replace("\r\n", "\n");
    (text(output.stdout), text(output.stderr), output.status.code())
}

fn args(typed: &str) -> Vec<String> {
    typed.split(' ').map(str::to_owned).collect()
}

/// The words of a shell line, with single and double quotes; `None` when it does not run vaultmend.
fn words(line: &str) -> Option<Vec<String>> {
    let line = line.strip_prefix("vaultmend ").or_else(|| line.strip_prefix("cargo run --release -- "))?;
    let (mut words, mut quote) = (vec![String::new()], None);
    for c in line.chars() {
        match (c, quote) {
            (c, Some(q)) if c == q => quote = None,
            ('"' | '\'', None) => quote = Some(c),
            (' ', None) => words.push(String::new()),
            (c, _) => words.last_mut().unwrap().push(c),
        }
    }
    Some(words)
}

/// The README as it should be: with the rules of today and what the program prints today.
fn fresh() -> String {
    let mut readme = read("README.md");
    let start =
        readme.find("<!-- rules -->\n").expect("the README has a place for the rules") + "<!-- rules -->\n".len();
    let end = start + readme[start..].find("<!-- /rules -->").expect("and its end");
    readme.replace_range(start..end, &rule_table(&Rules::builtin().unwrap()));
    let shown = blocks(&readme).into_iter().filter(|block| block.is("console"));
    let shown: Vec<(usize, usize, String)> = shown
        .map(|block| {
            let folder = scene(&readme);
            let command = block.text.lines().next().unwrap();
            let typed = words(command.strip_prefix("$ ").expect("a console begins with a command")).unwrap();
            let (printed, _, _) = run(folder.path(), &typed, "");
            (block.start, block.text.len(), format!("{command}\n{printed}"))
        })
        .collect();
    for (start, len, text) in shown.into_iter().rev() {
        readme.replace_range(start..start + len, &text);
    }
    readme
}

#[test]
fn the_rules_and_the_output_in_the_readme_are_fresh() {
    let fresh = fresh();
    if std::env::var_os("UPDATE").is_some() {
        fs::write(root().join("README.md"), fresh).unwrap();
        return;
    }
    let readme = read("README.md");
    let stale = readme.lines().zip(fresh.lines()).find(|(is, should)| is != should);
    assert!(readme == fresh, "the README is stale, run UPDATE=1 cargo test --test readme: {stale:?}");
}

#[test]
fn every_command_in_the_readme_runs() {
    let readme = read("README.md");
    let mut ran = 0;
    for block in blocks(&readme).iter().filter(|block| block.is("sh") || block.is("console")) {
        for line in block.text.lines().map(|line| line.trim_start_matches("$ ")) {
            let Some(words) = words(line) else { continue };
            let (out, err, code) = run(scene(&readme).path(), &words, "");
            assert_eq!(code, block.exit(), "{line}\n{out}{err}");
            ran += 1;
        }
    }
    assert!(ran > 5, "{ran}");
}

#[test]
fn the_example_at_the_top_is_what_fix_makes() {
    let readme = read("README.md");
    let line = |name: &str| readme.lines().find_map(|line| line.strip_prefix(name)).unwrap().trim_start();
    let folder = tempfile::tempdir().unwrap();
    let (printed, _, _) = run(folder.path(), &args("fix -"), line("before "));
    assert_eq!(printed, line("after "));
}

#[test]
fn the_configuration_in_the_readme_is_one_and_shows_every_key() {
    let readme = read("README.md");
    let blocks = blocks(&readme);
    let block = blocks.iter().find(|block| block.word("file=").is_some_and(|path| path.ends_with("vaultmend.toml")));
    let text = block.unwrap().text;
    let folder = scene(&readme);
    let vault = folder.path().join("sample/vault");
    fs::write(vault.join("vaultmend.toml"), text).unwrap();
    // What it names.
    fs::create_dir(vault.join("words")).unwrap();
    let named = [
        (
            "words/en_GB.aff",
            "SET UTF-8
",
        ),
        (
            "words/en_GB.dic",
            "1
harbour
",
        ),
        (
            "terms.csv",
            "war
",
        ),
        (
            "vaultmend-baseline.txt",
            "# vaultmend baseline 1
",
        ),
        (
            "../team.toml",
            "[rule.\"links/lost-space\"]
severity = \"info\"
",
        ),
    ];
    for (name, text) in named {
        fs::write(vault.join(name), text).unwrap();
    }
    let (out, err, code) = run(folder.path(), &args("check sample/vault"), "");
    assert_eq!(code, Some(1), "{out}{err}");
    assert_eq!(err, "", "a key that does nothing is said aloud");

    let known = Config::read("vaultmend.toml", "no-such-key-at-all = 1").unwrap_err();
    let known = miette::Diagnostic::help(&known).unwrap().to_string();
    for key in known.strip_prefix("one of: ").unwrap().split(", ") {
        let shown = [format!("\n{key} = "), format!("\n[{key}]"), format!("\n[{key}.")];
        assert!(shown.iter().any(|shown| text.contains(shown)), "the README does not show the key `{key}`");
    }
}

#[test]
fn every_command_is_in_the_readme() {
    let (help, _, _) = run(root(), &args("--help"), "");
    let (_, commands) = help.split_once("Commands:\n").unwrap();
    let (commands, _) = commands.split_once("\n\n").unwrap();
    let readme = read("README.md");
    for name in commands.lines().filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help") {
        assert!(readme.contains(&format!("| `vaultmend {name} ")), "the README does not tell of `vaultmend {name}`");
    }
}

#[test]
fn every_field_of_the_json_is_in_the_readme() {
    fn keys(value: &serde_json::Value, found: &mut BTreeSet<String>) {
        match value {
            serde_json::Value::Array(all) => all.iter().for_each(|one| keys(one, found)),
            serde_json::Value::Object(all) => {
                for (key, value) in all {
                    // A rule's id is what it is, and no field.
                    if !key.contains('/') {
                        found.insert(key.clone());
                        keys(value, found);
                    }
                }
            }
            _ => {}
        }
    }
    let (printed, _, _) = run(sample().path(), &args("check sample/vault --format json"), "");
    let mut found = BTreeSet::new();
    keys(&serde_json::from_str(&printed).unwrap(), &mut found);
    assert!(found.len() > 20, "{found:?}");
    let readme = read("README.md");
    let (_, section) = readme.split_once("## JSON\n").unwrap();
    let (section, _) = section.split_once("\n## ").unwrap();
    for key in found {
        assert!(section.contains(&format!("`{key}`")), "the README does not tell of the field `{key}`");
    }
}

#[test]
fn the_readme_names_the_toolchain_of_the_manifest() {
    assert!(read("README.md").contains(concat!("(", env!("CARGO_PKG_RUST_VERSION"), " or later)")));
}

#[test]
fn the_sample_vault_is_repaired_and_its_sound_notes_stay() {
    let folder = sample();
    let vault = folder.path().join("sample/vault");
    let note = |name: &str| fs::read_to_string(vault.join(name)).unwrap();
    let sound = ["Sources.md", "people/Ada Brandt.md", "templates/Interview.md"];
    let before = sound.map(note);
    run(folder.path(), &args("fix --unsafe sample/vault"), "");
    assert_eq!(sound.map(note), before);

    let folder = sample();
    let note = |name: &str| fs::read_to_string(folder.path().join("sample/vault").join(name)).unwrap();
    run(folder.path(), &args("fix sample/vault"), "");
    for (name, text) in [
        ("Fish market.md", "by way of [[Warsaw]]; after the [[War]] it came"),
        ("Fish market.md", "in the current season"),
        ("Fish market.md", "<https://archive.example.org/1931/port/scales.html>"),
        ("Letters.md", "To [[prison|imprison]] a letter"),
        ("Grain prices.md", "see[[Letters]]"),
        ("Town map.md", "title=\"A map of the town\""),
        ("Town map.md", "`in[[flu]]ence`"),
        ("The winter strike.md", "tags:\n  - strike\n"),
    ] {
        assert!(note(name).contains(text), "{name} should hold {text}:\n{}", note(name));
    }
    let (diff, _, _) = run(folder.path(), &args("fix --diff sample/vault"), "");
    assert_eq!(diff, "", "a second run changes nothing");
}

#[test]
fn a_proven_linker_is_undone_but_for_the_links_of_the_author() {
    let folder = sample();
    let typed = args("fix sample/vault --set autolink/auto-linked-note.repair=all");
    run(folder.path(), &typed, "");
    let text = fs::read_to_string(folder.path().join("sample/vault/Fish market.md")).unwrap();
    assert_eq!(text.matches("[[").collect::<String>(), "[[", "{text}");
    assert!(text.ends_with("see [[Letters]]\n"), "{text}");
}

/// The files below a folder, sorted.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}
