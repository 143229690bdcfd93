use super::*;

fn names(listed: &[Listed]) -> Vec<&str> {
    listed.iter().map(|one| one.text.as_str()).collect()
}

#[track_caller]
fn tags(yaml: &str, wanted: &[&str]) {
    for text in
        [format!("---\n{yaml}\n---\nx"), format!("\u{feff}---\n# é ü 😀\nz: 'ö'\n{yaml}\n---").replace('\n', "\r\n")]
    {
        let frontmatter = Frontmatter::read(&text).expect("frontmatter");
        let found = frontmatter.tags(&text);
        assert_eq!(names(&found), wanted, "{text:?} {frontmatter:?}");
        for tag in found {
            assert_eq!(tag.span.of(&text).trim_start_matches('#'), tag.text, "{text:?}");
        }
    }
}

#[test]
fn tags_are_read_in_every_shape() {
    tags("tags: a", &["a"]);
    tags("tags: '#a #b'", &["a", "b"]);
    tags("tags: \"a, b\" # c", &["a", "b"]);
    tags("tags:\n- a\n# c\n- 'b' # d\n-\n- c/é", &["a", "b", "c/é"]);
    tags("tags:\n  - a\n\n  - \"b\"\nx: y", &["a", "b"]);
    tags("tags: [a, '#b', \"c\"]", &["a", "b", "c"]);
    tags("tags: [a,\n  b]\nx: y", &["a", "b"]);
    tags("tags: '#a #b\n  #c '\nx: y", &["a", "b", "c"]);
    tags("tags:\n  - #a\n  - #b", &["a", "b"]);
    tags("tags: #a, #b", &["a", "b"]);
    tags("tags:\n  #a #b\n  #c\nx: y", &["a", "b", "c"]);
    tags("tags: 2006", &["2006"]);
    tags("tags:\n- 2006\n- 1997", &["2006", "1997"]);
    tags("tags: [#a, #b]\nx: y", &["a", "b"]);
    tags("tags: \"#a\", \"#b\"", &["a", "b"]);
    tags("tags: >-\n  a\n  b\nx: y", &["a", "b"]);
    tags("tags: foo #bar", &["foo", "bar"]);
    tags("tags: # nothing yet", &[]);
    tags("tags: null", &[]);
    tags("tags: {a: b}", &[]);
    tags("tag: a\ntags: [b]", &["a", "b"]);
}

#[test]
fn aliases_are_split_at_commas_only() {
    let text = "---\naliases: Big Bang, 'the' start\nalias:\n  - One, two\nlang: en\n---\n";
    let frontmatter = Frontmatter::read(text).expect("frontmatter");
    assert_eq!(names(&frontmatter.aliases(text)), ["Big Bang", "'the' start", "One, two"]);
    assert_eq!(frontmatter.lang(), Some("en"));
}

#[test]
fn entries_end_where_their_last_line_does() {
    let text = "---\na: 1 # one\n# two\n\nb:\n- x\n\n  # of b\n# of c\nc: |\n  p\n\n  q\n---\n";
    let frontmatter = Frontmatter::read(text).expect("frontmatter");
    let spans: Vec<_> = frontmatter.entries.iter().map(|entry| entry.span.of(text)).collect();
    assert_eq!(spans, ["a: 1 # one\n", "b:\n- x\n\n  # of b\n", "c: |\n  p\n\n  q\n"]);
    assert_eq!(frontmatter.entries[2].value.span().of(text), "|\n  p\n\n  q");
}

#[test]
fn only_the_very_first_line_opens_frontmatter() {
    for text in
        ["", "---", "---\n", "\n---\na: b\n---\n", " ---\na: b\n---\n", "---\na: b\n...\n", "----\na: b\n----\n"]
    {
        assert!(Frontmatter::read(text).is_none(), "{text:?}");
    }
    for text in ["---\n---", "---  \r\na: b\r\n---\t\r\nx", "\u{feff}---\na: b\n---", "---\n\n---\n"] {
        let frontmatter = Frontmatter::read(text).expect("frontmatter");
        assert_eq!(frontmatter.error, None, "{text:?}");
    }
}

#[test]
fn an_error_has_a_place() {
    for (yaml, place) in [
        ("a: b: c", ": c"),
        ("a: 1\nb: 2\na: 3", "a: 3"),
        ("x:\n  - a: 1\n    a: 2", "a: 2"),
        ("\ta: b", "\ta: b"),
        ("- a\n- b", "- a"),
        ("a: 1\n...\nb: 2", "..."),
        ("a: [b\nc: d", ": d"),
    ] {
        let text = format!("---\n{yaml}\n---\n");
        let error = Frontmatter::read(&text).expect("frontmatter").error.expect("an error");
        assert_eq!(error.span.of(&text), place, "{yaml:?}: {}", error.message);
    }
}

#[test]
fn written_names_are_read_as_the_same_strings() {
    for name in [
        "a",
        "a/b",
        "1997",
        "1e5",
        "0x1f",
        "12:30",
        "2022-01-01",
        "true",
        "No",
        "y",
        "~",
        "null",
        "-",
        "-a",
        ".5",
        "+1",
        "a: b",
        "a:",
        "a #b",
        "C#",
        "c++",
        "'a'",
        "\"a\"",
        "a\\b",
        "[x]",
        "@x",
        "é",
        "日本",
        "=",
        "<<",
        "a,b",
        "\u{85}",
        ".inf",
        "1_000",
        "x y",
        " x",
        "!x",
        "%a",
        "{{x}}",
        "#a",
        "*a",
        "&a",
        "`a`",
        "a'b",
        "0o17",
        "1.2.3",
        "2nd",
    ] {
        let read: Vec<serde_yaml::Value> = serde_yaml::from_str(&format!("[{}]", scalar(name))).expect("YAML");
        assert_eq!(read, [serde_yaml::Value::from(name)], "{}", scalar(name));
        let read: Vec<serde_yaml::Value> = serde_yaml::from_str(&format!("- {}\n", scalar(name))).expect("YAML");
        assert_eq!(read, [serde_yaml::Value::from(name)], "{}", scalar(name));
    }
}

#[test]
fn in_what_is_no_yaml_comments_and_dashes_are_no_tags() {
    let broken = |yaml: &str| format!("{yaml}\nup: [[A]], [[B]]");
    tags(&broken("tags:\n  - a # ask about b\n  # c in d\n  - \"e # f\"\n  -\n  - g h"), &["a", "e # f", "g h"]);
    tags(&broken("tags: #a, #b"), &["a", "b"]);
    tags(&broken("tags: [#a, b] # c"), &["a", "b"]);
    tags(&broken("tags: [a, # b\n  c]"), &["a", "c"]);
}

#[test]
fn the_capitals_of_a_property_of_obsidian_do_not_count() {
    let text = "---\nTags: [a]\nTAG: b\nAliases: [c]\n---\n";
    let frontmatter = Frontmatter::read(text).expect("frontmatter");
    assert_eq!(names(&frontmatter.tags(text)), ["a", "b"]);
    assert_eq!(names(&frontmatter.aliases(text)), ["c"]);
    assert_eq!(frontmatter.read_as("tags").map(|entry| &*entry.name), Some("Tags"));
}

#[test]
fn the_referee_sees_what_changed() {
    let before = "---\na: 1.0 # c\ntags: x y\nb: 'q'\n---\n";
    let same = |after: &str| referee::same_but_for(before, after, &["tags", "tag"]);
    assert_eq!(same("---\na: 1.0 # c\ntags:\n  - x\n  - y\nb: 'q'\n---\n"), Ok(()));
    assert!(same("---\na: 1.00 # c\ntags: x y\nb: 'q'\n---\n").is_err());
    assert!(same("---\na: 1.0 # d\ntags: x y\nb: 'q'\n---\n").is_err());
    assert!(same("---\na: 1.0 # c\ntags: x y\nb: \"q\"\n---\n").is_err());
    assert!(same("---\nb: 'q'\ntags: x y\na: 1.0 # c\n---\n").is_err());
    assert!(same("---\na: 1.0 # c\ntags: x y\n---\n").is_err());
    assert!(same("---\na: 1.0 # c\ntags: [x\nb: 'q'\n---\n").is_err());
    assert!(same("---\na: 1.0 # c\ntags: x\ntags: y\nb: 'q'\n---\n").is_err());
    let broken = "---\na: 1\ntags: [#x, #y]\nb: 2\n---\n";
    let mended = |after: &str| referee::same_but_for(broken, after, &["tags"]);
    assert_eq!(mended("---\na: 1\ntags: [x, y]\nb: 2\n---\n"), Ok(()));
    assert!(mended("---\na: 1\ntags: [x, y]\nb: 3\n---\n").is_err());
    assert!(mended("---\na: 1\ntags: [x, #y]\nb: 2\n---\n").is_err());
}
