//! Vague areas of made-up sentences, kind by kind over all continents: where they lie, and where they do not.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use dateline::geometry::{LonLat, geodesic};
use dateline::places::Place;
use dateline::reading::{ReadOptions, read};
use dateline::report::{Report, Source};
use dateline::world::{Band, World};
use geo::{BoundingRect, Contains, MultiPolygon, Point};

/// How far a ground may go beyond its parent's edge, in kilometres and as a share of its radius: outlines come in
/// two bands of detail.
const SLACK: (f64, f64) = (8.0, 0.02);

struct Row {
    phrase: String,
    sentence: String,
    /// Countries, units, `sea:KM` for water within so many kilometres of them, or `any`.
    allowed: Vec<String>,
    inside: Point<f64>,
    outside: Point<f64>,
    largest_km: f64,
}

fn rows() -> Vec<Row> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/areas/phrases.csv");
    let text = std::fs::read_to_string(path).unwrap();
    let point = |text: &str| {
        let (lon, lat) = text.split_once(' ').unwrap();
        Point::new(lon.parse().unwrap(), lat.parse().unwrap())
    };
    let row = |line: &str| {
        let [phrase, sentence, allowed, inside, outside, largest] =
            line.split(',').collect::<Vec<_>>().try_into().unwrap();
        Row {
            phrase: phrase.to_owned(),
            sentence: sentence.to_owned(),
            allowed: allowed.split(' ').map(str::to_owned).collect(),
            inside: point(inside),
            outside: point(outside),
            largest_km: largest.parse().unwrap(),
        }
    };
    text.lines().skip(1).map(row).collect()
}

#[test]
fn vague_areas_lie_where_their_words_say() {
    let world = World::embedded().unwrap();
    let rows = rows();
    assert!(rows.len() >= 40, "{} phrases", rows.len());
    let mut wrong = String::new();
    for row in &rows {
        for fault in faults(row, world) {
            writeln!(wrong, "{}: {fault}", row.phrase).unwrap();
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

fn faults(row: &Row, world: &World) -> Vec<String> {
    let reading = read(Report::from_text(&row.sentence, &Source::default()), &ReadOptions::default());
    let is_it = |place: &Place| {
        place.name == row.phrase
            || reading.mentions.iter().any(|m| m.text == row.phrase && m.place.as_ref() == Some(&place.id))
    };
    let Some(place) = reading.places.iter().find(|place| is_it(place)) else {
        let found: Vec<&str> = reading.mentions.iter().map(|m| m.text.as_str()).collect();
        return vec![format!("not found among {found:?}")];
    };
    let places: BTreeMap<&str, &Place> = reading.places.iter().map(|p| (p.id.as_str(), p)).collect();
    let Some(ground) = dateline::layers::area_of(place, &places, world) else {
        return vec![format!("no ground: {place:?}")];
    };
    let (Some(lon), Some(lat), Some(radius)) = (place.lon, place.lat, place.radius_km) else {
        return vec!["no point".to_owned()];
    };
    let mut faults = Vec::new();
    let point = LonLat::new(lon, lat);
    if !ground.contains(&row.inside) {
        faults.push(format!("{:?} is not in it", row.inside));
    }
    if ground.contains(&row.outside) {
        faults.push(format!("{:?} is in it", row.outside));
    }
    if radius > row.largest_km || radius < row.largest_km / 4.0 {
        faults.push(format!("radius {radius} km, expected up to {}", row.largest_km));
    }
    let mut reach = 0.0_f64;
    for c in ground.iter().flat_map(|part| part.exterior().coords()) {
        if !LonLat::from(*c).is_valid() {
            faults.push(format!("{c:?} is beyond the edge of the map"));
        }
        reach = reach.max(geodesic::distance_km(point, (*c).into()));
    }
    if reach > radius + 1.0 {
        faults.push(format!("its ground goes {reach:.0} km far, its radius is {radius}"));
    }
    let strays: Vec<LonLat> =
        samples(&ground).into_iter().chain([point]).filter(|p| !is_allowed(*p, row, world)).collect();
    if let Some(first) = strays.first() {
        faults.push(format!("{} samples lie outside its parents, as {first:?}", strays.len()));
    }
    faults
}

/// Positions of a grid that lie in an area.
fn samples(ground: &MultiPolygon<f64>) -> Vec<LonLat> {
    let mut samples = Vec::new();
    for part in ground {
        let Some(rect) = part.bounding_rect() else { continue };
        for step in 0..400 {
            let (x, y) = (f64::from(step % 20) + 0.5, f64::from(step / 20) + 0.5);
            let at =
                Point::new(rect.min().x + rect.width() * x / 20.0, rect.min().y + rect.height() * y / 20.0);
            if part.contains(&at) {
                samples.push(LonLat::new(at.x(), at.y()));
            }
        }
    }
    samples
}

fn is_allowed(p: LonLat, row: &Row, world: &World) -> bool {
    let slack_km = SLACK.0 + SLACK.1 * row.largest_km;
    // Rings of several sizes: a wide one alone would step over a small island.
    let around = |km: f64| (0..8).map(move |n| geodesic::destination(p, 45.0 * f64::from(n), km));
    let spots: Vec<Point<f64>> = [2.0, 4.0, 8.0, slack_km]
        .into_iter()
        .flat_map(around)
        .chain([p])
        .map(|p| Point::new(p.lon, p.lat))
        .collect();
    let holds = |area: &MultiPolygon<f64>| spots.iter().any(|spot| area.contains(spot));
    let areas = || row.allowed.iter().filter_map(|code| area(code, world));
    row.allowed.iter().any(|word| match word.strip_prefix("sea:") {
        Some(km) => {
            let km: f64 = km.parse().unwrap();
            let near = |area: &MultiPolygon<f64>| {
                let points = area.iter().flat_map(|part| part.exterior().coords());
                points.map(|c| geodesic::distance_km(p, (*c).into())).any(|d| d < km + slack_km)
            };
            areas().any(near) && spots.iter().any(|spot| !world.land(Band::Fine).contains(spot))
        }
        None => word == "any" || area(word, world).is_some_and(holds),
    })
}

fn area<'w>(code: &str, world: &'w World) -> Option<&'w MultiPolygon<f64>> {
    if code.len() == 2 { world.country_area(code, Band::Fine) } else { world.unit_area(code) }
}
