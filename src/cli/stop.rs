//! Stopping between two notes on Ctrl-C: what is being written is finished first.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use signal_hook::consts::TERM_SIGNALS;
use signal_hook::{flag, low_level};

use crate::error::Error;
use crate::report::count;

/// Whether the user wants the program to end, and what is left out for it.
#[derive(Debug, Default)]
pub(super) struct Stop {
    /// The number of the signal that said so, else 0.
    signal: Arc<AtomicUsize>,
    /// How many notes were not written since.
    left: AtomicUsize,
}

impl Stop {
    /// From now on the first signal to end is only put down, and a second one ends the program as the first would
    /// have. Where nothing is written, the first one does.
    pub(super) fn heed(writes: bool) -> Stop {
        if !writes {
            return Stop::default();
        }
        let (asked, signal) = (Arc::<AtomicBool>::default(), Arc::<AtomicUsize>::default());
        for &number in TERM_SIGNALS {
            // Where that cannot be, the program ends at once, as others do.
            let _ = flag::register_conditional_default(number, Arc::clone(&asked))
                .and_then(|_| flag::register(number, Arc::clone(&asked)))
                .and_then(|_| flag::register_usize(number, Arc::clone(&signal), number.unsigned_abs() as usize));
        }
        Stop { signal, left: AtomicUsize::default() }
    }

    /// Whether the note whose turn it is must be left out.
    pub(super) fn leaves_out(&self) -> bool {
        let asked = self.signal.load(Ordering::Relaxed) != 0;
        self.left.fetch_add(usize::from(asked), Ordering::Relaxed);
        asked
    }

    /// # Errors
    /// `Error::Stopped` if a note was left out.
    pub(super) fn to_the_end(&self) -> Result<(), Error> {
        match self.left.load(Ordering::Relaxed) {
            0 => Ok(()),
            left => {
                let signal = i32::try_from(self.signal.load(Ordering::Relaxed)).unwrap_or_default();
                Err(Error::Stopped { signal, left: count(left, "note") })
            }
        }
    }
}

/// Ends the program as the signal would have: a script that runs it sees that it was stopped, and stops too.
pub(super) fn end_by(signal: i32) {
    // Should it come back, the exit code is to tell.
    let _ = low_level::emulate_default_handler(signal);
}
