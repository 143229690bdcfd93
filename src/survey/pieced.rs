//! Words that several links are in: `[[info]]r[[mat]]ion`.

use std::ops::Range;

use super::Touching;
use crate::language::{self, Parts};
use crate::note::Note;

/// A word that several links are in, or a link beside one that is none of a word.
#[derive(Debug)]
pub struct Pieced {
    /// Its links, by their places among those that letters touch.
    pub links: Range<usize>,
    /// `None` where other links are beside these, nested ones say, for a part of a word is none; and where it is
    /// longer than a word: all is told of all its links, which takes the square of it.
    pub word: Option<Word>,
}

/// A word as it reads without brackets.
#[derive(Debug)]
pub struct Word {
    pub text: String,
    /// What its links show of it, in bytes, in order.
    shown: Vec<Range<usize>>,
}

impl Word {
    /// The word around each of its links in turn.
    pub fn parts(&self) -> impl Iterator<Item = Parts<'_>> {
        self.shown.iter().map(|link| Parts {
            before: &self.text[..link.start],
            link: &self.text[link.clone()],
            after: &self.text[link.end..],
        })
    }

    /// Whether each link shows one of its affixes, as one does who tells what it is made of: `[[tele]]phon[[ist]]`.
    pub fn is_glossed(&self) -> bool {
        self.parts().all(|parts| language::is_affix(&parts))
    }
}

/// The words that several links are in, and links beside others that letters do not touch, in order.
pub fn pieced(note: &Note, touching: &[Touching]) -> Vec<Pieced> {
    let mut found = Vec::new();
    let mut from = 0;
    while from < touching.len() {
        let span = |touching: &Touching| note.links[touching.link].span;
        let goes_on = |pair: &&[Touching]| span(&pair[1]).start() == pair[0].word.end();
        let to = from + 1 + touching[from..].windows(2).take_while(goes_on).count();
        let links = &touching[from..to];
        let (start, end) = (links[0].word.start(), links[links.len() - 1].word.end());
        let whole = !note.text[..start].ends_with("]]") && !note.text[end..].starts_with("[[");
        if links.len() > 1 || !whole {
            let word = || {
                let mut word = Word { text: String::new(), shown: Vec::new() };
                word.text.push_str(&note.text[start..span(&links[0]).start()]);
                for touching in links {
                    let at = word.text.len();
                    word.text.push_str(&note.shown_of(touching.link));
                    word.shown.push(at..word.text.len());
                    word.text.push_str(&note.text[span(touching).end()..touching.word.end()]);
                }
                word
            };
            let word = whole.then(word).filter(|word| word.text.chars().nth(Parts::LONGEST).is_none());
            found.push(Pieced { links: from..to, word });
        }
        from = to;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::touching;

    #[test]
    fn a_word_is_told_around_each_of_its_links() {
        let note = Note::parse("n.md", "in[[flu]]ent[[ial|ial]] a[[b]] [[[[c]]d]]e [[f]][[g]]h");
        let found = pieced(&note, &touching(&note));
        let parts = |pieced: &Pieced| {
            let word = pieced.word.as_ref()?;
            Some(word.parts().map(|parts| [parts.before, parts.link, parts.after].join("|")).collect::<Vec<_>>())
        };
        assert_eq!(found.len(), 1);
        assert_eq!(parts(&found[0]), Some(vec!["in|flu|ential".to_owned(), "influent|ial|".to_owned()]));
    }
}
