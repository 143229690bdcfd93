//! Checkstyle XML, which many tools read.

use std::io::{self, Write};

use super::xml::{self, Xml, allowed};
use super::{Run, Told};

/// A `file` for each note with findings, an `error` for each of them, whatever its severity.
pub(super) fn checkstyle(run: &Run<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut document = xml::document(out)?;
    let root = document.create_element("checkstyle").with_attribute(("version", "4.3"));
    root.write_inner_content(|xml| run.told().try_for_each(|told| file(xml, &told)))?;
    xml::end(document)
}

fn file(xml: &mut Xml<'_>, told: &Told<'_>) -> io::Result<()> {
    let path = allowed(told.path);
    xml.create_element("file").with_attribute(("name", path.as_str())).write_inner_content(|xml| {
        told.found.iter().try_for_each(|found| {
            let at = told.index.position(found.span.start());
            let (line, column) = (at.line.to_string(), at.column.to_string());
            let (message, source) = (allowed(&found.message), format!("vaultmend.{}", allowed(&found.rule)));
            let element = xml.create_element("error").with_attributes([("line", line.as_str()), ("column", &column)]);
            let element = element.with_attributes([
                ("severity", found.severity.name()),
                ("message", &message),
                ("source", &source),
            ]);
            element.write_empty().map(drop)
        })
    })?;
    Ok(())
}
