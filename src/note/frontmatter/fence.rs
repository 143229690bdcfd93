//! The lines that open and close frontmatter.

use super::metadata::Metadata;
use crate::span::Span;

/// The spans of the frontmatter and of the YAML in it.
pub(super) fn find(text: &str) -> Option<(Span, Span)> {
    let (start, yaml) = opening(text)?;
    let mut at = yaml;
    for line in text[yaml..].split_inclusive('\n') {
        if is_fence(line) {
            return Some((Span::new(start, at + line.len()), Span::new(yaml, at)));
        }
        at += line.len();
    }
    None
}

/// The opening `---` of frontmatter that is never closed: metadata follows it, but no second
/// fence does. A rule across the page that prose follows is none.
pub fn unclosed(text: &str) -> Option<Span> {
    let (start, yaml) = opening(text)?;
    if find(text).is_some() {
        return None;
    }
    Metadata::read(text, yaml)?.is_yaml(text, 1).then(|| Span::new(start, start + "---".len()))
}

/// Where the opening fence stands, and where the line after it begins.
fn opening(text: &str) -> Option<(usize, usize)> {
    let start = text.len() - text.strip_prefix('\u{feff}').unwrap_or(text).len();
    let line = text[start..].split_inclusive('\n').next()?;
    is_fence(line).then_some((start, start + line.len()))
}

pub(super) fn is_fence(line: &str) -> bool {
    line.strip_prefix("---").is_some_and(|rest| rest.trim_end_matches(['\n', '\r', ' ', '\t']).is_empty())
}
