//! `vaultmend tags`: the tags of a vault.

mod learn;
mod list;
mod rename;
mod tree;

use super::args::{Global, Paths, Tags, TagsCommand};
use super::session::Session;
use super::{Outcome, output};
use crate::error::Error;
use crate::note::is_tag_char;
use crate::vault::tags::{Tag, Tags as VaultTags};

pub(super) fn run(options: &Tags, global: &Global) -> Result<Outcome, Error> {
    if options.paths.iter().any(|path| path.as_os_str() == "-") {
        return Err(Error::usage("`tags` looks at vaults, not at standard input"));
    }
    let paths = Paths { paths: options.paths.clone(), ..Paths::default() };
    let mut session = Session::open(&paths, global)?;
    session.say_unread();
    match &options.command {
        None => list::run(&session, options.format),
        Some(TagsCommand::Tree) => tree::run(&session),
        Some(TagsCommand::Learn(options)) => learn::run(&session, options, global),
        Some(TagsCommand::Rename(options)) => rename::run(&mut session, options),
    }
}

/// The tags that are used, with the spelling that most notes have.
fn used(tags: &VaultTags) -> impl Iterator<Item = (String, &str, &Tag)> {
    tags.iter().filter(|(_, tag)| tag.uses() > 0).map(|(name, tag)| (tags.spelling(name), name, tag))
}

/// What keeps a name from being a tag to Obsidian.
fn what_is_wrong(tag: &str) -> Option<&'static str> {
    if tag.contains(|c| !is_tag_char(c)) || tag.split('/').any(str::is_empty) {
        Some("no tag to Obsidian")
    } else if tag.chars().all(char::is_numeric) {
        Some("only digits")
    } else {
        None
    }
}

/// Said when there is nothing to show.
fn none(session: &Session) {
    let notes = crate::report::count(session.read, "note");
    output::say(&format!("vaultmend: there is no tag in the {notes} of this vault"));
}
