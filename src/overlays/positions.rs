//! Numbers of a file → positions, lines and areas that are surely degrees.

use super::{Geometry, LIMIT_COORDINATES, OverlayError};
use crate::geometry::projection::wrap_lon;
use crate::geometry::{LonLat, antimeridian};
use geo::{Coord, LineString, MultiLineString, MultiPolygon, Polygon};

/// Counts coordinates and checks each.
#[derive(Default)]
pub struct Checker {
    count: usize,
}

impl Checker {
    /// A position from two numbers. Longitudes up to a whole turn off are brought round: files that cross 180°
    /// often go on counting.
    ///
    /// # Errors
    /// Numbers that are no degrees, or one coordinate too many.
    pub fn position(&mut self, x: f64, y: f64, feature: &dyn Fn() -> String) -> Result<LonLat, OverlayError> {
        let lon = self.checked(x, y, feature)?;
        Ok(LonLat::new(wrap_lon(lon), y))
    }

    /// A line of at least two positions; none if it has fewer.
    ///
    /// # Errors
    /// As `position`.
    pub fn line(
        &mut self,
        numbers: impl IntoIterator<Item = (f64, f64)>,
        feature: &dyn Fn() -> String,
    ) -> Result<Option<LineString<f64>>, OverlayError> {
        let line = self.unwrapped(numbers, feature)?;
        Ok((line.len() > 1).then(|| LineString::new(line)))
    }

    /// A polygon from its rings, the outer one first; none if that has fewer than three corners. Holes that
    /// have fewer are left out.
    ///
    /// # Errors
    /// As `position`.
    pub fn area<I: IntoIterator<Item = (f64, f64)>>(
        &mut self,
        rings: impl IntoIterator<Item = I>,
        feature: &dyn Fn() -> String,
    ) -> Result<Option<Polygon<f64>>, OverlayError> {
        let mut whole: Vec<LineString<f64>> = Vec::new();
        for (i, ring) in rings.into_iter().enumerate() {
            let ring = closed_over_pole(self.unwrapped(ring, feature)?);
            let mut corners = ring.clone();
            corners.dedup();
            if corners.first() == corners.last() {
                corners.pop();
            }
            if corners.len() >= 3 {
                // holes lie in the same turn as what they are holes of
                let near = whole.first().and_then(|outer| outer.0.first()).map_or(ring[0].x, |c| c.x);
                let turn = antimeridian::nearest_lon(ring[0].x, near) - ring[0].x;
                let ring = ring.into_iter().map(|c| Coord { x: c.x + turn, y: c.y }).collect();
                whole.push(LineString::new(ring));
            } else if i == 0 {
                return Ok(None);
            }
        }
        let mut rings = whole.into_iter();
        Ok(rings.next().map(|outer| Polygon::new(outer, rings.collect())))
    }

    fn checked(&mut self, x: f64, y: f64, feature: &dyn Fn() -> String) -> Result<f64, OverlayError> {
        self.count += 1;
        if self.count > LIMIT_COORDINATES {
            let (found, limit) = (self.count, LIMIT_COORDINATES);
            return Err(OverlayError::OverLimit { what: "coordinates", found, limit });
        }
        let is_turn = |v: f64| v.abs() <= 360.0;
        if !is_turn(x) || !is_turn(y) {
            return Err(OverlayError::Projected { feature: feature(), x, y });
        }
        if y.abs() > 90.0 {
            let swapped = x.abs() <= 90.0 && y.abs() <= 180.0;
            let hint = if swapped { ": latitude and longitude seem to be swapped" } else { "" };
            return Err(OverlayError::Latitude { feature: feature(), lat: y, hint });
        }
        Ok(x)
    }

    /// Positions with each step the short way round. A step from one edge of the world to the other goes along
    /// the parallel, in pieces, unless it only closes a ring around a pole.
    fn unwrapped(
        &mut self,
        numbers: impl IntoIterator<Item = (f64, f64)>,
        feature: &dyn Fn() -> String,
    ) -> Result<Vec<Coord<f64>>, OverlayError> {
        let mut line: Vec<Coord<f64>> = Vec::new();
        let (mut first, mut raw, mut crossed) = ((0.0, 0.0), 0.0, false);
        for (x, y) in numbers {
            let x = self.checked(x, y, feature)?;
            let Some(last) = line.last().copied() else {
                line.push(Coord { x: wrap_lon(x), y });
                (first, raw) = ((x, y), x);
                continue;
            };
            let is_edge_to_edge = (x - raw).abs() == 360.0 && (crossed || (x, y) != first);
            let direct = x - raw;
            let step = if is_edge_to_edge || direct.abs() <= 180.0 {
                direct
            } else {
                antimeridian::nearest_lon(x, raw) - raw
            };
            crossed |= is_edge_to_edge;
            let pieces = (step.abs() / 60.0).ceil().max(1.0);
            for i in 1..=pieces as usize {
                let t = i as f64 / pieces;
                line.push(Coord { x: last.x + t * step, y: last.y + t * (y - last.y) });
            }
            raw = x;
        }
        Ok(line)
    }
}

/// A ring around a pole, which ends a turn from where it began, is closed over that pole.
fn closed_over_pole(mut ring: Vec<Coord<f64>>) -> Vec<Coord<f64>> {
    if let (Some(first), Some(last)) = (ring.first().copied(), ring.last().copied())
        && ((last.x - first.x).abs() - 360.0).abs() < 1e-6
    {
        let pole = 90.0f64.copysign(ring.iter().map(|c| c.y).sum());
        ring.extend([Coord { x: last.x, y: pole }, Coord { x: first.x, y: pole }, first]);
    }
    ring
}

/// Polygons as an overlay has them: cut at ±180, with outlines that do not follow the cut.
pub fn areas(polygons: Vec<Polygon<f64>>) -> Geometry {
    let whole = MultiPolygon::new(polygons);
    let mut outlines = Vec::new();
    for ring in whole.iter().flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors())) {
        // where the file cut an area at 180°, and what closes a ring over a pole, is no outline
        let mut part: Vec<Coord<f64>> = Vec::new();
        for c in &ring.0 {
            let seam = |c: &Coord<f64>| (c.x.abs() - 180.0).abs() < 1e-9;
            let is_pole = |c: &Coord<f64>| c.y.abs() > 90.0 - 1e-9;
            let no_outline =
                |last: &Coord<f64>| (seam(last) && seam(c) && last.x == c.x) || is_pole(last) || is_pole(c);
            if part.last().is_some_and(no_outline) {
                outlines.push(std::mem::take(&mut part));
            }
            part.push(*c);
        }
        outlines.push(part);
    }
    outlines.retain(|part| part.len() > 1);
    let outlines = MultiLineString::new(outlines.into_iter().map(LineString::new).collect());
    Geometry::Areas(antimeridian::right_handed(&whole), outlines)
}
