//! A tag in the text where tags belong into the frontmatter, or the other way round.

use foldhash::HashSet;
use serde::Deserialize;

use super::tag_use::{Removal, TagUse};
use super::{Check, Cx};
use crate::diagnostic::{Applicability, Edit, Fix};
use crate::note::Note;
use crate::span::Span;
use crate::taxonomy::Place;
use crate::vault::fold_tag;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MisplacedTag {}

impl Check for MisplacedTag {
    fn note(&self, cx: &mut Cx<'_>) {
        match cx.taxonomy.place {
            Place::Both => {}
            Place::Frontmatter => in_text(cx),
            Place::Text => listed(cx),
        }
    }
}

/// Tags in the text, of which those on lines of their own can be moved.
fn in_text(cx: &mut Cx<'_>) {
    let (note, tags) = (cx.note, cx.tags());
    let lines: Vec<Span> = note.tag_lines().into_iter().filter(|line| may_be_emptied(note, *line)).collect();
    let is_movable = |tag: &TagUse| {
        let next = lines.partition_point(|line| line.end() < tag.span.end());
        lines.get(next).is_some_and(|line| line.contains(tag.span))
    };
    let (movable, fixed): (Vec<&TagUse>, Vec<&TagUse>) =
        tags.iter().filter(|tag| !tag.is_listed()).partition(|tag| is_movable(tag));
    // One fix moves them all: two at one place would wait for each other.
    let mut fix = moved(note, &lines, &movable, tags);
    for tag in movable {
        let finding = cx.report(tag.span, format!("the tag `{}` belongs into the frontmatter", tag.name));
        match fix.take() {
            Some(fix) => finding.fix(fix),
            None => finding,
        };
    }
    for tag in fixed {
        let finding = cx.report(tag.span, format!("the tag `{}` belongs into the frontmatter", tag.name));
        finding.help("add it there, and write a word here");
    }
}

/// The fix that adds tags to the list of the frontmatter, and takes their lines out of the text.
fn moved(note: &Note, lines: &[Span], movable: &[&TagUse], tags: &[TagUse]) -> Option<Fix> {
    if movable.is_empty() {
        return None;
    }
    let mut seen: HashSet<String> = tags.iter().filter(|tag| tag.is_listed()).map(|tag| fold_tag(&tag.name)).collect();
    let new = movable.iter().filter(|tag| seen.insert(fold_tag(&tag.name))).map(|tag| tag.name.clone());
    let new: Vec<String> = new.collect();
    let mut edits: Vec<Edit> = lines.iter().map(|line| Edit::delete(*line)).collect();
    if !new.is_empty() {
        let frontmatter = note.frontmatter.as_ref()?;
        let (at, text) = frontmatter.added(&note.text, frontmatter.read_as("tags")?, &new)?;
        edits.push(Edit::insert(at, text));
    }
    let count = if movable.len() == 1 { "it".to_owned() } else { format!("{} tags", movable.len()) };
    Some(Fix::new(format!("move {count} into the frontmatter"), Applicability::Unsafe, edits))
}

/// Whether a blank line in the place of this one parts nothing that was one.
fn may_be_emptied(note: &Note, line: Span) -> bool {
    let above = note.text[note.body().min(line.start())..line.start()].trim_end_matches([' ', '\t', '\r']);
    let above = above.strip_suffix('\n').unwrap_or(above).trim_end_matches([' ', '\t', '\r']);
    let below = note.text[line.end()..].trim_start_matches(['\r']);
    let below = below.strip_prefix('\n').unwrap_or(below).trim_start_matches([' ', '\t', '\r']);
    above.is_empty() || above.ends_with('\n') || below.is_empty() || below.starts_with('\n')
}

/// Tags in the frontmatter, of which those that the text has too can go.
fn listed(cx: &mut Cx<'_>) {
    let (note, tags) = (cx.note, cx.tags());
    let in_text: HashSet<String> = tags.iter().filter(|tag| !tag.is_listed()).map(|tag| fold_tag(&tag.name)).collect();
    let removal = Removal::from(note);
    for tag in tags.iter().filter(|tag| tag.is_listed()) {
        let finding = cx.report(tag.span, format!("the tag `{}` belongs into the text", tag.name));
        if !in_text.contains(&fold_tag(&tag.name)) {
            continue;
        }
        let finding = finding.evidence("the text has it too");
        if let Some((edits, most)) = removal.of(&[tag.span]) {
            finding.fix(Fix::new("take it out here", most, edits));
        }
    }
}
