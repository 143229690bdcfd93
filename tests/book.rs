//! The book: every page is in its table of contents, every link leads somewhere, and what "Writing
//! rules" shows is so.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used)]

#[path = "../examples/book.rs"]
mod book;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use tempfile::TempDir;

const SITE: &str = "https://vaultmend.github.io/vaultmend/";
const REPOSITORY: &str = "https://github.com/vaultmend/vaultmend/";
const OPTIONS: Options = Options::ENABLE_TABLES.union(Options::ENABLE_HEADING_ATTRIBUTES);

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What other pages and the world may link to: the anchors of a page, and its links.
struct Page {
    anchors: BTreeSet<String>,
    links: Vec<String>,
}

impl Page {
    fn read(text: &str) -> Page {
        let (mut anchors, mut links) = (BTreeSet::new(), Vec::new());
        let mut heading: Option<(Option<String>, String)> = None;
        for event in Parser::new_ext(text, OPTIONS) {
            match event {
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                    links.push(dest_url.to_string())
                }
                Event::Start(Tag::Heading { id, .. }) => heading = Some((id.map(|id| id.to_string()), String::new())),
                Event::Text(text) | Event::Code(text) => {
                    heading.iter_mut().for_each(|(_, title)| title.push_str(&text))
                }
                Event::End(TagEnd::Heading(_)) => {
                    let (id, title) = heading.take().unwrap();
                    let id = id.unwrap_or_else(|| slug(&title));
                    let numbered = (1..).map(|n| format!("{id}-{n}"));
                    let free = std::iter::once(id.clone()).chain(numbered).find(|id| !anchors.contains(id));
                    anchors.insert(free.unwrap());
                }
                _ => {}
            }
        }
        Page { anchors, links }
    }
}

/// The id that mdBook gives a heading.
fn slug(title: &str) -> String {
    let kept = title.trim().chars().filter(|c| c.is_alphanumeric() || matches!(c, '_' | '-') || c.is_whitespace());
    kept.map(|c| if c.is_whitespace() { '-' } else { c.to_ascii_lowercase() }).collect()
}

/// The book, and its pages by their paths.
fn pages() -> (TempDir, BTreeMap<String, Page>) {
    let folder = tempfile::tempdir().unwrap();
    book::write(root(), folder.path()).unwrap();
    let src = folder.path().join("src");
    let name = |file: &Path| file.strip_prefix(&src).unwrap().to_string_lossy().replace('\\', "/");
    let read = |file: &PathBuf| (name(file), Page::read(&fs::read_to_string(file).unwrap()));
    let pages = markdown(&src).iter().map(read).collect();
    (folder, pages)
}

fn markdown(folder: &Path) -> Vec<PathBuf> {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let below = paths.flat_map(|path| if path.is_dir() { markdown(&path) } else { vec![path] });
    below.filter(|path| path.extension().is_some_and(|ending| ending == "md")).collect()
}

/// Where a link on a page leads: the page and the anchor.
fn target(page: &str, link: &str) -> (String, Option<String>) {
    let (path, anchor) = link.split_once('#').map_or((link, None), |(path, anchor)| (path, Some(anchor.to_owned())));
    if path.is_empty() {
        return (page.to_owned(), anchor);
    }
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    (parts.join("/"), anchor)
}

/// What is wrong with a link on a page of the book; `.html` of the site is `.md` here.
fn wrong(pages: &BTreeMap<String, Page>, page: &str, link: &str) -> Option<String> {
    let (path, anchor) = match link.strip_prefix(SITE) {
        Some(path) => target("index.md", &path.replace(".html", ".md")),
        None => match link.strip_prefix(REPOSITORY) {
            Some(inside) => {
                let path = inside.split_once("/main/").map_or("", |(_, path)| path);
                let path = path.split('#').next().unwrap_or_default();
                return (!root().join(path).exists()).then(|| format!("there is no `{path}` in the repository"));
            }
            None if link.starts_with("https://") => return None,
            None => target(page, link),
        },
    };
    let path = if path.is_empty() { "index.md" } else { path.as_str() };
    let Some(there) = pages.get(path) else { return Some(format!("there is no page `{path}`")) };
    let anchor = anchor?;
    (!there.anchors.contains(&anchor)).then(|| format!("there is no heading `{anchor}` on `{path}`"))
}

#[test]
fn every_link_of_the_book_leads_somewhere() {
    let (_folder, pages) = pages();
    let (mut dead, mut seen) = (Vec::new(), 0);
    for (name, page) in &pages {
        for link in &page.links {
            seen += 1;
            dead.extend(wrong(&pages, name, link).map(|why| format!("{name}: {link}: {why}")));
        }
    }
    assert!(seen > 100, "{seen}");
    assert!(dead.is_empty(), "{dead:#?}");
}

#[test]
fn what_the_readme_links_to_in_the_book_is_there() {
    let (_folder, pages) = pages();
    let readme = Page::read(&fs::read_to_string(root().join("README.md")).unwrap());
    let into_the_book = readme.links.iter().filter(|link| link.starts_with(SITE));
    let dead: Vec<String> = into_the_book.filter_map(|link| wrong(&pages, "index.md", link)).collect();
    assert!(dead.is_empty(), "{dead:#?}");
}

#[test]
fn a_link_to_nowhere_is_seen() {
    let (_folder, pages) = pages();
    for link in ["nowhere.md", "#no-such-heading", "rules/links/split-word.md#nothing"] {
        assert!(wrong(&pages, "index.md", link).is_some(), "{link}");
    }
    for link in ["https://vaultmend.github.io/vaultmend/rules/links/no-rule.html", &format!("{REPOSITORY}blob/main/no")]
    {
        assert!(wrong(&pages, "index.md", link).is_some(), "{link}");
    }
    assert_eq!(wrong(&pages, "rules/links/split-word.md", "../index.md#rules"), None);
    assert_eq!(wrong(&pages, "index.md", &format!("{SITE}rules/links/split-word.html#the-fix")), None);
}

#[test]
fn the_table_of_contents_names_every_page_once() {
    let (_folder, pages) = pages();
    let named = &pages["SUMMARY.md"].links;
    let there: BTreeSet<&String> = pages.keys().filter(|name| *name != "SUMMARY.md").collect();
    let missing: Vec<_> = there.iter().filter(|page| !named.contains(page)).collect();
    assert!(missing.is_empty(), "no line of docs/SUMMARY.md leads to {missing:?}");
    assert_eq!(named.len(), there.len(), "docs/SUMMARY.md names a page twice");
}

#[test]
fn every_rule_and_every_command_has_a_page() {
    let (_folder, pages) = pages();
    for rule in vaultmend::rule::Rules::builtin().unwrap().iter() {
        assert!(pages.contains_key(&format!("rules/{}.md", rule.id)), "{}", rule.id);
    }
    for command in ["vaultmend", "vaultmend-check", "vaultmend-tags-rename"] {
        assert!(pages.contains_key(&format!("cli/{command}.md")), "{command}");
    }
    assert!(pages["cli/vaultmend-check.md"].anchors.contains("fail-on"));
}

/// A fenced block: the words behind its fence, and its text.
fn blocks(text: &str) -> Vec<(String, String)> {
    let (mut blocks, mut inside) = (Vec::new(), None);
    for event in Parser::new(text) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                inside = Some((info.to_string(), String::new()))
            }
            Event::Text(text) => inside.iter_mut().for_each(|(_, block): &mut (_, String)| block.push_str(&text)),
            Event::End(TagEnd::CodeBlock) => blocks.extend(inside.take()),
            _ => {}
        }
    }
    blocks
}

/// `file=PATH` behind a fence puts the text there; in a `console` stand commands and what they print,
/// with the exit code behind the fence where it is not 0.
#[test]
fn what_writing_rules_shows_is_so() {
    let page = fs::read_to_string(root().join("docs/writing-rules.md")).unwrap().replace("\r\n", "\n");
    let folder = tempfile::tempdir().unwrap();
    let mut ran = 0;
    for (info, text) in blocks(&page) {
        let word = |key: &str| info.split(' ').find_map(|word| word.strip_prefix(key));
        if let Some(path) = word("file=") {
            let file = folder.path().join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, &text).unwrap();
        }
        if info.split(' ').next() == Some("console") {
            let (command, shown) = text.split_once('\n').unwrap();
            let typed = command.strip_prefix("$ vaultmend ").expect("a console begins with a command");
            let mut program = Command::new(env!("CARGO_BIN_EXE_vaultmend"));
            for (name, value) in [("COLUMNS", "100"), ("GITHUB_ACTIONS", ""), ("CI", ""), ("NO_COLOR", "1")] {
                program.env(name, value);
            }
            let output = program.args(typed.split(' ')).current_dir(folder.path()).output().unwrap();
            let printed = String::from_utf8(output.stdout).unwrap().replace("\r\n", "\n");
            let code = word("exit=").map_or(0, |code| code.parse().unwrap());
            let said = String::from_utf8_lossy(&output.stderr);
            assert_eq!((printed.as_str(), output.status.code()), (shown, Some(code)), "{command}\n{said}");
            ran += 1;
        }
    }
    assert!(ran > 2, "{ran}");
}

/// Every mapping in a document, those inside others too.
fn mappings<'a>(value: &'a serde_yaml::Value, found: &mut Vec<&'a serde_yaml::Value>) {
    match value {
        serde_yaml::Value::Mapping(all) => {
            found.push(value);
            all.values().for_each(|value| mappings(value, found));
        }
        serde_yaml::Value::Sequence(all) => all.iter().for_each(|value| mappings(value, found)),
        _ => {}
    }
}

#[test]
fn what_is_shown_for_ci_names_inputs_hooks_and_the_version_as_they_are() {
    let yaml = |path: &str| -> serde_yaml::Value {
        serde_yaml::from_str(&fs::read_to_string(root().join(path)).unwrap()).unwrap()
    };
    let inputs = yaml("action.yml")["inputs"].as_mapping().unwrap().clone();
    let hooks: Vec<serde_yaml::Value> =
        yaml(".pre-commit-hooks.yaml").as_sequence().unwrap().iter().map(|hook| hook["id"].clone()).collect();
    let version = env!("CARGO_PKG_VERSION");
    let (mut uses, mut repositories) = (0, 0);
    for page in ["docs/ci.md", "README.md"] {
        let text = fs::read_to_string(root().join(page)).unwrap();
        for (_, block) in blocks(&text).into_iter().filter(|(info, _)| info.split(' ').next() == Some("yaml")) {
            let shown: serde_yaml::Value = serde_yaml::from_str(&block).unwrap();
            let mut found = Vec::new();
            mappings(&shown, &mut found);
            for mapping in found {
                if let Some(action) =
                    mapping["uses"].as_str().and_then(|uses| uses.strip_prefix("vaultmend/vaultmend@"))
                {
                    assert_eq!(action, format!("v{version}"), "{page}");
                    for (name, _) in mapping["with"].as_mapping().into_iter().flatten() {
                        assert!(inputs.contains_key(name), "{page}: {name:?} is no input");
                    }
                    uses += 1;
                }
                if mapping["repo"].as_str() == Some("https://github.com/vaultmend/vaultmend") {
                    assert_eq!(mapping["rev"].as_str(), Some(format!("v{version}").as_str()), "{page}");
                    for hook in mapping["hooks"].as_sequence().unwrap() {
                        assert!(hooks.contains(&hook["id"]), "{page}: {hook:?} is no hook");
                    }
                    repositories += 1;
                }
            }
            for other in block.split("vaultmend==").skip(1) {
                assert!(other.starts_with(version), "{page}: vaultmend=={other}");
            }
        }
    }
    assert!(uses >= 3 && repositories >= 1, "{uses} {repositories}");
}
