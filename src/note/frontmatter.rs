//! stand-in until the reader lands
use crate::span::Span;
#[derive(Debug, Clone)]
pub struct Frontmatter {
    pub span: Span,
}
impl Frontmatter {
    pub fn read(text: &str) -> Option<Frontmatter> {
        let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
        if !text[start..].starts_with("---\n") && !text[start..].starts_with("---\r\n") {
            return None;
        }
        let mut at = start;
        for (i, line) in text[start..].split_inclusive('\n').enumerate() {
            at += line.len();
            if i > 0 && line.trim_end() == "---" {
                return Some(Frontmatter { span: Span::new(start, at) });
            }
        }
        None
    }
}
pub mod referee {
    pub fn same_but_for(_b: &str, _a: &str, _k: &[&str]) -> Result<(), String> {
        Ok(())
    }
}
