//! Runs the examples of rules, as they are written and in guises.

use super::Engine;
use crate::diagnostic::Applicability;
use crate::note::Note;
use crate::rule::{Example, Rule, Rules};
use crate::survey::{Given, Survey};
use crate::vault::{Conventions, Vault};

/// A way to put an example's text into a note, under which the rule must say the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guise {
    AsWritten,
    Crlf,
    AfterFrontmatter,
    WithBom,
    BeforeMoreText,
    InCodeFence,
}

impl Guise {
    pub const ALL: [Guise; 6] = [
        Guise::AsWritten,
        Guise::Crlf,
        Guise::AfterFrontmatter,
        Guise::WithBom,
        Guise::BeforeMoreText,
        Guise::InCodeFence,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Guise::AsWritten => "as written",
            Guise::Crlf => "with CRLF",
            Guise::AfterFrontmatter => "after frontmatter",
            Guise::WithBom => "with a byte order mark",
            Guise::BeforeMoreText => "before more text",
            Guise::InCodeFence => "in a code fence",
        }
    }

    /// The text in this guise; `None` when the text cannot wear it: frontmatter is frontmatter
    /// only at the very top, and a fence in a fence ends it.
    fn wear(self, text: &str) -> Option<String> {
        let top = text.starts_with("---") || text.starts_with('\u{feff}');
        let crlf = text.contains('\r');
        Some(match self {
            Guise::AsWritten => text.to_owned(),
            Guise::Crlf if !crlf => text.replace('\n', "\r\n"),
            Guise::AfterFrontmatter if !top => format!("---\nfiled: true\n---\n{text}"),
            Guise::WithBom if !text.starts_with('\u{feff}') => format!("\u{feff}{text}"),
            Guise::BeforeMoreText if text.ends_with('\n') => format!("{text}\nA last line, with nothing in it.\n"),
            Guise::InCodeFence if !top && text.ends_with('\n') && !text.contains("~~~~~") => {
                format!("~~~~~text\n{text}~~~~~\n")
            }
            _ => return None,
        })
    }
}

impl Example {
    /// Runs the example in one guise. `rule` must have the example's parameters. Returns what went
    /// wrong, in words; `Ok(false)` when the text cannot wear the guise.
    pub fn run(&self, rule: Rule, guise: Guise) -> Result<bool, String> {
        let Some(text) = guise.wear(&self.text) else { return Ok(false) };
        if guise == Guise::InCodeFence && rule.examples.get().iter().any(Example::is_about_code) {
            return Ok(false);
        }
        let note = Note::parse(self.path.as_str(), text.as_str());
        let mut vault = Vault::new(Conventions { flavor: self.flavor, ..Conventions::default() });
        let mut notes = vec![note.clone()];
        for (path, text) in &self.notes {
            if path.ends_with(".md") {
                notes.push(Note::parse(path.as_str(), text.as_str()));
            } else {
                vault.add_file(path);
            }
        }
        vault.add_all(&mut notes);
        vault.link(&mut notes);
        let given = Given { nests_links: self.flavor.nests_links(), ..Given::default() };
        let survey = Survey::of(&notes, given);
        let taxonomy = self.taxonomy().map_err(|e| e.to_string())?;
        let silent = guise == Guise::InCodeFence;
        let as_guise = |text: &str| if guise == Guise::Crlf { text.replace('\n', "\r\n") } else { text.to_owned() };
        let (id, promise) = (rule.id.clone(), (rule.fix, rule.keeps));
        let rules = Rules::of(vec![rule]);
        let engine = Engine::new(&rules, &vault, &survey).keeping_to(&taxonomy);

        let found: Vec<String> =
            engine.check(&note).iter().filter(|d| d.rule == id).map(|d| d.span.of(&note.text).to_owned()).collect();
        let wanted: Vec<String> = if silent { Vec::new() } else { self.finds.iter().map(|s| as_guise(s)).collect() };
        if found != wanted {
            return Err(format!("finds {found:?}, but should find {wanted:?}"));
        }
        let safely = self.fixed.as_deref().unwrap_or(&self.text);
        let unsafely = self.fixed_unsafely.as_deref().unwrap_or(safely);
        for (least, wanted) in [(Applicability::Safe, safely), (Applicability::Unsafe, unsafely)] {
            let wanted = if silent { text.clone() } else { guise.wear(wanted).unwrap_or_default() };
            let fixed = engine.fix(&note, least).map_err(|e| e.to_string())?;
            if fixed.note.text != wanted {
                let how = least.name();
                let refused = fixed.left.iter().flat_map(|d| d.evidence.clone()).collect::<Vec<_>>().join("; ");
                return Err(format!("{how} fixes make {:?}, but should make {wanted:?} ({refused})", fixed.note.text));
            }
        }
        if self.fixed.is_some() && promise.0 != Some(Applicability::Safe) {
            return Err("`fixed` needs a rule whose fixes may be safe".to_owned());
        }
        Ok(true)
    }

    /// Whether the findings of this example are in code, so that its rule speaks in a fence too.
    fn is_about_code(&self) -> bool {
        let note = Note::parse(self.path.as_str(), self.text.as_str());
        let in_code = |found: &String| {
            note.text.find(found.as_str()).and_then(|at| note.zone_at(at)).is_some_and(|zone| zone.kind.is_code())
        };
        self.text.contains('\0') || self.finds.iter().any(in_code)
    }
}
