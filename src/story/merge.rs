//! Merging: several readings become one story.
//!
//! Each reading keeps its ids under its letter (`a.mv1`). Places are joined by gazetteer entry or by
//! name and container; movements by who moves, compatible ends, class, number, mode and time;
//! claims by speaker, stance and words. What is joined remembers what it was made `from`.

use super::differences;
use super::{FORMAT, Story};
use crate::mentions::{Quantity, When};
use crate::movements::{Appearance, Claim, Mode, Movement};
use crate::places::Place;
use crate::reading::{Reading, Spans};
use crate::report::ReportKey;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// How much of two quotes' words must agree for them to be the same quote.
const SAME_QUOTE: f64 = 0.5;

/// Merges readings, in the order given, into one story.
///
/// The same readings always give the same story, id included. At most twenty readings are named by
/// a letter; callers enforce that limit where reports come in.
///
/// # Panics
/// When given more than twenty readings.
pub fn merge(readings: Vec<Reading>) -> Story {
    assert!(readings.len() <= 20, "a story holds at most 20 reports");
    let mut hash = Sha256::new();
    let mut story = Story {
        format: FORMAT.to_owned(),
        id: String::new(),
        title: String::new(),
        reports: Vec::new(),
        mentions: Vec::new(),
        places: Vec::new(),
        movements: Vec::new(),
        claims: Vec::new(),
        disagreements: Vec::new(),
        remarks: Vec::new(),
    };
    for (order, mut reading) in readings.into_iter().enumerate() {
        let key = ReportKey(order as u8);
        identify(&reading, &mut hash);
        prefix_ids(&mut reading, key);
        add(&mut story, reading);
    }
    story.id = hex(&hash.finalize()[..6]);
    story.title = story.reports.iter().find_map(|report| report.title.clone()).unwrap_or_default();
    differences::flag(&mut story);
    story
}

/// What makes a report that report: its text and what is known about it.
fn identify(reading: &Reading, hash: &mut Sha256) {
    let report = &reading.report;
    hash.update(report.sha256.as_bytes());
    for part in [&report.title, &report.publisher, &report.url] {
        hash.update([0]);
        hash.update(part.as_deref().unwrap_or_default().as_bytes());
    }
    hash.update(report.published.map(|date| date.to_string()).unwrap_or_default().as_bytes());
    hash.update([1]);
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Puts the report's letter before every id and into every span.
fn prefix_ids(reading: &mut Reading, key: ReportKey) {
    let rename = |id: &mut String| *id = format!("{key}.{id}");
    reading.report.id = key.to_string();
    for mention in &mut reading.mentions {
        rename(&mut mention.id);
        mention.place.iter_mut().for_each(rename);
    }
    for place in &mut reading.places {
        rename(&mut place.id);
        place.within.iter_mut().for_each(rename);
    }
    for movement in &mut reading.movements {
        rename(&mut movement.id);
        movement.part_of.iter_mut().for_each(rename);
        movement.who.iter_mut().flat_map(|who| &mut who.actor).for_each(rename);
        movement.place_ids_mut().for_each(rename);
        movement.claims.iter_mut().for_each(rename);
    }
    for claim in &mut reading.claims {
        rename(&mut claim.id);
        claim.about.iter_mut().for_each(rename);
        claim.said_at.iter_mut().for_each(rename);
    }
    reading.each_span(&mut |span| span.report = Some(key));
}

/// Adds one prefixed reading to the story, joining what is the same.
fn add(story: &mut Story, reading: Reading) {
    let places = join_places(&mut story.places, reading.places);
    let rename = |id: &mut String| {
        if let Some(joined) = places.get(id) {
            id.clone_from(joined);
        }
    };
    story.mentions.extend(reading.mentions.into_iter().map(|mut mention| {
        mention.place.iter_mut().for_each(rename);
        mention
    }));
    let mut movements = reading.movements;
    for movement in &mut movements {
        movement.place_ids_mut().for_each(rename);
    }
    let mut claims = reading.claims;
    claims.iter_mut().flat_map(|claim| &mut claim.said_at).for_each(rename);
    let merged = join_movements(story, movements);
    join_claims(story, claims, &merged);
    story.reports.push(reading.report);
    story.remarks.extend(reading.remarks);
}

/// Adds places, joining those that are the same; gives the new id of each that was joined.
fn join_places(all: &mut Vec<Place>, new: Vec<Place>) -> BTreeMap<String, String> {
    let mut joined: BTreeMap<String, String> = BTreeMap::new();
    for mut place in new {
        if let Some(id) = place.within.as_ref().and_then(|id| joined.get(id)) {
            place.within = Some(id.clone());
        }
        match all.iter().find(|known| is_same_place(known, &place)) {
            Some(known) => {
                joined.insert(place.id, known.id.clone());
            }
            None => all.push(place),
        }
    }
    joined
}

fn is_same_place(a: &Place, b: &Place) -> bool {
    match (&a.entry, &b.entry) {
        (Some(x), Some(y)) => x == y,
        (None, None) => {
            a.name.eq_ignore_ascii_case(&b.name)
                && (a.kind, &a.part, a.count) == (b.kind, &b.part, b.count)
                && (&a.within, &a.beside) == (&b.within, &b.beside)
        }
        _ => false,
    }
}

/// Adds movements, joining those that tell the same; gives the new id of each that was joined.
fn join_movements(story: &mut Story, new: Vec<Movement>) -> BTreeMap<String, String> {
    let mut merged: BTreeMap<String, String> = BTreeMap::new();
    let mut journeys: BTreeMap<u32, u32> = BTreeMap::new();
    let offset = story.movements.iter().map(|movement| movement.journey).max().unwrap_or(0);
    let known = story.movements.len();
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    let mut added = Vec::new();
    for movement in new {
        let twin =
            (0..known).find(|&i| !taken.contains(&i) && is_same_movement(&story.movements[i], &movement));
        match twin {
            Some(i) => {
                taken.insert(i);
                journeys.entry(movement.journey).or_insert(story.movements[i].journey);
                merged.insert(movement.id.clone(), story.movements[i].id.clone());
                enrich(&mut story.movements[i], movement);
            }
            None => added.push(movement),
        }
    }
    for mut movement in added {
        let fresh = offset + movement.journey;
        movement.journey = *journeys.entry(movement.journey).or_insert(fresh);
        if let Some(id) = movement.part_of.as_ref().and_then(|id| merged.get(id)) {
            movement.part_of = Some(id.clone());
        }
        story.movements.push(movement);
    }
    merged
}

fn is_same_movement(a: &Movement, b: &Movement) -> bool {
    let ends_named = |m: &Movement| !(m.origin.is_empty() && m.destination.is_empty());
    a.class == b.class
        && a.background == b.background
        && ends_named(a)
        && ends_named(b)
        && a.alternatives == b.alternatives
        && agree(&a.destination, &b.destination)
        && agree(&a.origin, &b.origin)
        && share_an_end(a, b)
        && (a.mode == b.mode || a.mode == Mode::Unknown || b.mode == Mode::Unknown)
        && both(&a.quantity, &b.quantity, numbers_agree)
        && both(&a.when, &b.when, times_agree)
        && is_same_mover(a, b)
}

/// Two optional things agree when either is missing or both fit.
fn both<T>(a: &Option<T>, b: &Option<T>, fit: impl Fn(&T, &T) -> bool) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => fit(a, b),
        _ => true,
    }
}

/// Two lists of ends agree when either is silent or they name the same places.
fn agree(a: &[String], b: &[String]) -> bool {
    let set = |ids: &[String]| ids.iter().cloned().collect::<BTreeSet<_>>();
    a.is_empty() || b.is_empty() || set(a) == set(b)
}

fn share_an_end(a: &Movement, b: &Movement) -> bool {
    let shared = |x: &[String], y: &[String]| x.iter().any(|id| y.contains(id));
    shared(&a.destination, &b.destination)
        || (a.destination.is_empty() && b.destination.is_empty() && shared(&a.origin, &b.origin))
}

/// Figures agree when their ranges touch: "at least 3,000" and "3,000", not "1,500" and "3,000".
pub(super) fn numbers_agree(a: &Quantity, b: &Quantity) -> bool {
    let bounds = |q: &Quantity| {
        let slack = if q.approx { 0.1 } else { 0.0 };
        (q.min.unwrap_or(0.0) * (1.0 - slack), q.max.unwrap_or(f64::INFINITY) * (1.0 + slack))
    };
    let ((a_min, a_max), (b_min, b_max)) = (bounds(a), bounds(b));
    a_min <= b_max && b_min <= a_max
}

fn times_agree(a: &When, b: &When) -> bool {
    let before =
        |x: &When, y: &When| matches!((x.latest, y.earliest), (Some(end), Some(start)) if end < start);
    !before(a, b) && !before(b, a)
}

/// The same mover: a shared word that says what it is, or one of the two not named.
fn is_same_mover(a: &Movement, b: &Movement) -> bool {
    both(&a.who, &b.who, |x, y| {
        let (x, y) = (words(&x.text), words(&y.text));
        x.iter().any(|word| y.contains(word))
    })
}

/// The words of a phrase that carry meaning: lower case, without plural, function words or numbers.
fn words(phrase: &str) -> BTreeSet<String> {
    const SILENT: &[&str] =
        &["the", "a", "an", "of", "to", "in", "and", "its", "their", "some", "about", "at", "least", "that"];
    phrase
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| {
            word.len() > 1 && !SILENT.contains(word) && !word.starts_with(|c: char| c.is_ascii_digit())
        })
        .map(|word| word.strip_suffix('s').filter(|stem| stem.len() > 2).unwrap_or(word).to_owned())
        .collect()
}

/// Takes from a second telling what the first lacks.
fn enrich(movement: &mut Movement, other: Movement) {
    fn fill<T>(ids: &mut Vec<T>, other: Vec<T>) {
        if ids.is_empty() {
            *ids = other;
        }
    }
    if movement.from.is_empty() {
        movement.from.push(movement.id.clone());
    }
    movement.from.push(other.id);
    fill(&mut movement.origin, other.origin);
    fill(&mut movement.destination, other.destination);
    fill(&mut movement.via, other.via);
    fill(&mut movement.origin_inferred, other.origin_inferred);
    fill(&mut movement.destination_inferred, other.destination_inferred);
    if movement.mode == Mode::Unknown {
        movement.mode = other.mode;
    }
    movement.who = movement.who.take().or(other.who);
    movement.quantity = movement.quantity.take().or(other.quantity);
    movement.when = movement.when.take().or(other.when);
    movement.contested |= other.contested;
    movement.evidence.extend(other.evidence);
}

/// Adds claims, joining the same words of the same speaker carried by several outlets.
fn join_claims(story: &mut Story, new: Vec<Claim>, merged: &BTreeMap<String, String>) {
    let known = story.claims.len();
    let mut renamed: BTreeMap<String, String> = BTreeMap::new();
    for mut claim in new {
        if let Some(id) = claim.about.as_ref().and_then(|id| merged.get(id)) {
            claim.about = Some(id.clone());
        }
        match story.claims[..known].iter_mut().find(|other| is_same_claim(other, &claim)) {
            Some(other) => {
                if other.from.is_empty() {
                    other.from.push(other.id.clone());
                }
                other.from.push(claim.id.clone());
                other.also_in.push(Appearance { outlet: claim.outlet, span: claim.span, quote: claim.quote });
                renamed.insert(claim.id, other.id.clone());
            }
            None => story.claims.push(claim),
        }
    }
    for movement in &mut story.movements {
        for id in &mut movement.claims {
            if let Some(joined) = renamed.get(id) {
                id.clone_from(joined);
            }
        }
    }
    // A merged movement's claims are those that are about it, whichever report brought them.
    for claim in &story.claims[..] {
        let Some(about) = &claim.about else { continue };
        if let Some(movement) = story.movements.iter_mut().find(|movement| movement.id == *about)
            && !movement.claims.contains(&claim.id)
        {
            movement.claims.push(claim.id.clone());
        }
    }
}

fn is_same_claim(a: &Claim, b: &Claim) -> bool {
    let speaker = |claim: &Claim| claim.speaker.as_deref().map(words);
    let same_speaker = match (speaker(a), speaker(b)) {
        (Some(x), Some(y)) => x.iter().any(|word| y.contains(word)),
        _ => false,
    };
    same_speaker
        && a.stance == b.stance
        && a.about == b.about
        && both(&a.quantity, &b.quantity, numbers_agree)
        && (a.about.is_some() || alike(&a.quote, &b.quote) >= SAME_QUOTE)
}

/// The share of words that two quotes have in common (Jaccard).
fn alike(a: &str, b: &str) -> f64 {
    let (a, b) = (words(a), words(b));
    let shared = a.intersection(&b).count() as f64;
    let all = a.union(&b).count() as f64;
    if all == 0.0 { 0.0 } else { shared / all }
}
