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
    /// Whether the next signal ends the program as it would without us.
    ends: Arc<AtomicBool>,
    /// The number of the signal that was put down, else 0.
    signal: Arc<AtomicUsize>,
    /// How many notes were not written since.
    left: AtomicUsize,
}

impl Stop {
    /// From now on the first signal to end is only put down, and a second one ends the program as the first would
    /// have. Where nothing is written, the first one does.
    pub(super) fn heed(writes: bool) -> Stop {
        let stop = Stop::default();
        if !writes {
            return stop;
        }
        let ignored = ignored();
        for number in signals().filter(|number| ignored >> (number - 1) & 1 == 0) {
            // Where that cannot be, the program ends at once, as others do.
            let _ = flag::register_conditional_default(number, Arc::clone(&stop.ends))
                .and_then(|_| flag::register(number, Arc::clone(&stop.ends)))
                .and_then(|_| flag::register_usize(number, Arc::clone(&stop.signal), number.unsigned_abs() as usize));
        }
        stop
    }

    /// Whether the note whose turn it is must be left out.
    pub(super) fn leaves_out(&self) -> bool {
        let asked = self.signal.load(Ordering::SeqCst) != 0;
        self.left.fetch_add(usize::from(asked), Ordering::Relaxed);
        asked
    }

    /// All that may be written is: from now on a signal ends the program at once.
    ///
    /// # Errors
    /// `Error::Stopped` if there was one before.
    pub(super) fn end(self) -> Result<(), Error> {
        // What comes after this line ends the program, what came before is seen below.
        self.ends.store(true, Ordering::SeqCst);
        let signal = i32::try_from(self.signal.load(Ordering::SeqCst)).unwrap_or_default();
        let left = self.left.into_inner();
        match signal {
            0 => Ok(()),
            _ if left == 0 => Err(Error::Stopped { signal, left: "nothing".to_owned(), help: None }),
            _ => {
                let help = "those are as they were; run it again for the rest".to_owned();
                Err(Error::Stopped { signal, left: count(left, "note"), help: Some(help) })
            }
        }
    }
}

/// The signals that ask a program to end. A terminal that is closed sends one of its own; elsewhere than on Linux
/// nothing tells whether `nohup` has had it ignored.
fn signals() -> impl Iterator<Item = i32> {
    #[cfg(target_os = "linux")]
    let closed = Some(signal_hook::consts::SIGHUP);
    #[cfg(not(target_os = "linux"))]
    let closed = None;
    TERM_SIGNALS.iter().copied().chain(closed)
}

/// The signals that were to be ignored when the program was started, as bits from the first: `nohup` and shells that
/// put a program into the background want that, and it stays so.
fn ignored() -> u64 {
    #[cfg(target_os = "linux")]
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    #[cfg(not(target_os = "linux"))]
    let status = String::new();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or_default()
}

/// Ends the program as the signal would have: a script that runs it sees that it was stopped, and stops too.
pub(super) fn end_by(signal: i32) {
    // Should it come back, the exit code is to tell.
    let _ = low_level::emulate_default_handler(signal);
}
