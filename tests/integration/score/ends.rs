//! Whether the end of a movement is the place that was meant: by its name, or near enough.

use super::gold::{Gold, GoldMovement, GoldPlace};
use super::prediction::{Predicted, PredictedPlace};
use regex::Regex;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// Names that mean the same.
const ALIASES: &[(&str, &str)] = &[
    ("us", "united states"),
    ("usa", "united states"),
    ("united states of america", "united states"),
    ("america", "united states"),
    ("uk", "united kingdom"),
    ("great britain", "united kingdom"),
    ("britain", "united kingdom"),
    ("dprk", "north korea"),
    ("uae", "united arab emirates"),
    ("democratic peoples republic of korea", "north korea"),
    ("drc", "democratic republic of the congo"),
    ("gaza", "gaza strip"),
    ("pusan", "busan"),
    ("bahamas", "the bahamas"),
    ("hague", "the hague"),
    ("east timor", "timor leste"),
    ("holland", "netherlands"),
];

/// Rough radius of some countries in kilometres; others have 350.
const COUNTRY_RADIUS_KM: &[(&str, f64)] = &[
    ("RU", 1500.0),
    ("CA", 1300.0),
    ("US", 1500.0),
    ("CN", 1300.0),
    ("AU", 1300.0),
    ("IN", 900.0),
    ("MX", 700.0),
    ("DZ", 800.0),
    ("CD", 800.0),
    ("SA", 750.0),
    ("ID", 1200.0),
    ("IR", 700.0),
    ("SD", 650.0),
    ("LY", 650.0),
    ("CO", 550.0),
    ("EG", 500.0),
    ("NG", 500.0),
    ("TZ", 500.0),
    ("VE", 500.0),
    ("PK", 500.0),
    ("TR", 500.0),
    ("UA", 450.0),
    ("FR", 450.0),
    ("ML", 550.0),
    ("CL", 800.0),
    ("TH", 400.0),
    ("ES", 400.0),
    ("YE", 400.0),
    ("KE", 400.0),
    ("IQ", 400.0),
    ("JP", 500.0),
    ("PH", 500.0),
    ("NO", 500.0),
    ("IL", 120.0),
    ("LB", 80.0),
    ("QA", 60.0),
    ("KP", 200.0),
    ("KR", 200.0),
    ("BJ", 200.0),
    ("NR", 20.0),
    ("SV", 90.0),
    ("MO", 20.0),
    ("HK", 40.0),
    ("SG", 30.0),
    ("BH", 30.0),
    ("SZ", 80.0),
    ("SN", 260.0),
];

fn pattern(source: &str) -> Regex {
    Regex::new(source).unwrap()
}

/// A name without accents, articles, type words and what stands behind a comma.
pub fn normal(name: &str) -> String {
    static ASIDE: LazyLock<Regex> = LazyLock::new(|| pattern(r"\(.*?\)|,.*$"));
    static TYPE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"\b(the|region|province|oblast|city|county|district|island|islands|state|republic|of)\b")
    });
    let ascii: String = name.nfkd().filter(char::is_ascii).collect::<String>().to_lowercase();
    let bare = ASIDE.replace_all(&ascii, " ").replace('\'', "");
    let letters = bare.replace(|c: char| !c.is_ascii_alphanumeric(), " ");
    let words = letters.split_whitespace().collect::<Vec<_>>().join(" ");
    let known = ALIASES.iter().find(|(alias, _)| *alias == words);
    let words = known.map_or(words.as_str(), |(_, name)| name);
    let short = TYPE.replace_all(words, " ").split_whitespace().collect::<Vec<_>>().join(" ");
    if short.is_empty() { words.to_owned() } else { short }
}

/// Great-circle distance between two points, longitude first.
pub fn kilometres(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (north, south) = (a.1.to_radians(), b.1.to_radians());
    let east = (b.0 - a.0).to_radians();
    let half = ((south - north) / 2.0).sin().powi(2) + north.cos() * south.cos() * (east / 2.0).sin().powi(2);
    2.0 * 6371.0088 * half.sqrt().min(1.0).asin()
}

/// How far a point may lie from the place that was meant.
fn tolerance_km(place: &GoldPlace) -> f64 {
    let country = place.country_iso2.as_deref().unwrap_or_default();
    match place.kind.as_str() {
        "country" => COUNTRY_RADIUS_KM.iter().find(|(code, _)| *code == country).map_or(350.0, |(_, km)| *km),
        "island" => 150.0,
        "region" => 250.0,
        "part_of_country" | "water" => 500.0,
        _ => 100.0,
    }
}

pub fn same_place(gold: &GoldPlace, predicted: &PredictedPlace) -> bool {
    static COMPASS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"^(north|south|east|west|north ?east|north ?west|south ?east|south ?west)ern |^central ")
    });
    let far = predicted.point.map(|point| kilometres((gold.lon, gold.lat), point));
    let small = matches!(gold.kind.as_str(), "city" | "base" | "building" | "other");
    let name = normal(&predicted.name);
    let names = [normal(&gold.name), normal(&gold.surface)];
    let named = |name: &str| !name.is_empty() && names.iter().any(|gold| gold == name);
    if named(&name) || named(&COMPASS.replace(&name, "")) {
        // The same name, but another town of that name, is wrong.
        return !small || far.is_none_or(|km| km <= 300.0);
    }
    far.is_some_and(|km| km <= tolerance_km(gold))
}

/// How one end was met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EndMet {
    /// It is right, be it only by leaving empty what is not stated.
    pub right: bool,
    /// It hits a place that the gold names.
    pub named: bool,
}

fn end_met(
    gold: &Gold,
    stated: &Option<Vec<usize>>,
    inferable: &Option<Vec<usize>>,
    given: &[PredictedPlace],
) -> EndMet {
    let any = |ends: &Option<Vec<usize>>| {
        let mut ends = ends.iter().flatten().map(|&at| &gold.places[at]);
        ends.any(|end| given.iter().any(|place| same_place(end, place)))
    };
    if stated.as_ref().is_some_and(|ends| !ends.is_empty()) {
        let met = any(stated);
        EndMet { right: met, named: met }
    } else {
        EndMet { right: given.is_empty() || any(inferable), named: false }
    }
}

/// Origin and destination.
pub fn ends_met(gold: &Gold, movement: &GoldMovement, predicted: &Predicted) -> [EndMet; 2] {
    [
        end_met(gold, &movement.from, &movement.from_inferable, &predicted.from),
        end_met(gold, &movement.to, &movement.to_inferable, &predicted.to),
    ]
}
