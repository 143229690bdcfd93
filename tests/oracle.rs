//! What links lead to, against an independent reading in Python of the same vaults.

#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "a test may fail, and says what it skips")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use vaultmend::note::Note;
use vaultmend::span::LineIndex;
use vaultmend::vault::walk::Files;
use vaultmend::vault::{Resolved, Vault, read};

/// Note, line, link as written, status, paths.
type Told = (String, usize, String, String, Vec<String>);

fn ours(root: &Path) -> BTreeSet<Told> {
    let files = Files::list(root);
    let notes: Vec<Note> = files.notes.iter().map(|path| read::note(root, path.clone())).collect();
    let mut vault = Vault::default();
    notes.iter().for_each(|note| vault.add(note));
    files.others.iter().for_each(|path| vault.add_file(path));
    let mut told = BTreeSet::new();
    for note in &notes {
        let index = LineIndex::new(&note.text);
        for (_, link) in note.followed() {
            let (status, mut paths) = match vault.resolve_link(note, link) {
                Resolved::One(item) => ("one", vec![vault.path_of(item).to_owned()]),
                Resolved::Many(items) => ("many", items.iter().map(|&item| vault.path_of(item).to_owned()).collect()),
                Resolved::None => ("none", Vec::new()),
            };
            paths.sort();
            let line = index.position(link.span.start()).line;
            told.insert((note.path.to_string(), line, link.span.of(&note.text).to_owned(), status.to_owned(), paths));
        }
    }
    told
}

/// `None` without Python.
fn theirs(root: &Path) -> Option<BTreeSet<Told>> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracle/links.py");
    let output = Command::new("python3").arg(script).arg(root).output().ok()?;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

/// What only one of the two tells of a vault; `None` without Python.
fn differences(root: &Path) -> Option<(usize, Vec<String>)> {
    let theirs = theirs(root)?;
    let ours = ours(root);
    let shown = |who: &str, (note, line, link, status, paths): &Told| {
        let text = fs::read_to_string(root.join(note)).unwrap_or_default();
        let written = text.lines().nth(line - 1).unwrap_or_default();
        let written: String = written.chars().take(200).collect();
        format!("{who}: {note}:{line} {link} {status} {paths:?} in: {written}")
    };
    let only_ours = ours.difference(&theirs).map(|told| shown("program", told));
    let only_theirs = theirs.difference(&ours).map(|told| shown("oracle", told));
    Some((ours.len(), only_ours.chain(only_theirs).collect()))
}

#[track_caller]
fn agree(root: &Path) {
    match differences(root) {
        None => eprintln!("SKIPPED: there is no python3 to ask about {}", root.display()),
        Some((_, differences)) => assert!(differences.is_empty(), "{}:\n{}", root.display(), differences.join("\n")),
    }
}

#[test]
fn the_sample_vault_is_read_alike() {
    agree(&Path::new(env!("CARGO_MANIFEST_DIR")).join("sample/vault"));
}

/// A small generator, the same on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.roll(from.len())]
    }
}

const FOLDERS: [&str; 6] = ["", "a/", "a/b/", "A b/", "ü/", "b/"];
const NAMES: [&str; 14] = [
    "War",
    "war",
    "Straße",
    "Été",
    "E\u{301}te\u{301}",
    "北京",
    "v1.2",
    "A & B",
    "Ada's book",
    "index",
    "1931",
    "İ",
    "ΟΔΟΣ",
    "x",
];
const OTHERS: [&str; 4] = ["map.png", "Map.PNG", "plan.canvas", "LICENSE"];
const AROUND: [(&str, &str); 22] = [
    ("", ""),
    ("see ", "."),
    ("**", "**"),
    ("- ", ""),
    ("> ", ""),
    ("# ", ""),
    ("`", "`"),
    ("``a ` ", " ``"),
    ("%% ", " %%"),
    ("<!-- ", " -->"),
    ("{{ ", " }}"),
    ("<% ", " %>"),
    ("\\", ""),
    ("<b>", "</b>"),
    ("text <span class=\"x\">", "</span> text"),
    ("| a | b |\n| - | - |\n| ", " | y |"),
    ("```\n", "\n```"),
    ("~~~ dataview\n", "\n~~~"),
    ("<div>\n", "\n</div>"),
    ("https://example.org/", "/x"),
    ("[text](", ")"),
    ("", "(https://example.org)"),
];

fn generate(root: &Path, seed: u64) {
    let mut dice = Dice(seed);
    let mut paths: Vec<String> = Vec::new();
    for _ in 0..30 {
        paths.push(format!("{}{}.md", dice.pick(&FOLDERS), dice.pick(&NAMES)));
    }
    for _ in 0..4 {
        let other = format!("{}{}", dice.pick(&FOLDERS), dice.pick(&OTHERS));
        fs::create_dir_all(root.join(&other).parent().unwrap()).unwrap();
        fs::write(root.join(other), "").unwrap();
    }
    for path in paths {
        let mut text = String::new();
        if dice.roll(3) == 0 {
            text = format!("---\nup: \"[[{}]]\"\nout: [[{}]]\n---\n", dice.pick(&NAMES), dice.pick(&NAMES));
        }
        for _ in 0..20 {
            let prefix = dice.pick(&["", "", "", "a/", "a/b/", "b/", "/", "./", "../", "../a/", "A B/", "ü/"]);
            let name = if dice.roll(6) == 0 { dice.pick(&OTHERS) } else { dice.pick(&NAMES) };
            let name = match dice.roll(4) {
                0 => name.to_uppercase(),
                1 => name.to_lowercase(),
                _ => name.to_owned(),
            };
            let ending = dice.pick(&["", "", "", ".md", ".MD"]);
            let fragment = dice.pick(&["", "", "#Part", "#One#Two", "#^id"]);
            let (before, after) = AROUND[dice.roll(AROUND.len())];
            let pipe = if before.starts_with('|') { "\\|" } else { "|" };
            let alias = if dice.roll(3) == 0 { format!("{pipe}text") } else { String::new() };
            let embed = if dice.roll(5) == 0 { "!" } else { "" };
            text.push_str(&format!("{before}{embed}[[{prefix}{name}{ending}{fragment}{alias}]]{after}\n\n"));
        }
        fs::create_dir_all(root.join(&path).parent().unwrap()).unwrap();
        let text = if dice.roll(4) == 0 { text.replace('\n', "\r\n") } else { text };
        fs::write(root.join(path), text).unwrap();
    }
}

#[test]
fn generated_vaults_are_read_alike() {
    for seed in 0..20 {
        let folder = tempfile::tempdir().unwrap();
        generate(folder.path(), seed);
        agree(folder.path());
    }
}

/// The vaults of real people, where they are at hand.
#[test]
fn real_vaults_are_read_alike() {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let accept = ["shared", "../shared"].map(|shared| beside.join(shared).join("accept/dev"));
    let Some(accept) = accept.into_iter().find(|folder| folder.is_dir()) else {
        eprintln!("SKIPPED: there are no real vaults at hand");
        return;
    };
    let mut vaults: Vec<PathBuf> = ["clean", "damaged"]
        .iter()
        .flat_map(|kind| fs::read_dir(accept.join(kind)).into_iter().flatten())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    vaults.sort();
    let mut all = Vec::new();
    for vault in vaults {
        let Some((links, differences)) = differences(&vault) else {
            eprintln!("SKIPPED: there is no python3 to ask");
            return;
        };
        eprintln!("{}: {links} links, {} differences", vault.display(), differences.len());
        all.extend(differences);
    }
    assert!(all.is_empty(), "{}", all.join("\n"));
}
