//! Knows a finding again after lines have moved, notes were renamed and damage beside it was repaired.

use std::collections::HashMap;

use xxhash_rust::xxh3::xxh3_64;

use crate::diagnostic::Diagnostic;
use crate::note::Frontmatter;

/// How many letters and digits on each side of a finding tell it from another.
const AROUND: usize = 32;

/// How many bytes on each side are looked at for them, links' targets included.
const REACH: usize = 1024;

/// How much of a long finding counts, in letters and digits.
const WITHIN: usize = 256;

/// The fingerprints of the findings of one note, in their order: 16 hexadecimal digits each, of the
/// rule, the letters and digits under the finding, and those that a reader sees around it on its
/// line. Marks, blanks and the targets of links beside it do not count, so that a repair nearby does
/// not make an old finding a new one. In the frontmatter nothing around counts: a tag more in a list
/// leaves the others what they are. A finding that covers nothing is known by the names in its
/// message. Findings that are alike in all that are told apart by their order. The note's path is no
/// part of it.
pub fn fingerprints(text: &str, found: &[Diagnostic]) -> Vec<String> {
    if found.is_empty() {
        return Vec::new();
    }
    let body = Frontmatter::read(text).map_or(0, |frontmatter| frontmatter.span.end());
    let mut seen: HashMap<u64, u64> = HashMap::new();
    let mut one = |finding: &Diagnostic| {
        let hash = xxh3_64(key(text, body, finding).as_bytes());
        let alike = seen.entry(hash).or_default();
        *alike += 1;
        let hash = if *alike == 1 { hash } else { xxh3_64(format!("{hash:016x} {alike}").as_bytes()) };
        format!("{hash:016x}")
    };
    found.iter().map(&mut one).collect()
}

fn key(text: &str, body: usize, finding: &Diagnostic) -> String {
    let (start, end) = (finding.span.start(), finding.span.end());
    if start == end {
        return format!("{}\n\n{}\n", finding.rule, names(&finding.message).collect::<Vec<_>>().join("\n"));
    }
    let (mut before, mut after) = (String::new(), String::new());
    if start >= body {
        let near = &text[text.ceil_char_boundary(start.saturating_sub(REACH))..start];
        let line = near.rfind('\n').map_or(near, |at| &near[at + 1..]);
        let last: Vec<char> = counts(shown(line).chars().rev()).take(AROUND).collect();
        before.extend(last.into_iter().rev());
        let near = &text[end..text.floor_char_boundary(end.saturating_add(REACH).min(text.len()))];
        let line = near.split('\n').next().unwrap_or(near);
        after.extend(counts(shown(line).chars()).take(AROUND));
    }
    let within: String = counts(text[start..end].chars()).take(WITHIN).collect();
    format!("{}\n{before}\n{within}\n{after}", finding.rule)
}

/// A part of a line without the targets of links that show another text.
fn shown(line: &str) -> String {
    let mut shown = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find("[[") {
        shown.push_str(&rest[..at]);
        rest = &rest[at + 2..];
        let link = &rest[..rest.find("]]").into_iter().chain(rest.find("[[")).min().unwrap_or(rest.len())];
        if let Some(pipe) = link.find('|') {
            rest = &rest[pipe + 1..];
        }
    }
    shown + rest
}

/// What stands between backticks. The words around may be put better one day, and figures change.
fn names(message: &str) -> impl Iterator<Item = &str> {
    message.split('`').skip(1).step_by(2)
}

fn counts(chars: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    chars.filter(|c| c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Severity;
    use crate::span::Span;

    fn finding(text: &str, under: &str) -> Diagnostic {
        let start = text.find(under).expect("it is in the text");
        Diagnostic {
            rule: "links/split-word".to_owned(),
            severity: Severity::Error,
            note: "a.md".to_owned(),
            span: Span::new(start, start + under.len()),
            message: String::new(),
            judged: None,
            labels: Vec::new(),
            evidence: Vec::new(),
            help: None,
            fix: None,
        }
    }

    fn of(text: &str, under: &str) -> String {
        fingerprints(text, &[finding(text, under)]).remove(0)
    }

    #[test]
    fn moved_lines_and_repairs_nearby_leave_a_finding_itself() {
        let was = of("An in[[flu]]ence on p[[reparations]] there.\n", "in[[flu]]ence");
        assert_eq!(was, of("# New\n\n  An in[[flu]]ence on preparations there.\r\n", "in[[flu]]ence"));
        assert_ne!(was, of("An in[[flu]]ence on something there.\n", "in[[flu]]ence"));
    }

    #[test]
    fn findings_that_are_alike_are_told_apart_by_their_order() {
        let text = "- in[[flu]]ence\n- in[[flu]]ence\n";
        let first = finding(text, "in[[flu]]ence");
        let second = Diagnostic { span: first.span.shift(16), ..first.clone() };
        let both = fingerprints(text, &[first, second]);
        assert_ne!(both[0], both[1]);
    }

    #[test]
    fn what_a_safe_repair_beside_it_writes_leaves_a_finding_itself() {
        let was = of("[[Russia]]n p[[reparations]] of [[AI]].\n", "p[[reparations]]");
        let now = "[[Russia|Russian]] p[[reparations]] of [[Artificial Intelligence|AI]].\n";
        assert_eq!(was, of(now, "p[[reparations]]"));
        let in_table = "| [[Russia\\|Russian]] p[[reparations]] of [[AI]].";
        assert_eq!(was, of(in_table, "p[[reparations]]"));
    }

    #[test]
    fn one_tag_more_in_the_frontmatter_leaves_the_others_what_they_are() {
        let was = of("---\ntags: [a, War]\n---\n", "War");
        assert_eq!(was, of("---\ntags: [a, b, War, c]\n---\n", "War"));
        assert_ne!(was, of("---\ntags: [a]\n---\nOn War.\n", "War"));
    }

    #[test]
    fn a_finding_about_a_note_is_known_by_the_names_in_its_message() {
        let about = |text: &str, message: &str| {
            let finding = Diagnostic { span: Span::at(0), message: message.to_owned(), ..finding(text, "") };
            fingerprints(text, &[finding]).remove(0)
        };
        let was = about("# A note\n", "the property `born` is missing");
        assert_eq!(was, about("A line above.\n# A note\n", "there is no property `born`"));
        assert_ne!(was, about("# A note\n", "the property `status` is missing"));
    }

    #[test]
    fn a_line_of_any_length_is_looked_at_nearby_only() {
        let long = "é[[a|".repeat(200_000);
        let text = format!("{long}in[[flu]]ence{long}");
        assert_eq!(of(&text, "in[[flu]]ence").len(), 16);
    }
}
