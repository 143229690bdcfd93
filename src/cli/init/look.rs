//! What a vault shows: the convention of its tags, its language, and what the rules find in it.

use std::collections::BTreeMap;
use std::path::Path;

use rayon::prelude::*;

use super::super::session::Session;
use super::folders::{self, LeftOut};
use super::{config, text};
use crate::diagnostic::Severity;
use crate::engine::Engine;
use crate::error::Error;
use crate::language::Language;
use crate::taxonomy::{CaseHabit, Place};
use crate::vault::walk::Files;
use crate::vault::{Flavor, recognised};

/// A rule finds a habit when it finds more than this, and more than one thing in so many notes.
const MOST_SLIPS: usize = 10;
const NOTES_TO_A_SLIP: usize = 20;
/// Of 100 notes that show their language so many may show another.
const OTHER_LANGUAGE: usize = 2;

/// What was seen of a vault.
pub(super) struct Seen {
    pub(super) notes: usize,
    pub(super) tags: usize,
    pub(super) flavor: Flavor,
    /// What in the root shows the flavor.
    pub(super) mark: Option<&'static str>,
    pub(super) left_out: Vec<LeftOut>,
    pub(super) case: Option<CaseHabit>,
    pub(super) place: Option<(Place, u32)>,
    /// How many notes are in English, where that is all of them.
    pub(super) english: Option<usize>,
    /// How many notes are in another language, where most are.
    pub(super) foreign: Option<usize>,
    /// By id, those that find something.
    pub(super) rules: Vec<Found>,
}

/// What one rule has found.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) id: String,
    pub(super) summary: String,
    pub(super) places: usize,
    /// Those of them that make a run fail.
    pub(super) failing: usize,
    is_damage: bool,
}

/// Looks at the vault at `root`, as if it had no configuration.
pub(super) fn at(root: &Path) -> Result<Seen, Error> {
    let files = Files::list(root);
    let mark = recognised(root);
    let mut seen = Seen {
        notes: 0,
        tags: 0,
        flavor: mark.map_or(Flavor::default(), |(_, flavor)| flavor),
        mark: mark.map(|(mark, _)| mark),
        left_out: folders::left_out(root, &files.notes),
        case: None,
        place: None,
        english: None,
        foreign: None,
        rules: Vec::new(),
    };
    let file = root.join(config::FILE);
    let session = Session::of_vault(root.to_owned(), super::read(&file, &text::of(&seen))?)?;
    let tags = session.vault.tags();
    seen.notes = session.chosen.len();
    seen.tags = tags.iter().filter(|(_, tag)| tag.uses() > 0).count();
    seen.case = CaseHabit::of(tags);
    seen.place = Place::habit(tags);
    languages(&session, &mut seen);
    drop(session);
    // Once more with what was learnt, which changes what is found.
    let session = Session::of_vault(root.to_owned(), super::read(&file, &text::of(&seen))?)?;
    seen.rules = found(&session);
    Ok(seen)
}

fn languages(session: &Session, seen: &mut Seen) {
    let languages: Vec<Language> =
        session.chosen.par_iter().map(|&i| session.survey.language_of(&session.notes[i])).collect();
    let english = languages.iter().filter(|language| **language == Language::ENGLISH).count();
    let foreign = languages.iter().filter(|language| !language.may_be_english()).count();
    let most = english * 2 > languages.len();
    seen.english = (most && foreign * 100 <= english * OTHER_LANGUAGE).then_some(english);
    seen.foreign = (foreign > english).then_some(foreign);
}

/// What each rule finds in the vault.
fn found(session: &Session) -> Vec<Found> {
    let engine = Engine::new(&session.rules, &session.vault, &session.survey)
        .ignoring(&session.config.ignore_in)
        .keeping_to(&session.config.tags.taxonomy);
    let count = |mut counts: BTreeMap<String, (usize, usize)>, &i: &usize| {
        for finding in engine.check(&session.notes[i]) {
            let (places, failing) = counts.entry(finding.rule).or_default();
            *places += 1;
            *failing += usize::from(finding.severity > Severity::Info);
        }
        counts
    };
    let sum = |mut all: BTreeMap<String, (usize, usize)>, part: BTreeMap<String, (usize, usize)>| {
        for (rule, (more, more_failing)) in part {
            let (places, failing) = all.entry(rule).or_default();
            *places += more;
            *failing += more_failing;
        }
        all
    };
    let counts = session.chosen.par_iter().fold(BTreeMap::new, count).reduce(BTreeMap::new, sum);
    let about_damage = |id: &str| session.rules.files().iter().any(|file| file.id == id && file.is_about_damage());
    let of_rule = |(id, (places, failing)): (String, (usize, usize))| {
        let summary = session.rules.get(&id)?.summary.clone();
        Some(Found { is_damage: about_damage(&id), id, summary, places, failing })
    };
    counts.into_iter().filter_map(of_rule).collect()
}

impl Seen {
    /// The rules that find a habit: they are switched off.
    pub(super) fn habits(&self) -> Vec<&Found> {
        self.rules.iter().filter(|rule| self.is_habit(rule)).collect()
    }

    /// The rules that find a few exceptions from a habit: they fail nothing.
    pub(super) fn slips(&self) -> Vec<&Found> {
        let is_slip = |rule: &&Found| !rule.is_damage && !self.is_habit(rule) && rule.failing > 0;
        self.rules.iter().filter(is_slip).collect()
    }

    /// The rules that find damage for sure, the commonest first.
    pub(super) fn damage(&self) -> Vec<&Found> {
        let mut damage: Vec<&Found> = self.rules.iter().filter(|rule| rule.is_damage && rule.failing > 0).collect();
        damage.sort_by(|a, b| b.failing.cmp(&a.failing).then_with(|| a.id.cmp(&b.id)));
        damage
    }

    fn is_habit(&self, rule: &Found) -> bool {
        !rule.is_damage && rule.places > MOST_SLIPS && rule.places * NOTES_TO_A_SLIP > self.notes
    }

    /// The lines of the configuration that were learnt, each with what speaks for it.
    pub(super) fn lines(&self) -> Vec<(String, String)> {
        let mut lines = Vec::new();
        if let Some(notes) = self.english {
            let notes = crate::report::count(notes, "note");
            lines.push((
                "language.lang = \"en\"".to_owned(),
                format!("{notes} in English, hardly any in another language"),
            ));
        }
        if let Some(CaseHabit { case, fitting, tags }) = self.case {
            let why = format!("{fitting} of {}", crate::report::count(tags, "tag"));
            lines.push((format!("tags.case = \"{}\"", case.name()), why));
        }
        if let Some((place, uses)) = self.place {
            lines.push((format!("tags.where = \"{}\"", place.name()), format!("all {uses} uses")));
        }
        lines
    }
}
