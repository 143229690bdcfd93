//! What the program passes over it says, and what it cannot do it refuses.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::print_stderr)]

mod sandbox;

use sandbox::{BROKEN, Sandbox, finish, vaultmend};

const OFF: &str = "[rule.\"links/unresolved-link\"]\nseverity = \"off\"\n";

#[test]
fn a_configuration_below_the_root_is_not_asked_and_that_is_said() {
    let vault = Sandbox::new();
    vault.write("sub/vaultmend.toml", OFF);
    vault.write("sub/b.md", "See [[x]].\n");
    vault.write("a.md", "Text.\n");
    let said = "`sub/vaultmend.toml` holds for runs in `sub` alone";
    vault.run(&["check", "a.md", "sub/b.md"]).code(0).says("unresolved-link").says(said);
    vault.run(&["check"]).code(0).says(said).says("`ignore = [\"sub/**\"]`");
    vault.run(&["check", "sub/b.md"]).code(0).says("nothing found").never_says("holds for runs");
    vault.run(&["check", "a.md"]).code(0).never_says("holds for runs");
    vault.write("vaultmend.toml", "ignore = [\"sub/**\"]\n");
    vault.run(&["check"]).code(0).never_says("holds for runs");
}

#[test]
fn notes_that_cannot_be_read_are_named_by_every_command() {
    let vault = Sandbox::new();
    vault.write("bad.md", b"caf\xe9");
    vault.write("a.md", "#a [[b]]\n");
    for command in [
        &["tags"][..],
        &["tags", "rename", "a", "c", "--diff"],
        &["links"],
        &["links", "orphans"],
        &["links", "to", "b"],
        &["unlink", "b", "--diff"],
    ] {
        vault
            .run(command)
            .says("left alone: bad.md: not UTF-8: the first bad byte is at offset 3, on line 1 in column 4");
    }
}

#[test]
fn where_no_link_leads_to_a_note_is_said() {
    let vault = Sandbox::new();
    vault.write("a.md", "[[n]]\n");
    vault.write("n.md", "");
    vault.write("sub/s.md", "");
    for command in [&["links", "to", "n"][..], &["unlink", "n"]] {
        let ran = finish(vaultmend(&vault.at("sub")).args(command), b"").code(0);
        ran.says("no link in `sub` leads to `n`");
    }
    vault.run(&["links", "to", "s"]).code(0).says("no link leads to `s`");
}

#[test]
fn the_first_link_stays_by_whatever_name_it_leads_there() {
    let vault = Sandbox::new();
    vault.write("d/War.md", "");
    vault.write("a.md", "[[War]] [[d/War]] [[War.md]] [[war#x]]\n");
    vault.run(&["unlink", "War", "--keep-first"]).code(0);
    assert_eq!(vault.read("a.md"), b"[[War]] d/War War.md war#x\n");
}

#[test]
fn what_leads_to_a_target_and_is_no_link_to_take_out_is_counted() {
    let vault = Sandbox::new();
    vault.write("flu.md", "Text.\n");
    vault.write("a.md", "---\nup: \"[[flu]]\"\n---\n![[flu]] [x](flu.md) [y](<flu.md>)\n");
    vault.write("b.md", "[[flu]]\n");
    let left =
        "left alone: 1 embed, 1 link in frontmatter, 2 Markdown links to `flu` (`vaultmend links to` names them)";
    vault.run(&["unlink", "flu", "--in", "a.md"]).code(0).says(left).never_says("no link");
    vault.run(&["unlink", "flu"]).code(0).says(left).says("1 repair in 1 note");
    vault.run(&["unlink", "flu", "--in", "b.md"]).code(0).never_says("left alone").says("no link in `b.md`");
}

#[test]
fn a_name_of_several_files_is_told_where_no_link_of_it_is_taken_out() {
    let vault = Sandbox::new();
    vault.write("x1/Dup.md", "");
    vault.write("x2/Dup.md", "");
    vault.write("f.md", "![[Dup]]\n");
    let told = "vaultmend: `Dup` can be any of several files; one of: x1/Dup.md, x2/Dup.md";
    vault.run(&["unlink", "Dup"]).code(0).says(told).never_says("no link");
    vault.write("f.md", "[[Dup]]\n");
    vault.run(&["unlink", "Dup"]).code(0).says("1 repair in 1 note").never_says("several files");
}

#[test]
fn what_unlink_leaves_makes_its_exit_code() {
    let vault = Sandbox::new();
    vault.write("a.md", "[[flu|- x]]\n");
    vault.run(&["unlink", "flu", "--diff"]).code(1).says("1 finding would be left");
    vault.run(&["unlink", "flu"]).code(1).says("its fix was refused");
    vault.write("a.md", "[[flu]]\n");
    vault.run(&["unlink", "flu"]).code(0);
}

#[test]
fn a_fix_says_what_it_did_whatever_the_format() {
    let vault = Sandbox::new();
    vault.write("a.md", BROKEN);
    let ran = vault.run(&["fix", "--format", "json"]).code(0);
    assert_eq!(ran.stderr(), "1 repair in 1 note\n");
}

#[test]
fn a_glob_over_notes_that_want_properties_is_told_when_it_matches_none() {
    let vault = Sandbox::new();
    vault.write("vaultmend.toml", "[frontmatter.\"nope/**\".title]\nrequired = true\n");
    vault.write("a.md", "Text.\n");
    vault.run(&["check"]).code(0).says("`nope/**` matches no note of this vault");
}

#[test]
fn a_taxonomy_in_a_file_of_its_own_is_shown() {
    let vault = Sandbox::new();
    vault.write("vaultmend.toml", "[tags]\nfile = \"t.toml\"\n");
    vault.write("t.toml", "case = \"kebab\"\nallowed = [\"a\"]\n");
    let shown = vault.run(&["config", "show", "--format", "toml"]).code(0).says("case = \"kebab\"").says("t.toml:1");
    vault.run(&["config", "show", "tags.case"]).code(0).says("kebab");
    vault.run(&["config", "show", "tags.file"]).code(0).says("t.toml");
    vault.write("shown.toml", shown.stdout());
    vault.run(&["check", "--config", "shown.toml"]).code(0);
    let ran = vault.run(&["check", "--set", "tags.case=lower"]).code(2);
    ran.says("[--set:1:6]").says("change it in `t.toml`");
}

#[test]
fn what_is_no_file_is_refused_by_its_name() {
    let vault = Sandbox::new();
    vault.write("a.md", "Text.\n");
    vault.run(&["check", "--config", "."]).code(2).says("the configuration `.` is no file");
    vault.write("vaultmend.toml", "baseline = \".\"\n");
    vault.run(&["check"]).code(2).says("the baseline `.` is no file");
    vault.write("known.txt", b"# vaultmend baseline 1\ncaf\xe9\n");
    vault.run(&["check", "--baseline=known.txt"]).code(2).says("[known.txt:2:4]").says("not UTF-8");
}

#[test]
fn what_a_command_would_not_heed_is_refused() {
    let vault = Sandbox::new();
    vault.write("a.md", "Text.\n");
    let twice = ["check", "--output", "json=x", "--output", "sarif=./x"];
    vault.run(&twice).code(2).says("two reports go into `./x`");
    assert!(!vault.at("x").exists());
    vault.run(&["check", "--suppress", "--format", "json"]).code(2).says("leave `--format` out");
    vault.run(&["test", "--set", "x=1"]).code(2).says("leave `--set` and `--config` out");
}

#[test]
fn no_report_and_no_baseline_takes_the_place_of_a_configuration() {
    let vault = Sandbox::new();
    vault.write("a.md", "Text.\n");
    vault.write("base.toml", "");
    vault.write("own.toml", "extend = \"base.toml\"\n");
    vault.write("known.txt", "# vaultmend baseline 1\n");
    for (file, what) in [
        ("vaultmend.toml", "a configuration"),
        ("./sub/../own.toml", "a configuration"),
        ("base.toml", "a configuration"),
        ("known.txt", "the baseline"),
        ("vaultmend-baseline.txt", "the baseline"),
    ] {
        for command in ["check", "fix"] {
            let output = format!("json={file}");
            let ran =
                vault.run(&[command, "--config", "own.toml", "--baseline=known.txt", "--output", &output]).code(2);
            ran.says(&format!("a report in `{file}` would take the place of {what}"));
        }
    }
    for (file, why) in [("vaultmend.toml", "take the place of a configuration"), ("new.md", "be a note of the vault")] {
        for command in ["write", "prune"] {
            let ran = vault.run(&["baseline", command, "--file", file]).code(2);
            ran.says(&format!("a baseline in `{file}` would {why}"));
        }
    }
    assert!(!vault.at("vaultmend.toml").exists() && !vault.at("new.md").exists());
    vault.run(&["check", "--config", "own.toml", "--output", "json=known.txt.json"]).code(0);
}

#[test]
fn standard_input_may_be_no_larger_than_a_file() {
    let vault = Sandbox::new();
    let text = vec![b'a'; 64 * 1024 * 1024 + 1];
    vault.run_with(&["fix", "-"], &text).code(2).says("too large to be checked: 67108865 bytes");
}

#[test]
fn what_is_wrong_in_a_configuration_is_told_with_the_way_out() {
    let vault = Sandbox::new();
    vault.write("a.md", "Text.\n");
    vault.write("team.toml", "[tags]\nfile = \"t.toml\"\n");
    for (text, place, wanted) in [
        ("[rule.links.split-word]\nfix = \"none\"\n", "1:13", "stands in quotes: `[rule.\"links/split-word\"]`"),
        ("[rule.links]\nsplit-word.severity = \"off\"\n", "2:1", "stands in quotes: `[rule.\"links/split-word\"]`"),
        ("[rule.\"links/split-word\".parms]\nx = 1\n", "1:26", "did you mean `params`?"),
        ("[[tags]]\ncase = \"kebab\"\n", "1:3", "invalid type: list, expected a table"),
        ("language = [\"de\"]\n", "1:1", "invalid type: list, expected a table"),
        ("baseline = \"\"\n", "1:12", "`baseline` names no file"),
        ("extend = \"team.toml\"\n[tags]\ncase = \"kebab\"\n", "team.toml:2:8", "`case` stands in `vaultmend.toml`"),
    ] {
        vault.write("vaultmend.toml", text);
        vault.run(&["check"]).code(2).says(wanted).says(&format!("{place}]"));
    }
}

#[test]
fn a_key_that_is_not_set_is_told_apart_from_one_that_is_none() {
    let vault = Sandbox::new();
    for key in ["tags.case", "language", "frontmatter.\"a.b/**\".x.type", "baseline"] {
        vault.run(&["config", "show", key]).code(0).says(&format!("# `{key}` is not set, and has no value by default"));
    }
    vault.run(&["config", "show", "tags.case", "--format", "json"]).code(0).says("\"values\": []");
    for key in ["tags.cas", "tags.case.x", "links/nope", "rule.x", "nope"] {
        vault.run(&["config", "show", key]).code(2).says("nothing is said of");
    }
}

#[test]
fn a_report_in_a_folder_that_is_not_there_names_the_folder() {
    let vault = Sandbox::new();
    vault.write("a.md", "Text.\n");
    vault
        .run(&["check", "--output", "json=no/where/x"])
        .code(2)
        .says("`no/where/x` cannot be written: there is no folder `no/where`");
}

#[test]
fn a_folder_of_rules_has_some() {
    let vault = Sandbox::new();
    vault.write("vaultmend.toml", "packs = [\"./own\"]\n");
    vault.write("own/read.me", "");
    vault.run(&["check"]).code(2).says("there is no rule in the folder").says("[vaultmend.toml:1:10]");
}

#[test]
fn what_is_learnt_keeps_the_line_ends_of_the_configuration() {
    for (before, gap) in [("packs = [\"tags\"]\r\n", "\r\n"), ("\r\n\r\n", ""), ("# a\r\n# b", "\r\n\r\n")] {
        let vault = Sandbox::new();
        vault.write("vaultmend.toml", before);
        vault.write("a.md", "#a #b\n");
        vault.run(&["tags", "learn", "--write"]).code(0);
        let after = String::from_utf8(vault.read("vaultmend.toml")).unwrap();
        assert!(after.starts_with(&format!("{before}{gap}[tags]\r\n")), "{after:?}");
        assert!(!after.replace("\r\n", "").contains('\n'), "{after:?}");
    }
}

#[cfg(unix)]
mod unix {
    use std::fs;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::process::Command;

    use super::*;
    use sandbox::permissions_bind;

    const RULE: &str = "check = \"pattern\"\nsummary = \"a word\"\nseverity = \"error\"\ndocs = \"\"\n\n\
        [params]\nfind = \"xyz\"\nmessage = \"it is here\"\n";

    #[test]
    fn what_is_not_there_is_not_told_to_be_another_encoding() {
        let vault = Sandbox::new();
        symlink("nowhere", vault.at("a.md")).unwrap();
        vault.run(&["check", "a.md"]).code(1).says("nothing in this note was checked").never_says("UTF-8");
    }

    #[test]
    fn links_to_rule_files_are_followed() {
        let vault = Sandbox::new();
        vault.write("vaultmend.toml", "packs = [\"./own\"]\n");
        vault.write("real/word.toml", RULE);
        vault.write("own/read.me", "");
        vault.write("a.md", "xyz\n");
        symlink("../real/word.toml", vault.at("own/word.toml")).unwrap();
        vault.run(&["check"]).code(1).says("own/word");
        symlink("nowhere", vault.at("own/lost.toml")).unwrap();
        vault.run(&["check"]).code(2).says("own/lost.toml` is a link that leads nowhere");
    }

    #[test]
    fn a_note_whose_other_name_keeps_the_old_text_is_named() {
        for command in [&["fix"][..], &["check", "--suppress"], &["tags", "rename", "a", "b"]] {
            let vault = Sandbox::new();
            let text = format!("{BROKEN}#a\n");
            fs::hard_link(vault.write("a.md", &text), vault.at("other.txt")).unwrap();
            vault.write("b.md", &text);
            let ran = vault.run(command).code(0).says("another name of `a.md`, a hard link, keeps the old text");
            ran.never_says("another name of `b.md`");
            assert_eq!(vault.read("other.txt"), text.as_bytes());
            assert_ne!(vault.read("a.md"), text.as_bytes());
        }
    }

    #[test]
    fn a_pipe_is_no_baseline() {
        let vault = Sandbox::new();
        vault.write("a.md", "Text.\n");
        if !Command::new("mkfifo").arg(vault.at("pipe")).status().is_ok_and(|made| made.success()) {
            eprintln!("skipped: there is no `mkfifo`");
            return;
        }
        vault.run(&["check", "--baseline=pipe"]).code(2).says("the baseline `pipe` is no file");
    }

    #[test]
    fn a_gitignore_that_cannot_be_read_is_a_finding() {
        if !permissions_bind() {
            return;
        }
        let vault = Sandbox::new();
        vault.write("a.md", "Text.\n");
        let file = vault.write(".gitignore", "b.md\n");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o000)).unwrap();
        vault.run(&["check"]).code(1).says(".gitignore").says("cannot be read");
    }
}
