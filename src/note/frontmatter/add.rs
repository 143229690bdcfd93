//! Where further items of a list go, and how they are written there.

use super::Frontmatter;
use super::value::{Entry, Value};
use super::write::scalar;

impl Frontmatter {
    /// What adds names to the end of the list of an entry, written as its items are, and the offset
    /// where it goes; `None` where the value is no list with an item, or where its last item has no
    /// line or comma of its own.
    pub fn added(&self, text: &str, entry: &Entry, names: &[String]) -> Option<(usize, String)> {
        let Value::Sequence { flow, items, .. } = &entry.value else { return None };
        let last = items.last()?;
        if items.iter().any(|item| item.nested || item.marked || item.is_null) {
            return None;
        }
        let names = names.iter().map(|name| scalar(name));
        if *flow {
            return Some((last.span.end(), names.map(|name| format!(", {name}")).collect()));
        }
        let start = text[..last.span.start()].rfind('\n').map_or(0, |at| at + 1);
        let dash = &text[start..last.span.start()];
        let end = last.span.end() + text[last.span.end()..].find('\n')?;
        let line_end = if text[..end].ends_with('\r') { "\r\n" } else { "\n" };
        let lines = names.map(|name| format!("{dash}{name}{line_end}")).collect::<String>();
        (dash.trim() == "-").then_some((end + 1, lines))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn added(yaml: &str) -> Option<String> {
        let mut text = format!("---\n{yaml}\n---\n");
        let frontmatter = Frontmatter::read(&text).unwrap();
        let names = ["x".to_owned(), "1".to_owned()];
        let (at, lines) = frontmatter.added(&text, frontmatter.entry("tags").unwrap(), &names)?;
        text.insert_str(at, &lines);
        Some(text[4..text.len() - 5].to_owned())
    }

    #[test]
    fn an_item_is_written_like_those_before_it() {
        assert_eq!(added("tags:\n  - a # mine\nu: 1").as_deref(), Some("tags:\n  - a # mine\n  - x\n  - \"1\"\nu: 1"));
        assert_eq!(added("tags:\n- 'a'").as_deref(), Some("tags:\n- 'a'\n- x\n- \"1\""));
        assert_eq!(added("tags: [a , b ] # c").as_deref(), Some("tags: [a , b, x, \"1\" ] # c"));
    }

    #[test]
    fn what_is_no_list_gets_none() {
        for yaml in ["tags: a", "tags:", "tags: []", "tags: [&x a]", "tags:\n  - [a]"] {
            assert_eq!(added(yaml), None, "{yaml}");
        }
    }
}
