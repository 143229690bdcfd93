//! What stops a run. What is wrong with a note is a finding instead.

use miette::{Diagnostic, NamedSource, SourceSpan};
use thiserror::Error;

use crate::escape::in_place;
use crate::span::Span;

#[derive(Debug, Error, Diagnostic)]
pub enum Error {
    /// The command line asks for something that is not there.
    #[error("{message}")]
    Usage {
        message: String,
        #[help]
        help: Option<String>,
    },
    /// Something in a configuration or rule file, with its place.
    #[error(transparent)]
    #[diagnostic(transparent)]
    File(Box<InFile>),
    /// Several, shown together.
    #[error("{message}")]
    Several {
        message: String,
        #[related]
        errors: Vec<Error>,
    },
    #[error("{path}: {reason}")]
    Io { path: String, reason: std::io::Error },
    /// The user has stopped it while notes were written.
    #[error("stopped with {left} left to write")]
    Stopped {
        /// The number of the signal that asked for it.
        signal: i32,
        /// How many notes, in words.
        left: String,
        #[help]
        help: Option<String>,
    },
    /// Rules whose fixes make room for further ones without end, stopped before anything was written.
    #[error("the fixes of {rules} in `{note}` never settle: each pass finds more to change")]
    Endless {
        note: String,
        rules: String,
        #[help]
        help: Option<String>,
    },
}

/// What is wrong in a file, and where.
#[derive(Debug, Error, Diagnostic)]
#[error("{message}")]
pub struct InFile {
    message: String,
    #[source_code]
    source_code: NamedSource<String>,
    #[label("here")]
    span: Option<SourceSpan>,
    #[help]
    help: Option<String>,
}

impl Error {
    pub fn usage(message: impl Into<String>) -> Self {
        Error::Usage { message: in_place(&message.into()), help: None }
    }

    /// An error at a place in a file.
    pub fn at(file: &str, text: &str, span: Option<Span>, message: impl Into<String>) -> Self {
        Error::File(Box::new(InFile {
            message: in_place(&message.into()),
            source_code: NamedSource::new(in_place(file), in_place(text)),
            span: span.map(|span| SourceSpan::new(span.start().into(), span.len())),
            help: None,
        }))
    }

    /// A TOML or type error, with advice on names that nobody knows.
    pub fn toml(file: &str, text: &str, error: &toml::de::Error) -> Self {
        Error::toml_at(file, text, error.span().map(Span::from), error)
    }

    /// The same for an error whose place was counted from elsewhere.
    pub(crate) fn toml_at(file: &str, text: &str, span: Option<Span>, error: &toml::de::Error) -> Self {
        let message = error.message().trim_end();
        let parts: Vec<&str> = message.split('`').collect();
        match parts.as_slice() {
            [start, wrong, _, known @ ..] if start.starts_with("unknown") => {
                let known: Vec<&str> = known.iter().step_by(2).copied().collect();
                let short = message.split(", expected").next().unwrap_or(message);
                Error::at(file, text, span, short).help(suggest(wrong, known))
            }
            // What the parser says of one of several names, which are no tables to anybody.
            _ if message == "wanted string or table" => Error::at(file, text, span, "invalid type: expected a string"),
            _ => {
                let (message, help) = in_words(message);
                let error = Error::at(file, text, span, message);
                if let Some(help) = help { error.help(help) } else { error }
            }
        }
    }

    /// The text of a file, by its name for messages; else where in it there is none.
    pub fn text(file: &str, bytes: Vec<u8>) -> Result<String, Error> {
        String::from_utf8(bytes).map_err(|error| {
            let (start, shown) = (error.utf8_error().valid_up_to(), String::from_utf8_lossy(error.as_bytes()));
            let span = Span::new(start, start + char::REPLACEMENT_CHARACTER.len_utf8());
            Error::at(file, &shown, Some(span), "the file is not UTF-8").help("save it in that encoding")
        })
    }

    pub fn io(path: impl Into<String>, reason: std::io::Error) -> Self {
        Error::Io { path: in_place(&path.into()), reason }
    }

    /// Says what to do about it.
    pub fn help(mut self, advice: impl Into<String>) -> Self {
        let help = match &mut self {
            Error::Usage { help, .. } => help,
            Error::File(file) => &mut file.help,
            _ => return self,
        };
        *help = Some(advice.into());
        self
    }

    /// One error for many; `None` for none.
    pub fn all(message: impl FnOnce(usize) -> String, mut errors: Vec<Error>) -> Option<Self> {
        match errors.len() {
            0 => None,
            1 => errors.pop(),
            n => Some(Error::Several { message: message(n), errors }),
        }
    }
}

/// What serde has against a value, in the words of TOML, and how one is written that it takes.
pub(crate) fn in_words(message: &str) -> (String, Option<&'static str>) {
    let Some((found, wanted)) = message.strip_prefix("invalid ").and_then(|rest| rest.split_once(", expected ")) else {
        return (message.to_owned(), None);
    };
    let is_string = found.starts_with("type: string");
    let without_quotes = is_string.then_some("it stands without quotes");
    let (wanted, help) = match wanted {
        "a sequence" => ("a list", Some("a list stands in brackets: `[\"one\", \"another\"]`")),
        "a boolean" => ("`true` or `false`", without_quotes),
        "f32" | "f64" => ("a number", without_quotes),
        "i8" | "i16" | "i32" | "i64" | "isize" => ("a whole number", without_quotes),
        "u8" | "u16" | "u32" | "u64" | "usize" => ("a whole number that is not negative", without_quotes),
        _ if wanted == "a map" || wanted.starts_with("struct ") => {
            ("a table", Some("a table stands in braces, `{ key = \"value\" }`, or below a heading in brackets"))
        }
        other => (other, None),
    };
    let found = found.replace("type: sequence", "type: list").replace("type: map", "type: table");
    (format!("invalid {found}, expected {wanted}"), help)
}

/// The name nearest to `wrong`, if one is near enough to be meant.
pub fn did_you_mean<'a>(wrong: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let near = |name: &str| strsim::damerau_levenshtein(wrong, name);
    let most = (wrong.chars().count() / 3).max(1);
    names.into_iter().map(|name| (near(name), name)).filter(|(far, _)| *far <= most).min().map(|(_, name)| name)
}

/// "did you mean …", or the list of what there is.
pub fn suggest<'a>(wrong: &str, names: impl IntoIterator<Item = &'a str> + Clone) -> String {
    did_you_mean(wrong, names.clone()).map_or_else(
        || format!("one of: {}", names.into_iter().collect::<Vec<_>>().join(", ")),
        |name| format!("did you mean `{name}`?"),
    )
}
