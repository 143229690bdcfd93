//! Tags that are so alike that one of them may be meant for the other.

use std::cmp::Reverse;

use foldhash::HashMap;

use super::tags::{Tag, Tags};

/// A commoner tag that is nearly the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Near {
    /// Its folded name.
    pub twin: Box<str>,
    pub likeness: Likeness,
}

/// What makes two tags alike; what tells most comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Likeness {
    /// `covid-19` and `covid19`.
    Separators,
    /// `treaty` and `treaties`, as English makes them.
    Plural,
    /// `treatey` and `treaty`: one letter more, less, other or exchanged with its neighbour.
    OneLetter,
}

/// Shorter names are alike by chance.
const SHORTEST: usize = 4;
/// The same for names that differ in a letter.
const SHORTEST_MISSPELT: usize = 6;
/// Longer ones are no single words.
const LONGEST: usize = 64;
/// A misspelling is rare, and what it was meant for is common.
const MOST_MISSPELT: u32 = 2;
const LEAST_MEANT: u32 = 5;

/// For each tag that has a commoner twin, by folded name: the twin. It takes time linear in the
/// number of tags.
pub(super) fn find(tags: &Tags) -> HashMap<Box<str>, Near> {
    let used = tags.iter().filter(|(_, tag)| tag.uses() > 0);
    let mut ranked: Vec<(&str, &Tag)> = used.collect();
    // Of equals, the one seen first is meant.
    ranked.sort_by_key(|(_, tag)| (Reverse(tag.uses()), tag.order));
    let mut near = HashMap::default();
    for (likeness, pairs) in [
        (Likeness::Separators, joined(&ranked)),
        (Likeness::Plural, singular_and_plural(&ranked)),
        (Likeness::OneLetter, misspelt(&ranked)),
    ] {
        for (name, twin) in pairs {
            near.entry(name.into()).or_insert(Near { twin: twin.into(), likeness });
        }
    }
    near
}

/// Tags that are the same without their separators, with the commonest of them. The tags come by
/// their rank, the commonest first.
fn joined<'a>(ranked: &[(&'a str, &Tag)]) -> Vec<(&'a str, &'a str)> {
    let mut first: HashMap<String, &str> = HashMap::default();
    let worth = |name: &str| name.chars().count() >= SHORTEST && name.chars().any(char::is_alphabetic);
    let names = ranked.iter().map(|(name, _)| *name).filter(|name| worth(name));
    names
        .map(|name| (name, *first.entry(without_separators(name)).or_insert(name)))
        .filter(|(name, twin)| name != twin)
        .collect()
}

/// Tags of which one is the plural of the other, the rarer first.
fn singular_and_plural<'a>(ranked: &[(&'a str, &Tag)]) -> Vec<(&'a str, &'a str)> {
    let rank: HashMap<&'a str, usize> = ranked.iter().enumerate().map(|(i, (name, _))| (*name, i)).collect();
    let mut pairs = Vec::new();
    for (one, &(name, _)) in ranked.iter().enumerate() {
        let others = plurals(name).into_iter().filter_map(|plural| rank.get(plural.as_str()).copied());
        pairs.extend(others.map(|other| (ranked[one.max(other)].0, ranked[one.min(other)].0)));
    }
    pairs
}

/// Rare tags that are one letter from a common one.
fn misspelt<'a>(ranked: &[(&'a str, &Tag)]) -> Vec<(&'a str, &'a str)> {
    let worth = |name: &str| (SHORTEST_MISSPELT..=LONGEST).contains(&name.chars().count());
    // Two names one letter apart are the same, or have a shortened form in common.
    let forms = |name: &str| shortened(name).chain([name.to_owned()]).collect::<Vec<_>>();
    let mut meant: HashMap<String, (&'a str, u32)> = HashMap::default();
    for &(name, tag) in ranked.iter().filter(|(name, tag)| tag.uses() >= LEAST_MEANT && worth(name)) {
        for form in forms(name) {
            meant.entry(form).or_insert((name, tag.uses()));
        }
    }
    let rare = ranked.iter().filter(|(name, tag)| tag.uses() <= MOST_MISSPELT && worth(name));
    let pairs = rare.filter_map(|&(name, tag)| {
        let twins = forms(name).into_iter().filter_map(|form| meant.get(&form).copied());
        let mut twins = twins.filter(|(twin, uses)| *uses >= LEAST_MEANT * tag.uses() && is_misspelt(name, twin));
        twins.next().map(|(twin, _)| (name, twin))
    });
    pairs.collect()
}

/// The name without the hyphens and underscores between its letters. One between two digits stays:
/// `2019-20` is not `201920`.
fn without_separators(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let goes = |i: usize| {
        let (before, after) = (i.checked_sub(1).and_then(|i| chars.get(i)), chars.get(i + 1));
        let (Some(before), Some(after)) = (before, after) else { return false };
        let inside = before.is_alphanumeric() && after.is_alphanumeric();
        matches!(chars[i], '-' | '_') && inside && !(before.is_numeric() && after.is_numeric())
    };
    (0..chars.len()).filter(|&i| !goes(i)).map(|i| chars[i]).collect()
}

/// Whether one of two folded names is the plural of the other, as English makes it.
pub(crate) fn are_singular_and_plural(one: &str, other: &str) -> bool {
    [(one, other), (other, one)].into_iter().any(|(one, other)| plurals(one).iter().any(|plural| plural == other))
}

/// The plurals an English word may have.
fn plurals(name: &str) -> Vec<String> {
    let word = name.rsplit(['/', '-', '_']).next().unwrap_or(name);
    // `politics` and `news` are no plurals.
    let odd = word.ends_with(['s', 'u', 'i']) || word.ends_with("ic");
    let letters = word.bytes().all(|b| b.is_ascii_lowercase());
    if word.len() < SHORTEST || !letters || odd && !word.ends_with("ss") {
        return Vec::new();
    }
    let mut plurals = Vec::new();
    if !word.ends_with('s') {
        plurals.push(format!("{name}s"));
    }
    if ["s", "x", "z", "ch", "sh", "o"].iter().any(|end| word.ends_with(end)) {
        plurals.push(format!("{name}es"));
    }
    if let Some(stem) = name.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'i', 'o', 'u'])) {
        plurals.push(format!("{stem}ies"));
    }
    plurals
}

/// The name with one character left out, for each of its characters.
fn shortened(name: &str) -> impl Iterator<Item = String> {
    name.char_indices().map(|(at, c)| [&name[..at], &name[at + c.len_utf8()..]].concat())
}

/// Whether the two differ by one letter, not the first, in a segment that is long enough.
fn is_misspelt(name: &str, twin: &str) -> bool {
    let (mut differ, mut shortest) = (Vec::new(), 0);
    if name.split('/').count() != twin.split('/').count() {
        return false;
    }
    for (one, other) in name.split('/').zip(twin.split('/')).filter(|(one, other)| one != other) {
        shortest = one.chars().count().min(other.chars().count());
        differ.push((one, other));
    }
    let [(one, other)] = differ[..] else { return false };
    let letters = |text: &str| text.chars().filter(|c| !c.is_alphabetic()).collect::<String>();
    shortest + 1 >= SHORTEST_MISSPELT
        && one.chars().next() == other.chars().next()
        && letters(one) == letters(other)
        && strsim::osa_distance(one, other) == 1
}

#[cfg(test)]
mod tests {
    use super::super::Vault;
    use super::*;
    use crate::note::Note;

    fn near(text: &str) -> Vec<(String, String, Likeness)> {
        let mut vault = Vault::default();
        vault.add(&Note::parse("n.md", text));
        let mut near: Vec<_> =
            find(vault.tags()).into_iter().map(|(name, near)| (name.into(), near.twin.into(), near.likeness)).collect();
        near.sort();
        near
    }

    #[track_caller]
    fn assert_near(text: &str, name: &str, twin: &str, likeness: Likeness) {
        assert_eq!(near(text), [(name.to_owned(), twin.to_owned(), likeness)], "{text}");
    }

    #[test]
    fn separators_do_not_tell_tags_apart() {
        assert_near("#covid19 #covid-19 #covid-19", "covid19", "covid-19", Likeness::Separators);
        assert_near("#x/gene_editing #x/gene-editing", "x/gene-editing", "x/gene_editing", Likeness::Separators);
        for text in ["#v2019-20 #v201920", "#a-b #ab", "#note- #note", "#a/bcde #ab/cde"] {
            assert_eq!(near(text), [], "{text}");
        }
    }

    #[test]
    fn the_rarer_of_singular_and_plural_is_near() {
        assert_near("#treaty #treaties #treaties", "treaty", "treaties", Likeness::Plural);
        assert_near("#law/class #law/classes", "law/classes", "law/class", Likeness::Plural);
        for text in ["#new #news", "#politic #politics", "#viru #virus", "#glas #glass", "#day #daies", "#c1 #c1s"] {
            assert_eq!(near(text), [], "{text}");
        }
    }

    #[test]
    fn a_rare_tag_one_letter_from_a_common_one_is_near() {
        let common = "#biology ".repeat(5);
        for rare in ["bioloy", "biologgy", "bioolgy", "biolegy"] {
            assert_near(&format!("{common} #{rare}"), rare, "biology", Likeness::OneLetter);
        }
        for rare in ["zology", "xiology", "biology1", "bio/logy", "biol-ogy1", "geology"] {
            assert_eq!(near(&format!("{common} #{rare}")), [], "{rare}");
        }
    }

    #[test]
    fn numbers_and_short_names_are_alike_by_chance() {
        for [rare, common] in [["y2019", "y2020"], ["c1", "c2"], ["cat", "cut"], ["term-201", "term-202"]] {
            assert_eq!(near(&format!("{} #{rare}", format!("#{common} ").repeat(20))), [], "{rare} {common}");
        }
    }

    #[test]
    fn two_common_tags_are_two() {
        assert_eq!(near(&"#contact #contract ".repeat(9)), []);
    }
}
