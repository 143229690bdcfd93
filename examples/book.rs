//! Makes the sources of the book: the pages of `docs/`, a page for each rule from its file, a page
//! for each command from the command line itself.
//!
//! `cargo run --example book && mdbook build target/book`

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use clap::{Arg, Command};
use vaultmend::diagnostic::{Applicability, Keeps, Severity};
use vaultmend::report::{rule_table, visible};
use vaultmend::rule::{Example, Rule, Rules};

/// So many examples of each kind a page of a rule shows.
const SHOWN: usize = 8;

/// Writes the book into a folder, `target/book` unless another is named.
#[allow(dead_code, reason = "a test makes the book by itself")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = env::args_os().nth(1).map_or_else(|| PathBuf::from("target/book"), PathBuf::from);
    write(Path::new(env!("CARGO_MANIFEST_DIR")), &folder)?;
    Ok(())
}

/// Writes the book of the repository at `root` anew: `book.toml`, and its pages in `src`.
pub(crate) fn write(root: &Path, folder: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let src = folder.join("src");
    if src.is_dir() {
        fs::remove_dir_all(&src)?;
    }
    copy(&root.join("docs"), &src)?;
    fs::rename(src.join("book.toml"), folder.join("book.toml"))?;
    fs::copy(root.join("CHANGELOG.md"), src.join("changelog.md"))?;
    let rules = Rules::builtin()?;
    let mut program = vaultmend::cli::command().disable_help_subcommand(true);
    program.build();

    let mut rule_list = String::new();
    for rule in rules.iter() {
        let _ = writeln!(rule_list, "  - [{0}](rules/{0}.md)", rule.id);
        save(&src.join(format!("rules/{}.md", rule.id)), &rule_page(rule, &rules))?;
    }
    save(&src.join("rules/index.md"), &rule_index(&rules))?;

    let (mut command_list, mut commands) = (String::new(), String::from("# Commands\n\n"));
    for command in all_commands(&program) {
        let (name, file) = (full_name(command), format!("{}.md", full_name(command).replace(' ', "-")));
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        let _ = writeln!(command_list, "  - [{name}](cli/{file})");
        let _ = writeln!(commands, "- [`{name}`]({file}): {about}");
        save(&src.join("cli").join(file), &command_page(command))?;
    }
    save(&src.join("cli/index.md"), &commands)?;

    let page = src.join("ci.md");
    let action = fs::read_to_string(root.join("action.yml"))?;
    save(&page, &fs::read_to_string(&page)?.replace("<!-- inputs -->\n", &input_rows(&action)?))?;

    let lists = [("rules", rule_list), ("commands", command_list), ("formats", formats(&program, &src)?)];
    let mut summary = fs::read_to_string(src.join("SUMMARY.md"))?;
    for (name, list) in lists {
        summary = summary.replace(&format!("<!-- {name} -->\n"), &list);
    }
    save(&src.join("SUMMARY.md"), &summary)?;
    Ok(())
}

/// A folder with all that is in it.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let (entry, to) = (entry?.path(), to);
        let name = entry.file_name().unwrap_or_default();
        if entry.is_dir() { copy(&entry, &to.join(name))? } else { fs::copy(&entry, to.join(name)).map(drop)? }
    }
    Ok(())
}

fn save(file: &Path, text: &str) -> io::Result<()> {
    file.parent().map_or(Ok(()), fs::create_dir_all)?;
    fs::write(file, text)
}

/// The pages of the formats, those that have one, and a page that names all formats.
fn formats(program: &Command, src: &Path) -> io::Result<String> {
    let check = program.find_subcommand("check").into_iter().flat_map(Command::get_arguments);
    let values = check.filter(|arg| arg.get_long() == Some("format")).flat_map(Arg::get_possible_values);
    let (mut list, mut index) = (String::new(), String::from("# Formats\n\nWhat `--format` can be:\n\n"));
    for value in values.filter(|value| !value.is_hide_set()) {
        let (name, about) = (value.get_name(), value.get_help().map(ToString::to_string).unwrap_or_default());
        if src.join(format!("formats/{name}.md")).is_file() {
            let _ = writeln!(list, "  - [{name}](formats/{name}.md)");
            let _ = writeln!(index, "- [`{name}`]({name}.md): {about}");
        } else {
            let _ = writeln!(index, "- `{name}`: {about}");
        }
    }
    save(&src.join("formats/index.md"), &index)?;
    Ok(list)
}

/// The inputs of the GitHub action as rows of a table.
fn input_rows(action: &str) -> serde_yaml::Result<String> {
    let action: serde_yaml::Value = serde_yaml::from_str(action)?;
    let mut rows = String::new();
    for (name, input) in action["inputs"].as_mapping().into_iter().flatten() {
        let text = |value: &serde_yaml::Value| value.as_str().unwrap_or_default().trim().to_owned();
        let default = Some(text(&input["default"])).filter(|default| !default.is_empty());
        let default = default.map_or_else(String::new, |default| code(&default));
        let _ = writeln!(rows, "| `{}` | {default} | {} |", text(name), text(&input["description"]));
    }
    Ok(rows)
}

fn rule_index(rules: &Rules) -> String {
    let mut table = rule_table(rules);
    for rule in rules.iter() {
        table = table.replace(&format!("| `{}` |", rule.id), &format!("| [`{0}`]({0}.md) |", rule.id));
    }
    format!(
        "# Rules\n\n*error*, *warning* and *info* are severities; rules that are *off* run when the configuration switches \
         them on. *fix* is the most that a fix of the rule may be: *safe* fixes are made by `fix`, *unsafe* ones by \
         `fix --unsafe`, *display* ones are only shown.\n\n{table}"
    )
}

fn rule_page(rule: &Rule, rules: &Rules) -> String {
    let severity = rule.severity.map_or("off", Severity::name);
    let mut page = format!("# {}\n\n{}.\n\n", rule.id, sentence(&rule.summary));
    let _ = write!(page, "Default severity: **{severity}**. ");
    let _ = match (rule.fix, rule.keeps) {
        (None, _) => writeln!(page, "It has no fix.\n"),
        (Some(fix), keeps) => writeln!(page, "Its fixes are **{}** at most{}.\n", fix.name(), kept(fix, keeps)),
    };
    let mut docs = rule.docs.clone();
    for other in rules.iter().filter(|other| other.id != rule.id) {
        docs = docs.replace(&format!("`{}`", other.id), &format!("[`{0}`](../{0}.md)", other.id));
    }
    let _ = writeln!(page, "{docs}\n\n## Configuration\n\nWhat is in force unless `vaultmend.toml` says else:\n");
    let mut settings = format!("[rule.\"{}\"]\nseverity = \"{severity}\"\n", rule.id);
    let _ = writeln!(settings, "fix = \"{}\"", rule.fix.map_or("none", Applicability::name));
    if !rule.params.is_empty() {
        let _ = write!(settings, "\n[rule.\"{}\".params]\n{}", rule.id, rule.params);
    }
    let _ = writeln!(page, "{}", fenced("toml", &settings));

    let (finding, silent): (Vec<&Example>, Vec<&Example>) =
        rule.examples.get().iter().partition(|example| !example.finds.is_empty());
    page.push_str("## Examples\n\n");
    finding.iter().take(SHOWN).for_each(|example| page.push_str(&example_section(example)));
    page.push_str("## Examples of silence\n\n");
    silent.iter().take(SHOWN).for_each(|example| page.push_str(&example_section(example)));
    let _ = writeln!(
        page,
        "All {} examples, and the rule itself, are in [`rules/{id}.toml`]\
         (https://github.com/vaultmend/vaultmend/blob/main/rules/{id}.toml).",
        rule.examples.get().len(),
        id = rule.id
    );
    page
}

fn kept(fix: Applicability, keeps: Keeps) -> &'static str {
    match keeps {
        Keeps::Text => "; they leave the text that a reader sees as it is",
        Keeps::Body => "; they leave everything but the tags as it is",
        Keeps::Nothing if fix == Applicability::Display => ": they are only shown",
        Keeps::Nothing => ": look at the diff first",
    }
}

fn example_section(example: &Example) -> String {
    let mut section = format!("### {}\n\n", sentence(&example.name));
    if !example.params.is_empty() {
        let _ = writeln!(section, "With the parameters\n\n{}", fenced("toml", &example.params.to_string()));
    }
    if !example.tags.is_empty() {
        let _ = writeln!(section, "With the taxonomy\n\n{}", fenced("toml", &example.tags.to_string()));
    }
    if example.path != "note.md" {
        let _ = writeln!(section, "In the note `{}`.\n", example.path);
    }
    for (path, text) in &example.notes {
        if text.is_empty() {
            let _ = writeln!(section, "Beside `{path}`.\n");
        } else {
            let _ = writeln!(section, "Beside `{path}`:\n\n{}", fenced("md", text));
        }
    }
    let _ = writeln!(section, "{}", fenced("md", &example.text));
    let found = example.finds.iter().map(|found| visible(found)).filter(|found| !found.is_empty());
    let found: Vec<String> = found.map(|found| code(&found)).collect();
    if !found.is_empty() {
        let _ = writeln!(section, "Found: {}\n", found.join(", "));
    }
    if let Some(fixed) = &example.fixed {
        let _ = writeln!(section, "It becomes\n\n{}", fenced("md", fixed));
    }
    if let Some(fixed) = &example.fixed_unsafely {
        let _ = writeln!(section, "With `--unsafe` it becomes\n\n{}", fenced("md", fixed));
    }
    section
}

/// The program and everything below it, each before what is below.
fn all_commands(command: &Command) -> Vec<&Command> {
    let below = command.get_subcommands().filter(|below| !below.is_hide_set());
    std::iter::once(command).chain(below.flat_map(all_commands)).collect()
}

/// The name as it is typed.
fn full_name(command: &Command) -> String {
    command.get_bin_name().unwrap_or_else(|| command.get_name()).to_owned()
}

fn command_page(command: &Command) -> String {
    let about = command.get_long_about().or_else(|| command.get_about()).map(ToString::to_string).unwrap_or_default();
    let usage = command.clone().render_usage().to_string();
    let usage = usage.trim_start_matches("Usage:").trim();
    let mut page =
        format!("# {}\n\n{}.\n\n{}\n", full_name(command), about.trim_end_matches('.'), fenced("text", usage));
    let below: Vec<&Command> = command.get_subcommands().filter(|below| !below.is_hide_set()).collect();
    if !below.is_empty() {
        page.push_str("## Commands\n\n");
        for command in below {
            let (name, about) = (full_name(command), command.get_about().map(ToString::to_string).unwrap_or_default());
            let _ = writeln!(page, "- [`{name}`]({}.md): {about}", name.replace(' ', "-"));
        }
        page.push('\n');
    }
    let shown: Vec<&Arg> = command.get_arguments().filter(|arg| !arg.is_hide_set()).collect();
    let (arguments, options): (Vec<&Arg>, Vec<&Arg>) = shown.into_iter().partition(|arg| arg.is_positional());
    let (global, own): (Vec<&Arg>, Vec<&Arg>) = options.into_iter().partition(|arg| is_everywhere(arg));
    for (heading, args) in [("Arguments", arguments), ("Options", own), ("Options of every command", global)] {
        if !args.is_empty() {
            let _ = writeln!(page, "## {heading}\n");
            args.into_iter().for_each(|arg| page.push_str(&argument(arg)));
        }
    }
    if let Some(after) = command.get_after_long_help().or_else(|| command.get_after_help()) {
        let after = after.to_string();
        page.push_str(&if after.contains('\n') { fenced("text", &after) } else { format!("{after}\n") });
    }
    page
}

fn is_everywhere(arg: &Arg) -> bool {
    arg.is_global_set() || matches!(arg.get_id().as_str(), "help" | "version")
}

fn argument(arg: &Arg) -> String {
    let values = arg.get_value_names().unwrap_or_default().join(" ");
    let typed = match (arg.get_long(), arg.get_action().takes_values()) {
        (Some(long), true) => format!("--{long} {values}"),
        (Some(long), false) => format!("--{long}"),
        (None, _) => values,
    };
    let id = arg.get_long().map_or_else(|| arg.get_id().to_string(), str::to_owned);
    let help = arg.get_long_help().or_else(|| arg.get_help()).map(ToString::to_string).unwrap_or_default();
    let mut text = format!("### `{typed}` {{#{id}}}\n\n{}.\n\n", sentence(help.trim_end_matches('.')));
    let values = if arg.get_action().takes_values() { arg.get_possible_values() } else { Vec::new() };
    for value in values.iter().filter(|value| !value.is_hide_set()) {
        let about = value.get_help().map(|help| format!(": {help}")).unwrap_or_default();
        let _ = writeln!(text, "- `{}`{about}", value.get_name());
    }
    if !values.is_empty() {
        text.push('\n');
    }
    let default: Vec<String> = arg.get_default_values().iter().map(|v| code(&v.to_string_lossy())).collect();
    if arg.get_action().takes_values() && !default.is_empty() {
        let _ = writeln!(text, "Default: {}.\n", default.join(", "));
    }
    text
}

fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// A fenced block, its fence longer than any in the text; what is no line end is made visible.
fn fenced(language: &str, text: &str) -> String {
    let fence = "`".repeat((longest_run(text) + 1).max(3));
    let lines: String = text.lines().map(|line| format!("{}\n", visible(line))).collect();
    format!("{fence}{language}\n{lines}{fence}\n")
}

fn code(text: &str) -> String {
    let marks = "`".repeat(longest_run(text) + 1);
    let blank = if text.starts_with('`') || text.ends_with('`') || text.starts_with(' ') { " " } else { "" };
    format!("{marks}{blank}{text}{blank}{marks}")
}

/// The length of the longest run of backticks.
fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}
