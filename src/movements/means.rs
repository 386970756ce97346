//! By what means: from the words around a movement's trigger, what moves, and what carries it.

use super::Mode;
use super::doc::Doc;
use super::nouns;
use super::theme::{self, Cast};
use super::triggers::{Found, TriggerKind};
use crate::syntax::{Dep, EntityKind, Tag};
use std::ops::Range;

/// How far, in tokens, the words about a named ship are looked for.
const REACH: usize = 3000;

/// The tokens that belong to a trigger's clause: from the nearest clause border before it to the next.
pub fn clause(doc: &Doc, trigger: &Found) -> Range<usize> {
    let sentence = doc.sentence(trigger.token);
    let top = clause_top(doc, trigger.token);
    let range = doc.subtree(top);
    range.start.max(sentence.start)..range.end.min(sentence.end)
}

/// The verb that the trigger's clause hangs on.
pub fn clause_top(doc: &Doc, token: usize) -> usize {
    let mut top = token;
    for up in doc.ancestors(token) {
        let dep = doc.dep(top);
        let stop =
            matches!(dep, Dep::Ccomp | Dep::Relcl | Dep::Advcl | Dep::Acl | Dep::Parataxis | Dep::Root)
                || (dep == Dep::Conj && doc.is_verb(top))
                || (dep == Dep::Pcomp && doc.is_verb(top));
        if stop && doc.is_verb(top) {
            break;
        }
        top = up;
    }
    top
}

/// The means, from the trigger, what moves, and the words of the clause.
pub fn mode(doc: &Doc, trigger: &Found, cast: Cast) -> Mode {
    let lexicon = doc.lexicon;
    let region = clause(doc, trigger);
    if theme::is_storm(doc, cast.theme) {
        return Mode::Unknown;
    }
    // 1. What the clause says: "by ship", "aboard two helicopters", "maritime routes".
    for (mode, cues) in &lexicon.modes {
        for token in region.clone().filter(|&token| !is_of_another_leg(doc, trigger, token)) {
            let lower = doc.lower(token);
            let object = |token: usize| {
                doc.child(token, &[Dep::Pobj]).map(|object| (object, doc.lemma(object).to_owned()))
            };
            if lower == "by"
                && let Some((object, lemma)) = object(token)
                && (cues.by.contains(&lemma) || cues.by.contains(doc.lower(object)))
                && doc.child(object, &[Dep::Det]).is_none_or(|_| cues.aboard.contains(&lemma))
                && near(doc, trigger, token)
            {
                return to_mode(mode);
            }
            if matches!(lower, "aboard" | "in" | "on" | "onboard" | "via" | "with" | "from" | "using")
                && let Some((object, lemma)) = object(token)
                && near(doc, trigger, token)
            {
                let names = doc.phrase(object).any(|part| cues.aboard.contains(doc.lower(part)));
                let strict = matches!(lower, "aboard" | "onboard");
                if cues.aboard.contains(&lemma)
                    || (strict && names)
                    || (strict && *mode == "sea" && doc.tag(object) == Tag::Nnp)
                {
                    return to_mode(mode);
                }
            }
        }
        let words: String = region.clone().map(|token| doc.lower(token)).collect::<Vec<_>>().join(" ");
        if cues.phrase.iter().any(|phrase| format!(" {words} ").contains(&format!(" {phrase} "))) {
            return to_mode(mode);
        }
    }
    // 2. The verb itself.
    if trigger.kind == TriggerKind::Verb || trigger.kind != TriggerKind::Enroute {
        for (mode, verbs) in &lexicon.mode_verbs {
            if verbs.contains(&trigger.name) {
                return to_mode(mode);
            }
        }
    }
    // 3. What moves, what carries it, or what makes it move.
    let carrier = |noun: usize| -> Option<Mode> {
        let noun = ship_behind(doc, noun).unwrap_or_else(|| theme::antecedent(doc, noun));
        let phrase = doc.phrase(noun);
        // "an air ambulance".
        if doc.kids(noun, &[Dep::Compound, Dep::Amod]).any(|word| doc.lower(word) == "air") {
            return Some(Mode::Air);
        }
        for (mode, words) in &lexicon.vehicle_mode {
            if words.contains(doc.lemma(noun)) || words.contains(doc.lower(noun)) {
                return Some(to_mode(mode));
            }
        }
        for (mode, words) in &lexicon.vehicle_mode {
            if mode != "foot"
                && phrase.clone().any(|token| {
                    (words.contains(doc.lemma(token)) || words.contains(doc.lower(token)))
                        && !matches!(doc.dep(token), Dep::Poss)
                        && matches!(doc.dep(token), Dep::Compound | Dep::Pobj | Dep::Conj)
                })
            {
                return Some(to_mode(mode));
            }
        }
        // A name whose vehicle word stands elsewhere: "the ferry Patience", "MV Namse".
        if doc.tag(noun) == Tag::Nnp && doc.name_of[noun].is_none() {
            let lower = doc.lower(noun);
            let window = noun.saturating_sub(REACH)..(noun + REACH).min(doc.words.len());
            for other in window {
                if doc.lower(other) == lower {
                    let around = doc.phrase(other);
                    let from = around.start.saturating_sub(2);
                    for (mode, words) in &lexicon.vehicle_mode {
                        if (from..around.end).any(|token| {
                            doc.words[token].sentence == doc.words[other].sentence
                                && (words.contains(doc.lemma(token))
                                    || matches!(
                                        (mode.as_str(), doc.lower(token)),
                                        ("sea", "mv" | "ss" | "hms" | "uss")
                                    ))
                        }) {
                            return Some(to_mode(mode));
                        }
                    }
                }
            }
        }
        None
    };
    for noun in cast.theme.into_iter().chain(cast.agent) {
        if let Some(mode) = carrier(noun) {
            return mode;
        }
    }
    let carries =
        matches!(trigger.name.as_str(), "carry" | "bring") || lexicon.rides.verbs.contains(&trigger.name);
    if trigger.kind == TriggerKind::Enroute || carries {
        for token in region.clone() {
            for (mode, words) in &lexicon.vehicle_mode {
                if words.contains(doc.lemma(token)) && doc.is_nominal(token) && mode != "foot" {
                    return to_mode(mode);
                }
            }
        }
    }
    // "bound from Trincomalee for Fremantle, Kirkwater was torpedoed": what befell it there.
    if let Some(theme) = cast.theme {
        let befell = |verb: &usize| doc.is_failure(*verb) && doc.subject(*verb) == Some(theme);
        for verb in doc.sentence(trigger.token).filter(befell) {
            for (mode, verbs) in &lexicon.mode_verbs {
                if verbs.contains(doc.lemma(verb)) {
                    return to_mode(mode);
                }
            }
        }
    }
    if let TriggerKind::Noun(_) = trigger.kind {
        for part in doc.kids(trigger.token, &[Dep::Compound, Dep::Amod]) {
            for (mode, words) in &lexicon.vehicle_mode {
                if words.contains(doc.lemma(part)) {
                    return to_mode(mode);
                }
            }
        }
    }
    Mode::Unknown
}

/// "she", of a ship: the vessel that is named nearer before it than any person that does something.
fn ship_behind(doc: &Doc, pronoun: usize) -> Option<usize> {
    /// How many tokens back a pronoun may lead.
    const BACK: usize = 300;
    if !matches!(doc.lower(pronoun), "she" | "her") {
        return None;
    }
    let ships = doc.lexicon.vehicle_mode.get("sea")?;
    let is_person = |token: usize| {
        matches!(doc.dep(token), Dep::Nsubj | Dep::Nsubjpass)
            && (doc.entity_is(token, EntityKind::Person) || nouns::is_person(doc.lemma(token)))
    };
    (0..pronoun)
        .rev()
        .take(BACK)
        .find(|&token| ships.contains(doc.lemma(token)) && doc.is_nominal(token) || is_person(token))
        .filter(|&token| ships.contains(doc.lemma(token)))
}

/// "flew to Nuuk and went on to Sisimiut by ferry": whether the nearest verb above a preposition is another verb of
/// motion with an end of its own.
fn is_of_another_leg(doc: &Doc, trigger: &Found, token: usize) -> bool {
    let Some(verb) =
        doc.ancestors(token).take_while(|up| !trigger.tokens.contains(up)).find(|&up| doc.is_verb(up))
    else {
        return false;
    };
    let leads = |kid: usize| {
        matches!(doc.lower(kid), "to" | "into" | "for" | "from" | "towards" | "toward")
            && doc.child(kid, &[Dep::Pobj]).is_some()
    };
    let is_above = doc.is_within(trigger.token, verb);
    let is_named = |object: usize| doc.name_of[object].is_some();
    // "was taken to a hospital, from which he fled on foot": a clause with a subject of its own.
    let is_clause = !is_above && doc.child(verb, &[Dep::Nsubj, Dep::Nsubjpass]).is_some();
    doc.lexicon.verbs.contains_key(doc.lemma(verb))
        && (is_clause
            || doc.kids(verb, &[Dep::Prep]).any(leads)
            || doc.kids(verb, &[Dep::Dobj]).any(is_named))
        && (!is_above || doc.dep(trigger.token) == Dep::Conj)
}

fn near(doc: &Doc, trigger: &Found, token: usize) -> bool {
    // In the trigger's own subtree, or hanging on what is in it, or close by.
    doc.is_within(token, trigger.token) || token.abs_diff(trigger.token) <= 8
}

fn to_mode(word: &str) -> Mode {
    match word {
        "sea" => Mode::Sea,
        "air" => Mode::Air,
        "rail" => Mode::Rail,
        "road" => Mode::Road,
        "foot" => Mode::Foot,
        _ => Mode::Unknown,
    }
}
