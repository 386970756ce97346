//! The gazetteer: a name in, the places that bear it out, the most prominent first.
//!
//! About 290,000 entries (countries, units, cities, ports, airports, seas, regions, bases) with their names
//! in many scripts are packed in `assets/gazetteer.dl`. The one idea: all folded names stand in a finite
//! state transducer whose values point to short lists of entries, already sorted, so that opening costs
//! nothing, an exact look-up takes a microsecond, and prefixes and typos are walks over the same automaton.
//! What is rarely needed (names for labels in other languages) is compressed in blocks and opened on demand.
//! Made from GeoNames and others by `geodata/pack_gazetteer.rs`; the transducer is BurntSushi's `fst`.

mod entry;
mod find;
mod fold;
mod format;
mod names;
mod near;
mod search;
mod typewords;
mod words;
mod write;

use std::borrow::Cow;
use std::sync::OnceLock;

use crate::packed::{Packed, PackedError};

pub use entry::{Entry, EntryId, Extent, Found, Kind, NameKind};
pub use find::NearName;
pub use fold::fold;
pub use search::{Hit, HitRow, Query};
pub use words::{Commonness, Demonym, Institution};
pub use write::{Source, SourceName, write};

use format::{RECORD, Record, Tables};

/// The kind written in the packed file.
const KIND: &str = "gazetteer";
/// The layout of its sections; raised whenever one changes.
const LAYOUT: u16 = 1;

type Index = fst::Map<Cow<'static, [u8]>>;

/// An opened gazetteer.
#[derive(Debug)]
pub struct Gazetteer {
    packed: Packed<'static>,
    tables: Tables,
    records: Cow<'static, [u8]>,
    pool: Cow<'static, [u8]>,
    areas: Cow<'static, [u8]>,
    postings: Cow<'static, [u8]>,
    index: Index,
    keys: Index,
    demonyms: Index,
    institutions: Index,
    common: Index,
    blocks: Vec<OnceLock<Vec<u8>>>,
    grid: OnceLock<near::Grid>,
}

impl Gazetteer {
    /// The gazetteer that is compiled in.
    ///
    /// # Errors
    /// The file was damaged or of another version when the program was built.
    pub fn embedded() -> Result<&'static Gazetteer, PackedError> {
        static BYTES: &[u8] = include_bytes!("../../assets/gazetteer.dl");
        static OPENED: OnceLock<Gazetteer> = OnceLock::new();
        if let Some(opened) = OPENED.get() {
            return Ok(opened);
        }
        let opened = Gazetteer::open(BYTES)?;
        Ok(OPENED.get_or_init(|| opened))
    }

    /// Opens a packed gazetteer.
    ///
    /// # Errors
    /// One clear error when it is not a gazetteer, is of another version, or is damaged.
    pub fn open(bytes: &'static [u8]) -> Result<Gazetteer, PackedError> {
        let packed = Packed::open(bytes, KIND, LAYOUT)?;
        let damaged =
            |what: &str| PackedError::Damaged { file: "assets/gazetteer.dl".into(), what: what.into() };
        let index = |name: &str| -> Result<Index, PackedError> {
            fst::Map::new(packed.section(name)?)
                .map_err(|_| damaged(&format!("section {name:?} is no index")))
        };
        let tables =
            Tables::read(&packed.section("tables")?).ok_or_else(|| damaged("its tables are cut short"))?;
        let records = packed.section("records")?;
        if records.len() != tables.entries as usize * RECORD {
            return Err(damaged("its entries are not as many as its tables say"));
        }
        Ok(Gazetteer {
            pool: packed.section("pool")?,
            areas: packed.section("areas")?,
            postings: packed.section("postings")?,
            index: index("index")?,
            keys: index("keys")?,
            demonyms: index("demonyms")?,
            institutions: index("institutions")?,
            common: index("common")?,
            blocks: (0..format::blocks(tables.entries)).map(|_| OnceLock::new()).collect(),
            grid: OnceLock::new(),
            records,
            tables,
            packed,
        })
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.tables.entries as usize
    }

    /// Whether there are none (never so for the embedded one).
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What the gazetteer was made from, one source a line.
    pub fn sources(&self) -> &str {
        self.packed.sources()
    }

    /// The row of an entry.
    ///
    /// # Panics
    /// When the id did not come from this gazetteer.
    pub fn entry(&self, id: EntryId) -> Entry<'_> {
        assert!(id.0 < self.tables.entries, "entry {} of a gazetteer of {}", id.0, self.tables.entries);
        let record = self.record(id);
        let (kind, feature) = self.tables.kind_and_feature(record.kind_feature);
        let area = record.has_area().then(|| self.area(id)).flatten();
        Entry {
            id,
            key: if record.has_text_key() {
                self.text(record.key).to_owned()
            } else {
                format!("gn:{}", record.key)
            },
            kind,
            name: self.text(record.name),
            position: record.position(),
            country: self.tables.country(record.country),
            unit: self.tables.unit(record.unit),
            district: self.tables.district(record.district),
            population: record.population,
            feature,
            bbox: area.as_ref().map(|area| area.0),
            extent: area.and_then(|area| area.1),
        }
    }

    /// The kind of an entry, without the rest of its row.
    pub fn kind(&self, id: EntryId) -> Kind {
        self.tables.kind_and_feature(self.record(id).kind_feature).0
    }

    /// How prominent an entry is: 0 (a hamlet) to about 300 (a great power). Made when packing from kind,
    /// population and rank in government.
    pub fn prominence(&self, id: EntryId) -> u16 {
        self.record(id).prominence
    }

    /// The entry with this stable key: `gn:1871859`, `iso:RU-KRS`, `dl:sea-of-japan`, `port:KPWON`, `iata:SVO`.
    /// A unit with an ISO code is also found by its GeoNames number.
    pub fn by_key(&self, key: &str) -> Option<EntryId> {
        if let Some(found) = self.keys.get(key) {
            return Some(EntryId(found as u32));
        }
        let number: u32 = key.strip_prefix("gn:")?.parse().ok()?;
        let (mut low, mut high) = (self.tables.numbered.0, self.tables.numbered.1);
        while low < high {
            let middle = low + (high - low) / 2;
            let found = self.record(EntryId(middle)).key;
            match found.cmp(&number) {
                std::cmp::Ordering::Equal => return Some(EntryId(middle)),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// The country with this ISO 3166-1 alpha-2 code.
    pub fn country(&self, iso2: &str) -> Option<EntryId> {
        self.by_key(&format!("iso:{}", iso2.to_ascii_uppercase()))
            .filter(|&id| self.kind(id) == Kind::Country)
    }

    fn record(&self, id: EntryId) -> Record {
        let at = id.0 as usize * RECORD;
        Record::read(self.records.get(at..at + RECORD).unwrap_or(&[0; RECORD]))
    }

    fn text(&self, at: u32) -> &str {
        format::pooled(&self.pool, at)
    }

    fn area(&self, id: EntryId) -> Option<(crate::geometry::Bbox, Option<Extent>)> {
        let (bbox, extent) = format::area(&self.areas, id.0)?;
        Some((bbox, extent.and_then(|at| entry::parse_extent(self.text(at)))))
    }
}

#[cfg(test)]
mod tests;
