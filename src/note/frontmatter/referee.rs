//! Whether two texts have the same frontmatter but for some keys, by another parser's word and by
//! the bytes.

use serde_yaml::{Mapping, Value};

use super::Frontmatter;
use crate::span::Span;

/// Whether nothing but the values of the top-level `keys`, in whatever capitals, differs between the frontmatters of
/// the two texts; a text without frontmatter counts as one with an empty one.
///
/// Both must be a mapping to `serde_yaml`, with the same other keys in the same order and equal
/// values; and all bytes outside of the entries of `keys` must be the same, so that comments,
/// quotes and numbers stay as they are written. Where the first is no YAML, its bytes alone are
/// compared, but the second must be YAML.
///
/// # Errors
/// What differs, in words.
pub fn same_but_for(before: &str, after: &str, keys: &[&str]) -> Result<(), String> {
    let (was, is) = (Frontmatter::read(before), Frontmatter::read(after));
    alike_but_for((before, was.as_ref()), (after, is.as_ref()), keys)
}

/// The same of texts whose frontmatters are read.
pub(in crate::note) fn alike_but_for(
    (before, was): (&str, Option<&Frontmatter>),
    (after, is): (&str, Option<&Frontmatter>),
    keys: &[&str],
) -> Result<(), String> {
    let now = mapping(after, is).map_err(|why| format!("the frontmatter would be no YAML: {why}"))?;
    match mapping(before, was) {
        Ok(then) => same_values(&then, &now, keys)?,
        Err(why) if is.is_none_or(|is| is.entries.is_empty()) => {
            return Err(format!("the frontmatter is no YAML: {why}"));
        }
        Err(_) => {}
    }
    let (Some(was), Some(is)) = (was, is) else { return Ok(()) };
    let (was, is) = (others(before, was, keys), others(after, is, keys));
    if was == is {
        return Ok(());
    }
    let place = was.lines().zip(is.lines()).find(|(was, is)| was != is);
    Err(match place {
        Some((line, _)) => format!("the line `{}` of the frontmatter would change", line.trim()),
        None => "a comment, a blank or a line end of the frontmatter would change".to_owned(),
    })
}

fn mapping(text: &str, frontmatter: Option<&Frontmatter>) -> Result<Mapping, String> {
    let Some(frontmatter) = frontmatter else { return Ok(Mapping::new()) };
    match serde_yaml::from_str(frontmatter.yaml.of(text)) {
        Ok(Value::Mapping(mapping)) => Ok(mapping),
        Ok(Value::Null) => Ok(Mapping::new()),
        Ok(_) => Err("it is no mapping".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

fn same_values(then: &Mapping, now: &Mapping, keys: &[&str]) -> Result<(), String> {
    let other = |entry: &(&Value, &Value)| !entry.0.as_str().is_some_and(|key| is_among(key, keys));
    let mut then = then.iter().filter(other);
    let mut now = now.iter().filter(other);
    loop {
        match (then.next(), now.next()) {
            (None, None) => return Ok(()),
            (Some((key, _)), None) => return Err(format!("the key `{}` would be lost", name(key))),
            (None, Some((key, _))) => return Err(format!("the key `{}` would be new", name(key))),
            (Some((key, _)), Some((other, _))) if key != other => {
                return Err(format!("the key `{}` would stand where `{}` does", name(other), name(key)));
            }
            (Some((key, was)), Some((_, is))) if was != is => {
                return Err(format!("the value of `{}` would change", name(key)));
            }
            _ => {}
        }
    }
}

fn is_among(key: &str, keys: &[&str]) -> bool {
    keys.iter().any(|one| one.eq_ignore_ascii_case(key))
}

fn name(key: &Value) -> String {
    match key {
        Value::String(name) => name.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(truth) => truth.to_string(),
        _ => "?".to_owned(),
    }
}

/// Everything up to the end of the frontmatter but the entries of `keys`.
fn others(text: &str, frontmatter: &Frontmatter, keys: &[&str]) -> String {
    let mut rest = String::with_capacity(frontmatter.span.end());
    let mut at = 0;
    for entry in frontmatter.entries.iter().filter(|entry| is_among(&entry.name, keys)) {
        rest.push_str(&text[at..entry.span.start().max(at)]);
        at = entry.span.end().max(at);
    }
    rest.push_str(Span::new(at, frontmatter.span.end().max(at)).of(text));
    rest
}
