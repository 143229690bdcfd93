//! What a fix would change, as a unified diff that `git apply` takes.

use std::fmt::Write as _;

use similar::{ChangeTag, TextDiff};

use crate::escape::in_place;

/// The diff of one note; empty when nothing changes. `path` is from the folder it is applied in.
/// With `colour`, additions are green and removals red.
pub fn diff(path: &str, before: &str, after: &str, colour: bool) -> String {
    if before == after {
        return String::new();
    }
    // Lines end at `\n` only, as git counts them: a lone `\r` is a character like any other.
    let (old, new): (Vec<&str>, Vec<&str>) =
        (before.split_inclusive('\n').collect(), after.split_inclusive('\n').collect());
    let diff = TextDiff::configure().newline_terminated(true).diff_slices(&old, &new);
    let (mut text, paint) =
        (String::new(), |code: &str| if colour { format!("\u{1b}[{code}m") } else { String::new() });
    let (bold, cyan, red, green, plain) = (paint("1"), paint("36"), paint("31"), paint("32"), paint("0"));
    let _ = writeln!(text, "{bold}--- {}{plain}\n{bold}+++ {}{plain}", name("a/", path), name("b/", path));
    for hunk in diff.unified_diff().context_radius(3).iter_hunks() {
        let _ = writeln!(text, "{cyan}{}{plain}", hunk.header());
        for change in hunk.iter_changes() {
            let (sign, paint) = match change.tag() {
                ChangeTag::Equal => (' ', ""),
                ChangeTag::Delete => ('-', red.as_str()),
                ChangeTag::Insert => ('+', green.as_str()),
            };
            let line = change.value();
            let ended = line.strip_suffix('\n');
            let shown = if colour { in_place(ended.unwrap_or(line)) } else { ended.unwrap_or(line).to_owned() };
            let reset = if paint.is_empty() { "" } else { plain.as_str() };
            let _ = writeln!(text, "{paint}{sign}{shown}{reset}");
            if ended.is_none() {
                text.push_str("\\ No newline at end of file\n");
            }
        }
    }
    text
}

/// A file name as git writes it in a diff: quoted when it holds quotes, backslashes or control
/// characters, with a tab behind it when it holds blanks.
fn name(prefix: &str, path: &str) -> String {
    if path.contains(|c: char| c == '"' || c == '\\' || c.is_control()) {
        let mut quoted = format!("\"{prefix}");
        for b in path.bytes() {
            match b {
                b'"' | b'\\' => quoted.extend(['\\', char::from(b)]),
                b'\n' => quoted.push_str("\\n"),
                b'\t' => quoted.push_str("\\t"),
                0x20..=0x7e => quoted.push(char::from(b)),
                _ => {
                    let _ = write!(quoted, "\\{b:03o}");
                }
            }
        }
        quoted.push('"');
        quoted
    } else {
        let tab = if path.contains(' ') { "\t" } else { "" };
        format!("{prefix}{path}{tab}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_last_newline_is_told() {
        assert_eq!(
            diff("a b.md", "x\n[[y]]z", "x\nyz", false),
            "--- a/a b.md\t\n+++ b/a b.md\t\n@@ -1,2 +1,2 @@\n x\n-[[y]]z\n\\ No newline at end of file\n+yz\n\\ No newline at end of file\n"
        );
        assert_eq!(diff("a.md", "x", "x", false), "");
    }

    #[test]
    fn names_are_quoted_as_git_quotes_them() {
        assert_eq!(name("a/", "q\"é.md"), "\"a/q\\\"\\303\\251.md\"");
    }
}
