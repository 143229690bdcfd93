//! The tags of a note, in frontmatter and text alike.

use super::Cx;
use crate::diagnostic::{Applicability, Edit};
use crate::note::frontmatter::{Cutter, Listed};
use crate::note::{Note, Tag};
use crate::retag;
use crate::span::Span;
use crate::taxonomy::Ruling;
use crate::vault::Vault;

/// A tag where it stands.
pub(super) struct TagUse {
    /// In text with its `#`; in frontmatter without quotes.
    pub(super) span: Span,
    /// Without `#`, quotes and escapes.
    pub(super) name: String,
    place: Place,
}

enum Place {
    Frontmatter(Listed),
    Text(Tag),
}

impl TagUse {
    /// Whether it stands in the frontmatter.
    pub(super) fn is_listed(&self) -> bool {
        matches!(self.place, Place::Frontmatter(_))
    }

    /// The edit that gives it another name; `None` where its bytes are not told apart from others, and where links
    /// lead to the heading that it is a part of.
    pub(super) fn renamed(&self, note: &Note, vault: &Vault, name: &str) -> Option<Edit> {
        match &self.place {
            Place::Frontmatter(listed) => retag::listed(note, listed, name),
            Place::Text(_) if self.is_led_by(note, vault, name) => None,
            Place::Text(tag) => Some(Edit::replace(tag.name(), name)),
        }
    }

    /// Whether links lead to the heading that it stands in, by its name.
    pub(super) fn is_led_by(&self, note: &Note, vault: &Vault, name: &str) -> bool {
        matches!(self.place, Place::Text(tag) if vault.is_led_by(note, tag, name))
    }
}

/// All tags in the order they stand, those that YAML does not see too.
pub(super) fn tag_uses(note: &Note) -> Vec<TagUse> {
    let listed = note.listed_tags().iter();
    let listed =
        listed.map(|tag| TagUse { span: tag.span, name: tag.text.clone(), place: Place::Frontmatter(tag.clone()) });
    let inline = note.tags().iter().map(|tag| TagUse {
        span: tag.span,
        name: tag.name().of(&note.text).to_owned(),
        place: Place::Text(*tag),
    });
    listed.chain(inline).collect()
}

/// What the taxonomy says of each tag, where it says something. One that is to go is not to be made
/// another one first.
pub(super) fn ruled<'a>(cx: &Cx<'a>) -> Vec<(&'a TagUse, Ruling)> {
    let ruled = cx.tags().iter().map(|tag| (tag, cx.taxonomy.ruling(&tag.name, cx.vault.tags())));
    let ruled = ruled.filter(|(_, ruling)| *ruling != Ruling::Fine);
    ruled.filter(|(tag, _)| cx.orphans().binary_search_by_key(&tag.span, |orphan| orphan.tag.span).is_err()).collect()
}

/// Takes tags out of the frontmatter of a note. Whoever asks for many does so of one of these.
pub(super) struct Removal<'a> {
    text: &'a str,
    cutter: Option<Cutter<'a>>,
}

impl<'a> Removal<'a> {
    pub(super) fn from(note: &'a Note) -> Self {
        Removal {
            text: &note.text,
            cutter: note.frontmatter.as_ref().map(|frontmatter| frontmatter.cutter(&note.text)),
        }
    }

    /// The edits that take tags out, by their places, and the most that they may be: a comment that goes with a tag
    /// is lost. `None` where that cannot be done.
    pub(super) fn of(&self, tags: &[Span]) -> Option<(Vec<Edit>, Applicability)> {
        let cuts = self.cutter.as_ref()?.cut(tags)?;
        let marks = |span: Span| span.of(self.text).matches('#').count();
        let of_tags: usize = tags.iter().map(|tag| marks(*tag)).sum();
        let comment = cuts.iter().map(|cut| marks(*cut)).sum::<usize>() > of_tags;
        let most = if comment { Applicability::Unsafe } else { Applicability::Safe };
        Some((cuts.into_iter().map(Edit::delete).collect(), most))
    }
}
