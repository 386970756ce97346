//! How many, by what means, and when: the details of a movement, from the words around its trigger.

use super::doc::Doc;
use super::ends::Linked;
use super::nouns;
use super::theme::{self, Cast};
use super::triggers::{Found, TriggerKind};
use super::{Mode, Status};
use crate::mentions::dates::{Anchor, Anchors, Tense, TimeExpression, TimeKind};
use crate::mentions::quantities::{Counted, QuantityKind};
use crate::mentions::{Quantity, When};
use crate::report::Span;
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

/// The quantity of what moves, and whether it was carried over from another sentence.
pub fn quantity(doc: &Doc, trigger: &Found, cast: Cast, counted: &[Counted]) -> Option<(Quantity, bool)> {
    let of_noun = |noun: usize| quantity_of(doc, noun, counted);
    if let Some(theme) = cast.theme {
        if let Some(found) = of_noun(theme) {
            // "sent 300 soldiers to A for deployment in B": the number of the sending.
            let noun = matches!(trigger.kind, TriggerKind::Noun(_));
            let lent = noun && !doc.is_within(trigger.token, theme) && !doc.is_within(theme, trigger.token);
            return Some((found, lent));
        }
        // "seven of which were transferred", "some of its 60 personnel".
        let resolved = theme::antecedent(doc, theme);
        if resolved != theme
            && let Some(found) = of_noun(resolved)
        {
            return Some((found, true));
        }
        // "boats … carrying 1,000 people": the load, when the carriers are not counted.
        if let Some(found) = load(doc, trigger, theme, resolved, counted) {
            return Some((found, false));
        }
        // "they", and "the howitzers" that they stand for, are as many as were counted before.
        let same = [theme, resolved].into_iter().find_map(|noun| inherited(doc, noun, counted));
        if let Some(found) = same {
            return Some((found, true));
        }
    }
    if trigger.kind == TriggerKind::Enroute {
        let sentence = doc.sentence(trigger.token);
        // "killing all 48 occupants": all who were on board.
        for token in sentence.clone() {
            if doc.lower(token) == "all"
                && let Some(found) = counted.iter().find(|counted| {
                    counted.kind == QuantityKind::Count
                        && counted.number.start >= doc.words[token].end
                        && counted.number.start <= doc.words[token].end + 2
                })
            {
                return Some((found.quantity.clone(), false));
            }
        }
    }
    None
}

/// The load told beside a carrier: "carrying 9 crew", "left with 48,000 tonnes of fuel oil", "with 2,800 aboard".
/// `carrier` is the theme, or what it stands for.
fn load(doc: &Doc, trigger: &Found, theme: usize, carrier: usize, counted: &[Counted]) -> Option<Quantity> {
    for clause in doc.kids(theme, &[Dep::Acl, Dep::Relcl]) {
        if doc.lemma(clause) == "carry"
            && let Some(object) = doc.child(clause, &[Dep::Dobj])
            && let Some(found) = quantity_of(doc, object, counted)
        {
            return Some(found);
        }
    }
    let is_carrier = doc.lexicon.vehicles.contains(doc.lemma(carrier))
        || doc.lexicon.vehicles.contains(doc.lemma(theme))
        || doc.tag(carrier) == Tag::Nnp
            && doc.phrase(carrier).any(|token| doc.lexicon.vehicles.contains(doc.lower(token)));
    if !is_carrier {
        return None;
    }
    let with = |top: usize| doc.kids(top, &[Dep::Prep]).filter(|&prep| doc.lower(prep) == "with");
    with(theme)
        .chain(with(trigger.token))
        .filter_map(|prep| doc.child(prep, &[Dep::Pobj]))
        .find_map(|object| quantity_of(doc, object, counted).or_else(|| bare_number(doc, object, counted)))
}

/// A number that stands for what it counts: "with at least 30 on board", "a patrol of 22".
fn bare_number(doc: &Doc, token: usize, counted: &[Counted]) -> Option<Quantity> {
    let span = doc.span(token..token + 1);
    let is_it = |counted: &&Counted| counted.number.start <= span.start && span.end <= counted.number.end;
    (doc.tag(token) == Tag::Cd).then(|| counted.iter().find(is_it))?.map(|counted| counted.quantity.clone())
}

/// "a third battalion", "a fifth had crossed": one more.
fn one_more(doc: &Doc, noun: usize) -> Option<Quantity> {
    let is_ordinal = |token: usize| {
        matches!(
            doc.lower(token),
            "second" | "third" | "fourth" | "fifth" | "sixth" | "seventh" | "eighth" | "ninth" | "tenth"
        )
    };
    let phrase = doc.phrase(noun);
    let first = phrase.start;
    let one = first < noun && matches!(doc.lower(first), "a" | "an" | "another");
    let ordinal = is_ordinal(noun) || doc.kids(noun, &[Dep::Amod]).any(is_ordinal);
    let single = !matches!(doc.tag(noun), Tag::Nns | Tag::Nnps);
    (one && ordinal && single).then(|| {
        let span = doc.span(first..noun + 1);
        let unit = (!is_ordinal(noun)).then(|| doc.lemma(noun).to_owned());
        let text = span.of(doc.text).to_owned();
        Quantity { min: Some(1.0), max: Some(1.0), approx: false, unit, text, span }
    })
}

/// "about half of its 64 employees": the part of the whole.
fn part_of(doc: &Doc, noun: usize, whole: Quantity) -> Quantity {
    let share = match doc.lower(noun) {
        "half" => 1.0 / 2.0,
        "third" => 1.0 / 3.0,
        "quarter" => 1.0 / 4.0,
        _ => return whole,
    };
    if !doc
        .kids(noun, &[Dep::Prep])
        .any(|prep| doc.lower(prep) == "of" && doc.words[prep].start < whole.span.end)
    {
        return whole;
    }
    let scaled = |number: Option<f64>| number.map(|number| libm::round(number * share));
    Quantity { min: scaled(whole.min), max: scaled(whole.max), approx: true, ..whole }
}

/// The number that counts a noun: inside its phrase, in its partitive, or in front of it.
pub fn quantity_of(doc: &Doc, noun: usize, counted: &[Counted]) -> Option<Quantity> {
    let phrase = doc.phrase(noun);
    let span = doc.span(phrase.clone());
    let inside = counted.iter().find(|counted| {
        counted.kind != QuantityKind::Other
            && counted.quantity.span.start < span.end
            && counted.number.start >= span.start.min(counted.quantity.span.start)
            && counted.number.end <= span.end
            && counted.number.start >= span.start
            // The number of a possessor or of an inner clause is not the noun's own.
            && !phrase.clone().any(|token| {
                doc.dep(token) == Dep::Poss && doc.span(doc.subtree(token)).contains(&counted.number)
                    && doc.lower(token) != "its" && doc.lower(token) != "their"
            })
    });
    if let Some(counted) = inside {
        return Some(part_of(doc, noun, counted.quantity.clone()));
    }
    // "a patrol of 22", "a delegation of twelve".
    let of = doc.kids(noun, &[Dep::Prep]).find(|&prep| doc.lower(prep) == "of");
    of.and_then(|prep| doc.child(prep, &[Dep::Pobj]))
        .and_then(|object| bare_number(doc, object, counted))
        .or_else(|| one_more(doc, noun))
}

/// "the soldiers" after "at least 3,000 North Korean troops": the number of the same ones.
fn inherited(doc: &Doc, theme: usize, counted: &[Counted]) -> Option<Quantity> {
    let definite =
        doc.kids(theme, &[Dep::Det]).any(|det| matches!(doc.lower(det), "the" | "these" | "those"));
    let lemma = doc.lemma(theme);
    if !definite || !(doc.lexicon.movers.contains(lemma) || nouns::is_thing(lemma) || nouns::is_person(lemma))
    {
        return None;
    }
    let military = doc.lexicon.military.contains(doc.lemma(theme));
    let paragraph = doc.paragraph(theme);
    (0..theme)
        .rev()
        .take(200)
        .filter(|&other| {
            (doc.lemma(other) == doc.lemma(theme)
                || (military
                    && doc.lexicon.military.contains(doc.lemma(other))
                    && doc.tag(other) == Tag::Nns
                    && doc.tag(theme) == Tag::Nns))
                && doc.paragraph(other) + 2 >= paragraph
                && same_people(doc, other, theme)
        })
        .find_map(|other| quantity_of(doc, other, counted))
}

/// Whether two noun phrases bear no rival names ("Russian soldiers", "North Korean soldiers").
fn same_people(doc: &Doc, one: usize, other: usize) -> bool {
    let names = |noun: usize| {
        doc.phrase(noun)
            .filter(|&token| {
                doc.text[doc.words[token].start..].starts_with(char::is_uppercase)
                    && doc.words[token].entity == Some(EntityKind::Norp)
            })
            .map(|token| doc.lower(token).to_owned())
            .collect::<Vec<_>>()
    };
    let (one, other) = (names(one), names(other));
    one.is_empty() || other.is_empty() || one == other
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

/// When it happened, will, or might: the time in the trigger's clause, not the one on the verb of saying.
pub fn when(
    doc: &Doc,
    trigger: &Found,
    times: &[TimeExpression],
    anchors: &Anchors,
    status: Status,
    ends: &[&Linked],
    is_digest: bool,
) -> Option<When> {
    let tense = match status {
        Status::Planned | Status::Possible => Tense::Future,
        _ => Tense::Past,
    };
    let anchor = anchors.at(doc.words[trigger.token].start);
    let chosen = time_of(doc, trigger, times, ends)
        .or_else(|| time_of_verb_before(doc, trigger, times))
        .or_else(|| (status == Status::Failed).then(|| time_of_failure(doc, trigger, times)).flatten());
    if let Some(time) = chosen {
        if let Some(year) = year_told(doc, trigger, time, times, anchor) {
            return Some(time.resolve(&year, Tense::Past));
        }
        return Some(time.resolve(anchor, own_tense(doc, trigger, tense)));
    }
    if is_digest
        && anchors.in_digest(doc.words[trigger.token].start)
        && let Some(date) = anchor.date
    {
        // Each item of a digest is told under its own day: not after it, or from it on.
        let (span, text) = digest_line(doc, trigger, times)?;
        let (earliest, latest) = match status {
            Status::Planned | Status::Possible => (Some(date), None),
            Status::Underway => (Some(date), Some(date)),
            _ => (None, Some(date)),
        };
        if matches!(status, Status::Denied) {
            return None;
        }
        return Some(When { text, span, earliest, latest, approx: false, inferred: true });
    }
    None
}

fn own_tense(doc: &Doc, trigger: &Found, tense: Tense) -> Tense {
    if tense == Tense::Future && matches!(doc.tag(trigger.token), Tag::Vbd) { Tense::Past } else { tense }
}

/// The last date before the item: its date line.
fn digest_line(doc: &Doc, trigger: &Found, times: &[TimeExpression]) -> Option<(Span, String)> {
    let at = doc.words[trigger.token].start;
    times
        .iter()
        .filter(|time| time.span.end <= at && time.is_absolute())
        .rfind(|time| {
            let line_start = doc.text[..time.span.start].rfind('\n').map_or(0, |at| at + 1);
            let line_end =
                doc.text[time.span.end..].find('\n').map_or(doc.text.len(), |at| time.span.end + at);
            line_end - line_start <= time.span.end - time.span.start + 14
        })
        .map(|time| (time.span, time.text.clone()))
}

/// The time expression that belongs to the trigger.
fn time_of<'t>(
    doc: &Doc,
    trigger: &Found,
    times: &'t [TimeExpression],
    ends: &[&Linked],
) -> Option<&'t TimeExpression> {
    let sentence = doc.sentence(trigger.token);
    let span = doc.span(sentence.clone());
    let mut best: Option<(i32, &TimeExpression)> = None;
    for time in times.iter().filter(|time| span.contains(&time.core)) {
        let Some(token) = (sentence.clone()).find(|&token| doc.words[token].end > time.core.start) else {
            continue;
        };
        // Not a date inside a noun phrase that is no time of the event ("a 2023 law", "the 1982 war").
        if matches!(doc.dep(token), Dep::Nummod | Dep::Compound | Dep::Nmod)
            && doc.head(token).is_some_and(|head| doc.words[head].start >= time.core.end)
        {
            continue;
        }
        let Some(score) = attachment(doc, trigger, token, time, ends) else { continue };
        // Any day that is said says more than an hour.
        let score = if time.kind == TimeKind::Hour { score - 200 } else { score };
        if best.is_none_or(|(other, _)| score > other) {
            best = Some((score, time));
        }
    }
    best.map(|(_, time)| time)
}

/// How well a time at this token belongs to the trigger; none if it belongs elsewhere.
fn attachment(
    doc: &Doc,
    trigger: &Found,
    token: usize,
    time: &TimeExpression,
    ends: &[&Linked],
) -> Option<i32> {
    let say = &doc.lexicon.say;
    let mut distance = 0;
    let own = |up: usize| {
        trigger.tokens.contains(&up)
            || matches!(&trigger.kind, TriggerKind::Journey(verbs) if verbs.iter().any(|(v, _)| *v == up))
    };
    for up in doc.ancestors(token) {
        if time.core.start <= doc.words[up].start && doc.words[up].end <= time.core.end {
            continue;
        }
        distance += 1;
        if own(up) {
            return Some(100 - distance);
        }
        if doc.is_verb(up) {
            // The trigger below this verb: its time is the event's unless it is a verb of saying or asking.
            if doc.is_within(trigger.token, up) {
                let cues = &doc.lexicon.verb_cues;
                let lemma = doc.lemma(up);
                let saying = say.assert.contains(lemma)
                    || say.deny.contains(lemma)
                    || say.doubt.contains(lemma)
                    || cues.planned.contains(lemma)
                    || cues.possible.contains(lemma);
                // After the trigger it may still be the event's: "said they left on Friday".
                let trigger_first = trigger.token < token;
                let subject = doc
                    .kids(up, &[Dep::Nsubj, Dep::Nsubjpass])
                    .any(|subject| doc.is_within(trigger.token, subject));
                if saying && !subject {
                    let told = trigger_first && doc.words[up].start < doc.words[trigger.token].start;
                    return told.then_some(20 - distance);
                }
                // A leg after a leg has its own day; what stands beside no leg shares the one told.
                let moves = doc.lexicon.verbs.contains_key(lemma);
                if moves && another_time(doc, trigger.token, up)
                    || (token > up && token < trigger.token && joined(doc, trigger.token, up))
                {
                    return None;
                }
                // Between the verb and the trigger only plain control or nouns.
                return Some(60 - distance);
            }
            if doc.dep(up) == Dep::Xcomp {
                // "whose deployment was expected to be completed by December".
                continue;
            }
            // A light verb or a sister clause that shares the time: "left Plovdiv … and reached Burgas the next morning".
            if doc.dep(up) == Dep::Conj || doc.dep(trigger.token) == Dep::Conj {
                return None;
            }
            // An adverbial clause of the trigger's own verb.
            return None;
        }
        if doc.name_of[up].is_some_and(|name| ends.iter().any(|end| end.name == name)) {
            // "to Sofia last week": parsed below the place.
            continue;
        }
    }
    None
}

/// Whether a trigger stands in a clause of another time than the verb above it: "sailed in May before being taken to".
fn another_time(doc: &Doc, token: usize, verb: usize) -> bool {
    let mut below = token;
    for up in doc.ancestors(token) {
        let clause = matches!(doc.dep(below), Dep::Pcomp | Dep::Advcl | Dep::Relcl) && doc.is_verb(below);
        if clause && !(doc.dep(below) == Dep::Advcl && doc.tag(below) == Tag::Vbg) {
            return true;
        }
        if up == verb {
            return false;
        }
        below = up;
    }
    false
}

/// Whether a trigger is joined to the verb above it by "and": "left on Sunday and will travel to Lima".
fn joined(doc: &Doc, token: usize, verb: usize) -> bool {
    let mut below = token;
    for up in doc.ancestors(token) {
        if doc.dep(below) == Dep::Conj && doc.is_verb(below) {
            return true;
        }
        if up == verb {
            return false;
        }
        below = up;
    }
    false
}

/// "was handed over last summer and returned to Tarquinia": the time of the verb that the trigger is joined to, told in
/// the same tense. A leg after a leg has its own day, though they may share a month.
fn time_of_verb_before<'t>(
    doc: &Doc,
    trigger: &Found,
    times: &'t [TimeExpression],
) -> Option<&'t TimeExpression> {
    let before = doc.head(trigger.token).filter(|&before| {
        doc.dep(trigger.token) == Dep::Conj
            && before < trigger.token
            && doc.is_verb(before)
            && doc.tag(before) == doc.tag(trigger.token)
            && doc.child(trigger.token, &[Dep::Nsubj, Dep::Nsubjpass, Dep::Aux]).is_none()
    })?;
    let goes_on = |token: usize| {
        matches!(
            doc.lower(token),
            "later" | "then" | "afterwards" | "afterward" | "eventually" | "finally" | "soon"
        )
    };
    if (before..doc.subtree(trigger.token).end).any(goes_on) {
        return None;
    }
    let moves = doc.lexicon.verbs.contains_key(doc.lemma(before));
    let between = before..trigger.token;
    times.iter().find(|time| {
        let is_long =
            matches!(time.kind, TimeKind::Month { .. } | TimeKind::Season { .. } | TimeKind::Year { .. });
        let token = between.clone().find(|&token| doc.words[token].start >= time.core.start);
        (is_long || !moves && time.kind != TimeKind::Hour)
            && doc.words[before].end <= time.core.start
            && time.core.end <= doc.words[trigger.token].start
            && token.is_some_and(|token| doc.ancestors(token).find(|&up| doc.is_verb(up)) == Some(before))
    })
}

/// A journey cut short without a time of its own: that of the crash, in its sentence or beside it.
fn time_of_failure<'t>(
    doc: &Doc,
    trigger: &Found,
    times: &'t [TimeExpression],
) -> Option<&'t TimeExpression> {
    let number = doc.words[trigger.token].sentence;
    let paragraph = doc.paragraph(trigger.token);
    for near in [number, number.saturating_sub(1), number + 1] {
        let Some((range, tree)) = doc.sentences.get(near) else { continue };
        if *tree != paragraph || range.is_empty() {
            continue;
        }
        let span = doc.span(range.clone());
        for time in times.iter().filter(|time| span.contains(&time.core)) {
            let Some(token) = range.clone().find(|&token| doc.words[token].end > time.core.start) else {
                continue;
            };
            let verb = doc.ancestors(token).find(|&up| doc.is_verb(up));
            if verb.is_some_and(|verb| doc.is_failure(verb)) {
                return Some(time);
            }
        }
    }
    None
}

/// "transferred to Greece in March 1941 and evacuated to Crete in April": the year told just before.
fn year_told(
    doc: &Doc,
    trigger: &Found,
    time: &TimeExpression,
    times: &[TimeExpression],
    anchor: &Anchor,
) -> Option<Anchor> {
    if time.is_absolute()
        || !matches!(time.kind, TimeKind::Day { year: None, .. } | TimeKind::Month { year: None, .. })
    {
        return None;
    }
    let number = doc.words[trigger.token].sentence;
    let before = (number.saturating_sub(5)..=number).find_map(|sentence| {
        doc.sentences.get(sentence).filter(|(_, tree)| *tree == doc.paragraph(trigger.token))
    });
    let from = before.map_or(time.span.start, |(first, _)| doc.words[first.start].start);
    let (other, told) = times
        .iter()
        .filter(|other| other.span.end <= time.span.start && other.span.start >= from && other.is_absolute())
        .filter_map(|other| Some((other, other.resolve(anchor, Tense::Past).latest?)))
        .next_back()?;
    let far = anchor.date.is_none_or(|date| date.year().abs_diff(told.year()) >= 2);
    // "in 1939 … on 3 November" is in that year; after "December 1941" February is in the next.
    let latest = match other.kind {
        TimeKind::Year { .. } => jiff::civil::Date::new(told.year(), 12, 31).ok(),
        _ => told.checked_add(jiff::Span::new().months(11)).ok(),
    };
    far.then(|| Anchor::on(latest.unwrap_or(told)))
}
