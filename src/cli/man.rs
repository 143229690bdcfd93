//! `vaultmend man`: the manual, a page for the program and one for each command.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::Command;
use clap_mangen::Man as Page;

use super::{Outcome, output};
use crate::error::Error;

#[derive(Debug, clap::Args)]
pub(super) struct Man {
    /// Write a page for the program and one for every command into this folder
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

pub(super) fn run(options: &Man) -> Result<Outcome, Error> {
    // Once it is built, every command has the options that go with all of them, and its full name.
    let mut program = super::command().disable_help_subcommand(true);
    program.build();
    match &options.dir {
        Some(folder) => {
            let wrong = |e| Error::io(folder.display().to_string(), e);
            fs::create_dir_all(folder).map_err(wrong)?;
            write(&program, folder).map_err(wrong)?;
        }
        None => output::print(&page(&program).map_err(|e| Error::io("the manual page", e))?)?,
    }
    Ok(Outcome::Clean)
}

/// Writes the page of a command and those of the commands below it.
fn write(command: &Command, folder: &Path) -> io::Result<()> {
    let name = command.get_display_name().unwrap_or_else(|| command.get_name());
    fs::write(folder.join(format!("{name}.1")), page(command)?)?;
    command.get_subcommands().filter(|below| !below.is_hide_set()).try_for_each(|below| write(below, folder))
}

fn page(command: &Command) -> io::Result<String> {
    let name = command.get_display_name().unwrap_or_else(|| command.get_name());
    // A blank date: with none at all, its place would be taken by what follows it.
    let page = Page::new(command.clone()).title(name.to_uppercase()).date(" ");
    let page = page.source(concat!("vaultmend ", env!("CARGO_PKG_VERSION"))).manual("vaultmend");
    let mut roff = Vec::new();
    page.render(&mut roff)?;
    Ok(String::from_utf8_lossy(&roff).into_owned())
}
