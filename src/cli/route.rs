//! `dateline route`: a path between two places.

use super::failure::Failure;
use super::{input, output};
use crate::geometry::LonLat;
use crate::movements::Mode;
use crate::routes::{self, RouteOptions};
use clap::{Args, ValueEnum};

/// By what means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum By {
    Sea,
    Air,
    Rail,
    Road,
    Foot,
}

/// Arguments of `dateline route`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  dateline route Wonsan Vladivostok --by sea
  dateline route Rotterdam Singapore --by sea --avoid suez
  dateline route 12.5,41.9 126.98,37.57 --by air --format geojson

Routes are schematic: they show a way, not the way that was taken.")]
pub(super) struct RouteArgs {
    /// Where from: a name or LON,LAT
    #[arg(allow_hyphen_values = true)]
    from: String,
    /// Where to: a name or LON,LAT
    #[arg(allow_hyphen_values = true)]
    to: String,
    /// By what means
    #[arg(long, value_enum, default_value = "sea")]
    by: By,
    /// Passages not to take, at sea: suez, panama, bosporus, gibraltar, malacca, …
    #[arg(long, value_delimiter = ',', value_name = "PASSAGE,…")]
    avoid: Vec<String>,
    /// geojson or json
    #[arg(long, default_value = "json", value_parser = ["geojson", "json"])]
    format: String,
}

/// Runs the command.
pub(super) fn run(args: &RouteArgs) -> Result<(), Failure> {
    let (from_name, from) = end(&args.from)?;
    let (to_name, to) = end(&args.to)?;
    let mode = match args.by {
        By::Sea => Mode::Sea,
        By::Air => Mode::Air,
        By::Rail => Mode::Rail,
        By::Road => Mode::Road,
        By::Foot => Mode::Foot,
    };
    let options = RouteOptions { avoid: args.avoid.clone() };
    let route = routes::route_with(from, to, mode, &options)?;
    let feature = route.to_geojson(&from_name, &to_name);
    let value = if args.format == "geojson" {
        serde_json::to_value(geojson::FeatureCollection::new(vec![feature]))
    } else {
        serde_json::to_value(route.describe(&from_name, &to_name))
    };
    output::write(None, &output::pretty(&value.expect("a route is serialisable")))
}

/// A place by name or position, with what to call it.
fn end(text: &str) -> Result<(String, LonLat), Failure> {
    if let Some(position) = input::lon_lat(text)? {
        return Ok((text.to_owned(), position));
    }
    let entry = input::entry(text)?;
    Ok((entry.name.to_owned(), entry.position))
}
