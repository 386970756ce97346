//! Sea routes between random ports, and the time to open the network.
//!
//! `cargo bench --bench routes`; the counter is routes. benches/README.md says how others were timed.

use std::hint::black_box;
use std::sync::atomic::{AtomicUsize, Ordering};

use dateline::gazetteer::{EntryId, Gazetteer, Kind};
use dateline::geometry::LonLat;
use dateline::movements::Mode;
use dateline::routes::{self, RouteOptions};
use divan::Bencher;

fn main() {
    divan::main();
}

/// Port pairs by a fixed sequence.
fn pairs(count: usize) -> Vec<(LonLat, LonLat)> {
    let gazetteer = Gazetteer::embedded().expect("the embedded gazetteer is whole");
    let ports: Vec<LonLat> = (0..gazetteer.len() as u32)
        .map(EntryId)
        .filter(|&id| gazetteer.kind(id) == Kind::Port)
        .map(|id| gazetteer.entry(id).position)
        .collect();
    let mut state = 42_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ports[(state >> 33) as usize % ports.len()]
    };
    (0..count).map(|_| (next(), next())).collect()
}

/// A thousand pairs in turn.
#[divan::bench(sample_count = 1000, sample_size = 1)]
fn sea(bencher: Bencher<'_, '_>) {
    let pairs = pairs(1000);
    let at = AtomicUsize::new(0);
    let _ = routes::route(pairs[0].0, pairs[0].1, Mode::Sea);
    bencher.bench(|| {
        let (from, to) = pairs[at.fetch_add(1, Ordering::Relaxed) % pairs.len()];
        routes::route(black_box(from), black_box(to), Mode::Sea).map(|route| route.length_km).ok()
    });
}

/// The same without the Suez Canal.
#[divan::bench(sample_count = 200, sample_size = 1)]
fn sea_without_suez(bencher: Bencher<'_, '_>) {
    let pairs = pairs(200);
    let at = AtomicUsize::new(0);
    let avoid = RouteOptions { avoid: vec!["suez".to_owned()] };
    let _ = routes::route_with(pairs[0].0, pairs[0].1, Mode::Sea, &avoid);
    bencher.bench(|| {
        let (from, to) = pairs[at.fetch_add(1, Ordering::Relaxed) % pairs.len()];
        routes::route_with(black_box(from), black_box(to), Mode::Sea, &avoid)
            .map(|route| route.length_km)
            .ok()
    });
}
