//! What every command begins with: the vault, its configuration, its rules, its notes.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::args::{Global, Paths, Reporting};
use super::choice::{Choice, chosen_paths, own_path, plain, read_stdin, real};
use super::progress::Progress;
use super::{configuration, given, known, output};
use crate::config::{Config, FILE};
use crate::error::Error;
use crate::note::Note;
use crate::report::{count, visible};
use crate::rule::Rules;
use crate::survey::{Given, Survey};
use crate::vault::walk::{self, Files, is_below};
use crate::vault::{self, Vault, read};

/// A vault, read.
pub(super) struct Session {
    pub(super) root: PathBuf,
    pub(super) config: Config,
    pub(super) rules: Rules,
    pub(super) vault: Vault,
    pub(super) survey: Survey,
    /// All notes, sorted by path.
    pub(super) notes: Vec<Note>,
    /// Those that PATHS choose, by index.
    pub(super) chosen: Vec<usize>,
    /// How many notes were read to know the vault.
    pub(super) read: usize,
    pub(super) from_stdin: bool,
    /// What standard input holds, where that note is left out: `fix` hands it on as it is.
    pub(super) left_out: Option<Vec<u8>>,
    cwd: PathBuf,
    /// The folders below the root that have a configuration of their own.
    nested: Vec<String>,
}

/// What notes hold, by path from the vault's root, whatever their files do.
pub(super) type Texts = HashMap<String, Vec<u8>>;

impl Session {
    pub(super) fn open(paths: &Paths, global: &Global) -> Result<Session, Error> {
        Session::open_with(paths, global, |_| Ok(Texts::new()))
    }

    /// Reads the vault with texts that are not those of its files. `texts` is given the vault's root.
    pub(super) fn open_with(
        paths: &Paths,
        global: &Global,
        texts: impl FnOnce(&Path) -> Result<Texts, Error>,
    ) -> Result<Session, Error> {
        let cwd = std::env::current_dir().map_err(|e| Error::io("the current folder", e))?;
        let from_stdin = paths.paths.iter().any(|path| path.as_os_str() == "-");
        let mut chosen = chosen_paths(paths, &cwd, from_stdin)?;
        let root = walk::root(&chosen);
        if let Some(path) = chosen.iter().find(|path| !path.starts_with(&root)) {
            return Err(Error::usage(format!("{} lies outside the vault {}", path.display(), root.display()))
                .help("check one vault at a time"));
        }
        let config = configuration::read(global, &root)?;
        output::tell(|| match configuration::file(global, &root) {
            Some(file) => format!("vaultmend: configuration: {}", visible(&file.display().to_string())),
            None => format!("vaultmend: no configuration in or above {}", visible(&root.display().to_string())),
        });
        if paths.force_exclude {
            chosen.retain(|path| path.is_dir() || !config.ignore.matches(&walk::relative(&root, path)));
        }
        for path in chosen.iter_mut().filter(|path| path.is_dir()) {
            *path = own_path(&root, path)?;
        }
        let texts = texts(&root)?;
        // Read all the same: who writes to a pipe that nobody reads fails.
        let left_out = if from_stdin && chosen.is_empty() { Some(read_stdin()?) } else { None };
        let session = Session { left_out, ..Session::load(root, config, &chosen, texts, (from_stdin, cwd))? };
        if global.config.is_none() {
            session.say_nested();
        }
        Ok(session)
    }

    /// The whole vault at `root`, with this configuration.
    pub(super) fn of_vault(root: PathBuf, config: Config) -> Result<Session, Error> {
        let cwd = std::env::current_dir().map_err(|e| Error::io("the current folder", e))?;
        let chosen = [root.clone()];
        Session::load(root, config, &chosen, Texts::new(), (false, cwd))
    }

    fn load(
        root: PathBuf,
        mut config: Config,
        chosen: &[PathBuf],
        texts: Texts,
        (from_stdin, cwd): (bool, PathBuf),
    ) -> Result<Session, Error> {
        let rules = configuration::rules(&config)?;
        let given = given::read(&config)?;
        if let Some(taxonomy) = given::taxonomy(&config)? {
            config.tags.taxonomy = taxonomy;
        }
        let mut files = Files::list(&root);
        let mut folders: Vec<&PathBuf> = chosen.iter().filter(|path| path.is_dir()).collect();
        // A folder before those in it: what is listed of these says nothing about it.
        folders.sort_unstable();
        folders.into_iter().for_each(|folder| files.look_into(&root, folder));
        for line in config.unused(files.notes.iter().map(String::as_str)) {
            output::say(&format!("vaultmend: {}", visible(&line)));
        }
        let mut session = Session {
            vault: Vault::new(config.flavor.over(vault::recognise(&root))),
            root,
            config,
            rules,
            survey: Survey::default(),
            notes: Vec::new(),
            chosen: Vec::new(),
            read: 0,
            from_stdin,
            left_out: None,
            cwd,
            nested: own_configurations(&files),
        };
        session.read(files, &Choice::of(&session.root, chosen), texts, given)?;
        let paths = session.notes.iter().map(|note| &*note.path);
        if !session.config.tags.inherited {
            for line in session.config.tags.taxonomy.unused(session.vault.tags(), paths) {
                output::say(&format!("vaultmend: {}", visible(&line)));
            }
        }
        // Of one path alone, the end of the run says it.
        for folder in chosen.iter().filter(|path| chosen.len() > 1 && path.is_dir()) {
            let folder = walk::relative(&session.root, folder);
            let below = |&i: &usize| *session.notes[i].path == *folder || is_below(&session.notes[i].path, &folder);
            if !session.chosen.iter().any(below) {
                output::say(&format!("vaultmend: nothing was checked in `{}`", visible(&session.shown_path(&folder))));
            }
        }
        Ok(session)
    }

    /// Reads all notes of the vault, and keeps those that were chosen.
    fn read(&mut self, files: Files, choice: &Choice, mut texts: Texts, mut given: Given) -> Result<(), Error> {
        let mut paths = files.notes;
        if let Some(path) = choice.named.iter().next().filter(|_| self.from_stdin) {
            texts.insert(path.clone(), read_stdin()?);
        }
        // A note that is named is checked even where a folder around it would have been passed over.
        paths.extend(choice.named.iter().chain(texts.keys()).cloned());
        paths.sort_unstable();
        paths.dedup();
        let mut notes = self.read_notes(paths, choice, &texts);
        self.vault.add_all(&mut notes);
        files.others.iter().for_each(|path| self.vault.add_file(path));
        if self.rules.on().any(|rule| rule.check.counts_links()) {
            self.vault.link(&mut notes);
        }
        let unread = self.unread(files.failed, choice);
        let unread_paths: HashSet<Arc<str>> = unread.iter().map(|note| note.path.clone()).collect();
        if !unread.is_empty() {
            notes.extend(unread);
            notes.sort_by(|a, b| a.path.cmp(&b.path));
        }
        let unread = |note: &Note| note.unreadable.is_some() && unread_paths.contains(&note.path);
        let is_chosen = |note: &Note| unread(note) || choice.wants(&note.path, &self.config.ignore);
        self.chosen = (0..notes.len()).into_par_iter().filter(|&i| is_chosen(&notes[i])).collect();
        given.nests_links = self.vault.conventions().flavor.nests_links();
        self.survey = Survey::at_rest(&mut notes, given);
        self.notes = notes;
        Ok(())
    }

    /// Reads the notes at `paths`, each from its file where `texts` has none.
    fn read_notes(&mut self, paths: Vec<String>, choice: &Choice, texts: &Texts) -> Vec<Note> {
        let progress = Progress::of("reading", paths.len());
        let notes: Vec<Note> = paths
            .into_par_iter()
            .with_max_len(crate::AT_ONCE)
            .inspect(|_| progress.step())
            .map(|path| match texts.get(&path).cloned() {
                Some(bytes) => read::of_bytes(path, bytes),
                None if choice.named.contains(&path) => read::note(&self.root, path),
                None => read::listed(&self.root, path),
            })
            .map(|mut note| {
                // While it is warm: the vault wants all tags, and rules ask for links in markup.
                note.tags();
                if choice.wants(&note.path, &self.config.ignore) {
                    note.in_markup();
                }
                note.rest();
                note.listed_tags();
                note
            })
            .collect();
        self.read = notes.len();
        output::tell(|| format!("vaultmend: {} read in {:.2?}", count(notes.len(), "note"), progress.elapsed()));
        notes
    }

    /// The folders and files of the choice that cannot be listed or have no name, each as a note that says why.
    fn unread(&self, failed: Vec<(String, String)>, choice: &Choice) -> Vec<Note> {
        let ignore = &self.config.ignore;
        let wanted = |path: &str| choice.is_in_folder(path, ignore) && !ignore.matches(&format!("{path}/"));
        let failed = failed.into_iter().filter(|(path, _)| wanted(path));
        let mut unread: Vec<Note> = failed.map(|(path, why)| Note::unreadable(path, why)).collect();
        let nameless = choice.nameless.iter();
        unread.extend(nameless.map(|path| Note::unreadable(walk::relative(&self.root, path), walk::NOT_UNICODE)));
        unread.sort_by(|a, b| a.path.cmp(&b.path));
        unread.dedup_by(|a, b| a.path == b.path);
        unread
    }

    /// Refuses reports that would take the place of a note, of the configuration or of a baseline, or be taken for a note
    /// by the next run. `baseline` is the one of this run.
    pub(super) fn keep_files(&self, reporting: &Reporting, baseline: Option<&Path>) -> Result<(), Error> {
        let mut seen = HashSet::new();
        for output in &reporting.output {
            let file = real(&plain(&self.cwd.join(&output.file)));
            if !seen.insert(file.clone()) {
                let message = format!("two reports go into `{}`", output.file.display());
                return Err(Error::usage(message).help("give each a file of its own"));
            }
            self.keep_from(&output.file, "a report")?;
            let known = [Some(known::default_file(self)), baseline.map(Path::to_owned)];
            if known.into_iter().flatten().any(|known| real(&plain(&self.cwd.join(known))) == file) {
                let message = format!("a report in `{}` would take the place of the baseline", output.file.display());
                return Err(Error::usage(message).help("give it another name"));
            }
        }
        Ok(())
    }

    /// Refuses `what` in a file that is a note, or a configuration.
    pub(super) fn keep_from(&self, typed: &Path, what: &str) -> Result<(), Error> {
        let file = real(&plain(&self.cwd.join(typed)));
        if walk::is_note(&file) && file.starts_with(real(&self.root)) {
            let message = format!("{what} in `{}` would be a note of the vault", typed.display());
            return Err(Error::usage(message).help("give it another ending, or a place outside the vault"));
        }
        let in_force = self.config.sources.iter().filter_map(|(_, source)| source.path()).any(|own| real(&own) == file);
        if in_force || file.file_name().is_some_and(|name| name == FILE) {
            let message = format!("{what} in `{}` would take the place of a configuration", typed.display());
            return Err(Error::usage(message).help("give it another name"));
        }
        Ok(())
    }

    /// Names the folders whose own configuration is not asked in a run from above.
    fn say_nested(&self) {
        for folder in &self.nested {
            if self.chosen.iter().any(|&index| is_below(&self.notes[index].path, folder)) {
                let (folder, shown) = (visible(folder), visible(&self.shown_path(folder)));
                output::say(&format!(
                    "vaultmend: `{shown}/{FILE}` holds for runs in `{shown}` alone, not for this one: leave it out here \
                     with `ignore = [\"{folder}/**\"]`, and run there too"
                ));
            }
        }
    }

    /// A path as typed, from the vault's root.
    pub(super) fn vault_path(&self, typed: &str) -> String {
        walk::relative(&self.root, &plain(&self.cwd.join(typed)))
    }

    /// Names the chosen notes that could not be read, of which a command that reports no findings knows nothing.
    pub(super) fn say_unread(&self) {
        let unread = self.chosen.iter().map(|&index| &self.notes[index]);
        for (note, why) in unread.filter_map(|note| Some((note, note.unreadable.as_deref()?))) {
            output::say(&format!("left alone: {}: {}", visible(&self.shown_path(&note.path)), visible(why)));
        }
    }

    /// Names the notes that were written and have other names, by which the old text is read.
    pub(super) fn say_shared(&self, files: &BTreeSet<PathBuf>) {
        for file in files {
            let shown = self.shown_path(&file.to_string_lossy());
            output::say(&format!("vaultmend: another name of `{}`, a hard link, keeps the old text", visible(&shown)));
        }
    }

    /// A note's path, or a full path, as the reader's shell would take it.
    pub(super) fn shown_path(&self, path: &str) -> String {
        let full = self.root.join(path);
        let shown = full.strip_prefix(&self.cwd).unwrap_or(&full).to_string_lossy().replace(MAIN_SEPARATOR, "/");
        if shown.is_empty() {
            return ".".to_owned();
        }
        // At the start of a line a CI service would take these for a command, and a shell `-` for an option.
        if shown.starts_with([':', '#', '-']) { format!("./{shown}") } else { shown }
    }

    /// A note's path as a diff names it: from the current folder, or from the root of a vault that
    /// lies elsewhere.
    pub(super) fn diff_path(&self, path: &str) -> String {
        let full = self.root.join(path);
        full.strip_prefix(&self.cwd).map_or_else(|_| path.to_owned(), |inside| walk::relative(Path::new(""), inside))
    }
}

/// The folders below the root with a configuration.
fn own_configurations(files: &Files) -> Vec<String> {
    let folder = |file: &String| file.strip_suffix(FILE)?.strip_suffix('/').map(str::to_owned);
    files.others.iter().filter_map(folder).collect()
}
