//! Journeys: movements that follow one another, their order, the ends that follow from the leg
//! before, and coarse movements with their legs.

use super::doc::Doc;
use super::merge::{self, Told};
use super::{Movement, Status};
use crate::places::Place;
use crate::syntax::Tag;

/// Fills `journey`, `step`, `origin_inferred` and `part_of`. `told` and `movements` go side by side.
pub fn arrange(doc: &Doc, places: &[Place], told: &[Told], movements: &mut [Movement]) {
    let mut previous: Vec<Option<usize>> = vec![None; movements.len()];
    for later in 0..told.len() {
        if movements[later].background {
            continue;
        }
        previous[later] =
            (0..later).rev().find(|&earlier| follows(doc, places, told, movements, earlier, later));
    }
    // The fork after the legs: what may come next starts where the leg before ended.
    for later in 0..movements.len() {
        let Some(earlier) = previous[later] else { continue };
        let end = if movements[earlier].destination.is_empty() {
            movements[earlier].origin.clone()
        } else {
            movements[earlier].destination.clone()
        };
        if movements[later].origin.is_empty()
            && !end.is_empty()
            && end.iter().all(|id| !movements[later].destination.contains(id))
        {
            movements[later].origin_inferred = end;
            movements[later].reasons.push("its origin is inferred: the leg before it ended there".to_owned());
        }
    }
    parts(doc, places, told, movements, &previous);
    number(movements, &previous);
}

/// Whether a movement follows another: it begins where that ended, or is told as its continuation.
fn follows(
    doc: &Doc,
    places: &[Place],
    told: &[Told],
    movements: &[Movement],
    earlier: usize,
    later: usize,
) -> bool {
    let (a, b) = (&told[earlier].lead, &told[later].lead);
    if movements[earlier].background {
        return false;
    }
    // "left Mombasa … is expected to dock in Mumbai": one going, its ends told apart.
    if a.destination.is_empty() {
        return !a.origin.is_empty()
            && b.origin.is_empty()
            && !b.destination.is_empty()
            && merge::same_theme(doc, a, b) == Some(true)
            && doc.words[b.trigger.token].sentence.abs_diff(doc.words[a.trigger.token].sentence) <= 1
            && matches!(movements[earlier].status, Status::Happened | Status::Underway);
    }
    if matches!(movements[earlier].status, Status::Denied | Status::Failed | Status::Possible) {
        return false;
    }
    // What was does not follow what will be; a present tense may be of either.
    let is_past = matches!(doc.tag(b.trigger.token), Tag::Vbd | Tag::Vbn)
        && matches!(movements[later].status, Status::Happened | Status::Failed);
    if (is_past && movements[earlier].status == Status::Planned)
        || is_dated_before(&movements[later], &movements[earlier])
    {
        return false;
    }
    let same = merge::same_theme(doc, a, b);
    if same == Some(false) {
        return false;
    }
    let touch =
        a.destination.iter().any(|&x| b.origin.iter().any(|&y| merge::same_ground(doc, places, x, y)));
    if touch {
        return true;
    }
    if !b.origin.is_empty() || b.destination.is_empty() {
        return false;
    }
    // No origin of its own: the next leg of the same thing, told right after, or a fork told later.
    let back =
        a.destination.iter().all(|&x| b.destination.iter().any(|&y| merge::same_ground(doc, places, x, y)));
    let distance = doc.words[b.trigger.token].sentence.abs_diff(doc.words[a.trigger.token].sentence);
    let pronoun = b.cast.theme.is_some_and(|theme| matches!(doc.tag(theme), Tag::Prp));
    let leg = distance <= 1 && (same == Some(true) || pronoun && same.is_none());
    let site = a.ground.is_some() || a.destination.iter().any(|&name| !is_country(doc, places, name));
    let fork = matches!(movements[later].status, Status::Possible | Status::Planned)
        && same == Some(true)
        && site
        && !a.origin.is_empty();
    (leg || fork) && !back
}

/// Whether one movement was over before the other began, by their dates.
fn is_dated_before(one: &Movement, other: &Movement) -> bool {
    let last = one.when.as_ref().and_then(|when| when.latest);
    let first = other.when.as_ref().and_then(|when| when.earliest);
    last.zip(first).is_some_and(|(last, first)| last < first)
}

fn is_country(doc: &Doc, places: &[Place], name: usize) -> bool {
    let id = doc.names[name].place.as_ref();
    places.iter().any(|place| Some(&place.id) == id && place.kind == crate::places::PlaceKind::Country)
}

/// Legs and batches of a coarser movement: "sent 3,000 troops to Russia", by ship to Vladivostok, on to bases.
fn parts(doc: &Doc, places: &[Place], told: &[Told], movements: &mut [Movement], previous: &[Option<usize>]) {
    for fine in 0..movements.len() {
        for coarse in fine.saturating_sub(60)..movements.len().min(fine + 60) {
            if fine == coarse || movements[coarse].part_of.is_some() || movements[fine].part_of.is_some() {
                continue;
            }
            let (a, b) = (&told[coarse].lead, &told[fine].lead);
            let told_as_done =
                |status| matches!(status, Status::Happened | Status::Underway | Status::Failed);
            if !told_as_done(movements[coarse].status) || !told_as_done(movements[fine].status) {
                continue;
            }
            if merge::same_theme(doc, a, b) != Some(true)
                || a.destination.is_empty()
                || b.destination.is_empty()
            {
                continue;
            }
            if !a.origin.is_empty() {
                continue;
            }
            let same_place = a
                .destination
                .iter()
                .any(|&x| b.destination.iter().any(|&y| doc.names[x].place == doc.names[y].place));
            let within = a.destination.iter().any(|&x| {
                is_country(doc, places, x)
                    && b.destination.iter().any(|&y| merge::same_ground(doc, places, x, y))
            });
            let more = |draft: &super::draft::Draft| {
                draft.quantity.as_ref().and_then(|(q, _)| q.min.or(q.max)).unwrap_or(0.0)
            };
            let batch = same_place && more(b) > 0.0 && more(b) < more(a);
            let leg = within && !same_place && (!b.origin.is_empty() || previous[fine].is_some());
            if batch || leg {
                movements[fine].part_of = Some(movements[coarse].id.clone());
            }
        }
    }
}

fn number(movements: &mut [Movement], previous: &[Option<usize>]) {
    let mut next_journey = 0;
    for index in 0..movements.len() {
        match previous[index].filter(|_| !movements[index].background) {
            Some(before) => {
                movements[index].journey = movements[before].journey;
                movements[index].step = movements[before].step + 1;
            }
            None => {
                next_journey += 1;
                movements[index].journey = next_journey;
                movements[index].step = 1;
            }
        }
    }
    // A coarse movement shares the journey of its parts.
    for index in 0..movements.len() {
        if let Some(coarse) = movements[index].part_of.clone()
            && let Some(whole) = movements.iter().position(|movement| movement.id == coarse)
        {
            let (old, new) = (movements[whole].journey, movements[index].journey);
            if old != new {
                for movement in movements.iter_mut().filter(|movement| movement.journey == new) {
                    movement.journey = old;
                }
            }
        }
    }
}
