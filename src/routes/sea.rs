//! A ship's path: straight where open water is seen, else over the network of lanes, with a search on
//! the grid where an end is no node of it.

use super::RouteError;
use super::fairing::{self, ENDS_KM};
use super::grid::{Cell, INLAND_LIMIT_KM, Sea, Search, with_great_circles};
use super::length_km;
use super::network::{self, Access};
use super::passages::{Avoid, NORTHERN_SEA_ROUTE, NORTHWEST_PASSAGE};
use crate::gazetteer::{EntryId, Gazetteer, Kind};
use crate::geometry::{LonLat, geodesic};
use crate::world::{Lanes, World};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::OnceLock;

/// Up to here the straight line is looked at before the lanes.
const STRAIGHT_LIMIT_KM: f64 = 3000.0;
/// Up to here the grid alone is searched too, when an end is no node of the network.
const LOCAL_LIMIT_KM: f64 = 150.0;
/// Ice is taken where the way over open water is so many times as long.
const WORTH_THE_ICE: f64 = 2.0;
/// How far a search for the network reaches, and how far when that finds none.
const ACCESS_KM: [f64; 3] = [120.0, 450.0, 1500.0];
/// So many nodes are enough to begin at.
const ACCESS_NODES: usize = 12;

/// An end of a path: what was asked for, and the water there.
#[derive(Debug, Clone, Copy)]
struct End {
    position: LonLat,
    cell: Cell,
}

/// The path, ends included.
pub(super) fn path(from: LonLat, to: LonLat, avoid: &Avoid) -> Result<Vec<LonLat>, RouteError> {
    let world = World::embedded()?;
    let sea = Sea::new(world.water_grid(), world.shallows()).avoiding(avoid);
    let (start, goal) = ends(world, &sea, from, to)?;
    let water = if start.cell == goal.cell {
        vec![sea.middle(start.cell)]
    } else {
        let way = over_water(world, &sea, start.cell, goal.cell, avoid);
        clear_of_ice(world, &sea, (&start, &goal), avoid, way.ok_or_else(|| no_way(from, to, avoid))?)
    };
    if let Some(bank) = bank(&sea, &water, from, to) {
        return Err(narrow(&sea, from, to, bank));
    }
    let mut path = vec![from];
    path.extend(fairing::round_corners(&sea, &water));
    path.push(to);
    path.dedup();
    if path.len() == 1 {
        path.push(to);
    }
    for _ in 0..2 {
        path = fairing::without_hook(&sea, path);
        path.reverse();
    }
    Ok(with_great_circles(&path))
}

/// A way along the north of Siberia gives way to one over open water that is not much longer.
fn clear_of_ice(
    world: &World,
    sea: &Sea,
    (start, goal): (&End, &End),
    avoid: &Avoid,
    way: Vec<LonLat>,
) -> Vec<LonLat> {
    let ice = Avoid::default().and(NORTHERN_SEA_ROUTE).and(NORTHWEST_PASSAGE);
    let drawn = with_great_circles(&way);
    if !drawn.windows(2).any(|leg| ice.bars_line(leg[0], leg[1])) {
        return way;
    }
    let avoid = avoid.clone().and(NORTHERN_SEA_ROUTE).and(NORTHWEST_PASSAGE);
    over_water(world, &sea.avoiding(&avoid), start.cell, goal.cell, &avoid)
        .filter(|clear| length_km(clear) <= WORTH_THE_ICE * length_km(&drawn))
        .unwrap_or(way)
}

/// Where a way steps over land too far from its ends to be a harbour's bank.
fn bank(sea: &Sea, way: &[LonLat], from: LonLat, to: LonLat) -> Option<LonLat> {
    let is_far = |p: &LonLat| [from, to].iter().all(|&end| geodesic::distance_km(*p, end) > ENDS_KM);
    let over = |leg: &&[LonLat]| leg.iter().any(is_far) && sea.is_over_land(leg[0], leg[1]);
    way.windows(2).find(over).map(|leg| leg[0])
}

/// A way out that is narrower than the map.
fn narrow(sea: &Sea, from: LonLat, to: LonLat, bank: LonLat) -> RouteError {
    let far = |end| geodesic::distance_km(bank, end);
    let end = if far(from) < far(to) { from } else { to };
    let write = |p: LonLat| format!("{:.3}, {:.3}", p.lon, p.lat);
    RouteError::NoWay(format!(
        "the way out from {} is narrower than the map shows, near {}{}",
        write(end),
        write(bank),
        nearest_port(sea, bank)
            .map_or_else(String::new, |port| format!("; the nearest sea port there is {port}"))
    ))
}

/// The water at both ends: one that both have, where they have one.
fn ends(world: &World, sea: &Sea, from: LonLat, to: LonLat) -> Result<(End, End), RouteError> {
    let water = |position, wanted: &dyn Fn(Option<u16>) -> bool| {
        sea.nearest(position, INLAND_LIMIT_KM, wanted).map(|cell| End { position, cell })
    };
    let any = |position| water(position, &|_| true).ok_or_else(|| inland(sea, position));
    let (start, goal) = (any(from)?, any(to)?);
    let (here, there) = (sea.closed_at(start.cell), sea.closed_at(goal.cell));
    if here == there {
        return Ok((start, goal));
    }
    if let Some(start) = water(from, &|body| body == there) {
        return Ok((start, goal));
    }
    if let Some(goal) = water(to, &|body| body == here) {
        return Ok((start, goal));
    }
    let (end, closed) = if let Some(closed) = here { (start, closed) } else { (goal, there.unwrap_or(0)) };
    let name = &world.shallows().bodies()[usize::from(closed)].name;
    let write = |p: LonLat| format!("the water at {:.3}, {:.3}", p.lon, p.lat);
    let lake = if name.is_empty() { write(end.position) } else { name.clone() };
    let port = nearest_port(sea, end.position)
        .map_or_else(String::new, |port| format!("; the nearest sea port is {port}"));
    Err(RouteError::NoWay(format!("{lake} has no outlet to the sea{port}")))
}

fn inland(sea: &Sea, position: LonLat) -> RouteError {
    RouteError::Inland {
        lon: position.lon,
        lat: position.lat,
        distance: format!("more than {INLAND_LIMIT_KM} km"),
        nearest: nearest_port(sea, position)
            .map_or_else(String::new, |port| format!("; the nearest port is {port}")),
    }
}

/// The nearest port at the sea, with its distance.
fn nearest_port(sea: &Sea, position: LonLat) -> Option<String> {
    // The gazetteer is compiled in: its ports never change.
    static PORTS: OnceLock<Vec<([f64; 3], EntryId)>> = OnceLock::new();
    let gazetteer = Gazetteer::embedded().ok()?;
    let ports = PORTS.get_or_init(|| {
        let ids = (0..gazetteer.len() as u32).map(EntryId).filter(|&id| gazetteer.kind(id) == Kind::Port);
        ids.map(|id| (direction(gazetteer.entry(id).position), id)).collect()
    });
    let here = direction(position);
    // The larger the product of two directions, the nearer they are; its bits order as it does.
    let near = |at: &[f64; 3]| (2.0 + at[0] * here[0] + at[1] * here[1] + at[2] * here[2]).to_bits();
    let mut order: BinaryHeap<(u64, Reverse<EntryId>)> =
        ports.iter().map(|(at, id)| (near(at), Reverse(*id))).collect();
    while let Some((_, Reverse(id))) = order.pop() {
        let entry = gazetteer.entry(id);
        if sea.nearest(entry.position, INLAND_LIMIT_KM, |body| body.is_none()).is_some() {
            let km = geodesic::distance_km(position, entry.position);
            return Some(format!("{}, {km:.0} km away", entry.name));
        }
    }
    None
}

/// A position as a point of the unit sphere.
fn direction(p: LonLat) -> [f64; 3] {
    let (lon, lat) = (p.lon.to_radians(), p.lat.to_radians());
    [libm::cos(lat) * libm::cos(lon), libm::cos(lat) * libm::sin(lon), libm::sin(lat)]
}

fn no_way(from: LonLat, to: LonLat, avoid: &Avoid) -> RouteError {
    let write = |p: LonLat| format!("{:.3}, {:.3}", p.lon, p.lat);
    let but = if avoid.is_empty() {
        String::new()
    } else {
        format!(" that keeps clear of what is to be avoided: allow {}", avoid.names().join(" or "))
    };
    RouteError::NoWay(format!("no open water leads from {} to {}{but}", write(from), write(to)))
}

fn over_water(world: &World, sea: &Sea, start: Cell, goal: Cell, avoid: &Avoid) -> Option<Vec<LonLat>> {
    let (a, b) = (sea.middle(start), sea.middle(goal));
    let km = geodesic::distance_km(a, b);
    if km <= STRAIGHT_LIMIT_KM && is_temperate(a, b) && sea.sees(a, b) {
        return Some(vec![a, b]);
    }
    let lanes = world.lanes();
    let (exits, entries) = (access(lanes, sea, start), access(lanes, sea, goal));
    let both_on_it = exits.search.is_none() && entries.search.is_none();
    let local = (km <= LOCAL_LIMIT_KM && !both_on_it).then(|| along_the_coast(sea, start, goal)).flatten();
    let far = network::way(lanes, &exits.nodes, &entries.nodes, avoid).and_then(|way| {
        let mut path = exits.way_to(lanes, sea, way.nodes[0])?;
        path.extend(way.path(lanes));
        path.extend(entries.way_to(lanes, sea, *way.nodes.last()?)?.into_iter().rev());
        path.dedup();
        Some(fairing::pull(sea, &path))
    });
    [local, far].into_iter().flatten().min_by(|a, b| length_km(a).total_cmp(&length_km(b)))
}

/// Great circles between far places at high latitudes lead over ice.
fn is_temperate(a: LonLat, b: LonLat) -> bool {
    a.lat.abs().max(b.lat.abs()) < 60.0 || geodesic::distance_km(a, b) < 1000.0
}

/// Over the grid alone.
fn along_the_coast(sea: &Sea, start: Cell, goal: Cell) -> Option<Vec<LonLat>> {
    let search = sea.search(start, 2.0 * LOCAL_LIMIT_KM, Some(sea.middle(goal)), |cell, _| cell == goal);
    Some(sea.taut(&search.way_to(goal)?, |a, b| sea.sees(a, b)))
}

/// Where the network is entered.
struct Entrance<'w> {
    nodes: Vec<Access>,
    /// None when the end is itself a node.
    search: Option<Search<'w>>,
}

impl Entrance<'_> {
    /// The way from the end to a node, the node left out.
    fn way_to(&self, lanes: &Lanes, sea: &Sea, node: u32) -> Option<Vec<LonLat>> {
        let Some(search) = &self.search else { return Some(Vec::new()) };
        let mut way = search.way_to(sea.cell_at(lanes.node(node)))?;
        way.pop();
        Some(way)
    }
}

fn access<'w>(lanes: &Lanes, sea: &Sea<'w>, cell: Cell) -> Entrance<'w> {
    if let Some(node) = node_in(lanes, sea, cell) {
        return Entrance { nodes: vec![Access { node, metres: 0 }], search: None };
    }
    let mut entrance = Entrance { nodes: Vec::new(), search: None };
    for reach in ACCESS_KM {
        entrance.nodes.clear();
        entrance.search = Some(sea.search(cell, reach, None, |cell, metres| {
            let far = entrance.nodes.first().is_some_and(|first: &Access| metres > 2 * first.metres + 60_000);
            if !far {
                entrance.nodes.extend(node_in(lanes, sea, cell).map(|node| Access { node, metres }));
            }
            far || entrance.nodes.len() >= ACCESS_NODES
        }));
        if !entrance.nodes.is_empty() {
            break;
        }
    }
    entrance
}

/// The node in a cell; there is at most one.
fn node_in(lanes: &Lanes, sea: &Sea, cell: Cell) -> Option<u32> {
    // The network is compiled in: there is one, and it never changes.
    static CELLS: OnceLock<Vec<(u32, u32)>> = OnceLock::new();
    let cells = CELLS.get_or_init(|| {
        let number = |node| (sea.number(sea.cell_at(lanes.node(node))), node);
        let mut cells: Vec<(u32, u32)> = (0..lanes.len() as u32).map(number).collect();
        cells.sort_unstable();
        cells
    });
    let number = sea.number(cell);
    let at = cells.partition_point(|&(other, _)| other < number);
    cells.get(at).filter(|(other, _)| *other == number).map(|&(_, node)| node)
}
