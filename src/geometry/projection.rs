//! Map projections on the sphere, forward and back, after Snyder's *Map Projections: A Working Manual* (USGS 1395).
//!
//! Everything is in units of the sphere's radius, y up; each projection is centred on a meridian of its own,
//! so that what crosses 180° lies in one piece. `libm` keeps pictures the same on every machine.

use super::LonLat;
use libm::{asin, atan, atan2, cos, exp, fabs, hypot, log, sin, sqrt, tan, tanh};
use std::f64::consts::{FRAC_PI_2, FRAC_PI_4, PI};

/// Mean radius of the Earth in kilometres (IUGG).
pub const EARTH_RADIUS_KM: f64 = 6371.0088;

/// Latitude beyond which Mercator is cut, so that the world is a square.
pub const MERCATOR_LIMIT: f64 = 85.051_128_779_806_59;

/// A projection with its parameters; angles in radians.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Projection {
    /// Conformal cylinder on a central meridian.
    Mercator {
        /// Central meridian.
        lambda0: f64,
    },
    /// Equal-area cone.
    Albers {
        /// Central meridian.
        lambda0: f64,
        /// Cone constant.
        n: f64,
        /// Snyder's C.
        c: f64,
        /// Distance of the central parallel from the cone's tip.
        rho0: f64,
    },
    /// Equal-area on a centre: oblique, or polar when the centre is a pole.
    Lambert {
        /// Central meridian.
        lambda0: f64,
        /// Latitude of the centre.
        phi0: f64,
    },
    /// Equal-area cylinder, true at ± the standard parallel.
    Cylinder {
        /// Central meridian.
        lambda0: f64,
        /// Cosine of the standard parallel.
        cos_standard: f64,
    },
    /// Equal Earth (Šavrič, Patterson, Jenny 2018): the whole world.
    EqualEarth {
        /// Central meridian.
        lambda0: f64,
    },
    /// Conformal on a centre, for small frames.
    TransverseMercator {
        /// Central meridian.
        lambda0: f64,
        /// Latitude of origin.
        phi0: f64,
    },
    /// The globe from far away.
    Orthographic {
        /// Central meridian.
        lambda0: f64,
        /// Latitude of the centre.
        phi0: f64,
    },
}

const A1: f64 = 1.340264;
const A2: f64 = -0.081106;
const A3: f64 = 0.000893;
const A4: f64 = 0.003796;

impl Projection {
    /// Mercator on a meridian, in degrees.
    pub fn mercator(lon: f64) -> Self {
        Projection::Mercator { lambda0: lon.to_radians() }
    }

    /// Albers on a meridian and a latitude of origin, with two standard parallels, in degrees.
    pub fn albers(lon: f64, lat: f64, parallel1: f64, parallel2: f64) -> Self {
        let (phi0, phi1, phi2) = (lat.to_radians(), parallel1.to_radians(), parallel2.to_radians());
        let mut n = (sin(phi1) + sin(phi2)) / 2.0;
        if fabs(n) < 1e-6 {
            n = 1e-6; // parallels on both sides of the equator: the cone opens into a cylinder
        }
        let c = cos(phi1) * cos(phi1) + 2.0 * n * sin(phi1);
        let rho0 = sqrt((c - 2.0 * n * sin(phi0)).max(0.0)) / n;
        Projection::Albers { lambda0: lon.to_radians(), n, c, rho0 }
    }

    /// Lambert azimuthal equal-area on a centre, in degrees.
    pub fn lambert(lon: f64, lat: f64) -> Self {
        Projection::Lambert { lambda0: lon.to_radians(), phi0: lat.to_radians() }
    }

    /// Equal-area cylinder on a meridian, true at a latitude, in degrees.
    pub fn cylinder(lon: f64, standard: f64) -> Self {
        Projection::Cylinder { lambda0: lon.to_radians(), cos_standard: cos(standard.to_radians()).max(0.05) }
    }

    /// Equal Earth on a meridian, in degrees.
    pub fn equal_earth(lon: f64) -> Self {
        Projection::EqualEarth { lambda0: lon.to_radians() }
    }

    /// Transverse Mercator on a centre, in degrees.
    pub fn transverse_mercator(lon: f64, lat: f64) -> Self {
        Projection::TransverseMercator { lambda0: lon.to_radians(), phi0: lat.to_radians() }
    }

    /// The globe seen from above a centre, in degrees.
    pub fn orthographic(lon: f64, lat: f64) -> Self {
        Projection::Orthographic { lambda0: lon.to_radians(), phi0: lat.to_radians() }
    }

    /// The central meridian in degrees.
    pub fn central_meridian(&self) -> f64 {
        match *self {
            Projection::Mercator { lambda0 }
            | Projection::Albers { lambda0, .. }
            | Projection::Lambert { lambda0, .. }
            | Projection::Cylinder { lambda0, .. }
            | Projection::EqualEarth { lambda0 }
            | Projection::TransverseMercator { lambda0, .. }
            | Projection::Orthographic { lambda0, .. } => lambda0.to_degrees(),
        }
    }

    /// The centre in degrees, for projections on a point rather than a meridian.
    pub fn centre(&self) -> Option<LonLat> {
        match *self {
            Projection::Lambert { lambda0, phi0 } | Projection::Orthographic { lambda0, phi0 } => {
                Some(LonLat::new(lambda0.to_degrees(), phi0.to_degrees()))
            }
            _ => None,
        }
    }

    /// The usual name, for a note or a test.
    pub fn name(&self) -> &'static str {
        match self {
            Projection::Mercator { .. } => "Mercator",
            Projection::Albers { .. } => "Albers equal-area conic",
            Projection::Lambert { .. } => "Lambert azimuthal equal-area",
            Projection::Cylinder { .. } => "cylindrical equal-area",
            Projection::EqualEarth { .. } => "Equal Earth",
            Projection::TransverseMercator { .. } => "transverse Mercator",
            Projection::Orthographic { .. } => "orthographic",
        }
    }

    /// Projects a position; longitudes are taken as they are, so that an unwrapped line stays in one piece.
    /// What lies behind the globe goes to its limb.
    pub fn forward(&self, lon: f64, lat: f64) -> (f64, f64) {
        let phi = lat.to_radians();
        match *self {
            Projection::Mercator { lambda0 } => {
                let phi = lat.clamp(-89.0, 89.0).to_radians();
                (lon.to_radians() - lambda0, log(tan(FRAC_PI_4 + phi / 2.0)))
            }
            Projection::Albers { lambda0, n, c, rho0 } => {
                let rho = sqrt((c - 2.0 * n * sin(phi)).max(0.0)) / n;
                let theta = n * (lon.to_radians() - lambda0);
                (rho * sin(theta), rho0 - rho * cos(theta))
            }
            Projection::Lambert { lambda0, phi0 } => {
                // the far pole is a circle, not a point: a step off it keeps the direction
                let phi = lat.clamp(-89.99, 89.99).to_radians();
                let lambda = lon.to_radians() - lambda0;
                let (sp, cp, sp0, cp0, cl) = (sin(phi), cos(phi), sin(phi0), cos(phi0), cos(lambda));
                let k = sqrt(2.0 / (1.0 + sp0 * sp + cp0 * cp * cl).max(1e-9));
                (k * cp * sin(lambda), k * (cp0 * sp - sp0 * cp * cl))
            }
            Projection::Cylinder { lambda0, cos_standard } => {
                ((lon.to_radians() - lambda0) * cos_standard, sin(phi) / cos_standard)
            }
            Projection::EqualEarth { lambda0 } => {
                let theta = asin(sqrt(3.0) / 2.0 * sin(phi));
                let (t2, t6) = (theta * theta, theta.powi(6));
                let slope = A1 + 3.0 * A2 * t2 + t6 * (7.0 * A3 + 9.0 * A4 * t2);
                let x = 2.0 * sqrt(3.0) * (lon.to_radians() - lambda0) * cos(theta) / (3.0 * slope);
                (x, theta * (A1 + A2 * t2 + t6 * (A3 + A4 * t2)))
            }
            Projection::TransverseMercator { lambda0, phi0 } => {
                let lambda = lon.to_radians() - lambda0;
                let b = (cos(phi) * sin(lambda)).clamp(-0.999_999, 0.999_999);
                (0.5 * log((1.0 + b) / (1.0 - b)), atan2(tan(phi), cos(lambda)) - phi0)
            }
            Projection::Orthographic { lambda0, phi0 } => {
                let lambda = lon.to_radians() - lambda0;
                let x = cos(phi) * sin(lambda);
                let y = cos(phi0) * sin(phi) - sin(phi0) * cos(phi) * cos(lambda);
                let front = sin(phi0) * sin(phi) + cos(phi0) * cos(phi) * cos(lambda);
                let r = hypot(x, y);
                if front >= 0.0 || r < 1e-12 { (x, y) } else { (x / r, y / r) }
            }
        }
    }

    /// The position at a point of the plane; none outside the map of the world. Longitudes come in −180..180.
    pub fn inverse(&self, x: f64, y: f64) -> Option<LonLat> {
        let (lambda, phi, lambda0) = match *self {
            Projection::Mercator { lambda0 } => (x, 2.0 * atan(exp(y)) - FRAC_PI_2, lambda0),
            Projection::Albers { lambda0, n, c, rho0 } => {
                let sign = n.signum();
                let rho = hypot(x, rho0 - y) * sign;
                let theta = atan2(sign * x, sign * (rho0 - y));
                let sine = (c - rho * rho * n * n) / (2.0 * n);
                if fabs(sine) > 1.0 {
                    return None;
                }
                (theta / n, asin(sine), lambda0)
            }
            Projection::Lambert { lambda0, phi0 } => {
                let rho = hypot(x, y);
                if rho > 2.0 {
                    return None;
                }
                let (lambda, phi) = azimuthal(x, y, rho, 2.0 * asin(rho / 2.0), phi0);
                (lambda, phi, lambda0)
            }
            Projection::Cylinder { lambda0, cos_standard } => {
                let sine = y * cos_standard;
                if fabs(sine) > 1.0 {
                    return None;
                }
                (x / cos_standard, asin(sine), lambda0)
            }
            Projection::EqualEarth { lambda0 } => {
                let mut theta = y;
                for _ in 0..12 {
                    let (t2, t6) = (theta * theta, theta.powi(6));
                    let value = theta * (A1 + A2 * t2 + t6 * (A3 + A4 * t2)) - y;
                    theta -= value / (A1 + 3.0 * A2 * t2 + t6 * (7.0 * A3 + 9.0 * A4 * t2));
                }
                let sine = 2.0 * sin(theta) / sqrt(3.0);
                if fabs(sine) > 1.0 {
                    return None;
                }
                let (t2, t6) = (theta * theta, theta.powi(6));
                let slope = A1 + 3.0 * A2 * t2 + t6 * (7.0 * A3 + 9.0 * A4 * t2);
                (3.0 * x * slope / (2.0 * sqrt(3.0) * cos(theta)), asin(sine), lambda0)
            }
            Projection::TransverseMercator { lambda0, phi0 } => {
                let d = y + phi0;
                let cosh = (exp(x) + exp(-x)) / 2.0;
                (atan2(tanh(x) * cosh, cos(d)), asin((sin(d) / cosh).clamp(-1.0, 1.0)), lambda0)
            }
            Projection::Orthographic { lambda0, phi0 } => {
                let rho = hypot(x, y);
                if rho > 1.0 {
                    return None;
                }
                let (lambda, phi) = azimuthal(x, y, rho, asin(rho), phi0);
                (lambda, phi, lambda0)
            }
        };
        if fabs(lambda) > PI + 1e-9 {
            return None;
        }
        Some(LonLat::new(wrap_lon((lambda + lambda0).to_degrees()), phi.to_degrees()))
    }
}

/// Longitude and latitude at distance `c` from the centre of an azimuthal projection (Snyder 20-14, 20-15).
fn azimuthal(x: f64, y: f64, rho: f64, c: f64, phi0: f64) -> (f64, f64) {
    if rho < 1e-12 {
        return (0.0, phi0);
    }
    let phi = asin((cos(c) * sin(phi0) + y * sin(c) * cos(phi0) / rho).clamp(-1.0, 1.0));
    (atan2(x * sin(c), rho * cos(phi0) * cos(c) - y * sin(phi0) * sin(c)), phi)
}

/// The same meridian between −180 and 180.
pub fn wrap_lon(lon: f64) -> f64 {
    if (-180.0..=180.0).contains(&lon) { lon } else { lon - 360.0 * ((lon + 180.0) / 360.0).floor() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn all(lon: f64, lat: f64) -> [Projection; 7] {
        [
            Projection::mercator(lon),
            Projection::albers(lon, 50.0, 40.0, 60.0),
            Projection::lambert(lon, lat),
            Projection::cylinder(lon, 10.0),
            Projection::equal_earth(lon),
            Projection::transverse_mercator(lon, lat),
            Projection::orthographic(lon, lat),
        ]
    }

    proptest! {
        #[test]
        fn what_is_projected_comes_back(lon0 in -180.0..180.0f64, lat0 in -80.0..80.0f64,
                                        dlon in -40.0..40.0f64, lat in -80.0..80.0f64) {
            let lon = wrap_lon(lon0 + dlon);
            for projection in all(lon0, lat0) {
                let front = super::super::geodesic::distance_km(LonLat::new(lon0, lat0), LonLat::new(lon, lat)) < 9_900.0;
                if matches!(projection, Projection::Orthographic { .. }) && !front {
                    continue;
                }
                let (x, y) = projection.forward(lon0 + dlon, lat);
                let back = projection.inverse(x, y).expect("inside the map");
                let off = super::super::geodesic::distance_km(LonLat::new(lon, lat), back);
                prop_assert!(off < 0.01, "{}: {lon},{lat} came back as {back:?}", projection.name());
            }
        }
    }

    #[test]
    fn equal_area_projections_keep_area() {
        let cell = |p: &Projection, lon: f64, lat: f64| {
            let (x0, y0) = p.forward(lon, lat);
            let (x1, y1) = p.forward(lon + 0.01, lat);
            let (x2, y2) = p.forward(lon, lat + 0.01);
            ((x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0)).abs() / lat.to_radians().cos()
        };
        for projection in [
            Projection::albers(20.0, 50.0, 40.0, 60.0),
            Projection::lambert(20.0, 50.0),
            Projection::cylinder(20.0, 30.0),
            Projection::equal_earth(20.0),
        ] {
            let ratio = cell(&projection, 10.0, 30.0) / cell(&projection, 45.0, 65.0);
            assert!((ratio - 1.0).abs() < 2e-3, "{}: {ratio}", projection.name());
        }
    }
}
