//! Where the links of a note stand, kept as far as something has asked.

use std::sync::atomic::{AtomicU8, Ordering};

use super::zones::{Place, ZoneKind};

/// A byte for each link, since all notes of a vault are held together: 0 until something asks.
#[derive(Debug, Default)]
pub(super) struct Places(Box<[AtomicU8]>);

/// Marks that a link is in a table; the bits below it tell the kind of its zone, counted from 1.
const IN_TABLE: u8 = 1 << 7;

impl Places {
    pub(super) fn of(links: usize) -> Places {
        Places((0..links).map(|_| AtomicU8::new(0)).collect())
    }

    /// The place of the link at `index`, which `read` finds out.
    pub(super) fn get(&self, index: usize, read: impl FnOnce() -> Place) -> Place {
        // Whoever reads it finds the same, so it does not matter who comes first.
        let kept = self.0[index].load(Ordering::Relaxed);
        if kept != 0 {
            let kind = ZoneKind::ALL[usize::from((kept & !IN_TABLE) - 1)];
            return Place { kind, in_table: kept & IN_TABLE != 0 };
        }
        let place = read();
        let kept = (place.kind as u8 + 1) | if place.in_table { IN_TABLE } else { 0 };
        self.0[index].store(kept, Ordering::Relaxed);
        place
    }
}

impl Clone for Places {
    fn clone(&self) -> Places {
        Places(self.0.iter().map(|kept| AtomicU8::new(kept.load(Ordering::Relaxed))).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_kept_as_it_was_read() {
        for (kind, in_table) in ZoneKind::ALL.into_iter().flat_map(|kind| [(kind, false), (kind, true)]) {
            let (places, place) = (Places::of(2), Place { kind, in_table });
            assert_eq!(places.get(1, || place), place);
            assert_eq!(places.clone().get(1, || panic!("it is kept")), place);
        }
    }
}
