//! GeoJSON (RFC 7946; foreign members after its section 6.1; properties after simplestyle 1.1).

use super::positions::{Checker, areas};
use super::{Feature, Geometry, Overlay, OverlayError, Wish, text};
use ::geojson::{FeatureCollection, GeoJson, GeometryValue, JsonObject};
use geo::MultiLineString;
use serde_json::Value;

const EXPECTED: &str = "a FeatureCollection, Feature or geometry after RFC 7946";

/// Reads a GeoJSON file.
///
/// # Errors
/// Not GeoJSON, not WGS 84, not in degrees, too much.
pub fn read(bytes: &[u8]) -> Result<Overlay, OverlayError> {
    let content = text::utf8(bytes, "GeoJSON", EXPECTED)?;
    let broken = |problem: String| OverlayError::Broken { format: "GeoJSON", problem, expected: EXPECTED };
    let document: GeoJson = content.trim_start_matches('\u{FEFF}').parse().map_err(|error| {
        let told: ::geojson::Error = error;
        broken(text::words(&told.to_string()).unwrap_or_default())
    })?;
    let mut overlay = Overlay::empty();
    let collection = match document {
        GeoJson::FeatureCollection(collection) => collection,
        GeoJson::Feature(feature) => {
            // a file that is one feature says in its properties what it is
            let mut about = feature.foreign_members.clone().unwrap_or_default();
            about.extend(feature.properties.clone().unwrap_or_default());
            FeatureCollection { bbox: None, features: vec![feature], foreign_members: Some(about) }
        }
        GeoJson::Geometry(geometry) => {
            let about = geometry.foreign_members.clone();
            let feature = ::geojson::Feature { geometry: Some(geometry), ..Default::default() };
            FeatureCollection { bbox: None, features: vec![feature], foreign_members: about }
        }
    };
    let about = collection.foreign_members.unwrap_or_default();
    check_crs(&about)?;
    overlay.name = string(&about, &["name", "title"]).unwrap_or_default();
    overlay.source = string(&about, &["source", "attribution"]);
    overlay.date = string(&about, &["date"]).and_then(|date| text::date(&date));
    let mut checker = Checker::default();
    for (i, feature) in collection.features.into_iter().enumerate() {
        let properties = feature.properties.unwrap_or_default();
        let label = string(&properties, &["name", "title"]);
        let called = || match &label {
            Some(label) => format!("feature {} ({label})", i + 1),
            None => format!("feature {}", i + 1),
        };
        let wish = Wish {
            stroke: string(&properties, &["stroke"]).and_then(|c| text::color(&c)),
            fill: string(&properties, &["fill"]).and_then(|c| text::color(&c)),
            stroke_width: properties.get("stroke-width").and_then(Value::as_f64).map(|width| width as f32),
        };
        let Some(geometry) = feature.geometry else { continue };
        let mut geometries = Vec::new();
        flatten(geometry.value, &mut checker, &called, &mut geometries)?;
        overlay.features.extend(geometries.into_iter().map(|geometry| Feature {
            label: label.clone(),
            geometry,
            wish,
        }));
    }
    Ok(overlay)
}

/// The first of these members that is a text or a number; upper case is what shapefiles have.
fn string(object: &JsonObject, keys: &[&str]) -> Option<String> {
    keys.iter().find_map(|key| {
        let value = object.get(*key).or_else(|| object.get(&key.to_uppercase()));
        match value? {
            Value::String(words) => text::words(words),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    })
}

/// Refuses a `crs` (of GeoJSON 2008) that is not WGS 84.
fn check_crs(about: &JsonObject) -> Result<(), OverlayError> {
    let name = about.get("crs").and_then(|crs| crs.pointer("/properties/name")).and_then(Value::as_str);
    let Some(name) = name else { return Ok(()) };
    let upper = name.to_ascii_uppercase();
    let is_degrees = ["CRS84", "CRS84H", "4326", "4979"].iter().any(|code| {
        upper.strip_suffix(code).is_some_and(|rest| !rest.ends_with(|c: char| c.is_ascii_digit()))
    });
    if is_degrees { Ok(()) } else { Err(OverlayError::Crs(text::words(name).unwrap_or_default())) }
}

/// The points, lines and areas of a geometry; JSON is nested at most 128 deep, so this ends.
fn flatten(
    value: GeometryValue,
    checker: &mut Checker,
    called: &dyn Fn() -> String,
    out: &mut Vec<Geometry>,
) -> Result<(), OverlayError> {
    let pair = |p: &::geojson::Position| match p.as_slice() {
        [x, y, ..] => (*x, *y),
        _ => (f64::NAN, f64::NAN), // refused by the checker; the parser lets none through
    };
    let single = |geometry: Vec<_>| (!geometry.is_empty()).then_some(geometry);
    match value {
        GeometryValue::Point { coordinates } => {
            let (x, y) = pair(&coordinates);
            out.push(Geometry::Points(vec![checker.position(x, y, called)?]));
        }
        GeometryValue::MultiPoint { coordinates } => {
            let points = coordinates.iter().map(pair).map(|(x, y)| checker.position(x, y, called));
            out.extend(single(points.collect::<Result<Vec<_>, _>>()?).map(Geometry::Points));
        }
        GeometryValue::LineString { coordinates } => {
            let line = checker.line(coordinates.iter().map(pair), called)?;
            out.extend(line.map(|line| Geometry::Lines(MultiLineString::new(vec![line]))));
        }
        GeometryValue::MultiLineString { coordinates } => {
            let mut lines = Vec::new();
            for line in &coordinates {
                lines.extend(checker.line(line.iter().map(pair), called)?);
            }
            if !lines.is_empty() {
                out.push(Geometry::Lines(MultiLineString::new(lines)));
            }
        }
        GeometryValue::Polygon { coordinates } => {
            let area = checker.area(coordinates.iter().map(|ring| ring.iter().map(pair)), called)?;
            out.extend(area.map(|area| areas(vec![area])));
        }
        GeometryValue::MultiPolygon { coordinates } => {
            let mut all = Vec::new();
            for rings in &coordinates {
                all.extend(checker.area(rings.iter().map(|ring| ring.iter().map(pair)), called)?);
            }
            if !all.is_empty() {
                out.push(areas(all));
            }
        }
        GeometryValue::GeometryCollection { geometries } => {
            for geometry in geometries {
                flatten(geometry.value, checker, called, out)?;
            }
        }
    }
    Ok(())
}
