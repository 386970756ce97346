//! Maps: the reference map as PNG and SVG, whole page and map alone, and raster tiles, all warm.
//!
//! `cargo bench --bench maps`; the counter is maps or tiles. `make bench-maps` times others beside it: see README.md.

use std::hint::black_box;

use dateline::map::{png, svg};
use dateline::tiles::{self, TileLook};
use divan::Bencher;
use divan::counter::ItemsCount;

mod reference;

use reference::Reference;

fn main() {
    divan::main();
}

/// The page of the reference map as PNG.
#[divan::bench]
fn page_png(bencher: Bencher<'_, '_>) {
    let reference = Reference::read();
    bencher.bench(|| png::render(&black_box(&reference).page()).len());
}

/// The page of the reference map as SVG.
#[divan::bench]
fn page_svg(bencher: Bencher<'_, '_>) {
    let reference = Reference::read();
    bencher.bench(|| svg::render(&black_box(&reference).page()).len());
}

/// The map alone as PNG.
#[divan::bench]
fn alone_png(bencher: Bencher<'_, '_>) {
    let reference = Reference::read();
    bencher.bench(|| png::render(&black_box(&reference).alone()).len());
}

/// The map alone as SVG.
#[divan::bench]
fn alone_svg(bencher: Bencher<'_, '_>) {
    let reference = Reference::read();
    bencher.bench(|| svg::render(&black_box(&reference).alone()).len());
}

/// All tiles of zooms 0 to 5.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn tiles_0_to_5(bencher: Bencher<'_, '_>) {
    let (all, look) = (reference::tiles(), TileLook::default());
    let draw = || all.iter().map(|tile| tiles::render(*tile, &look, None).len()).sum::<usize>();
    bencher.counter(ItemsCount::new(all.len())).bench(draw);
}
