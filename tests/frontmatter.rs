//! What holds for every frontmatter: it is read without a fault, and its tags become a list while
//! nothing else moves.

use proptest::prelude::*;
use vaultmend::diagnostic::{Applicability, Severity};
use vaultmend::engine::Engine;
use vaultmend::note::Note;
use vaultmend::note::frontmatter::{Frontmatter, Value, referee, scalar};
use vaultmend::rule::Rules;
use vaultmend::survey::Survey;
use vaultmend::vault::Vault;

const RULE: &str = "frontmatter/tags-not-a-list";

/// Other entries, each valid by itself: quotes, comments and numbers that a fix must not touch.
const OTHERS: &[&str] = &[
    "id: 1.0 # one",
    "n: 007",
    "big: 0x1F",
    "title: 'it''s: é # no comment'",
    "say: \"a \\u00e9 b\" # ü 😀",
    "date: 2022-01-01",
    "# a comment: [",
    "",
    "list:\n- a\n- 'b' # c",
    "deep:\n    - a\n\n    - b\n    # of deep",
    "flow: [a, 'b', 1.50]",
    "text: |\n  # no comment\n\n  tags: a, b",
    "up: \"[[MOC]]\"",
    "map:\n  tags: a, b\n  x: 1e3",
    "anchor: &x y",
    "none:",
    "keep: |+\n  x\n\n",
];

fn cases() -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(3000) }
}

/// A shape that people write tags in, and whether YAML can read it.
#[derive(Debug, Clone, Copy)]
struct Shape {
    write: fn(&[String]) -> String,
    valid: bool,
}

const SHAPES: &[Shape] = &[
    Shape { write: |tags| format!("tags: '{}'", hashed(tags, " ")), valid: true },
    Shape { write: |tags| format!("tags: \"{}\" # mine", hashed(tags, ", ")), valid: true },
    Shape { write: |tags| format!("tags: {}", tags.join(", ")), valid: true },
    Shape { write: |tags| format!("tags: '{}'", tags.join(" ")), valid: true },
    Shape { write: |tags| format!("tags:   {},{}  ", tags[0], tags.join(",")), valid: true },
    Shape { write: |tags| format!("tags: '{} '", hashed(tags, "\n  ")), valid: true },
    Shape { write: |tags| format!("tags:\n  \"{}\"", hashed(tags, " ")), valid: true },
    Shape { write: |tags| format!("tags: # why\n  '{}' # what", hashed(tags, " ")), valid: true },
    Shape { write: |tags| format!("tags: {}", hashed(tags, ", ")), valid: true },
    Shape { write: |tags| format!("tags:\n  {}", hashed(tags, "\n  ")), valid: true },
    Shape { write: |tags| format!("tags:\n- {}", hashed(tags, "\n- ")), valid: true },
    Shape { write: |tags| format!("tags:\n  # why\n  - {}\n  -", hashed(tags, "\n\n  - ")), valid: true },
    Shape { write: |tags| format!("tags: >-\n  {}", hashed(tags, "\n  ")), valid: true },
    Shape { write: |tags| format!("\"tags\" : '{}'", hashed(tags, " ")), valid: true },
    Shape { write: |tags| format!("tags: [{}]", hashed(tags, ", ")), valid: false },
    Shape { write: |tags| format!("tags: [{}]", hashed(tags, " ")), valid: false },
    Shape { write: |tags| format!("tags: \"{}\"", tags.join("\", \"")), valid: false },
];

fn hashed(tags: &[String], between: &str) -> String {
    tags.iter().map(|tag| format!("#{tag}")).collect::<Vec<_>>().join(between)
}

fn tag() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-z][a-z/_-]{0,5}[a-z]",
        1 => "[0-9]{1,4}",
        1 => prop::sample::select(vec!["été", "日本", "true", "null", "1e5", "y", "COVID-19", "😀"]).prop_map(str::to_owned),
    ]
}

#[derive(Debug, Clone)]
struct Case {
    text: String,
    tags: Vec<String>,
    shape: Shape,
}

fn case() -> impl Strategy<Value = Case> {
    let others = prop::sample::subsequence(OTHERS.to_vec(), 0..7).prop_shuffle();
    let tags = prop::collection::vec(tag(), 2..6);
    (others, tags, prop::sample::select(SHAPES.to_vec()), any::<prop::sample::Index>(), 0..3, any::<[bool; 2]>())
        .prop_map(|(mut others, tags, shape, at, ends, [bom, last])| {
            let entry = (shape.write)(&tags);
            others.insert(at.index(others.len() + 1), &entry);
            let body = if last { "Text with tags: a, b.\n" } else { "" };
            let text = format!("{}---\n{}\n---\n{body}", if bom { "\u{feff}" } else { "" }, others.join("\n"));
            let mut odd = false;
            let text = text.split_inclusive('\n').map(|line| {
                odd = !odd;
                if ends == 1 || ends == 2 && odd { line.replace('\n', "\r\n") } else { line.to_owned() }
            });
            Case { text: text.collect(), tags, shape }
        })
}

/// The one rule that this is about: others mend the tags that it has listed.
fn rule() -> Rules {
    let files = Rules::builtin_files().expect("the built-in rules are sound");
    let file = files.into_iter().find(|file| file.id == RULE).expect("it is built in");
    Rules::of(vec![file.rule(file.params().clone(), Some(Severity::Warning)).expect("its parameters are sound")])
}

/// The text after the fixes, and whether the rule still finds something in it.
fn fix(rules: &Rules, text: &str, least: Applicability) -> (String, bool) {
    let note = Note::parse("note.md", text);
    let mut vault = Vault::default();
    vault.add(&note);
    let fixed = Engine::new(rules, &vault, &Survey::default()).fix(&note, least).expect("fixes come to an end");
    let left = fixed.left.iter().any(|diagnostic| diagnostic.rule == RULE);
    (fixed.note.text, left)
}

#[test]
fn tags_become_a_list_and_nothing_else_moves() {
    let rules = rule();
    proptest!(cases(), |(case in case())| {
        let (safely, _) = fix(&rules, &case.text, Applicability::Safe);
        let (after, left) = fix(&rules, &case.text, Applicability::Unsafe);
        if case.shape.valid {
            prop_assert_eq!(&safely, &after, "a safe fix does it");
        } else {
            prop_assert_eq!(&safely, &case.text, "broken YAML is fixed only when asked for");
        }
        prop_assert!(!left, "it is found no more: {:?}", after);
        prop_assert_eq!(referee::same_but_for(&case.text, &after, &["tags"]), Ok(()));
        prop_assert_eq!(&fix(&rules, &after, Applicability::Unsafe).0, &after, "fixing twice is fixing once");

        let read = Frontmatter::read(&after).expect("the fences stay");
        let yaml: serde_yaml::Value = serde_yaml::from_str(read.yaml.of(&after)).expect("it is YAML");
        let listed: Vec<String> = yaml["tags"].as_sequence().expect("a list").iter()
            .filter(|tag| !tag.is_null())
            .map(|tag| tag.as_str().expect("a string").to_owned())
            .collect();
        let mut wanted: Vec<String> = Vec::new();
        let by_item = case.text.contains("- #");
        for tag in case.tags {
            if by_item || !wanted.contains(&tag) {
                wanted.push(tag);
            }
        }
        prop_assert_eq!(listed, wanted);
        for comment in ["# mine", "# why", "# what", "# a comment: [", "# one", "# of deep"] {
            prop_assert_eq!(case.text.matches(comment).count(), after.matches(comment).count());
        }
        if !case.text.contains('\r') {
            prop_assert!(!after.contains('\r'));
        } else if !case.text.replace("\r\n", "").contains('\n') {
            prop_assert!(!after.replace("\r\n", "").contains('\n'));
        }
    });
}

/// Bits of YAML in any order.
fn soup() -> impl Strategy<Value = String> {
    let bits = vec![
        "a",
        "b: ",
        "tags: ",
        "tags: '#a #b'\n",
        "- ",
        "\n",
        "\r\n",
        "  ",
        " ",
        "#",
        "#a ",
        "'",
        "\"",
        "[",
        "]",
        "{",
        "}",
        ",",
        ", ",
        ": ",
        "? ",
        "&x ",
        "*x",
        "!t ",
        "|",
        ">-\n",
        "é",
        "😀",
        "\t",
        "---",
        "...",
        "%",
        "@",
        "~",
        "\\",
        "\u{85}",
        "\u{2028}",
        "\u{feff}",
        "key:\n",
        "<<: ",
        "1",
        "\0",
    ];
    prop::collection::vec(prop::sample::select(bits), 0..24).prop_map(|bits| bits.concat())
}

#[test]
fn any_text_is_read_with_spans_inside_it() {
    proptest!(cases(), |(soup in soup(), bom: bool)| {
        let text = format!("{}---\n{soup}\n---\nText.\n", if bom { "\u{feff}" } else { "" });
        let read = Frontmatter::read(&text).expect("there are two fences");
        prop_assert!(read.span.contains(read.yaml));
        let mut at = read.yaml.start();
        for entry in &read.entries {
            prop_assert!(at <= entry.span.start() && entry.span.end() <= read.yaml.end(), "{entry:?}");
            at = entry.span.end();
            let value = entry.value.span();
            prop_assert!(entry.span.contains(entry.key), "{entry:?}");
            prop_assert!(value.of(&text).len() == value.len() && value.end() <= read.yaml.end());
            if let Value::Sequence { items, .. } = &entry.value {
                prop_assert!(items.iter().all(|item| text.get(item.span.range()).is_some()));
            }
        }
        for listed in read.tags(&text).iter().chain(&read.aliases(&text)) {
            prop_assert!(text.get(listed.span.range()).is_some());
        }
        prop_assert!(read.error.is_none_or(|error| text.get(error.span.range()).is_some()));
    });
}

#[test]
fn whatever_stands_there_a_fix_changes_tags_only() {
    let rules = rule();
    proptest!(cases(), |(before in soup(), after in soup())| {
        let text = format!("---\n{before}\ntags: {after}\n---\nText.\n");
        let (fixed, _) = fix(&rules, &text, Applicability::Unsafe);
        if fixed != text {
            prop_assert_eq!(referee::same_but_for(&text, &fixed, &["tags", "tag"]), Ok(()));
            prop_assert!(fixed.ends_with("\n---\nText.\n"));
            prop_assert_eq!(&fix(&rules, &fixed, Applicability::Unsafe).0, &fixed);
        }
    });
}

#[test]
fn any_name_is_written_as_a_string() {
    proptest!(cases(), |(name in "[ -~é日\u{85}\u{2028}\t]{1,8}|[0-9eExXo_.:+-]{1,6}")| {
        for list in [format!("[{}]", scalar(&name)), format!("- {}\n", scalar(&name))] {
            let read: Vec<serde_yaml::Value> = serde_yaml::from_str(&list).expect("a list");
            prop_assert_eq!(&read, &[serde_yaml::Value::from(name.as_str())], "{}", list);
        }
    });
}

proptest! {
    #![proptest_config(cases())]

    /// What is kept of a note for another text of it is what would be read in that.
    #[test]
    fn another_text_is_read_as_if_it_were_new(
        pieces in prop::collection::vec(
            prop::sample::select(vec!["---\n", "---", "--- \n", "---\r\n", "a: 1\n", "tags: [b]\n", "\u{feff}", "[[c]]\n", "\n", "-", "\0"]),
            0..8,
        ),
        more in prop::collection::vec(prop::sample::select(vec!["---\n", "-", "x\n", "[[d]]", "\0", "\r\n"]), 0..3),
        kept in 0usize..8,
    ) {
        let before = pieces.concat();
        let after = [pieces[..kept.min(pieces.len())].concat(), more.concat()].concat();
        let (changed, anew) = (Note::parse("n.md", before).with_text(after.clone()), Note::parse("n.md", after));
        prop_assert_eq!(format!("{changed:?}"), format!("{anew:?}"));
    }
}

#[test]
fn a_fence_that_goes_on_closes_nothing() {
    let note = Note::parse("n.md", "---\na: 1\n---");
    assert!(note.frontmatter.is_some() && note.with_text("---\na: 1\n----\n".to_owned()).frontmatter.is_none());
}
