//! Finds URLs in running text: with a scheme, with `www.`, or a domain with a path.
//!
//! The borders follow GitHub's rules for extended autolinks
//! (<https://github.github.com/gfm/#autolinks-extension->): trailing punctuation and a closing
//! parenthesis without partner do not belong to the URL.

use memchr::memchr2_iter;

use crate::span::Span;

const SCHEMES: [&str; 8] = ["https", "http", "ftp", "sftp", "file", "obsidian", "zotero", "git"];

/// Top-level domains that make `name.tld/path` a URL without a scheme. File endings that are also
/// countries (`md`, `py`, `rs`, `sh`, `so`) are not among them: `src/main.rs/…` is a path.
const DOMAINS: [&str; 41] = [
    "com", "org", "net", "edu", "gov", "mil", "int", "info", "io", "dev", "app", "co", "uk", "us", "ca", "au", "nz",
    "eu", "de", "at", "ch", "fr", "es", "it", "nl", "be", "se", "no", "fi", "dk", "pl", "cz", "ru", "ua", "jp", "cn",
    "kr", "in", "br", "mx", "za",
];

/// The URLs of `text`, in order, none overlapping.
pub(super) fn find(text: &str) -> Vec<Span> {
    let bytes = text.as_bytes();
    let mut found: Vec<Span> = Vec::new();
    let mut done = 0;
    for hit in memchr2_iter(b'/', b'w', bytes) {
        if hit < done {
            continue;
        }
        let start = if bytes[hit] == b'w' {
            www(text, hit)
        } else if bytes[..hit].ends_with(b":") && bytes[hit..].starts_with(b"//") {
            scheme(text, hit - 1)
        } else {
            domain(text, hit, done)
        };
        let Some(start) = start.filter(|&start| start >= done) else { continue };
        let end = end(text, start);
        if end > hit {
            found.push(Span::new(start, end));
            done = end;
        }
    }
    found
}

/// The start of the scheme whose colon is at `colon`.
fn scheme(text: &str, colon: usize) -> Option<usize> {
    SCHEMES.iter().find_map(|scheme| {
        let start = colon.checked_sub(scheme.len())?;
        let written = text.as_bytes()[start..colon].eq_ignore_ascii_case(scheme.as_bytes());
        (written && starts_word(text, start)).then_some(start)
    })
}

fn www(text: &str, at: usize) -> Option<usize> {
    let rest = text[at..].strip_prefix("www.")?;
    (rest.starts_with(|c: char| c.is_ascii_alphanumeric()) && starts_word(text, at)).then_some(at)
}

/// The start of the domain name that ends at `slash`.
fn domain(text: &str, slash: usize, from: usize) -> Option<usize> {
    // No domain name is longer than 253 characters, so the way back is bounded.
    let from = from.max(slash.saturating_sub(253));
    let is_name = |b: &&u8| b.is_ascii_alphanumeric() || **b == b'-' || **b == b'.';
    let start = slash - text.as_bytes()[from..slash].iter().rev().take_while(is_name).count();
    let (name, top) = text[start..slash].rsplit_once('.')?;
    let path = text[slash + 1..].starts_with(|c: char| c.is_ascii_alphanumeric());
    let sound = !name.is_empty() && !name.starts_with(['.', '-']) && !name.contains("..");
    (path && sound && DOMAINS.contains(&top) && starts_word(text, start)).then_some(start)
}

fn starts_word(text: &str, at: usize) -> bool {
    !text[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '@' | '.' | '-'))
}

/// The end of the URL that begins at `start`.
fn end(text: &str, start: usize) -> usize {
    let stops = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(
                c,
                '<' | '>' | '"' | '`' | '[' | ']' | '{' | '}' | '|' | '\\' | '“' | '”' | '’' | '‘' | '«' | '»'
            )
            || matches!(c, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}')
    };
    let url = &text[start..];
    let mut url = &url[..url.find(stops).unwrap_or(url.len())];
    // The borders of nested parentheses, so that each is looked at once.
    let (mut open, mut close) = (0_usize, 0_usize);
    for b in url.bytes() {
        open += usize::from(b == b'(');
        close += usize::from(b == b')');
    }
    loop {
        match url.as_bytes().last() {
            Some(b'.' | b',' | b':' | b';' | b'!' | b'?' | b'*' | b'_' | b'~' | b'\'') => {}
            Some(b')') if close > open => close -= 1,
            _ => return start + url.len(),
        }
        url = &url[..url.len() - 1];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn urls(text: &str) -> Vec<&str> {
        find(text).into_iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn urls_end_where_a_reader_ends_them() {
        assert_eq!(urls("see (https://x.org/a_(b)/c), and http://y.de."), ["https://x.org/a_(b)/c", "http://y.de"]);
        assert_eq!(urls("at www.x.org/2006, or ftp://z"), ["www.x.org/2006", "ftp://z"]);
        assert_eq!(urls("见https://x.cn/a，好"), Vec::<&str>::new(), "a letter before is no border");
        assert_eq!(urls("：https://x.cn/a，好"), ["https://x.cn/a"]);
    }

    #[test]
    fn a_domain_needs_a_path() {
        assert_eq!(urls("thestar.com/news/2017 and/or Claude.ai, node.js/x a.b/c"), ["thestar.com/news/2017"]);
        assert_eq!(urls("1812.gc.ca/eng/13"), ["1812.gc.ca/eng/13"]);
    }
}
