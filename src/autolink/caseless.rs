//! Finds a term in a text without regard to case. A pattern made for each term of each note would
//! cost more than the search.

use memchr::memmem::Finder;

use crate::span::Span;

/// A text in which terms are found without regard to case.
#[derive(Debug)]
pub(super) struct Caseless {
    text: String,
    /// The same with the letters of ASCII made small.
    small: String,
    /// The Kelvin sign is a capital `k`, too, the only such one beyond ASCII.
    kelvin: bool,
}

impl Caseless {
    pub(super) fn of(text: String) -> Caseless {
        Caseless { small: text.to_ascii_lowercase(), kelvin: text.contains('\u{212a}'), text }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The places of `term` in the text, in order and without overlap, in whatever capitals.
    pub(super) fn find<'a>(&'a self, term: &'a str) -> impl Iterator<Item = Span> + 'a {
        self.places(term, false, is_same)
    }

    /// The same for a tag, whose hyphens and underscores stand for blanks or for each other.
    pub(super) fn find_tag<'a>(&'a self, tag: &'a str) -> impl Iterator<Item = Span> + 'a {
        let joint = |c: char| matches!(c, '-' | '_');
        let same = move |a, b: char| if joint(a) { joint(b) || b.is_whitespace() } else { is_same(a, b) };
        self.places(tag, tag.contains(joint), same)
    }

    /// `varied`: more than capitals may differ.
    fn places<'a>(
        &'a self,
        term: &'a str,
        varied: bool,
        same: impl Fn(char, char) -> bool + 'a,
    ) -> Box<dyn Iterator<Item = Span> + 'a> {
        if term.is_empty() || !term.is_ascii() || varied || self.kelvin && term.contains(['k', 'K']) {
            return Box::new(places(&self.text, term, same));
        }
        let finder = Finder::new(&term.to_ascii_lowercase()).into_owned();
        let mut done = 0;
        Box::new(std::iter::from_fn(move || {
            let start = done + finder.find(&self.small.as_bytes()[done..])?;
            done = start + finder.needle().len();
            Some(Span::new(start, done))
        }))
    }
}

fn is_same(a: char, b: char) -> bool {
    if a.is_ascii() && b.is_ascii() {
        a.eq_ignore_ascii_case(&b)
    } else {
        a == b || a.to_lowercase().eq(b.to_lowercase())
    }
}

fn places<'a>(text: &'a str, term: &'a str, same: impl Fn(char, char) -> bool + 'a) -> impl Iterator<Item = Span> + 'a {
    let first = term.chars().next();
    let mut at = 0;
    std::iter::from_fn(move || {
        let first = first?;
        loop {
            let start = at + next(&text[at..], first, &same)?;
            let mut rest = text[start..].chars();
            if term.chars().all(|c| rest.next().is_some_and(|found| same(c, found))) {
                at = text.len() - rest.as_str().len();
                return Some(Span::new(start, at));
            }
            at = start + text[start..].chars().next().map_or(1, char::len_utf8);
        }
    })
}

/// The offset of the first character that is the same as `first`.
fn next(text: &str, first: char, same: &impl Fn(char, char) -> bool) -> Option<usize> {
    // The Kelvin sign is a capital `k`, too.
    if first.is_ascii_alphanumeric() && !first.eq_ignore_ascii_case(&'k') {
        let [small, capital] = [first.to_ascii_lowercase(), first.to_ascii_uppercase()].map(|c| c as u8);
        return memchr::memchr2(small, capital, text.as_bytes());
    }
    text.find(|c| same(first, c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, term: &str) -> Vec<String> {
        let text = Caseless::of(text.to_owned());
        text.find(term).map(|span| span.of(text.text()).to_owned()).collect()
    }

    #[test]
    fn a_term_is_found_in_any_capitals() {
        assert_eq!(found("War, war and wARsaw", "war"), ["War", "war", "wAR"]);
        assert_eq!(found("Über über", "ÜBER"), ["Über", "über"]);
        assert_eq!(found("aaa", "aa"), ["aa"]);
        assert_eq!(found("Sun sun ſun", "sun"), ["Sun", "sun"]);
        assert_eq!(found("Talk of tal\u{212a}s", "talk"), ["Talk", "tal\u{212a}"]);
        assert_eq!(found("x", ""), [""; 0]);
    }

    #[test]
    fn the_joints_of_a_tag_stand_for_blanks() {
        let text = Caseless::of("Latin American, latin-american, LatinAmerican, latin_american".to_owned());
        let places: Vec<_> = text.find_tag("latin-american").map(|span| span.of(text.text())).collect();
        assert_eq!(places, ["Latin American", "latin-american", "latin_american"]);
    }
}
