//! The base map: sea, land, lakes, rivers, borders, disputed areas, projected and clipped to a view.

use super::backdrop::Backdrop;
use super::base::{Base, Look};
use super::clipper::path_of;
use super::color::Color;
use super::scene::{Group, Item, Path, Point, Segment, Shape, Stroke};
use super::style::{Palette, Style};
use super::view::{View, point};
use crate::geometry::clip::{self, Frame};
use crate::world::{Band, World};
use geo::Coord;
use std::collections::BTreeMap;
use std::sync::Arc;

pub use super::clipper::Clipper;

/// How far a simplified line may lie from the true one, px.
pub const TOLERANCE: f64 = 0.3;

/// What the base map shows.
pub struct Ground<'w> {
    /// The world.
    pub world: &'w World,
    /// Countries of the story: drawn in the story's land colour.
    pub story_countries: Vec<String>,
    /// Whose disputes follow which view.
    pub worldview: super::Worldview,
    /// Whether rivers are drawn.
    pub rivers: bool,
    /// Whether borders of units are drawn.
    pub units: bool,
}

impl Ground<'_> {
    /// The base map in a view's projection.
    fn base(&self, view: &View) -> Arc<Base> {
        Base::of(self.world, &view.projection, band_of(view), self.worldview)
    }

    /// Whether a view shows hatched disputed ground.
    pub fn shows_dispute(&self, view: &View) -> bool {
        self.base(view).has_disputes(self.world, &Clipper::new(view))
    }
}

/// The band of detail for a view.
pub fn band_of(view: &View) -> Band {
    if view.km_per_px(view.middle()) < 4.0 { Band::Fine } else { Band::Coarse }
}

/// The base map of a view: groups `sea`, `land`, `borders`, `disputed`.
pub fn draw(ground: &Ground, view: &View, palette: &Palette) -> Arc<Backdrop> {
    let base = ground.base(view);
    let look = Look {
        story_countries: ground.story_countries.clone(),
        rivers: ground.rivers,
        units: ground.units,
        palette: palette.clone(),
    };
    base.backdrop(view, look, || groups(ground, &base, view, palette))
}

fn groups(ground: &Ground, base: &Base, view: &View, palette: &Palette) -> Vec<Group> {
    let style = &Style::embedded().line;
    let band = band_of(view);
    let world = ground.world;
    let clipper = Clipper::new(view);

    let mut sea = Group::new("sea");
    sea.items.push(fill(frame_path(view.frame), palette.sea));
    sea.items.extend(beyond(view, palette));

    let mut land = Group::new("land");
    land.items.push(fill(base.land(world, &clipper), palette.land));
    for code in &ground.story_countries {
        if let Some(territory) = base.country(world, &clipper, code) {
            land.items.push(Item::Shape(Shape {
                id: Some(format!("country-{code}")),
                path: path_of(&territory.rings),
                fill: Some(palette.land_story),
                ..Shape::default()
            }));
        }
    }
    let lakes = base.lakes(world, &clipper, smallest_lake(view));
    land.items.push(Item::Shape(Shape {
        path: lakes,
        fill: Some(palette.lake),
        stroke: Some(Stroke::solid(palette.coast, style.coast * 0.6)),
        ..Shape::default()
    }));
    if ground.rivers {
        let most = if view.km_per_px(view.middle()) < 1.0 { 8 } else { 4 };
        land.items
            .push(stroke(base.rivers(world, &clipper, most), Stroke::solid(palette.river, style.river)));
    }
    land.items.push(stroke(base.coast(world, &clipper), Stroke::solid(palette.coast, style.coast)));

    let mut borders = Group::new("borders");
    if ground.units {
        let mut path = Path::default();
        for unit in world.unit_borders().iter().filter(|u| ground.story_countries.contains(&u.country)) {
            clipper.line(&unit.line, &mut path);
        }
        let dash = style.border_unit_dash.clone();
        let line = Stroke { color: palette.border_unit, width: style.border_unit, dash, round: false };
        borders.items.push(stroke(path, line));
    }
    let [agreed, disputed] = base.borders(world, &clipper);
    borders.items.push(stroke(agreed, Stroke::solid(palette.border, style.border)));
    borders.items.push(stroke(
        disputed,
        Stroke {
            color: palette.border,
            width: style.border_disputed,
            dash: style.border_disputed_dash.clone(),
            round: false,
        },
    ));

    let mut hatched = Group::new("disputed");
    let hatches = ground.worldview == super::Worldview::Un;
    for dispute in world.disputes().iter().filter(|d| d.hatch && hatches) {
        let rings = clipper.rings(&dispute.area);
        if rings.is_empty() {
            continue;
        }
        let area = match band {
            Band::Coarse => None,
            Band::Fine => world.dispute_area(&dispute.id, band),
        };
        let rings = area.map_or(rings, |area| clipper.rings(&area));
        let mut path = Path::default();
        for (a, b) in hatch(&rings, f64::from(style.disputed_pitch), -45.0) {
            path.add_line(&[point(a), point(b)]);
        }
        let item = Shape {
            id: Some(format!("dispute-{}", dispute.id)),
            title: Some(dispute.note.clone()),
            path,
            stroke: Some(Stroke::solid(palette.border, style.disputed)),
            ..Shape::default()
        };
        hatched.items.push(Item::Shape(item));
    }
    let mut groups = vec![sea, land, borders, hatched];
    for group in &mut groups {
        group.items.retain(|item| !matches!(item, Item::Shape(shape) if shape.path.is_empty()));
    }
    groups
}

/// What a frame shows beyond the edge of the world: no sea, but the page.
fn beyond(view: &View, palette: &Palette) -> Vec<Item> {
    let Some(rim) = view.rim() else { return Vec::new() };
    let f = view.frame;
    let corners = [(f.x0, f.y0), (f.x1, f.y0), (f.x1, f.y1), (f.x0, f.y1)];
    let rings = [rim];
    if corners.iter().all(|&(x, y)| inside(&rings, Coord { x, y })) {
        return Vec::new();
    }
    let [rim] = rings;
    let mut path = frame_path(f);
    path.add_ring(&clip::ring(&rim, &f).into_iter().map(point).collect::<Vec<_>>());
    let closed: Vec<Coord<f64>> = rim.iter().chain(rim.first()).copied().collect();
    let mut edge = Path::default();
    for part in clip::line(&closed, &f) {
        edge.add_line(&part.into_iter().map(point).collect::<Vec<_>>());
    }
    let width = Style::embedded().line.coast;
    vec![fill(path, palette.page), stroke(edge, Stroke::solid(palette.coast, width))]
}

/// Lakes that are smaller are not drawn, km².
fn smallest_lake(view: &View) -> f64 {
    (3.0 * view.km_per_px(view.middle())).powi(2)
}

/// Which of these points of the page lie on land as it is drawn, lakes taken out.
pub fn dry(ground: &Ground, view: &View, points: &[Coord<f64>]) -> Vec<bool> {
    let (world, clipper) = (ground.world, Clipper::new(view));
    let base = ground.base(view);
    // Each side of a ring is asked about the points in its own rows only.
    let row = |y: f64| y.floor() as i64;
    let mut rows: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
    for (at, c) in points.iter().enumerate() {
        rows.entry(row(c.y)).or_default().push(at);
    }
    let inside = |path: &Path| {
        let mut inside = vec![false; points.len()];
        for [a, b] in sides(path) {
            for at in rows.range(row(a.y.min(b.y))..=row(a.y.max(b.y))).flat_map(|(_, points)| points) {
                inside[*at] ^= crosses(a, b, points[*at]);
            }
        }
        inside
    };
    let in_lakes = inside(&base.lakes(world, &clipper, smallest_lake(view)));
    inside(&base.land(world, &clipper)).into_iter().zip(in_lakes).map(|(land, lake)| land && !lake).collect()
}

/// The sides of a path's rings.
fn sides(path: &Path) -> impl Iterator<Item = [Coord<f64>; 2]> + '_ {
    let coord = |p: Point| Coord { x: f64::from(p[0]), y: f64::from(p[1]) };
    let (mut first, mut last) = ([0.0; 2], [0.0; 2]);
    path.segments.iter().filter_map(move |segment| {
        let to = match *segment {
            Segment::Move(to) => {
                (first, last) = (to, to);
                return None;
            }
            Segment::Line(to) | Segment::Quad(_, to) | Segment::Cubic(_, _, to) => to,
            Segment::Close => first,
        };
        Some([coord(std::mem::replace(&mut last, to)), coord(to)])
    })
}

fn fill(path: Path, color: Color) -> Item {
    Item::Shape(Shape { path, fill: Some(color), ..Shape::default() })
}

fn stroke(path: Path, stroke: Stroke) -> Item {
    Item::Shape(Shape { path, stroke: Some(stroke), ..Shape::default() })
}

/// A frame as a path.
pub fn frame_path(frame: Frame) -> Path {
    Path::rect(frame.x0 as f32, frame.y0 as f32, frame.x1 as f32, frame.y1 as f32)
}

/// Lines at an angle (degrees, counter-clockwise) through rings, even-odd, `pitch` px apart.
pub fn hatch(rings: &[Vec<Coord<f64>>], pitch: f64, angle: f64) -> Vec<(Coord<f64>, Coord<f64>)> {
    let (sine, cosine) = (libm::sin(angle.to_radians()), libm::cos(angle.to_radians()));
    let turn = |c: &Coord<f64>| Coord { x: c.x * cosine - c.y * sine, y: c.x * sine + c.y * cosine };
    let back = |x: f64, y: f64| Coord { x: x * cosine + y * sine, y: -x * sine + y * cosine };
    let turned: Vec<Vec<Coord<f64>>> = rings.iter().map(|r| r.iter().map(turn).collect()).collect();
    let (mut low, mut high) = (f64::MAX, f64::MIN);
    for c in turned.iter().flatten() {
        (low, high) = (low.min(c.y), high.max(c.y));
    }
    let mut lines = Vec::new();
    if low > high {
        return lines;
    }
    let mut y = (low / pitch).ceil() * pitch;
    while y < high {
        let mut hits: Vec<f64> = Vec::new();
        for ring in &turned {
            for i in 0..ring.len() {
                let (a, b) = (ring[i], ring[(i + 1) % ring.len()]);
                if (a.y <= y) != (b.y <= y) {
                    hits.push(a.x + (b.x - a.x) * (y - a.y) / (b.y - a.y));
                }
            }
        }
        hits.sort_by(f64::total_cmp);
        for pair in hits.chunks_exact(2) {
            if pair[1] - pair[0] > 0.5 {
                lines.push((back(pair[0], y), back(pair[1], y)));
            }
        }
        y += pitch;
    }
    lines
}

/// Whether a point lies in rings, even-odd.
pub fn inside(rings: &[Vec<Coord<f64>>], at: Coord<f64>) -> bool {
    let mut within = false;
    for ring in rings {
        for i in 0..ring.len() {
            let (a, b) = (ring[i], ring[(i + 1) % ring.len()]);
            if crosses(a, b, at) {
                within = !within;
            }
        }
    }
    within
}

/// Whether an edge crosses the way from a point to the right.
pub(super) fn crosses(a: Coord<f64>, b: Coord<f64>, at: Coord<f64>) -> bool {
    (a.y <= at.y) != (b.y <= at.y) && at.x < a.x + (b.x - a.x) * (at.y - a.y) / (b.y - a.y)
}

/// The area that rings enclose, px², even-odd taken as exteriors minus holes is left to the caller.
pub fn ring_area(ring: &[Coord<f64>]) -> f64 {
    let mut sum = 0.0;
    for i in 0..ring.len() {
        let (a, b) = (ring[i], ring[(i + 1) % ring.len()]);
        sum += a.x * b.y - b.x * a.y;
    }
    sum.abs() / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hatch_stays_inside_and_out_of_holes() {
        let square = |a: f64, b: f64| {
            vec![Coord { x: a, y: a }, Coord { x: b, y: a }, Coord { x: b, y: b }, Coord { x: a, y: b }]
        };
        let rings = vec![square(0.0, 100.0), square(40.0, 60.0)];
        let lines = hatch(&rings, 8.0, 45.0);
        assert!(lines.len() > 15);
        for (a, b) in lines {
            let middle = Coord { x: (a.x + b.x) / 2.0, y: (a.y + b.y) / 2.0 };
            assert!(inside(&rings, middle), "{middle:?}");
        }
    }
}
