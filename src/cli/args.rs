//! What can be typed.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

use super::baseline::BaselineArgs;
use super::changed::Change;
use super::completions::Completions;
use super::known::Against;
use super::man::Man;
mod reporting;

pub(super) use reporting::{FailOn, Reporting};

/// Finds and repairs what over-eager auto-linkers and auto-taggers have done to Markdown notes.
#[derive(Debug, Parser)]
#[command(name = "vaultmend", version, propagate_version = true, max_term_width = 100)]
#[command(
    after_help = "Exit codes: 0 nothing found, 1 something found (or `fix --diff` would change something), 2 the work could not be done."
)]
pub(super) struct Args {
    #[command(subcommand)]
    pub(super) command: Command,
    #[command(flatten)]
    pub(super) global: Global,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Say what is wrong; change nothing
    Check(Check),
    /// Repair what can be repaired without changing the text a reader sees
    Fix(Fix),
    /// List the rules, or explain one
    Rules(Rules),
    /// Tell the whole reasoning on one link
    Explain(Explain),
    /// Show what the links of the vault lead to
    Links(Links),
    /// Take every wikilink to a target out of the text of the notes; what it shows stays
    Unlink(Unlink),
    /// List the tags of the vault, or change them
    Tags(Tags),
    /// Write down what is found now, so that only new findings are shown
    Baseline(BaselineArgs),
    /// Look at the vault and write a `vaultmend.toml` that it passes but for real damage
    Init(super::init::Options),
    /// Show the configuration in force
    Config(super::config::Options),
    /// Print a JSON Schema for editors
    Schema(super::schema::Options),
    /// Run the examples in rule files
    Test(Test),
    /// Print a script that completes commands in a shell
    Completions(Completions),
    /// Print the manual page, or write one for every command
    Man(Man),
}

#[derive(Debug, clap::Args)]
pub(super) struct Global {
    /// Configuration file, instead of the `vaultmend.toml` nearest upwards from the vault
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// Set a key of the configuration for this run; a rule is named by its id: `tags.case=kebab`, `links/lost-space.severity=off`, `links/split-word.scripts=["Latin"]`
    #[arg(long = "set", global = true, value_name = "KEY=VALUE")]
    pub(super) set: Vec<String>,
    /// Whether to use colours
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto)]
    pub(super) color: Color,
    /// Say nothing on standard error but what stops the run
    #[arg(long, short, global = true, conflicts_with = "verbose")]
    pub(super) quiet: bool,
    /// Say which configuration is in force, what was read and how long it took, and show every finding
    #[arg(long, short, global = true)]
    pub(super) verbose: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    Auto,
    Always,
    Never,
}

/// Which notes.
#[derive(Debug, Default, clap::Args)]
pub(super) struct Paths {
    /// Notes and folders to report on; `-` reads one note from standard input [default: .]
    #[arg(value_name = "PATHS")]
    pub(super) paths: Vec<PathBuf>,
    /// Where the note from standard input lies in its vault
    #[arg(long, value_name = "PATH")]
    pub(super) stdin_filename: Option<PathBuf>,
    /// Leave out what the configuration ignores even where it is named: for hooks and editors, which name every changed note. `fix -` then hands such a note on as it is
    #[arg(long)]
    pub(super) force_exclude: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct Check {
    #[command(flatten)]
    pub(super) paths: Paths,
    /// Write a suppression for each finding into its note, instead of reporting it
    #[arg(long)]
    pub(super) suppress: bool,
    /// With `--suppress`: why, as it is to stand in the notes
    #[arg(long, value_name = "TEXT", requires = "suppress")]
    pub(super) reason: Option<String>,
    /// With `--suppress`: show what would be written as a diff, and write nothing
    #[arg(long, requires = "suppress")]
    pub(super) diff: bool,
    #[command(flatten)]
    pub(super) change: Change,
    /// With `--since` or `--staged`: all findings of changed notes, not only those on changed lines
    #[arg(long, requires = "change")]
    pub(super) whole_notes: bool,
    #[command(flatten)]
    pub(super) against: Against,
    #[command(flatten)]
    pub(super) reporting: Reporting,
}

#[derive(Debug, clap::Args)]
pub(super) struct Fix {
    #[command(flatten)]
    pub(super) paths: Paths,
    #[command(flatten)]
    pub(super) change: Change,
    /// Show what would change as a diff, and change nothing
    #[arg(long)]
    pub(super) diff: bool,
    /// Also make fixes that may change what the text says
    #[arg(long = "unsafe")]
    pub(super) unsafely: bool,
    #[command(flatten)]
    pub(super) against: Against,
    #[command(flatten)]
    pub(super) reporting: Reporting,
}

#[derive(Debug, clap::Args)]
pub(super) struct Rules {
    /// The rule to explain
    #[arg(value_name = "ID")]
    pub(super) id: Option<String>,
    /// As a Markdown table
    #[arg(long)]
    pub(super) markdown: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct Explain {
    /// The place of the link, as `--format short` prints it
    #[arg(value_name = "PATH:LINE:COL")]
    pub(super) place: String,
}

#[derive(Debug, clap::Args)]
pub(super) struct Links {
    #[command(subcommand)]
    pub(super) which: Option<Which>,
    /// How it is shown
    #[arg(long, value_enum, global = true, default_value_t = LinksFormat::Human)]
    pub(super) format: LinksFormat,
    /// Only links in these notes and folders [default: .]
    #[arg(long = "in", value_name = "PATH", global = true)]
    pub(super) paths: Vec<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Which {
    /// Only targets with problems: no such note, an alias, several notes, no such heading or block
    Broken,
    /// The notes that no link leads to
    Orphans,
    /// Every link to a note, or to a name that leads nowhere
    To {
        /// The note's path, or a name that leads to it
        #[arg(value_name = "NOTE")]
        note: String,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum LinksFormat {
    /// For people
    Human,
    /// One document for programs
    Json,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Embeds, links in Markdown's form and links in frontmatter are left alone, which is said and makes no exit code 1.")]
pub(super) struct Unlink {
    /// Targets, without regard to case
    #[arg(value_name = "TARGET", required = true)]
    pub(super) targets: Vec<String>,
    /// Leave the first link to each target of a note
    #[arg(long)]
    pub(super) keep_first: bool,
    /// Show what would change as a diff, and change nothing
    #[arg(long)]
    pub(super) diff: bool,
    /// Only in these notes and folders [default: .]
    #[arg(long = "in", value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(super) struct Tags {
    #[command(subcommand)]
    pub(super) command: Option<TagsCommand>,
    /// How the tags are listed
    #[arg(long, value_enum, default_value_t = TagsFormat::Human)]
    pub(super) format: TagsFormat,
    /// The vault is the one these notes and folders lie in; `rename` changes no other notes of it [default: .]
    #[arg(long = "in", value_name = "PATH", global = true)]
    pub(super) paths: Vec<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum TagsFormat {
    /// A table
    Human,
    /// One document for programs
    Json,
}

#[derive(Debug, Subcommand)]
pub(super) enum TagsCommand {
    /// Show how the tags are nested, and how often each is used
    Tree,
    /// Show the tags in use as a taxonomy for `vaultmend.toml`
    Learn(LearnTags),
    /// Rename a tag and the tags below it, in frontmatter, text and queries
    Rename(RenameTag),
}

#[derive(Debug, clap::Args)]
pub(super) struct LearnTags {
    /// Add it to the `vaultmend.toml` of the vault, which must have no `[tags]`
    #[arg(long)]
    pub(super) write: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct RenameTag {
    /// The tag as it is, in any case
    #[arg(value_name = "OLD")]
    pub(super) old: String,
    /// The tag as it is to be
    #[arg(value_name = "NEW")]
    pub(super) new: String,
    /// Show what would change as a diff, and change nothing
    #[arg(long)]
    pub(super) diff: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct Test {
    /// A folder of rule files of your own [default: the built-in rules]
    #[arg(value_name = "FOLDER")]
    pub(super) folder: Option<PathBuf>,
}
