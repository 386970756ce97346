//! Where ships can go, cell by cell: the nearest water, the straight line that is all water, and
//! searches along a coast.

use super::passages::Avoid;
use crate::geometry::geodesic::Arc;
use crate::geometry::{LonLat, geodesic};
use crate::world::{BLOCK, CROSSES, Shallows, WATERWAY, WaterGrid};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// How far from the sea a place may lie and still be a port's: the middle of a large town, the head of
/// a fjord. Twenty kilometres, and what a cell's water may begin before its middle. A line over more land
/// would say that ships go there.
pub const INLAND_LIMIT_KM: f64 = 22.5;

/// A ship keeps off the shore where it can: steps beside land count this much longer.
const SHORE_COST: f64 = 3.0;
/// A step over the shore line counts this much longer: taken in canals and narrow straits only.
const CROSSING_COST: f64 = 40.0;
/// Kilometres of a degree of latitude on the sphere.
const KM_PER_DEGREE: f64 = 111.195;
/// Longer stretches follow the great circle, with a bend at least this often.
const LEG_KM: f64 = 100.0;
/// East, south, south-east, south-west, and back again: the order of [`CROSSES`], twice.
const STEPS: [(isize, isize); 8] = [(1, 0), (0, 1), (1, 1), (-1, 1), (-1, 0), (0, -1), (-1, -1), (1, -1)];
const NO_STEP: u8 = u8::MAX;

/// A column and a row of the grid.
pub type Cell = (usize, usize);

/// The grid, and what of it is not to be taken.
#[derive(Debug, Clone, Copy)]
pub struct Sea<'w> {
    grid: &'w WaterGrid,
    shallows: &'w Shallows,
    avoid: Option<&'w Avoid>,
}

impl<'w> Sea<'w> {
    /// The sea of a grid and what is known of its shores.
    pub fn new(grid: &'w WaterGrid, shallows: &'w Shallows) -> Self {
        Sea { grid, shallows, avoid: None }
    }

    pub(super) fn avoiding(self, avoid: &'w Avoid) -> Self {
        Sea { avoid: Some(avoid).filter(|avoid| !avoid.is_empty()), ..self }
    }

    /// Whether no shore lies in the block of cells that a cell is in.
    pub fn is_off_shore(&self, (x, y): Cell) -> bool {
        self.shallows.is_off_shore(x / BLOCK, y / BLOCK)
    }

    /// The middle of a cell.
    pub fn middle(&self, (x, y): Cell) -> LonLat {
        self.grid.middle(x, y)
    }

    /// The number of a cell: its place in the order of rows, then columns.
    pub fn number(&self, (x, y): Cell) -> u32 {
        (y * self.grid.width() + x) as u32
    }

    /// The cell that a position lies in.
    pub fn cell_at(&self, position: LonLat) -> Cell {
        self.grid.cell_at(position)
    }

    /// The closed water that a cell belongs to; none for the sea.
    pub fn closed_at(&self, (x, y): Cell) -> Option<u16> {
        self.shallows.closed_at(x, y)
    }

    /// Whether a position lies in a cell of water.
    pub fn is_water(&self, position: LonLat) -> bool {
        self.grid.is_water(position)
    }

    /// Whether a cell is water that no shore line goes through.
    pub fn is_clear(&self, (x, y): Cell) -> bool {
        self.grid.is_water_cell(x, y) && !self.shallows.is_touched(x, y)
    }

    fn is_open(&self, cell: Cell) -> bool {
        self.grid.is_water_cell(cell.0, cell.1)
            && self.avoid.is_none_or(|avoid| !avoid.bars(self.middle(cell)))
    }

    /// The water cell nearest to a position, at most so far away, in a water that is wanted; ponds
    /// do not count. A water is the number of a closed one, or none for the sea.
    pub fn nearest(
        &self,
        position: LonLat,
        within_km: f64,
        wanted: impl Fn(Option<u16>) -> bool,
    ) -> Option<Cell> {
        let (x0, y0) = self.grid.cell_at(position);
        let side = self.grid.cell() * KM_PER_DEGREE;
        if self.is_deep_inland((x0, y0), within_km) {
            return None;
        }
        let bodies = self.shallows.bodies();
        let mut best: Option<(f64, Cell)> = None;
        for away in 0..self.grid.height() {
            let limit = best.map_or(within_km, |(km, _)| km);
            if (away as f64 - 1.0) * side > limit {
                break;
            }
            let rows = [y0.checked_sub(away), Some(y0 + away).filter(|_| away > 0)];
            for y in rows.into_iter().flatten().filter(|&y| y < self.grid.height()) {
                let across = side * libm::cos(self.grid.middle(0, y).lat.to_radians());
                let reach = ((limit / across) as usize + 1).min(self.grid.width() / 2);
                for aside in 0..=2 * reach {
                    let x = (x0 + self.grid.width() + aside - reach) % self.grid.width();
                    if !self.is_open((x, y)) {
                        continue;
                    }
                    let km = geodesic::distance_km(position, self.grid.middle(x, y));
                    let nearer = km <= within_km && best.is_none_or(|(least, _)| km < least);
                    let body = || self.shallows.closed_at(x, y);
                    let fits = |body: Option<u16>| {
                        body.is_none_or(|body| !bodies[usize::from(body)].is_pond()) && wanted(body)
                    };
                    if nearer && fits(body()) {
                        best = Some((km, (x, y)));
                    }
                }
            }
        }
        best.map(|(_, cell)| cell)
    }

    /// Whether all blocks that so many kilometres around a cell lie in are land without a shore.
    fn is_deep_inland(&self, (x, y): Cell, within_km: f64) -> bool {
        let side = self.grid.cell() * KM_PER_DEGREE;
        let rows = (within_km / side) as usize + 1;
        let (north, south) = (y.saturating_sub(rows), (y + rows).min(self.grid.height() - 1));
        let narrow = |row| libm::cos(self.grid.middle(0, row).lat.to_radians());
        let aside = (within_km / (side * narrow(north).min(narrow(south)))) as usize + 1;
        let width = self.grid.width();
        let columns = (x + width - aside.min(width / 2)) / BLOCK..=(x + width + aside.min(width / 2)) / BLOCK;
        let is_land = |column: usize, row: usize| {
            let column = column % (width / BLOCK);
            self.shallows.is_off_shore(column, row) && !self.grid.is_water_cell(column * BLOCK, row * BLOCK)
        };
        (north / BLOCK..=south / BLOCK).all(|row| columns.clone().all(|column| is_land(column, row)))
    }

    /// Whether the great circle between two positions is all water, clear of any shore.
    pub fn sees(&self, a: LonLat, b: LonLat) -> bool {
        self.sees_along(&Arc::new(a, b), 0.0)
    }

    /// The same for an arc that is at hand. What lies at a share of the way is looked at first: most arcs
    /// that are not clear fail where the way bent.
    pub fn sees_along(&self, arc: &Arc, first: f64) -> bool {
        let legs = (arc.km() / leg_km(arc)).ceil().max(1.0);
        let at = |leg: f64| if leg == legs { arc.end.position } else { arc.at(leg / legs).position };
        let bend = (first * legs).floor().min(legs - 1.0);
        if bend > 0.0 && !self.sees_straight(at(bend), at(bend + 1.0)) {
            return false;
        }
        let mut from = arc.start.position;
        (1..=legs as usize).all(|leg| {
            let to = at(leg as f64);
            self.sees_straight(std::mem::replace(&mut from, to), to)
        })
    }

    /// All cells that the straight line goes through, one after the other; whole blocks where they tell.
    pub fn sees_straight(&self, a: LonLat, b: LonLat) -> bool {
        if self.avoid.is_some_and(|avoid| avoid.bars_line(a, b)) {
            return false;
        }
        let is_block_clear =
            |(x, y)| self.shallows.is_off_shore(x, y) && self.grid.is_water_cell(x * BLOCK, y * BLOCK);
        let blocks = self.grid.width() / BLOCK;
        all_along(a, b, self.grid.cell() * BLOCK as f64, blocks, is_block_clear)
            || all_along(a, b, self.grid.cell(), self.grid.width(), |cell| self.is_clear(cell))
    }

    /// Whether a step between two cells, or to the cell itself, leads over land that is no waterway.
    /// Stretches between cells that do not touch are not looked at: they are only made where they are seen.
    pub fn is_over_land(&self, a: LonLat, b: LonLat) -> bool {
        let (a, b) = (self.cell_at(a), self.cell_at(b));
        let width = self.grid.width();
        let Some(number) = STEPS.iter().position(|&(dx, dy)| {
            ((a.0 + width).wrapping_add_signed(dx) % width, a.1.wrapping_add_signed(dy)) == b
        }) else {
            return false;
        };
        let flags = |(x, y): Cell| self.shallows.flags(x, y).unwrap_or(0);
        let crossed = if number < 4 { flags(a) } else { flags(b) } & CROSSES[number % 4] != 0;
        crossed && flags(a) & flags(b) & WATERWAY == 0
    }

    /// Searches outwards from a cell, nearest first; towards a goal where there is one. Each cell
    /// reached is shown with its cost in metres; the search ends when that is answered with `true`.
    pub fn search(
        &self,
        start: Cell,
        reach_km: f64,
        goal: Option<LonLat>,
        mut reached: impl FnMut(Cell, u32) -> bool,
    ) -> Search<'w> {
        let mut search = Search::new(*self, start, reach_km);
        let Some(first) = search.index(start) else { return search };
        let mut open = BinaryHeap::from([Reverse((0, first as u32))]);
        search.cost[first] = 0;
        while let Some(Reverse((_, at))) = open.pop() {
            let cell = search.cell(at as usize);
            if search.is_done(at as usize) {
                continue;
            }
            let cost = search.cost[at as usize];
            if reached(cell, cost) {
                break;
            }
            for (step, next, metres) in self.steps(cell) {
                let Some(index) = search.index(next) else { continue };
                let through = cost.saturating_add(metres);
                if through < search.cost[index] {
                    search.cost[index] = through;
                    search.before[index] = step;
                    let ahead =
                        goal.map_or(0.0, |goal| geodesic::distance_km(self.middle(next), goal) * 1000.0);
                    open.push(Reverse((through.saturating_add(ahead as u32), index as u32)));
                }
            }
        }
        search
    }

    /// The steps to open cells around one, with their costs; no cutting of corners over land.
    fn steps(&self, (x, y): Cell) -> impl Iterator<Item = (u8, Cell, u32)> + use<'_> {
        let side = self.grid.cell() * KM_PER_DEGREE * 1000.0;
        let across = side * libm::cos(self.grid.middle(x, y).lat.to_radians());
        let width = self.grid.width();
        let at = move |(dx, dy): (isize, isize)| {
            Some(((x + width).wrapping_add_signed(dx) % width, y.checked_add_signed(dy)?))
        };
        let open = STEPS.map(|step| at(step).filter(|&cell| self.is_open(cell)));
        let here = self.shallows.flags(x, y);
        (0..8_u8).filter_map(move |number| {
            let (dx, dy) = STEPS[usize::from(number)];
            let next = open[usize::from(number)]?;
            if dx != 0 && dy != 0 {
                let beside =
                    |step| STEPS.iter().position(|&other| other == step).is_some_and(|at| open[at].is_some());
                if !beside((dx, 0)) || !beside((0, dy)) {
                    return None;
                }
            }
            let length = libm::hypot(across * dx as f64, side * dy as f64);
            let there = self.shallows.flags(next.0, next.1);
            let flag = CROSSES[usize::from(number % 4)];
            let crossed = if number < 4 { here } else { there }.is_some_and(|flags| flags & flag != 0);
            let hardship = match (crossed, here.or(there)) {
                (true, _) => CROSSING_COST,
                (false, Some(_)) => SHORE_COST,
                (false, None) => 1.0,
            };
            Some((number, next, (length * hardship).round() as u32))
        })
    }

    /// Pulls a way taut: a stretch gives way to the great circle wherever that is seen.
    pub fn taut(&self, way: &[LonLat], sees: impl Fn(LonLat, LonLat) -> bool) -> Vec<LonLat> {
        /// How many bends in a row may be out of sight before the search for a farther one is given up.
        const PATIENCE: usize = 6;
        let mut taut = Vec::new();
        let mut at = 0;
        while at < way.len() {
            taut.push(way[at]);
            let (mut farthest, mut next) = (at + 1, at + 2);
            while next < way.len() && next - farthest <= PATIENCE {
                if sees(way[at], way[next]) {
                    farthest = next;
                }
                next += 1;
            }
            at = farthest;
        }
        taut
    }
}

/// Whether all squares of a grid that the straight line between two positions goes through are as wanted.
/// The squares have this side in degrees and are so many around the world.
fn all_along(a: LonLat, b: LonLat, side: f64, around: usize, wanted: impl Fn(Cell) -> bool) -> bool {
    let east = b.lon - a.lon - 360.0 * ((b.lon - a.lon) / 360.0).round();
    let (x, y) = ((a.lon + 540.0) / side, (90.0 - a.lat) / side);
    let (dx, dy) = (east / side, (a.lat - b.lat) / side);
    // Above zero a cast rounds down, and needs no call.
    let whole = |value: f64| value as i64;
    let (first, top) = (whole(x), whole(y));
    let steps = (whole(x + dx) - first).abs() + (whole(y + dy) - top).abs();
    // How much of the line lies before the next column or row, and between two.
    let stretches = |start: f64, step: f64| {
        let into = start - whole(start) as f64;
        let before = if step > 0.0 { 1.0 - into } else { into };
        if step == 0.0 { (f64::INFINITY, 0.0) } else { (before / step.abs(), 1.0 / step.abs()) }
    };
    let ((mut next_x, per_x), (mut next_y, per_y)) = (stretches(x, dx), stretches(y, dy));
    let (mut column, mut row) = (first as usize % around, top as usize);
    for _ in 0..=steps {
        if !wanted((column, row)) {
            return false;
        }
        if next_x < next_y {
            // Past the last column follows the first.
            column = match dx > 0.0 {
                true if column + 1 == around => 0,
                true => column + 1,
                false => column.checked_sub(1).unwrap_or(around - 1),
            };
            next_x += per_x;
        } else {
            row = row.wrapping_add_signed(if dy > 0.0 { 1 } else { -1 });
            next_y += per_y;
        }
    }
    true
}

/// How long a straight line on the grid may be to lie as near to its great circle as one of [`LEG_KM`] does
/// at 60 degrees: a third of a kilometre. Near the equator great circles bend less.
fn leg_km(arc: &Arc) -> f64 {
    let sine = arc.start.direction[2].abs().max(arc.end.direction[2].abs()).min(1.0);
    let cotangent = libm::sqrt(1.0 - sine * sine) / sine;
    (LEG_KM * libm::sqrt(3.0_f64.sqrt() * cotangent)).clamp(LEG_KM / 2.0, 4.0 * LEG_KM)
}

/// A way whose long stretches bend with the great circle, as it is measured and drawn.
pub fn with_great_circles(way: &[LonLat]) -> Vec<LonLat> {
    let mut bent: Vec<LonLat> = way.first().copied().into_iter().collect();
    for stretch in way.windows(2) {
        let km = geodesic::distance_km(stretch[0], stretch[1]);
        if km > LEG_KM {
            bent.extend(&geodesic::between(stretch[0], stretch[1], (km / LEG_KM).ceil() as usize)[1..]);
            bent.pop();
        }
        bent.push(stretch[1]);
    }
    bent
}

/// What a search found: the cost of each cell reached, and the way there. Its window is as wide as the
/// search reaches.
#[derive(Debug)]
pub struct Search<'w> {
    sea: Sea<'w>,
    west: usize,
    north: usize,
    columns: usize,
    cost: Vec<u32>,
    before: Vec<u8>,
    done: Vec<bool>,
}

impl<'w> Search<'w> {
    fn new(sea: Sea<'w>, start: Cell, reach_km: f64) -> Self {
        let degrees = reach_km / KM_PER_DEGREE;
        let lat = sea.middle(start).lat;
        let narrow = libm::cos((lat.abs() + degrees).min(88.0).to_radians());
        let (down, aside) = (degrees / sea.grid.cell(), degrees / narrow / sea.grid.cell());
        let (down, aside) = (down as usize + 1, aside as usize + 1);
        let columns = (2 * aside + 1).min(sea.grid.width());
        let north = start.1.saturating_sub(down);
        let rows = (start.1 + down + 1).min(sea.grid.height()) - north;
        let west = (start.0 + sea.grid.width() - columns / 2) % sea.grid.width();
        let size = columns * rows;
        let (cost, before, done) = (vec![u32::MAX; size], vec![NO_STEP; size], vec![false; size]);
        Search { sea, west, north, columns, cost, before, done }
    }

    fn index(&self, (x, y): Cell) -> Option<usize> {
        let column = (x + self.sea.grid.width() - self.west) % self.sea.grid.width();
        let at = y.checked_sub(self.north)? * self.columns + column;
        (column < self.columns && at < self.cost.len()).then_some(at)
    }

    fn cell(&self, at: usize) -> Cell {
        ((self.west + at % self.columns) % self.sea.grid.width(), self.north + at / self.columns)
    }

    fn is_done(&mut self, at: usize) -> bool {
        std::mem::replace(&mut self.done[at], true)
    }

    /// The way from the start to a cell, its middles; none when it was not reached.
    pub fn way_to(&self, cell: Cell) -> Option<Vec<LonLat>> {
        let mut at = self.index(cell).filter(|&at| self.cost[at] != u32::MAX)?;
        let mut way = vec![self.sea.middle(self.cell(at))];
        while let Some(&(dx, dy)) = STEPS.get(usize::from(self.before[at])) {
            let (x, y) = self.cell(at);
            let width = self.sea.grid.width();
            at = self.index(((x + width).wrapping_add_signed(-dx) % width, y.checked_add_signed(-dy)?))?;
            way.push(self.sea.middle(self.cell(at)));
        }
        way.reverse();
        Some(way)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::world::World;

    /// The sea that is compiled in.
    pub(in crate::routes) fn sea() -> Sea<'static> {
        let world = World::embedded().unwrap();
        Sea::new(world.water_grid(), world.shallows())
    }

    #[test]
    fn a_line_over_open_water_is_seen_and_one_over_land_is_not() {
        let sea = sea();
        assert!(sea.sees(LonLat::new(-40.0, 30.0), LonLat::new(-20.0, 35.0)), "mid-Atlantic");
        assert!(sea.sees(LonLat::new(179.0, 40.0), LonLat::new(-179.0, 41.0)), "across 180°");
        assert!(sea.sees(LonLat::new(-179.0, 40.0), LonLat::new(179.0, 39.0)), "and back");
        assert!(!sea.sees(LonLat::new(11.5, 41.5), LonLat::new(15.0, 43.0)), "across Italy");
    }

    #[test]
    fn a_search_finds_its_way_around_a_cape_and_back_to_its_start() {
        let sea = sea();
        let (from, to) = (LonLat::new(17.0, 39.5), LonLat::new(18.5, 41.0));
        let goal = sea.cell_at(to);
        let search = sea.search(sea.cell_at(from), 400.0, Some(to), |cell, _| cell == goal);
        let way = search.way_to(goal).unwrap();
        assert_eq!((way[0], way[way.len() - 1]), (sea.middle(sea.cell_at(from)), sea.middle(goal)));
        assert!(way.iter().all(|&p| sea.is_open(sea.cell_at(p))));
    }

    #[test]
    fn inland_there_is_no_water_near() {
        assert_eq!(sea().nearest(LonLat::new(106.9, 47.9), 60.0, |_| true), None);
    }
}
