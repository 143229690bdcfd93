//! `vaultmend unlink TARGET…`: takes every link to a target out of the vault; the text stays.

use super::args::{Fix, Global, Paths, Reporting, Unlink};
use super::{Outcome, fix};
use crate::error::Error;
use crate::rule::Rules;

pub(super) fn run(options: &Unlink, global: &Global) -> Result<Outcome, Error> {
    let files = Rules::builtin_files()?;
    let file = files.iter().find(|file| file.id == "links/common-target").expect("the rule is built in");
    let mut params = file.params().clone();
    for (key, value) in &mut params {
        match value {
            toml::Value::Boolean(on) => *on = key == "keep-first" && options.keep_first,
            toml::Value::Integer(number) => *number = 0,
            toml::Value::Array(names) if key == "targets" => {
                names.extend(options.targets.iter().cloned().map(toml::Value::String));
            }
            _ => {}
        }
    }
    let rule = file.rule(params, Some(crate::diagnostic::Severity::Warning)).map_err(Error::usage)?;
    let reporting = Reporting::for_people();
    let paths = Paths { paths: options.paths.clone(), ..Paths::default() };
    let fix = Fix { paths, diff: options.diff, unsafely: false, reporting };
    fix::run_with(&fix, global, Some(Rules::of(vec![rule])))
}
