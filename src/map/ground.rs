//! The base map: sea, land, lakes, rivers, borders, disputed areas, projected and clipped to a view.

use super::color::Color;
use super::scene::{Group, Item, Path, Point, Shape, Stroke};
use super::style::{Palette, Style};
use super::view::{View, point};
use crate::geometry::clip::{self, Frame};
use crate::geometry::{Bbox, antimeridian, simplify};
use crate::world::{Band, BorderClass, World};
use geo::{BoundingRect, Coord, LineString, MultiPolygon, Rect};

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

/// The band of detail for a view.
pub fn band_of(view: &View) -> Band {
    if view.km_per_px(view.middle()) < 4.0 { Band::Fine } else { Band::Coarse }
}

/// The base map of a view as groups `sea`, `land`, `borders`, `disputed`.
pub fn draw(ground: &Ground, view: &View, palette: &Palette) -> Vec<Group> {
    let style = &Style::embedded().line;
    let band = band_of(view);
    let world = ground.world;
    let clipper = Clipper::new(view);

    let mut sea = Group::new("sea");
    sea.items.push(fill(frame_path(view.frame), palette.sea));

    let mut land = Group::new("land");
    let whole = clipper.polygons(world.land(band));
    land.items.push(fill(whole, palette.land));
    for code in &ground.story_countries {
        if let Some(area) = world.country_area_in(ground.worldview, code, band) {
            land.items.push(Item::Shape(Shape {
                id: Some(format!("country-{code}")),
                path: clipper.polygons(area),
                fill: Some(palette.land_story),
                ..Shape::default()
            }));
        }
    }
    let mut lakes = Path::default();
    let smallest = (3.0 * view.km_per_px(view.middle())).powi(2);
    for lake in world.lakes(band).iter().take_while(|lake| lake.area_km2 > smallest) {
        lakes.segments.extend(clipper.polygons(&lake.area).segments);
    }
    land.items.push(Item::Shape(Shape {
        path: lakes,
        fill: Some(palette.lake),
        stroke: Some(Stroke::solid(palette.coast, style.coast * 0.6)),
        ..Shape::default()
    }));
    if ground.rivers {
        let most = if view.km_per_px(view.middle()) < 1.0 { 8 } else { 4 };
        let mut path = Path::default();
        for river in world.rivers(band).iter().filter(|r| r.rank <= most && !r.in_lake) {
            river.line.0.iter().for_each(|line| clipper.line(line, &mut path));
        }
        land.items.push(stroke(path, Stroke::solid(palette.river, style.river)));
    }
    let mut coast = Path::default();
    world.coast(band).iter().for_each(|line| clipper.line(line, &mut coast));
    land.items.push(stroke(coast, Stroke::solid(palette.coast, style.coast)));

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
    let mut classes = [Path::default(), Path::default()];
    for border in world.borders_in(ground.worldview, band) {
        let dashed = border.class != BorderClass::International;
        clipper.line(&border.line, &mut classes[usize::from(dashed)]);
    }
    let [agreed, disputed] = classes;
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

/// Whether a view shows hatched disputed ground.
pub fn shows_dispute(world: &World, view: &View) -> bool {
    let clipper = Clipper::new(view);
    world.disputes().iter().any(|d| d.hatch && !clipper.rings(&d.area).is_empty())
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

/// Projects lines and areas into a view and clips them to its frame.
pub struct Clipper<'v> {
    view: &'v View,
    reach: Bbox,
    centre: f64,
    /// For projections on a point: where its opposite lies, which is all of the map's rim.
    antipode: Option<Coord<f64>>,
    whole_turn: bool,
}

impl<'v> Clipper<'v> {
    /// A clipper for a view.
    pub fn new(view: &'v View) -> Self {
        let reach = view.reach();
        let antipode = view
            .projection
            .centre()
            .map(|c| Coord { x: crate::geometry::projection::wrap_lon(c.lon + 180.0), y: -c.lat });
        Clipper {
            view,
            reach,
            centre: view.projection.central_meridian(),
            antipode,
            whole_turn: reach.east - reach.west > 359.0,
        }
    }

    /// Whether a rectangle in degrees may show.
    fn may_show(&self, rect: Option<Rect<f64>>) -> bool {
        let Some(rect) = rect else { return false };
        if rect.max().y < self.reach.south || rect.min().y > self.reach.north {
            return false;
        }
        self.whole_turn
            || [-360.0, 0.0, 360.0]
                .iter()
                .any(|turn| rect.max().x + turn >= self.reach.west && rect.min().x + turn <= self.reach.east)
    }

    /// The rings of an area in px, inside the frame, simplified.
    pub fn rings(&self, area: &MultiPolygon<f64>) -> Vec<Vec<Coord<f64>>> {
        let frame = self.view.frame;
        let mut out = Vec::new();
        for polygon in area {
            if !self.may_show(polygon.exterior().bounding_rect()) {
                continue;
            }
            for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
                for piece in self.around(&ring.0) {
                    let mut projected = Vec::with_capacity(piece.len());
                    self.project_line(&piece, true, &mut projected);
                    let clipped = clip::ring(&projected, &frame);
                    if clipped.iter().all(|c| on_edge(c, &frame)) {
                        // nothing of the ring shows: it encloses all of the frame, or none of it (and then
                        // what is left may still run around the frame, there and back)
                        let middle = Coord { x: (frame.x0 + frame.x1) / 2.0, y: (frame.y0 + frame.y1) / 2.0 };
                        if !clipped.is_empty() && inside(std::slice::from_ref(&projected), middle) {
                            out.push(corners(&frame));
                        }
                        continue;
                    }
                    let simple = simplify::ring(&clipped, TOLERANCE);
                    if !simple.is_empty() {
                        out.push(simple);
                    }
                }
            }
            if let Some(antipode) = self.antipode
                && holds(polygon, antipode)
            {
                // the ring around the opposite of the centre comes out inside out: what it encloses is the
                // outer part of the disc, so the disc itself is added (even-odd)
                out.push(corners(&frame));
            }
        }
        out
    }

    fn around(&self, ring: &[Coord<f64>]) -> Vec<Vec<Coord<f64>>> {
        if self.antipode.is_some() {
            return vec![ring.to_vec()];
        }
        let mut pieces = antimeridian::rings_around(ring, self.centre);
        if !self.whole_turn {
            let (west, east) = (self.reach.west - 15.0, self.reach.east + 15.0);
            pieces.retain(|piece| piece.iter().any(|c| c.x >= west) && piece.iter().any(|c| c.x <= east));
        }
        pieces
    }

    /// An area as a path, inside the frame.
    pub fn polygons(&self, area: &MultiPolygon<f64>) -> Path {
        let mut path = Path::default();
        for ring in self.rings(area) {
            let points: Vec<Point> = ring.iter().map(|c| point(*c)).collect();
            path.add_ring(&points);
        }
        path
    }

    /// Adds what a view shows of a line.
    pub fn line(&self, line: &LineString<f64>, path: &mut Path) {
        if !self.may_show(line.bounding_rect()) {
            return;
        }
        for part in self.line_px(&line.0) {
            let simple = simplify::line(&part, TOLERANCE);
            let points: Vec<Point> = simple.iter().map(|c| point(*c)).collect();
            path.add_line(&points);
        }
    }

    /// What a view shows of a line, in px.
    pub fn line_px(&self, line: &[Coord<f64>]) -> Vec<Vec<Coord<f64>>> {
        let mut parts = Vec::new();
        let mut projected: Vec<Coord<f64>> = Vec::new();
        if self.antipode.is_some() {
            self.project_line(line, false, &mut projected);
            return clip::line(&projected, &self.view.frame);
        }
        // cut opposite the central meridian
        let mut piece: Vec<Coord<f64>> = Vec::new();
        for c in line {
            let x = antimeridian::nearest_lon(c.x, self.centre);
            if let Some(last) = piece.last()
                && (x - last.x).abs() > 180.0
            {
                let edge = if last.x > self.centre { self.centre + 180.0 } else { self.centre - 180.0 };
                let (from, to) = (last.x, antimeridian::nearest_lon(c.x, last.x));
                let y = last.y + (c.y - last.y) * (edge - from) / (to - from);
                piece.push(Coord { x: edge, y });
                self.project_line(&std::mem::take(&mut piece), false, &mut projected);
                parts.extend(clip::line(&projected, &self.view.frame));
                projected.clear();
                piece.push(Coord { x: 2.0 * self.centre - edge, y });
            }
            piece.push(Coord { x, y: c.y });
        }
        self.project_line(&piece, false, &mut projected);
        parts.extend(clip::line(&projected, &self.view.frame));
        parts
    }

    /// Projects a line, adding points where a straight step in degrees is a curve on the page.
    fn project_line(&self, line: &[Coord<f64>], closed: bool, out: &mut Vec<Coord<f64>>) {
        let Some(first) = line.first() else { return };
        out.push(self.view.project(first.x, first.y));
        let rest = line.iter().skip(1).chain(closed.then_some(first));
        let mut last = *first;
        for c in rest {
            let step = (c.x - last.x).abs().max((c.y - last.y).abs());
            if step > 2.5 {
                let pieces = (step / 2.0).ceil();
                for i in 1..pieces as usize {
                    let t = i as f64 / pieces;
                    out.push(self.view.project(last.x + t * (c.x - last.x), last.y + t * (c.y - last.y)));
                }
            }
            out.push(self.view.project(c.x, c.y));
            last = *c;
        }
    }
}

fn corners(frame: &Frame) -> Vec<Coord<f64>> {
    [(frame.x0, frame.y0), (frame.x1, frame.y0), (frame.x1, frame.y1), (frame.x0, frame.y1)]
        .map(|(x, y)| Coord { x, y })
        .to_vec()
}

fn on_edge(c: &Coord<f64>, frame: &Frame) -> bool {
    const NEAR: f64 = 1e-6;
    let near = |a: f64, b: f64| (a - b).abs() < NEAR;
    near(c.x, frame.x0) || near(c.x, frame.x1) || near(c.y, frame.y0) || near(c.y, frame.y1)
}

/// Whether a polygon holds a position.
fn holds(polygon: &geo::Polygon<f64>, at: Coord<f64>) -> bool {
    use geo::Contains;
    polygon
        .bounding_rect()
        .is_some_and(|r| r.min().x <= at.x && at.x <= r.max().x && r.min().y <= at.y && at.y <= r.max().y)
        && polygon.contains(&at)
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
            if (a.y <= at.y) != (b.y <= at.y) && at.x < a.x + (b.x - a.x) * (at.y - a.y) / (b.y - a.y) {
                within = !within;
            }
        }
    }
    within
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
