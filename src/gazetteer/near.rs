//! What lies near a position.

use super::{EntryId, Gazetteer, Kind};
use crate::geometry::LonLat;

/// Settlements by whole-degree cells: built when first asked for, a few milliseconds.
#[derive(Debug)]
pub(super) struct Grid {
    /// Where each of the 360 × 180 cells starts in `entries`.
    starts: Vec<u32>,
    entries: Vec<u32>,
}

const COLUMNS: i32 = 360;
const ROWS: i32 = 180;

fn cell(p: LonLat) -> (i32, i32) {
    let column = ((p.lon + 180.0).floor() as i32).rem_euclid(COLUMNS);
    (column, ((p.lat + 90.0).floor() as i32).clamp(0, ROWS - 1))
}

impl Grid {
    fn new(gazetteer: &Gazetteer) -> Grid {
        let at = |id: u32| {
            let (column, row) = cell(gazetteer.record(EntryId(id)).position());
            (row * COLUMNS + column) as usize
        };
        let towns: Vec<u32> = (0..gazetteer.tables.entries)
            .filter(|&id| matches!(gazetteer.kind(EntryId(id)), Kind::City | Kind::Quarter))
            .collect();
        let mut starts = vec![0u32; (COLUMNS * ROWS) as usize + 1];
        towns.iter().for_each(|&id| starts[at(id) + 1] += 1);
        for i in 1..starts.len() {
            starts[i] += starts[i - 1];
        }
        let mut next = starts.clone();
        let mut entries = vec![0; towns.len()];
        for id in towns {
            let slot = &mut next[at(id)];
            entries[*slot as usize] = id;
            *slot += 1;
        }
        Grid { starts, entries }
    }

    fn cell(&self, column: i32, row: i32) -> &[u32] {
        let cell = (row * COLUMNS + column.rem_euclid(COLUMNS)) as usize;
        &self.entries[self.starts[cell] as usize..self.starts[cell + 1] as usize]
    }
}

impl Gazetteer {
    /// The settlements nearest to a position, with their distance in kilometres, the nearest first.
    pub fn nearest(&self, p: LonLat, limit: usize) -> Vec<(EntryId, f64)> {
        if !p.is_valid() || limit == 0 {
            return Vec::new();
        }
        let grid = self.grid.get_or_init(|| Grid::new(self));
        let (column, row) = cell(p);
        let mut found: Vec<(EntryId, f64)> = Vec::new();
        // Rings of cells outwards; what a ring of rows leaves out is at least this many degrees away.
        for ring in 0..ROWS {
            for r in row - ring..=row + ring {
                if !(0..ROWS).contains(&r) {
                    continue;
                }
                let widest = columns_within(f64::from(ring), p.lat, r);
                let before = if ring == 0 || (r - row).abs() == ring {
                    -1
                } else {
                    columns_within(f64::from(ring - 1), p.lat, r)
                };
                for offset in -widest..=widest {
                    if offset.abs() <= before || (offset == -widest && 2 * widest >= COLUMNS) {
                        continue;
                    }
                    for &id in grid.cell(column + offset, r) {
                        let id = EntryId(id);
                        found.push((id, distance_km(p, self.record(id).position())));
                    }
                }
            }
            let reached_km = f64::from(ring) * 111.0;
            if found.iter().filter(|(_, km)| *km <= reached_km).count() >= limit {
                break;
            }
        }
        found.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
        found.truncate(limit);
        found
    }
}

/// How many columns on each side a ring must cover in a row, for all that lies within so many degrees of arc.
fn columns_within(degrees: f64, lat: f64, row: i32) -> i32 {
    let edge = f64::from(row - 90).abs().max(f64::from(row - 89).abs()).max(lat.abs());
    let narrow = libm::cos(edge.min(89.0).to_radians());
    let arc = libm::sin((degrees / 2.0).to_radians()) / narrow;
    let columns = if arc >= 1.0 { 180.0 } else { 2.0 * libm::asin(arc).to_degrees() };
    (columns.ceil() as i32 + i32::from(degrees > 0.0)).min(COLUMNS / 2)
}

/// Distance along the sphere, in kilometres.
pub(super) fn distance_km(a: LonLat, b: LonLat) -> f64 {
    let (phi1, phi2) = (a.lat.to_radians(), b.lat.to_radians());
    let half = |degrees: f64| libm::sin(degrees.to_radians() / 2.0);
    let h = half(b.lat - a.lat).powi(2) + libm::cos(phi1) * libm::cos(phi2) * half(b.lon - a.lon).powi(2);
    2.0 * 6371.0088 * libm::asin(h.sqrt().min(1.0))
}
