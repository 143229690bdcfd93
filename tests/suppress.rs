//! Suppressions in the program: what they answer is neither reported nor repaired.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used)]

mod sandbox;

use proptest::prelude::*;
use sandbox::Sandbox;

const ANSWERED: &str = "%% vaultmend-ignore links/split-word: a pun %%\nAn in[[flu]]ence.\n\nAnother in[[flu]]ence.\n";

#[test]
fn what_is_answered_is_neither_reported_nor_repaired() {
    let vault = Sandbox::new();
    vault.write("a.md", ANSWERED);
    let said = vault.run(&["check", "--format", "short"]).code(1).stdout();
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.starts_with("a.md:4:9: error[links/split-word]"), "{said}");
    vault.run(&["check"]).says("not shown: 1 suppressed");
    vault.run(&["fix"]).code(0);
    let fixed = String::from_utf8(vault.read("a.md")).unwrap();
    assert_eq!(fixed, ANSWERED.replace("Another in[[flu]]ence", "Another influence"));
    vault.run(&["check"]).code(0);
    let json = vault.run(&["check", "--format", "json"]).stdout();
    assert!(json.contains("\"suppressed\": 1"), "{json}");
}

#[test]
fn a_suppression_left_over_is_found() {
    let vault = Sandbox::new();
    vault.write("a.md", "%% vaultmend-ignore links/split-word %%\nAn influence.\n");
    vault.run(&["check", "--format", "short"]).code(1).says("a.md:1:1: warning[note/unused-suppression]");
    vault.run(&["fix"]).code(1);
    vault.run(&["fix", "--unsafe"]).code(0);
    assert_eq!(vault.read("a.md"), b"An influence.\n");
}

#[test]
fn a_block_left_over_is_taken_out_whole_or_not_at_all() {
    let vault = Sandbox::new();
    let used = "%% vaultmend-ignore-start links/split-word %%\nAn in[[flu]]ence.\n%% vaultmend-ignore-end %%\n";
    vault.write("a.md", format!("<!-- vaultmend-ignore-start tags/* -->\n{used}%% vaultmend-ignore-end %%\n"));
    let partly = used.replace("split-word", "split-word, tags/*");
    vault.write("b.md", &partly);
    let frontmatter = "---\nvaultmend: {ignore: [tags/*]}\n---\n";
    vault.write("c.md", frontmatter);
    vault.run(&["fix", "--unsafe"]).code(1).says("1 repair in 1 note").says("2 warnings in 2 notes");
    assert_eq!(vault.read("a.md"), used.as_bytes());
    assert_eq!((vault.read("b.md"), vault.read("c.md")), (partly.into_bytes(), frontmatter.as_bytes().to_vec()));
}

#[test]
fn a_suppression_that_a_repair_brings_into_use_stays() {
    let vault = Sandbox::new();
    vault.write("a.md", "The in[[[[flu]]enz]]a came. %% vaultmend-ignore links/split-word: mine %%\n");
    vault.run(&["fix", "--unsafe"]).code(0);
    assert_eq!(vault.read("a.md"), b"The in[[fluenz]]a came. %% vaultmend-ignore links/split-word: mine %%\n");
}

#[test]
fn a_rule_that_is_not_there_is_told_with_what_may_be_meant() {
    let vault = Sandbox::new();
    vault.write("a.md", ANSWERED.replace("split-word", "split-words"));
    vault.run(&["check"]).code(1).says("there is no rule `links/split-words`").says("did you mean `links/split-word`?");
    vault.run(&["check", "--set", "note/bad-suppression.reason=true"]).code(1).never_says("no reason");
}

#[test]
fn rules_of_ones_own_are_suppressed_like_others() {
    let vault = Sandbox::new();
    vault.write("rules/no-foo.toml", "check = \"pattern\"\nsummary = \"foo\"\nseverity = \"error\"\nfix = \"none\"\ndocs = \"No foo.\"\n[params]\nfind = \"foo\"\nmessage = \"foo\"\n[[example]]\nname = \"foo\"\ntext = \"foo\\n\"\nfinds = [\"foo\"]\n[[example]]\nname = \"none\"\ntext = \"bar\\n\"\n");
    vault.write("vaultmend.toml", "packs = [\"./rules\", \"note\"]\n");
    vault.write("a.md", "foo <!-- vaultmend-ignore rules/no-foo -->\n");
    vault.run(&["check"]).code(0).says("1 suppressed");
}

const EVERYWHERE: &str = "---\ntags: '#War #saw'\n---\n# The in[[flu]]ence\n\nAn in[[flu]]ence  \nand a re[[port]]er\\\non\n\
    - in[[flu]]ence ^id1\n> in[[flu]]ence\n\n| in[[flu]]ence | b |\n|---|---|\n| c | d |\n";

#[test]
fn what_is_found_is_suppressed_where_it_stands() {
    let vault = Sandbox::new();
    vault.write("a.md", EVERYWHERE);
    vault.write("crlf.md", EVERYWHERE.replace('\n', "\r\n"));
    vault.run(&["check", "--suppress", "--diff"]).code(1).says("would be suppressed in 2 notes");
    assert_eq!(vault.read("a.md"), EVERYWHERE.as_bytes());
    vault.run(&["check", "--suppress", "--reason", "a quotation"]).code(0).says("suppressed in 2 notes, 0 left");
    vault.run(&["check", "--fail-on", "info"]).code(0).says("suppressed");
    let text = String::from_utf8(vault.read("a.md")).unwrap();
    let comment = " %% vaultmend-ignore links/split-word: a quotation %%";
    for line in [
        format!("\n{}\n# The in[[flu]]ence\n", comment.trim_start()),
        format!("\nAn in[[flu]]ence{comment}  \n"),
        format!("\n- in[[flu]]ence{comment} ^id1\n> in[[flu]]ence{comment}\n"),
        "\n| in[[flu]]ence | b |\n".to_owned(),
        "\nvaultmend:\n  ignore: # a quotation\n    - frontmatter/tags-not-a-list\n".to_owned(),
    ] {
        assert!(text.contains(&line), "{line:?} in {text}");
    }
    let crlf = String::from_utf8(vault.read("crlf.md")).unwrap();
    assert_eq!(crlf, text.replace('\n', "\r\n"));
    vault.run(&["fix", "--unsafe", "--fail-on", "never"]).code(0);
    assert_eq!(vault.read("a.md"), text.as_bytes(), "and nothing of it is repaired");
}

#[test]
fn no_comment_becomes_a_part_of_the_value_of_a_field() {
    for line in [
        "key:: in[[flu]]ence",
        "key::in[[flu]]ence",
        "- **My key**::in[[flu]]ence",
        "**My key::** in[[flu]]ence",
        "> 1. key:: in[[flu]]ence",
        "- [x] due:: in[[flu]]ence",
        "> * [ ] **My key**:: in[[flu]]ence",
    ] {
        let vault = Sandbox::new();
        vault.write("a.md", format!("{line}\n"));
        vault.run(&["check", "--suppress"]).code(0).says("1 finding suppressed in 1 note");
        let text = String::from_utf8(vault.read("a.md")).unwrap();
        assert_eq!(text, format!("---\nvaultmend:\n  ignore:\n    - links/split-word\n---\n{line}\n"));
    }
    for line in [
        "An in[[flu]]ence, as in std::io.",
        ":: in[[flu]]ence",
        "See [key:: x] in[[flu]]ence",
        "Use the type std::string, in[[flu]]ence",
        "- [x] Some Foo::bar in[[flu]]ence",
        "[x] due:: in[[flu]]ence",
    ] {
        let vault = Sandbox::new();
        vault.write("a.md", format!("{line}\n"));
        vault.run(&["check", "--suppress"]).code(0);
        let text = String::from_utf8(vault.read("a.md")).unwrap();
        assert_eq!(text, format!("{line} %% vaultmend-ignore links/split-word %%\n"));
    }
}

#[test]
fn what_cannot_be_read_is_not_written_into() {
    let vault = Sandbox::new();
    vault.write("a.md", b"caf\xe9\n");
    for flags in [&["check", "--suppress"][..], &["check", "--suppress", "--diff"]] {
        vault.run(flags).code(1).says("left alone: a.md: nothing can be written into what cannot be read");
    }
    assert_eq!(vault.read("a.md"), b"caf\xe9\n");
}

#[test]
fn what_cannot_be_suppressed_right_is_left_alone_and_told() {
    let vault = Sandbox::new();
    let text = "---\nvaultmend: {ignore: [links/nested-link]}\ntags: '#War #saw'\n---\n[[[[War]]saw]]\n";
    vault.write("a.md", text);
    vault.run(&["check", "--suppress"]).code(1).says("left alone: a.md: its frontmatter has a key `vaultmend`");
    assert_eq!(vault.read("a.md"), text.as_bytes());
    vault.run(&["check", "--suppress", "--reason", "a %% b"]).code(2).says("one line");
    vault.run(&["check", "--suppress", "--reason", "a\u{2028}b"]).code(2).says("one line");
    vault.run(&["check", "--reason", "x"]).code(2);
    vault.run_with(&["check", "--suppress", "-"], b"in[[flu]]ence\n").code(2).says("standard input");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Whatever else `fix` repairs, the line below a suppression of all rules stays what it is.
    #[test]
    fn a_suppressed_line_keeps_its_bytes(
        before in "( ?[a-z]{1,4}\\[\\[[a-z]{2,4}\\]\\][a-z]{1,4}|\\[\\[\\[\\[a\\]\\]b\\]\\]|#[a-z]{2}|x\n\n|- y\n){0,6}",
        line in "[a-z]{1,5}\\[\\[flu\\]\\]ence \\[\\[\\[\\[War\\]\\]saw\\]\\] #[a-z]{2,3} https://x\\.org/\\[\\[2006\\]\\]/a",
        after in "(\n\n|\n)( ?[a-z]{1,4}\\[\\[[a-z]{2,4}\\]\\][a-z]{1,4}){0,6}\n",
        html in any::<bool>(),
    ) {
        let vault = Sandbox::new();
        let comment = if html { "<!-- vaultmend-ignore * -->" } else { "%% vaultmend-ignore * %%" };
        vault.write("a.md", format!("{before}\n\n{comment}\n{line}{after}"));
        vault.run(&["fix", "--unsafe", "--fail-on", "never"]).code(0);
        let fixed = String::from_utf8(vault.read("a.md")).unwrap();
        let kept = format!("{comment}\n{line}\n");
        prop_assert!(fixed.contains(&kept), "{kept:?} in {fixed:?}");
    }
}
