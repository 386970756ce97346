//! Packs `assets/lanes.dl`: the network of sea lanes, and the water beside the shore.
//!
//! `cargo run --release --example pack_lanes`; `make geodata` runs it after `pack_world` and
//! `pack_gazetteer`, for it reads the land, the grid and the ports from what they wrote. Lanes are
//! drawn with a broad pen: here they are bent around land, joined to every harbour and to one another
//! over open water, and ordered for quick search.

mod hierarchy;
mod links;
mod shallows;
mod shore;

use dateline::gazetteer::{EntryId, Gazetteer, Kind};
use dateline::geometry::LonLat;
use dateline::packed::{Compression, PackedWriter};
use dateline::routes::grid::{INLAND_LIMIT_KM, Sea, with_great_circles};
use dateline::routes::{PASSAGES, Passage};
use dateline::world::{Files, LANE_STEPS, LAYOUTS, LaneRow, Lanes, World};
use hierarchy::Edge;
use links::{Edges, Maker, round};
use serde::Deserialize;
use shore::Shore;
use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

/// Harbours are made of ports, and of towns of so many people, by the water.
const TOWN: u32 = 30_000;
/// The Northwest Passage is frozen for most of the year: no news report's ship takes it unsaid.
const FROZEN: &str = "northwest";

/// So much longer counts a way along the north of Siberia or of Canada: it is taken where the other way
/// is around half the world, not from Europe to Japan. `routes` asks once more whether that is worth it.
const ICE_COST: f64 = 3.3;
/// So much longer, in kilometres, counts a step over a spit or a bank: a way for those who live behind it.
const GROUNDING_KM: f64 = 300.0;

/// `geodata/build/lanes.json`.
#[derive(Deserialize)]
struct LaneSource {
    /// In steps of 1e-5 degrees.
    nodes: Vec<[i32; 2]>,
    /// From, to, metres, index into `passes` plus one or 0.
    edges: Vec<[u32; 4]>,
    passes: Vec<String>,
}

#[allow(clippy::print_stdout)]
fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let asset = |name: &str| std::fs::read(root.join("assets").join(name)).map(|bytes| &*bytes.leak());
    let (kind, version) = LAYOUTS[3];
    // The lanes are yet to be made: an empty file stands for them.
    let none = PackedWriter::new(kind, version, "").finish().leak();
    let world = World::open(Files {
        shapes: asset("shapes.dl")?,
        units: asset("units.dl")?,
        water: asset("water.dl")?,
        lanes: none,
    })?;
    let shore = Shore::of(&world);
    let shallows = shallows::of(&world, &shore, &waterways(root)?);
    for body in shallows.bodies().iter().filter(|body| !body.is_pond()) {
        println!("closed: {:?}, {} cells", body.name, body.cells);
    }
    let sea = Sea::new(world.water_grid(), &shallows);
    let text = std::fs::read(root.join("geodata/build/lanes.json"))?;
    let source: LaneSource = serde_json::from_slice(&text)?;

    let mut maker = Maker { sea, shore: &shore, nodes: Vec::new(), harbours: 0, by_cell: BTreeMap::new() };
    harbours(&mut maker)?;
    maker.harbours = maker.nodes.len();
    let number = lane_nodes(&mut maker, &source);
    println!("{} harbours, {} nodes", maker.harbours, maker.nodes.len());

    let mut wanted: Vec<[u32; 2]> = (source.edges.iter())
        .filter(|edge| (edge[3] as usize).checked_sub(1).is_none_or(|pass| source.passes[pass] != FROZEN))
        .filter_map(|edge| Some([number[edge[0] as usize]?, number[edge[1] as usize]?]))
        .filter(|[a, b]| a != b)
        .map(|[a, b]| [a.min(b), a.max(b)])
        .collect();
    wanted.sort_unstable();
    wanted.dedup();
    let mut edges = maker.lanes(&wanted);
    println!("{} of {} lanes", edges.len(), wanted.len());
    let short = maker.between_lanes(&edges);
    println!("{} links between lanes", short.len());
    lightest(&mut edges, short);
    let home = maker.harbour_links();
    println!("{} links of harbours", home.len());
    lightest(&mut edges, home);
    for (ends, edge) in &mut edges {
        if ends.iter().any(|&end| is_icy(maker.nodes[end as usize].0)) {
            edge.0 = (f64::from(edge.0) * ICE_COST) as u32;
        }
        let way = [ends[0]].into_iter().map(|end| maker.nodes[end as usize].0).chain(edge.1.iter().copied());
        let way: Vec<LonLat> = way.chain([maker.nodes[ends[1] as usize].0]).collect();
        let grounded = way.windows(2).filter(|leg| maker.sea.is_over_land(leg[0], leg[1])).count();
        edge.0 += (grounded as f64 * GROUNDING_KM * 1000.0) as u32;
    }
    println!("{} links over oceans", maker.over_oceans(&mut edges));

    let names: Vec<&str> = PASSAGES.iter().map(|passage| passage.name).collect();
    let mut list: Vec<Edge> = (edges.iter())
        .map(|(&ends, (weight, bends))| {
            let [first, last] = ends.map(|end| maker.nodes[end as usize].0);
            let way: Vec<LonLat> = [first].into_iter().chain(bends.iter().copied()).chain([last]).collect();
            Edge { ends, weight: *weight, passages: taken(&way) }
        })
        .collect();
    let mut bends: Vec<Vec<LonLat>> = edges.into_values().map(|(_, bends)| bends).collect();
    let kept = hierarchy::are_lightest(maker.nodes.len(), &list);
    let mut is_kept = kept.iter().copied();
    list.retain(|_| is_kept.next() == Some(true));
    let mut is_kept = kept.iter().copied();
    bends.retain(|_| is_kept.next() == Some(true));
    println!("{} of {} edges are the lightest way", list.len(), kept.len());
    let (order, shortcuts) = hierarchy::contract(maker.nodes.len(), &list);
    println!("{} edges, {} shortcuts", list.len(), shortcuts.len());
    let mut rank = vec![0; order.len()];
    order.iter().enumerate().for_each(|(at, &node)| rank[node as usize] = at as u32);
    let steps = |p: LonLat| [(p.lon * LANE_STEPS).round() as i32, (p.lat * LANE_STEPS).round() as i32];
    let nodes: Vec<[i32; 2]> = order.iter().map(|&node| steps(maker.nodes[node as usize].0)).collect();
    let rows: Vec<LaneRow> = (list.iter().zip(bends))
        .map(|(edge, bends)| LaneRow {
            ends: edge.ends.map(|end| rank[end as usize]),
            weight: edge.weight,
            passages: edge.passages,
            bends: bends.into_iter().map(steps).collect(),
        })
        .collect();

    let credit: toml::Table = std::fs::read_to_string(root.join("geodata/searoute/source.toml"))?.parse()?;
    let field = |name: &str| credit.get(name).and_then(toml::Value::as_str).unwrap_or_default();
    let credit = format!("{} {}, {}", field("package"), field("version"), field("licence"));
    let mut writer = PackedWriter::new(kind, version, &credit);
    writer.section("lanes", Compression::Zstd, &Lanes::encode(&names, &nodes, &rows, &shortcuts));
    writer.section("shallows", Compression::Zstd, &shallows.encode());
    let bytes = writer.finish();
    std::fs::write(root.join("assets/lanes.dl"), &bytes)?;
    println!("assets/lanes.dl: {} bytes", bytes.len());
    Ok(())
}

/// The lines of `geodata/tables/passages.csv`.
fn waterways(root: &Path) -> Result<Vec<Vec<LonLat>>, Box<dyn Error>> {
    let text = std::fs::read_to_string(root.join("geodata/tables/passages.csv"))?;
    let point = |pair: &str| -> Result<LonLat, Box<dyn Error>> {
        let (lon, lat) = pair.trim().split_once(' ').ok_or_else(|| format!("{pair:?}: expected LON LAT"))?;
        Ok(LonLat::new(lon.parse()?, lat.parse()?))
    };
    let lines = text.lines().filter_map(|row| row.split('"').nth(1));
    lines.map(|line| line.split(',').map(point).collect()).collect()
}

/// Where ships need an icebreaker for most of the year.
fn is_icy(p: LonLat) -> bool {
    (p.lat > 69.0 && (p.lon > 68.0 || p.lon < -100.0)) || (p.lat > 72.0 && p.lon < -60.0) || p.lat > 82.0
}

/// A bit for each passage that a way takes, in the order of [`PASSAGES`].
fn taken(way: &[LonLat]) -> u32 {
    let way = with_great_circles(way);
    let is_taken = |passage: &Passage| way.windows(2).any(|leg| passage.is_crossed(leg[0], leg[1]));
    let numbers = PASSAGES.iter().enumerate();
    numbers.filter(|(_, passage)| is_taken(passage)).map(|(number, _)| 1 << number).sum()
}

fn lightest(edges: &mut Edges, more: Edges) {
    for (ends, edge) in more {
        let entry = edges.entry(ends).or_insert_with(|| edge.clone());
        if edge.0 < entry.0 {
            *entry = edge;
        }
    }
}

/// A node for the water nearest to every port and town.
fn harbours(maker: &mut Maker<'_>) -> Result<(), Box<dyn Error>> {
    let gazetteer = Gazetteer::embedded()?;
    for id in (0..gazetteer.len() as u32).map(EntryId) {
        let kind = gazetteer.kind(id);
        if !matches!(kind, Kind::Port | Kind::City) {
            continue;
        }
        let entry = gazetteer.entry(id);
        if kind == Kind::City && entry.population < TOWN {
            continue;
        }
        let waters: [&dyn Fn(Option<u16>) -> bool; 2] = [&|_| true, &|body| body.is_none()];
        for wanted in waters {
            let Some(cell) = maker.sea.nearest(entry.position, INLAND_LIMIT_KM, wanted) else { continue };
            add(maker, round(maker.sea.middle(cell)), cell);
        }
    }
    Ok(())
}

/// The nodes of lanes, at most one a cell; for each of the source its number.
fn lane_nodes(maker: &mut Maker<'_>, source: &LaneSource) -> Vec<Option<u32>> {
    let place = |&[x, y]: &[i32; 2]| {
        let p = LonLat::new(f64::from(x) / 100_000.0, f64::from(y) / 100_000.0);
        let cell = maker.sea.cell_at(p);
        if maker.sea.is_clear(cell) && maker.sea.closed_at(cell).is_none() {
            return Some(add(maker, round(p), cell));
        }
        let cell = maker.sea.nearest(p, 15.0, |body| body.is_none())?;
        Some(add(maker, round(maker.sea.middle(cell)), cell))
    };
    source.nodes.iter().map(place).collect()
}

fn add(maker: &mut Maker<'_>, p: LonLat, cell: (usize, usize)) -> u32 {
    let next = maker.nodes.len() as u32;
    let number = *maker.by_cell.entry(maker.sea.number(cell)).or_insert(next);
    if number == next {
        maker.nodes.push((p, cell));
    }
    number
}
