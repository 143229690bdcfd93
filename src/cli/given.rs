//! The files that a configuration names beside its rules: dictionaries, and a linker's terms.

use std::path::Path;
use std::{fs, io};

use encoding_rs::{Encoding, UTF_8};

use super::output;
use crate::config::{Config, Kind, Source};
use crate::error::Error;
use crate::language::{Dictionary, Language};
use crate::survey::Given;
use crate::taxonomy::Taxonomy;

/// Reads what the configuration gives. A dictionary that does not load is said aloud and left out: the run goes on.
///
/// # Errors
/// When the terms cannot be read: the proof they are for would silently fail.
pub(super) fn read(config: &Config) -> Result<Given, Error> {
    let mut given = Given { language: config.language, ..Given::default() };
    for written in &config.dictionaries {
        match dictionary(&config.path(written)) {
            Ok(dictionary) => given.dictionaries.push(dictionary),
            Err((why, help)) => {
                let message = format!("the dictionary `{}` is left out: {why}", written.get_ref());
                output::warn(&config.error_at(written.span().into(), message).help(help));
            }
        }
    }
    if let Some(written) = &config.terms {
        let terms = terms(&config.path(written)).map_err(|why| {
            let message = format!("the terms in `{}` cannot be read: {why}", written.get_ref());
            config.error_at(written.span().into(), message).help(
                "a text file with a term on each line, or a `.csv` with the terms in its first column; \
                 the path goes from the folder of the file that names it",
            )
        })?;
        for (place, term) in terms.into_iter().enumerate() {
            given.terms.entry(term).or_insert(place);
        }
    }
    Ok(given)
}

/// The taxonomy in the file that the configuration names, if it names one.
///
/// # Errors
/// When there is no such file, or it is no taxonomy: then no tag could be judged.
pub(super) fn taxonomy(config: &Config) -> Result<Option<Taxonomy>, Error> {
    taxonomy_file(config)?.map(|file| Taxonomy::read(&file.name, &file.text)).transpose()
}

/// That file.
pub(super) fn taxonomy_file(config: &Config) -> Result<Option<Source>, Error> {
    let Some(written) = &config.tags.file else { return Ok(None) };
    let file = config.path(written);
    let bytes = fs::read(&file).map_err(|error| {
        let message = format!("the taxonomy cannot be read: {}", unread(&file, &error));
        config.error_at(written.span().into(), message).help("the path goes from the folder of the file that names it")
    })?;
    let cwd = std::env::current_dir().unwrap_or_default();
    let name = file.strip_prefix(cwd).unwrap_or(&file).display().to_string();
    let text = Error::text(&name, bytes)?;
    Ok(Some(Source::file(Kind::Own, &file, name, text)))
}

/// Reads `NAME.dic` and `NAME.aff`, or tells why not, and the way out.
fn dictionary(dic: &Path) -> Result<Dictionary, (String, &'static str)> {
    const PATH: &str = "the path goes from the folder of the file that names it, and the `.aff` lies beside the `.dic`";
    const FORM: &str = "hunspell reads both files: the vault is checked without this one until they are mended";
    if dic.extension().is_none_or(|ending| ending != "dic") {
        return Err(("its name does not end in `.dic`".to_owned(), PATH));
    }
    let aff = dic.with_extension("aff");
    let bytes = |file: &Path| fs::read(file).map_err(|error| (unread(file, &error), PATH));
    let (dic_bytes, aff_bytes) = (bytes(dic)?, bytes(&aff)?);
    let encoding = encoding(&aff_bytes).map_err(|why| (why, FORM))?;
    let text = |bytes: &[u8], file: &Path| {
        let (text, _, broken) = encoding.decode(bytes);
        let why = || format!("{} is not {}", file.file_name().unwrap_or_default().display(), encoding.name());
        if broken { Err((why(), FORM)) } else { Ok(text.into_owned()) }
    };
    let language = dic.file_stem().and_then(|stem| stem.to_str()).map_or(Language::UNKNOWN, language);
    Dictionary::parse(&text(&aff_bytes, &aff)?, &text(&dic_bytes, dic)?, language)
        .map_err(|error| (error.to_string(), FORM))
}

/// Why a file could not be read.
fn unread(file: &Path, error: &io::Error) -> String {
    let name = file.file_name().unwrap_or_default().display();
    if error.kind() == io::ErrorKind::NotFound { format!("there is no `{name}`") } else { format!("`{name}`: {error}") }
}

/// The language that a dictionary's name tells: `de`, `de_DE`, `de_DE_frami`. Any other name is
/// that of words for every language.
fn language(stem: &str) -> Language {
    if stem.split(['-', '_']).next().is_some_and(|code| code.len() > 3) {
        return Language::UNKNOWN;
    }
    Language::known(stem).unwrap_or(Language::UNKNOWN)
}

/// The encoding that the line `SET` of an `.aff` names; without one it is UTF-8.
fn encoding(aff: &[u8]) -> Result<&'static Encoding, String> {
    let aff = aff.strip_prefix(b"\xef\xbb\xbf").unwrap_or(aff);
    let Some(label) = aff.split(|&byte| byte == b'\n').find_map(|line| line.strip_prefix(b"SET ")) else {
        return Ok(UTF_8);
    };
    let label = String::from_utf8_lossy(label);
    let label = label.trim();
    let standard = label.strip_prefix("microsoft-").unwrap_or(label);
    Encoding::for_label(standard.as_bytes()).ok_or_else(|| format!("there is no encoding `{label}`"))
}

/// The terms in a file, in its order: a line each, or the first column of a table.
fn terms(file: &Path) -> Result<Vec<String>, String> {
    let ending = file.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
    let delimiter = match ending.as_deref() {
        Some("csv") => Some(b','),
        Some("tsv") => Some(b'\t'),
        _ => None,
    };
    let text = fs::read_to_string(file).map_err(|error| unread(file, &error))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let written: Vec<String> = match delimiter {
        None => text.lines().map(str::to_owned).collect(),
        Some(delimiter) => {
            let mut table = csv::ReaderBuilder::new();
            let mut rows = table.has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
            let first = |row: Result<csv::StringRecord, csv::Error>| {
                row.map(|row| row.get(0).unwrap_or_default().to_owned()).map_err(|error| error.to_string())
            };
            rows.records().map(first).collect::<Result<_, _>>()?
        }
    };
    // Tags are terms too: `#war` stands for `war`.
    let bare = |term: String| term.trim().trim_start_matches('#').to_owned();
    Ok(written.into_iter().map(bare).filter(|term| !term.is_empty()).collect())
}
