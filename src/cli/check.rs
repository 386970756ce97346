//! `dateline check`: the graphics desk's lint over drawn stories.

use super::failure::Failure;
use super::input::{self, ReadingArgs};
use super::output;
use crate::layers;
use crate::map::lint::{self, Finding, Severity};
use crate::map::{self, MapOptions};
use crate::world::World;
use clap::{Args, ValueEnum};
use jiff::civil::Date;
use serde_json::{Value, json};
use std::path::PathBuf;

/// Arguments of `dateline check`.
#[derive(Debug, Args)]
#[command(
    after_help = "Exit code 3 when something was found that must not be published; with --strict, when anything was.

Examples:
  dateline check report.txt
  dateline check story.json --preset wide,article,phone --strict
  dateline check report.txt --format sarif > findings.sarif"
)]
pub(super) struct CheckArgs {
    /// Reports, or one story that `read` wrote; `-` is standard input
    #[arg(value_name = "REPORT", required = true)]
    reports: Vec<PathBuf>,
    /// Layouts to check
    #[arg(long, value_name = "PRESET", value_delimiter = ',', default_value = "wide")]
    preset: Vec<String>,
    /// Themes to check
    #[arg(long, value_name = "THEME", value_delimiter = ',', default_value = "light")]
    theme: Vec<String>,
    /// Language of the names on the map
    #[arg(long, default_value = "en")]
    lang: String,
    /// Whose borders
    #[arg(long, default_value = "un")]
    worldview: String,
    /// How findings are written
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Count warnings as failures
    #[arg(long)]
    strict: bool,
    /// The day that decides whether a statement is old; without it none is
    #[arg(long, value_name = "YYYY-MM-DD")]
    as_of: Option<Date>,
    #[command(flatten)]
    reading: ReadingArgs,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// A line each
    Text,
    /// One array
    Json,
    /// SARIF 2.1.0, for tools that gather findings
    Sarif,
}

/// What was found in one layout.
struct Checked {
    layout: String,
    findings: Vec<Finding>,
}

/// Runs the command.
pub(super) fn run(args: &CheckArgs) -> Result<(), Failure> {
    let mut wanted = Vec::new();
    for preset in &args.preset {
        for theme in &args.theme {
            wanted.push((format!("{preset}, {theme}"), options(args, preset, theme)?));
        }
    }
    let story = input::story(&args.reports, &args.reading)?;
    let world = World::embedded()?;
    let layers = layers::from_story(&story, world);
    let mut checked = Vec::new();
    for (layout, options) in wanted {
        let scene = map::draw_layers(&story, &layers, world, &options).map_err(anyhow::Error::from)?;
        let findings = lint::check(&scene, &story, &layers, &options, args.as_of);
        checked.push(Checked { layout, findings });
    }
    let bytes = match args.format {
        Format::Text => text(&checked).into_bytes(),
        Format::Json => output::pretty(&as_json(&checked)),
        Format::Sarif => output::pretty(&as_sarif(&checked)),
    };
    output::write(None, &bytes)?;
    let fails = |finding: &Finding| args.strict || finding.severity == Severity::Error;
    let count = checked.iter().flat_map(|c| &c.findings).filter(|f| fails(f)).count();
    if count > 0 {
        let things = if count == 1 { "finding" } else { "findings" };
        return Err(Failure::Found(format!("{count} {things}: the map is not fit to be published as it is")));
    }
    Ok(())
}

fn options(args: &CheckArgs, preset: &str, theme: &str) -> Result<MapOptions, Failure> {
    let given = [("preset", preset), ("theme", theme), ("lang", &args.lang), ("worldview", &args.worldview)];
    input::map_options(given)
}

fn text(checked: &[Checked]) -> String {
    let mut out = String::new();
    for Checked { layout, findings } in checked {
        for finding in findings {
            let severity = match finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            };
            out += &format!("{layout}: {severity}: {} [{}]\n", finding.message, finding.rule);
        }
        if findings.is_empty() {
            out += &format!("{layout}: nothing found\n");
        }
    }
    out
}

fn as_json(checked: &[Checked]) -> Value {
    checked.iter().map(|c| json!({ "layout": c.layout, "findings": c.findings })).collect()
}

/// The findings as a log of the Static Analysis Results Interchange Format (OASIS, 2.1.0).
fn as_sarif(checked: &[Checked]) -> Value {
    let rules: Vec<Value> =
        lint::RULES.iter().map(|r| json!({ "id": r.id, "shortDescription": { "text": r.means } })).collect();
    let results: Vec<Value> = checked
        .iter()
        .flat_map(|c| c.findings.iter().map(move |f| (c, f)))
        .map(|(c, f)| {
            json!({
                "ruleId": f.rule,
                "level": f.severity,
                "message": { "text": format!("{}: {}", c.layout, f.message) },
                "properties": { "layout": c.layout, "box": f.place },
            })
        })
        .collect();
    let driver = json!({
        "name": "dateline",
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "rules": rules,
    });
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{ "tool": { "driver": driver }, "results": results }],
    })
}
