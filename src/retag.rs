//! Gives a tag another name, and with it the tags below it, wherever a note writes them.

use std::cell::OnceCell;

use crate::diagnostic::{Edit, Keeps, edited};
use crate::halve::to_blame;
use crate::note::frontmatter::{Item, Listed, Value, scalar};
use crate::note::{Kept, Note, ZoneKind, is_tag_char, queries};
use crate::span::Span;
use crate::vault::{Vault, fold_tag};

/// A tag's old name and its new one, both without `#`.
#[derive(Debug, Clone)]
pub struct Renaming {
    /// Folded.
    old: String,
    new: String,
}

/// A note with a tag renamed.
#[derive(Debug)]
pub struct Retagged {
    pub text: String,
    /// How many tags were renamed.
    pub renamed: usize,
    /// Where the old name stands where it cannot be told to be the tag, or cannot be changed alone:
    /// in code, comments, other properties, headings that links name. In bytes of the note as it was.
    pub left: Vec<Span>,
}

impl Renaming {
    /// # Errors
    /// What keeps the new name from being a tag, in words.
    pub fn new(old: &str, new: &str) -> Result<Renaming, String> {
        let [old, new] = [old, new].map(|name| name.strip_prefix('#').unwrap_or(name));
        for name in [old, new] {
            if name.split('/').any(str::is_empty) {
                return Err(format!("`{name}` has an empty part"));
            }
        }
        if let Some(c) = new.chars().find(|&c| !is_tag_char(c)) {
            return Err(format!("a tag cannot have {c:?} in it"));
        }
        if new.chars().all(char::is_numeric) {
            return Err(format!("`{new}` has only digits, so it is no tag"));
        }
        if old == new {
            return Err("the two names are the same".to_owned());
        }
        Ok(Renaming { old: fold_tag(old), new: new.to_owned() })
    }

    /// The length in bytes of the part of `name` that is to be replaced, when it is the tag or one below.
    fn reaches(&self, name: &str) -> Option<usize> {
        let parts = self.old.split('/').count();
        let end = name.match_indices('/').nth(parts - 1).map_or(name.len(), |(at, _)| at);
        (fold_tag(&name[..end]) == self.old).then_some(end)
    }

    /// The name with the tag in it renamed.
    pub(crate) fn apply(&self, name: &str) -> Option<String> {
        self.reaches(name).map(|end| [self.new.as_str(), &name[end..]].concat())
    }

    /// Renames the tag in a note; `None` when the note does not have the name anywhere.
    ///
    /// Only tags change: all else in the text stays byte for byte, and so do the values and the bytes
    /// of the other properties, by the word of a parser of its own. Where that cannot be kept, the
    /// tag stays; and it does in a heading that links of the vault may name.
    pub fn retag(&self, note: &Note, vault: &Vault) -> Option<Retagged> {
        let (mut left, mut queries) = (Vec::new(), Vec::new());
        let mut tags = self.listed(note, &mut left);
        for tag in note.tags() {
            let name = tag.name().of(&note.text);
            let Some(end) = self.reaches(name) else { continue };
            if vault.is_led_by(note, *tag, &[&self.new, &name[end..]].concat()) {
                left.push(tag.name());
            } else {
                tags.push(Edit::replace(Span::new(tag.name().start(), tag.name().start() + end), self.new.as_str()));
            }
        }
        for name in queries::names(note) {
            if let Some(end) = self.reaches(name.of(&note.text)) {
                queries.push(Edit::replace(Span::new(name.start(), name.start() + end), self.new.as_str()));
            }
        }
        let mut edits: Vec<Edit> = tags.into_iter().chain(queries).collect();
        edits.retain(|edit| edit.span.of(&note.text) != edit.text);
        edits.sort_by_key(|edit| edit.span);
        let mut mentions = self.mentions(note);
        mentions.extend(self.hidden(note));
        mentions.retain(|at| edits.iter().map(|edit| &edit.span).chain(&left).all(|known| !known.touches(*at)));
        left.extend(mentions);
        left.sort_unstable();
        left.dedup();
        let renamed = edits.len();
        (renamed > 0 || !left.is_empty()).then(|| Retagged { text: applied(note, &edits), renamed, left })
    }

    /// The edits that rename the tag in the frontmatter, and change nothing but tags; what cannot be renamed goes into
    /// `left`.
    fn listed(&self, note: &Note, left: &mut Vec<Span>) -> Vec<Edit> {
        let mut wanted = Vec::new();
        for tag in note.listed_tags().iter() {
            let Some(new) = self.apply(&tag.text) else { continue };
            match listed(note, tag, &new) {
                Some(edit) => wanted.push((tag.span, edit)),
                None => left.push(tag.span),
            }
        }
        wanted.sort_by_key(|(_, edit)| edit.span);
        // A scalar that two tags share cannot be changed twice.
        wanted.dedup_by(|(next, edit), (_, before)| {
            let touches = edit.span.touches(before.span);
            left.extend(touches.then_some(*next));
            touches
        });
        if wanted.is_empty() {
            return Vec::new();
        }
        let mut made: Vec<Edit> = Vec::new();
        let before = Kept::of(note, Keeps::Body);
        let refused = to_blame(wanted, |group| {
            let mut together: Vec<Edit> = made.iter().chain(group.iter().map(|(_, edit)| edit)).cloned().collect();
            together.sort_by_key(|edit| edit.span);
            let after = note.with_text(applied(note, &together));
            let why = before.broken_by(&Kept::of(&after, Keeps::Body));
            if why.is_none() {
                made = together;
            }
            why
        });
        left.extend(refused.into_iter().map(|((tag, _), _)| tag));
        made
    }

    /// The values under `tags` that no program reads a tag in and that have the name: lists in lists, mappings, and what
    /// an alias stands for.
    fn hidden(&self, note: &Note) -> Vec<Span> {
        let Some(frontmatter) = &note.frontmatter else { return Vec::new() };
        let read = OnceCell::new();
        let whole = || serde_yaml::from_str::<serde_yaml::Value>(frontmatter.yaml.of(&note.text)).unwrap_or_default();
        let is_old = |word: &str| self.reaches(word.strip_prefix('#').unwrap_or(word)).is_some();
        // Where it is not written as it is read, and where an alias stands for it, the whole value tells the place.
        let at = |value: Span| {
            let text = &note.text;
            let begins = |at: &usize| text.is_char_boundary(*at) && !text[..*at].ends_with(is_tag_char);
            let mut words = (value.start()..value.end()).filter(begins).map(|at| queries::name_at(text, at));
            words.find(|word| !word.is_empty() && is_old(word.of(text))).unwrap_or(value)
        };
        let mut found = Vec::new();
        for entry in frontmatter.tag_entries() {
            let value = || read.get_or_init(whole).get(&*entry.name);
            match &entry.value {
                Value::Mapping { span } | Value::Alias { span } => {
                    found.extend(value().filter(|value| has(value, &is_old)).map(|_| at(*span)));
                }
                Value::Sequence { items, .. } => {
                    let nested = items.iter().enumerate().filter(|(_, item)| item.nested);
                    let has_old = |(i, item): (usize, &Item)| has(value()?.get(i)?, &is_old).then(|| at(item.span));
                    found.extend(nested.filter_map(has_old));
                }
                _ => {}
            }
        }
        found
    }

    /// Where `#old` stands in code, comments and frontmatter, and `"old"` in queries.
    fn mentions(&self, note: &Note) -> Vec<Span> {
        let text = &note.text;
        let hidden = note.zones().iter().filter(|zone| {
            zone.kind.is_code()
                || zone.kind.is_comment()
                || matches!(zone.kind, ZoneKind::HtmlTag | ZoneKind::Frontmatter)
        });
        let mut found = queries::strings(note);
        for zone in hidden {
            for (at, _) in zone.span.of(text).match_indices('#') {
                let at = zone.span.start() + at;
                let apart = !text[..at].ends_with(|c: char| is_tag_char(c) || matches!(c, '#' | '[' | ')'));
                if apart {
                    found.push(queries::name_at(text, at + 1));
                }
            }
        }
        found.retain(|name| self.reaches(name.of(text)).is_some());
        found
    }
}

/// Whether a value has a text in it that is wanted, at any depth.
fn has(value: &serde_yaml::Value, wanted: &impl Fn(&str) -> bool) -> bool {
    match value {
        serde_yaml::Value::String(text) => text.split(|c: char| c.is_whitespace() || c == ',').any(wanted),
        serde_yaml::Value::Sequence(items) => items.iter().any(|item| has(item, wanted)),
        serde_yaml::Value::Mapping(pairs) => pairs.iter().any(|(key, value)| has(key, wanted) || has(value, wanted)),
        serde_yaml::Value::Tagged(tagged) => has(&tagged.value, wanted),
        _ => false,
    }
}

/// The edit that writes another name for a tag of the frontmatter; `None` where its bytes are not told
/// apart from those around it.
pub(crate) fn listed(note: &Note, tag: &Listed, new: &str) -> Option<Edit> {
    let raw = tag.span.of(&note.text);
    let hash = usize::from(raw.starts_with('#'));
    if raw[hash..] != tag.text {
        return None;
    }
    let name = Span::new(tag.span.start() + hash, tag.span.end());
    // Alone in its item, a name may mean something else to YAML: `no`, `1e3`.
    let alone = note.frontmatter.iter().flat_map(|frontmatter| &frontmatter.entries).any(|entry| match &entry.value {
        Value::Sequence { items, .. } => items.iter().any(|item| item.span == tag.span),
        value => value.span() == tag.span,
    });
    Some(Edit::replace(name, if alone && hash == 0 { scalar(new) } else { new.to_owned() }))
}

fn applied(note: &Note, edits: &[Edit]) -> String {
    edited(&note.text, Span::new(0, note.text.len()), edits)
}

#[cfg(test)]
mod tests;
