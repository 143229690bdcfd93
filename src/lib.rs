//! `vaultmend` lints and repairs vaults of Markdown notes that over-eager auto-linkers and
//! auto-taggers have damaged.

pub mod language;
pub mod span;
