//! `dateline place`: names looked up in the gazetteer.

use super::failure::Failure;
use super::{input, output};
use crate::gazetteer::{Gazetteer, Kind, Query};
use clap::Args;
use serde_json::{Value, json};

/// Arguments of `dateline place`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  dateline place Wonsan
  dateline place Rome --country US --limit 3
  dateline place Springfield --near -72.6,42.1
  dateline place \"Paris, Texas\"")]
pub(super) struct PlaceArgs {
    /// Names, in any script the gazetteer knows
    #[arg(value_name = "NAME", required = true)]
    names: Vec<String>,
    /// Prefer places near this position
    #[arg(long, value_name = "LON,LAT", allow_hyphen_values = true)]
    near: Option<String>,
    /// Only places of this country, by its two-letter code
    #[arg(long, value_name = "CC")]
    country: Option<String>,
    /// Only places of this kind: city, country, unit, sea, port, airport, …
    #[arg(long)]
    kind: Option<String>,
    /// How many answers a name
    #[arg(long, default_value = "5", value_parser = clap::value_parser!(u16).range(1..=100))]
    limit: u16,
    /// text or json
    #[arg(long, default_value = "text", value_parser = ["text", "json"])]
    format: String,
}

/// Runs the command.
pub(super) fn run(args: &PlaceArgs) -> Result<(), Failure> {
    let gazetteer = Gazetteer::embedded()?;
    let near = match &args.near {
        None => None,
        Some(text) => Some(input::lon_lat(text)?.ok_or_else(|| {
            Failure::Usage(format!("--near {text:?}: expected LON,LAT, like 131.87,43.11"))
        })?),
    };
    let kind: Option<Kind> = match &args.kind {
        None => None,
        Some(word) => Some(Kind::from_word(word).ok_or_else(|| Failure::Usage(unknown_kind(word)))?),
    };
    let mut answers = Vec::new();
    for name in &args.names {
        let query = Query {
            name: name.clone(),
            near,
            country: args.country.clone(),
            kind,
            limit: usize::from(args.limit),
        };
        let hits: Vec<Value> = gazetteer
            .search(&query)
            .iter()
            .map(|hit| serde_json::to_value(gazetteer.hit_row(hit)).expect("an answer is serialisable"))
            .collect();
        answers.push((name, hits));
    }
    if args.format == "json" {
        let value: Vec<Value> =
            answers.iter().map(|(name, hits)| json!({ "name": name, "entries": hits })).collect();
        return output::write(None, &output::pretty(&value.into()));
    }
    let mut text = String::new();
    for (name, hits) in &answers {
        text.push_str(&format!("{name}\n"));
        if hits.is_empty() {
            text.push_str("  no place of this name\n");
        }
        for hit in hits {
            text.push_str(&line(hit));
        }
    }
    output::write(None, text.as_bytes())
}

fn unknown_kind(word: &str) -> String {
    let known: Vec<&str> = Kind::ALL.iter().map(|kind| kind.word()).collect();
    format!("--kind {word:?}: expected one of {}", known.join(", "))
}

/// One answer as a line for people.
fn line(hit: &Value) -> String {
    let word = |key: &str| hit[key].as_str().unwrap_or_default().to_owned();
    let chain: Vec<String> =
        [word("name"), word("unit"), word("country")].into_iter().filter(|part| !part.is_empty()).collect();
    format!(
        "  {:<44} {:<9} {:>9.3} {:>8.3}  {:>10}  {:.2}  {}\n",
        chain.join(", "),
        word("kind"),
        hit["lon"].as_f64().unwrap_or_default(),
        hit["lat"].as_f64().unwrap_or_default(),
        hit["population"]
            .as_u64()
            .filter(|&people| people > 0)
            .map_or("–".to_owned(), |people| people.to_string()),
        hit["score"].as_f64().unwrap_or_default(),
        word("id"),
    )
}
