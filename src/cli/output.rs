//! Where the program prints.

use std::fmt;
use std::io::{self, BufWriter, IsTerminal, Write};

use anstream::{AutoStream, ColorChoice};
use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, ThemeCharacters, ThemeStyles};

use super::args::{Color, Format, Reporting};
use crate::error::Error;
use crate::report::{self, Run};

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

/// How many findings a format shows.
pub(super) fn limit(reporting: &Reporting) -> Option<usize> {
    match (reporting.limit, reporting.format) {
        (Some(0), _) => None,
        (Some(limit), _) => Some(limit),
        (None, Format::Human) => Some(50),
        (None, _) => None,
    }
}

/// Prints a run in the format asked for.
pub(super) fn report(run: &Run<'_>, format: Format) -> Result<(), Error> {
    let mut out = stdout();
    let written = match format {
        Format::Human => report::human(run, &mut out),
        Format::Short => report::short(run, &mut out),
        Format::Json => report::json(run, &mut out),
    };
    written.and_then(|()| out.flush()).map_err(|e| Error::io("standard output", e))
}

/// Prints a text to standard output, byte for byte: a colour code in a note is a part of the note.
pub(super) fn print(text: &str) -> Result<(), Error> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(|e| Error::io("standard output", e))
}

/// Prints a text with colours to standard output, which takes them out where nobody wants them.
pub(super) fn print_coloured(text: &str) -> Result<(), Error> {
    let mut out = stdout();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(|e| Error::io("standard output", e))
}

/// A line for the person at the terminal, on standard error.
pub(super) fn say(line: &str) {
    let _ = writeln!(anstream::stderr(), "{line}");
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
