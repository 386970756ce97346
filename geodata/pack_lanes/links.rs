//! The edges of the network: lanes bent around land, harbours joined to what is near, and great
//! circles over the open ocean where lanes are few.

use crate::shore::Shore;
use dateline::geometry::{LonLat, geodesic};
use dateline::routes::grid::{Cell, Sea, with_great_circles};
use dateline::world::LANE_STEPS;
use rayon::prelude::*;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

/// Lanes count as they are, our own links a little more: where both lead, lanes are taken.
const LINK_COST: f64 = 1.02;
/// What calling at a harbour costs in kilometres, so that ways do not hop along the coast.
const HARBOUR_KM: f64 = 4.0;
/// How far a harbour looks for the network; farther only when that finds no lane.
const HARBOUR_REACH_KM: [f64; 3] = [250.0, 700.0, 1600.0];
const HARBOUR_CANDIDATES: usize = 80;
const HARBOUR_LINKS: usize = 12;
/// How far nodes of lanes look for one another over open water.
const LANE_REACH_KM: f64 = 250.0;
/// How far apart the gates of the open ocean are, at least, and how far they look.
const GATE_KM: f64 = 200.0;
const OCEAN_REACH_KM: f64 = 3600.0;
/// A link is made where the way over what there is is so much longer.
const DETOUR: f64 = 1.03;
/// Open-ocean links keep between these latitudes: beyond is ice.
const ICE: [f64; 2] = [-60.0, 66.0];

/// Edges by their ends, the lower first: weight in metres, bends from the lower to the higher.
pub(crate) type Edges = BTreeMap<[u32; 2], (u32, Vec<LonLat>)>;

/// What edges are made over.
pub(crate) struct Maker<'a> {
    pub(crate) sea: Sea<'a>,
    pub(crate) shore: &'a Shore,
    /// Position and cell of each node; the first so many are harbours.
    pub(crate) nodes: Vec<(LonLat, Cell)>,
    pub(crate) harbours: usize,
    pub(crate) by_cell: BTreeMap<u32, u32>,
}

/// To the precision that lanes are kept with.
pub(crate) fn round(p: LonLat) -> LonLat {
    LonLat::new((p.lon * LANE_STEPS).round() / LANE_STEPS, (p.lat * LANE_STEPS).round() / LANE_STEPS)
}

fn length(way: &[LonLat]) -> f64 {
    way.windows(2).map(|leg| geodesic::distance_km(leg[0], leg[1])).sum()
}

impl Maker<'_> {
    fn at(&self, node: u32) -> LonLat {
        self.nodes[node as usize].0
    }

    fn km(&self, a: u32, b: u32) -> f64 {
        geodesic::distance_km(self.at(a), self.at(b))
    }

    fn is_harbour(&self, node: u32) -> bool {
        (node as usize) < self.harbours
    }

    /// Whether the great circle crosses no shore and goes over water: exactly, where the grid is unsure.
    fn sees(&self, a: LonLat, b: LonLat) -> bool {
        with_great_circles(&[a, b]).windows(2).all(|leg| {
            self.sea.sees_straight(leg[0], leg[1]) || {
                let east = leg[1].lon - leg[0].lon - 360.0 * ((leg[1].lon - leg[0].lon) / 360.0).round();
                let north = leg[1].lat - leg[0].lat;
                let steps = (east.abs().max(north.abs()) * 120.0).ceil().max(1.0);
                (0..=steps as usize).all(|step| {
                    let share = step as f64 / steps;
                    self.sea.is_water(LonLat::new(leg[0].lon + east * share, leg[0].lat + north * share))
                }) && !self.shore.is_crossed(leg[0], leg[1])
            }
        })
    }

    /// Along the grid's way, pulled taut; close to the shore only in short stretches.
    fn bent(&self, way: Vec<LonLat>, a: LonLat, b: LonLat) -> Vec<LonLat> {
        // A node may lie beside the middle of its cell: from there on, not from itself, the steps are known.
        let mut way: Vec<LonLat> = [a].into_iter().chain(way.into_iter().map(round)).chain([b]).collect();
        way.dedup();
        self.sea.taut(&way, |a, b| {
            let km = geodesic::distance_km(a, b);
            km < 1500.0 && (self.sea.sees(a, b) || (km < 30.0 && self.sees(a, b)))
        })
    }

    /// A lane: straight where that is open water, else around land.
    fn lane(&self, [a, b]: [u32; 2]) -> Option<(u32, Vec<LonLat>)> {
        let (from, to) = (self.at(a), self.at(b));
        let km = geodesic::distance_km(from, to);
        let way = if self.sees(from, to) {
            vec![from, to]
        } else if km < 1500.0 {
            let goal = self.nodes[b as usize].1;
            let search =
                self.sea.search(self.nodes[a as usize].1, 1.3 * km + 60.0, Some(to), |cell, _| cell == goal);
            self.bent(search.way_to(goal)?, from, to)
        } else {
            return None;
        };
        let total = length(&way);
        (total < 2.0 * km + 100.0).then(|| ((total * 1000.0) as u32, way[1..way.len() - 1].to_vec()))
    }

    /// All lanes.
    pub(crate) fn lanes(&self, wanted: &[[u32; 2]]) -> Edges {
        let made: Vec<_> = wanted.par_iter().filter_map(|&ends| Some((ends, self.lane(ends)?))).collect();
        made.into_iter().collect()
    }

    /// From each harbour, over the grid, to what is near.
    pub(crate) fn harbour_links(&self) -> Edges {
        let made: Vec<_> = (0..self.harbours as u32)
            .into_par_iter()
            .flat_map_iter(|node| self.links_of_harbour(node))
            .collect();
        let mut edges = Edges::new();
        for (a, b, way) in made {
            let weight = length(&way) * LINK_COST + HARBOUR_KM * if self.is_harbour(b) { 2.0 } else { 1.0 };
            let mut bends = way[1..way.len() - 1].to_vec();
            if a > b {
                bends.reverse();
            }
            let new = ((weight * 1000.0) as u32, bends);
            let entry = edges.entry([a.min(b), a.max(b)]).or_insert_with(|| new.clone());
            if new.0 < entry.0 {
                *entry = new;
            }
        }
        edges
    }

    fn links_of_harbour(&self, node: u32) -> Vec<(u32, u32, Vec<LonLat>)> {
        let (position, cell) = self.nodes[node as usize];
        for (turn, reach) in HARBOUR_REACH_KM.into_iter().enumerate() {
            let mut near: Vec<(u32, f64)> = Vec::new();
            let search = self.sea.search(cell, reach, None, |cell, metres| {
                if let Some(&other) = self.by_cell.get(&self.sea.number(cell)).filter(|&&other| other != node)
                {
                    let straight = self.sea.sees(position, self.at(other));
                    let km = if straight { self.km(node, other) } else { f64::from(metres) / 1000.0 * 0.95 };
                    near.push((other, km));
                }
                near.len() >= HARBOUR_CANDIDATES
            });
            if turn < 2
                && self.sea.closed_at(cell).is_none()
                && near.iter().all(|(other, _)| self.is_harbour(*other))
            {
                continue;
            }
            near.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
            let mut kept: Vec<(u32, f64)> = Vec::new();
            for (other, km) in near {
                let leads = |&(over, first): &(u32, f64)| {
                    let slack = if self.is_harbour(over) { 1.02 } else { 1.04 };
                    first + self.km(over, other) <= slack * km && self.sea.sees(self.at(over), self.at(other))
                };
                if !kept.iter().any(leads) {
                    kept.push((other, km));
                }
                if kept.len() >= HARBOUR_LINKS {
                    break;
                }
            }
            let way = |(other, _): (u32, f64)| {
                let (to, cell) = self.nodes[other as usize];
                Some((node, other, self.bent(search.way_to(cell)?, position, to)))
            };
            return kept.into_iter().filter_map(way).collect();
        }
        Vec::new()
    }

    /// Between nodes of lanes that see one another.
    pub(crate) fn between_lanes(&self, edges: &Edges) -> Edges {
        let mut boxes: BTreeMap<(i32, i32), Vec<u32>> = BTreeMap::new();
        let key = |p: LonLat| (p.lat.floor() as i32, p.lon.floor() as i32);
        for node in self.harbours as u32..self.nodes.len() as u32 {
            boxes.entry(key(self.at(node))).or_default().push(node);
        }
        let mut beside: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for &[a, b] in edges.keys() {
            beside.entry(a).or_default().push(b);
            beside.entry(b).or_default().push(a);
        }
        let made: Vec<Vec<[u32; 2]>> = (self.harbours as u32..self.nodes.len() as u32)
            .into_par_iter()
            .map(|node| {
                let (lat, lon) = key(self.at(node));
                let wide = (3.0 / f64::from(lat).to_radians().cos().max(0.1)).ceil() as i32;
                let mut near: Vec<(f64, u32)> = Vec::new();
                for y in lat - 3..=lat + 3 {
                    for x in lon - wide..=lon + wide {
                        for &other in boxes.get(&(y, (x + 540).rem_euclid(360) - 180)).into_iter().flatten() {
                            near.push((self.km(node, other), other));
                        }
                    }
                }
                near.retain(|&(km, other)| {
                    km < LANE_REACH_KM && other != node && self.sea.sees(self.at(node), self.at(other))
                });
                near.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
                let mut kept: Vec<(f64, u32)> = near
                    .iter()
                    .copied()
                    .filter(|(_, other)| beside.get(&node).is_some_and(|all| all.contains(other)))
                    .collect();
                let known = kept.len();
                for (km, other) in near {
                    let leads = |&(first, over): &(f64, u32)| {
                        over == other
                            || (first + self.km(over, other) <= 1.03 * km
                                && self.sea.sees(self.at(over), self.at(other)))
                    };
                    if !kept.iter().any(leads) {
                        kept.push((km, other));
                    }
                }
                kept[known..].iter().map(|&(_, other)| [node.min(other), node.max(other)]).collect()
            })
            .collect();
        let straight =
            |ends: [u32; 2]| (ends, ((self.km(ends[0], ends[1]) * LINK_COST * 1000.0) as u32, Vec::new()));
        made.into_iter().flatten().map(straight).collect()
    }

    /// Great circles between far gates, where the way over the edges there are is longer.
    pub(crate) fn over_oceans(&self, edges: &mut Edges) -> usize {
        let mut gates: Vec<u32> = Vec::new();
        for node in self.harbours as u32..self.nodes.len() as u32 {
            let p = self.at(node);
            let fits = (ICE[0]..ICE[1]).contains(&p.lat) && self.sea.is_clear(self.nodes[node as usize].1);
            if fits && gates.iter().all(|&gate| self.km(node, gate) > GATE_KM) {
                gates.push(node);
            }
        }
        let mut beside: Vec<Vec<(u32, u32)>> = vec![Vec::new(); self.nodes.len()];
        for (&[a, b], &(weight, _)) in edges.iter() {
            beside[a as usize].push((b, weight));
            beside[b as usize].push((a, weight));
        }
        let mut added = 0;
        for (at, &gate) in gates.iter().enumerate() {
            let mut far: Vec<(f64, u32)> = gates[at + 1..]
                .par_iter()
                .map(|&other| (self.km(gate, other), other))
                .filter(|&(km, other)| km < OCEAN_REACH_KM && self.is_open_ocean(gate, other))
                .collect();
            far.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            let costs = costs(&beside, gate, (OCEAN_REACH_KM * 1000.0 * DETOUR) as u32);
            let mut kept: Vec<(f64, u32)> = Vec::new();
            for (km, other) in far {
                let leads = |&(first, over): &(f64, u32)| first + self.km(over, other) <= DETOUR * km;
                if f64::from(costs[other as usize]) > DETOUR * km * 1000.0 && !kept.iter().any(leads) {
                    kept.push((km, other));
                }
            }
            for (km, other) in kept {
                let weight = (km * 1000.0 * 1.005) as u32;
                beside[gate as usize].push((other, weight));
                beside[other as usize].push((gate, weight));
                edges.insert([gate.min(other), gate.max(other)], (weight, Vec::new()));
                added += 1;
            }
        }
        added
    }

    fn is_open_ocean(&self, a: u32, b: u32) -> bool {
        let line = with_great_circles(&[self.at(a), self.at(b)]);
        line.iter().all(|p| (ICE[0]..ICE[1]).contains(&p.lat))
            && line.windows(2).all(|leg| self.sea.sees_straight(leg[0], leg[1]))
    }
}

fn costs(beside: &[Vec<(u32, u32)>], from: u32, limit: u32) -> Vec<u32> {
    let mut cost = vec![u32::MAX; beside.len()];
    cost[from as usize] = 0;
    let mut open = BinaryHeap::from([Reverse((0, from))]);
    while let Some(Reverse((metres, node))) = open.pop() {
        if metres > cost[node as usize] {
            continue;
        }
        for &(next, weight) in &beside[node as usize] {
            let through = metres + weight;
            if through < cost[next as usize] && through <= limit {
                cost[next as usize] = through;
                open.push(Reverse((through, next)));
            }
        }
    }
    cost
}
