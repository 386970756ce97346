//! `dateline verify`: whether a picture still shows and says what was drawn.

use super::failure::Failure;
use super::input;
use super::output;
use crate::map::metadata::Record;
use crate::map::verify::{self, Verdict};
use anyhow::Context;
use clap::Args;
use serde_json::{Value, json};
use std::path::PathBuf;

/// Larger than any picture that is drawn here.
const LIMIT_BYTES: usize = 256 << 20;

/// Arguments of `dateline verify`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  dateline verify map.png                  unchanged: exit code 0; edited: exit code 3
  dateline verify map.pdf --format json    what was found, and what the picture says of itself

PNG and WebP are compared by their pixels, SVG by its text, PDF by its bytes; titles, text alternatives,
sources and claims by their words. This shows what was changed afterwards, as by a crop, a retouch or another
caption. It is no signature: it does not prove who drew a picture.")]
pub(super) struct VerifyArgs {
    /// A PNG, SVG, PDF or WebP that Dateline drew; `-` is standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// text or json
    #[arg(long, default_value = "text", value_parser = ["text", "json"])]
    format: String,
}

/// Runs the command.
pub(super) fn run(args: &VerifyArgs) -> Result<(), Failure> {
    let name = args.file.display().to_string();
    let bytes = input::bytes(&args.file, LIMIT_BYTES)?;
    if bytes.len() > LIMIT_BYTES {
        let limit = LIMIT_BYTES >> 20;
        return Err(Failure::OverLimit(anyhow::anyhow!("{name} is larger than {limit} MiB, as no map is")));
    }
    let verdict = verify::verify(&bytes).with_context(|| name.clone())?;
    let data = if args.format == "json" {
        output::pretty(&told_as_json(&name, &verdict))
    } else {
        told_as_text(&name, &verdict).into_bytes()
    };
    output::write(None, &data)?;
    if verdict.is_unchanged() {
        return Ok(());
    }
    Err(Failure::Found(format!("{name} was changed since it was drawn: {}", verdict.findings.join("; "))))
}

fn told_as_text(name: &str, verdict: &Verdict) -> String {
    let record = &verdict.record;
    let program = record.value("dateline:program");
    let mut text = if verdict.is_unchanged() {
        format!("{name}: unchanged, it shows and says what {program} drew\n")
    } else {
        format!("{name}: edited, it is not what {program} drew\n")
    };
    for finding in &verdict.findings {
        text.push_str(&format!("  ! {finding}\n"));
    }
    let claims = record.values("dateline:claims").len();
    let plural = if claims == 1 { "" } else { "s" };
    let [size, preset, theme] =
        ["dateline:size", "dateline:preset", "dateline:theme"].map(|property| record.value(property));
    let preset = if preset.is_empty() { String::new() } else { format!(" ({preset})") };
    let checked = if record.value("dateline:checked") == "yes" { "by an editor" } else { "not yet" };
    let rows = [
        ("title", record.value("dc:title").to_owned()),
        ("sources", record.value("dc:source").to_owned()),
        ("as of", record.value("dateline:asOf").to_owned()),
        ("story", format!("{}, {claims} claim{plural}", record.value("dateline:story"))),
        ("drawn", format!("{size}{preset}, {theme}, borders: {}", record.value("dateline:worldview"))),
        ("checked", checked.to_owned()),
    ];
    for (label, words) in rows.iter().filter(|(_, words)| !words.is_empty()) {
        text.push_str(&format!("  {label:<8} {words}\n"));
    }
    text
}

fn told_as_json(name: &str, verdict: &Verdict) -> Value {
    let word = |holds: bool| if holds { "unchanged" } else { "edited" };
    json!({
        "file": name,
        "format": verdict.form.name(),
        "verdict": word(verdict.is_unchanged()),
        "picture": word(verdict.picture_holds),
        "words": word(verdict.words_hold),
        "findings": verdict.findings,
        "says": says(&verdict.record),
    })
}

fn says(record: &Record) -> Value {
    let one = |property: &str| Some(record.value(property)).filter(|value| !value.is_empty());
    json!({
        "title": one("dc:title"),
        "caption": one("dc:description"),
        "alt": { "short": one("Iptc4xmpCore:AltTextAccessibility"), "long": one("Iptc4xmpCore:ExtDescrAccessibility") },
        "sources": one("dc:source"),
        "credit": one("dc:rights"),
        "program": one("dateline:program"),
        "story": one("dateline:story"),
        "claims": record.values("dateline:claims"),
        "as_of": one("dateline:asOf"),
        "checked": record.value("dateline:checked") == "yes",
        "size": one("dateline:size"),
        "scale": one("dateline:scale"),
        "preset": one("dateline:preset"),
        "theme": one("dateline:theme"),
        "worldview": one("dateline:worldview"),
        "projection": one("dateline:projection"),
        "picture_sha256": one("dateline:picture"),
    })
}
