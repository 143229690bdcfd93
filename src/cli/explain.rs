//! `vaultmend explain PATH:LINE:COL`: the whole reasoning on one link.

use std::path::PathBuf;

use super::args::{Explain, Global, Paths};
use super::session::Session;
use super::{Outcome, output};
use crate::check;
use crate::error::Error;
use crate::report::visible;
use crate::span::{LineIndex, Position};

pub(super) fn run(options: &Explain, global: &Global) -> Result<Outcome, Error> {
    let (path, position) = place(&options.place)?;
    let paths = Paths { paths: vec![path], ..Paths::default() };
    let session = Session::open(&paths, global)?;
    let [chosen] = session.chosen[..] else {
        return Err(Error::usage(format!("`{}` names no single note", options.place)));
    };
    let note = &session.notes[chosen];
    let offset = LineIndex::new(&note.text).offset(position).ok_or_else(|| {
        Error::usage(format!("the note has no line {}, column {}", position.line, position.column))
            .help("lines and columns count from 1, columns in characters")
    })?;
    let lines = check::explain(note, &session.vault, &session.survey, offset).ok_or_else(|| {
        Error::usage(format!("there is no link at {}", options.place))
            .help("`vaultmend check --format short` prints places")
    })?;
    let text: String = lines.iter().map(|line| visible(line) + "\n").collect();
    output::print(&text)?;
    Ok(Outcome::Clean)
}

/// `PATH:LINE:COL`, as `--format short` prints it.
fn place(typed: &str) -> Result<(PathBuf, Position), Error> {
    let form =
        || Error::usage(format!("`{typed}` is not of the form PATH:LINE:COL")).help("for example: notes/a.md:12:7");
    let (rest, column) = typed.rsplit_once(':').ok_or_else(form)?;
    let (path, line) = rest.rsplit_once(':').ok_or_else(form)?;
    let number = |text: &str| text.parse().map_err(|_| form());
    Ok((PathBuf::from(path), Position { line: number(line)?, column: number(column)? }))
}
