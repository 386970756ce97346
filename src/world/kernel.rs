//! A point well inside an area, for arrows to aim at and names to stand on.
//!
//! The centre of mass of the largest part where that lies well inside it, else the point farthest
//! from its edge, found by halving squares (the method of Mapbox's polylabel, written anew).

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use geo::{Centroid, Contains, Coord, MultiPolygon, Point, Polygon};

use super::area::bounds;
use crate::geometry::LonLat;

/// A point well inside the largest part of an area; none when there is no part.
pub fn kernel_point(area: &MultiPolygon<f64>) -> Option<LonLat> {
    let size = |polygon: &&Polygon<f64>| geo::Area::unsigned_area(*polygon);
    let largest = area.0.iter().max_by(|a, b| size(a).total_cmp(&size(b)))?;
    let inmost = inmost(largest)?;
    let centre = largest.centroid().map(|point| Square::new(largest, point.0, 0.0));
    match centre {
        Some(centre) if centre.depth > 0.6 * inmost.depth => Some(centre.middle.into()),
        _ => Some(inmost.middle.into()),
    }
}

/// A square of the search: how deep its middle lies, and how deep any point of it may lie.
#[derive(Debug, Clone, Copy)]
struct Square {
    middle: Coord<f64>,
    half: f64,
    depth: f64,
    most: f64,
}

impl Square {
    fn new(polygon: &Polygon<f64>, middle: Coord<f64>, half: f64) -> Self {
        let depth = depth(polygon, middle);
        Square { middle, half, depth, most: depth + half * std::f64::consts::SQRT_2 }
    }
}

impl PartialEq for Square {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Square {}

impl PartialOrd for Square {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Square {
    fn cmp(&self, other: &Self) -> Ordering {
        let key = |s: &Square| [s.most, s.middle.x, s.middle.y];
        key(self)
            .iter()
            .zip(key(other))
            .map(|(a, b)| a.total_cmp(&b))
            .find(|order| order.is_ne())
            .unwrap_or(Ordering::Equal)
    }
}

fn inmost(polygon: &Polygon<f64>) -> Option<Square> {
    let [west, south, east, north] = bounds(polygon);
    let size = (east - west).min(north - south);
    if size <= 0.0 || !size.is_finite() {
        return None;
    }
    let half = size / 2.0;
    let mut queue = BinaryHeap::new();
    let (columns, rows) = (((east - west) / size).ceil() as usize, ((north - south) / size).ceil() as usize);
    for at in 0..columns * rows {
        let x = west + half + (at % columns) as f64 * size;
        let y = south + half + (at / columns) as f64 * size;
        queue.push(Square::new(polygon, Coord { x, y }, half));
    }
    let mut best = *queue.peek()?;
    // A polygon thinner than any square tried still gets a point inside.
    if let Some(point) = geo::InteriorPoint::interior_point(polygon) {
        best = Square::new(polygon, point.0, 0.0);
    }
    let precision = size / 60.0;
    while let Some(square) = queue.pop() {
        if square.depth > best.depth {
            best = square;
        }
        if square.most - best.depth <= precision {
            break;
        }
        let half = square.half / 2.0;
        for (dx, dy) in [(-half, -half), (half, -half), (-half, half), (half, half)] {
            let middle = Coord { x: square.middle.x + dx, y: square.middle.y + dy };
            queue.push(Square::new(polygon, middle, half));
        }
    }
    Some(best)
}

/// How far inside a position lies, in degrees; negative outside.
fn depth(polygon: &Polygon<f64>, p: Coord<f64>) -> f64 {
    let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
    let nearest = rings
        .flat_map(|ring| ring.0.windows(2))
        .map(|pair| to_segment(p, pair[0], pair[1]))
        .fold(f64::MAX, f64::min);
    let distance = nearest.sqrt();
    if polygon.contains(&Point(p)) { distance } else { -distance }
}

/// The square of the distance from a position to a segment.
fn to_segment(p: Coord<f64>, a: Coord<f64>, b: Coord<f64>) -> f64 {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let length = dx * dx + dy * dy;
    let share =
        if length > 0.0 { (((p.x - a.x) * dx + (p.y - a.y) * dy) / length).clamp(0.0, 1.0) } else { 0.0 };
    let (x, y) = (a.x + share * dx - p.x, a.y + share * dy - p.y);
    x * x + y * y
}

#[cfg(test)]
mod tests {
    use geo::polygon;

    use super::*;

    #[test]
    fn a_square_has_its_middle_and_a_hook_has_its_thick_end() {
        let square = polygon![(x: 0.0, y: 0.0), (x: 4.0, y: 0.0), (x: 4.0, y: 4.0), (x: 0.0, y: 4.0)];
        let point = kernel_point(&MultiPolygon(vec![square])).unwrap();
        assert!((point.lon - 2.0).abs() < 0.1 && (point.lat - 2.0).abs() < 0.1);
        let hook = polygon![
            (x: 0.0, y: 0.0), (x: 10.0, y: 0.0), (x: 10.0, y: 1.0), (x: 4.0, y: 1.0),
            (x: 4.0, y: 5.0), (x: 0.0, y: 5.0)
        ];
        let point = kernel_point(&MultiPolygon(vec![hook.clone()])).unwrap();
        assert!(hook.contains(&Point::new(point.lon, point.lat)));
        assert!(point.lon < 4.0 && point.lat > 0.8, "{point:?}");
    }
}
