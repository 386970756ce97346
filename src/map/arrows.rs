//! Arrows: shafts with dash and casing, heads, denial bars, forks.

use super::color::Color;
use super::scene::{Group, Item, Path, Shape, Stroke};
use super::style::{ClassStyle, Head, Style};
use super::view::point;
use geo::Coord;

/// A line in px.
pub type Line = Vec<Coord<f64>>;

/// How an arrow looks.
#[derive(Debug, Clone)]
pub struct Look {
    /// Its colour.
    pub color: Color,
    /// Its width.
    pub width: f32,
    /// Dash and head.
    pub class: ClassStyle,
    /// Colour of casing and of the hollow of a head.
    pub halo: Color,
    /// Colour of denial bars.
    pub ink: Color,
    /// Whether someone denies it.
    pub contested: bool,
    /// Whether it follows a way by sea.
    pub at_sea: bool,
}

/// Length of a line.
pub fn length(line: &[Coord<f64>]) -> f64 {
    line.windows(2).map(|w| distance(w[0], w[1])).sum()
}

/// Distance of two points.
pub fn distance(a: Coord<f64>, b: Coord<f64>) -> f64 {
    libm::hypot(b.x - a.x, b.y - a.y)
}

/// The point at a distance along a line, and the direction there (unit vector).
pub fn at(line: &[Coord<f64>], along: f64) -> (Coord<f64>, Coord<f64>) {
    let mut left = along.max(0.0);
    let mut result = (line[0], Coord { x: 1.0, y: 0.0 });
    for w in line.windows(2) {
        let d = distance(w[0], w[1]);
        if d < 1e-9 {
            continue;
        }
        let direction = Coord { x: (w[1].x - w[0].x) / d, y: (w[1].y - w[0].y) / d };
        let step = left.min(d);
        result = (Coord { x: w[0].x + direction.x * step, y: w[0].y + direction.y * step }, direction);
        if left <= d {
            return result;
        }
        left -= d;
    }
    result
}

/// The line between two distances along it.
pub fn part(line: &[Coord<f64>], from: f64, to: f64) -> Line {
    let mut out = Vec::new();
    let mut passed = 0.0;
    if to <= from {
        return out;
    }
    out.push(at(line, from).0);
    for w in line.windows(2) {
        passed += distance(w[0], w[1]);
        if passed > from + 1e-6 && passed < to - 1e-6 {
            out.push(w[1]);
        }
    }
    out.push(at(line, to).0);
    out
}

/// Points on a line, so far from one another along it, its ends among them.
pub fn evenly(line: &[Coord<f64>], step: f64) -> Line {
    let mut points: Line = line.first().copied().into_iter().collect();
    let mut left = step;
    for w in line.windows(2) {
        let whole = distance(w[0], w[1]);
        let mut along = left;
        while along <= whole {
            let t = along / whole;
            points.push(Coord { x: w[0].x + t * (w[1].x - w[0].x), y: w[0].y + t * (w[1].y - w[0].y) });
            along += step;
        }
        left = along - whole;
    }
    points.extend(line.last());
    points
}

/// A quadratic curve as a line of `steps` pieces.
pub fn curve(a: Coord<f64>, control: Coord<f64>, b: Coord<f64>, steps: usize) -> Line {
    (0..=steps)
        .map(|i| {
            let t = i as f64 / steps as f64;
            let (u, v, w) = ((1.0 - t) * (1.0 - t), 2.0 * t * (1.0 - t), t * t);
            Coord { x: u * a.x + v * control.x + w * b.x, y: u * a.y + v * control.y + w * b.y }
        })
        .collect()
}

/// A curve from `a` to `b` that bulges by `sagitta` px to the left of its way (y down: negative is right).
pub fn bulge(a: Coord<f64>, b: Coord<f64>, sagitta: f64) -> Line {
    let d = distance(a, b).max(1e-9);
    let normal = Coord { x: (b.y - a.y) / d, y: -(b.x - a.x) / d };
    let control = Coord {
        x: (a.x + b.x) / 2.0 + 2.0 * sagitta * normal.x,
        y: (a.y + b.y) / 2.0 + 2.0 * sagitta * normal.y,
    };
    curve(a, control, b, 32)
}

/// How far a leg bulges, for its chord: longer flows bulge more in absolute terms, less in relative ones.
pub fn sagitta(chord: f64) -> f64 {
    let t = ((chord - 120.0) / (700.0 - 120.0)).clamp(0.0, 1.0);
    (0.14 - 0.08 * t) * chord
}

/// How far a leg must bulge to be `wanted` px long: a hop, for places close together. No more than half of its
/// chord, beyond which it would seem to lead elsewhere.
pub fn hop(chord: f64, wanted: f64) -> f64 {
    // A flat parabola's length: chord · (1 + 8/3 (sagitta / chord)²).
    let ratio = (0.375 * (wanted / chord.max(1e-9) - 1.0)).max(0.0);
    (chord * libm::sqrt(ratio)).min(0.5 * chord)
}

/// Length of the head for a width of line.
pub fn head_length(style: &Style, width: f32) -> f64 {
    f64::from(style.arrow.head.max(style.arrow.head_per_width * width))
}

/// Draws an arrow along a line: casing and shaft into `shafts`, the head into `heads`.
/// Without `headed` it is a trunk that goes on in branches.
pub fn draw(
    line: &[Coord<f64>],
    headed: bool,
    look: &Look,
    id: &str,
    title: &str,
    shafts: &mut Group,
    heads: &mut Group,
) {
    let style = Style::embedded();
    let whole = length(line);
    let head = if headed { head_length(style, look.width).min(whole * 0.6) } else { 0.0 };
    let until = whole - head * if look.class.head == Head::Filled { 0.8 } else { 0.98 };
    let shaft = part(line, 0.0, if headed && look.class.head == Head::Chevron { whole - 1.0 } else { until });
    if shaft.len() < 2 {
        return;
    }
    let points: Vec<_> = shaft.iter().map(|c| point(*c)).collect();
    let path = Path::line(&points);
    shafts.items.push(Item::Shape(Shape {
        path: path.clone(),
        stroke: Some(Stroke {
            color: look.halo.at(style.line.casing_alpha),
            width: look.width + style.line.casing,
            dash: Vec::new(),
            round: false,
        }),
        ..Shape::default()
    }));
    shafts.items.push(Item::Shape(Shape {
        id: Some(id.to_owned()),
        class: look.at_sea.then_some("at-sea"),
        title: Some(title.to_owned()),
        path,
        stroke: Some(dashed(look.color, look.width, &look.class.dash)),
        ..Shape::default()
    }));
    if headed {
        draw_head(line, whole, head, look, heads);
    }
    if look.contested {
        bars(line, whole, look, heads);
    }
}

/// A stroke dashed in multiples of its width; dots are round.
pub fn dashed(color: Color, width: f32, dash: &[f32]) -> Stroke {
    let round = dash.first() == Some(&0.0);
    let dash = dash.iter().map(|d| if *d == 0.0 { 0.01 } else { d * width }).collect();
    Stroke { color, width, dash, round }
}

fn draw_head(line: &[Coord<f64>], whole: f64, head: f64, look: &Look, heads: &mut Group) {
    let style = &Style::embedded().arrow;
    let (tip, _) = at(line, whole);
    let (back, _) = at(line, whole - head);
    let d = distance(back, tip).max(1e-9);
    let along = Coord { x: (tip.x - back.x) / d, y: (tip.y - back.y) / d };
    let half = head * f64::from(style.head_half);
    let corner = |side: f64, behind: f64| Coord {
        x: tip.x - along.x * behind - along.y * half * side,
        y: tip.y - along.y * behind + along.x * half * side,
    };
    let notch = head * (1.0 - f64::from(style.head_notch));
    let notch = Coord { x: tip.x - along.x * notch, y: tip.y - along.y * notch };
    let (left, right) = (corner(1.0, head), corner(-1.0, head));
    let shape = match look.class.head {
        Head::Filled => Shape {
            path: Path::ring(&[tip, left, notch, right].map(point)),
            fill: Some(look.color),
            stroke: Some(Stroke::solid(look.halo, 1.0)),
            ..Shape::default()
        },
        Head::Hollow => Shape {
            path: Path::ring(&[tip, left, right].map(point)),
            fill: Some(look.halo.at(1.0)),
            stroke: Some(Stroke::solid(look.color, 1.6)),
            ..Shape::default()
        },
        Head::Chevron => Shape {
            path: Path::line(&[left, tip, right].map(point)),
            stroke: Some(Stroke {
                color: look.color,
                width: look.width.min(3.0),
                dash: Vec::new(),
                round: true,
            }),
            ..Shape::default()
        },
    };
    // a fill with a stroke of another colour is drawn stroke first, so that the halo stays outside
    if look.class.head == Head::Filled {
        let mut halo = shape.clone();
        halo.fill = None;
        halo.stroke = Some(Stroke::solid(look.halo, 2.0));
        heads.items.push(Item::Shape(halo));
        heads.items.push(Item::Shape(Shape { stroke: None, ..shape }));
    } else {
        heads.items.push(Item::Shape(shape));
    }
}

/// Two bars across the shaft at mid-length: some party rejects the claim.
fn bars(line: &[Coord<f64>], whole: f64, look: &Look, heads: &mut Group) {
    let half = f64::from(look.width.max(2.5)) * 3.0;
    let (_, direction) = at(line, whole * 0.5);
    for (paint, width) in [(look.halo, 5.4), (look.ink, 2.2)] {
        let mut path = Path::default();
        for offset in [-2.6, 2.6] {
            let (middle, _) = at(line, whole * 0.5 + offset);
            let end = |side: f64| Coord {
                x: middle.x - direction.y * half * side + direction.x * half * 0.35 * side,
                y: middle.y + direction.x * half * side + direction.y * half * 0.35 * side,
            };
            path.add_line(&[point(end(1.0)), point(end(-1.0))]);
        }
        heads.items.push(Item::Shape(Shape {
            path,
            stroke: Some(Stroke::solid(paint, width)),
            ..Shape::default()
        }));
    }
}

/// A fork: the trunk, where it splits, and a branch to each end.
pub struct Fork {
    /// From the start to the split.
    pub trunk: Line,
    /// One line for each end, from the split on.
    pub branches: Vec<Line>,
}

/// A branch is so long at least, where the way is long enough: room for its head and for the "or" beside it, px.
const BRANCH: f64 = 84.0;

/// Branches whose ends lie less than this aside of each other bow apart, px.
const APART: f64 = 44.0;

/// Splits the way from `start` to several ends after a common trunk; none when the ends lie too far apart
/// in direction for a trunk to make sense.
pub fn fork(
    start: Coord<f64>,
    ends: &[Coord<f64>],
    trunk_curve: impl Fn(Coord<f64>, Coord<f64>) -> Line,
) -> Option<Fork> {
    let nearest = ends.iter().map(|e| distance(start, *e)).fold(f64::MAX, f64::min);
    let n = ends.len() as f64;
    let mean =
        Coord { x: ends.iter().map(|e| e.x).sum::<f64>() / n, y: ends.iter().map(|e| e.y).sum::<f64>() / n };
    let way = distance(start, mean);
    if nearest < 60.0 || way < 1.0 {
        return None;
    }
    let cosine = |e: &Coord<f64>| {
        ((e.x - start.x) * (mean.x - start.x) + (e.y - start.y) * (mean.y - start.y))
            / (way * distance(start, *e))
    };
    if ends.iter().any(|e| cosine(e) < 0.8) {
        return None;
    }
    let spine = trunk_curve(start, mean);
    // far ends that lie close together split late, ends far apart early
    let spread = ends.iter().map(|e| distance(*e, mean)).fold(0.0, f64::max);
    let latest = (1.0 - BRANCH / nearest).clamp(0.42, 0.86);
    let share = (1.0 - 2.6 * spread / nearest).clamp(0.42, latest);
    let split = (nearest * share).min(length(&spine) * latest.max(0.7));
    let (at_split, direction) = at(&spine, split);
    let branch = |(index, end): (usize, &Coord<f64>)| {
        let reach = distance(at_split, *end) * 0.45;
        // Ends one behind the other are reached from either side, else one branch would run over the other.
        let others = ends.iter().enumerate().filter(|(other, _)| *other != index);
        let aside = |to: &Coord<f64>| direction.x * (to.y - at_split.y) - direction.y * (to.x - at_split.x);
        let apart: Vec<f64> = others.map(|(_, other)| aside(end) - aside(other)).collect();
        let nearest = apart.iter().copied().min_by(|a, b| a.abs().total_cmp(&b.abs())).unwrap_or(f64::MAX);
        let is_outermost = apart.iter().all(|by| by.signum() == nearest.signum());
        let bow = if is_outermost { (APART - nearest.abs()).max(0.0) * nearest.signum() } else { 0.0 };
        let control = Coord {
            x: at_split.x + direction.x * reach - direction.y * bow,
            y: at_split.y + direction.y * reach + direction.x * bow,
        };
        curve(at_split, control, *end, 32)
    };
    let branches = ends.iter().enumerate().map(branch).collect();
    Some(Fork { trunk: part(&spine, 0.0, split), branches })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn c(x: f64, y: f64) -> Coord<f64> {
        Coord { x, y }
    }

    #[test]
    fn a_part_of_a_line_has_the_length_asked_for() {
        let line = bulge(c(0.0, 0.0), c(300.0, 40.0), 30.0);
        let piece = part(&line, 20.0, 220.0);
        assert!((length(&piece) - 200.0).abs() < 0.01);
    }

    #[test]
    fn a_leg_bulges_to_the_left_of_its_way() {
        let line = bulge(c(0.0, 0.0), c(100.0, 0.0), 10.0);
        assert!((line[16].y + 10.0).abs() < 1e-9);
    }

    #[test]
    fn a_fork_runs_together_for_two_fifths_of_the_way() {
        let fork = fork(c(0.0, 0.0), &[c(500.0, -30.0), c(480.0, 40.0)], |a, b| bulge(a, b, 20.0)).unwrap();
        assert!(length(&fork.trunk) > 0.4 * 480.0);
        assert_eq!(fork.branches.len(), 2);
        assert!(distance(*fork.branches[1].last().unwrap(), c(480.0, 40.0)) < 1e-9);
    }

    #[test]
    fn a_fork_to_ends_close_together_splits_late_and_opens_wide() {
        let ends = [c(640.0, 0.0), c(630.0, 34.0)];
        let fork = fork(c(0.0, 0.0), &ends, |a, b| bulge(a, b, 40.0)).unwrap();
        let [one, other] = &fork.branches[..] else { panic!("two ends, two branches") };
        let apart = distance(at(one, length(one) * 0.5).0, at(other, length(other) * 0.5).0);
        assert!(length(one) < 0.2 * 640.0 && apart > 8.0, "{} {apart}", length(one));
    }
}
