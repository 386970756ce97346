//! GPX 1.0 and 1.1: waypoints, routes, tracks.

use super::kml::{child, said, tree};
use super::positions::Checker;
use super::{Feature, Geometry, Overlay, OverlayError, Wish, text};
use geo::MultiLineString;
use roxmltree::Node;

/// Reads a GPX file.
///
/// # Errors
/// Not GPX, not in degrees, too much.
pub fn read(bytes: &[u8]) -> Result<Overlay, OverlayError> {
    let content = text::xml(bytes, "GPX")?;
    let document = tree(&content, "GPX", "gpx")?;
    let root = document.root_element();
    // version 1.0 has no metadata element: the same words stand in the root
    let about = child(root, "metadata").unwrap_or(root);
    let mut overlay = Overlay::empty();
    let author = child(about, "author").and_then(|author| said(author, "name")).or(said(about, "author"));
    let copyright = child(about, "copyright").and_then(|c| c.attribute("author")).and_then(text::words);
    overlay.source = author.or(copyright);
    overlay.date = said(about, "time").and_then(|time| text::date(&time));

    let mut checker = Checker::default();
    let mut tracks: Vec<String> = Vec::new();
    let mut counts = [0usize; 3];
    for node in root.children().filter(Node::is_element) {
        let kinds = ["wpt", "rte", "trk"];
        let Some(kind) = kinds.iter().position(|kind| *kind == node.tag_name().name()) else { continue };
        counts[kind] += 1;
        let label = said(node, "name");
        let what = ["waypoint", "route", "track"][kind];
        let called = || match &label {
            Some(label) => format!("{what} {} ({label})", counts[kind]),
            None => format!("{what} {}", counts[kind]),
        };
        let geometry = if kind == 0 {
            let (x, y) = degrees(node, &called)?;
            Geometry::Points(vec![checker.position(x, y, &called)?])
        } else {
            let segments: Vec<Node> = match kind {
                1 => vec![node],
                _ => node.children().filter(|n| n.tag_name().name() == "trkseg").collect(),
            };
            let mut lines = Vec::new();
            for segment in segments {
                let points = segment.children().filter(|n| matches!(n.tag_name().name(), "rtept" | "trkpt"));
                let numbers = points.map(|point| degrees(point, &called)).collect::<Result<Vec<_>, _>>()?;
                lines.extend(checker.line(numbers, &called)?);
            }
            if lines.is_empty() {
                continue;
            }
            tracks.extend(label.clone());
            Geometry::Lines(MultiLineString::new(lines))
        };
        overlay.features.push(Feature { label, geometry, wish: Wish::default() });
    }
    // a recorder names the track and not the file
    let only = if tracks.len() == 1 { tracks.pop() } else { None };
    overlay.name = said(about, "name").or(only).unwrap_or_default();
    Ok(overlay)
}

fn degrees(point: Node, called: &dyn Fn() -> String) -> Result<(f64, f64), OverlayError> {
    let number = |name: &str| {
        let value = point.attribute(name).unwrap_or_default();
        value.trim().parse::<f64>().ok().filter(|v| v.is_finite()).ok_or_else(|| OverlayError::Broken {
            format: "GPX",
            problem: format!("{} has {name}={:?}", called(), text::words(value).unwrap_or_default()),
            expected: "lat and lon in degrees at every point",
        })
    };
    Ok((number("lon")?, number("lat")?))
}
