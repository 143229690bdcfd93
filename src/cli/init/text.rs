//! The configuration that says what was seen.

use std::fmt::Write as _;

use super::look::{Found, Seen};
use crate::report::{count, visible};
use crate::vault::Flavor;

/// The text of the file.
pub(super) fn of(seen: &Seen) -> String {
    let mut text = format!("# Written by `vaultmend init`, which saw {}.\n", vault(seen));
    text.push_str("# `vaultmend config show --format toml` shows every key and its value.\n");
    ignore(seen, &mut text);
    let learnt = seen.lines();
    for section in ["language", "tags"] {
        let of_section: Vec<_> = learnt
            .iter()
            .filter_map(|(line, why)| Some((line.strip_prefix(section)?.strip_prefix('.')?, why)))
            .collect();
        if !of_section.is_empty() {
            let _ = writeln!(text, "\n[{section}]");
            of_section.iter().for_each(|(line, why)| {
                let _ = writeln!(text, "{line} # {why}");
            });
        }
    }
    if let Some(notes) = seen.foreign {
        let notes = count(notes, "note");
        let _ = writeln!(
            text,
            "\n# {notes} seem not to be in English. Words are judged better with the language and a dictionary:\n\
             # [language]\n# lang = \"de\"\n# dictionaries = [\"./de_DE.dic\"]"
        );
    }
    if seen.tags > 0 {
        text.push_str("\n# `vaultmend tags learn` writes the tags in use down as `[tags] allowed`: then no other one may be used.\n");
    }
    rules(&mut text, "Found so often that it is how this vault is written.", "off", &seen.habits());
    rules(&mut text, "Found here and there: shown, and no failure.", "info", &seen.slips());
    let damage = seen.damage();
    if !damage.is_empty() {
        text.push_str("\n# What is left is damage. `vaultmend fix --diff` shows what can be repaired.\n");
        for rule in damage {
            let _ = writeln!(text, "#   {} {}: {}", rule.failing, rule.id, rule.summary);
        }
    }
    text
}

/// The vault in a few words.
pub(super) fn vault(seen: &Seen) -> String {
    let flavor = match (seen.flavor, seen.mark) {
        (flavor, Some(mark)) => format!("which `{mark}` shows to be of {}", name(flavor)),
        (flavor, None) => format!("which is read as {} does, since nothing shows the program", name(flavor)),
    };
    format!("a vault of {} with {}, {flavor}", count(seen.notes, "note"), count(seen.tags, "tag"))
}

fn name(flavor: Flavor) -> &'static str {
    match flavor {
        Flavor::Obsidian => "Obsidian",
        Flavor::Logseq => "Logseq",
        Flavor::Foam => "Foam",
    }
}

fn ignore(seen: &Seen, text: &mut String) {
    if seen.left_out.is_empty() {
        return;
    }
    text.push_str("\n# Neither reported nor rewritten; other notes may link there.\nignore = [\n");
    for folder in &seen.left_out {
        let glob = toml::Value::from(folder.glob.as_str());
        let _ = writeln!(text, "  {glob}, # {}: {}", count(folder.notes, "note"), visible(&folder.why));
    }
    text.push_str("]\n");
}

fn rules(text: &mut String, why: &str, severity: &str, rules: &[&Found]) {
    if rules.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n# {why}");
    for (number, rule) in rules.iter().enumerate() {
        let gap = if number > 0 { "\n" } else { "" };
        let _ = writeln!(
            text,
            "{gap}[rule.\"{}\"]\nseverity = \"{severity}\" # {}: {}",
            rule.id,
            count(rule.places, "place"),
            rule.summary
        );
    }
}
