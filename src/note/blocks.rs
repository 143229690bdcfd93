//! Whether Markdown makes the same headings, lists, quotes, tables and code blocks of two texts.
//!
//! A fix that leaves the shown text alone must leave these too: unlinking `[[1]]. x` would turn a
//! paragraph into a list.

use std::cell::LazyCell;

use memchr::memchr_iter;

use super::markdown;

/// Whether Markdown makes the same blocks of both.
pub(super) fn are_the_same(one: &str, other: &str) -> bool {
    begin_alike(one, other) || markdown::skeleton(one) == markdown::skeleton(other)
}

/// Whether no line that differs can be another block, or end one, in the other text: cheaper to see than by reading
/// both, and so in most that a fix has changed.
///
/// What a line is, its first letter decides: all behind it is text. There are three exceptions: a block of HTML ends
/// anywhere, and so do definitions; and a row whose cells are as many as those of the marks below it begins a table.
fn begin_alike(one: &str, other: &str) -> bool {
    if [one, other].into_iter().any(|text| may_define(text.as_bytes())) {
        return false;
    }
    let html = LazyCell::new(|| [one, other].into_iter().any(may_open_html));
    let mut lines = one.split('\n').zip(other.split('\n')).peekable();
    while let Some((a, b)) = lines.next() {
        if a != b {
            let ends = [a, b].iter().any(|line| line.contains('>')) && *html;
            let heads = [a, b].iter().any(|line| line.contains('|'))
                && lines.peek().is_some_and(|(below, _)| may_be_marks(below));
            if ends || heads || !begins_alike(a, b) {
                return false;
            }
        }
    }
    memchr_iter(b'\n', one.as_bytes()).count() == memchr_iter(b'\n', other.as_bytes()).count()
}

/// Whether a letter is what stands first behind the same marks in both lines, and no fence or tag whose name may go
/// on. The brackets of links before it are text, too.
fn begins_alike(a: &str, b: &str) -> bool {
    // A carriage return in the middle ends a line, too.
    let ends_inside = |line: &str| line.strip_suffix('\r').unwrap_or(line).contains('\r');
    let marks = marks(a);
    marks.is_some_and(|marks| !marks.contains('<')) && marks == self::marks(b) && !ends_inside(a) && !ends_inside(b)
}

/// What stands in a line before its first letter and the `[[` before that; `None` where it is no letter.
fn marks(line: &str) -> Option<&str> {
    let (at, first) = line.char_indices().find(|(_, c)| c.is_alphabetic() || matches!(c, '`' | '~'))?;
    let mut marks = &line[..at];
    while let Some(before) = marks.strip_suffix("[[") {
        marks = before;
    }
    first.is_alphabetic().then_some(marks)
}

/// Whether a block of HTML that goes on over blank lines may begin in the text: with the first mark of a line that
/// makes no list or quote. All others end with their paragraph.
fn may_open_html(text: &str) -> bool {
    let is_before = |c: char| matches!(c, ' ' | '\t' | '>' | '-' | '*' | '+' | '.' | ')' | '0'..='9');
    let goes_on = |tag: &[u8]| {
        let begins = |name: &str| tag.get(..name.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(name.as_bytes()));
        ["!", "?", "script", "pre", "style", "textarea"].into_iter().any(begins)
    };
    memchr_iter(b'<', text.as_bytes()).filter(|at| goes_on(&text.as_bytes()[at + 1..])).any(|at| {
        let before = text[..at].trim_end_matches(is_before);
        before.is_empty() || before.ends_with(['\n', '\r'])
    })
}

/// Whether the end of a label may stand in the text: `]:`, and not that of a link.
fn may_define(bytes: &[u8]) -> bool {
    let of_link = |at: usize| at > 1 && bytes[at - 1] == b']' && !matches!(bytes[at - 2], b']' | b'\\');
    memchr_iter(b']', bytes).any(|at| bytes.get(at + 1) == Some(&b':') && !of_link(at))
}

/// Whether a line may be the marks below the head of a table.
fn may_be_marks(line: &str) -> bool {
    line.contains('-') && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t' | '>' | '\r'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::note::Note;

    #[test]
    fn a_line_that_begins_alike_is_the_same_block() {
        for (one, other) in [
            ("- [ ] a [[b]] c <d>\n", "- [ ] a b c <d>\n"),
            ("1. é [[1]]. x", "1. é 1. x"),
            ("a [[b|c]]\nd", "a c\nd"),
            ("> [[[[a]]b]] c", "> ab c"),
            ("<!--\na [[b]]\n-->", "<!--\na b\n-->"),
        ] {
            assert!(begin_alike(one, other), "{one}");
        }
        let others = [
            ("[[1]]. x", "1. x"),
            ("a [[b|c]]\n-|-", "a c\n-|-"),
            ("[a\nb [[c]]]: d\n---", "[a\nb c]: d\n---"),
            ("<di[[v]]>\n# a", "<div>\n# a"),
            ("<!--\na [[-->]]\n# b", "<!--\na -->\n# b"),
            ("<![CDATA[\na [[b]]>\n# c", "<![CDATA[\na b>\n# c"),
            ("``` a [[`]]\n# b\n", "``` a `\n# b\n"),
            ("a\r[[#]] b", "a\r# b"),
            ("a\nb", "a"),
        ];
        for (one, other) in others {
            assert!(!begin_alike(one, other), "{one}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.max(2_000), ..ProptestConfig::default() })]

        /// Links taken from a text, and letters from its words.
        #[test]
        fn what_begins_alike_has_the_same_blocks(
            pieces in prop::collection::vec(prop::sample::select(vec![
                "a", "word ", "[[x]]", "[[y|z]]", "[[1]]", "[[#]]", "[[-]]", "[[>]]", "[[|]]", "[[x|-]]", "[[ ]]", "[[```]]", "[[a|1.]]", "[[=]]",
                "\n", "\n", "\n\n", "# ", "- ", "> ", "1. ", "    ", "\t", "\n```\n", "\n~~~\n", "<", "<!--", "[[-->]]", "|", "\n-|-\n", "\n:-\n",
                "<![CDATA[", "]]>", "<?", "<pre", "<di[[v]]", ">", "\n---\n", "\n===\n", "[a", "]: ", "]:", "[^1]: ", "\\", "*", "\r\n", "\r", "é", "`", "$", "$$", "(", ")", "\n| - |\n", "a | b", "1", "<div>\n", " <b>", "[ ] ", "[!x] ",
            ]), 0..24)
        ) {
            let one = Note::parse("n.md", pieces.concat());
            for other in [one.shown().text.into_owned(), one.text.replace("[[", ""), one.text.replace('a', "")] {
                if begin_alike(&one.text, &other) {
                    prop_assert_eq!(markdown::skeleton(&one.text), markdown::skeleton(&other), "{:?} and {:?}", one.text, other);
                }
            }
        }
    }
}
