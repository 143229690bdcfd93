//! Takes out the findings that suppressions answer, and reports the suppressions that are wrong.

use std::collections::HashSet;

use super::Engine;
use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix, Severity};
use crate::note::Note;
use crate::rule::{Rule, Rules};
use crate::span::{LineIndex, Span};
use crate::suppress::{Entry, Suppressions};

/// The suppressions of a note, and how many findings they have answered.
pub(super) struct Answers<'a> {
    note: &'a Note,
    suppressions: Suppressions,
    /// Of the note's lines, where it has suppressions.
    index: Option<LineIndex<'a>>,
    pub(super) given: usize,
}

impl<'a> Answers<'a> {
    pub(super) fn of(note: &'a Note) -> Self {
        let suppressions = Suppressions::of(note);
        let index = (!suppressions.is_empty()).then(|| LineIndex::new(&note.text));
        Answers { note, suppressions, index, given: 0 }
    }

    /// Takes out the findings that are answered.
    pub(super) fn take_out(&mut self, found: &mut Vec<Diagnostic>) {
        let suppressions = &self.suppressions;
        self.given += retain(found, self.index.as_ref(), |finding, line| suppressions.answer(&finding.rule, line));
    }

    /// The same for findings about the suppressions themselves: none answers for itself.
    fn take_out_own(&mut self, wrong: &mut Vec<Diagnostic>) {
        let suppressions = &self.suppressions;
        self.given += retain(wrong, self.index.as_ref(), |finding, line| {
            suppressions.answer_but(finding.span, &finding.rule, line)
        });
    }
}

/// Takes out the findings that are `answered` at their line. Returns how many those are.
fn retain(
    found: &mut Vec<Diagnostic>,
    index: Option<&LineIndex<'_>>,
    answered: impl Fn(&Diagnostic, usize) -> bool,
) -> usize {
    let (Some(index), all) = (index, found.len()) else { return 0 };
    found.retain(|finding| !answered(finding, index.position(finding.span.start()).line));
    all - found.len()
}

impl Engine<'_> {
    /// What is wrong with the suppressions of a note, when all rules have been asked.
    pub(super) fn wrong(&self, answers: &mut Answers<'_>) -> Vec<Diagnostic> {
        let mut wrong = Vec::new();
        let (note, suppressions) = (answers.note, &answers.suppressions);
        if suppressions.is_empty() {
            return wrong;
        }
        let on = |id: &str| self.rules.get(id).filter(|rule| rule.severity.is_some() && !self.is_ignored(note, id));
        if let Some(rule) = on("note/bad-suppression") {
            wrong.extend(
                suppressions
                    .bad()
                    .iter()
                    .map(|bad| Diagnostic { help: bad.help.clone(), ..finding(rule, note, bad.span, bad.why.clone()) }),
            );
            wrong.extend(suppressions.entries().iter().filter_map(|entry| self.refused(rule, note, entry)));
        }
        if let Some(rule) = on("note/unused-suppression") {
            // What names no rule is told above.
            let (used, unused): (Vec<_>, Vec<_>) =
                suppressions.entries().iter().partition(|entry| suppressions.is_used(entry));
            let used: HashSet<Span> = used.into_iter().map(|entry| entry.span).collect();
            wrong.extend(unused.into_iter().filter(|entry| self.knows(entry)).map(|entry| {
                let fix = taken_out(note, entry).filter(|_| rule.fix.is_some() && !used.contains(&entry.span));
                Diagnostic { fix, ..finding(rule, note, entry.span, self.nothing_of(entry)) }
            }));
        }
        answers.take_out_own(&mut wrong);
        wrong
    }

    /// Whether there is a rule that is meant, on or off.
    fn knows(&self, entry: &Entry) -> bool {
        Rules::builtin_ids().any(|id| entry.means(&id)) || self.rules.iter().any(|rule| entry.means(&rule.id))
    }

    fn nothing_of(&self, entry: &Entry) -> String {
        let on = self.rules.on().any(|rule| entry.means(&rule.id));
        format!("`{}` {} here", entry.rule, if on { "finds nothing" } else { "is off" })
    }

    fn refused(&self, rule: &Rule, note: &Note, entry: &Entry) -> Option<Diagnostic> {
        if !self.knows(entry) {
            let wrong = finding(rule, note, entry.span, format!("there is no rule `{}`", entry.rule));
            let near = Rules::builtin_ids().min_by_key(|id| strsim::osa_distance(id, &entry.rule));
            let near = near.filter(|id| strsim::osa_distance(id, &entry.rule) <= entry.rule.chars().count() / 3);
            return Some(Diagnostic { help: near.map(|id| format!("did you mean `{id}`?")), ..wrong });
        }
        let wanted = rule.params.get("reason").and_then(toml::Value::as_bool) == Some(true);
        // A key of the frontmatter has no place for one; a comment of YAML may say it.
        (wanted && entry.reason.is_none() && entry.span.start() >= note.body()).then(|| {
            let wrong = finding(rule, note, entry.span, format!("no reason is given to leave out `{}`", entry.rule));
            Diagnostic { help: Some("say why after a colon: `vaultmend-ignore RULE: reason`".to_owned()), ..wrong }
        })
    }
}

fn finding(rule: &Rule, note: &Note, span: Span, message: String) -> Diagnostic {
    Diagnostic {
        rule: rule.id.clone(),
        severity: rule.severity.unwrap_or(Severity::Info),
        note: note.path.to_string(),
        span,
        message,
        judged: None,
        labels: Vec::new(),
        evidence: Vec::new(),
        help: None,
        fix: None,
    }
}

/// Takes out a comment that answers nothing at all, with the one that ends its block. The frontmatter is the
/// author's.
fn taken_out(note: &Note, entry: &Entry) -> Option<Fix> {
    let text = &note.text;
    let mark = entry.span.of(text).trim_start_matches(|c: char| c.is_whitespace() || "<!-%".contains(c));
    let is_open = mark.starts_with("vaultmend-ignore-") && entry.end.is_none();
    if entry.span.start() < note.body() || is_open {
        return None;
    }
    let title = if entry.end.is_some() { "take both comments out" } else { "take the comment out" };
    let comments = [Some(entry.span), entry.end].into_iter().flatten();
    Some(Fix::new(
        title,
        Applicability::Unsafe,
        comments.map(|comment| Edit::delete(with_line(note, comment))).collect(),
    ))
}

/// A comment with its line when nothing else stands there, else with the blanks before it.
fn with_line(note: &Note, comment: Span) -> Span {
    let text = &note.text;
    let line = text[..comment.start()].rfind('\n').map_or(note.body(), |at| at + 1);
    let before = &text[line..comment.start()];
    let after = &text[comment.end()..];
    let ends = after.len() - after.trim_start_matches([' ', '\t', '\r']).len();
    let alone = before.trim_matches([' ', '\t', '\u{feff}']).is_empty() && after[ends..].starts_with('\n');
    if alone {
        Span::new(comment.start(), comment.end() + ends + 1)
    } else {
        Span::new(line + before.trim_end_matches([' ', '\t']).len(), comment.end())
    }
}
