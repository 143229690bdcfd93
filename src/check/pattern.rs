//! A rule that is only data: a regular expression, the zones it is looked for in, a message.

use regex::{Captures, Regex};
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, de::Error};

use super::{Check, Cx};
use crate::diagnostic::{Applicability, Edit, Fix};
use crate::note::ZoneKind;
use crate::span::Span;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Pattern {
    /// The regular expression, in the syntax of the `regex` crate.
    #[serde(deserialize_with = "regex")]
    #[schemars(with = "String")]
    find: Regex,
    /// The zones it is looked for in; none named: all text that readers read.
    #[serde(default, rename = "in")]
    zones: Vec<ZoneKind>,
    /// What is said of each match; `$0`, `$1`, `${name}` stand for what was matched.
    message: String,
    /// What each match becomes; without it there is no fix.
    replace: Option<String>,
}

fn regex<'de, D: Deserializer<'de>>(from: D) -> Result<Regex, D::Error> {
    let written = String::deserialize(from)?;
    Regex::new(&written).map_err(|e| D::Error::custom(last_line(&e.to_string())))
}

/// The regex crate draws its own pictures; the line that says what is wrong is the last one.
fn last_line(error: &str) -> String {
    let line = error.trim().lines().last().unwrap_or(error).trim();
    format!("bad regular expression: {}", line.trim_start_matches("error: "))
}

impl Check for Pattern {
    fn note(&self, cx: &mut Cx<'_>) {
        let note = cx.note;
        for zone in note.zones() {
            let wanted = if self.zones.is_empty() { zone.kind.is_text() } else { self.zones.contains(&zone.kind) };
            if !wanted {
                continue;
            }
            for found in self.find.captures_iter(zone.span.of(&note.text)) {
                let Some(whole) = found.get(0).filter(|whole| !whole.is_empty()) else { continue };
                let span = Span::from(whole.range()).shift(zone.span.start());
                let finding = cx.report(span, expand(&self.message, &found));
                if let Some(replace) = &self.replace {
                    let text = expand(replace, &found);
                    let title = if text.is_empty() { "take it out".to_owned() } else { format!("write `{text}`") };
                    if text != whole.as_str() {
                        finding.fix(Fix::new(title, Applicability::Safe, vec![Edit::replace(span, text)]));
                    }
                }
            }
        }
    }
}

fn expand(template: &str, found: &Captures<'_>) -> String {
    let mut text = String::new();
    found.expand(template, &mut text);
    text
}
