//! Demonyms: words for the people or the manner of a place ("Syrian", "Muscovites"), a kind of
//! their own. Languages ("speaks French", "in Arabic") are none.

use super::candidates::Form;
use super::words::{Gap, Word, token};
use super::{NameMention, Role};
use crate::gazetteer::{Found, Gazetteer, NameKind};
use crate::report::Span;
use crate::syntax::{EntityKind, Tree};

/// Verbs and nouns beside which a demonym is a language.
const LANGUAGE_WORDS: &[&str] = &[
    "speak",
    "speaks",
    "spoke",
    "spoken",
    "speaking",
    "learn",
    "learning",
    "teach",
    "teaching",
    "translate",
    "translated",
    "language",
    "languages",
    "fluent",
    "dialect",
    "grammar",
    "study",
    "studying",
    "read",
    "write",
    "subtitles",
    "accent",
    "tongue",
    "speakers",
    "speaker",
];

/// Adds the demonyms where no name stands already.
pub fn add(text: &str, words: &[Word], trees: &[Tree], gazetteer: &Gazetteer, names: &mut Vec<NameMention>) {
    // Which name holds each word, and which names have given way.
    let mut holder: Vec<Option<usize>> = vec![None; words.len()];
    for (index, name) in names.iter().enumerate() {
        holder[name.words.0..name.words.1].fill(Some(index));
    }
    let mut gone = vec![false; names.len()];
    let mut added = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let (span_end, found) = match demonym(text, words, at, gazetteer) {
            Some(it) => it,
            None => {
                at += 1;
                continue;
            }
        };
        let span = Span::new(words[at].start, words[span_end - 1].end);
        let first = at;
        at = span_end;
        if is_language(words, first, span_end, trees, found.1) {
            continue;
        }
        // A sure name keeps its place: "Western Sahara", "American Samoa".
        let held = || holder[first..span_end].iter().flatten().copied().filter(|&index| !gone[index]);
        if held().any(|index| {
            let name = &names[index];
            name.span.end - name.span.start > span.end - span.start || name.probability > 0.9
        }) {
            continue;
        }
        let held: Vec<usize> = held().collect();
        held.into_iter().for_each(|index| gone[index] = true);
        added.push(NameMention {
            span,
            lookup: span.of(text).to_owned(),
            found: [Found { entry: found.0, name_kind: NameKind::Alternate, rank: 0 }].into(),
            form: Form::Name,
            type_word: None,
            role: Role::Demonym,
            speaks: false,
            probability: 1.0,
            within: None,
            words: (first, span_end),
            reasons: vec!["a people or an adjective".to_owned()],
        });
    }
    let mut gone = gone.into_iter();
    names.retain(|_| !gone.next().unwrap_or(false));
    names.append(&mut added);
    names.sort_by_key(|n| n.span);
}

/// A demonym of one or two words that begins here.
fn demonym(
    text: &str,
    words: &[Word],
    at: usize,
    gazetteer: &Gazetteer,
) -> Option<(usize, (crate::gazetteer::EntryId, bool))> {
    if !words[at].capital() {
        return None;
    }
    if let Some(next) = words.get(at + 1)
        && next.capital()
        && matches!(next.gap, Gap::Space)
        && let Some(it) = gazetteer.demonym(&text[words[at].start..next.end])
    {
        return Some((at + 2, (it.entry, it.language)));
    }
    gazetteer.demonym(words[at].text).map(|it| (at + 1, (it.entry, it.language)))
}

fn is_language(words: &[Word], first: usize, end: usize, trees: &[Tree], language: bool) -> bool {
    if token(&words[first], trees).is_some_and(|t| t.entity == Some(EntityKind::Language)) {
        return true;
    }
    if !language {
        return false;
    }
    let near =
        |at: Option<usize>| at.and_then(|at| words.get(at)).is_some_and(|w| LANGUAGE_WORDS.contains(&w.text));
    if near(first.checked_sub(1)) || near(Some(end)) {
        return true;
    }
    // "in French", and nothing that it describes.
    let ends = words.get(end).is_none_or(|w| {
        w.gap != Gap::Space
            || !w.capital()
                && matches!(w.text, "and" | "or" | "to" | "as" | "is" | "for" | "on" | "at" | "was" | "by")
    });
    first > 0
        && matches!(words[first - 1].text, "in" | "into" | "from")
        && words[first].gap == Gap::Space
        && ends
}
