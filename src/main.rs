//! The program; all it does is in the library.

use std::process::ExitCode;

/// Of the allocators that were tried the quickest: `docs/performance.md` tells by how much.
#[cfg(target_os = "linux")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    vaultmend::cli::run()
}
