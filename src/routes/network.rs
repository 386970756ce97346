//! The lightest way over the network of sea lanes, from any of several nodes to any of several others.

use crate::geometry::LonLat;
use crate::world::Lanes;
use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// A node at which a way may begin or end, and what it costs to get there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Access {
    pub(super) node: u32,
    pub(super) metres: u32,
}

/// A way over the network.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Way {
    /// Its nodes, in order.
    pub(super) nodes: Vec<u32>,
    /// Its edges, one fewer.
    pub(super) edges: Vec<u32>,
    /// Its weight with both accesses.
    pub(super) metres: u32,
}

impl Way {
    /// The bits of the passages it takes.
    pub(super) fn passages(&self, lanes: &Lanes) -> u32 {
        self.edges.iter().fold(0, |bits, &edge| bits | lanes.passages_of(edge))
    }

    /// Its nodes and bends.
    pub(super) fn path(&self, lanes: &Lanes) -> Vec<LonLat> {
        let mut path = vec![lanes.node(self.nodes[0])];
        for (&edge, &next) in self.edges.iter().zip(&self.nodes[1..]) {
            if lanes.edge(edge).0[1] == next {
                path.extend(lanes.bends(edge));
            } else {
                path.extend(lanes.bends(edge).rev());
            }
            path.push(lanes.node(next));
        }
        path
    }
}

/// One side of a search: what each node costs, and the edge and node it was reached over.
#[derive(Debug, Default)]
struct Side {
    cost: Vec<u32>,
    before: Vec<(u32, u32)>,
    touched: Vec<u32>,
    open: BinaryHeap<Reverse<(u32, u32)>>,
}

const NONE: (u32, u32) = (u32::MAX, u32::MAX);

impl Side {
    fn begin(&mut self, nodes: usize, at: &[Access]) {
        self.cost.resize(nodes, u32::MAX);
        self.before.resize(nodes, NONE);
        for node in self.touched.drain(..) {
            self.cost[node as usize] = u32::MAX;
        }
        self.open.clear();
        for access in at {
            self.reach(access.node, access.metres, NONE);
        }
    }

    fn reach(&mut self, node: u32, metres: u32, before: (u32, u32)) {
        let cost = &mut self.cost[node as usize];
        if metres < *cost {
            if *cost == u32::MAX {
                self.touched.push(node);
            }
            *cost = metres;
            self.before[node as usize] = before;
            self.open.push(Reverse((metres, node)));
        }
    }

    /// The next node and its cost, unless a cheaper way to it was already taken.
    fn next(&mut self) -> Option<(u32, u32)> {
        while let Some(Reverse((metres, node))) = self.open.pop() {
            if metres == self.cost[node as usize] {
                return Some((node, metres));
            }
        }
        None
    }

    fn least(&self) -> u32 {
        self.open.peek().map_or(u32::MAX, |Reverse((metres, _))| *metres)
    }

    /// The links and nodes from a node back to where this side began.
    fn back(&self, mut node: u32) -> Vec<(u32, u32)> {
        let mut links = Vec::new();
        while self.before[node as usize] != NONE {
            let (edge, before) = self.before[node as usize];
            links.push((edge, node));
            node = before;
        }
        links.push((u32::MAX, node));
        links
    }
}

thread_local! {
    /// Kept from query to query: clearing what was touched is quicker than making it anew.
    static SIDES: RefCell<[Side; 2]> = RefCell::default();
}

/// The bits of the passages of these names.
pub(super) fn bits(lanes: &Lanes, names: &[&str]) -> u32 {
    let numbers = lanes.passages().iter().enumerate();
    numbers.filter(|(_, name)| names.contains(&name.as_str())).map(|(number, _)| 1 << number).sum()
}

/// The lightest way that takes none of the barred passages: both sides climb the hierarchy until
/// neither can better the best meeting.
pub(super) fn way(lanes: &Lanes, from: &[Access], to: &[Access], barred: u32) -> Option<Way> {
    SIDES.with_borrow_mut(|sides| {
        sides[0].begin(lanes.len(), from);
        sides[1].begin(lanes.len(), to);
        climb(lanes, sides, barred)
    })
}

fn climb(lanes: &Lanes, sides: &mut [Side; 2], barred: u32) -> Option<Way> {
    let mut best: Option<(u32, u32)> = None;
    loop {
        let turn = usize::from(sides[1].least() < sides[0].least());
        let least = best.map_or(u32::MAX, |(metres, _)| metres);
        if sides[turn].least() >= least {
            break;
        }
        let Some((node, metres)) = sides[turn].next() else { continue };
        let met = metres.saturating_add(sides[1 - turn].cost[node as usize]);
        if met < least {
            best = Some((met, node));
        }
        let links = || lanes.upwards(node).iter().filter(|link| link.passages & barred == 0);
        let side = &mut sides[turn];
        // A node that is reached cheaper from above is on no lightest way.
        if links().any(|link| side.cost[link.to as usize].saturating_add(link.weight) < metres) {
            continue;
        }
        for link in links() {
            side.reach(link.to, metres + link.weight, (link.edge, node));
        }
    }
    let (metres, middle) = best?;
    let out = sides[0].back(middle);
    let mut way = Way { nodes: vec![out[out.len() - 1].1], edges: Vec::new(), metres };
    for &(edge, node) in out[..out.len() - 1].iter().rev() {
        unpack(lanes, edge, node, &mut way);
    }
    let home = sides[1].back(middle);
    for step in home.windows(2) {
        unpack(lanes, step[0].0, step[1].1, &mut way);
    }
    Some(way)
}

/// Appends an edge, or all that a shortcut stands for, leading to a node.
fn unpack(lanes: &Lanes, edge: u32, to: u32, way: &mut Way) {
    let Some(shortcut) = lanes.shortcut(edge) else {
        way.edges.push(edge);
        way.nodes.push(to);
        return;
    };
    let [first, second] = shortcut.parts;
    let (first, second) = if lanes.ends(second).contains(&to) { (first, second) } else { (second, first) };
    let middle = lanes.ends(second).into_iter().find(|&end| end != to).unwrap_or(to);
    unpack(lanes, first, middle, way);
    unpack(lanes, second, to, way);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::routes::PASSAGES;
    use crate::world::World;

    #[test]
    fn the_lanes_know_every_passage_that_can_be_avoided() {
        let lanes = World::embedded().unwrap().lanes();
        let names: Vec<&str> = PASSAGES.iter().map(|passage| passage.name).collect();
        assert_eq!(lanes.passages(), names, "pack the lanes anew: `make geodata`");
        assert_eq!(bits(lanes, &names).count_ones() as usize, names.len());
    }
}
