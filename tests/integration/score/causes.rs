//! Why something was missed or invented, as far as a reading shows it.

use super::ends::{ends_met, kilometres, same_place};
use super::gold::{Gold, GoldMovement, GoldPlace, Range};
use super::prediction::{Predicted, PredictedPlace};
use super::toponyms::{NEAR_KM, Toponym};
use dateline::gazetteer::{Found, Gazetteer, Kind};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Cases by their cause.
#[derive(Debug, Clone, Default)]
pub struct Causes(BTreeMap<&'static str, Vec<String>>);

impl Causes {
    pub fn put(&mut self, cause: &'static str, case: String) {
        self.0.entry(cause).or_default().push(case);
    }

    pub fn extend(&mut self, other: Causes) {
        for (cause, cases) in other.0 {
            self.0.entry(cause).or_default().extend(cases);
        }
    }

    /// The causes with their counts, the most frequent first, each with its first cases.
    pub fn page(&self, cases_each: usize) -> String {
        let mut order: Vec<_> = self.0.iter().collect();
        order.sort_by_key(|(cause, cases)| (std::cmp::Reverse(cases.len()), **cause));
        let mut page = String::new();
        for (cause, cases) in order {
            writeln!(page, "{:4}  {cause}", cases.len()).unwrap();
            cases.iter().take(cases_each).for_each(|case| writeln!(page, "        {case}").unwrap());
        }
        page
    }
}

/// Why a movement was missed: the nearest that was found in its words, and what of its ends was known.
pub fn of_missed(
    gold: &Gold,
    movement: &GoldMovement,
    predicted: &[Predicted],
    names: &[Toponym],
) -> &'static str {
    let ends = || movement.from.iter().chain(&movement.to).flatten().map(|&at| &gold.places[at]);
    let named = |end: &GoldPlace| names.iter().any(|name| name.range.shared(&end.range) > 0);
    let placed = |end: &GoldPlace| {
        names.iter().any(|name| {
            let place = PredictedPlace { name: String::new(), point: name.point };
            name.range.shared(&end.range) > 0 && same_place(end, &place)
        })
    };
    if !ends().all(named) {
        return "missed: an end was not found as a place";
    }
    if !ends().all(placed) {
        return "missed: an end was placed elsewhere, or nowhere";
    }
    let told = |found: &&Predicted| {
        found.evidence.or(found.trigger).is_some_and(|range| movement.evidence.shared(&range) > 0)
    };
    let near: Vec<[bool; 2]> = predicted
        .iter()
        .filter(told)
        .map(|found| ends_met(gold, movement, found).map(|end| end.right))
        .collect();
    match near.iter().max_by_key(|ends| ends.iter().filter(|right| **right).count()) {
        None => "missed: nothing was found in its words",
        Some([true, false]) => "missed: another destination, or none, was found",
        Some([false, true]) => "missed: another origin, or none, was found",
        Some([true, true]) => "missed: found once for two of them",
        Some([false, false]) => "missed: its words were taken for another movement",
    }
}

/// Why a movement was invented.
pub fn of_invented(gold: &Gold, found: &Predicted, told_already: bool) -> &'static str {
    let range = found.evidence.or(found.trigger);
    let overlaps = |movement: &&GoldMovement| range.is_some_and(|range| movement.evidence.shared(&range) > 0);
    if told_already {
        "invented: told once more"
    } else if gold.movements.is_empty() {
        "invented: in a report without movements"
    } else if gold.movements.iter().any(|movement| overlaps(&movement)) {
        "invented: a movement of these words with another end, or one more"
    } else {
        "invented: where nothing moves"
    }
}

/// Why toponyms were missed, invented or placed elsewhere.
pub fn of_toponyms(text: &str, gold: &[Toponym], predicted: &[Toponym], gazetteer: &Gazetteer) -> Causes {
    let letters: Vec<char> = text.chars().collect();
    let words = |range: &Range| letters[range.start..range.end].iter().collect::<String>();
    let case = |range: &Range| {
        let about = range.start.saturating_sub(30)..(range.end + 30).min(letters.len());
        format!("{:?} in {:?}", words(range), letters[about].iter().collect::<String>().replace('\n', " "))
    };
    let mut causes = Causes::default();
    for wanted in gold {
        let Some(found) = predicted.iter().find(|found| found.range == wanted.range) else {
            let name = words(&wanted.range);
            let crossing = predicted.iter().find(|found| found.range.shared(&wanted.range) > 0);
            let cause = match crossing {
                Some(found) if found.range.end - found.range.start > name.chars().count() => {
                    "missed name: a longer one was found over it"
                }
                Some(_) => "missed name: a shorter one was found in it",
                None if gazetteer.demonym(&name).is_some() => "missed name: a people or an adjective",
                None if gazetteer.find(&name).is_empty() => "missed name: the gazetteer lacks it",
                None => "missed name: known, and not taken for a place",
            };
            causes.put(cause, case(&wanted.range));
            continue;
        };
        let Some(point) = wanted.point else { continue };
        let near = |at: (f64, f64)| kilometres(point, at) <= NEAR_KM;
        if found.point.is_some_and(near) {
            continue;
        }
        let is_wide = |bearer: &Found| {
            matches!(
                gazetteer.kind(bearer.entry),
                Kind::Country
                    | Kind::Unit
                    | Kind::Region
                    | Kind::Continent
                    | Kind::Sea
                    | Kind::Strait
                    | Kind::Lake
                    | Kind::River
            )
        };
        let found_there = gazetteer.find(&words(&wanted.range));
        let right_is_known = found_there.iter().any(|bearer| {
            let position = gazetteer.entry(bearer.entry).position;
            near((position.lon, position.lat))
        });
        let cause = match (found.point, right_is_known) {
            (None, _) => "wrong place: found and not placed",
            _ if found_there.first().is_some_and(is_wide) => {
                "wrong place: a country, a region or water, with its point elsewhere"
            }
            (_, true) => "wrong place: another of this name was meant",
            (_, false) => "wrong place: the right one is not known by this name",
        };
        causes.put(cause, case(&wanted.range));
    }
    for found in predicted {
        if gold.iter().any(|wanted| wanted.range == found.range) {
            continue;
        }
        let crossing = gold.iter().any(|wanted| wanted.range.shared(&found.range) > 0);
        let name = words(&found.range);
        let cause = if crossing {
            "invented name: with other borders than the right one"
        } else if gazetteer.demonym(&name).is_some() {
            "invented name: a people or an adjective"
        } else if gazetteer.find(&name).is_empty() {
            "invented name: one that the gazetteer lacks"
        } else {
            "invented name: a known one that means no place here"
        };
        causes.put(cause, case(&found.range));
    }
    causes
}
