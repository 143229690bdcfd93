//! The vault once its notes have become others.

use super::parts::Parts;
use super::{Flavor, Vault, names};
use crate::note::Note;

impl Vault {
    /// Whether the vault would tell something else if the note `was` became what it is `now`. Its path must be the same.
    pub fn is_changed_by(&self, was: &Note, now: &Note) -> bool {
        let logseq = self.conventions.flavor == Flavor::Logseq;
        let unread = |index: u32| self.notes[index as usize].parts.is_none();
        let parts = || {
            let known = &self.notes[self.index_of(&now.path)? as usize];
            known.parts.as_deref().map(|parts| *parts != Parts::of(now))
        };
        tags(was) != tags(now)
            || names(was, logseq) != names(now, logseq)
            || self.linked.is_counted() && self.leads(was) != self.leads(now)
            || self.asked(now).into_iter().any(unread)
            || parts().unwrap_or(false)
    }

    /// The vault of the same files, whose notes are now `notes`, sorted by path. Those that it did not have stay out;
    /// the others rest afterwards.
    pub fn anew(self, notes: &mut Vec<Note>) -> Vault {
        let mut vault = Vault::new(self.conventions.clone());
        let is_own = |note: &Note| self.index_of(&note.path).is_some();
        let (mut own, others): (Vec<Note>, Vec<Note>) = std::mem::take(notes).into_iter().partition(is_own);
        vault.add_all(&mut own);
        self.files.iter().for_each(|path| vault.add_file(path));
        if self.linked.is_counted() {
            vault.link(&mut own);
        }
        *notes = own;
        if !others.is_empty() {
            notes.extend(others);
            notes.sort_by(|a, b| a.path.cmp(&b.path));
        }
        vault
    }
}

/// The tags of a note, those of its frontmatter apart.
fn tags(note: &Note) -> (Vec<&str>, Vec<&str>) {
    let listed = note.listed_tags().iter().map(|tag| tag.text.as_str());
    (listed.collect(), note.tags().iter().map(|tag| tag.name().of(&note.text)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vault(texts: &[(&str, &str)]) -> (Vault, Vec<Note>) {
        let mut notes: Vec<Note> = texts.iter().map(|(path, text)| Note::parse(*path, *text)).collect();
        let mut vault = Vault::default();
        vault.add_all(&mut notes);
        (vault, notes)
    }

    #[test]
    fn only_what_the_vault_tells_makes_another_one_of_it() {
        let text = "---\ntags: [a]\naliases: [b]\n---\n# Head\n#c and [[n#Head]], [[m]].\n";
        let (vault, notes) = vault(&[("m.md", "# Other\n"), ("n.md", text)]);
        let changes = |old: &str, new: &str| {
            let now = Note::parse("n.md", text.replacen(old, new, 1));
            assert_ne!(now.text, text, "{old}");
            vault.is_changed_by(&notes[1], &now)
        };
        for (old, new) in [("[a]", "[d]"), ("[b]", "[d]"), ("#c", "c"), ("Head", "Tail"), ("[[m]]", "[[m#Other]]")] {
            assert!(changes(old, new), "{old}");
        }
        for (old, new) in [("[a]", "a"), (" and", ", and"), ("[[m]]", "m")] {
            assert!(!changes(old, new), "{old}");
        }
    }

    #[test]
    fn a_vault_made_anew_has_its_files_and_no_note_that_it_had_not() {
        let (mut vault, mut notes) = vault(&[("a.md", "#a [[c]]\n"), ("c.md", "")]);
        vault.add_file("x.png");
        vault.link(&mut notes);
        notes[0] = Note::parse("a.md", "#b [[c]] [[c]]\n");
        notes.insert(1, Note::unreadable("b.md", "gone"));
        let vault = vault.anew(&mut notes);
        assert_eq!(vault.tags().iter().map(|(name, _)| name).collect::<Vec<_>>(), ["b"]);
        assert!(vault.knows("x.png") && !vault.knows("b"));
        assert_eq!(vault.linked("c.md"), Some((2, 0)));
        assert_eq!(notes.iter().map(|note| &*note.path).collect::<Vec<_>>(), ["a.md", "b.md", "c.md"]);
    }
}
