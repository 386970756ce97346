//! What commands read: reports from files or standard input, and stories written before.

use super::failure::Failure;
use crate::gazetteer::{Entry, Gazetteer, Query};
use crate::geometry::LonLat;
use crate::map::MapOptions;
use crate::reading::{self, ReadOptions, Reading};
use crate::report::{LIMIT_BYTES, Report, ReportError, Source};
use crate::story::{self, Story};
use anyhow::{Context, anyhow};
use clap::Args;
use jiff::civil::Date;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Larger than any story that is written.
const LIMIT_STORY: usize = 256 << 20;
/// How many reports a story may have.
const REPORTS_LIMIT: usize = 20;

/// How reports are read.
#[derive(Debug, Args)]
pub(super) struct ReadingArgs {
    /// When the reports were published, if they do not say so themselves
    #[arg(long, value_name = "YYYY-MM-DD")]
    published: Option<Date>,
    /// Where the outlet writes for: a name or LON,LAT; nearby places are preferred
    #[arg(long, value_name = "PLACE")]
    home: Option<String>,
    /// Also give demonyms ("Syrian") as mentions
    #[arg(long)]
    demonyms: bool,
    /// Find only place names: some ten times faster; no parse, no movements, no outlines of vague areas
    #[arg(long, value_name = "WHAT", value_parser = ["mentions"])]
    only: Option<String>,
}

impl ReadingArgs {
    /// The options for reading.
    pub(super) fn options(&self) -> Result<ReadOptions, Failure> {
        let home = self.home.as_deref().map(position).transpose()?;
        Ok(ReadOptions { home, demonyms: self.demonyms, only_mentions: self.only.is_some() })
    }

    /// What is known of a report beside its file.
    pub(super) fn source(&self) -> Source {
        Source { published: self.published.map(|date| date.to_string()), ..Source::default() }
    }
}

/// A position from `LON,LAT` or from the best entry of that name.
pub(super) fn position(text: &str) -> Result<LonLat, Failure> {
    if let Some(position) = lon_lat(text)? {
        return Ok(position);
    }
    Ok(entry(text)?.position)
}

/// The best entry of a name.
pub(super) fn entry(name: &str) -> Result<Entry<'static>, Failure> {
    let gazetteer = Gazetteer::embedded()?;
    let query = Query { name: name.to_owned(), limit: 1, ..Query::default() };
    let hit = gazetteer.search(&query).into_iter().next();
    let hit = hit.ok_or_else(|| {
        anyhow!("no place is called {name:?}; `dateline place` looks names up, LON,LAT gives a position")
    })?;
    Ok(gazetteer.entry(hit.entry))
}

/// `LON,LAT`, where the text has that form.
pub(super) fn lon_lat(text: &str) -> Result<Option<LonLat>, Failure> {
    let Some((lon, lat)) = text.split_once(',') else { return Ok(None) };
    let (Ok(lon), Ok(lat)) = (lon.trim().parse(), lat.trim().parse()) else { return Ok(None) };
    let position = LonLat::new(lon, lat);
    if position.is_valid() {
        Ok(Some(position))
    } else {
        let message =
            format!("{text} is no position: expected LON,LAT with -180..180 and -90..90, like 131.87,43.11");
        Err(Failure::Usage(message))
    }
}

/// A file's document: a story that `read` wrote, or a report still to be read.
pub(super) enum Document {
    /// A story or reading written before.
    Story(Box<Story>),
    /// A report.
    Report(Box<Report>),
}

/// Reads a file, or standard input for `-`.
pub(super) fn document(path: &Path, source: &Source) -> Result<Document, Failure> {
    let name = path.display();
    let is_story = path.extension().is_some_and(|ending| ending == "json");
    let bytes = bytes(path, if is_story { LIMIT_STORY } else { LIMIT_BYTES })?;
    if is_story {
        let story = written_story(&bytes)
            .with_context(|| format!("{name} is no story: expected the JSON that `dateline read` writes"))?;
        return Ok(Document::Story(Box::new(story)));
    }
    let hint = path.file_name().and_then(|file| file.to_str());
    match Report::from_bytes(&bytes, hint, source) {
        Ok(report) => Ok(Document::Report(Box::new(report))),
        Err(error @ ReportError::TooLarge { .. }) => {
            Err(Failure::OverLimit(anyhow!(error).context(name.to_string())))
        }
        Err(error) => Err(Failure::Failed(anyhow!(error).context(name.to_string()))),
    }
}

/// A file's bytes, or those of standard input for `-`; of what is larger than `limit` a byte more, which is enough
/// to know that it is too much.
pub(super) fn bytes(path: &Path, limit: usize) -> anyhow::Result<Vec<u8>> {
    let cap = limit as u64 + 1;
    let mut bytes = Vec::new();
    if path == Path::new("-") {
        std::io::stdin().lock().take(cap).read_to_end(&mut bytes).context("standard input")?;
    } else {
        let file = std::fs::File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
        file.take(cap).read_to_end(&mut bytes).with_context(|| format!("cannot read {}", path.display()))?;
    }
    Ok(bytes)
}

/// The options of a map, each as it is called on the command line.
pub(super) fn map_options<'a>(
    given: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<MapOptions, Failure> {
    let mut options = MapOptions::default();
    options.set_all(given).map_err(|(name, error)| Failure::Usage(format!("--{name}: {error}")))?;
    Ok(options)
}

fn written_story(bytes: &[u8]) -> anyhow::Result<Story> {
    let value: serde_json::Value = serde_json::from_slice(bytes)?;
    match value.get("format").and_then(|format| format.as_str()) {
        Some(reading::FORMAT) => Ok(story::merge(vec![Reading::from_json(value)?])),
        Some(story::FORMAT) => Ok(Story::from_json(value)?),
        other => {
            Err(anyhow!("its format is {other:?}, expected {:?} or {:?}", reading::FORMAT, story::FORMAT))
        }
    }
}

/// The readings of reports, in order.
pub(super) fn readings(reports: Vec<Report>, options: &ReadOptions) -> Vec<Reading> {
    use rayon::prelude::*;
    reports.into_par_iter().map(|report| reading::read(report, options)).collect()
}

/// All files as one story: reports are read and merged; a story written before stands alone.
pub(super) fn story(paths: &[PathBuf], args: &ReadingArgs) -> Result<Story, Failure> {
    let options = args.options()?;
    let mut reports = Vec::new();
    within_count(paths.len())?;
    for path in paths {
        match document(path, &args.source())? {
            Document::Report(report) => reports.push(*report),
            Document::Story(story) if paths.len() == 1 => return Ok(*story),
            Document::Story(_) => {
                let message =
                    format!("{} is a story: give one story alone, or reports together", path.display());
                return Err(Failure::Usage(message));
            }
        }
    }
    Ok(story::merge(readings(reports, &options)))
}

/// Refuses more reports than a story may have.
pub(super) fn within_count(count: usize) -> Result<(), Failure> {
    if count > REPORTS_LIMIT {
        let error = anyhow!("{count} reports were given; a story holds at most {REPORTS_LIMIT}");
        return Err(Failure::OverLimit(error));
    }
    Ok(())
}
