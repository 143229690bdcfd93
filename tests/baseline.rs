//! What is known stays known whatever moves around it, and nothing new is ever taken for known.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::print_stderr)]

mod sandbox;

use std::fs;
use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::select;
use sandbox::Sandbox;
use vaultmend::baseline::{Baseline, Compared, Known, Seen};
use vaultmend::engine::Engine;
use vaultmend::fingerprint::fingerprints;
use vaultmend::note::Note;
use vaultmend::rule::Rules;
use vaultmend::survey::{Given, Survey};
use vaultmend::vault::Vault;

const FILE: &str = "vaultmend-baseline.txt";
const A: &str = "It had an in[[flu]]ence.\n\nOn p[[reparations]] then.\n";
const B: &str = "The [[[[War]]saw]] Pact.\n\nSee https://example.org/[[2006]]/10.\n";

/// A vault with four known findings in two notes.
fn adopted() -> Sandbox {
    let vault = Sandbox::new();
    vault.write("a.md", A);
    vault.write("b.md", B);
    vault.run(&["baseline", "write"]).code(0).says("4 known findings written to `vaultmend-baseline.txt`");
    vault
}

fn known(vault: &Sandbox) -> Vec<String> {
    let text = String::from_utf8(vault.read(FILE)).unwrap();
    text.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect()
}

#[test]
fn what_is_known_is_left_out_and_counted() {
    let vault = adopted();
    vault.run(&["check"]).code(1);
    vault.run(&["check", "--baseline"]).code(0).says("nothing found").says("not shown: 4 in the baseline");
    vault.run(&["check", "--baseline", "--fail-on", "info"]).code(0);
    let json = vault.run(&["check", "--baseline", "--format", "json"]).code(0).stdout();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&json["summary"]["known"], &json["findings"]), (&4.into(), &serde_json::json!([])));
    vault.write("a.md", format!("{A}New is p[[reparations]].\n"));
    vault.run(&["check", "--baseline"]).code(1).says("1 error in 1 note").says("4 in the baseline");
}

#[test]
fn the_file_is_sorted_with_an_entry_a_line() {
    let vault = adopted();
    let known = known(&vault);
    let paths: Vec<&str> = known.iter().map(|line| line.splitn(3, ' ').last().unwrap()).collect();
    assert_eq!(paths, ["a.md", "a.md", "b.md", "b.md"]);
    // Written again, it is the same, and not touched.
    let before = fs::metadata(vault.at(FILE)).unwrap().modified().unwrap();
    vault.run(&["baseline", "write"]).code(0).says("0 new in").says("4 known now");
    assert_eq!(fs::metadata(vault.at(FILE)).unwrap().modified().unwrap(), before);
    assert_eq!(fs::read_dir(vault.path()).unwrap().count(), 4, "a temporary file is left");
}

#[cfg(unix)]
#[test]
fn others_may_read_a_new_baseline_as_they_may_any_new_file() {
    use std::os::unix::fs::PermissionsExt;
    let mode = |file| fs::metadata(file).unwrap().permissions().mode();
    let vault = adopted();
    assert_eq!(mode(vault.at(FILE)), mode(vault.write("new.txt", "")));
}

#[test]
fn moved_lines_and_renamed_notes_stay_known() {
    let vault = adopted();
    vault.write("a.md", format!("---\nx: y\n---\n# A heading\n\n{A}"));
    fs::remove_file(vault.at("b.md")).unwrap();
    vault.write("sub/c.md", format!("More.\n\n{B}"));
    vault.run(&["check", "--baseline"]).code(0).never_says("no longer found");
    vault.run(&["check", "--baseline", "sub/c.md"]).code(0).says("2 in the baseline");
    let prune = vault.run(&["baseline", "prune"]).code(0);
    drop(prune.says("0 known findings no longer found, 4 left"));
    assert!(known(&vault)[3].ends_with(" sub/c.md"), "{:?}", known(&vault));
    vault.run(&["check", "--baseline"]).code(0);
}

#[test]
fn notes_that_change_places_stay_known() {
    let vault = adopted();
    vault.write("a.md", B);
    vault.write("b.md", A);
    vault.run(&["check", "--baseline"]).code(0).says("4 in the baseline").never_says("no longer found");
}

#[test]
fn a_baseline_never_grows_unasked() {
    let vault = adopted();
    let before = vault.read(FILE);
    vault.write("c.md", A);
    vault.write("b.md", "Fine.\n");
    let refused = vault.run(&["baseline", "write"]).code(2);
    drop(refused.says("`vaultmend-baseline.txt` would grow by 2 findings").says("--grow"));
    vault.run(&["baseline", "write", "c.md"]).code(2);
    assert_eq!(vault.read(FILE), before);
    vault.run(&["baseline", "prune"]).code(0).says("2 known findings no longer found, 2 left");
    assert_eq!(known(&vault).len(), 2);
    vault.run(&["check", "--baseline"]).code(1).says("2 errors in 1 note");
    vault.run(&["baseline", "write", "--grow"]).code(0).says("2 new in").says("4 known now");
    vault.run(&["check", "--baseline"]).code(0);
}

#[test]
fn of_notes_that_are_named_alone_the_others_entries_stay() {
    let vault = adopted();
    vault.write("a.md", "Fine.\n");
    vault.write("b.md", "Fine.\n");
    vault.run(&["check", "--baseline", "b.md"]).code(0).says("2 known findings in `vaultmend-baseline.txt` no longer");
    vault.run(&["check", "--baseline"]).code(0).says("4 known findings in").never_says("links/split-word of");
    vault.run(&["check", "--baseline", "--verbose"]).code(0).says("  links/split-word of `a.md`, ");
    vault.run(&["baseline", "write", "b.md"]).code(0).says("2 findings gone, 2 known now");
    assert!(known(&vault).iter().all(|line| line.ends_with(" a.md")));
}

#[test]
fn pruning_looks_at_the_whole_vault_from_wherever_it_is_run() {
    let vault = adopted();
    vault.write("sub/c.md", "Fine.\n");
    vault.write("a.md", "Fine.\n");
    let mut command = sandbox::vaultmend(&vault.at("sub"));
    sandbox::finish(command.args(["baseline", "prune"]), b"").code(0).says("2 left in");
    let mut command = sandbox::vaultmend(&vault.at("sub"));
    sandbox::finish(command.args(["check", "..", "--baseline"]), b"").code(0).says("2 in the baseline");
}

#[test]
fn what_would_change_is_shown_as_a_diff_and_not_done() {
    let vault = adopted();
    vault.write("a.md", "Fine.\n");
    let before = vault.read(FILE);
    let diff = vault.run(&["baseline", "prune", "--diff"]).code(1).stdout();
    assert_eq!(diff.lines().filter(|line| line.starts_with('-') && line.ends_with(" a.md")).count(), 2, "{diff}");
    assert_eq!(vault.read(FILE), before);
    vault.run(&["baseline", "prune"]).code(0);
    vault.run(&["baseline", "prune", "--diff"]).code(0);
}

#[test]
fn a_note_that_cannot_be_read_loses_nothing() {
    let vault = adopted();
    vault.write("b.md", b"\xff\xfe not UTF-8");
    vault.run(&["check", "--baseline"]).code(1).says("note/unreadable").never_says("no longer found");
    vault.run(&["baseline", "prune"]).code(0).says("4 left in");
}

#[test]
fn repairs_are_made_of_what_is_known_too_and_what_they_leave_is_still_known() {
    let vault = Sandbox::new();
    vault.write("a.md", format!("{A}See[[Notes]] there.\n"));
    vault.write("Notes.md", "Fine.\n");
    vault.run(&["baseline", "write"]).code(0).says("3 known findings");
    vault.run(&["fix", "--baseline", "--diff"]).code(1).says("2 repairs in 1 note, 0 findings would be left");
    vault.run(&["fix", "--baseline"]).code(0).says("2 repairs").says("1 in the baseline");
    vault.run(&["fix"]).code(1).says("links/lost-space");
}

#[test]
fn a_file_that_is_no_baseline_is_an_error_at_its_place() {
    let vault = adopted();
    for (text, message) in [
        ("nonsense\n", "this file is no baseline"),
        ("# vaultmend baseline 2\n", "version 2"),
        ("# vaultmend baseline 1\n\n<<<<<<< HEAD\n", "a merge left a conflict here"),
        ("<<<<<<< HEAD\n", "a merge left a conflict here"),
        ("# vaultmend baseline 1\nabc\n", "this is no entry"),
    ] {
        vault.write(FILE, text);
        let place = format!("{FILE}:{}", text.lines().count());
        for arguments in [&["check", "--baseline"][..], &["fix", "--baseline"], &["baseline", "write", "--grow"]] {
            drop(vault.run(arguments).code(2).says(message).says(&place));
        }
        assert_eq!(vault.read(FILE), text.as_bytes());
    }
    vault.write(FILE, b"\xff\xfe");
    vault.run(&["check", "--baseline"]).code(2).says(FILE);
    fs::remove_file(vault.at(FILE)).unwrap();
    let absent = vault.run(&["check", "--baseline"]).code(2);
    drop(absent.says("there is no baseline `vaultmend-baseline.txt`").says("baseline write"));
    vault.run(&["baseline", "prune"]).code(2).says("there is no baseline");
    vault.run(&["check", "--baseline=other.txt"]).code(2).says("there is no baseline `other.txt`");
}

#[test]
fn a_baseline_can_be_another_file() {
    let vault = adopted();
    vault.write("ci/x", "");
    vault.run(&["baseline", "write", "--file", "ci/known.txt"]).code(0).says("`ci/known.txt`");
    assert_eq!(vault.read("ci/known.txt"), vault.read(FILE));
    fs::remove_file(vault.at(FILE)).unwrap();
    vault.run(&["check", "--baseline=ci/known.txt"]).code(0);
    vault.run(&["check", "--baseline", "a.md"]).code(2);
    vault.run(&["check", "--baseline", "--no-baseline"]).code(2).says("cannot be used with");
}

#[test]
fn the_configuration_can_name_it_so_that_nobody_has_to() {
    let vault = adopted();
    vault.write("vaultmend.toml", "baseline = 'ci/known.txt'\n");
    vault.write("ci/x", "");
    vault.run(&["check"]).code(2).says("there is no baseline `ci/known.txt`").says("vaultmend.toml:1:12");
    vault.run(&["check", "--no-baseline"]).code(1).says("errors");
    vault.run(&["unlink", "nothing"]).code(0);
    vault.run(&["baseline", "write"]).code(0).says("`ci/known.txt`");
    vault.run(&["check"]).code(0).says("4 in the baseline");
    vault.run(&["check", "--no-baseline"]).code(1).never_says("in the baseline");
    vault.write("a.md", "Fine.\n");
    vault.run(&["baseline", "prune"]).code(0).says("2 left in `ci/known.txt`");
    vault.run(&["check", "--baseline=vaultmend-baseline.txt"]).code(0).says("2 known findings in");
}

/// What notes are made of: damage, the words it was, and what tells places apart.
const PIECES: &[&str] = &[
    "in[[flu]]ence",
    "p[[reparations]]",
    "[[[[War]]saw]]",
    "https://example.org/[[2006]]/a",
    "see[[Notes]]",
    "[[Russia]]n",
    "[[nowhere]]",
    "#War",
    "#war",
    "#2006",
    "[[flu",
    "`code`",
    "the",
    "mountain",
    "evening",
    " ",
    " ",
    "\n",
    "\n\n",
    "\n- ",
    "\n# ",
    "\n| ",
    "\n> ",
];

fn notes() -> impl Strategy<Value = Vec<String>> {
    let body = prop::collection::vec(select(PIECES), 0..30).prop_map(|pieces| pieces.concat());
    let head =
        select(&["", "", "---\ntags: '#War #flu'\n---\n", "---\ntags: [a, War, war, 2006]\nx: [[a]]\n---\n"][..]);
    prop::collection::vec((head, body).prop_map(|(head, body)| head.to_owned() + &body), 1..5)
}

/// What is found in the notes of a vault.
fn seen(notes: &[Note]) -> Vec<Seen> {
    static RULES: LazyLock<Rules> = LazyLock::new(|| Rules::builtin().unwrap());
    let mut vault = Vault::default();
    notes.iter().for_each(|note| vault.add(note));
    let survey = Survey::of(notes, Given::default());
    let engine = Engine::new(&RULES, &vault, &survey);
    let look = |note: &Note| {
        let found = engine.check(note);
        let prints = fingerprints(&note.text, &found);
        let known = found.into_iter().zip(prints).map(|(found, fingerprint)| Known { rule: found.rule, fingerprint });
        Seen { note: note.path.to_string(), found: known.collect() }
    };
    notes.iter().map(look).collect()
}

fn parsed(texts: &[String], name: impl Fn(usize) -> String) -> Vec<Note> {
    texts.iter().enumerate().map(|(i, text)| Note::parse(name(i), text.as_str())).collect()
}

/// Writes a baseline of these notes down, reads it, and holds others against it.
fn held_against(was: &[Note], is: &[Note]) -> (Compared, Vec<Seen>) {
    let mut baseline = Baseline::default();
    for one in seen(was) {
        one.found.into_iter().for_each(|known| baseline.add(one.note.as_str(), known));
    }
    let baseline = Baseline::read("x", &baseline.to_text()).unwrap();
    let seen = seen(is);
    let is_gone = |note: &str| !is.iter().any(|there| *there.path == *note);
    (baseline.compare(&seen, is_gone, |_| true), seen)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn after_a_baseline_is_written_nothing_is_new(texts in notes()) {
        let notes = parsed(&texts, |i| format!("{i}.md"));
        let (compared, seen) = held_against(&notes, &notes);
        prop_assert!(compared.known.iter().flatten().all(|known| *known), "{seen:?}");
        prop_assert!(compared.stale.is_empty());
        prop_assert_eq!(compared.kept.len(), seen.iter().map(|one| one.found.len()).sum::<usize>());
    }

    #[test]
    fn lines_above_make_nothing_new(texts in notes(), lines in 1..4usize) {
        let lower = |text: &String| {
            let body = Note::parse("x.md", text.as_str()).body();
            // A word more could show another language, and let other links be judged.
            format!("{}{}\n{}", &text[..body], "***\n\n".repeat(lines), &text[body..])
        };
        let moved: Vec<String> = texts.iter().map(lower).collect();
        let name = |i| format!("{i}.md");
        let (compared, seen) = held_against(&parsed(&texts, name), &parsed(&moved, name));
        prop_assert!(compared.known.iter().flatten().all(|known| *known), "{moved:?} {:?} {seen:?}", compared.known);
    }

    #[test]
    fn a_folder_that_was_renamed_brings_nothing_new(texts in notes()) {
        let was = parsed(&texts, |i| format!("old/{i}.md"));
        let is = parsed(&texts, |i| format!("new/{i}.md"));
        let (compared, seen) = held_against(&was, &is);
        prop_assert!(compared.known.iter().flatten().all(|known| *known), "{seen:?}");
        prop_assert!(compared.stale.is_empty());
    }

    #[test]
    fn never_are_more_findings_known_than_were_written_down(was in notes(), is in notes()) {
        let (was, is) = (parsed(&was, |i| format!("{i}.md")), parsed(&is, |i| format!("{}.md", i + 2)));
        let (compared, seen) = held_against(&was, &is);
        let known = compared.known.iter().flatten().filter(|known| **known).count();
        prop_assert_eq!(known, compared.kept.len());
        prop_assert!(known <= seen.iter().map(|one| one.found.len()).sum());
    }
}
