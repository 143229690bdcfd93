//! What links lead to, in vaults made of texts in memory.

use proptest::prelude::*;
use vaultmend::note::Note;
use vaultmend::vault::{Conventions, Flavor, Fragment, Item, LinkFormat, Resolved, Vault};

fn vault_as(conventions: Conventions, files: &[(&str, &str)]) -> Vault {
    let mut vault = Vault::new(conventions);
    for (path, text) in files {
        if path.ends_with(".md") { vault.add(&Note::parse(*path, *text)) } else { vault.add_file(path) }
    }
    vault
}

fn vault(paths: &[&str]) -> Vault {
    vault_as(Conventions::default(), &paths.iter().map(|path| (*path, "")).collect::<Vec<_>>())
}

/// The paths that a target leads to.
fn paths<'a>(vault: &'a Vault, target: &str, from: &str) -> Vec<&'a str> {
    match vault.resolve(target, from) {
        Resolved::One(item) => vec![vault.path_of(item)],
        Resolved::Many(items) => items.into_iter().map(|item| vault.path_of(item)).collect(),
        Resolved::None => Vec::new(),
    }
}

#[test]
fn a_name_leads_to_the_only_note_that_has_it() {
    let vault = vault(&["a/Straße.md", "b/Été.md", "c/ΟΔΟΣ.md", "v1.2.md", "d/İzmir.md"]);
    for (target, path) in [
        ("STRASSE", "a/Straße.md"),
        ("strasse.MD", "a/Straße.md"),
        (" e\u{301}te\u{301} ", "b/Été.md"),
        ("οδος", "c/ΟΔΟΣ.md"),
        ("V1.2", "v1.2.md"),
        ("v1.2.md", "v1.2.md"),
        ("a/straße", "a/Straße.md"),
        ("/b/été", "b/Été.md"),
    ] {
        assert_eq!(paths(&vault, target, "x.md"), [path], "{target}");
    }
    for target in ["Strass", "b/Straße", "aße", "1.2", "/Été", "../x"] {
        assert!(paths(&vault, target, "x.md").is_empty(), "{target}");
    }
}

#[test]
fn two_notes_of_one_name_are_two() {
    let vault = vault(&["War.md", "a/War.md", "a/b/War.md", "c/Peace.md", "d/peace.md"]);
    assert_eq!(paths(&vault, "war", "a/x.md"), ["War.md", "a/War.md", "a/b/War.md"]);
    assert_eq!(paths(&vault, "/War", "a/x.md"), ["War.md"]);
    assert_eq!(paths(&vault, "a/War", "x.md"), ["a/War.md"]);
    assert_eq!(paths(&vault, "b/War", "x.md"), ["a/b/War.md"]);
    assert_eq!(paths(&vault, "./War", "a/x.md"), ["a/War.md"]);
    assert_eq!(paths(&vault, "../War", "a/b/x.md"), ["a/War.md"]);
    assert_eq!(paths(&vault, "Peace", "x.md"), ["c/Peace.md", "d/peace.md"]);
}

#[test]
fn paths_that_differ_by_case_alone_are_two() {
    let vault = vault(&["a/War.md", "a/war.md"]);
    assert_eq!(paths(&vault, "a/war", "x.md").len(), 2);
}

#[test]
fn a_path_is_seen_from_the_root_first_and_then_from_the_note() {
    let vault = vault(&["b/c.md", "a/b/c.md", "a/d/e.md", "f/d/e.md"]);
    assert_eq!(paths(&vault, "b/c", "a/x.md"), ["b/c.md"]);
    assert_eq!(paths(&vault, "d/e", "a/x.md"), ["a/d/e.md"]);
    assert_eq!(paths(&vault, "d/e", "x.md"), ["a/d/e.md", "f/d/e.md"]);
}

#[test]
fn other_files_need_their_ending() {
    let vault = vault(&["img/Figure 1.png", "LICENSE", "a.canvas", "note.png.md"]);
    assert_eq!(paths(&vault, "figure 1.PNG", "x.md"), ["img/Figure 1.png"]);
    assert_eq!(paths(&vault, "img/Figure 1.png", "x.md"), ["img/Figure 1.png"]);
    for target in ["Figure 1", "LICENSE", "a"] {
        assert!(paths(&vault, target, "x.md").is_empty(), "{target}");
    }
}

#[test]
fn a_link_without_a_target_leads_to_its_own_note() {
    let vault = vault(&["a/x.md", "x.md"]);
    assert_eq!(paths(&vault, "", "a/x.md"), ["a/x.md"]);
}

#[test]
fn an_alias_is_no_target() {
    let note = ("AI.md", "---\naliases: [Artificial]\n---\n");
    let vault = vault_as(Conventions::default(), &[note]);
    assert!(paths(&vault, "Artificial", "x.md").is_empty());
    assert_eq!(vault.with_alias("ARTIFICIAL"), [0]);
}

#[test]
fn a_fragment_names_a_heading_or_a_block() {
    let text = "# One & two\n## [[War|The war]]: *why*?\ntext ^id-1\n\n# Three\n";
    let vault = vault_as(Conventions::default(), &[("n.md", text), ("p.pdf", "")]);
    let fragment = |fragment| vault.fragment(Item::Note(0), fragment);
    for there in ["one two", "One & two#The war why", "the War: why", "War The war why", "^ID-1", "#^id-1", "", "^a=b"]
    {
        assert_eq!(fragment(there), Fragment::Fine, "{there}");
    }
    assert_eq!(fragment("Four"), Fragment::MissingHeading);
    assert_eq!(fragment("Three#One two"), Fragment::MissingHeading);
    assert_eq!(fragment("^id"), Fragment::MissingBlock);
    assert_eq!(vault.fragment(Item::File(0), "page=3"), Fragment::Fine);
}

#[test]
fn in_logseq_titles_and_aliases_are_names() {
    let conventions = Conventions { flavor: Flavor::Logseq, ..Conventions::default() };
    let files = [("pages/a___b.md", ""), ("pages/c.md", "title:: The C\nalias:: see\n\n- x\n"), ("assets/i.png", "")];
    let vault = vault_as(conventions, &files);
    assert_eq!(paths(&vault, "A/B", "pages/c.md"), ["pages/a___b.md"]);
    assert_eq!(paths(&vault, "the c", "pages/c.md"), ["pages/c.md"]);
    assert_eq!(paths(&vault, "See", "pages/c.md"), ["pages/c.md"]);
    assert!(paths(&vault, "b", "pages/c.md").is_empty());
}

#[test]
fn a_target_is_written_as_the_vault_writes_its_own() {
    let files = [("a/b/One.md", ""), ("a/Two.md", ""), ("Two.md", ""), ("a/x.md", "")];
    let written = |links, path: &str, from: &str| {
        let vault = vault_as(Conventions { links, ..Conventions::default() }, &files);
        let Resolved::One(item) = vault.resolve(&format!("/{path}"), from) else { panic!("{path} is there") };
        vault.target_of(item, from)
    };
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(written(LinkFormat::Shortest, "a/b/One", "a/x.md"), some("One"));
    assert_eq!(written(LinkFormat::Shortest, "a/Two", "a/x.md"), some("a/Two"));
    assert_eq!(written(LinkFormat::Shortest, "Two", "a/x.md"), None);
    assert_eq!(written(LinkFormat::Absolute, "a/b/One", "a/x.md"), some("a/b/One"));
    assert_eq!(written(LinkFormat::Relative, "a/b/One", "a/x.md"), some("b/One"));
}

#[test]
fn many_notes_of_one_name_cost_no_more_than_others() {
    let mut vault = Vault::default();
    for i in 0..30_000 {
        vault.add(&Note::parse(format!("{i}/index.md"), ""));
        vault.add(&Note::parse(format!("{i}/only {i}.md"), ""));
    }
    for i in 0..30_000 {
        assert!(matches!(vault.resolve("index", "x.md"), Resolved::Many(_)));
        assert!(matches!(vault.resolve(&format!("{i}/index"), "x.md"), Resolved::One(_)));
    }
}

proptest! {
    /// Whatever the target: it leads to one file, to several different ones, or nowhere; and what a
    /// note is called leads to it, alone or among others.
    #[test]
    fn any_target_leads_somewhere_or_nowhere(
        paths in prop::collection::btree_set("[abAßİ /.]{1,8}", 1..6),
        target in "\\PC{0,12}|[abAßİ /.]{0,8}",
        from in "[ab/]{0,4}x\\.md",
    ) {
        let paths: Vec<String> = paths.iter().map(|path| format!("{path}.md")).collect();
        let vault = vault(&paths.iter().map(String::as_str).collect::<Vec<_>>());
        match vault.resolve(&target, &from) {
            Resolved::Many(items) => {
                let different: std::collections::HashSet<_> = items.iter().collect();
                prop_assert!(items.len() > 1 && different.len() == items.len());
            }
            Resolved::One(item) => prop_assert!(!vault.path_of(item).is_empty()),
            Resolved::None => {}
        }
        for path in paths.iter().filter(|path| !path.starts_with(['/', '.', ' ']) && !path.contains("//")) {
            let found = vault.resolve(path, "");
            let led = match &found {
                Resolved::One(item) => vault.path_of(*item) == path,
                Resolved::Many(items) => items.iter().any(|&item| vault.path_of(item) == path),
                Resolved::None => false,
            };
            prop_assert!(led, "{path}: {found:?}");
        }
    }
}
