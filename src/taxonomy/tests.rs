//! What a taxonomy says of tags, and of itself.

use super::*;
use crate::note::Note;
use crate::vault::Vault;

fn taxonomy(text: &str) -> Taxonomy {
    Taxonomy::read("tags.toml", text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn ruling(text: &str, note: &str, name: &str) -> Ruling {
    let mut vault = Vault::default();
    vault.add(&Note::parse("n.md", note));
    taxonomy(text).ruling(name, vault.tags())
}

#[track_caller]
fn rules(text: &str, expected: &[(&str, &str)]) {
    for (name, wanted) in expected {
        let told = match ruling(text, "", name) {
            Ruling::Fine => (*name).to_owned(),
            Ruling::Numeric => "a number".to_owned(),
            Ruling::Renamed { old, new } => format!("{old} -> {new}"),
            Ruling::Written(new) => new,
            Ruling::Unknown => "?".to_owned(),
        };
        assert_eq!(told, *wanted, "{name}");
    }
}

#[test]
fn tags_below_an_allowed_one_need_a_star() {
    let text = "allowed = ['Person', 'project/*']";
    rules(text, &[("Person", "Person"), ("person", "Person"), ("Person/x", "?"), ("project", "?")]);
    rules(text, &[("project/a/B", "project/a/B"), ("Project/a", "project/a"), ("1956", "a number"), ("war", "?")]);
}

#[test]
fn a_description_may_stand_with_each_tag() {
    let taxonomy = taxonomy("[allowed]\nperson = 'somebody'\n'year/*' = 'when'\nplain = ''");
    assert_eq!(taxonomy.description("Person"), Some("somebody"));
    assert_eq!(taxonomy.description("year/1956"), Some("when"));
    assert_eq!(taxonomy.description("plain"), None);
}

#[test]
fn a_renamed_tag_takes_those_below_it_with_it() {
    let text = "rename = { war = 'conflict', 'war/cold' = 'cold-war', WW2 = 'ww2' }";
    rules(
        text,
        &[("War", "war -> conflict"), ("war/hot", "war -> conflict/hot"), ("war/cold/x", "war/cold -> cold-war/x")],
    );
    rules(text, &[("WW2", "ww2"), ("ww2", "ww2"), ("warsaw", "warsaw")]);
}

#[test]
fn the_case_holds_where_the_taxonomy_does_not_write_the_tag_itself() {
    let text = "case = 'kebab'\nallowed = ['NATO', 'Area/*', 'cold-war']";
    rules(text, &[("nato", "NATO"), ("area/Old_Town", "Area/old-town"), ("coldWar", "cold-war"), ("ColdWars", "?")]);
    rules("case = 'lower'\nseparator = '_'", &[("Cold-War", "cold_war"), ("cold_war", "cold_war")]);
}

#[test]
fn a_spelling_of_the_vault_that_fits_the_case_is_taken() {
    let written = |note: &str| ruling("case = 'kebab'", note, "GitHub");
    assert_eq!(written("#GitHub #github"), Ruling::Written("github".to_owned()));
    assert_eq!(written("#GitHub"), Ruling::Written("git-hub".to_owned()));
    assert_eq!(ruling("case = 'first-seen'", "#Covid #COVID #COVID", "COVID"), Ruling::Written("Covid".to_owned()));
}

#[test]
fn the_nearest_is_of_the_same_words_or_a_plural_or_a_letter_away() {
    let taxonomy = taxonomy("allowed = ['cold-war', 'treaty', 'person', 'project/*', 'reparations', 'preparations']");
    let nearest = |name: &str| taxonomy.nearest(name).map(|near| near.names.join(" ")).unwrap_or_default();
    assert_eq!(nearest("ColdWar"), "cold-war");
    assert_eq!(nearest("treaties"), "treaty");
    assert_eq!(nearest("preson"), "person");
    assert_eq!(nearest("projects/a"), "project/a");
    assert_eq!(nearest("rreparations"), "preparations reparations");
    assert_eq!(nearest("war"), "");
}

#[test]
fn folders_have_needs_of_their_own() {
    let text = "depth = 2\n[in.'People/**']\nrequire = ['person', 'status/*']\nforbid = ['project/*']\nat-most = 3\n\
                [in.'**']\nat-most = 5";
    let taxonomy = taxonomy(text);
    assert_eq!(taxonomy.missing("People/a.md", &["Person"]), ["status/*"]);
    assert!(taxonomy.missing("a.md", &[]).is_empty());
    assert!(taxonomy.forbids("People/a.md", "project/x").is_some() && taxonomy.forbids("a.md", "project/x").is_none());
    assert!(taxonomy.forbids("a.md", "a/b/c").is_some());
    assert_eq!((taxonomy.at_most("People/a.md"), taxonomy.at_most("a.md")), (Some(3), Some(5)));
}

#[test]
fn contradictions_are_errors_that_say_what_is_wrong() {
    for (text, wanted) in [
        ("allowed = ['a', 'A']", "`a` is allowed already"),
        ("allowed = ['a/b', 'A/c']", "`A` is written `a` in another entry"),
        ("allowed = ['']", "a tag has a name"),
        ("allowed = []", "no tag is allowed"),
        ("allowed = {}", "no tag is allowed"),
        ("allowed = ['a b']", "a tag cannot have ' ' in it"),
        ("[allowed]\n'a b/*' = ''", "a tag cannot have ' ' in it"),
        ("allowed = ['a//*']", "`a//*` has an empty part"),
        ("allowed = ['1956']", "`1956` has only digits, so it is no tag"),
        ("allowed = ['a']\nrename = { b = 'c' }", "`b` is to become `c`, which is not allowed"),
        ("allowed = ['a', 'b']\nrename = { b = 'a' }", "`b` is allowed, and is to be renamed"),
        ("rename = { a = 'b', b = 'c' }", "`a` is to become `b`, but `b` is to become `c`"),
        ("rename = { a = 'b', b = 'a' }", "`a` is to become `b`, but `b` is to become `a`"),
        ("rename = { a = 'a/b' }", "`a` is to become `a/b`, which is below it and would become another one in turn"),
        ("rename = { a = 'a' }", "the two names are the same"),
        ("rename = { a = '1956' }", "`1956` has only digits, so it is no tag"),
        ("rename = { a = 'x', A = 'x' }", "`a` is renamed twice"),
        ("case = 'kebab'\nseparator = '_'", "the case `kebab` has no `_` between words"),
        ("separator = '+'", "`+` cannot part words"),
        ("case = 'Kebab'", "unknown variant `Kebab`"),
        ("depth = 0", "a tag has at least one level"),
        ("depth = 1\nallowed = ['a/b']", "`a/b` is allowed, but has more than 1 levels"),
        ("depth = 1\nrename = { a = 'b/c' }", "`a` is to become `b/c`, which has too many levels"),
        ("depth = 1\nnumeric = 'year/{}'", "`1956` is to become `year/1956`, which has too many levels"),
        ("numeric = 'keep'", "`keep` does not tell what a number becomes"),
        ("allowed = ['a']\nnumeric = 'year/{}'", "`1956` is to become `year/1956`, which is not allowed"),
        ("numeric = '{}'", "`1956` has only digits, so it is no tag"),
        ("allowed = ['a']\nin.'**'.require = ['b']", "`b` is required, but not allowed"),
        ("rename = { a = 'b' }\nin.'**'.require = ['a']", "`a` is required, but is to become `b`"),
        ("case = 'kebab'\nin.'**'.require = ['aB']", "`aB` is required, but is to be written `a-b`"),
        ("depth = 1\nin.'**'.require = ['a/b']", "`a/b` is required, but has too many levels"),
        ("in.'**'.require = ['1956']", "`1956` has only digits, so it is no tag"),
        ("in.'**'.require = ['cold war']", "a tag cannot have ' ' in it"),
        ("in.'**'.require = ['cold war/*']", "a tag cannot have ' ' in it"),
        ("in.'**'.require = ['b/c']\nin.'**'.forbid = ['b/*']", "`b/c` is required and forbidden"),
        ("in.'**'.require = ['a', 'b']\nin.'**'.at-most = 1", "2 tags are required, and 1 are the most"),
        ("in.'['.at-most = 1", "error parsing glob '[': unclosed character class; missing ']'"),
        ("in.'**'.most = 1", "unknown field `most`"),
        ("alowed = []", "unknown field `alowed`"),
        ("where = 'body'", "unknown variant `body`"),
        ("file = 'x.toml'", "this file is the taxonomy already"),
    ] {
        let error = Taxonomy::read("tags.toml", text).expect_err(text);
        assert_eq!(error.to_string(), wanted, "{text}");
        assert!(miette::Diagnostic::labels(&error).is_some_and(|mut all| all.next().is_some()), "{text} has no place");
    }
}

#[test]
fn what_only_frontmatter_can_hold_may_be_renamed_and_forbidden() {
    rules("rename = { 'a b' = 'a-b' }", &[("a b", "a b -> a-b")]);
    assert!(taxonomy("in.'**'.forbid = ['a b']").forbids("n.md", "a b").is_some());
}

#[test]
fn what_does_nothing_is_told() {
    let mut vault = Vault::default();
    vault.add(&Note::parse("n.md", "#person #war\n"));
    let text = "allowed = ['person', 'conflict', 'place', 'year/*']\nrename = { war = 'conflict', ww2 = 'conflict' }\n\
                numeric = 'year/{}'\n[in.'People/**']\nat-most = 9";
    let unused = taxonomy(text).unused(vault.tags(), std::iter::once("n.md"));
    assert_eq!(
        unused,
        [
            "no note has a tag that is `place`, of `allowed`",
            "no note has a tag that is `ww2`, of `rename`",
            "`People/**` matches no note of this vault"
        ]
    );
    // A renaming that was carried out is no mistake.
    vault.add(&Note::parse("m.md", "#conflict\n"));
    let unused = taxonomy(text).unused(vault.tags(), std::iter::once("n.md"));
    assert!(!unused.iter().any(|line| line.contains("ww2")), "{unused:?}");
}
