//! Where a configuration comes from: files that extend each other, and what was set for one run.

use std::path::{Path, PathBuf};

use toml::Spanned;

use crate::error::Error;
use crate::span::Span;

/// A file, or one `--set`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    pub kind: Kind,
    /// For messages.
    pub name: String,
    pub text: String,
    /// The folder that paths in it go from.
    pub folder: PathBuf,
}

/// What a source is to the vault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A file that another one extends.
    Extended,
    /// The vault's own file.
    Own,
    /// Said for one run.
    Set,
}

/// All sources of a configuration, the weakest first. A span in what was read of them counts bytes
/// through all their texts, so that it tells the source too.
#[derive(Debug, Default)]
pub struct Sources(Vec<Source>);

impl Source {
    /// A file, by its path.
    pub fn file(kind: Kind, path: &Path, name: impl Into<String>, text: impl Into<String>) -> Source {
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        Source { kind, name: name.into(), text: text.into(), folder }
    }

    /// The path of a file; `None` of what was set for one run.
    pub fn path(&self) -> Option<PathBuf> {
        let name = Path::new(&self.name).file_name().filter(|_| self.kind != Kind::Set)?;
        Some(self.folder.join(name))
    }

    /// An error at a place in this source alone.
    pub(super) fn error(&self, span: Option<Span>, message: impl Into<String>) -> Error {
        Error::at(&self.name, &self.text, span, message)
    }
}

impl Sources {
    pub fn new(sources: Vec<Source>) -> Sources {
        Sources(sources)
    }

    /// The sources, the weakest first, each with the place its text begins at.
    pub fn iter(&self) -> impl Iterator<Item = (usize, &Source)> {
        // A byte between two texts keeps the end of one apart from the start of the next.
        self.0.iter().scan(0, |start, source| {
            let begins = *start;
            *start += source.text.len() + 1;
            Some((begins, source))
        })
    }

    /// The source that a span lies in, and its place there; an empty span lies in none.
    pub fn of(&self, span: Span) -> Option<(&Source, Span)> {
        let (start, source) = self.iter().take_while(|(start, _)| *start <= span.start()).last()?;
        let inside = !span.is_empty() && span.end() - start <= source.text.len();
        inside.then(|| (source, Span::new(span.start() - start, span.end() - start)))
    }

    /// Whether what stands there is inherited.
    pub fn inherits(&self, span: Span) -> bool {
        self.of(span).is_some_and(|(source, _)| source.kind == Kind::Extended)
    }

    /// An error at a place in one of the sources.
    pub fn error_at(&self, span: Span, message: impl Into<String>) -> Error {
        match self.of(span) {
            Some((source, span)) => source.error(Some(span), message),
            None => Error::usage(message),
        }
    }

    /// What TOML or a type has against all of them together.
    pub(super) fn of_toml(&self, error: &toml::de::Error) -> Error {
        let span = error.span().map(Span::from).unwrap_or_default();
        match self.of(span) {
            Some((source, span)) => Error::toml_at(&source.name, &source.text, Some(span), error),
            None => Error::usage(error.message().trim_end()),
        }
    }

    /// A path as its source means it.
    pub fn path(&self, written: &Spanned<String>) -> PathBuf {
        let name = written.get_ref();
        let name = name.strip_prefix("./").unwrap_or(name);
        match self.of(written.span().into()) {
            Some((source, _)) => source.folder.join(name),
            None => PathBuf::from(name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_tells_its_source_and_its_place_there() {
        let source = |name: &str, text: &str| Source::file(Kind::Own, Path::new(name), name, text);
        let sources = Sources::new(vec![source("a/x.toml", "abc"), source("b/y.toml", ""), source("c/z.toml", "de")]);
        let of = |start, end| sources.of(Span::new(start, end)).map(|(source, span)| (source.name.as_str(), span));
        assert_eq!(of(0, 3), Some(("a/x.toml", Span::new(0, 3))));
        assert_eq!(of(5, 7), Some(("c/z.toml", Span::new(0, 2))));
        assert_eq!((of(0, 0), of(7, 8), of(2, 5)), (None, None, None));
        assert_eq!(sources.path(&Spanned::new(6..7, "./e/f".to_owned())), Path::new("c/e/f"));
    }
}
