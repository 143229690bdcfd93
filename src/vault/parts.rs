//! The parts of a note that links can lead to, kept small: a few bytes a heading.

use memchr::memmem;

use crate::note::{Note, anchor};

/// The headings and blocks of one note.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Parts {
    /// A line for each anchor, in the order of the headings: the anchor, a tab, the level.
    headings: Box<str>,
    /// A line for each block id, in small letters.
    blocks: Box<str>,
}

impl Parts {
    pub(super) fn of(note: &Note) -> Parts {
        let mut headings = String::new();
        for heading in note.headings() {
            for anchor in note.anchors(heading) {
                headings.extend(["\n", &anchor, "\t"]);
                headings.push(char::from(b'0' + heading.level));
            }
        }
        let mut blocks = String::new();
        for id in note.block_ids() {
            blocks.extend(["\n", &id.of(&note.text).to_ascii_lowercase()]);
        }
        if !blocks.is_empty() {
            blocks.push('\n');
        }
        Parts { headings: headings.into(), blocks: blocks.into() }
    }

    /// Whether the note has the block `id`, without regard to case.
    pub(super) fn has_block(&self, id: &str) -> bool {
        let line = format!("\n{}\n", id.to_ascii_lowercase());
        memmem::find(self.blocks.as_bytes(), line.as_bytes()).is_some()
    }

    /// Whether the note has the headings that `fragment` names, parted by `#`: each below the one
    /// before, and deeper than it.
    pub(super) fn has_heading(&self, fragment: &str) -> bool {
        let (mut at, mut level) = (0, b'0');
        for name in fragment.split('#') {
            let line = format!("\n{}\t", anchor(name));
            loop {
                let Some(found) = memmem::find(&self.headings.as_bytes()[at..], line.as_bytes()) else { return false };
                at += found + line.len();
                let own = self.headings.as_bytes()[at];
                if own > level {
                    level = own;
                    break;
                }
            }
        }
        true
    }

    /// The anchors of the headings.
    pub(super) fn anchors(&self) -> impl Iterator<Item = &str> {
        self.headings.lines().filter_map(|line| line.split_once('\t')).map(|(anchor, _)| anchor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_found_in_their_order() {
        let parts = Parts::of(&Note::parse("n.md", "# A\n## B: c\n# D\n## E\nx ^Id-1\n"));
        for there in ["a", "B c", "A#b: c", "D#E", "d#e", "A#E"] {
            assert!(parts.has_heading(there), "{there}");
        }
        for missing in ["c", "B: c#A", "E#D", "A#A", "B"] {
            assert!(!parts.has_heading(missing), "{missing}");
        }
        assert!(parts.has_block("id-1") && !parts.has_block("id"));
    }
}
