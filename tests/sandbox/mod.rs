//! A vault in a folder of its own, and the program run in it.
#![allow(dead_code, unreachable_pub, reason = "every test file uses a part")]
#![allow(clippy::unwrap_used, clippy::print_stderr)]

use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::{fs, thread};

use tempfile::TempDir;

/// What the environment of whoever runs the tests must not change.
pub const SCRUBBED: [&str; 8] =
    ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "GITHUB_ACTIONS", "CI", "TERM", "FORCE_COLOR"];

/// A damaged note, and what `fix` makes of it.
pub const BROKEN: &str = "The [[[[War]]saw]] Pact.\n";
pub const WHOLE: &str = "The [[Warsaw]] Pact.\n";

pub struct Sandbox {
    folder: TempDir,
}

impl Sandbox {
    /// An empty vault: the folder `.obsidian` marks its root.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join(".obsidian")).unwrap();
        Sandbox { folder }
    }

    pub fn path(&self) -> PathBuf {
        fs::canonicalize(self.folder.path()).unwrap()
    }

    pub fn at(&self, name: impl AsRef<OsStr>) -> PathBuf {
        self.path().join(Path::new(name.as_ref()))
    }

    /// Writes a file, with the folders it lies in.
    pub fn write(&self, name: impl AsRef<OsStr>, bytes: impl AsRef<[u8]>) -> PathBuf {
        let file = self.at(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, bytes).unwrap();
        file
    }

    pub fn read(&self, name: impl AsRef<OsStr>) -> Vec<u8> {
        fs::read(self.at(name)).unwrap()
    }

    pub fn run(&self, arguments: &[&str]) -> Ran {
        self.run_with(arguments, b"")
    }

    /// Runs the program with this on its standard input.
    pub fn run_with(&self, arguments: &[&str], input: &[u8]) -> Ran {
        let mut command = vaultmend(&self.path());
        finish(command.args(arguments), input)
    }
}

/// The program in a folder, in an environment of its own.
pub fn vaultmend(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vaultmend"));
    command.current_dir(folder);
    for name in SCRUBBED {
        command.env_remove(name);
    }
    command
}

pub fn finish(command: &mut Command, input: &[u8]) -> Ran {
    let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let (mut pipe, input) = (child.stdin.take().unwrap(), input.to_owned());
    let writing = thread::spawn(move || drop(pipe.write_all(&input)));
    let output = child.wait_with_output().unwrap();
    writing.join().unwrap();
    Ran { output }
}

pub struct Ran {
    pub output: Output,
}

impl Ran {
    pub fn stdout(&self) -> String {
        String::from_utf8(self.output.stdout.clone()).unwrap()
    }

    pub fn stderr(&self) -> String {
        String::from_utf8(self.output.stderr.clone()).unwrap()
    }

    /// Checks the exit code, and shows everything when it is another one.
    #[track_caller]
    pub fn code(self, code: i32) -> Self {
        assert_eq!(self.output.status.code(), Some(code), "\n{}\n{}", self.stdout(), self.stderr());
        self
    }

    #[track_caller]
    pub fn says(self, wanted: &str) -> Self {
        let said = self.stdout() + &self.stderr();
        assert!(said.contains(wanted), "wanted {wanted:?} in\n{said}");
        self
    }

    #[track_caller]
    pub fn never_says(self, unwanted: &str) -> Self {
        let said = self.stdout() + &self.stderr();
        assert!(!said.contains(unwanted), "did not want {unwanted:?} in\n{said}");
        self
    }
}

/// Whether permissions bind the user that runs the tests; they do not bind root.
#[cfg(unix)]
pub fn permissions_bind() -> bool {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("locked");
    fs::write(&file, "").unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o000)).unwrap();
    let bind = fs::read(&file).is_err();
    if !bind {
        eprintln!("skipped: permissions do not bind this user (root?)");
    }
    bind
}
