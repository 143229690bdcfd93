//! The baseline of a run: which file it is, and what it makes of the findings.

use std::borrow::Cow;
use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::{fs, io};

use super::session::Session;
use crate::baseline::{Baseline, Compared, FILE, Known, Seen};
use crate::diagnostic::Diagnostic;
use crate::engine::Fixed;
use crate::error::Error;
use crate::fingerprint::fingerprints;

/// Whether known findings are shown.
#[derive(Debug, Default, clap::Args)]
pub(super) struct Against {
    /// Leave out the findings that are in the baseline [default: the one that the configuration names, else `vaultmend-baseline.txt` at the vault's root]
    #[arg(long, value_name = "FILE", num_args = 0..=1, require_equals = true)]
    baseline: Option<Option<PathBuf>>,
    /// Show all findings, whatever baseline the configuration names
    #[arg(long, conflicts_with = "baseline")]
    no_baseline: bool,
}

impl Against {
    /// None, whatever the configuration names.
    pub(super) const NONE: Against = Against { baseline: None, no_baseline: true };

    /// The baseline to hold findings against, if there is to be one.
    pub(super) fn open(&self, session: &Session) -> Result<Option<Open>, Error> {
        let named = &session.config.baseline;
        let file = match &self.baseline {
            _ if self.no_baseline => return Ok(None),
            Some(Some(file)) => file.clone(),
            None if named.is_none() => return Ok(None),
            Some(None) | None => default_file(session),
        };
        let open = Open::read(session, file)?;
        if open.before.is_none() {
            let message = format!("there is no baseline `{}`", open.name);
            let error = match named.as_ref().filter(|_| self.baseline.is_none()) {
                Some(named) => session.config.error_at(named.span().into(), message),
                None => Error::usage(message),
            };
            return Err(error.help("`vaultmend baseline write` makes one of what is found now"));
        }
        Ok(Some(open))
    }
}

/// The baseline of a vault: the one that its configuration names, else the one at its root.
pub(super) fn default_file(session: &Session) -> PathBuf {
    match &session.config.baseline {
        Some(named) => session.config.path(named),
        None => session.root.join(FILE),
    }
}

/// The path and the text of a note, and what was found in it.
pub(super) type Looked<'a> = (&'a str, &'a str, &'a [Diagnostic]);

/// A baseline, and what its vault has.
pub(super) struct Open {
    pub(super) file: PathBuf,
    /// Its path as the reader's shell would take it.
    pub(super) name: String,
    /// What the file holds; `None` where there is none.
    pub(super) before: Option<String>,
    pub(super) baseline: Baseline,
    notes: HashSet<Arc<str>>,
    /// Notes and folders that could not be read.
    unread: Vec<String>,
    /// Whether all notes that are not ignored are looked at.
    is_whole: bool,
}

impl Open {
    /// Reads the file, which need not be there. The session must have its notes.
    pub(super) fn read(session: &Session, file: PathBuf) -> Result<Open, Error> {
        let file = std::path::absolute(&file).map_err(|e| Error::io(file.display().to_string(), e))?;
        let name = session.shown_path(&file.to_string_lossy());
        // A pipe would be waited for.
        if fs::metadata(&file).is_ok_and(|known| !known.is_file()) {
            return Err(Error::usage(format!("the baseline `{name}` is no file")));
        }
        let before = match fs::read(&file) {
            Ok(bytes) => Some(Error::text(&name, bytes)?),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(Error::io(name, error)),
        };
        let baseline = before.as_deref().map(|text| Baseline::read(&name, text)).transpose()?.unwrap_or_default();
        let chosen: HashSet<usize> = session.chosen.iter().copied().collect();
        let passed_over = |i: usize| session.config.ignore.matches(&session.notes[i].path);
        Ok(Open {
            file,
            name,
            before,
            baseline,
            notes: session.notes.iter().map(|note| note.path.clone()).collect(),
            unread: session.notes.iter().filter(|n| n.unreadable.is_some()).map(|n| n.path.to_string()).collect(),
            is_whole: (0..session.notes.len()).all(|i| chosen.contains(&i) || passed_over(i)),
        })
    }

    /// Holds the findings of a run against the baseline. Of findings that are alike, those that the
    /// changes have `brought` are known last.
    pub(super) fn compare(&self, looked: &[Looked<'_>], brought: Option<&[Vec<bool>]>) -> Compared {
        let mut orders = Vec::with_capacity(looked.len());
        let mut seen = Vec::with_capacity(looked.len());
        for (i, &(path, text, found)) in looked.iter().enumerate() {
            let mut order: Vec<usize> = (0..found.len()).collect();
            let mut found = Cow::Borrowed(found);
            if let Some(brought) = brought {
                order.sort_by_key(|&finding| brought[i][finding]);
                found = order.iter().map(|&finding| found[finding].clone()).collect();
            }
            let prints = fingerprints(text, &found);
            let known = |(found, fingerprint): (&Diagnostic, String)| Known { rule: found.rule.clone(), fingerprint };
            let found = found.iter().zip(prints).map(known).collect();
            seen.push(Seen { note: path.to_owned(), found });
            orders.push(order);
        }
        let looked_at: HashSet<&str> = looked.iter().map(|(path, ..)| *path).collect();
        let mut compared = self.baseline.compare(
            &seen,
            |note| !self.notes.contains(note) && !self.is_unread(note),
            |note| !self.is_unread(note) && (self.is_whole || looked_at.contains(note)),
        );
        for (known, order) in compared.known.iter_mut().zip(orders) {
            let mut in_place = vec![false; known.len()];
            order.into_iter().zip(&*known).for_each(|(finding, known)| in_place[finding] = *known);
            *known = in_place;
        }
        compared
    }

    /// Takes known findings out of what repairs have left, and counts them.
    pub(super) fn hide(&self, fixed: &mut [Fixed]) -> usize {
        let left: Vec<Looked<'_>> = fixed.iter().map(|one| (&*one.note.path, &*one.note.text, &*one.left)).collect();
        let compared = self.compare(&left, None);
        for (one, known) in fixed.iter_mut().zip(&compared.known) {
            let mut known = known.iter();
            one.left.retain(|_| known.next() != Some(&true));
        }
        compared.known.iter().flatten().filter(|known| **known).count()
    }

    fn is_unread(&self, note: &str) -> bool {
        let below =
            |folder: &str| note.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        self.unread.iter().any(|unread| unread.is_empty() || below(unread))
    }
}
