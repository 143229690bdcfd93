//! What is shipped beside the program works where it is meant to: completions in their shells, the
//! manual in `man`, hooks under `pre-commit`, the npm packages in Node, the scripts of the action.
//!
//! What a test needs is looked for; where it is missing, the test says so on standard error.
#![cfg(all(feature = "cli", unix))]
#![allow(clippy::unwrap_used)]

mod action;
mod completions;
mod hooks;
mod manual;
mod npm;

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output};

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

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Runs a command that must succeed, and tells what it printed.
fn run(command: &mut Command) -> String {
    let Output { status, stdout, stderr } = command.output().unwrap();
    let (stdout, stderr) = (String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap());
    assert!(status.success(), "{command:?}: {status}\n{stdout}\n{stderr}");
    assert_eq!(stderr, "", "{command:?}");
    stdout
}
