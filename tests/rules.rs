//! Every example of every built-in rule, in every guise, as a test of its own; and what every rule
//! file must have.

use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};
use vaultmend::engine::Guise;
use vaultmend::rule::{RuleFile, Rules};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let files = Rules::builtin_files().unwrap_or_else(|error| panic!("{:?}", miette::Report::new(error)));
    let mut trials = Vec::new();
    for file in &files {
        let own = file.clone();
        trials.push(Trial::test(format!("{}: conventions", file.id), move || conventions(&own)));
        for index in 0..file.examples().len() {
            for guise in Guise::ALL {
                let (file, name) = (file.clone(), &file.examples()[index].name);
                trials.push(Trial::test(format!("{}: {name}, {}", file.id, guise.name()), move || {
                    let example = &file.examples()[index];
                    file.rule_for(example).and_then(|rule| example.run(rule, guise)).map(drop).map_err(Failed::from)
                }));
            }
        }
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// A rule shows at least six findings and six silences, but that of unreadable notes, of which there are few kinds, one;
/// its docs name each parameter, and its summary reads like a message.
fn conventions(file: &RuleFile) -> Result<(), Failed> {
    let rule = file.rule(file.params().clone(), None)?;
    let finding = file.examples().iter().filter(|example| !example.finds.is_empty()).count();
    let silent = file.examples().len() - finding;
    let least = if file.id == "note/unreadable" { 1 } else { 6 };
    let mut wrong = Vec::new();
    if finding < least || silent < least {
        wrong.push(format!("{finding} examples find and {silent} are silent: {least} each are wanted"));
    }
    let summary = &rule.summary;
    if summary.ends_with('.') || summary.starts_with(|c: char| c.is_uppercase() && !summary.starts_with("HTML")) {
        wrong.push(format!("the summary is to be in lower case without a full stop: {summary}"));
    }
    for key in rule.params.keys() {
        if !rule.docs.contains(&format!("`{key}`")) {
            wrong.push(format!("the docs do not name the parameter `{key}`"));
        }
    }
    for heading in ["## What it finds", "## Why it is bad"] {
        if !rule.docs.contains(heading) {
            wrong.push(format!("the docs have no section \"{heading}\""));
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("; ").into()) }
}
