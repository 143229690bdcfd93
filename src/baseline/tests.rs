use super::*;

fn known(fingerprint: u64) -> Known {
    Known { rule: "links/split-word".to_owned(), fingerprint: format!("{fingerprint:016x}") }
}

fn baseline(entries: &[(&str, &[u64])]) -> Baseline {
    let mut baseline = Baseline::default();
    entries.iter().for_each(|(note, all)| all.iter().for_each(|&one| baseline.add(*note, known(one))));
    baseline
}

fn seen(notes: &[(&str, &[u64])]) -> Vec<Seen> {
    let seen = |(note, all): &(&str, &[u64])| Seen {
        note: (*note).to_owned(),
        found: all.iter().map(|&one| known(one)).collect(),
    };
    notes.iter().map(seen).collect()
}

/// Compares with a run over the whole vault, which has these notes.
fn whole(was: &[(&str, &[u64])], is: &[(&str, &[u64])]) -> Compared {
    baseline(was).compare(&seen(is), |note| !is.iter().any(|(there, _)| *there == note), |_| true)
}

#[test]
fn what_is_written_is_read_again() {
    let mut all = baseline(&[("b c.md", &[2, 1]), ("a\n\\x\u{85}.md", &[3]), ("é/日本.md", &[4])]);
    all.add("b c.md", Known { rule: "tags/tag-case".to_owned(), fingerprint: format!("{:016x}", u64::MAX) });
    let text = all.to_text();
    assert_eq!(Baseline::read("x", &text).unwrap(), all);
    let lines: Vec<&str> = text.lines().skip(2).collect();
    assert_eq!(lines[0], "0000000000000003 links/split-word a\\n\\\\x\\u{85}.md");
    assert_eq!(lines[1], "0000000000000001 links/split-word b c.md");
    assert_eq!(Baseline::read("x", &Baseline::default().to_text()).unwrap(), Baseline::default());
}

#[test]
fn a_merge_that_keeps_both_sides_leaves_a_baseline() {
    let all = baseline(&[("a.md", &[1, 2]), ("b.md", &[1])]);
    let text = all.to_text();
    let crlf = text.replace('\n', "\r\n");
    assert_eq!(Baseline::read("x", &format!("\u{feff}{crlf}{text}\n")).unwrap(), all);
}

#[test]
fn what_is_no_baseline_is_an_error_at_its_place() {
    let error = |text: &str| format!("{:?}", miette::Report::new(Baseline::read("base.txt", text).unwrap_err()));
    let head = "# vaultmend baseline 1\n";
    let cases = [
        ("", "is empty"),
        ("{}\n", "no baseline"),
        ("# vaultmend baseline 2\n", "version 2"),
        ("# vaultmend baseline 1.5\n", "no such version"),
        (&format!("{head}<<<<<<< HEAD\n"), "a merge left a conflict here"),
        (&format!("{head}# vaultmend baseline 3\n"), "version 3"),
        (&format!("{head}000000000000000g links/x a.md\n"), "no entry"),
        (&format!("{head}0000000000000001 links a.md\n"), "no entry"),
        (&format!("{head}0000000000000001 links/x \n"), "no entry"),
        (&format!("{head}0000000000000001 links/x a\\q.md\n"), "no entry"),
    ];
    for (text, message) in cases {
        assert!(error(text).contains(message), "{text:?}: {}", error(text));
    }
    let second = format!("{head}\n0000000000000001 links/x a.md\nnonsense\n");
    assert!(error(&second).contains("base.txt:4:1"), "{}", error(&second));
}

#[test]
fn a_second_finding_of_the_same_kind_is_new() {
    let compared = whole(&[("a.md", &[1, 2])], &[("a.md", &[1, 3])]);
    assert_eq!(compared.known, [[true, false]]);
    assert_eq!(compared.stale, baseline(&[("a.md", &[2])]));
    assert_eq!(compared.kept, baseline(&[("a.md", &[1])]));
}

#[test]
fn a_renamed_note_takes_its_entries_with_it() {
    let compared = whole(&[("a.md", &[1, 2, 3]), ("b.md", &[4])], &[("b.md", &[4]), ("c.md", &[1, 2, 9])]);
    assert_eq!(compared.known, [vec![true], vec![true, true, false]]);
    assert_eq!(compared.stale, baseline(&[("a.md", &[3])]));
    assert_eq!(compared.kept, baseline(&[("b.md", &[4]), ("c.md", &[1, 2])]));
}

#[test]
fn of_two_new_notes_the_one_that_has_more_of_it_is_the_renamed_one() {
    let compared = whole(&[("a.md", &[1, 2, 3])], &[("b.md", &[1]), ("c.md", &[1, 2, 3])]);
    assert_eq!(compared.known, [vec![false], vec![true; 3]]);
}

#[test]
fn a_copy_is_new() {
    let compared = whole(&[("a.md", &[1, 2])], &[("a.md", &[1, 2]), ("b.md", &[1, 2])]);
    assert_eq!(compared.known, [[true; 2], [false; 2]]);
}

#[test]
fn a_repair_in_one_note_makes_no_room_in_another() {
    let compared = whole(&[("a.md", &[1])], &[("a.md", &[]), ("b.md", &[1])]);
    assert_eq!(compared.known, [vec![], vec![false]]);
    assert_eq!(compared.stale, baseline(&[("a.md", &[1])]));
}

#[test]
fn notes_that_changed_places_are_known_there() {
    let compared = whole(&[("a.md", &[1, 2]), ("b.md", &[3, 4])], &[("a.md", &[3, 4]), ("b.md", &[1, 2])]);
    assert_eq!(compared.known, [[true; 2], [true; 2]]);
    assert!(compared.stale.is_empty());
    assert_eq!(compared.kept, baseline(&[("a.md", &[3, 4]), ("b.md", &[1, 2])]));
}

#[test]
fn a_note_moved_to_where_another_was_before_is_followed_and_so_is_that_one() {
    let compared = whole(&[("a.md", &[1, 2]), ("b.md", &[3, 4])], &[("b.md", &[1, 2]), ("c.md", &[3, 4])]);
    assert_eq!(compared.known, [[true; 2], [true; 2]]);
}

#[test]
fn findings_that_every_note_has_follow_the_name_of_the_file() {
    let was: Vec<String> = (0..200).map(|n| format!("old/{n}.md")).collect();
    let is: Vec<String> = (0..200).map(|n| format!("new/{n}.md")).collect();
    let all = |paths: &'static [String]| -> Vec<(&'static str, &'static [u64])> {
        paths.iter().map(|path| (path.as_str(), &[1][..])).collect()
    };
    let compared = whole(&all(was.leak()), &all(is.leak()));
    assert!(compared.known.iter().flatten().all(|known| *known));
}

#[test]
fn a_run_over_one_note_says_nothing_of_the_others() {
    let all = baseline(&[("a.md", &[1]), ("b.md", &[2])]);
    let compared = all.compare(&seen(&[("a.md", &[])]), |_| false, |note| note == "a.md");
    assert_eq!(compared.stale, baseline(&[("a.md", &[1])]));
    assert_eq!(compared.kept, baseline(&[("b.md", &[2])]));
}
