//! Writes predictions for the scorer of the movement gold standard.
//!
//! usage: score_movements GOLD_DIR [--gold-places] > predictions.jsonl
//! With `--gold-places` the annotated places stand in for our own, which measures the movement rules alone.

#![allow(clippy::print_stdout)]

use dateline::mentions::dates::Anchors;
use dateline::mentions::{Mention, MentionKind, dates, quantities};
use dateline::movements::{self, Context, Mode, Movement, Status};
use dateline::places::{Place, PlaceKind, Precision};
use dateline::reading::{self, ReadOptions};
use dateline::report::{Report, Source, Span};
use serde_json::{Value, json};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let folder = arguments.first().expect("a folder of gold documents");
    let gold_places = arguments.iter().any(|argument| argument == "--gold-places");
    let only = arguments.iter().find_map(|argument| argument.strip_prefix("--only="));
    let mut files: Vec<_> =
        std::fs::read_dir(folder).expect("the folder").map(|e| e.expect("an entry").path()).collect();
    files.sort();
    for file in files.iter().filter(|file| file.extension().is_some_and(|e| e == "json")) {
        let doc: Value = serde_json::from_str(&std::fs::read_to_string(file).expect("a file")).expect("JSON");
        if only.is_some_and(|only| !doc["id"].as_str().unwrap_or_default().contains(only)) {
            continue;
        }
        let text = doc["text"].as_str().unwrap_or_default();
        let mut source = Source::default();
        if let Some(date) = doc["published"].as_str() {
            source = Source::published(date);
        }
        source.title = doc["title"].as_str().map(str::to_owned);
        let report = Report::from_text(text, &source);
        let (movements, places) = if gold_places { with_gold_places(&doc, &report) } else { ours(&report) };
        let list: Vec<Value> =
            movements.iter().filter(|m| is_scored(m)).map(|m| prediction(m, &places, text)).collect();
        println!("{}", json!({"id": doc["id"], "movements": list}));
    }
}

fn ours(report: &Report) -> (Vec<Movement>, Vec<Place>) {
    let reading = dateline::reading::read(report.clone(), &ReadOptions::default());
    (reading.movements, reading.places)
}

/// What the scorer is given: no background, and at least one stated end.
fn is_scored(movement: &Movement) -> bool {
    let has_end = !movement.origin.is_empty() || !movement.destination.is_empty();
    has_end && !movement.background
}

fn prediction(movement: &Movement, places: &[Place], text: &str) -> Value {
    let points = |ids: &[String]| -> Value {
        let list: Vec<Value> = ids
            .iter()
            .filter_map(|id| places.iter().find(|place| place.id == *id))
            .map(|place| {
                let place = match (&place.lat, &place.within) {
                    (None, Some(within)) => places.iter().find(|other| other.id == *within).unwrap_or(place),
                    _ => place,
                };
                json!({"name": place.name, "lat": place.lat, "lon": place.lon})
            })
            .collect();
        if list.is_empty() { Value::Null } else { Value::Array(list) }
    };
    let mode = match movement.mode {
        Mode::Sea => "ship",
        Mode::Air => "air",
        Mode::Rail => "rail",
        Mode::Road => "road",
        Mode::Foot => "foot",
        Mode::Unknown => "unknown",
    };
    let status = match movement.status {
        Status::Happened => "happened",
        Status::Underway => "underway",
        Status::Planned => "planned",
        Status::Possible => "possible",
        Status::Denied => "denied",
        Status::Failed => "ended_in_failure",
    };
    let chars = |span: &Span| json!({"start": text[..span.start].chars().count(), "end": text[..span.end].chars().count()});
    json!({
        "from": points(&movement.origin), "to": points(&movement.destination), "via": points(&movement.via),
        "mode": mode, "status": status,
        "quantity": movement.quantity.as_ref().map(|q| json!({"min": q.min, "max": q.max, "text": q.text})),
        "when": movement.when.as_ref().map(|w| json!({"earliest": w.earliest, "latest": w.latest, "text": w.text})),
        "evidence": movement.evidence.first().map(&chars), "trigger": chars(&movement.trigger.span),
        "who": movement.who.as_ref().map(|w| w.text.clone()), "word": movement.trigger.text, "claims": movement.claims,
    })
}

fn with_gold_places(doc: &Value, report: &Report) -> (Vec<Movement>, Vec<Place>) {
    let text = &report.text;
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let mut mentions = Vec::new();
    let mut places: Vec<Place> = Vec::new();
    for gold in doc["places"].as_array().into_iter().flatten() {
        let name = gold["name"].as_str().unwrap_or_default();
        let span = Span::new(
            starts[gold["start"].as_u64().unwrap_or(0) as usize],
            starts[gold["end"].as_u64().unwrap_or(0) as usize],
        );
        let kind = match gold["kind"].as_str().unwrap_or_default() {
            "country" => PlaceKind::Country,
            "region" => PlaceKind::Region,
            "part_of_country" => PlaceKind::Part,
            "water" => PlaceKind::Water,
            "island" => PlaceKind::Island,
            "base" => PlaceKind::Base,
            "building" => PlaceKind::Building,
            "city" => PlaceKind::City,
            _ => PlaceKind::Other,
        };
        let index = places.iter().position(|place| place.name == name).unwrap_or_else(|| {
            places.push(Place {
                id: format!("p{}", places.len() + 1),
                name: name.to_owned(),
                kind,
                lon: gold["lon"].as_f64(),
                lat: gold["lat"].as_f64(),
                country: gold["country_iso2"].as_str().map(str::to_owned),
                precision: Precision::Locality,
                radius_km: None,
                bbox: None,
                entry: None,
                within: None,
                count: None,
                part: None,
                beside: None,
                score: 1.0,
                reasons: Vec::new(),
                rivals: Vec::new(),
            });
            places.len() - 1
        });
        mentions.push(Mention {
            id: format!("m{}", mentions.len() + 1),
            span,
            text: span.of(text).to_owned(),
            kind: if gold["metonym"].as_bool() == Some(true) {
                MentionKind::Actor
            } else {
                MentionKind::Toponym
            },
            place: Some(places[index].id.clone()),
            reasons: Vec::new(),
        });
    }
    let trees = reading::trees(report);
    let all = Span::new(0, text.len());
    let counted = quantities::find_all(text, all);
    let times = dates::find(text, all);
    let anchors = Anchors::of(report, &times);
    let found = movements::find(&Context {
        report,
        trees: &trees,
        mentions: &mentions,
        places: &places,
        counted: &counted,
        times: &times,
        anchors: &anchors,
    });
    (found.movements, places)
}
