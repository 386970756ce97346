//! Routes: a path for each leg, always marked as schematic.
//!
//! Two positions and a mode in, a path out. At sea: the network of lanes, which begins at most ports;
//! from elsewhere a search on the grid of water leads to it. By air: the geodesic. On land: a curve
//! that keeps off large waters where it can. A path never claims to be the way taken.

mod fairing;
pub mod grid;
mod land;
mod network;
mod passages;
mod sea;

pub use passages::{PASSAGES, Passage};

use crate::geometry::{LonLat, antimeridian, geodesic};
use crate::movements::Mode;
use crate::packed::PackedError;
use crate::report::Remark;
use geo::{Coord, MultiLineString};
use geojson::GeometryValue;
use serde_json::json;

/// The drawn path of a leg.
#[derive(Debug, Clone, PartialEq)]
pub struct Route {
    /// Longitude and latitude, cut at 180°.
    pub lines: MultiLineString<f64>,
    /// Its length in kilometres.
    pub length_km: f64,
    /// By what means.
    pub mode: Mode,
    /// How it was found: "sea lanes and water grid", "geodesic", "schematic curve".
    pub method: String,
    /// Whether it only shows that something goes from here to there: always, today.
    pub schematic: bool,
    /// What a person should know.
    pub remarks: Vec<Remark>,
}

/// What a route should keep to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RouteOptions {
    /// Passages not to take, by the names of [`PASSAGES`].
    pub avoid: Vec<String>,
}

/// Why there is no route.
#[derive(Debug, thiserror::Error)]
pub enum RouteError {
    /// An end is not on the Earth.
    #[error("{0:?} is not a position: expected longitude −180..180 and latitude −90..90")]
    Position(LonLat),
    /// A passage that is not known.
    #[error("no passage is called {found:?}; known are {known}")]
    Passage {
        /// What was asked for.
        found: String,
        /// Those there are.
        known: String,
    },
    /// An end away from the sea.
    #[error("no sea route: {lon:.3}, {lat:.3} is {distance} away from water that ships use{nearest}")]
    Inland {
        /// Longitude of the end.
        lon: f64,
        /// Latitude of the end.
        lat: f64,
        /// How far the sea is.
        distance: String,
        /// The port to go from instead.
        nearest: String,
    },
    /// Water between which there is no way.
    #[error("no sea route: {0}")]
    NoWay(String),
    /// The world inside is damaged.
    #[error(transparent)]
    World(#[from] PackedError),
}

/// A path between two positions.
///
/// # Errors
/// An end that is not on the Earth; at sea, an end without water near it, or no way between them.
pub fn route(from: LonLat, to: LonLat, mode: Mode) -> Result<Route, RouteError> {
    route_with(from, to, mode, &RouteOptions::default())
}

/// A path between two positions that keeps to the options.
///
/// # Errors
/// As [`route`]; also a passage to avoid that is not known, or avoiding that leaves no way.
pub fn route_with(from: LonLat, to: LonLat, mode: Mode, options: &RouteOptions) -> Result<Route, RouteError> {
    for end in [from, to] {
        if !end.is_valid() {
            return Err(RouteError::Position(end));
        }
    }
    let avoid = passages::named(&options.avoid)?;
    let (path, method) = match mode {
        Mode::Sea => (sea::path(from, to, &avoid)?, "sea lanes and water grid"),
        Mode::Air => (air(from, to), "geodesic"),
        Mode::Rail | Mode::Road | Mode::Foot | Mode::Unknown => (land::path(from, to)?, "schematic curve"),
    };
    Ok(finish(&path, mode, method))
}

/// The geodesic, a vertex about every hundred kilometres.
fn air(from: LonLat, to: LonLat) -> Vec<LonLat> {
    let steps = (geodesic::distance_km(from, to) / 100.0).ceil().clamp(1.0, 256.0) as usize;
    geodesic::between(from, to, steps)
}

fn finish(path: &[LonLat], mode: Mode, method: &str) -> Route {
    let length_km = length_km(path);
    let line: Vec<Coord<f64>> = path.iter().copied().map(Coord::from).collect();
    let line = antimeridian::unwrap(&line, line.first().map_or(0.0, |first| first.x));
    Route {
        lines: antimeridian::cut_line(&line),
        length_km,
        mode,
        method: method.to_owned(),
        schematic: true,
        remarks: Vec::new(),
    }
}

/// The length of a path over the sphere, in kilometres.
fn length_km(path: &[LonLat]) -> f64 {
    path.windows(2).map(|step| geodesic::distance_km(step[0], step[1])).sum()
}

impl Route {
    /// The route as a GeoJSON feature with flat fields.
    pub fn to_geojson(&self, from: &str, to: &str) -> geojson::Feature {
        let round = |value: f64| (value * 1e6).round() / 1e6;
        let mut lines: Vec<Vec<geojson::Position>> = self
            .lines
            .iter()
            .map(|line| line.coords().map(|c| vec![round(c.x), round(c.y)].into()).collect())
            .collect();
        let value = if lines.len() == 1 {
            GeometryValue::LineString { coordinates: lines.remove(0) }
        } else {
            GeometryValue::MultiLineString { coordinates: lines }
        };
        let geometry = Some(geojson::Geometry::new(value));
        let properties = self.describe(from, to).as_object().cloned();
        geojson::Feature { bbox: None, geometry, id: None, properties, foreign_members: None }
    }

    /// What the route is, without its path.
    pub fn describe(&self, from: &str, to: &str) -> serde_json::Value {
        json!({
            "from": from,
            "to": to,
            "mode": self.mode,
            "length_km": (self.length_km * 10.0).round() / 10.0,
            "method": self.method,
            "schematic": self.schematic,
        })
    }
}
