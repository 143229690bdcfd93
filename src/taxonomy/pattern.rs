//! A name of tags in a taxonomy, perhaps of many.

use globset::{GlobBuilder, GlobMatcher};

use crate::retag::Renaming;
use crate::vault::fold_tag;

/// A tag, or with `*` a kind of tags: `project/*` are all tags below `project`, at any depth, and not
/// `project` itself; elsewhere `*` stands for characters of one segment.
#[derive(Debug)]
pub(super) struct Pattern {
    pub(super) text: String,
    folded: String,
    glob: Option<GlobMatcher>,
}

impl Pattern {
    /// # Errors
    /// What is wrong with it, in words.
    pub(super) fn read(text: &str) -> Result<Pattern, String> {
        let text = super::bare(text).to_owned();
        if text.is_empty() {
            return Err("a tag has a name".to_owned());
        }
        let folded = fold_tag(&text);
        let glob = folded.contains('*').then(|| glob(&folded)).transpose()?;
        Ok(Pattern { text, folded, glob })
    }

    /// The same for a tag, or a kind of tags, that notes are to have: of names that are none it can mean no note's.
    pub(super) fn of_tags(text: &str) -> Result<Pattern, String> {
        let pattern = Pattern::read(text)?;
        if pattern.text.split('/').any(str::is_empty) {
            return Err(format!("`{}` has an empty part", pattern.text));
        }
        // A `*` stands for what may be in a tag.
        Renaming::new("?", &pattern.text.replace('*', "x"))?;
        Ok(pattern)
    }

    /// Whether it is the name of one tag.
    pub(super) fn is_name(&self) -> bool {
        self.glob.is_none()
    }

    pub(super) fn folded(&self) -> &str {
        &self.folded
    }

    /// Whether it means the tag of this folded name.
    pub(super) fn matches(&self, folded: &str) -> bool {
        self.glob.as_ref().map_or_else(|| self.folded == folded, |glob| glob.is_match(folded))
    }

    /// What stands before `/*`, when that is the only `*`.
    pub(super) fn parent(&self) -> Option<&str> {
        self.text.strip_suffix("/*").filter(|parent| !parent.contains('*'))
    }
}

fn glob(folded: &str) -> Result<GlobMatcher, String> {
    let below = folded.strip_suffix("/*").map(|parent| (parent, "/**"));
    let (head, tail) = if folded == "*" { ("", "**") } else { below.unwrap_or((folded, "")) };
    let literal: Vec<String> = head.split('*').map(globset::escape).collect();
    let written = literal.join("*") + tail;
    let glob = GlobBuilder::new(&written).literal_separator(true).build().map_err(|error| error.to_string())?;
    Ok(glob.compile_matcher())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_a_part_or_for_all_below() {
        let matches = |pattern: &str, name: &str| Pattern::read(pattern).unwrap().matches(name);
        assert!(matches("#Project/*", "project/a/b") && !matches("project/*", "project"));
        assert!(matches("y*", "y1956") && !matches("y*", "y/1956"));
        assert!(matches("*/archive", "a/archive") && !matches("*/archive", "a/b/archive"));
        assert!(matches("a/*/b", "a/x/b") && !matches("a/*/b", "a/x/y/b"));
        assert!(matches("*", "a/b") && matches("a[b]", "a[b]") && !matches("a?", "ab"));
    }
}
