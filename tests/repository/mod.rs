//! A vault in a git repository of its own, in an environment that nobody's settings reach.
#![allow(dead_code, unreachable_pub, reason = "every test file uses a part")]
#![allow(clippy::unwrap_used, clippy::print_stderr)]

use std::path::Path;
use std::process::{Command, Output};

use crate::sandbox::{self, Ran, Sandbox};

/// What a hook or whoever runs the tests may have set, and what git must not read.
fn scrub(command: &mut Command) -> &mut Command {
    let set: Vec<_> = std::env::vars_os().map(|(name, _)| name).collect();
    for name in set.iter().filter(|name| name.to_string_lossy().starts_with("GIT_")) {
        command.env_remove(name);
    }
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1").env("HOME", "/nowhere");
    let person = ["GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"];
    person.into_iter().fold(command, |command, name| command.env(name, "a@example.org"))
}

/// Whether there is a `git` to test with; says so where there is none.
pub fn has_git() -> bool {
    let there = Command::new("git").arg("--version").output().is_ok_and(|output| output.status.success());
    if !there {
        eprintln!("skipped: there is no git here");
    }
    there
}

/// Runs git in a folder; what it prints is returned.
#[track_caller]
pub fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = try_git(folder, arguments);
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// Runs git where it may fail.
pub fn try_git(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new("git");
    // Git for Windows takes no `\\?\C:\`.
    let folder = folder.to_str().map_or(folder, |name| Path::new(name.strip_prefix(r"\\?\").unwrap_or(name)));
    scrub(command.current_dir(folder).args(["-c", "protocol.file.allow=always"]).args(arguments)).output().unwrap()
}

/// The program in any folder.
pub fn run_in(folder: &Path, arguments: &[&str]) -> Ran {
    let mut command = sandbox::vaultmend(folder);
    sandbox::finish(scrub(command.args(arguments)), b"")
}

pub struct Repository {
    pub vault: Sandbox,
}

impl Repository {
    /// A repository whose only branch is `main`, without a commit.
    pub fn new() -> Repository {
        let vault = Sandbox::new();
        git(&vault.path(), &["init", "-q", "-b", "main"]);
        Repository { vault }
    }

    #[track_caller]
    pub fn git(&self, arguments: &[&str]) -> String {
        git(&self.vault.path(), arguments)
    }

    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        self.vault.write(name, text);
    }

    /// Commits all there is.
    pub fn commit(&self) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "-q", "--allow-empty", "-m", "all"]);
    }

    pub fn run(&self, arguments: &[&str]) -> Ran {
        run_in(&self.vault.path(), arguments)
    }

    /// The places of findings, as `--format short` has them.
    #[track_caller]
    pub fn places(&self, arguments: &[&str]) -> Vec<String> {
        let ran = self.run(&[&["check", "--format", "short"], arguments].concat());
        assert!(matches!(ran.output.status.code(), Some(0 | 1)), "{}", ran.stderr());
        places(&ran)
    }
}

/// The `path:line` of each finding.
pub fn places(ran: &Ran) -> Vec<String> {
    let place =
        |line: &str| line.rsplitn(2, ": ").last().map(|_| line.splitn(3, ':').take(2).collect::<Vec<_>>().join(":"));
    ran.stdout().lines().filter_map(place).collect()
}

pub const OLD: &str = "# Old\n\nIt had an in[[flu]]ence.\n\nA line.\n";
pub const NEW: &str = "On p[[reparations]] then.\n";

/// A repository with one commit: an old note with damage on line 3.
pub fn with_old_notes() -> Repository {
    let repository = Repository::new();
    repository.write("old.md", OLD);
    repository.write("other.md", OLD);
    repository.commit();
    repository
}
