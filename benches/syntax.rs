//! Sentences a second through the embedded parser, and the time to open it.
//!
//! `cargo bench --bench syntax`; the counter is sentences.

use std::hint::black_box;

use dateline::syntax::{Level, Parser};
use divan::Bencher;
use divan::counter::ItemsCount;

fn main() {
    divan::main();
}

/// Our own sentences, one a paragraph.
fn texts() -> Vec<&'static str> {
    include_str!("../tests/data/syntax_own.txt").lines().collect()
}

fn sentences(parser: &Parser, texts: &[&str]) -> ItemsCount {
    ItemsCount::new(texts.iter().map(|text| parser.parse(text).sentences.len()).sum::<usize>())
}

#[divan::bench(args = [Level::Best, Level::Avx2, Level::Portable])]
fn parse(bencher: Bencher<'_, '_>, level: Level) {
    let parser = Parser::with_level(level).expect("the embedded model is whole");
    let texts = texts();
    bencher
        .counter(sentences(&parser, &texts))
        .bench(|| texts.iter().map(|text| black_box(parser.parse(text)).tokens.len()).sum::<usize>());
}

/// All paragraphs of a report at once, as the program parses them.
#[divan::bench(args = [Level::Best, Level::Avx2, Level::Portable])]
fn parse_all(bencher: Bencher<'_, '_>, level: Level) {
    let parser = Parser::with_level(level).expect("the embedded model is whole");
    let texts = texts();
    bencher.counter(sentences(&parser, &texts)).bench(|| parser.parse_all(black_box(&texts)).len());
}

#[divan::bench]
fn tokenize(bencher: Bencher<'_, '_>) {
    let parser = Parser::with_level(Level::Best).expect("the embedded model is whole");
    let texts = texts();
    bencher
        .counter(sentences(&parser, &texts))
        .bench(|| texts.iter().map(|text| parser.tokenize(black_box(text)).len()).sum::<usize>());
}

/// Every word is new: nothing kept from before helps.
#[divan::bench(sample_count = 10)]
fn open_and_parse_once(bencher: Bencher<'_, '_>) {
    let texts = texts();
    bencher.bench(|| {
        let parser = Parser::with_level(Level::Best).expect("the embedded model is whole");
        texts.iter().map(|text| parser.parse(text).tokens.len()).sum::<usize>()
    });
}

#[divan::bench(sample_count = 20)]
fn open(bencher: Bencher<'_, '_>) {
    bencher.bench(|| Parser::with_level(Level::Best).expect("the embedded model is whole"));
}
