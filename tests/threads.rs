//! What is found and what is written must not depend on how many threads do it.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used)]

mod sandbox;

use sandbox::{Sandbox, finish, vaultmend};

const WORDS: &[&str] = &[
    "the",
    "influence",
    "in[[flu]]ence",
    "[[flu]]id",
    "p[[reparations]]",
    "preparations",
    "[[[[War]]saw]]",
    "[[Russia]]n",
    "air[[port]]",
    "airport",
    "Expecte[[DEX]]ception",
    "ExpectedException",
    "[[jail]]s",
    "see[[Notes]]",
    "1[[9]]56",
    "https://example.org/[[2006]]/a",
    "people",
    "often",
    "written",
    "between",
    "mountain",
    "[[Haus]]tür",
    "Straße",
    "gr[[art]]zky",
    "grartzky",
    "and",
    "[[War]]",
    "evening",
    "\n\n",
];

/// More notes than one thread takes at a time.
const NOTES: usize = 600;

/// The vault of a seed, with words that settle doubts in
/// each other.
fn vault(seed: u64) -> Sandbox {
    let vault = Sandbox::new();
    let mut state = seed;
    let mut next = |below: usize| {
        // The constants of Knuth's MMIX.
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    };
    for note in 0..NOTES {
        let mut text = String::new();
        if next(3) == 0 {
            text.push_str("---\ntags: '#War #flu #jail'\n---\n");
        }
        for _ in 0..5 + next(20) {
            text.push_str(WORDS[next(WORDS.len())]);
            text.push(' ');
        }
        vault.write(format!("{}/{note}.md", note % 7), text + "\n");
    }
    vault
}

/// A rule that finds what it writes.
const ENDLESS: &str = "check = 'pattern'\nsummary = 'its work is never done'\nseverity = 'warning'\nfix = 'unsafe'\n\
    docs = 'It never settles.'\n[params]\nfind = 'the'\nin = ['prose']\nmessage = 'more'\nreplace = 'thethe'\n";

/// What a command prints and leaves behind, with so many threads.
fn outcome(arguments: &[&str], threads: &str) -> (Option<i32>, String, String, Vec<Vec<u8>>) {
    let vault = vault(11);
    vault.write("endless.toml", "packs = ['./endless']\n");
    vault.write("endless/the.toml", ENDLESS);
    let ran = finish(vaultmend(&vault.path()).args(arguments).env("RAYON_NUM_THREADS", threads), b"");
    let notes = (0..NOTES).map(|note| vault.read(format!("{}/{note}.md", note % 7))).collect();
    (ran.output.status.code(), ran.stdout(), ran.stderr(), notes)
}

#[test]
fn eight_threads_say_and_write_what_one_does() {
    for arguments in [&["check", "--format", "json"][..], &["fix", "--unsafe", "--format", "short"]] {
        let (one, eight) = (outcome(arguments, "1"), outcome(arguments, "8"));
        assert!(!one.1.is_empty() && one.0 == Some(1), "{arguments:?}: {}", one.2);
        assert!(one == eight, "{arguments:?} depends on the number of threads");
    }
}

#[test]
fn of_many_notes_that_never_settle_the_same_one_is_named() {
    let named = |threads| outcome(&["fix", "--unsafe", "--config", "endless.toml"], threads);
    let one = named("1");
    assert!(one.0 == Some(2) && one.2.contains("never settle"), "{}", one.2);
    for _ in 0..3 {
        assert_eq!(named("8").2, one.2);
    }
}
