//! What is shipped beside the program works where it is meant to: completions in their shells, the
//! manual in `man`.
//!
//! What a test needs is looked for; where it is missing, the test says so on standard error.
#![cfg(all(feature = "cli", unix))]
#![allow(clippy::unwrap_used)]

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

const VAULTMEND: &str = env!("CARGO_BIN_EXE_vaultmend");

/// Whether a program is there; else tells, past the capture of the test's output, what is not tested.
fn there_is(program: &str, what: &str) -> bool {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&paths).any(|folder| folder.join(program).is_file());
    if !found {
        let _ = writeln!(std::io::stderr(), "SKIPPED: {what}, there is no {program}");
    }
    found
}

/// Runs a command that must succeed, and tells what it printed.
fn run(command: &mut Command) -> String {
    let Output { status, stdout, stderr } = command.output().unwrap();
    let (stdout, stderr) = (String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap());
    assert!(status.success(), "{command:?}: {status}\n{stdout}\n{stderr}");
    assert_eq!(stderr, "", "{command:?}");
    stdout
}

/// The completions for a shell, in a file of their own.
fn completions(shell: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("_vaultmend");
    fs::write(&file, run(Command::new(VAULTMEND).args(["completions", shell]))).unwrap();
    (folder, file)
}

/// The commands of the program, `help` apart.
fn commands() -> Vec<String> {
    vaultmend::cli::command().get_subcommands().map(|command| command.get_name().to_owned()).collect()
}

fn assert_offers(offered: &str, wanted: &[String]) {
    let words: Vec<&str> = offered.split_whitespace().collect();
    for name in wanted {
        assert!(words.contains(&name.as_str()), "`{name}` is not among: {offered}");
    }
}

#[test]
fn bash_completes_commands_and_the_values_of_options() {
    if !there_is("bash", "completions in bash") {
        return;
    }
    let (_folder, file) = completions("bash");
    let complete = |typed: &str, word: &str, before: &str| {
        let script = format!(
            "source \"$0\"; COMP_WORDS=({typed}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); \
             _vaultmend vaultmend '{word}' '{before}'; echo \"${{COMPREPLY[@]}}\"; complete -p vaultmend"
        );
        run(Command::new("bash").args(["--norc", "-c", &script]).arg(&file))
    };
    let offered = complete("vaultmend ''", "", "vaultmend");
    assert_offers(&offered, &commands());
    assert!(offered.contains("-F _vaultmend vaultmend"), "{offered}");
    assert_offers(&complete("vaultmend check --fail-on ''", "", "--fail-on"), &["warning".to_owned()]);
}

#[test]
fn zsh_loads_the_completions_by_hand_and_from_its_path() {
    if !there_is("zsh", "completions in zsh") {
        return;
    }
    let (folder, file) = completions("zsh");
    let dump = format!("autoload -U compinit; compinit -u -d '{}/dump'", folder.path().display());
    for script in [
        format!("{dump}; source \"$0\"; print $_comps[vaultmend]"),
        format!("fpath=(${{0:h}} $fpath); {dump}; autoload -U +X _vaultmend; print $_comps[vaultmend]"),
    ] {
        let shown = run(Command::new("zsh").args(["-f", "-c", &script]).arg(&file));
        assert_eq!(shown, "_vaultmend\n", "{script}");
    }
}

#[test]
fn fish_completes_commands_and_the_values_of_options() {
    if !there_is("fish", "completions in fish") {
        return;
    }
    let (folder, file) = completions("fish");
    let complete = |typed: &str| {
        let script = format!("source '{}'; complete -C '{typed}'", file.display());
        run(Command::new("fish").args(["--no-config", "-c", &script]).env("HOME", folder.path()))
    };
    assert_offers(&complete("vaultmend "), &commands());
    assert_offers(&complete("vaultmend check --fail-on "), &["warning".to_owned()]);
}

#[test]
fn powershell_loads_the_completions() {
    if !there_is("pwsh", "completions in PowerShell") {
        return;
    }
    let (_folder, file) = completions("powershell");
    let script = format!(
        ". '{}'; (TabExpansion2 'vaultmend ' 10).CompletionMatches | % {{ $_.CompletionText }}",
        file.display()
    );
    assert_offers(&run(Command::new("pwsh").args(["-NoProfile", "-Command", &script])), &commands());
}

/// The manual as `--dir` writes it, page by page.
fn manual() -> (TempDir, Vec<PathBuf>) {
    let folder = tempfile::tempdir().unwrap();
    let pages = folder.path().join("man");
    assert_eq!(run(Command::new(VAULTMEND).args(["man", "--dir"]).arg(&pages)), "");
    let mut files: Vec<PathBuf> = fs::read_dir(&pages).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    (folder, files)
}

#[test]
fn every_command_has_a_page_in_the_manual() {
    fn names(command: &clap::Command, before: &str, into: &mut Vec<String>) {
        let name = format!("{before}{}", command.get_name());
        command.get_subcommands().for_each(|below| names(below, &format!("{name}-"), into));
        into.push(format!("{name}.1"));
    }
    let mut wanted = Vec::new();
    names(&vaultmend::cli::command(), "", &mut wanted);
    wanted.sort();
    let (_folder, pages) = manual();
    let name = |page: &PathBuf| page.file_name().unwrap().to_string_lossy().into_owned();
    assert_eq!(pages.iter().map(name).collect::<Vec<_>>(), wanted);
    for page in &pages {
        let text = fs::read_to_string(page).unwrap();
        assert!(text.contains(r"\fB\-\-config\fR"), "{} misses the options of all commands", page.display());
    }
}

#[test]
fn without_a_folder_the_page_of_the_program_is_printed() {
    let (_folder, pages) = manual();
    let page = pages.iter().find(|page| page.ends_with("vaultmend.1")).unwrap();
    assert_eq!(run(Command::new(VAULTMEND).arg("man")), fs::read_to_string(page).unwrap());
}

#[test]
fn man_and_mandoc_read_the_manual_without_a_complaint() {
    let (_folder, pages) = manual();
    let reads = |command: &mut Command, page: &Path| {
        run(command.arg(page).env("LC_ALL", "C.UTF-8").env("MANROFFSEQ", "").env("PAGER", "cat"))
    };
    if there_is("man", "the manual in man") && there_is("groff", "the manual in man") {
        for page in &pages {
            let shown = reads(Command::new("man").args(["--warnings", "--local-file"]), page);
            assert!(shown.contains("SYNOPSIS"), "{shown}");
        }
    }
    if there_is("mandoc", "the manual in mandoc") {
        for page in &pages {
            assert_eq!(reads(Command::new("mandoc").args(["-T", "lint", "-W", "error"]), page), "");
        }
    }
}
