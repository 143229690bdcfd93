//! Names and texts that try to steer a terminal, a CI service or whoever reads a report.
#![cfg(all(feature = "cli", unix))]
#![allow(clippy::unwrap_used)]

mod sandbox;

use sandbox::{Ran, Sandbox, vaultmend};
use vaultmend::report::FORMATS;

/// Names of notes, each of which tries something.
const NAMES: [&str; 6] = [
    "::error title=x::y%0A.md",
    "a\u{1b}]0;title\u{7}b.md",
    "line\n::set-output name=x::y\n##[error]z.md",
    "\u{202e}dm.elif.md",
    "]]>&lt;<b a='\"'>|`x`.md",
    "\u{9b}31m\u{2028}x.md",
];

/// A text that tries the same where findings show it.
const TEXT: &str = "An in[[flu]]ence \u{1b}[31mred\u{1b}[0m \u{9b}1m \u{202e}olleh ]]> ::set-output name=x::y\n\
    ::error::in[[flu]]ence\n##[group]in[[flu]]ence `|` \u{0}\n";

fn vault() -> Sandbox {
    let vault = Sandbox::new();
    for (i, name) in NAMES.iter().enumerate() {
        // A note with a NUL byte is no text; the others show what is in theirs.
        vault.write(name, if i == 0 { TEXT.to_owned() } else { TEXT.replace('\0', "") });
    }
    // What is said of a link shows its target.
    vault.write(
        "links.md",
        "[[\u{1b}[31mNobody\u{7}]] [[[[x\u{202e}]]y]] [[::error::z]] [[]]>]] <img alt='in[[\u{9b}1m]]x'>\n",
    );
    vault.write("tags.md", "---\ntags: '#a\u{7f} #b\u{85}'\nup: \"[[\\e[31m]]\"\n---\n");
    vault
}

#[test]
fn nothing_in_a_vault_steers_who_reads_a_report() {
    let vault = vault();
    for format in FORMATS {
        let ran =
            vault.run(&["check", "--format", format.name, "--verbose", "--limit", "0", "--color", "never"]).code(1);
        assert_harmless(format.name, &ran);
    }
}

#[track_caller]
fn assert_harmless(format: &str, ran: &Ran) {
    for (i, line) in ran.stdout().lines().chain(ran.stderr().lines()).enumerate() {
        let steers = |c: char| {
            c.is_control() && c != '\t' || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}')
        };
        assert!(!line.contains(steers), "{format}: {line:?}");
        let command = line.trim_start();
        assert!(!command.starts_with("##["), "{format}: {line:?}");
        let own = ["::error file=", "::warning file=", "::notice file=", "::notice title=vaultmend::"];
        let own = format == "github" && own.iter().any(|own| command.starts_with(own));
        assert!(!command.starts_with("::") || own, "{format}, line {i}: {line:?}");
    }
}

#[test]
fn what_is_hostile_stays_readable_in_documents() {
    let vault = vault();
    for format in ["json", "sarif", "gitlab", "rdjson"] {
        let document: serde_json::Value =
            serde_json::from_str(&vault.run(&["check", "--format", format]).stdout()).unwrap();
        let text = document.to_string();
        assert!(
            text.contains("error title=x::y%0A.md") || text.contains("%3A%3Aerror%20title%3Dx%3A%3Ay%250A.md"),
            "{format}"
        );
    }
    for format in ["junit", "checkstyle"] {
        let text = vault.run(&["check", "--format", format]).stdout();
        let mut reader = quick_xml::Reader::from_str(&text);
        let mut names = 0;
        loop {
            match reader.read_event().unwrap() {
                quick_xml::events::Event::Eof => break,
                quick_xml::events::Event::Start(tag) | quick_xml::events::Event::Empty(tag) => {
                    let values = tag.attributes().map(|attribute| {
                        attribute.unwrap().normalized_value(quick_xml::XmlVersion::Implicit1_0).unwrap().into_owned()
                    });
                    names += values.filter(|value| value.ends_with(NAMES[0]) || value == NAMES[4]).count();
                }
                _ => {}
            }
        }
        assert!(names >= 2, "{format}: {text}");
    }
}

#[test]
fn a_diff_shown_to_people_steers_nothing_either() {
    let vault = vault();
    let ran = vault.run(&["fix", "--diff", "--color", "always"]).code(1);
    let shown = ran.stdout();
    // Its own colours are all that is left.
    let bare = anstream::adapter::strip_str(&shown).to_string();
    assert!(!bare.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\t')), "{bare:?}");
}

#[test]
fn no_command_prints_what_steers() {
    let vault = vault();
    vault.write("vaultmend.toml", "ignore = [\"\\u009b\\u202e/**\"]\n");
    let first = format!("{}:1:4", NAMES[0]);
    let third = format!("{}:1:4", NAMES[2]);
    for command in [
        &["links"][..],
        &["links", "broken", "--format", "json"],
        &["links", "orphans"],
        &["links", "orphans", "--format", "json"],
        &["links", "to", "::error::z", "--format", "json"],
        &["tags"],
        &["tags", "--format", "json"],
        &["tags", "tree"],
        &["tags", "learn"],
        &["explain", &first],
        &["explain", &third],
        &["config", "show"],
        &["config", "show", "--format", "json"],
        &["check", "--", NAMES[2]],
        &["check", "x\n::error::y\u{1b}[31m.md"],
        &["check", "--x\n::error::y\u{1b}[31m.md"],
        &["check", "--format", "x\n::error::y\u{9b}"],
        &["no\n::error::such"],
        &["baseline", "write"],
        &["init", "--force"],
    ] {
        let ran = vault.run(command);
        assert_harmless(&command.join(" "), &ran);
        if command.ends_with(&["--format", "json"]) {
            serde_json::from_str::<serde_json::Value>(&ran.stdout()).unwrap();
        }
    }
}

/// The words between which commands are switched off in a log, outside of which it must hold none.
fn without_commands(log: &str) -> Vec<String> {
    let (mut until, mut stopped) = (None, Vec::new());
    for line in log.lines() {
        match (&until, line.strip_prefix("::stop-commands::")) {
            (None, Some(word)) => until = Some(format!("::{word}::")),
            (None, None) => assert!(!line.trim_start().starts_with("::") && !line.contains("##["), "{line}"),
            (Some(end), _) if end == line => stopped.extend(until.take()),
            (Some(_), _) => {}
        }
    }
    assert_eq!(until, None, "{log}");
    stopped
}

#[test]
fn tags_in_a_log_command_nothing() {
    let vault = Sandbox::new();
    vault.write("a.md", "---\ntags: ['::stop-commands::x', '##[group]y', 'a/::error::z']\n---\n");
    for arguments in [&["tags"][..], &["tags", "tree"]] {
        let mut program = vaultmend(&vault.path());
        let log = sandbox::finish(program.env("GITHUB_ACTIONS", "true").args(arguments), b"").code(0).stdout();
        assert!(log.contains("\n::stop-commands::x "), "{log}");
        assert_eq!(without_commands(&log).len(), 1, "{log}");
        assert!(
            vault
                .run(arguments)
                .code(0)
                .stdout()
                .lines()
                .next()
                .is_some_and(|line| !line.starts_with("::stop-commands::vaultmend"))
        );
    }
}

/// A diff is kept byte for byte, so GitHub Actions is asked to look for no commands in it.
#[test]
fn a_diff_in_a_log_commands_nothing_and_still_applies() {
    let vault = Sandbox::new();
    for name in ["a.md", "b.md"] {
        vault.write(name, "::error::x\n ::add-mask::a\nAn in[[flu]]ence.\n##[group]y\n");
    }
    for colour in ["always", "never"] {
        let mut program = vaultmend(&vault.path());
        let arguments = ["fix", "--diff", "--color", colour];
        let diff = sandbox::finish(program.env("GITHUB_ACTIONS", "true").args(arguments), b"").code(1).stdout();
        let stopped = without_commands(&diff);
        assert_eq!(stopped.len(), 2, "{diff}");
        assert_ne!(stopped[0], stopped[1], "nobody can know it before");
        if colour == "never" {
            vault.write("repair.diff", &diff);
            let applied =
                std::process::Command::new("git").args(["apply", "repair.diff"]).current_dir(vault.path()).status();
            assert!(applied.map_or(true, |status| status.success()));
            vault.run(&["check"]).code(0);
        }
    }
}
