//! The scripts of the GitHub action, run as its steps run them.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

use super::{VAULTMEND, root, run, there_is};

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_default()
}

/// A script of the action as a step: with the variables that the runner gives, and nothing of this machine's.
fn step(script: &str, folder: &Path, variables: &[(&str, &str)]) -> Output {
    let mut command = Command::new("bash");
    let mut words = script.split(' ');
    command.args(words.next().map(|file| root().join("action").join(file))).args(words);
    command.current_dir(folder).env_clear();
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    for (name, file) in [("GITHUB_OUTPUT", "output"), ("RUNNER_TEMP", "temp"), ("HOME", "home")] {
        command.env(name, folder.join("..").join(file));
    }
    command.env("GITHUB_ACTION_PATH", root()).envs(variables.iter().copied());
    command.output().unwrap()
}

/// A folder to work in, in another that holds what the runner keeps.
fn workspace() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("work")).unwrap();
    folder
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// Writes a program that a test looks through: a shell script.
fn script(file: &Path, text: &str) {
    fs::write(file, format!("#!/bin/sh\n{text}\n")).unwrap();
    fs::set_permissions(file, fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn inputs_become_arguments_whole_and_are_never_run() {
    if !there_is("bash", "the action") {
        return;
    }
    let workspace = workspace();
    let (work, program) = (workspace.path().join("work"), workspace.path().join("vaultmend"));
    script(&program, "printf '<%s>\\n' \"$@\"");
    let evil = "$(touch pwned)`touch pwned`; touch pwned #\" ' * ${{ github.token }}";
    let summary = work.join("../summary").to_str().unwrap().to_owned();
    let paths = format!("{evil}\n--config=elsewhere.toml\r\n\nfolder with blanks");
    let output = step(
        "run.sh",
        &work,
        &[
            ("VAULTMEND", program.to_str().unwrap()),
            ("PATHS", &paths),
            ("CONFIG", evil),
            ("SINCE", "HEAD^1"),
            ("BASELINE", "true"),
            ("FAIL_ON", "error"),
            ("FORMAT", "github"),
            ("SUMMARY", "true"),
            ("ARGS", "--limit=7\n--set\nlinks/lost-space.severity=off"),
            ("GITHUB_STEP_SUMMARY", &summary),
        ],
    );
    let wanted = format!(
        "<check>\n<--config={evil}>\n<--since=HEAD^1>\n<--baseline>\n<--fail-on=error>\n<--format=github>\n\
         <--output=markdown={summary}>\n<--limit=7>\n<--set>\n<links/lost-space.severity=off>\n<-->\n<{evil}>\n\
         <--config=elsewhere.toml>\n<folder with blanks>\n"
    );
    assert_eq!(said(&output), wanted);
    assert!(!work.join("pwned").exists());
    assert_eq!(read(&workspace.path().join("output")), "exit-code=0\n");
}

#[test]
fn what_the_action_says_of_a_vault_is_what_the_program_says() {
    if !there_is("bash", "the action") {
        return;
    }
    let workspace = workspace();
    let work = workspace.path().join("work");
    let check = |text: &str| {
        fs::write(work.join("note.md"), text).unwrap();
        let plain = [("VAULTMEND", VAULTMEND), ("FORMAT", "short"), ("SUMMARY", "false")];
        let output = step("run.sh", &work, &plain);
        let outputs = read(&workspace.path().join("output"));
        (output.status.code(), said(&output), outputs.lines().last().map(str::to_owned))
    };
    let (code, said, output) = check("An in[[flu]]ence.\n");
    assert!(code == Some(1) && said.contains("note.md:1:4: error[links/split-word]"), "{code:?} {said}");
    assert_eq!(output.as_deref(), Some("exit-code=1"));
    let (code, _, output) = check("An influence.\n");
    assert_eq!((code, output.as_deref()), (Some(0), Some("exit-code=0")));
    let wrong = step("run.sh", &work, &[("VAULTMEND", VAULTMEND), ("FIX", "yes")]);
    assert_eq!(wrong.status.code(), Some(2));
}

/// Runs git there, with nothing of this machine's configuration.
fn git(folder: &Path, args: &str) -> String {
    let mut command = Command::new("git");
    for (name, value) in [("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1")] {
        command.env(name, value);
    }
    for name in ["GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"] {
        command.env(name, "tests@example.org");
    }
    run(command.args(args.split(' ')).current_dir(folder))
}

#[test]
fn repairs_are_committed_and_pushed_and_nothing_else_is() {
    if !there_is("bash", "the action's commit") || !there_is("git", "the action's commit") {
        return;
    }
    let workspace = workspace();
    let (work, origin) = (workspace.path().join("work"), workspace.path().join("origin.git"));
    git(workspace.path(), "init --quiet --bare origin.git");
    git(&work, "init --quiet --initial-branch=notes");
    git(&work, "remote add origin ../origin.git");
    fs::write(work.join("note.md"), "An in[[flu]]ence.\n").unwrap();
    fs::write(work.join("other.md"), "A sound note.\n").unwrap();
    git(&work, "add --all");
    git(&work, "commit --quiet --message first");
    fs::write(work.join("new.txt"), "is not in the repository\n").unwrap();

    let fix = |message: &str, fix: &str| {
        let inputs = [("VAULTMEND", VAULTMEND), ("FORMAT", "short"), ("SUMMARY", "false")];
        step("run.sh", &work, &[&inputs[..], &[("FIX", fix), ("COMMIT", message)]].concat())
    };
    let message = "Take links out of words\n\n$(touch pwned)";
    let output = fix(message, "true");
    assert!(output.status.success(), "{}", said(&output));
    assert_eq!(git(&origin, "show notes:note.md"), "An influence.\n");
    assert_eq!(git(&origin, "log --format=%B -1 notes").trim_end(), message);
    assert_eq!(git(&origin, "show --format= --name-only notes"), "note.md\n");
    let head = git(&work, "rev-parse HEAD");
    assert!(read(&workspace.path().join("output")).ends_with(&format!("commit={head}")));

    // Nothing to repair: no commit. What somebody has changed, or a checkout of no branch: an error.
    assert!(fix(message, "true").status.success());
    assert_eq!(git(&work, "rev-parse HEAD"), head);
    assert_eq!(fix(message, "false").status.code(), Some(2));
    fs::write(work.join("other.md"), "An in[[flu]]ence.\n").unwrap();
    assert_eq!(fix(message, "true").status.code(), Some(2));
    assert_eq!(read(&work.join("other.md")), "An in[[flu]]ence.\n");
    git(&work, "checkout --quiet other.md");
    git(&work, "checkout --quiet --detach");
    assert_eq!(fix(message, "true").status.code(), Some(2));
    assert!(!work.join("pwned").exists());
}

/// A release in a folder, packed as the release workflow packs it.
fn release(folder: &Path, platform: &str) {
    let program = folder.join("vaultmend");
    fs::create_dir_all(folder).unwrap();
    script(&program, &format!("exec '{VAULTMEND}' \"$@\""));
    let out = folder.join(format!("v{}", env!("CARGO_PKG_VERSION")));
    run(Command::new(root().join(".ci/archive")).arg(platform).args([&program, &out]));
}

#[test]
fn a_release_is_installed_if_its_checksum_is_right() {
    let needed = ["bash", "curl", "tar", "sha256sum"];
    if !needed.iter().all(|program| there_is(program, "the installation of the action")) {
        return;
    }
    let workspace = workspace();
    let (work, releases) = (workspace.path().join("work"), workspace.path().join("releases"));
    let mirror = format!("file://{}", releases.display());
    let version = env!("CARGO_PKG_VERSION");
    let inputs = [("VERSION", ""), ("VAULTMEND_RELEASES", mirror.as_str())];
    assert!(step("install.sh which", &work, &inputs).status.success());
    let outputs = read(&workspace.path().join("output"));
    let output = |name: &str| outputs.lines().find_map(|line| line.strip_prefix(name)).unwrap().to_owned();
    let (key, folder) = (output("key="), output("folder="));
    let platform = key.strip_prefix(&format!("vaultmend-{version}-")).unwrap().to_owned();

    let missing = step("install.sh", &work, &inputs);
    assert_eq!(missing.status.code(), Some(2));
    assert!(said(&missing).contains("there is no program for version"), "{}", said(&missing));

    release(&releases, &platform);
    let installed = step("install.sh", &work, &inputs);
    assert!(installed.status.success(), "{}", said(&installed));
    let installed = |file: &str| Path::new(&folder).join(file);
    assert_eq!(run(Command::new(installed("vaultmend")).arg("--version")), format!("vaultmend {version}\n"));
    for file in ["LICENSE-MIT", "NOTICE", "man/vaultmend-check.1", "completions/vaultmend.zsh"] {
        assert!(installed(file).is_file(), "{file}");
    }

    fs::remove_dir_all(&folder).unwrap();
    let file = releases.join(format!("v{version}/vaultmend-{version}-{platform}.tar.gz.sha256"));
    fs::write(&file, format!("{}  x\n", "0".repeat(64))).unwrap();
    let refused = step("install.sh", &work, &inputs);
    assert_eq!(refused.status.code(), Some(2));
    assert!(!Path::new(&folder).join("vaultmend").exists(), "{}", said(&refused));

    let evil = step("install.sh", &work, &[("VERSION", "1.2.3/../../x")]);
    assert_eq!(evil.status.code(), Some(2));
}

#[test]
fn every_input_reaches_a_step_as_a_variable_and_none_is_in_a_script() {
    let action: serde_yaml::Value = serde_yaml::from_str(&read(&root().join("action.yml"))).unwrap();
    let declared: BTreeSet<&str> =
        action["inputs"].as_mapping().unwrap().keys().map(|name| name.as_str().unwrap()).collect();
    let mut passed = BTreeSet::new();
    let mut variables = BTreeSet::new();
    for step in action["runs"]["steps"].as_sequence().unwrap() {
        assert!(!step["run"].as_str().unwrap_or_default().contains("${{"), "{step:?}");
        for (name, value) in step["env"].as_mapping().into_iter().flatten() {
            variables.insert(name.as_str().unwrap());
            let input = value.as_str().unwrap().strip_prefix("${{ inputs.").and_then(|rest| rest.strip_suffix(" }}"));
            passed.extend(input);
        }
    }
    assert_eq!(passed, declared);
    let scripts = ["run.sh", "install.sh"].map(|script| read(&root().join("action").join(script))).concat();
    for name in variables.into_iter().filter(|name| *name != "FOLDER") {
        assert!(
            scripts.contains(&format!("${{{name}:-")) || scripts.contains(&format!("${name}\"")),
            "{name} is not read"
        );
    }
}
