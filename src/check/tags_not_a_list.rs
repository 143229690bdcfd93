//! Tags in the frontmatter that are written in another way than as a list.

use foldhash::{HashSet, HashSetExt};
use serde::Deserialize;

use super::{Check, Cx};
use crate::diagnostic::{Applicability, Edit, Fix, edited};
use crate::note::frontmatter::{
    Entry, Frontmatter, Item, ListStyle, Listed, Scalar, Style, Value, hash_words, may_be_meant, scalar, tags_in,
};
use crate::note::is_tag_char;
use crate::span::Span;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TagsNotAList {}

impl Check for TagsNotAList {
    fn note(&self, cx: &mut Cx<'_>) {
        let note = cx.note;
        let Some(frontmatter) = &note.frontmatter else { return };
        for found in find(&note.text, frontmatter) {
            let finding = cx.report(found.span, found.message).evidence(found.evidence);
            match found.fix {
                Some(fix) => finding.fix(fix),
                None => finding.help("write the tags as a list, an item each"),
            };
        }
    }
}

/// What is wrong with one entry.
#[derive(Debug)]
struct Found {
    span: Span,
    message: String,
    evidence: String,
    fix: Option<Fix>,
}

/// The tag names of an entry as they are to be listed, and how sure it is that they are meant so.
struct Meant {
    names: Vec<String>,
    sure: Applicability,
}

/// A second key of the same name is an error of its own, so only the first is looked at.
fn find(text: &str, frontmatter: &Frontmatter) -> Vec<Found> {
    let entries = ["tags", "tag"].iter().filter_map(|name| frontmatter.read_as(name));
    entries.filter_map(|entry| look(text, frontmatter, entry)).collect()
}

fn look(text: &str, frontmatter: &Frontmatter, entry: &Entry) -> Option<Found> {
    let name = &entry.name;
    let found = |span: Span, what: &str, why: String| {
        Some(Found { span, message: format!("`{name}` is {what}, not a list"), evidence: why, fix: None })
    };
    match &entry.value {
        Value::Null { .. } => {
            let comment = entry.comment(text)?;
            let tags = hash_words(text, comment)?;
            let evidence = format!("YAML takes `{}` for a comment: {} lost", comment.of(text), count(tags.len()));
            let meant = Meant { names: names(text, entry), sure: sure_of(&tags) };
            let fix = rewrite(text, frontmatter, entry, comment, meant);
            Some(Found { fix, ..found(comment, "a comment", evidence)? })
        }
        Value::Scalar(value) => {
            let comment = entry.comment(text).filter(|_| value.style == Style::Plain);
            let lost = comment.filter(|comment| hash_words(text, *comment).is_some());
            let span = lost.map_or(value.span, |comment| value.span.cover(comment));
            let tags = tags_in(text, entry).len();
            if tags == 0 || tags == 1 && !value.text.contains(',') {
                return None;
            }
            let evidence = match lost {
                Some(comment) => format!("YAML takes `{}` for a comment", comment.of(text)),
                None => format!("it holds {}, and YAML reads one string", count(tags)),
            };
            let meant = meant(text, entry, value, lost.is_some());
            let fix = meant.and_then(|meant| rewrite(text, frontmatter, entry, span, meant));
            Some(Found { fix, ..found(span, "a string", evidence)? })
        }
        Value::Sequence { items, .. } => commented_items(text, entry, items),
        Value::Mapping { span } => found(*span, "a mapping", "its keys are no tags".to_owned()),
        Value::Alias { span } => found(*span, "a reference", "its value is written elsewhere".to_owned()),
        Value::Raw { span } => {
            let value = span.of(text);
            let sure = Applicability::Unsafe;
            let meant = Meant { names: names(text, entry), sure };
            if value.contains(" # ") || !meant.names.iter().all(|name| may_be_meant(name)) {
                return None;
            }
            let fix = if value.starts_with('[') && value.ends_with(']') && !value[1..].contains('[') {
                let list = ListStyle::Flow.write(&meant.names, "", "");
                Some(Fix::new(title(&meant.names), sure, vec![Edit::replace(*span, list)]))
            } else if value.contains(',') && !value.contains(['[', ']', '{', '}', '\n']) {
                rewrite(text, frontmatter, entry, *span, meant)
            } else {
                None
            };
            // What else is wrong with the YAML is the business of another rule.
            let fix = fix.filter(|fix| mends(text, fix))?;
            let evidence = "YAML cannot read it, and with it all properties of the note are lost".to_owned();
            Some(Found {
                span: *span,
                message: format!("`{name}` is no list that YAML can read"),
                evidence,
                fix: Some(fix),
            })
        }
    }
}

/// Which tags a string means; `None` when that cannot be told.
fn meant(text: &str, entry: &Entry, value: &Scalar, lost: bool) -> Option<Meant> {
    let words: Vec<&str> =
        value.text.split(|c: char| c == ',' || c.is_whitespace()).filter(|w| !w.is_empty()).collect();
    let hashes = words.iter().filter(|word| word.starts_with('#')).count();
    let commas = value.text.contains(',');
    let pieces = value.text.split(',').map(str::trim).filter(|piece| !piece.is_empty());
    let blanks = pieces.clone().any(|piece| piece.contains(char::is_whitespace));

    let (names, sure) = if hashes == words.len() {
        (names(text, entry), Applicability::Safe)
    } else if commas && blanks && hashes == 0 && !lost {
        (unique(pieces.map(str::to_owned)), Applicability::Unsafe)
    } else if commas && !blanks {
        (names(text, entry), if lost { Applicability::Unsafe } else { Applicability::Safe })
    } else if value.style == Style::Block
        || !words.iter().all(|word| word.trim_start_matches('#').chars().all(is_tag_char))
    {
        return None;
    } else if hashes > 0 || lost {
        (names(text, entry), Applicability::Unsafe)
    } else {
        (names(text, entry), Applicability::Safe)
    };
    // In a list with commas `C#` is a name, elsewhere it is two that have run together.
    let sound = |name: &String| may_be_meant(if commas { name.trim_end_matches('#') } else { name });
    (names.iter().all(sound) && !names.is_empty()).then_some(Meant { names, sure })
}

/// Items that YAML takes for comments: `- #a`.
fn commented_items(text: &str, entry: &Entry, items: &[Item]) -> Option<Found> {
    let mut edits = Vec::new();
    let (mut words, mut lost) = (Vec::new(), Vec::new());
    for item in items {
        let Some(comment) = item.comment(text) else { continue };
        let Some(tags) = hash_words(text, comment) else { continue };
        let line = text[..comment.start()].rfind('\n').map_or(0, |i| i + 1);
        let dash = &text[line..comment.start()];
        let own_line = dash.trim_start().starts_with('-') && dash.trim_start()[1..].trim().is_empty();
        let names = unique(tags.iter().map(|tag| tag.text.clone()));
        if !own_line {
            return None;
        }
        let next = format!("{}{dash}", line_end(text, comment.start()));
        let list = names.iter().map(|name| scalar(name)).collect::<Vec<_>>().join(&next);
        edits.push(Edit::replace(comment, list));
        words.extend(tags);
        lost.extend(names);
    }
    let span = edits.first()?.span.cover(edits.last()?.span);
    Some(Found {
        span,
        message: format!("`{}` has items that are comments", entry.name),
        evidence: format!("YAML sees no value there: {} lost", count(lost.len())),
        fix: Some(Fix::new(title(&lost), sure_of(&words), edits)),
    })
}

/// How sure it is that a comment of these words was meant as tags.
fn sure_of(words: &[Listed]) -> Applicability {
    let sound = words.iter().all(|word| word.text.chars().all(is_tag_char));
    // Alone it may be the number of something; twice the same is not alone.
    let number = words.len() == 1 && words[0].text.chars().all(char::is_numeric);
    if sound && !number { Applicability::Safe } else { Applicability::Unsafe }
}

/// Puts the names, as a list in the style of the note, in the place of `value`.
fn rewrite(text: &str, frontmatter: &Frontmatter, entry: &Entry, value: Span, meant: Meant) -> Option<Fix> {
    let colon = entry.after_colon(text)?;
    if frontmatter.flow || entry.marked {
        return None;
    }
    let style = frontmatter.list_style(text, entry);
    let edit = match style {
        ListStyle::Flow => Edit::replace(value, style.write(&meant.names, "", "")),
        ListStyle::Block { indent } => {
            let line = text[..entry.key.start()].rfind('\n').map_or(0, |i| i + 1);
            let column = entry.key.start() - line;
            let before = text[colon..value.start()].trim();
            let end = value.end() + text[value.end()..].find(['\r', '\n']).unwrap_or(text.len() - value.end());
            let after = text[value.end()..end].trim();
            let (head, tail) = if before.is_empty() { (after, "") } else { (before, after) };
            let head = if head.is_empty() { String::new() } else { format!(" {head}") };
            let tail = if tail.is_empty() { String::new() } else { format!(" {tail}") };
            let list = style.write(&meant.names, line_end(text, colon), &" ".repeat(column + indent));
            Edit::replace(Span::new(colon, end), format!("{head}{list}{tail}"))
        }
    };
    Some(Fix::new(title(&meant.names), meant.sure, vec![edit]))
}

/// The names as they are to be listed: in their order, each once.
fn names(text: &str, entry: &Entry) -> Vec<String> {
    unique(tags_in(text, entry).into_iter().map(|tag| tag.text))
}

fn unique(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = HashSet::new();
    names.filter(|name| seen.insert(name.clone())).collect()
}

/// Whether the frontmatter can be read after the fix.
fn mends(text: &str, fix: &Fix) -> bool {
    let mended = edited(text, Span::new(0, text.len()), &fix.edits);
    Frontmatter::read(&mended).is_some_and(|frontmatter| frontmatter.error.is_none())
}

/// The line end of the line that `at` stands on.
fn line_end(text: &str, at: usize) -> &'static str {
    let line = text[at..].split('\n').next().unwrap_or_default();
    if line.ends_with('\r') { "\r\n" } else { "\n" }
}

fn count(tags: usize) -> String {
    if tags == 1 { "1 tag".to_owned() } else { format!("{tags} tags") }
}

fn title(names: &[String]) -> String {
    format!("write {} as a list", count(names.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn fixed(yaml: &str) -> Option<(Applicability, String)> {
        let text = format!("---\n{yaml}\n---\n");
        let frontmatter = Frontmatter::read(&text).expect("frontmatter");
        let fix = find(&text, &frontmatter).pop()?.fix?;
        let text = edited(&text, Span::new(0, text.len()), &fix.edits);
        Some((fix.applicability, text[4..text.len() - 5].to_owned()))
    }

    #[test]
    fn what_is_not_understood_is_left_alone() {
        for yaml in [
            "tags: '#a#b #c'",
            "tags: a 'b' c",
            "tags: *x",
            "tags: &x '#a #b'",
            "tags: !!str '#a #b'",
            "{tags: '#a #b'}",
            "? tags\n: '#a #b'",
            "tags: [#a, \"b c\"]",
            "tags: [#a, #b] # c",
            "tags: [[#a]]",
            "tags: [#a, #b]\nx: [",
            "tags: This is, well, prose; with [brackets]",
            "tags: (a, b)",
            "tags: \"a - b\"",
            "tags: #-----",
            "tags: #[a]",
            "tags: #{{tags}}",
            "tags: #!",
            "tags:\n- #-----\n- a",
            "tags: \"#project\" #todo",
        ] {
            assert_eq!(fixed(yaml), None, "{yaml}");
        }
    }

    #[test]
    fn the_list_is_indented_from_its_key() {
        let block = Some((Applicability::Safe, "  x: y\n  tags:\n    - a\n    - b".to_owned()));
        assert_eq!(fixed("  x: y\n  tags: a, b"), block);
    }

    #[test]
    fn a_mix_of_marked_and_unmarked_words_is_unsafe() {
        assert_eq!(fixed("tags: '#a b'"), Some((Applicability::Unsafe, "tags:\n  - a\n  - b".to_owned())));
        assert_eq!(fixed("tags: a #b"), fixed("tags: '#a b'"));
        assert_eq!(fixed("tags: a, #b"), fixed("tags: '#a b'"));
        assert_eq!(fixed("tags: '#a #b' #c").map(|(sure, _)| sure), Some(Applicability::Safe), "the comment stays");
    }

    #[test]
    fn a_comment_with_a_word_that_is_no_tag_is_unsafe() {
        for yaml in ["tags: #2024", "tags: #a, #b.c", "tags:\n- #!a"] {
            assert_eq!(fixed(yaml).map(|(sure, _)| sure), Some(Applicability::Unsafe), "{yaml}");
        }
    }
}
