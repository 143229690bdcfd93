//! Knows a finding again after lines have moved, notes were renamed and damage beside it was repaired.

use std::collections::HashMap;

use xxhash_rust::xxh3::xxh3_64;

use crate::diagnostic::Diagnostic;

/// How many letters and digits on each side of a finding tell it from another.
const AROUND: usize = 32;

/// How much of a long finding counts, in letters and digits.
const WITHIN: usize = 256;

/// The fingerprints of the findings of one note, in their order: 16 hexadecimal digits each, of the
/// rule, the letters and digits under the finding, and those around it on its line. Marks and blanks
/// do not count, so that a repair nearby does not make an old finding a new one. Findings that are
/// alike in all that are told apart by their order. The note's path is no part of it.
pub fn fingerprints(text: &str, found: &[Diagnostic]) -> Vec<String> {
    let mut seen: HashMap<u64, u64> = HashMap::new();
    let mut one = |finding: &Diagnostic| {
        let hash = xxh3_64(key(text, finding).as_bytes());
        let alike = seen.entry(hash).or_default();
        *alike += 1;
        let hash = if *alike == 1 { hash } else { xxh3_64(format!("{hash:016x} {alike}").as_bytes()) };
        format!("{hash:016x}")
    };
    found.iter().map(&mut one).collect()
}

fn key(text: &str, finding: &Diagnostic) -> String {
    let (start, end) = (finding.span.start(), finding.span.end());
    let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let rest = text[end..].find('\n').map_or(text.len(), |at| end + at);
    let before: Vec<char> = counts(text[line..start].chars().rev()).take(AROUND).collect();
    let mut key = format!("{}\n", finding.rule);
    key.extend(before.into_iter().rev());
    key.push('\n');
    key.extend(counts(text[start..end].chars()).take(WITHIN));
    key.push('\n');
    key.extend(counts(text[end..rest].chars()).take(AROUND));
    key
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
}
