//! What lies beside a ground: the water off its coast, the strip along a border, what lies north of it.
//!
//! In: grounds and a relation. Out: an area, clipped to what such words mean (land of the same country, or
//! water), with a point and how far it goes from there. No widths are agreed on for such words; ours follow
//! the size of the ground within limits. Areas are made on a flat map of kilometres around their middle.

use std::borrow::Cow;

use geo::buffer::{BufferStyle, LineCap, LineJoin};
use geo::orient::{Direction, Orient};
use geo::unary_union;
use geo::{
    Area, BooleanOps, BoundingRect, Buffer, Contains, Coord, LineString, MapCoords, MultiLineString,
    MultiPolygon, Polygon,
};

use super::area::{bounds, main_part, unwrapped};
use super::parts::{Ground, Outline, PartArea};
use super::{
    Band, Compass, FAR_BEGINS_AT, World, compass_part, compass_part_beyond, kernel_point, rewrapped,
};
use crate::geometry::clip::{self, Frame};
use crate::geometry::projection::wrap_lon;
use crate::geometry::{LonLat, geodesic, simplify};

/// How an area stands to a ground.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Relation {
    /// A part of it by the compass; the far end of it, if so.
    Part(Compass, bool),
    /// It and its surroundings. Kilometres, where the words give them.
    Near(Option<f64>),
    /// The water beside it; how far out, where the words say; on which side.
    Off(Option<f64>, Option<Compass>),
    /// Its land along the sea; on which side.
    Coast(Option<Compass>),
    /// What lies beyond it in a direction; how far, where the words say.
    Beyond(Compass, Option<f64>),
    /// Both sides of its border, on one side of it or all round; with two grounds: of the border they share.
    Border(Option<Compass>),
}

/// Kilometres of a degree of latitude.
const DEGREE_KM: f64 = 111.195;
/// How far a border's strip goes to each side, in kilometres.
const BORDER_KM: f64 = 20.0;
/// How far inland a coast goes, in kilometres.
const COAST_KM: f64 = 20.0;
/// Where one side of a strip begins: the share of it that lies before.
const SIDE_BEGINS_AT: f64 = 0.7;
/// The share of an area that must be land for the land to be meant.
const DRY: f64 = 0.1;

impl World {
    /// The outline of a ground, within ±180 degrees.
    pub fn outline<'a>(&'a self, ground: Ground<'_>) -> Option<Cow<'a, MultiPolygon<f64>>> {
        match ground {
            Ground::Country(code) => self.country_area(code, Band::Coarse).map(Cow::Borrowed),
            Ground::Unit(id) => self.unit_area(id).map(Cow::Borrowed),
            Ground::Units(ids) => {
                let areas: Vec<&MultiPolygon<f64>> = ids
                    .iter()
                    .filter_map(|id| match id.len() {
                        2 => self.country_area(id, Band::Coarse),
                        _ => self.unit_area(id),
                    })
                    .collect();
                (!areas.is_empty()).then(|| Cow::Owned(unary_union(areas)))
            }
            Ground::Ring(ring) => {
                let ring = antimeridian_free(ring);
                let ring = MultiPolygon(vec![Polygon::new(LineString(ring), Vec::new())]);
                filled(rewrapped(&ring.intersection(&self.land_around(&ring, Band::Coarse))))
            }
            Ground::Box(bbox, country) => {
                let east = if bbox.west <= bbox.east { bbox.east } else { bbox.east + 360.0 };
                let frame = Frame::new(bbox.west, bbox.south, east, bbox.north);
                let band = if frame.width().max(frame.height()) < 5.0 { Band::Fine } else { Band::Coarse };
                let land = match country.and_then(|code| self.country_area(code, band)) {
                    Some(area) => clipped(area, &frame),
                    None => clipped(self.land(band), &frame),
                };
                // Clipping ring by ring leaves seams along the frame, which a cut with the frame takes away.
                filled(rewrapped(&land.intersection(&framed(&frame))))
            }
            Ground::Islands(bbox) => {
                let within = |p: &&Polygon<f64>| {
                    let [west, south, east, north] = bounds(p);
                    bbox.contains(LonLat::new((west + east) / 2.0, (south + north) / 2.0))
                };
                filled(MultiPolygon(self.land(Band::Fine).0.iter().filter(within).cloned().collect()))
            }
            Ground::Lake(p) => {
                let spot = geo::Point::new(p.lon, p.lat);
                let lake = self.lakes(Band::Fine).iter().find(|lake| lake.area.contains(&spot))?;
                Some(Cow::Borrowed(&lake.area))
            }
            Ground::Disc(middle, km, _) => {
                Some(Cow::Owned(rewrapped(&Plane::at(middle).out(&disc(Coord { x: 0.0, y: 0.0 }, km)))))
            }
        }
    }

    /// The part of a ground in a direction, the far end of it if so.
    pub fn part_of(&self, ground: Ground<'_>, part: Compass, far: bool) -> Option<std::sync::Arc<PartArea>> {
        self.beside(&[ground], Relation::Part(part, far))
    }

    /// The area that stands so to a ground, or to two where they share a border; none where there is no such thing
    /// (no coast, no common border).
    pub fn beside(&self, grounds: &[Ground<'_>], relation: Relation) -> Option<std::sync::Arc<PartArea>> {
        self.parts.of(format!("{relation:?} {grounds:?}"), || {
            let first = *grounds.first()?;
            let found = match (relation, grounds) {
                (Relation::Border(side), _) => self.border(grounds, side),
                (Relation::Part(compass, far), _) => {
                    let outline = self.outline(first)?;
                    let area = match far {
                        true => compass_part_beyond(&outline, compass, FAR_BEGINS_AT),
                        false => compass_part(&outline, compass),
                    };
                    Some((None, area))
                }
                (Relation::Near(km), _) => self.near(first, km),
                (Relation::Off(km, side), _) => self.off(first, km, side),
                (Relation::Coast(side), _) => self.coast_of(first, side),
                (Relation::Beyond(compass, Some(km)), _) => self.at_distance(first, compass, km),
                (Relation::Beyond(compass, None), _) => self.beyond(first, compass),
            };
            let (point, area) = found.filter(|(_, area)| !area.0.is_empty())?;
            let point = point.or_else(|| match relation {
                Relation::Part(..) | Relation::Near(_) => kernel_point(&area),
                // A strip goes round what it lies beside: its thickest spot may be at one end of it.
                _ => central_point(&area).or_else(|| kernel_point(&area)),
            });
            Some(PartArea::around(point, area))
        })
    }

    fn near(&self, ground: Ground<'_>, km: Option<f64>) -> Option<(Option<LonLat>, MultiPolygon<f64>)> {
        let here = Here::of(self, ground)?;
        let width = match km {
            // The words give the distance from the middle of a town.
            Some(km) if matches!(ground, Ground::Disc(..)) => (1.25 * km - here.size_km).max(1.0),
            Some(km) => 1.25 * km,
            None => (0.3 * here.size_km).clamp(20.0, 100.0),
        };
        let area = here.plane.out(&around(&here.flat, width));
        let point = match ground {
            Ground::Disc(middle, ..) => Some(middle),
            _ => kernel_point(&here.outline),
        };
        let area = match ground {
            Ground::Country(_) => rewrapped(&area),
            // By a lake is on its shore.
            Ground::Lake(_) => self.kept_dry(area.difference(&*here.outline), None, here.band),
            _ => self.kept_dry(area, self.country_of(ground), here.band),
        };
        let point = point.filter(|_| !matches!(ground, Ground::Lake(_))).or_else(|| central_point(&area));
        Some((point, area))
    }

    /// Water, from the shore outwards.
    fn off(
        &self,
        ground: Ground<'_>,
        km: Option<f64>,
        side: Option<Compass>,
    ) -> Option<(Option<LonLat>, MultiPolygon<f64>)> {
        let here = Here::of(self, ground)?;
        let (inner, outer) = match km {
            Some(km) => (0.75 * km, (1.25 * km).max(0.75 * km + 3.0)),
            None => (0.0, (0.15 * here.size_km).clamp(20.0, 100.0)),
        };
        let mut strip = around(&here.flat, outer);
        if inner > 0.0 {
            strip = strip.difference(&around(&here.flat, inner));
        }
        let wet = self.kept_wet(&here.plane.out(&strip), here.band);
        // A coast is more than a lake or a corner at the mouth of a river.
        let enough = 0.02 * Area::unsigned_area(&here.plane.out(&strip));
        (Area::unsigned_area(&wet) > enough).then(|| (None, sided(rewrapped(&wet), side)))
    }

    fn coast_of(
        &self,
        ground: Ground<'_>,
        side: Option<Compass>,
    ) -> Option<(Option<LonLat>, MultiPolygon<f64>)> {
        let here = Here::of(self, ground)?;
        // Its larger parts one by one: the box around all of them may hold the coasts of half the world.
        let least = BENDS_OF_ALL * here.outline.0.iter().map(Area::unsigned_area).fold(0.0, f64::max);
        let parts = here.outline.0.iter().filter(|part| part.unsigned_area() >= least);
        let mut frames: Vec<Frame> = Vec::new();
        for [x0, y0, x1, y1] in parts.map(bounds) {
            let frame = Frame::new(x0, y0, x1, y1).grown(0.05);
            if !frames.iter().any(|other| other.covers(&frame)) {
                frames.push(frame);
            }
        }
        let coast = frames.iter().flat_map(|frame| lines_in(self.coast(here.band).iter(), frame));
        let coast = MultiLineString(coast.collect());
        let strip =
            around_lines(&here.plane.onto_lines(&coast), COAST_KM.min(here.size_km.max(3.0)), here.size_km);
        let area = here.plane.out(&strip).intersection(&*here.outline);
        (!area.0.is_empty()).then(|| (None, sided(rewrapped(&area), side)))
    }

    /// All that the ground would sweep over if it moved in the direction, without the ground.
    fn beyond(&self, ground: Ground<'_>, compass: Compass) -> Option<(Option<LonLat>, MultiPolygon<f64>)> {
        let here = Here::of(self, ground)?;
        let theta = compass.bearing()?.to_radians();
        let width = match ground {
            Ground::Disc(..) => (2.0 * here.size_km).clamp(20.0, 60.0),
            _ => (0.8 * here.size_km).clamp(30.0, 300.0),
        };
        let by = Coord { x: width * libm::sin(theta), y: width * libm::cos(theta) };
        let swept = swept(&here.flat, by, 0.02 * width).difference(&here.flat);
        let area = here.plane.out(&swept);
        let area = match ground {
            Ground::Country(_) => rewrapped(&area),
            _ => self.kept_dry(area, self.country_of(ground), here.band),
        };
        Some((None, area))
    }

    /// The surroundings of the point at a distance: from the middle of a town, from the edge of all else.
    fn at_distance(
        &self,
        ground: Ground<'_>,
        compass: Compass,
        km: f64,
    ) -> Option<(Option<LonLat>, MultiPolygon<f64>)> {
        let bearing = compass.bearing()?;
        let point = match ground {
            Ground::Disc(middle, ..) => geodesic::destination(middle, bearing, km),
            _ => {
                let here = Here::of(self, ground)?;
                let middle = LonLat::from(here.plane.degrees(Coord { x: 0.0, y: 0.0 }));
                let edge = here.edge(bearing);
                geodesic::destination(LonLat::new(wrap_lon(middle.lon), middle.lat), bearing, edge + km)
            }
        };
        let area = Plane::at(point).out(&disc(Coord { x: 0.0, y: 0.0 }, (0.25 * km).max(3.0)));
        let spot = geo::Point::new(point.lon, point.lat);
        let own = self.country_of(ground).filter(|code| {
            self.country_area(code, Band::Fine).is_some_and(|country| country.contains(&spot))
        });
        let area = if own.is_some() || self.land_around(&area, Band::Fine).contains(&spot) {
            self.kept_dry(area, own, Band::Fine)
        } else {
            rewrapped(&self.kept_wet(&area, Band::Fine))
        };
        Some((Some(point), area))
    }

    fn border(
        &self,
        grounds: &[Ground<'_>],
        side: Option<Compass>,
    ) -> Option<(Option<LonLat>, MultiPolygon<f64>)> {
        let first = *grounds.first()?;
        let second = grounds.get(1).copied();
        let here = Here::of(self, first)?;
        let lines: Vec<&LineString<f64>> = match (first, second) {
            (Ground::Country(a), b) => {
                let b = match b {
                    Some(Ground::Country(b)) => Some(b),
                    None => None,
                    Some(_) => return self.meeting(first, b?),
                };
                let borders = self.borders(here.band).iter();
                let is_side = |sides: &[String; 2], code: &str| sides.iter().any(|s| s == code);
                let between = |sides: &[String; 2]| {
                    sides[0] != sides[1] && is_side(sides, a) && b.is_none_or(|b| is_side(sides, b))
                };
                borders.filter(|border| between(&border.sides)).map(|border| &border.line).collect()
            }
            (_, Some(second)) => return self.meeting(first, second),
            (_, None) => return None,
        };
        if lines.is_empty() {
            return None;
        }
        let frame = frame_of(&here.outline)?.grown(1.0);
        let lines = lines_in(lines.into_iter(), &frame);
        let middle = middle_of_longest(&lines);
        let strip = here.plane.out(&around_lines(&here.plane.onto_lines(&lines), BORDER_KM, here.size_km));
        let area = match second.and_then(|ground| self.outline(ground)) {
            Some(other) => {
                let frame = frame_of(&strip)?;
                let [a, b] = [&*here.outline, &*other].map(|o| clipped(o, &frame).intersection(&strip));
                a.union(&b)
            }
            None => strip.intersection(&self.land_around(&strip, here.band)),
        };
        let point = middle.filter(|_| side.is_none());
        let point = point.map(|p| LonLat::new(wrap_lon(p.x), p.y));
        Some((point, sided(rewrapped(&area), side)))
    }

    /// Where two grounds meet: what lies near both.
    fn meeting(&self, a: Ground<'_>, b: Ground<'_>) -> Option<(Option<LonLat>, MultiPolygon<f64>)> {
        // The smaller one is measured on its own flat map, which the larger one may be far too wide for.
        let [a, b] = [Here::of(self, a)?, Here::of(self, b)?];
        let (small, large) = if a.size_km <= b.size_km { (a, b) } else { (b, a) };
        let near = small.plane.out(&around(&small.flat, BORDER_KM));
        let frame = frame_of(&near)?.grown(0.5);
        let other = small.plane.onto(&clipped(&large.outline, &frame));
        let other = small.plane.out(&around(&other, BORDER_KM));
        let area = near.intersection(&other);
        let own = clipped(&large.outline, &frame).union(&*small.outline);
        Some((None, rewrapped(&area.intersection(&own))))
    }

    fn country_of<'a>(&'a self, ground: Ground<'a>) -> Option<&'a str> {
        match ground {
            Ground::Country(code) => Some(code),
            Ground::Unit(id) => Some(self.unit(id)?.country.as_str()),
            Ground::Box(_, country) | Ground::Disc(_, _, country) => country,
            Ground::Units(_) | Ground::Ring(_) | Ground::Islands(_) | Ground::Lake(_) => None,
        }
    }

    /// Of an area what is land, of one country where one is given; where hardly anything is, what is water.
    fn kept_dry(&self, area: MultiPolygon<f64>, country: Option<&str>, band: Band) -> MultiPolygon<f64> {
        let Some(frame) = frame_of(&area) else { return area };
        let own = country.and_then(|code| self.country_area(code, band));
        let dry = match own {
            Some(own) => area.intersection(&clipped(own, &frame)),
            None => area.intersection(&self.land_around(&area, band)),
        };
        if Area::unsigned_area(&dry) >= DRY * Area::unsigned_area(&area) {
            return rewrapped(&dry);
        }
        let wet = self.kept_wet(&area, band);
        rewrapped(if wet.0.is_empty() { &area } else { &wet })
    }

    /// Of an area what is water: the sea, and lakes.
    fn kept_wet(&self, area: &MultiPolygon<f64>, band: Band) -> MultiPolygon<f64> {
        let Some(frame) = frame_of(area) else { return area.clone() };
        let mut wet = area.difference(&self.land_around(area, band));
        for lake in self.lakes(band).iter().filter(|lake| lake.area_km2 > 500.0) {
            // Lakes lie on the land: what of them lies in the area overlaps nothing that is kept.
            let lake = clipped(&lake.area, &frame);
            if !lake.0.is_empty() {
                wet.0.extend(area.intersection(&lake).0);
            }
        }
        wet
    }

    /// The land in the box around an area, which may run past 180 degrees.
    fn land_around(&self, area: &MultiPolygon<f64>, band: Band) -> MultiPolygon<f64> {
        frame_of(area).map_or(MultiPolygon(Vec::new()), |frame| clipped(self.land(band), &frame))
    }
}

/// A ground on a flat map around it.
struct Here<'w> {
    outline: Outline<'w>,
    plane: Plane,
    flat: MultiPolygon<f64>,
    /// Half the diagonal of its main part, in kilometres.
    size_km: f64,
    band: Band,
}

impl<'w> Here<'w> {
    fn of(world: &'w World, ground: Ground<'_>) -> Option<Here<'w>> {
        let mut outline = world.outline(ground)?;
        let mut size_km = half_diagonal(&outline)?;
        let band = if size_km < 300.0 { Band::Fine } else { Band::Coarse };
        // Small countries are but a few corners in the coarse band.
        if let (Ground::Country(code), Band::Fine) = (ground, band) {
            outline = Cow::Borrowed(world.country_area(code, Band::Fine)?);
            size_km = half_diagonal(&outline)?;
        }
        if let Ground::Disc(_, km, _) = ground {
            size_km = km;
        }
        let whole = unwrapped(&outline);
        let frame = frame_of(&main_part(&whole))?;
        let middle = LonLat::new((frame.x0 + frame.x1) / 2.0, (frame.y0 + frame.y1) / 2.0);
        let plane = Plane::at(middle);
        Some(Here { flat: plane.onto(&whole), outline: Cow::Owned(whole), plane, size_km, band })
    }

    /// How far from the middle of the plane the ground goes along a bearing, in kilometres.
    fn edge(&self, bearing: f64) -> f64 {
        let theta = bearing.to_radians();
        let step = (self.size_km / 200.0).max(0.5);
        let spot = |km: f64| geo::Point::new(km * libm::sin(theta), km * libm::cos(theta));
        let mut steps = (0..=500).rev().map(|n| f64::from(n) * step);
        steps.find(|km| self.flat.contains(&spot(*km))).unwrap_or(0.0)
    }
}

/// A flat map in kilometres around a position: true in the middle, and along its parallel.
struct Plane {
    middle: LonLat,
    squeeze: f64,
}

impl Plane {
    fn at(middle: LonLat) -> Self {
        Plane { middle, squeeze: libm::cos(middle.lat.to_radians()).max(0.05) }
    }

    fn kilometres(&self, c: Coord<f64>) -> Coord<f64> {
        let x = (c.x - self.middle.lon) * DEGREE_KM * self.squeeze;
        Coord { x, y: (c.y - self.middle.lat) * DEGREE_KM }
    }

    fn degrees(&self, c: Coord<f64>) -> Coord<f64> {
        let y = (self.middle.lat + c.y / DEGREE_KM).clamp(-90.0, 90.0);
        Coord { x: self.middle.lon + c.x / DEGREE_KM / self.squeeze, y }
    }

    fn onto(&self, area: &MultiPolygon<f64>) -> MultiPolygon<f64> {
        area.map_coords(|c| self.kilometres(c))
    }

    fn onto_lines(&self, lines: &MultiLineString<f64>) -> MultiLineString<f64> {
        lines.map_coords(|c| self.kilometres(c))
    }

    /// Back to degrees, longitudes running on past 180 and never below -180.
    fn out(&self, area: &MultiPolygon<f64>) -> MultiPolygon<f64> {
        let mut out = area.map_coords(|c| self.degrees(c));
        if frame_of(&out).is_some_and(|frame| frame.x0 < -180.0) {
            out = out.map_coords(|c| Coord { x: c.x + 360.0, y: c.y });
        }
        out
    }
}

fn half_diagonal(outline: &MultiPolygon<f64>) -> Option<f64> {
    let frame = frame_of(&main_part(&unwrapped(outline)))?;
    let squeeze = libm::cos(((frame.y0 + frame.y1) / 2.0).to_radians());
    Some(libm::hypot(frame.width() * squeeze, frame.height()) * DEGREE_KM / 2.0)
}

fn disc(middle: Coord<f64>, radius: f64) -> MultiPolygon<f64> {
    let at = |step: usize| {
        let theta = step as f64 / 48.0 * std::f64::consts::TAU;
        Coord { x: middle.x + radius * libm::cos(theta), y: middle.y + radius * libm::sin(theta) }
    };
    MultiPolygon(vec![Polygon::new(LineString((0..=48).map(at).collect()), Vec::new())])
}

/// Bends smaller than this share of a width change nothing of what lies around that anybody could see.
const BENDS: f64 = 0.1;
/// Nor do those smaller than this share of the size of the whole.
const BENDS_OF_ALL: f64 = 0.002;

/// What lies within so many kilometres of an area, and the area.
fn around(area: &MultiPolygon<f64>, km: f64) -> MultiPolygon<f64> {
    let plain = |polygon: &Polygon<f64>| {
        let ring = simplify::ring(&polygon.exterior().0, BENDS * km);
        // What is too small to be simplified has few corners.
        if ring.len() < 4 { polygon.clone() } else { Polygon::new(LineString(ring), Vec::new()) }
    };
    MultiPolygon(area.0.iter().map(plain).collect()).buffer_with_style(style(km))
}

/// What lies within so many kilometres of lines around a ground of this size.
fn around_lines(lines: &MultiLineString<f64>, km: f64, size_km: f64) -> MultiPolygon<f64> {
    let tolerance = (BENDS * km).max(BENDS_OF_ALL * size_km);
    let plain = lines.0.iter().map(|line| LineString(simplify::line(&line.0, tolerance)));
    // An islet's coast shrinks to one point and back.
    let is_islet = |line: &LineString<f64>| line.0.len() < 3 && line.is_closed();
    let (islets, lines): (Vec<_>, Vec<_>) = plain.partition(is_islet);
    MultiLineString(if lines.is_empty() { islets } else { lines }).buffer_with_style(style(km))
}

/// Corners of few pieces: the edge of a vague area is not drawn.
fn style(km: f64) -> BufferStyle<f64> {
    const CORNER: f64 = 0.5;
    BufferStyle::new(km).line_join(LineJoin::Round(CORNER)).line_cap(LineCap::Round(CORNER))
}

/// What an area sweeps over when it moves so far.
fn swept(area: &MultiPolygon<f64>, by: Coord<f64>, tolerance: f64) -> MultiPolygon<f64> {
    let mut pieces: Vec<Polygon<f64>> = Vec::new();
    let moved = |c: Coord<f64>| Coord { x: c.x + by.x, y: c.y + by.y };
    for polygon in &area.0 {
        let ring = LineString(simplify::ring(&polygon.exterior().0, tolerance));
        let ring = Polygon::new(ring, Vec::new()).orient(Direction::Default);
        for edge in ring.exterior().lines() {
            let corners = vec![edge.start, edge.end, moved(edge.end), moved(edge.start)];
            // The union wants all rings to turn the same way.
            pieces.push(Polygon::new(LineString(corners), Vec::new()).orient(Direction::Default));
        }
        pieces.push(ring.map_coords(moved));
        pieces.push(ring);
    }
    unary_union(&pieces)
}

/// The part of an area on one side of it, where a side is given.
fn sided(area: MultiPolygon<f64>, side: Option<Compass>) -> MultiPolygon<f64> {
    side.map_or_else(|| area.clone(), |side| compass_part_beyond(&area, side, SIDE_BEGINS_AT))
}

/// Of the spots that lie inside with some room around them, the nearest to the middle of the box; none for an area
/// too thin to have such.
fn central_point(area: &MultiPolygon<f64>) -> Option<LonLat> {
    const STEPS: usize = 40;
    let area = unwrapped(area);
    let frame = frame_of(&area)?;
    let (dx, dy) = (frame.width() / STEPS as f64, frame.height() / STEPS as f64);
    let squeeze = libm::cos(((frame.y0 + frame.y1) / 2.0).to_radians());
    let (x0, y0) = ((frame.x0 + frame.x1) / 2.0, (frame.y0 + frame.y1) / 2.0);
    let mut spots: Vec<(f64, Coord<f64>)> = (0..STEPS * STEPS)
        .map(|n| Coord {
            x: frame.x0 + ((n % STEPS) as f64 + 0.5) * dx,
            y: frame.y0 + ((n / STEPS) as f64 + 0.5) * dy,
        })
        .map(|c| (libm::hypot((c.x - x0) * squeeze, c.y - y0), c))
        .collect();
    spots.sort_by(|a, b| a.0.total_cmp(&b.0));
    let holds = |x: f64, y: f64| area.contains(&geo::Point::new(x, y));
    let room = |c: &Coord<f64>, share: f64| {
        let (dx, dy) = (share * dx, share * dy);
        holds(c.x, c.y)
            && holds(c.x - dx, c.y)
            && holds(c.x + dx, c.y)
            && holds(c.x, c.y - dy)
            && holds(c.x, c.y + dy)
    };
    let found =
        spots.iter().find(|(_, c)| room(c, 0.6)).or_else(|| spots.iter().find(|(_, c)| room(c, 0.1)))?.1;
    Some(LonLat::new(wrap_lon(found.x), found.y))
}

fn filled<'a>(area: MultiPolygon<f64>) -> Option<Outline<'a>> {
    (!area.0.is_empty()).then_some(Cow::Owned(area))
}

/// The box around an area.
fn frame_of(area: &MultiPolygon<f64>) -> Option<Frame> {
    let all = area.0.iter().map(bounds);
    let [x0, y0, x1, y1] =
        all.reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])])?;
    Some(Frame::new(x0, y0, x1, y1))
}

fn framed(frame: &Frame) -> MultiPolygon<f64> {
    let corner = |x, y| Coord { x, y };
    let ring = vec![
        corner(frame.x0, frame.y0),
        corner(frame.x1, frame.y0),
        corner(frame.x1, frame.y1),
        corner(frame.x0, frame.y1),
    ];
    MultiPolygon(vec![Polygon::new(LineString(ring), Vec::new())])
}

/// What of an area lies in a frame, which may run past 180 degrees, with a margin: enough of it to cut with.
fn clipped(area: &MultiPolygon<f64>, frame: &Frame) -> MultiPolygon<f64> {
    let frame = frame.grown(0.01);
    let mut parts = Vec::new();
    for polygon in &area.0 {
        let [west, south, east, north] = bounds(polygon);
        for turn in [-360.0, 0.0, 360.0] {
            if !frame.meets(&Frame::new(west + turn, south, east + turn, north)) {
                continue;
            }
            let ring = |ring: &LineString<f64>| {
                let moved: Vec<_> = ring.0.iter().map(|c| Coord { x: c.x + turn, y: c.y }).collect();
                LineString(clip::ring(&moved, &frame))
            };
            let outer = ring(polygon.exterior());
            if outer.0.len() > 2 {
                let holes = polygon.interiors().iter().map(ring).filter(|hole| hole.0.len() > 2);
                parts.push(Polygon::new(outer, holes.collect()));
            }
        }
    }
    MultiPolygon(parts)
}

/// What of some lines lies in a frame, which may run past 180 degrees.
fn lines_in<'l>(lines: impl Iterator<Item = &'l LineString<f64>>, frame: &Frame) -> MultiLineString<f64> {
    let mut parts = Vec::new();
    for line in lines {
        let Some(bounds) = line.bounding_rect() else { continue };
        for turn in [-360.0, 0.0, 360.0] {
            let (west, east) = (bounds.min().x + turn, bounds.max().x + turn);
            if !frame.meets(&Frame::new(west, bounds.min().y, east, bounds.max().y)) {
                continue;
            }
            let moved: Vec<_> = line.0.iter().map(|c| Coord { x: c.x + turn, y: c.y }).collect();
            parts.extend(clip::line(&moved, frame).into_iter().map(LineString));
        }
    }
    MultiLineString(parts)
}

/// The middle of the longest of some lines; pieces that follow each other count as one.
fn middle_of_longest(lines: &MultiLineString<f64>) -> Option<Coord<f64>> {
    let km = |a: &Coord<f64>, b: &Coord<f64>| geodesic::distance_km((*a).into(), (*b).into());
    let length = |line: &LineString<f64>| line.0.windows(2).map(|w| km(&w[0], &w[1])).sum::<f64>();
    let longest = lines.0.iter().max_by(|a, b| length(a).total_cmp(&length(b)))?;
    let half = length(longest) / 2.0;
    let mut gone = 0.0;
    for pair in longest.0.windows(2) {
        let step = km(&pair[0], &pair[1]);
        if gone + step >= half && step > 0.0 {
            let t = (half - gone) / step;
            let between = |a: f64, b: f64| a + t * (b - a);
            return Some(Coord { x: between(pair[0].x, pair[1].x), y: between(pair[0].y, pair[1].y) });
        }
        gone += step;
    }
    longest.0.first().copied()
}

/// A ring with each step the short way round.
fn antimeridian_free(ring: &[LonLat]) -> Vec<Coord<f64>> {
    let ring: Vec<Coord<f64>> = ring.iter().map(|p| (*p).into()).collect();
    crate::geometry::antimeridian::unwrap(&ring, ring.first().map_or(0.0, |c| c.x))
}
