//! The gazetteer: a name in, the places that bear it out, the most prominent first.
//!
//! About 305,000 entries (countries, units, cities, ports, airports, seas, regions, bases) with their names
//! in many scripts are packed in `assets/gazetteer.dl`. The one idea: all folded names stand in a finite
//! state transducer that numbers them, and by the numbers stand short lists of entries, already sorted, so that
//! opening costs nothing, an exact look-up takes a microsecond, and prefixes and typos are walks over the same
//! automaton. The rows of entries, and their names for labels in other languages, are compressed in blocks and
//! opened on demand.
//! Made from GeoNames and others by `geodata/pack_gazetteer.rs`; the transducer is BurntSushi's `fst`.

mod entry;
mod find;
mod fold;
mod format;
mod index;
mod memo;
mod names;
mod near;
mod rows;
mod search;
mod spoken;
mod typewords;
mod words;
mod write;

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use crate::packed::{Packed, PackedError};

pub use entry::{Entry, EntryId, Extent, Found, Key, Kind, NameKind};
pub use find::NearName;
pub use fold::fold;
pub use search::{Hit, HitRow, Query};
pub use spoken::{LANGUAGES, SpokenNames, write_names};
pub use words::{Commonness, Demonym, Institution};
pub use write::{Source, SourceName, write};

use format::Tables;
use index::NameIndex;
use memo::Memo;
use rows::{Record, Rows};

/// The kind written in the packed file.
const KIND: &str = "gazetteer";
/// The layout of its sections; raised whenever one changes.
const LAYOUT: u16 = 3;

type Words = fst::Map<Cow<'static, [u8]>>;

/// An opened gazetteer.
#[derive(Debug)]
pub struct Gazetteer {
    packed: Packed<'static>,
    tables: Tables,
    rows: Rows,
    pool: Cow<'static, [u8]>,
    areas: Cow<'static, [u8]>,
    index: NameIndex,
    keys: Words,
    demonyms: Words,
    institutions: Words,
    common: Words,
    blocks: Vec<OnceLock<Vec<u8>>>,
    grid: OnceLock<near::Grid>,
    /// What was looked up before: the same words come again and again.
    named: Memo<(Arc<[Found]>, Option<Institution>)>,
    words: Memo<(Commonness, Option<Demonym>)>,
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
        packed.verify()?;
        let damaged =
            |what: &str| PackedError::Damaged { file: "assets/gazetteer.dl".into(), what: what.into() };
        let words = |name: &str| -> Result<Words, PackedError> {
            fst::Map::new(packed.section(name)?)
                .map_err(|_| damaged(&format!("section {name:?} is no index")))
        };
        let tables =
            Tables::read(&packed.section("tables")?).ok_or_else(|| damaged("its tables are cut short"))?;
        Ok(Gazetteer {
            pool: packed.section("pool")?,
            areas: packed.section("areas")?,
            index: NameIndex::open(&packed)?,
            keys: words("keys")?,
            demonyms: words("demonyms")?,
            institutions: words("institutions")?,
            common: words("common")?,
            blocks: (0..format::blocks(tables.entries)).map(|_| OnceLock::new()).collect(),
            grid: OnceLock::new(),
            named: Memo::default(),
            words: Memo::default(),
            rows: Rows::new(tables.entries),
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
        let area = record.has_area.then(|| self.area(id)).flatten();
        Entry {
            id,
            key: if record.has_text_key {
                Key::Other(self.rows.text_key(&self.packed, id.0))
            } else {
                Key::GeoNames(record.key)
            },
            kind,
            name: self.rows.name(&self.packed, id.0),
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
        self.rows.numbered(&self.packed, self.tables.numbered, number).map(EntryId)
    }

    /// The country with this ISO 3166-1 alpha-2 code.
    pub fn country(&self, iso2: &str) -> Option<EntryId> {
        self.by_key(&format!("iso:{}", iso2.to_ascii_uppercase()))
            .filter(|&id| self.kind(id) == Kind::Country)
    }

    fn record(&self, id: EntryId) -> Record {
        self.rows.record(&self.packed, id.0)
    }

    fn area(&self, id: EntryId) -> Option<(crate::geometry::Bbox, Option<Extent>)> {
        let (bbox, extent) = format::area(&self.areas, id.0)?;
        Some((bbox, extent.and_then(|at| entry::parse_extent(format::pooled(&self.pool, at)))))
    }
}

#[cfg(test)]
mod tests;
