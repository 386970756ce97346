//! Names: the spans of a report that name places, and what the gazetteer knows of each.
//!
//! Every run of capitals that the gazetteer has (or that ends in a type word) is a candidate; the
//! words beside it, the names of persons in the text and the parser's labels are the evidence; a
//! linear judge with a readable table of weights decides. The gazetteer overrules the labels.

mod candidates;
mod containment;
mod demonyms;
mod evidence;
mod halves;
mod judge;
mod lists;
mod persons;
mod short;
mod uses;
mod words;

pub use candidates::Form;
pub use containment::contains;
pub use lists::{compass, is_part_of_ground, is_title};
pub use words::{Gap, Shape, Word};

use crate::gazetteer::{Found, Gazetteer, Kind};
use crate::report::{Report, Span};
use crate::syntax::Tree;
use lists::List;
use std::sync::Arc;

/// A place name found in the text, not yet resolved.
#[derive(Debug, Clone)]
pub struct NameMention {
    /// The name alone: "Ukraine" in "eastern Ukraine".
    pub span: Span,
    /// The name as the gazetteer was asked for it.
    pub lookup: String,
    /// What the gazetteer has, most prominent first; empty for a name it lacks.
    pub found: Arc<[Found]>,
    /// How it was come by.
    pub form: Form,
    /// The type word that belongs to it: "county", "region", "river".
    pub type_word: Option<String>,
    /// What it does in its sentence.
    pub role: Role,
    /// Whether it speaks, decides or is dealt with, as only a government does (not: describes an office).
    pub speaks: bool,
    /// How probable it is that it names a place, 0 to 1.
    pub probability: f32,
    /// Index of the name that contains this one by the words ("Paris, Texas").
    pub within: Option<usize>,
    /// Its first word and one past its last, in [`Names::words`].
    pub words: (usize, usize),
    /// Why it was taken so, in words a desk editor reads.
    pub reasons: Vec<String>,
}

/// What a name does in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// It names ground.
    Ground,
    /// It stands for a government, people or organisation.
    Actor,
    /// It is a demonym or an adjective.
    Demonym,
}

/// The names of a report, in text order, with the words they stand among.
pub struct Names<'t> {
    /// The names.
    pub names: Vec<NameMention>,
    /// The words of the text.
    pub words: Vec<Word<'t>>,
}

/// Finds the names of places in a report. Works without trees too, a little less surely.
pub fn find<'t>(report: &'t Report, trees: &[Tree], gazetteer: &Gazetteer) -> Names<'t> {
    let words = words::words(report, trees);
    let roles = persons::roles(&words, trees, gazetteer);
    let all = candidates::candidates(&report.text, &words, trees, &roles, gazetteer);
    let context = evidence::Context::new(&words, trees, &roles, gazetteer, &all, dateline(report));
    let parsed = !trees.is_empty();
    let evidence: Vec<_> = (0..all.len()).map(|at| context.of(at)).collect();
    let probabilities: Vec<f32> = evidence.iter().map(|found| judge::probability(found, parsed)).collect();
    let kept = judge::keep(&all, &probabilities, |i| least(&evidence[i]));
    let mut names: Vec<NameMention> = kept
        .iter()
        .map(|&i| {
            let candidate = &all[i];
            NameMention {
                span: candidate.span,
                lookup: candidate.lookup.clone(),
                found: candidate.found.clone(),
                form: candidate.form,
                type_word: candidate.type_word.clone().or_else(|| small_type_word(&words, candidate.end)),
                role: Role::Ground,
                speaks: false,
                probability: probabilities[i],
                within: None,
                words: (candidate.first, candidate.end),
                reasons: Vec::new(),
            }
        })
        .collect();
    demonyms::add(&report.text, &words, trees, gazetteer, &mut names);
    halves::add(&words, gazetteer, &mut names);
    link(&words, gazetteer, &mut names);
    uses::mark(&words, trees, gazetteer, &mut names);
    Names { names, words }
}

/// Where the dateline's place stands, or the head of the dateline.
fn dateline(report: &Report) -> Option<Span> {
    report.dateline.as_ref().map(|line| line.place_span.unwrap_or(line.span))
}

/// Below this probability a candidate is no place name. A country, a capital or an institution that is missed
/// costs a map more than one too many.
fn least(evidence: &evidence::Evidence) -> f32 {
    let has = |what: &str| evidence.iter().any(|(found, _)| *found == what);
    if has("an institution") {
        0.0
    } else if has("country or capital")
        && !has("given name of a full name")
        && !has("inside a person's full name")
    {
        0.27
    } else {
        0.45
    }
}

/// "Kursk region", "Bibb and Houston counties": a type word in small letters after the name.
fn small_type_word(words: &[Word], end: usize) -> Option<String> {
    let mut at = end;
    // Over a list of names.
    while at + 1 < words.len()
        && (words[at].text == "and" || words[at].gap == Gap::Comma && words[at].capital())
        && at < end + 6
    {
        at += if words[at].text == "and" { 2 } else { 1 };
    }
    let word = words.get(at)?;
    let plural = at > end;
    let types = if plural { List::TypesSmallPlural } else { List::TypesSmall };
    (word.gap == Gap::Space
        && !words[end - 1].possessive
        && word.shape == Shape::Lower
        && word.lists.has(types))
    .then(|| match word.text {
        "counties" => "county".to_owned(),
        other if plural => other.trim_end_matches('s').to_owned(),
        other => other.to_owned(),
    })
}

/// Links each name to the name after its comma that contains it.
fn link(words: &[Word], gazetteer: &Gazetteer, names: &mut [NameMention]) {
    for i in 0..names.len().saturating_sub(1) {
        let next = i + 1;
        let gap = words[names[next].words.0].gap;
        let after_comma = names[next].words.0 == names[i].words.1 && matches!(gap, Gap::Comma);
        let bracketed = names[next].words.0 == names[i].words.1 && matches!(gap, Gap::Other);
        let in_between = names[next].words.0 == names[i].words.1 + 1
            && matches!(words[names[i].words.1].text, "in" | "of")
            && gap == Gap::Space;
        if !(after_comma || in_between || bracketed)
            || names[i].role == Role::Demonym
            || names[next].role == Role::Demonym
        {
            continue;
        }
        let inside = names[next].found.iter().take(4).any(|outer| {
            matches!(gazetteer.kind(outer.entry), Kind::Country | Kind::Unit | Kind::District)
                && names[i].found.iter().take(60).any(|inner| contains(gazetteer, outer.entry, inner.entry))
        });
        if inside || after_comma && names[i].found.is_empty() {
            names[i].within = Some(next);
        }
    }
}

/// Every span of a report that may name a place, with what the gazetteer has of it, demonyms with it: what is
/// known before anything is judged, and so the most that reading can get right.
pub fn known(report: &Report, trees: &[Tree], gazetteer: &Gazetteer) -> Vec<(Span, Arc<[Found]>)> {
    let words = words::words(report, trees);
    let roles = persons::roles(&words, trees, gazetteer);
    let all = candidates::candidates(&report.text, &words, trees, &roles, gazetteer);
    let mut demonyms = Vec::new();
    demonyms::add(&report.text, &words, trees, gazetteer, &mut demonyms);
    all.into_iter()
        .map(|candidate| (candidate.span, candidate.found))
        .chain(demonyms.into_iter().map(|name| (name.span, name.found)))
        .filter(|(_, found)| !found.is_empty())
        .collect()
}

/// One candidate with its evidence, for learning the weights.
#[derive(Debug, serde::Serialize)]
pub struct Lesson {
    /// Where the candidate stands.
    pub span: Span,
    /// The evidence with a parse (or without, when there are no trees).
    pub evidence: Vec<(&'static str, f32)>,
}

/// The candidates of a report with their evidence: what `geodata/ranker/train.py` learns from.
pub fn lessons(report: &Report, trees: &[Tree], gazetteer: &Gazetteer) -> Vec<Lesson> {
    let words = words::words(report, trees);
    let roles = persons::roles(&words, trees, gazetteer);
    let all = candidates::candidates(&report.text, &words, trees, &roles, gazetteer);
    let context = evidence::Context::new(&words, trees, &roles, gazetteer, &all, dateline(report));
    (0..all.len()).map(|at| Lesson { span: all[at].span, evidence: context.of(at) }).collect()
}
