//! Fairs a ship's path: pulled taut where a straighter way is seen, corners rounded, ends without hooks.
//!
//! Lanes meet at nodes that lie where somebody put them: a path from node to node zigzags. Whatever is
//! changed here is seen to be open water first.

use super::grid::Sea;
use crate::geometry::geodesic::{Arc, Spot};
use crate::geometry::{LonLat, geodesic};

/// Great circles longer than this are not looked for.
const OCEAN_KM: f64 = 3500.0;
/// A straighter way does not lead nearer to the ice than these latitudes, unless its ends do.
const ICE: [f64; 2] = [-61.0, 67.0];
/// Corners of fewer degrees are left.
const CORNER_DEGREES: f64 = 6.0;
/// How much of the way before and after a corner may be given to its rounding, and how little is nothing.
const ROUNDING_KM: [f64; 2] = [8.0, 150.0];
/// A corner is cut off where that saves so much.
const SAVED_KM: f64 = 1.0;
/// Within this distance of an end a line may touch land: quays, river mouths.
pub(super) const ENDS_KM: f64 = 20.0;
/// A hook at an end is smaller than this, or than the way to the water.
const HOOK_KM: f64 = 4.0;

/// The bends between lanes are pulled taut, where a straighter way is seen: with more care at the ends,
/// where harbours meet lanes, than on the ocean.
pub(super) fn pull(sea: &Sea, path: &[LonLat]) -> Vec<LonLat> {
    const FIRST: usize = 6;
    const LAST: usize = 16;
    let path: Vec<Spot> = path.iter().copied().map(Spot::from).collect();
    let mut taut = Vec::with_capacity(path.len());
    let mut at = 0;
    while at < path.len() {
        taut.push(path[at]);
        let is_end = at < FIRST || at + LAST >= path.len();
        let (reach_km, patience) = if is_end { (1500.0, 8) } else { (600.0, 2) };
        let sees = |next: usize| {
            let arc = Arc::new(path[at], path[next]);
            arc.km() <= reach_km && sea.sees_along(&arc, 0.0)
        };
        let farther = (at + 2..path.len()).take(2 * patience);
        at = farther
            .fold((at + 1, patience), |(farthest, left), next| match left {
                0 => (farthest, 0),
                _ if sees(next) => (next, patience),
                _ => (farthest, left - 1),
            })
            .0;
    }
    let pulled = straighten(sea, &shortened(sea, &straighten(sea, &taut)));
    pulled.into_iter().map(|spot| spot.position).collect()
}

/// Leaves out every bend between two places that see one another, over whole oceans too.
fn straighten(sea: &Sea, path: &[Spot]) -> Vec<Spot> {
    let mut straight: Vec<Spot> = Vec::with_capacity(path.len());
    for &next in path {
        while let [.., before, corner] = straight[..]
            && is_open(sea, before, next, before.km(&corner))
        {
            straight.pop();
        }
        straight.push(next);
    }
    straight
}

/// Where the end of one stretch is seen from some way along its neighbour, the corner between is cut off:
/// from farther and farther away, as long as there is open water.
fn shortened(sea: &Sea, path: &[Spot]) -> Vec<Spot> {
    let Some(&first) = path.first() else { return Vec::new() };
    let mut short = vec![first];
    for step in path[1..].windows(2) {
        let (before, corner, after) = (short[short.len() - 1], step[0], step[1]);
        let cut = |from, to| {
            let (back, ahead) = (Arc::new(corner, from), corner.km(&to));
            let seen = |share| {
                let (on, km) = (back.at(share), share * back.km());
                let fits = km >= ROUNDING_KM[0] && km + ahead - on.km(&to) >= SAVED_KM;
                (fits && is_open(sea, on, to, 0.0)).then_some(on)
            };
            [0.25, 0.5, 0.75].into_iter().map_while(seen).last()
        };
        let is_corner = corner.turn(&before, &after) <= cos_of(CORNER_DEGREES);
        let on = if is_corner { cut(before, after).or_else(|| cut(after, before)) } else { None };
        short.push(on.unwrap_or(corner));
    }
    short.extend(path[1..].last());
    short
}

fn cos_of(degrees: f64) -> f64 {
    libm::cos(degrees.to_radians())
}

/// Whether the great circle may be taken; what lies after so many kilometres is looked at first.
fn is_open(sea: &Sea, a: Spot, b: Spot, first_km: f64) -> bool {
    let arc = Arc::new(a, b);
    if arc.km() > OCEAN_KM {
        return false;
    }
    let (middle, ends) = (arc.at(0.5).position.lat, [a.position.lat, b.position.lat]);
    let (south, north) = (ends[0].min(ends[1]).min(ICE[0]) - 0.5, ends[0].max(ends[1]).max(ICE[1]) + 0.5);
    (south..north).contains(&middle) && sea.sees_along(&arc, first_km / arc.km().max(1.0))
}

/// Rounds the corners that are left, twice.
pub(super) fn round_corners(sea: &Sea, path: &[LonLat]) -> Vec<LonLat> {
    let path: Vec<Spot> = path.iter().copied().map(Spot::from).collect();
    rounded(sea, &rounded(sea, &path)).into_iter().map(|spot| spot.position).collect()
}

fn rounded(sea: &Sea, path: &[Spot]) -> Vec<Spot> {
    let Some(&first) = path.first() else { return Vec::new() };
    let mut round = vec![first];
    for step in path[1..].windows(2) {
        let (before, corner, after) = (round[round.len() - 1], step[0], step[1]);
        match cut(sea, before, corner, after) {
            Some(cut) => round.extend(cut),
            None => round.push(corner),
        }
    }
    round.extend(path[1..].last());
    round
}

/// Two places that stand for a corner, where the way over them is open water.
fn cut(sea: &Sea, before: Spot, corner: Spot, after: Spot) -> Option<[Spot; 2]> {
    let [least, most] = ROUNDING_KM;
    if corner.turn(&before, &after) > cos_of(CORNER_DEGREES) {
        return None;
    }
    let (back, ahead) = (Arc::new(corner, before), Arc::new(corner, after));
    let room = back.km().min(ahead.km()) / 2.0;
    [room.min(most), room.min(most) / 3.0].into_iter().filter(|&km| km >= least).find_map(|km| {
        let (in_, out) = (back.at(km / back.km()), ahead.at(km / ahead.km()));
        sea.sees_along(&Arc::new(in_, out), 0.0).then_some([in_, out])
    })
}

/// A quay lies beside the middle of its cell: where the way on is seen from it, the line begins there
/// without a hook to that middle.
pub(super) fn without_hook(sea: &Sea, mut path: Vec<LonLat>) -> Vec<LonLat> {
    const BENDS: usize = 4;
    let (Some(&end), Some(&water)) = (path.first(), path.get(1)) else { return path };
    let stub = geodesic::distance_km(end, water);
    if stub > ENDS_KM / 2.0 {
        return path;
    }
    let hook = stub.max(HOOK_KM);
    for _ in 0..BENDS {
        let Some(&next) = path.get(2).filter(|_| path.len() > 3) else { break };
        let km = geodesic::distance_km(end, next);
        let sees = || {
            let quay = geodesic::destination(end, geodesic::bearing(end, next), hook);
            Spot::from(path[1]).turn(&end.into(), &next.into()) < cos_of(CORNER_DEGREES)
                && sea.sees(quay, next)
        };
        if km > 1.4 * hook && !sees() {
            break;
        }
        path.remove(1);
    }
    path
}

#[cfg(test)]
mod tests {
    use super::super::grid::tests::sea;
    use super::*;

    #[test]
    fn a_zigzag_on_the_open_sea_is_pulled_straight() {
        let path = [(-40.0, 30.0), (-38.0, 31.0), (-36.0, 30.0), (-34.0, 31.0)];
        let path = path.map(|(lon, lat)| LonLat::new(lon, lat));
        assert_eq!(pull(&sea(), &path), [path[0], path[3]]);
    }

    #[test]
    fn a_corner_is_rounded_at_sea_and_kept_at_a_cape() {
        let at = |lon, lat| LonLat::new(lon, lat);
        let path = [at(-40.0, 30.0), at(-36.0, 30.0), at(-36.0, 34.0)];
        let round = round_corners(&sea(), &path);
        assert_eq!((round.len(), round[0], round[5]), (6, path[0], path[2]));
        let turn = |w: &[LonLat]| Spot::from(w[1]).turn(&w[0].into(), &w[2].into());
        assert!(round.windows(3).all(|w| turn(w) > cos_of(40.0)));
        // Around the heel of Italy.
        let cape = [at(17.7, 39.4), at(18.4, 39.6), at(18.8, 40.3)];
        let all_seen = |path: &[LonLat]| path.windows(2).all(|leg| sea().sees(leg[0], leg[1]));
        assert!(all_seen(&cape) && all_seen(&round_corners(&sea(), &cape)));
    }
}
