//! Sea routes between random ports as JSON lines, with the time that each took.
//!
//! `cargo run --release --example random_routes -- 1000 > routes.jsonl`; `benches/beside_searoute.py` reads it.

use std::time::Instant;

use dateline::gazetteer::{EntryId, Gazetteer, Kind};
use dateline::movements::Mode;
use dateline::routes;

#[allow(clippy::print_stdout)]
fn main() {
    let count = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(1000);
    let gazetteer = Gazetteer::embedded().expect("the embedded gazetteer is whole");
    let is_port = |id: &EntryId| gazetteer.kind(*id) == Kind::Port;
    let ports: Vec<_> = (0..gazetteer.len() as u32)
        .map(EntryId)
        .filter(is_port)
        .map(|id| gazetteer.entry(id))
        .map(|entry| (entry.name.to_owned(), entry.position))
        .collect();
    let mut state = 42_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        &ports[(state >> 33) as usize % ports.len()]
    };
    for _ in 0..count {
        let (from, to) = (next(), next());
        let start = Instant::now();
        let route = routes::route(from.1, to.1, Mode::Sea);
        let us = start.elapsed().as_secs_f64() * 1e6;
        let km = route.as_ref().ok().map(|route| route.length_km);
        let row = serde_json::json!({
            "from": [from.1.lon, from.1.lat], "to": [to.1.lon, to.1.lat], "names": [from.0, to.0],
            "km": km, "us": us, "error": route.err().map(|error| error.to_string()),
        });
        println!("{row}");
    }
}
