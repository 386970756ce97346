//! The reference map of `benches/`: what a clock and a scale say of it, and its lines for peers to draw.
//!
//! `reference_map times` prints one JSON line, `reference_map memory SECONDS` three of them,
//! `reference_map stories FOLDER ROUNDS` one for each round in which it draws all reports of a folder,
//! `reference_map draw WHAT TIMES` nothing, for a profiler to watch, and `reference_map write FOLDER` writes the base map
//! and the story as GeoJSON, and the pictures to be looked at.

use std::time::Instant;

use anyhow::Context;
use dateline::geometry::{Bbox, LonLat};
use dateline::layers;
use dateline::map::{self, MapOptions, png, svg};
use dateline::reading::{self, ReadOptions};
use dateline::report::{Report, Source};
use dateline::story;
use dateline::tiles::{self, TileLook};
use dateline::world::{Band, BorderClass, World};
use geojson::{Feature, FeatureCollection, GeometryValue, JsonObject};

#[path = "../benches/reference/mod.rs"]
mod reference;

use reference::Reference;

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().collect();
    let words: Vec<&str> = arguments.iter().skip(1).map(String::as_str).collect();
    match words.as_slice() {
        ["times"] => times(),
        ["memory", seconds] => memory(seconds.parse().context("SECONDS is a whole number")?),
        ["stories", folder, rounds] => {
            stories(std::path::Path::new(folder), rounds.parse().context("ROUNDS is a whole number")?)
        }
        ["draw", what, times] => draw(what, times.parse().context("TIMES is a whole number")?),
        ["write", folder] => write(std::path::Path::new(folder)),
        _ => anyhow::bail!(
            "usage: reference_map times | memory SECONDS | stories FOLDER ROUNDS | draw WHAT TIMES | write FOLDER"
        ),
    }
}

fn draw(what: &str, times: usize) -> anyhow::Result<()> {
    let reference = Reference::read();
    let draw: &dyn Fn() -> usize = match what {
        "page-png" => &|| png::render(&reference.page()).len(),
        "page-svg" => &|| svg::render(&reference.page()).len(),
        "alone-png" => &|| png::render(&reference.alone()).len(),
        "alone-svg" => &|| svg::render(&reference.alone()).len(),
        "tiles" => &draw_tiles,
        _ => anyhow::bail!("{what:?} is none of page-png, page-svg, alone-png, alone-svg, tiles"),
    };
    (0..times).for_each(|_| {
        std::hint::black_box(draw());
    });
    Ok(())
}

/// Draws all tiles of zooms 0 to 5.
fn draw_tiles() -> usize {
    reference::tiles().iter().map(|tile| tiles::render(*tile, &TileLook::default(), None).len()).sum()
}

/// Milliseconds of a call: the median and the least of many, after the first, which fills what is kept.
fn ms(mut call: impl FnMut() -> usize) -> [f64; 2] {
    call();
    let mut times: Vec<f64> = Vec::new();
    let begun = Instant::now();
    while times.len() < 25 || begun.elapsed().as_secs_f64() < 2.0 {
        let start = Instant::now();
        call();
        times.push(start.elapsed().as_secs_f64() * 1e3);
    }
    times.sort_by(f64::total_cmp);
    [times[times.len() / 2], times[0]]
}

#[allow(clippy::print_stdout)]
fn times() -> anyhow::Result<()> {
    let reference = Reference::read();
    let (page, alone) = (reference.page(), reference.alone());
    draw_tiles();
    let seconds = (0..3).map(|_| {
        let start = Instant::now();
        draw_tiles();
        start.elapsed().as_secs_f64()
    });
    let best = seconds.fold(f64::MAX, f64::min);
    let row = serde_json::json!({
        "page_png_ms": ms(|| png::render(&reference.page()).len()),
        "moved_png_ms": moved_ms(|reference| png::render(&reference.page()).len()),
        "moved_alone_png_ms": moved_ms(|reference| png::render(&reference.alone_in(bbox_of(reference))).len()),
        "page_png_bytes": png::render(&page).len(),
        "page_svg_ms": ms(|| svg::render(&reference.page()).len()),
        "page_svg_bytes": svg::render(&page).len(),
        "page_scene_ms": ms(|| reference.page().groups.len()),
        "alone_png_ms": ms(|| png::render(&reference.alone()).len()),
        "alone_png_bytes": png::render(&alone).len(),
        "alone_svg_ms": ms(|| svg::render(&reference.alone()).len()),
        "alone_svg_bytes": svg::render(&alone).len(),
        "alone_scene_ms": ms(|| reference.alone().groups.len()),
        "tiles": reference::tiles().len(),
        "tiles_a_second": reference::tiles().len() as f64 / best,
    });
    println!("{row}");
    Ok(())
}

/// The page and the map alone with their frames a little elsewhere each time, so that nothing of the base was seen before.
fn moved_ms(draw: impl Fn(&Reference) -> usize) -> [f64; 2] {
    let mut reference = Reference::read();
    let mut number = 0;
    ms(|| {
        reference.options.bbox = Some(moved(number));
        number += 1;
        draw(&reference)
    })
}

/// Draws for so many seconds, or 100,000 times, and says how much memory it holds: each frame a little elsewhere than the
/// one before, as PNG, as PNG again over the base map that is kept then, and as SVG.
#[allow(clippy::print_stdout)]
fn memory(seconds: u64) -> anyhow::Result<()> {
    const RENDERS: usize = 100_000;
    let mut reference = Reference::read();
    let begun = Instant::now();
    let mut drawn = 0;
    let mut said = 0;
    while drawn < RENDERS && begun.elapsed().as_secs() < seconds {
        reference.options.bbox = Some(moved(drawn / 3));
        match drawn % 3 {
            2 => svg::render(&reference.page()).len(),
            _ => png::render(&reference.page()).len(),
        };
        drawn += 1;
        // after the first hundred, at half the time, at the end
        let elapsed = begun.elapsed().as_secs_f64() / seconds as f64;
        let share = elapsed.max(drawn as f64 / RENDERS as f64);
        if (said == 0 && drawn == 100) || (said == 1 && share >= 0.5) {
            println!("{}", serde_json::json!({ "renders": drawn, "resident_mb": resident_mb()? }));
            said += 1;
        }
    }
    println!("{}", serde_json::json!({ "renders": drawn, "resident_mb": resident_mb()? }));
    Ok(())
}

/// Draws the maps of all reports (`*.md`) of a folder in turns, as a server does that many ask: says what a map took and
/// how much memory is held after each round.
#[allow(clippy::print_stdout)]
fn stories(folder: &std::path::Path, rounds: usize) -> anyhow::Result<()> {
    let world = World::embedded()?;
    let files = std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path()));
    let mut files = files.collect::<std::io::Result<Vec<_>>>()?;
    files.retain(|file| file.extension().is_some_and(|ending| ending == "md"));
    files.sort();
    let mut all = Vec::new();
    for file in &files {
        let report = Report::from_bytes(&std::fs::read(file)?, None, &Source::default())?;
        let story = story::merge(vec![reading::read(report, &ReadOptions::default())]);
        all.push((layers::from_story(&story, world), story));
    }
    for round in 1..=rounds {
        let [mut first, mut again] = [0.0, 0.0];
        for (layers, story) in &all {
            for ms in [&mut first, &mut again] {
                let start = Instant::now();
                let scene = map::draw_layers(story, layers, world, &MapOptions::default())?;
                std::hint::black_box((png::render(&scene).len(), svg::render(&scene).len()));
                *ms += start.elapsed().as_secs_f64() * 1e3 / all.len() as f64;
            }
        }
        let row = serde_json::json!({
            "round": round,
            "maps": 4 * round * all.len(),
            "png_and_svg_ms": first,
            "again_ms": again,
            "resident_mb": resident_mb()?,
        });
        println!("{row}");
    }
    Ok(())
}

fn bbox_of(reference: &Reference) -> [f64; 4] {
    reference.options.bbox.map_or(reference::BOX, |b| [b.west, b.south, b.east, b.north])
}

/// The box moved a little: another for each of the first 10,000 numbers.
fn moved(number: usize) -> Bbox {
    let [west, south, east, north] = reference::BOX;
    let (dx, dy) = ((number % 100) as f64 * 0.05, (number / 100 % 100) as f64 * 0.03);
    Bbox { west: west + dx, south: south - dy, east: east + dx, north: north - dy }
}

/// Memory that this process holds, in MB, as Linux counts it.
fn resident_mb() -> anyhow::Result<f64> {
    let status = std::fs::read_to_string("/proc/self/status").context("this needs Linux")?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).context("no VmRSS")?;
    let kb: f64 = line.split_whitespace().nth(1).context("no number")?.parse()?;
    Ok(kb / 1024.0)
}

fn write(folder: &std::path::Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder)?;
    let reference = Reference::read();
    for (band, name) in [(Band::Coarse, "coarse"), (Band::Fine, "fine")] {
        let world = reference.world;
        let land = world.land(band).iter().map(|part| feature(GeometryValue::from(part), &[]));
        save(folder, &format!("land-{name}"), land.collect())?;
        let coast = world.coast(band).iter().map(|line| feature(GeometryValue::from(line), &[]));
        save(folder, &format!("coast-{name}"), coast.collect())?;
        let agreed = world.borders(band).iter().filter(|border| border.class == BorderClass::International);
        let borders = agreed.map(|border| feature(GeometryValue::from(&border.line), &[]));
        save(folder, &format!("borders-{name}"), borders.collect())?;
    }
    let mut arrows = Vec::new();
    let mut places = std::collections::BTreeMap::new();
    for movement in reference.layers.movements.iter().filter(|m| m.is_drawn()) {
        let route = movement.route.as_ref().context("each movement has a route")?;
        for line in &route.lines {
            arrows.push(feature(GeometryValue::from(line), &[]));
        }
        for end in [&movement.from, &movement.to].into_iter().flatten() {
            places.insert(end.name.clone(), end.position.context("each end has a position")?);
        }
    }
    save(folder, "arrows", arrows)?;
    let point = |(name, p): (String, LonLat)| {
        feature(GeometryValue::from(&geo::Point::new(p.lon, p.lat)), &[("name", &name)])
    };
    save(folder, "places", places.into_iter().map(point).collect())?;
    std::fs::write(folder.join("dateline-page.png"), png::render(&reference.page()))?;
    std::fs::write(folder.join("dateline-alone.png"), png::render(&reference.alone()))?;
    std::fs::write(folder.join("dateline-page.svg"), svg::render(&reference.page()))?;
    Ok(())
}

fn feature(geometry: GeometryValue, words: &[(&str, &str)]) -> Feature {
    let properties: JsonObject =
        words.iter().map(|(key, word)| ((*key).to_owned(), (*word).into())).collect();
    Feature { geometry: Some(geometry.into()), properties: Some(properties), ..Feature::default() }
}

fn save(folder: &std::path::Path, name: &str, features: Vec<Feature>) -> anyhow::Result<()> {
    let collection = FeatureCollection { features, bbox: None, foreign_members: None };
    std::fs::write(folder.join(format!("{name}.geojson")), collection.to_string())?;
    Ok(())
}
