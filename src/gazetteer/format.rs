//! The small tables of the packed file, read and written in one place: what rows point into, boxes, meanings.
//!
//! Entries are numbered so that continents and countries come first, then units, districts, numbered places (by
//! GeoNames number, so that a key is found by halving), and the rest. `pool` holds the texts of extents as a
//! `u16` length and UTF-8; `areas` holds boxes sorted by entry.

use super::entry::{EntryId, Found, Kind, NameKind};
use crate::geometry::Bbox;
use crate::packed::Reader;

/// Entries whose names are compressed together.
pub(super) const BLOCK: u32 = 8192;
const AREA: usize = 24;
const NONE_16: u16 = u16::MAX;

pub(super) fn blocks(entries: u32) -> u32 {
    entries.div_ceil(BLOCK)
}

/// The small tables that rows point into.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Tables {
    pub entries: u32,
    /// First and behind the last entry of each group.
    pub units: (u32, u32),
    pub districts: (u32, u32),
    pub numbered: (u32, u32),
    pub countries: Vec<String>,
    pub kinds: Vec<(Kind, String)>,
}

impl Tables {
    pub(super) fn read(bytes: &[u8]) -> Option<Tables> {
        let mut reader = Reader::new(bytes);
        let entries = reader.u32()?;
        let mut range = || Some((reader.u32()?, reader.u32()?)).filter(|r| r.0 <= r.1 && r.1 <= entries);
        let (units, districts, numbered) = (range()?, range()?, range()?);
        let countries = (0..reader.u8()?).map(|_| reader.string()).collect::<Option<_>>()?;
        let kinds = (0..reader.u8()?)
            .map(|_| Some((*Kind::ALL.get(reader.u8()? as usize)?, reader.string()?)))
            .collect::<Option<_>>()?;
        Some(Tables { entries, units, districts, numbered, countries, kinds })
    }

    pub(super) fn write(&self) -> Vec<u8> {
        let mut out = Vec::new();
        let string = |out: &mut Vec<u8>, s: &str| {
            out.extend((s.len() as u32).to_le_bytes());
            out.extend(s.as_bytes());
        };
        out.extend(self.entries.to_le_bytes());
        for (start, end) in [self.units, self.districts, self.numbered] {
            out.extend(start.to_le_bytes());
            out.extend(end.to_le_bytes());
        }
        out.push(u8::try_from(self.countries.len()).expect("fewer than 256 countries"));
        self.countries.iter().for_each(|code| string(&mut out, code));
        out.push(u8::try_from(self.kinds.len()).expect("fewer than 256 kinds with features"));
        for (kind, feature) in &self.kinds {
            out.push(*kind as u8);
            string(&mut out, feature);
        }
        out
    }

    pub(super) fn kind_and_feature(&self, index: u8) -> (Kind, &str) {
        self.kinds.get(index as usize).map_or((Kind::Other, ""), |(kind, feature)| (*kind, feature))
    }

    pub(super) fn country(&self, index: u8) -> Option<&str> {
        self.countries.get(index as usize).map(String::as_str)
    }

    pub(super) fn unit(&self, index: u16) -> Option<EntryId> {
        at(self.units, index)
    }

    pub(super) fn district(&self, index: u16) -> Option<EntryId> {
        at(self.districts, index)
    }

    /// The short number of an entry within a group.
    pub(super) fn short(range: (u32, u32), id: Option<u32>) -> u16 {
        id.filter(|&id| (range.0..range.1).contains(&id)).map_or(NONE_16, |id| (id - range.0) as u16)
    }
}

fn at(range: (u32, u32), index: u16) -> Option<EntryId> {
    let id = range.0 + u32::from(index);
    (index != NONE_16 && id < range.1).then_some(EntryId(id))
}

/// A string of the pool; empty where the pool ends too early.
pub(super) fn pooled(pool: &[u8], at: u32) -> &str {
    let at = at as usize;
    let text = || {
        let length = u16::from_le_bytes(pool.get(at..at + 2)?.try_into().ok()?) as usize;
        std::str::from_utf8(pool.get(at + 2..at + 2 + length)?).ok()
    };
    text().unwrap_or_default()
}

/// The box of an entry, and where the text of its extent stands.
pub(super) fn area(areas: &[u8], entry: u32) -> Option<(Bbox, Option<u32>)> {
    let row = |i: usize| Reader::new(&areas[i * AREA..(i + 1) * AREA]);
    let (mut low, mut high) = (0, areas.len() / AREA);
    while low < high {
        let middle = low + (high - low) / 2;
        let mut reader = row(middle);
        match reader.u32()?.cmp(&entry) {
            std::cmp::Ordering::Less => low = middle + 1,
            std::cmp::Ordering::Greater => high = middle,
            std::cmp::Ordering::Equal => {
                let mut degrees = || Some(f64::from(reader.i32()?) / 1e5);
                let bbox = Bbox { west: degrees()?, south: degrees()?, east: degrees()?, north: degrees()? };
                return Some((bbox, reader.u32().filter(|&at| at != u32::MAX)));
            }
        }
    }
    None
}

pub(super) fn write_area(out: &mut Vec<u8>, entry: u32, bbox: Bbox, extent: Option<u32>) {
    out.extend(entry.to_le_bytes());
    for degrees in [bbox.west, bbox.south, bbox.east, bbox.north] {
        out.extend(fixed(degrees).to_le_bytes());
    }
    out.extend(extent.unwrap_or(u32::MAX).to_le_bytes());
}

/// Degrees as they are stored.
pub(super) fn fixed(degrees: f64) -> i32 {
    (degrees * 1e5).round() as i32
}

const ENTRY_BITS: u32 = 20;

/// One meaning of a name in 32 bits: entry, kind, rank.
pub(super) fn pack_found(found: Found) -> u32 {
    assert!(found.entry.0 < 1 << ENTRY_BITS, "more entries than a posting can name");
    found.entry.0 | (found.name_kind as u32) << ENTRY_BITS | u32::from(found.rank.min(15)) << (ENTRY_BITS + 3)
}

pub(super) fn unpack_found(posting: u32) -> Found {
    Found {
        entry: EntryId(posting & ((1 << ENTRY_BITS) - 1)),
        name_kind: NameKind::ALL
            .get((posting >> ENTRY_BITS & 7) as usize)
            .copied()
            .unwrap_or(NameKind::Alternate),
        rank: (posting >> (ENTRY_BITS + 3) & 15) as u8,
    }
}
