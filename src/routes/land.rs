//! A curve over land: bent to the side, and as far, as keeps it off large waters.

use super::RouteError;
use crate::geometry::{LonLat, geodesic};
use crate::world::World;

/// How far the middle of the curve may lie off the straight line, as a share of its length.
const BENDS: [f64; 7] = [0.08, -0.08, 0.16, -0.16, 0.28, -0.28, 0.42];
/// How many places of a curve are looked at.
const SAMPLES: usize = 48;

/// The path, ends included.
pub(super) fn path(from: LonLat, to: LonLat) -> Result<Vec<LonLat>, RouteError> {
    let km = geodesic::distance_km(from, to);
    if km < 1.0 {
        return Ok(vec![from, to]);
    }
    let grid = World::embedded()?.water_grid();
    let wet = |path: &Vec<LonLat>| path.iter().filter(|position| grid.is_water(**position)).count();
    let curves = BENDS.map(|bend| curve(from, to, km, bend));
    let best = curves.into_iter().min_by_key(wet).expect("there are bends to choose from");
    Ok(best)
}

/// A quadratic Bézier over the sphere: along the geodesic, pushed aside by a parabola.
fn curve(from: LonLat, to: LonLat, km: f64, bend: f64) -> Vec<LonLat> {
    let straight = geodesic::between(from, to, SAMPLES);
    let last = straight.len() - 1;
    straight
        .iter()
        .enumerate()
        .map(|(i, &position)| {
            if i == 0 || i == last {
                return position;
            }
            let share = i as f64 / last as f64;
            let aside = 4.0 * share * (1.0 - share) * bend * km;
            let ahead = geodesic::bearing(position, to);
            geodesic::destination(position, ahead - 90.0 * aside.signum(), aside.abs())
        })
        .collect()
}
