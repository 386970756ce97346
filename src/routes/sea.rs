//! A ship's path: from port to port on water, over the grid alone where that is near enough, else
//! over the lanes of the ocean with a search on the grid at both ends.

use super::RouteError;
use super::grid::{Sea, Search};
use super::lanes::{self, Access};
use super::length_km;
use super::passages::Avoid;
use crate::gazetteer::{EntryId, Gazetteer, Kind};
use crate::geometry::{LonLat, geodesic};
use crate::world::World;

/// How far from the sea a place may lie and still be a port's.
const INLAND_LIMIT_KM: f64 = 60.0;
/// Up to here the grid alone is searched too, beside the lanes.
const DIRECT_LIMIT_KM: f64 = 1500.0;
/// How far a port's search for the lanes reaches, and how far when that finds none.
const ACCESS_KM: [f64; 2] = [450.0, 1400.0];
/// The longest straight stretch that replaces a winding one.
const STRAIGHT_KM: f64 = 500.0;

/// The path, ends included.
pub(super) fn path(from: LonLat, to: LonLat, avoid: &Avoid) -> Result<Vec<LonLat>, RouteError> {
    let world = World::embedded()?;
    let sea = Sea::new(world, avoid);
    let start = water_near(&sea, from)?;
    let goal = water_near(&sea, to)?;
    let mut ways: Vec<Vec<LonLat>> = Vec::new();
    if geodesic::distance_km(start, goal) <= DIRECT_LIMIT_KM {
        let search = sea.search(sea.between(start, goal), start, Some(goal));
        ways.extend(search.way_to(goal).map(|way| straighten(&sea, &way)));
    }
    ways.extend(over_lanes(world, &sea, start, goal, avoid).map(|way| straighten(&sea, &way)));
    let best = ways.into_iter().min_by(|a, b| length_km(a).total_cmp(&length_km(b)));
    let water = best.ok_or_else(|| no_way(from, to))?;
    let mut path = vec![from];
    path.extend(water);
    path.push(to);
    path.dedup();
    if path.len() == 1 {
        path.push(to);
    }
    Ok(path)
}

fn water_near(sea: &Sea, position: LonLat) -> Result<LonLat, RouteError> {
    sea.nearest_water(position, INLAND_LIMIT_KM).ok_or_else(|| RouteError::Inland {
        lon: position.lon,
        lat: position.lat,
        distance: format!("more than {INLAND_LIMIT_KM} km"),
        nearest: nearest_port(sea, position)
            .map_or_else(String::new, |port| format!("; the nearest port is {port}")),
    })
}

/// The nearest port that ships reach, with its distance.
fn nearest_port(sea: &Sea, position: LonLat) -> Option<String> {
    let gazetteer = Gazetteer::embedded().ok()?;
    let ids = (0..gazetteer.len() as u32).map(EntryId).filter(|&id| gazetteer.kind(id) == Kind::Port);
    let mut ports: Vec<(f64, EntryId)> =
        ids.map(|id| (geodesic::distance_km(position, gazetteer.entry(id).position), id)).collect();
    ports.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    ports.into_iter().find_map(|(km, id)| {
        let entry = gazetteer.entry(id);
        sea.nearest_water(entry.position, 20.0)?;
        Some(format!("{}, {km:.0} km away", entry.name))
    })
}

fn no_way(from: LonLat, to: LonLat) -> RouteError {
    let write = |p: LonLat| format!("{:.3}, {:.3}", p.lon, p.lat);
    RouteError::NoWay(format!("no open water leads from {} to {}", write(from), write(to)))
}

fn over_lanes(world: &World, sea: &Sea, start: LonLat, goal: LonLat, avoid: &Avoid) -> Option<Vec<LonLat>> {
    let lanes = world.lanes();
    let (out, exits) = access(world, sea, start)?;
    let (home, entries) = access(world, sea, goal)?;
    let (nodes, _) = lanes::way(lanes, &exits, &entries, avoid)?;
    let position = |node: &u32| lanes.nodes()[*node as usize];
    let first = on_water(sea, position(nodes.first()?))?;
    let last = on_water(sea, position(nodes.last()?))?;
    let mut way = out.way_to(first)?;
    way.extend(around_land(sea, &nodes.iter().map(position).collect::<Vec<_>>()));
    let mut end = home.way_to(last)?;
    end.reverse();
    way.extend(end);
    way.dedup();
    Some(way)
}

/// Lanes are drawn with a broad pen: where one cuts a cape or an island, the grid leads around it.
fn around_land(sea: &Sea, lanes: &[LonLat]) -> Vec<LonLat> {
    let mut way: Vec<LonLat> = lanes.first().copied().into_iter().collect();
    for step in lanes.windows(2) {
        if !sea.sees(step[0], step[1]) && geodesic::distance_km(step[0], step[1]) <= DIRECT_LIMIT_KM {
            let ends = on_water(sea, step[0]).zip(on_water(sea, step[1]));
            let detour = ends.and_then(|(a, b)| sea.search(sea.between(a, b), a, Some(b)).way_to(b));
            way.extend(detour.unwrap_or_default());
        }
        way.push(step[1]);
    }
    way
}

/// The lane nodes within reach of a port, each with what it costs to get there.
fn access<'s>(world: &World, sea: &'s Sea, port: LonLat) -> Option<(Search<'s>, Vec<Access>)> {
    ACCESS_KM.iter().find_map(|&reach| {
        let search = sea.search(sea.around(port, reach), port, None);
        let near = |position: &LonLat| geodesic::distance_km(port, *position) <= reach;
        let nodes = world.lanes().nodes().iter().enumerate().filter(|(_, position)| near(position));
        let found: Vec<Access> = nodes
            .filter_map(|(node, &position)| {
                let km = search.cost_to(on_water(sea, position)?)?;
                Some(Access { node: node as u32, km })
            })
            .collect();
        (!found.is_empty()).then_some((search, found))
    })
}

/// A lane's node may lie in a cell whose middle is land: the water beside it stands for it.
fn on_water(sea: &Sea, node: LonLat) -> Option<LonLat> {
    sea.nearest_water(node, 15.0)
}

/// Pulls the path taut: a stretch gives way to the straight line wherever that is all water.
fn straighten(sea: &Sea, way: &[LonLat]) -> Vec<LonLat> {
    let mut taut = Vec::new();
    let mut at = 0;
    while at < way.len() {
        taut.push(way[at]);
        let in_reach = (at + 1..way.len())
            .take_while(|&next| geodesic::distance_km(way[at], way[next]) <= STRAIGHT_KM)
            .collect::<Vec<_>>();
        at = in_reach.into_iter().rev().find(|&next| sea.sees(way[at], way[next])).unwrap_or(at + 1);
    }
    taut
}
