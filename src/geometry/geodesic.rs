//! Great circles on the mean sphere: distance, bearing, points between. The sphere is within 0.6 % of the ellipsoid.

use super::LonLat;
use super::projection::EARTH_RADIUS_KM;
use libm::{asin, atan2, cos, sin, sincos, sqrt};

/// A position as a point of the unit sphere: towards 0° 0°, 90° E 0°, and the north pole.
pub fn direction(p: LonLat) -> [f64; 3] {
    let ((sin_lon, cos_lon), (sin_lat, cos_lat)) = (sincos(p.lon.to_radians()), sincos(p.lat.to_radians()));
    [cos_lat * cos_lon, cos_lat * sin_lon, sin_lat]
}

/// Great-circle distance in kilometres (haversine).
pub fn distance_km(a: LonLat, b: LonLat) -> f64 {
    let half = |degrees: f64| sin(degrees.to_radians() / 2.0).powi(2);
    let h = half(b.lat - a.lat) + cos(a.lat.to_radians()) * cos(b.lat.to_radians()) * half(b.lon - a.lon);
    2.0 * EARTH_RADIUS_KM * asin(sqrt(h.clamp(0.0, 1.0)))
}

/// Bearing at `a` towards `b`, in degrees clockwise from north, 0..360.
pub fn bearing(a: LonLat, b: LonLat) -> f64 {
    let (phi1, phi2) = (a.lat.to_radians(), b.lat.to_radians());
    let lambda = (b.lon - a.lon).to_radians();
    let y = sin(lambda) * cos(phi2);
    let x = cos(phi1) * sin(phi2) - sin(phi1) * cos(phi2) * cos(lambda);
    (atan2(y, x).to_degrees() + 360.0) % 360.0
}

/// The position reached from `start` on a bearing after a distance.
pub fn destination(start: LonLat, bearing_deg: f64, km: f64) -> LonLat {
    let (phi1, delta, theta) = (start.lat.to_radians(), km / EARTH_RADIUS_KM, bearing_deg.to_radians());
    let phi2 = asin((sin(phi1) * cos(delta) + cos(phi1) * sin(delta) * cos(theta)).clamp(-1.0, 1.0));
    let lambda = atan2(sin(theta) * sin(delta) * cos(phi1), cos(delta) - sin(phi1) * sin(phi2));
    LonLat::new(super::projection::wrap_lon(start.lon + lambda.to_degrees()), phi2.to_degrees())
}

/// A position with its direction from the middle of the Earth: what is asked often is reckoned once.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spot {
    /// The position.
    pub position: LonLat,
    /// Its direction, as [`direction`] gives it.
    pub direction: [f64; 3],
}

impl From<LonLat> for Spot {
    fn from(position: LonLat) -> Self {
        Spot { position, direction: direction(position) }
    }
}

impl Spot {
    /// Great-circle distance in kilometres.
    pub fn km(&self, other: &Spot) -> f64 {
        let (u, v) = (self.direction, other.direction);
        let square: f64 = (0..3).map(|k| (u[k] - v[k]) * (u[k] - v[k])).sum();
        2.0 * EARTH_RADIUS_KM * asin((sqrt(square) / 2.0).min(1.0))
    }

    /// The cosine of the angle by which a way from `before` to `after` turns here: 1 straight on, −1 back.
    pub fn turn(&self, before: &Spot, after: &Spot) -> f64 {
        let here = self.direction;
        let ahead = |there: &[f64; 3]| {
            let along = dot(&here, there);
            [0, 1, 2].map(|k| there[k] - along * here[k])
        };
        let (back, on) = (ahead(&before.direction), ahead(&after.direction));
        let size = sqrt(dot(&back, &back) * dot(&on, &on));
        if size == 0.0 { 1.0 } else { -dot(&back, &on) / size }
    }
}

fn dot(u: &[f64; 3], v: &[f64; 3]) -> f64 {
    u[0] * v[0] + u[1] * v[1] + u[2] * v[2]
}

/// The great circle between two positions, ready to be asked for many places on it.
#[derive(Debug, Clone, Copy)]
pub struct Arc {
    /// Where it begins.
    pub start: Spot,
    /// Where it ends.
    pub end: Spot,
    omega: f64,
    sine: f64,
}

impl Arc {
    /// From `a` to `b`. Between antipodes, where every great circle would do, the way goes over the
    /// meridian of `a`.
    pub fn new(a: impl Into<Spot>, b: impl Into<Spot>) -> Self {
        let (start, end) = (a.into(), b.into());
        let (u, v) = (start.direction, end.direction);
        let cross = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]];
        let sine = sqrt(dot(&cross, &cross));
        Arc { start, end, omega: atan2(sine, dot(&u, &v)), sine }
    }

    /// Its length in kilometres.
    pub fn km(&self) -> f64 {
        self.omega * EARTH_RADIUS_KM
    }

    /// What lies after this share of its length, longitude within ±180.
    pub fn at(&self, share: f64) -> Spot {
        let Arc { start, end, omega, sine } = *self;
        if share == 0.0 || omega < 1e-9 {
            return start;
        }
        if sine < 1e-9 {
            let bearing = if start.position.lat > 0.0 { 0.0 } else { 180.0 };
            return destination(start.position, bearing, share * omega * EARTH_RADIUS_KM).into();
        }
        let (s, r) = (sin((1.0 - share) * omega) / sine, sin(share * omega) / sine);
        let w = [0, 1, 2].map(|k| s * start.direction[k] + r * end.direction[k]);
        let position = LonLat::new(atan2(w[1], w[0]).to_degrees(), asin(w[2].clamp(-1.0, 1.0)).to_degrees());
        Spot { position, direction: w }
    }
}

/// `steps + 1` positions from `a` to `b` along the great circle, longitudes unwrapped (they may pass ±180).
/// Between antipodes, where every great circle would do, the way goes over the meridian of `a`.
pub fn between(a: LonLat, b: LonLat, steps: usize) -> Vec<LonLat> {
    let arc = Arc::new(a, b);
    let mut last_lon = a.lon;
    (0..=steps)
        .map(|i| {
            let p = arc.at(i as f64 / steps.max(1) as f64).position;
            last_lon = super::antimeridian::nearest_lon(p.lon, last_lon);
            LonLat::new(last_lon, p.lat)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_agree_with_the_ellipsoid_within_a_percent() {
        use geographiclib_rs::{Geodesic, InverseGeodesic};
        let (a, b) = (LonLat::new(127.44, 39.15), LonLat::new(131.87, 43.11));
        let metres: f64 = Geodesic::wgs84().inverse(a.lat, a.lon, b.lat, b.lon);
        assert!((distance_km(a, b) * 1000.0 / metres - 1.0).abs() < 0.01);
    }

    #[test]
    fn a_line_over_the_pacific_stays_in_one_piece() {
        let line = between(LonLat::new(139.7, 35.7), LonLat::new(-122.4, 37.8), 32);
        assert!(line.windows(2).all(|w| (w[1].lon - w[0].lon).abs() < 30.0));
        assert!((line[32].lon - (360.0 - 122.4)).abs() < 1e-6);
    }

    #[test]
    fn a_bearing_leads_where_it_points() {
        let (a, b) = (LonLat::new(10.0, 50.0), LonLat::new(30.0, 60.0));
        let reached = destination(a, bearing(a, b), distance_km(a, b));
        assert!(distance_km(reached, b) < 0.01);
    }

    #[test]
    fn turns_are_measured_both_ways() {
        let at = |lon, lat| Spot::from(LonLat::new(lon, lat));
        let turn = |after| at(1.0, 0.0).turn(&at(0.0, 0.0), &after);
        assert!(turn(at(2.0, 0.0)) > 0.999_999 && turn(at(0.5, 0.0)) < -0.999_999);
        assert!(turn(at(1.0, 1.0)).abs() < 1e-9 && turn(at(1.0, -1.0)).abs() < 1e-9);
        assert!((at(0.0, 0.0).km(&at(0.0, 1.0)) - 111.195).abs() < 0.01);
    }
}
