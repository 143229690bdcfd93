//! `vaultmend test`: runs the examples in rule files.

use super::args::{Global, Test};
use super::{Outcome, configuration, output};
use crate::engine::Guise;
use crate::error::Error;
use crate::report;
use crate::rule::Rules;

pub(super) fn run(options: &Test, global: &Global) -> Result<Outcome, Error> {
    if !global.set.is_empty() || global.config.is_some() {
        return Err(Error::usage("examples hold for a rule as its file has it, whatever a configuration says")
            .help("leave `--set` and `--config` out: an example may have `params` of its own"));
    }
    let files = match &options.folder {
        Some(folder) => configuration::folder(folder)?,
        None => Rules::builtin_files()?,
    };
    let (mut passed, mut failed) = (0, 0);
    for file in &files {
        for example in file.examples() {
            for guise in Guise::ALL {
                match file.rule_for(example).and_then(|rule| example.run(rule, guise)) {
                    Ok(ran) => passed += usize::from(ran),
                    Err(why) => {
                        failed += 1;
                        let (id, name) = (report::visible(&file.id), report::visible(&example.name));
                        let (guise, why) = (guise.name(), report::visible(&why));
                        output::print(&format!("FAILED {id}: {name}, {guise}: {why}\n"))?;
                    }
                }
            }
        }
    }
    let rules = report::count(files.len(), "rule");
    output::print(&format!("{rules}: {passed} examples passed, {failed} failed\n"))?;
    if passed + failed == 0 {
        let help = match files.is_empty() {
            true => "rule files end in `.toml`",
            false => "an example is a table `[[example]]` in the file of its rule, with a `name` and a `text`",
        };
        return Err(Error::usage("nothing was tested: there is no example here").help(help));
    }
    Ok(if failed > 0 { Outcome::Found } else { Outcome::Clean })
}
