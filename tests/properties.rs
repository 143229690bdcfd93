//! What holds for every text, however broken.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::select;
use vaultmend::check::{Check, Cx};
use vaultmend::diagnostic::{Applicability, Diagnostic, Edit, Fix, Keeps, Severity};
use vaultmend::engine::Engine;
use vaultmend::note::{Kept, Note};
use vaultmend::rule::{Rule, Rules};
use vaultmend::span::Span;
use vaultmend::survey::{Given, Survey};
use vaultmend::vault::Vault;

/// What notes are made of, the more dangerous the more often.
const PIECES: &[&str] = &[
    "[[",
    "]]",
    "[[",
    "]]",
    "[[[[",
    "]]]]",
    "[",
    "]",
    "![[",
    "|",
    "\\|",
    "#",
    "(",
    ")",
    "](",
    "\\",
    "`",
    "```\n",
    "~~~\n",
    "$",
    "$$",
    "%%",
    "<!--",
    "-->",
    "<a title=\"",
    "\">",
    "</a>",
    "<",
    ">",
    "https://x.org/",
    "www.",
    "example.com/a",
    "War",
    "saw",
    "flu",
    "in",
    "ence",
    "p",
    "reparations",
    "Latin ",
    "American",
    "2006",
    "1",
    "4",
    "é",
    "日本",
    "ー",
    "ו",
    "😀",
    "e\u{301}",
    "\u{200d}",
    " ",
    " ",
    " ",
    "\n",
    "\n",
    "\r\n",
    "\r",
    "\n\n",
    "\t",
    "    ",
    "- ",
    "1. ",
    "> ",
    "# ",
    "## ",
    "| ",
    "\n| - | - |\n",
    "---\n",
    "\n---\n",
    "tags: ",
    "'#a #b'",
    "[#a, #b]",
    "- a\n",
    "key: value\n",
    "^id",
    "#tag",
    "#a/b",
    "~",
    "*",
    "_",
    "::",
    "!",
    "'s",
    "s ",
    ".",
];

fn text() -> impl Strategy<Value = String> {
    let pieces = prop::collection::vec(select(PIECES), 0..60).prop_map(|pieces| pieces.concat());
    let frontmatter =
        prop::collection::vec(
            select(
                &[
                    "tags: '#a #b'\n",
                    "tags: a, b\n",
                    "tags: [#a]\n",
                    "x: [[a]]\n",
                    "up: \"[[b]]\"\n",
                    "- c\n",
                    "tags:\n",
                ][..],
            ),
            0..4,
        )
        .prop_map(|lines| format!("---\n{}---\n", lines.concat()));
    prop_oneof![
        6 => pieces.clone(),
        2 => (frontmatter, pieces.clone()).prop_map(|(head, body)| head + &body),
        1 => pieces.prop_map(|body| format!("\u{feff}{body}")),
        1 => any::<String>(),
    ]
}

static BUILTIN: LazyLock<Rules> = LazyLock::new(|| Rules::builtin().expect("the built-in rules are sound"));

/// The vault of one note, and what it shows.
struct Alone(Vault, Survey);

fn vault_of(note: &Note) -> Alone {
    let mut vault = Vault::default();
    vault.add(note);
    Alone(vault, Survey::of(std::slice::from_ref(note), Given::default()))
}

impl Alone {
    fn engine<'a>(&'a self, rules: &'a Rules) -> Engine<'a> {
        Engine::new(rules, &self.0, &self.1)
    }
}

fn on(text: &str, span: Span) -> bool {
    span.start() <= span.end()
        && span.end() <= text.len()
        && text.is_char_boundary(span.start())
        && text.is_char_boundary(span.end())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn zones_tile_the_note(text in text()) {
        let note = Note::parse("n.md", text.as_str());
        let mut at = 0;
        for zone in note.zones() {
            prop_assert_eq!(zone.span.start(), at);
            prop_assert!(zone.span.end() > at && on(&text, zone.span));
            at = zone.span.end();
        }
        prop_assert_eq!(at, text.len());
    }

    #[test]
    fn spans_are_in_bounds_and_on_character_borders(text in text()) {
        let note = Note::parse("n.md", text.as_str());
        for link in &note.links {
            let parts = [Some(link.span), Some(link.target), link.fragment, link.alias, Some(link.shown())];
            for part in parts.into_iter().flatten() {
                prop_assert!(on(&text, part) && link.span.contains(part));
            }
            if let Some(parent) = link.parent() {
                prop_assert!(note.links[parent].span.contains(link.span));
            }
        }
        let others = note.tags().iter().map(|tag| tag.span).chain(note.block_ids());
        let others = others.chain(note.unbalanced.iter().copied()).chain(note.headings().iter().flat_map(|h| [h.span, h.text]));
        for span in others {
            prop_assert!(on(&text, span));
        }
        for found in vault_of(&note).engine(&BUILTIN).check(&note) {
            let edits = found.fix.iter().flat_map(|fix| fix.edits.iter().map(|edit| edit.span));
            for span in edits.chain(found.labels.iter().map(|label| label.span)).chain([found.span]) {
                prop_assert!(on(&text, span), "{}", found.rule);
            }
        }
    }

    #[test]
    fn a_safe_fix_keeps_what_it_promises(text in text()) {
        let rules = &*BUILTIN;
        let note = Note::parse("n.md", text.as_str());
        let vault = vault_of(&note);
        let fixed = vault.engine(rules).fix(&note, Applicability::Safe).unwrap();
        // The tags of the frontmatter may change, and only they.
        let (before, after) = (&note, &fixed.note);
        let body = |note: &Note| {
            let shown = Note::parse("n.md", &note.text[note.body()..]);
            shown.shown().text.into_owned()
        };
        if before.text[..before.body()] == after.text[..after.body()] {
            let broken = Kept::of(before, Keeps::Text).broken_by(&Kept::of(after, Keeps::Text));
            prop_assert_eq!(broken, None);
        } else {
            prop_assert_eq!(body(before), body(after));
        }
    }

    #[test]
    fn fixing_twice_is_fixing_once(text in text()) {
        let rules = &*BUILTIN;
        for least in [Applicability::Safe, Applicability::Unsafe] {
            let note = Note::parse("n.md", text.as_str());
            let vault = vault_of(&note);
            let once = vault.engine(rules).fix(&note, least).unwrap();
            let promised = |d: &Diagnostic| d.fix.as_ref().is_some_and(|fix| fix.applicability >= least);
            prop_assert_eq!(once.left.iter().find(|d| promised(d)), None, "what is left can be repaired no more");
            let vault = vault_of(&once.note);
            let twice = vault.engine(rules).fix(&once.note, least).unwrap();
            prop_assert_eq!(&once.note.text, &twice.note.text);
            prop_assert!(twice.applied.is_empty());
        }
    }

    #[test]
    fn no_fix_means_no_byte_changed_and_check_agrees_with_fix(text in text()) {
        let rules = &*BUILTIN;
        let note = Note::parse("n.md", text.as_str());
        let vault = vault_of(&note);
        let engine = vault.engine(rules);
        let promised = engine.check(&note).iter().any(|d| d.fix.as_ref().is_some_and(|fix| fix.applicability == Applicability::Safe));
        let fixed = engine.fix(&note, Applicability::Safe).unwrap();
        prop_assert_eq!(promised, !fixed.applied.is_empty());
        prop_assert_eq!(fixed.applied.is_empty(), fixed.note.text == text);
    }

    #[test]
    fn the_order_of_rules_does_not_matter(text in text()) {
        let note = Note::parse("n.md", text.as_str());
        let vault = vault_of(&note);
        let [forwards, backwards] = [&ALL, &ALL_BACKWARDS].map(|rules| vault.engine(rules).check(&note));
        prop_assert_eq!(forwards, backwards);
    }
}

/// Every rule, switched on; and the same in the other order.
static ALL: LazyLock<Rules> = LazyLock::new(|| all(false));
static ALL_BACKWARDS: LazyLock<Rules> = LazyLock::new(|| all(true));

fn all(backwards: bool) -> Rules {
    let files = Rules::builtin_files().unwrap();
    let rule = |file: &vaultmend::rule::RuleFile| file.rule(file.params().clone(), Some(Severity::Warning)).unwrap();
    let mut rules: Vec<Rule> = files.iter().map(rule).collect();
    if backwards {
        rules.reverse();
    }
    Rules::of(rules)
}

/// Claims to keep the text, and changes a word.
struct Liar;

impl Check for Liar {
    fn note(&self, cx: &mut Cx<'_>) {
        for (at, word) in cx.note.text.match_indices("colour") {
            let span = Span::new(at, at + word.len());
            cx.report(span, "a word").fix(Fix::new(
                "spell it",
                Applicability::Safe,
                vec![Edit::replace(span, "color")],
            ));
        }
        for (at, word) in cx.note.text.match_indices("[[x]]") {
            let span = Span::new(at, at + word.len());
            cx.report(span, "a link").fix(Fix::new("unlink it", Applicability::Safe, vec![Edit::replace(span, "x")]));
        }
    }
}

fn liar(keeps: Keeps) -> Rules {
    Rules::of(vec![Rule {
        id: "test/liar".to_owned(),
        summary: "a lie".to_owned(),
        docs: String::new(),
        severity: Some(Severity::Error),
        fix: Some(Applicability::Safe),
        keeps,
        params: toml::Table::new(),
        examples: vaultmend::rule::Examples::default(),
        check: Box::new(Liar),
    }])
}

#[test]
fn a_fix_that_breaks_its_promise_is_refused_and_stays_a_finding() {
    let note = Note::parse("n.md", "The colour [[x]] of colour.\n");
    let (rules, vault) = (liar(Keeps::Text), vault_of(&note));
    let engine = vault.engine(&rules);

    let fixed = engine.fix(&note, Applicability::Safe).unwrap();
    assert_eq!(fixed.note.text, "The colour x of colour.\n", "the honest fix beside the lies is made");
    assert_eq!(fixed.left.len(), 2);
    for found in &fixed.left {
        assert_eq!(found.fix.as_ref().map(|fix| fix.applicability), Some(Applicability::Display));
        assert!(found.evidence.iter().any(|fact| fact.contains("it would change the text a reader sees")));
    }
    assert_eq!(engine.check(&note).iter().filter(|d| !d.evidence.is_empty()).count(), 2, "check says so too");
}

#[test]
fn a_fix_in_the_place_of_a_refused_one_is_tried_on_its_own() {
    struct Each;
    impl Check for Each {
        fn note(&self, cx: &mut Cx<'_>) {
            for text in ["a lie", "another lie", "x", "a third lie"] {
                let span = Span::new(4, 9);
                let edits = vec![Edit::replace(span, text)];
                if cx.note.text.contains("[[x]]") {
                    cx.report(span, "a link").fix(Fix::new("unlink it", Applicability::Safe, edits));
                }
            }
        }
    }
    let mut rules = liar(Keeps::Text);
    let rules = Rules::of(vec![Rule { check: Box::new(Each), ..rules.take("test/liar").unwrap() }]);
    let note = Note::parse("n.md", "The [[x]].\n");
    let vault = vault_of(&note);
    let found = vault.engine(&rules).check(&note);
    let promised = found.iter().filter(|d| d.fix.as_ref().unwrap().applicability == Applicability::Safe).count();
    assert_eq!((found.len(), promised), (4, 2), "the third, and the one that waits for it");
    assert_eq!(vault.engine(&rules).fix(&note, Applicability::Safe).unwrap().note.text, "The x.\n");
}

#[test]
fn a_fix_that_makes_a_list_of_a_paragraph_is_refused() {
    struct Unlink;
    impl Check for Unlink {
        fn note(&self, cx: &mut Cx<'_>) {
            cx.report(Span::new(0, 5), "a link").fix(Fix::new(
                "unlink",
                Applicability::Safe,
                vec![Edit::replace(Span::new(0, 5), "1")],
            ));
        }
    }
    let mut rules = liar(Keeps::Text);
    let note = Note::parse("n.md", "[[1]]. Not a list.\n");
    let vault = vault_of(&note);
    let rule = Rule { check: Box::new(Unlink), ..rules.take("test/liar").unwrap() };
    let rules = Rules::of(vec![rule]);
    let fixed = vault.engine(&rules).fix(&note, Applicability::Safe).unwrap();
    assert_eq!(fixed.note.text, note.text);
    assert!(fixed.left[0].evidence[0].contains("lists"));
}

#[test]
fn fixes_that_feed_each_other_stop_the_run() {
    struct Grow;
    impl Check for Grow {
        fn note(&self, cx: &mut Cx<'_>) {
            cx.report(Span::at(0), "more").fix(Fix::new("grow", Applicability::Safe, vec![Edit::insert(0, "a")]));
        }
    }
    let mut rules = liar(Keeps::Nothing);
    let rules = Rules::of(vec![Rule { check: Box::new(Grow), ..rules.take("test/liar").unwrap() }]);
    let note = Note::parse("n.md", "x\n");
    let error = vault_of(&note).engine(&rules).fix(&note, Applicability::Safe).unwrap_err();
    assert!(error.to_string().contains("never settle"), "{error}");
}
