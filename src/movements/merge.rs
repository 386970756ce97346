//! The same movement told twice is one: a noun and its verb, a departure and its arrival, another
//! source's telling. Differing batches stay apart.

use super::doc::Doc;
use super::draft::Draft;
use super::theme;
use super::triggers::TriggerKind;
use super::{Mode, Status};
use crate::mentions::Quantity;
use crate::places::Place;
use crate::syntax::{Dep, EntityKind, Tag};

/// A movement with all its tellings.
#[derive(Debug, Clone)]
pub struct Told {
    /// The leading telling, with what the others add.
    pub lead: Draft,
    /// The other tellings.
    pub others: Vec<Draft>,
}

/// Merges drafts. Denials without an asserted counterpart come out too, to be shown as denied.
pub fn merge(doc: &Doc, places: &[Place], drafts: Vec<Draft>) -> (Vec<Told>, Vec<Draft>) {
    let mut told: Vec<Told> = Vec::new();
    let mut loose: Vec<Draft> = Vec::new();
    for draft in drafts {
        if draft.is_placeless() {
            loose.push(draft);
            continue;
        }
        let partner = told
            .iter()
            .enumerate()
            .skip(told.len().saturating_sub(300))
            .filter_map(|(index, other)| {
                Some((likeness(doc, places, &other.lead, &draft)?, std::cmp::Reverse(index)))
            })
            .max()
            .map(|(_, std::cmp::Reverse(index))| index);
        match partner {
            Some(index) => join(doc, places, &mut told[index], draft),
            None => told.push(Told { lead: draft, others: Vec::new() }),
        }
    }
    told.retain(|movement| !movement.lead.weak || super::draft::is_telling(doc, &movement.lead));
    (told, loose)
}

/// Whether two places are the same ground, or one holds the other.
pub fn same_ground(doc: &Doc, places: &[Place], one: usize, other: usize) -> bool {
    let (Some(a), Some(b)) = (&doc.names[one].place, &doc.names[other].place) else { return false };
    if a == b {
        return true;
    }
    let find = |id: &String| places.iter().find(|place| place.id == *id);
    let holds = |outer: &String, inner: &String| {
        let mut current = find(inner);
        for _ in 0..6 {
            let Some(within) = current.and_then(|place| place.within.as_ref()) else { return false };
            if within == outer {
                return true;
            }
            current = find(within);
        }
        false
    };
    let country_of = |outer: &String, inner: &String| {
        let (Some(outer), Some(inner)) = (find(outer), find(inner)) else { return false };
        outer.kind == crate::places::PlaceKind::Country
            && outer.country.is_some()
            && outer.country == inner.country
    };
    holds(a, b) || holds(b, a) || country_of(a, b) || country_of(b, a)
}

fn side(doc: &Doc, places: &[Place], one: &[usize], other: &[usize], exact: bool) -> Option<bool> {
    if one.is_empty() || other.is_empty() {
        return None;
    }
    Some(one.iter().any(|&a| {
        other.iter().any(|&b| {
            if exact { doc.names[a].place == doc.names[b].place } else { same_ground(doc, places, a, b) }
        })
    }))
}

/// How much two tellings are alike, if they can be of one movement.
fn likeness(doc: &Doc, places: &[Place], one: &Draft, other: &Draft) -> Option<i64> {
    if one.background != other.background {
        return None;
    }
    let distance = doc.words[other.trigger.token].sentence.abs_diff(doc.words[one.trigger.token].sentence);
    let sentence = distance == 0;
    let themes = same_theme(doc, one, other);
    if themes == Some(false)
        || !compatible_quantity(&one.quantity, &other.quantity)
        || !compatible_mode(one.mode, other.mode)
    {
        return None;
    }
    let from = side(doc, places, &one.origin, &other.origin, false);
    let to = side(doc, places, &one.destination, &other.destination, false);
    if from == Some(false) || to == Some(false) {
        return None;
    }
    // A leg that begins where the other ends is another leg.
    if side(doc, places, &one.destination, &other.origin, true) == Some(true) && from.is_none()
        || side(doc, places, &one.origin, &other.destination, true) == Some(true) && to.is_none()
    {
        return None;
    }
    let reality = compatible_status(one, other);
    let close = if distance <= 1 { 30 } else { 0 };
    let alike = i64::from(one.status == other.status) * 300 + i64::from(themes == Some(true)) * 200 + close;
    if from.is_none() && to.is_none() {
        return completes(doc, one, other, distance, themes, reality).then_some(alike);
    }
    if !reality || dates_apart(one, other) {
        return None;
    }
    // Ends that only contain one another ("to Russia", "to Vladivostok") are a coarse movement and its
    // leg, unless one sentence tells both or the other ends are the same.
    let exact_from = side(doc, places, &one.origin, &other.origin, true) == Some(true);
    let exact_to = side(doc, places, &one.destination, &other.destination, true) == Some(true);
    if !exact_from && !exact_to && !sentence {
        return None;
    }
    // Two journeys of the same kind that share one end are two when each names another far end.
    let told = themes == Some(true)
        || sentence
        || (from == Some(true) && to == Some(true))
        || vague(doc, one)
        || vague(doc, other);
    told.then_some(alike + i64::from(exact_from) * 200 + i64::from(exact_to) * 200)
}

/// Whether one tells the departure and the other the arrival of one going.
fn completes(
    doc: &Doc,
    one: &Draft,
    other: &Draft,
    distance: usize,
    themes: Option<bool>,
    reality: bool,
) -> bool {
    let sentence = distance == 0;
    let leaves = |draft: &Draft| draft.destination.is_empty() && !draft.origin.is_empty();
    let arrives = |draft: &Draft| draft.origin.is_empty() && !draft.destination.is_empty();
    let passes = |draft: &Draft| draft.origin.is_empty() && draft.destination.is_empty();
    let complete = leaves(one) && arrives(other)
        || sentence && arrives(one) && leaves(other) && governed(doc, one, other)
        || (passes(one) != passes(other) && one.via.is_empty() != other.via.is_empty());
    let class = |draft: &Draft| doc.lexicon.classes[draft.trigger.class].id.as_str();
    let arrival = matches!(class(other), "arrive" | "reach" | "land" | "carry")
        || matches!(other.trigger.kind, TriggerKind::Enroute | TriggerKind::Journey(_))
        || matches!(one.trigger.kind, TriggerKind::Enroute | TriggerKind::Journey(_))
        || sentence && governed(doc, one, other)
        || class(one) == "cross"
        || class(other) == "cross";
    let failed = one.status == Status::Failed || other.status == Status::Failed;
    let journey = |draft: &Draft| matches!(draft.trigger.kind, TriggerKind::Journey(_));
    if complete
        && distance <= 8
        && (journey(one) && class(other) == "cross" || journey(other) && class(one) == "cross")
    {
        return reality;
    }
    complete
        && arrival
        && distance <= 2
        && (themes == Some(true)
            || sentence
                && (other.trigger.kind == TriggerKind::Enroute || one.trigger.kind == TriggerKind::Enroute))
        && (reality || failed)
}

/// Whether the words of one telling give no theme to compare.
fn vague(doc: &Doc, draft: &Draft) -> bool {
    draft.cast.theme.is_none_or(|theme| matches!(doc.tag(theme), Tag::Prp | Tag::Wdt | Tag::Wp))
}

fn governed(doc: &Doc, one: &Draft, other: &Draft) -> bool {
    doc.is_within(other.trigger.token, one.trigger.token)
        || doc.is_within(one.trigger.token, other.trigger.token)
}

fn dates_apart(one: &Draft, other: &Draft) -> bool {
    let (Some(a), Some(b)) = (&one.when, &other.when) else { return false };
    let after = |x: &crate::mentions::When, y: &crate::mentions::When| match (x.earliest, y.latest) {
        (Some(early), Some(late)) => early > late,
        _ => false,
    };
    after(a, b) || after(b, a)
}

/// Everything that moves in a telling: the theme, and the vehicle that carries it.
fn bodies(doc: &Doc, draft: &Draft) -> Vec<usize> {
    let mut bodies: Vec<usize> =
        draft.cast.theme.iter().map(|&theme| theme::antecedent(doc, theme)).collect();
    let class = doc.lexicon.classes[draft.trigger.class].id.as_str();
    if matches!(class, "carry" | "send" | "haul") {
        bodies.extend(
            draft
                .cast
                .agent
                .iter()
                .map(|&agent| theme::antecedent(doc, agent))
                .filter(|&agent| doc.lexicon.vehicles.contains(doc.lemma(agent))),
        );
    }
    bodies
}

/// What kind of thing a noun is.
pub fn category(doc: &Doc, noun: usize) -> Option<&'static str> {
    let lexicon = doc.lexicon;
    let lemma = doc.lemma(noun);
    if theme::is_storm(doc, Some(noun)) {
        return Some("storm");
    }
    if lexicon.military.contains(lemma) {
        return Some("military");
    }
    if lexicon.vehicles.contains(lemma) {
        return Some("vehicle");
    }
    if lexicon.cargo.contains(lemma) {
        return Some("cargo");
    }
    if lexicon.animals.contains(lemma) {
        return Some("animal");
    }
    if doc.entity_is(noun, EntityKind::Norp) {
        return None;
    }
    lexicon
        .movers
        .contains(lemma)
        .then_some("civilian")
        .filter(|_| !matches!(doc.tag(noun), Tag::Prp | Tag::Wdt | Tag::Cd))
}

/// Some(true): the same; Some(false): plainly another; None: cannot be told.
pub fn same_theme(doc: &Doc, one: &Draft, other: &Draft) -> Option<bool> {
    // What carries goes along: "two sailboats left A, carrying aid to B".
    if bodies(doc, one).iter().any(|a| {
        bodies(doc, other)
            .iter()
            .any(|b| a == b || (doc.lemma(*a) == doc.lemma(*b) && doc.tag(*a) != Tag::Prp))
    }) {
        return Some(true);
    }
    let (Some(first), Some(second)) = (one.cast.theme, other.cast.theme) else { return None };
    if first == second {
        return Some(true);
    }
    let a = theme::antecedent(doc, first);
    let b = theme::antecedent(doc, second);
    if a == b || doc.lemma(a) == doc.lemma(b) && !matches!(doc.tag(a), Tag::Prp) {
        return Some(true);
    }
    if of_one_people(doc, a, b) || of_one_people(doc, b, a) {
        return Some(true);
    }
    match (category(doc, a), category(doc, b)) {
        (Some(x), Some(y)) if x == y => {
            if matches!(x, "military" | "storm") {
                Some(true)
            } else {
                None
            }
        }
        (Some("vehicle"), Some("civilian" | "cargo" | "military"))
        | (Some("civilian" | "cargo" | "military"), Some("vehicle")) => None,
        (Some("military"), Some("civilian")) | (Some("civilian"), Some("military")) => None,
        (Some(_), Some(_)) => Some(false),
        _ => {
            let names = |noun: usize| doc.tag(noun) == Tag::Nnp && doc.entity_is(noun, EntityKind::Person);
            if names(a) && names(b) { Some(false) } else { None }
        }
    }
}

/// "the North Koreans" after "North Korean soldiers": a people named for those of it who move.
fn of_one_people(doc: &Doc, people: usize, movers: usize) -> bool {
    let named = &doc.people_of[people];
    let plural = matches!(doc.tag(people), Tag::Nnps | Tag::Nns);
    let definite =
        doc.kids(people, &[Dep::Det]).any(|det| matches!(doc.lower(det), "the" | "these" | "those"));
    let mut modifiers = doc.kids(movers, &[Dep::Amod, Dep::Compound, Dep::Nmod]);
    named.is_some()
        && plural
        && definite
        && matches!(category(doc, movers), Some("military" | "civilian"))
        && modifiers.any(|word| doc.people_of[word] == *named)
}

/// What a unit counts: soldiers, people, vehicles, goods, animals.
fn unit_kind(unit: &str) -> Option<&'static str> {
    let lexicon = super::lexicon::Lexicon::get();
    let word = unit.rsplit(' ').next()?.to_lowercase();
    let one = match word.as_str() {
        "people" | "personnel" | "aircraft" => word.clone(),
        _ => word.strip_suffix('s').unwrap_or(&word).to_owned(),
    };
    let lists = [
        (&lexicon.military, "military"),
        (&lexicon.vehicles, "vehicle"),
        (&lexicon.cargo, "cargo"),
        (&lexicon.animals, "animal"),
    ];
    let found =
        lists.iter().find(|(list, _)| list.contains(&one) || list.contains(&word)).map(|(_, kind)| *kind);
    found.or_else(|| (lexicon.movers.contains(&one) || lexicon.movers.contains(&word)).then_some("people"))
}

/// Numbers that can be of one thing.
pub fn compatible_quantity(one: &Option<(Quantity, bool)>, other: &Option<(Quantity, bool)>) -> bool {
    let (Some((a, lent)), Some((b, lent_too))) = (one, other) else { return true };
    // Numbers that only the words around lend do not tell two tellings apart.
    if *lent && *lent_too {
        return true;
    }
    // Crews and ships are counted apart.
    let kind = |q: &Quantity| q.unit.as_deref().and_then(unit_kind);
    if let (Some(x), Some(y)) = (kind(a), kind(b))
        && x != y
    {
        return true;
    }
    let low = |q: &Quantity| q.min.unwrap_or(0.0);
    let high = |q: &Quantity| q.max.unwrap_or(f64::INFINITY);
    low(a) <= high(b) && low(b) <= high(a)
}

fn compatible_mode(one: Mode, other: Mode) -> bool {
    one == Mode::Unknown || other == Mode::Unknown || one == other
}

/// Realities that can be of one movement.
fn compatible_status(one: &Draft, other: &Draft) -> bool {
    use Status::*;
    let (a, b) = (one.status, other.status);
    if a == b || one.is_denial() || other.is_denial() {
        return true;
    }
    let told = |status| matches!(status, Happened | Underway | Failed);
    if told(a) && told(b) {
        return true;
    }
    // A bare noun ("the deployment") takes the reality of the verb.
    let bare = |draft: &Draft| matches!(draft.trigger.kind, TriggerKind::Noun(_)) && draft.status == Happened;
    (bare(one) || bare(other)) && (one.trigger.kind != other.trigger.kind || a == b)
}

/// Adds a telling to a movement.
fn join(doc: &Doc, places: &[Place], told: &mut Told, draft: Draft) {
    let lead = &mut told.lead;
    let was_open = lead.destination.is_empty();
    // "will cross the channel today and reach the coast late on Thursday": the day of the end counts.
    let was_passing = was_open && lead.origin.is_empty();
    let add = |mine: &mut Vec<usize>, theirs: &[usize]| {
        if mine.is_empty() {
            mine.extend_from_slice(theirs);
        } else {
            // A finer telling of the same end ("the Bahamas … Elbow Cay") takes its place in front.
            for &name in theirs {
                let known = mine.iter().any(|&other| doc.names[other].place == doc.names[name].place);
                if !known && mine.iter().any(|&other| finer(doc, places, name, other)) {
                    mine.insert(0, name);
                }
            }
        }
    };
    add(&mut lead.origin, &draft.origin);
    add(&mut lead.destination, &draft.destination);
    add(&mut lead.via, &draft.via);
    let asserted = |d: &Draft| !d.is_denial();
    let bare = matches!(lead.trigger.kind, TriggerKind::Noun(_)) && lead.status == Status::Happened;
    if asserted(&draft) && (!asserted(lead) || bare) {
        lead.status = draft.status;
    }
    if draft.status == Status::Failed && matches!(lead.status, Status::Happened | Status::Underway) {
        lead.status = Status::Failed;
    }
    // "left Brest on Monday and is heading for Cadiz": on the way.
    if draft.status == Status::Underway
        && lead.status == Status::Happened
        && was_open
        && !draft.destination.is_empty()
    {
        lead.status = Status::Underway;
    }
    // A number of its own counts more than one carried over from another sentence.
    if lead.quantity.as_ref().is_none_or(|(_, carried)| *carried)
        && draft.quantity.as_ref().is_some_and(|(_, carried)| !carried)
    {
        lead.quantity = draft.quantity.clone();
    }
    if lead.mode == Mode::Unknown {
        lead.mode = draft.mode;
    }
    let digest =
        |when: &crate::mentions::When| when.inferred && (when.earliest.is_none() || when.latest.is_none());
    let ends_later = was_passing && !lead.destination.is_empty();
    if (lead.when.as_ref().is_none_or(digest) || ends_later) && draft.when.is_some() {
        lead.when = draft.when.clone();
    }
    if lead.ground.is_none() {
        lead.ground = draft.ground;
    }
    lead.toward &= draft.toward || draft.destination.is_empty();
    for span in &draft.evidence {
        if !lead.evidence.contains(span) {
            lead.evidence.push(*span);
        }
    }
    told.others.push(draft);
}

/// Whether the first place lies in the second, which is wider.
pub fn finer(doc: &Doc, places: &[Place], inner: usize, outer: usize) -> bool {
    let find = |name: usize| {
        doc.names[name].place.as_ref().and_then(|id| places.iter().find(|place| place.id == *id))
    };
    let (Some(inner), Some(outer)) = (find(inner), find(outer)) else { return false };
    inner.within.as_deref() == Some(outer.id.as_str())
        || (outer.kind == crate::places::PlaceKind::Country
            && outer.country == inner.country
            && inner.kind != outer.kind)
}
