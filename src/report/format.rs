//! The formats findings are shown in: a table of names and functions.

use std::io::{self, Write};

use super::{
    Run, checkstyle, github, gitlab, human, json, json_lines, junit, markdown, rdjson, sarif, short, statistics,
};

/// A way to show findings.
pub struct Format {
    pub name: &'static str,
    /// In a few words, for `--help`.
    pub about: &'static str,
    write: fn(&Run<'_>, &mut dyn Write) -> io::Result<()>,
    /// How many findings it shows when nothing is said; `None`: all.
    pub limit: Option<usize>,
}

/// All of them. What each holds is written down in `docs/formats/`.
pub static FORMATS: &[Format] = &[
    Format { name: "human", about: "With the line, the evidence and advice", write: human::human, limit: Some(50) },
    Format { name: "short", about: "A line a finding", write: short::short, limit: None },
    Format {
        name: "statistics",
        about: "How often each rule found something",
        write: statistics::statistics,
        limit: None,
    },
    Format { name: "json", about: "One JSON document", write: json::json, limit: None },
    Format { name: "json-lines", about: "A JSON object a line", write: json_lines::json_lines, limit: None },
    Format { name: "sarif", about: "SARIF 2.1.0, for code scanning", write: sarif::sarif, limit: None },
    Format { name: "github", about: "Annotations of GitHub Actions", write: github::github, limit: Some(github::MOST) },
    Format { name: "gitlab", about: "Code quality report of GitLab", write: gitlab::gitlab, limit: None },
    Format { name: "junit", about: "JUnit XML, for test reports", write: junit::junit, limit: None },
    Format { name: "checkstyle", about: "Checkstyle XML", write: checkstyle::checkstyle, limit: None },
    Format { name: "rdjson", about: "Diagnostics of reviewdog, with suggestions", write: rdjson::rdjson, limit: None },
    Format { name: "markdown", about: "A summary in Markdown", write: markdown::markdown, limit: Some(markdown::MOST) },
];

impl Format {
    /// The format of this name.
    pub fn named(name: &str) -> Option<&'static Format> {
        FORMATS.iter().find(|format| format.name == name)
    }

    pub fn write(&self, run: &Run<'_>, out: &mut dyn Write) -> io::Result<()> {
        (self.write)(run, out)
    }
}
