//! A note as it was before a repair has taken links out of other links.
//!
//! A loop that puts blanks around its links does so inside of other links, too: `[[ [[War]] saw]]`. When
//! the inner one is gone its blanks are still there, and so what the loop has made can still be told.

use foldhash::HashSet;

use super::linker::Form;
use super::signature;
use crate::language::{self, Lexicon};
use crate::note::{Link, Note};

/// The note with those links in their places again.
pub(super) struct Renested {
    pub(super) note: Note,
    /// Where they begin in it, in order.
    put_back: Vec<usize>,
    /// How many of the links that they are in show a word without its blanks: nobody writes `[[in flu ence]]`.
    pub(super) words: usize,
}

impl Renested {
    /// `None` where nothing is missing.
    pub(super) fn of(note: &Note) -> Option<Renested> {
        let target = |link: &Link| link.target.of(&note.text);
        let made = || note.links.iter().enumerate().filter(|(_, link)| Form::Spaced.is_of(link));
        // All that such a loop has made has blanks on both sides, and few notes of other hands have that.
        if made().any(|(_, link)| Form::Spaced.span(note, link).is_none()) {
            return None;
        }
        let may_lack = |(index, link): &(usize, &Link)| target(link).contains(' ') && !note.holds_links(*index);
        let mut lack = made().filter(may_lack).map(|(_, link)| link).peekable();
        lack.peek()?;
        let tags: HashSet<String> = note.listed_tags().iter().map(|tag| letters(&tag.text)).collect();
        let targets: HashSet<&str> = made().map(|(_, link)| target(link)).collect();
        let is_word = |name: &str| Lexicon::english().word(&language::fold(&name.replace(' ', "")));
        let mut put_back = Vec::new();
        let mut words = 0;
        let mut text = String::new();
        let mut done = 0;
        for link in lack {
            let name = target(link);
            let word = is_word(name);
            // A name of several words has blanks of its own.
            if !word && name.trim_matches(' ') == name && !tags.contains(&letters(name)) {
                continue;
            }
            let before = put_back.len();
            let mut pieces = name.split(' ').peekable();
            text.push_str(&note.text[done..link.target.start()]);
            text.push_str(pieces.next().unwrap_or_default());
            while let Some(piece) = pieces.next() {
                text.push(' ');
                // What parts a word was a link, though it may have stood nowhere else.
                if pieces.peek().is_some() && (targets.contains(piece) || word && !piece.is_empty()) {
                    put_back.push(text.len());
                    text.extend(["[[", piece, "]]"]);
                } else {
                    text.push_str(piece);
                }
            }
            words += usize::from(word && put_back.len() > before);
            done = link.target.end();
        }
        text.push_str(&note.text[done..]);
        (!put_back.is_empty()).then(|| Renested { note: note.with_text(text), put_back, words })
    }

    /// The links of the note as it stands now that are `links` of this one, by index.
    pub(super) fn left_of(&self, links: &HashSet<usize>) -> HashSet<usize> {
        let is_left = |&index: &usize| self.put_back.binary_search(&self.note.links[index].span.start()).is_err();
        (0..self.note.links.len())
            .filter(is_left)
            .enumerate()
            .filter(|(_, was)| links.contains(was))
            .map(|(now, _)| now)
            .collect()
    }
}

/// A name without its blanks, or what stands for them in a tag.
fn letters(name: &str) -> String {
    signature::key(name).replace(' ', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_that_has_left_its_blanks_is_put_back() {
        let text = "---\ntags: [influence]\n---\n [[War]]  in  [[ War saw]]  had  [[in flu ence]] ,  [[flu]] ,  [[The War Room]] .\n";
        let note = Note::parse("n.md", text);
        let renested = Renested::of(&note).expect("two links are missing");
        assert_eq!(
            renested.note.text,
            text.replace("[[ War saw]]", "[[ [[War]] saw]]").replace("[[in flu ence]]", "[[in [[flu]] ence]]")
        );
        let all = (0..renested.note.links.len()).filter(|i| *i != 1).collect();
        let left = renested.left_of(&all);
        assert_eq!(left, [0, 2, 3, 4].into_iter().collect(), "the second one is no other's");
        assert!(Renested::of(&renested.note).is_none());
    }
}
