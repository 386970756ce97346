//! The rows of entries, in compressed blocks that are opened when one of their entries is asked for.
//!
//! A block holds the fields of its entries column by column, each column byte by byte, because like bytes
//! together pack to a third; behind the columns stand the usual names, and the keys that are no GeoNames
//! numbers, a line each.

use std::sync::OnceLock;

use crate::geometry::LonLat;
use crate::packed::{Compression, Packed, PackedWriter};

/// Entries whose rows are compressed together.
const BLOCK: u32 = 4096;
/// The columns' widths in bytes, in the order in which they are stored.
const WIDTHS: [usize; 9] = [4, 4, 4, 4, 2, 2, 1, 1, 3];

/// A row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Record {
    /// GeoNames number, or where its key stands in the block's text.
    pub key: u32,
    /// Hundred-thousandths of a degree, as GeoNames has them.
    pub lon: i32,
    pub lat: i32,
    pub population: u32,
    pub unit: u16,
    pub district: u16,
    pub kind_feature: u8,
    pub country: u8,
    pub prominence: u16,
    pub has_text_key: bool,
    pub has_area: bool,
    /// Where the name stands in the block's text.
    pub name: u32,
}

impl Record {
    pub(super) fn position(&self) -> LonLat {
        LonLat { lon: f64::from(self.lon) / 1e5, lat: f64::from(self.lat) / 1e5 }
    }

    /// The numbers of the columns. The last has the prominence and the two flags.
    fn columns(&self) -> [u32; 9] {
        let flags = u32::from(self.has_text_key) | u32::from(self.has_area) << 1;
        [
            if self.has_text_key { 0 } else { self.key },
            self.lon as u32,
            self.lat as u32,
            self.population,
            self.unit.into(),
            self.district.into(),
            self.kind_feature.into(),
            self.country.into(),
            u32::from(self.prominence) | flags << 16,
        ]
    }

    fn from_columns(
        [key, lon, lat, population, unit, district, kind_feature, country, last]: [u32; 9],
    ) -> Self {
        Record {
            key,
            lon: lon as i32,
            lat: lat as i32,
            population,
            unit: unit as u16,
            district: district as u16,
            kind_feature: kind_feature as u8,
            country: country as u8,
            prominence: last as u16,
            has_text_key: last >> 16 & 1 == 1,
            has_area: last >> 17 & 1 == 1,
            name: 0,
        }
    }
}

/// The rows of a gazetteer.
#[derive(Debug)]
pub(super) struct Rows {
    entries: u32,
    blocks: Vec<OnceLock<Block>>,
}

/// An opened block.
#[derive(Debug, Default)]
struct Block {
    records: Vec<Record>,
    text: String,
}

impl Rows {
    pub(super) fn new(entries: u32) -> Self {
        Rows { entries, blocks: (0..entries.div_ceil(BLOCK)).map(|_| OnceLock::new()).collect() }
    }

    /// The row of an entry; an empty one beyond the last.
    pub(super) fn record(&self, packed: &Packed<'_>, id: u32) -> Record {
        let block = self.block(packed, id);
        block.and_then(|block| block.records.get((id % BLOCK) as usize)).copied().unwrap_or_default()
    }

    /// The usual name of an entry.
    pub(super) fn name(&self, packed: &Packed<'_>, id: u32) -> &str {
        let line = |block: &'_ Block| block.records.get((id % BLOCK) as usize).map(|record| record.name);
        self.block(packed, id).map_or("", |block| line(block).map_or("", |at| block.line(at)))
    }

    /// The key of an entry that has one of its own.
    pub(super) fn text_key(&self, packed: &Packed<'_>, id: u32) -> &str {
        let key = self.record(packed, id).key;
        self.block(packed, id).map_or("", |block| block.line(key))
    }

    /// The entry of this GeoNames number among these, which stand in the order of their numbers.
    pub(super) fn numbered(&self, packed: &Packed<'_>, among: (u32, u32), number: u32) -> Option<u32> {
        let (mut low, mut high) = among;
        while low < high {
            // Whole blocks first, as far as their borders go, so that as few as possible are opened.
            let mut middle = low + (high - low) / 2;
            let border = middle - middle % BLOCK;
            if border > low {
                middle = border;
            }
            match self.record(packed, middle).key.cmp(&number) {
                std::cmp::Ordering::Equal => return Some(middle),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// The checksums were verified when the gazetteer was opened: a block that cannot be read is an empty one.
    fn block(&self, packed: &Packed<'_>, id: u32) -> Option<&Block> {
        let at = (id / BLOCK) as usize;
        let entries = BLOCK.min(self.entries.saturating_sub(at as u32 * BLOCK)) as usize;
        let read = || Block::read(&packed.section(&section(at)).ok()?, entries);
        Some(self.blocks.get(at)?.get_or_init(|| read().unwrap_or_default()))
    }
}

impl Block {
    fn read(bytes: &[u8], entries: usize) -> Option<Block> {
        let (columns, text) = bytes.split_at_checked(entries * WIDTHS.iter().sum::<usize>())?;
        let mut rows = vec![[0u32; 9]; entries];
        let mut planes = columns.chunks_exact(entries.max(1));
        for (column, width) in WIDTHS.into_iter().enumerate() {
            for byte in 0..width {
                for (row, value) in rows.iter_mut().zip(planes.next()?) {
                    row[column] |= u32::from(*value) << (8 * byte);
                }
            }
        }
        let mut records: Vec<Record> = rows.into_iter().map(Record::from_columns).collect();
        let mut at = 0;
        let mut lines = text.split(|&byte| byte == b'\n').map(|line| {
            let start = at;
            at += line.len() as u32 + 1;
            start
        });
        for record in &mut records {
            record.name = lines.next()?;
            if record.has_text_key {
                record.key = lines.next()?;
            }
        }
        Some(Block { records, text: String::from_utf8(text.to_vec()).ok()? })
    }

    fn line(&self, at: u32) -> &str {
        self.text.get(at as usize..).and_then(|rest| rest.split('\n').next()).unwrap_or_default()
    }
}

fn section(block: usize) -> String {
    format!("rows/{block:03}")
}

/// Writes rows, each with its usual name and, where it has one, its own key.
pub(super) fn write(writer: &mut PackedWriter, rows: &[(Record, &str, Option<&str>)]) {
    for (nth, block) in rows.chunks(BLOCK as usize).enumerate() {
        let columns: Vec<[u32; 9]> = block.iter().map(|(record, ..)| record.columns()).collect();
        let mut bytes = Vec::new();
        for (column, width) in WIDTHS.into_iter().enumerate() {
            for byte in 0..width {
                bytes.extend(columns.iter().map(|row| (row[column] >> (8 * byte)) as u8));
            }
        }
        for (_, name, key) in block {
            for line in std::iter::once(*name).chain(*key) {
                assert!(!line.contains('\n'), "a name or key of two lines: {line:?}");
                bytes.extend(line.as_bytes());
                bytes.push(b'\n');
            }
        }
        writer.section(&section(nth), Compression::Zstd, &bytes);
    }
}
