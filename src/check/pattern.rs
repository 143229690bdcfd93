//! A rule that is only data: a regular expression, the zones it is looked for in, a message.

use std::sync::LazyLock;

use regex::Regex;
use regex_automata::util::captures::{Captures, GroupInfo};
use regex_automata::{Input, PatternID, meta};
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, de::Error};

use super::{Check, Cx};
use crate::diagnostic::{Applicability, Edit, Fix};
use crate::expression;
use crate::note::ZoneKind;
use crate::span::Span;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Pattern {
    /// The regular expression, in the syntax of the `regex` crate.
    #[serde(deserialize_with = "regex")]
    #[schemars(with = "String")]
    find: meta::Regex,
    /// The zones it is looked for in; none named: all text that readers read.
    #[serde(default, rename = "in")]
    zones: Vec<ZoneKind>,
    /// What is said of each match; `$0`, `$1`, `${name}` stand for what was matched.
    message: String,
    /// What each match becomes; without it there is no fix.
    replace: Option<String>,
}

/// Makes the check, if its texts name no group that there is not: the regex crate would put nothing there.
pub(super) fn make(params: toml::Table) -> Result<Box<dyn Check>, toml::de::Error> {
    let check: Pattern = params.try_into()?;
    for (key, template) in [("message", Some(&check.message)), ("replace", check.replace.as_ref())] {
        if let Some(why) = template.and_then(|template| missing_group(check.find.group_info(), template)) {
            // It ends as errors about a key do, and its place is found by that.
            return Err(toml::de::Error::custom(format!("{why} in `{key}`")));
        }
    }
    Ok(Box::new(check))
}

/// What is wrong with the first reference of a template that leads to no group.
fn missing_group(groups: &GroupInfo, template: &str) -> Option<String> {
    /// A dollar sign that is meant, and references as the regex crate reads them.
    static REFERENCE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\$\$|\$\{(?<braced>[^}]*)\}|\$(?<bare>[0-9A-Za-z_]+)").expect("the expression is tested")
    });
    let is_group = |name: &str| match name.parse::<usize>() {
        Ok(number) => number < groups.group_len(PatternID::ZERO),
        Err(_) => groups.to_index(PatternID::ZERO, name).is_some(),
    };
    REFERENCE.captures_iter(template).find_map(|reference| {
        let bare = reference.name("bare").map(|name| name.as_str());
        let name = bare.or(reference.name("braced").map(|name| name.as_str())).filter(|name| !is_group(name))?;
        let no_group = format!("`find` has no group `{name}`");
        // Letters that follow a group are read as a part of its name.
        let ends = (1..bare.map_or(0, str::len)).rev();
        Some(match ends.map(|end| name.split_at(end)).find(|(group, _)| is_group(group)) {
            Some((group, rest)) => format!("{no_group}: for the group `{group}` write `${{{group}}}{rest}`"),
            None => format!("{no_group}: for the text `{0}` write `${0}`", &reference[0]),
        })
    })
}

fn regex<'de, D: Deserializer<'de>>(from: D) -> Result<meta::Regex, D::Error> {
    expression::part(&String::deserialize(from)?).map_err(D::Error::custom)
}

impl Check for Pattern {
    fn note(&self, cx: &mut Cx<'_>) {
        let note = cx.note;
        // Before the first line may stand a byte order mark, which is no part of it.
        let text = note.text.strip_prefix('\u{feff}').unwrap_or(&note.text);
        let start = note.text.len() - text.len();
        for zone in note.zones() {
            let wanted = if self.zones.is_empty() { zone.kind.is_text() } else { self.zones.contains(&zone.kind) };
            if !wanted {
                continue;
            }
            let zone = zone.span.start().saturating_sub(start)..zone.span.end().saturating_sub(start);
            // A match lies in the zone, but where a line or a word begins, only the whole text tells.
            for found in self.find.captures_iter(Input::new(text).range(zone)) {
                let Some(whole) = found.get_match().filter(|whole| !whole.is_empty()) else { continue };
                let span = Span::from(whole.range()).shift(start);
                let finding = cx.report(span, expand(&self.message, &found, text));
                if let Some(replace) = &self.replace {
                    let new = expand(replace, &found, text);
                    let title = if new.is_empty() { "take it out".to_owned() } else { format!("write `{new}`") };
                    if new != span.of(&note.text) {
                        finding.fix(Fix::new(title, Applicability::Safe, vec![Edit::replace(span, new)]));
                    }
                }
            }
        }
    }
}

fn expand(template: &str, found: &Captures, text: &str) -> String {
    let mut expanded = String::new();
    found.interpolate_string_into(text, template, &mut expanded);
    expanded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_to_no_group_is_told_with_the_way_out() {
        let find = meta::Regex::new("(?<first>a)(b)").unwrap();
        let wrong = |template: &str| missing_group(find.group_info(), template).unwrap_or_default();
        for fine in ["", "$0$1$2", "${1}ize", "$first, ${first}st", "$$9", "$", "${1", "a $ b", "$$$1", "$é"] {
            assert_eq!(wrong(fine), "", "{fine}");
        }
        assert_eq!(wrong("a$1ize"), "`find` has no group `1ize`: for the group `1` write `${1}ize`");
        assert_eq!(wrong("$first_"), "`find` has no group `first_`: for the group `first` write `${first}_`");
        assert_eq!(wrong("$1 $9"), "`find` has no group `9`: for the text `$9` write `$$9`");
        assert_eq!(wrong("$$${zz}"), "`find` has no group `zz`: for the text `${zz}` write `$${zz}`");
        assert_eq!(wrong("${}"), "`find` has no group ``: for the text `${}` write `$${}`");
    }
}
