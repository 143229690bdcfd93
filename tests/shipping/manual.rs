//! The manual, in the readers that are there.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use super::{VAULTMEND, run, there_is};

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
