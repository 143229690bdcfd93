//! Findings as a person reads them: the line, what is wrong in it, why, and what to do.

use std::fmt;
use std::io::{self, Write};

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan,
    SpanContents, ThemeCharacters, ThemeStyles,
};

use super::summary::count;
use super::{Run, how, page, visible};
use crate::diagnostic::{Diagnostic, Severity};
use crate::escape::in_place;
use crate::span::{LineIndex, Span};

/// The most characters of a line that are shown on each side of what is pointed at.
const AROUND: usize = 100;

/// How many further places of a finding are pointed at: each takes a line of its own.
const MOST_LABELS: usize = 10;

/// Findings grouped by note, then a summary. Colours are written always; who calls strips them.
pub(super) fn human(run: &Run<'_>, out: &mut dyn Write) -> io::Result<()> {
    let theme = GraphicalTheme { characters: ThemeCharacters::unicode(), styles: ThemeStyles::ansi() };
    let handler = GraphicalReportHandler::new_themed(theme).with_width(run.width).with_links(run.links);
    let mut left = run.limit.unwrap_or(usize::MAX);
    let told = |found: &&Diagnostic| run.infos || found.severity > Severity::Info;
    for checked in run.checked {
        let found: Vec<&Diagnostic> = checked.found.iter().filter(told).collect();
        if found.is_empty() {
            continue;
        }
        if left == 0 {
            break;
        }
        writeln!(out, "\u{1b}[1;4m{}\u{1b}[0m ({})", visible(&checked.shown_path), count(found.len(), "finding"))?;
        // Of the same length, so that the places of findings hold in it.
        let text = in_place(&checked.text);
        let excerpt = Excerpt { text: &text, index: LineIndex::new(&text), name: visible(&checked.shown_path) };
        for &found in found.iter().take(left) {
            let mut text = String::new();
            let shown = Shown { found, excerpt: &excerpt, links: run.links };
            if handler.render_report(&mut text, &shown).is_err() {
                text = shown.to_string();
            }
            write!(out, "{}", text.trim_end_matches('\n'))?;
            write!(out, "\n\n")?;
        }
        left = left.saturating_sub(found.len());
    }
    let hidden = if run.infos { 0 } else { run.summary.infos };
    let total = run.summary.findings() - hidden;
    if let Some(limit) = run.limit.filter(|&limit| limit < total) {
        writeln!(out, "… and {} (`--limit 0` shows all)\n", count(total - limit, "more finding"))?;
    }
    for line in run.summary.lines() {
        writeln!(out, "{line}")?;
    }
    if hidden > 0 {
        writeln!(out, "{} not shown one by one (`--verbose` shows all)", count(hidden, "info"))?;
    }
    Ok(())
}

/// A finding in miette's terms.
struct Shown<'a> {
    found: &'a Diagnostic,
    excerpt: &'a Excerpt<'a>,
    /// Whether the rule is linked to its page.
    links: bool,
}

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&visible(&self.found.message))
    }
}

impl std::error::Error for Shown<'_> {}

impl miette::Diagnostic for Shown<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(visible(&self.found.rule)))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.found.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Info => miette::Severity::Advice,
        })
    }

    fn url<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        page(&self.found.rule).filter(|_| self.links).map(|page| Box::new(page) as Box<dyn fmt::Display>)
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        let mut lines: Vec<String> =
            self.found.evidence.iter().map(|fact| format!("because {}", visible(fact))).collect();
        if let Some(fix) = &self.found.fix {
            lines.push(format!("{}: {}", how(fix.applicability), visible(&fix.title)));
        }
        lines.extend(self.found.help.as_deref().map(visible));
        let more = self.found.labels.len().saturating_sub(MOST_LABELS);
        lines.extend((more > 0).then(|| format!("{} not shown", count(more, "more place"))));
        (!lines.is_empty()).then(|| Box::new(lines.join("\n")) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        (!self.excerpt.text.is_empty()).then_some(self.excerpt as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        self.source_code()?;
        let span = |span: Span| SourceSpan::new(span.start().into(), span.len());
        // Underlines that lie on each other cannot be read: where labels point into the finding,
        // the part before the first of them stands for all of it.
        let labels = &self.found.labels;
        let first = labels.iter().map(|label| label.span.start()).min().unwrap_or(usize::MAX);
        let whole = self.found.span;
        let before = Span::new(whole.start(), whole.end().min(first.max(whole.start())));
        let whole = (!before.is_empty() || labels.is_empty()).then_some(before);
        let primary = whole.map(|whole| LabeledSpan::new_primary_with_span(None, span(whole)));
        let alone = primary.is_none();
        let labels = labels.iter().take(MOST_LABELS).enumerate().map(move |(i, label)| {
            let (text, place) = (Some(visible(&label.text)), span(label.span));
            if alone && i == 0 {
                LabeledSpan::new_primary_with_span(text, place)
            } else {
                LabeledSpan::new_with_span(text, place)
            }
        });
        Some(Box::new(primary.into_iter().chain(labels)))
    }
}

/// A note as source code for miette. Of a very long line only the part around is handed out.
struct Excerpt<'a> {
    text: &'a str,
    index: LineIndex<'a>,
    name: String,
}

impl SourceCode for Excerpt<'_> {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let end = span.offset() + span.len();
        if end > self.text.len() {
            return Err(MietteError::OutOfBounds);
        }
        let mut shown = Span::new(span.offset(), end);
        if before + after > 0 {
            let line = |offset: usize| self.index.line(self.index.position(offset).line);
            let from = clip_start(self.text, span.offset(), line(span.offset()).start());
            shown = Span::new(from, clip_end(self.text, end, line(end).end().max(end)));
        }
        let at = self.index.position(shown.start());
        let source = SourceSpan::new(shown.start().into(), shown.len());
        let (data, name) = (shown.of(self.text).as_bytes(), self.name.clone());
        Ok(Box::new(MietteSpanContents::new_named(name, data, source, at.line - 1, at.column - 1, 1)))
    }
}

fn clip_start(text: &str, at: usize, least: usize) -> usize {
    text[least..at].char_indices().rev().nth(AROUND).map_or(least, |(i, _)| least + i)
}

fn clip_end(text: &str, at: usize, most: usize) -> usize {
    text[at..most].char_indices().nth(AROUND).map_or(most, |(i, _)| at + i)
}
