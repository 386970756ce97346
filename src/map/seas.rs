//! Names of large waters along their long axis: a sea and the water that shows of it in, a name on a bent baseline out.
//!
//! Letters that follow a water and stand apart say how far it reaches, as engraved maps have it (Imhof 1975,
//! "Positioning names on maps": areal names). Where the water is small, round, or full of the story, or its script does
//! not set letters apart, there is none, and the name stands straight.

use super::bend::Bend;
use super::fonts;
use super::labels::{Lettering, Room};
use super::names;
use super::scene::{Anchor, Text};
use super::spots::Spots;
use super::view::View;
use crate::geometry::clip::Frame;
use crate::geometry::{Bbox, LonLat};
use crate::world::WaterGrid;
use geo::Coord;
use std::sync::OnceLock;

/// Side of the cells that water is looked for in, px.
const CELL: f64 = 8.0;
/// A water that shows less of itself is not large, px².
const LARGE: f64 = 14_000.0;
/// The share of its edge that must be coast: a name on open water follows nothing.
const COAST: f64 = 0.4;
/// How many times longer than wide a water must be.
const LONG: f64 = 1.45;
/// The steepest axis that is still read without turning the head, degrees.
const STEEPEST: f64 = 50.0;
/// The most that a baseline bows, of its length.
const BOWED: f64 = 0.16;
/// The share of the axis that a name takes up, and the most space between its letters, of their size.
const TAKEN: f64 = 0.6;
const APART: f32 = 0.75;

/// The cells of a view that are water, row by row, with their positions; and of each sea of [`names::seas`], once asked
/// for, its axis and where its name may stand.
pub(super) struct Waters {
    frame: Frame,
    columns: usize,
    cells: Vec<Option<LonLat>>,
    axes: Vec<OnceLock<Option<Axis>>>,
    spots: Vec<OnceLock<Spots>>,
}

impl Waters {
    /// What is water in a view.
    pub(super) fn new(view: &View, water: &WaterGrid) -> Self {
        let frame = view.frame;
        let (columns, rows) = ((frame.width() / CELL) as usize, (frame.height() / CELL) as usize);
        let at = |i: usize| middle(frame, i % columns.max(1), i / columns.max(1));
        let wet = |c: Coord<f64>| view.position(c).filter(|p| water.is_water(*p));
        let cells = (0..columns * rows).map(|i| wet(at(i))).collect();
        let seas = || names::seas().iter();
        let axes = seas().map(|_| OnceLock::new()).collect();
        Waters { frame, columns, cells, axes, spots: seas().map(|_| OnceLock::new()).collect() }
    }

    /// The axis of a sea by its number, from its point on the page and its box; none where a name had better stand straight.
    pub(super) fn axis(&self, sea: usize, home: Coord<f64>, bbox: Bbox) -> Option<&Axis> {
        let find = || {
            let (cells, coast) = self.around(home, bbox);
            if coast < COAST { None } else { Axis::of(&cells) }
        };
        self.axes[sea].get_or_init(find).as_ref()
    }

    /// Where the name of a sea by its number may stand straight, as `find` finds it from the sea and the view.
    pub(super) fn spots(&self, sea: usize, find: impl FnOnce() -> Vec<Coord<f64>>) -> &Spots {
        self.spots[sea].get_or_init(|| Spots::new(find()))
    }

    fn cell_of(&self, c: Coord<f64>) -> Option<usize> {
        let (x, y) = ((c.x - self.frame.x0) / CELL, (c.y - self.frame.y0) / CELL);
        let inside = x >= 0.0 && y >= 0.0 && (x as usize) < self.columns;
        inside.then(|| y as usize * self.columns + x as usize).filter(|i| *i < self.cells.len())
    }

    fn is_wet(&self, c: Coord<f64>) -> bool {
        self.cell_of(c).is_some_and(|i| self.cells[i].is_some())
    }

    /// The water of a box that hangs together with a point, or with the water of the box nearest to it; and the share of
    /// its edge that is coast.
    fn around(&self, home: Coord<f64>, bbox: Bbox) -> (Vec<Coord<f64>>, f64) {
        let own = |i: usize| self.cells[i].is_some_and(|p| bbox.contains(p));
        let at = |i: usize| middle(self.frame, i % self.columns, i / self.columns);
        let far = |i: usize| (at(i).x - home.x).powi(2) + (at(i).y - home.y).powi(2);
        let first = (0..self.cells.len()).filter(|i| own(*i)).min_by(|a, b| far(*a).total_cmp(&far(*b)));
        let mut seen = vec![false; self.cells.len()];
        let mut todo: Vec<usize> = first.into_iter().collect();
        let mut found = Vec::new();
        let (mut coast, mut open) = (0.0, 0.0);
        while let Some(i) = todo.pop() {
            if std::mem::replace(&mut seen[i], true) {
                continue;
            }
            found.push(i);
            let x = i % self.columns;
            let beside = [
                (x > 0).then(|| i - 1),
                (x + 1 < self.columns).then_some(i + 1),
                i.checked_sub(self.columns),
                Some(i + self.columns),
            ];
            for next in beside.map(|next| next.filter(|n| *n < seen.len())) {
                match next {
                    Some(next) if own(next) => todo.push(next),
                    // beyond the frame or the box there is more water, or nobody knows
                    Some(next) if self.cells[next].is_none() => coast += 1.0,
                    _ => open += 1.0,
                }
            }
        }
        found.sort_unstable();
        (found.into_iter().map(at).collect(), coast / f64::max(coast + open, 1.0))
    }
}

fn middle(frame: Frame, x: usize, y: usize) -> Coord<f64> {
    Coord { x: frame.x0 + (x as f64 + 0.5) * CELL, y: frame.y0 + (y as f64 + 0.5) * CELL }
}

/// The axis of a water: a parabola in a frame turned by its direction.
pub(super) struct Axis {
    middle: Coord<f64>,
    along: Coord<f64>,
    /// From where to where it runs, of its inner seven tenths.
    reach: [f64; 2],
    /// `t = a + b s + c s²`.
    curve: [f64; 3],
}

impl Axis {
    fn of(cells: &[Coord<f64>]) -> Option<Axis> {
        if cells.len() as f64 * CELL * CELL < LARGE {
            return None;
        }
        let n = cells.len() as f64;
        let middle = Coord {
            x: cells.iter().map(|c| c.x).sum::<f64>() / n,
            y: cells.iter().map(|c| c.y).sum::<f64>() / n,
        };
        let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
        for c in cells {
            let (x, y) = (c.x - middle.x, c.y - middle.y);
            (xx, xy, yy) = (xx + x * x, xy + x * y, yy + y * y);
        }
        // the larger axis of inertia; from left to right
        let angle = 0.5 * libm::atan2(2.0 * xy, xx - yy);
        let (half, root) = ((xx + yy) / 2.0, libm::hypot((xx - yy) / 2.0, xy));
        if angle.to_degrees().abs() > STEEPEST || half + root < LONG * LONG * (half - root) {
            return None;
        }
        let along = Coord { x: libm::cos(angle), y: libm::sin(angle) };
        let turned = |c: &Coord<f64>| {
            let (x, y) = (c.x - middle.x, c.y - middle.y);
            (x * along.x + y * along.y, y * along.x - x * along.y)
        };
        let mut points: Vec<(f64, f64)> = cells.iter().map(turned).collect();
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        let reach = [0.08, 0.92].map(|share| points[((n - 1.0) * share) as usize].0);
        // the middle of each slice across
        let mut slices: Vec<(f64, f64)> = Vec::new();
        let steps = 12;
        for i in 0..steps {
            let edge = |k: i32| reach[0] + (reach[1] - reach[0]) * f64::from(k) / f64::from(steps);
            let slice = points.iter().filter(|p| p.0 >= edge(i) && p.0 < edge(i + 1));
            let (least, most) = slice.fold((f64::MAX, f64::MIN), |(a, b), p| (a.min(p.1), b.max(p.1)));
            if least <= most {
                slices.push(((edge(i) + edge(i + 1)) / 2.0, (least + most) / 2.0));
            }
        }
        Some(Axis { middle, along, reach, curve: parabola(&slices)? })
    }

    /// A bend of `length` px whose middle lies `slid` px along the axis and `off` px below it.
    fn bend(&self, length: f64, slid: f64, off: f64) -> Option<Bend> {
        let [a, b, c] = self.curve;
        let s = (self.reach[0] + self.reach[1]) / 2.0 + slid;
        let (s0, s2) = (s - length / 2.0, s + length / 2.0);
        // no more bowed than is read with ease
        let c = c.clamp(-4.0 * BOWED / length, 4.0 * BOWED / length);
        let t = |s: f64| a + b * s + c * s * s + off;
        let control = (s, t(s0) + (b + 2.0 * c * s0) * (s - s0));
        let page = |(s, t): (f64, f64)| {
            let x = self.middle.x + s * self.along.x - t * self.along.y;
            [x as f32, (self.middle.y + s * self.along.y + t * self.along.x) as f32]
        };
        let bend = Bend { from: page((s0, t(s0))), control: page(control), to: page((s2, t(s2))) };
        let slope =
            |p: [f32; 2], q: [f32; 2]| libm::atan2f(q[1] - p[1], (q[0] - p[0]).max(1e-3)).to_degrees();
        let steep = |degrees: f32| f64::from(degrees.abs()) > STEEPEST + 12.0;
        (!steep(slope(bend.from, bend.control)) && !steep(slope(bend.control, bend.to))).then_some(bend)
    }
}

/// The parabola nearest to some points: `t = a + b s + c s²`, by least squares.
fn parabola(points: &[(f64, f64)]) -> Option<[f64; 3]> {
    if points.len() < 5 {
        return None;
    }
    let sum = |f: &dyn Fn(f64, f64) -> f64| points.iter().map(|(s, t)| f(*s, *t)).sum::<f64>();
    let m = [0, 1, 2, 3, 4].map(|k| sum(&|s, _| s.powi(k)));
    let v = [0, 1, 2].map(|k| sum(&|s, t| t * s.powi(k)));
    let det = |r: [[f64; 3]; 3]| {
        r[0][0] * (r[1][1] * r[2][2] - r[1][2] * r[2][1]) - r[0][1] * (r[1][0] * r[2][2] - r[1][2] * r[2][0])
            + r[0][2] * (r[1][0] * r[2][1] - r[1][1] * r[2][0])
    };
    let rows = [[m[0], m[1], m[2]], [m[1], m[2], m[3]], [m[2], m[3], m[4]]];
    let whole = det(rows);
    if whole.abs() < 1e-6 {
        return None;
    }
    Some([0, 1, 2].map(|column| {
        let mut replaced = rows;
        replaced.iter_mut().zip(v).for_each(|(row, value)| row[column] = value);
        det(replaced) / whole
    }))
}

/// A name along the axis of a water, in free room; none where it had better stand straight.
pub(super) fn bent(waters: &Waters, room: &Room, axis: &Axis, name: &str, with: &Lettering) -> Option<Text> {
    let letters = name.chars().count();
    if letters < 5
        || fonts::width(with.face, with.size, 1.0, name) <= fonts::width(with.face, with.size, 0.0, name)
    {
        return None;
    }
    let long = axis.reach[1] - axis.reach[0];
    let plain = fonts::width(with.face, with.size, 0.0, name);
    let wished = (TAKEN * long) as f32 - plain;
    let tracking = (wished / letters as f32).clamp(with.tracking, APART * with.size);
    let width = f64::from(fonts::width(with.face, with.size, tracking, name));
    if width > 0.85 * long {
        return None;
    }
    let (above, below) = (0.74 * with.size, 0.22 * with.size);
    // capitals stand with their middle on the axis
    let home = f64::from(0.3 * with.size);
    let spare = ((long - width) / 2.0).min(60.0);
    for off in [0.0, -12.0, 12.0, -24.0, 24.0] {
        for slid in [0.0, -0.35, 0.35, -0.7, 0.7, -1.0, 1.0] {
            let Some(bend) = axis.bend(width, slid * spare, home + off) else { continue };
            // letters that hardly bend had better not
            let [from, to] = [bend.from, bend.to];
            let chord = (to[0] - from[0]).hypot(to[1] - from[1]);
            let level = (to[1] - from[1]).abs() < 0.07 * chord;
            let bowed = (bend.control[1] - (from[1] + to[1]) / 2.0).abs() / 2.0;
            if level && bowed < 2.5 {
                return None;
            }
            let frame = Frame::from(bend.frame(above, below));
            if !room.is_free(&frame.grown(3.0)) || !is_wet_along(waters, &bend, above, below) {
                continue;
            }
            let length = bend.length();
            let ([x, y], _) = bend.at(length / 2.0);
            return Some(Text {
                text: name.to_owned(),
                role: with.role,
                x,
                y,
                anchor: Anchor::Middle,
                face: with.face,
                size: with.size,
                color: with.color,
                tracking,
                halo: Some(with.halo),
                bend: Some(bend),
            });
        }
    }
    None
}

/// Whether every letter on a bend stands on water.
fn is_wet_along(waters: &Waters, bend: &Bend, above: f32, below: f32) -> bool {
    let length = bend.length();
    let steps = (length / 5.0).ceil().max(1.0) as usize;
    (0..=steps).all(|i| {
        let ([x, y], [dx, dy]) = bend.at(length * i as f32 / steps as f32);
        [-below - 2.0, (above - below) / 2.0, above + 2.0]
            .iter()
            .all(|up| waters.is_wet(Coord { x: f64::from(x + dy * up), y: f64::from(y - dx * up) }))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parabola_is_found_again() {
        let points: Vec<(f64, f64)> =
            (-5..=5).map(|s| f64::from(s) * 20.0).map(|s| (s, 3.0 - 0.2 * s + 0.004 * s * s)).collect();
        let found = parabola(&points).unwrap();
        for (found, meant) in found.iter().zip([3.0, -0.2, 0.004]) {
            assert!((found - meant).abs() < 1e-9, "{found} {meant}");
        }
        assert!(parabola(&points[..4]).is_none());
    }

    #[test]
    fn a_long_water_has_an_axis_and_a_round_one_has_none() {
        let cells = |keep: &dyn Fn(f64, f64) -> bool| -> Vec<Coord<f64>> {
            let all = (0..60).flat_map(|x| (0..60).map(move |y| (f64::from(x) * CELL, f64::from(y) * CELL)));
            all.filter(|(x, y)| keep(*x, *y)).map(|(x, y)| Coord { x, y }).collect()
        };
        // a crescent that opens downwards
        let crescent = cells(&|x, y| {
            let up = 100.0 + (x - 240.0).powi(2) / 500.0;
            y > up && y < up + 70.0
        });
        let axis = Axis::of(&crescent).unwrap();
        assert!(axis.along.y.abs() < 0.05 && axis.curve[2] > 0.0);
        let bend = axis.bend(200.0, 0.0, 0.0).unwrap();
        assert!(bend.from[0] < bend.to[0] && bend.control[1] < bend.from[1], "{bend:?}");
        let length = bend.length();
        assert!(length > 199.0 && length < 225.0, "{length}");
        assert!(Axis::of(&cells(&|x, y| (x - 240.0).hypot(y - 240.0) < 200.0)).is_none(), "round");
        assert!(Axis::of(&cells(&|x, y| (x - 240.0).abs() < 20.0 && y > 0.0)).is_none(), "upright");
        assert!(Axis::of(&cells(&|x, y| x < 80.0 && y < 30.0)).is_none(), "small");
    }
}
