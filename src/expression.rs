//! Regular expressions as they are written, and what is wrong with one in a few words.

use regex::Regex;

/// An expression that is looked for.
pub(crate) fn part(written: &str) -> Result<Regex, String> {
    Regex::new(written).map_err(|error| format!("bad regular expression: {}", why(&error)))
}

/// An expression over the whole of a value.
pub(crate) fn whole(written: &str) -> Result<Regex, String> {
    // By itself first: with what is put around it, half of two could be one.
    let compiled = Regex::new(written).and_then(|_| Regex::new(&format!("^(?:{written})$")));
    compiled.map_err(|error| format!("`{written}` is no regular expression: {}", why(&error)))
}

/// The regex crate draws its own pictures; the line that says what is wrong is the last one.
fn why(error: &regex::Error) -> String {
    let text = error.to_string();
    let line = text.trim().lines().last().unwrap_or_default().trim();
    line.trim_start_matches("error: ").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_said_of_what_is_written() {
        assert_eq!(part("(a").unwrap_err(), "bad regular expression: unclosed group");
        assert_eq!(whole("(").unwrap_err(), "`(` is no regular expression: unclosed group");
        assert_eq!(whole("a)|(b").unwrap_err(), "`a)|(b` is no regular expression: unopened group");
        assert!(whole("a|b").unwrap().is_match("b") && !whole("a|b").unwrap().is_match("ab"));
    }
}
