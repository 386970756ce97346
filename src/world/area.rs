//! Parts of an area by compass direction: "eastern Ukraine", "north-eastern Syria", "central Mali".
//!
//! In: an area and a direction. Out: what of it lies beyond the 55th percentile of its land along
//! that bearing; for the middle, the 45 per cent of it nearest to its centre. The rule is ours
//! (there is no agreed line); the map fades its edge. Islands far from the main part (Alaska and
//! Hawaii, Svalbard, the Canaries) do not count. Areas are taken round 180 degrees, so Russia's
//! east is Chukotka.

use geo::{BooleanOps, Coord, LineString, MultiPolygon, Polygon};
use serde::{Deserialize, Serialize};

/// A direction, or the middle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Compass {
    North,
    NorthEast,
    East,
    SouthEast,
    South,
    SouthWest,
    West,
    NorthWest,
    Centre,
}

impl Compass {
    /// The direction that a word names: "north-east", "northeast", "NE", "central".
    pub fn named(word: &str) -> Option<Self> {
        Some(match word.to_ascii_lowercase().replace(['-', ' ', '_'], "").as_str() {
            "north" | "n" => Compass::North,
            "northeast" | "ne" => Compass::NorthEast,
            "east" | "e" | "fareast" => Compass::East,
            "southeast" | "se" => Compass::SouthEast,
            "south" | "s" => Compass::South,
            "southwest" | "sw" => Compass::SouthWest,
            "west" | "w" => Compass::West,
            "northwest" | "nw" => Compass::NorthWest,
            "centre" | "center" | "central" | "middle" => Compass::Centre,
            _ => return None,
        })
    }

    /// Degrees clockwise from north; none for the middle.
    pub fn bearing(self) -> Option<f64> {
        match self {
            Compass::North => Some(0.0),
            Compass::NorthEast => Some(45.0),
            Compass::East => Some(90.0),
            Compass::SouthEast => Some(135.0),
            Compass::South => Some(180.0),
            Compass::SouthWest => Some(225.0),
            Compass::West => Some(270.0),
            Compass::NorthWest => Some(315.0),
            Compass::Centre => None,
        }
    }
}

/// Where a direction begins: the share of the land that lies before it.
pub const BEGINS_AT: f64 = 0.55;
/// The same for the far end of a direction: "the far east".
pub const FAR_BEGINS_AT: f64 = 0.75;
/// Rows and columns of the samples that the share is measured with.
const SAMPLES: usize = 240;

/// The part of an area in a direction, beyond [`BEGINS_AT`]. Parts are cut at 180 degrees as areas
/// are; an area too small to measure is returned whole.
pub fn compass_part(area: &MultiPolygon<f64>, part: Compass) -> MultiPolygon<f64> {
    compass_part_beyond(area, part, BEGINS_AT)
}

/// The part of an area in a direction, beyond a share (0 to 1) of its land.
pub fn compass_part_beyond(area: &MultiPolygon<f64>, part: Compass, share: f64) -> MultiPolygon<f64> {
    let main = main_part(&unwrapped(area));
    let Some(plane) = Plane::around(&main) else { return area.clone() };
    let samples = samples(&main);
    if samples.len() < 20 {
        return rewrapped(&main);
    }
    let window = match part.bearing() {
        Some(bearing) => {
            let along = |p: &Coord<f64>| plane.along(*p, bearing);
            half_plane(&plane, bearing, percentile(&samples, along, share))
        }
        None => {
            let centre = mean(&samples);
            let distance = |p: &Coord<f64>| plane.distance(*p, centre);
            disc(&plane, centre, percentile(&samples, distance, 1.0 - share))
        }
    };
    let cut = main.intersection(&window);
    if cut.0.is_empty() { rewrapped(&main) } else { rewrapped(&cut) }
}

/// Longitudes made to run on past 180 where the area crosses it.
pub fn unwrapped(area: &MultiPolygon<f64>) -> MultiPolygon<f64> {
    let spans: Vec<(f64, f64)> = area.0.iter().map(span).collect();
    let touches =
        |edge: f64| spans.iter().any(|span| (span.0 - edge).abs() < 1e-3 || (span.1 - edge).abs() < 1e-3);
    let wide = spans.iter().map(|span| span.1).fold(f64::MIN, f64::max)
        - spans.iter().map(|span| span.0).fold(f64::MAX, f64::min);
    if !(wide > 180.0 && touches(180.0) && touches(-180.0)) || covers_all_longitudes(&spans) {
        return area.clone();
    }
    let shift = |polygon: &Polygon<f64>| {
        if span(polygon).1 > 0.0 { polygon.clone() } else { shifted(polygon, 360.0) }
    };
    MultiPolygon(area.0.iter().map(shift).collect())
}

/// Antarctica goes all round: there is nothing to unwrap.
fn covers_all_longitudes(spans: &[(f64, f64)]) -> bool {
    spans.iter().any(|span| span.1 - span.0 > 300.0)
}

/// Back within ±180, cut there.
pub fn rewrapped(area: &MultiPolygon<f64>) -> MultiPolygon<f64> {
    if area.0.iter().all(|polygon| span(polygon).1 <= 180.0) {
        return area.clone();
    }
    let mut parts = Vec::new();
    for polygon in &area.0 {
        let (west, east) = span(polygon);
        if east <= 180.0 {
            parts.push(polygon.clone());
        } else if west >= 180.0 {
            parts.push(shifted(polygon, -360.0));
        } else {
            let whole = MultiPolygon(vec![polygon.clone()]);
            parts.extend(whole.intersection(&strip(-180.0, 180.0)).0);
            parts.extend(whole.intersection(&strip(180.0, 540.0)).0.iter().map(|part| shifted(part, -360.0)));
        }
    }
    // Cutting rounds: a hair beyond the edge of the map is on it.
    let within = |c: Coord<f64>| Coord { x: c.x.clamp(-180.0, 180.0), y: c.y };
    geo::MapCoords::map_coords(&MultiPolygon(parts), within)
}

/// The largest polygon with all that lie near it, from one to the next, or are large themselves.
pub(super) fn main_part(area: &MultiPolygon<f64>) -> MultiPolygon<f64> {
    let weights: Vec<f64> = area.0.iter().map(weight).collect();
    let boxes: Vec<[f64; 4]> = area.0.iter().map(bounds).collect();
    let Some(largest) = (0..weights.len()).max_by(|&a, &b| weights[a].total_cmp(&weights[b])) else {
        return area.clone();
    };
    let reach = (0.13 * libm::sqrt(weights[largest])).max(2.0);
    let mut kept = vec![false; boxes.len()];
    let mut queue = vec![largest];
    queue.extend((0..weights.len()).filter(|&at| weights[at] > 0.35 * weights[largest]));
    while let Some(at) = queue.pop() {
        if std::mem::replace(&mut kept[at], true) {
            continue;
        }
        queue
            .extend((0..boxes.len()).filter(|&other| !kept[other] && gap(&boxes[at], &boxes[other]) < reach));
    }
    MultiPolygon(
        area.0.iter().zip(kept).filter(|(_, kept)| *kept).map(|(polygon, _)| polygon.clone()).collect(),
    )
}

/// Square degrees at the equator's measure.
fn weight(polygon: &Polygon<f64>) -> f64 {
    let [_, south, _, north] = bounds(polygon);
    geo::Area::unsigned_area(polygon) * libm::cos(((south + north) / 2.0).to_radians())
}

/// Degrees between two boxes, the longer way of the two.
fn gap(a: &[f64; 4], b: &[f64; 4]) -> f64 {
    let apart = |a0: f64, a1: f64, b0: f64, b1: f64| (b0 - a1).max(a0 - b1).max(0.0);
    apart(a[0], a[2], b[0], b[2]).max(apart(a[1], a[3], b[1], b[3]))
}

/// A flat map around the middle of an area: degrees of latitude in both directions.
struct Plane {
    squeeze: f64,
    bounds: [f64; 4],
}

impl Plane {
    fn around(area: &MultiPolygon<f64>) -> Option<Self> {
        let all = |pick: fn(f64, f64) -> f64, at: usize| area.0.iter().map(|p| bounds(p)[at]).reduce(pick);
        let bounds = [all(f64::min, 0)?, all(f64::min, 1)?, all(f64::max, 2)?, all(f64::max, 3)?];
        let squeeze = libm::cos(((bounds[1] + bounds[3]) / 2.0).to_radians()).max(0.05);
        Some(Plane { squeeze, bounds })
    }

    /// How far a position lies along a bearing.
    fn along(&self, p: Coord<f64>, bearing: f64) -> f64 {
        let theta = bearing.to_radians();
        p.x * self.squeeze * libm::sin(theta) + p.y * libm::cos(theta)
    }

    fn distance(&self, a: Coord<f64>, b: Coord<f64>) -> f64 {
        libm::hypot((a.x - b.x) * self.squeeze, a.y - b.y)
    }
}

/// The middles of a fine grid's cells that lie in the area, each with its share of the sphere.
fn samples(area: &MultiPolygon<f64>) -> Vec<(Coord<f64>, f64)> {
    let Some(plane) = Plane::around(area) else { return Vec::new() };
    let [west, south, east, north] = plane.bounds;
    let (dx, dy) = ((east - west) / SAMPLES as f64, (north - south) / SAMPLES as f64);
    let mut crossings = vec![Vec::new(); SAMPLES];
    for edge in area
        .0
        .iter()
        .flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()))
        .flat_map(LineString::lines)
    {
        let (low, high) =
            if edge.start.y < edge.end.y { (edge.start, edge.end) } else { (edge.end, edge.start) };
        let first = ((low.y - south) / dy - 0.5).ceil().max(0.0) as usize;
        let last = (((high.y - south) / dy - 0.5).ceil().max(0.0) as usize).min(SAMPLES);
        for (row, crossed) in crossings.iter_mut().enumerate().take(last).skip(first) {
            let y = south + (row as f64 + 0.5) * dy;
            crossed.push(low.x + (y - low.y) / (high.y - low.y) * (high.x - low.x));
        }
    }
    let mut samples = Vec::new();
    for (row, mut crossed) in crossings.into_iter().enumerate() {
        crossed.sort_by(f64::total_cmp);
        let y = south + (row as f64 + 0.5) * dy;
        let weight = libm::cos(y.to_radians());
        for pair in crossed.chunks_exact(2) {
            let first = ((pair[0] - west) / dx - 0.5).ceil() as usize;
            let last = ((pair[1] - west) / dx - 0.5).ceil() as usize;
            let column = |at: usize| (Coord { x: west + (at as f64 + 0.5) * dx, y }, weight);
            samples.extend((first..last).map(column));
        }
    }
    samples
}

/// The value that this share of the weight lies below.
fn percentile(samples: &[(Coord<f64>, f64)], value: impl Fn(&Coord<f64>) -> f64, share: f64) -> f64 {
    let mut values: Vec<(f64, f64)> = samples.iter().map(|(p, weight)| (value(p), *weight)).collect();
    values.sort_by(|a, b| a.0.total_cmp(&b.0));
    let whole: f64 = values.iter().map(|(_, weight)| weight).sum();
    let mut below = 0.0;
    for (value, weight) in &values {
        below += weight;
        if below >= share * whole {
            return *value;
        }
    }
    values.last().map_or(0.0, |(value, _)| *value)
}

fn mean(samples: &[(Coord<f64>, f64)]) -> Coord<f64> {
    let whole: f64 = samples.iter().map(|(_, weight)| weight).sum();
    let part =
        |of: fn(&Coord<f64>) -> f64| samples.iter().map(|(p, weight)| of(p) * weight).sum::<f64>() / whole;
    Coord { x: part(|p| p.x), y: part(|p| p.y) }
}

/// Everything in the plane's bounds that lies farther along the bearing than `begin`.
fn half_plane(plane: &Plane, bearing: f64, begin: f64) -> MultiPolygon<f64> {
    let theta = bearing.to_radians();
    let (sin, cos) = (libm::sin(theta), libm::cos(theta));
    // In plane coordinates: `begin` along the bearing, then a box large enough for the whole Earth.
    let at = |along: f64, across: f64| Coord {
        x: (along * sin + across * cos) / plane.squeeze,
        y: along * cos - across * sin,
    };
    const FAR: f64 = 2_000.0;
    let ring =
        vec![at(begin, FAR), at(begin, -FAR), at(begin + FAR, -FAR), at(begin + FAR, FAR), at(begin, FAR)];
    MultiPolygon(vec![Polygon::new(LineString(ring), Vec::new())])
}

fn disc(plane: &Plane, centre: Coord<f64>, radius: f64) -> MultiPolygon<f64> {
    let at = |step: usize| {
        let theta = step as f64 / 64.0 * std::f64::consts::TAU;
        Coord {
            x: centre.x + radius * libm::cos(theta) / plane.squeeze,
            y: centre.y + radius * libm::sin(theta),
        }
    };
    MultiPolygon(vec![Polygon::new(LineString((0..=64).map(at).collect()), Vec::new())])
}

fn strip(west: f64, east: f64) -> MultiPolygon<f64> {
    let ring = [(west, -90.0), (east, -90.0), (east, 90.0), (west, 90.0), (west, -90.0)];
    let ring = LineString(ring.iter().map(|&(x, y)| Coord { x, y }).collect());
    MultiPolygon(vec![Polygon::new(ring, Vec::new())])
}

fn span(polygon: &Polygon<f64>) -> (f64, f64) {
    let [west, _, east, _] = bounds(polygon);
    (west, east)
}

pub(super) fn bounds(polygon: &Polygon<f64>) -> [f64; 4] {
    polygon.exterior().0.iter().fold([f64::MAX, f64::MAX, f64::MIN, f64::MIN], |b, c| {
        [b[0].min(c.x), b[1].min(c.y), b[2].max(c.x), b[3].max(c.y)]
    })
}

fn shifted(polygon: &Polygon<f64>, by: f64) -> Polygon<f64> {
    let ring =
        |ring: &LineString<f64>| LineString(ring.0.iter().map(|c| Coord { x: c.x + by, y: c.y }).collect());
    Polygon::new(ring(polygon.exterior()), polygon.interiors().iter().map(ring).collect())
}

#[cfg(test)]
mod tests {
    use geo::{Area, Contains};

    use super::*;
    use crate::world::{Band, World, kernel_point};

    fn part_of(code: &str, part: Compass) -> MultiPolygon<f64> {
        let world = World::embedded().unwrap();
        compass_part(world.country_area(code, Band::Coarse).unwrap(), part)
    }

    fn lies_in(area: &MultiPolygon<f64>, lon: f64, lat: f64) -> bool {
        area.contains(&geo::Point::new(lon, lat))
    }

    #[test]
    fn eastern_ukraine_has_donetsk_and_kharkiv_but_neither_kyiv_nor_lviv() {
        let east = part_of("UA", Compass::East);
        assert!(lies_in(&east, 37.8, 48.0) && lies_in(&east, 36.25, 50.0));
        assert!(!lies_in(&east, 30.5, 50.45) && !lies_in(&east, 24.0, 49.8));
        let west = part_of("UA", Compass::West);
        assert!(lies_in(&west, 24.0, 49.8) && !lies_in(&west, 36.25, 50.0));
    }

    #[test]
    fn eastern_russia_goes_on_past_180_degrees_and_stays_within_it() {
        let east = part_of("RU", Compass::East);
        assert!(lies_in(&east, 131.95, 43.8), "Ussuriysk");
        assert!(lies_in(&east, 135.1, 48.6), "near Khabarovsk");
        assert!(lies_in(&east, 107.6, 51.9), "Ulan-Ude");
        assert!(lies_in(&east, -175.0, 66.5), "Chukotka beyond 180 degrees");
        assert!(!lies_in(&east, 37.6, 55.7) && !lies_in(&east, 60.6, 56.8), "Moscow, Yekaterinburg");
        let west = part_of("RU", Compass::West);
        assert!(lies_in(&west, 37.6, 55.7) && !lies_in(&west, -175.0, 66.5) && lies_in(&west, 21.5, 54.6));
        for polygon in &east.0 {
            assert!(polygon.exterior().0.iter().all(|c| c.x.abs() <= 180.0));
        }
    }

    #[test]
    fn parts_are_where_people_say_they_are() {
        let within = |code, part, lon, lat| lies_in(&part_of(code, part), lon, lat);
        assert!(within("SY", Compass::NorthEast, 40.75, 36.5), "Hasakah in north-eastern Syria");
        assert!(!within("SY", Compass::NorthEast, 36.3, 33.5), "Damascus is not");
        assert!(within("SY", Compass::NorthWest, 36.63, 35.93), "Idlib in north-western Syria");
        assert!(within("ML", Compass::Centre, -4.2, 14.5), "Mopti in central Mali");
        assert!(within("ML", Compass::North, 1.4, 20.2), "Tessalit in northern Mali");
        assert!(within("NG", Compass::NorthEast, 13.15, 11.85), "Maiduguri in north-eastern Nigeria");
        assert!(within("US", Compass::NorthWest, -122.0, 47.6), "Seattle, for Alaska does not count");
        assert!(!within("US", Compass::West, -150.0, 65.0), "Alaska");
        assert!(within("MY", Compass::East, 116.1, 5.9), "Sabah in eastern Malaysia");
        assert!(within("YE", Compass::West, 44.2, 15.35), "Sanaa in western Yemen");
        assert!(within("LB", Compass::South, 35.4, 33.35), "Nabatiyeh in southern Lebanon");
    }

    #[test]
    fn a_part_has_its_share_and_its_kernel_point_lies_in_it() {
        let all = [
            Compass::North,
            Compass::NorthEast,
            Compass::East,
            Compass::SouthEast,
            Compass::South,
            Compass::SouthWest,
            Compass::West,
            Compass::NorthWest,
            Compass::Centre,
        ];
        for code in ["UA", "SY", "RU", "ML", "ID", "CL", "NZ", "FJ"] {
            for part in all {
                let cut = part_of(code, part);
                let kernel = kernel_point(&cut).unwrap();
                assert!(lies_in(&cut, kernel.lon, kernel.lat), "{code} {part:?} {kernel:?}");
                assert!(cut.unsigned_area() > 0.0);
            }
        }
        let whole = World::embedded().unwrap().country_area("UA", Band::Coarse).unwrap().unsigned_area();
        let share = part_of("UA", Compass::East).unsigned_area() / whole;
        assert!((share - 0.45).abs() < 0.02, "{share}");
    }

    #[test]
    fn the_far_east_of_russia_begins_before_khabarovsk_and_after_baikal() {
        let russia = World::embedded().unwrap().country_area("RU", Band::Coarse).unwrap();
        let far = compass_part_beyond(russia, Compass::East, FAR_BEGINS_AT);
        assert!(lies_in(&far, 135.1, 48.6) && lies_in(&far, -175.0, 66.5) && !lies_in(&far, 107.6, 51.9));
    }

    #[test]
    fn nothing_gives_nothing() {
        assert_eq!(compass_part(&MultiPolygon(Vec::new()), Compass::East), MultiPolygon(Vec::new()));
        assert_eq!(kernel_point(&MultiPolygon(Vec::new())), None);
    }
}
