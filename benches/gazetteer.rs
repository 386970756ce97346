//! How fast the gazetteer opens and answers, and what it takes of memory.
//!
//! `cargo bench --bench gazetteer`; a row of many names counts names, so that a second's rate reads as names.

use std::hint::black_box;

use dateline::gazetteer::{Gazetteer, Query, fold};
use dateline::geometry::LonLat;
use divan::Bencher;
use divan::counter::ItemsCount;

/// Counts what is allocated while a bench runs: `open` shows what the gazetteer adds to the heap.
#[global_allocator]
static MEMORY: divan::AllocProfiler = divan::AllocProfiler::system();

/// Names as reports write them: in many scripts, with type words, with many bearers, and none at all.
const NAMES: &[&str] = &[
    "Kyiv",
    "Київ",
    "원산",
    "Wonsan",
    "Washington",
    "San José",
    "Springfield",
    "Sea of Azov",
    "Bab-el-Mandeb",
    "Kursk region",
    "Fulton County",
    "the United States",
    "Saint-Étienne",
    "東京",
    "القاهرة",
    "El Fasher",
    "Constantinople",
    "Xyzzyville",
    "W. Columbia",
    "Ouagadougou",
];

/// What a person types on the way to a name.
const STARTS: &[&str] =
    &["s", "sa", "san", "san j", "k", "ky", "kyi", "vladiv", "к", "원", "new y", "port a"];

fn main() {
    divan::main();
}

fn gazetteer() -> &'static Gazetteer {
    Gazetteer::embedded().expect("the embedded gazetteer is whole")
}

#[divan::bench(args = NAMES)]
fn exact(bencher: Bencher<'_, '_>, name: &str) {
    let gazetteer = gazetteer();
    bencher.bench(|| gazetteer.find(black_box(name)));
}

#[divan::bench]
fn exact_all(bencher: Bencher<'_, '_>) {
    let gazetteer = gazetteer();
    bencher
        .counter(ItemsCount::new(NAMES.len()))
        .bench(|| NAMES.iter().map(|name| gazetteer.find(black_box(name)).len()).sum::<usize>());
}

#[divan::bench]
fn fold_all(bencher: Bencher<'_, '_>) {
    bencher
        .counter(ItemsCount::new(NAMES.len()))
        .bench(|| NAMES.iter().map(|name| fold(black_box(name)).len()).sum::<usize>());
}

#[divan::bench(args = STARTS)]
fn prefix(bencher: Bencher<'_, '_>, start: &str) {
    let gazetteer = gazetteer();
    bencher.bench(|| gazetteer.prefix(black_box(start), 10));
}

#[divan::bench(args = ["Vladivostock", "Kharkhiv"])]
fn search_with_typos(bencher: Bencher<'_, '_>, name: &str) {
    let gazetteer = gazetteer();
    bencher.bench(|| gazetteer.search(&Query { name: black_box(name).to_owned(), ..Query::default() }));
}

#[divan::bench]
fn nearest(bencher: Bencher<'_, '_>) {
    let gazetteer = gazetteer();
    gazetteer.nearest(LonLat::new(0.0, 0.0), 1);
    bencher.bench(|| gazetteer.nearest(black_box(LonLat::new(131.9, 43.1)), 5));
}

/// Opened and let go again; its share of the heap stands in the rows `alloc`.
#[divan::bench(sample_count = 50)]
fn open(bencher: Bencher<'_, '_>) {
    static BYTES: &[u8] = include_bytes!("../assets/gazetteer.dl");
    bencher.bench(|| Gazetteer::open(BYTES).expect("the embedded gazetteer is whole").len());
}
