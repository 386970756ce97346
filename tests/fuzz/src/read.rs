//! Any text is read: every span leads back to its words, and the reading to a story and its layers.
#![no_main]

use dateline::geometry::LonLat;
use dateline::reading::{self, ReadOptions};
use dateline::report::{Report, Source};
use dateline::story::{self, Story};
use libfuzzer_sys::fuzz_target;

#[path = "../../integration/holds.rs"]
mod holds;
mod layers;

const HINTS: [&str; 4] = ["a.md", "a.txt", "a.html", "a.txt"];
/// Longer texts are read once only.
const TWICE: usize = 400;

fuzz_target!(
    init: {
        // Opening what is compiled in takes longer than reading, and its edges say nothing of a text.
        reading::read(Report::from_text("A ship left Odesa.", &Source::default()), &ReadOptions::default());
    },
    |data: &[u8]| {
        // The first byte chooses the media type, the options and whether a date is known.
        let Some((&choice, bytes)) = data.split_first() else { return };
        let is_set = |bit: u8| choice & (1 << bit) != 0;
        let options = ReadOptions {
            only_mentions: is_set(2),
            demonyms: is_set(3),
            home: is_set(4).then(|| LonLat::new(131.87, 43.11)),
        };
        let source = if is_set(5) { Source::published("2031-10-23") } else { Source::default() };
        let hint = HINTS[usize::from(choice % 4)];
        let Ok(report) = Report::from_bytes(bytes, Some(hint), &source) else { return };
        let reading = reading::read(report.clone(), &options);
        holds::in_reading(&reading);
        if bytes.len() < TWICE {
            assert_eq!(reading::read(report, &options), reading);
        }
        let story = story::merge(vec![reading]);
        let json = story.to_json();
        assert_eq!(Story::from_json(json.clone()).expect("a story of ours").to_json(), json);
        layers::check(&story);
    }
);
