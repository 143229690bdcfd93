//! Reads what `git diff --raw --patch -z --unified=0` prints: which files changed, and where.
//!
//! Names are taken from the first part alone, where they are whole; of the patches only the places
//! of their hunks are read, and they come in the order of the files.

/// A file that changed.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::cli) struct Entry {
    /// Its path from the top of the work tree, as it is now.
    pub(in crate::cli) path: String,
    /// The object that held it before; `None` of a new file.
    pub(in crate::cli) was: Option<String>,
    /// The object that holds it now; `None` where that is only in the work tree.
    pub(in crate::cli) is: Option<String>,
    pub(in crate::cli) lines: Lines,
}

/// The lines that are new or changed, in the file as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli) enum Lines {
    All,
    /// First and last lines, from 1. Where lines were only taken out, there is none.
    Some(Vec<(usize, usize)>),
}

impl Lines {
    /// Whether one of the lines from `first` to `last` has changed.
    pub(in crate::cli) fn touch(&self, first: usize, last: usize) -> bool {
        match self {
            Lines::All => true,
            Lines::Some(changed) => changed.iter().any(|&(from, to)| from <= last && first <= to),
        }
    }
}

/// The regular files that are there after the change. `None` when it is not what git prints.
pub(super) fn read(output: &[u8]) -> Option<Vec<Entry>> {
    let (files, patches) = files(output)?;
    let mut patches = patches.into_iter();
    let mut entries = Vec::new();
    for file in files {
        // Where a file has become a link, the old one is taken out and the new one put in.
        let mut lines = patches.next()?;
        if file.status == b'T' {
            lines = patches.next()?;
        }
        if file.status == b'D' || !file.is_regular && file.status != b'U' {
            continue;
        }
        let lines = if matches!(file.status, b'A' | b'U') { Lines::All } else { Lines::Some(lines) };
        entries.push(Entry { path: file.path, was: file.was, is: file.is, lines });
    }
    patches.next().is_none().then_some(entries)
}

struct File {
    status: u8,
    path: String,
    was: Option<String>,
    is: Option<String>,
    is_regular: bool,
}

/// The files, and the changed lines of each patch.
type Parts = (Vec<File>, Vec<Vec<(usize, usize)>>);

/// `:MODE MODE OBJECT OBJECT STATUS`, and a path or two, each with a NUL behind it; then one more
/// NUL, and the patches.
fn files(output: &[u8]) -> Option<Parts> {
    let mut files = Vec::new();
    let mut rest = output;
    let mut field = || {
        let end = memchr::memchr(0, rest)?;
        let field = &rest[..end];
        rest = &rest[end + 1..];
        Some(field)
    };
    while let Some(head) = field().filter(|head| !head.is_empty()) {
        let head = str::from_utf8(head).ok()?.strip_prefix(':')?;
        let [_, mode, was, is, status] = head.split(' ').collect::<Vec<_>>().try_into().ok()?;
        let status = *status.as_bytes().first()?;
        let mut path = field()?;
        if matches!(status, b'R' | b'C') {
            path = field()?;
        }
        let object = |id: &str| (!id.bytes().all(|b| b == b'0')).then(|| id.to_owned());
        files.push(File {
            status,
            path: String::from_utf8_lossy(path).into_owned(),
            was: object(was),
            is: object(is),
            is_regular: mode.starts_with("100"),
        });
    }
    Some((files, patches(rest)?))
}

fn patches(text: &[u8]) -> Option<Vec<Vec<(usize, usize)>>> {
    let mut patches: Vec<Vec<(usize, usize)>> = Vec::new();
    for line in text.split(|&b| b == b'\n') {
        // Lines of a file have a sign before them, so none of them is taken for one of these.
        if line.starts_with(b"diff --git ") || line.starts_with(b"* Unmerged path ") {
            patches.push(Vec::new());
        } else if let Some(hunk) = line.strip_prefix(b"@@ -") {
            let (first, count) = new_lines(str::from_utf8(hunk.split(|&b| b == b'@').next()?).ok()?)?;
            let patch = patches.last_mut()?;
            patch.extend((count > 0).then(|| (first, first + count - 1)));
        }
    }
    Some(patches)
}

/// The `7,2` of `5,3 +7,2 `.
fn new_lines(hunk: &str) -> Option<(usize, usize)> {
    let (_, new) = hunk.trim_end().split_once(" +")?;
    let (first, count) = new.split_once(',').unwrap_or((new, "1"));
    Some((first.parse().ok()?, count.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str = "bca70f35318f31dd1d1d1d2d2e64c19b880899ff";
    const NONE: &str = "0000000000000000000000000000000000000000";

    fn entry(path: &str, was: Option<&str>, lines: Lines) -> Entry {
        Entry { path: path.to_owned(), was: was.map(str::to_owned), is: None, lines }
    }

    #[test]
    fn lines_that_look_like_a_patch_are_none() {
        let output = format!(
            ":100644 100644 {OLD} {NONE} M\0a\n\"b\".md\0:000000 100644 {NONE} {NONE} A\0n.md\0\0\
             diff --git \"a/a\\n\" \"b/a\\n\"\n--- \"a/a\"\n+++ \"b/a\"\n\
             @@ -1,0 +2,2 @@ q\n+-- a\n+diff --git a b\n@@ -7 +9 @@ @@ -1 +1 @@\n-@@ -1 +1 @@\n+\r@@ -5 +5 @@\n\
             @@ -9,3 +11,0 @@\n-a\n-b\n-c\n\
             diff --git a/n.md b/n.md\nnew file mode 100644\n"
        );
        let read = read(output.as_bytes()).unwrap();
        let changed = Lines::Some(vec![(2, 3), (9, 9)]);
        assert_eq!(read, [entry("a\n\"b\".md", Some(OLD), changed), entry("n.md", None, Lines::All)]);
    }

    #[test]
    fn what_is_deleted_or_no_file_is_left_out() {
        let output = format!(
            ":100644 000000 {OLD} {NONE} D\0d.md\0:100644 120000 {OLD} {NONE} T\0link.md\0\
             :120000 100644 {OLD} {NONE} T\0file.md\0:100644 000000 {OLD} {NONE} U\0u.md\0\
             :100644 100644 {OLD} {OLD} R100\0old.md\0new.md\0\0\
             diff --git a/d.md b/d.md\n@@ -1 +0,0 @@\n-a\ndiff --git a/link.md b/link.md\ndiff --git a/link.md b/link.md\n\
             diff --git a/file.md b/file.md\ndiff --git a/file.md b/file.md\n@@ -0,0 +1,2 @@\n+a\n+b\n* Unmerged path u.md\n\
             diff --git a/old.md b/new.md\nsimilarity index 100%\n"
        );
        let read = read(output.as_bytes()).unwrap();
        let paths: Vec<&str> = read.iter().map(|entry| entry.path.as_str()).collect();
        assert_eq!(paths, ["file.md", "u.md", "new.md"]);
        assert_eq!(read[0].lines, Lines::Some(vec![(1, 2)]));
        assert_eq!(read[1].lines, Lines::All);
        assert_eq!((read[2].is.as_deref(), &read[2].lines), (Some(OLD), &Lines::Some(vec![])));
    }

    #[test]
    fn nothing_changed_is_nothing_and_nonsense_is_refused() {
        assert_eq!(read(b""), Some(vec![]));
        assert_eq!(read(b"nonsense\0"), None);
        assert_eq!(read(format!(":100644 100644 {OLD} {NONE} M\0a.md\0\0").as_bytes()), None);
    }
}
