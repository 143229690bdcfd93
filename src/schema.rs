//! What a vault wants of its properties: which are needed where, and what their values are.

use std::collections::BTreeMap;

use globset::{Glob, GlobMatcher};
use regex::Regex;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, de::Error};

use crate::expression;
use crate::note::frontmatter::{Style, Value};
use crate::span::Span;

/// Folders, as globs over paths from the root, and what is wanted of each key there.
#[derive(Debug, Default)]
pub struct Schema(Vec<(GlobMatcher, BTreeMap<String, Wanted>)>);

/// What is wanted of one key.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Wanted {
    /// Whether each note must have it.
    #[serde(default)]
    pub required: bool,
    /// What its values are.
    #[serde(rename = "type")]
    kind: Option<Kind>,
    /// The only values it may have.
    one_of: Option<Vec<String>>,
    /// A regular expression over each whole value.
    #[serde(default, deserialize_with = "pattern")]
    #[schemars(with = "Option<String>")]
    pattern: Option<Regex>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Text,
    List,
    Number,
    Checkbox,
    /// `2026-01-31`
    Date,
    /// `2026-01-31T10:00`
    DateTime,
}

fn pattern<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Regex>, D::Error> {
    expression::whole(&String::deserialize(from)?).map(Some).map_err(D::Error::custom)
}

impl<'de> Deserialize<'de> for Schema {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let written = BTreeMap::<String, BTreeMap<String, Wanted>>::deserialize(from)?;
        let read = |(glob, keys): (String, _)| {
            Glob::new(&glob).map(|glob| (glob.compile_matcher(), keys)).map_err(|e| D::Error::custom(e.to_string()))
        };
        written.into_iter().map(read).collect::<Result<_, _>>().map(Schema)
    }
}

impl Schema {
    /// What is wanted in the note at `path`, folder by folder.
    pub fn of(&self, path: &str) -> impl Iterator<Item = (&str, &Wanted)> {
        let here = self.0.iter().filter(move |(glob, _)| glob.is_match(path));
        here.flat_map(|(_, keys)| keys.iter().map(|(key, wanted)| (key.as_str(), wanted)))
    }
}

impl Wanted {
    /// Where and how a value is not what is wanted.
    pub fn broken_by(&self, value: &Value) -> Option<(Span, String)> {
        if let Some(kind) = self.kind.filter(|kind| !kind.holds(value)) {
            return Some((value.span(), format!("is no {}", kind.name())));
        }
        let values: Vec<(Span, &str)> = match value {
            Value::Scalar(scalar) => vec![(scalar.span, scalar.text.as_ref())],
            Value::Sequence { items, .. } => items.iter().map(|item| (item.span, item.text.as_ref())).collect(),
            _ => return None,
        };
        values.into_iter().find_map(|(span, text)| {
            let named = self.one_of.as_ref().is_none_or(|names| names.iter().any(|name| name == text));
            let matches = self.pattern.as_ref().is_none_or(|pattern| pattern.is_match(text));
            (!named || !matches).then(|| (span, format!("cannot be `{text}`")))
        })
    }

    /// What is wanted, as advice.
    pub fn in_words(&self, key: &str) -> String {
        let mut words: Vec<String> = self.kind.iter().map(|kind| format!("a {}", kind.name())).collect();
        if let Some(names) = &self.one_of {
            words.push(format!(
                "one of {}",
                names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
            ));
        }
        words.extend(self.pattern.iter().map(|pattern| {
            let written = pattern.as_str();
            format!(
                "of the form `{}`",
                written.strip_prefix("^(?:").and_then(|w| w.strip_suffix(")$")).unwrap_or(written)
            )
        }));
        if words.is_empty() { format!("the configuration wants `{key}` here") } else { words.join(", ") }
    }
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Kind::Text => "text",
            Kind::List => "list",
            Kind::Number => "number",
            Kind::Checkbox => "checkbox (`true` or `false`)",
            Kind::Date => "date such as `2026-01-31`",
            Kind::DateTime => "time such as `2026-01-31T10:00`",
        }
    }

    fn holds(self, value: &Value) -> bool {
        let Value::Scalar(scalar) = value else { return self == Kind::List && matches!(value, Value::Sequence { .. }) };
        let (text, plain) = (scalar.text.trim(), scalar.style == Style::Plain);
        match self {
            Kind::List => false,
            Kind::Text => !plain || !(is_number(text) || is_truth(text)),
            Kind::Number => plain && is_number(text),
            Kind::Checkbox => plain && is_truth(text),
            Kind::Date => is_date(text),
            Kind::DateTime => text.split_once(['T', ' ']).is_some_and(|(date, time)| is_date(date) && is_time(time)),
        }
    }
}

fn is_number(text: &str) -> bool {
    text.parse::<f64>().is_ok_and(f64::is_finite)
}

fn is_truth(text: &str) -> bool {
    matches!(text, "true" | "false" | "True" | "False")
}

/// `2026-01-31`, with a month and a day that there are.
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts[..] else { return false };
    let number = |text: &str, length: usize| {
        let digits = text.len() == length && text.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| text.parse::<u32>().ok()).flatten()
    };
    let (Some(year), Some(month), Some(day)) = (number(year, 4), number(month, 2), number(day, 2)) else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    (1..=12).contains(&month) && (1..=days).contains(&day)
}

/// `10:00`, with seconds and a zone perhaps.
fn is_time(text: &str) -> bool {
    let hour = text.get(..2).and_then(|hour| hour.parse::<u32>().ok());
    let minute = text.get(3..5).and_then(|minute| minute.parse::<u32>().ok());
    let rest = text.get(5..).unwrap_or_default();
    let sound = hour.is_some_and(|hour| hour < 24) && minute.is_some_and(|minute| minute < 60);
    sound && text.as_bytes().get(2) == Some(&b':') && rest.chars().all(|c| c.is_ascii_digit() || ":.+-Z".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_times_are_those_of_the_calendar() {
        for date in ["2026-01-31", "2024-02-29", "2000-02-29"] {
            assert!(is_date(date), "{date}");
        }
        for other in ["2026-02-29", "2026-13-01", "2026-1-1", "31-01-2026", "2026-04-31", "2026-00-10"] {
            assert!(!is_date(other), "{other}");
        }
        assert!(is_time("10:00") && is_time("23:59:59+01:00") && !is_time("24:00") && !is_time("9:00"));
    }
}
