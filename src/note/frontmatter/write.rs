//! How names are written so that YAML reads them as they are.

use super::value::{Entry, Value};

/// How a list is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListStyle {
    /// A line an item, indented by so many blanks more than its key.
    Block { indent: usize },
    /// `[a, b]`.
    Flow,
}

impl ListStyle {
    /// The names as a list; a block begins with a line end, and has `indent` before each dash.
    pub fn write(self, names: &[String], line_end: &str, indent: &str) -> String {
        let names = names.iter().map(|name| scalar(name));
        match self {
            ListStyle::Flow => format!("[{}]", names.collect::<Vec<_>>().join(", ")),
            ListStyle::Block { .. } => names.map(|name| format!("{line_end}{indent}- {name}")).collect(),
        }
    }
}

/// How Obsidian writes lists.
const USUAL: ListStyle = ListStyle::Block { indent: 2 };

/// The style of the first block list; where there is none, of the first list between brackets.
pub(super) fn list_style<'a>(text: &str, entries: impl Iterator<Item = &'a Entry>) -> ListStyle {
    let mut style = None;
    for entry in entries {
        match list_of(text, entry) {
            Some(block @ ListStyle::Block { .. }) => return block,
            Some(flow) => style = Some(flow),
            None => {}
        }
    }
    style.unwrap_or(USUAL)
}

fn list_of(text: &str, entry: &Entry) -> Option<ListStyle> {
    let (span, flow) = match &entry.value {
        Value::Sequence { span, flow, items } if !items.is_empty() => (*span, *flow),
        Value::Raw { span } => (*span, span.of(text).starts_with('[')),
        _ => return None,
    };
    if flow {
        return Some(ListStyle::Flow);
    }
    let line = |at: usize| text[..at].rfind('\n').map_or(0, |i| i + 1);
    let column = span.start() - line(span.start());
    let own_line = text[line(span.start())..span.start()].trim().is_empty();
    let dash = span.of(text).starts_with("- ") && own_line;
    let key = entry.key.start() - line(entry.key.start());
    dash.then(|| ListStyle::Block { indent: column.saturating_sub(key) })
}

/// The text as a scalar that every reader of YAML takes for this very string, in a list of either
/// style: plain where that is certain, else in quotes.
pub fn scalar(text: &str) -> String {
    if is_plain(text) {
        text.to_owned()
    } else if text.chars().any(char::is_control) || text.contains(['\u{85}', '\u{2028}', '\u{2029}', '\u{feff}']) {
        let escaped = text.chars().map(|c| match c {
            '"' | '\\' => format!("\\{c}"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}') => format!("\\u{:04x}", c as u32),
            c => c.to_string(),
        });
        format!("\"{}\"", escaped.collect::<String>())
    } else if text.contains(['"', '\\']) {
        format!("'{}'", text.replace('\'', "''"))
    } else {
        format!("\"{text}\"")
    }
}

fn is_plain(text: &str) -> bool {
    let Some(first) = text.chars().next() else { return false };
    let odd = |c: char| {
        matches!(c, ',' | ':' | '[' | ']' | '{' | '}' | '\u{feff}') || c.is_control() || c.is_whitespace() && c != ' '
    };
    if text.contains(" #") || text.ends_with(' ') || text.contains(odd) {
        return false;
    }
    let begins = !first.is_whitespace() && !"-?:#&*!|>'\"%@`=<~".contains(first);
    begins && !is_typed(text)
}

/// Whether some version of YAML takes the plain text for a number, a date, a truth or nothing.
fn is_typed(text: &str) -> bool {
    let word = text.to_ascii_lowercase();
    if matches!(word.as_str(), "null" | "true" | "false" | "yes" | "no" | "on" | "off" | "y" | "n") {
        return true;
    }
    let number = word.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '.'));
    let hex = word.starts_with("0x") || word.starts_with("+0x");
    let digit =
        |c: char| c.is_ascii_digit() || "+-._:eotzinfa ".contains(c) || hex && c.is_ascii_hexdigit() || c == 'x';
    number && word.chars().all(digit)
}
