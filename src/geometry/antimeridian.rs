//! What crosses 180°: lines and rings unwrapped into one piece around a meridian, and cut at ±180 for output (RFC 7946, 3.1.9).

use geo::{Coord, LineString, MultiLineString, MultiPolygon, Polygon};

/// The longitude among `lon + 360 k` that is nearest to another.
pub fn nearest_lon(lon: f64, to: f64) -> f64 {
    lon - 360.0 * ((lon - to) / 360.0).round()
}

/// A line with each step the short way round, its first longitude nearest to `around`.
pub fn unwrap(line: &[Coord<f64>], around: f64) -> Vec<Coord<f64>> {
    let mut last = around;
    line.iter()
        .map(|c| {
            last = nearest_lon(c.x, last);
            Coord { x: last, y: c.y }
        })
        .collect()
}

/// Cuts an unwrapped line at ±180 (and ±540 …) and brings each part into −180..180.
pub fn cut_line(line: &[Coord<f64>]) -> MultiLineString<f64> {
    let mut parts: Vec<LineString<f64>> = Vec::new();
    let mut part: Vec<Coord<f64>> = Vec::new();
    let world = |x: f64| ((x + 180.0) / 360.0).floor();
    let mut here = 0.0;
    for (i, &c) in line.iter().enumerate() {
        if i == 0 {
            here = world(c.x);
            part.push(Coord { x: c.x - 360.0 * here, y: c.y });
            continue;
        }
        let p = line[i - 1];
        // a vertex exactly on the seam belongs to the world the line comes from
        while c.x > 360.0 * here + 180.0 || c.x < 360.0 * here - 180.0 {
            let east = c.x > p.x;
            let seam = 360.0 * here + if east { 180.0 } else { -180.0 };
            let y = if c.x == p.x { c.y } else { p.y + (c.y - p.y) * (seam - p.x) / (c.x - p.x) };
            part.push(Coord { x: if east { 180.0 } else { -180.0 }, y });
            if part.len() > 1 && part.windows(2).any(|w| w[0] != w[1]) {
                parts.push(LineString::new(std::mem::take(&mut part)));
            }
            part.clear();
            part.push(Coord { x: if east { -180.0 } else { 180.0 }, y });
            here += if east { 1.0 } else { -1.0 };
        }
        part.push(Coord { x: c.x - 360.0 * here, y: c.y });
    }
    if part.len() > 1 {
        parts.push(LineString::new(part));
    }
    MultiLineString::new(parts)
}

/// The rings of polygons (already cut at ±180), brought around a central meridian: those that straddle the
/// opposite meridian are given on both sides, to be clipped there.
pub fn rings_around(ring: &[Coord<f64>], centre: f64) -> Vec<Vec<Coord<f64>>> {
    let is_whole = ring.windows(2).all(|w| (w[1].x - w[0].x).abs() < 180.0);
    let unwrapped;
    let line = if is_whole {
        ring
    } else {
        unwrapped = unwrap(ring, ring.first().map_or(0.0, |c| c.x));
        &unwrapped
    };
    let (low, high) = line.iter().fold((f64::MAX, f64::MIN), |(a, b), c| (a.min(c.x), b.max(c.x)));
    let mut copies = Vec::new();
    for turn in [-360.0, 0.0, 360.0] {
        let (west, east) = (low + turn - centre, high + turn - centre);
        if east <= -180.0 || west >= 180.0 {
            continue;
        }
        let mut copy: Vec<Coord<f64>> = line.iter().map(|c| Coord { x: c.x + turn, y: c.y }).collect();
        if west < -180.0 || east > 180.0 {
            copy = super::clip::ring_between(&copy, centre - 180.0, centre + 180.0);
        }
        if copy.len() >= 3 {
            copies.push(copy);
        }
    }
    copies
}

/// Polygons with every ring kept inside −180..180, right-hand rule: exteriors counter-clockwise, holes clockwise.
pub fn right_handed(polygons: &MultiPolygon<f64>) -> MultiPolygon<f64> {
    use geo::orient::{Direction, Orient};
    let mut parts = Vec::new();
    for polygon in polygons {
        let cut: Vec<Polygon<f64>> = if polygon.exterior().0.iter().any(|c| c.x.abs() > 180.0) {
            cut_polygon(polygon)
        } else {
            vec![polygon.clone()]
        };
        parts.extend(cut.into_iter().map(|p| p.orient(Direction::Default)));
    }
    MultiPolygon::new(parts)
}

/// Cuts an unwrapped polygon at ±180. Holes go with the part that holds their first vertex.
fn cut_polygon(polygon: &Polygon<f64>) -> Vec<Polygon<f64>> {
    let mut parts = Vec::new();
    for turn in [-360.0, 0.0, 360.0] {
        let shifted = |ring: &LineString<f64>| -> Vec<Coord<f64>> {
            let moved: Vec<_> = ring.0.iter().map(|c| Coord { x: c.x + turn, y: c.y }).collect();
            super::clip::ring_between(&moved, -180.0, 180.0)
        };
        let exterior = shifted(polygon.exterior());
        if exterior.len() < 3 {
            continue;
        }
        let holes = polygon.interiors().iter().map(shifted).filter(|h| h.len() >= 3).map(LineString::new);
        parts.push(Polygon::new(LineString::new(exterior), holes.collect()));
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::{LonLat, geodesic};
    use proptest::prelude::*;

    fn length(line: &[Coord<f64>]) -> f64 {
        line.windows(2).map(|w| geodesic::distance_km(LonLat::from(w[0]), LonLat::from(w[1]))).sum()
    }

    proptest! {
        #[test]
        fn a_cut_keeps_the_length(lon1 in -180.0..180.0f64, lat1 in -70.0..70.0f64,
                                  lon2 in -180.0..180.0f64, lat2 in -70.0..70.0f64) {
            let line: Vec<Coord<f64>> = geodesic::between(LonLat::new(lon1, lat1), LonLat::new(lon2, lat2), 64)
                .into_iter().map(Coord::from).collect();
            let parts = cut_line(&line);
            let whole = length(&line);
            let sum: f64 = parts.iter().map(|p| length(&p.0)).sum();
            prop_assert!((sum - whole).abs() <= 0.02 * whole + 0.5, "{whole} became {sum}");
            prop_assert!(parts.iter().flatten().all(|c| c.x.abs() <= 180.0));
        }
    }

    #[test]
    fn a_line_across_the_pacific_is_cut_in_two_at_180() {
        let parts = cut_line(&[Coord { x: 170.0, y: 10.0 }, Coord { x: 190.0, y: 20.0 }]);
        assert_eq!(parts.0.len(), 2);
        assert_eq!(parts.0[0].0[1], Coord { x: 180.0, y: 15.0 });
        assert_eq!(parts.0[1].0[0], Coord { x: -180.0, y: 15.0 });
    }
}
