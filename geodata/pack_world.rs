//! Packs what the recipes wrote under `geodata/build/` into `assets/`: shapes, units, water.
//!
//! `cargo run --release --example pack_world`; `make geodata` runs it last.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use dateline::packed::{Compression, PackedWriter};
use dateline::world::topology::Topology;
use dateline::world::{LAYOUTS, WaterRow, encode_water, rows::Tables};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// `fine.json` and `coarse.json`.
#[derive(Deserialize)]
struct Shapes {
    arcs: Vec<Vec<[i32; 2]>>,
    pieces: Vec<Vec<Vec<i32>>>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let natural_earth =
        ["natural-earth-units", "natural-earth-countries", "natural-earth-lakes", "natural-earth-rivers"];

    let mut shapes = writer(0, &natural_earth[..2])?;
    for band in ["coarse", "fine"] {
        let read: Shapes = read(&format!("{band}.json"))?;
        let (arcs, pieces) = Topology::encode(&read.arcs, &read.pieces);
        shapes.section(&format!("{band}/arcs"), Compression::Zstd, &arcs);
        shapes.section(&format!("{band}/pieces"), Compression::Zstd, &pieces);
    }
    write(0, &shapes)?;

    let tables: Tables = read("tables.json")?;
    let mut units = writer(1, &[natural_earth[0], natural_earth[1], "cldr-core", "cldr-localenames"])?;
    units.section("countries", Compression::Zstd, &serde_json::to_vec(&tables.countries)?);
    units.section("units", Compression::Zstd, &serde_json::to_vec(&tables.units)?);
    units.section("coarse", Compression::Zstd, &serde_json::to_vec(&tables.coarse)?);
    for (band, arcs) in &tables.borders {
        units.section(&format!("borders/{band}"), Compression::Zstd, &serde_json::to_vec(arcs)?);
    }
    units.section("disputes", Compression::Zstd, &serde_json::to_vec(&tables.disputes)?);
    write(1, &units)?;

    let mut water = writer(2, &natural_earth)?;
    for band in ["coarse", "fine"] {
        let lakes: Vec<WaterRow> = read(&format!("lakes-{band}.json"))?;
        let rivers: Vec<WaterRow> = read(&format!("rivers-{band}.json"))?;
        water.section(&format!("lakes/{band}"), Compression::Zstd, &encode_water(&lakes));
        water.section(&format!("rivers/{band}"), Compression::Zstd, &encode_water(&rivers));
    }
    water.section("grid", Compression::Zstd, &fs::read(build().join("grid.bin"))?);
    write(2, &water)
}

/// A writer whose sources are those that the folders describe.
fn writer(at: usize, folders: &[&str]) -> Result<PackedWriter, Box<dyn Error>> {
    let mut sources = Vec::new();
    for folder in folders {
        let path = geodata().join(folder).join("source.toml");
        let source: toml::Table = fs::read_to_string(&path)?.parse()?;
        let field = |name: &str| source.get(name).and_then(toml::Value::as_str).unwrap_or_default();
        sources.push(format!("{} {}, {}", field("package"), field("version"), field("licence")));
    }
    let (kind, version) = LAYOUTS[at];
    Ok(PackedWriter::new(kind, version, &sources.join("\n")))
}

#[allow(clippy::print_stdout)]
fn write(at: usize, writer: &PackedWriter) -> Result<(), Box<dyn Error>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets").join(format!("{}.dl", LAYOUTS[at].0));
    let bytes = writer.finish();
    fs::write(&path, &bytes)?;
    println!("{}: {} bytes", path.display(), bytes.len());
    Ok(())
}

fn read<T: DeserializeOwned>(name: &str) -> Result<T, Box<dyn Error>> {
    let path = build().join(name);
    let text = fs::read(&path).map_err(|error| format!("{}: {error}; run `make geodata`", path.display()))?;
    serde_json::from_slice(&text).map_err(|error| format!("{}: {error}", path.display()).into())
}

fn geodata() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("geodata")
}

fn build() -> PathBuf {
    geodata().join("build")
}
