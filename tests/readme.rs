//! What the README says is so; and what holds for the sources as a whole.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use vaultmend::report::rule_table;
use vaultmend::rule::Rules;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn readme() -> String {
    fs::read_to_string(root().join("README.md")).unwrap().replace("\r\n", "\n")
}

#[test]
fn the_table_of_rules_is_fresh() {
    let readme = readme();
    let (head, rest) = readme.split_once("<!-- rules -->\n").expect("the README has a place for the rules");
    let (_, tail) = rest.split_once("<!-- /rules -->").expect("and its end");
    let fresh = format!("{head}<!-- rules -->\n{}<!-- /rules -->{tail}", rule_table(&Rules::builtin().unwrap()));
    if std::env::var_os("UPDATE").is_some() {
        fs::write(root().join("README.md"), fresh).unwrap();
        return;
    }
    assert!(fresh == readme, "the table of rules is stale: run UPDATE=1 cargo test --test readme");
}

/// The output of the program in the root of the repository, and its exit code.
fn run(args: &[&str]) -> (String, Option<i32>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vaultmend"));
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "TERM", "GITHUB_ACTIONS"] {
        command.env_remove(name);
    }
    let output = command.args(args).current_dir(root()).output().unwrap();
    (String::from_utf8(output.stdout).unwrap(), output.status.code())
}

#[test]
fn what_the_readme_shows_is_what_the_program_prints() {
    let readme = readme();
    let (_, shown) = readme.split_once("$ vaultmend check \"sample/vault/places/The mill.md\"\n").unwrap();
    let (shown, _) = shown.split_once("```").unwrap();
    let (printed, code) = run(&["check", "sample/vault/places/The mill.md"]);
    assert_eq!(shown.replace("\r\n", "\n"), printed);
    assert_eq!(code, Some(1));
}

#[test]
fn the_main_job_runs_on_the_sample_vault() {
    let (diff, code) = run(&["fix", "--diff", "sample/vault"]);
    assert_eq!(code, Some(1));
    for line in [
        "+The [[strike]] ended when a train with coal came from [[Warsaw]]",
        "+| 1931 | 88    | influence of the crisis |",
    ] {
        assert!(diff.contains(line), "{diff}");
    }
}

#[test]
fn the_rule_that_the_readme_writes_passes_its_own_examples() {
    let readme = readme();
    let (_, rule) = readme.split_once("is the rule `lint-rules/no-todo`:\n\n```toml\n").unwrap();
    let (rule, _) = rule.split_once("```").unwrap();
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("lint-rules")).unwrap();
    fs::write(folder.path().join("lint-rules/no-todo.toml"), rule).unwrap();
    let (printed, code) = run(&["test", &folder.path().join("lint-rules").to_string_lossy()]);
    assert_eq!(code, Some(0), "{printed}");
}

#[test]
fn the_configuration_that_the_readme_shows_is_one() {
    let readme = readme();
    let (_, config) = readme.split_once("that points at it.\n\n```toml\n").unwrap();
    let (config, _) = config.split_once("```").unwrap();
    let config = vaultmend::config::Config::read("README.md", config).unwrap();
    assert!(config.ignore.matches("Archive/x/y.md"));
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn no_source_file_has_more_than_400_lines() {
    let mut files = Vec::new();
    sources(&root().join("src"), &mut files);
    assert!(files.len() > 40);
    for file in files {
        let lines = fs::read_to_string(&file).unwrap().lines().count();
        assert!(lines <= 400, "{} has {lines} lines: move a wall", file.display());
    }
}

#[test]
fn every_check_is_used_by_a_rule() {
    let files = Rules::builtin_files().unwrap();
    for (check, _) in vaultmend::check::CHECKS {
        let used = files.iter().any(|file| file.check_name() == *check) || *check == "pattern";
        assert!(used, "no rule uses the check `{check}`");
    }
}
