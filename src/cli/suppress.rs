//! `vaultmend check --suppress`: writes suppressions for what the run finds.

use super::args::Check;
use super::session::Session;
use super::stop::Stop;
use super::{Outcome, output};
use crate::engine::Engine;
use crate::error::Error;
use crate::note::Note;
use crate::report::{Checked, count, visible};
use crate::suppress;
use crate::vault::write::Writer;

/// The rule that reports notes of which no text is known.
const UNREADABLE: &str = "note/unreadable";

/// Writes, or shows as a diff, what makes the findings of each note silent.
pub(super) fn run(
    session: &Session,
    engine: &Engine<'_>,
    checked: &[Checked],
    options: &Check,
) -> Result<Outcome, Error> {
    let reason = options.reason.as_deref();
    if reason.is_some_and(|reason| reason.contains("%%") || reason.contains(ends_a_line)) {
        return Err(Error::usage("`--reason` must be one line without `%%`"));
    }
    if session.from_stdin {
        return Err(Error::usage("`--suppress` writes into notes, and standard input is none"));
    }
    if !options.reporting.output.is_empty() {
        return Err(Error::usage("`--suppress` writes into notes, and no report into a file: leave `--output` out"));
    }
    if options.reporting.names_format() {
        return Err(Error::usage("`--suppress` writes into notes, and reports nothing: leave `--format` out"));
    }
    let (mut notes, mut findings, mut left, mut unwritten) = (0, 0, 0, 0);
    let (writer, stop) = (Writer::default(), Stop::heed(!options.diff));
    for one in checked.iter().filter(|one| !one.found.is_empty() && !stop.leaves_out()) {
        let written = silent(engine, one, reason).and_then(|text| {
            if options.diff {
                return Ok(text);
            }
            let file = session.root.join(&*one.path);
            writer.replace(&file, &one.text, &text).map_err(|why| {
                unwritten += 1;
                why.to_string()
            })?;
            Ok(text)
        });
        match written {
            Ok(text) => {
                (notes, findings) = (notes + 1, findings + one.found.len());
                if options.diff {
                    output::print_diff(&session.diff_path(&one.path), &one.text, &text)?;
                }
            }
            Err(why) => {
                left += one.found.len();
                output::say(&format!("left alone: {}: {}", visible(&one.shown_path), visible(&why)));
            }
        }
    }
    session.say_shared(&writer.finish());
    let stopped = stop.end();
    let verb = if options.diff { "would be suppressed" } else { "suppressed" };
    let (all, within) = (count(findings, "finding"), count(notes, "note"));
    output::say(&format!("{all} {verb} in {within}, {left} left"));
    stopped?;
    if unwritten > 0 {
        return Err(Error::usage(format!("{} could not be written", count(unwritten, "note"))));
    }
    Ok(if left > 0 || options.diff && notes > 0 { Outcome::Found } else { Outcome::Clean })
}

/// Whether a character ends a line, to Markdown or to YAML, or is none to be seen.
fn ends_a_line(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

/// The text in which all that was found is silent, nothing new is found, and Markdown makes the same
/// blocks of it.
fn silent(engine: &Engine<'_>, one: &Checked, reason: Option<&str>) -> Result<String, String> {
    if one.found.iter().any(|found| found.rule == UNREADABLE) {
        return Err("nothing can be written into what cannot be read".to_owned());
    }
    let note = Note::parse(one.path.clone(), one.text.as_str());
    let text = suppress::suppressed(&note, &one.found, reason)?;
    let after = note.with_text(text);
    if let Some(found) = engine.check(&after).first() {
        return Err(format!("`{}` would be found all the same", found.rule));
    }
    if !after.has_the_blocks_of(&note) {
        return Err("readers would see another text".to_owned());
    }
    Ok(after.text)
}
