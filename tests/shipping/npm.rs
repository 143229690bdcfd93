//! The npm packages as `npm/build.mjs` makes them, laid out as npm would install them.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use super::{VAULTMEND, root, run, there_is};

/// This platform as Node names it; `None` where there is no package for it.
fn platform() -> Option<String> {
    let system = match std::env::consts::OS {
        "macos" => "darwin",
        "linux" => "linux",
        _ => return None,
    };
    let processor = match std::env::consts::ARCH {
        "x86_64" => "x64",
        "aarch64" => "arm64",
        _ => return None,
    };
    Some(format!("{system}-{processor}"))
}

fn build(folder: &Path, programs: &[String]) {
    run(Command::new("node").arg(root().join("npm/build.mjs")).arg(folder).args(programs));
}

/// Runs the launcher of the package.
fn launch(folder: &Path, args: &[&str]) -> Output {
    Command::new("node").arg(folder.join("vaultmend/bin/vaultmend.js")).args(args).output().unwrap()
}

#[test]
fn the_npm_package_runs_the_program_of_its_platform() {
    let Some(platform) = platform().filter(|_| there_is("node", "the npm packages")) else { return };
    let folder = tempfile::tempdir().unwrap();
    let modules = folder.path().join("node_modules");
    build(&modules, &[format!("{platform}={VAULTMEND}")]);
    let version = launch(&modules, &["--version"]);
    assert_eq!(String::from_utf8_lossy(&version.stdout), format!("vaultmend {}\n", env!("CARGO_PKG_VERSION")));
    // Exit codes and arguments go through as they are.
    let note = folder.path().join("it's a note.md");
    fs::write(&note, "An in[[flu]]ence.\n").unwrap();
    let found = launch(&modules, &["check", "--format", "short", note.to_str().unwrap()]);
    assert_eq!(found.status.code(), Some(1), "{}", String::from_utf8_lossy(&found.stderr));
    assert!(String::from_utf8_lossy(&found.stdout).contains("links/split-word"));
    assert_eq!(launch(&modules, &["no-such-command"]).status.code(), Some(2));
}

#[test]
fn without_the_program_the_npm_package_says_what_to_do() {
    if !there_is("node", "the npm packages") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    build(folder.path(), &[]);
    let output = launch(folder.path(), &["--version"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("there is no package @vaultmend/") && said.contains("cargo install vaultmend"), "{said}");
}

#[test]
fn every_npm_package_has_the_version_of_the_program_and_its_licences() {
    if !there_is("node", "the npm packages") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    build(folder.path(), &[format!("win32-x64={VAULTMEND}")]);
    let read = |path: &str| -> serde_json::Value {
        serde_json::from_str(&fs::read_to_string(folder.path().join(path).join("package.json")).unwrap()).unwrap()
    };
    let (wrapper, windows) = (read("vaultmend"), read("@vaultmend/win32-x64"));
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!((wrapper["version"].as_str(), windows["version"].as_str()), (Some(version), Some(version)));
    let parts = wrapper["optionalDependencies"].as_object().unwrap();
    assert!(parts.len() == 5 && parts.values().all(|wanted| wanted == version), "{parts:?}");
    assert!(folder.path().join("@vaultmend/win32-x64/bin/vaultmend.exe").is_file());
    for package in ["vaultmend", "@vaultmend/win32-x64"] {
        for licence in ["LICENSE-MIT", "LICENSE-APACHE", "NOTICE"] {
            assert!(folder.path().join(package).join(licence).is_file(), "{package}: {licence}");
        }
    }
}
