//! The program; all it does is in the library.

use std::process::ExitCode;

/// Of the allocators that were tried the quickest: the C library's takes a third longer to check a vault.
#[cfg(target_os = "linux")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    vaultmend::cli::run()
}
