//! The names in a list property, in every shape people write one.

use super::value::{Entry, Item, Scalar, Style, Value};
use crate::note::is_tag_char;
use crate::span::Span;

/// A name in a list property: a tag, an alias.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The bytes that make the name, a tag's `#` included. Where escapes keep it from being told
    /// apart from its neighbours, the whole scalar.
    pub span: Span,
    /// As YAML reads it; a tag's without its `#`.
    pub text: String,
    /// Whether YAML does not see it, since it stands in a comment or in what is no YAML.
    pub lost: bool,
}

/// The tags of an entry, in whatever shape; see [`super::Frontmatter::tags`].
pub fn tags_in(text: &str, entry: &Entry) -> Vec<Listed> {
    let mut found = match &entry.value {
        Value::Null { .. } => entry.comment(text).and_then(|comment| hash_words(text, comment)).unwrap_or_default(),
        Value::Scalar(scalar) => {
            let mut found = scalar.split(text, |c| c.is_whitespace() || c == ',');
            // What stands behind quotes was not meant to stand between them.
            let comment = entry.comment(text).filter(|_| scalar.style == Style::Plain);
            found.extend(comment.and_then(|comment| hash_words(text, comment)).unwrap_or_default());
            found
        }
        Value::Sequence { items, .. } => {
            let mut found = Vec::new();
            for item in items.iter().filter(|item| !item.nested) {
                if item.is_null {
                    found.extend(item.comment(text).and_then(|comment| hash_words(text, comment)).unwrap_or_default());
                } else {
                    found.push(Listed { span: item.span.inside(item.style), text: item.text.to_string(), lost: false });
                }
            }
            found
        }
        Value::Raw { span } => raw(text, *span, |c| c.is_whitespace() || c == ','),
        Value::Mapping { .. } | Value::Alias { .. } => Vec::new(),
    };
    for tag in &mut found {
        let name = tag.text.trim();
        let name = name.strip_prefix('#').unwrap_or(name);
        if name.len() < tag.text.len() {
            tag.text = name.to_owned();
        }
    }
    found.retain(|tag| !tag.text.is_empty());
    found
}

/// The names of an `aliases` entry; a string is split at its commas only.
pub(super) fn aliases(text: &str, entry: &Entry) -> Vec<Listed> {
    match &entry.value {
        Value::Scalar(scalar) => scalar.split(text, |c| c == ','),
        Value::Sequence { items, .. } => items
            .iter()
            .filter(|item| !item.nested && !item.is_null)
            .map(|item| Listed { span: item.span.inside(item.style), text: item.text.to_string(), lost: false })
            .collect(),
        Value::Raw { span } => raw(text, *span, |c| c == ','),
        _ => Vec::new(),
    }
}

/// The words of a comment that is none, since every word begins with `#`: `#a, #b`. `None` when
/// one does not, when one can be no tag, or when they run into each other.
pub fn hash_words(text: &str, comment: Span) -> Option<Vec<Listed>> {
    let words = pieces(text, comment, |c| c.is_whitespace() || c == ',');
    let mut found = Vec::new();
    for span in words {
        found.push(Listed { span, text: hash_word(text, span)?.to_owned(), lost: true });
    }
    (!found.is_empty()).then_some(found)
}

/// What follows the `#` that a word begins with, where it may be meant for a tag.
fn hash_word(text: &str, word: Span) -> Option<&str> {
    word.of(text).strip_prefix('#').filter(|name| may_be_meant(name))
}

/// Whether a name has none of the marks that only stand around names, and more than marks.
pub fn may_be_meant(name: &str) -> bool {
    let stands_around = |c: char| "\"'[](){}#`\\".contains(c) || c.is_control();
    !name.contains(stands_around) && name.contains(|c: char| is_tag_char(c) && !"-_/".contains(c))
}

impl Entry {
    /// The comment on the last line of a value that stands in one piece, or under a key without a
    /// value; with the comments on the lines after it that belong to the entry.
    pub fn comment(&self, text: &str) -> Option<Span> {
        let from = match &self.value {
            Value::Null { span } if span.is_empty() => span.start(),
            Value::Scalar(scalar) if scalar.style != Style::Block => scalar.span.end(),
            _ => return None,
        };
        let rest = &text[from..self.span.end().max(from)];
        let comment = rest.trim_start();
        let start = from + (rest.len() - comment.len());
        comment.starts_with('#').then(|| Span::new(start, start + comment.trim_end().len()))
    }
}

impl Item {
    /// The comment that stands in the place of an item without a value: `- #a`.
    pub fn comment(&self, text: &str) -> Option<Span> {
        // The rest of a line is not to be looked at for each item on it.
        let rest = text[self.span.end()..].trim_start_matches([' ', '\t']);
        if !self.is_null || !rest.starts_with('#') {
            return None;
        }
        let (comment, start) = (rest.lines().next()?, text.len() - rest.len());
        Some(Span::new(start, start + comment.trim_end().len()))
    }
}

impl Scalar {
    /// The pieces of the text between what `is_border` accepts, trimmed, none of them empty.
    pub fn split(&self, text: &str, is_border: impl Fn(char) -> bool + Copy) -> Vec<Listed> {
        let content = self.content(text);
        let spans = pieces(text, content, is_border);
        // Most are read as they are written.
        if *content.of(text) == *self.text {
            let named = |span: Span| Listed { span, text: span.of(text).to_owned(), lost: false };
            return spans.into_iter().map(named).collect();
        }
        let wanted = self.text.split(is_border).map(str::trim).filter(|piece| !piece.is_empty());
        let wanted: Vec<&str> = wanted.collect();
        let as_read = |span: &Span| match self.style {
            Style::SingleQuoted => span.of(text).replace("''", "'"),
            _ => span.of(text).to_owned(),
        };
        let folded = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let told = spans.len() == wanted.len()
            && spans.iter().zip(&wanted).all(|(span, piece)| folded(as_read(span)) == folded((*piece).to_owned()));
        wanted
            .into_iter()
            .enumerate()
            .map(|(i, piece)| Listed {
                span: if told { spans[i] } else { self.span },
                text: piece.to_owned(),
                lost: false,
            })
            .collect()
    }

    /// The bytes between the quotes, or below the mark of a block.
    fn content(&self, text: &str) -> Span {
        match self.style {
            Style::Block => {
                let header = self.span.of(text).find('\n').map_or(self.span.len(), |i| i + 1);
                Span::new(self.span.start() + header, self.span.end())
            }
            style => self.span.inside(style),
        }
    }
}

impl Span {
    /// Without the quotes of a scalar of this style.
    fn inside(self, style: Style) -> Span {
        match style {
            Style::SingleQuoted | Style::DoubleQuoted if self.len() >= 2 => Span::new(self.start() + 1, self.end() - 1),
            _ => self,
        }
    }
}

/// The names in a value that is no YAML: without brackets around all, dashes before and quotes around each, and
/// comments.
fn raw(text: &str, span: Span, is_border: impl Fn(char) -> bool + Copy) -> Vec<Listed> {
    let value = span.of(text);
    let ends = |at: &usize| value[at + 1..].trim().is_empty() || value[at + 1..].trim_start().starts_with('#');
    let closing = value.rfind(']').filter(|at| value.starts_with('[') && ends(at));
    let flow = closing.is_some();
    let span = closing.map_or(span, |at| Span::new(span.start() + 1, span.start() + at));
    let mut at = span.start();
    let mut found = Vec::new();
    for line in span.of(text).split_inclusive('\n') {
        let content = Span::new(at, at + without_comment(text, Span::new(at, at + line.len()), flow));
        at += line.len();
        let item = content.of(text).trim_start();
        match item.strip_prefix('-').filter(|rest| !flow && (rest.is_empty() || rest.starts_with(char::is_whitespace)))
        {
            Some(item) => found.extend(pieces(text, Span::new(content.end() - item.len(), content.end()), |_| false)),
            None => found.extend(pieces(text, content, is_border)),
        }
    }
    found
        .into_iter()
        .map(|piece| {
            let value = piece.of(text);
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
            let quoted = value.len() >= 2 && quote.is_some_and(|quote| value.ends_with(quote));
            let span = if quoted { Span::new(piece.start() + 1, piece.end() - 1) } else { piece };
            Listed { span, text: span.of(text).trim().to_owned(), lost: true }
        })
        .collect()
}

/// The length of a line in a value that is no YAML up to its comment: a `#` behind a blank that is no tag's, which
/// outside of brackets only tags may follow.
fn without_comment(text: &str, line: Span, flow: bool) -> usize {
    let content = line.of(text);
    let value = content.trim_start_matches([' ', '\t', '-']);
    // Where the quotes end that the value begins with.
    let quoted = match value.chars().next() {
        Some(quote @ ('"' | '\'')) => {
            value[1..].find(quote).map_or(content.len(), |i| content.len() - value.len() + 1 + i)
        }
        _ => 0,
    };
    // From here on all words are tags.
    let words = pieces(text, line, |c| c.is_whitespace() || c == ',');
    let tags = words.iter().rev().take_while(|word| hash_word(text, **word).is_some()).last();
    let tags = tags.map_or(content.len(), |word| word.start() - line.start());
    let mut marks = content.match_indices('#').map(|(at, _)| at).filter(|&at| {
        let (before, after) = content.split_at(at);
        let apart = before.is_empty() || before.ends_with([' ', '\t']);
        let alone = after[1..].chars().next().is_none_or(char::is_whitespace);
        apart && at >= quoted && (alone || !flow && at < tags)
    });
    marks.next().unwrap_or(content.len())
}

/// What stands between borders in `span`, trimmed, none of it empty.
fn pieces(text: &str, span: Span, is_border: impl Fn(char) -> bool) -> Vec<Span> {
    let mut at = span.start();
    let mut found = Vec::new();
    for piece in span.of(text).split(is_border) {
        let trimmed = piece.trim();
        let start = at + (piece.len() - piece.trim_start().len());
        if !trimmed.is_empty() {
            found.push(Span::new(start, start + trimmed.len()));
        }
        // Borders may be of several bytes.
        at += piece.len();
        at += text[at..span.end()].chars().next().map_or(0, char::len_utf8);
    }
    found
}
