//! `extend`: the files that a configuration builds on.

use std::fmt;
use std::io;
use std::path::{Component, Path, PathBuf};

use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::{self, SeqAccess, Visitor};
use toml::Spanned;
use toml::de::DeValue;

use super::layer;
use super::source::{Kind, Source};
use crate::error::Error;
use crate::span::Span;

/// How a file is had: what it holds, and its name for messages.
pub type Load<'a> = &'a dyn Fn(&Path) -> io::Result<(Vec<u8>, String)>;

impl Source {
    /// A configuration and all that it extends, the weakest first: what a file extends stands before
    /// it, in the order it is named.
    ///
    /// # Errors
    /// A file that is not there or extends itself is shown where it is named.
    pub fn chain(own: &Path, load: Load<'_>) -> Result<Vec<Source>, Error> {
        let own = plain(own);
        let (bytes, name) = load(&own).map_err(|error| Error::io(own.display().to_string(), error))?;
        let text = Error::text(&name, bytes)?;
        let own_file = Source::file(Kind::Own, &own, name, text);
        let mut chain = Chain { load, open: vec![own], done: Vec::new(), read: Vec::new() };
        chain.below(&own_file)?;
        chain.read.push(own_file);
        Ok(chain.read)
    }
}

struct Chain<'a> {
    load: Load<'a>,
    /// The files whose `extend` is being read, the own one first.
    open: Vec<PathBuf>,
    done: Vec<PathBuf>,
    read: Vec<Source>,
}

impl Chain<'_> {
    /// Reads what a file extends.
    fn below(&mut self, file: &Source) -> Result<(), Error> {
        for (written, place) in named(file)? {
            let path = plain(&file.folder.join(&written));
            let wrong = |message: String| file.error(Some(place), message);
            if self.open.contains(&path) {
                return Err(wrong(format!("`{written}` leads back to {}", path.display()))
                    .help("a configuration cannot extend itself, nor one that extends it"));
            }
            // A file that two others extend counts once, where it is weakest.
            if self.done.contains(&path) {
                continue;
            }
            let (bytes, name) = (self.load)(&path).map_err(|error| {
                let why = match error.kind() {
                    io::ErrorKind::NotFound => format!("there is no file `{}`", path.display()),
                    _ => format!("`{}` cannot be read: {error}", path.display()),
                };
                wrong(why).help("`extend` names files, by their paths from the folder of this one")
            })?;
            let text = Error::text(&name, bytes)?;
            let source = Source::file(Kind::Extended, &path, name, text);
            self.open.push(path);
            self.below(&source)?;
            self.done.extend(self.open.pop());
            self.read.push(source);
        }
        Ok(())
    }
}

/// The files that a file extends, as it names them, and where. One of another type is left to those
/// who read the whole.
fn named(file: &Source) -> Result<Vec<(String, Span)>, Error> {
    let table = layer::parse(file)?;
    let one = |value: &Spanned<DeValue<'_>>| Some((value.get_ref().as_str()?.to_owned(), layer::place(value)));
    Ok(match table.get("extend") {
        Some(value) => match value.get_ref() {
            DeValue::Array(items) => items.iter().filter_map(one).collect(),
            _ => one(value).into_iter().collect(),
        },
        None => Vec::new(),
    })
}

/// A path without `.` and `..`, as written: symbolic links in it stay.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(plain.components().next_back(), Some(Component::Normal(_))) => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}

/// One path, or several; read by [`Source::chain`].
#[derive(Debug, Default)]
pub(super) struct Extend;

/// The path of a file, or a list of them.
#[derive(JsonSchema)]
#[schemars(untagged, inline)]
#[expect(dead_code, reason = "tells what `Extend` reads")]
pub(super) enum Either {
    One(String),
    Several(Vec<String>),
}

impl<'de> Deserialize<'de> for Extend {
    fn deserialize<D: de::Deserializer<'de>>(from: D) -> Result<Extend, D::Error> {
        struct Paths;
        impl<'de> Visitor<'de> for Paths {
            type Value = Extend;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the path of a file, or a list of them")
            }

            fn visit_str<E: de::Error>(self, _: &str) -> Result<Extend, E> {
                Ok(Extend)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Extend, A::Error> {
                while list.next_element::<String>()?.is_some() {}
                Ok(Extend)
            }
        }
        from.deserialize_any(Paths)
    }
}
