//! Which words tell a movement: verbs, verbs with particles, nouns, "en route", "the flight started in …".

use super::doc::Doc;
use super::lexicon::{Class, End, Part, ThemeNeed};
use crate::syntax::{Dep, Tag};
use std::ops::Range;

/// What sort of word a trigger is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TriggerKind {
    /// A verb, its particle included.
    Verb,
    /// A noun of a noun class.
    Noun(usize),
    /// "en route", "bound for".
    Enroute,
    /// A journey that starts and finishes: its verbs, each with the end its place is.
    Journey(Vec<(usize, End)>),
}

/// A word that tells a movement.
#[derive(Debug, Clone)]
pub struct Found {
    /// Its main token.
    pub token: usize,
    /// Its tokens.
    pub tokens: Range<usize>,
    /// What sort of word.
    pub kind: TriggerKind,
    /// Its verb class.
    pub class: usize,
    /// The verb with its particle, the noun, or the phrase.
    pub name: String,
}

impl Found {
    /// "due in", "due back at": where it will be.
    pub fn is_due(&self) -> bool {
        self.kind == TriggerKind::Enroute && self.name.starts_with("due ")
    }
}

/// Verb forms in -s that the tagger takes for nouns but that are no nouns.
const NO_NOUNS: &[&str] = &[
    "departs",
    "arrives",
    "flees",
    "repatriates",
    "deports",
    "evacuates",
    "relocates",
    "deploys",
    "sends",
    "withdraws",
    "leaves",
    "reaches",
    "enters",
    "travels",
    "heads",
    "sails",
    "flies",
];

/// Every trigger of the report, in text order.
pub fn find(doc: &Doc) -> Vec<Found> {
    let mut found = Vec::new();
    for token in 0..doc.words.len() {
        if doc.name_of[token].is_some() {
            continue;
        }
        if let Some(trigger) = enroute(doc, token).or_else(|| verb(doc, token)).or_else(|| noun(doc, token)) {
            found.push(trigger);
        }
    }
    found
}

fn verb(doc: &Doc, token: usize) -> Option<Found> {
    let mistagged = doc.tag(token) == Tag::Nns && NO_NOUNS.contains(&doc.lower(token));
    if !doc.is_verb(token) && !mistagged {
        return None;
    }
    if matches!(doc.dep(token), Dep::Aux | Dep::Auxpass | Dep::Compound)
        || (doc.dep(token) == Dep::Amod && !mistagged)
    {
        return None;
    }
    let lemma = doc.lemma(token);
    let lemma = if mistagged && lemma == doc.lower(token) { lemma.trim_end_matches('s') } else { lemma };
    // "travelled": the rules for lemmas leave the doubled letter.
    let single = lemma.strip_suffix("le").or(lemma.strip_suffix('l')).filter(|short| {
        lemma.contains("ll")
            && !doc.lexicon.verbs.contains_key(lemma)
            && doc.lexicon.verbs.contains_key(*short)
    });
    let lemma = single.unwrap_or(lemma);
    let sentence = doc.sentence(token);
    let mut name = lemma.to_owned();
    let mut tokens = token..token + 1;
    for (key, parts) in &doc.lexicon.phrases {
        if parts[0] != lemma {
            continue;
        }
        let near = (token + 1..sentence.end.min(token + 4)).find(|&next| doc.lower(next) == parts[1]);
        let Some(second) = near else { continue };
        let bound = second == token + 1
            || (doc.words[second].head == token
                && matches!(doc.dep(second), Dep::Prt | Dep::Dobj | Dep::Advmod | Dep::Npadvmod));
        // "turned out of the city", "move in the direction of": a preposition with an object is none of ours.
        let preposition = doc.dep(second) == Dep::Prep && doc.child(second, &[Dep::Pobj]).is_some();
        if bound && !preposition {
            name = key.clone();
            tokens = token..second + 1;
            break;
        }
    }
    let classes = doc.lexicon.verbs.get(&name)?;
    let passive = doc.is_passive(token);
    let object = doc.child(token, &[Dep::Dobj]);
    let bare_only = |&index: &usize| doc.lexicon.classes[index].bare_only.contains(&name);
    if object.is_some() && classes.iter().all(bare_only) {
        return None;
    }
    let transitive = passive || object.is_some();
    let storm = super::theme::is_storm(doc, doc.subject(token));
    let fits = |class: &Class| {
        if class.theme == ThemeNeed::Storm {
            return storm && !passive;
        }
        if class.passive_only {
            return passive && doc.child(token, &[Dep::Xcomp, Dep::Ccomp]).is_none();
        }
        if transitive { true } else { class.alone == Part::Theme || class.subject == Part::Theme }
    };
    let best = classes
        .iter()
        .copied()
        .filter(|&index| fits(&doc.lexicon.classes[index]))
        .min_by_key(|&index| {
            let class = &doc.lexicon.classes[index];
            let storm_first = usize::from(storm && class.theme != ThemeNeed::Storm);
            let agent = usize::from(transitive && class.subject != Part::Agent);
            (storm_first, if transitive { agent } else { 1 - agent.min(1) }, index)
        })
        .or_else(|| {
            classes.iter().copied().find(|&index| {
                let class = &doc.lexicon.classes[index];
                class.theme != ThemeNeed::Storm && !class.passive_only
            })
        })?;
    Some(Found { token, tokens, kind: TriggerKind::Verb, class: best, name })
}

fn noun(doc: &Doc, token: usize) -> Option<Found> {
    if !matches!(doc.tag(token), Tag::Nn | Tag::Nns | Tag::Nnp | Tag::Nnps) {
        return None;
    }
    let lemma = doc.lemma(token);
    if let Some(journey) = journey(doc, token) {
        return Some(journey);
    }
    let nominal = *doc.lexicon.nouns.get(lemma)?;
    // "evacuation order": only the order; "Flight 2311": a vehicle; "Operation Exit": a name.
    if matches!(doc.dep(token), Dep::Compound | Dep::Nmod)
        || (matches!(doc.tag(token), Tag::Nnp | Tag::Nnps)
            && doc.text[doc.words[token].start..].starts_with(char::is_uppercase))
    {
        return None;
    }
    let sentence = doc.sentence(token);
    let before = if token > sentence.start { doc.lower(token - 1) } else { Default::default() };
    if doc.lexicon.noun_blockers.before.contains(before) {
        return None;
    }
    let after: Vec<&str> = (token + 1..sentence.end.min(token + 3)).map(|next| doc.lower(next)).collect();
    if doc.lexicon.noun_blockers.after.iter().any(|phrase| after.join(" ") == *phrase) {
        return None;
    }
    let class = doc.lexicon.class(&doc.lexicon.nominals[nominal].class)?;
    Some(Found {
        token,
        tokens: token..token + 1,
        kind: TriggerKind::Noun(nominal),
        class,
        name: lemma.to_owned(),
    })
}

/// "The flight started in A and finished in B".
fn journey(doc: &Doc, token: usize) -> Option<Found> {
    let ends = &doc.lexicon.journey_ends;
    if !ends.nouns.contains(doc.lemma(token)) || doc.dep(token) != Dep::Nsubj {
        return None;
    }
    let first = doc.head(token)?;
    let mut verbs = Vec::new();
    for verb in std::iter::once(first).chain(doc.kids(first, &[Dep::Conj])) {
        if ends.start.contains(doc.lemma(verb)) {
            verbs.push((verb, End::Origin));
        } else if ends.finish.contains(doc.lemma(verb)) {
            verbs.push((verb, End::Destination));
        }
    }
    (!verbs.is_empty()).then(|| Found {
        token,
        tokens: token..token + 1,
        kind: TriggerKind::Journey(verbs),
        class: doc.lexicon.class("travel").unwrap_or(0),
        name: doc.lemma(token).to_owned(),
    })
}

fn enroute(doc: &Doc, token: usize) -> Option<Found> {
    let sentence = doc.sentence(token);
    for phrase in &doc.lexicon.enroute {
        let end = token + phrase.len();
        if end <= sentence.end && phrase.iter().enumerate().all(|(i, word)| doc.lower(token + i) == word) {
            // "clothes made for Rome" go nowhere.
            if doc.is_verb(token) && doc.lemma(token) == "make" && doc.is_passive(token) {
                return None;
            }
            let name = phrase.join(" ");
            let main = match phrase.last().map(String::as_str) {
                Some("for" | "from" | "in" | "at" | "into") => token,
                _ => end - 1,
            };
            return Some(Found {
                token: main,
                tokens: token..end,
                kind: TriggerKind::Enroute,
                class: doc.lexicon.class("travel").unwrap_or(0),
                name,
            });
        }
    }
    None
}
