//! `vaultmend init`: what it writes is what the vault lives by, and leaves only damage to be found.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;
use vaultmend::rule::Rules;

fn run(folder: &Path, args: &[&str]) -> (String, String, Option<i32>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vaultmend"));
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "TERM", "GITHUB_ACTIONS"] {
        command.env_remove(name);
    }
    let output = command.args(args).current_dir(folder).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap().replace("\r\n", "\n");
    (text(output.stdout), text(output.stderr), output.status.code())
}

fn vault(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join(".git")).unwrap();
    for (name, text) in files {
        let file = folder.path().join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    folder
}

/// Runs `init`, and tells what it wrote, which must be stable and a configuration.
fn init(folder: &Path) -> String {
    let (out, err, code) = run(folder, &["init"]);
    assert_eq!((err.as_str(), code), ("", Some(0)), "{out}");
    let text = fs::read_to_string(folder.join("vaultmend.toml")).unwrap();
    let (_, _, code) = run(folder, &["init", "--force"]);
    assert_eq!(code, Some(0));
    assert_eq!(fs::read_to_string(folder.join("vaultmend.toml")).unwrap(), text, "a second time it writes the same");
    assert_eq!(run(folder, &["init", "--diff"]), (String::new(), String::new(), Some(0)));
    text
}

/// What `check` finds afterwards: the rules whose findings make it fail. Nothing may be said aloud.
fn failing(folder: &Path) -> Vec<String> {
    let (json, err, code) = run(folder, &["check", "--format", "json"]);
    assert_eq!(err, "");
    let document: Value = serde_json::from_str(&json).unwrap();
    let findings = document["findings"].as_array().unwrap().iter();
    let failing = findings.filter(|finding| finding["severity"] != "info");
    let mut rules: Vec<String> = failing.map(|finding| finding["rule"].as_str().unwrap().to_owned()).collect();
    rules.sort();
    rules.dedup();
    assert_eq!(code, Some(i32::from(!rules.is_empty())));
    rules
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(entry.file_name());
        if entry.path().is_dir() { copy(&entry.path(), &to) } else { fs::copy(entry.path(), to).map(|_| ()).unwrap() }
    }
}

fn is_about_damage(id: &str) -> bool {
    Rules::builtin_files().unwrap().iter().any(|file| file.id == id && file.is_about_damage())
}

#[test]
fn only_damage_is_found_in_the_sample_vault_afterwards() {
    let folder = tempfile::tempdir().unwrap();
    let vault = folder.path().join("vault");
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("sample/vault"), &vault);
    fs::remove_file(vault.join("vaultmend.toml")).unwrap();
    fs::create_dir(vault.join(".obsidian")).unwrap();
    let text = init(&vault);
    assert!(text.contains("  \"templates/**\", # 1 note: templates, by the folder's name\n"), "{text}");
    let rules = failing(&vault);
    assert!(rules.contains(&"links/split-word".to_owned()) && rules.contains(&"links/nested-link".to_owned()));
    for rule in rules {
        assert!(is_about_damage(&rule), "{rule}: {text}");
        assert!(text.contains(&format!(" {rule}: ")), "{rule}: {text}");
    }
}

#[test]
fn what_programs_say_of_templates_is_left_out() {
    let folder = vault(&[
        (".obsidian/templates.json", r#"{"folder": "Meta/My [templates]"}"#),
        (".obsidian/plugins/templater-obsidian/data.json", r#"{"templates_folder": "/Scripts/", "x": 1}"#),
        (".obsidian/daily-notes.json", r#"{"template": "Daily form"}"#),
        (".obsidian/app.json", r#"{"userIgnoreFilters": ["Attic/", "/x/", "No notes/"]}"#),
        ("Meta/My [templates]/a.md", "[[{{title}}]] p[[reparations]]\n"),
        ("Scripts/b.md", "<% x %> [[[[War]]saw]]\n"),
        ("Daily form.md", "[[[[War]]saw]]\n"),
        ("Attic/c.md", "[[[[War]]saw]]\n"),
        ("02_Templates/d.md", "[[[[War]]saw]]\n"),
        ("Drawing.excalidraw.md", "[[[[War]]saw]]\n"),
        ("Note.md", "Here.\n"),
    ]);
    let text = init(folder.path());
    for line in [
        "  'Meta/My [[]templates[]]/**', # 1 note: templates, by `.obsidian/templates.json`\n",
        "  \"Scripts/**\", # 1 note: ",
        "  \"Daily form.md\", # 1 note: ",
        "  \"Attic/**\", # 1 note: excluded files of Obsidian\n",
        "  \"02_Templates/**\", # 1 note: ",
        "  \"**/*.excalidraw.md\", # 1 note: drawings\n",
    ] {
        assert!(text.replace('"', "'").contains(&line.replace('"', "'")), "{line} in {text}");
    }
    assert!(!text.contains("No notes"), "{text}");
    assert!(text.contains("a vault of 1 note with 0 tags, which `.obsidian` shows to be of Obsidian"), "{text}");
    assert_eq!(failing(folder.path()), [] as [&str; 0]);
}

#[test]
fn what_is_found_often_is_a_habit_and_what_is_found_seldom_fails_nothing() {
    let mut files: Vec<(String, String)> = (0..40)
        .map(|n| {
            (format!("n{n}.md"), format!("---\ntags: [kind-a, kind-{n}]\n---\n![[lost-{n}.png]] and [[nowhere {n}]]\n"))
        })
        .collect();
    files.push(("odd.md".to_owned(), "---\ntags: [kind-a, Kind_B]\n---\n[[n1#No such heading]]\n".to_owned()));
    files.push(("damaged.md".to_owned(), "The [[[[War]]saw]] Pact.\n".to_owned()));
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let folder = vault(&files);
    let text = init(folder.path());
    for line in [
        "[rule.\"links/missing-embed\"]\nseverity = \"off\" # 40 places: an embed shows nothing",
        "[rule.\"links/missing-heading\"]\nseverity = \"info\" # 1 place: ",
        "[rule.\"tags/tag-case\"]\nseverity = \"info\" # 1 place: ",
        "\n[tags]\ncase = \"kebab\" # 41 of 42 tags\nwhere = \"frontmatter\" # all 82 uses\n",
        "#   1 links/nested-link: ",
    ] {
        assert!(text.contains(line), "{line} in {text}");
    }
    assert_eq!(failing(folder.path()), ["links/nested-link"]);
    // From now on it is held to.
    fs::write(folder.path().join("new.md"), "A #tag in the text.\n").unwrap();
    assert_eq!(failing(folder.path()), ["links/nested-link", "tags/misplaced-tag"]);
}

#[test]
fn a_clean_vault_gets_a_configuration_that_says_hardly_anything() {
    let folder = vault(&[("a.md", "On [[b]].\n"), ("b.md", "On [[a]].\n"), (".foam/x", "")]);
    let text = init(folder.path());
    assert!(text.lines().all(|line| line.is_empty() || line.starts_with('#')), "{text}");
    assert!(text.contains("`.foam` shows to be of Foam"), "{text}");
    assert_eq!(failing(folder.path()), [] as [&str; 0]);
}

#[test]
fn that_the_file_is_there_changes_nothing_that_is_found() {
    let folder = vault(&[("a.md", "![[map.png]] [[b]]\n"), ("b.md", "[[a]]\n")]);
    let text = init(folder.path());
    assert!(text.lines().all(|line| line.is_empty() || line.starts_with('#')), "{text}");
    assert_eq!(failing(folder.path()), [] as [&str; 0]);
}

#[test]
fn a_configuration_that_is_there_is_not_written_over_unasked() {
    let folder = vault(&[("vaultmend.toml", "packs = [\"links\"]\n"), ("a.md", "The [[[[War]]saw]] Pact.\n")]);
    let there = || fs::read_to_string(folder.path().join("vaultmend.toml")).unwrap();
    let (out, err, code) = run(folder.path(), &["init"]);
    assert_eq!((out.as_str(), code), ("", Some(2)));
    assert!(err.contains("vaultmend.toml") && err.contains("--force") && err.contains("--diff"), "{err}");
    let (diff, _, code) = run(folder.path(), &["init", "--diff"]);
    assert!(diff.contains("-packs = [\"links\"]\n") && diff.contains("+#   1 links/nested-link"), "{diff}");
    assert_eq!((code, there().as_str()), (Some(1), "packs = [\"links\"]\n"));
    let (_, _, code) = run(folder.path(), &["init", "--force"]);
    assert_eq!(code, Some(0));
    assert!(!there().contains("packs"));
}

#[test]
fn a_folder_that_is_named_becomes_the_root() {
    let folder = vault(&[("docs/a.md", "The [[[[War]]saw]] Pact.\n"), ("other/b.md", "#x\n")]);
    let (out, err, code) = run(folder.path(), &["init", "docs"]);
    assert_eq!((err.as_str(), code), ("", Some(0)));
    assert!(out.starts_with("wrote docs/vaultmend.toml: a vault of 1 note with 0 tags, "), "{out}");
    assert!(!folder.path().join("vaultmend.toml").exists());
    for (args, said) in [
        (&["init", "no-such"][..], "there is no `no-such`"),
        (&["init", "docs/a.md"], "is no folder"),
        (&["init", "--set", "tags.case=kebab"], "`--config` and `--set` say nothing to it"),
    ] {
        let (_, err, code) = run(folder.path(), args);
        assert!(code == Some(2) && err.contains(said), "{err}");
    }
}
