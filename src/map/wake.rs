//! The ways of ships in a view: a route as it was found, and the smooth line that is drawn of it.
//!
//! Out of a route's points comes a line that is round where there is room for it: a corner is cut where the inside of it
//! is water, and taken in a curve around it where that is a cape. Where neither is, it stays sharp.

use super::arrows::{self, Line, distance, length};
use super::view::View;
use crate::geometry::{antimeridian, simplify};
use crate::layers::MovementFeature;
use crate::world::WaterGrid;
use geo::Coord;
use std::f64::consts::FRAC_PI_2;

/// Points of a wake lie so far from one another at least, px; of a very long one there are about so many: tiles draw
/// whole routes at any scale.
const STEP: f64 = 1.0;
const MOST: f64 = 800.0;
/// How far a line may lie from its route to be simpler, px; and where it would lie on land.
const TOLERANCE: [f64; 2] = [2.0, 0.3];
/// How much of the way to the next corners is given to a rounding, of the half that is there: the most first.
const ROUNDINGS: [f64; 6] = [1.0, 0.6, 0.35, 0.2, 0.12, 0.07];
/// Corners nearer to each other than this may become one, px.
const NEAR: f64 = 28.0;
/// A curve around a cape where the way turns by a right angle begins no farther off than this, px: else it would swing
/// out too far. Where the way turns less, it may begin that much farther off.
const SWING: f64 = 26.0;
/// What lies no farther than this from an end of a route only says how a harbour is left, px: no arrow is drawn there.
const HARBOUR: f64 = 6.0;
/// Pieces of a rounding.
const PIECES: usize = 12;

/// A ship's route in a view, as it was found: points along it, and whether each lies on water that ships use.
pub struct Wake<'w> {
    points: Vec<(Coord<f64>, bool)>,
    step: f64,
    /// Where the route begins and ends.
    harbours: Option<[Coord<f64>; 2]>,
    view: &'w View,
    water: &'w WaterGrid,
}

impl<'w> Wake<'w> {
    /// The wake of a route, as far as the frame shows it, with a little around.
    fn new(route: &[Coord<f64>], view: &'w View, water: &'w WaterGrid) -> Self {
        let near = view.frame.grown(16.0);
        let step = STEP.max(length(route) / MOST);
        let seen = arrows::evenly(route, step).into_iter().filter(|c| near.contains(c.x, c.y));
        let points = seen.map(|c| (c, !is_dry(c, view, water))).collect();
        Wake {
            points,
            step,
            harbours: route.first().copied().zip(route.last().copied()).map(<[_; 2]>::from),
            view,
            water,
        }
    }

    /// The wake of a movement; none where there is no route over water.
    pub fn of(feature: &MovementFeature, view: &'w View, water: &'w WaterGrid) -> Option<Self> {
        Some(Wake::new(&projected(feature, view)?, view, water))
    }

    /// How far a point lies from the route, and whether that is on water there.
    pub fn beside(&self, at: Coord<f64>) -> Option<(f64, bool)> {
        let far = self.points.iter().map(|(c, is_afloat)| (distance(*c, at), *is_afloat));
        far.min_by(|a, b| a.0.total_cmp(&b.0))
    }

    /// Whether a line keeps to water wherever the route beside it does, but in its harbours.
    fn is_clear(&self, line: &[Coord<f64>]) -> bool {
        let in_harbour = |c: &Coord<f64>| {
            self.harbours.is_some_and(|ends| ends.iter().any(|end| distance(*c, *end) < HARBOUR))
        };
        let is_ashore = |c: &Coord<f64>| {
            self.view.frame.contains(c.x, c.y)
                && !in_harbour(c)
                && is_dry(*c, self.view, self.water)
                && self.beside(*c).is_some_and(|(_, is_afloat)| is_afloat)
        };
        !arrows::evenly(line, self.step).iter().any(is_ashore)
    }

    /// The corners that a line needs to keep to the route: fewer where there is room.
    fn corners(&self, route: &[Coord<f64>]) -> Line {
        let rough = simplify::line(route, TOLERANCE[0]);
        let mut fine = simplify::line(route, TOLERANCE[1]).into_iter().peekable();
        let mut line: Line = Vec::new();
        for corner in rough {
            // What the fine line has between two corners of the rough one stays where these alone would cross land.
            let mut between: Line = Vec::new();
            while let Some(next) = fine.next_if(|next| *next != corner) {
                between.push(next);
            }
            fine.next();
            if line.last().is_some_and(|last| !self.is_clear(&[*last, corner])) {
                line.extend(between);
            }
            line.push(corner);
        }
        line
    }

    /// Corners that stand close together and turn the same way give way to one, where the lines to them and from them
    /// would meet: that one can be rounded widely.
    fn merged(&self, corners: &[Coord<f64>]) -> Line {
        let mut line: Line = Vec::new();
        for &next in corners {
            line.push(next);
            while let [.., a, b, c, d] = line[..]
                && distance(b, c) <= NEAR
                && let Some(met) = meeting(a, b, c, d)
                && self.is_clear(&[a, met, d])
            {
                line.truncate(line.len() - 3);
                line.extend([met, d]);
            }
        }
        line
    }

    /// Without the corners close by the ends, where the line is clear without them.
    fn without_harbours(&self, mut corners: Line) -> Line {
        for _ in 0..2 {
            while let [end, near, next, ..] = corners[..]
                && distance(end, near) <= HARBOUR
                && self.is_clear(&[end, next])
            {
                corners.remove(1);
            }
            corners.reverse();
        }
        corners
    }

    /// A corner made round: cut, or passed in a curve around it, or left, whichever is clear. The rounding takes half of
    /// the way to the next corners, all of it to an `end` of the line.
    fn rounded(&self, [before, corner, after]: [Coord<f64>; 3], ends: [bool; 2]) -> Line {
        let ways = [distance(before, corner), distance(corner, after)];
        let half = ways[0].min(ways[1]) / 2.0;
        let arms = [0, 1].map(|side| if ends[side] { ways[side] } else { ways[side] / 2.0 });
        let towards = |end: Coord<f64>, by: f64| {
            let share = by / distance(corner, end).max(1e-9);
            Coord { x: corner.x + share * (end.x - corner.x), y: corner.y + share * (end.y - corner.y) }
        };
        let cut = |by: f64| arrows::curve(towards(before, by), corner, towards(after, by), PIECES);
        let farthest = SWING * FRAC_PI_2 / turn(before, corner, after).max(1e-3);
        let around = |share: f64| {
            let by = arms.map(|arm| (share * arm).min(farthest));
            // What begins where the line begins need not lead on from anything.
            let free = [0, 1].map(|side| ends[side] && by[side] >= arms[side]);
            swing(towards(before, by[0]), corner, towards(after, by[1]), free)
        };
        let tries = ROUNDINGS.into_iter().flat_map(|share| [cut(share * half), around(share)]);
        tries.into_iter().find(|line| self.is_clear(line)).unwrap_or_else(|| vec![corner])
    }
}

/// By how much a way turns at a corner, radians.
fn turn(before: Coord<f64>, corner: Coord<f64>, after: Coord<f64>) -> f64 {
    let (u, v) = (
        Coord { x: corner.x - before.x, y: corner.y - before.y },
        Coord { x: after.x - corner.x, y: after.y - corner.y },
    );
    libm::atan2(u.x * v.y - u.y * v.x, u.x * v.x + u.y * v.y).abs()
}

/// Where the line from `a` past `b` meets that from `d` past `c`: a little beyond both, or nowhere.
fn meeting(a: Coord<f64>, b: Coord<f64>, c: Coord<f64>, d: Coord<f64>) -> Option<Coord<f64>> {
    let (u, v) = (Coord { x: b.x - a.x, y: b.y - a.y }, Coord { x: c.x - d.x, y: c.y - d.y });
    let cross = u.x * v.y - u.y * v.x;
    if cross.abs() < 1e-9 {
        return None;
    }
    let t = ((d.x - a.x) * v.y - (d.y - a.y) * v.x) / cross;
    let met = Coord { x: a.x + t * u.x, y: a.y + t * u.y };
    let is_past = |from: Coord<f64>, by: Coord<f64>| {
        (met.x - by.x) * (by.x - from.x) + (met.y - by.y) * (by.y - from.y) > 0.0 && distance(met, by) <= NEAR
    };
    (is_past(a, b) && is_past(d, c)).then_some(met)
}

fn is_dry(at: Coord<f64>, view: &View, water: &WaterGrid) -> bool {
    view.position(at).is_some_and(|p| !water.is_water(p))
}

/// From `a` through `middle` to `b` in two cubics (Hermite) that leave and arrive as a corner would, and pass its point
/// in a direction between; an end that is `free` is left or reached without a bend.
fn swing(a: Coord<f64>, middle: Coord<f64>, b: Coord<f64>, free: [bool; 2]) -> Line {
    let minus = |p: Coord<f64>, q: Coord<f64>| Coord { x: p.x - q.x, y: p.y - q.y };
    let (first, last) = (distance(a, middle).max(1e-9), distance(middle, b).max(1e-9));
    let (u, v) = (minus(middle, a), minus(b, middle));
    // The nearer end says more of it.
    let along =
        Coord { x: u.x * last / first + v.x * first / last, y: u.y * last / first + v.y * first / last };
    let whole = libm::hypot(along.x, along.y).max(1e-9);
    let past = |by: f64| Coord { x: along.x * by / whole, y: along.y * by / whole };
    let (before, after) = (past(first), past(last));
    let loose = |way: Coord<f64>, other: Coord<f64>| Coord {
        x: 1.5 * way.x - 0.5 * other.x,
        y: 1.5 * way.y - 0.5 * other.y,
    };
    let leave = if free[0] { loose(u, before) } else { u };
    let arrive = if free[1] { loose(v, after) } else { v };
    let cubic = |p: Coord<f64>, out: Coord<f64>, q: Coord<f64>, arrive: Coord<f64>| {
        (0..=PIECES / 2).map(move |step| {
            let t = step as f64 / (PIECES / 2) as f64;
            let (t2, t3) = (t * t, t * t * t);
            let (h0, h1, h2, h3) =
                (2.0 * t3 - 3.0 * t2 + 1.0, t3 - 2.0 * t2 + t, 3.0 * t2 - 2.0 * t3, t3 - t2);
            Coord {
                x: h0 * p.x + h1 * out.x + h2 * q.x + h3 * arrive.x,
                y: h0 * p.y + h1 * out.y + h2 * q.y + h3 * arrive.y,
            }
        })
    };
    cubic(a, leave, middle, before).chain(cubic(middle, after, b, arrive).skip(1)).collect()
}

/// The share of a line that lies on land, looked at every other px.
pub fn on_land(line: &[Coord<f64>], view: &View, water: &WaterGrid) -> f64 {
    let points = arrows::evenly(line, 2.0);
    points.iter().filter(|c| is_dry(**c, view, water)).count() as f64 / points.len().max(1) as f64
}

/// The route of a ship, projected; none where there is no route over water.
fn projected(feature: &MovementFeature, view: &View) -> Option<Line> {
    let mut line: Vec<Coord<f64>> = Vec::new();
    for part in &feature.sea_route()?.lines {
        let around = line.last().map_or(view.projection.central_meridian(), |c| c.x);
        line.extend(antimeridian::unwrap(&part.0, around));
    }
    Some(line.iter().map(|c| view.project(c.x, c.y)).collect())
}

/// The line that is drawn of a ship's route; none where there is no route over water, or too short a one to follow.
pub fn ship_line(feature: &MovementFeature, view: &View, water: &WaterGrid) -> Option<Line> {
    let route = projected(feature, view).filter(|line| length(line) > 4.0)?;
    let wake = Wake::new(&route, view, water);
    let corners = wake.merged(&wake.without_harbours(wake.corners(&route)));
    let mut line: Line = corners.first().copied().into_iter().collect();
    for (index, step) in corners.array_windows().enumerate() {
        line.extend(wake.rounded(*step, [index == 0, index + 3 == corners.len()]));
    }
    line.extend(corners.last());
    Some(line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::LonLat;
    use crate::geometry::clip::Frame;
    use crate::geometry::projection::Projection;
    use crate::world::World;

    #[test]
    fn a_line_is_round_at_sea_and_around_a_cape_and_never_ashore() {
        let water = World::embedded().unwrap().water_grid();
        // around Cape Guardafui, from the Gulf of Aden to the south
        let route = [(46.0, 12.3), (50.0, 12.8), (51.6, 12.2), (51.3, 9.5), (49.5, 6.0)];
        let positions = route.map(|(lon, lat)| LonLat::new(lon, lat));
        let frame = Frame::new(0.0, 0.0, 400.0, 400.0);
        let view = View::fit(Projection::lambert(49.0, 9.0), &positions, frame, frame.grown(-40.0), 100.0);
        let route: Line = positions.iter().map(|p| view.place(*p)).collect();
        let wake = Wake::new(&route, &view, water);
        assert!(wake.is_clear(&route));
        let rounds: Vec<Line> =
            route.array_windows().map(|corner| wake.rounded(*corner, [false, false])).collect();
        assert!(rounds.iter().all(|round| round.len() > 3 && wake.is_clear(round)), "{rounds:?}");
        // straight over the Horn
        assert!(!wake.is_clear(&[route[0], route[4]]));
    }

    #[test]
    fn two_corners_become_one_only_where_lines_meet_beyond_both() {
        let at = |x: f64, y: f64| Coord { x, y };
        let met = meeting(at(0.0, 0.0), at(50.0, 0.0), at(60.0, 10.0), at(60.0, 60.0));
        assert_eq!(met, Some(at(60.0, 0.0)));
        // a step aside is no corner
        assert_eq!(meeting(at(0.0, 0.0), at(50.0, 0.0), at(60.0, 10.0), at(110.0, 10.0)), None);
        assert_eq!(meeting(at(0.0, 0.0), at(50.0, 0.0), at(60.0, 10.0), at(110.0, 30.0)), None);
    }

    #[test]
    fn a_swing_passes_its_corner_and_leaves_as_the_corner_would() {
        let at = |x, y| Coord { x, y };
        let line = swing(at(-20.0, 0.0), at(0.0, 0.0), at(0.0, 20.0), [false, false]);
        assert_eq!((line[0], line[PIECES / 2], line[PIECES]), (at(-20.0, 0.0), at(0.0, 0.0), at(0.0, 20.0)));
        let (first, outside) = (line[1], line[PIECES / 2 - 1]);
        assert!(first.y.abs() < 1.0 && outside.y < 0.0, "{line:?}");
        // between two ends it bends one way only
        let line = swing(at(-60.0, 0.0), at(0.0, 0.0), at(70.0, 24.0), [true, true]);
        let bends = line
            .windows(3)
            .map(|w| (w[1].x - w[0].x) * (w[2].y - w[1].y) - (w[1].y - w[0].y) * (w[2].x - w[1].x));
        assert!(bends.into_iter().all(|bend| bend > -0.02), "{line:?}");
    }
}
