//! The water beside the shore, cell by cell: what the grid alone is too coarse to tell.
//!
//! A spit or a small island may lie between two cells of water. Which steps cross the shore is worked
//! out when the world is packed; so is which waters have no outlet to the sea.

use super::codec::{self, Numbers};

/// Flags of a cell: the step to the east, south, south-east or south-west crosses the shore.
pub const CROSSES: [u8; 4] = [1, 2, 4, 8];
/// Flag of a cell: a shore line goes through it.
pub const TOUCHED: u8 = 16;
/// Flag of a cell: it lies on a canal, strait or river that ships take although the map's land covers it.
pub const WATERWAY: u8 = 32;

/// The side of a block in cells: whether a whole block lies off the shore is known without looking at each.
pub const BLOCK: usize = 16;

/// Water of no more cells than this is a pond or a cut-off inlet, not one that ships use.
const POND_CELLS: u32 = 2500;

/// Cells of water beside the shore, and the waters without an outlet.
#[derive(Debug, Default)]
pub struct Shallows {
    /// Where each row's cells begin.
    rows: Vec<u32>,
    columns: Vec<u16>,
    flags: Vec<u8>,
    /// A bit a cell, so many words a row: whether a shore line goes through it.
    touched: Vec<u64>,
    stride: usize,
    /// A bit a block, so many words a row of blocks: whether any cell beside the shore lies in it.
    beside: Vec<u64>,
    beside_stride: usize,
    closed: Vec<ClosedRun>,
    bodies: Vec<ClosedWater>,
}

/// A stretch of a row that belongs to a closed water.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ClosedRun {
    /// The row.
    pub row: u16,
    /// Its first column.
    pub first: u16,
    /// Its last column.
    pub last: u16,
    /// Which of the bodies.
    pub body: u16,
}

/// Water without an outlet to the sea.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosedWater {
    /// The lake's English name, or empty.
    pub name: String,
    /// How many cells it has.
    pub cells: u32,
}

impl ClosedWater {
    /// Whether it is too small for ships.
    pub fn is_pond(&self) -> bool {
        self.cells <= POND_CELLS
    }
}

impl Shallows {
    /// From cells in the order of rows, then columns, each with its flags, and the closed waters.
    pub fn new(
        height: usize,
        cells: impl IntoIterator<Item = (u16, u16, u8)>,
        mut closed: Vec<ClosedRun>,
        bodies: Vec<ClosedWater>,
    ) -> Self {
        closed.sort_unstable();
        let mut shallows = Shallows { rows: vec![0], closed, bodies, ..Shallows::default() };
        for (row, column, flags) in cells {
            while shallows.rows.len() <= usize::from(row) {
                shallows.rows.push(shallows.columns.len() as u32);
            }
            shallows.columns.push(column);
            shallows.flags.push(flags);
        }
        shallows.rows.resize(height + 1, shallows.columns.len() as u32);
        shallows.mark();
        shallows
    }

    /// The flags of a cell beside the shore; nothing for the open sea (and for land).
    pub fn flags(&self, x: usize, y: usize) -> Option<u8> {
        let (first, end) = (*self.rows.get(y)? as usize, *self.rows.get(y + 1)? as usize);
        let at = self.columns[first..end].binary_search(&(x as u16)).ok()?;
        Some(self.flags[first + at])
    }

    /// Whether a shore line goes through a cell of water.
    pub fn is_touched(&self, x: usize, y: usize) -> bool {
        let word = self.touched.get(y * self.stride + x / 64).filter(|_| x / 64 < self.stride);
        word.is_some_and(|word| word >> (x % 64) & 1 == 1)
    }

    /// Whether a block of [`BLOCK`] by [`BLOCK`] cells, by its own column and row, lies off the shore: it is
    /// all water, or all land.
    pub fn is_off_shore(&self, column: usize, row: usize) -> bool {
        let word = self.beside.get(row * self.beside_stride + column / 64);
        word.filter(|_| column / 64 < self.beside_stride).is_none_or(|word| word >> (column % 64) & 1 == 0)
    }

    /// Sets the bits of the cells that are touched, and of the blocks beside the shore: they are asked for
    /// more often than all else.
    fn mark(&mut self) {
        self.stride = usize::from(self.columns.iter().max().map_or(0, |&last| last / 64 + 1));
        self.touched = vec![0; self.stride * (self.rows.len() - 1)];
        self.beside_stride = self.stride.div_ceil(BLOCK);
        self.beside = vec![0; self.beside_stride * (self.rows.len() - 1).div_ceil(BLOCK)];
        for (y, row) in self.rows.windows(2).enumerate() {
            for at in row[0] as usize..row[1] as usize {
                let x = usize::from(self.columns[at]);
                self.touched[y * self.stride + x / 64] |=
                    u64::from(self.flags[at] & TOUCHED != 0) << (x % 64);
                let block = x / BLOCK;
                self.beside[y / BLOCK * self.beside_stride + block / 64] |= 1 << (block % 64);
            }
        }
    }

    /// The closed water that a cell belongs to, as its number; none for the sea.
    pub fn closed_at(&self, x: usize, y: usize) -> Option<u16> {
        let key = (y as u16, x as u16);
        let next = self.closed.partition_point(|run| (run.row, run.first) <= key);
        let run = self.closed.get(next.checked_sub(1)?)?;
        (run.row == key.0 && key.1 <= run.last).then_some(run.body)
    }

    /// All closed waters, by number.
    pub fn bodies(&self) -> &[ClosedWater] {
        &self.bodies
    }

    /// The bytes of the `shallows` section.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::new();
        codec::put(&mut out, self.rows.len() as u64);
        for row in self.rows.windows(2) {
            codec::put(&mut out, u64::from(row[1] - row[0]));
        }
        for row in self.rows.windows(2) {
            let mut last = 0;
            for &column in &self.columns[row[0] as usize..row[1] as usize] {
                codec::put(&mut out, u64::from(column) - last);
                last = u64::from(column);
            }
        }
        out.extend_from_slice(&self.flags);
        codec::put(&mut out, self.bodies.len() as u64);
        for body in &self.bodies {
            codec::put(&mut out, body.name.len() as u64);
            out.extend_from_slice(body.name.as_bytes());
            codec::put(&mut out, u64::from(body.cells));
        }
        codec::put(&mut out, self.closed.len() as u64);
        for run in &self.closed {
            [run.row, run.first, run.last - run.first, run.body]
                .into_iter()
                .for_each(|value| codec::put(&mut out, u64::from(value)));
        }
        out
    }

    pub(super) fn decode(bytes: &[u8]) -> Option<Self> {
        let mut numbers = Numbers::new(bytes);
        let mut shallows = Shallows { rows: vec![0], ..Shallows::default() };
        let mut total = 0_u32;
        for _ in 1..numbers.next_count()? {
            total = total.checked_add(u32::try_from(numbers.next_number()?).ok()?)?;
            shallows.rows.push(total);
        }
        if total as usize > bytes.len() {
            return None;
        }
        shallows.columns.reserve(total as usize);
        for row in 1..shallows.rows.len() {
            let mut last = 0_u64;
            for _ in shallows.rows[row - 1]..shallows.rows[row] {
                last = last.checked_add(numbers.next_number()?)?;
                shallows.columns.push(u16::try_from(last).ok()?);
            }
        }
        shallows.flags = numbers.next_bytes(total as usize)?.to_vec();
        shallows.mark();
        for _ in 0..numbers.next_count()? {
            let name = numbers.next_string()?;
            shallows.bodies.push(ClosedWater { name, cells: u32::try_from(numbers.next_number()?).ok()? });
        }
        for _ in 0..numbers.next_count()? {
            let mut short = || u16::try_from(numbers.next_number()?).ok();
            let [row, first, length, body] = [short()?, short()?, short()?, short()?];
            let last = first.checked_add(length)?;
            if usize::from(body) >= shallows.bodies.len() {
                return None;
            }
            shallows.closed.push(ClosedRun { row, first, last, body });
        }
        Some(shallows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_and_closed_waters_come_back_and_cut_bytes_do_not() {
        let cells = [(1, 3, CROSSES[0]), (1, 900, TOUCHED), (4, 0, TOUCHED | CROSSES[3])];
        let runs = vec![ClosedRun { row: 2, first: 10, last: 12, body: 0 }];
        let bodies = vec![ClosedWater { name: "Lake Baikal".to_owned(), cells: 3 }];
        let bytes = Shallows::new(6, cells, runs, bodies).encode();
        let back = Shallows::decode(&bytes).unwrap();
        assert_eq!(back.flags(900, 1), Some(TOUCHED));
        assert_eq!(
            (back.is_touched(900, 1), back.is_touched(3, 1), back.is_touched(901, 1)),
            (true, false, false)
        );
        assert_eq!((back.flags(0, 4), back.flags(1, 4), back.flags(0, 5)), (Some(24), None, None));
        assert_eq!(
            (back.closed_at(9, 2), back.closed_at(12, 2), back.closed_at(13, 2)),
            (None, Some(0), None)
        );
        assert!(back.bodies()[0].is_pond());
        assert!((0..bytes.len()).all(|cut| Shallows::decode(&bytes[..cut]).is_none()));
    }
}
