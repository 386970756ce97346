//! What must hold for every text: spans hold their words, ids lead somewhere, the JSON comes back
//! unchanged, and no text at all makes reading fail.

use super::{holds, shared};
use dateline::reading::{self, ReadOptions, Reading};
use dateline::report::{LIMIT_BYTES, Report, Source};
use proptest::prelude::*;
use rayon::prelude::*;
use std::path::Path;

fn read(text: &str) -> Reading {
    let report = Report::from_bytes(text.as_bytes(), Some("a.txt"), &Source::default()).unwrap();
    reading::read(report, &ReadOptions { demonyms: true, ..ReadOptions::default() })
}

/// The texts of a folder of JSON or JSON-lines files.
fn texts_of(folder: &Path) -> Vec<String> {
    let mut texts = Vec::new();
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        let content = || std::fs::read_to_string(&path).unwrap();
        let text = |json: &str| {
            let value: serde_json::Value = serde_json::from_str(json).unwrap();
            value["text"].as_str().map(str::to_owned)
        };
        match path.extension().and_then(|ending| ending.to_str()) {
            Some("txt") => texts.push(content()),
            Some("json") => texts.extend(text(&content())),
            Some("jsonl") => texts.extend(content().lines().filter_map(text)),
            _ => {}
        }
    }
    texts
}

#[test]
fn every_span_of_every_text_at_hand_holds_its_words() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut texts: Vec<String> = Vec::new();
    for folder in ["examples", "tests/reports"] {
        let entries = std::fs::read_dir(root.join(folder)).unwrap().map(|entry| entry.unwrap().path());
        texts.extend(
            entries
                .filter(|p| p.extension().is_some_and(|e| e == "md"))
                .map(|p| std::fs::read_to_string(p).unwrap()),
        );
    }
    assert!(texts.len() > 20, "only {} reports of ours were found", texts.len());
    if let Some(shared) = shared::folder() {
        for folder in ["seeds", "gold/dev", "geoparse"] {
            texts.extend(texts_of(&shared.join(folder)));
        }
        assert!(texts.len() > 600, "only {} texts were found", texts.len());
    }
    texts.par_iter().for_each(|text| holds::in_reading(&read(text)));
}

#[test]
fn hard_texts_are_read_in_bounded_time() {
    let long_word = "a".repeat(200_000);
    let one_sentence = "The convoy left Odesa for Varna and then ".repeat(2_000);
    let capitals = "TROOPS LEFT WONSAN FOR VLADIVOSTOK ON MONDAY. ".repeat(400);
    let marks =
        "\u{202e}W\u{200d}onsan\u{200b} \u{301}\u{302} left \u{feff}Odesa\u{2069} for Varna. ".repeat(300);
    let nested = "he said that ".repeat(500) + "the ship left Odesa.";
    let brackets = "((((".repeat(2_000) + "Odesa";
    for text in [
        "",
        " ",
        "\n\n\n",
        "Odesa",
        "\u{0}\u{1}",
        &long_word,
        &one_sentence,
        &capitals,
        &marks,
        &nested,
        &brackets,
    ] {
        if let Ok(report) = Report::from_bytes(text.as_bytes(), Some("a.txt"), &Source::default()) {
            holds::in_reading(&reading::read(report, &ReadOptions::default()));
        }
    }
}

/// Each of these took a time that grew with the square of its length: a minute where it now takes a second.
#[test]
fn names_by_the_ten_thousand_are_found_in_a_moment() {
    let options = ReadOptions { only_mentions: true, ..ReadOptions::default() };
    let started = std::time::Instant::now();
    for piece in ["St. ", "Port of ", "A.", "1.", "Syrian ", "North Korea. The North, "] {
        let text = piece.repeat(LIMIT_BYTES / 10 / piece.len());
        holds::in_reading(&reading::read(Report::from_text(&text, &Source::default()), &options));
    }
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}

/// Words that rules wait for, so that random texts reach them.
const WORDS: &[&str] = &[
    "Wonsan",
    "Odesa",
    "North Korea",
    "eastern",
    "Ukraine",
    "Kursk",
    "region",
    "U.S.",
    "troops",
    "3,000",
    "at least",
    "some",
    "sent",
    "left",
    "was",
    "were",
    "deployed",
    "to",
    "from",
    "via",
    "by",
    "ship",
    "said",
    "denied",
    "“",
    "”",
    "\"",
    "'s",
    ",",
    ".",
    "(",
    ")",
    "-",
    "—",
    "on",
    "Monday",
    "October",
    "2024",
    "early-to-mid",
    "if",
    "might",
    "not",
    "or",
    "and",
    "there",
    "he",
    "who",
    "\n",
    "\n\n",
    "é",
    "漢字",
    "🚢",
    "\u{200d}",
    "SEOUL, Oct 23 (Reuters) -",
    "three",
    "sites",
    "in",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_words_in_any_order_are_read(words in prop::collection::vec(prop::sample::select(WORDS), 0..60)) {
        holds::in_reading(&read(&words.join(" ")));
    }

    #[test]
    fn any_text_is_read(text in "\\PC{0,200}") {
        holds::in_reading(&read(&text));
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400), ending in prop::sample::select(&["a.txt", "a.md", "a.html"][..])) {
        if let Ok(report) = Report::from_bytes(&bytes, Some(ending), &Source::default()) {
            holds::in_reading(&reading::read(report, &ReadOptions::default()));
        }
    }
}
