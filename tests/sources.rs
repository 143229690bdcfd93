//! What holds for the sources as a whole.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use vaultmend::engine::Engine;
use vaultmend::note::Note;
use vaultmend::rule::Rules;
use vaultmend::survey::{Given, Survey};
use vaultmend::vault::Vault;

/// The Rust files below a folder of the repository.
fn rust(folder: &str) -> Vec<PathBuf> {
    let all = walkdir::WalkDir::new(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder));
    let files = all.into_iter().map(|entry| entry.unwrap().into_path());
    files.filter(|path| path.extension().is_some_and(|ending| ending == "rs")).collect()
}

#[test]
fn no_source_file_has_more_than_400_lines() {
    let sources: Vec<PathBuf> = rust("src").into_iter().chain(rust("tests")).collect();
    assert!(sources.len() > 40);
    for file in sources {
        let lines = fs::read_to_string(&file).unwrap().lines().count();
        assert!(lines <= 400, "{} has {lines} lines: move a wall", file.display());
    }
}

/// The way of the data: each module may use those above it. `cli` is on top of all, and `main` of that.
const ROAD: [&str; 22] = [
    "span",
    "escape",
    "halve",
    "expression",
    "error",
    "language",
    "diagnostic",
    "note",
    "schema",
    "vault",
    "retag",
    "taxonomy",
    "survey",
    "autolink",
    "check",
    "rule",
    "suppress",
    "config",
    "engine",
    "fingerprint",
    "report",
    "baseline",
];

#[test]
fn the_way_of_the_data_goes_one_way() {
    let at = |module: &str| ROAD.iter().position(|known| *known == module);
    let mut uses = 0;
    for file in rust("src") {
        let path = file.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap();
        let first = path.iter().next().unwrap().to_str().unwrap();
        let module = first.trim_end_matches(".rs");
        if ["main", "lib", "cli"].contains(&module) {
            continue;
        }
        let own = at(module).unwrap_or_else(|| panic!("`{module}` has no place on the road"));
        let text = fs::read_to_string(&file).unwrap();
        // Tests may take a note all the way.
        let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
        let is_of_tests = path.file_stem().is_some_and(|name| name == "tests");
        for (start, name) in text.match_indices("crate::").filter(|_| !is_of_tests) {
            let used: String =
                text[start + name.len()..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            // What stands in `lib.rs` itself is a constant.
            let Some(used) = at(&used).or_else(|| used.starts_with(char::is_uppercase).then_some(0)) else {
                panic!("{}: `{module}` uses `crate::{used}`, which has no place on the road", path.display());
            };
            assert!(used <= own, "{}: `{module}` goes back to `{}`", path.display(), ROAD[used]);
            uses += usize::from(used < own);
        }
        let depth = path.components().count() - usize::from(path.ends_with("mod.rs"));
        for (start, _) in text.match_indices("super::").filter(|_| !is_of_tests) {
            let up = text[start..].split("::").take_while(|part| *part == "super").count();
            assert!(up < depth, "{}: {up} times `super` leaves `{module}`: write `crate::`", path.display());
        }
    }
    assert!(uses > 200, "{uses}");
}

#[test]
fn nothing_is_left_to_be_done_in_a_comment() {
    let marks = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X:")];
    for file in rust("src").into_iter().chain(rust("tests")).filter(|file| !file.ends_with("tests/sources.rs")) {
        let text = fs::read_to_string(&file).unwrap();
        for (number, line) in text.lines().enumerate() {
            let comment = line.split_once("//").map_or("", |(_, comment)| comment);
            let mark = marks.iter().find(|mark| comment.contains(**mark));
            assert!(mark.is_none(), "{}:{}: {line}", file.display(), number + 1);
        }
    }
}

#[test]
fn every_check_is_used_by_a_rule() {
    let files = Rules::builtin_files().unwrap();
    for (check, _) in vaultmend::check::CHECKS {
        let used = files.iter().any(|file| file.check_name() == *check) || *check == "pattern";
        assert!(used, "no rule uses the check `{check}`");
    }
}

/// "the link covers only a part of `imprison`": a fact, in lower case, without a full stop.
#[test]
fn what_rules_say_is_in_lower_case_without_a_full_stop() {
    let mut wrong = BTreeSet::new();
    let mut read = 0;
    for file in Rules::builtin_files().unwrap() {
        for example in file.examples() {
            let note = Note::parse(example.path.as_str(), example.text.as_str());
            let mut vault = Vault::default();
            let mut notes = vec![note.clone()];
            notes.extend(
                example
                    .notes
                    .iter()
                    .filter(|(path, _)| path.ends_with(".md"))
                    .map(|(p, t)| Note::parse(p.as_str(), t.as_str())),
            );
            notes.iter().for_each(|note| vault.add(note));
            let rules = Rules::of(vec![file.rule_for(example).unwrap()]);
            let survey = Survey::of(&notes, Given::default());
            let taxonomy = example.taxonomy().unwrap();
            for found in Engine::new(&rules, &vault, &survey).keeping_to(&taxonomy).check(&note) {
                let labels = found.labels.iter().map(|label| &label.text);
                let title = found.fix.iter().map(|fix| &fix.title);
                for text in
                    std::iter::once(&found.message).chain(labels).chain(&found.evidence).chain(&found.help).chain(title)
                {
                    read += 1;
                    // Names have their capitals: Markdown, YAML.
                    let word: String = text.chars().take_while(|c| c.is_alphabetic()).collect();
                    let name = word == "Markdown" || word.chars().all(char::is_uppercase);
                    if text.starts_with(char::is_uppercase) && !name || text.ends_with('.') {
                        wrong.insert(format!("{}: {text}", file.id));
                    }
                }
                if found.message.contains('\n') {
                    wrong.insert(format!("{}: more than one line: {}", file.id, found.message));
                }
            }
        }
    }
    assert!(read > 200, "{read}");
    assert!(wrong.is_empty(), "{wrong:#?}");
}
