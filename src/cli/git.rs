//! Asks `git` what has changed.

mod diff;

use std::ffi::OsStr;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{fs, str, thread};

use super::output;
use crate::error::Error;

pub(super) use diff::{Entry, Lines};

/// What the environment must not change about the answers of git.
const SCRUBBED: [&str; 6] = [
    "GIT_EXTERNAL_DIFF",
    "GIT_DIFF_OPTS",
    "GIT_LITERAL_PATHSPECS",
    "GIT_GLOB_PATHSPECS",
    "GIT_NOGLOB_PATHSPECS",
    "GIT_ICASE_PATHSPECS",
];

/// The repository that a vault lies in.
pub(super) struct Repository {
    /// Where git is run.
    folder: PathBuf,
    /// Whether git is not told of `GIT_DIR`, since it finds the same repository without.
    finds: bool,
    /// The vault's root from the top of the work tree: empty, or with `/` at its end.
    prefix: String,
}

impl Repository {
    /// Finds the repository of the vault at `root`.
    pub(super) fn of(root: &Path) -> Result<Repository, Error> {
        // A hook is run at the top of its work tree, and `GIT_DIR` holds for that folder alone.
        let folder = match std::env::var_os("GIT_DIR") {
            Some(_) => std::env::current_dir().map_err(|e| Error::io("the current folder", e))?,
            None => root.to_owned(),
        };
        let mut repository = Repository { folder, finds: false, prefix: String::new() };
        repository.finds = repository.is_found()?;
        let answer = repository.ask(["rev-parse", "--show-toplevel"], b"")?;
        let message = || format!("`{}` is in the work tree of no git repository", root.display());
        let top = answer.or(|why| match why.rsplit_once('\t') {
            Some((_, trust)) if why.contains("dubious ownership") => {
                let message =
                    format!("git does not trust the repository of `{}`, which somebody else owns", root.display());
                Error::usage(message).help(format!("as in containers; where it is yours: `{trust}`"))
            }
            _ => Error::usage(message()).help(why),
        })?;
        let top = path(&top);
        let real = |path: &Path| fs::canonicalize(path).map_err(|e| Error::io(path.display().to_string(), e));
        let (root, real_top) = (real(root)?, real(&top)?);
        let inside = root.strip_prefix(&real_top).map_err(|_| Error::usage(message()))?;
        for part in inside.components() {
            repository.prefix.push_str(&part.as_os_str().to_string_lossy());
            repository.prefix.push('/');
        }
        repository.folder = top;
        Ok(repository)
    }

    /// Whether `GIT_DIR` is what git would find by itself: then it is left out. With it git takes any folder for the top
    /// of the work tree, and a hook may have gone into another one.
    fn is_found(&self) -> Result<bool, Error> {
        if std::env::var_os("GIT_DIR").is_none() || std::env::var_os("GIT_WORK_TREE").is_some() {
            return Ok(false);
        }
        let folder = |finds| -> Result<Option<PathBuf>, Error> {
            let asked = Repository { folder: self.folder.clone(), finds, prefix: String::new() };
            let answer = asked.ask(["rev-parse", "--absolute-git-dir"], b"")?.ok();
            Ok(answer.and_then(|answer| fs::canonicalize(path(&answer)).ok()))
        };
        let told = folder(false)?;
        Ok(told.is_some() && told == folder(true)?)
    }

    /// The last commit that `revision` and the current one have in common.
    pub(super) fn merge_base(&self, revision: &str) -> Result<String, Error> {
        let Some(head) = self.commit("HEAD")? else {
            let help = "`--staged` tells what the first one would have";
            return Err(Error::usage("there is no commit yet").help(help));
        };
        // What begins with a hyphen would be an option, and git lets no branch begin with one.
        let commit = if revision.starts_with('-') { None } else { self.commit(revision)? };
        let Some(commit) = commit else {
            return Err(self.not_there(format!("there is no revision `{revision}`"), revision));
        };
        let answer = self.ask(["merge-base", &commit, &head], b"")?;
        match answer.ok().as_deref().and_then(object) {
            Some(base) => Ok(base),
            None => Err(self.not_there(format!("`{revision}` and `HEAD` have no commit in common"), revision)),
        }
    }

    /// The commit, or the tree without files where there is none yet.
    pub(super) fn head(&self) -> Result<String, Error> {
        if let Some(head) = self.commit("HEAD")? {
            return Ok(head);
        }
        let answer = self.ask(["hash-object", "-t", "tree", "--stdin"], b"")?;
        Ok(String::from_utf8_lossy(&answer.or(failed)?).trim().to_owned())
    }

    /// The notes of the vault that differ between `base` and the work tree or, with `cached`, what
    /// is staged. Paths are from the vault's root.
    pub(super) fn changed(&self, base: &str, cached: bool) -> Result<Vec<Entry>, Error> {
        let mut command = vec!["-c", "diff.relative=false", "-c", "diff.autoRefreshIndex=true", "diff", "--raw", "-z"];
        command.extend(["--patch", "--unified=0", "--inter-hunk-context=0", "--find-renames", "--no-abbrev", "--text"]);
        command.extend(["--no-color", "--no-ext-diff", "--no-textconv", "--ignore-submodules=all"]);
        command.extend(cached.then_some("--cached"));
        let notes = self.notes();
        command.extend([base, "--", &notes]);
        let answer = self.ask(command, b"")?.or(failed)?;
        let entries = diff::read(&answer).ok_or_else(|| Error::usage("git printed a diff that cannot be read"))?;
        let of_vault = |mut entry: Entry| {
            entry.path = self.in_vault(&entry.path)?;
            Some(entry)
        };
        Ok(entries.into_iter().filter_map(of_vault).collect())
    }

    /// The notes that git neither knows nor ignores.
    pub(super) fn untracked(&self) -> Result<Vec<String>, Error> {
        self.paths(["ls-files", "--others", "--exclude-standard", "--full-name", "-z", "--", &self.notes()])
    }

    /// The notes whose files are not what is staged.
    pub(super) fn unstaged(&self) -> Result<Vec<String>, Error> {
        let config = ["-c", "diff.relative=false", "-c", "diff.autoRefreshIndex=true"];
        let command = ["diff", "--name-only", "-z", "--no-ext-diff", "--no-renames", "--ignore-submodules=all", "--"];
        self.paths(config.into_iter().chain(command).chain([self.notes().as_str()]))
    }

    /// The texts of objects, in their order, as git would write them to files at these paths; `None` of one that is not
    /// there.
    pub(super) fn contents(&self, objects: &[(&str, &str)]) -> Result<Vec<Option<Vec<u8>>>, Error> {
        let mut contents = vec![None; objects.len()];
        // A path that cannot stand at the end of a line has the bytes that are stored.
        let is_told = |path: &str| !path.contains('\n') && !path.starts_with([' ', '\t']);
        let paths: Vec<String> = objects.iter().map(|(_, path)| format!("{}{path}", self.prefix)).collect();
        let (told, odd): (Vec<usize>, Vec<usize>) = (0..objects.len()).partition(|&i| is_told(&paths[i]));
        for (filters, chosen) in [(true, told), (false, odd)] {
            if chosen.is_empty() {
                continue;
            }
            let word = output::word();
            let path = |i: usize| if filters { format!(" {}", paths[i]) } else { String::new() };
            let asked: String = chosen.iter().map(|&i| format!("{}{}\n{word}\n", objects[i].0, path(i))).collect();
            let command = ["cat-file", "--batch"].into_iter().chain(filters.then_some("--filters"));
            let answer = self.ask(command, asked.as_bytes())?.or(failed)?;
            let read = texts(&answer, &word, chosen.len());
            let read = read.ok_or_else(|| Error::usage("git printed objects that cannot be read"))?;
            chosen.into_iter().zip(read).for_each(|(i, text)| contents[i] = text);
        }
        Ok(contents)
    }

    /// A pattern for the notes of the vault, as git takes it.
    fn notes(&self) -> String {
        let mut pattern = String::from(":(top,icase,glob)");
        for c in self.prefix.chars() {
            pattern.extend(matches!(c, '*' | '?' | '[' | ']' | '\\').then_some('\\'));
            pattern.push(c);
        }
        pattern + "**/*.md"
    }

    /// A path from the vault's root, of one from the top of the work tree.
    fn in_vault(&self, path: &str) -> Option<String> {
        path.strip_prefix(&self.prefix).map(str::to_owned)
    }

    fn paths<'a>(&self, command: impl IntoIterator<Item = &'a str>) -> Result<Vec<String>, Error> {
        let answer = self.ask(command, b"")?.or(failed)?;
        let paths = answer.split(|&b| b == 0).filter(|path| !path.is_empty());
        Ok(paths.filter_map(|path| self.in_vault(&String::from_utf8_lossy(path))).collect())
    }

    /// The id of the commit that a revision names.
    fn commit(&self, revision: &str) -> Result<Option<String>, Error> {
        let name = |name: &str| -> Result<Option<String>, Error> {
            let answer = self.ask(["rev-parse", "--verify", "--quiet", name], b"")?;
            Ok(answer.ok().as_deref().and_then(object))
        };
        // An id that is given in full is one, whether there is such an object or not.
        match name(revision)? {
            Some(id) => name(&format!("{id}^{{commit}}")),
            None => Ok(None),
        }
    }

    /// Says that history is missing, and how to get it.
    fn not_there(&self, message: String, revision: &str) -> Error {
        let shallow = self.ask(["rev-parse", "--is-shallow-repository"], b"");
        if shallow.ok().and_then(Answer::ok).is_some_and(|answer| answer.starts_with(b"true")) {
            return Error::usage(format!("{message} in this clone, which holds only the latest commits")).help(
                "fetch the history: `fetch-depth: 0` for actions/checkout, `GIT_DEPTH: 0` in GitLab, \
                 else `git fetch --unshallow`, or `git fetch --deepen=100` for a part of it",
            );
        }
        let remote = if revision.contains('/') { "" } else { "; a branch that is only there is `origin/NAME`" };
        Error::usage(message).help(format!("`git fetch` gets what the remote has{remote}"))
    }

    fn ask<'a>(&self, command: impl IntoIterator<Item = &'a str>, input: &[u8]) -> Result<Answer, Error> {
        ask((&self.folder, self.finds), command, input).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => Error::usage("git is asked for what has changed, and there is no `git` here")
                .help("install git, or give the notes as PATHS"),
            _ => Error::io("git", error),
        })
    }
}

/// What git said, or why it said nothing.
struct Answer(Result<Vec<u8>, String>);

impl Answer {
    fn ok(self) -> Option<Vec<u8>> {
        self.0.ok()
    }

    fn or(self, error: impl FnOnce(String) -> Error) -> Result<Vec<u8>, Error> {
        self.0.map_err(error)
    }
}

fn failed(why: String) -> Error {
    Error::usage("git does not tell what has changed").help(why)
}

fn ask(
    (folder, finds): (&Path, bool),
    command: impl IntoIterator<Item = impl AsRef<OsStr>>,
    input: &[u8],
) -> io::Result<Answer> {
    let mut git = Command::new("git");
    // Asking must not write: the index would be locked while somebody commits.
    git.current_dir(folder).args(command).env("GIT_OPTIONAL_LOCKS", "0").env("LC_ALL", "C");
    for name in SCRUBBED.into_iter().chain(finds.then_some("GIT_DIR")) {
        git.env_remove(name);
    }
    let mut child = git.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let (pipe, input) = (child.stdin.take(), input.to_owned());
    // Both ends may wait for each other, were it not for a thread.
    let writing = thread::spawn(move || pipe.map(|mut pipe| pipe.write_all(&input)));
    let output = child.wait_with_output()?;
    let _ = writing.join();
    let why = |said: &[u8]| crate::report::visible(String::from_utf8_lossy(said).trim());
    Ok(Answer(if output.status.success() { Ok(output.stdout) } else { Err(why(&output.stderr)) }))
}

/// The path on a line.
fn path(answer: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(answer.strip_suffix(b"\n").unwrap_or(answer)).into_owned())
}

/// The id of an object on a line.
fn object(answer: &[u8]) -> Option<String> {
    let id = str::from_utf8(answer).ok()?.lines().next()?;
    (!id.is_empty() && id.bytes().all(|b| b.is_ascii_hexdigit())).then(|| id.to_owned())
}

/// `ID TYPE SIZE`, a line end, the text and another line end; or `ID missing`. The size is not that of the text, so what
/// git says of a word that it does not know tells where each ends.
fn texts(answer: &[u8], word: &str, count: usize) -> Option<Vec<Option<Vec<u8>>>> {
    let end = format!("\n{word} missing\n");
    let (mut texts, mut rest) = (Vec::with_capacity(count), answer);
    for _ in 0..count {
        let at = memchr::memmem::find(rest, end.as_bytes())?;
        let (one, after) = (&rest[..at], &rest[at + end.len()..]);
        texts.push(memchr::memchr(b'\n', one).map(|line| one[line + 1..].to_vec()));
        rest = after;
    }
    rest.is_empty().then_some(texts)
}
