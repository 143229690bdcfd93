//! Completions, in the shells that are there.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use tempfile::TempDir;

use super::{VAULTMEND, run, there_is};

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
