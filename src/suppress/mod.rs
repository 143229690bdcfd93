//! Findings that the author of a note has answered: comments and a key of the frontmatter leave them out.
//!
//! A finding that is left out is neither reported nor repaired.

mod meant;
mod write;

pub use write::suppressed;

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::ops::Range;

use globset::{Glob, GlobMatcher};
use memchr::memchr2_iter;

use crate::error::suggest;
use crate::note::{Note, ZoneKind};
use crate::span::{LineIndex, Span};
use meant::Meant;

/// What every suppression begins with.
const MARK: &str = "vaultmend-ignore";
/// What is meant for one, whatever follows and in whatever capitals.
const PREFIX: &str = "vaultmend-";
/// The key of the frontmatter.
const KEY: &str = "vaultmend";

/// The suppressions of one note.
#[derive(Debug, Default)]
pub struct Suppressions {
    entries: Vec<Entry>,
    bad: Vec<Bad>,
    /// By the ids of the rules that were asked about.
    meant: RefCell<HashMap<String, Meant>>,
}

/// One rule, or a pattern of rules, and where it is to be silent.
#[derive(Debug)]
pub struct Entry {
    /// As written: an id, `pack/*` or `*`.
    pub rule: String,
    /// The comment, or the entry of the frontmatter, that it stands in.
    pub span: Span,
    /// Of the start of a block, the comment that ends it.
    pub end: Option<Span>,
    /// Why, if that is said.
    pub reason: Option<String>,
    glob: GlobMatcher,
    /// The lines of the first bytes of the findings that it answers, from 1, the last included.
    lines: (usize, usize),
}

/// What looks like a suppression, and is none.
#[derive(Debug)]
pub struct Bad {
    pub span: Span,
    /// In lower case.
    pub why: String,
    pub help: Option<String>,
}

impl Suppressions {
    /// Reads the suppressions of a note; a note without the word `vaultmend` costs a search.
    pub fn of(note: &Note) -> Suppressions {
        let mut found = Suppressions::default();
        // A letter is found in less time than a word, and few words have this one.
        let text = note.text.as_bytes();
        let at = memchr2_iter(b'v', b'V', text).find(|&at| begins(&text[at..], KEY));
        let Some(at) = at.filter(|_| note.unreadable.is_none()) else { return found };
        found.read_frontmatter(note);
        if memchr2_iter(b'v', b'V', &text[at..]).any(|more| begins(&text[at + more..], PREFIX)) {
            found.read_comments(note);
        }
        found
    }

    /// Whether a finding of a rule at this line, from 1, is answered. Asking counts as use.
    pub fn answer(&self, rule: &str, line: usize) -> bool {
        self.asked(rule, |meant| meant.answer(line))
    }

    /// The same for a finding about the suppression at `own`, which does not answer for itself. It counts as no use.
    pub fn answer_but(&self, own: Span, rule: &str, line: usize) -> bool {
        self.asked(rule, |meant| meant.reaches(line, Some(own)))
    }

    fn asked<T>(&self, rule: &str, ask: impl FnOnce(&mut Meant) -> T) -> T {
        let mut known = self.meant.borrow_mut();
        let meant = || Meant::of(self.entries.iter().filter(|entry| entry.means(rule)));
        ask(known.entry(rule.to_owned()).or_insert_with(meant))
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.bad.is_empty()
    }

    /// All of them, in the order they stand.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Whether one of them has answered something so far.
    pub fn is_used(&self, entry: &Entry) -> bool {
        self.meant.borrow().iter().any(|(rule, meant)| meant.has_answered_in(entry.lines) && entry.means(rule))
    }

    pub fn bad(&self) -> &[Bad] {
        &self.bad
    }

    /// `vaultmend: {ignore: [RULE, …]}`.
    fn read_frontmatter(&mut self, note: &Note) {
        let Some(frontmatter) = &note.frontmatter else { return };
        let Some(entry) = frontmatter.entry(KEY) else { return };
        let span = entry.span.with_end(entry.span.start() + entry.span.of(&note.text).trim_end().len());
        let read = |yaml: Span| serde_yaml::from_str::<serde_yaml::Value>(yaml.of(&note.text));
        // What stands beside the entry may be no YAML, or have numbers that are too large for the parser.
        let Ok(yaml) = read(frontmatter.yaml).or_else(|_| read(span)) else {
            // What an author wants left alone is not to be repaired.
            self.add("*", span, None, (1, usize::MAX));
            return self.refuse(span, "YAML cannot read it, so it leaves out everything");
        };
        let ignore = yaml.get(KEY).and_then(|own| own.get("ignore"));
        let names: Option<Vec<&str>> = match ignore {
            Some(serde_yaml::Value::String(one)) => Some(vec![one]),
            Some(serde_yaml::Value::Sequence(names)) => names.iter().map(serde_yaml::Value::as_str).collect(),
            _ => None,
        };
        match names {
            Some(names) => {
                names.into_iter().for_each(|name| self.add(name, span, None, (1, usize::MAX)));
            }
            None => self.refuse(span, "`vaultmend` in the frontmatter is of the form `{ignore: [RULE, …]}`"),
        }
    }

    fn read_comments(&mut self, note: &Note) {
        let index = LineIndex::new(&note.text);
        let next = OnceCell::new();
        // Opened blocks: their entries, by index, and their comments.
        let mut open: Vec<(Range<usize>, Span)> = Vec::new();
        for comment in comments(note) {
            let inside = inside(comment.of(&note.text));
            if !begins(inside.as_bytes(), PREFIX) {
                continue;
            }
            let (first, last) = (index.position(comment.start()).line, index.position(comment.end() - 1).line);
            let word = inside.find(|c: char| c.is_whitespace() || c == ':').unwrap_or(inside.len());
            let (word, rest) = inside.split_at(word);
            let from = self.entries.len();
            match word.strip_prefix(MARK) {
                Some("-end") => match open.pop() {
                    Some((entries, _)) => self.entries[entries].iter_mut().for_each(|entry| {
                        entry.lines.1 = first;
                        entry.end = Some(comment);
                    }),
                    None => self.refuse(comment, "it ends no block"),
                },
                Some("-start") => {
                    self.add_all(rest, comment, (last, usize::MAX));
                    open.push((from..self.entries.len(), comment));
                }
                Some("") => {
                    let lines = if is_alone(note, &index, comment) {
                        (last, next.get_or_init(|| next_lines(note, &index))[last])
                    } else {
                        (first, last)
                    };
                    self.add_all(rest, comment, lines);
                }
                _ => {
                    let known = ["", "-start", "-end"].map(|form| format!("{MARK}{form}"));
                    let help = suggest(&word.to_ascii_lowercase(), known.iter().map(String::as_str));
                    let why = format!("there is no `{word}`");
                    self.bad.push(Bad { span: comment, why, help: Some(help) });
                }
            }
        }
        // It answers all that follows: what an author wants left alone is not to be repaired.
        for (_, comment) in open {
            self.refuse(comment, &format!("no `{MARK}-end` follows"));
        }
    }

    /// Reads `RULES: reason`.
    fn add_all(&mut self, rest: &str, span: Span, lines: (usize, usize)) {
        let (rules, reason) = match rest.split_once(':') {
            Some((rules, reason)) => (rules, Some(reason.trim()).filter(|reason| !reason.is_empty())),
            None => (rest, None),
        };
        let mut names = rules.split([',', ' ', '\t', '\r', '\n']).filter(|name| !name.is_empty()).peekable();
        if names.peek().is_none() {
            self.refuse(span, "it names no rule; `*` stands for all");
        }
        names.for_each(|name| self.add(name, span, reason, lines));
    }

    fn add(&mut self, rule: &str, span: Span, reason: Option<&str>, lines: (usize, usize)) {
        match Glob::new(rule) {
            Ok(glob) => self.entries.push(Entry {
                rule: rule.to_owned(),
                span,
                end: None,
                reason: reason.map(str::to_owned),
                glob: glob.compile_matcher(),
                lines,
            }),
            Err(_) => self.refuse(span, &format!("`{rule}` is no rule and no pattern of rules")),
        }
    }

    fn refuse(&mut self, span: Span, why: &str) {
        self.bad.push(Bad { span, why: why.to_owned(), help: None });
    }
}

impl Entry {
    /// Whether the rule of this id is among those meant.
    pub fn means(&self, rule: &str) -> bool {
        self.glob.is_match(rule)
    }
}

/// Whether a text begins with a word, in whatever capitals.
fn begins(text: &[u8], word: &str) -> bool {
    text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes()))
}

/// The comments of a note, of both forms, in order.
fn comments(note: &Note) -> Vec<Span> {
    let mut found = Vec::new();
    for zone in note.zones().iter().filter(|zone| zone.kind.is_comment()) {
        // Comments side by side are one zone.
        let (text, [open, close]) = match zone.kind {
            ZoneKind::HtmlComment => (zone.span.of(&note.text), ["<!--", "-->"]),
            _ => (zone.span.of(&note.text), ["%%", "%%"]),
        };
        let mut at = 0;
        while let Some(start) = text[at..].find(open).map(|i| at + i) {
            let inside = start + open.len();
            let Some(end) = text[inside..].find(close).map(|i| inside + i + close.len()) else { break };
            found.push(Span::new(start, end).shift(zone.span.start()));
            at = end;
        }
    }
    found
}

fn inside(comment: &str) -> &str {
    let html = comment.strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->"));
    html.or(comment.strip_prefix("%%").and_then(|rest| rest.strip_suffix("%%"))).unwrap_or_default().trim()
}

/// Whether a comment has its lines for itself, but for what marks quotes and items.
fn is_alone(note: &Note, index: &LineIndex<'_>, comment: Span) -> bool {
    let start = index.line(index.position(comment.start()).line).start();
    let end = index.line(index.position(comment.end()).line).end();
    is_bare(&note.text[start..comment.start()]) && is_bare(&note.text[comment.end()..end.max(comment.end())])
}

fn is_bare(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || c.is_ascii_digit() || ">-*+.)|\u{feff}".contains(c))
}

/// For each line, by its number, the next one with something in it that is no suppression itself; where there is
/// none, the line itself.
fn next_lines(note: &Note, index: &LineIndex<'_>) -> Vec<usize> {
    let lines = note.text.as_bytes().iter().filter(|byte| **byte == b'\n').count() + 1;
    let passed_over = |line: usize| {
        let text = index.line(line).of(&note.text);
        is_bare(text) || inside(text.trim_matches(|c: char| c.is_whitespace() || ">-*+".contains(c))).starts_with(MARK)
    };
    let mut next: Vec<usize> = (0..=lines).collect();
    let mut found = None;
    for line in (1..=lines).rev() {
        next[line] = found.unwrap_or(line);
        found = if passed_over(line) { found } else { Some(line) };
    }
    next
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines from 1 to 9 at which a finding of `a/b` is answered.
    fn answered(text: &str) -> Vec<usize> {
        let suppressions = Suppressions::of(&Note::parse("n.md", text));
        (1..10).filter(|&line| suppressions.answer("a/b", line)).collect()
    }

    fn bad(text: &str) -> Vec<String> {
        Suppressions::of(&Note::parse("n.md", text)).bad.into_iter().map(|bad| bad.why).collect()
    }

    #[test]
    fn a_comment_alone_is_about_the_next_line() {
        assert_eq!(answered("%% vaultmend-ignore a/b %%\nx\ny\n"), [1, 2]);
        assert_eq!(answered("<!-- vaultmend-ignore c/d, a/*: so it is -->\r\n\r\nx\r\n"), [1, 2, 3]);
        assert_eq!(answered("- %% vaultmend-ignore c/d %%\n- %% vaultmend-ignore a/b %%\n- x\n- y\n"), [2, 3]);
        assert_eq!(answered("> %% vaultmend-ignore a/b %%\n> x\n"), [1, 2]);
        assert_eq!(answered("%%\nvaultmend-ignore a/b: why\n%%\nx\ny\n"), [3, 4]);
    }

    #[test]
    fn a_comment_beside_text_is_about_its_line() {
        assert_eq!(answered("x\ny %% vaultmend-ignore a/b %%\nz\n"), [2]);
        assert_eq!(answered("| x | y <!-- vaultmend-ignore * --> |\n|---|---|\n| z | z |\n"), [1]);
    }

    #[test]
    fn a_block_goes_to_its_end_and_blocks_nest() {
        let text = "a\n%% vaultmend-ignore-start a/b %%\nb\n\n<!-- vaultmend-ignore-end -->\nc\n";
        assert_eq!(answered(text), [2, 3, 4, 5]);
        assert_eq!(
            answered(
                "%% vaultmend-ignore-start c/d %%\n%% vaultmend-ignore-start a/b %%\nx\n%% vaultmend-ignore-end %%\ny\n%% vaultmend-ignore-end %%\n"
            ),
            [2, 3, 4]
        );
        let open = "%% vaultmend-ignore-start a/b %%\nb\n\nc\n";
        assert_eq!(answered(open).len(), 9, "what is to be left alone is");
        assert_eq!(bad(open), ["no `vaultmend-ignore-end` follows"]);
    }

    #[test]
    fn the_frontmatter_is_about_the_whole_note() {
        assert_eq!(answered("---\nvaultmend: {ignore: [c/d, a/b]}\n---\nx\n").len(), 9);
        assert_eq!(answered("---\nvaultmend:\n  ignore: a/*\n---\nx\n").len(), 9);
        assert_eq!(bad("---\nvaultmend: a/b\n---\nx\n").len(), 1);
    }

    #[test]
    fn the_entry_of_the_frontmatter_is_read_whatever_stands_beside_it() {
        for beside in ["id: 20261128171234123456", "up: [[A]], [[B]]"] {
            for entry in ["vaultmend: {ignore: [a/b]}", "vaultmend:\n  ignore:\n  - a/b"] {
                let text = format!("---\n{beside}\n{entry}\n---\nx\n");
                assert_eq!((answered(&text).len(), bad(&text).len()), (9, 0), "{text}");
                assert!(!Suppressions::of(&Note::parse("n.md", text)).answer("c/d", 1));
            }
        }
        let text = "---\nvaultmend: {ignore: [c/d\n---\nx\n";
        assert_eq!((answered(text).len(), bad(text).len()), (9, 1), "what cannot be read leaves all alone");
    }

    #[test]
    fn code_and_words_suppress_nothing() {
        for text in [
            "`%% vaultmend-ignore a/b %%`\nx\n",
            "```\n%% vaultmend-ignore a/b %%\nx\n```\n",
            "vaultmend-ignore a/b\nx\n",
            "%% see vaultmend-ignore a/b %%\nx\n",
            "%% vaultmend is great: vaultmend-ignroe %%\nx\n",
            "%% Vaultmend %%\nvaultmend-ignroe\n",
        ] {
            assert_eq!(answered(text), [0; 0], "{text}");
            assert_eq!(bad(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_form_that_is_not_there_is_told_with_the_one_that_may_be_meant() {
        for (word, near) in [
            ("vaultmend-ignroe", "did you mean `vaultmend-ignore`?"),
            ("vaultmend-ignored", "did you mean `vaultmend-ignore`?"),
            ("Vaultmend-ignore", "did you mean `vaultmend-ignore`?"),
            ("VAULTMEND-IGNORE-END", "did you mean `vaultmend-ignore-end`?"),
            ("vaultmend-ignore-strat", "did you mean `vaultmend-ignore-start`?"),
            ("vaultmend-off", "one of: vaultmend-ignore, vaultmend-ignore-start, vaultmend-ignore-end"),
        ] {
            for text in [format!("%% {word} a/b: why %%\nx\n"), format!("<!--{word}-->\nx\n")] {
                let found = Suppressions::of(&Note::parse("n.md", text.as_str()));
                let told: Vec<_> = found.bad.iter().map(|bad| (bad.why.as_str(), bad.help.as_deref())).collect();
                assert_eq!(told, [(format!("there is no `{word}`").as_str(), Some(near))], "{text}");
                assert!(found.entries.is_empty());
            }
        }
    }

    #[test]
    fn what_is_malformed_is_told() {
        assert_eq!(bad("%% vaultmend-ignore %%\nx\n"), ["it names no rule; `*` stands for all"]);
        assert_eq!(bad("%% vaultmend-ignore-end %%\n"), ["it ends no block"]);
        assert_eq!(bad("%% vaultmend-ignore-next a/b %%\n"), ["there is no `vaultmend-ignore-next`"]);
        assert_eq!(bad("%% vaultmend-ignore a[ %%\n"), ["`a[` is no rule and no pattern of rules"]);
    }
}
