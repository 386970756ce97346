//! Lakes, rivers, and a grid that says where a ship can be.

use geo::{LineString, MultiLineString, MultiPolygon};
use serde::{Deserialize, Serialize};

use super::codec::{self, Numbers, degrees};
use super::topology::polygons;
use crate::geometry::LonLat;

/// A lake or inland sea.
#[derive(Debug, Clone, PartialEq)]
pub struct Lake {
    /// The English name, where it is known.
    pub name: Option<String>,
    /// Its size, islands left out.
    pub area_km2: f64,
    /// The water.
    pub area: MultiPolygon<f64>,
}

/// A river, or the line that ships take through a lake.
#[derive(Debug, Clone, PartialEq)]
pub struct River {
    /// The English name, where it is known.
    pub name: Option<String>,
    /// How large it is: 0 the largest, 12 the smallest.
    pub rank: u8,
    /// Whether this stretch is the middle of a lake.
    pub in_lake: bool,
    /// Its course.
    pub line: MultiLineString<f64>,
}

/// Lines with a row of facts each, as they are written and read: lakes (rings) and rivers (courses).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct WaterRow {
    /// The English name, or empty.
    pub name: String,
    /// For rivers: their rank.
    #[serde(default)]
    pub rank: u8,
    /// For rivers: whether in a lake.
    #[serde(default)]
    pub in_lake: bool,
    /// For lakes: square kilometres.
    #[serde(default)]
    pub area_km2: f64,
    /// Rings, outer ones counter-clockwise; or the parts of a course.
    pub lines: Vec<Vec<[i32; 2]>>,
}

/// The bytes of a section of lakes or rivers.
pub fn encode(rows: &[WaterRow]) -> Vec<u8> {
    let mut out = Vec::new();
    codec::put(&mut out, rows.len() as u64);
    for row in rows {
        codec::put(&mut out, row.name.len() as u64);
        out.extend_from_slice(row.name.as_bytes());
        codec::put(&mut out, u64::from(row.rank));
        codec::put(&mut out, u64::from(row.in_lake));
        codec::put(&mut out, row.area_km2.round() as u64);
        codec::put(&mut out, row.lines.len() as u64);
        row.lines.iter().for_each(|line| codec::put_line(&mut out, line));
    }
    out
}

fn decode(bytes: &[u8]) -> Option<Vec<WaterRow>> {
    let mut numbers = Numbers::new(bytes);
    let mut rows = Vec::new();
    for _ in 0..numbers.next_count()? {
        let name = numbers.next_string()?;
        let rank = u8::try_from(numbers.next_number()?).ok()?;
        let in_lake = numbers.next_number()? == 1;
        let area_km2 = numbers.next_number()? as f64;
        let mut lines = Vec::new();
        for _ in 0..numbers.next_count()? {
            let mut line = Vec::new();
            codec::next_line(&mut numbers, &mut line)?;
            lines.push(line);
        }
        rows.push(WaterRow { name, rank, in_lake, area_km2, lines });
    }
    Some(rows)
}

fn course(line: &[[i32; 2]]) -> LineString<f64> {
    LineString(line.iter().map(|&point| degrees(point)).collect())
}

pub(super) fn decode_lakes(bytes: &[u8]) -> Option<Vec<Lake>> {
    let lakes = decode(bytes)?.into_iter().map(|row| Lake {
        name: Some(row.name).filter(|name| !name.is_empty()),
        area_km2: row.area_km2,
        area: polygons(row.lines.iter().map(|ring| course(ring)).collect()),
    });
    Some(lakes.collect())
}

pub(super) fn decode_rivers(bytes: &[u8]) -> Option<Vec<River>> {
    let rivers = decode(bytes)?.into_iter().map(|row| River {
        name: Some(row.name).filter(|name| !name.is_empty()),
        rank: row.rank,
        in_lake: row.in_lake,
        line: MultiLineString(row.lines.iter().map(|part| course(part)).collect()),
    });
    Some(rivers.collect())
}

/// Where there is water that ships use: seas, great lakes, canals, straits. Rows from north to
/// south, cells from west to east; a cell is water when its middle is, or when a canal or strait
/// too narrow for the grid goes through it.
#[derive(Debug)]
pub struct WaterGrid {
    width: usize,
    height: usize,
    bits: Vec<u8>,
}

impl WaterGrid {
    /// A grid of this size over the whole world, a bit a cell, the highest bit of a byte first.
    /// `None` when the bytes do not fit the size.
    pub fn new(width: usize, height: usize, bits: Vec<u8>) -> Option<Self> {
        (width > 0 && width == 2 * height && bits.len() == (width * height).div_ceil(8))
            .then_some(WaterGrid { width, height, bits })
    }

    /// Cells from west to east.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Cells from north to south.
    pub fn height(&self) -> usize {
        self.height
    }

    /// The side of a cell in degrees.
    pub fn cell(&self) -> f64 {
        360.0 / self.width as f64
    }

    /// The column and row of the cell that a position lies in; longitudes wrap.
    pub fn cell_at(&self, p: LonLat) -> (usize, usize) {
        let x = ((p.lon + 180.0).rem_euclid(360.0) / self.cell()) as usize;
        let y = ((90.0 - p.lat).clamp(0.0, 180.0) / self.cell()) as usize;
        (x.min(self.width - 1), y.min(self.height - 1))
    }

    /// The middle of a cell.
    pub fn middle(&self, x: usize, y: usize) -> LonLat {
        let cell = self.cell();
        LonLat { lon: (x as f64 + 0.5) * cell - 180.0, lat: 90.0 - (y as f64 + 0.5) * cell }
    }

    /// Whether a cell is water; columns wrap, rows beyond the poles are land.
    pub fn is_water_cell(&self, x: usize, y: usize) -> bool {
        // A division costs more than all the rest.
        let at = y * self.width + if x < self.width { x } else { x % self.width };
        y < self.height && self.bits[at / 8] & (0x80 >> (at % 8)) != 0
    }

    /// Whether the cell that a position lies in is water.
    pub fn is_water(&self, p: LonLat) -> bool {
        let (x, y) = self.cell_at(p);
        self.is_water_cell(x, y)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_back() {
        let row = WaterRow {
            name: "Онега".to_owned(),
            rank: 3,
            in_lake: true,
            area_km2: 17.0,
            lines: vec![vec![[1, 2], [300_000, -4]], vec![]],
        };
        let bytes = encode(&[row]);
        let rivers = decode_rivers(&bytes).unwrap();
        assert_eq!(rivers[0].name.as_deref(), Some("Онега"));
        assert_eq!(rivers[0].line.0[0].0[1], geo::Coord { x: 3.0, y: -0.00004 });
        assert!((1..bytes.len()).all(|cut| decode_rivers(&bytes[..cut]).is_none()));
    }

    #[test]
    fn a_grid_wraps_at_180_and_ends_at_the_poles() {
        let grid = WaterGrid::new(4, 2, vec![0b1000_0001]).unwrap();
        assert!(grid.is_water(LonLat::new(-179.0, 80.0)) && grid.is_water(LonLat::new(181.0, 80.0)));
        assert!(grid.is_water(LonLat::new(170.0, -90.0)));
        assert!(!grid.is_water(LonLat::new(0.0, 0.0)) && !grid.is_water_cell(0, 2));
        assert_eq!(grid.cell_at(grid.middle(2, 1)), (2, 1));
        assert!(WaterGrid::new(4, 2, vec![0, 0]).is_none());
    }
}
