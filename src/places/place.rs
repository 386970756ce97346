//! From an entry to a place: kind, precision, radius, reasons, rivals.

use super::candidates::{Candidate, Group};
use super::choice::{Choice, SPOT_KM};
use super::{Place, PlaceKind, Precision, Rival};
use crate::gazetteer::{Entry, EntryId, Gazetteer, Kind};
use crate::geometry::Bbox;
use crate::geometry::geodesic::distance_km;

/// The kind of place and how exactly its point is meant.
pub fn kind_of(kind: Kind) -> (PlaceKind, Precision) {
    match kind {
        Kind::Country => (PlaceKind::Country, Precision::Country),
        Kind::Continent | Kind::Region => (PlaceKind::Region, Precision::Region),
        Kind::Unit | Kind::District => (PlaceKind::Region, Precision::Region),
        Kind::City | Kind::Quarter => (PlaceKind::City, Precision::Locality),
        Kind::Sea | Kind::Strait | Kind::Lake | Kind::River => (PlaceKind::Water, Precision::Region),
        Kind::Island => (PlaceKind::Island, Precision::Region),
        Kind::Mountain => (PlaceKind::Other, Precision::Region),
        Kind::Base => (PlaceKind::Base, Precision::Point),
        Kind::Port | Kind::Airport | Kind::Building => (PlaceKind::Building, Precision::Point),
        Kind::Other => (PlaceKind::Other, Precision::Region),
    }
}

/// Half the diagonal of a box, in kilometres.
pub fn radius_of(bbox: Bbox) -> f64 {
    let width = if bbox.west <= bbox.east { bbox.east - bbox.west } else { bbox.east - bbox.west + 360.0 };
    let middle = (bbox.north + bbox.south) / 2.0;
    let x = width * 111.2 * libm::cos(middle.to_radians());
    let y = (bbox.north - bbox.south) * 111.2;
    libm::sqrt(x * x + y * y) / 2.0
}

/// The radius of a town by its inhabitants.
fn town_radius(population: u32) -> f64 {
    (libm::sqrt(f64::from(population)) / 100.0).clamp(1.0, 30.0)
}

/// How far an entry goes around its point, in kilometres.
pub fn radius(entry: &Entry, precision: Precision) -> f64 {
    match (precision, entry.bbox) {
        (Precision::Point, _) => 1.0,
        (Precision::Locality, _) => town_radius(entry.population),
        (_, Some(bbox)) => radius_of(bbox),
        (Precision::Country, None) => 300.0,
        _ if entry.kind == Kind::District => 30.0,
        _ => 100.0,
    }
}

/// The place of a chosen entry; its id is given later.
pub fn from_entry(gazetteer: &Gazetteer, id: EntryId) -> Place {
    let entry = gazetteer.entry(id);
    let (kind, precision) = kind_of(entry.kind);
    let radius = radius(&entry, precision);
    let over_several = matches!(entry.kind, Kind::Continent | Kind::Sea | Kind::Strait | Kind::River);
    Place {
        id: String::new(),
        name: entry.name.to_owned(),
        kind,
        lon: Some(entry.position.lon),
        lat: Some(entry.position.lat),
        country: if over_several { None } else { entry.country.map(str::to_owned) },
        precision,
        radius_km: Some((radius * 10.0).round() / 10.0),
        bbox: entry.bbox,
        entry: Some(entry.key.to_string()),
        within: None,
        count: None,
        part: None,
        beside: None,
        score: 0.0,
        reasons: Vec::new(),
        rivals: Vec::new(),
    }
}

/// A place whose position nobody knows.
pub fn unplaced(name: &str, kind: PlaceKind, reason: &str) -> Place {
    Place {
        id: String::new(),
        name: name.to_owned(),
        kind,
        lon: None,
        lat: None,
        country: None,
        precision: Precision::Unplaced,
        radius_km: None,
        bbox: None,
        entry: None,
        within: None,
        count: None,
        part: None,
        beside: None,
        score: 0.0,
        reasons: vec![reason.to_owned()],
        rivals: Vec::new(),
    }
}

/// The entry's name with what contains it: "Rome, Georgia, US".
pub fn full_name(gazetteer: &Gazetteer, id: EntryId) -> String {
    let entry = gazetteer.entry(id);
    let mut name = entry.name.to_owned();
    if let Some(unit) = entry.unit.filter(|&u| u != id) {
        name.push_str(", ");
        name.push_str(gazetteer.entry(unit).name);
    }
    if let Some(country) = entry.country.filter(|_| entry.kind != Kind::Country) {
        name.push_str(", ");
        name.push_str(country);
    }
    name
}

/// The rivals of a choice, best first, at most five.
pub fn rivals(gazetteer: &Gazetteer, group: &Group, choice: &Choice) -> Vec<Rival> {
    let Some(best) = choice.best() else { return Vec::new() };
    let chosen = group.candidates[best].position;
    choice
        .order
        .iter()
        .skip(1)
        // The unit or port of the same spot is no rival.
        .filter(|&&at| distance_km(group.candidates[at].position, chosen) >= SPOT_KM)
        .take(5)
        .map(|&at| {
            let candidate = &group.candidates[at];
            Rival {
                entry: gazetteer.entry(candidate.id).key.to_string(),
                name: full_name(gazetteer, candidate.id),
                lon: candidate.position.lon,
                lat: candidate.position.lat,
                score: round(choice.shares[at]),
            }
        })
        .collect()
}

/// Three decimals.
pub fn round(share: f64) -> f64 {
    (share * 1000.0).round() / 1000.0
}

/// Why this candidate was chosen, in words a desk editor reads.
pub fn reasons(
    gazetteer: &Gazetteer,
    group: &Group,
    choice: &Choice,
    evidence: &[(&'static str, f64)],
    outer: Option<&str>,
) -> Vec<String> {
    let Some(best) = choice.best() else { return Vec::new() };
    let chosen: &Candidate = &group.candidates[best];
    let has = |what: &str| evidence.iter().any(|(found, strength)| *found == what && *strength > 0.0);
    let mut reasons = Vec::new();
    let n = group.candidates.len();
    if n == 1 {
        reasons.push("the only place of this name".to_owned());
    }
    if let Some(outer) = outer.filter(|_| has("named with what contains it")) {
        reasons.push(format!("named with {outer}"));
    }
    if has("named after what it contains") {
        reasons.push("named after a place that lies in it".to_owned());
    }
    if has("is just what the type word asks for") || has("is what the type word asks for") {
        reasons.push("the type word beside it asks for this kind of place".to_owned());
    }
    if n > 1 && group.candidates.iter().all(|c| c.prominence <= chosen.prominence) {
        reasons.push(match chosen.kind {
            Kind::City => format!("largest of {n} places of this name"),
            _ => format!("best known of {n} places of this name"),
        });
    }
    if has("its unit is named")
        && let Some(unit) = chosen.unit.filter(|&u| u != chosen.id)
    {
        reasons.push(format!("{} is named in the text", gazetteer.entry(unit).name));
    } else if has("its country is named")
        && let Some(country) = gazetteer.entry(chosen.id).country.and_then(|code| gazetteer.country(code))
        && n > 1
    {
        reasons.push(format!("{} is named in the text", gazetteer.entry(country).name));
    }
    if has("a place within 30 km") && n > 1 {
        reasons.push("other places of the text lie within 30 km".to_owned());
    } else if has("a place within 100 km") && n > 1 {
        reasons.push("other places of the text lie within 100 km".to_owned());
    }
    if has("by home") {
        reasons.push("near where the outlet writes for".to_owned());
    }
    if reasons.is_empty() {
        reasons.push(format!("fits the other places of the text best, of {n} places of this name"));
    }
    reasons
}
