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
/// A curve around a cape begins no farther off than this, px: else it would swing out too far.
const SWING: f64 = 26.0;
/// Pieces of a rounding.
const PIECES: usize = 12;

/// A ship's route in a view, as it was found: points along it, and whether each lies on water that ships use.
pub struct Wake<'w> {
    points: Vec<(Coord<f64>, bool)>,
    step: f64,
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
        Wake { points, step, view, water }
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

    /// Whether a line keeps to water wherever the route beside it does.
    fn is_clear(&self, line: &[Coord<f64>]) -> bool {
        let is_ashore = |c: &Coord<f64>| {
            self.view.frame.contains(c.x, c.y)
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

    /// A corner made round: cut, or passed in a curve around it, or left, whichever is clear.
    fn rounded(&self, before: Coord<f64>, corner: Coord<f64>, after: Coord<f64>) -> Line {
        let half = distance(before, corner).min(distance(corner, after)) / 2.0;
        let towards = |end: Coord<f64>, by: f64| {
            let share = by / distance(corner, end).max(1e-9);
            Coord { x: corner.x + share * (end.x - corner.x), y: corner.y + share * (end.y - corner.y) }
        };
        let cut = |by: f64| arrows::curve(towards(before, by), corner, towards(after, by), PIECES);
        let around = |by: f64| swing(towards(before, by), corner, towards(after, by));
        let tries = ROUNDINGS.into_iter().flat_map(|share| {
            let by = share * half;
            [cut(by), around(by.min(SWING))]
        });
        tries.into_iter().find(|line| self.is_clear(line)).unwrap_or_else(|| vec![corner])
    }
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
/// in the direction of the whole.
fn swing(a: Coord<f64>, middle: Coord<f64>, b: Coord<f64>) -> Line {
    let minus = |p: Coord<f64>, q: Coord<f64>| Coord { x: p.x - q.x, y: p.y - q.y };
    let whole = minus(b, a);
    let share = distance(a, middle) / distance(a, b).max(1e-9);
    let past = Coord { x: whole.x * share, y: whole.y * share };
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
    cubic(a, minus(middle, a), middle, past).chain(cubic(middle, past, b, minus(b, middle)).skip(1)).collect()
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
    let corners = wake.merged(&wake.corners(&route));
    let mut line: Line = corners.first().copied().into_iter().collect();
    for step in corners.windows(3) {
        line.extend(wake.rounded(step[0], step[1], step[2]));
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
        let rounds: Vec<Line> = route.windows(3).map(|w| wake.rounded(w[0], w[1], w[2])).collect();
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
        let line = swing(at(-20.0, 0.0), at(0.0, 0.0), at(0.0, 20.0));
        assert_eq!((line[0], line[PIECES / 2], line[PIECES]), (at(-20.0, 0.0), at(0.0, 0.0), at(0.0, 20.0)));
        let (first, outside) = (line[1], line[PIECES / 2 - 1]);
        assert!(first.y.abs() < 1.0 && outside.y < 0.0, "{line:?}");
    }
}
