//! Overlays in a view: somebody's own lines, areas and points, above the base map and beneath the story, muted so
//! that they never compete with it. What is drawn, which of it shows, its entry in the legend, its words.

use super::base_names::label_spots;
use super::color::{Color, GRAPHIC_CONTRAST};
use super::ground::{self, Clipper};
use super::labels::Room;
use super::panel::Ink;
use super::picture::Painter;
use super::scene::{Group, Item, Path, Role, Shape, Stroke};
use super::style::{Palette, Style};
use super::view::{View, point};
use super::wording;
use crate::geometry::clip::Frame;
use crate::geometry::simplify;
use crate::overlays::{Feature, Geometry, Overlay};
use geo::{Coord, LineString, MultiLineString, MultiPolygon, Polygon};
use std::cell::Cell;
use std::collections::BTreeSet;

/// Most names of an overlay's features on a map.
const LIMIT_LABELS: usize = 20;
/// Features above this number have no tooltips, which would only make a file large.
const LIMIT_TITLES: usize = 200;
/// Most corners drawn of an overlay: more on one page is a blot, and would take minutes.
const LIMIT_CORNERS: usize = 50_000;
/// Most corners of one polygon, before it is clipped: simplifying a tangle of more takes minutes.
const LIMIT_POLYGON: usize = 100_000;
/// Colours nearer than this to one of the story's would be taken for it.
const LEAST_DISTANCE: f64 = 160.0;

/// How a feature is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Look {
    line: Stroke,
    outline: Stroke,
    fill: Color,
}

/// An entry of the legend: how the overlay's first feature looks, and whether it has points, lines and areas.
#[derive(Debug, Clone, PartialEq)]
pub struct Key {
    look: Look,
    kinds: [bool; 3],
    words: String,
}

/// A point or an area with a name, px.
struct Named {
    name: String,
    /// None for a point.
    rings: Vec<Vec<Coord<f64>>>,
    at: Coord<f64>,
}

/// What a view shows of all overlays.
pub struct Drawn {
    /// A group for each overlay in the group `overlay`; none where nothing shows.
    pub group: Option<Group>,
    /// Lines that names of the base map should not cross, px.
    lines: Vec<Vec<Coord<f64>>>,
    named: Vec<Named>,
    dots: Vec<Coord<f64>>,
    /// What a person should know.
    pub remarks: Vec<String>,
}

/// The look of a feature of the overlay at `index`; what its file wishes counts where it can be told from the
/// ground and from the story.
pub fn look(feature: &Feature, index: usize, palette: &Palette) -> Look {
    let style = &Style::embedded().overlay;
    let own = palette.overlays[index % palette.overlays.len()];
    let wish = |rgb: Option<[u8; 3]>| {
        let [r, g, b] = rgb?;
        let color = Color { r, g, b, a: 255 };
        let color = if palette.is_grey() { color.grey() } else { color };
        (palette.is_grey() || palette.actors.iter().all(|a| a.distance(color) >= LEAST_DISTANCE))
            .then_some(color)
    };
    let grounds = [palette.sea, palette.land, palette.land_story, palette.lake];
    let stroke = wish(feature.wish.stroke)
        .filter(|c| grounds.iter().all(|ground| c.contrast(*ground) >= GRAPHIC_CONTRAST))
        .unwrap_or(own);
    // under a fill the story must stay as clear as elsewhere
    let clear = |fill: Color| {
        let under = grounds.map(|ground| fill.at(style.fill).over(ground));
        palette.actors.iter().all(|a| under.iter().all(|ground| a.contrast(*ground) >= GRAPHIC_CONTRAST))
    };
    let fill = wish(feature.wish.fill).filter(|c| clear(*c)).unwrap_or(stroke);
    let fill = if clear(fill) { fill } else { own };
    let line = feature.wish.stroke_width.filter(|w| w.is_finite());
    let line = line.map_or(style.line, |width| width.clamp(style.least, style.most));
    let outline = line.min(style.outline);
    let dash = &style.dashes[index % style.dashes.len()];
    let stroke = |width: f32| Stroke {
        color: stroke,
        width,
        dash: dash.iter().map(|d| d * width).collect(),
        round: false,
    };
    Look { line: stroke(line), outline: stroke(outline), fill: fill.at(style.fill) }
}

impl Painter<'_> {
    /// Draws what a view shows of the overlays, in their order.
    pub(super) fn draw_overlays(&self, view: &View) -> Drawn {
        let mut drawn = Drawn {
            group: None,
            lines: Vec::new(),
            named: Vec::new(),
            dots: Vec::new(),
            remarks: Vec::new(),
        };
        let mut all = Group::new("overlay");
        for (index, overlay) in self.overlays.iter().enumerate() {
            let group = self.draw_overlay(overlay, index, view, &mut drawn);
            if !group.items.is_empty() {
                all.items.push(Item::Group(group));
            }
        }
        drawn.group = Some(all).filter(|group| !group.items.is_empty());
        drawn
    }

    fn draw_overlay(&self, overlay: &Overlay, index: usize, view: &View, drawn: &mut Drawn) -> Group {
        let style = &Style::embedded().overlay;
        let palette = self.ink.palette;
        let clipper = Clipper::new(view);
        let fine = Thinner::new(view);
        let titled = overlay.features.len() <= LIMIT_TITLES;
        let (mut fills, mut casings, mut lines, mut dots) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut cells: BTreeSet<(i64, i64)> = BTreeSet::new();
        let corners = Cell::new(0usize);
        for feature in &overlay.features {
            let look = look(feature, index, palette);
            let title =
                Some(feature.label.clone().unwrap_or_else(|| overlay.name.clone())).filter(|_| titled);
            let mut stroked = |all: &[LineString<f64>], stroke: &Stroke, drawn: &mut Drawn| {
                let mut path = Path::default();
                for line in all {
                    for part in clipper.line_px(&fine.line(line).0) {
                        let simple = simplify::line(&part, ground::TOLERANCE);
                        corners.set(corners.get() + simple.len());
                        if corners.get() > LIMIT_CORNERS {
                            break;
                        }
                        path.add_line(&simple.iter().map(|c| point(*c)).collect::<Vec<_>>());
                        drawn.lines.push(simplify::line(&simple, 3.0));
                    }
                }
                let halo = Stroke::solid(palette.halo.at(style.casing_alpha), stroke.width + style.casing);
                add(&mut casings, &path, halo, None);
                add(&mut lines, &path, stroke.clone(), title.clone());
            };
            match &feature.geometry {
                Geometry::Areas(areas, outlines) => {
                    let thin = fine.areas(areas);
                    let left_out = if thin.0.len() < areas.0.len() { LIMIT_CORNERS + 1 } else { 0 };
                    let rings = clipper.rings(&thin);
                    corners.set(corners.get() + left_out + rings.iter().map(Vec::len).sum::<usize>());
                    if corners.get() > LIMIT_CORNERS {
                        continue; // a part of an area would be another area
                    }
                    let mut path = Path::default();
                    for ring in &rings {
                        path.add_ring(&ring.iter().map(|c| point(*c)).collect::<Vec<_>>());
                    }
                    if path.is_empty() {
                        continue;
                    }
                    let fill = Some(look.fill);
                    fills.push(Item::Shape(Shape { title: title.clone(), path, fill, ..Shape::default() }));
                    stroked(&outlines.0, &look.outline, drawn);
                    if let Some(label) = &feature.label
                        && let Some(c) = middle(&rings)
                    {
                        drawn.named.push(Named { name: label.clone(), rings, at: c });
                    }
                }
                Geometry::Lines(all) => stroked(&all.0, &look.line, drawn),
                Geometry::Points(points) => {
                    for c in points.iter().map(|p| view.place(*p)) {
                        let shows = c.x.is_finite() && view.frame.grown(-4.0).contains(c.x, c.y);
                        // dots on one spot are one dot
                        if !shows || !cells.insert(((c.x / 2.0).floor() as i64, (c.y / 2.0).floor() as i64)) {
                            continue;
                        }
                        corners.set(corners.get() + 4);
                        if corners.get() > LIMIT_CORNERS {
                            break;
                        }
                        dots.push(Item::Shape(Shape {
                            title: title.clone(),
                            path: Path::circle(c.x as f32, c.y as f32, style.point),
                            fill: Some(look.line.color),
                            stroke: Some(Stroke::solid(palette.halo, 1.2)),
                            ..Shape::default()
                        }));
                        drawn.dots.push(c);
                        if let Some(label) = &feature.label {
                            drawn.named.push(Named { name: label.clone(), rings: Vec::new(), at: c });
                        }
                    }
                }
            }
        }
        if corners.get() > LIMIT_CORNERS {
            drawn.remarks.push(format!(
                "overlay {:?} has too much detail for this frame; a part of it is not drawn: simplify it, or ask for a smaller --bbox",
                overlay.name
            ));
        }
        let mut group = Group::new((index + 1).to_string());
        group.items = fills.into_iter().chain(casings).chain(lines).chain(dots).collect();
        group
    }

    /// Names of points and areas, as towns are named, where there is room; what comes after keeps off the lines.
    pub(super) fn overlay_labels(
        &self,
        drawn: &Drawn,
        view: &View,
        holes: &[Frame],
        group: &mut Group,
        room: &mut Room,
        dropped: &mut Vec<(Role, String)>,
    ) {
        // a cloud of dots or a scribble leaves no room anyway, and would only cost time
        for c in drawn.dots.iter().take(400) {
            room.take(Frame::new(c.x - 4.0, c.y - 4.0, c.x + 4.0, c.y + 4.0));
        }
        let with = self.city_lettering();
        // names keep off the lines, too, where they can and stay near
        let mut lined = room.clone();
        let mut points = 0;
        for line in &drawn.lines {
            points += line.len();
            if points > 4000 {
                break;
            }
            lined.take_line(line.clone(), 1.5);
        }
        let told: BTreeSet<String> = room.kept.iter().map(|k| k.0.clone()).collect();
        let mut done: BTreeSet<&str> = BTreeSet::new();
        let mut placed = 0;
        for Named { name, rings, at: c } in &drawn.named {
            let hidden = holes.iter().any(|h| h.contains(c.x, c.y));
            if placed == LIMIT_LABELS || hidden || told.contains(name) || !done.insert(name) {
                continue;
            }
            let lines = super::fonts::wrap(with.face, with.size, &wording::shorten(name, 60), 130.0);
            let label = if rings.is_empty() {
                let near = |room: &Room| {
                    room.clone().beside(*c, 4.0, &lines, &with, false).filter(|l| gap(&l.frame, *c) < 14.0)
                };
                near(&lined).or_else(|| near(room))
            } else {
                lined.around(label_spots(rings, *c, view.frame), &lines, &with)
            };
            match label {
                Some(label) => {
                    room.take(label.frame.grown(1.5));
                    lined.take(label.frame.grown(1.5));
                    group.items.extend(label.into_items(self.ink.palette));
                    placed += 1;
                }
                None => dropped.push((Role::City, name.clone())),
            }
        }
        *room = lined;
    }
}

/// How far a point lies from a box.
fn gap(frame: &Frame, c: Coord<f64>) -> f64 {
    let dx = (frame.x0 - c.x).max(c.x - frame.x1).max(0.0);
    let dy = (frame.y0 - c.y).max(c.y - frame.y1).max(0.0);
    (dx * dx + dy * dy).sqrt()
}

/// The middle of the largest ring.
fn middle(rings: &[Vec<Coord<f64>>]) -> Option<Coord<f64>> {
    let largest = rings.iter().max_by(|a, b| ground::ring_area(a).total_cmp(&ground::ring_area(b)))?;
    let n = largest.len() as f64;
    let sum = largest.iter().fold(Coord { x: 0.0, y: 0.0 }, |s, c| Coord { x: s.x + c.x, y: s.y + c.y });
    Some(Coord { x: sum.x / n, y: sum.y / n })
}

/// Adds a stroked path; paths that look the same and have no title of their own become one.
fn add(items: &mut Vec<Item>, path: &Path, stroke: Stroke, title: Option<String>) {
    if path.is_empty() {
        return;
    }
    if let Some(Item::Shape(last)) = items.last_mut()
        && last.title == title
        && last.stroke.as_ref() == Some(&stroke)
    {
        last.path.segments.extend(&path.segments);
        return;
    }
    items.push(Item::Shape(Shape { path: path.clone(), stroke: Some(stroke), title, ..Shape::default() }));
}

/// Leaves out points that lie on the last one's pixel before they are projected: a file may have millions.
struct Thinner {
    least: f64,
}

impl Thinner {
    /// A sixth of a px in degrees at the middle of the view.
    fn new(view: &View) -> Self {
        Thinner { least: view.km_per_px(view.middle()) / 111.2 / 6.0 }
    }

    fn line(&self, line: &LineString<f64>) -> LineString<f64> {
        let mut kept: Vec<Coord<f64>> = Vec::new();
        let end = line.0.len().saturating_sub(1);
        for (i, c) in line.0.iter().enumerate() {
            let near = |last: &Coord<f64>| {
                // a degree of longitude shrinks towards the poles, a step over 180° is none
                let width = libm::cos(c.y.to_radians()).max(0.02);
                (c.x - last.x).abs() * width < self.least && (c.y - last.y).abs() < self.least
            };
            if i == end || !kept.last().is_some_and(near) {
                kept.push(*c);
            }
        }
        LineString::new(kept)
    }

    /// The same areas, without polygons that are too much to draw.
    fn areas(&self, areas: &MultiPolygon<f64>) -> MultiPolygon<f64> {
        let thin = |p: &Polygon<f64>| {
            Polygon::new(self.line(p.exterior()), p.interiors().iter().map(|r| self.line(r)).collect())
        };
        let size =
            |p: &Polygon<f64>| p.exterior().0.len() + p.interiors().iter().map(|r| r.0.len()).sum::<usize>();
        MultiPolygon::new(areas.iter().map(thin).filter(|p| size(p) <= LIMIT_POLYGON).collect())
    }
}

/// How many features of an overlay a view shows at least in part.
pub fn count_shown(overlay: &Overlay, view: &View) -> usize {
    let (clipper, fine) = (Clipper::new(view), Thinner::new(view));
    let any_line = |lines: &MultiLineString<f64>| {
        lines.iter().any(|line| !clipper.line_px(&fine.line(line).0).is_empty())
    };
    let shows = |feature: &&Feature| match &feature.geometry {
        Geometry::Areas(areas, outlines) => {
            !clipper.rings(&fine.areas(areas)).is_empty() || any_line(outlines)
        }
        Geometry::Lines(lines) => any_line(lines),
        Geometry::Points(points) => {
            points.iter().map(|p| view.place(*p)).any(|c| view.frame.grown(-4.0).contains(c.x, c.y))
        }
    };
    overlay.features.iter().filter(shows).count()
}

/// What a person should know of an overlay of which a view shows so many features.
pub fn remarks(overlay: &Overlay, shown: usize) -> Vec<String> {
    let (name, all) = (&overlay.name, overlay.features.len());
    let mut remarks: Vec<String> = overlay.remarks.iter().map(|r| format!("overlay {name:?}: {r}")).collect();
    if shown == 0 {
        remarks
            .push(format!("overlay {name:?} lies outside the frame and is not drawn: --bbox sets the frame"));
    } else if shown < all {
        let left = all - shown;
        let verb = if left == 1 { "lies" } else { "lie" };
        remarks.push(format!(
            "overlay {name:?}: {left} of {all} features {verb} outside the frame or {} too small to see",
            if left == 1 { "is" } else { "are" }
        ));
    }
    remarks
}

/// The entry of an overlay in the legend.
pub fn key(overlay: &Overlay, index: usize, palette: &Palette) -> Option<Key> {
    let has = |kind: fn(&Geometry) -> bool| overlay.features.iter().any(|f| kind(&f.geometry));
    let kinds = [
        has(|g| matches!(g, Geometry::Points(_))),
        has(|g| matches!(g, Geometry::Lines(_))),
        has(|g| matches!(g, Geometry::Areas(..))),
    ];
    let look = look(overlay.features.first()?, index, palette);
    Some(Key { look, kinds, words: wording::shorten(&overlay.name, 40) })
}

impl Key {
    /// The words of the entry.
    pub fn words(&self) -> &str {
        &self.words
    }

    /// The small picture before the entry: 48 px wide around `y`.
    pub fn draw(&self, group: &mut Group, x: f32, y: f32, ink: &Ink) {
        let [points, lines, areas] = self.kinds;
        if areas {
            group.items.push(Item::Shape(Shape {
                path: Path::rect(x, y - 7.5, x + 48.0, y + 7.5),
                fill: Some(self.look.fill),
                stroke: Some(self.look.outline.clone()),
                ..Shape::default()
            }));
        }
        if lines {
            let path = Path::line(&[[x, y], [x + 48.0, y]]);
            let stroke = Some(self.look.line.clone());
            group.items.push(Item::Shape(Shape { path, stroke, ..Shape::default() }));
        }
        if points {
            group.items.push(Item::Shape(Shape {
                path: Path::circle(x + 24.0, y, Style::embedded().overlay.point),
                fill: Some(self.look.line.color),
                stroke: Some(Stroke::solid(ink.palette.halo, 1.2)),
                ..Shape::default()
            }));
        }
    }
}

/// What the sources line says of an overlay: whose it is and of when, in its file's words.
pub fn credit(overlay: &Overlay) -> String {
    let name = wording::shorten(&overlay.name, 60);
    let date = overlay.date.as_ref().map(|date| match date.parse() {
        Ok(day) => wording::long_date(day),
        Err(_) => wording::shorten(date, 30),
    });
    let date = date.map_or(String::new(), |date| format!(" ({date})"));
    match &overlay.source {
        Some(source) => format!("{name}: {}{date}.", wording::shorten(source, 90).trim_end_matches('.')),
        None => format!("Overlay: {name}{date}."),
    }
}

#[cfg(test)]
#[path = "overlay_tests.rs"]
mod tests;
