//! Makes the packed file from plain rows: the other side of `format.rs`.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::entry::{EntryId, Found, Kind, NameKind};
use super::format::{self, BLOCK, Tables};
use super::index::{self, Meanings};
use super::rows::{self, Record};
use super::{KIND, LAYOUT, find, fold, names, words};
use crate::geometry::Bbox;
use crate::packed::{Compression, PackedWriter};

/// A row to be packed.
#[derive(Debug, Clone)]
pub struct Source {
    /// Its stable key.
    pub key: String,
    /// Another key it is found by, or empty.
    pub also_key: String,
    /// What sort of place.
    pub kind: Kind,
    /// Its usual English name.
    pub name: String,
    /// Longitude in degrees.
    pub lon: f64,
    /// Latitude in degrees.
    pub lat: f64,
    /// ISO 3166-1 alpha-2 code or empty.
    pub country: String,
    /// Key of its first-level unit or empty.
    pub unit: String,
    /// Key of its second-level unit or empty.
    pub district: String,
    /// Inhabitants.
    pub population: u32,
    /// GeoNames feature code or empty.
    pub feature: String,
    /// The box around it.
    pub bbox: Option<Bbox>,
    /// The text of its extent or empty.
    pub extent: String,
    /// Prominence given by hand.
    pub weight: Option<u16>,
    /// All its names.
    pub names: Vec<SourceName>,
}

/// A name to be packed.
#[derive(Debug, Clone)]
pub struct SourceName {
    /// As written.
    pub name: String,
    /// How it stands to the entry.
    pub kind: NameKind,
    /// Language or empty.
    pub lang: String,
    /// 0 to 4.
    pub rank: u8,
}

impl Source {
    /// Numbered keys of settlements are found by halving, all others through an index.
    fn number(&self) -> Option<u32> {
        matches!(self.kind, Kind::City | Kind::Quarter)
            .then(|| self.key.strip_prefix("gn:")?.parse().ok())
            .flatten()
    }

    fn group(&self) -> u8 {
        match self.kind {
            Kind::Continent => 0,
            Kind::Country => 1,
            Kind::Unit => 2,
            Kind::District => 3,
            _ if self.number().is_some() => 4,
            _ => 5,
        }
    }

    /// Country before capital before big city before unit before the rest.
    fn prominence(&self) -> u16 {
        if let Some(weight) = self.weight {
            return weight;
        }
        let size = libm::log10(f64::from(self.population) + 10.0);
        // What reports in English mean when they leave the country out.
        let english_speaking = matches!(self.country.as_str(), "US" | "CA" | "AU" | "GB" | "NZ" | "IE");
        let score = match self.kind {
            Kind::Continent => 290.0,
            Kind::Country => 220.0 + 8.0 * size,
            Kind::Unit => 15.0 * size + if english_speaking { 30.0 } else { 0.0 },
            Kind::District => 11.0 * size + if self.country == "GB" { 20.0 } else { 0.0 },
            Kind::City | Kind::Quarter => {
                let rank = match self.feature.as_str() {
                    "PPLC" | "PPLG" => 38.0,
                    "PPLA" => 15.0,
                    "PPLA2" => 5.0,
                    "PPLX" | "PPLH" | "PPLQ" | "PPLW" => -25.0,
                    _ => 0.0,
                };
                20.0 * size + rank + if english_speaking { 8.0 } else { 0.0 }
                    - if self.kind == Kind::Quarter { 20.0 } else { 0.0 }
            }
            Kind::Port if self.feature == "WPI" => 45.0,
            Kind::Port => 15.0,
            Kind::Airport => 40.0,
            _ => 90.0,
        };
        score.max(0.0).round() as u16
    }
}

/// Packs rows, demonyms (word, key, is a language), institutions (name, key of country, key of place) and common
/// words (word, bits) into the bytes of `assets/gazetteer.dl`.
///
/// # Panics
/// When rows contradict each other: two of one key, or a demonym of no entry.
pub fn write(
    mut rows: Vec<Source>,
    demonyms: &[(String, String, bool)],
    institutions: &[(String, String, String)],
    common: &BTreeMap<String, u8>,
    sources: &str,
) -> Vec<u8> {
    rows.sort_by(|a, b| (a.group(), a.number(), &a.key).cmp(&(b.group(), b.number(), &b.key)));
    let ids: BTreeMap<&str, u32> = rows.iter().zip(0..).map(|(row, id)| (row.key.as_str(), id)).collect();
    assert_eq!(ids.len(), rows.len(), "two entries of one key");
    let id_of = |key: &str| ids.get(key).copied();
    let must = |key: &str| id_of(key).unwrap_or_else(|| panic!("no entry {key:?}"));

    let tables = tables(&rows);
    let mut pool = Pool::default();
    let (mut records, mut areas) = (Vec::new(), Vec::new());
    for (row, id) in rows.iter().zip(0..) {
        let extent = (!row.extent.is_empty()).then(|| pool.add(&row.extent));
        if let Some(bbox) = row.bbox {
            format::write_area(&mut areas, id, bbox, extent);
        }
        let number = row.number();
        let record = Record {
            key: number.unwrap_or(0),
            has_text_key: number.is_none(),
            has_area: row.bbox.is_some(),
            lon: format::fixed(row.lon),
            lat: format::fixed(row.lat),
            population: row.population,
            unit: Tables::short(tables.units, id_of(&row.unit)),
            district: Tables::short(tables.districts, id_of(&row.district)),
            kind_feature: tables.kinds.iter().position(|k| k.0 == row.kind && k.1 == row.feature).unwrap_or(0)
                as u8,
            country: tables.countries.iter().position(|c| *c == row.country).unwrap_or(255) as u8,
            prominence: row.prominence(),
            ..Record::default()
        };
        records.push((record, row.name.as_str(), number.is_none().then_some(row.key.as_str())));
    }

    let index = name_index(&rows);
    let mut keys: BTreeMap<String, u64> = BTreeMap::new();
    for (row, id) in rows.iter().zip(0..) {
        for key in [&row.key, &row.also_key] {
            if !key.is_empty() && (row.number().is_none() || key != &row.key) {
                keys.entry(key.clone()).or_insert(id);
            }
        }
    }
    let mut people = BTreeMap::new();
    for (word, key, language) in demonyms {
        let value = u64::from(must(key)) << 1;
        *people.entry(fold(word)).or_insert(value) |= u64::from(*language);
    }
    let mut speaking = BTreeMap::new();
    for (name, country, place) in institutions {
        let id = |key: &str| (!key.is_empty()).then(|| must(key));
        let folded = fold(name);
        let folded = folded.strip_prefix("the ").unwrap_or(&folded).to_owned();
        speaking.entry(folded).or_insert(words::pack_institution(id(country), id(place)));
    }
    let common: BTreeMap<String, u64> = common
        .iter()
        .filter(|(word, _)| index.contains_key(word.as_str()))
        .map(|(word, bits)| (word.clone(), u64::from(*bits)))
        .collect();

    let mut writer = PackedWriter::new(KIND, LAYOUT, sources);
    writer.section("tables", Compression::None, &tables.write());
    rows::write(&mut writer, &records);
    writer.section("pool", Compression::None, &pool.bytes);
    writer.section("areas", Compression::None, &areas);
    index::write(&mut writer, &index);
    writer.section("keys", Compression::None, &transducer(&keys));
    writer.section("demonyms", Compression::None, &transducer(&people));
    writer.section("institutions", Compression::None, &transducer(&speaking));
    writer.section("common", Compression::None, &transducer(&common));
    for (nth, block) in rows.chunks(BLOCK as usize).enumerate() {
        let lists: Vec<Vec<(&str, &str)>> = block
            .iter()
            .map(|row| {
                let named: BTreeSet<&str> =
                    row.names.iter().filter(|n| !n.lang.is_empty()).map(|n| n.name.as_str()).collect();
                let all: BTreeSet<_> = row.names.iter().map(|n| (n.lang.as_str(), n.name.as_str())).collect();
                // The usual name stands in the row; what has a language is not told without one again.
                let told = |&(lang, name): &(&str, &str)| match lang {
                    "" => name != row.name && !named.contains(name),
                    "en" => name != row.name,
                    _ => true,
                };
                all.into_iter().filter(told).collect()
            })
            .collect();
        writer.section(&format!("names/{nth:03}"), Compression::Zstd, &names::write(&lists));
    }
    writer.finish()
}

fn tables(rows: &[Source]) -> Tables {
    let group = |group: u8| {
        let start = rows.partition_point(|row| row.group() < group) as u32;
        (start, rows.partition_point(|row| row.group() <= group) as u32)
    };
    let countries: BTreeSet<&str> =
        rows.iter().map(|row| row.country.as_str()).filter(|c| !c.is_empty()).collect();
    let kinds: BTreeSet<(Kind, &str)> = rows.iter().map(|row| (row.kind, row.feature.as_str())).collect();
    Tables {
        entries: rows.len() as u32,
        units: group(2),
        districts: group(3),
        numbered: group(4),
        countries: countries.into_iter().map(str::to_owned).collect(),
        kinds: kinds.into_iter().map(|(kind, feature)| (kind, feature.to_owned())).collect(),
    }
}

/// What each folded name means, the most prominent first.
fn name_index(rows: &[Source]) -> BTreeMap<String, Meanings> {
    let mut meanings: BTreeMap<String, BTreeMap<u32, (NameKind, u8)>> = BTreeMap::new();
    for (row, id) in rows.iter().zip(0..) {
        for name in &row.names {
            let folded = fold(&name.name);
            if folded.is_empty() {
                continue;
            }
            let known = meanings.entry(folded).or_default().entry(id).or_insert((name.kind, name.rank));
            *known = better(*known, (name.kind, name.rank));
        }
    }
    let sorted = |meanings: BTreeMap<u32, (NameKind, u8)>| -> Meanings {
        let mut sorted: Vec<(Reverse<u16>, u32, Found)> = meanings
            .into_iter()
            .map(|(id, (kind, rank))| {
                let worth = find::worth(rows[id as usize].prominence(), kind, rank);
                (Reverse(worth), id, Found { entry: EntryId(id), name_kind: kind, rank })
            })
            .collect();
        sorted.sort_unstable_by_key(|(worth, id, _)| (*worth, *id));
        let shown = sorted.iter().find(|(.., found)| found.name_kind != NameKind::Code);
        let worth = shown.map(|(worth, ..)| worth.0);
        (sorted.into_iter().map(|(.., found)| found).collect(), worth)
    };
    meanings.into_iter().map(|(name, meanings)| (name, sorted(meanings))).collect()
}

fn better(a: (NameKind, u8), b: (NameKind, u8)) -> (NameKind, u8) {
    if find::worth(1000, b.0, b.1) > find::worth(1000, a.0, a.1) { b } else { a }
}

fn transducer(map: &BTreeMap<String, u64>) -> Vec<u8> {
    fst::Map::from_iter(map.iter().map(|(key, value)| (key, *value)))
        .expect("the keys are sorted and unlike")
        .as_fst()
        .as_bytes()
        .to_vec()
}

/// Strings kept once.
#[derive(Default)]
struct Pool {
    bytes: Vec<u8>,
    known: BTreeMap<String, u32>,
}

impl Pool {
    fn add(&mut self, text: &str) -> u32 {
        if let Some(&at) = self.known.get(text) {
            return at;
        }
        let at = self.bytes.len() as u32;
        self.bytes.extend(u16::try_from(text.len()).expect("texts of the pool are short").to_le_bytes());
        self.bytes.extend(text.as_bytes());
        self.known.insert(text.to_owned(), at);
        at
    }
}
