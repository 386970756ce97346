//! The layout of the packed sections, read and written in one place.
//!
//! `records` holds a row of [`RECORD`] bytes for each entry; continents and countries come first, then units,
//! districts, numbered places (by GeoNames number, so that a key is found by halving), and the rest.
//! `pool` holds strings as a `u16` length and UTF-8; `areas` holds boxes sorted by entry; `postings` holds
//! lists for names that several entries share.

use super::entry::{EntryId, Found, Kind, NameKind};
use crate::geometry::{Bbox, LonLat};
use crate::packed::Reader;

/// Bytes of a row.
pub(super) const RECORD: usize = 28;
/// Entries whose names are compressed together.
pub(super) const BLOCK: u32 = 8192;
const AREA: usize = 24;
const NONE_16: u16 = u16::MAX;

pub(super) fn blocks(entries: u32) -> u32 {
    entries.div_ceil(BLOCK)
}

/// A row as it is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Record {
    /// GeoNames number, or where its text stands in the pool.
    pub key: u32,
    /// Hundred-thousandths of a degree, as GeoNames has them.
    pub lon: i32,
    pub lat: i32,
    pub population: u32,
    /// Where the name stands in the pool.
    pub name: u32,
    pub flags: u8,
    pub unit: u16,
    pub district: u16,
    pub kind_feature: u8,
    pub country: u8,
    pub prominence: u16,
}

const TEXT_KEY: u8 = 1;
const AREA_FLAG: u8 = 2;

impl Record {
    pub(super) fn read(bytes: &[u8]) -> Record {
        let word = |at: usize| u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
        let half = |at: usize| u16::from_le_bytes([bytes[at], bytes[at + 1]]);
        Record {
            key: word(0),
            lon: word(4) as i32,
            lat: word(8) as i32,
            population: word(12),
            name: word(16) & 0xff_ffff,
            flags: bytes[19],
            unit: half(20),
            district: half(22),
            kind_feature: bytes[24],
            country: bytes[25],
            prominence: half(26),
        }
    }

    pub(super) fn write(&self, out: &mut Vec<u8>) {
        assert!(self.name < 1 << 24, "the pool of names outgrew its 16 MB");
        out.extend(self.key.to_le_bytes());
        out.extend(self.lon.to_le_bytes());
        out.extend(self.lat.to_le_bytes());
        out.extend(self.population.to_le_bytes());
        out.extend((self.name | u32::from(self.flags) << 24).to_le_bytes());
        out.extend(self.unit.to_le_bytes());
        out.extend(self.district.to_le_bytes());
        out.extend([self.kind_feature, self.country]);
        out.extend(self.prominence.to_le_bytes());
    }

    pub(super) fn set(&mut self, text_key: bool, area: bool) {
        self.flags = if text_key { TEXT_KEY } else { 0 } | if area { AREA_FLAG } else { 0 };
    }

    pub(super) fn has_text_key(&self) -> bool {
        self.flags & TEXT_KEY != 0
    }

    pub(super) fn has_area(&self) -> bool {
        self.flags & AREA_FLAG != 0
    }

    pub(super) fn position(&self) -> LonLat {
        LonLat { lon: f64::from(self.lon) / 1e5, lat: f64::from(self.lat) / 1e5 }
    }
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

/// The postings behind a value of the index: one inside the value itself, or a list.
pub(super) fn postings(value: u64, postings: &[u8]) -> impl Iterator<Item = Found> + '_ {
    let (inline, list) = if value & 1 == 1 {
        (Some(unpack_found((value >> 1) as u32)), &[][..])
    } else {
        let at = (value >> 1) as usize;
        let count = postings.get(at..at + 2).map_or(0, |b| u16::from_le_bytes([b[0], b[1]]) as usize);
        (None, postings.get(at + 2..at + 2 + count * 4).unwrap_or_default())
    };
    inline
        .into_iter()
        .chain(list.chunks_exact(4).map(|b| unpack_found(u32::from_le_bytes([b[0], b[1], b[2], b[3]]))))
}

/// Writes the postings of a name and gives the value for the index.
pub(super) fn write_postings(out: &mut Vec<u8>, found: &[u32]) -> u64 {
    if let [only] = found {
        return u64::from(*only) << 1 | 1;
    }
    let at = out.len() as u64;
    out.extend(u16::try_from(found.len()).expect("fewer than 65,536 places of one name").to_le_bytes());
    found.iter().for_each(|posting| out.extend(posting.to_le_bytes()));
    at << 1
}
