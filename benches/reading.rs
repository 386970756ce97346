//! Reports a second: read whole, and for their place names only.
//!
//! `cargo bench --bench reading`; the counters are bytes of text and reports. The reports are our own, put
//! together to some 600 words each, all different: what is kept from one report helps the next as in any bulk.

use dateline::reading::{self, ReadOptions};
use dateline::report::{Report, Source};
use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use std::hint::black_box;

fn main() {
    divan::main();
}

/// Our own reports in the order of their names, put together.
fn reports() -> Vec<Report> {
    const WORDS: usize = 600;
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reports");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("the reports are there")
        .map(|entry| entry.expect("a file").path())
        .collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "md"));
    files.sort();
    let mut texts = vec![String::new()];
    for file in files {
        let bytes = std::fs::read(&file).expect("a report can be read");
        let report = Report::from_bytes(&bytes, Some("report.md"), &Source::default()).expect("a report");
        let last = texts.last_mut().expect("never empty");
        last.push_str(&report.text);
        last.push_str("\n\n");
        if last.split_whitespace().count() >= WORDS {
            texts.push(String::new());
        }
    }
    texts.retain(|text| text.split_whitespace().count() >= WORDS);
    texts.iter().map(|text| Report::from_text(text, &Source::default())).collect()
}

fn bench(bencher: Bencher<'_, '_>, options: ReadOptions) {
    let reports = reports();
    let bytes: usize = reports.iter().map(|report| report.text.len()).sum();
    bencher.counter(ItemsCount::new(reports.len())).counter(BytesCount::new(bytes)).bench(|| {
        let read =
            |report: &Report| reading::read(black_box(report.clone()), &options).into_json_line().len();
        reports.iter().map(read).sum::<usize>()
    });
}

#[divan::bench]
fn whole(bencher: Bencher<'_, '_>) {
    bench(bencher, ReadOptions::default());
}

#[divan::bench]
fn only_mentions(bencher: Bencher<'_, '_>) {
    bench(bencher, ReadOptions { only_mentions: true, ..ReadOptions::default() });
}
