//! What a fix must leave alone, taken before and after it and compared.

use super::frontmatter::{Frontmatter, referee};
use super::{Note, blocks};
use crate::diagnostic::Keeps;

/// The part of a note that a fix of a rule with some [`Keeps`] may not change.
#[derive(Debug)]
pub enum Kept<'a> {
    Nothing,
    /// The text with its tags cut out, and the frontmatter, whose YAML is judged apart.
    Body {
        shown: String,
        yaml: &'a str,
        frontmatter: Option<&'a Frontmatter>,
    },
    /// The text a reader sees, the tags, and the text that Markdown makes blocks of.
    Text {
        shown: String,
        tags: Vec<String>,
        body: &'a str,
    },
}

impl<'a> Kept<'a> {
    pub fn of(note: &'a Note, keeps: Keeps) -> Kept<'a> {
        match keeps {
            Keeps::Nothing => Kept::Nothing,
            Keeps::Body => Kept::Body {
                shown: without_tags(note),
                yaml: &note.text[..note.body()],
                frontmatter: note.frontmatter.as_ref(),
            },
            Keeps::Text => Kept::Text {
                shown: note.shown().text.into_owned(),
                tags: note.tags().iter().map(|tag| tag.span.of(&note.text).to_owned()).collect(),
                body: &note.text[note.body()..],
            },
        }
    }
}

impl Kept<'_> {
    /// What of this is not kept in `after`, in words.
    pub fn broken_by(&self, after: &Kept<'_>) -> Option<String> {
        match (self, after) {
            (Kept::Body { shown, yaml, frontmatter }, Kept::Body { shown: s, yaml: y, frontmatter: f }) => {
                if shown != s {
                    return Some("it would change more than tags in the text".to_owned());
                }
                (yaml != y)
                    .then(|| referee::alike_but_for((yaml, *frontmatter), (y, *f), &["tags", "tag"]).err())
                    .flatten()
            }
            (Kept::Text { shown, tags, body }, Kept::Text { shown: s, tags: t, body: b }) => {
                let what = if shown != s {
                    "the text a reader sees"
                } else if tags != t {
                    "the tags of the note"
                } else if !blocks::are_the_same(body, b) {
                    "the headings, lists or code blocks of the note"
                } else {
                    return None;
                };
                Some(format!("it would change {what}"))
            }
            (Kept::Nothing, Kept::Nothing) => None,
            _ => Some("another promise was checked".to_owned()),
        }
    }
}

/// The text after the frontmatter with the names of its tags left out, and what stands in lines that
/// have nothing but tags.
fn without_tags(note: &Note) -> String {
    let mut text = String::with_capacity(note.text.len());
    let mut done = note.body();
    let mut lines = note.tag_lines().into_iter().peekable();
    for tag in note.tags() {
        if tag.span.start() < done {
            continue;
        }
        let line = lines.next_if(|line| line.contains(tag.span));
        let left_out = line.unwrap_or(tag.name());
        text.push_str(&note.text[done..left_out.start()]);
        done = left_out.end();
    }
    text.push_str(&note.text[done..]);
    text
}
