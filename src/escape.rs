//! Makes text from notes, names and rules harmless for terminals and logs.

/// Whether a character would steer a terminal, or reorder what is shown.
pub(crate) fn steers(c: char) -> bool {
    c.is_control() && c != '\t'
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{2028}' | '\u{2029}')
}

/// The text with control characters written out (`\n`, `\u{1b}`), on one line.
pub fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if steers(c) { shown.extend(c.escape_default()) } else { shown.push(c) }
    }
    shown
}

/// The same in as many bytes as before, so that places in the text stay what they are. Line ends stay.
pub(crate) fn in_place(text: &str) -> String {
    text.chars()
        .map(|c| match c.len_utf8() {
            _ if !steers(c) || c == '\n' => c,
            _ if c == '\r' => ' ',
            1 => '?',
            2 => '·',
            _ => '\u{fffd}',
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_is_written_out() {
        assert_eq!(visible("a\u{1b}[31m\nb\u{202e}"), "a\\u{1b}[31m\\nb\\u{202e}");
        let text = "a\u{1b}\u{85}\u{202e}\r\n";
        assert_eq!(in_place(text).len(), text.len());
    }
}
