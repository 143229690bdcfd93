//! How a team adopts it on an old vault: what is wrong today is written down, and from then on only
//! what a commit breaks is reported.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::print_stderr)]

mod repository;
mod sandbox;

use repository::{Repository, has_git};

/// Every format, and what a finding of a rule is in it: how often that stands in the output is the
/// number of findings.
const FORMATS: &[(&str, &str)] = &[
    ("human", "  × the link covers only a part of the word `influence`"),
    ("short", "[links/split-word]"),
    ("statistics", "error[links/split-word]"),
    ("json", "\"rule\": \"links/split-word\""),
    ("json-lines", "\"rule\":\"links/split-word\""),
    ("sarif", "\"ruleId\": \"links/split-word\""),
    ("github", "title=links/split-word::"),
    ("gitlab", "\"check_name\": \"links/split-word\""),
    ("junit", "<failure"),
    ("checkstyle", "<error "),
    ("rdjson", "\"value\": \"links/split-word\""),
    ("markdown", "| error |"),
];

#[test]
fn every_format_is_tried() {
    let tried: Vec<&str> = FORMATS.iter().map(|(name, _)| *name).collect();
    assert_eq!(tried, vaultmend::report::FORMATS.iter().map(|format| format.name).collect::<Vec<_>>());
}

/// As a linker leaves it behind: links in words, in links and in addresses, tags that are no list.
fn damage(repository: &Repository) {
    for n in 0..40 {
        let text = format!(
            "---\ntags: '#war #flu'\n---\n# Note {n}\n\nThe [[[[War]]saw]] Pact of 195{n}, an in[[flu]]ence on all.\n\n\
             Its p[[reparations]] took long, see https://example.org/[[2006]]/{n}.\n\n- in[[flu]]ence\n- in[[flu]]ence\n"
        );
        repository.write(&format!("folder {}/Note {n}.md", n % 4), text);
    }
    ["flu.md", "Warsaw.md"].iter().for_each(|name| repository.write(name, "# A note\n"));
    repository.commit();
}

#[test]
fn only_what_a_commit_breaks_is_reported_in_every_format() {
    if !has_git() {
        return;
    }
    let repository = Repository::new();
    damage(&repository);
    repository.run(&["init"]).code(0);
    repository.run(&["check"]).code(1).says("errors");
    repository.run(&["baseline", "write"]).code(0).says("known findings written to `vaultmend-baseline.txt`");
    repository.run(&["check", "--baseline"]).code(0).says("nothing found").says("in the baseline");
    repository.commit();
    for (format, _) in FORMATS {
        repository.run(&["check", "--baseline", "--format", format]).code(0);
        repository.run(&["check", "--since", "HEAD~1", "--baseline", "--format", format]).code(0);
    }
    let note = "folder 1/Note 1.md";
    let text = String::from_utf8(repository.vault.read(note)).unwrap();
    repository.write(note, format!("{text}\nAnother in[[flu]]ence came.\n"));
    repository.commit();
    for (format, finding) in FORMATS {
        let ran = repository.run(&["check", "--since", "HEAD~1", "--baseline", "--format", format]).code(1);
        assert_eq!(ran.stdout().matches(finding).count(), 1, "{format}: {}", ran.stdout());
        let ran = repository.run(&["check", "--baseline", "--format", format]).code(1);
        assert_eq!(ran.stdout().matches(finding).count(), 1, "{format}: {}", ran.stdout());
    }
    assert_eq!(repository.places(&["--since", "HEAD~1", "--baseline"]), ["folder 1/Note 1.md:13"]);
}

#[test]
fn a_new_finding_that_looks_like_an_old_one_is_still_found() {
    if !has_git() {
        return;
    }
    let repository = Repository::new();
    damage(&repository);
    repository.run(&["baseline", "write"]).code(0);
    repository.commit();
    let note = "folder 2/Note 2.md";
    let text = String::from_utf8(repository.vault.read(note)).unwrap();
    repository.write(note, text.replace("# Note 2\n", "# Note 2\n\n- in[[flu]]ence\n"));
    assert_eq!(repository.places(&["--since", "HEAD", "--baseline"]), ["folder 2/Note 2.md:6"]);
    // Without git nobody can tell which of the three came last, but that there is one more.
    assert_eq!(repository.places(&["--baseline"]).len(), 1);
}

#[test]
fn a_vault_that_is_repaired_step_by_step_ends_with_an_empty_baseline() {
    if !has_git() {
        return;
    }
    let repository = Repository::new();
    damage(&repository);
    repository.run(&["baseline", "write"]).code(0);
    repository.commit();
    let known = || String::from_utf8(repository.vault.read("vaultmend-baseline.txt")).unwrap().lines().count() - 2;
    let all = known();
    // What is known is repaired all the same.
    repository.run(&["fix", "--baseline", "folder 1"]).code(0);
    repository.run(&["check", "--baseline"]).code(0).says("no longer found: `vaultmend baseline prune`");
    repository.run(&["baseline", "prune"]).code(0).says("no longer found");
    let some = known();
    assert!(0 < some && some < all, "{some} of {all}");
    repository.run(&["check", "--baseline"]).code(0).never_says("no longer found");
    repository.run(&["fix", "--unsafe"]).code(0);
    repository.run(&["baseline", "prune"]).code(0);
    assert_eq!(known(), 0);
    repository.run(&["check", "--baseline"]).code(0).never_says("in the baseline");
}
