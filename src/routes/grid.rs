//! Searches on the grid of water cells: the way along a coast, and the straight line that is all water.

use super::passages::Avoid;
use super::shore::{self, Shore};
use crate::geometry::{LonLat, geodesic};
use crate::world::{WaterGrid, World};
use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeSet, BinaryHeap};

/// A ship keeps off the shore where it can: cells beside land count this much longer.
const SHORE_COST: f64 = 3.0;
/// A step over the shore line counts this much longer: taken in canals and narrow straits only.
const CROSSING_COST: f64 = 40.0;
/// A water so small (in cells) is a pond or a cut-off inlet, not the sea that ships use.
const POND_CELLS: usize = 2500;
/// Kilometres of a degree of latitude on the sphere.
const KM_PER_DEGREE: f64 = 111.195;

/// A column (east of the window's first, so that 180° is nothing special) and a row.
type Cell = (usize, usize);

/// A part of the grid: columns may run on past 180°.
#[derive(Debug, Clone, Copy)]
pub(super) struct Window {
    west: usize,
    north: usize,
    columns: usize,
    rows: usize,
}

/// The grid, and what of it is not to be taken.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sea<'w> {
    grid: &'w WaterGrid,
    shore: &'static Shore,
    avoid: &'w Avoid,
}

impl<'w> Sea<'w> {
    pub(super) fn new(world: &'w World, avoid: &'w Avoid) -> Self {
        Sea { grid: world.water_grid(), shore: shore::of(world), avoid }
    }

    fn is_open(&self, window: &Window, cell: Cell) -> bool {
        let (x, y) = (window.west + cell.0, window.north + cell.1);
        self.grid.is_water_cell(x, y) && !self.avoid.bars(self.middle(window, cell))
    }

    fn middle(&self, window: &Window, cell: Cell) -> LonLat {
        self.grid.middle((window.west + cell.0) % self.grid.width(), window.north + cell.1)
    }

    /// The water cell nearest to a position, at most so far away; ponds do not count.
    pub(super) fn nearest_water(&self, position: LonLat, within_km: f64) -> Option<LonLat> {
        let window = self.around(position, within_km);
        let all = (0..window.rows).flat_map(|y| (0..window.columns).map(move |x| (x, y)));
        let mut open: Vec<(f64, Cell)> = all
            .filter(|&cell| self.is_open(&window, cell))
            .map(|cell| (geodesic::distance_km(position, self.middle(&window, cell)), cell))
            .filter(|(km, _)| *km <= within_km)
            .collect();
        open.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let mut ponds: BTreeSet<Cell> = BTreeSet::new();
        open.into_iter().find_map(|(_, cell)| {
            let absolute = ((window.west + cell.0) % self.grid.width(), window.north + cell.1);
            (!ponds.contains(&absolute) && !self.is_pond(absolute, &mut ponds))
                .then(|| self.middle(&window, cell))
        })
    }

    /// Whether the water around a cell is a pond; if so, its cells are remembered.
    fn is_pond(&self, start: Cell, ponds: &mut BTreeSet<Cell>) -> bool {
        let mut seen = BTreeSet::from([start]);
        let mut open = vec![start];
        while let Some((x, y)) = open.pop() {
            if seen.len() > POND_CELLS {
                return false;
            }
            let width = self.grid.width();
            let around = [
                ((x + 1) % width, Some(y)),
                ((x + width - 1) % width, Some(y)),
                (x, Some(y + 1)),
                (x, y.checked_sub(1)),
            ];
            for (x, y) in around {
                let Some(y) = y else { continue };
                if self.grid.is_water_cell(x, y)
                    && !self.avoid.bars(self.grid.middle(x, y))
                    && seen.insert((x, y))
                {
                    open.push((x, y));
                }
            }
        }
        ponds.extend(seen);
        true
    }

    /// A window that reaches so far on every side.
    pub(super) fn around(&self, position: LonLat, reach_km: f64) -> Window {
        let degrees = reach_km / KM_PER_DEGREE;
        let narrow = libm::cos(position.lat.to_radians()).max(0.05);
        self.window(
            position.lon - degrees / narrow,
            position.lat - degrees,
            position.lon + degrees / narrow,
            position.lat + degrees,
        )
    }

    /// A window that holds two positions, the short way round, with room to go around things.
    pub(super) fn between(&self, a: LonLat, b: LonLat) -> Window {
        let east = b.lon - a.lon - 360.0 * ((b.lon - a.lon) / 360.0).round();
        let margin = (0.6 * east.abs().max((b.lat - a.lat).abs())).max(3.0);
        let narrow = libm::cos(a.lat.abs().max(b.lat.abs()).to_radians()).max(0.1);
        let (west, east) = (a.lon.min(a.lon + east), a.lon.max(a.lon + east));
        let wide = margin / narrow.max(0.4);
        self.window(west - wide, a.lat.min(b.lat) - margin, east + wide, a.lat.max(b.lat) + margin)
    }

    fn window(&self, west: f64, south: f64, east: f64, north: f64) -> Window {
        let cell = self.grid.cell();
        let columns = (((east - west) / cell).ceil() as usize + 1).min(self.grid.width());
        let top = self.grid.cell_at(LonLat::new(0.0, north.min(90.0))).1;
        let bottom = self.grid.cell_at(LonLat::new(0.0, south.max(-90.0))).1;
        let first = self.grid.cell_at(LonLat::new(west, 0.0)).0;
        Window { west: first, north: top, columns, rows: bottom - top + 1 }
    }

    fn cell_of(&self, window: &Window, position: LonLat) -> Option<Cell> {
        let (x, y) = self.grid.cell_at(position);
        let column = (x + self.grid.width() - window.west) % self.grid.width();
        let row = y.checked_sub(window.north)?;
        (column < window.columns && row < window.rows).then_some((column, row))
    }

    /// Searches from a water position through the window; towards one goal where there is one.
    pub(super) fn search(&self, window: Window, from: LonLat, goal: Option<LonLat>) -> Search<'_> {
        let mut search = Search {
            sea: *self,
            window,
            cost: vec![f32::INFINITY; window.columns * window.rows],
            before: vec![u32::MAX; window.columns * window.rows],
        };
        let Some(start) = self.cell_of(&window, from) else { return search };
        let goal_cell = goal.and_then(|goal| self.cell_of(&window, goal));
        let mut open = BinaryHeap::new();
        let at = search.index(start);
        search.cost[at] = 0.0;
        open.push(Reverse(Step { estimate: 0.0, cell: start }));
        let mut done = vec![false; window.columns * window.rows];
        while let Some(Reverse(Step { cell, .. })) = open.pop() {
            let at = search.index(cell);
            if std::mem::replace(&mut done[at], true) {
                continue;
            }
            if Some(cell) == goal_cell {
                break;
            }
            for (next, km) in self.neighbours(&window, cell) {
                let cost = f64::from(search.cost[at]) + km * self.hardship(&window, cell, next);
                let index = search.index(next);
                if cost < f64::from(search.cost[index]) && !done[index] {
                    search.cost[index] = cost as f32;
                    search.before[index] = at as u32;
                    let ahead =
                        goal.map_or(0.0, |goal| geodesic::distance_km(self.middle(&window, next), goal));
                    open.push(Reverse(Step { estimate: cost + ahead, cell: next }));
                }
            }
        }
        search
    }

    /// The open cells around one, with their distances; no cutting of corners over land.
    fn neighbours(&self, window: &Window, (x, y): Cell) -> impl Iterator<Item = (Cell, f64)> {
        let lat = self.middle(window, (x, y)).lat;
        let side = self.grid.cell() * KM_PER_DEGREE;
        let across = side * libm::cos(lat.to_radians());
        let open = |dx: isize, dy: isize| {
            let next = (x.checked_add_signed(dx)?, y.checked_add_signed(dy)?);
            (next.0 < window.columns && next.1 < window.rows && self.is_open(window, next)).then_some(next)
        };
        let mut found = Vec::with_capacity(8);
        for (dx, dy) in [(1, 0), (-1, 0), (0, 1), (0, -1)] {
            found.extend(open(dx, dy).map(|next| (next, if dy == 0 { across } else { side })));
        }
        for (dx, dy) in [(1, 1), (1, -1), (-1, 1), (-1, -1)] {
            if open(dx, 0).is_some() && open(0, dy).is_some() {
                found.extend(open(dx, dy).map(|next| (next, libm::hypot(across, side))));
            }
        }
        found.into_iter()
    }

    /// How much longer a step counts than it is.
    fn hardship(&self, window: &Window, from: Cell, to: Cell) -> f64 {
        if !self.is_by_land(window, to) && !self.is_by_land(window, from) {
            1.0
        } else if self.shore.is_crossed(self.middle(window, from), self.middle(window, to)) {
            CROSSING_COST
        } else {
            SHORE_COST
        }
    }

    fn is_by_land(&self, window: &Window, (x, y): Cell) -> bool {
        let (x, y) = (window.west + x, window.north + y);
        let around = [(1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (1, -1), (-1, 1), (-1, -1)];
        around.into_iter().any(|(dx, dy): (isize, isize)| {
            let x = (x + self.grid.width()).wrapping_add_signed(dx);
            y.checked_add_signed(dy).is_some_and(|y| !self.grid.is_water_cell(x, y))
        })
    }

    /// Whether the straight line between two positions is all open water and crosses no shore.
    pub(super) fn sees(&self, a: LonLat, b: LonLat) -> bool {
        let east = b.lon - a.lon - 360.0 * ((b.lon - a.lon) / 360.0).round();
        let steps = (east.abs().max((b.lat - a.lat).abs()) / (self.grid.cell() / 4.0)).ceil().max(1.0);
        (0..=steps as usize).all(|step| {
            let share = step as f64 / steps;
            let position = LonLat::new(a.lon + east * share, a.lat + (b.lat - a.lat) * share);
            self.grid.is_water(position) && !self.avoid.bars(position)
        }) && !self.shore.is_crossed(a, b)
    }
}

/// What a search found: the cost of each cell reached, and the way there.
#[derive(Debug)]
pub(super) struct Search<'w> {
    sea: Sea<'w>,
    window: Window,
    cost: Vec<f32>,
    before: Vec<u32>,
}

impl Search<'_> {
    fn index(&self, (x, y): Cell) -> usize {
        y * self.window.columns + x
    }

    /// What it costs to reach a position, if it was reached.
    pub(super) fn cost_to(&self, position: LonLat) -> Option<f64> {
        let cell = self.sea.cell_of(&self.window, position)?;
        Some(f64::from(self.cost[self.index(cell)])).filter(|cost| cost.is_finite())
    }

    /// The way from the start to a position that was reached.
    pub(super) fn way_to(&self, position: LonLat) -> Option<Vec<LonLat>> {
        self.cost_to(position)?;
        let mut at = self.index(self.sea.cell_of(&self.window, position)?) as u32;
        let mut way = Vec::new();
        while at != u32::MAX {
            let cell = (at as usize % self.window.columns, at as usize / self.window.columns);
            way.push(self.sea.middle(&self.window, cell));
            at = self.before[at as usize];
        }
        way.reverse();
        Some(way)
    }
}

#[derive(Debug, PartialEq)]
struct Step {
    estimate: f64,
    cell: Cell,
}

impl Eq for Step {}

impl Ord for Step {
    /// By estimate, then by cell, so that equal estimates are always taken in the same order.
    fn cmp(&self, other: &Self) -> Ordering {
        self.estimate.total_cmp(&other.estimate).then(self.cell.cmp(&other.cell))
    }
}

impl PartialOrd for Step {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
