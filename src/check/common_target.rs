//! Links to targets that nobody wants linked: months, bare years, words of two letters.

use foldhash::{HashSet, HashSetExt};
use regex::Regex;
use serde::{Deserialize, Deserializer};

use super::unlink::unlink;
use super::{Check, Cx, most_in};
use crate::diagnostic::Fix;
use crate::language::Lexicon;
use crate::note::Note;
use crate::vault::{Resolved, Vault, base_name, fold, without_ending};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct CommonTarget {
    /// These and, by whatever path, the notes that they lead to; without regard to case.
    #[serde(deserialize_with = "folded")]
    targets: HashSet<String>,
    /// Regular expressions over the whole target.
    #[serde(deserialize_with = "crate::expression::patterns")]
    patterns: Vec<Regex>,
    months: bool,
    weekdays: bool,
    years: bool,
    /// Targets of at most so many letters; 0: none.
    short: usize,
    /// Words that the English lexicon counts among the commonest.
    common_words: bool,
    /// Leave the first link to each target of a note.
    keep_first: bool,
    /// Look only at notes that show signs of an auto-linker.
    with_evidence: bool,
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

fn folded<'de, D: Deserializer<'de>>(from: D) -> Result<HashSet<String>, D::Error> {
    Ok(Vec::<String>::deserialize(from)?.iter().map(|target| fold(without_ending(target))).collect())
}

impl CommonTarget {
    /// What makes the target of a link in `note` a common one.
    fn why(&self, target: &str, note: &Note, vault: &Vault) -> Option<&'static str> {
        let key = fold(target.trim());
        let letters = key.chars().count();
        if self.is_listed(&key, note, vault) || self.patterns.iter().any(|pattern| pattern.is_match(target)) {
            Some("is on the list")
        } else if self.months && MONTHS.contains(&key.as_str()) {
            Some("is a month")
        } else if self.weekdays && WEEKDAYS.contains(&key.as_str()) {
            Some("is a day of the week")
        } else if self.years && letters == 4 && key.bytes().all(|b| b.is_ascii_digit()) {
            Some("is a bare year")
        } else if letters > 0 && letters <= self.short {
            Some("is very short")
        } else if self.common_words && Lexicon::english().common(&key) {
            Some("is one of the commonest words")
        } else {
            None
        }
    }

    /// Whether a folded target is on the list, or leads where one of the list does.
    fn is_listed(&self, key: &str, note: &Note, vault: &Vault) -> bool {
        let listed = |name: &str| self.targets.contains(&fold(without_ending(name)));
        let leads = || match vault.resolve(key, &note.path) {
            Resolved::One(item) => {
                let name = base_name(key);
                listed(vault.path_of(item)) || listed(name) && vault.resolve(name, "") == Resolved::One(item)
            }
            Resolved::Many(_) | Resolved::None => false,
        };
        !self.targets.is_empty() && (listed(key) || leads())
    }
}

impl Check for CommonTarget {
    fn note(&self, cx: &mut Cx<'_>) {
        let note = cx.note;
        if self.with_evidence && !cx.evidence().is_of_the_note() {
            return;
        }
        let mut seen = HashSet::new();
        for link in &note.links {
            if !(note.place(link).kind.is_text() || note.place(link).kind == crate::note::ZoneKind::Html) || link.embed
            {
                continue;
            }
            let Some(target) = note.name_of(link) else { continue };
            let Some(why) = self.why(&target, note, cx.vault) else { continue };
            if self.keep_first {
                let leads = match cx.vault.resolve(&target, &note.path) {
                    Resolved::One(item) => cx.vault.path_of(item).to_owned(),
                    Resolved::Many(_) | Resolved::None => fold(&target),
                };
                if seen.insert(leads) {
                    continue;
                }
            }
            let most = most_in(note.place(link).kind);
            cx.report(link.span, format!("a link to `{target}`")).evidence(format!("`{target}` {why}")).fix(Fix::new(
                "take the link out",
                most,
                unlink(link).into(),
            ));
        }
    }
}
