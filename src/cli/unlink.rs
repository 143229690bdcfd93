//! `vaultmend unlink TARGET…`: takes every wikilink to a target out of the notes; the text stays.

use miette::Diagnostic;
use rayon::prelude::*;

use super::args::{Fix, Global, Paths, Reporting, Unlink};
use super::changed::Change;
use super::known::Against;
use super::session::Session;
use super::{Outcome, fix, links, output};
use crate::diagnostic::Severity;
use crate::engine::Engine;
use crate::error::Error;
use crate::report::visible;
use crate::rule::{Rule, Rules};

pub(super) fn run(options: &Unlink, global: &Global) -> Result<Outcome, Error> {
    let reporting = Reporting::for_people();
    let paths = Paths { paths: options.paths.clone(), ..Paths::default() };
    let (change, against) = (Change::default(), Against::NONE);
    let fix = Fix { paths, change, diff: options.diff, unsafely: false, against, reporting };
    fix::run_with(&fix, global, |session| {
        for target in &options.targets {
            match links::apart(session, target) {
                Ok(apart) if !apart.is_empty() => {
                    let left = format!("left alone: {apart} to `{target}` (`vaultmend links to` names them)");
                    output::say(&visible(&left));
                }
                _ if is_linked(session, target)? => {}
                Ok(_) => links::say_nothing_leads_to(session, target, &options.paths),
                // Of a name that several files have, what else leads there is not known.
                Err(error) => {
                    let help = Diagnostic::help(&error).map_or_else(String::new, |help| format!("; {help}"));
                    output::say(&visible(&format!("vaultmend: {error}{help}")));
                }
            }
        }
        session.say_unread();
        session.rules = Rules::of(vec![rule(&options.targets, options.keep_first)?]);
        Ok(())
    })
}

/// The rule that takes out the links to these targets, and to no others.
fn rule(targets: &[String], keep_first: bool) -> Result<Rule, Error> {
    let files = Rules::builtin_files()?;
    let file = files.iter().find(|file| file.id == "links/common-target").expect("the rule is built in");
    let mut params = file.params().clone();
    for (key, value) in &mut params {
        match value {
            toml::Value::Boolean(on) => *on = key == "keep-first" && keep_first,
            toml::Value::Integer(number) => *number = 0,
            toml::Value::Array(names) if key == "targets" => {
                names.extend(targets.iter().cloned().map(toml::Value::String));
            }
            _ => {}
        }
    }
    file.rule(params, Some(Severity::Warning)).map_err(Error::usage)
}

/// Whether a link of the chosen notes leads to a target.
fn is_linked(session: &Session, target: &String) -> Result<bool, Error> {
    let rules = Rules::of(vec![rule(std::slice::from_ref(target), false)?]);
    let engine = Engine::new(&rules, &session.vault, &session.survey);
    let links = |&index: &usize| {
        let (found, suppressed) = engine.check_counting(&session.notes[index]);
        !found.is_empty() || suppressed > 0
    };
    Ok(session.chosen.par_iter().any(links))
}
