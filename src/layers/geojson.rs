//! Layers as GeoJSON: WGS 84, right-hand rings, cut at 180°, flat typed fields, six decimals.

use super::{AreaFeature, Layers, MovementFeature, NoteFeature, PlaceFeature, Source, StatementFeature};
use crate::geometry::{LonLat, antimeridian};
use crate::movements::Mode;
use geo::{Coord, LineString, MultiLineString, MultiPolygon};
use geojson::feature::Id;
use geojson::{Feature, FeatureCollection, Geometry, GeometryValue, JsonObject};
use serde_json::{Value, json};

/// Colours of simplestyle by actor, as the light theme has them.
const STROKES: [&str; 4] = ["#C4312A", "#00507F", "#1C2023", "#6B7379"];

/// All layers as one collection with a bounding box; each feature says its layer.
pub fn to_geojson(layers: &Layers) -> FeatureCollection {
    let mut features: Vec<Feature> = Vec::new();
    features.extend(layers.movements.iter().map(feature_of_movement));
    features.extend(layers.places.iter().map(place));
    features.extend(layers.areas.iter().map(area));
    features.extend(layers.statements.iter().map(statement));
    features.extend(layers.notes.iter().map(note));
    let bbox = bbox(&features);
    FeatureCollection { bbox: bbox.map(|b| b.to_vec()), features, foreign_members: None }
}

/// A movement as a feature.
pub fn feature_of_movement(movement: &MovementFeature) -> Feature {
    let name = |end: &Option<super::End>| end.as_ref().map(|e| e.name.clone());
    let (from, to) = (name(&movement.from), name(&movement.to));
    let mut fields = Fields::new("movements", "movement");
    let title = match (&from, &to) {
        (Some(from), Some(to)) => format!("{from} to {to}"),
        (Some(from), None) => format!("From {from}"),
        (None, Some(to)) => format!("To {to}"),
        (None, None) => movement.who.clone().unwrap_or_else(|| "Movement without places".to_owned()),
    };
    fields.put("title", title);
    fields.put("description", description(movement));
    fields.put("movement", &movement.movement);
    fields.put("alternative", movement.alternative);
    fields.put("pair", movement.pair);
    fields.put("part_of", &movement.part_of);
    fields.put("listed", movement.listed.map(|reason| reason.word()));
    fields.put("status", movement.status);
    fields.put("class", movement.class);
    fields.put("contested", movement.contested);
    fields.put("inferred", movement.is_inferred());
    fields.put("background", movement.background);
    fields.put("step", movement.step);
    fields.put("journey", movement.journey);
    fields.put("badge", movement.badge);
    fields.put("who", &movement.who);
    fields.put("from", from);
    fields.put("to", to);
    fields.put("from_place", movement.from.as_ref().map(|e| &e.place));
    fields.put("to_place", movement.to.as_ref().map(|e| &e.place));
    fields.put("toward", movement.toward);
    fields.put("mode", movement.mode);
    let quantity = movement.quantity.as_ref();
    fields.put("qty_min", quantity.and_then(|q| q.min).map(number));
    fields.put("qty_max", quantity.and_then(|q| q.max).map(number));
    fields.put("qty_text", quantity.map(|q| &q.text));
    let when = movement.when.as_ref();
    fields.put("time_start", when.and_then(|w| w.earliest).map(|d| d.to_string()));
    fields.put("time_end", when.and_then(|w| w.latest).map(|d| d.to_string()));
    fields.put("time_text", when.map(|w| &w.text));
    let ends = [&movement.from, &movement.to];
    let coarsest = ends.into_iter().flatten().max_by_key(|e| e.precision);
    fields.put("precision", coarsest.map(|e| e.precision));
    fields.put("precision_km", coarsest.and_then(|e| e.radius_km).map(|km| km.round()));
    let route = movement.route.as_ref();
    fields.put("route_method", route.map(|r| &r.method));
    fields.put("route_schematic", route.map(|r| r.schematic));
    fields.put("length_km", route.map(|r| r.length_km.round()));
    fields.source(&movement.source);
    let stroke = STROKES[movement.actor.min(STROKES.len() - 1)];
    fields.put("stroke", stroke);
    fields.put("stroke-width", if movement.is_inferred() { 2 } else { 3 });
    fields.put("stroke-opacity", if movement.class == crate::movements::Class::Possible { 0.6 } else { 1.0 });
    fields.feature(&movement.id, route.and_then(|r| lines(&r.lines)))
}

fn place(place: &PlaceFeature) -> Feature {
    let mut fields = Fields::new("places", "place");
    fields.put("title", &place.name);
    fields.put("description", &place.source.quote);
    fields.put("place_kind", place.kind);
    fields.put("precision", place.precision);
    fields.put("precision_km", place.radius_km.map(|km| km.round()));
    fields.put("country", &place.country);
    fields.put("entry", &place.entry);
    if place.capital {
        fields.put("capital", true);
    }
    fields.put("count", place.count);
    fields.put("within", &place.within);
    fields.put("is_end", place.is_end);
    fields.source(&place.source);
    fields.put("marker-size", if place.is_end { "medium" } else { "small" });
    fields.put("marker-color", if place.is_end { STROKES[0] } else { STROKES[3] });
    fields.feature(&place.id, place.position.map(point))
}

fn area(area: &AreaFeature) -> Feature {
    let mut fields = Fields::new("areas", "area");
    fields.put("title", &area.name);
    fields.put("place_kind", area.kind);
    fields.put("precision", if area.vague { "vague" } else { "region" });
    fields.put("class", area.class);
    fields.source(&area.source);
    let stroke = STROKES[area.actor.min(STROKES.len() - 1)];
    fields.put("stroke", stroke);
    fields.put("stroke-width", if area.vague { 0.0 } else { 1.5 });
    fields.put("fill", stroke);
    fields.put("fill-opacity", 0.08);
    fields.feature(&format!("area-{}", area.id), area.ground.as_ref().and_then(polygons))
}

fn statement(statement: &StatementFeature) -> Feature {
    let mut fields = Fields::new("statements", "statement");
    let who = statement.source.speaker.as_deref().unwrap_or("The report");
    fields.put("title", format!("{who}, {}", statement.name));
    fields.put("description", &statement.source.quote);
    fields.put("stance", statement.stance);
    fields.put("about", &statement.about);
    fields.put("place", &statement.place);
    fields.source(&statement.source);
    fields.put("marker-symbol", "circle-stroked");
    fields.feature(&format!("statement-{}", statement.id), statement.position.map(point))
}

fn note(note: &NoteFeature) -> Feature {
    let mut fields = Fields::new("notes", "note");
    fields.put("title", &note.title);
    fields.put("description", &note.text);
    fields.feature(&note.id, None)
}

fn description(movement: &MovementFeature) -> String {
    let mut words = Vec::new();
    if let Some(quantity) = &movement.quantity {
        words.push(quantity.text.clone());
    }
    match movement.mode {
        Mode::Sea => words.push("by ship".to_owned()),
        Mode::Air => words.push("by air".to_owned()),
        Mode::Rail => words.push("by rail".to_owned()),
        Mode::Road => words.push("by road".to_owned()),
        Mode::Foot => words.push("on foot".to_owned()),
        Mode::Unknown => {}
    }
    if let Some(when) = &movement.when {
        words.push(when.text.clone());
    }
    if let Some(speaker) = &movement.source.speaker {
        words.push(format!("says {speaker}"));
    }
    words.join(", ")
}

/// Properties in a fixed order; what is not known is null, so that every feature of a layer has the same columns.
struct Fields(JsonObject);

impl Fields {
    fn new(layer: &str, kind: &str) -> Self {
        let mut fields = Fields(JsonObject::new());
        fields.put("layer", layer);
        fields.put("kind", kind);
        fields
    }

    fn put(&mut self, key: &str, value: impl serde::Serialize) {
        let value = serde_json::to_value(value).expect("fields are plain values");
        self.0.insert(key.to_owned(), value);
    }

    fn source(&mut self, source: &Source) {
        self.put("speaker", &source.speaker);
        self.put("outlet", &source.outlet);
        self.put("quote", &source.quote);
        self.put("report", &source.report);
        self.put("char_start", source.char_start);
        self.put("char_end", source.char_end);
        self.put("claim_ids", source.claim_ids.join(","));
        self.put("reviewed", false);
    }

    fn feature(self, id: &str, value: Option<GeometryValue>) -> Feature {
        Feature {
            bbox: None,
            geometry: value.map(Geometry::new),
            id: Some(Id::String(id.to_owned())),
            properties: Some(self.0),
            foreign_members: None,
        }
    }
}

fn number(n: f64) -> Value {
    if n.fract() == 0.0 && n.abs() < 9e15 { json!(n as i64) } else { json!(n) }
}

fn six(value: f64) -> f64 {
    let rounded = (value * 1e6).round() / 1e6;
    if rounded == 0.0 { 0.0 } else { rounded }
}

fn pair(c: &Coord<f64>) -> [f64; 2] {
    [six(c.x), six(c.y)]
}

fn point(p: LonLat) -> GeometryValue {
    GeometryValue::new_point([six(p.lon), six(p.lat)])
}

fn line(line: &LineString<f64>) -> Vec<[f64; 2]> {
    let mut out: Vec<[f64; 2]> = line.0.iter().map(pair).collect();
    out.dedup();
    if out.len() == 1 {
        out.push(out[0]); // a line has two positions
    }
    out
}

fn lines(lines: &MultiLineString<f64>) -> Option<GeometryValue> {
    match lines.0.as_slice() {
        [] => None,
        [one] => Some(GeometryValue::new_line_string(line(one))),
        several => Some(GeometryValue::new_multi_line_string(several.iter().map(line))),
    }
}

fn polygons(ground: &MultiPolygon<f64>) -> Option<GeometryValue> {
    let ring = |ring: &LineString<f64>| -> Vec<[f64; 2]> {
        let mut out = line(ring);
        if out.first() != out.last() {
            out.push(out[0]);
        }
        out
    };
    let mut parts: Vec<Vec<Vec<[f64; 2]>>> = Vec::new();
    for polygon in &antimeridian::right_handed(ground) {
        let mut rings = vec![ring(polygon.exterior())];
        rings.extend(polygon.interiors().iter().map(ring));
        rings.retain(|r| r.len() >= 4);
        if !rings.is_empty() {
            parts.push(rings);
        }
    }
    match parts.len() {
        0 => None,
        1 => parts.pop().map(GeometryValue::new_polygon),
        _ => Some(GeometryValue::new_multi_polygon(parts)),
    }
}

/// The extent of all features; over 180° it is the narrower of the two, with west > east (RFC 7946, 5.2).
fn bbox(features: &[Feature]) -> Option<[f64; 4]> {
    let mut points: Vec<[f64; 2]> = Vec::new();
    for feature in features {
        let Some(geometry) = &feature.geometry else { continue };
        let value = serde_json::to_value(&geometry.value).expect("a geometry is plain JSON");
        collect(&value["coordinates"], &mut points);
    }
    crate::geometry::Bbox::around(points.iter().map(|p| LonLat::new(p[0], p[1]))).map(|b| {
        let [west, south, east, north] = b.into();
        [six(west), six(south), six(east), six(north)]
    })
}

fn collect(value: &Value, points: &mut Vec<[f64; 2]>) {
    match value.as_array().map(Vec::as_slice) {
        Some([x, y]) if x.is_number() => {
            points.push([x.as_f64().unwrap_or_default(), y.as_f64().unwrap_or_default()]);
        }
        Some(inner) => inner.iter().for_each(|v| collect(v, points)),
        None => {}
    }
}
