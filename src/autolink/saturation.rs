//! Targets that are linked wherever they are written.

use foldhash::{HashMap, HashMapExt};

use crate::language;
use crate::note::{Link, Note};

/// A target that is mentioned less often tells nothing.
const MENTIONS: u32 = 3;
/// Of 100 mentions, at least so many are linked.
const SHARE: u32 = 90;
/// People do link one thing everywhere; nobody does so with so many.
const TARGETS: usize = 4;
/// Targets that are looked for; more do not change the answer.
const MOST: usize = 64;

/// How the commonest targets of a note are linked, taken together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Saturation {
    pub linked: u32,
    pub mentions: u32,
    pub targets: usize,
}

impl Saturation {
    /// `None` when the note is not linked as only a program links: at least four targets of one
    /// word that are mentioned three times and more, and nine in ten of their mentions linked.
    pub fn of(note: &Note) -> Option<Saturation> {
        let word = |link: &&Link| {
            let shown = link.shown().of(&note.text);
            !link.embed && !shown.is_empty() && shown.chars().all(language::is_wordy)
        };
        let words: Vec<&Link> = note.links.iter().filter(word).collect();
        if words.len() < TARGETS * MENTIONS as usize {
            return None;
        }
        let mut linked: HashMap<&str, u32> = HashMap::new();
        for link in words.into_iter().filter(|link| note.place(link).kind.is_text()) {
            *linked.entry(link.shown().of(&note.text)).or_default() += 1;
        }
        linked.retain(|_, count| *count >= MENTIONS);
        if linked.len() < TARGETS {
            return None;
        }
        let mut common: Vec<(&str, u32)> = linked.into_iter().collect();
        common.sort_unstable_by_key(|&(word, count)| (std::cmp::Reverse(count), word));
        common.truncate(MOST);
        let mut plain: HashMap<&str, u32> = common.iter().map(|&(word, _)| (word, 0)).collect();
        crate::survey::each_word(note, |word| {
            if let Some(count) = plain.get_mut(word) {
                *count += 1;
            }
        });
        let all = common.iter().map(|&(word, linked)| (linked, linked + plain[word]));
        let saturated: Vec<(u32, u32)> = all.filter(|(linked, mentions)| linked * 100 >= mentions * SHARE).collect();
        // Four of twenty may be chance; a linker saturates what it links.
        let enough = saturated.len() >= TARGETS && saturated.len() * 100 >= common.len() * 80;
        let (linked, mentions) = saturated.iter().fold((0, 0), |(l, m), (linked, all)| (l + linked, m + all));
        enough.then_some(Saturation { linked, mentions, targets: saturated.len() })
    }
}
