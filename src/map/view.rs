//! A view: a projection fitted into a rectangle of the page.

use super::scene::Point;
use crate::geometry::clip::Frame;
use crate::geometry::projection::{EARTH_RADIUS_KM, Projection};
use crate::geometry::{Bbox, LonLat, geodesic};
use geo::Coord;

/// A projection fitted into a rectangle of the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct View {
    /// How the Earth is flattened.
    pub projection: Projection,
    /// Pixels for a radius of the sphere.
    pub scale: f64,
    /// Where the projection's origin lies on the page.
    pub origin: Coord<f64>,
    /// The map's rectangle on the page.
    pub frame: Frame,
}

impl View {
    /// A view that shows the positions inside `inner` and fills `frame`.
    pub fn fit(
        projection: Projection,
        positions: &[LonLat],
        frame: Frame,
        inner: Frame,
        least_km: f64,
    ) -> Self {
        let (mut x0, mut y0, mut x1, mut y1) = (f64::MAX, f64::MAX, f64::MIN, f64::MIN);
        for p in positions {
            let lon = crate::geometry::antimeridian::nearest_lon(p.lon, projection.central_meridian());
            let (x, y) = projection.forward(lon, p.lat);
            (x0, y0, x1, y1) = (x0.min(x), y0.min(y), x1.max(x), y1.max(y));
        }
        if x0 > x1 {
            (x0, y0, x1, y1) = (0.0, 0.0, 0.0, 0.0);
        }
        let least = least_km / EARTH_RADIUS_KM;
        let (dx, dy) = ((x1 - x0).max(least), (y1 - y0).max(least * inner.height() / inner.width().max(1.0)));
        let scale = (inner.width() / dx).min(inner.height() / dy);
        let (cx, cy) = ((x0 + x1) / 2.0, (y0 + y1) / 2.0);
        let (px, py) = ((inner.x0 + inner.x1) / 2.0, (inner.y0 + inner.y1) / 2.0);
        let view =
            View { projection, scale, origin: Coord { x: px - cx * scale, y: py + cy * scale }, frame };
        view.without_blank((inner.height() - dy * scale) / 2.0)
    }

    /// The view moved up or down, at most so far, to where the frame shows least of what lies beyond the poles.
    fn without_blank(mut self, slack: f64) -> Self {
        let [above, below] = self.blank();
        let up = match (above > 0.0, below > 0.0) {
            _ if above + below > 0.0 => (above - below) / 2.0,
            (true, _) => above,
            (_, true) => -below,
            _ => 0.0,
        };
        self.origin.y -= up.clamp(-slack.max(0.0), slack.max(0.0));
        self
    }

    /// How much of the frame lies beyond the north pole and beyond the south pole where these are lines, px: less than
    /// nothing where the frame ends before.
    pub fn blank(&self) -> [f64; 2] {
        if !matches!(self.projection, Projection::EqualEarth { .. }) {
            return [0.0, 0.0];
        }
        let pole = |lat| self.project(self.projection.central_meridian(), lat).y;
        [pole(90.0) - self.frame.y0, self.frame.y1 - pole(-90.0)]
    }

    /// The edge of the world as a ring on the page, of projections that have one.
    pub fn rim(&self) -> Option<Vec<Coord<f64>>> {
        const STEPS: i32 = 90;
        let share = |i: i32| f64::from(i) / f64::from(STEPS);
        let circle = |radius: f64| {
            let turn = |i: i32| std::f64::consts::TAU * share(i);
            let at = |i: i32| Coord {
                x: self.origin.x + radius * self.scale * libm::cos(turn(i)),
                y: self.origin.y + radius * self.scale * libm::sin(turn(i)),
            };
            (0..STEPS).map(at).collect()
        };
        match self.projection {
            Projection::EqualEarth { lambda0 } | Projection::Cylinder { lambda0, .. } => {
                // Just short of half a turn: the two sides are one meridian, which is told as either.
                let east = |i: i32| self.project(lambda0 + 179.999, 180.0 * share(i) - 90.0);
                let west = |i: i32| Coord { x: 2.0 * self.origin.x - east(i).x, y: east(i).y };
                Some((0..=STEPS).map(east).chain((0..=STEPS).rev().map(west)).collect())
            }
            Projection::Lambert { .. } => Some(circle(2.0)),
            Projection::Orthographic { .. } => Some(circle(1.0)),
            Projection::Mercator { .. }
            | Projection::Albers { .. }
            | Projection::TransverseMercator { .. } => None,
        }
    }

    /// Where a position lies on the page. Longitudes are taken as they are.
    pub fn project(&self, lon: f64, lat: f64) -> Coord<f64> {
        let (x, y) = self.projection.forward(lon, lat);
        Coord { x: self.origin.x + x * self.scale, y: self.origin.y - y * self.scale }
    }

    /// Where a position lies on the page, on the near side of the antimeridian.
    pub fn place(&self, p: LonLat) -> Coord<f64> {
        let lon = crate::geometry::antimeridian::nearest_lon(p.lon, self.projection.central_meridian());
        self.project(lon, p.lat)
    }

    /// The position at a point of the page.
    pub fn position(&self, at: Coord<f64>) -> Option<LonLat> {
        self.projection.inverse((at.x - self.origin.x) / self.scale, (self.origin.y - at.y) / self.scale)
    }

    /// Kilometres for a px at a point of the page, along the x axis.
    pub fn km_per_px(&self, at: Coord<f64>) -> f64 {
        let half = 4.0;
        let a = self.position(Coord { x: at.x - half, ..at });
        let b = self.position(Coord { x: at.x + half, ..at });
        match (a, b) {
            (Some(a), Some(b)) => geodesic::distance_km(a, b) / (2.0 * half),
            _ => EARTH_RADIUS_KM / self.scale,
        }
    }

    /// The middle of the frame.
    pub fn middle(&self) -> Coord<f64> {
        Coord { x: (self.frame.x0 + self.frame.x1) / 2.0, y: (self.frame.y0 + self.frame.y1) / 2.0 }
    }

    /// A box in degrees around all that the frame shows, west and east relative to the central meridian and
    /// not wrapped; the whole turn when a pole is in the frame.
    pub fn reach(&self) -> Bbox {
        let centre = self.projection.central_meridian();
        let (mut west, mut east, mut south, mut north) = (f64::MAX, f64::MIN, f64::MAX, f64::MIN);
        let mut missing = false;
        const STEPS: i32 = 16;
        // of a cylinder, two sides of the frame tell all: columns are meridians and rows are parallels
        let cylinder = matches!(self.projection, Projection::Mercator { .. } | Projection::Cylinder { .. });
        for i in 0..=STEPS {
            for k in 0..=if cylinder && i > 0 { 0 } else { STEPS } {
                let at = Coord {
                    x: self.frame.x0 + self.frame.width() * f64::from(i) / f64::from(STEPS),
                    y: self.frame.y0 + self.frame.height() * f64::from(k) / f64::from(STEPS),
                };
                match self.position(at) {
                    Some(p) => {
                        let lon = crate::geometry::antimeridian::nearest_lon(p.lon, centre);
                        (west, east) = (west.min(lon), east.max(lon));
                        (south, north) = (south.min(p.lat), north.max(p.lat));
                    }
                    None => missing = true,
                }
            }
        }
        let inside = |lat: f64| {
            let c = self.project(centre, lat);
            self.frame.contains(c.x, c.y)
        };
        let (pole_n, pole_s) = (inside(90.0), inside(-90.0));
        if pole_n {
            north = 90.0;
        }
        if pole_s {
            south = -90.0;
        }
        if missing || pole_n || pole_s || east - west > 300.0 || west > east {
            (west, east) = (centre - 180.0, centre + 180.0);
        }
        if missing {
            (south, north) = (south.min(-90.0), north.max(90.0));
        }
        let (dx, dy) = ((east - west) * 0.04, (north - south) * 0.04);
        Bbox { west: west - dx, south: south - dy, east: east + dx, north: north + dy }
    }
}

/// The projection that suits an extent (after Snyder and the Projection Wizard).
pub fn automatic(positions: &[LonLat], frame: Frame) -> Projection {
    let Some(bbox) = Bbox::around(positions.iter().copied()) else { return Projection::equal_earth(0.0) };
    let mean = spherical_mean(positions).unwrap_or(bbox.centre());
    let radius = positions.iter().map(|p| geodesic::distance_km(mean, *p) / 111.195).fold(0.0, f64::max);
    let (centre, width) = (bbox.centre(), bbox.width_deg());
    let phi = centre.lat;
    let cos = libm::cos(phi.to_radians());
    let height = (bbox.north - bbox.south).max(width * cos * frame.height() / frame.width());
    if radius > 72.0 {
        // A frame that is taller than the world is wide has blank bands above and below it: half a globe fills it.
        let is_tall = frame.height() > 0.88 * frame.width() && radius < 100.0;
        return if is_tall {
            Projection::lambert(mean.lon, mean.lat)
        } else {
            Projection::equal_earth(centre.lon)
        };
    }
    if bbox.north > 80.0 || bbox.south < -80.0 || mean.lat.abs() > 72.0 || width > 150.0 {
        // around a pole, or over one: the box in degrees says nothing there
        let pole = mean.lat.abs() > 72.0;
        return Projection::lambert(mean.lon, if pole { 90.0f64.copysign(mean.lat) } else { mean.lat });
    }
    if width < 6.0 && height < 6.0 {
        return Projection::transverse_mercator(centre.lon, phi);
    }
    if phi.abs() <= 15.0 && width > 1.5 * height {
        return Projection::cylinder(centre.lon, phi);
    }
    if width * cos > 1.3 * height && phi.abs() > 20.0 && phi.abs() < 70.0 {
        let (south, north) = (phi - height / 2.0, phi + height / 2.0);
        return Projection::albers(centre.lon, phi, south + height / 6.0, north - height / 6.0);
    }
    Projection::lambert(centre.lon, phi)
}

/// The positions without those that lie so far from most that a frame for all would show these too small: three
/// quarters at least are kept.
pub fn gathered(positions: &[LonLat]) -> Vec<LonLat> {
    /// How many times as far as the kept three quarters something may lie from their middle.
    const FAR: f64 = 4.0;
    const LEAST_KM: f64 = 150.0;
    let sum = |p: &&LonLat| positions.iter().map(|q| geodesic::distance_km(**p, *q)).sum::<f64>();
    let Some(&middle) = positions.iter().min_by(|a, b| sum(a).total_cmp(&sum(b))) else { return Vec::new() };
    let far = |p: &LonLat| geodesic::distance_km(middle, *p);
    let mut sorted: Vec<f64> = positions.iter().map(far).collect();
    sorted.sort_by(f64::total_cmp);
    let most = FAR * sorted[(3 * positions.len()).div_ceil(4) - 1].max(LEAST_KM);
    positions.iter().filter(|p| far(p) <= most).copied().collect()
}

fn spherical_mean(positions: &[LonLat]) -> Option<LonLat> {
    let mut sum = [0.0f64; 3];
    for p in positions {
        let (l, f) = (p.lon.to_radians(), p.lat.to_radians());
        sum[0] += libm::cos(f) * libm::cos(l);
        sum[1] += libm::cos(f) * libm::sin(l);
        sum[2] += libm::sin(f);
    }
    let length = libm::sqrt(sum.iter().map(|s| s * s).sum());
    if length < 1e-6 {
        return None;
    }
    Some(LonLat::new(libm::atan2(sum[1], sum[0]).to_degrees(), libm::asin(sum[2] / length).to_degrees()))
}

/// A projection from its name or a PROJ string; none if it is neither.
pub fn named(text: &str, positions: &[LonLat]) -> Option<Projection> {
    let centre = Bbox::around(positions.iter().copied()).map_or(LonLat::new(0.0, 0.0), Bbox::centre);
    let text = text.trim();
    let mut name = text.to_ascii_lowercase();
    let mut numbers: std::collections::BTreeMap<String, f64> = std::collections::BTreeMap::new();
    if text.starts_with('+') {
        for part in text.split_whitespace() {
            let (key, value) = part.trim_start_matches('+').split_once('=')?;
            if key == "proj" {
                name = value.to_ascii_lowercase();
            } else if let Ok(value) = value.parse::<f64>() {
                numbers.insert(key.to_owned(), value);
            }
        }
    }
    let get = |key: &str, otherwise: f64| numbers.get(key).copied().unwrap_or(otherwise);
    let (lon, lat) = (get("lon_0", centre.lon), get("lat_0", centre.lat));
    if !(-360.0..=360.0).contains(&lon) || !(-90.0..=90.0).contains(&lat) {
        return None;
    }
    Some(match name.as_str() {
        "merc" | "webmerc" | "mercator" => Projection::mercator(lon),
        "aea" | "albers" => {
            let away = if lat.abs() < 5.0 { 5.0 } else { lat };
            Projection::albers(lon, away, get("lat_1", away - 8.0), get("lat_2", away + 8.0))
        }
        "laea" | "lambert" => Projection::lambert(lon, lat),
        "cea" | "cylinder" => Projection::cylinder(lon, get("lat_ts", lat.abs())),
        "eqearth" | "equalearth" | "equal-earth" => Projection::equal_earth(lon),
        "tmerc" | "transverse-mercator" => Projection::transverse_mercator(lon, lat),
        "ortho" | "orthographic" => Projection::orthographic(lon, lat),
        _ => return None,
    })
}

/// A point of the plane as a point of the page.
pub fn point(c: Coord<f64>) -> Point {
    [c.x as f32, c.y as f32]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(positions: &[(f64, f64)]) -> &'static str {
        let positions: Vec<_> = positions.iter().map(|(x, y)| LonLat::new(*x, *y)).collect();
        automatic(&positions, Frame::new(0.0, 0.0, 860.0, 510.0)).name()
    }

    #[test]
    fn the_projection_suits_the_extent() {
        assert_eq!(name(&[(36.0, 51.7), (132.0, 43.0), (127.0, 39.0)]), "Albers equal-area conic");
        assert_eq!(name(&[(2.3, 48.8), (4.8, 45.7)]), "transverse Mercator");
        assert_eq!(name(&[(-75.0, 4.0), (-47.0, 5.0), (-60.0, 1.0)]), "cylindrical equal-area");
        assert_eq!(name(&[(15.0, 78.0), (-150.0, 71.0), (60.0, 80.5)]), "Lambert azimuthal equal-area");
        assert_eq!(name(&[(-74.0, 40.0), (18.0, -34.0), (151.0, -33.0)]), "Equal Earth");
        assert_eq!(name(&[(31.0, 30.0), (32.0, -25.0)]), "Lambert azimuthal equal-area");
    }

    #[test]
    fn every_position_lies_inside_the_inner_frame() {
        let positions = [LonLat::new(170.0, -15.0), LonLat::new(-150.0, 20.0), LonLat::new(-170.0, 60.0)];
        let (frame, inner) = (Frame::new(0.0, 0.0, 600.0, 400.0), Frame::new(40.0, 40.0, 560.0, 360.0));
        let view = View::fit(automatic(&positions, frame), &positions, frame, inner, 100.0);
        for p in positions {
            let at = view.place(p);
            assert!(inner.grown(0.01).contains(at.x, at.y), "{p:?} at {at:?}");
        }
    }

    #[test]
    fn what_lies_far_from_all_others_makes_no_frame() {
        let near = [(-76.6, 2.4), (-76.3, 3.2), (-76.4, 3.1), (-76.7, 3.0)].map(|(x, y)| LonLat::new(x, y));
        let oslo = LonLat::new(10.7, 59.9);
        assert_eq!(gathered(&[&near[..], &[oslo]].concat()), near);
        assert_eq!(gathered(&[near[0], oslo]), [near[0], oslo], "of two neither is the rest");
        assert_eq!(gathered(&near), near);
    }

    #[test]
    fn a_frame_shows_as_little_as_can_be_beyond_the_poles() {
        let frame = Frame::new(0.0, 0.0, 700.0, 610.0);
        let positions = [LonLat::new(-75.0, 40.0), LonLat::new(150.0, 35.0), LonLat::new(20.0, 55.0)];
        let earth = Projection::equal_earth(-93.0);
        let view = View::fit(earth, &positions, frame, frame.grown(-60.0), 100.0);
        let rim = view.rim().unwrap();
        let around = |c: &Coord<f64>| (c.x - view.origin.x).abs() / view.scale > 1.3;
        assert!(rim.iter().all(around), "a side lies in the middle: {rim:?}");
        let (top, bottom) = rim.iter().fold((f64::MAX, f64::MIN), |(a, b), c| (a.min(c.y), b.max(c.y)));
        assert!(top < 1.0 || (top - (610.0 - bottom)).abs() < 1.0, "{top} {bottom}");
        let tall = Frame::new(0.0, 0.0, 700.0, 900.0);
        let positions = [LonLat::new(10.0, 53.5), LonLat::new(150.0, -10.0)];
        assert_eq!(automatic(&positions, tall).name(), "Lambert azimuthal equal-area");
    }

    #[test]
    fn proj_strings_are_read() {
        let p = named("+proj=laea +lon_0=10 +lat_0=52", &[]).unwrap();
        assert_eq!(p, Projection::lambert(10.0, 52.0));
        assert_eq!(named("cartogram", &[]), None);
    }
}
