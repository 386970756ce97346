//! KML 2.2 and 2.3 (OGC 12-007r2): placemarks with points, lines, areas and tracks; elements are known by their
//! local names, since files in use name many namespaces.

use super::positions::{Checker, areas};
use super::{Feature, Geometry, Overlay, OverlayError, Wish, text};
use geo::MultiLineString;
use roxmltree::{Document, Node, ParsingOptions};

/// Most nodes of a tree: what a file within the limits can use.
const LIMIT_NODES: u32 = 8_000_000;

/// The tree of an XML file whose root has this name.
///
/// # Errors
/// Not well formed, or another root.
pub fn tree<'t>(content: &'t str, format: &'static str, root: &str) -> Result<Document<'t>, OverlayError> {
    let broken = |problem: String| OverlayError::Broken {
        format,
        problem,
        expected: "a whole, well-formed document with its own root element",
    };
    let options = ParsingOptions { nodes_limit: LIMIT_NODES, ..ParsingOptions::default() };
    let content = content.trim_start_matches('\u{FEFF}').trim_start();
    let document =
        Document::parse_with_options(content, options).map_err(|error| broken(error.to_string()))?;
    let name = document.root_element().tag_name().name();
    if name != root {
        let name = text::words(name).unwrap_or_default();
        return Err(broken(format!("its root element is <{name}>, not <{root}>")));
    }
    Ok(document)
}

/// The first child of this name.
pub fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|child| child.is_element() && child.tag_name().name() == name)
}

/// The words in the child of this name.
pub fn said(node: Node, name: &str) -> Option<String> {
    child(node, name).and_then(|child| child.text()).and_then(text::words)
}

/// Reads a KML file.
///
/// # Errors
/// Not KML, not in degrees, too much.
pub fn read(bytes: &[u8]) -> Result<Overlay, OverlayError> {
    let content = text::xml(bytes, "KML")?;
    let document = tree(&content, "KML", "kml")?;
    let mut overlay = Overlay::empty();
    let mut checker = Checker::default();
    let mut number = 0;
    for node in document.root_element().descendants().filter(Node::is_element) {
        match node.tag_name().name() {
            "Document" | "Folder" if overlay.name.is_empty() => about(node, &mut overlay),
            "Placemark" => {
                number += 1;
                let label = said(node, "name");
                let called = || match &label {
                    Some(label) => format!("placemark {number} ({label})"),
                    None => format!("placemark {number}"),
                };
                for geometry in geometries(node, &mut checker, &called)? {
                    let wish = Wish::default();
                    overlay.features.push(Feature { label: label.clone(), geometry, wish });
                }
            }
            _ => {}
        }
    }
    Ok(overlay)
}

/// What a document or folder says about itself.
fn about(node: Node, overlay: &mut Overlay) {
    overlay.name = said(node, "name").unwrap_or_default();
    let author = child(node, "author").and_then(|author| said(author, "name"));
    overlay.source = overlay.source.take().or(author);
    let date = child(node, "TimeStamp").and_then(|time| said(time, "when"));
    let span = child(node, "TimeSpan").and_then(|time| said(time, "end").or_else(|| said(time, "begin")));
    overlay.date = overlay.date.take().or(date).or(span).and_then(|date| text::date(&date));
}

fn geometries(
    placemark: Node,
    checker: &mut Checker,
    called: &dyn Fn() -> String,
) -> Result<Vec<Geometry>, OverlayError> {
    let (mut points, mut lines, mut polygons) = (Vec::new(), Vec::new(), Vec::new());
    for node in placemark.descendants().filter(Node::is_element) {
        match node.tag_name().name() {
            "Point" => {
                for (x, y) in coordinates(node, called)? {
                    points.push(checker.position(x, y, called)?);
                }
            }
            "LineString" => lines.extend(checker.line(coordinates(node, called)?, called)?),
            "Track" => {
                let mut track = Vec::new();
                for coord in node.children().filter(|n| n.tag_name().name() == "coord") {
                    track.extend(numbers(coord.text().unwrap_or_default().split_whitespace(), called)?);
                }
                lines.extend(checker.line(track, called)?);
            }
            "Polygon" => {
                let outer = child(node, "outerBoundaryIs").into_iter();
                let inner = node.children().filter(|n| n.tag_name().name() == "innerBoundaryIs");
                let mut rings = Vec::new();
                for ring in outer.chain(inner).filter_map(|boundary| child(boundary, "LinearRing")) {
                    rings.push(coordinates(ring, called)?);
                }
                polygons.extend(checker.area(rings, called)?);
            }
            _ => {}
        }
    }
    let mut out = Vec::new();
    if !polygons.is_empty() {
        out.push(areas(polygons));
    }
    if !lines.is_empty() {
        out.push(Geometry::Lines(MultiLineString::new(lines)));
    }
    if !points.is_empty() {
        out.push(Geometry::Points(points));
    }
    Ok(out)
}

/// The tuples `lon,lat[,altitude]` of a geometry's `<coordinates>`.
fn coordinates(node: Node, called: &dyn Fn() -> String) -> Result<Vec<(f64, f64)>, OverlayError> {
    let mut out = Vec::new();
    // a comment may part the text
    let texts = child(node, "coordinates").into_iter().flat_map(|c| c.children()).filter_map(|c| c.text());
    for tuple in texts.flat_map(str::split_whitespace) {
        out.extend(numbers(tuple.split(','), called)?);
    }
    Ok(out)
}

fn numbers<'n>(
    mut parts: impl Iterator<Item = &'n str>,
    called: &dyn Fn() -> String,
) -> Result<Option<(f64, f64)>, OverlayError> {
    let mut number = || {
        let part = parts.next().unwrap_or_default();
        part.trim().parse::<f64>().ok().filter(|v| v.is_finite()).ok_or_else(|| OverlayError::Broken {
            format: "KML",
            problem: format!(
                "{} has {:?} in its coordinates",
                called(),
                text::words(part).unwrap_or_default()
            ),
            expected: "tuples lon,lat[,altitude] with spaces between them",
        })
    };
    Ok(Some((number()?, number()?)))
}
