//! What the parts cost, on one generated note and on inputs made to be hard.
//!
//! `cargo bench` shows a time for each; `adversarial` shows times against sizes: twice the size may take
//! twice the time, and anything above that is a bug.

use std::fmt::Write as _;

use divan::{Bencher, black_box};
use vaultmend::diagnostic::Applicability;
use vaultmend::engine::Engine;
use vaultmend::note::Note;
use vaultmend::report;
use vaultmend::rule::Rules;
use vaultmend::survey::{Given, Survey};
use vaultmend::vault::Vault;

/// The program's own.
#[cfg(target_os = "linux")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

/// A note of about 60 KB with a little of everything.
fn text() -> String {
    let mut text = String::from("---\ntags: [war, prison, flu]\naliases: [x]\n---\n");
    for i in 0..200 {
        let _ = writeln!(
            text,
            "# Heading {i}\n\nPeople often think that [[Note {i}]] had an in[[flu]]ence on `code` and #tag{i}, see \
             https://x.org/a.\n- item **bold** [text](a.md)\n\t- nested\n\n```sh\nif [[ -f x ]]; then\n```\n\n| a | b |\n|---|---|\n| c | [[d]] |\n"
        );
    }
    text
}

#[divan::bench]
fn brackets_and_frontmatter(bencher: Bencher<'_, '_>) {
    let text = text();
    bencher.bench(|| Note::parse("n.md", black_box(text.as_str())));
}

#[divan::bench]
fn zones(bencher: Bencher<'_, '_>) {
    let text = text();
    bencher.with_inputs(|| Note::parse("n.md", text.as_str())).bench_refs(|note| note.zones().len());
}

#[divan::bench]
fn tags(bencher: Bencher<'_, '_>) {
    let text = text();
    bencher.with_inputs(|| Note::parse("n.md", text.as_str())).bench_refs(|note| note.tags().len());
}

#[divan::bench]
fn index(bencher: Bencher<'_, '_>) {
    let notes: Vec<Note> = (0..1_000).map(|i| Note::parse(format!("{}/{i}.md", i % 30), "# A\n[[b#c]]\n")).collect();
    bencher.with_inputs(|| notes.clone()).bench_refs(|notes| {
        let mut vault = Vault::default();
        vault.add_all(black_box(notes));
        vault
    });
}

/// Every rule of its own, on the same note.
#[divan::bench(args = Rules::builtin_ids())]
fn rule(bencher: Bencher<'_, '_>, id: &str) {
    let files = Rules::builtin_files().expect("the rules are sound");
    let file = files.iter().find(|file| file.id == id).expect("it is one of them");
    let rule = file.rule(file.params().clone(), Some(vaultmend::diagnostic::Severity::Warning)).expect("it is sound");
    let rules = Rules::of(vec![rule]);
    let (vault, survey, note) = around(&text());
    let engine = Engine::new(&rules, &vault, &survey);
    bencher.bench(|| engine.check(black_box(&note)));
}

#[divan::bench]
fn fix(bencher: Bencher<'_, '_>) {
    let rules = Rules::builtin().expect("the rules are sound");
    let (vault, survey, note) = around(&text());
    let engine = Engine::new(&rules, &vault, &survey);
    bencher.bench(|| engine.fix(black_box(&note), Applicability::Safe).map(|fixed| fixed.note.text.len()));
}

#[divan::bench]
fn diff(bencher: Bencher<'_, '_>) {
    let before = text();
    let after = before.replace("in[[flu]]ence", "influence");
    bencher.bench(|| report::diff("n.md", black_box(&before), &after, false));
}

fn around(text: &str) -> (Vault, Survey, Note) {
    let note = Note::parse("n.md", text);
    let mut vault = Vault::default();
    vault.add(&note);
    let survey = Survey::of(std::slice::from_ref(&note), Given::default());
    (vault, survey, note)
}

/// A hard text of about so many bytes.
fn hard(kind: &str, size: usize) -> String {
    match kind {
        "links on one line" => "[[ab]] cd ".repeat(size / 10),
        "Markdown links" => "[a](b/c.md#d) ".repeat(size / 14),
        "paths" => "ab [[b/c]] ".repeat(size / 11),
        "nested links" => "[[".repeat(size / 5) + "a" + &"]]".repeat(size / 5),
        "unclosed links" => "[[a ".repeat(size / 4),
        "tags" => "#ab ".repeat(size / 4),
        "accidents" => "in[[flu]]ence ".repeat(size / 14),
        "letters of one word" => "a[[b]]".repeat(size / 6),
        "nested embeds" => "![[a".repeat(size / 6) + &"]]".repeat(size / 6),
        "suppressions" => "%% vaultmend-ignore-start links/* %%\n".repeat(size / 37),
        "words in pieces" => "[[info]]r[[mat]]ion ".repeat(size / 20),
        "links in one URL" => format!("https://example.org/{}", "()[[ab]]".repeat(size / 8)),
        "URLs" => "https://example.org/a/[[ab]]/c\n".repeat(size / 31),
        "a table" => format!("| a | b |\n|---|---|\n{}", "| [[a]] | in[[flu]]ence |\n".repeat(size / 26)),
        "frontmatter" => format!("---\ntags:\n{}---\n", "  - ab\n".repeat(size / 7)),
        "tags between brackets" => format!("---\ntags: [{}]\n---\n", "ab, ".repeat(size / 4)),
        "tags that are no YAML" => format!("---\ntags: @x {}\n---\n", "#a ".repeat(size / 3)),
        "backticks" => "`".repeat(size),
        "nested links in a URL" => format!("https://x.org/{}{}", "[[A".repeat(size / 5), "]]".repeat(size / 5)),
        "open elements" => format!("{}{}[[x]]", "<u>".repeat(size / 7), "</b>".repeat(size / 7)),
        "open Markdown links" => "[a](b".repeat(size / 5),
        // Each fix would make its asterisks marks, or no marks.
        "marks beside links" => "*p[[reparations]]**".repeat(size / 19),
        // Each fix would make a list.
        "refused fixes" => format!("[[[[War]]saw]] p[[reparations]].\n\n{}", "[[1]]2[[3]]. x\n\n".repeat(size / 16)),
        _ => format!("{}{}", "> ".repeat(size / 4), "a ".repeat(size / 4)),
    }
}

const KINDS: [&str; 24] = [
    "links on one line",
    "Markdown links",
    "paths",
    "nested links",
    "unclosed links",
    "tags",
    "accidents",
    "letters of one word",
    "nested embeds",
    "suppressions",
    "words in pieces",
    "links in one URL",
    "URLs",
    "a table",
    "frontmatter",
    "tags between brackets",
    "tags that are no YAML",
    "backticks",
    "nested links in a URL",
    "open elements",
    "open Markdown links",
    "refused fixes",
    "marks beside links",
    "quotes",
];

#[divan::bench(args = KINDS.iter().flat_map(|kind| [100_000, 200_000, 400_000].map(|size| (*kind, size))).map(Hard))]
fn adversarial(bencher: Bencher<'_, '_>, hard_text: &Hard) {
    let rules = Rules::builtin().expect("the rules are sound");
    let text = hard(hard_text.0.0, hard_text.0.1);
    bencher.bench_local(|| {
        let (vault, survey, note) = around(black_box(&text));
        Engine::new(&rules, &vault, &survey).check(&note).len()
    });
}

/// A kind, and a size in bytes.
#[derive(Clone, Copy)]
struct Hard((&'static str, usize));

impl std::fmt::Display for Hard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} of {} KB", self.0.0, self.0.1 / 1_000)
    }
}
