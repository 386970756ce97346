//! Which words tell a movement: verbs, verbs with particles, nouns, "en route", "the flight started in …".

use super::doc::Doc;
use super::lexicon::{ANY_VERB, Class, End, Part, ThemeNeed};
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
        let of_words = enroute(doc, token).or_else(|| verb(doc, token)).or_else(|| noun(doc, token));
        if let Some(trigger) = of_words.or_else(|| cut_short(doc, token)) {
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
    // "turning left onto Main Street".
    if doc.lower(token) == "left"
        && token
            .checked_sub(1)
            .is_some_and(|before| matches!(doc.lemma(before), "turn" | "veer" | "bear" | "swerve"))
    {
        return None;
    }
    let lemma = doc.lemma(token);
    let lemma = if mistagged && lemma == doc.lower(token) { lemma.trim_end_matches('s') } else { lemma };
    let written = written_as(doc, token, lemma);
    let lemma = written.as_deref().unwrap_or(lemma);
    let sentence = doc.sentence(token);
    let mut name = lemma.to_owned();
    let mut tokens = token..token + 1;
    for (key, parts) in &doc.lexicon.phrases {
        if parts[0] != lemma {
            continue;
        }
        if parts.len() > 2 {
            let words = token + 1..token + parts.len();
            if words.end <= sentence.end
                && words.clone().zip(&parts[1..]).all(|(at, part)| doc.lower(at) == part)
            {
                name = key.clone();
                tokens = token..words.end;
                break;
            }
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
    // Not "brought the sacks down to A".
    let goes_nowhere = |particle: usize| {
        doc.lexicon.particles.get(&name).is_some_and(|particles| particles.contains(doc.lower(particle)))
            && doc.words.get(particle + 1).is_none_or(|next| !super::ends::directional(&next.lower))
    };
    if is_idiom(doc, token, lemma) || doc.kids(token, &[Dep::Prt]).any(goes_nowhere) {
        return None;
    }
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
            // "landed 300 troops in A" takes something there, "landed in A" comes there.
            let causes = class.subject == Part::Agent;
            (storm_first, causes != transitive, index)
        })
        .or_else(|| {
            classes.iter().copied().find(|&index| {
                let class = &doc.lexicon.classes[index];
                class.theme != ThemeNeed::Storm && !class.passive_only
            })
        })?;
    Some(Found { token, tokens, kind: TriggerKind::Verb, class: best, name })
}

/// The verb of the lexicon that the rules for lemmas missed: they leave the doubled letter of "travelled" and take "waded"
/// for a form of "wad".
fn written_as(doc: &Doc, token: usize, lemma: &str) -> Option<String> {
    let verbs = &doc.lexicon.verbs;
    if verbs.contains_key(lemma) {
        return None;
    }
    let written = doc.lower(token);
    let stem = ["ed", "ing", "es"].iter().find_map(|ending| written.strip_suffix(ending))?;
    let mut letters = stem.chars().rev();
    let doubled = letters.next().zip(letters.next()).filter(|(last, before)| last == before);
    let single = doubled.and_then(|(last, _)| stem.strip_suffix(last)).map(str::to_owned);
    [Some(stem.to_owned()), Some(format!("{stem}e")), single]
        .into_iter()
        .flatten()
        .find(|verb| verbs.contains_key(verb))
}

/// "came under fire", "is coming to the end of a tour": a verb that goes nowhere with these words.
fn is_idiom(doc: &Doc, verb: usize, lemma: &str) -> bool {
    let idioms = [doc.lexicon.idioms.get(lemma), doc.lexicon.idioms.get(ANY_VERB)];
    doc.kids(verb, &[Dep::Prep]).any(|prep| {
        // "ran out of fuel": two prepositions.
        let inner = doc.child(prep, &[Dep::Prep]).filter(|_| doc.lower(prep) == "out");
        let word = match inner {
            Some(inner) => format!("{} {}", doc.lower(prep), doc.lower(inner)),
            None => doc.lower(prep).to_owned(),
        };
        doc.child(inner.unwrap_or(prep), &[Dep::Pobj]).is_some_and(|noun| {
            let is_listed =
                |noun: &str| idioms.iter().flatten().any(|idioms| idioms.contains(&format!("{word} {noun}")));
            doc.name_of[noun].is_none() && (is_listed(doc.lemma(noun)) || is_listed(doc.lower(noun)))
        })
    })
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
    // "through the Kerem Shalom crossing": a place by its name.
    if doc.is_ground(token) && doc.kids(token, &[Dep::Compound]).any(|part| doc.name_of[part].is_some()) {
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
    if doc.lexicon.noun_blockers.with_infinitive.contains(lemma)
        && doc.kids(token, &[Dep::Acl, Dep::Relcl]).any(|verb| doc.is_infinitive(verb))
    {
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

/// "A train from A to B derailed": a vehicle that did not come where its name says.
fn cut_short(doc: &Doc, token: usize) -> Option<Found> {
    if !doc.lexicon.vehicles.contains(doc.lemma(token)) {
        return None;
    }
    let is_place =
        |prep: usize| doc.child(prep, &[Dep::Pobj]).is_some_and(|place| doc.name_of[place].is_some());
    let prep = |above: usize, words: &[&str]| {
        doc.kids(above, &[Dep::Prep]).find(|&prep| words.contains(&doc.lower(prep)) && is_place(prep))
    };
    let from = prep(token, &["from"])?;
    prep(token, &["to", "for"]).or_else(|| prep(from, &["to", "for"]))?;
    // "left the rails" tells it by itself.
    let is_told =
        |&fate: &usize| doc.fails(fate) && doc.subject(fate) == Some(token) && verb(doc, fate).is_none();
    doc.head(token).filter(is_told)?;
    Some(Found {
        token,
        tokens: token..token + 1,
        kind: TriggerKind::Enroute,
        class: doc.lexicon.class("travel").unwrap_or(0),
        name: doc.lemma(token).to_owned(),
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
            if doc.lexicon.enroute_of_being.contains(&name)
                && doc.head(token).is_none_or(|up| doc.lemma(up) != "be")
            {
                return None;
            }
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
