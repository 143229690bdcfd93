//! What a repair leaves alone, byte for byte; and files that cannot or must not be written.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::print_stderr)]

mod sandbox;

use std::fs::{self, File};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, SystemTime};

use sandbox::{BROKEN, SCRUBBED, Sandbox, WHOLE, vaultmend};
use vaultmend::vault::write::{Refusal, replace};

/// Damaged bytes, and the same repaired.
const GUISES: &[(&str, &str, &str)] = &[
    ("crlf", "a\r\n[[[[War]]saw]]\r\nb\r\n", "a\r\n[[Warsaw]]\r\nb\r\n"),
    ("mixed ends", "a\r\n[[[[War]]saw]]\nb\r\n", "a\r\n[[Warsaw]]\nb\r\n"),
    ("byte order mark", "\u{feff}[[[[War]]saw]]\n", "\u{feff}[[Warsaw]]\n"),
    (
        "mark and frontmatter",
        "\u{feff}---\r\na: b\r\n---\r\n[[[[War]]saw]]",
        "\u{feff}---\r\na: b\r\n---\r\n[[Warsaw]]",
    ),
    ("no last newline", "a\n[[[[War]]saw]]", "a\n[[Warsaw]]"),
    ("lone cr", "a\rb [[[[War]]saw]]\rc\r", "a\rb [[Warsaw]]\rc\r"),
    ("only lone crs and a newline", "a\r\r\n\r[[[[War]]saw]]\r", "a\r\r\n\r[[Warsaw]]\r"),
    (
        "escape sequences",
        "\u{1b}[31ma\u{1b}[0m\u{7}\u{9b} [[[[War]]saw]]\n",
        "\u{1b}[31ma\u{1b}[0m\u{7}\u{9b} [[Warsaw]]\n",
    ),
    ("blanks at ends", "a  \n\t\n[[[[War]]saw]] \t\n\n\n", "a  \n\t\n[[Warsaw]] \t\n\n\n"),
    ("odd spaces", "\u{a0}\u{2028}\u{200b}\u{c} [[[[War]]saw]]\n", "\u{a0}\u{2028}\u{200b}\u{c} [[Warsaw]]\n"),
    ("decomposed", "e\u{301} \u{fb01} [[[[War]]saw]]\n", "e\u{301} \u{fb01} [[Warsaw]]\n"),
    (
        "lines that look like a diff",
        "--- a\n+++ b\n@@ -1 +1 @@\n-- [[[[War]]saw]]\n",
        "--- a\n+++ b\n@@ -1 +1 @@\n-- [[Warsaw]]\n",
    ),
];

#[test]
fn all_but_the_repair_stays_byte_for_byte() {
    for (guise, before, after) in GUISES {
        let vault = Sandbox::new();
        vault.write("a.md", before);
        vault.run(&["fix"]).code(0);
        assert_eq!(String::from_utf8(vault.read("a.md")).unwrap(), *after, "{guise}");
        vault.run(&["fix"]).code(0).says("0 repairs in 0 notes");
        assert_eq!(String::from_utf8(vault.read("a.md")).unwrap(), *after, "{guise}, twice");
    }
}

#[test]
fn standard_input_is_handed_on_byte_for_byte() {
    for (guise, before, after) in GUISES {
        let vault = Sandbox::new();
        for color in ["auto", "never", "always"] {
            let ran = vault.run_with(&["fix", "-", "--color", color], before.as_bytes()).code(0);
            assert_eq!(ran.stdout(), *after, "{guise}, {color}");
        }
    }
}

#[test]
fn notes_of_every_size_are_read_whole() {
    let vault = Sandbox::new();
    let sizes = [1, 4096, 65_535, 65_536, 65_537, 131_072, 1_000_000];
    let text = |size: usize, end: &str| "a b\n".repeat(size.div_ceil(4))[..size].to_owned() + end;
    sizes.iter().for_each(|&size| drop(vault.write(format!("{size}.md"), text(size, BROKEN))));
    vault.run(&["fix"]).code(0);
    for size in sizes {
        assert!(vault.read(format!("{size}.md")) == text(size, WHOLE).as_bytes(), "{size}");
    }
    vault.write("late.md", [text(70_000, "").as_bytes(), b"caf\xe9"].concat());
    vault.run(&["check", "late.md"]).code(1).says("the first bad byte is at offset 70003");
}

#[test]
fn standard_input_that_is_no_text_is_no_empty_note() {
    let vault = Sandbox::new();
    let ran = vault.run_with(&["fix", "-"], b"caf\xe9 [[[[War]]saw]]\n").code(2).says("not UTF-8");
    assert!(ran.output.stdout.is_empty());
    vault.run_with(&["check", "-"], b"caf\xe9\n").code(1).says("note/unreadable");
}

#[test]
fn what_is_left_out_of_standard_input_is_handed_on_whatever_it_is() {
    let vault = Sandbox::new();
    vault.write("vaultmend.toml", "ignore = ['t/**']\n");
    let bytes = [b"caf\xe9\r\n".as_slice(), &BROKEN.repeat(10_000).into_bytes()].concat();
    let fix = ["fix", "-", "--force-exclude", "--stdin-filename", "t/n.md", "--fail-on", "info"];
    assert!(vault.run_with(&fix, &bytes).code(0).output.stdout == bytes);
    vault.run_with(&[&["check"], &fix[1..]].concat(), &bytes).code(0).never_says("links/nested-link");
}

#[test]
fn what_is_left_in_standard_input_fails_as_it_does_in_a_file() {
    let vault = Sandbox::new();
    let text = format!("{BROKEN}[[never closed\n");
    assert_eq!(vault.run_with(&["fix", "-"], text.as_bytes()).code(1).stdout(), format!("{WHOLE}[[never closed\n"));
    vault.run_with(&["fix", "-", "--fail-on", "error"], text.as_bytes()).code(0);
    vault.write("a.md", text);
    vault.run(&["fix"]).code(1);
}

#[test]
fn the_diff_applies_with_git_and_is_what_fix_writes() {
    if Command::new("git").arg("--version").output().is_err() {
        eprintln!("skipped: there is no git");
        return;
    }
    let vault = Sandbox::new();
    for (guise, before, _) in GUISES {
        vault.write(format!("sub folder/{guise}.md"), before);
    }
    let context: String =
        (0..40).map(|n| if n % 13 == 5 { BROKEN.to_owned() } else { format!("line {n}\r\n") }).collect();
    vault.write("long.md", context);
    let mut names = vec!["é.md", " blank.md", "a  b .md", "日本.md", "[x].md", "#.md", "-.md", "dev null.md"];
    if cfg!(unix) {
        names.extend(["tab\t.md", "new\nline.md", "quo\"te.md", "back\\slash.md", "é\u{1b}.md"]);
    }
    for name in &names {
        vault.write(name, BROKEN);
    }
    names.push("long.md");
    let paths: Vec<String> = GUISES
        .iter()
        .map(|(g, ..)| format!("sub folder/{g}.md"))
        .chain(names.iter().map(ToString::to_string))
        .collect();
    let before: Vec<Vec<u8>> = paths.iter().map(|path| vault.read(path)).collect();
    let diff = vault.run(&["fix", "--diff"]).code(1);
    assert_eq!(paths.iter().map(|path| vault.read(path)).collect::<Vec<_>>(), before, "--diff changes nothing");
    let patch = vault.write(".fix.patch", &diff.output.stdout);
    let mut git = Command::new("git");
    for name in SCRUBBED {
        git.env_remove(name);
    }
    let git = git.args(["-c", "core.autocrlf=false", "apply"]).arg(&patch).current_dir(vault.path());
    let applied = git.env("GIT_CEILING_DIRECTORIES", vault.path().parent().unwrap()).output().unwrap();
    assert!(applied.status.success(), "{}\n{}", String::from_utf8_lossy(&applied.stderr), diff.stdout());
    let patched: Vec<Vec<u8>> = paths.iter().map(|path| vault.read(path)).collect();
    for (path, bytes) in paths.iter().zip(&before) {
        vault.write(path, bytes);
    }
    vault.run(&["fix"]).code(0);
    for (path, patched) in paths.iter().zip(patched) {
        assert_eq!(String::from_utf8(vault.read(path)), String::from_utf8(patched), "{path:?}");
    }
}

#[test]
fn what_a_loop_has_parted_is_told_after_its_nested_links_are_gone() {
    let text = |word: &str, warsaw: &str| {
        format!(
            "---\ntags:\n  - Warsaw\n  - War\n  - flu\n  - prison\n  - Europe\n---\nThe  [[War]]  in  {warsaw}  and the  [[flu]] ; \
             in that war the  [[prison]]  of  {warsaw}  was full.  [[War]] ,  [[flu]] ,  [[prison]]  in  [[Europe]] , \
             all  [[Europe]] : its {word} was small.\n"
        )
    };
    let vault = Sandbox::new();
    vault.write("a.md", text("in [[flu]] ence", "[[ [[War]] saw]]"));
    vault.write("b.md", text("in [[flu]] ence", "[[ [[War]] saw]]"));
    // One and then the other, or both at once.
    vault.run(&["fix", "a.md"]).code(1);
    assert_eq!(String::from_utf8(vault.read("a.md")).unwrap(), text("in [[flu]] ence", "[[ War saw]]"));
    vault.run(&["fix", "--unsafe"]);
    for note in ["a.md", "b.md"] {
        assert_eq!(String::from_utf8(vault.read(note)).unwrap(), text("influence", "[[ War saw]]"), "{note}");
    }
}

#[test]
fn untouched_notes_keep_their_time() {
    let vault = Sandbox::new();
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    for (name, text) in [("whole.md", WHOLE), ("left.md", "[[never closed\n"), ("broken.md", BROKEN)] {
        let file = File::options().write(true).open(vault.write(name, text)).unwrap();
        file.set_modified(long_ago).unwrap();
    }
    vault.run(&["fix"]).code(1).says("1 repair in 1 note");
    let time = |name: &str| fs::metadata(vault.at(name)).unwrap().modified().unwrap();
    assert_eq!((time("whole.md"), time("left.md")), (long_ago, long_ago));
    assert_ne!(time("broken.md"), long_ago);
}

#[test]
fn a_file_that_changed_meanwhile_is_not_overwritten() {
    let vault = Sandbox::new();
    let file = vault.write("a.md", "saved by an editor\n");
    assert!(matches!(replace(&file, BROKEN, WHOLE), Err(Refusal::Changed)));
    assert_eq!(vault.read("a.md"), b"saved by an editor\n");
    fs::remove_file(&file).unwrap();
    assert!(matches!(replace(&file, BROKEN, WHOLE), Err(Refusal::Io(_))));
    assert!(!file.exists(), "what was deleted stays deleted");
    let left: Vec<_> = fs::read_dir(vault.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, [".obsidian"], "no temporary file is left");
}

#[test]
fn notes_that_cannot_be_read_are_findings_and_the_others_are_repaired() {
    let vault = Sandbox::new();
    let latin = b"caf\xe9 [[[[War]]saw]]\n";
    vault.write("latin.md", latin);
    vault.write("utf16.md", b"\xff\xfe[\0[\0");
    let large = vault.write("large.md", BROKEN);
    File::options().write(true).open(large).unwrap().set_len(64 * 1024 * 1024 + 1).unwrap();
    vault.write("a.md", BROKEN);
    let ran = vault.run(&["fix", "--format", "short"]).code(1);
    let ran = ran.says("latin.md:1:1: error[note/unreadable] not UTF-8: the first bad byte is at offset 3");
    ran.says("large.md:1:1: error[note/unreadable] too large").says("utf16.md:1:1: error[note/unreadable]");
    assert_eq!(vault.read("a.md"), WHOLE.as_bytes());
    assert_eq!(vault.read("latin.md"), latin);
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

    use super::*;
    use sandbox::permissions_bind;

    #[test]
    fn the_mode_is_kept() {
        let vault = Sandbox::new();
        for mode in [0o600, 0o644, 0o660, 0o755, 0o606] {
            let file = vault.write("a.md", BROKEN);
            fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
            vault.run(&["fix"]).code(0);
            assert_eq!(vault.read("a.md"), WHOLE.as_bytes());
            assert_eq!(fs::metadata(&file).unwrap().mode() & 0o7777, mode);
        }
    }

    #[test]
    fn the_owner_is_kept() {
        let vault = Sandbox::new();
        let file = vault.write("a.md", BROKEN);
        if std::os::unix::fs::chown(&file, Some(12345), Some(12346)).is_err() {
            eprintln!("skipped: only root can give files away");
            return;
        }
        vault.run(&["fix"]).code(0);
        let after = fs::metadata(&file).unwrap();
        assert_eq!((after.uid(), after.gid()), (12345, 12346));
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn attributes_and_access_control_lists_are_kept() {
        let vault = Sandbox::new();
        let file = vault.write("a.md", BROKEN);
        // The owner, a user, the group, the most that those two may do, and the others: tag, permissions, id.
        let list = [(1, 6, -1), (2, 4, 12345), (4, 4, -1), (16, 6, -1), (32, 0, -1)];
        let list = list.map(|(tag, may, id): (u16, u16, i32)| {
            [&tag.to_le_bytes()[..], &may.to_le_bytes(), &id.to_le_bytes()].concat()
        });
        let list = [&2u32.to_le_bytes()[..], &list.concat()].concat();
        let all = [("user.mine", b"x".to_vec()), ("system.posix_acl_access", list)];
        let set: Vec<_> = all.iter().filter(|(name, value)| xattr::set(&file, name, value).is_ok()).collect();
        if set.is_empty() {
            eprintln!("skipped: this file system has no attributes");
        }
        vault.run(&["fix"]).code(0);
        assert_eq!(vault.read("a.md"), WHOLE.as_bytes());
        for (name, value) in set {
            assert_eq!(xattr::get(&file, name).unwrap().as_ref(), Some(value), "{name}");
        }
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn another_group_may_do_no_more_than_everybody() {
        let (vault, program) = (Sandbox::new(), vaultmend(Path::new("/")));
        let file = vault.write("a.md", BROKEN);
        fs::set_permissions(vault.path(), fs::Permissions::from_mode(0o777)).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o664)).unwrap();
        let mut other = Command::new("setpriv");
        other.args(["--reuid", "12345", "--regid", "12345", "--clear-groups"]).current_dir(vault.path());
        let given = std::os::unix::fs::chown(&file, Some(12345), Some(12346)).is_ok();
        let ran = given.then(|| other.arg(program.get_program()).arg("fix").output());
        if !ran.is_some_and(|ran| ran.is_ok_and(|ran| ran.status.success())) {
            eprintln!("skipped: nobody else can run the program here (not root?)");
            return;
        }
        let after = fs::metadata(&file).unwrap();
        assert_eq!((after.gid(), after.mode() & 0o777), (12345, 0o644));
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn the_group_is_kept_by_one_who_is_not_the_owner() {
        let (vault, program) = (Sandbox::new(), vaultmend(Path::new("/")));
        let file = vault.write("a.md", BROKEN);
        let mut other = Command::new("setpriv");
        other.args(["--reuid", "12345", "--regid", "12345", "--groups", "12346"]).current_dir(vault.path());
        let shared = fs::Permissions::from_mode(0o777);
        fs::set_permissions(vault.path(), shared).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o660)).unwrap();
        let given = std::os::unix::fs::chown(&file, Some(0), Some(12346)).is_ok();
        let ran = given.then(|| other.arg(program.get_program()).arg("fix").output());
        // Where the program itself lies in a folder that others cannot enter, it cannot be run either.
        if !ran.is_some_and(|ran| ran.is_ok_and(|ran| ran.status.success())) {
            eprintln!("skipped: nobody else can run the program here (not root?)");
            return;
        }
        let after = fs::metadata(&file).unwrap();
        assert_eq!((after.uid(), after.gid(), after.mode() & 0o777), (12345, 12346, 0o660));
        assert_eq!(vault.read("a.md"), WHOLE.as_bytes());
    }

    #[test]
    fn a_link_given_by_name_is_followed_and_stays_one() {
        let (vault, other) = (Sandbox::new(), Sandbox::new());
        let real = other.write("real.md", BROKEN);
        symlink(&real, vault.at("link.md")).unwrap();
        symlink("link.md", vault.at("second.md")).unwrap();
        vault.run(&["fix"]).code(0).says("nothing was checked");
        assert_eq!(other.read("real.md"), BROKEN.as_bytes());
        vault.run(&["fix", "second.md"]).code(0);
        assert_eq!(other.read("real.md"), WHOLE.as_bytes());
        for link in ["link.md", "second.md"] {
            assert!(fs::symlink_metadata(vault.at(link)).unwrap().is_symlink(), "{link}");
        }
    }

    #[test]
    fn a_read_only_note_is_a_finding_and_stays_as_it_was() {
        if !permissions_bind() {
            return;
        }
        let vault = Sandbox::new();
        let file = vault.write("locked.md", BROKEN);
        vault.write("z.md", BROKEN);
        fs::set_permissions(&file, fs::Permissions::from_mode(0o444)).unwrap();
        let ran = vault.run(&["fix", "--format", "short", "--fail-on", "never"]).code(2);
        let ran = ran.says("locked.md:1:1: error[note/unwritable] the note was not repaired: the file is read-only");
        ran.says("1 note could not be written");
        assert_eq!(vault.read("locked.md"), BROKEN.as_bytes());
        assert_eq!(vault.read("z.md"), WHOLE.as_bytes());
        let ran = vault.run(&["unlink", "Warsaw"]).code(2).says("note/unwritable");
        ran.says("run the same command again").never_says("vaultmend fix");
        vault.run(&["check", "--suppress"]).code(2).says("left alone: locked.md: the file is read-only");
    }

    #[test]
    fn a_note_in_a_locked_folder_is_a_finding_and_stays_as_it_was() {
        if !permissions_bind() {
            return;
        }
        let vault = Sandbox::new();
        vault.write("locked/a.md", BROKEN);
        fs::set_permissions(vault.at("locked"), fs::Permissions::from_mode(0o555)).unwrap();
        vault.run(&["fix"]).code(2).says("note/unwritable").says("cannot be written");
        assert_eq!(vault.read("locked/a.md"), BROKEN.as_bytes());
        fs::set_permissions(vault.at("locked"), fs::Permissions::from_mode(0o755)).unwrap();
    }

    #[test]
    fn a_note_without_leave_to_read_is_a_finding() {
        if !permissions_bind() {
            return;
        }
        let vault = Sandbox::new();
        let file = vault.write("secret.md", BROKEN);
        vault.write("a.md", BROKEN);
        fs::set_permissions(&file, fs::Permissions::from_mode(0o000)).unwrap();
        vault.run(&["fix", "--format", "short"]).code(1).says("secret.md:1:1: error[note/unreadable] cannot be read");
        assert_eq!(vault.read("a.md"), WHOLE.as_bytes());
    }
}
