//! Killed in the middle, a full disk, a reader that goes away: every note is whole, old or new.
#![cfg(all(feature = "cli", unix))]
#![allow(clippy::unwrap_used, clippy::print_stderr)]

mod sandbox;

use std::fs;
use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use sandbox::{BROKEN, Sandbox, WHOLE, permissions_bind, vaultmend};

const NOTES: usize = 300;

fn old(n: usize) -> String {
    format!("{}{BROKEN}{}", "line\n".repeat(n), "end\n".repeat(200))
}

fn new(n: usize) -> String {
    old(n).replace(BROKEN, WHOLE)
}

fn damaged_vault() -> Sandbox {
    let vault = Sandbox::new();
    (0..NOTES).for_each(|n| drop(vault.write(format!("{n}.md"), old(n))));
    vault
}

/// How many notes are repaired; all must be whole.
fn repaired(vault: &Sandbox) -> usize {
    let is_new = |n: &usize| {
        let text = String::from_utf8(vault.read(format!("{n}.md"))).unwrap();
        assert!(text == old(*n) || text == new(*n), "note {n} is neither old nor new: {text:?}");
        text == new(*n)
    };
    (0..NOTES).filter(is_new).count()
}

/// Stops the program at several moments of its work, and runs it to the end at last.
fn stop_at_any_moment(signal: &str) {
    let start = Instant::now();
    damaged_vault().run(&["fix"]).code(0);
    let whole_run = start.elapsed();
    let mut in_the_middle = 0;
    for moment in 1..=6u32 {
        let vault = damaged_vault();
        let mut command = vaultmend(&vault.path());
        let child = command.arg("fix").stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        sleep(whole_run * moment / 7);
        // The child is ours and not waited for, so the id is still its own.
        let _ = Command::new("kill").args([signal, &child.id().to_string()]).stderr(Stdio::null()).status();
        let ended = child.wait_with_output().unwrap();
        let whole = repaired(&vault);
        in_the_middle += usize::from((1..NOTES).contains(&whole));
        if signal != "-KILL" {
            told(&ended, whole);
            let files = fs::read_dir(vault.path()).unwrap().map(|entry| entry.unwrap().file_name());
            let litter: Vec<_> = files.filter(|name| name.to_string_lossy().ends_with(".tmp")).collect();
            assert!(litter.is_empty(), "{litter:?}");
        }
        let ran = vault.run(&["fix"]).code(0).says(&format!("({NOTES} notes checked)"));
        drop(ran.never_says(".tmp"));
        assert_eq!(repaired(&vault), NOTES);
    }
    if in_the_middle == 0 {
        eprintln!("no run was stopped in the middle: this machine is too fast or too slow for this test");
    }
}

/// Checks that a run that was stopped after some notes has said so, and has ended by the signal, at whatever moment
/// it came.
fn told(ended: &Output, whole: usize) {
    let said = String::from_utf8_lossy(&ended.stderr);
    assert!(ended.status.code().is_none() || whole == NOTES, "{said}");
    if (2..NOTES - 1).contains(&whole) {
        assert!(said.contains(&format!("{whole} repairs in {whole} notes")), "{said}");
        assert!(said.contains(&format!("stopped with {} notes left to write", NOTES - whole)), "{said}");
        assert_eq!(ended.status.code(), None, "{said}");
    }
}

#[test]
fn killed_at_any_moment_every_note_is_whole() {
    stop_at_any_moment("-KILL");
}

#[test]
fn interrupted_at_any_moment_every_note_is_whole() {
    stop_at_any_moment("-INT");
}

#[test]
fn asked_to_end_at_any_moment_every_note_is_whole() {
    stop_at_any_moment("-TERM");
}

#[test]
#[cfg(target_os = "linux")]
fn a_closed_terminal_leaves_every_note_whole() {
    stop_at_any_moment("-HUP");
}

#[test]
#[cfg(target_os = "linux")]
fn a_signal_that_is_to_be_ignored_stops_nothing() {
    let vault = damaged_vault();
    let program = vaultmend(&vault.path()).get_program().to_owned();
    let mut shell = Command::new("sh");
    shell.current_dir(vault.path()).args(["-c", "trap '' INT HUP; echo; exec \"$0\" fix"]).arg(program);
    let mut child = shell.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    // Before its line is there, the shell itself would heed them.
    let mut output = child.stdout.take().unwrap();
    output.read_exact(&mut [0]).unwrap();
    while child.try_wait().unwrap().is_none() {
        for signal in ["-INT", "-HUP"] {
            let _ = Command::new("kill").args([signal, &child.id().to_string()]).stderr(Stdio::null()).status();
        }
    }
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert_eq!(repaired(&vault), NOTES);
}

#[test]
fn the_first_signal_ends_a_report_that_nobody_reads() {
    let vault = Sandbox::new();
    // More than a pipe takes.
    vault.write("a.md", format!("{BROKEN}{}", "[[Nowhere]] and [[Nobody]].\n".repeat(2_000)));
    let mut command = vaultmend(&vault.path());
    command.args(["fix", "--format", "json"]).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    // Where the report begins, all is written. The rest of it, nobody takes.
    let mut output = child.stdout.take().unwrap();
    output.read_exact(&mut [0]).unwrap();
    // A shell that has put this test into the background has it ignore other signals.
    Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
    let mut waits = (0..1_000).map(|_| sleep(Duration::from_millis(10)));
    let ended = waits.find_map(|()| child.try_wait().unwrap());
    child.kill().unwrap();
    assert_eq!(ended.map(|status| status.code()), Some(None), "it waits for a second signal");
}

#[test]
fn leftovers_of_a_killed_run_are_no_notes() {
    let vault = Sandbox::new();
    vault.write(".vaultmend-abc.tmp", BROKEN);
    vault.write(".vaultmend-abc.md", BROKEN);
    vault.write("a.md", WHOLE);
    vault.run(&["check"]).code(0).says("1 note checked");
}

#[test]
fn a_full_disk_leaves_every_note_whole() {
    let vault = Sandbox::new();
    let disk = vault.at("disk");
    fs::create_dir(&disk).unwrap();
    let mount = Command::new("mount").args(["-t", "tmpfs", "-o", "size=256k", "tmpfs"]).arg(&disk).output();
    if !mount.is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: a small disk cannot be mounted here (not root?)");
        return;
    }
    let big = |text: &str| format!("{text}{}", "x".repeat(60_000));
    let notes = ["a", "b", "c"].map(|name| vault.write(format!("disk/{name}.md"), big(BROKEN)));
    // The rest of the disk but a few pages.
    let filled = (0..).take_while(|n| fs::write(disk.join(format!("{n}.bin")), [0; 4096]).is_ok()).count();
    let checked = std::panic::catch_unwind(|| {
        assert!(filled > 0);
        vault.run(&["fix"]).code(2).says("note/unwritable").says("0 repairs in 0 notes");
        vault.run(&["fix", "--fail-on", "never"]).code(2).says("3 notes could not be written");
        notes.iter().for_each(|note| assert_eq!(fs::read_to_string(note).unwrap(), big(BROKEN)));
        let hidden = |entry: fs::DirEntry| entry.file_name().to_string_lossy().starts_with('.');
        assert!(!fs::read_dir(&disk).unwrap().any(|entry| hidden(entry.unwrap())), "a temporary file is left");
        (0..=filled).for_each(|n| drop(fs::remove_file(disk.join(format!("{n}.bin")))));
        vault.run(&["fix"]).code(0).says("3 repairs in 3 notes");
        notes.iter().for_each(|note| assert_eq!(fs::read_to_string(note).unwrap(), big(WHOLE)));
    });
    Command::new("umount").arg(&disk).status().unwrap();
    checked.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
}

#[test]
fn a_configuration_that_finds_no_room_leaves_nothing_behind() {
    let vault = Sandbox::new();
    // More tags than the limit lets a file hold: what is written up to there must not stay.
    let tags: String = (0..100).map(|n| format!("#tag-{n} {BROKEN}")).collect();
    vault.write("a.md", tags);
    let program = vaultmend(&vault.path()).get_program().to_owned();
    for arguments in [&["init"][..], &["tags", "learn", "--write"]] {
        let mut shell = Command::new("sh");
        // Without the signal, a write beyond the limit fails as on a full disk.
        shell.current_dir(vault.path()).args(["-c", "trap '' XFSZ; ulimit -f 0; exec \"$0\" \"$@\""]).arg(&program);
        let ran = shell.args(arguments).output().unwrap();
        assert_eq!(ran.status.code(), Some(2), "{arguments:?}: {}", String::from_utf8_lossy(&ran.stderr));
        let left: Vec<_> = fs::read_dir(vault.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left.len(), 2, "{arguments:?}: {left:?}");
    }
    vault.run(&["init"]).code(0);
}

#[test]
fn a_report_that_finds_no_room_leaves_the_old_one_or_none() {
    let vault = Sandbox::new();
    vault.write("a.md", BROKEN);
    vault.write("old.json", "{}");
    let program = vaultmend(&vault.path()).get_program().to_owned();
    for name in ["old.json", "new.json"] {
        let mut shell = Command::new("sh");
        shell.current_dir(vault.path()).args(["-c", "trap '' XFSZ; ulimit -f 0; exec \"$0\" \"$@\""]).arg(&program);
        let ran = shell.args(["check", "--output", &format!("json={name}")]).output().unwrap();
        let said = String::from_utf8_lossy(&ran.stderr);
        assert!(ran.status.code() == Some(2) && said.contains(name), "{said}");
    }
    assert_eq!(vault.read("old.json"), b"{}");
    // With `.obsidian`.
    assert_eq!(fs::read_dir(vault.path()).unwrap().count(), 3, "something is left behind");
}

#[test]
fn an_unreadable_folder_is_a_finding_of_whoever_asks_about_it() {
    if !permissions_bind() {
        return;
    }
    let vault = Sandbox::new();
    vault.write("locked/a.md", WHOLE);
    vault.write("b.md", WHOLE);
    fs::set_permissions(vault.at("locked"), fs::Permissions::from_mode(0o000)).unwrap();
    vault.run(&["check", "--format", "short"]).code(1).says("locked:1:1: error[note/unreadable]");
    vault.run(&["check", "locked"]).code(1).says("note/unreadable");
    vault.run(&["check", "b.md"]).code(0);
    vault.run(&["check", "locked/a.md"]).code(2).never_says("there is no");
    vault.write("vaultmend.toml", "ignore = ['locked/**']\n");
    vault.run(&["check"]).code(0).never_says("note/unreadable");
    fs::set_permissions(vault.at("locked"), fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let vault = damaged_vault();
    let commands: [&[&str]; 6] = [
        &["check", "--limit", "0"],
        &["check", "--format", "short"],
        &["check", "--format", "json"],
        &["fix", "--diff"],
        &["rules", "links/nested-link"],
        &["test"],
    ];
    for arguments in commands {
        let mut command = vaultmend(&vault.path());
        let mut child = command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {said}");
        assert!(!said.contains("panicked") && !said.contains("pipe"), "{arguments:?}: {said}");
    }
}
