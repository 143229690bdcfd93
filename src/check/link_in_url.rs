//! A wikilink inside a URL, or inside the destination of a Markdown link.

use serde::Deserialize;

use super::unlink::{is_name, is_template, unlink_all};
use super::{Check, Cx, most_in, touching};
use crate::diagnostic::{Applicability, Fix};
use crate::language::{Lexicon, Parts};
use crate::note::{Note, Zone, ZoneKind};
use crate::span::Span;
use crate::vault::{Vault, fold};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LinkInUrl {}

impl Check for LinkInUrl {
    fn note(&self, cx: &mut Cx<'_>) {
        for_each_zone(cx, ZoneKind::is_url, |cx, zone, links| {
            let (note, vault) = (cx.note, cx.vault);
            // The URL ends before a link that stands beside it.
            let inside = before_ended(cx, zone, links);
            let end = links.get(inside).map_or(zone.end(), |&i| note.links[i].span.start());
            let (links, zone) = (&links[..inside], zone.with_end(end));
            let url = note.shown_in(zone);
            // A URL with one place-holder of a template in it may have others that look like notes.
            let broken = !links.is_empty()
                && links.iter().all(|&i| breaks(note, zone, i))
                && !links.iter().all(|&i| is_place_holder(note, vault, i));
            // Of a link with a blank in it, the URL holds no more than the beginning.
            let last = links.last().map_or(end, |&i| note.links[i].span.end());
            let whole = zone.with_end(zone.end().max(last));
            broken.then(|| Broken {
                message: format!("a link inside the URL `{}`", note.shown_in(whole)),
                title: "take the link out of the URL",
                links: links.to_vec(),
                doubtful: is_doubtful(cx, zone, links),
                rest: url,
            })
        });
    }
}

/// What stands in one zone that wikilinks have broken.
pub(super) struct Broken {
    pub(super) message: String,
    pub(super) title: &'static str,
    /// The links that go.
    pub(super) links: Vec<usize>,
    /// Whether an author may have meant them, so that they are taken out only where other damage speaks for a linker.
    pub(super) doubtful: bool,
    /// What is left when they are gone.
    pub(super) rest: String,
}

/// Reports the broken zones of a kind, one finding each, with a fix that takes the links out.
pub(super) fn for_each_zone(
    cx: &mut Cx<'_>,
    kind: fn(ZoneKind) -> bool,
    judge: impl Fn(&Cx<'_>, Span, &[usize]) -> Option<Broken>,
) {
    let note = cx.note;
    // The links before this index have been dealt with.
    let mut done = 0;
    for at in note.in_markup().iter().map(|&index| index as usize) {
        if at < done || !kind(note.place(&note.links[at]).kind) {
            continue;
        }
        let start = note.links[at].shown().start();
        let Some(&Zone { span: zone, kind: found }) = note.zone_at(start) else { break };
        let links: Vec<usize> =
            (at..note.links.len()).take_while(|&i| note.links[i].span.start() < zone.end()).collect();
        done = at + links.len();
        let Some(broken) = judge(cx, zone, &links) else { continue };
        let edits = unlink_all(note, &broken.links);
        let lossless = broken.links.iter().all(|&i| zone.contains(note.links[i].span) && !note.links[i].embed);
        // A linker that puts blanks around its links has made the blanks of the path, too, unless
        // there is such a file.
        let cut = may_be_spaced(note, zone, &links, found.is_url())
            && !(found.is_url() && cx.vault.has_file(broken.rest.trim()));
        let cut = cut || broken.links.iter().any(|&i| has_loose_blank(note, i));
        let clean = lossless && !cut && (!found.is_url() || !broken.rest.contains(['[', ']']));
        let applicability = match clean && !may_be_recased(cx, &broken.links) {
            true if broken.doubtful => Applicability::Unsafe,
            true => Applicability::Safe,
            false => Applicability::Display,
        };
        let mut finding = cx.report(zone, broken.message);
        for &i in &broken.links {
            finding = finding.label(note.links[i].span, "this link is no part of it");
        }
        finding.fix(Fix::new(broken.title, applicability.min(most_in(found)), edits));
    }
}

/// Whether white space that stands beside a link in the zone may have come with it: some linkers put
/// blanks around what they link. Then no link of the note touches anything; and a path that has
/// other blanks had them before.
fn may_be_spaced(note: &Note, zone: Span, links: &[usize], is_url: bool) -> bool {
    let mut apart = false;
    let mut beside = false;
    let mut at = zone.start();
    let inside = links.iter().map(|&i| note.links[i].span).filter(|link| zone.contains(*link));
    for link in inside.chain([Span::at(zone.end())]) {
        if link.start() >= at {
            let between = &note.text[at..link.start()];
            beside |= at > zone.start() && between.starts_with(char::is_whitespace);
            beside |= !link.is_empty() && between.ends_with(char::is_whitespace);
            apart |= between.trim().contains(char::is_whitespace);
        }
        at = at.max(link.end());
    }
    let touches = |link: Span| {
        let (before, after) = (note.text[..link.start()].chars().next_back(), note.text[link.end()..].chars().next());
        [before, after].into_iter().flatten().any(|c| !c.is_whitespace() && !matches!(c, '[' | ']'))
    };
    beside && !((apart || !is_url) && note.links.iter().any(|link| touches(link.span)))
}

/// Whether a linker may have put a blank beside the link, or inside it, where what is broken goes on.
fn has_loose_blank(note: &Note, index: usize) -> bool {
    let link = &note.links[index];
    let (shown, after) = (link.shown().of(&note.text), &note.text[link.span.end()..]);
    after.strip_prefix([' ', '\t']).is_some_and(goes_on) || shown.trim() != shown
}

/// Whether a text begins as only the rest of a URL does: `/10`, `.org`, `=1`.
fn goes_on(rest: &str) -> bool {
    let mut rest = rest.chars();
    matches!(rest.next(), Some('/' | '.' | '?' | '#' | '=' | '&')) && rest.next().is_some_and(char::is_alphanumeric)
}

/// Whether a linker that takes its terms in any capitals, and writes its own, may have made one of the links: where it is
/// known to, or where the link stands in a word as none is written, `CLI[[color]]`, `inst[[All]]er`, but for those that
/// are made of several, `Hello[[World]]Provider`; or as one hump of such a one in small letters, `Hello[[world]]Provider`.
fn may_be_recased(cx: &Cx<'_>, links: &[usize]) -> bool {
    let note = cx.note;
    let capital = |&i: &usize| note.links[i].shown().of(&note.text).contains(char::is_uppercase);
    let odd = |&i: &usize| {
        let link = &note.links[i];
        let (before, after) = (&note.text[..link.span.start()], &note.text[link.span.end()..]);
        let parts = Parts::cut(before, link.shown().of(&note.text), after);
        let is_one_word = || Lexicon::english().word(&fold(&parts.joined()));
        let small = parts.link.starts_with(char::is_lowercase);
        touching::is_hump(&parts) || parts.is_miscased() && (small || is_one_word())
    };
    links.iter().any(capital) && cx.has_lost_capitals() || links.iter().any(odd) && !cx.tells_capitals()
}

/// How many of the links stand before the end of a URL: a dash or a dot that lists things, what closes the
/// parenthesis, the quote or the emphasis that the URL is in; or, where nothing else speaks for a linker, a comma and the
/// like, or a letter that URLs do not have.
fn before_ended(cx: &Cx<'_>, zone: Span, links: &[usize]) -> usize {
    let note = cx.note;
    let separates = |c: char| !c.is_ascii() && !c.is_alphanumeric();
    let bare = is_bare(note, zone);
    // Parentheses are counted once, from link to link.
    let (mut open, mut close, mut at) = (0, 0, zone.start());
    let stands_inside = |&&i: &&usize| {
        let link = note.links[i].span;
        if link.start() < at {
            return true;
        }
        let between = &note.text[at..link.start()];
        open += between.matches('(').count();
        close += between.matches(')').count();
        at = link.start();
        let (before, after) = (&note.text[zone.start()..at], &note.text[link.end()..]);
        match before.chars().next_back() {
            Some(')') => close <= open,
            Some(mark @ ('*' | '_' | '~' | '\'')) => !bare || !is_open(note, zone.start(), mark),
            Some('=') if before.ends_with("==") => !bare || !is_open(note, zone.start(), '='),
            Some(',' | ';' | '!' | '(') => !bare || goes_on(after) || cx.has_damaged_words(),
            // Programs write such letters otherwise, and people a sentence behind a URL without a blank.
            Some(c) if !c.is_ascii() && c.is_alphabetic() => !bare || goes_on(after) || cx.has_damaged_words(),
            Some(c) if separates(c) => after.chars().next().is_some_and(|c| !c.is_whitespace() && !separates(c)),
            _ => true,
        }
    };
    links.iter().take_while(stands_inside).count()
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

/// Whether an author may have meant the links in a URL, and nothing else in note or vault speaks for a linker: where one
/// may stand behind the end of a sentence, or each is a step of the path that may have been linked, in
/// `Booking.com/[[Airbnb]]`, or set for others to fill in, as in `/users/[[id]]`.
fn is_doubtful(cx: &Cx<'_>, zone: Span, links: &[usize]) -> bool {
    let note = cx.note;
    let url = zone.of(&note.text);
    let part = note.kind_at(zone.start()) == ZoneKind::Url && !url.contains("://") && !url.starts_with("www.");
    let meant = links.iter().all(|&i| {
        let step = || note.text[..note.links[i].span.start()].ends_with('/');
        is_a_part(note, i) && (part && step() || is_to_be_filled_in(cx, i))
    });
    if note.kind_at(zone.start()) != ZoneKind::Url {
        return meant && !cx.has_damaged_words();
    }
    // `x.org/a.[[html]]` is a URL, and `x.org/a.[[War]]` two sentences without a blank.
    let bare = is_bare(note, zone);
    let behind_end = |&i: &usize| {
        let link = note.links[i].span;
        match note.text[zone.start()..link.start().max(zone.start())].chars().next_back() {
            Some('.' | ':' | '?') => bare && !goes_on(&note.text[link.end()..]),
            Some(',' | ';' | '!') => bare,
            _ => false,
        }
    };
    (meant || links.iter().any(behind_end)) && !cx.has_damaged_words()
}

/// Whether others may be meant to put something in the place of a link: neither a note nor a tag of this one is called
/// so, and its text does not link the same.
fn is_to_be_filled_in(cx: &Cx<'_>, index: usize) -> bool {
    let note = cx.note;
    let link = &note.links[index];
    let name = link.shown().of(&note.text);
    let key = fold(name);
    let known = || cx.vault.knows(name) || cx.tag_names().contains(&key) || cx.linked_names().contains(&key);
    link.alias.is_none() && !known()
}

/// Whether a link is a whole part of a URL: a step of its path, its port, a value of its query; and no number.
fn is_a_part(note: &Note, index: usize) -> bool {
    let link = &note.links[index];
    let (before, after) = (&note.text[..link.span.start()], &note.text[link.span.end()..]);
    let begins = before.ends_with(['/', ':', '=', '&', '?', '#']);
    let ends = after.chars().next().is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '-' | '_' | '%' | '['));
    begins && ends && !link.shown().of(&note.text).contains(|c: char| c.is_numeric())
}

/// Whether a link can be damage to the URL in `zone`.
fn breaks(note: &Note, zone: Span, index: usize) -> bool {
    let link = &note.links[index];
    // `[text]([[Page]])` is how Logseq writes a link.
    let first = zone.end() - zone.of(&note.text).trim_start().len();
    let stands_alone = |end: usize| end == zone.end() || note.text[end..].starts_with(char::is_whitespace);
    // `[[WebDAV|https://example.org/dav]]-enabled`: the URL begins in the link.
    let begins = link.span.contains(Span::at(first)) && link.shown().of(&note.text).contains('/');
    let whole = link.span.contains(zone) || begins || link.span.start() == first && stands_alone(link.span.end());
    // In scripts without blanks a link may follow a URL that has ended.
    let after = note.text[link.span.end()..].chars().next();
    let leaves =
        after.is_some_and(|c| !c.is_ascii() && c.is_alphabetic()) && note.kind_at(zone.start()) == ZoneKind::Url;
    !whole && !leaves && is_name(note, link)
}

pub(super) fn is_place_holder(note: &Note, vault: &Vault, index: usize) -> bool {
    let target = note.shown_in(note.links[index].target);
    is_template(&target, vault.knows(&target))
}
