//! What `fix` leaves is what a check finds right after.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod sandbox;

use sandbox::Sandbox;

/// The findings of a command, and its exit code.
fn findings(sandbox: &Sandbox, command: &str) -> (serde_json::Value, Option<i32>) {
    let ran = sandbox.run(&[command, "--format", "json"]);
    let document: serde_json::Value = serde_json::from_str(&ran.stdout()).unwrap();
    (document["findings"].clone(), ran.output.status.code())
}

/// Repairs a vault, and returns the rules of what is left.
#[track_caller]
fn left(configuration: &str, notes: &[(&str, &str)]) -> Vec<String> {
    let sandbox = Sandbox::new();
    sandbox.write("vaultmend.toml", configuration);
    for (path, text) in notes {
        sandbox.write(path, text);
    }
    let before = findings(&sandbox, "check");
    let fixed = findings(&sandbox, "fix");
    assert_ne!(before, fixed, "nothing was repaired");
    assert_eq!(fixed, findings(&sandbox, "check"));
    assert_eq!(fixed, findings(&sandbox, "fix"), "a second run finds more to do");
    fixed.0.as_array().unwrap().iter().map(|found| found["rule"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_tag_is_not_near_one_that_is_no_more() {
    let many = (0..8).map(|n| format!("{n}.md")).collect::<Vec<_>>();
    let mut notes: Vec<(&str, &str)> = many.iter().map(|path| (path.as_str(), "x #people y\n")).collect();
    notes.push(("one.md", "x #peoples y\n"));
    assert_eq!(left("tags.rename.people = 'person'", &notes), [] as [&str; 0]);
}

#[test]
fn what_was_left_alone_is_judged_by_the_new_tags_too() {
    let many = (0..8).map(|n| format!("{n}.md")).collect::<Vec<_>>();
    let mut notes: Vec<(&str, &str)> = many.iter().map(|path| (path.as_str(), "x #human y\n")).collect();
    notes.push(("one.md", "x #persons y\n"));
    assert_eq!(left("tags.rename.human = 'person'", &notes), ["tags/near-duplicate"]);
}

#[test]
fn a_note_is_an_orphan_when_the_only_link_to_it_was_an_accident() {
    let notes =
        [("a.md", "It had an in[[flu]]ence on [[b]].\n"), ("b.md", "See [[a]].\n"), ("flu.md", "An illness.\n")];
    assert_eq!(left("rule.'note/orphan'.severity = 'warning'", &notes), ["note/orphan"]);
}

#[test]
fn a_part_is_looked_for_in_the_note_that_a_repaired_link_names() {
    let notes = [("a.md", "See [[[[long]] road#Nowhere]].\n"), ("long road.md", "# Here\n"), ("long.md", "")];
    assert_eq!(left("", &notes), ["links/missing-heading"]);
}
