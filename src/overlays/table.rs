//! Tables: a row a feature, with columns of longitude and latitude, or of well-known text (OGC 06-103r4).

use super::positions::{Checker, areas};
use super::{Feature, Geometry, Overlay, OverlayError, Wish, text};
use csv::StringRecord;
use geo::MultiLineString;
use wkt::Wkt;
use wkt::types::{Coord, LineString, Polygon};

const EXPECTED: &str =
    "a header with lon and lat (or longitude and latitude), or wkt; or rows lon,lat[,name]";
/// Deeper collections of geometries than this are refused: nobody writes them, and reading them recurses.
const LIMIT_DEPTH: usize = 16;

/// Which column holds what.
#[derive(Default)]
struct Columns {
    lon: Option<usize>,
    lat: Option<usize>,
    wkt: Option<usize>,
    name: Option<usize>,
}

impl Columns {
    /// The columns that a header names.
    fn of(header: &StringRecord) -> Option<Self> {
        let find = |names: &[&str]| {
            names.iter().find_map(|name| header.iter().position(|h| h.trim().eq_ignore_ascii_case(name)))
        };
        let columns = Columns {
            lon: find(&["longitude", "lon", "lng", "long", "x"]),
            lat: find(&["latitude", "lat", "y"]),
            wkt: find(&["wkt", "geometry", "geom", "the_geom"]),
            name: find(&["name", "title", "label"]),
        };
        (columns.wkt.is_some() || (columns.lon.is_some() && columns.lat.is_some())).then_some(columns)
    }
}

/// Reads a table; commas, semicolons or tabs part its columns.
///
/// # Errors
/// No columns of positions, a row that holds none, not in degrees, too much.
pub fn read(bytes: &[u8]) -> Result<Overlay, OverlayError> {
    let content = text::table(bytes);
    let content = content.trim_start_matches('\u{FEFF}');
    let head = content.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |c: char| head.matches(c).count();
    let delimiter = if count('\t') > 0 {
        b'\t'
    } else if count(';') > 0 && !head.contains('(') {
        b';'
    } else {
        b','
    };
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(content.as_bytes());
    let broken = |problem: String| OverlayError::Broken { format: "CSV", problem, expected: EXPECTED };
    let mut overlay = Overlay::empty();
    let mut checker = Checker::default();
    let mut columns: Option<Columns> = None;
    let mut without = 0;
    for record in reader.records() {
        let record = record.map_err(|error| broken(error.to_string()))?;
        let row = record.position().map_or(0, |position| position.line());
        if record.iter().all(|field| field.trim().is_empty()) {
            continue;
        }
        let Some(columns) = &columns else {
            let numbers = record.iter().take(2).filter(|f| number(f, delimiter).is_some()).count();
            if numbers < 2 {
                let heads: Vec<&str> = record.iter().take(8).collect();
                let problem =
                    format!("its header is {:?}", text::words(&heads.join(", ")).unwrap_or_default());
                columns = Some(Columns::of(&record).ok_or_else(|| broken(problem))?);
                continue;
            }
            let plain = Columns { lon: Some(0), lat: Some(1), wkt: None, name: Some(2) };
            add(&record, row, &plain, delimiter, &mut checker, &mut overlay, &mut without)?;
            columns = Some(plain);
            continue;
        };
        add(&record, row, columns, delimiter, &mut checker, &mut overlay, &mut without)?;
    }
    if without > 0 {
        let rows = if without == 1 { "1 row has".to_owned() } else { format!("{without} rows have") };
        overlay.remarks.push(format!("{rows} no position and cannot be drawn"));
    }
    Ok(overlay)
}

/// A number; where semicolons part the columns, a comma may stand for the point.
fn number(field: &str, delimiter: u8) -> Option<f64> {
    let field = field.trim();
    let parsed = if delimiter == b',' { field.parse() } else { field.replace(',', ".").parse() };
    parsed.ok().filter(|v: &f64| v.is_finite())
}

fn add(
    record: &StringRecord,
    row: u64,
    columns: &Columns,
    delimiter: u8,
    checker: &mut Checker,
    overlay: &mut Overlay,
    without: &mut usize,
) -> Result<(), OverlayError> {
    let field = |column: Option<usize>| column.and_then(|i| record.get(i)).map_or("", str::trim);
    let label = text::words(field(columns.name));
    let called = || match &label {
        Some(label) => format!("row {row} ({label})"),
        None => format!("row {row}"),
    };
    let broken = |problem: String| OverlayError::Broken { format: "CSV", problem, expected: EXPECTED };
    let mut geometries = Vec::new();
    if columns.wkt.is_some() {
        let shape = field(columns.wkt);
        if shape.is_empty() {
            *without += 1;
            return Ok(());
        }
        let mut depth = 0usize;
        let deepest = shape.bytes().fold(0, |most, byte| {
            depth = if byte == b'(' { depth + 1 } else { depth.saturating_sub(usize::from(byte == b')')) };
            most.max(depth)
        });
        if deepest > LIMIT_DEPTH {
            return Err(broken(format!("{} has WKT nested {deepest} deep", called())));
        }
        // PostGIS writes the reference system before the shape
        let plain =
            shape.split_once(';').filter(|(srid, _)| srid.starts_with("SRID=")).map_or(shape, |p| p.1);
        let parsed: Wkt<f64> = plain.parse().map_err(|error: &str| {
            broken(format!("{} has WKT that cannot be read ({error}): {:?}", called(), short(shape)))
        })?;
        flatten(parsed, checker, &called, &mut geometries)?;
    } else {
        let (x, y) = (field(columns.lon), field(columns.lat));
        if x.is_empty() || y.is_empty() {
            *without += 1;
            return Ok(());
        }
        let (Some(x), Some(y)) = (number(x, delimiter), number(y, delimiter)) else {
            return Err(broken(format!("{} has the position {:?}", called(), short(&format!("{x}, {y}")))));
        };
        geometries.push(Geometry::Points(vec![checker.position(x, y, &called)?]));
    }
    let feature = |geometry| Feature { label: label.clone(), geometry, wish: Wish::default() };
    overlay.features.extend(geometries.into_iter().map(feature));
    Ok(())
}

fn short(words: &str) -> String {
    words.chars().take(40).collect()
}

fn flatten(
    shape: Wkt<f64>,
    checker: &mut Checker,
    called: &dyn Fn() -> String,
    out: &mut Vec<Geometry>,
) -> Result<(), OverlayError> {
    let pair = |c: &Coord<f64>| (c.x, c.y);
    let pairs = |l: &LineString<f64>| l.coords().iter().map(pair).collect::<Vec<_>>();
    let rings = |p: &Polygon<f64>| p.rings().iter().map(pairs).collect::<Vec<_>>();
    let (mut points, mut lines, mut polygons) = (Vec::new(), Vec::new(), Vec::new());
    match shape {
        Wkt::Point(point) => points.extend(point.coord().map(pair)),
        Wkt::MultiPoint(all) => points.extend(all.points().iter().filter_map(|p| p.coord().map(pair))),
        Wkt::LineString(line) => lines.push(pairs(&line)),
        Wkt::MultiLineString(all) => lines.extend(all.line_strings().iter().map(pairs)),
        Wkt::Polygon(polygon) => polygons.push(rings(&polygon)),
        Wkt::MultiPolygon(all) => polygons.extend(all.polygons().iter().map(rings)),
        Wkt::GeometryCollection(all) => {
            for geometry in all.geometries() {
                flatten(geometry.clone(), checker, called, out)?;
            }
        }
    }
    let mut areas_found = Vec::new();
    for rings in polygons {
        areas_found.extend(checker.area(rings, called)?);
    }
    if !areas_found.is_empty() {
        out.push(areas(areas_found));
    }
    let mut lines_found = Vec::new();
    for line in lines {
        lines_found.extend(checker.line(line, called)?);
    }
    if !lines_found.is_empty() {
        out.push(Geometry::Lines(MultiLineString::new(lines_found)));
    }
    let points =
        points.into_iter().map(|(x, y)| checker.position(x, y, called)).collect::<Result<Vec<_>, _>>()?;
    if !points.is_empty() {
        out.push(Geometry::Points(points));
    }
    Ok(())
}
