//! The lines of a story's arrows in a view: which way they bulge, where they fork, where they stop.

use super::arrows::{self, Line, at, bulge, distance, hop, length, part, sagitta};
use super::style::Style;
use super::view::View;
use super::wake;
use crate::geometry::clip;
use crate::layers::{End, Layers, MovementFeature};
use crate::movements::Mode;
use crate::world::WaterGrid;
use geo::Coord;

/// An arrow, or a trunk with its branches, in px.
#[derive(Debug, Clone)]
pub struct Leg {
    /// Indices into `Layers::movements`: one for each line, several for a fork.
    pub features: Vec<usize>,
    /// The trunk that several share.
    pub trunk: Option<Line>,
    /// A line for each feature.
    pub lines: Vec<Line>,
    /// Whether "or" stands at the fork.
    pub or: bool,
    /// The trunk, or the whole of the one line: where the badge goes.
    pub spine: Line,
    /// For each line: whether its end lies outside the frame, so that it has no head.
    pub headless: Vec<bool>,
}

impl Leg {
    /// Keeps what lies in a frame: of each line the longest part.
    pub fn keep_inside(&mut self, frame: &clip::Frame) {
        let longest = |line: &Line| {
            let parts = clip::line(line, frame);
            parts.into_iter().max_by(|a, b| length(a).total_cmp(&length(b))).unwrap_or_default()
        };
        for (line, headless) in self.lines.iter_mut().zip(&mut self.headless) {
            let kept = longest(line);
            *headless |= kept.last() != line.last();
            *line = kept;
        }
        self.trunk = self.trunk.as_ref().map(longest).filter(|trunk| trunk.len() > 1);
        self.spine = longest(&self.spine);
    }

    /// The length of its shortest arrow, trunk and branch together, px.
    pub fn shortest(&self) -> f64 {
        let trunk = self.trunk.as_ref().map_or(0.0, |trunk| length(trunk));
        let branches = self.lines.iter().filter(|line| line.len() > 1).map(|line| length(line));
        trunk + branches.fold(f64::MAX, f64::min)
    }
}

/// The arrows of some movements in a view. `reserve` are points that arrows should not pass close by.
pub fn lay_out(
    layers: &Layers,
    which: &[usize],
    view: &View,
    water: &WaterGrid,
    reserve: &[Coord<f64>],
) -> Vec<Leg> {
    let mut legs: Vec<Leg> = Vec::new();
    let mut chosen: Vec<Line> = Vec::new();
    let mut left: Vec<usize> = which.to_vec();
    while let Some(first) = left.first().copied() {
        let feature = &layers.movements[first];
        let origin = |f: &MovementFeature| f.from.as_ref().map(|e| e.place.clone());
        let (same, rest): (Vec<usize>, Vec<usize>) = left.iter().partition(|&&i| {
            let other = &layers.movements[i];
            i == first || (other.movement == feature.movement && origin(other) == origin(feature))
        });
        left = rest;
        let Some((start, start_end)) = position(&feature.from, view) else { continue };
        let ends: Vec<(usize, Coord<f64>)> =
            same.iter().filter_map(|&i| Some((i, position(&layers.movements[i].to, view)?.0))).collect();
        let choose = |a: Coord<f64>, b: Coord<f64>, feature: &MovementFeature, chosen: &[Line]| {
            best_curve(a, b, feature.mode, view, water, chosen, reserve)
        };
        let by_sea = feature.mode == Mode::Sea;
        let leg = if ends.len() > 1 && !by_sea {
            let targets: Vec<Coord<f64>> = ends.iter().map(|(_, c)| *c).collect();
            arrows::fork(start, &targets, |a, b| choose(a, b, feature, &chosen)).map(|fork| {
                let lines = (fork.branches.iter().zip(&ends))
                    .map(|(branch, (i, _))| trim_end(branch, layers.movements[*i].to.as_ref(), view))
                    .collect();
                let trunk = trim_start(&fork.trunk, start_end, view);
                Leg {
                    features: ends.iter().map(|(i, _)| *i).collect(),
                    spine: trunk.clone(),
                    trunk: Some(trunk),
                    headless: vec![false; ends.len()],
                    lines,
                    or: feature.alternative,
                }
            })
        } else {
            None
        };
        match leg {
            Some(leg) => {
                chosen.extend(leg.trunk.clone());
                chosen.extend(leg.lines.iter().cloned());
                legs.push(leg);
            }
            None => {
                for (i, end) in ends {
                    let feature = &layers.movements[i];
                    let line = wake::ship_line(feature, view, water)
                        .unwrap_or_else(|| choose(start, end, feature, &chosen));
                    let line = trim_end(&trim_start(&line, start_end, view), feature.to.as_ref(), view);
                    chosen.push(line.clone());
                    legs.push(Leg {
                        features: vec![i],
                        trunk: None,
                        spine: line.clone(),
                        lines: vec![line],
                        headless: vec![false],
                        or: feature.alternative && feature.pair > 1,
                    });
                }
            }
        }
    }
    legs
}

fn position<'e>(end: &'e Option<End>, view: &View) -> Option<(Coord<f64>, &'e End)> {
    let end = end.as_ref()?;
    Some((view.place(end.position?), end))
}

/// Of curves to the left and right, flatter and rounder: the one that crosses least, keeps off places that
/// it does not serve, and stays in its medium. Ties bulge polewards.
fn best_curve(
    a: Coord<f64>,
    b: Coord<f64>,
    mode: Mode,
    view: &View,
    water: &WaterGrid,
    chosen: &[Line],
    reserve: &[Coord<f64>],
) -> Line {
    let chord = distance(a, b);
    let arrow = &Style::embedded().arrow;
    let wanted = f64::from(arrow.least + arrow.trim_start + arrow.trim_end) + 6.0;
    let base = if mode == Mode::Sea { sagitta(chord) } else { sagitta(chord).max(hop(chord, wanted)) };
    let middle = Coord { x: (a.x + b.x) / 2.0, y: (a.y + b.y) / 2.0 };
    let north = view.position(middle).is_none_or(|p| p.lat >= 0.0);
    let mut best: Option<(f64, Line)> = None;
    for (factor, side) in [(1.0, 1.0), (1.0, -1.0), (0.5, 1.0), (0.5, -1.0), (1.5, 1.0), (1.5, -1.0)] {
        let line = bulge(a, b, base * factor * side);
        let upward = line[line.len() / 2].y < middle.y;
        let mut cost = if upward == north { 0.0 } else { 0.4 } + 0.2 * (factor - 1.0f64).abs();
        cost += 6.0 * wrong_medium(&line, mode, view, water);
        for other in chosen {
            cost += 4.0 * overlap(&line, other);
            // among very many arrows crossings cannot be avoided
            if chosen.len() <= 24 {
                cost += crossing(&line, other);
            }
        }
        for point in reserve {
            if distance(*point, a) > 12.0 && distance(*point, b) > 12.0 && comes_near(&line, *point, 12.0) {
                cost += 4.0;
            }
        }
        let outside = line.iter().filter(|c| !view.frame.grown(-6.0).contains(c.x, c.y)).count();
        cost += outside as f64;
        if best.as_ref().is_none_or(|(least, _)| cost < *least - 1e-9) {
            best = Some((cost, line));
        }
    }
    best.map(|(_, line)| line).unwrap_or_else(|| bulge(a, b, base))
}

/// The share of a line that lies over land for a ship, over sea for a vehicle.
fn wrong_medium(line: &[Coord<f64>], mode: Mode, view: &View, water: &WaterGrid) -> f64 {
    let wrong = |wet: bool| match mode {
        Mode::Sea => !wet,
        Mode::Rail | Mode::Road | Mode::Foot => wet,
        Mode::Air | Mode::Unknown => false,
    };
    if matches!(mode, Mode::Air | Mode::Unknown) {
        return 0.0;
    }
    let inner = &line[2..line.len() - 2];
    let hits = inner.iter().filter(|c| view.position(**c).is_some_and(|p| wrong(water.is_water(p)))).count();
    hits as f64 / inner.len() as f64
}

/// The share of a line that runs along another.
fn overlap(line: &[Coord<f64>], other: &[Coord<f64>]) -> f64 {
    let inner = &line[3..line.len() - 3];
    inner.iter().filter(|c| comes_near(other, **c, 7.0)).count() as f64 / inner.len() as f64
}

/// What crossing another line costs: an acute crossing is hard to read.
fn crossing(line: &[Coord<f64>], other: &[Coord<f64>]) -> f64 {
    let mut cost = 0.0;
    let whole = clip::Frame::around(other).grown(CLOSE);
    for u in line.windows(2).filter(|u| clip::Frame::around(*u).meets(&whole)) {
        for v in other.windows(2) {
            let (a, b) = (
                Coord { x: u[1].x - u[0].x, y: u[1].y - u[0].y },
                Coord { x: v[1].x - v[0].x, y: v[1].y - v[0].y },
            );
            let cross = a.x * b.y - a.y * b.x;
            if cross.abs() < 1e-12 {
                continue;
            }
            let d = Coord { x: v[0].x - u[0].x, y: v[0].y - u[0].y };
            let (t, s) = ((d.x * b.y - d.y * b.x) / cross, (d.x * a.y - d.y * a.x) / cross);
            if (0.03..0.97).contains(&t) && (0.0..1.0).contains(&s) {
                let sine = cross.abs() / (libm::hypot(a.x, a.y) * libm::hypot(b.x, b.y)).max(1e-12);
                cost += if sine < 0.5 { 2.0 } else { 0.5 };
            }
        }
    }
    cost
}

/// What boxes are grown by before they are asked, px, so that rounding decides nothing.
const CLOSE: f64 = 1e-3;

/// Whether a point lies nearer to a line than so many px.
fn comes_near(line: &[Coord<f64>], p: Coord<f64>, far: f64) -> bool {
    let reach = far + CLOSE;
    let may = |w: &&[Coord<f64>]| clip::Frame::around(*w).grown(reach).contains(p.x, p.y);
    line.windows(2).filter(may).any(|w| distance_to(w, p) < far)
}

/// Distance of a point from a line.
pub fn distance_to(line: &[Coord<f64>], p: Coord<f64>) -> f64 {
    let mut least = f64::MAX;
    for w in line.windows(2) {
        let (dx, dy) = (w[1].x - w[0].x, w[1].y - w[0].y);
        let d = dx * dx + dy * dy;
        let t =
            if d == 0.0 { 0.0 } else { (((p.x - w[0].x) * dx + (p.y - w[0].y) * dy) / d).clamp(0.0, 1.0) };
        least = least.min(libm::hypot(p.x - w[0].x - t * dx, p.y - w[0].y - t * dy));
    }
    least
}

fn trim_start(line: &[Coord<f64>], end: &End, view: &View) -> Line {
    let whole = length(line);
    let by = clear_of(end, view, f64::from(Style::embedded().arrow.trim_start)).min(whole * 0.3);
    part(line, by, whole)
}

fn trim_end(line: &[Coord<f64>], end: Option<&End>, view: &View) -> Line {
    let whole = length(line);
    let gap = f64::from(Style::embedded().arrow.trim_end);
    let by = end.map_or(gap, |e| clear_of(e, view, gap)).min(whole * 0.3);
    part(line, 0.0, whole - by)
}

/// How far from an end's point an arrow stays: off a node, off a ring; a little into an area.
fn clear_of(end: &End, _view: &View, gap: f64) -> f64 {
    match &end.area {
        None => gap,
        // diamonds stand in a row where things have no place of their own
        Some(area) if *area != end.place => 27.0,
        Some(_) => f64::from(Style::embedded().node.ring) + 3.0,
    }
}

/// A leg cut where it leaves or enters a box: what lies inside is shown elsewhere.
pub fn outside(line: &[Coord<f64>], source: &clip::Frame) -> Line {
    let whole = length(line);
    let inside = |along: f64| {
        let (c, _) = at(line, along);
        source.contains(c.x, c.y)
    };
    let steps = 400;
    let first = (0..=steps).map(|i| whole * f64::from(i) / f64::from(steps)).find(|d| !inside(*d));
    let last = (0..=steps).rev().map(|i| whole * f64::from(i) / f64::from(steps)).find(|d| !inside(*d));
    match (first, last) {
        (Some(first), Some(last)) if last > first => part(line, first, last),
        _ => Vec::new(),
    }
}

/// Nodes in px: positions of ends that are points.
pub fn nodes(layers: &Layers, which: &[usize], view: &View) -> Vec<(String, String, Coord<f64>)> {
    let mut nodes: Vec<(String, String, Coord<f64>)> = Vec::new();
    for feature in which.iter().map(|i| &layers.movements[*i]) {
        for end in [&feature.from, &feature.to].into_iter().flatten().filter(|e| e.area.is_none()) {
            let Some(position) = end.position else { continue };
            if !nodes.iter().any(|n| n.0 == end.place) {
                nodes.push((end.place.clone(), end.name.clone(), view.place(position)));
            }
        }
    }
    nodes
}
