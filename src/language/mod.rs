//! What it means that letters touch a link.
//!
//! A link inside a word (`in[[flu]]ence`) and a link that has only taken an ending (`[[jail]]s`)
//! look alike; what tells them apart is the word they make. [`Parts`] are the letters, [`Facts`]
//! what the vault knows of words, [`judge`] reaches the [`Judgement`], and [`action`] says what may
//! be done about it without asking. Nothing here reads a file or a note.

mod action;
mod affix;
mod dictionary;
mod english;
mod foreign;
mod lang;
mod lexicon;
mod parts;
mod script;
mod touch;
mod verdict;

pub use action::{Action, Grounds, Repair, action};
pub use affix::{is_affix, is_mere_affix, may_have_grown};
pub use dictionary::{Dictionary, Unreadable};
pub use lang::{Family, Language};
pub use lexicon::{Lexicon, Strength};
pub use parts::{Parts, fold, fold_into, is_naturally_cased};
pub use script::{Row, Scripts, is_apostrophe, is_mark, is_wordy, row};
pub use verdict::{
    Confidence, Facts, Judgement, Known, Sides, Verdict, is_amid, is_plural, judge, may_be_ending, words_before,
};
