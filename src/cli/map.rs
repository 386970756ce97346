//! `dateline map`: draw what reports say.

use super::failure::Failure;
use super::input::{self, ReadingArgs};
use super::output;
use crate::layers;
use crate::map::lint::{self, Finding, Severity};
use crate::map::{self, MapOptions, Scene};
use crate::overlays::{self, Overlay, OverlayError};
use crate::world::World;
use anyhow::{Context, anyhow};
use clap::Args;
use std::path::{Path, PathBuf};

/// What is written, by the ending of the file.
const ENDINGS: [&str; 5] = ["png", "svg", "pdf", GEOJSON, "webp"];
/// What a folder gets; WebP shows the same pixels as PNG.
const IN_A_FOLDER: [&str; 4] = ["png", "svg", "pdf", GEOJSON];
/// What needs no drawing.
const GEOJSON: &str = "geojson";

/// Arguments of `dateline map`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  dateline map report.txt -o map.png
  dateline map a.txt b.txt -o map.svg --preset article --theme dark
  dateline map story.json -o out/                map.png, map.svg, map.pdf and map.geojson in a folder
  dateline map report.md --overlay front.geojson --overlay track.gpx

Overlays are GeoJSON, KML, GPX or CSV files (columns lon and lat or wkt, and name) in WGS84 degrees, at most 8, each of at most
20 MiB and 2 million coordinates. They are drawn above the base map and beneath the story, named in the legend and credited in the
words below as the file says (name, source or attribution or author, date); simplestyle colours are kept where they can be told
from the map and the story. They change the frame only where the story has no place, and are not in GeoJSON output.")]
pub(super) struct MapArgs {
    /// Reports, or one story that `read` wrote; `-` is standard input
    #[arg(value_name = "REPORT", required = true)]
    reports: Vec<PathBuf>,
    /// Where to: a .png, .webp, .svg, .pdf or .geojson file, or a folder for one of each but .webp
    #[arg(short, long, value_name = "FILE", default_value = "map.png")]
    output: PathBuf,
    /// Layout: wide, article, phone, square, story, og, slide, print1 …
    #[arg(long, default_value = "wide")]
    preset: String,
    /// Size in pixels instead of a preset's
    #[arg(long, value_name = "WxH")]
    size: Option<String>,
    /// Width on paper in millimetres, 34 to 600, instead of a preset's; the height follows from the content
    #[arg(long, value_name = "MM", conflicts_with = "size")]
    width_mm: Option<String>,
    /// Height on paper in millimetres, 26 to 900, where it shall not follow
    #[arg(long, value_name = "MM", conflicts_with = "size")]
    height_mm: Option<String>,
    /// Pixels a unit, for sharp screens
    #[arg(long, value_name = "1..4", conflicts_with = "dpi")]
    scale: Option<String>,
    /// Pixels an inch of a PNG or WebP: 120 to 480 on paper, 96 to 384 else [default: 300 on paper, 96 else]
    #[arg(long)]
    dpi: Option<String>,
    /// light, dark, grey or print (inks in a PDF, and what they look like in other forms)
    #[arg(long, default_value = "light")]
    theme: String,
    /// Whose borders: un, defacto (who holds the ground), or the code of a country with a view of its own, like IN
    #[arg(long, default_value = "un")]
    worldview: String,
    /// mercator, albers, lambert, equal-earth, …, instead of the one that suits the extent
    #[arg(long)]
    projection: Option<String>,
    /// Frame in degrees, instead of the one that holds the story
    #[arg(long, value_name = "W,S,E,N", allow_hyphen_values = true)]
    bbox: Option<String>,
    /// Units of the scale bar: km, mi or both
    #[arg(long, default_value = "km")]
    units: String,
    /// Also mark where statements were made
    #[arg(long)]
    statements: bool,
    /// Language of the names on the map: en, ar, de, el, es, fa, fr, he, hi, ja, ko, pl, pt, ru, th, tr, uk, vi or zh
    /// [default: en]
    #[arg(long)]
    lang: Option<String>,
    /// Text of an SVG: live, outline (paths) or embed (the letters it uses as fonts inside) [default: live]
    #[arg(long, value_name = "live|outline|embed")]
    font: Option<String>,
    /// Only the arrows of this step, in the frame of all
    #[arg(long)]
    step: Option<String>,
    /// Also draw this file beneath the story: a front line, a storm's cone, a track, camps; up to 8 times
    #[arg(long, value_name = "FILE")]
    overlay: Vec<PathBuf>,
    /// Write no map in which `dateline check` finds an error
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    reading: ReadingArgs,
}

impl MapArgs {
    fn options(&self) -> Result<MapOptions, Failure> {
        let given = [
            ("preset", Some(&self.preset)),
            ("size", self.size.as_ref()),
            ("width-mm", self.width_mm.as_ref()),
            ("height-mm", self.height_mm.as_ref()),
            ("dpi", self.dpi.as_ref()),
            ("scale", self.scale.as_ref()),
            ("theme", Some(&self.theme)),
            ("worldview", Some(&self.worldview)),
            ("projection", self.projection.as_ref()),
            ("bbox", self.bbox.as_ref()),
            ("units", Some(&self.units)),
            ("lang", self.lang.as_ref()),
            ("font", self.font.as_ref()),
            ("step", self.step.as_ref()),
        ];
        let given = given.into_iter().filter_map(|(name, value)| Some((name, value?.as_str())));
        Ok(MapOptions { statements: self.statements, ..input::map_options(given)? })
    }
}

/// Runs the command.
pub(super) fn run(args: &MapArgs, quiet: bool) -> Result<(), Failure> {
    let mut options = args.options()?;
    let is_folder = args.output.is_dir() || args.output.to_string_lossy().ends_with('/');
    let ending = args.output.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    if !is_folder && !ENDINGS.contains(&ending) {
        let message = format!(
            "{} has no ending that is drawn: expected .png, .webp, .svg, .pdf or .geojson, or a folder ending in /",
            args.output.display()
        );
        return Err(Failure::Usage(message));
    }
    options.overlays = overlays(&args.overlay)?;
    let story = input::story(&args.reports, &args.reading)?;
    let world = World::embedded()?;
    let layers = layers::from_story(&story, world);
    let wanted: Vec<(&str, PathBuf)> = if is_folder {
        std::fs::create_dir_all(&args.output)
            .map_err(|error| anyhow!("cannot make the folder {}: {error}", args.output.display()))?;
        IN_A_FOLDER.iter().map(|ending| (*ending, args.output.join(format!("map.{ending}")))).collect()
    } else {
        vec![(ending, args.output.clone())]
    };
    let is_drawn = args.strict || wanted.iter().any(|(ending, _)| *ending != GEOJSON);
    let scene = is_drawn.then(|| map::draw_layers(&story, &layers, world, &options)).transpose()?;
    if let Some(scene) = scene.as_ref().filter(|_| args.strict) {
        refuse_faults(&lint::check(scene, &story, &layers, &options, None))?;
    }
    for remark in scene.iter().flat_map(|scene| &scene.facts.remarks) {
        output::say(quiet, &format!("remark: {remark}"));
    }
    for (ending, path) in wanted {
        let bytes = match &scene {
            Some(scene) if ending != GEOJSON => rendered(scene, ending),
            _ => {
                let collection = serde_json::to_value(layers::to_geojson(&layers));
                output::pretty(&collection.expect("GeoJSON is serialisable"))
            }
        };
        output::write(Some(&path), &bytes)?;
        output::say(quiet, &format!("wrote {}", path.display()));
    }
    Ok(())
}

fn rendered(scene: &Scene, ending: &str) -> Vec<u8> {
    match ending {
        "svg" => map::svg::render(scene).into_bytes(),
        "webp" => map::webp::render(scene),
        "pdf" => map::pdf::render(scene),
        _ => map::png::render(scene),
    }
}

/// Refuses a map that a graphics desk would send back.
fn refuse_faults(findings: &[Finding]) -> Result<(), Failure> {
    let errors: Vec<&str> =
        findings.iter().filter(|f| f.severity == Severity::Error).map(|f| f.message.as_str()).collect();
    if errors.is_empty() {
        return Ok(());
    }
    Err(Failure::Found(format!(
        "the map was not written: {}; another --preset or --size, or --bbox, may mend it, and without --strict it is \
         written as it is",
        errors.join("; ")
    )))
}

/// The overlays in files, in the order given.
fn overlays(paths: &[PathBuf]) -> Result<Vec<Overlay>, Failure> {
    if paths.len() > overlays::LIMIT_OVERLAYS {
        let (found, limit) = (paths.len(), overlays::LIMIT_OVERLAYS);
        return Err(Failure::OverLimit(anyhow!(
            "{found} overlays were given; a map shows at most {limit}: join some of the files"
        )));
    }
    paths.iter().map(|path| overlay(path)).collect()
}

fn overlay(path: &Path) -> Result<Overlay, Failure> {
    let name = path.display();
    let bytes = input::bytes(path, overlays::LIMIT_BYTES).context("overlay")?;
    let is_too_large = bytes.len() > overlays::LIMIT_BYTES;
    overlays::read(&bytes, &path.to_string_lossy()).map_err(|error| match error {
        OverlayError::OverLimit { .. } if is_too_large => Failure::OverLimit(anyhow!(
            "overlay {name}: the file has more than 20 MiB; at most that is drawn: simplify or split the data"
        )),
        OverlayError::OverLimit { .. } => {
            Failure::OverLimit(anyhow!(error).context(format!("overlay {name}")))
        }
        error => Failure::Failed(anyhow!(error).context(format!("overlay {name}"))),
    })
}
