//! The note that the product was begun for, where it lies beside the checkout; it is not ours to keep here.
#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test that cannot go on stops, one that cannot begin says so"
)]

use std::fs;
use std::path::Path;

use vaultmend::autolink::{Evidence, Source};
use vaultmend::diagnostic::{Applicability, Severity};
use vaultmend::engine::Engine;
use vaultmend::note::Note;
use vaultmend::rule::Rules;
use vaultmend::survey::{Given, Survey};
use vaultmend::vault::Vault;

/// The damaged note and the text before the damage.
fn seed() -> Option<(Note, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let read = |name: &str| fs::read_to_string(folder.join(name)).ok();
    let (Some(damaged), Some(clean)) = (read("hungary-1956.md"), read("hungary-1956.clean.md")) else {
        eprintln!("SKIPPED: the seed note is not beside this checkout");
        return None;
    };
    Some((Note::parse("hungary-1956.md", damaged), clean))
}

fn fixed(note: &Note, rules: &Rules) -> vaultmend::engine::Fixed {
    let mut vault = Vault::default();
    vault.add(note);
    let survey = Survey::of(std::slice::from_ref(note), Given::default());
    Engine::new(rules, &vault, &survey).fix(note, Applicability::Safe).unwrap()
}

#[test]
fn replay_proves_212_of_its_215_links() {
    let Some((note, clean)) = seed() else { return };
    let replay = Evidence::of(&note, &Survey::default()).replay.expect("its own tags, run again, make it");
    assert_eq!((note.links.len(), replay.links.len()), (215, 212));
    assert!(replay.source == Source::Tags && replay.tells_case);
    let authors: Vec<&str> = (0..note.links.len())
        .filter(|i| !replay.links.contains(i))
        .map(|i| note.links[i].target.of(&note.text))
        .collect();
    assert_eq!(authors, ["Hungarian Uprising", "general topics/PLACES/WASHINGTON", "general topics/PLACES/WASHINGTON"]);
    let undamaged = note.text[..replay.ran_over.start()].to_owned() + &replay.undamaged;
    assert!(undamaged == clean, "the undamaged text is known byte for byte");
}

#[test]
fn a_fix_repairs_what_is_broken_and_nothing_else() {
    let Some((note, _)) = seed() else { return };
    let rules = Rules::builtin().unwrap();
    let after = fixed(&note, &rules);
    let text = &after.note.text;
    for broken in ["[[[[", "p[[", "in[[", "]]ence", "counter[[", "im[[", "articles/[["] {
        assert!(!text.contains(broken), "{broken}");
    }
    for kept in [
        "[[jail]]s",
        "[[kill]]ed",
        "[[Hungarian Uprising]]",
        "[[general topics/PLACES/WASHINGTON]]’s",
        "tags:\n  - \"1997\"\n  - prison\n",
    ] {
        assert!(text.contains(kept), "{kept}");
    }
    let tags = |note: &Note| note.frontmatter.as_ref().unwrap().tags(&note.text);
    let kept: Vec<String> = tags(&after.note).into_iter().map(|tag| tag.text).collect();
    let gone: Vec<String> = tags(&note).into_iter().map(|tag| tag.text).filter(|tag| !kept.contains(tag)).collect();
    assert_eq!(gone, ["flu", "reparations", "War"], "only accidents in the text spoke for them");
    let shown = |note: &Note| Note::parse("body.md", &note.text[note.body()..]).shown().text.into_owned();
    assert_eq!(shown(&note), shown(&after.note), "the text shown is the same byte for byte");
    assert!(after.left.iter().all(|left| left.severity < Severity::Error), "{:#?}", after.left);
    assert!(fixed(&after.note, &rules).applied.is_empty(), "a second fix changes nothing");
}

#[test]
fn undoing_the_linker_gives_back_the_undamaged_text() {
    let Some((note, clean)) = seed() else { return };
    let files = Rules::builtin_files().unwrap();
    let file = files.iter().find(|file| file.id == "autolink/auto-linked-note").unwrap();
    let params = toml::Table::from_iter([("repair".to_owned(), toml::Value::from("all"))]);
    let rules = Rules::of(vec![file.rule(params, Some(Severity::Info)).unwrap()]);
    assert!(fixed(&note, &rules).note.text == clean, "byte for byte");
}
