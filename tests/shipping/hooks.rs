//! The hooks of `.pre-commit-hooks.yaml` under the real `pre-commit`, in a repository of notes. They
//! run as they stand there, but that the program is not built for them anew.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

use super::{VAULTMEND, root, there_is};

const GOOD: &str = "It had an influence.\n";
const BAD: &str = "It had an in[[flu]]ence.\n";

/// A repository with one of the hooks, whose only commit holds a sound note and the configuration;
/// `None` where there is no `pre-commit`.
fn repository(hook: &str) -> Option<TempDir> {
    if !there_is("pre-commit", "the hooks under pre-commit") || !there_is("git", "the hooks under pre-commit") {
        return None;
    }
    let hooks = fs::read_to_string(root().join(".pre-commit-hooks.yaml")).unwrap();
    let mut parts = hooks.split("- id: ").skip(1);
    let wanted = parts.find(|part| part.lines().next() == Some(hook)).expect("the hook is in the file");
    let hook = format!("- id: {}", wanted.trim_end())
        .replace("entry: vaultmend ", &format!("entry: {VAULTMEND} "))
        .replace("language: rust", "language: system")
        .replace('\n', "\n      ");
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write(".pre-commit-config.yaml", &format!("repos:\n  - repo: local\n    hooks:\n      {hook}\n"));
    write("vaultmend.toml", "ignore = [\"Templates/**\"]\n");
    write("sound.md", GOOD);
    write("picture.svg", BAD);
    let git = |args: &str| assert_ok(&tool("git", folder.path(), args));
    git("init --quiet");
    git("add --all");
    assert_ok(&tool("pre-commit", folder.path(), "install"));
    git("commit --quiet --message first");
    Some(folder)
}

/// Runs git or pre-commit there, with nothing of this machine's configuration.
fn tool(program: &str, folder: &Path, args: &str) -> Output {
    let mut command = Command::new(program);
    for (name, value) in [("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1"), ("NO_COLOR", "1")] {
        command.env(name, value);
    }
    for name in ["GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"] {
        command.env(name, "tests@example.org");
    }
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "SKIP", "GITHUB_ACTIONS"] {
        command.env_remove(name);
    }
    let home = folder.join(".git/pre-commit");
    command.env("PRE_COMMIT_HOME", home).env("PRE_COMMIT_COLOR", "never");
    command.args(args.split(' ')).current_dir(folder).output().unwrap()
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn assert_ok(output: &Output) {
    assert!(output.status.success(), "{}", said(output));
}

/// Commits everything there; whether the hooks let it.
fn commit(folder: &Path) -> (bool, String) {
    assert_ok(&tool("git", folder, "add --all"));
    let output = tool("git", folder, "commit --message more");
    let commits = tool("git", folder, "rev-list --count HEAD");
    assert_eq!(output.status.success(), said(&commits).trim() != "1", "{}", said(&output));
    (output.status.success(), said(&output))
}

#[test]
fn a_bad_commit_is_stopped_and_a_good_one_passes() {
    let Some(folder) = repository("vaultmend") else { return };
    let note = folder.path().join("new note.md");
    fs::write(&note, BAD).unwrap();
    let (passed, said) = commit(folder.path());
    assert!(!passed, "{said}");
    assert!(said.contains("links/split-word") && said.contains("new note.md"), "{said}");
    assert!(!said.contains("picture.svg"), "{said}");
    assert_eq!(fs::read_to_string(&note).unwrap(), BAD);

    fs::write(&note, GOOD).unwrap();
    let (passed, said) = commit(folder.path());
    assert!(passed, "{said}");
}

#[test]
fn a_note_that_the_configuration_ignores_passes() {
    let Some(folder) = repository("vaultmend") else { return };
    fs::create_dir(folder.path().join("Templates")).unwrap();
    fs::write(folder.path().join("Templates/day.md"), BAD).unwrap();
    let (passed, said) = commit(folder.path());
    assert!(passed, "{said}");
}

#[test]
fn the_fixing_hook_repairs_stops_once_and_then_passes() {
    let Some(folder) = repository("vaultmend-fix") else { return };
    let note = folder.path().join("new note.md");
    fs::write(&note, BAD).unwrap();
    let (passed, said) = commit(folder.path());
    assert!(!passed, "what was repaired is not in the commit yet: {said}");
    assert_eq!(fs::read_to_string(&note).unwrap(), GOOD, "{said}");
    let (passed, said) = commit(folder.path());
    assert!(passed, "{said}");
}

#[test]
fn a_note_that_is_named_like_an_option_is_a_note() {
    for hook in ["vaultmend", "vaultmend-fix"] {
        let Some(folder) = repository(hook) else { return };
        fs::write(folder.path().join("--output=json=sound.md"), GOOD).unwrap();
        let (passed, said) = commit(folder.path());
        assert!(passed, "{said}");
        assert_eq!(fs::read_to_string(folder.path().join("sound.md")).unwrap(), GOOD, "{said}");
    }
}
