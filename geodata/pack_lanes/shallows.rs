//! The water beside the shore: which steps from cell to cell cross it, and which waters are closed.

use crate::shore::Shore;
use dateline::geometry::{LonLat, geodesic};
use dateline::world::{Band, CROSSES, ClosedRun, ClosedWater, Shallows, TOUCHED, WATERWAY, WaterGrid, World};
use geo::Contains;
use std::collections::{BTreeMap, BTreeSet};

/// So near to its line a cell belongs to a waterway.
const WATERWAY_KM: f64 = 8.0;

/// The shallows of a world's grid; the waterways are lines of positions.
pub(crate) fn of(world: &World, shore: &Shore, waterways: &[Vec<LonLat>]) -> Shallows {
    let grid = world.water_grid();
    let touched = touched(grid, shore);
    let waterway = along(grid, waterways);
    let (width, height) = (grid.width(), grid.height());
    let mut cells = Vec::new();
    for y in 0..height {
        for x in (0..width).filter(|&x| grid.is_water_cell(x, y)) {
            let around = |dx: usize, dy: usize| {
                (y + dy).checked_sub(1).is_some_and(|y| {
                    let x = (x + width + dx - 1) % width;
                    y < height && (touched[y * width + x] || !grid.is_water_cell(x, y))
                })
            };
            if (0..3).any(|dx| (0..3).any(|dy| around(dx, dy))) {
                let here = grid.middle(x, y);
                let mut flags = if touched[y * width + x] { TOUCHED } else { 0 };
                if waterway.contains(&(x, y)) {
                    flags |= WATERWAY;
                }
                for (flag, (dx, dy)) in CROSSES.into_iter().zip([(1, 0), (0, 1), (1, 1), (width - 1, 1)]) {
                    let next = ((x + dx) % width, y + dy);
                    if grid.is_water_cell(next.0, next.1)
                        && shore.is_crossed(here, grid.middle(next.0, next.1))
                    {
                        flags |= flag;
                    }
                }
                cells.push((y as u16, x as u16, flags));
            }
        }
    }
    let (runs, bodies) = closed(world, grid);
    Shallows::new(height, cells, runs, bodies)
}

/// The cells along lines.
fn along(grid: &WaterGrid, lines: &[Vec<LonLat>]) -> BTreeSet<(usize, usize)> {
    let mut cells = BTreeSet::new();
    for leg in lines.iter().flat_map(|line| line.windows(2)) {
        let pieces = (geodesic::distance_km(leg[0], leg[1]) / 2.0).ceil().max(1.0) as usize;
        for p in geodesic::between(leg[0], leg[1], pieces) {
            let (x, y) = grid.cell_at(p);
            for row in y.saturating_sub(3)..(y + 4).min(grid.height()) {
                for column in x + grid.width() - 12..x + grid.width() + 13 {
                    let cell = (column % grid.width(), row);
                    if geodesic::distance_km(p, grid.middle(cell.0, cell.1)) < WATERWAY_KM {
                        cells.insert(cell);
                    }
                }
            }
        }
    }
    cells
}

/// The cells that a shore line goes through, or all but.
fn touched(grid: &WaterGrid, shore: &Shore) -> Vec<bool> {
    let mut touched = vec![false; grid.width() * grid.height()];
    for &[ax, ay, bx, by] in shore.segments() {
        let pieces = ((bx - ax).abs().max((by - ay).abs()) / (grid.cell() / 4.0)).ceil().max(1.0);
        let at = |share: f64| grid.cell_at(LonLat::new(ax + (bx - ax) * share, ay + (by - ay) * share));
        for piece in 0..pieces as usize {
            let (a, b) = (at(piece as f64 / pieces), at((piece + 1) as f64 / pieces));
            for (x, y) in [a, b, (a.0, b.1), (b.0, a.1)] {
                touched[y * grid.width() + x] = true;
            }
        }
    }
    touched
}

/// Waters that the steps of ships do not join to the largest.
fn closed(world: &World, grid: &WaterGrid) -> (Vec<ClosedRun>, Vec<ClosedWater>) {
    let (width, height) = (grid.width(), grid.height());
    let mut water = vec![u32::MAX; width * height];
    let mut sizes: Vec<(u32, usize)> = Vec::new();
    for start in 0..water.len() {
        if water[start] != u32::MAX || !grid.is_water_cell(start % width, start / width) {
            continue;
        }
        let number = sizes.len() as u32;
        let (mut open, mut size) = (vec![start], 0);
        water[start] = number;
        while let Some(at) = open.pop() {
            size += 1;
            let (x, y) = (at % width, at / width);
            let beside =
                [((x + 1) % width, y), ((x + width - 1) % width, y), (x, y + 1), (x, y.wrapping_sub(1))];
            for (x, y) in beside {
                if y < height && grid.is_water_cell(x, y) && water[y * width + x] == u32::MAX {
                    water[y * width + x] = number;
                    open.push(y * width + x);
                }
            }
        }
        sizes.push((size, start));
    }
    let sea = (0..sizes.len()).max_by_key(|&at| sizes[at].0).unwrap_or(0) as u32;
    let mut names: BTreeMap<u32, BTreeMap<String, u32>> = BTreeMap::new();
    let lakes = world.lakes(Band::Fine);
    let mut runs: Vec<ClosedRun> = Vec::new();
    for y in 0..height {
        for x in 0..width {
            let body = water[y * width + x];
            if body == u32::MAX || body == sea {
                continue;
            }
            if (x + 7 * y) % 61 == 0 {
                let p = grid.middle(x, y);
                let held = lakes.iter().find(|lake| lake.area.contains(&geo::Point::new(p.lon, p.lat)));
                if let Some(name) = held.and_then(|lake| lake.name.clone()) {
                    *names.entry(body).or_default().entry(name).or_default() += 1;
                }
            }
            let number = (body - u32::from(body > sea)) as u16;
            match runs.last_mut() {
                Some(run) if run.row == y as u16 && run.body == number && run.last + 1 == x as u16 => {
                    run.last += 1
                }
                _ => runs.push(ClosedRun { row: y as u16, first: x as u16, last: x as u16, body: number }),
            }
        }
    }
    let bodies = (0..sizes.len() as u32).filter(|&body| body != sea).map(|body| {
        let named = names.get(&body).and_then(|names| names.iter().max_by_key(|(_, count)| **count));
        let name = named.map_or_else(String::new, |(name, _)| name.clone());
        ClosedWater { name, cells: sizes[body as usize].0 }
    });
    (runs, bodies.collect())
}
