//! Reads a taxonomy, and says where it contradicts itself.

use std::collections::BTreeMap;
use std::fmt;

use globset::Glob;
use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::{self, MapAccess, SeqAccess, Visitor};
use toml::Spanned;

use super::case::Case;
use super::pattern::Pattern;
use super::{Folder, Numeric, Place, Rename, Ruling, Taxonomy, bare};
use crate::error::Error;
use crate::retag::Renaming;
use crate::span::Span;
use crate::vault::fold_tag;
use crate::vault::tags::Tags;

/// A taxonomy as it is written, in `[tags]` or in a file of its own.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(rename = "Tags")]
pub struct Written {
    /// The file that has all of this at its top: then nothing else stands here.
    #[schemars(with = "Option<String>")]
    pub file: Option<Spanned<String>>,
    /// The tags that may be used, as a list, or as a table with what each is for; `project/*` is any tag below it.
    /// Without it, every tag may be.
    #[serde(default)]
    #[schemars(with = "Either")]
    allowed: Option<Spanned<Names>>,
    /// Old names, and what each has become; tags below an old name go with it.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, String>")]
    rename: BTreeMap<Spanned<String>, Spanned<String>>,
    /// How tags are written that are not named here.
    #[schemars(with = "Option<Case>")]
    case: Option<Spanned<Case>>,
    /// What stands between words where the case does not say: `-` or `_`.
    #[schemars(with = "Option<String>")]
    separator: Option<Spanned<String>>,
    /// The most levels a tag may have: `project/harbour` has two.
    #[schemars(with = "Option<std::num::NonZeroUsize>")]
    depth: Option<Spanned<usize>>,
    /// Globs over paths from the vault's root, and what is wanted of the tags of those notes.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, WrittenFolder>")]
    r#in: BTreeMap<Spanned<String>, WrittenFolder>,
    /// Where tags may stand; both, unless it is said.
    r#where: Option<Place>,
    /// What becomes of a number among the tags: `report`, `drop`, or a form such as `year/{}`. Without it, it is
    /// reported.
    #[schemars(with = "Option<String>")]
    numeric: Option<Spanned<String>>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(rename = "TagsIn")]
struct WrittenFolder {
    /// Tags that each note must have, or one of each kind: `status/*`.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    require: Vec<Spanned<String>>,
    /// Tags that no note may have.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    forbid: Vec<Spanned<String>>,
    /// How many tags a note may have.
    at_most: Option<usize>,
}

/// Names, each with what it is for, which may be empty.
#[derive(Debug, Default)]
struct Names(Vec<(Spanned<String>, String)>);

/// A list of tags, or a table of tags and what they are for.
#[derive(JsonSchema)]
#[schemars(untagged, inline)]
#[expect(dead_code, reason = "tells what `Names` reads")]
enum Either {
    List(Vec<String>),
    Table(BTreeMap<String, String>),
}

impl<'de> Deserialize<'de> for Names {
    fn deserialize<D: de::Deserializer<'de>>(from: D) -> Result<Names, D::Error> {
        struct ListOrTable;
        impl<'de> Visitor<'de> for ListOrTable {
            type Value = Names;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of tags, or a table of tags and what they are for")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Names, A::Error> {
                let mut names = Vec::new();
                while let Some(name) = list.next_element::<Spanned<String>>()? {
                    names.push((name, String::new()));
                }
                Ok(Names(names))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut table: A) -> Result<Names, A::Error> {
                let mut names = Vec::new();
                while let Some(entry) = table.next_entry::<Spanned<String>, String>()? {
                    names.push(entry);
                }
                Ok(Names(names))
            }
        }
        from.deserialize_any(ListOrTable)
    }
}

/// Where it is wrong, what is wrong, and what to do about it.
type Wrong = (Span, String, &'static str);

fn wrong<T>(name: &Spanned<T>, message: impl Into<String>, help: &'static str) -> Wrong {
    (name.span().into(), message.into(), help)
}

impl Taxonomy {
    /// Reads a taxonomy from a file of its own. `file` is its name for error messages.
    pub fn read(file: &str, text: &str) -> Result<Taxonomy, Error> {
        let written: Written = toml::from_str(text).map_err(|e| Error::toml(file, text, &e))?;
        if let Some(named) = &written.file {
            return Err(Error::at(file, text, Some(named.span().into()), "this file is the taxonomy already"));
        }
        Taxonomy::of(written, |span, message| Error::at(file, text, Some(span), message))
    }

    /// Makes a taxonomy of what is written; `at` makes an error at a place there.
    pub fn of(written: Written, at: impl Fn(Span, String) -> Error) -> Result<Taxonomy, Error> {
        made(written).map_err(|(span, message, help)| at(span, message).help(help))
    }
}

impl Written {
    fn names(&self) -> &[(Spanned<String>, String)] {
        self.allowed.as_ref().map_or(&[], |names| &names.get_ref().0)
    }

    /// Whether it says more than where it stands.
    pub fn is_more_than_a_file(&self) -> bool {
        let lists = self.allowed.is_none() && self.rename.is_empty() && self.r#in.is_empty();
        let rest = self.case.is_some() || self.separator.is_some() || self.depth.is_some();
        !lists || rest || self.r#where.is_some() || self.numeric.is_some()
    }
}

fn made(written: Written) -> Result<Taxonomy, Wrong> {
    let mut taxonomy = Taxonomy { place: written.r#where.unwrap_or_default(), ..Taxonomy::NONE };
    if let Some(allowed) = written.allowed.as_ref().filter(|allowed| allowed.get_ref().0.is_empty()) {
        return Err(wrong(allowed, "no tag is allowed", "leave `allowed` out: then every tag may be used"));
    }
    for (name, description) in written.names() {
        allow(&mut taxonomy, name, description)?;
    }
    words(&mut taxonomy, &written)?;
    for (old, new) in &written.rename {
        rename(&mut taxonomy, old, new)?;
    }
    for (old, new) in &written.rename {
        lasting(&taxonomy, old, new)?;
    }
    if let Some(numeric) = &written.numeric {
        taxonomy.numeric = numbers(&taxonomy, numeric)?;
    }
    for (notes, folder) in &written.r#in {
        let folder = read_folder(&taxonomy, notes, folder)?;
        taxonomy.folders.push(folder);
    }
    Ok(taxonomy)
}

fn allow(taxonomy: &mut Taxonomy, name: &Spanned<String>, description: &str) -> Result<(), Wrong> {
    const ONCE: &str = "case does not tell tags apart: leave one of them";
    let pattern = Pattern::of_tags(name.get_ref());
    let pattern = pattern.map_err(|why| wrong(name, why, "a name, as `person` or `project/*`"))?;
    if pattern.is_name() {
        if let Some(before) = taxonomy.names.get(pattern.folded()) {
            return Err(wrong(name, format!("`{before}` is allowed already"), ONCE));
        }
        taxonomy.names.insert(pattern.folded().to_owned(), pattern.text.clone());
    } else if taxonomy.kinds.iter().any(|kind| kind.folded() == pattern.folded()) {
        return Err(wrong(name, format!("`{}` is allowed already", pattern.text), ONCE));
    }
    spell(taxonomy, name, &pattern.text)?;
    taxonomy.descriptions.insert(pattern.text.clone(), description.trim().to_owned());
    if !pattern.is_name() {
        taxonomy.kinds.push(pattern);
    }
    Ok(())
}

/// Notes how the segments of a name are written, up to the first with a `*`.
fn spell(taxonomy: &mut Taxonomy, place: &Spanned<String>, name: &str) -> Result<(), Wrong> {
    let mut end = 0;
    for segment in name.split('/').take_while(|segment| !segment.contains('*')) {
        end += segment.len();
        let spelled = taxonomy.spelled.entry(fold_tag(&name[..end])).or_insert_with(|| segment.to_owned());
        if spelled != segment {
            let message = format!("`{segment}` is written `{spelled}` in another entry");
            return Err(wrong(place, message, "case does not tell tags apart: write it one way"));
        }
        end += 1;
    }
    Ok(())
}

/// Case, separator and depth.
fn words(taxonomy: &mut Taxonomy, written: &Written) -> Result<(), Wrong> {
    taxonomy.case = written.case.as_ref().map(|case| *case.get_ref());
    if let Some(separator) = &written.separator {
        let own = match separator.get_ref().as_str() {
            "-" => '-',
            "_" => '_',
            other => {
                return Err(wrong(separator, format!("`{other}` cannot part words"), "one of: \"-\", \"_\""));
            }
        };
        if let Some(case) = taxonomy.case.filter(|case| case.separator().is_some_and(|other| other != Some(own))) {
            let message = format!("the case `{}` has no `{own}` between words", case.name());
            return Err(wrong(separator, message, "leave one of the two out, or set `case = \"lower\"`"));
        }
        taxonomy.separator = Some(own);
    }
    let Some(depth) = &written.depth else { return Ok(()) };
    if *depth.get_ref() == 0 {
        return Err(wrong(depth, "a tag has at least one level", "`depth = 1` is for tags that are not nested"));
    }
    let deep = |name: &&(Spanned<String>, String)| bare(name.0.get_ref()).split('/').count() > *depth.get_ref();
    if let Some((name, _)) = written.names().iter().find(deep) {
        let message = format!("`{}` is allowed, but has more than {} levels", name.get_ref(), depth.get_ref());
        return Err(wrong(name, message, "raise `depth`, or leave the tag out"));
    }
    taxonomy.depth = Some(*depth.get_ref());
    Ok(())
}

fn is_too_deep(taxonomy: &Taxonomy, name: &str) -> bool {
    taxonomy.depth.is_some_and(|depth| name.split('/').count() > depth)
}

fn rename(taxonomy: &mut Taxonomy, old: &Spanned<String>, new: &Spanned<String>) -> Result<(), Wrong> {
    let [from, to] = [old, new].map(|name| bare(name.get_ref()));
    Renaming::new(from, to).map_err(|why| wrong(new, why, "an old name, and the one it is to have"))?;
    let folded = fold_tag(from);
    if fold_tag(to) != folded && taxonomy.names.contains_key(&folded) {
        return Err(wrong(old, format!("`{from}` is allowed, and is to be renamed"), "leave one of the two out"));
    }
    if !taxonomy.allows(to) {
        return Err(wrong(new, format!("`{from}` is to become `{to}`, which is not allowed"), "add it to `allowed`"));
    }
    if is_too_deep(taxonomy, to) {
        return Err(wrong(new, format!("`{from}` is to become `{to}`, which has too many levels"), "raise `depth`"));
    }
    spell(taxonomy, new, to)?;
    if taxonomy.renames.insert(folded, Rename { old: from.to_owned(), new: to.to_owned() }).is_some() {
        return Err(wrong(old, format!("`{from}` is renamed twice"), "case does not tell tags apart: leave one"));
    }
    Ok(())
}

/// A new name must not be renamed in turn.
fn lasting(taxonomy: &Taxonomy, old: &Spanned<String>, new: &Spanned<String>) -> Result<(), Wrong> {
    let to = bare(new.get_ref());
    let Some((rename, end)) = taxonomy.rename_of(to) else { return Ok(()) };
    if end == to.len() && rename.new == to {
        return Ok(());
    }
    let from = bare(old.get_ref());
    if fold_tag(&rename.old) == fold_tag(from) {
        let message = format!("`{from}` is to become `{to}`, which is below it and would become another one in turn");
        return Err(wrong(new, message, "give it a name of its own; `vaultmend tags rename` moves a tag down, once"));
    }
    let message = format!("`{from}` is to become `{to}`, but `{}` is to become `{}`", rename.old, rename.new);
    Err(wrong(new, message, "give each old name the one it is to have in the end"))
}

fn numbers(taxonomy: &Taxonomy, numeric: &Spanned<String>) -> Result<Numeric, Wrong> {
    const HELP: &str = "one of: \"report\", \"drop\", or a form as \"year/{}\"";
    match numeric.get_ref().as_str() {
        "report" => return Ok(Numeric::Report),
        "drop" => return Ok(Numeric::Drop),
        _ => {}
    }
    let form = bare(numeric.get_ref());
    let Some((before, _)) = form.split_once("{}").filter(|(_, after)| !after.contains("{}")) else {
        return Err(wrong(numeric, format!("`{form}` does not tell what a number becomes"), HELP));
    };
    let sample = form.replace("{}", "1956");
    Renaming::new("1", &sample).map_err(|why| wrong(numeric, why, HELP))?;
    if is_too_deep(taxonomy, &sample) {
        let message = format!("`1956` is to become `{sample}`, which has too many levels");
        return Err(wrong(numeric, message, "raise `depth`"));
    }
    let before = fold_tag(before);
    let may_be = taxonomy.names.keys().any(|name| name.starts_with(&before)) || taxonomy.allows(&sample);
    if !may_be {
        return Err(wrong(
            numeric,
            format!("`1956` is to become `{sample}`, which is not allowed"),
            "add it to `allowed`",
        ));
    }
    Ok(Numeric::Become(form.to_owned()))
}

/// A tag that is required must be one that nothing else in the taxonomy, and no rule, makes another.
fn required(taxonomy: &Taxonomy, name: &str) -> Result<(), (String, &'static str)> {
    if is_too_deep(taxonomy, name) {
        return Err((format!("`{name}` is required, but has too many levels"), "raise `depth`"));
    }
    match taxonomy.ruling(name, &Tags::default()) {
        Ruling::Unknown => Err((format!("`{name}` is required, but not allowed"), "add it to `allowed`")),
        Ruling::Renamed { new, .. } => {
            Err((format!("`{name}` is required, but is to become `{new}`"), "require the new name"))
        }
        Ruling::Written(wanted) if fold_tag(&wanted) != fold_tag(name) => {
            Err((format!("`{name}` is required, but is to be written `{wanted}`"), "require it so"))
        }
        _ => Ok(()),
    }
}

fn read_folder(taxonomy: &Taxonomy, notes: &Spanned<String>, written: &WrittenFolder) -> Result<Folder, Wrong> {
    let glob = Glob::new(notes.get_ref()).map_err(|error| wrong(notes, error.to_string(), "as `People/**`"))?;
    let wanted = |name: &Spanned<String>| {
        let pattern = Pattern::of_tags(name.get_ref());
        pattern.map_err(|why| wrong(name, why, "a folder requires tags, or kinds of tags as `status/*`"))
    };
    // What is no tag may stand in frontmatter, and be forbidden there.
    let unwanted = |name: &Spanned<String>| Pattern::read(name.get_ref()).map_err(|why| wrong(name, why, "a tag"));
    let require = written.require.iter().map(wanted).collect::<Result<Vec<_>, _>>()?;
    let forbid = written.forbid.iter().map(unwanted).collect::<Result<Vec<_>, _>>()?;
    for (place, pattern) in written.require.iter().zip(&require) {
        if pattern.is_name() {
            required(taxonomy, &pattern.text).map_err(|(why, help)| wrong(place, why, help))?;
        }
        if forbid.iter().any(|other| other.folded() == pattern.folded() || other.matches(pattern.folded())) {
            return Err(wrong(
                place,
                format!("`{}` is required and forbidden", pattern.text),
                "leave one of the two out",
            ));
        }
    }
    if let (Some(most), Some(place)) = (written.at_most, written.require.last())
        && require.len() > most
    {
        let message = format!("{} tags are required, and {most} are the most", require.len());
        return Err(wrong(place, message, "raise `at-most`"));
    }
    Ok(Folder { notes: glob.compile_matcher(), require, forbid, at_most: written.at_most })
}
