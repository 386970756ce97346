//! A ship's path: straight where open water is seen, else over the network of lanes, with a search on
//! the grid where an end is no node of it.

use super::RouteError;
use super::fairing::{self, ENDS_KM};
use super::grid::{Cell, INLAND_LIMIT_KM, Sea, Search, with_great_circles};
use super::length_km;
use super::network::{self, Access};
use super::passages::{Avoid, ICE};
use crate::gazetteer::{EntryId, Gazetteer, Kind};
use crate::geometry::{Around, LonLat, geodesic};
use crate::world::{BLOCK, Lanes, World};
use std::collections::HashSet;
use std::sync::OnceLock;

/// Up to here the straight line is looked at before the lanes.
const STRAIGHT_LIMIT_KM: f64 = 3000.0;
/// Up to here the grid alone is searched too, when an end is no node of the network.
const LOCAL_LIMIT_KM: f64 = 150.0;
/// Ice is taken where the way over open water is so many times as long.
const WORTH_THE_ICE: f64 = 2.0;
/// How far a search for the network along the shore reaches, and how far when the open sea is first looked
/// for, from which the network is seen.
const ACCESS_KM: f64 = 120.0;
const OUT_TO_SEA_KM: [f64; 2] = [450.0, 1500.0];
/// How far off nodes are looked for from the open sea, and for how many of the nearest.
const SIGHT_KM: f64 = 1500.0;
const LOOKED_FOR: usize = 48;
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
        over_water(world, &sea, start.cell, goal.cell, avoid).ok_or_else(|| no_way(from, to, avoid))?
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
    /// How far is looked, step by step.
    const REACH_KM: [f64; 4] = [150.0, 600.0, 2400.0, 21_000.0];
    // The gazetteer is compiled in: its ports never change.
    static PORTS: OnceLock<Around<EntryId>> = OnceLock::new();
    let gazetteer = Gazetteer::embedded().ok()?;
    let ports = PORTS.get_or_init(|| {
        let ids = (0..gazetteer.len() as u32).map(EntryId).filter(|&id| gazetteer.kind(id) == Kind::Port);
        Around::new(ids.map(|id| (gazetteer.entry(id).position, id)))
    });
    let is_at_sea = |id: &EntryId| {
        sea.nearest(gazetteer.entry(*id).position, INLAND_LIMIT_KM, |body| body.is_none()).is_some()
    };
    let nearest =
        REACH_KM.into_iter().find_map(|km| ports.within(position, km).into_iter().find(is_at_sea))?;
    let port = gazetteer.entry(nearest);
    Some(format!("{}, {:.0} km away", port.name, geodesic::distance_km(position, port.position)))
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
    let is_on_it = |entrance: &Entrance| matches!(entrance.approach, Approach::None);
    let both_on_it = is_on_it(&exits) && is_on_it(&entries);
    let local = (km <= LOCAL_LIMIT_KM && !both_on_it).then(|| along_the_coast(sea, start, goal)).flatten();
    let far = over_the_network(lanes, sea, &exits, &entries, avoid);
    [local, far].into_iter().flatten().min_by(|a, b| length_km(a).total_cmp(&length_km(b)))
}

/// Over the lanes; a way under ice gives place to one over open water that is not much longer.
fn over_the_network(
    lanes: &Lanes,
    sea: &Sea,
    exits: &Entrance,
    entries: &Entrance,
    avoid: &Avoid,
) -> Option<Vec<LonLat>> {
    let (barred, ice) = (network::bits(lanes, &avoid.names()), network::bits(lanes, &ICE));
    let find = |barred| network::way(lanes, &exits.nodes, &entries.nodes, barred);
    let way = find(barred)?;
    let clear = Some(ice).filter(|ice| way.passages(lanes) & ice != 0).and_then(|ice| find(barred | ice));
    let km = |way: &network::Way| length_km(&way.path(lanes));
    let clear = clear.filter(|clear| km(clear) <= WORTH_THE_ICE * km(&way));
    let is_clear = clear.is_some();
    let way = clear.unwrap_or(way);
    let mut path = exits.way_to(lanes, sea, way.nodes[0])?;
    path.extend(way.path(lanes));
    path.extend(entries.way_to(lanes, sea, *way.nodes.last()?)?.into_iter().rev());
    path.dedup();
    let without_ice = avoid.and_ice();
    Some(fairing::pull(&if is_clear { sea.avoiding(&without_ice) } else { *sea }, &path))
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
    approach: Approach<'w>,
}

/// How the nodes are come to.
enum Approach<'w> {
    /// Not at all: the end is itself a node.
    None,
    /// From here, where all of them are seen.
    Straight(LonLat),
    /// From cell to cell.
    Searched(Search<'w>),
    /// From cell to cell out to this one, where all of them are seen.
    Out(Search<'w>, Cell),
}

impl Entrance<'_> {
    /// The way from the end to a node, the node left out.
    fn way_to(&self, lanes: &Lanes, sea: &Sea, node: u32) -> Option<Vec<LonLat>> {
        match &self.approach {
            Approach::None => Some(Vec::new()),
            Approach::Straight(end) => Some(vec![*end]),
            Approach::Searched(search) => {
                let mut way = search.way_to(sea.cell_at(lanes.node(node)))?;
                way.pop();
                Some(way)
            }
            Approach::Out(search, off_shore) => search.way_to(*off_shore),
        }
    }
}

fn access<'w>(lanes: &Lanes, sea: &Sea<'w>, cell: Cell) -> Entrance<'w> {
    if let Some(node) = node_in(lanes, sea, cell) {
        return Entrance { nodes: vec![Access { node, metres: 0 }], approach: Approach::None };
    }
    // Far out there are very many cells around, at the poles above all, and nothing that hides the nodes.
    if sea.is_off_shore(cell)
        && let Some((nodes, end)) = in_sight(lanes, sea, cell)
    {
        return Entrance { nodes, approach: Approach::Straight(end) };
    }
    along_the_shore(lanes, sea, cell)
        .or_else(|| OUT_TO_SEA_KM.into_iter().find_map(|reach| out_to_sea(lanes, sea, cell, reach)))
        .unwrap_or(Entrance { nodes: Vec::new(), approach: Approach::None })
}

/// Over the grid to the nearest nodes.
fn along_the_shore<'w>(lanes: &Lanes, sea: &Sea<'w>, cell: Cell) -> Option<Entrance<'w>> {
    let mut nodes: Vec<Access> = Vec::new();
    let search = sea.search(cell, ACCESS_KM, None, |cell, metres| {
        let far = nodes.first().is_some_and(|first| metres > 2 * first.metres + 60_000);
        if !far {
            nodes.extend(node_in(lanes, sea, cell).map(|node| Access { node, metres }));
        }
        far || nodes.len() >= ACCESS_NODES
    });
    (!nodes.is_empty()).then_some(Entrance { nodes, approach: Approach::Searched(search) })
}

/// Over the grid to a node, or to where the shore ends and nodes are seen: to search all the sea between would
/// take a second at the poles, where cells are narrow.
fn out_to_sea<'w>(lanes: &Lanes, sea: &Sea<'w>, cell: Cell, reach: f64) -> Option<Entrance<'w>> {
    let mut looked = HashSet::new();
    let mut seen = None;
    let mut node = None;
    let search = sea.search(cell, reach, None, |cell, metres| {
        node = node_in(lanes, sea, cell).map(|node| Access { node, metres });
        let block = (cell.0 / BLOCK, cell.1 / BLOCK);
        if node.is_none() && sea.is_off_shore(cell) && looked.insert(block) {
            seen = in_sight(lanes, sea, cell).map(|(nodes, _)| (nodes, cell, metres));
        }
        node.is_some() || seen.is_some()
    });
    if let Some((mut nodes, off_shore, metres)) = seen {
        nodes.iter_mut().for_each(|access| access.metres += metres);
        return Some(Entrance { nodes, approach: Approach::Out(search, off_shore) });
    }
    node.map(|node| Entrance { nodes: vec![node], approach: Approach::Searched(search) })
}

/// The nearest nodes that are seen from the middle of a cell, if any is, and that middle.
fn in_sight(lanes: &Lanes, sea: &Sea, cell: Cell) -> Option<(Vec<Access>, LonLat)> {
    let end = sea.middle(cell);
    // The network is compiled in, as in `node_in`.
    static NODES: OnceLock<Around<u32>> = OnceLock::new();
    let nodes =
        NODES.get_or_init(|| Around::new((0..lanes.len() as u32).map(|node| (lanes.node(node), node))));
    let seen = nodes.within(end, SIGHT_KM).into_iter().take(LOOKED_FOR);
    let seen = seen.filter(|&node| sea.sees(end, lanes.node(node))).take(ACCESS_NODES);
    let metres = |node| (1000.0 * geodesic::distance_km(end, lanes.node(node))) as u32;
    let nodes: Vec<Access> = seen.map(|node| Access { node, metres: metres(node) }).collect();
    (!nodes.is_empty()).then_some((nodes, end))
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
