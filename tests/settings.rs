//! What a configuration comes to, as the program tells and writes it.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// Runs the program in a folder: what it prints, what it says, and its exit code.
fn run(folder: &Path, args: &[&str]) -> (String, String, Option<i32>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vaultmend"));
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "TERM", "GITHUB_ACTIONS"] {
        command.env_remove(name);
    }
    let output = command.args(args).current_dir(folder).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap().replace("\r\n", "\n");
    (text(output.stdout), text(output.stderr), output.status.code())
}

fn write(folder: &Path, files: &[(&str, &str)]) {
    for (name, text) in files {
        let file = folder.join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
}

/// Keys and values of what is in force.
fn in_force(folder: &Path, args: &[&str]) -> Vec<(Value, Value)> {
    let (json, err, code) = run(folder, &[&["config", "show", "--format", "json"], args].concat());
    assert_eq!((err.as_str(), code), ("", Some(0)));
    let document: Value = serde_json::from_str(&json).unwrap();
    let values = document["values"].as_array().unwrap();
    values.iter().map(|value| (value["key"].clone(), value["value"].clone())).collect()
}

#[test]
fn what_is_shown_as_toml_is_a_configuration_that_says_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let odd = r#"extend = "team.toml"
packs = ["...", "./own"]
ignore = ["...", 'a\b', "quo\"te", "tab\there"]
[rule."note/duplicate-name"]
params.allow = ["...", "über"]
[rule."own/x.y"]
params.find = """
two
lines"""
[frontmatter."**"]
"a key" = { type = "date", required = true, one-of = ["1", "2"] }
[tags.rename]
"a \"b" = "c"
[tags.in."x/**"]
at-most = 3
"#;
    let rule = "check = 'pattern'\nsummary = 'x'\nseverity = 'info'\ndocs = 'x'\n[params]\nfind = 'a'\nmessage = 'a'\n";
    write(folder.path(), &[("vaultmend.toml", odd), ("team.toml", "ignore = ['t/**']\n"), ("own/x.y.toml", rule)]);
    let before = in_force(folder.path(), &[]);
    assert!(before.len() > 150, "{}", before.len());
    let (shown, _, _) = run(folder.path(), &["config", "show", "--format", "toml"]);
    write(folder.path(), &[("shown.toml", &shown)]);
    let after = in_force(folder.path(), &["--config", "shown.toml"]);
    for (before, after) in before.iter().zip(&after) {
        assert_eq!(before, after, "{shown}");
    }
    assert_eq!(before.len(), after.len());
}

#[test]
fn the_schemas_that_are_printed_are_those_of_the_repository() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (of, file) in [("config", "schemas/vaultmend.json"), ("rule", "schemas/rule.json")] {
        let (printed, err, code) = run(root, &["schema", of]);
        assert_eq!((err.as_str(), code), ("", Some(0)));
        assert!(printed == fs::read_to_string(root.join(file)).unwrap().replace("\r\n", "\n"), "{file}");
    }
}

#[test]
fn whatever_is_wrong_is_shown_at_its_place_in_the_file_it_stands_in() {
    let rule = "check = 'pattern'\nsummary = 'x'\nseverity = 'info'\ndocs = 'x'\n[params]\nfind = 'a'\nmessage = 'a'\n";
    for (wrong, line) in [
        ("packs = [", 1),
        ("a = 1\na = 2", 2),
        ("\npackz = []", 2),
        ("packs = 3", 1),
        ("\ntags = 5", 2),
        ("ignore = 'x'", 1),
        ("[tags]\ndepth = -1", 2),
        ("packs = ['links',\n'lnks']", 2),
        ("packs = ['links',\n'links']", 2),
        ("packs = [\n'./no-such']", 2),
        ("packs = ['./a/own',\n'./b/own']", 2),
        ("ignore = ['[']", 1),
        ("extend = 'no-such.toml'", 1),
        ("extend = ['fine.toml',\n'vaultmend.toml']", 2),
        ("[rule.'links/nested-lnk']", 1),
        ("[rule.'links/nested-link']\nseverity = 'fatal'", 2),
        ("[rule.'links/nested-link']\nfix = 'always'", 2),
        ("[rule.'links/nested-link'.params]\nx = 1", 2),
        ("[rule.'links/repeated-link'.params]\nmax = 'x'", 2),
        ("[rule.'links/unresolved-link']\nparams.allow = ['(']", 2),
        ("[ignore-in]\n'['= ['links/*']", 2),
        ("[ignore-in]\n'x'= ['links/nested-lnk']", 2),
        ("[frontmatter.'**']\nborn.typ = 'date'", 2),
        ("[frontmatter.'**']\nborn.pattern = '('", 2),
        ("[flavor]\nkind = 'notion'", 2),
        ("[tags]\ncase = 'Kebab'", 2),
        ("[tags]\nallowed = ['a', 'A']", 2),
        ("[tags]\nfile = 'none.toml'", 2),
        ("[tags]\nfile = 'none.toml'\ncase = 'kebab'", 2),
        ("[tags]\ndepth = 0", 2),
        ("[tags.in.'[']\nat-most = 1", 1),
        ("[language]\nlang = 'german'", 2),
        ("[autolink]\nterms = 'none.csv'", 2),
    ] {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), &[("a/own/x.toml", rule), ("b/own/x.toml", rule), ("fine.toml", ""), ("n.md", "x\n")]);
        // As the own file, after a byte order mark, and in one that another extends.
        for (name, files) in [
            ("vaultmend.toml", vec![("vaultmend.toml", wrong.to_owned())]),
            ("vaultmend.toml", vec![("vaultmend.toml", format!("\u{feff}{wrong}"))]),
            (
                "team.toml",
                vec![
                    ("vaultmend.toml", "extend = 'team.toml'\n".to_owned()),
                    ("team.toml", wrong.replace("'vaultmend.toml'", "'team.toml'")),
                ],
            ),
        ] {
            let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
            write(folder.path(), &files);
            let (out, err, code) = run(folder.path(), &["check"]);
            assert_eq!((out.as_str(), code), ("", Some(2)), "{wrong}: {err}");
            assert!(err.contains(&format!("[{name}:{line}:")), "{wrong}: {err}");
        }
    }
}

#[test]
fn a_file_that_is_no_text_is_shown_where_it_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let latin = |before: &str| [before.as_bytes(), b"caf\xe9\n"].concat();
    let refused = |args: &[&str], place: &str| {
        let (_, err, code) = run(folder.path(), args);
        assert!(code == Some(2) && err.contains("not UTF-8") && err.contains(place), "{err}");
    };
    write(folder.path(), &[("vaultmend.toml", "extend = 'team.toml'\n"), ("own/a.toml", "")]);
    fs::write(folder.path().join("team.toml"), latin("# ä\n# ")).unwrap();
    refused(&["check"], "[team.toml:2:6]");
    fs::write(folder.path().join("vaultmend.toml"), latin("")).unwrap();
    refused(&["check"], "[vaultmend.toml:1:4]");
    fs::write(folder.path().join("own/a.toml"), latin("\n")).unwrap();
    refused(&["test", "own"], "[own/a.toml:2:4]");
    write(folder.path(), &[("vaultmend.toml", "tags.file = 'tags.toml'\n")]);
    fs::write(folder.path().join("tags.toml"), latin("# ")).unwrap();
    refused(&["check"], "tags.toml:1:6]");
}

#[test]
#[cfg(unix)]
fn what_is_called_a_configuration_and_is_none_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("sub/vaultmend.toml");
    write(folder.path(), &[(".obsidian/app.json", "{}"), ("vaultmend.toml", ""), ("sub/deep/a.md", "")]);
    let refused = |why: &str| {
        for args in [&["check", "sub"][..], &["fix", "sub/deep/a.md"], &["tags", "--in", "sub"], &["init", "sub"]] {
            let (_, err, code) = run(folder.path(), args);
            let err = err.split_whitespace().collect::<Vec<_>>().join(" ").replace(" │ ", " ");
            assert!(code == Some(2) && err.contains("sub/vaultmend.toml") && err.contains(why), "{args:?}: {err}");
        }
    };
    std::os::unix::fs::symlink("no-such.toml", &file).unwrap();
    refused("leads nowhere");
    fs::remove_file(&file).unwrap();
    fs::create_dir(&file).unwrap();
    refused("is no file");
    fs::remove_dir(&file).unwrap();
    if Command::new("mkfifo").arg(&file).status().is_ok_and(|made| made.success()) {
        refused("is no file");
    }
}
