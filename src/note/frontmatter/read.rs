//! YAML's events as entries, with their places in bytes.

use std::borrow::Cow;

use foldhash::{HashSet, HashSetExt};
use saphyr_parser::{Event, Parser, ScalarStyle, StrInput};

use super::super::exact;
use super::lines;
use super::place::scalar_span;
use super::value::{Entry, Item, Scalar, Style, Value, YamlError};
use crate::span::Span;

#[derive(Default)]
pub(super) struct Read {
    pub(super) entries: Vec<Entry>,
    pub(super) flow: bool,
    pub(super) error: Option<YamlError>,
}

pub(super) fn read(text: &str, yaml: Span) -> Read {
    let mut events = Events::new(text, yaml);
    let mut read = Read::default();
    events.mapping(&mut read);
    read.error = events.error.take().or_else(|| tab(text, yaml));
    if !events.ended {
        read = Read { entries: lines::entries(text, yaml), flow: false, error: read.error };
    }
    read
}

/// Tabs that indent are no YAML, though the parser lets some pass; then the referee decides.
fn tab(text: &str, yaml: Span) -> Option<YamlError> {
    let mut at = yaml.start();
    for line in yaml.of(text).split_inclusive('\n') {
        let indent = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
        if let Some(tab) = indent.find('\t') {
            serde_yaml::from_str::<serde_yaml::Value>(yaml.of(text)).err()?;
            let span = Span::new(at + tab, at + line.trim_end().len().max(tab));
            return Some(YamlError {
                span,
                message: "a tab indents this line, where YAML allows only blanks".to_owned(),
            });
        }
        at += line.len();
    }
    None
}

/// A value as the events tell it.
struct Node {
    value: Value,
    marked: bool,
}

/// The parser's events, their places turned from characters of the YAML into bytes of the note.
struct Events<'a> {
    text: &'a str,
    yaml: Span,
    parser: Parser<'a, StrInput<'a>>,
    /// The byte of every character, where the two differ.
    bytes: Option<Vec<usize>>,
    /// The open collections: the keys of a mapping and whether the next scalar is one.
    open: Vec<Option<(HashSet<Cow<'a, str>>, bool)>>,
    error: Option<YamlError>,
    /// Whether the parser went through to the end of the YAML, and found a mapping.
    ended: bool,
}

impl<'a> Events<'a> {
    fn new(text: &'a str, yaml: Span) -> Self {
        let source = yaml.of(text);
        let bytes = (!source.is_ascii()).then(|| source.char_indices().map(|(i, _)| i).chain([source.len()]).collect());
        let parser = Parser::new_from_str(source);
        Events { text, yaml, parser, bytes, open: Vec::new(), error: None, ended: false }
    }

    /// The byte of the note that the parser's `index`, which counts characters, stands for.
    fn byte(&self, index: usize) -> usize {
        let inside = match &self.bytes {
            Some(bytes) => bytes.get(index).copied().unwrap_or(self.yaml.len()),
            None => index.min(self.yaml.len()),
        };
        self.yaml.start() + inside
    }

    fn next(&mut self) -> Option<(Event<'a>, Span)> {
        match self.parser.next_event()? {
            Ok((event, span)) => {
                let start = self.byte(span.start.index());
                let span = Span::new(start, self.byte(span.end.index()).max(start));
                self.watch(&event, span);
                Some((event, span))
            }
            Err(error) => {
                self.fail(self.byte(error.marker().index()), error.info().to_owned());
                None
            }
        }
    }

    /// Keeps the first error.
    fn fail(&mut self, at: usize, message: String) {
        // The parser tells the end of the YAML as the place of what was never closed.
        let at = if at >= self.yaml.end() { self.yaml.start() + self.yaml.of(self.text).trim_end().len() } else { at };
        let line = self.text[at..self.yaml.end().max(at)].lines().next().unwrap_or_default();
        self.error.get_or_insert(YamlError { span: Span::new(at, at + line.trim_end().len()), message });
    }

    /// Looks for keys that stand twice in one mapping.
    fn watch(&mut self, event: &Event<'a>, span: Span) {
        let mut twice = None;
        let key = matches!(self.open.last(), Some(Some((_, true))));
        let opens = matches!(event, Event::MappingStart(..) | Event::SequenceStart(..));
        if let Event::Scalar(name, ..) = event
            && let Some(Some((keys, true))) = self.open.last_mut()
            && !keys.insert(name.clone())
        {
            twice = Some(format!("the key `{name}` stands here a second time"));
        }
        if (opens || matches!(event, Event::Scalar(..) | Event::Alias(_)))
            && let Some(Some((_, is_key))) = self.open.last_mut()
        {
            *is_key = !key;
        }
        match event {
            Event::MappingStart(..) => self.open.push(Some((HashSet::new(), true))),
            Event::SequenceStart(..) => self.open.push(None),
            Event::MappingEnd | Event::SequenceEnd => drop(self.open.pop()),
            _ => {}
        }
        if let Some(message) = twice {
            self.fail(span.start(), message);
        }
    }

    /// Reads the whole document, which should be one mapping.
    fn mapping(&mut self, read: &mut Read) {
        while let Some((event, span)) = self.next() {
            match event {
                Event::StreamStart | Event::DocumentStart(_) => {}
                Event::DocumentEnd if span.is_empty() => {}
                Event::DocumentEnd => {
                    self.fail(span.start(), "the YAML ends here, before the closing `---`".to_owned())
                }
                Event::StreamEnd => self.ended = true,
                Event::MappingStart(..) if read.entries.is_empty() => {
                    read.flow = span.of(self.text).ends_with('{');
                    if self.entries(read).is_none() {
                        return;
                    }
                }
                Event::Scalar(text, ScalarStyle::Plain, ..) if text.is_empty() => {}
                _ => return self.fail(span.start(), "here stands no `key: value`".to_owned()),
            }
        }
    }

    fn entries(&mut self, read: &mut Read) -> Option<()> {
        loop {
            let (event, span) = self.next()?;
            let (key, name) = match event {
                Event::MappingEnd => break,
                Event::Scalar(name, style, ..) if !name.is_empty() && !span.of(self.text).trim_end().contains('\n') => {
                    (scalar_span(self.text, span, style, span.start()), name.into())
                }
                _ => {
                    self.fail(span.start(), "a key is no plain name".to_owned());
                    return None;
                }
            };
            let colon =
                self.text[key.end()..self.yaml.end().max(key.end())].find(':').map_or(key.end(), |i| key.end() + i + 1);
            let Node { value, marked } = self.node(colon)?;
            let span = Span::new(key.start(), value.span().end().max(key.end()));
            read.entries.push(Entry { key, name, value, span, marked });
        }
        if !read.flow {
            self.stretch(&mut read.entries);
        }
        Some(())
    }

    /// Makes the entries of a block mapping end where their last line does.
    fn stretch(&self, entries: &mut [Entry]) {
        let line = |at: usize| {
            self.text[self.yaml.start()..at].rfind('\n').map_or(self.yaml.start(), |i| self.yaml.start() + i + 1)
        };
        let mut limit = self.yaml.end();
        for entry in entries.iter_mut().rev() {
            let start = line(entry.key.start());
            let column = entry.key.start() - start;
            entry.span =
                entry.span.with_end(lines::end_of_entry(self.text, entry.key, column, limit.max(entry.key.end())));
            limit = start;
        }
    }

    /// The next value, which stands somewhere after `from`.
    fn node(&mut self, from: usize) -> Option<Node> {
        let (event, span) = self.next()?;
        Some(match event {
            Event::Scalar(text, style, anchor, tag) => {
                let marked = anchor != 0 || tag.is_some();
                let span = if span.is_empty() { Span::at(from) } else { scalar_span(self.text, span, style, from) };
                let scalar = Scalar { span, style: style.into(), text: text.into() };
                let null = scalar.is_null() && !marked;
                Node { value: if null { Value::Null { span } } else { Value::Scalar(scalar) }, marked }
            }
            Event::SequenceStart(anchor, tag) => {
                let flow = span.of(self.text).ends_with('[');
                let start = if flow { span.end() - 1 } else { self.dash(from) };
                let (items, end) = self.items(start, flow)?;
                let span = Span::new(start, end.max(start));
                Node { value: Value::Sequence { span, flow, items }, marked: anchor != 0 || tag.is_some() }
            }
            Event::MappingStart(anchor, tag) => {
                let span = Span::new(span.start(), self.skip(span.end())?);
                Node { value: Value::Mapping { span }, marked: anchor != 0 || tag.is_some() }
            }
            Event::Alias(_) => Node { value: Value::Alias { span }, marked: false },
            _ => return None,
        })
    }

    fn items(&mut self, start: usize, flow: bool) -> Option<(Box<[Item]>, usize)> {
        let mut items = Vec::new();
        let mut at = start;
        loop {
            let (event, span) = self.next()?;
            let from = if flow { span.start() } else { (self.dash(at) + 1).min(self.yaml.end()) };
            let item = match event {
                Event::SequenceEnd => {
                    return Some((exact(items), if flow { span.end() } else { at }));
                }
                Event::Scalar(text, style, anchor, tag) => {
                    let span = if span.is_empty() { Span::at(from) } else { scalar_span(self.text, span, style, from) };
                    let scalar = Scalar { span, style: style.into(), text: text.into() };
                    let marked = anchor != 0 || tag.is_some();
                    let is_null = scalar.is_null() && !marked;
                    Item { span, style: scalar.style, text: scalar.text, is_null, nested: false, marked }
                }
                Event::Alias(_) => nested(span),
                _ => nested(Span::new(span.start(), self.skip(span.end())?)),
            };
            at = item.span.end().max(at);
            items.push(item);
        }
    }

    /// Reads to the end of the collection that has just begun, and tells where its last value ends.
    fn skip(&mut self, from: usize) -> Option<usize> {
        let mut end = from;
        let mut depth = 1;
        while depth > 0 {
            let (event, span) = self.next()?;
            match event {
                Event::MappingStart(..) | Event::SequenceStart(..) => depth += 1,
                Event::MappingEnd | Event::SequenceEnd => depth -= 1,
                _ => {}
            }
            if let Event::Scalar(_, style, ..) = event
                && !span.is_empty()
            {
                end = end.max(scalar_span(self.text, span, style, span.start()).end());
            } else if !span.is_empty() {
                end = end.max(span.end());
            }
        }
        Some(end)
    }

    /// The first dash after `from` that is no part of a comment, an anchor or a type.
    fn dash(&self, from: usize) -> usize {
        let mut at = from.min(self.yaml.end());
        loop {
            let rest = &self.text[at..self.yaml.end()];
            at += rest.len() - rest.trim_start().len();
            let rest = rest.trim_start();
            if rest.is_empty() || rest.starts_with('-') {
                return at;
            }
            let comment = rest.starts_with('#');
            at += rest.find(|c: char| if comment { c == '\n' } else { c.is_whitespace() }).unwrap_or(rest.len());
        }
    }
}

fn nested(span: Span) -> Item {
    Item { span, style: Style::Plain, text: Box::default(), is_null: false, nested: true, marked: false }
}
