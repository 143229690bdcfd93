//! `--staged`: what is reported is what the next commit brings, by real repositories.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::print_stderr)]

mod repository;
mod sandbox;

use std::fs;

use repository::{NEW, OLD, Repository, has_git, try_git, with_old_notes};

#[test]
fn what_is_staged_is_checked_as_it_is_staged() {
    if !has_git() {
        return;
    }
    let repository = with_old_notes();
    repository.write("old.md", format!("{NEW}{OLD}"));
    repository.write("gone.md", NEW);
    repository.git(&["add", "--all"]);
    // The work tree goes on: repaired, one line lower, and one note deleted.
    repository.write("old.md", format!("A line.\nOn preparations then.\n{OLD}{NEW}"));
    fs::remove_file(repository.vault.at("gone.md")).unwrap();
    assert_eq!(repository.places(&["--staged"]), ["gone.md:1", "old.md:1"]);
    assert_eq!(repository.places(&["--staged", "--whole-notes"]), ["gone.md:1", "old.md:1", "old.md:4"]);
    repository.git(&["add", "--all"]);
    assert_eq!(repository.places(&["--staged"]), ["old.md:8"]);
}

#[test]
fn a_staged_note_whose_file_is_gone_is_not_passed_over_by_repairs() {
    if !has_git() {
        return;
    }
    let repository = with_old_notes();
    repository.write("gone.md", NEW);
    repository.write("sub/old.md", NEW);
    repository.git(&["add", "--all"]);
    fs::remove_file(repository.vault.at("gone.md")).unwrap();
    for more in [&[][..], &["--diff"]] {
        let ran = repository.run(&[&["fix", "--staged"], more].concat()).code(2);
        ran.says("`gone.md` has changes that are not staged");
    }
    // Asked about elsewhere, it is in nobody's way.
    repository.run(&["fix", "--staged", "sub"]).code(0).says("1 repair in 1 note");
}

#[test]
fn the_first_commit_of_a_repository_can_be_checked() {
    if !has_git() {
        return;
    }
    let repository = Repository::new();
    repository.write("a.md", NEW);
    repository.git(&["add", "--all"]);
    assert_eq!(repository.places(&["--staged"]), ["a.md:1"]);
    repository.run(&["check", "--since", "HEAD"]).code(2).says("there is no commit yet");
}

#[cfg(unix)]
/// As with git-crypt: what git stores is not what readers see.
#[test]
fn what_filters_make_of_a_note_is_judged_and_not_what_is_stored() {
    if !has_git() {
        return;
    }
    let repository = Repository::new();
    repository.git(&["config", "filter.angled.clean", "tr '[]' '<>'"]);
    repository.git(&["config", "filter.angled.smudge", "tr '<>' '[]'"]);
    repository.write(".gitattributes", "*.md filter=angled\n");
    repository.write("-a b.md", "---\nup: [[A]]\nx: y\n---\nText.\n");
    let odd = ["new\nline.md", " blank.md"];
    odd.iter().for_each(|name| repository.write(name, OLD));
    repository.commit();
    repository.write("-a b.md", "---\nup: [[A]]\nx: z\n---\nText.\n");
    assert!(repository.places(&["--since", "HEAD"]).is_empty(), "the link without quotes is old");
    repository.write("-a b.md", format!("{OLD}{NEW}"));
    odd.iter().for_each(|name| repository.write(name, format!("{OLD}{NEW}")));
    repository.git(&["add", "--all"]);
    repository.write("-a b.md", "Text.\n");
    assert_eq!(repository.places(&["--staged", "./-a b.md"]), ["./-a b.md:3", "./-a b.md:6"]);
    assert_eq!(repository.places(&["--staged"]).len(), 4);
}

#[test]
fn a_note_in_a_conflict_is_reported_as_a_whole() {
    if !has_git() {
        return;
    }
    let repository = with_old_notes();
    repository.git(&["checkout", "-q", "-b", "two"]);
    repository.write("old.md", format!("two\n{OLD}"));
    repository.commit();
    repository.git(&["checkout", "-q", "main"]);
    repository.write("old.md", format!("one\n{OLD}"));
    repository.commit();
    assert!(!try_git(&repository.vault.path(), &["merge", "two"]).status.success());
    assert_eq!(repository.places(&["--staged"]), ["old.md:8"]);
}

#[cfg(unix)]
#[test]
fn a_hook_checks_the_commit_that_is_being_made() {
    use repository::git;
    use std::os::unix::fs::PermissionsExt;

    if !has_git() {
        return;
    }
    let repository = Repository::new();
    repository.write("vault/.obsidian/app.json", "{}");
    repository.write("vault/old.md", OLD);
    repository.commit();
    let program = env!("CARGO_BIN_EXE_vaultmend");
    repository
        .write(".git/hooks/pre-commit", format!("#!/bin/sh\nexec '{program}' check --staged --format short vault\n"));
    let hook = repository.vault.at(".git/hooks/pre-commit");
    fs::set_permissions(hook, fs::Permissions::from_mode(0o755)).unwrap();
    let commit = || {
        let output = try_git(&repository.vault.at("vault"), &["commit", "--all", "-qm", "all"]);
        (output.status.success(), String::from_utf8(output.stderr).unwrap())
    };
    repository.write("vault/old.md", format!("{OLD}{NEW}"));
    // `commit --all` stages into an index of its own, which only the hook is told of.
    let (done, said) = commit();
    assert!(!done && said.contains("1 error"), "{said}");
    repository.write("vault/old.md", format!("{OLD}Fine.\n"));
    let (done, said) = commit();
    assert!(done, "{said}");
    // In another work tree git tells the hook where the repository is.
    let tree = tempfile::tempdir().unwrap();
    let tree = tree.path().join("tree");
    repository.git(&["worktree", "add", "-q", "-b", "two", tree.to_str().unwrap()]);
    fs::write(tree.join("vault/new.md"), NEW).unwrap();
    git(&tree, &["add", "--all"]);
    let output = try_git(&tree.join("vault"), &["commit", "-qm", "bad"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success() && said.contains("1 error"), "{said}");
}

#[cfg(unix)]
#[test]
fn a_hook_that_goes_into_a_folder_is_about_the_same_work_tree() {
    use repository::git;
    use std::os::unix::fs::PermissionsExt;

    if !has_git() {
        return;
    }
    let repository = Repository::new();
    repository.write("notes/old.md", OLD);
    repository.write("notes/other.md", OLD);
    repository.commit();
    let program = env!("CARGO_BIN_EXE_vaultmend");
    let hook =
        format!("#!/bin/sh\ncd notes\nfor c in check fix; do '{program}' $c --staged --format short; done\nfalse\n");
    repository.write(".git/hooks/pre-commit", hook);
    let hook = repository.vault.at(".git/hooks/pre-commit");
    fs::set_permissions(hook, fs::Permissions::from_mode(0o755)).unwrap();
    let trees = tempfile::tempdir().unwrap();
    let tree = trees.path().join("tree");
    repository.git(&["worktree", "add", "-q", "-b", "two", tree.to_str().unwrap()]);
    for top in [repository.vault.path(), tree] {
        for how in [&["commit", "-qm", "x"][..], &["commit", "-qam", "x"], &["commit", "-qm", "x", "notes/old.md"]] {
            fs::write(top.join("notes/old.md"), format!("{OLD}{NEW}")).unwrap();
            fs::write(top.join("notes/other.md"), format!("{NEW}{OLD}")).unwrap();
            git(&top, &["add", "notes/old.md"]);
            let output = try_git(&top, how);
            let said = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
            assert!(said.contains("\nold.md:6:") || said.starts_with("old.md:6:"), "{how:?}: {said}");
            assert_eq!(said.contains("other.md:1:"), how[1] == "-qam", "{how:?}: {said}");
            assert!(!said.contains("old.md:3:"), "{how:?}: {said}");
            assert!(
                fs::read_to_string(top.join("notes/old.md")).unwrap().ends_with("On preparations then.\n"),
                "{said}"
            );
            git(&top, &["reset", "-q", "--hard"]);
        }
    }
}
