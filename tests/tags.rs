//! What holds for the tags of every frontmatter: taken out, renamed or held to a taxonomy, nothing else moves.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::cell::Cell;

use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use vaultmend::diagnostic::{Applicability, Diagnostic};
use vaultmend::engine::Engine;
use vaultmend::note::Note;
use vaultmend::note::frontmatter::{Frontmatter, referee, scalar};
use vaultmend::retag::Renaming;
use vaultmend::rule::{Rules, Settings};
use vaultmend::survey::Survey;
use vaultmend::taxonomy::Taxonomy;
use vaultmend::vault::{Vault, fold_tag};

/// Other entries, each valid by itself: quotes, comments and numbers that must not be touched.
const OTHERS: &[&str] = &[
    "id: 1.0 # one",
    "n: 007",
    "title: 'it''s: é # no comment'",
    "say: \"a \\u00e9 b\" # ü 😀",
    "# a comment: [",
    "",
    "list:\n- a\n- 'b' # c",
    "text: |\n  # no comment\n\n  tags: a, b",
    "flow: [a, 'b', 1.50]",
    "keep: |+\n  x\n\n",
];

const SHAPES: &[fn(&[String]) -> String] = &[
    |tags| format!("tags: [{}]", join(tags, ", ")),
    |tags| format!("tags: [ {} ,] # mine", join(tags, " ,")),
    |tags| format!("tags:\n  [{}]", join(tags, ",\n   ")),
    |tags| format!("tags: [{}, # mine\n x]", join(tags, ", ")),
    |tags| format!("tags:\n- {}", join(tags, "\n- ")),
    |tags| format!("tags: # why\n    - {} # mine", join(tags, "\n    # between\n\n    -   ")),
    |tags| format!("tags:\n  - '#{}'", tags.join("'\n  - '#")),
    |tags| format!("\"tags\" :\n- \"{}\"", tags.join("\"\n- \"")),
    |tags| format!("tags: '#{}'", tags.join(" #")),
    |tags| format!("tags: \"#{} \" # mine", tags.join(",#")),
    |tags| format!("tags: {}", tags.join(", ")),
    |tags| format!("tags: >-\n  {}", tags.join("\n  ")),
    |tags| format!("tags: #{}", tags.join(", #")),
    |tags| format!("tags: {}\ntag: [{}]", scalar(&tags[0]), join(tags, ", ")),
    |tags| format!("tags: [&a {}]\nx: *a", join(tags, ", ")),
];

fn join(tags: &[String], between: &str) -> String {
    tags.iter().map(|tag| scalar(tag)).collect::<Vec<_>>().join(between)
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-z][a-z_-]{0,3}(/[a-z]{1,2}){0,2}",
        1 => "[0-9]{1,4}",
        1 => select(vec!["été", "日本", "true", "null", "1e5", "y", "COVID-19", "😀"]).prop_map(str::to_owned),
    ]
}

/// A note whose frontmatter has tags in some shape, and those tags.
fn note() -> impl Strategy<Value = (String, Vec<String>)> {
    let others = subsequence(OTHERS.to_vec(), 0..6).prop_shuffle();
    let tags = prop::collection::vec(name(), 1..6);
    (others, tags, select(SHAPES.to_vec()), any::<prop::sample::Index>(), 0..3).prop_map(
        |(mut others, tags, shape, at, ends)| {
            let entry = shape(&tags);
            others.insert(at.index(others.len() + 1), &entry);
            let text = format!("---\n{}\n---\nOn #{} and #other.\n", others.join("\n"), tags[0]);
            let mut odd = false;
            let lines = text.split_inclusive('\n').map(|line| {
                odd = !odd;
                if ends == 1 || ends == 2 && odd { line.replace('\n', "\r\n") } else { line.to_owned() }
            });
            (lines.collect(), tags)
        },
    )
}

fn tags(text: &str) -> Vec<String> {
    Frontmatter::read(text).unwrap().tags(text).into_iter().map(|tag| tag.text).collect()
}

fn cases() -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(3000) }
}

#[test]
fn tags_are_taken_out_and_nothing_else_moves() {
    let cut = Cell::new(0);
    proptest!(cases(), |((text, _) in note(), which: u8)| {
        let frontmatter = Frontmatter::read(&text).unwrap();
        prop_assume!(frontmatter.error.is_none());
        let all = frontmatter.tags(&text);
        // What is left of `a, null` is nothing to YAML.
        prop_assume!(!text.contains("null"));
        let (gone, kept): (Vec<_>, Vec<_>) = all.into_iter().enumerate().partition(|(i, _)| which & (1 << (i % 8)) != 0);
        let gone: Vec<_> = gone.into_iter().map(|(_, tag)| tag.span).collect();
        let Some(cuts) = frontmatter.cutter(&text).cut(&gone) else { return Ok(()) };
        cut.set(cut.get() + usize::from(!cuts.is_empty()));
        let mut after = text.clone();
        cuts.iter().rev().for_each(|span| after.replace_range(span.range(), ""));
        prop_assert_eq!(tags(&after), kept.into_iter().map(|(_, tag)| tag.text).collect::<Vec<_>>(), "{}", after);
        prop_assert_eq!(referee::same_but_for(&text, &after, &["tags", "tag"]), Ok(()), "{}", after);
    });
    let cut = cut.get();
    assert!(cut > 1000 || std::env::var_os("PROPTEST_CASES").is_some(), "only {cut} of the notes were changed");
}

#[test]
fn a_tag_is_renamed_and_nothing_else_moves_and_back_it_is_the_same() {
    let renamed = Cell::new(0);
    proptest!(cases(), |((text, names) in note(), which: prop::sample::Index, new in "[g-z]{3}(/[g-z]{3})?")| {
        prop_assume!(Frontmatter::read(&text).unwrap().error.is_none());
        let old = which.get(&names);
        let renaming = Renaming::new(old, &new).unwrap();
        let Some(there) = renaming.retag(&Note::parse("n.md", text.as_str()), &Vault::default()) else { return Ok(()) };
        prop_assert_eq!(referee::same_but_for(&text, &there.text, &["tags", "tag"]), Ok(()), "{}", &there.text);
        let below = |tag: &String| fold_tag(tag) == fold_tag(old) || fold_tag(tag).starts_with(&format!("{}/", fold_tag(old)));
        let wanted = tags(&text).into_iter().map(|tag| if below(&tag) { format!("{new}{}", &tag[old.len()..]) } else { tag });
        if there.left.is_empty() {
            prop_assert_eq!(tags(&there.text), wanted.collect::<Vec<_>>(), "{}", &there.text);
            let merges = names.iter().any(|name| fold_tag(name) == new || name.starts_with(&format!("{new}/")));
            let quoted = scalar(old) != *old || text.contains(&format!("\"{old}"));
            // Digits cannot be a new name, and a name that needs quotes gets them.
            if !merges && !quoted && let Ok(back) = Renaming::new(&new, old) {
                let back = back.retag(&Note::parse("n.md", there.text.as_str()), &Vault::default()).unwrap();
                prop_assert_eq!(&back.text, &text);
                renamed.set(renamed.get() + 1);
            }
        }
    });
    let renamed = renamed.get();
    assert!(renamed > 1000 || std::env::var_os("PROPTEST_CASES").is_some(), "only {renamed} of the notes were changed");
}

/// A taxonomy that some of these tags are against: of the parts, those that do not contradict others.
fn taxonomy() -> impl Strategy<Value = Vec<String>> {
    let quoted = |name: String| toml::Value::String(name).to_string();
    let names = prop::collection::vec(prop_oneof![2 => name(), 1 => name().prop_map(|name| format!("{name}/*"))], 1..6);
    let names = names.prop_map(move |names| names.into_iter().map(quoted).collect::<Vec<_>>());
    let part = prop_oneof![
        names.clone().prop_map(|names| format!("allowed = [{}]", names.join(", "))),
        (names.clone(), "[g-z]{3}(/[g-z]{3})?").prop_map(|(old, new)| format!("rename = {{ {} = '{new}' }}", old[0])),
        select(vec!["kebab", "lower", "snake", "camel", "Pascal", "Title-Kebab", "first-seen"])
            .prop_map(|case| format!("case = '{case}'")),
        select(vec!["-", "_"]).prop_map(|separator| format!("separator = '{separator}'")),
        (1..3).prop_map(|depth| format!("depth = {depth}")),
        select(vec!["frontmatter", "text"]).prop_map(|place| format!("where = '{place}'")),
        select(vec!["drop", "year/{}", "y{}"]).prop_map(|numeric| format!("numeric = '{numeric}'")),
        (names.clone(), names, 0..3).prop_map(|(require, forbid, most)| format!(
            "in = {{ '**' = {{ require = [{}], forbid = [{}], at-most = {most} }} }}",
            require.join(", "),
            forbid.join(", ")
        )),
    ];
    prop::collection::vec(part, 1..8)
}

/// Every rule about tags, switched on.
fn tag_rules() -> Rules {
    let mut rules = Rules::of_files(Rules::pack("tags").unwrap()).unwrap();
    let on = rules.ids().map(|id| {
        let settings: Settings = toml::from_str("severity = 'warning'").unwrap();
        (id.to_owned(), settings)
    });
    let on = on.collect();
    rules.configure(&on).unwrap();
    rules
}

#[test]
fn tags_are_held_to_a_taxonomy_and_nothing_else_moves() {
    let rules = tag_rules();
    let changed = Cell::new(0);
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(500);
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases) };
    proptest!(config, |((text, names) in note(), parts in taxonomy(), old in any::<prop::sample::Index>())| {
        prop_assume!(Frontmatter::read(&text).unwrap().error.is_none());
        let own = toml::Value::String(old.get(&names).clone()).to_string();
        let text = format!("{text}\n#{} #Some_Tag\n", names[0]);
        let own = format!("rename = {{ {own} = 'ggg/g' }}");
        let written = [&own].into_iter().chain(&parts).fold(String::new(), |written, part| {
            let more = format!("{part}\n{written}");
            if Taxonomy::read("tags", &more).is_ok() { more } else { written }
        });
        let taxonomy = Taxonomy::read("tags", &written).unwrap();
        let note = Note::parse("n.md", text.as_str());
        let mut vault = Vault::default();
        vault.add(&note);
        let (survey, words) = (Survey::default(), |text: &str| {
            let body = Frontmatter::read(text).unwrap().span.end();
            text[body..].split_whitespace().filter(|word| !word.starts_with('#')).map(str::to_owned).collect::<Vec<_>>()
        });
        let engine = Engine::new(&rules, &vault, &survey).keeping_to(&taxonomy);
        for least in [Applicability::Safe, Applicability::Unsafe] {
            let fixed = engine.fix(&note, least).unwrap();
            let promised = |d: &Diagnostic| d.fix.as_ref().is_some_and(|fix| fix.applicability >= least);
            prop_assert_eq!(fixed.left.iter().find(|d| promised(d)), None, "{}\n{}", &written, &text);
            let after = fixed.note.text;
            prop_assert_eq!(referee::same_but_for(&text, &after, &["tags", "tag"]), Ok(()), "{}\n{}", &written, &after);
            prop_assert_eq!(words(&text), words(&after), "{}\n{}", &written, &after);
            changed.set(changed.get() + usize::from(after != text));
        }
    });
    assert!(changed.get() > cases as usize / 2, "only {} of the notes were changed", changed.get());
}

#[test]
fn what_fix_leaves_is_promised_by_nobody() {
    let rules = tag_rules();
    let taxonomy = "rename = { people = 'person' }\nin.'**'.forbid = ['other']";
    let taxonomy = Taxonomy::read("tags", taxonomy).unwrap();
    for text in [
        "---\ntags: [people]\na: 1\ntags: [people, other]\n---\nx\n",
        "---\ntags: &t [people, other]\naliases: *t\n---\nx\n",
    ] {
        let note = Note::parse("n.md", text);
        let mut vault = Vault::default();
        vault.add(&note);
        let survey = Survey::default();
        let engine = Engine::new(&rules, &vault, &survey).keeping_to(&taxonomy);
        for least in [Applicability::Safe, Applicability::Unsafe] {
            let fixed = engine.fix(&note, least).unwrap();
            let promised = |d: &&Diagnostic| d.fix.as_ref().is_some_and(|fix| fix.applicability >= least);
            assert_eq!(fixed.left.iter().find(promised), None, "{}", fixed.note.text);
        }
    }
}
