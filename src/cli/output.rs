//! Where the program prints.

use std::fmt;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::sync::atomic::{AtomicU8, Ordering::Relaxed};

use anstream::{AutoStream, ColorChoice};
use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, ThemeCharacters, ThemeStyles};

use super::args::{Color, FailOn, Global, Reporting};
use crate::error::Error;
use crate::report::{self, Checked, Format, Run, Summary};
use crate::rule::Rules;
use crate::vault::write;

/// Settles for the whole run whether colours are shown.
pub(super) fn choose_colour(color: Color) {
    match color {
        // `NO_COLOR`, `CLICOLOR` and whether it is a terminal are anstream's business.
        Color::Auto => {}
        Color::Always => ColorChoice::Always.write_global(),
        Color::Never => ColorChoice::Never.write_global(),
    }
}

/// Standard output, buffered; colours are taken out where nobody wants them.
pub(super) fn stdout() -> BufWriter<AutoStream<io::StdoutLock<'static>>> {
    BufWriter::with_capacity(64 * 1024, anstream::AutoStream::auto(io::stdout().lock()))
}

/// Whether a person reads standard output, in colours or without; else it is for programs.
pub(super) fn is_for_people() -> bool {
    AutoStream::choice(&io::stdout()) != ColorChoice::Never || io::stdout().is_terminal()
}

/// The width for wrapped text, in columns.
pub(super) fn width() -> usize {
    let asked = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    asked.unwrap_or(if io::stdout().is_terminal() { 100 } else { 120 })
}

/// So many findings that are only for information are shown one by one; of more, people see the number.
const MOST_INFOS: usize = 20;

/// Prints what was found in the format asked for, and writes the reports that go into files.
pub(super) fn report(
    checked: &[Checked],
    (rules, summary): (&Rules, &Summary),
    reporting: &Reporting,
) -> Result<(), Error> {
    write_reports(checked, (rules, summary), reporting)?;
    let format = reporting.format();
    let links = supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout);
    let run = Run { links, ..run(checked, (rules, summary), reporting, format) };
    let mut out = stdout();
    format.write(&run, &mut out).and_then(|()| out.flush()).map_err(|e| Error::io("standard output", e))
}

/// Writes the reports that go into files.
pub(super) fn write_reports(
    checked: &[Checked],
    (rules, summary): (&Rules, &Summary),
    reporting: &Reporting,
) -> Result<(), Error> {
    for output in &reporting.output {
        let (name, format) = (output.file.display().to_string(), output.format());
        let run = run(checked, (rules, summary), reporting, format);
        let mut text = Vec::new();
        let written = format.write(&run, &mut anstream::StripStream::new(&mut text));
        written.and_then(|()| write::put(&output.file, &text)).map_err(|error| {
            let folder = output.file.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.exists());
            match folder {
                Some(folder) => {
                    Error::usage(format!("`{name}` cannot be written: there is no folder `{}`", folder.display()))
                }
                None => Error::io(name, error),
            }
        })?;
    }
    Ok(())
}

/// What a report in this format is of.
fn run<'a>(
    checked: &'a [Checked],
    (rules, summary): (&'a Rules, &'a Summary),
    reporting: &Reporting,
    format: &Format,
) -> Run<'a> {
    let asked = reporting.limit.is_some() || reporting.fail_on == FailOn::Info || is_verbose();
    let limit = reporting.limit.or(format.limit).filter(|&limit| limit > 0);
    let infos = asked || summary.infos <= MOST_INFOS;
    Run { checked, rules, summary, limit, infos, width: width(), links: false }
}

/// Prints a text to standard output, byte for byte: a colour code in a note is a part of the note.
pub(super) fn print(text: &str) -> Result<(), Error> {
    print_bytes(text.as_bytes())
}

/// The same for what may be no text.
pub(super) fn print_bytes(bytes: &[u8]) -> Result<(), Error> {
    let mut out = io::stdout().lock();
    out.write_all(bytes).and_then(|()| out.flush()).map_err(|e| Error::io("standard output", e))
}

/// Prints lines that begin with what a note holds. In the log of GitHub Actions none of them is a command.
pub(super) fn print_lines(text: &str) -> Result<(), Error> {
    if in_actions() && !text.is_empty() { print(&without_commands(text)) } else { print(text) }
}

/// Prints a document for programs, in which what steers a terminal is written out.
pub(super) fn print_json(document: &str) -> Result<(), Error> {
    print(&report::harmless(document))
}

/// Prints what would change in a text, and tells whether anything would: for people in colours and
/// harmless, else byte for byte, for `git apply`. `path` is from the folder it is applied in.
pub(super) fn print_diff(path: &str, before: &str, after: &str) -> Result<bool, Error> {
    let for_people = is_for_people();
    let diff = report::diff(path, before, after, for_people);
    if diff.is_empty() {
        return Ok(false);
    }
    let diff = if in_actions() { without_commands(&diff) } else { diff };
    if for_people {
        print_coloured(&diff)?
    } else {
        print(&diff)?
    }
    Ok(true)
}

/// Whether standard output may be the log of a step in GitHub Actions.
pub(super) fn in_actions() -> bool {
    std::env::var_os("GITHUB_ACTIONS").is_some_and(|value| value == "true")
}

/// A text in a log where no line of it is a workflow command. No note can know the word that ends
/// this, and `git apply` passes over lines that stand between diffs.
fn without_commands(text: &str) -> String {
    let word = word();
    format!("::stop-commands::{word}\n{text}::{word}::\n")
}

/// A word that no text can know.
pub(super) fn word() -> String {
    format!("vaultmend-{:016x}", RandomState::new().build_hasher().finish())
}

/// Prints a text with colours to standard output, which takes them out where nobody wants them.
pub(super) fn print_coloured(text: &str) -> Result<(), Error> {
    let mut out = stdout();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(|e| Error::io("standard output", e))
}

/// A line for the person at the terminal, on standard error.
pub(super) fn say(line: &str) {
    if LOUDNESS.load(Relaxed) != QUIET {
        let _ = writeln!(anstream::stderr(), "{line}");
    }
}

/// The same for who wants to know more.
pub(super) fn tell(line: impl FnOnce() -> String) {
    if is_verbose() {
        say(&line());
    }
}

const QUIET: u8 = 1;
const VERBOSE: u8 = 2;
static LOUDNESS: AtomicU8 = AtomicU8::new(0);

/// Settles for the whole run how much is said.
pub(super) fn choose_loudness(global: &Global) {
    LOUDNESS.store(
        if global.quiet {
            QUIET
        } else if global.verbose {
            VERBOSE
        } else {
            0
        },
        Relaxed,
    );
}

pub(super) fn is_verbose() -> bool {
    LOUDNESS.load(Relaxed) == VERBOSE
}

/// Whether somebody sits before standard error and may be shown how far the work has come.
pub(super) fn shows_progress() -> bool {
    LOUDNESS.load(Relaxed) != QUIET
        && io::stderr().is_terminal()
        && std::env::var_os("CI").is_none_or(|ci| ci.is_empty())
}

/// Prints what stopped the run.
pub(super) fn error(error: &Error) {
    print_error(error);
}

/// Prints what is wrong and does not stop the run.
pub(super) fn warn(error: &Error) {
    print_error(&Warning(error));
}

fn print_error(error: &dyn Diagnostic) {
    let theme = GraphicalTheme { characters: ThemeCharacters::unicode(), styles: ThemeStyles::ansi() };
    let handler = GraphicalReportHandler::new_themed(theme).with_width(width()).with_links(false);
    let mut text = String::new();
    if handler.render_report(&mut text, error).is_err() {
        text = error.to_string();
    }
    let _ = writeln!(anstream::stderr(), "{}", text.trim_end());
}

/// An error that is only a warning.
struct Warning<'a>(&'a Error);

impl fmt::Debug for Warning<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.0, f)
    }
}

impl fmt::Display for Warning<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.0, f)
    }
}

impl std::error::Error for Warning<'_> {}

impl Diagnostic for Warning<'_> {
    fn severity(&self) -> Option<miette::Severity> {
        Some(miette::Severity::Warning)
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.0.help()
    }

    fn source_code(&self) -> Option<&dyn miette::SourceCode> {
        self.0.source_code()
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = miette::LabeledSpan> + '_>> {
        self.0.labels()
    }
}
