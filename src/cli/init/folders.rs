//! Folders of a vault that hold no notes of its own: templates, copies, what a program is told to pass over.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use globset::Glob;
use serde_json::Value;

/// Notes that are to be left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LeftOut {
    pub(super) glob: String,
    /// How many notes it matches, and no entry before it.
    pub(super) notes: usize,
    pub(super) why: String,
}

/// Where programs keep the name of a folder: the file below the root, and the key in it.
const KEPT: [(&str, &str); 4] = [
    (".obsidian/templates.json", "folder"),
    (".obsidian/plugins/templater-obsidian/data.json", "templates_folder"),
    (".obsidian/plugins/templater-obsidian/data.json", "template_folder"),
    (".obsidian/plugins/quickadd/data.json", "templateFolderPath"),
];

/// What is to be left out of these notes, by what programs say and by names that say it.
pub(super) fn left_out(root: &Path, notes: &[String]) -> Vec<LeftOut> {
    let mut wanted: Vec<(String, String)> = Vec::new();
    for (file, key) in KEPT {
        if let Some(folder) = read(root, file).and_then(|json| json[key].as_str().and_then(below)) {
            wanted.push((folder, format!("templates, by `{file}`")));
        }
    }
    if let Some(note) =
        read(root, ".obsidian/daily-notes.json").and_then(|json| Some(json["template"].as_str()?.to_owned()))
    {
        let note = note.trim_matches('/').trim_end_matches(".md");
        wanted
            .push((format!("{}.md", globset::escape(note)), "a template, by `.obsidian/daily-notes.json`".to_owned()));
    }
    let passed_over = read(root, ".obsidian/app.json").unwrap_or_default();
    for filter in passed_over["userIgnoreFilters"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        // Those between two strokes are regular expressions.
        if let Some(folder) = filter.strip_suffix('/').filter(|folder| !folder.starts_with('/')).and_then(below) {
            wanted.push((folder, "excluded files of Obsidian".to_owned()));
        }
    }
    wanted.extend(
        ["logseq/bak/**", "logseq/version-files/**"]
            .map(|glob| (glob.to_owned(), "copies that Logseq keeps".to_owned())),
    );
    wanted.push(("**/*.excalidraw.md".to_owned(), "drawings".to_owned()));
    wanted.extend(
        template_folders(notes).into_iter().map(|folder| (folder, "templates, by the folder's name".to_owned())),
    );
    count(wanted, notes)
}

/// The folders that are called `Templates`.
fn template_folders(notes: &[String]) -> BTreeSet<String> {
    let is_one = |name: &str| {
        let letters: String = name.chars().filter(|c| c.is_alphabetic()).collect();
        matches!(letters.to_lowercase().as_str(), "templates" | "template")
    };
    let ends = notes.iter().flat_map(|note| note.match_indices('/').map(move |(end, _)| &note[..end]));
    let named = ends.filter(|folder| folder.rsplit('/').next().is_some_and(is_one));
    named.filter_map(below).collect()
}

/// All below a folder, as a glob; none for the root.
fn below(folder: &str) -> Option<String> {
    let folder = folder.trim().trim_matches('/');
    (!folder.is_empty() && folder != ".").then(|| format!("{}/**", globset::escape(folder)))
}

/// Those that match a note that none before has matched.
fn count(wanted: Vec<(String, String)>, notes: &[String]) -> Vec<LeftOut> {
    let mut left: Vec<&String> = notes.iter().collect();
    let mut out = Vec::new();
    for (glob, why) in wanted {
        let Ok(matcher) = Glob::new(&glob).map(|glob| glob.compile_matcher()) else { continue };
        let before = left.len();
        left.retain(|note| !matcher.is_match(note.as_str()));
        if left.len() < before {
            out.push(LeftOut { glob, notes: before - left.len(), why });
        }
    }
    out
}

/// A settings file of a program; one that cannot be read says nothing.
fn read(root: &Path, file: &str) -> Option<Value> {
    serde_json::from_str(&fs::read_to_string(root.join(file)).ok()?).ok()
}
