//! The tags as they are nested.

use std::fmt::Write as _;

use super::super::session::Session;
use super::super::{Outcome, output};
use crate::error::Error;
use crate::report::visible;

pub(super) fn run(session: &Session) -> Result<Outcome, Error> {
    let tags = session.vault.tags();
    let mut all: Vec<(Vec<&str>, &str)> = tags.iter().map(|(name, _)| (name.split('/').collect(), name)).collect();
    if all.is_empty() {
        super::none(session);
    }
    // By segments: `a/b` before `a-b`, whatever their bytes say.
    all.sort();
    let mut text = String::new();
    for (segments, name) in all {
        let Some(known) = tags.get(name) else { continue };
        let below: u32 = tags.below(name).map(|(_, tag)| tag.uses()).sum();
        let uses = match (known.uses(), below) {
            (own, 0) => own.to_string(),
            (own, below) => format!("{own}, {} with those below", own + below),
        };
        let indent = "  ".repeat(segments.len() - 1);
        let _ = writeln!(text, "{indent}{} ({uses})", visible(known.winner()));
    }
    output::print_lines(&text)?;
    Ok(Outcome::Clean)
}
