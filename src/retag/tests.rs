use super::*;

fn renamed(old: &str, new: &str, text: &str) -> Retagged {
    let renaming = Renaming::new(old, new).unwrap();
    renaming.retag(&Note::parse("n.md", text), &Vault::default()).unwrap_or(Retagged {
        text: text.to_owned(),
        renamed: 0,
        left: vec![],
    })
}

const NOTE: &str = "\u{feff}---\r\ntitle: '#old' # old\r\ntags: [old, \"old/a\", '#Old', older] # my #old\r\n---\r\n\
    On #old, #OLD/b and #older; x#old, `#old`, [a](#old), [[n#old]], %% #old %%\r\n\
    ```query\r\ntag:#old -tag:old/a (#old OR \"#old\") #older [[n#old]] [[#old]]\r\n```\r\n\
    > ```dataview\r\n> LIST FROM #old and -#old/a WHERE contains(tags, \"old\")\r\n> ```\r\n\
    ```dataviewjs\r\ndv.pages(\"#old\")\r\n```\r\n";

#[test]
fn the_tag_is_renamed_wherever_it_is_one() {
    let now = renamed("old", "new/x", NOTE);
    let expected = "\u{feff}---\r\ntitle: '#old' # old\r\ntags: [new/x, \"new/x/a\", '#new/x', older] # my #old\r\n---\r\n\
        On #new/x, #new/x/b and #older; x#old, `#old`, [a](#old), [[n#old]], %% #old %%\r\n\
        ```query\r\ntag:#new/x -tag:new/x/a (#new/x OR \"#new/x\") #older [[n#old]] [[#old]]\r\n```\r\n\
        > ```dataview\r\n> LIST FROM #new/x and -#new/x/a WHERE contains(tags, \"old\")\r\n> ```\r\n\
        ```dataviewjs\r\ndv.pages(\"#old\")\r\n```\r\n";
    assert_eq!(now.text, expected);
    assert_eq!(now.renamed, 11);
    let left: Vec<&str> = now.left.iter().map(|at| at.of(NOTE)).collect();
    assert_eq!(left, ["old"; 6], "the title, two comments, inline code, the string, the script");
}

#[test]
fn there_and_back_is_the_same_bytes() {
    for text in [
        "---\ntags:\n  - a # mine\n  - 'a/b'\n\n---\n#a",
        "---\ntags: '#a #b\n  #a/c'\n---\n#a/b\n```query\ntag:a\n```\n",
        "---\ntags: a, b\ntag: a\n---\n",
        "---\ntags: #a, #b\n---\n",
        "---\nTags: [a]\nTAG: b\n---\n",
    ] {
        let there = renamed("a", "some-other/name", text);
        assert!(there.renamed > 0 && there.text != text, "{text}");
        assert_eq!(renamed("some-other/name", "a", &there.text).text, text);
    }
}

#[test]
fn a_name_that_means_something_to_yaml_is_quoted() {
    assert_eq!(renamed("a", "no", "---\ntags: [a, b]\nx: a\n---\n").text, "---\ntags: [\"no\", b]\nx: a\n---\n");
}

#[test]
fn what_cannot_be_changed_alone_is_left_and_told() {
    for text in ["---\ntags: [\"\\x61\"]\n---\n", "---\ntags: [a, #b]\n---\n"] {
        let now = renamed("a", "b", text);
        assert_eq!((now.text.as_str(), now.renamed, now.left.len()), (text, 0, 1), "{text}");
    }
}

#[test]
fn what_yaml_hides_under_tags_is_left_and_told() {
    for (text, told) in [
        ("---\nx: &t [a, b]\ntags: *t\n---\n", "*t"),
        ("---\nx: &t a\ntags: [c, *t]\n---\n", "*t"),
        ("---\ntags:\n- - a/c\n- d\n---\n", "a/c"),
        ("---\ntags: {A: 1}\n---\n", "A"),
        ("---\nTags:\n  b: 'c, #a'\n---\n", "a"),
    ] {
        let now = renamed("a", "z", text);
        let left: Vec<&str> = now.left.iter().map(|at| at.of(text)).collect();
        assert_eq!((now.text.as_str(), left), (text, vec![told]));
    }
    let renaming = Renaming::new("a", "z").unwrap();
    for text in ["---\nx: &t [b]\ntags: *t\n---\n", "---\ntags: {b: 1}\n---\n", "---\ntags:\n- - ab\n---\n"] {
        assert!(renaming.retag(&Note::parse("n.md", text), &Vault::default()).is_none(), "{text}");
    }
}

#[test]
fn a_heading_that_links_may_name_is_left_as_it_is() {
    let text = "# Plan #old\n";
    let mut vault = Vault::default();
    vault.add_all(&mut [Note::parse("n.md", text)]);
    let retag = |vault: &Vault| Renaming::new("old", "new").unwrap().retag(&Note::parse("n.md", text), vault).unwrap();
    assert_eq!(retag(&vault).text, "# Plan #new\n");
    for link in ["[[n#Plan old]]", "[x](n.md#Plan%20old)"] {
        let mut vault = Vault::default();
        vault.add_all(&mut [Note::parse("n.md", text), Note::parse("o.md", link)]);
        let now = retag(&vault);
        assert_eq!((now.renamed, now.left.len()), (0, 1), "{link}");
    }
}

#[test]
fn what_is_left_is_told_without_the_marks_before_it() {
    let text = "---\ntags:\n- &q '#a'\n- &r a\nx: [*q, *r]\n---\n";
    let now = renamed("a", "b", text);
    let left: Vec<&str> = now.left.iter().map(|at| at.of(text)).collect();
    assert_eq!((now.text.as_str(), left), (text, vec!["#a", "a"]));
    let text = "---\ntags: [!!str 'a', &r a, &q  \"#a\"]\n---\n";
    assert_eq!(renamed("a", "b", text).text, "---\ntags: [!!str 'b', &r b, &q  \"#b\"]\n---\n");
}

#[test]
fn names_that_are_no_tags_are_refused() {
    for (old, new) in [("a", "a b"), ("a", "1997"), ("a", "b//c"), ("a", ""), ("#a", "a")] {
        assert!(Renaming::new(old, new).is_err(), "{old} {new}");
    }
    assert!(Renaming::new("1997", "year/1997").is_ok(), "what is no tag yet can become one");
}
