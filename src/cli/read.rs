//! `dateline read`: what reports say.

use super::failure::Failure;
use super::input::{self, Document, ReadingArgs};
use super::{jsonl, output};
use crate::{layers, story};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// The forms of a reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// The whole reading: mentions, places, movements, claims, remarks
    Json,
    /// What can be mapped, as GeoJSON features
    Geojson,
}

/// Arguments of `dateline read`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  dateline read report.txt
  dateline read a.md b.html --published 2024-10-23 > story.json
  dateline read - --format geojson < report.txt
  dateline read --jsonl < reports.jsonl > readings.jsonl

One report gives a reading, several give a story. Offsets are Unicode code points, end exclusive.")]
pub(super) struct ReadArgs {
    /// Reports: plain text, Markdown with front matter, HTML; `-` is standard input
    #[arg(value_name = "REPORT", required_unless_present = "jsonl", conflicts_with = "jsonl")]
    reports: Vec<PathBuf>,
    /// What to write
    #[arg(long, value_enum, default_value = "json")]
    format: Format,
    /// Read one JSON report a line from standard input, write one reading a line, in order
    #[arg(long)]
    jsonl: bool,
    /// Leave with code 5 when no movement is found
    #[arg(long)]
    require_movement: bool,
    #[command(flatten)]
    reading: ReadingArgs,
}

/// Runs the command.
pub(super) fn run(args: &ReadArgs, quiet: bool) -> Result<(), Failure> {
    let options = args.reading.options()?;
    if args.jsonl {
        return jsonl::run(&options, &args.reading.source(), quiet);
    }
    input::within_count(args.reports.len())?;
    let mut reports = Vec::new();
    for path in &args.reports {
        match input::document(path, &args.reading.source())? {
            Document::Report(report) => reports.push(*report),
            Document::Story(_) => {
                return Err(Failure::Usage(format!(
                    "{} has been read already: it is a story",
                    path.display()
                )));
            }
        }
    }
    let mut readings = input::readings(reports, &options);
    let (value, movements) = if readings.len() == 1 && args.format == Format::Json {
        let reading = readings.remove(0);
        (reading.to_json(), reading.movements.len())
    } else {
        let story = story::merge(readings);
        let value = match args.format {
            Format::Json => story.to_json(),
            Format::Geojson => {
                serde_json::to_value(layers::collection(&story)?).expect("GeoJSON is serialisable")
            }
        };
        (value, story.movements.len())
    };
    output::write(None, &output::pretty(&value))?;
    if args.require_movement && movements == 0 {
        return Err(Failure::NothingFound("no movement was found".to_owned()));
    }
    Ok(())
}
