//! JUnit XML: a suite for each note with findings, a case for each finding.

use std::io::{self, Write};

use super::xml::{self, Xml, allowed};
use super::{Run, Told, in_words};
use crate::diagnostic::{Diagnostic, Severity};

/// Errors and warnings are failures; what is only for information passes, and its text is output.
/// A run without findings is one case that passes.
pub(super) fn junit(run: &Run<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut document = xml::document(out)?;
    let told: Vec<Told<'_>> = run.told().collect();
    let cases: usize = told.iter().map(|told| told.found.len()).sum();
    let failures: usize = told.iter().map(|told| failures(told)).sum();
    document
        .create_element("testsuites")
        .with_attribute(("name", "vaultmend"))
        .with_attribute(("tests", cases.max(1).to_string().as_str()))
        .with_attribute(("failures", failures.to_string().as_str()))
        .with_attribute(("errors", "0"))
        .write_inner_content(|xml| {
            if told.is_empty() {
                return passed(xml);
            }
            told.iter().try_for_each(|told| suite(xml, told))
        })?;
    xml::end(document)
}

fn failures(told: &Told<'_>) -> usize {
    told.found.iter().filter(|found| fails(found)).count()
}

fn fails(found: &Diagnostic) -> bool {
    found.severity > Severity::Info
}

fn passed(xml: &mut Xml<'_>) -> io::Result<()> {
    let suite = xml.create_element("testsuite").with_attributes([
        ("name", "vaultmend"),
        ("tests", "1"),
        ("failures", "0"),
        ("errors", "0"),
    ]);
    suite.write_inner_content(|xml| {
        let case =
            xml.create_element("testcase").with_attributes([("classname", "vaultmend"), ("name", "no findings")]);
        case.write_empty().map(drop)
    })?;
    Ok(())
}

fn suite(xml: &mut Xml<'_>, told: &Told<'_>) -> io::Result<()> {
    let path = allowed(told.path);
    let (cases, failures) = (told.found.len().to_string(), failures(told).to_string());
    xml.create_element("testsuite")
        .with_attributes([("name", path.as_str()), ("tests", &cases), ("failures", &failures), ("errors", "0")])
        .write_inner_content(|xml| told.found.iter().try_for_each(|found| case(xml, told, &path, found)))?;
    Ok(())
}

fn case(xml: &mut Xml<'_>, told: &Told<'_>, path: &str, found: &Diagnostic) -> io::Result<()> {
    let at = told.index.position(found.span.start());
    let name = format!("{} ({}:{})", allowed(&found.rule), at.line, at.column);
    let text = format!("{path}:{}:{}: {}", at.line, at.column, in_words(found));
    xml.create_element("testcase")
        .with_attributes([("classname", path), ("name", name.as_str())])
        .write_inner_content(|xml| {
            if fails(found) {
                let message = allowed(&found.message);
                xml.create_element("failure")
                    .with_attributes([("type", found.severity.name()), ("message", message.as_str())])
                    .write_inner_content(|xml| xml::text(xml, &text))?;
            } else {
                xml.create_element("system-out").write_inner_content(|xml| xml::text(xml, &text))?;
            }
            Ok(())
        })?;
    Ok(())
}
