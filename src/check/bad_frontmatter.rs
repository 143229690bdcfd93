//! Frontmatter that cannot be read, or that never ends.

use serde::Deserialize;

use super::{Check, Cx};
use crate::note::frontmatter::{Frontmatter, Value, unclosed};
use crate::span::Span;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BadFrontmatter {}

impl Check for BadFrontmatter {
    fn note(&self, cx: &mut Cx<'_>) {
        let Some(found) = find(&cx.note.text, cx.note.frontmatter.as_ref()) else { return };
        cx.report(found.span, found.message).evidence(found.evidence).help(found.advice);
    }
}

/// What is wrong, and what can be done.
#[derive(Debug)]
struct Found {
    span: Span,
    message: String,
    evidence: String,
    advice: &'static str,
}

fn find(text: &str, frontmatter: Option<&Frontmatter>) -> Option<Found> {
    let Some(frontmatter) = frontmatter else {
        return unclosed(text).map(|span| Found {
            span,
            message: "the frontmatter is never closed".to_owned(),
            evidence: "metadata follows this line, but no second `---` does".to_owned(),
            advice: "put a line `---` after the last property",
        });
    };
    let error = frontmatter.error.as_ref()?;
    // `frontmatter/duplicate-key` tells of a key that stands twice.
    if super::duplicate_key::again(frontmatter).iter().any(|(_, again)| again.key.start() == error.span.start()) {
        return None;
    }
    let found = culprit(text, frontmatter, error.span.start());
    // `frontmatter/unquoted-link` tells of links without quotes, and can repair them.
    let links = super::unquoted_link::several(text, frontmatter);
    if found.is_some_and(|(value, _)| links.iter().any(|links| links.start() == value.start())) {
        return None;
    }
    let (span, advice) =
        found.unwrap_or((error.span, "none of the properties of this note is read until this is mended"));
    let span = if span.is_empty() { whole_line(text, span.start()) } else { span };
    let evidence = format!("YAML says: {}", error.message);
    Some(Found { span, message: "the frontmatter is no YAML".to_owned(), evidence, advice })
}

/// The value that the error comes from, when it is one of the shapes that people write. The parser
/// may only stumble lines after what was never closed.
fn culprit(text: &str, frontmatter: &Frontmatter, error: usize) -> Option<(Span, &'static str)> {
    let before = frontmatter.entries.iter().rev().filter(|entry| entry.key.start() <= error);
    let raw = before.filter_map(|entry| match entry.value {
        Value::Raw { span } => Some(span),
        _ => None,
    });
    raw.enumerate().find_map(|(above, span)| {
        let value = span.of(text);
        let line = value.lines().next().unwrap_or_default().trim_end();
        let advice = never_closed(value).or_else(|| if above == 0 { shape(line) } else { None })?;
        Some((Span::new(span.start(), span.start() + line.len()), advice))
    })
}

fn never_closed(value: &str) -> Option<&'static str> {
    let first = value.chars().next()?;
    match first {
        '"' | '\'' if !value[1..].contains(first) => Some("close the quotes"),
        '[' if !value.contains([']', '#']) => Some("close the list with `]`"),
        _ => None,
    }
}

/// What to do about a line that YAML does not take for one value.
fn shape(line: &str) -> Option<&'static str> {
    Some(match line.chars().next()? {
        '"' | '\'' if line.contains(',') => "write several values as a list, between `[` and `]`",
        '"' | '\'' => "put the whole value between quotes, and write such quotes inside it twice",
        '[' if line.starts_with("[[") => "put links between quotes: `\"[[…]]\"`",
        '[' if line.contains("[#") || line.contains(" #") => "take the `#` out: it begins a comment",
        '{' if line.starts_with("{{") => "put the placeholder between quotes",
        '*' | '&' | '!' | '@' | '`' | '%' | '|' | '>' => {
            "put the value between quotes: its first character means something in YAML"
        }
        _ if line.contains(": ") => "put the value between quotes: a colon in it begins a value of its own",
        _ => return None,
    })
}

/// The line of `at`; where it is empty, the line of the last text before it.
fn whole_line(text: &str, at: usize) -> Span {
    let at = text[..at].trim_end().len();
    let start = text[..at].rfind('\n').map_or(0, |i| i + 1);
    Span::new(start, at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_finding_is_at_the_value_that_breaks_the_yaml() {
        for (yaml, place) in [
            ("title: A: b\nx: y", "A: b"),
            ("up: [[A]], see [[B]]\nx: y", "[[A]], see [[B]]"),
            ("x: \"a\ny: z", "\"a"),
            ("x: 'it's'\ny: z", "'it's'"),
            ("tags: [#a, #b]\ny: z", "[#a, #b]"),
            ("x: @me", "@me"),
            ("x: [a, b\ny: z", "[a, b"),
        ] {
            let text = format!("---\n{yaml}\n---\n");
            let found = find(&text, Frontmatter::read(&text).as_ref()).expect("a finding");
            assert_eq!(found.span.of(&text), place, "{found:?}");
        }
    }
}
