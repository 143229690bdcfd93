//! Regular expressions as they are written, and what is wrong with one in a few words.

use regex::Regex;
use regex_automata::{meta, util::syntax};
use serde::{Deserialize, Deserializer, de::Error};

/// Why an expression is refused that is one.
const TOO_LARGE: &str = "it is too large, as what it repeats counts each time";

/// An expression that is looked for in parts of a text, of which it sees what is around them. Lines may end in CRLF.
pub(crate) fn part(written: &str) -> Result<meta::Regex, String> {
    let compiled = meta::Builder::new().syntax(syntax::Config::new().crlf(true)).build(written);
    compiled.map_err(|error| {
        let text = error.syntax_error().map_or_else(|| error.to_string(), ToString::to_string);
        let why = if error.size_limit().is_some() { TOO_LARGE } else { why(&text) };
        format!("bad regular expression: {why}")
    })
}

/// An expression over the whole of a value.
pub(crate) fn whole(written: &str) -> Result<Regex, String> {
    // By itself first: with what is put around it, half of two could be one.
    let compiled = Regex::new(written).and_then(|_| {
        // Where blanks do not count, a comment may go on to the end: then a line end closes it.
        Regex::new(&format!("^(?:{written})$"))
            .or_else(|why| Regex::new(&format!("^(?:{written}\n)$")).map_err(|_| why))
    });
    compiled.map_err(|error| match error {
        regex::Error::CompiledTooBig(_) => format!("`{written}` is no regular expression: {TOO_LARGE}"),
        error => format!("`{written}` is no regular expression: {}", why(&error.to_string())),
    })
}

/// A list of expressions over whole values, as the parameters of rules have them.
pub(crate) fn patterns<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Regex>, D::Error> {
    Vec::<String>::deserialize(from)?.iter().map(|pattern| whole(pattern).map_err(D::Error::custom)).collect()
}

/// The regex crate draws its own pictures; the line that says what is wrong is the last one.
fn why(error: &str) -> &str {
    error.trim().lines().last().unwrap_or_default().trim().trim_start_matches("error: ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_said_of_what_is_written() {
        assert_eq!(part("(a").unwrap_err(), "bad regular expression: unclosed group");
        assert_eq!(whole("(").unwrap_err(), "`(` is no regular expression: unclosed group");
        assert_eq!(whole("a)|(b").unwrap_err(), "`a)|(b` is no regular expression: unopened group");
        let large = "(a{1000}){1000}";
        assert!(part(large).unwrap_err().starts_with("bad regular expression: it is too large"));
        assert!(whole(large).unwrap_err().ends_with("it is too large, as what it repeats counts each time"));
        assert!(whole("a|b").unwrap().is_match("b") && !whole("a|b").unwrap().is_match("ab"));
        let commented = whole("(?x) a | b # c").unwrap();
        assert!(commented.is_match("b") && !commented.is_match("ab") && !commented.is_match("b\n"));
    }
}
