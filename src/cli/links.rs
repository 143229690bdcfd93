//! `vaultmend links`: what the links of a vault lead to.

use std::path::PathBuf;

use super::args::{Global, Links, LinksFormat, Paths, Which};
use super::session::Session;
use super::{Outcome, output};
use crate::error::Error;
use crate::note::Note;
use crate::report::{self, LinkPlace, count, visible};
use crate::span::LineIndex;
use crate::vault::{Item, Place, Resolved, Target, fold, targets, without_ending};

pub(super) fn run(options: &Links, global: &Global) -> Result<Outcome, Error> {
    let paths = Paths { paths: options.paths.clone(), ..Paths::default() };
    let mut session = Session::open(&paths, global)?;
    session.say_unread();
    let json = options.format == LinksFormat::Json;
    let text = match &options.which {
        Some(Which::Orphans) => {
            let orphans = orphans(&mut session);
            if json { report::json_of("orphans", &orphans) } else { lines(&orphans) }
        }
        Some(Which::To { note }) => {
            let places = to(&mut session, note)?;
            if places.is_empty() {
                say_nothing_leads_to(&session, note, &options.paths);
            }
            if json {
                report::json_of("links", &places)
            } else {
                lines(&places.iter().map(LinkPlace::line).collect::<Vec<_>>())
            }
        }
        which => {
            let mut found = targets(&session.vault, chosen(&mut session.notes, &session.chosen));
            if which.is_some() {
                found.retain(|target| !target.problems.is_empty());
            }
            found.sort_by(|a, b| (b.links.len(), &a.name).cmp(&(a.links.len(), &b.name)));
            if json { report::json_of("targets", &report::link_rows(&found)) } else { report::link_table(&found) }
        }
    };
    output::print(&text)?;
    Ok(Outcome::Clean)
}

/// The notes that were asked for, by their indices, which are in order.
fn chosen<'a>(notes: &'a mut [Note], indices: &'a [usize]) -> impl Iterator<Item = &'a mut Note> {
    let all = notes.iter_mut().enumerate();
    all.filter(|(index, _)| indices.binary_search(index).is_ok()).map(|(_, note)| note)
}

/// The notes that no other one links to.
fn orphans(session: &mut Session) -> Vec<String> {
    session.vault.link(&mut session.notes);
    let alone = |path: &&str| session.vault.linked(path).is_some_and(|(to, _)| to == 0);
    let paths = session.chosen.iter().map(|&index| &*session.notes[index].path);
    paths.filter(alone).map(|path| session.shown_path(path)).collect()
}

/// The links to a note, by its path or by a name that leads to it; or to a name that leads nowhere.
fn to(session: &mut Session, name: &str) -> Result<Vec<LinkPlace>, Error> {
    let places = places(session, name)?;
    let by_note = places.chunk_by(|a, b| a.note == b.note);
    let told = by_note.flat_map(|places| {
        let note = &session.notes[session.chosen[places[0].note]];
        let index = LineIndex::new(&note.text);
        let path = session.shown_path(&note.path);
        places
            .iter()
            .map(move |place| LinkPlace {
                path: path.clone(),
                start: index.position(place.span.start()),
                text: place.span.of(&note.text).to_owned(),
            })
            .collect::<Vec<_>>()
    });
    Ok(told.collect())
}

/// The links to a note that are no wikilinks in the text of a note, in words, by their kinds; empty where there is none.
pub(super) fn apart(session: &mut Session, name: &str) -> Result<String, Error> {
    let (mut embeds, mut frontmatter, mut markdown) = (0, 0, 0);
    for place in places(session, name)? {
        let note = &session.notes[session.chosen[place.note]];
        let link = place.span.of(&note.text);
        embeds += usize::from(link.starts_with('!'));
        let is_link = !link.starts_with('!');
        frontmatter += usize::from(is_link && place.span.start() < note.body());
        markdown += usize::from(is_link && place.span.start() >= note.body() && !link.starts_with("[["));
    }
    let kinds = [
        (embeds, count(embeds, "embed")),
        (frontmatter, format!("{} in frontmatter", count(frontmatter, "link"))),
        (markdown, count(markdown, "Markdown link")),
    ];
    let kinds = kinds.into_iter().filter(|(n, _)| *n > 0).map(|(_, kind)| kind);
    Ok(kinds.collect::<Vec<_>>().join(", "))
}

/// Where those links stand, in order; a note is told by its place among the chosen ones.
fn places(session: &mut Session, name: &str) -> Result<Vec<Place>, Error> {
    let vault = &session.vault;
    let path = session.vault_path(name);
    let resolved = match vault.resolve(&format!("/{path}"), "") {
        Resolved::None => vault.resolve(name, ""),
        found => found,
    };
    let is_wanted: Box<dyn Fn(&Target) -> bool> = match resolved {
        Resolved::One(item) => {
            let path = vault.path_of(item).to_owned();
            Box::new(move |target| target.paths.len() == 1 && target.paths[0] == path)
        }
        Resolved::Many(items) => {
            let paths: Vec<&str> = items.iter().map(|&item: &Item| vault.path_of(item)).collect();
            return Err(Error::usage(format!("`{name}` can be any of several files"))
                .help(format!("one of: {}", paths.join(", "))));
        }
        Resolved::None => {
            let key = fold(without_ending(name));
            Box::new(move |target| target.paths.is_empty() && fold(without_ending(&target.name)) == key)
        }
    };
    let found = targets(vault, chosen(&mut session.notes, &session.chosen));
    let mut places: Vec<Place> = found.into_iter().filter(is_wanted).flat_map(|target| target.links).collect();
    places.sort_unstable_by_key(|place| (place.note, place.span));
    Ok(places)
}

/// Says that no link leads to a note, and where that was asked. A name that leads nowhere may have been misspelt.
pub(super) fn say_nothing_leads_to(session: &Session, name: &str, paths: &[PathBuf]) {
    let vault = &session.vault;
    let typed = |path: &PathBuf| format!("`{}`", session.vault_path(&path.to_string_lossy()));
    let mut parts: Vec<String> = paths.iter().map(typed).collect();
    if parts.is_empty() {
        parts.push(typed(&PathBuf::from(".")));
    }
    let whole = parts.iter().any(|part| part == "``");
    let part = if whole { String::new() } else { format!(" in {}", parts.join(", ")) };
    let near = match vault.resolve(name, "") {
        Resolved::None => vault.nearest(name).map(|item| vault.path_of(item)),
        _ => None,
    };
    let near = near.map_or_else(String::new, |path| format!("; there is a note `{path}`"));
    output::say(&format!("vaultmend: {}", visible(&format!("no link{part} leads to `{name}`{near}"))));
}

fn lines(all: &[String]) -> String {
    all.iter().map(|line| visible(line) + "\n").collect()
}
