//! What looks at notes. A check is one file here and one line in [`CHECKS`]; the rules that use it
//! are files in `rules/`.

mod alias_as_target;
mod ambiguous_link;
mod auto_linked_note;
mod auto_tag_dump;
mod bad_frontmatter;
mod broken;
mod common_target;
mod deprecated_key;
mod deprecated_tag_key;
mod derived_word;
mod duplicate_key;
mod duplicate_name;
mod duplicate_tag;
mod empty_link;
mod explain;
mod finding;
mod forbidden_tag;
mod hash_in_frontmatter;
mod inflected_word;
mod invalid_tag;
mod judge;
mod key_type;
mod led;
mod link_in_attribute;
mod link_in_code;
mod link_in_heading;
mod link_in_label;
mod link_in_tag;
mod link_in_url;
mod lost_space;
mod markdown_link_to_note;
mod misplaced_tag;
mod missing_block;
mod missing_embed;
mod missing_frontmatter_opening;
mod missing_heading;
mod missing_parent_tag;
mod missing_tag;
mod near_duplicate_tag;
mod nested_link;
mod numeric_tag;
mod original;
mod orphan;
mod orphaned_auto_tag;
mod path_in_prose;
pub(crate) mod pattern;
mod redundant_alias;
mod renamed_tag;
mod repeated_link;
mod required_key;
mod self_link;
mod single_use_tag;
mod spaced_link;
mod split_number;
mod split_phrase;
mod split_word;
mod suppression;
mod tag_case;
mod tag_case_conflict;
mod tag_in_prose;
mod tag_use;
mod tags_not_a_list;
mod too_many_tags;
mod touching;
mod unbalanced_link;
mod unescaped_pipe_in_table;
mod unknown_tag;
mod unlink;
mod unquoted_link;
mod unreadable;
mod unresolved_link;
mod unsorted_tags;
mod url_end;

use std::cell::OnceCell;

use foldhash::HashSet;
use serde::de::DeserializeOwned;

use crate::autolink::{self, Evidence, Orphan};
use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::language::{Action, Language, Repair};
use crate::note::{Note, ZoneKind};
use crate::span::Span;
use crate::survey::{Capitals, Survey};
use crate::taxonomy::Taxonomy;
use crate::vault::{Vault, fold};
pub use finding::Finding;
use led::Led;
use tag_use::TagUse;
use touching::Judged;

/// Looks at one note. The fields of a check are the parameters of its rules.
pub trait Check: Send + Sync {
    fn note(&self, cx: &mut Cx<'_>);

    /// Whether it asks the vault how often notes are linked to, which is then counted beforehand.
    fn counts_links(&self) -> bool {
        false
    }
}

/// Makes a check of a rule's parameters.
pub type Make = fn(toml::Table) -> Result<Box<dyn Check>, toml::de::Error>;

/// Every native check, by the name that rule files call it by.
pub const CHECKS: &[(&str, Make)] = &[
    ("alias-as-target", make::<alias_as_target::AliasAsTarget>),
    ("ambiguous-link", make::<ambiguous_link::AmbiguousLink>),
    ("auto-linked-note", make::<auto_linked_note::AutoLinkedNote>),
    ("auto-tag-dump", make::<auto_tag_dump::AutoTagDump>),
    ("bad-frontmatter", make::<bad_frontmatter::BadFrontmatter>),
    ("bad-suppression", make::<suppression::BadSuppression>),
    ("common-target", make::<common_target::CommonTarget>),
    ("deprecated-key", make::<deprecated_key::DeprecatedKey>),
    ("deprecated-tag-key", make::<deprecated_tag_key::DeprecatedTagKey>),
    ("derived-word", make::<derived_word::DerivedWord>),
    ("duplicate-key", make::<duplicate_key::DuplicateKey>),
    ("duplicate-name", make::<duplicate_name::DuplicateName>),
    ("duplicate-tag", make::<duplicate_tag::DuplicateTag>),
    ("empty-link", make::<empty_link::EmptyLink>),
    ("forbidden-tag", make::<forbidden_tag::ForbiddenTag>),
    ("hash-in-frontmatter", make::<hash_in_frontmatter::HashInFrontmatter>),
    ("inflected-word", make::<inflected_word::InflectedWord>),
    ("invalid-tag", make::<invalid_tag::InvalidTag>),
    ("key-type", make::<key_type::KeyType>),
    ("link-in-attribute", make::<link_in_attribute::LinkInAttribute>),
    ("link-in-code", make::<link_in_code::LinkInCode>),
    ("link-in-heading", make::<link_in_heading::LinkInHeading>),
    ("link-in-label", make::<link_in_label::LinkInLabel>),
    ("link-in-tag", make::<link_in_tag::LinkInTag>),
    ("link-in-url", make::<link_in_url::LinkInUrl>),
    ("lost-space", make::<lost_space::LostSpace>),
    ("markdown-link-to-note", make::<markdown_link_to_note::MarkdownLinkToNote>),
    ("misplaced-tag", make::<misplaced_tag::MisplacedTag>),
    ("missing-block", make::<missing_block::MissingBlock>),
    ("missing-embed", make::<missing_embed::MissingEmbed>),
    ("missing-frontmatter-opening", make::<missing_frontmatter_opening::MissingFrontmatterOpening>),
    ("missing-heading", make::<missing_heading::MissingHeading>),
    ("missing-parent-tag", make::<missing_parent_tag::MissingParentTag>),
    ("missing-tag", make::<missing_tag::MissingTag>),
    ("near-duplicate-tag", make::<near_duplicate_tag::NearDuplicateTag>),
    ("nested-link", make::<nested_link::NestedLink>),
    ("numeric-tag", make::<numeric_tag::NumericTag>),
    ("orphan", make::<orphan::Orphan>),
    ("orphaned-auto-tag", make::<orphaned_auto_tag::OrphanedAutoTag>),
    ("path-in-prose", make::<path_in_prose::PathInProse>),
    ("pattern", pattern::make),
    ("redundant-alias", make::<redundant_alias::RedundantAlias>),
    ("renamed-tag", make::<renamed_tag::RenamedTag>),
    ("repeated-link", make::<repeated_link::RepeatedLink>),
    ("required-key", make::<required_key::RequiredKey>),
    ("self-link", make::<self_link::SelfLink>),
    ("single-use-tag", make::<single_use_tag::SingleUseTag>),
    ("spaced-link", make::<spaced_link::SpacedLink>),
    ("split-number", make::<split_number::SplitNumber>),
    ("split-phrase", make::<split_phrase::SplitPhrase>),
    ("split-word", make::<split_word::SplitWord>),
    ("tag-case", make::<tag_case::TagCase>),
    ("tag-case-conflict", make::<tag_case_conflict::TagCaseConflict>),
    ("tag-in-prose", make::<tag_in_prose::TagInProse>),
    ("tags-not-a-list", make::<tags_not_a_list::TagsNotAList>),
    ("too-many-tags", make::<too_many_tags::TooManyTags>),
    ("unbalanced-link", make::<unbalanced_link::UnbalancedLink>),
    ("unescaped-pipe-in-table", make::<unescaped_pipe_in_table::UnescapedPipeInTable>),
    ("unknown-tag", make::<unknown_tag::UnknownTag>),
    ("unquoted-link", make::<unquoted_link::UnquotedLink>),
    ("unreadable", make::<unreadable::Unreadable>),
    ("unresolved-link", make::<unresolved_link::UnresolvedLink>),
    ("unused-suppression", make::<suppression::UnusedSuppression>),
    ("unsorted-tags", make::<unsorted_tags::UnsortedTags>),
];

fn make<C: Check + DeserializeOwned + 'static>(params: toml::Table) -> Result<Box<dyn Check>, toml::de::Error> {
    let check: C = params.try_into()?;
    Ok(Box::new(check))
}

/// One rule at one note: what it may look at, and where it reports.
pub struct Cx<'a> {
    pub note: &'a Note,
    pub vault: &'a Vault,
    pub survey: &'a Survey,
    pub taxonomy: &'a Taxonomy,
    reading: &'a Reading,
    /// The note as it was before any fix of this run, which may have taken the evidence away.
    was: (&'a Note, &'a Reading),
    says: Says<'a>,
    found: &'a mut Vec<Diagnostic>,
}

/// What a rule gives to each of its findings.
#[derive(Clone, Copy)]
pub(crate) struct Says<'a> {
    pub(crate) rule: &'a str,
    pub(crate) severity: Severity,
    /// The most any fix may be; `None`: there is none.
    pub(crate) most: Option<Applicability>,
}

/// What several checks want to know of one note, found out once.
#[derive(Default)]
pub(crate) struct Reading {
    /// What the note shows by itself.
    language: OnceCell<Language>,
    judged: OnceCell<Vec<Judged>>,
    evidence: OnceCell<Evidence>,
    tag_names: OnceCell<HashSet<String>>,
    linked_names: OnceCell<HashSet<String>>,
    shows_a_linker: OnceCell<bool>,
    has_damaged_words: OnceCell<bool>,
    has_lost_capitals: OnceCell<bool>,
    led: OnceCell<Vec<Led>>,
    tags: OnceCell<Vec<TagUse>>,
    orphans: OnceCell<Vec<Orphan>>,
}

impl Reading {
    /// What is still known of the same note when the vault shows something else.
    pub(crate) fn in_vault(self, note: &Note, survey: &Survey) -> Reading {
        let evidence = self.evidence.into_inner().map(|evidence| evidence.in_vault(note, survey));
        let evidence = evidence.map_or_else(OnceCell::new, OnceCell::from);
        Reading { language: self.language, evidence, ..Reading::default() }
    }

    /// What is still known when nothing but properties has changed: the language is that of the text.
    pub(crate) fn of_same_text(self) -> Reading {
        Reading { language: self.language, ..Reading::default() }
    }
}

impl<'a> Cx<'a> {
    /// For the engine. `was` is the note before any fix; each `Reading`
    /// must be of its note.
    pub(crate) fn new(
        (note, reading): (&'a Note, &'a Reading),
        was: (&'a Note, &'a Reading),
        (vault, survey, taxonomy): (&'a Vault, &'a Survey, &'a Taxonomy),
        says: Says<'a>,
        found: &'a mut Vec<Diagnostic>,
    ) -> Self {
        Cx { note, vault, survey, taxonomy, reading, was, says, found }
    }

    /// The links of the note that letters touch, judged.
    fn judged(&self) -> &'a [Judged] {
        self.reading.judged.get_or_init(|| {
            let known = (|| self.language(), || self.evidence(), || self.tag_names());
            judge::judge((self.note, self.vault, self.survey), known)
        })
    }

    /// The links of the note that can be followed, with what they lead to.
    fn led(&self) -> &'a [Led] {
        self.reading.led.get_or_init(|| led::read(self.note, self.vault, self.judged()))
    }

    /// The language of the note.
    fn language(&self) -> Language {
        self.survey.or_common(*self.reading.language.get_or_init(|| self.survey.own_language(self.note)))
    }

    /// What speaks for an auto-linker.
    fn evidence(&self) -> &'a Evidence {
        self.reading.evidence.get_or_init(|| Evidence::of(self.note, self.survey))
    }

    /// The tags of the note, folded.
    fn tag_names(&self) -> &'a HashSet<String> {
        self.reading.tag_names.get_or_init(|| touching::tag_names(self.note))
    }

    /// What the links in the text of the note show, folded.
    fn linked_names(&self) -> &'a HashSet<String> {
        self.reading.linked_names.get_or_init(|| {
            let outer = self.note.links.iter().filter(|link| link.parent.is_none());
            let in_text = outer.filter(|link| self.note.place(link).kind.is_text());
            in_text.map(|link| fold(link.shown().of(&self.note.text))).collect()
        })
    }

    /// Whether something else than nested links, and links in URLs and markup, speaks for a linker, in the note or in the
    /// vault.
    fn shows_a_linker(&self) -> bool {
        *self.reading.shows_a_linker.get_or_init(|| shows_a_linker(self.evidence(), || self.judged()))
    }

    /// Whether certain damage besides links in URLs and markup speaks for a linker in the note itself.
    fn has_damaged_words(&self) -> bool {
        *self.reading.has_damaged_words.get_or_init(|| {
            let nested = || self.note.links.iter().any(|link| autolink::is_nested(self.note, link));
            let unlinks = |judged: &Judged| judged.action == Action::Do(Repair::Unlink);
            self.evidence().is_of_the_note()
                || self.judged().iter().any(unlinks)
                || !self.vault.conventions().flavor.nests_links() && nested()
        })
    }

    /// Whether the linker is known to leave capitals as they were.
    fn tells_capitals(&self) -> bool {
        self.evidence().capitals_in(self.survey) == Capitals::Kept
    }

    /// Whether a linker has changed capitals in the note, or in others of the vault.
    fn has_lost_capitals(&self) -> bool {
        *self.reading.has_lost_capitals.get_or_init(|| {
            // What an alias shows is what stood there.
            let shows_its_own = |judged: &Judged| self.note.links[judged.touching.link].alias.is_none();
            let miscased = |judged: &Judged| judged.judgement.miscased && shows_its_own(judged);
            self.evidence().capitals_in(self.survey) == Capitals::Lost || self.judged().iter().any(miscased)
        })
    }

    /// What speaks for an auto-linker, with the note that it speaks in: before any fix, and as it is
    /// now. What the second shows alone, the next run would see.
    fn evidences(&self) -> Vec<(&'a Note, &'a Evidence)> {
        let (was, reading) = self.was;
        let first = reading.evidence.get_or_init(|| Evidence::of(was, self.survey));
        if was.text == self.note.text { vec![(was, first)] } else { vec![(was, first), (self.note, self.evidence())] }
    }

    /// The tags of the note that only accidents in its text speak for, in the order they stand.
    fn orphans(&self) -> &'a [Orphan] {
        self.reading.orphans.get_or_init(|| {
            if self.note.listed_tags().is_empty() {
                return Vec::new();
            }
            let all = self
                .evidences()
                .into_iter()
                .flat_map(|(was, evidence)| autolink::orphans(self.note, was, evidence, || self.language()));
            let mut all: Vec<Orphan> = all.collect();
            // What the folder requires was not put there by accident.
            all.retain(|orphan| !self.taxonomy.requires(&self.note.path, &orphan.tag.text));
            all.sort_by_key(|orphan| (orphan.tag.span, !orphan.sure));
            all.dedup_by_key(|orphan| orphan.tag.span);
            all
        })
    }

    /// The tags of the note, in the order they stand.
    fn tags(&self) -> &'a [TagUse] {
        self.reading.tags.get_or_init(|| tag_use::tag_uses(self.note))
    }

    /// Reports a finding. `message` is a fact in lower case without a full stop.
    pub fn report(&mut self, span: Span, message: impl Into<String>) -> Finding<'_> {
        self.found.push(Diagnostic {
            rule: self.says.rule.to_owned(),
            severity: self.says.severity,
            note: self.note.path.to_string(),
            span,
            message: message.into(),
            judged: None,
            labels: Vec::new(),
            evidence: Vec::new(),
            help: None,
            fix: None,
        });
        let most = self.says.most;
        let diagnostic = self.found.last_mut().expect("one was pushed just now");
        Finding { diagnostic, most }
    }
}

fn shows_a_linker<'a>(evidence: &Evidence, judged: impl FnOnce() -> &'a [Judged]) -> bool {
    let unlinks = |judged: &Judged| judged.action == Action::Do(Repair::Unlink);
    evidence.is_of_the_note() || evidence.accidents > 1 || judged().iter().any(unlinks)
}

/// The whole reasoning on the link at `offset`, a line each; `None` when there is no link there.
pub fn explain(note: &Note, vault: &Vault, survey: &Survey, offset: usize) -> Option<Vec<String>> {
    explain::explain(note, vault, survey, offset)
}

/// The most a fix may be where a link of this kind of place is concerned: text in frontmatter and
/// code has readers that are programs, so there a fix is only shown.
fn most_in(kind: ZoneKind) -> Applicability {
    if kind == ZoneKind::Frontmatter || !kind.shows_links() { Applicability::Display } else { Applicability::Safe }
}
