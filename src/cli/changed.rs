//! `--since` and `--staged`: only what has changed is reported.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use rayon::prelude::*;

use super::args::{Global, Paths};
use super::git::{Entry, Lines, Repository};
use super::session::{Session, Texts};
use crate::diagnostic::Diagnostic;
use crate::engine::Engine;
use crate::error::Error;
use crate::fingerprint::fingerprints;
use crate::note::Note;
use crate::report::{Checked, visible};
use crate::span::LineIndex;

/// Which changes.
#[derive(Debug, Default, clap::Args)]
#[group(id = "change", multiple = false)]
pub(super) struct Change {
    /// Only what has changed since HEAD and REV were one: commits, what is not committed, and new notes. `check` reports on changed lines, `fix` repairs changed notes
    #[arg(long, value_name = "REV")]
    since: Option<String>,
    /// Only what is staged for the next commit, as it is staged
    #[arg(long)]
    staged: bool,
}

/// The notes that have changed.
pub(super) struct Changes {
    repository: Repository,
    notes: HashMap<String, Entry>,
    /// What to say when no note is left.
    pub(super) nothing: String,
}

/// Reads the vault; what is to be reported on are the changed notes among PATHS. What is staged is
/// read as it is staged. Repairs are made in files, so for them these must be there and hold the same.
pub(super) fn open(
    paths: &Paths,
    change: &Change,
    for_repairs: bool,
    global: &Global,
) -> Result<(Session, Option<Changes>), Error> {
    let mut changes = None;
    let mut session = Session::open_with(paths, global, |root| {
        changes = change.changes(paths, root)?;
        match &changes {
            Some(changes) if change.staged => changes.staged_texts(),
            _ => Ok(Texts::new()),
        }
    })?;
    let Some(changes) = changes else { return Ok((session, None)) };
    session.chosen.retain(|&i| changes.notes.contains_key(&*session.notes[i].path));
    if change.staged && for_repairs {
        let unstaged: HashSet<String> = changes.repository.unstaged()?.into_iter().collect();
        let mut chosen = session.chosen.iter().map(|&i| &*session.notes[i].path);
        if let Some(note) = chosen.find(|note| unstaged.contains(*note)) {
            let message = format!("`{}` has changes that are not staged", visible(&session.shown_path(note)));
            return Err(Error::usage(message).help("stage or stash them: a repair could not be told from them"));
        }
    }
    Ok((session, Some(changes)))
}

impl Change {
    fn changes(&self, paths: &Paths, root: &Path) -> Result<Option<Changes>, Error> {
        if self.since.is_none() && !self.staged {
            return Ok(None);
        }
        if paths.paths.iter().any(|path| path.as_os_str() == "-") {
            return Err(Error::usage("git does not know what has changed in a note from standard input")
                .help("leave out `--since` and `--staged`, or `-`"));
        }
        let repository = Repository::of(root)?;
        let (entries, nothing) = match &self.since {
            Some(revision) => {
                let mut entries = repository.changed(&repository.merge_base(revision)?, false)?;
                let new = |path| Entry { path, was: None, is: None, lines: Lines::All };
                entries.extend(repository.untracked()?.into_iter().map(new));
                (entries, format!("vaultmend: no note here has changed since `{}`", visible(revision)))
            }
            None => {
                let entries = repository.changed(&repository.head()?, true)?;
                (entries, "vaultmend: no note here is staged".to_owned())
            }
        };
        let notes = entries.into_iter().map(|entry| (entry.path.clone(), entry)).collect();
        Ok(Some(Changes { repository, notes, nothing }))
    }
}

impl Changes {
    /// What is staged of the notes whose files hold something else, or are not there.
    fn staged_texts(&self) -> Result<Texts, Error> {
        let unstaged = self.repository.unstaged()?;
        let staged: Vec<(&str, &str)> = unstaged
            .iter()
            .filter(|path| !path.split('/').any(|part| part.starts_with('.')))
            .filter_map(|path| Some((path.as_str(), self.notes.get(path)?.is.as_deref()?)))
            .collect();
        let objects: Vec<(&str, &str)> = staged.iter().map(|&(path, object)| (object, path)).collect();
        let texts = self.repository.contents(&objects)?.into_iter();
        Ok(staged.iter().zip(texts).filter_map(|((path, _), text)| Some(((*path).to_owned(), text?))).collect())
    }

    /// Whether each finding belongs to the change: it stands on a changed line or, of findings about
    /// a note as a whole and those in the frontmatter, the note as it was did not have it.
    pub(super) fn brought(&self, checked: &[Checked], engine: &Engine<'_>) -> Result<Vec<Vec<bool>>, Error> {
        let mut brought: Vec<Vec<bool>> = checked.iter().map(|one| self.on_changed_lines(one)).collect();
        let unsure: Vec<(usize, &str)> = brought
            .iter()
            .enumerate()
            .filter(|(_, brought)| brought.contains(&false))
            .filter_map(|(i, _)| Some((i, self.notes.get(&*checked[i].path)?.was.as_deref()?)))
            .collect();
        let objects: Vec<(&str, &str)> = unsure.iter().map(|&(i, object)| (object, &*checked[i].path)).collect();
        let texts = self.repository.contents(&objects)?;
        let new: Vec<Vec<bool>> = unsure
            .par_iter()
            .zip(texts)
            .map(|(&(i, _), text)| {
                let text = text.and_then(|text| String::from_utf8(text).ok()).unwrap_or_default();
                not_in(&Note::parse(checked[i].path.clone(), text), &checked[i], engine)
            })
            .collect();
        for (&(i, _), new) in unsure.iter().zip(new) {
            brought[i].iter_mut().zip(new).for_each(|(brought, new)| *brought |= new);
        }
        Ok(brought)
    }

    fn on_changed_lines(&self, checked: &Checked) -> Vec<bool> {
        let lines = self.notes.get(&*checked.path).map_or(&Lines::All, |entry| &entry.lines);
        let index = LineIndex::new(&checked.text);
        let touched = |found: &Diagnostic| {
            if found.span.is_empty() {
                return *lines == Lines::All;
            }
            let behind = usize::from(found.span.of(&checked.text).ends_with('\n'));
            lines.touch(index.position(found.span.start()).line, index.position(found.span.end()).line - behind)
        };
        checked.found.iter().map(touched).collect()
    }
}

/// Which findings, of those that no line tells about, the note did not have before.
fn not_in(was: &Note, checked: &Checked, engine: &Engine<'_>) -> Vec<bool> {
    let top = was.body().max(Note::parse("", checked.text.as_str()).body());
    let of_note = |found: &Diagnostic| found.span.is_empty() || found.span.start() < top;
    if !checked.found.iter().any(of_note) {
        return vec![false; checked.found.len()];
    }
    let old = engine.check(was);
    let old: HashSet<(String, String)> =
        fingerprints(&was.text, &old).into_iter().zip(old).map(|(print, found)| (found.rule, print)).collect();
    let prints = fingerprints(&checked.text, &checked.found);
    let is_new = |(found, print): (&Diagnostic, String)| of_note(found) && !old.contains(&(found.rule.clone(), print));
    checked.found.iter().zip(prints).map(is_new).collect()
}
