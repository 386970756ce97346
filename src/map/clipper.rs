//! Lines and areas in degrees in, what a view shows of them in px out: projected, clipped to the frame, simplified.

use super::ground::{TOLERANCE, inside};
use super::scene::{Path, Point};
use super::view::{View, point};
use crate::geometry::clip::{self, Frame};
use crate::geometry::projection::{Projection, wrap_lon};
use crate::geometry::stretch::Stretched;
use crate::geometry::{Bbox, antimeridian, simplify};
use geo::{BoundingRect, Coord, LineString, MultiPolygon, Polygon, Rect};

/// Projects lines and areas into a view and clips them to its frame.
pub struct Clipper<'v> {
    view: &'v View,
    reach: Bbox,
    /// For projections on a point: where its opposite lies, which is all of the map's rim.
    antipode: Option<Coord<f64>>,
    whole_turn: bool,
    /// The frame before it is brought to the page, a little wider.
    unit: Frame,
}

/// A piece of a line or ring, projected but not yet brought to a page.
#[derive(Debug)]
pub(super) struct Piece {
    /// Least and greatest longitude, around the central meridian.
    lons: [f64; 2],
    /// Its points in radii of the sphere, y up.
    pub line: Stretched,
}

/// The rings of a polygon, exterior first, projected and cut opposite the central meridian.
pub(super) fn pieces_of_polygon(projection: &Projection, polygon: &Polygon<f64>) -> Vec<Piece> {
    let centre = projection.central_meridian();
    let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
    let around = |ring: &LineString<f64>| match projection.centre() {
        Some(_) => vec![ring.0.clone()],
        None => antimeridian::rings_around(&ring.0, centre),
    };
    rings.flat_map(around).map(|piece| projected(projection, &piece, true)).collect()
}

/// The parts of a line, projected and cut opposite the central meridian.
pub(super) fn pieces_of_line(projection: &Projection, line: &[Coord<f64>]) -> Vec<Piece> {
    if projection.centre().is_some() {
        return vec![projected(projection, line, false)];
    }
    let centre = projection.central_meridian();
    // most lines lie wholly on this side
    if line.iter().all(|c| (c.x - centre).abs() < 180.0)
        && line.windows(2).all(|w| (w[1].x - w[0].x).abs() <= 180.0)
    {
        return vec![projected(projection, line, false)];
    }
    let mut pieces = Vec::new();
    let mut piece: Vec<Coord<f64>> = Vec::new();
    for c in line {
        let x = antimeridian::nearest_lon(c.x, centre);
        if let Some(last) = piece.last()
            && (x - last.x).abs() > 180.0
        {
            let edge = if last.x > centre { centre + 180.0 } else { centre - 180.0 };
            let (from, to) = (last.x, antimeridian::nearest_lon(c.x, last.x));
            let y = last.y + (c.y - last.y) * (edge - from) / (to - from);
            piece.push(Coord { x: edge, y });
            pieces.push(projected(projection, &std::mem::take(&mut piece), false));
            piece.push(Coord { x: 2.0 * centre - edge, y });
        }
        piece.push(Coord { x, y: c.y });
    }
    pieces.push(projected(projection, &piece, false));
    pieces
}

/// Projects a line, adding points where a straight step in degrees is a curve on the page.
fn projected(projection: &Projection, line: &[Coord<f64>], closed: bool) -> Piece {
    let mut out = Vec::with_capacity(line.len() + 1);
    let mut lons = [f64::MAX, f64::MIN];
    let mut put = |lon: f64, lat: f64| {
        let (x, y) = projection.forward(lon, lat);
        out.push(Coord { x, y });
    };
    if let Some(first) = line.first() {
        put(first.x, first.y);
        let rest = line.iter().skip(1).chain(closed.then_some(first));
        let mut last = *first;
        for c in rest {
            let step = (c.x - last.x).abs().max((c.y - last.y).abs());
            if step > 2.5 {
                let pieces = (step / 2.0).ceil();
                for i in 1..pieces as usize {
                    let t = i as f64 / pieces;
                    put(last.x + t * (c.x - last.x), last.y + t * (c.y - last.y));
                }
            }
            put(c.x, c.y);
            last = *c;
        }
        lons = line.iter().fold(lons, |[west, east], c| [west.min(c.x), east.max(c.x)]);
    }
    Piece { lons, line: Stretched::new(out) }
}

impl<'v> Clipper<'v> {
    /// A clipper for a view.
    pub fn new(view: &'v View) -> Self {
        let reach = view.reach();
        let antipode = view.projection.centre().map(|c| Coord { x: wrap_lon(c.lon + 180.0), y: -c.lat });
        let (f, o, s) = (view.frame, view.origin, view.scale);
        let unit = Frame::new((f.x0 - o.x) / s, (o.y - f.y1) / s, (f.x1 - o.x) / s, (o.y - f.y0) / s);
        Clipper {
            view,
            reach,
            antipode,
            whole_turn: reach.east - reach.west > 359.0,
            unit: unit.grown(1e-3 / s),
        }
    }

    /// The view.
    pub(super) fn view(&self) -> &View {
        self.view
    }

    /// The view's projection.
    pub(super) fn projection(&self) -> &Projection {
        &self.view.projection
    }

    /// Whether a rectangle in degrees may show.
    pub(super) fn may_show(&self, rect: Option<Rect<f64>>) -> bool {
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
        let mut out = Vec::new();
        for polygon in area {
            let rect = polygon.exterior().bounding_rect();
            if self.may_show(rect) {
                self.add_rings(&pieces_of_polygon(self.projection(), polygon), rect, polygon, &mut out);
            }
        }
        out
    }

    /// Adds the rings of a polygon that may show, from its pieces and its rectangle in degrees.
    pub(super) fn add_rings(
        &self,
        pieces: &[Piece],
        rect: Option<Rect<f64>>,
        polygon: &Polygon<f64>,
        out: &mut Vec<Vec<Coord<f64>>>,
    ) {
        let frame = self.view.frame;
        for piece in pieces {
            if !self.reaches(piece) || piece.line.is_aside(&self.unit) {
                continue;
            }
            let px = self.px(piece);
            let clipped = clip::ring(&px, &frame);
            if clipped.iter().all(|c| on_edge(c, &frame)) {
                // nothing of the ring shows: it encloses all of the frame, or none of it (and then
                // what is left may still run around the frame, there and back)
                let middle = Coord { x: (frame.x0 + frame.x1) / 2.0, y: (frame.y0 + frame.y1) / 2.0 };
                if !clipped.is_empty() && inside(std::slice::from_ref(&px), middle) {
                    out.push(corners(&frame));
                }
                continue;
            }
            let simple = simplify::ring(&clipped, TOLERANCE);
            if !simple.is_empty() {
                out.push(simple);
            }
        }
        if let Some(antipode) = self.antipode
            && holds(polygon, rect, antipode)
        {
            // the ring around the opposite of the centre comes out inside out: what it encloses is the
            // outer part of the disc, so the disc itself is added (even-odd)
            out.push(corners(&frame));
        }
    }

    /// Whether a ring's piece lies where the view looks: far from it projections may fold over.
    fn reaches(&self, piece: &Piece) -> bool {
        let [west, east] = piece.lons;
        self.antipode.is_some()
            || self.whole_turn
            || (east >= self.reach.west - 15.0 && west <= self.reach.east + 15.0)
    }

    /// What matters of a piece, in px.
    fn px(&self, piece: &Piece) -> Vec<Coord<f64>> {
        let (origin, scale) = (self.view.origin, self.view.scale);
        let to_page = |c: &Coord<f64>| Coord { x: origin.x + c.x * scale, y: origin.y - c.y * scale };
        piece.line.near(&self.unit).map(to_page).collect()
    }

    /// An area as a path, inside the frame.
    pub fn polygons(&self, area: &MultiPolygon<f64>) -> Path {
        path_of(&self.rings(area))
    }

    /// Adds what a view shows of a line.
    pub fn line(&self, line: &LineString<f64>, path: &mut Path) {
        if self.may_show(line.bounding_rect()) {
            self.add_lines(&pieces_of_line(self.projection(), &line.0), path);
        }
    }

    /// Adds what a view shows of a line's pieces.
    pub(super) fn add_lines(&self, pieces: &[Piece], path: &mut Path) {
        for piece in pieces.iter().filter(|piece| !piece.line.is_aside(&self.unit)) {
            for part in clip::line(&self.px(piece), &self.view.frame) {
                let simple = simplify::line(&part, TOLERANCE);
                let points: Vec<Point> = simple.iter().map(|c| point(*c)).collect();
                path.add_line(&points);
            }
        }
    }

    /// What a view shows of a line, in px.
    pub fn line_px(&self, line: &[Coord<f64>]) -> Vec<Vec<Coord<f64>>> {
        let pieces = pieces_of_line(self.projection(), line);
        pieces.iter().flat_map(|piece| clip::line(&self.px(piece), &self.view.frame)).collect()
    }
}

/// Rings as a path.
pub(super) fn path_of(rings: &[Vec<Coord<f64>>]) -> Path {
    let mut path = Path::default();
    for ring in rings {
        let points: Vec<Point> = ring.iter().map(|c| point(*c)).collect();
        path.add_ring(&points);
    }
    path
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

/// Whether a polygon, whose rectangle is known, holds a position.
fn holds(polygon: &Polygon<f64>, rect: Option<Rect<f64>>, at: Coord<f64>) -> bool {
    use geo::Contains;
    rect.is_some_and(|r| r.min().x <= at.x && at.x <= r.max().x && r.min().y <= at.y && at.y <= r.max().y)
        && polygon.contains(&at)
}
