//! What a fix must leave alone, taken before and after it and compared.

use memchr::memmem;

use super::frontmatter::{Frontmatter, referee};
use super::{Link, Note, PART, blocks, emphasis, queries};
use crate::diagnostic::Keeps;
use crate::span::Span;

/// The part of a note that a fix of a rule with some [`Keeps`] may not change.
#[derive(Debug)]
pub enum Kept<'a> {
    Nothing,
    /// The text with its tags and those in its queries cut out, and the frontmatter, whose YAML is judged apart.
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
        note: &'a Note,
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
                note,
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
            (Kept::Text { shown, tags, body, note }, Kept::Text { shown: s, tags: t, body: b, note: n }) => {
                let what = if shown != s && as_written(note) != as_written(n) {
                    "the text a reader sees"
                } else if tags != t {
                    "the tags of the note"
                } else if !blocks::are_the_same(body, b) {
                    "the headings, lists or code blocks of the note"
                } else if shown == s && !emphasis::is_the_same(note, n) {
                    emphasis::WHAT
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

/// The text a reader sees, the texts of links to parts of notes as the links would be written without them: Obsidian
/// shows `[[Note#Part]]` as `Note > Part`, so that `[[Other#Part|Note > Part]]` shows the same.
fn as_written(note: &Note) -> String {
    let shown = note.shown();
    let alias = |link: &Link| link.alias.filter(|_| link.fragment.is_some() && link.parent.is_none() && !link.embed);
    let aliases: Vec<Span> = note.links.iter().filter_map(alias).collect();
    let mut text = String::with_capacity(shown.text.len());
    let mut done = 0;
    for mark in memmem::find_iter(shown.text.as_bytes(), PART) {
        let at = shown.source(mark);
        let next = aliases.partition_point(|alias| alias.end() <= at);
        if aliases.get(next).is_some_and(|alias| alias.start() <= at) {
            text.push_str(&shown.text[done..mark]);
            text.push('#');
            done = mark + PART.len();
        }
    }
    text + &shown.text[done..]
}

/// The text after the frontmatter with the names of its tags left out, those in its queries too, and what stands in
/// lines that have nothing but tags.
fn without_tags(note: &Note) -> String {
    let mut text = String::with_capacity(note.text.len());
    let mut done = note.body();
    let mut lines = note.tag_lines().into_iter().peekable();
    let mut tags: Vec<(Span, Span)> = note.tags().iter().map(|tag| (tag.span, tag.name())).collect();
    tags.extend(queries::names(note).into_iter().map(|name| (name, name)));
    tags.sort_unstable();
    for (tag, name) in tags {
        if tag.start() < done {
            continue;
        }
        let line = lines.next_if(|line| line.contains(tag));
        let left_out = line.unwrap_or(name);
        text.push_str(&note.text[done..left_out.start()]);
        done = left_out.end();
    }
    text.push_str(&note.text[done..]);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_query_only_the_names_of_tags_may_change() {
        let breaks = |before: &str, after: &str| {
            let [before, after] = [before, after].map(|query| Note::parse("n.md", format!("```query\n{query}\n```\n")));
            Kept::of(&before, Keeps::Body).broken_by(&Kept::of(&after, Keeps::Body)).is_some()
        };
        assert!(!breaks("tag:#a -#b/c x", "tag:#d -#e x"));
        assert!(breaks("tag:#a x", "tag:#a y") && breaks("#a x", "a x") && breaks("#a #b", "#a"));
    }

    #[test]
    fn a_link_to_a_part_may_get_the_text_that_it_shows() {
        let breaks = |before: &str, after: &str| {
            let (before, after) = (Note::parse("n.md", before), Note::parse("n.md", after));
            Kept::of(&before, Keeps::Text).broken_by(&Kept::of(&after, Keeps::Text)).is_some()
        };
        assert!(!breaks("See [[A#B#C]] and [[D#E]].\n", "See [[F#B#C|A > B > C]] and D#E.\n"));
        assert!(breaks("See [[A#B]].\n", "See [[F|A > B]].\n"));
        assert!(breaks("See [[A#B]] > c.\n", "See [[A#B]]#c.\n"));
    }
}
