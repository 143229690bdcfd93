//! `--since`: what is reported is what has changed, by real repositories.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::print_stderr)]

mod repository;
mod sandbox;

use std::fs;
use std::path::Path;

use repository::{NEW, OLD, Repository, git, has_git, places, run_in, with_old_notes};

#[test]
fn only_changed_lines_are_reported() {
    if !has_git() {
        return;
    }
    let repository = with_old_notes();
    repository.write("old.md", format!("{OLD}{NEW}"));
    assert_eq!(repository.places(&["--since", "HEAD"]), ["old.md:6"]);
    repository.run(&["check", "--since", "HEAD"]).code(1).says("1 note checked, 2 read").says("1 outside");
    assert_eq!(repository.places(&["--since", "HEAD", "--whole-notes"]), ["old.md:3", "old.md:6"]);
    repository.commit();
    assert_eq!(repository.places(&["--since", "HEAD~1"]), ["old.md:6"]);
    repository.run(&["check", "--since", "HEAD"]).code(0).says("no note here has changed since `HEAD`");
}

#[test]
fn a_line_that_moved_has_not_changed() {
    if !has_git() {
        return;
    }
    let repository = with_old_notes();
    repository.write("old.md", format!("# Old\n\nA new line.\n{}", &OLD[6..]));
    assert!(repository.places(&["--since", "HEAD"]).is_empty());
    repository.write("old.md", OLD.replace("It had", "They had"));
    assert_eq!(repository.places(&["--since", "HEAD"]), ["old.md:3"]);
}

#[test]
fn the_merge_base_counts_and_not_what_the_other_branch_did_since() {
    if !has_git() {
        return;
    }
    let repository = with_old_notes();
    repository.git(&["checkout", "-q", "-b", "feature"]);
    repository.write("feature.md", NEW);
    repository.commit();
    repository.git(&["checkout", "-q", "main"]);
    repository.write("other.md", OLD.replace("in[[flu]]ence", "influence"));
    repository.commit();
    repository.git(&["checkout", "-q", "feature"]);
    assert_eq!(repository.places(&["--since", "main"]), ["feature.md:1"]);
}

#[test]
fn notes_that_git_does_not_know_yet_are_new_and_those_it_ignores_are_none() {
    if !has_git() {
        return;
    }
    let repository = with_old_notes();
    repository.write(".gitignore", "ignored/\n");
    repository.write("ignored/a.md", NEW);
    repository.write("new/a.md", NEW);
    repository.write("staged.MD", NEW);
    repository.git(&["add", "staged.MD"]);
    assert_eq!(repository.places(&["--since", "HEAD"]), ["new/a.md:1", "staged.MD:1"]);
    assert_eq!(repository.places(&["--staged"]), ["staged.MD:1"]);
    assert_eq!(repository.places(&["--since", "HEAD", "new"]), ["new/a.md:1"]);
}

#[test]
fn any_name_that_a_file_can_have_is_found_again() {
    if !has_git() {
        return;
    }
    let mut names = vec!["a b.md", "é/日本.md", "-x.md", "%0A.md", "sub/[a].md"];
    if cfg!(unix) {
        names.extend([
            ":(top)x.md",
            "\"quoted\".md",
            "new\nline.md",
            "tab\there.md",
            "back\\slash.md",
            "a::error title=x.md",
        ]);
    }
    let repository = with_old_notes();
    names.iter().for_each(|name| repository.write(name, OLD));
    repository.commit();
    names.iter().for_each(|name| repository.write(name, format!("{OLD}{NEW}")));
    repository.write(if cfg!(unix) { "new é\n\".md" } else { "new é.md" }, NEW);
    let count = |arguments: &[&str]| repository.places(arguments).len();
    assert_eq!(count(&["--since", "HEAD"]), names.len() + 1);
    repository.git(&["add", "--all"]);
    assert_eq!(count(&["--staged"]), names.len() + 1);
    repository.commit();
    assert_eq!(count(&["--since", "HEAD~1"]), names.len() + 1);
}

#[test]
fn a_renamed_note_has_changed_where_its_lines_have() {
    if !has_git() {
        return;
    }
    let repository = with_old_notes();
    fs::create_dir(repository.vault.at("deep")).unwrap();
    repository.git(&["mv", "old.md", "deep/new.md"]);
    assert!(repository.places(&["--since", "HEAD"]).is_empty());
    assert!(repository.places(&["--staged"]).is_empty());
    assert_eq!(repository.places(&["--since", "HEAD", "--whole-notes"]), ["deep/new.md:3"]);
    repository.write("deep/new.md", format!("{OLD}{NEW}"));
    assert_eq!(repository.places(&["--since", "HEAD"]), ["deep/new.md:6"]);
}

#[test]
fn deleted_notes_do_not_matter() {
    if !has_git() {
        return;
    }
    let repository = with_old_notes();
    fs::remove_file(repository.vault.at("old.md")).unwrap();
    repository.git(&["rm", "-q", "other.md"]);
    repository.run(&["check", "--since", "HEAD"]).code(0).says("no note here has changed");
    repository.run(&["check", "--staged"]).code(0).says("no note here is staged");
}

#[test]
fn a_vault_in_a_folder_of_the_repository_is_asked_about_alone() {
    if !has_git() {
        return;
    }
    let repository = Repository::new();
    repository.write("docs [x]/vault/.obsidian/app.json", "{}");
    repository.write("docs [x]/vault/a.md", OLD);
    repository.write("a.md", OLD);
    repository.commit();
    repository.write("docs [x]/vault/a.md", format!("{OLD}{NEW}"));
    repository.write("docs [x]/vault/b/new.md", NEW);
    repository.write("a.md", format!("{NEW}{OLD}"));
    let vault = repository.vault.at("docs [x]/vault");
    let check = |folder: &Path, more: &[&str]| {
        let arguments = [&["check", "--format", "short", "--since", "HEAD"], more].concat();
        places(&run_in(folder, &arguments).code(1))
    };
    assert_eq!(check(&vault, &[]), ["a.md:6", "b/new.md:1"]);
    assert_eq!(check(&vault.join("b"), &["new.md"]), ["new.md:1"]);
    let whole = check(&repository.vault.path(), &["docs [x]/vault"]);
    assert_eq!(whole, ["docs [x]/vault/a.md:6", "docs [x]/vault/b/new.md:1"]);
    let elsewhere = tempfile::tempdir().unwrap();
    let path = vault.to_str().unwrap();
    assert_eq!(check(elsewhere.path(), &[path]).len(), 2);
}

#[test]
fn other_work_trees_of_a_repository_are_work_trees() {
    if !has_git() {
        return;
    }
    let repository = with_old_notes();
    let tree = tempfile::tempdir().unwrap();
    let tree = tree.path().join("tree");
    repository.git(&["worktree", "add", "-q", "-b", "two", tree.to_str().unwrap()]);
    fs::write(tree.join("other.md"), format!("{OLD}{NEW}")).unwrap();
    let ran = run_in(&tree, &["check", "--format", "short", "--since", "main"]).code(1);
    assert_eq!(places(&ran), ["other.md:6"]);
}

#[cfg(unix)]
#[test]
fn repositories_inside_are_not_followed() {
    if !has_git() {
        return;
    }
    let inner = with_old_notes();
    let repository = with_old_notes();
    let path = inner.vault.path();
    repository.git(&["submodule", "--quiet", "add", path.to_str().unwrap(), "sub"]);
    repository.commit();
    repository.write("sub/old.md", format!("{OLD}{NEW}"));
    repository.write("own/.git/HEAD", "ref: refs/heads/main\n");
    git(&repository.vault.at("own"), &["init", "-q"]);
    repository.write("own/a.md", NEW);
    repository.write("new.md", NEW);
    assert_eq!(repository.places(&["--since", "HEAD"]), ["new.md:1"]);
}

#[test]
fn settings_of_whoever_runs_it_change_nothing() {
    if !has_git() {
        return;
    }
    let repository = with_old_notes();
    let settings = [
        ("diff.external", "false"),
        ("diff.noprefix", "true"),
        ("diff.context", "9"),
        ("diff.interHunkContext", "9"),
        ("diff.relative", "true"),
        ("diff.renames", "copies"),
        ("diff.orderFile", "order"),
        ("color.ui", "always"),
        ("core.quotePath", "false"),
        ("diff.autoRefreshIndex", "false"),
        ("status.showUntrackedFiles", "no"),
    ];
    for (name, value) in settings {
        repository.git(&["config", name, value]);
    }
    repository.write("order", "z*\n");
    repository.write(".git/info/attributes", "*.md -diff\n");
    repository.write("old.md", format!("{OLD}{NEW}"));
    // Written anew, with nothing changed: git sees another time, and the same text.
    repository.write("other.md", OLD);
    let later = std::time::SystemTime::now() + std::time::Duration::from_secs(60);
    fs::File::options().append(true).open(repository.vault.at("other.md")).unwrap().set_modified(later).unwrap();
    repository.write("z.md", NEW);
    repository.git(&["add", "z.md"]);
    assert_eq!(repository.places(&["--since", "HEAD", "--whole-notes"]), ["old.md:3", "old.md:6", "z.md:1"]);
    assert_eq!(repository.places(&["--since", "HEAD"]), ["old.md:6", "z.md:1"]);
}

#[test]
fn line_ends_that_git_converts_are_no_changes() {
    if !has_git() {
        return;
    }
    let repository = with_old_notes();
    repository.git(&["config", "core.autocrlf", "true"]);
    repository.write("old.md", format!("{OLD}{NEW}").replace('\n', "\r\n"));
    assert_eq!(repository.places(&["--since", "HEAD"]), ["old.md:6"]);
    repository.git(&["add", "--all"]);
    assert_eq!(repository.places(&["--staged"]), ["old.md:6"]);
    repository.run(&["fix", "--staged"]).code(0).says("2 repairs in 1 note");
    assert!(repository.vault.read("old.md").ends_with(b"On preparations then.\r\n"));
}

#[test]
fn repairs_are_made_in_changed_notes_alone() {
    if !has_git() {
        return;
    }
    let repository = with_old_notes();
    repository.write("old.md", format!("{OLD}{NEW}"));
    repository.run(&["fix", "--since", "HEAD"]).code(0).says("2 repairs in 1 note");
    assert_eq!(repository.vault.read("other.md"), OLD.as_bytes());
    repository.commit();
    repository.run(&["fix", "--since", "HEAD"]).code(0).says("no note here has changed");
    repository.write("other.md", format!("{OLD}{NEW}"));
    repository.git(&["add", "--all"]);
    repository.write("other.md", format!("{OLD}{NEW}More.\n"));
    let refused = repository.run(&["fix", "--staged"]).code(2);
    drop(refused.says("`other.md` has changes that are not staged"));
    assert_eq!(repository.vault.read("other.md"), format!("{OLD}{NEW}More.\n").as_bytes());
    repository.git(&["add", "--all"]);
    repository.run(&["fix", "--staged"]).code(0).says("2 repairs in 1 note");
}

#[test]
fn findings_about_a_note_as_a_whole_are_those_of_the_change_that_brings_them() {
    if !has_git() {
        return;
    }
    let config = "[frontmatter.\"**\"]\nborn = { type = \"date\", required = true }\nstatus = { required = true }\n";
    let repository = Repository::new();
    repository.write("vaultmend.toml", config);
    repository.write("a.md", "---\nborn: 1900-01-01\nx: y\n---\nText.\n");
    repository.commit();
    // That `status` is missing is old, whatever else changes; that `born` is, came with the change.
    repository.write("a.md", "---\nborn: 1900-01-01\nx: z\n---\nText, and more.\n");
    assert!(repository.places(&["--since", "HEAD"]).is_empty());
    repository.write("a.md", "---\nx: y\n---\nText.\n");
    repository.run(&["check", "--since", "HEAD"]).code(1).says("`born` is missing").never_says("`status` is missing");
    repository.write("b.md", "---\nx: y\n---\nText.\n");
    assert_eq!(repository.places(&["--since", "HEAD", "b.md"]).len(), 2);
    // The closing fence goes: the first line has not changed, and is at fault.
    repository.write("a.md", "---\nborn: 1900-01-01\nx: y\n\nText.\n");
    assert!(repository.places(&["--since", "HEAD", "a.md"]).contains(&"a.md:1".to_owned()));
}

#[test]
fn a_revision_that_is_not_there_is_an_error_with_a_way_out() {
    if !has_git() {
        return;
    }
    let repository = with_old_notes();
    repository.write("old.md", format!("{OLD}{NEW}"));
    repository.commit();
    repository.git(&["tag", "blob", &repository.git(&["rev-parse", "HEAD:old.md"])]);
    let absent = "0123456789012345678901234567890123456789";
    for revision in ["nope", "main..HEAD", "^main", "", "--all", "-h", absent, "blob", "HEAD:old.md"] {
        let ran = repository.run(&["check", &format!("--since={revision}")]).code(2);
        drop(ran.says(&format!("there is no revision `{revision}`")).says("git fetch"));
    }
    repository.git(&["checkout", "-q", "--orphan", "apart"]);
    repository.commit();
    repository.run(&["check", "--since", "main"]).code(2).says("`main` and `HEAD` have no commit in common");
    repository.run(&["check", "--since", "main", "--staged"]).code(2).says("cannot be used with");
    repository.run(&["check", "--whole-notes"]).code(2).says("required");
    repository.run(&["check", "--since", "HEAD", "-"]).code(2).says("standard input");
}

#[cfg(unix)]
#[test]
fn a_shallow_clone_says_how_to_get_the_history() {
    if !has_git() {
        return;
    }
    let repository = with_old_notes();
    repository.git(&["branch", "start"]);
    repository.write("old.md", format!("{OLD}{NEW}"));
    repository.commit();
    let clones = tempfile::tempdir().unwrap();
    let url = format!("file://{}", repository.vault.path().display());
    git(clones.path(), &["clone", "-q", "--depth", "1", &url, "clone"]);
    let clone = clones.path().join("clone");
    let ran = run_in(&clone, &["check", "--since", "HEAD~1"]).code(2);
    drop(ran.says("there is no revision `HEAD~1` in this clone").says("fetch-depth: 0").says("git fetch --deepen"));
    // There, but with nothing that joins it to the current commit.
    git(&clone, &["fetch", "-q", "--depth", "1", "origin", "start:refs/remotes/origin/start"]);
    let ran = run_in(&clone, &["check", "--since", "origin/start"]);
    assert_eq!(ran.output.status.code(), Some(2), "{}", ran.stdout());
    drop(ran.says("no commit in common in this clone").says("fetch-depth: 0"));
    git(&clone, &["fetch", "-q", "--unshallow"]);
    let ran = run_in(&clone, &["check", "--format", "short", "--since", "HEAD~1"]).code(1);
    assert_eq!(places(&ran), ["old.md:6"]);
}

#[test]
fn a_folder_without_git_is_an_error() {
    let vault = sandbox::Sandbox::new();
    vault.write("a.md", NEW);
    let path = vault.path();
    let mut command = sandbox::vaultmend(&path);
    let none = command.args(["check", "--since", "HEAD"]).env("PATH", &path).env_remove("GIT_DIR");
    sandbox::finish(none, b"").code(2).says("there is no `git` here");
    if has_git() {
        let parent = path.parent().unwrap().to_owned();
        let mut command = sandbox::vaultmend(&path);
        command.args(["check", "--staged"]).env("GIT_CEILING_DIRECTORIES", parent).env_remove("GIT_DIR");
        sandbox::finish(&mut command, b"").code(2).says("no git repository");
    }
}

#[cfg(unix)]
/// As in a container that runs as another user than the one who has checked it out.
#[test]
fn a_repository_of_somebody_else_is_told_apart_from_none() {
    if !has_git() {
        return;
    }
    let repository = with_old_notes();
    let mut program = sandbox::vaultmend(&repository.vault.path());
    program.env("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1").args(["check", "--since", "HEAD"]);
    let ran = sandbox::finish(&mut program, b"").code(2);
    ran.says("git does not trust the repository").says("`git config --global --add safe.directory ");
}
