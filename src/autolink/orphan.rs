//! Tags that a linker has left behind: each trace of them in the text is an accident.

use foldhash::HashSet;

use super::signature::{are_own, key};
use super::{Evidence, Trace, Writing};
use crate::language::Language;
use crate::note::Note;
use crate::note::frontmatter::Listed;

/// A tag of the frontmatter that the text does not mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Orphan {
    pub tag: Listed,
    /// The words it stands in.
    pub words: Vec<String>,
    /// Whether the note linked it before it was repaired, and little that is none of its tags: a linker that has its
    /// terms elsewhere links a tag of the author's by chance.
    pub sure: bool,
}

impl Orphan {
    /// Where the letters of the tag stand, in words.
    pub fn reason(&self) -> String {
        let some: Vec<String> = self.words.iter().take(3).map(|word| format!("`{word}`")).collect();
        let more = self.words.len() - some.len();
        let more = if more == 0 { String::new() } else { format!(" and {more} more") };
        format!("`{}` stands only inside {}{more}", self.tag.text, some.join(", "))
    }
}

/// The orphans among the tags of `note`. `was` is the same note before any repair, and `evidence` is
/// of that: the links that prove the linker may be gone by now.
///
/// Where the linker's terms are not known to be the tags, a tag must have been linked to be one.
pub fn orphans(note: &Note, was: &Note, evidence: &Evidence, language: impl FnOnce() -> Language) -> Vec<Orphan> {
    let own_tags = evidence.is_of_own_tags();
    if !own_tags && !evidence.is_of_the_note() && evidence.hard_damage == 0 {
        return Vec::new();
    }
    let targets = targets(was);
    let tags = was.listed_tags().iter().map(|tag| key(&tag.text)).collect();
    let are_own = are_own(&targets, &tags);
    // A linker's own words are read as English where nothing shows another language.
    let known = language();
    let language = if evidence.is_of_the_note() { known.or(Language::ENGLISH) } else { known };
    let writing = Writing::of(note);
    // An author nests tags, a loop over words does not.
    let tags = note.listed_tags().iter().filter(|tag| !tag.text.contains('/'));
    let orphans = tags.filter_map(|tag| {
        let linked = targets.contains(&key(&tag.text));
        if !own_tags && !linked {
            return None;
        }
        match writing.trace(&tag.text, language) {
            Trace::Accident(words) => Some(Orphan { tag: tag.clone(), words, sure: linked && are_own }),
            Trace::Meant | Trace::Nothing => None,
        }
    });
    orphans.collect()
}

/// What the links in the text of a note lead to, in the form tags are compared in.
fn targets(note: &Note) -> HashSet<String> {
    let links = note.links.iter().filter(|link| link.span.start() >= note.body() && !link.embed);
    links.filter_map(|link| note.name_of(link)).map(|name| key(&name)).collect()
}

/// The tags of the frontmatter that the links of the note lead to: `was` as in [`orphans`].
pub fn mirrored(note: &Note, was: &Note) -> Vec<Listed> {
    let targets = targets(was);
    note.listed_tags().iter().filter(|tag| targets.contains(&key(&tag.text))).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAMAGED: &str = "---\ntags: [Warsaw, War, flu, prison, Europe, mill, essay]\n---\n\
        In [[[[War]]saw]] the [[prison]]s of [[Europe]] had in[[flu]]ence, the [[mill]]ion in [[[[War]]saw]] none.\n";

    fn names(note: &str, was: &str) -> Vec<String> {
        let (note, was) = (Note::parse("n.md", note), Note::parse("n.md", was));
        let orphans =
            orphans(&note, &was, &Evidence::of(&was, &crate::survey::Survey::default()), || Language::ENGLISH);
        orphans.into_iter().map(|orphan| orphan.tag.text).collect()
    }

    #[test]
    fn orphans_are_the_same_before_and_after_the_links_are_repaired() {
        assert_eq!(names(DAMAGED, DAMAGED), ["War", "flu", "mill"]);
        let repaired = DAMAGED.replace("[[[[War]]saw]]", "Warsaw").replace("in[[flu]]ence", "influence");
        assert_eq!(names(&repaired, DAMAGED), ["War", "flu", "mill"]);
    }

    #[test]
    fn without_a_linker_nothing_is_an_orphan() {
        let clean = DAMAGED.replace(['[', ']'], "");
        assert_eq!(names(&clean, &clean), [""; 0]);
    }

    #[test]
    fn damage_alone_makes_orphans_of_linked_tags_only() {
        let text = "---\ntags: [flu, art]\n---\nThe in[[flu]]ence of an article.\n";
        assert_eq!(names(text, text), ["flu"]);
    }
}
