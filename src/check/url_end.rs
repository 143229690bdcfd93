//! Where a URL ends that links stand in or behind.

use super::Cx;
use crate::note::{Note, ZoneKind};
use crate::span::Span;

/// How far a URL reaches.
pub(super) struct Reach {
    /// How many of the links stand before its end.
    pub(super) inside: usize,
    /// Whether one of these may stand behind its end.
    pub(super) may_end: bool,
}

/// What a mark before a link is to the URL.
enum Border {
    Inside,
    MayEnd,
    Ends,
}

/// How far the URL in `zone` reaches, where `links` stand in it by all that Markdown knows.
pub(super) fn reach(cx: &Cx<'_>, zone: Span, links: &[usize]) -> Reach {
    let note = cx.note;
    let bare = is_bare(note, zone);
    // Parentheses are counted once, from link to link.
    let (mut open, mut close, mut at) = (0, 0, zone.start());
    let mut may_end = false;
    for (inside, &index) in links.iter().enumerate() {
        let link = note.links[index].span;
        if link.start() < at {
            continue;
        }
        let between = &note.text[at..link.start()];
        open += between.matches('(').count();
        close += between.matches(')').count();
        at = link.start();
        match border(cx, zone, link, close <= open, bare) {
            Border::Inside => {}
            Border::MayEnd => may_end = true,
            Border::Ends => return Reach { inside, may_end },
        }
    }
    Reach { inside: links.len(), may_end }
}

/// What stands right before a link: a dash or a dot that lists things, what closes the parenthesis, the quote or the
/// emphasis that the URL is in; or, where nothing else speaks for a linker, a comma and the like, or a letter that URLs
/// do not have. `balanced`: as many parentheses are closed before the link as are opened.
fn border(cx: &Cx<'_>, zone: Span, link: Span, balanced: bool, bare: bool) -> Border {
    use Border::{Ends, Inside, MayEnd};
    let note = cx.note;
    let (before, after) = (&note.text[zone.start()..link.start()], &note.text[link.end()..]);
    let separates = |c: char| !c.is_ascii() && !c.is_alphanumeric();
    let ends_if = |ends: bool| if ends { Ends } else { Inside };
    let Some(last) = before.chars().next_back() else { return Inside };
    // What the mark is where the URL does not go on behind the link, and where it does.
    let (stops, goes) = match last {
        ')' => return ends_if(!balanced),
        '*' | '_' | '~' | '\'' => return ends_if(bare && is_open(note, zone.start(), last)),
        '=' if before.ends_with("==") => return ends_if(bare && is_open(note, zone.start(), '=')),
        ',' | ';' | '!' => (Ends, MayEnd),
        '(' => (Ends, Inside),
        // Programs write such letters otherwise, and people a sentence behind a URL without a blank.
        c if !c.is_ascii() && c.is_alphabetic() => (Ends, Inside),
        c if separates(c) => return ends_if(after.chars().next().is_none_or(|c| c.is_whitespace() || separates(c))),
        // `x.org/a.[[html]]` is a URL, and `x.org/a.[[War]]` two sentences without a blank.
        '.' | ':' | '?' => (MayEnd, Inside),
        _ => return Inside,
    };
    // Between marks of its own a URL goes on, and so it does where a linker has been at work.
    match !bare || cx.has_damaged_words() {
        true => Inside,
        false if goes_on(after) => goes,
        false => stops,
    }
}

/// Whether nothing but the text around it tells where the URL in `zone` ends.
fn is_bare(note: &Note, zone: Span) -> bool {
    note.kind_at(zone.start()) == ZoneKind::Url && !note.text[..zone.start()].ends_with('<')
}

/// Whether a mark that stands last on the line before `at` opens emphasis, or a quote: behind a blank or another mark,
/// and before no blank.
fn is_open(note: &Note, at: usize, mark: char) -> bool {
    // No farther back than a line of text is long.
    let near = note.text.floor_char_boundary(at.saturating_sub(500));
    let line = note.text[near..at].rsplit('\n').next().unwrap_or_default();
    let Some((_, behind)) = line.rsplit_once(mark) else { return false };
    let before = line[..line.len() - behind.len()].trim_end_matches(mark);
    let opens = |c: char| {
        c.is_whitespace() || matches!(c, '(' | '[' | '{' | '"' | '“' | '‘' | '*' | '_' | '~' | '=' | '\u{feff}')
    };
    !behind.starts_with(char::is_whitespace) && before.chars().next_back().is_none_or(opens)
}

/// Whether a text begins as only the rest of a URL does: `/10`, `.org`, `=1`.
pub(super) fn goes_on(rest: &str) -> bool {
    let mut rest = rest.chars();
    matches!(rest.next(), Some('/' | '.' | '?' | '#' | '=' | '&')) && rest.next().is_some_and(char::is_alphanumeric)
}
