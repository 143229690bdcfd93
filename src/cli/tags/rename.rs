//! `vaultmend tags rename`: gives a tag another name in the whole vault.

use rayon::prelude::*;

use super::super::args::RenameTag;
use super::super::session::Session;
use super::super::stop::Stop;
use super::super::{Outcome, output};
use crate::error::{Error, did_you_mean};
use crate::note::Note;
use crate::report::{count, visible};
use crate::retag::{Renaming, Retagged};
use crate::span::LineIndex;
use crate::taxonomy::{Ruling, Taxonomy};
use crate::vault::fold_tag;
use crate::vault::tags::{Tag, Tags};
use crate::vault::write::Writer;

/// Places that are named one by one; the rest are counted, unless `--verbose` asks for all.
const SHOWN: usize = 10;

pub(super) fn run(session: &mut Session, options: &RenameTag) -> Result<Outcome, Error> {
    let [old, new] = [&options.old, &options.new].map(|name| name.strip_prefix('#').unwrap_or(name));
    let renaming = Renaming::new(old, new).map_err(Error::usage)?;
    let tags = session.vault.tags();
    let vault = &session.vault;
    let all: Vec<Option<Retagged>> = session.notes.par_iter().map(|note| renaming.retag(note, vault)).collect();
    // A query may ask for a tag that no note has any more.
    if tags.get(old).is_none() && all.iter().flatten().all(|now| now.renamed == 0) {
        let error = Error::usage(format!("no note has the tag `{old}`"));
        let names: Vec<&str> = tags.iter().map(|(name, _)| name).collect();
        let near = did_you_mean(&fold_tag(old), names).map(|near| format!("did you mean `{}`?", tags.spelling(near)));
        return Err(error.help(near.unwrap_or_else(|| "`vaultmend tags` lists them all".to_owned())));
    }
    let merged = (fold_tag(old) != fold_tag(new)).then(|| tags.get(new).map_or(0, Tag::uses)).filter(|uses| *uses > 0);
    let taxonomy = &session.config.tags.taxonomy;
    let mut names = super::used(tags).filter_map(|(tag, ..)| renaming.apply(&tag));
    let unwanted = names.find_map(|name| unwanted(taxonomy, &name));
    let notes = std::mem::take(&mut session.notes);
    let chosen = |index: &usize| session.chosen.binary_search(index).is_ok();
    let hits = all.into_iter().enumerate().filter_map(|(i, now)| Some((i, now?)));
    let (wanted, ignored): (Vec<_>, Vec<_>) = hits.partition(|(index, _)| chosen(index));

    let mut refused = 0;
    let (mut changed, mut renamed) = (0, 0);
    let (writer, stop) = (Writer::default(), Stop::heed(!options.diff));
    for (index, now) in wanted.iter().filter(|(_, now)| now.renamed > 0 && !stop.leaves_out()) {
        let note = &notes[*index];
        match make(session, &writer, note, &now.text, options.diff)? {
            None => {
                changed += 1;
                renamed += now.renamed;
            }
            Some(why) => {
                refused += 1;
                output::say(&format!("{} was not changed: {why}", visible(&session.shown_path(&note.path))));
            }
        }
    }
    session.say_shared(&writer.finish());
    let stopped = stop.end();
    let (times, in_notes) = (count(renamed, "tag"), count(changed, "note"));
    let verb = if options.diff { "would be renamed" } else { "renamed" };
    output::say(&format!("{times} {verb} in {in_notes}"));
    stopped?;
    if let Some(uses) = merged {
        let uses = count(uses as usize, "use");
        output::say(&format!(
            "`{}` had {uses} already: the two tags are one, and no renaming parts them again",
            visible(new)
        ));
    }
    // The convention may well be what is changed next.
    let mut retagged = wanted.iter().filter(|(_, now)| now.renamed > 0).map(|(index, _)| &*notes[*index].path);
    let forbidden = |path| {
        let why = taxonomy.forbids(path, new)?;
        Some(format!("`{new}` may not be in {}: {why}", session.shown_path(path)))
    };
    if let Some(why) = unwanted.or_else(|| retagged.find_map(forbidden)) {
        output::say(&format!("against the convention for tags: {}", visible(&why)));
    }
    tell_left(session, &notes, &wanted);
    let ignored = ignored.iter().filter(|(_, now)| now.renamed > 0).count();
    if ignored > 0 {
        output::say(&format!("left alone: {}, ignored or not asked for", count(ignored, "note")));
    }
    if refused > 0 {
        return Err(Error::usage(format!("{} could not be written", count(refused, "note"))));
    }
    Ok(if options.diff && changed > 0 { Outcome::Found } else { Outcome::Clean })
}

/// What the convention has against a new name, and what to change in it.
fn unwanted(taxonomy: &Taxonomy, name: &str) -> Option<String> {
    // How the vault writes its tags is about to change.
    match taxonomy.ruling(name, &Tags::default()) {
        Ruling::Unknown => Some(format!("`{name}` is not allowed (put it into `allowed` in `[tags]` to keep it)")),
        Ruling::Renamed { old, new } => {
            Some(format!("`{name}` is to become `{new}` (take `{old}` out of `rename` in `[tags]` to keep it)"))
        }
        Ruling::Written(wanted) => Some(format!("`{name}` is to be written `{wanted}`")),
        Ruling::Numeric | Ruling::Fine => None,
    }
}

/// Writes a note, or shows what would change. `Some`: why it was not written.
fn make(session: &Session, writer: &Writer, note: &Note, text: &str, diff: bool) -> Result<Option<String>, Error> {
    if diff {
        output::print_diff(&session.diff_path(&note.path), &note.text, text)?;
        return Ok(None);
    }
    Ok(writer.replace(&session.root.join(&*note.path), &note.text, text).err().map(|why| why.to_string()))
}

/// Names the places where the tag's name stands still.
fn tell_left(session: &Session, notes: &[Note], hits: &[(usize, Retagged)]) {
    let left = hits.iter().flat_map(|(index, now)| now.left.iter().map(|at| (&notes[*index], *at)));
    let left: Vec<_> = left.collect();
    if left.is_empty() {
        return;
    }
    let places = count(left.len(), "mention");
    output::say(&format!(
        "left alone: {places} in code, comments, other properties, headings that links lead to, or where YAML hides it"
    ));
    let shown = if output::is_verbose() { left.len() } else { SHOWN };
    for (note, at) in left.iter().take(shown) {
        let place = LineIndex::new(&note.text).position(at.start());
        let path = visible(&session.shown_path(&note.path));
        output::say(&format!("  {path}:{}:{}: {}", place.line, place.column, visible(at.of(&note.text))));
    }
    if left.len() > shown {
        output::say(&format!("  and {} more (`--verbose` names them all)", left.len() - shown));
    }
}
