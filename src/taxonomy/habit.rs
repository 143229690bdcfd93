//! The convention that a vault's tags follow without having said so.

use super::{Case, Place};
use crate::vault::tags::Tags;

/// Fewer tags show no habit.
const FEWEST_TAGS: usize = 5;
/// Fewer uses do not show that the other place is never used.
const FEWEST_USES: u32 = 50;
/// Of 100 tags so many may be written in another way.
const EXCEPTIONS: usize = 5;

/// How a vault writes its tags: of so many, so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CaseHabit {
    pub case: Case,
    pub fitting: usize,
    pub tags: usize,
}

impl CaseHabit {
    /// What nearly all tags have in common; of several cases that would do, one that shows: `kebab` where there
    /// are hyphens and no underscores. `None` where the tags have no case in common, or are too few.
    pub fn of(tags: &Tags) -> Option<CaseHabit> {
        let used = tags.iter().filter(|(name, tag)| tag.uses() > 0 && is_name(name));
        let written: Vec<String> = used.map(|(name, _)| tags.spelling(name)).collect();
        if written.len() < FEWEST_TAGS {
            return None;
        }
        let segments = |text: &String| text.split('/').map(str::to_owned).collect::<Vec<_>>();
        let has = |c: char| written.iter().filter(|tag| tag.contains(c)).count();
        let inner_capital = |tag: &&String| segments(tag).iter().any(|s| s.chars().skip(1).any(char::is_uppercase));
        let mixed = written.iter().filter(inner_capital).count();
        let of_case = |case: Case| CaseHabit {
            case,
            fitting: written.iter().filter(|tag| segments(tag).iter().all(|segment| case.fits(segment))).count(),
            tags: written.len(),
        };
        let rare = |n: usize| n * 100 <= written.len() * EXCEPTIONS;
        let candidates = [
            (Case::Kebab, has('-') > 0 && rare(has('_'))),
            (Case::Snake, has('_') > 0 && rare(has('-'))),
            (Case::Lower, true),
            (Case::TitleKebab, has('-') > 0 && rare(has('_'))),
            (Case::Pascal, mixed > 0),
            (Case::Camel, mixed > 0),
        ];
        let shown = candidates.into_iter().filter(|(_, shown)| *shown).map(|(case, _)| of_case(case));
        shown.into_iter().find(|habit| rare(habit.tags - habit.fitting))
    }
}

impl Place {
    /// The one place where a vault has all its tags, and how often; `None` when it has them in both, or too few.
    pub fn habit(tags: &Tags) -> Option<(Place, u32)> {
        let (text, frontmatter) =
            tags.iter().fold((0, 0), |(text, front), (_, tag)| (text + tag.text, front + tag.frontmatter));
        match (text, frontmatter) {
            (0, uses) if uses >= FEWEST_USES => Some((Place::Frontmatter, uses)),
            (uses, 0) if uses >= FEWEST_USES => Some((Place::Text, uses)),
            _ => None,
        }
    }

    /// Its name in a taxonomy.
    pub fn name(self) -> &'static str {
        match self {
            Place::Frontmatter => "frontmatter",
            Place::Text => "text",
            Place::Both => "both",
        }
    }
}

/// Whether a tag is one: numbers, links and marks are defects of their own.
fn is_name(name: &str) -> bool {
    !(name.chars().all(char::is_numeric) || name.contains("[[") || name.trim() != name || name.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::note::Note;
    use crate::vault::Vault;

    fn vault(note: &str) -> Vault {
        let mut vault = Vault::default();
        vault.add(&Note::parse("n.md", note));
        vault
    }

    #[test]
    fn what_nearly_all_tags_have_in_common_is_the_case() {
        let case = |note: &str| CaseHabit::of(vault(note).tags()).map(|habit| habit.case);
        assert_eq!(case("#a #b #c #d #e"), Some(Case::Lower));
        assert_eq!(case("#a-x #b #c #d #e"), Some(Case::Kebab));
        assert_eq!(case("#a_x #b/c_d #c #d #e"), Some(Case::Snake));
        assert_eq!(case("#a_x #b-y #c #d #e"), Some(Case::Lower));
        assert_eq!(case("#A-X #B #C/D #D #E"), Some(Case::TitleKebab));
        assert_eq!(case("#AbcDef #Bc #Cd #De #Ef"), Some(Case::Pascal));
        assert_eq!(case("#abcDef #bc #cd #de #ef"), Some(Case::Camel));
        assert_eq!(case("#AbcDef #bc #Cd #de #ef"), None);
        assert_eq!(case("#a #b #c #d"), None, "too few");
        assert_eq!(case("#日本 #中国 #中華 #中 #日"), Some(Case::Lower));
        let many: String = (0..19).map(|n| format!("#tag-a{n} ")).collect();
        let habit = CaseHabit::of(vault(&format!("{many} #NATO")).tags());
        assert_eq!(habit, Some(CaseHabit { case: Case::Kebab, fitting: 19, tags: 20 }));
    }

    #[test]
    fn one_place_is_a_habit_when_the_other_has_no_tag_at_all() {
        let text = "#a ".repeat(50);
        assert_eq!(Place::habit(vault(&text).tags()), Some((Place::Text, 50)));
        assert_eq!(Place::habit(vault(&format!("---\ntags: [b]\n---\n{text}")).tags()), None);
        assert_eq!(Place::habit(vault("#a #a").tags()), None);
    }
}
