//! `vaultmend tags learn`: writes the taxonomy that the vault has.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

use super::super::args::{Global, LearnTags};
use super::super::session::Session;
use super::super::{Outcome, configuration, output};
use crate::config;
use crate::error::Error;
use crate::note::Note;
use crate::report::{count, visible};
use crate::vault::tags::{Tag, Tags};
use crate::vault::{fold_tag, write};

pub(super) fn run(session: &Session, options: &LearnTags, global: &Global) -> Result<Outcome, Error> {
    let tags: Vec<_> = learnt(session.vault.tags()).collect();
    let left = super::used(session.vault.tags()).count() - tags.len();
    if left > 0 {
        let names = count(left, "name");
        output::say(&format!(
            "vaultmend: left out: {names} in use that Obsidian reads as no tag (`vaultmend tags` tells which)"
        ));
    }
    if tags.is_empty() {
        if left == 0 {
            super::none(session);
        }
        return Ok(Outcome::Clean);
    }
    let taxonomy = taxonomy(session.vault.tags(), &tags, &spelt(&session.notes));
    if !options.write {
        output::print(&taxonomy)?;
        return Ok(Outcome::Clean);
    }
    let file = configuration::file(global, &session.root).unwrap_or_else(|| session.root.join(config::FILE));
    let name = session.shown_path(&file.to_string_lossy());
    let written = add(&file, &taxonomy).map_err(|why| Error::usage(format!("{name} was not written: {why}")))?;
    output::say(&format!("{} {written} `{}`", count(tags.len(), "tag"), visible(&name)));
    Ok(Outcome::Clean)
}

/// The tags in use. What is no tag to Obsidian is none to allow, and `*` would stand for every tag.
fn learnt(tags: &Tags) -> impl Iterator<Item = (String, &str, &Tag)> {
    super::used(tags).filter(|(tag, ..)| super::what_is_wrong(tag).is_none())
}

/// How often each tag is written in which way, by its folded name.
fn spelt(notes: &[Note]) -> Spelt {
    let mut spelt = Spelt::new();
    let mut add = |name: &str| *spelt.entry(fold_tag(name)).or_default().entry(name.to_owned()).or_default() += 1;
    for note in notes {
        note.listed_tags().iter().for_each(|tag| add(&tag.text));
        note.tags().iter().for_each(|tag| add(tag.name().of(&note.text)));
    }
    spelt
}

type Spelt = BTreeMap<String, BTreeMap<String, usize>>;

/// The tags as the table `[tags]`: each in its commonest spelling, with what speaks for it; and the
/// renamings that perhaps are meant.
fn taxonomy(tags: &Tags, learnt: &[(String, &str, &Tag)], spelt: &Spelt) -> String {
    let width = learnt.iter().map(|(tag, ..)| quoted(tag).chars().count()).max().unwrap_or(0) + 1;
    let mut text = String::from(
        "[tags]\n# What stands here may be used. The counts are those of the day it was written.\nallowed = [\n",
    );
    let mut near = Vec::new();
    for (tag, name, known) in learnt {
        let mut why = format!("{} in {}", count(known.uses() as usize, "use"), count(known.notes as usize, "note"));
        for (other, uses) in spelt.get(*name).into_iter().flatten().filter(|(other, _)| *other != tag) {
            let _ = write!(why, ", rather than `{other}` ({uses})");
        }
        if let Some(twin) = tags.near(name) {
            let twin = tags.spelling(&twin.twin);
            let _ = write!(why, ", near `{twin}`");
            near.push((tag, twin));
        }
        let _ = writeln!(text, "  {:<width$} # {}", format!("{},", quoted(tag)), visible(&why));
    }
    text.push_str("]\n");
    if !near.is_empty() {
        text.push_str(
            "\n# Where two are one: take its mark off here, and the old name out of `allowed`.\n# [tags.rename]\n",
        );
        for (tag, twin) in near {
            let _ = writeln!(text, "# {} = {}", visible(&quoted(tag)), visible(&quoted(&twin)));
        }
    }
    text
}

/// As a string of TOML, on one line.
fn quoted(tag: &str) -> String {
    let mut quoted = String::from("\"");
    for c in tag.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", c as u32);
            }
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

/// Adds the table to the configuration, which must not have one; makes the file where there is none.
fn add(file: &Path, taxonomy: &str) -> Result<&'static str, String> {
    match fs::read_to_string(file) {
        Ok(before) => {
            let known = before.parse::<toml::Table>().map_err(|e| e.message().to_owned())?;
            if known.contains_key("tags") {
                return Err("it has `[tags]` already; take that out first".to_owned());
            }
            let line_end = if before.contains("\r\n") { "\r\n" } else { "\n" };
            let gap = if before.is_empty() || before.ends_with(&line_end.repeat(2)) {
                ""
            } else if before.ends_with('\n') {
                "\n"
            } else {
                "\n\n"
            };
            let added = format!("{gap}{taxonomy}").replace('\n', line_end);
            let after = format!("{before}{added}");
            write::replace(file, &before, &after).map(|()| "added to").map_err(|why| why.to_string())
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            write::create(file, taxonomy).map(|()| "written to").map_err(|why| why.to_string())
        }
        Err(error) => Err(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::taxonomy::{Ruling, Taxonomy};
    use crate::vault::Vault;

    /// What is learnt of a note, and the vault it is of.
    fn learn(note: &str) -> (String, Vault) {
        let mut vault = Vault::default();
        vault.add(&Note::parse("n.md", note));
        let all: Vec<_> = learnt(vault.tags()).collect();
        let text = taxonomy(vault.tags(), &all, &spelt(&[Note::parse("n.md", note)]));
        (text, vault)
    }

    #[test]
    fn what_is_learnt_has_each_tag_once_in_its_commonest_spelling() {
        let (text, _) = learn("---\ntags: [Covid, '1997']\n---\n#covid #covid #a/b #treaty #treaties #treaties\n");
        let table: toml::Table = text.parse().unwrap();
        let allowed = table["tags"]["allowed"].as_array().unwrap().iter().filter_map(|tag| tag.as_str());
        assert_eq!(allowed.collect::<Vec<_>>(), ["a/b", "covid", "treaties", "treaty"]);
        assert!(text.contains("# 3 uses in 1 note, rather than `Covid` (1)\n"), "{text}");
        assert!(text.contains("# 1 use in 1 note, near `treaties`\n"), "{text}");
        assert!(text.ends_with("# [tags.rename]\n# \"treaty\" = \"treaties\"\n"), "{text}");
    }

    #[test]
    fn what_a_tag_is_written_like_elsewhere_is_told_whole() {
        let (text, _) = learn("#x/y #x/y #X/Y #x/Y\n");
        assert!(text.contains("# 4 uses in 1 note, rather than `X/Y` (1), rather than `x/Y` (1)\n"), "{text}");
    }

    #[test]
    fn what_is_no_tag_is_not_learnt_and_what_is_learnt_allows_nothing_else() {
        let odd = "---\ntags: ['*', 'a/*', 'a*b', \"l\\nine\", '##x', '[[link]]', C*, \"\\\\\", 'a//b', '/c', d/, ' e ', 'f g', İx, i̇X, 1, \"'\"]\n---\n#A/B #a/b #a/B\n";
        let (text, vault) = learn(odd);
        let table: toml::Table = text.parse().unwrap();
        let taxonomy = Taxonomy::read("tags", &table["tags"].as_table().unwrap().to_string()).unwrap();
        assert!(taxonomy.is_closed());
        assert!(!text.contains('*'), "{text}");
        let ruling = |name: &str| taxonomy.ruling(name, vault.tags());
        for name in ["a/b", "i̇x", "e"] {
            assert_ne!(ruling(name), Ruling::Unknown, "{name}: {text}");
        }
        for name in ["a/c", "a*b", "c*", "f g", "never-seen"] {
            assert_eq!(ruling(name), Ruling::Unknown, "{name}: {text}");
        }
    }
}
