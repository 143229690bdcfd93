//! Tells the whole reasoning on one link.

use super::judge::judge;
use super::nested_link::Nested;
use super::{original, touching};
use crate::autolink::Evidence;
use crate::diagnostic::Applicability;
use crate::language::{Action, Confidence, Repair, Sides, Verdict};
use crate::note::{Note, ZoneKind};
use crate::survey::{Capitals, Survey};
use crate::vault::Vault;

pub(super) fn explain(note: &Note, vault: &Vault, survey: &Survey, offset: usize) -> Option<Vec<String>> {
    let evidence = Evidence::of(note, survey);
    let tags = touching::tag_names(note);
    let judged = judge((note, vault, survey), (|| survey.language_of(note), || &evidence, || &tags));
    let at_word =
        judged.iter().find(|judged| judged.touching.word.start() <= offset && offset < judged.touching.word.end());
    // The innermost link around the place.
    let around = |index: &usize| note.links[*index].span.start() <= offset && offset < note.links[*index].span.end();
    let index = at_word.map(|judged| judged.touching.link).or((0..note.links.len()).rev().find(around))?;
    let link = &note.links[index];

    let mut lines = vec![
        format!("link: {}", link.span.of(&note.text)),
        format!("target: {}, shown: {}", note.shown_in(link.target), note.shown_of(index)),
        format!(
            "place: {}{}",
            place(note.place(link).kind),
            if note.place(link).in_table { ", in a table" } else { "" }
        ),
        format!("language: {}", survey.language_of(note).subtag()),
    ];
    match judged.iter().find(|judged| judged.touching.link == index) {
        Some(judged) => {
            let judgement = &judged.judgement;
            lines.push(format!("word: {} ({})", judged.word, sides(judgement.sides)));
            lines.push(format!(
                "verdict: {}, confidence: {}",
                verdict(judgement.verdict),
                confidence(judgement.confidence)
            ));
            // How often a form of the link's word is written says nothing, and is not counted.
            if judgement.verdict != Verdict::Inflected {
                let known = if judgement.attested { "is known as a word" } else { "is not known as a word" };
                lines.push(format!("attested: `{}` {known}", judged.word));
            }
            lines.extend(judgement.reasons.iter().map(|reason| format!("because {reason}")));
            lines.extend(original::advice(note, survey, judged).map(|advice| format!("original: {advice}")));
            lines.push(format!("action: {}", action(judged.action)));
        }
        None if link.parent.is_some() || note.holds_links(index) => {
            let linker = || super::shows_a_linker(&evidence, || &judged);
            lines.extend(on_nested(note, vault, index, linker));
        }
        None => lines.push("verdict: no letter touches it".to_owned()),
    }
    let signs = evidence.reasons();
    if signs.is_empty() {
        lines.push("evidence of an auto-linker: none".to_owned());
    } else {
        lines.extend(signs.iter().map(|sign| format!("evidence of an auto-linker: {sign}")));
    }
    let judged = judged.iter().find(|judged| judged.touching.link == index);
    if evidence.proves(index) && !judged.is_some_and(|judged| judged.proven) {
        lines.extend(unused_proof(&note.shown_of(index), evidence.capitals()));
    }
    if let Some(judged) = judged {
        lines.extend(what_would_change(judged, &evidence).map(|what| format!("what would change it: {what}")));
    }
    Some(lines)
}

/// The verdict on a link that stands in another or holds others, and what is done about it; `linker` as in
/// [`Nested::at`].
fn on_nested(note: &Note, vault: &Vault, index: usize, linker: impl FnOnce() -> bool) -> Vec<String> {
    let mut outer = index;
    while let Some(parent) = note.links[outer].parent() {
        outer = parent;
    }
    let (verdict, what) = if index == outer {
        ("it holds other links; it stays", "take the links inside out")
    } else {
        ("nested in another link; the outer one stays", "take the link out")
    };
    let mut lines = vec![format!("verdict: {verdict}")];
    // What links in URLs and tags are told to be is another rule's.
    let kind = note.place(&note.links[outer]).kind;
    if kind.is_url() || kind == ZoneKind::HtmlTag {
        return lines;
    }
    let nested = Nested::at(note, vault, outer, linker);
    lines.push(match nested.and_then(|nested| nested.fix) {
        Some((Applicability::Safe, _)) => format!("action: safe: {what}"),
        Some(_) => format!("action: offered: {what}"),
        None => "action: nothing".to_owned(),
    });
    lines
}

/// Why nothing is done to a link on the proof that a loop has made it, and what would change that.
fn unused_proof(shown: &str, capitals: Capitals) -> Vec<String> {
    if !shown.chars().any(|c| c.is_uppercase() || c.is_lowercase()) {
        return Vec::new();
    }
    match capitals {
        Capitals::Kept => Vec::new(),
        Capitals::Unknown => vec![
            "proof not acted on: a loop has made this link, but no term of it stands unlinked in other capitals, so it \
             may have taken them in any and written its own"
                .to_owned(),
            format!("what would change that: a term in other capitals without a link, such as `{}`", recased(shown)),
        ],
        Capitals::Lost => vec![
            "proof not acted on: a loop has made this link, and has written its own capitals into other words"
                .to_owned(),
            "what would change that: nothing in the note; it takes the text as it was".to_owned(),
        ],
    }
}

/// The text with another capital in front.
fn recased(text: &str) -> String {
    let mut letters = text.chars();
    let Some(first) = letters.next() else { return String::new() };
    let upper = first.is_uppercase();
    let other: String = if upper { first.to_lowercase().collect() } else { first.to_uppercase().collect() };
    other + letters.as_str()
}

/// What else would have to be known for another action.
fn what_would_change(judged: &touching::Judged, evidence: &Evidence) -> Option<&'static str> {
    let judgement = &judged.judgement;
    match judged.action {
        Action::Do(_) => {
            Some("a dictionary or a setting that makes the word mean something else: switch the rule off for this note")
        }
        _ if judgement.miscased => {
            Some("nothing in the note: the linker has changed capitals, and only you know the word")
        }
        _ if matches!(judgement.verdict, Verdict::Boundary | Verdict::Fine) => None,
        Action::Offer(_) if !judgement.attested => {
            Some("the word written without a link anywhere in the vault, or in a dictionary you give")
        }
        _ if !evidence.is_enough() => {
            Some("signs of an auto-linker in the note, or two certain accidents in the vault")
        }
        _ => None,
    }
}

fn place(kind: ZoneKind) -> &'static str {
    match kind {
        ZoneKind::Prose => "running text",
        ZoneKind::Heading => "a heading",
        ZoneKind::InlineCode | ZoneKind::CodeBlock => "code",
        ZoneKind::Math => "math",
        ZoneKind::Html => "the text of an HTML block",
        ZoneKind::HtmlTag => "an HTML tag",
        ZoneKind::HtmlComment | ZoneKind::Comment => "a comment",
        ZoneKind::Url => "a URL",
        ZoneKind::LinkDestination => "the destination of a Markdown link",
        ZoneKind::LinkTitle => "the title of a Markdown link",
        ZoneKind::LinkText => "the text of a Markdown link",
        ZoneKind::Frontmatter => "the frontmatter",
    }
}

fn sides(sides: Sides) -> &'static str {
    match sides {
        Sides::Neither => "nothing of the word outside the link",
        Sides::Before => "letters before the link",
        Sides::After => "letters after the link",
        Sides::Both => "letters on both sides of the link",
    }
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Boundary => "a border stands between",
        Verdict::Fine => "as the script or the language has it",
        Verdict::Whole => "a part of a known name",
        Verdict::Accident => "an accident",
        Verdict::Derived => "a derived word",
        Verdict::Inflected => "a form of the word",
        Verdict::Compound => "a compound",
        Verdict::LostSpace => "a lost blank",
        Verdict::Number => "a piece of a number",
        Verdict::Unknown => "not known",
    }
}

fn confidence(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Low => "low",
        Confidence::Middle => "middle",
        Confidence::High => "high",
    }
}

fn action(action: Action) -> String {
    let repair = |repair| match repair {
        Repair::Unlink => "take the link out",
        Repair::Alias => "show the whole word",
        Repair::Space => "put a blank between",
        Repair::Whole => "link the whole word",
    };
    match action {
        Action::Nothing => "nothing".to_owned(),
        Action::Offer(what) => format!("offered: {}", repair(what)),
        Action::Do(what) => format!("safe: {}", repair(what)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::Given;

    /// A note that a loop has linked, with this sentence before it.
    fn explained(first: &str, link: &str) -> String {
        let terms = ["War", "flu", "prison", "Europe", "1956"];
        let text = format!(
            "{first} A War in Europe, a prison of 1956, an influence: War, Europe, prison, flu, 1956, antiflu.\n"
        );
        let body = terms.iter().fold(text, |text, term| text.replace(term, &format!("[[{term}]]")));
        let note = Note::parse("n.md", format!("---\ntags: [{}]\n---\n{body}", terms.join(", ")));
        let survey = Survey::of(std::slice::from_ref(&note), Given::default());
        let at = note.text.find(link).expect("the link is in the note");
        explain(&note, &Vault::default(), &survey, at).expect("it is a link").join("\n")
    }

    #[test]
    fn a_proof_that_is_not_acted_on_says_why() {
        let lines = explained("Then.", "[[War]]");
        assert!(lines.contains("proof not acted on: a loop has made this link"), "{lines}");
        assert!(lines.contains("such as `war`"), "{lines}");
    }

    #[test]
    fn a_nested_link_has_an_action() {
        let note = Note::parse("n.md", "The [[[[War]]saw]] Pact and [[a [[b]] c]].\n");
        let told = |at| explain(&note, &Vault::default(), &Survey::default(), at).expect("it is a link").join("\n");
        assert!(told(8).contains("action: safe: take the link out"), "{}", told(8));
        assert!(told(5).contains("action: safe: take the links inside out"), "{}", told(5));
    }

    #[test]
    fn with_a_witness_or_without_capitals_the_proof_holds() {
        assert!(!explained("The war is over.", "[[War]]").contains("not acted on"));
        assert!(!explained("Then.", "[[1956]]").contains("not acted on"), "figures have no capitals");
    }
}
