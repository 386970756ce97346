//! Positions, boxes, geodesics, projections, the antimeridian, simplification (over the `geo` crate).
//!
//! Conventions, said once and held everywhere: WGS 84 degrees, longitude first; distances in metres
//! (or `_km` in the name); bearings clockwise from north; pixels with y down; a bounding box is
//! `[west, south, east, north]`, and west > east means that it crosses the antimeridian; output
//! after RFC 7946 with six decimals. Degrees have names in words (`lon`, `lat`), radians in Greek.

pub mod antimeridian;
mod around;
pub mod clip;
pub mod geodesic;
pub mod projection;
pub mod simplify;
pub mod stretch;

pub use around::Around;

use serde::{Deserialize, Serialize};

/// A position on the Earth: WGS 84 degrees.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct LonLat {
    /// Longitude, −180 to 180.
    pub lon: f64,
    /// Latitude, −90 to 90.
    pub lat: f64,
}

impl LonLat {
    /// A position from degrees, longitude first.
    pub const fn new(lon: f64, lat: f64) -> Self {
        LonLat { lon, lat }
    }

    /// Whether both numbers are finite and in range.
    pub fn is_valid(self) -> bool {
        (-180.0..=180.0).contains(&self.lon) && (-90.0..=90.0).contains(&self.lat)
    }
}

impl From<LonLat> for geo::Coord<f64> {
    fn from(p: LonLat) -> Self {
        geo::Coord { x: p.lon, y: p.lat }
    }
}

impl From<geo::Coord<f64>> for LonLat {
    fn from(c: geo::Coord<f64>) -> Self {
        LonLat { lon: c.x, lat: c.y }
    }
}

/// A bounding box in degrees; `west > east` crosses the antimeridian.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(from = "[f64; 4]", into = "[f64; 4]")]
pub struct Bbox {
    /// Western edge.
    pub west: f64,
    /// Southern edge.
    pub south: f64,
    /// Eastern edge.
    pub east: f64,
    /// Northern edge.
    pub north: f64,
}

impl From<[f64; 4]> for Bbox {
    fn from([west, south, east, north]: [f64; 4]) -> Self {
        Bbox { west, south, east, north }
    }
}

impl From<Bbox> for [f64; 4] {
    fn from(b: Bbox) -> Self {
        [b.west, b.south, b.east, b.north]
    }
}

impl Bbox {
    /// Whether the position lies inside or on the edge.
    pub fn contains(self, p: LonLat) -> bool {
        let in_lon = if self.west <= self.east {
            (self.west..=self.east).contains(&p.lon)
        } else {
            p.lon >= self.west || p.lon <= self.east
        };
        in_lon && (self.south..=self.north).contains(&p.lat)
    }

    /// The smallest box around positions: the widest gap between their longitudes lies outside it.
    pub fn around(positions: impl IntoIterator<Item = LonLat>) -> Option<Self> {
        let mut lons = Vec::new();
        let (mut south, mut north) = (f64::MAX, f64::MIN);
        for p in positions {
            lons.push(p.lon);
            (south, north) = (south.min(p.lat), north.max(p.lat));
        }
        lons.sort_by(f64::total_cmp);
        let (first, last) = (*lons.first()?, *lons.last()?);
        // the gap over 180° loses a tie, so that the whole world is −180..180
        let mut gap = (360.0 - (last - first), first, last);
        for pair in lons.windows(2) {
            if pair[1] - pair[0] > gap.0 + 1e-9 {
                gap = (pair[1] - pair[0], pair[1], pair[0]);
            }
        }
        Some(Bbox { west: gap.1, south, east: gap.2, north })
    }

    /// Its width in degrees, also across the antimeridian.
    pub fn width_deg(self) -> f64 {
        if self.west <= self.east { self.east - self.west } else { self.east + 360.0 - self.west }
    }

    /// Its middle.
    pub fn centre(self) -> LonLat {
        let lon = projection::wrap_lon(self.west + self.width_deg() / 2.0);
        LonLat::new(lon, (self.south + self.north) / 2.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_over_the_pacific_is_narrow() {
        let bbox = Bbox::around([LonLat::new(170.0, 10.0), LonLat::new(-160.0, -5.0)]).unwrap();
        assert_eq!(<[f64; 4]>::from(bbox), [170.0, -5.0, -160.0, 10.0]);
        assert_eq!(bbox.width_deg(), 30.0);
        assert_eq!(bbox.centre().lon, -175.0);
    }
}
