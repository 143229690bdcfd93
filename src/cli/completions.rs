//! `vaultmend completions`: what a shell needs to complete commands and options.

use clap_complete::Shell;

use super::{Outcome, output};
use crate::error::Error;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Where the script goes:
  bash        vaultmend completions bash > ~/.local/share/bash-completion/completions/vaultmend
  zsh         vaultmend completions zsh > _vaultmend, in a folder of $fpath
  fish        vaultmend completions fish > ~/.config/fish/completions/vaultmend.fish
  elvish      vaultmend completions elvish >> ~/.config/elvish/rc.elv
  powershell  vaultmend completions powershell >> $PROFILE")]
pub(super) struct Completions {
    /// The shell it is for
    #[arg(value_name = "SHELL", value_enum)]
    shell: Shell,
}

pub(super) fn run(options: &Completions) -> Result<Outcome, Error> {
    let mut script = Vec::new();
    clap_complete::generate(options.shell, &mut super::command(), "vaultmend", &mut script);
    output::print(&String::from_utf8_lossy(&script))?;
    Ok(Outcome::Clean)
}
