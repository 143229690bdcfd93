//! Which notes are looked at: names, places and folders that a wary user would try.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::print_stderr)]

mod sandbox;

use sandbox::{BROKEN, Sandbox, WHOLE, finish, vaultmend};
use vaultmend::note::Note;
use vaultmend::vault::Vault;

#[test]
fn a_gitignore_rules_its_own_folder_only() {
    let vault = Sandbox::new();
    vault.write("a/.gitignore", "*.md\n");
    vault.write("a/x.md", BROKEN);
    vault.write("b/x.md", BROKEN);
    let ran = vault.run(&["check", "--format", "short"]).code(1);
    assert!(ran.says("b/x.md:1:5").output.stdout.starts_with(b"b/"));
}

#[test]
fn the_innermost_gitignore_decides() {
    let vault = Sandbox::new();
    vault.write(".gitignore", "drafts/*\n!drafts/kept.md\n/only-here.md\n*.tmp.md\nbuild/\n");
    vault.write("sub/.gitignore", "!keep.tmp.md\n");
    for name in ["drafts/kept.md", "sub/keep.tmp.md", "sub/only-here.md"] {
        vault.write(name, BROKEN);
    }
    for name in ["drafts/lost.md", "only-here.md", "a.tmp.md", "sub/b.tmp.md", "build/c.md"] {
        vault.write(name, BROKEN);
    }
    let ran = vault.run(&["check", "--format", "short"]).code(1);
    let shown: Vec<String> = ran.stdout().lines().map(|line| line.split(':').next().unwrap().to_owned()).collect();
    assert_eq!(shown, ["drafts/kept.md", "sub/keep.tmp.md", "sub/only-here.md"]);
}

#[test]
fn a_gitignore_above_the_vault_holds_up_to_the_repository() {
    let repository = Sandbox::new();
    repository.write(".git/HEAD", "");
    repository.write(".gitignore", "*.draft.md\n");
    repository.write("vault/vaultmend.toml", "");
    repository.write("vault/a.draft.md", BROKEN);
    repository.write("vault/a.md", WHOLE);
    repository.run(&["check", "vault"]).code(0).says("1 note checked");
}

#[test]
fn hidden_folders_are_passed_over_unless_they_or_notes_in_them_are_named() {
    let vault = Sandbox::new();
    vault.write(".trash/old.md", BROKEN);
    vault.write(".obsidian/snippet.md", BROKEN);
    vault.write("a.md", WHOLE);
    vault.run(&["check"]).code(0).says("1 note checked");
    vault.run(&["check", ".trash/old.md"]).code(1).says("old.md");
    vault.write(".trash/.deeper/older.md", BROKEN);
    vault.run(&["check", ".trash"]).code(1).says("old.md").says("(1 note checked");
    vault.run(&["check", ".trash/.deeper", "a.md"]).code(1).says("older.md").says("(2 notes checked");
    vault.run(&["fix", ".trash"]).code(0).says("repaired .trash/old.md");
    assert_eq!(vault.read(".trash/.deeper/older.md"), BROKEN.as_bytes());
}

#[test]
fn an_ignored_folder_is_looked_into_where_it_is_named() {
    let vault = Sandbox::new();
    vault.write(".gitignore", "out/\n*.tmp.md\n");
    vault.write("vaultmend.toml", "ignore = ['kept-out/**']\n");
    for name in ["out/a.md", "out/deep/b.md", "out/c.tmp.md", "kept-out/d.md"] {
        vault.write(name, BROKEN);
    }
    vault.write("note.md", WHOLE);
    vault.run(&["check"]).code(0).says("1 note checked");
    vault.run(&["check", "out"]).code(1).says("(2 notes checked");
    vault.run(&["check", "out/deep", "out"]).code(1).says("(2 notes checked");
    vault.run(&["check", "kept-out"]).code(0).says("nothing was checked");
}

#[test]
#[cfg(unix)]
fn a_link_to_a_folder_is_followed_where_it_is_named() {
    use std::os::unix::fs::symlink;
    let (vault, other) = (Sandbox::new(), tempfile::tempdir().unwrap());
    vault.write("real/deep/a.md", BROKEN);
    std::fs::write(other.path().join("b.md"), BROKEN).unwrap();
    symlink("real", vault.at("link")).unwrap();
    symlink(other.path(), vault.at("out")).unwrap();
    vault.run(&["check", "--format", "short"]).code(1).says("(1 note checked");
    // A note of the vault has one path, whatever way leads to it.
    for path in ["link", "link/", "link/deep", "real"] {
        vault.run(&["check", "--format", "short", path]).code(1).says("real/deep/a.md:1:5: ").says("(1 note checked");
    }
    vault.run(&["check", "--format", "short", "link", "real"]).code(1).says("(1 note checked");
    vault.run(&["check", "--format", "short", "out"]).code(1).says("out/b.md:1:5: ").says("(1 note checked");
    symlink("..", vault.at("up")).unwrap();
    vault.run(&["check", "up"]).code(2).says("a folder around the vault");
    vault.run(&["fix", "out", "link"]).code(0).says("2 repairs in 2 notes");
    assert_eq!(std::fs::read_to_string(other.path().join("b.md")).unwrap(), WHOLE);
}

#[test]
#[cfg(unix)]
fn a_backslash_is_a_part_of_a_name() {
    let vault = Sandbox::new();
    vault.write("b\\s.md", BROKEN);
    for format in
        ["human", "short", "json", "json-lines", "gitlab", "rdjson", "junit", "checkstyle", "github", "markdown"]
    {
        vault.run(&["check", "--format", format]).code(1).never_says("b/s.md");
    }
    vault.run(&["check", "--format", "sarif"]).code(1).says("b%5Cs.md");
    vault.run(&["check", "--format", "short"]).code(1).says("b\\s.md:1:5: ");
}

#[test]
fn two_folders_without_a_mark_are_one_vault_in_either_order() {
    // No `.obsidian` above them: a folder of its own.
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    if at.ancestors().any(|up| [".git", ".obsidian", "vaultmend.toml"].iter().any(|mark| up.join(mark).exists())) {
        eprintln!("skipped: the folder for temporary files lies in a vault");
        return;
    }
    std::fs::create_dir(at.join("one")).unwrap();
    std::fs::write(at.join("one/a.md"), BROKEN).unwrap();
    std::fs::write(at.join("b.md"), WHOLE).unwrap();
    for paths in [["one/a.md", "b.md"], ["b.md", "one/a.md"], ["one", "b.md"]] {
        finish(vaultmend(at).arg("check").args(paths), b"").code(1).says("(2 notes checked)");
    }
}

#[test]
fn two_vaults_in_one_call_are_refused() {
    let both = tempfile::tempdir().unwrap();
    for vault in ["one", "two"] {
        std::fs::create_dir_all(both.path().join(vault).join(".obsidian")).unwrap();
        std::fs::write(both.path().join(vault).join("a.md"), BROKEN).unwrap();
    }
    finish(vaultmend(both.path()).args(["check", "one", "two"]), b"").code(2).says("check one vault at a time");
    finish(vaultmend(both.path()).args(["fix", "two", "one"]), b"").code(2);
    assert_eq!(std::fs::read_to_string(both.path().join("two/a.md")).unwrap(), BROKEN);
}

#[test]
fn a_vault_inside_a_vault_belongs_to_the_outer_one_in_either_order() {
    let vault = Sandbox::new();
    vault.write("a.md", WHOLE);
    vault.write("inner/.obsidian/x", "");
    vault.write("inner/b.md", WHOLE);
    vault.run(&["check", ".", "inner"]).code(0).says("2 notes");
    vault.run(&["check", "inner", "."]).code(0).says("2 notes");
}

#[test]
fn an_empty_path_is_refused() {
    let vault = Sandbox::new();
    vault.write("a.md", BROKEN);
    vault.run(&["fix", ""]).code(2);
    assert_eq!(vault.read("a.md"), BROKEN.as_bytes());
}

#[test]
fn paths_may_be_above_absolute_or_below() {
    let vault = Sandbox::new();
    vault.write("my notes/deep/a.md", BROKEN);
    vault.write("my notes/b.md", BROKEN);
    let deep = vault.at("my notes/deep");
    finish(vaultmend(&deep).args(["check", "--format", "short"]), b"").code(1).says("a.md:1:5").never_says("b.md");
    finish(vaultmend(&deep).args(["check", "..", "--format", "short"]), b"").code(1).says("a.md:1:5").says("b.md:1:5");
    let absolute = vault.at("my notes/b.md");
    finish(vaultmend(&deep).arg("fix").arg(absolute), b"").code(0);
    assert_eq!(vault.read("my notes/b.md"), WHOLE.as_bytes());
    assert_eq!(vault.read("my notes/deep/a.md"), BROKEN.as_bytes());
}

#[test]
fn folders_that_look_like_notes_are_folders() {
    let vault = Sandbox::new();
    vault.write("x.md/in.md", BROKEN);
    vault.run(&["check"]).code(1).says("x.md/in.md");
    vault.run(&["fix", "x.md"]).code(0).says("repaired x.md/in.md");
}

#[test]
fn small_notes_are_notes() {
    let vault = Sandbox::new();
    vault.write("empty.md", "");
    vault.write("frontmatter.md", "---\ntitle: x\n---\n");
    vault.write("newline.md", "\n");
    vault.write("mark.md", "\u{feff}");
    vault.write("loud.MD", BROKEN);
    vault.run(&["check", "--format", "short"]).code(1).says("loud.MD").says("5 notes checked");
}

#[test]
fn the_ending_of_a_note_may_be_in_capitals() {
    let mut vault = Vault::default();
    vault.add(&Note::parse("sub/Loud.MD", ""));
    assert!(vault.knows("loud") && vault.knows("Loud.md") && vault.knows("sub/loud"));
}

#[test]
fn the_vault_around_is_looked_up_whichever_note_is_checked() {
    let vault = Sandbox::new();
    vault.write("files/my map.png", "");
    vault.write("deep/a.md", "![[my [[map]].png]]\n");
    vault.write("b.md", BROKEN);
    vault.run(&["fix", "deep/a.md"]).code(0);
    assert_eq!(vault.read("deep/a.md"), b"![[my map.png]]\n");
    assert_eq!(vault.read("b.md"), BROKEN.as_bytes());
}

#[test]
fn a_name_for_standard_input_must_be_that_of_a_note() {
    let vault = Sandbox::new();
    vault.write("folder/a.md", BROKEN);
    for name in ["folder", "x.txt", "."] {
        vault.run_with(&["fix", "-", "--stdin-filename", name], b"text").code(2).says("names no note");
    }
    let ran = vault.run_with(&["check", "-", "--stdin-filename", "new/x.md", "--format", "short"], BROKEN.as_bytes());
    assert_eq!(ran.code(1).stdout(), "new/x.md:1:5: error[links/nested-link] a link inside the link `Warsaw`\n");
}

#[test]
fn folders_of_rules_are_beside_the_configuration_that_names_them() {
    let vault = Sandbox::new();
    let rule = "check = 'pattern'\nsummary = 'x'\nseverity = 'error'\ndocs = 'x'\n[params]\nfind = 'foo'\nmessage = 'foo here'\n";
    vault.write("team/own/no-foo.toml", rule);
    vault.write("team/vaultmend.toml", "packs = ['./own']\n");
    vault.write("a.md", "foo\n");
    vault.run(&["check", "--config", "team/vaultmend.toml", "a.md"]).code(1).says("own/no-foo");
}

#[test]
fn a_finding_of_a_hundred_places_points_at_ten() {
    let vault = Sandbox::new();
    vault.write("deep.md", format!("{}a{}\n", "[[".repeat(100), "]]".repeat(100)));
    let ran = vault.run(&["check"]).code(1).says("89 more places not shown");
    assert!(ran.stdout().lines().count() < 40);
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::symlink;
    use std::process::Command;

    use super::*;

    #[test]
    fn a_pipe_is_no_note() {
        let vault = Sandbox::new();
        if !Command::new("mkfifo").arg(vault.at("y.md")).status().is_ok_and(|status| status.success()) {
            eprintln!("skipped: there is no mkfifo");
            return;
        }
        vault.write("a.md", WHOLE);
        vault.run(&["check"]).code(0);
        vault.run(&["check", "y.md"]).code(1).says("note/unreadable").says("no regular file");
        symlink("/dev/zero", vault.at("zero.md")).unwrap();
        vault.run(&["fix", "zero.md"]).code(1).says("no regular file");
    }

    #[test]
    fn a_link_to_nowhere_is_a_finding_when_named_and_nothing_else() {
        let vault = Sandbox::new();
        vault.write("a.md", WHOLE);
        symlink("nowhere", vault.at("z.md")).unwrap();
        vault.run(&["check"]).code(0).says("1 note checked");
        vault.run(&["check", "z.md"]).code(1).says("cannot be read");
    }

    #[test]
    fn one_note_under_two_names_is_repaired_once() {
        let vault = Sandbox::new();
        vault.write("a.md", BROKEN);
        symlink("a.md", vault.at("b.md")).unwrap();
        vault.run(&["fix", "a.md", "b.md"]).code(0).says("1 note checked");
        assert_eq!(vault.read("a.md"), WHOLE.as_bytes());
        assert!(vault.at("b.md").is_symlink());
    }

    #[test]
    fn linked_folders_are_not_walked() {
        let (vault, other) = (Sandbox::new(), Sandbox::new());
        other.write("b.md", BROKEN);
        symlink(other.path(), vault.at("linked")).unwrap();
        symlink(vault.path(), vault.at("round")).unwrap();
        vault.write("a.md", WHOLE);
        vault.run(&["fix"]).code(0).says("1 note checked");
        assert_eq!(other.read("b.md"), BROKEN.as_bytes());
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_name_that_is_not_unicode_is_a_finding_and_takes_no_other_note_for_it() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;
        let vault = Sandbox::new();
        let bad = OsStr::from_bytes(b"bad\xff.md");
        vault.write(bad, BROKEN);
        vault.write("bad\u{fffd}.md", BROKEN);
        vault
            .run(&["check", "--format", "short"])
            .code(1)
            .says("note/unreadable")
            .says("not Unicode")
            .says(":1:5: error");
        finish(vaultmend(&vault.path()).arg("fix").arg(bad), b"").code(1).says("not Unicode");
        assert_eq!(vault.read(bad), BROKEN.as_bytes());
        assert_eq!(vault.read("bad\u{fffd}.md"), BROKEN.as_bytes());
        vault.run(&["fix"]).code(1).says("1 repair in 1 note");
        assert_eq!(vault.read("bad\u{fffd}.md"), WHOLE.as_bytes());
    }

    #[test]
    fn what_steers_a_terminal_is_never_printed() {
        let vault = Sandbox::new();
        let text = "a \u{1b}[31m\u{7}\u{9b}2J\u{202e} [[[[War]]\u{1b}]8;;x\u{7}saw]]\n";
        vault.write("esc\u{1b}[2J\nnew\u{202e}.md", text);
        vault.write("vaultmend.toml", "ignore = [\"gone\\u001b[31m\"]\n");
        for format in ["human", "short", "json"] {
            for command in [&["check"][..], &["fix", "--fail-on", "info"], &["check", "nothere\u{1b}[2J"]] {
                vault.write("esc\u{1b}[2J\nnew\u{202e}.md", text);
                let ran = vault.run(&[command, &["--format", format, "--color", "never"]].concat());
                let said = ran.stdout() + &ran.stderr();
                let steers = |c: char| c.is_control() && c != '\n' || format != "json" && c == '\u{202e}';
                assert_eq!(said.chars().find(|c| steers(*c)), None, "{format} {command:?}: {said:?}");
            }
        }
        vault.write("vaultmend.toml", "x\u{1b}[31m = 1\n");
        vault.run(&["check", "--color", "never"]).code(2).never_says("\u{1b}");
        vault.write("vaultmend.toml", "\"x\\u001b[31m\" = 1\n");
        vault.run(&["check", "--color", "always"]).code(2).never_says("x\u{1b}[31m");
    }
}
