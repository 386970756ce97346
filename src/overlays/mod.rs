//! Somebody's own lines for a map: the bytes of a file and its name in, an [`Overlay`] of points, lines and areas
//! out, with the words the file says about itself.
//!
//! GeoJSON (RFC 7946), KML (OGC 12-007r2), GPX (1.0 and 1.1), tables (CSV with positions or WKT). All of them are
//! WGS 84 by their own rules, so that a file with other coordinates is refused, never guessed at. XML is read by
//! one small tree parser for both of its formats: the crates for KML and GPX drop authors and copyright.

mod geojson;
mod gpx;
mod kml;
mod positions;
mod table;
mod text;

use crate::geometry::LonLat;
use crate::geometry::projection::wrap_lon;
use geo::{MultiLineString, MultiPolygon};

/// Most bytes of a file: 20 MiB.
pub const LIMIT_BYTES: usize = 20 << 20;
/// Most coordinates of a file.
pub const LIMIT_COORDINATES: usize = 2_000_000;
/// Most overlays of a map.
pub const LIMIT_OVERLAYS: usize = 8;
/// Most bytes of a name, a source, a label: what is longer is cut.
const LIMIT_WORDS: usize = 160;

/// What a file shows and what it says about itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Overlay {
    /// Its stated name, else the name of the file without its ending.
    pub name: String,
    /// Whose it is, in the file's words.
    pub source: Option<String>,
    /// When it was true or made, in the file's words: mostly `YYYY-MM-DD`.
    pub date: Option<String>,
    /// What it shows, in the file's order.
    pub features: Vec<Feature>,
    /// What a person should know: rows left out.
    pub remarks: Vec<String>,
}

/// A thing that an overlay shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Feature {
    /// Its name.
    pub label: Option<String>,
    /// Where it is.
    pub geometry: Geometry,
    /// How the file would have it drawn.
    pub wish: Wish,
}

/// Points, lines or areas. Points and areas lie in −180..180; lines that cross 180° go on counting there, so that
/// each step is drawn as it is, whatever the projection.
#[derive(Debug, Clone, PartialEq)]
pub enum Geometry {
    /// Points.
    Points(Vec<LonLat>),
    /// Lines.
    Lines(MultiLineString<f64>),
    /// Areas cut at ±180, and their outlines as lines, without the cut.
    Areas(MultiPolygon<f64>, MultiLineString<f64>),
}

/// Properties of the simplestyle specification 1.1 that a map may honour.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Wish {
    /// `stroke` as red, green, blue.
    pub stroke: Option<[u8; 3]>,
    /// `fill` as red, green, blue.
    pub fill: Option<[u8; 3]>,
    /// `stroke-width`, px.
    pub stroke_width: Option<f32>,
}

/// Why a file is no overlay.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum OverlayError {
    /// More bytes, coordinates or files than are drawn.
    #[error("{found} {what}; at most {limit} are drawn: simplify or split the data")]
    OverLimit {
        /// What there is too much of.
        what: &'static str,
        /// How many there are, or one more than the limit.
        found: usize,
        /// How many are drawn.
        limit: usize,
    },
    /// Neither the name nor the content says a format that is read.
    #[error("{0}; expected GeoJSON, KML, GPX or CSV (.geojson, .json, .kml, .gpx, .csv, .tsv)")]
    Format(String),
    /// The file breaks the rules of its format.
    #[error("is no {format} that can be read: {problem}; expected {expected}")]
    Broken {
        /// The format it claims.
        format: &'static str,
        /// What was found.
        problem: String,
        /// What would be right.
        expected: &'static str,
    },
    /// A coordinate far outside degrees.
    #[error(
        "looks projected: {feature} has the coordinates {x}, {y}; expected WGS84 degrees, longitude first: convert it, as by ogr2ogr -t_srs EPSG:4326"
    )]
    Projected {
        /// Which feature.
        feature: String,
        /// The first number.
        x: f64,
        /// The second number.
        y: f64,
    },
    /// A coordinate reference system that is not WGS 84.
    #[error(
        "its crs is {0:?}; expected WGS84 degrees (RFC 7946 has no other): convert it, as by ogr2ogr -t_srs EPSG:4326"
    )]
    Crs(String),
    /// A latitude beyond the poles.
    #[error("{feature} has the latitude {lat}; expected -90 to 90, longitude first{hint}")]
    Latitude {
        /// Which feature.
        feature: String,
        /// The latitude.
        lat: f64,
        /// What may be wrong.
        hint: &'static str,
    },
    /// Nothing in it can be drawn.
    #[error("holds no point, line or area; expected at least one with coordinates")]
    Empty,
}

/// Reads a file. The name's ending says the format; where it says none, the content does.
///
/// # Errors
/// Over a limit, of no known format, broken, not in degrees, or empty.
///
/// # Example
/// ```
/// let file = br#"{"type": "LineString", "coordinates": [[36.2, 50.0], [37.1, 48.6]]}"#;
/// let overlay = dateline::overlays::read(file, "maps/front.geojson")?;
/// assert_eq!((overlay.name.as_str(), overlay.features.len()), ("front", 1));
/// # Ok::<(), dateline::overlays::OverlayError>(())
/// ```
pub fn read(bytes: &[u8], file_name: &str) -> Result<Overlay, OverlayError> {
    if bytes.len() > LIMIT_BYTES {
        return Err(OverlayError::OverLimit { what: "bytes", found: bytes.len(), limit: LIMIT_BYTES });
    }
    let file = file_name.rsplit(['/', '\\']).next().unwrap_or_default();
    let (stem, ending) = file.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).unwrap_or((file, ""));
    let mut draft = match ending.to_ascii_lowercase().as_str() {
        "geojson" | "json" => geojson::read(bytes)?,
        "kml" => kml::read(bytes)?,
        "gpx" => gpx::read(bytes)?,
        "csv" | "tsv" => table::read(bytes)?,
        "kmz" => return Err(OverlayError::Format("is a zipped KML: unzip it and give its doc.kml".into())),
        "shp" | "gpkg" | "fgb" | "topojson" => {
            return Err(OverlayError::Format(format!(
                "is a .{ending} file, which is not read: convert it, as by ogr2ogr out.geojson {file}"
            )));
        }
        _ => match text::first(bytes) {
            Some('{') => geojson::read(bytes)?,
            Some('<') if text::mentions(bytes, "<gpx") => gpx::read(bytes)?,
            Some('<') if text::mentions(bytes, "kml") => kml::read(bytes)?,
            _ => return Err(OverlayError::Format("is of no known format".into())),
        },
    };
    if draft.features.is_empty() {
        return Err(OverlayError::Empty);
    }
    if draft.name.is_empty() {
        draft.name = text::words(stem).unwrap_or_else(|| "Overlay".to_owned());
    }
    Ok(draft)
}

impl Overlay {
    /// An overlay with nothing in it, to be filled.
    fn empty() -> Self {
        Overlay { name: String::new(), source: None, date: None, features: Vec::new(), remarks: Vec::new() }
    }

    /// At most some 2000 positions over all that it shows.
    pub fn sample(&self) -> Vec<LonLat> {
        let all = || self.features.iter().flat_map(|f| f.geometry.positions());
        let step = all().count() / 2000 + 1;
        all().step_by(step).collect()
    }
}

impl Geometry {
    /// Its positions, in order.
    pub fn positions(&self) -> Box<dyn Iterator<Item = LonLat> + '_> {
        match self {
            Geometry::Points(points) => Box::new(points.iter().copied()),
            Geometry::Lines(lines) | Geometry::Areas(_, lines) => {
                let lines = lines.iter().flat_map(|line| &line.0);
                Box::new(lines.map(|c| LonLat::new(wrap_lon(c.x), c.y)))
            }
        }
    }
}

#[cfg(test)]
mod tests;
