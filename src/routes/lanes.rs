//! The shortest way over the network of sea lanes, from any of several nodes to any of several others.

use super::passages::Avoid;
use crate::world::Lanes;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::OnceLock;

/// A node at which a way may begin or end, and what it costs to get there from the port.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Access {
    pub(super) node: u32,
    pub(super) km: f64,
}

/// For each node the edges that touch it.
fn touching(lanes: &Lanes) -> &'static Vec<Vec<u32>> {
    // The network is compiled in: there is one, and it never changes.
    static TOUCHING: OnceLock<Vec<Vec<u32>>> = OnceLock::new();
    TOUCHING.get_or_init(|| {
        let mut touching = vec![Vec::new(); lanes.nodes().len()];
        for (edge, lane) in lanes.edges().iter().enumerate() {
            for end in lane.ends {
                touching[end as usize].push(edge as u32);
            }
        }
        touching
    })
}

/// The cheapest way (Dijkstra): its nodes in order, and its cost with both accesses.
pub(super) fn way(lanes: &Lanes, from: &[Access], to: &[Access], avoid: &Avoid) -> Option<(Vec<u32>, f64)> {
    let touching = touching(lanes);
    let count = lanes.nodes().len();
    let (mut cost, mut before) = (vec![f64::INFINITY; count], vec![u32::MAX; count]);
    let mut exits = vec![f64::INFINITY; count];
    for access in to {
        exits[access.node as usize] = exits[access.node as usize].min(access.km);
    }
    let mut open = BinaryHeap::new();
    for access in from {
        if access.km < cost[access.node as usize] {
            cost[access.node as usize] = access.km;
            open.push(Reverse((metres(access.km), access.node)));
        }
    }
    let mut best: Option<(f64, u32)> = None;
    let mut done = vec![false; count];
    while let Some(Reverse((_, node))) = open.pop() {
        let at = node as usize;
        if std::mem::replace(&mut done[at], true) {
            continue;
        }
        if best.is_some_and(|(total, _)| total <= cost[at]) {
            break;
        }
        let total = cost[at] + exits[at];
        if total.is_finite() && best.is_none_or(|(least, _)| total < least) {
            best = Some((total, node));
        }
        for &edge in &touching[at] {
            let lane = &lanes.edges()[edge as usize];
            let next = if lane.ends[0] == node { lane.ends[1] } else { lane.ends[0] };
            let through = cost[at] + lane.length_km;
            if through < cost[next as usize]
                && !is_ice(lane.pass.as_deref())
                && !avoid.bars_line(lanes.nodes()[at], lanes.nodes()[next as usize])
            {
                cost[next as usize] = through;
                before[next as usize] = node;
                open.push(Reverse((metres(through), next)));
            }
        }
    }
    let (total, mut node) = best?;
    let mut nodes = vec![node];
    while before[node as usize] != u32::MAX {
        node = before[node as usize];
        nodes.push(node);
    }
    nodes.reverse();
    Some((nodes, total))
}

/// The Northwest Passage is frozen for most of the year: no news report's ship takes it unsaid.
fn is_ice(pass: Option<&str>) -> bool {
    pass.is_some_and(|pass| pass == "northwest")
}

/// A cost that orders totally and alike everywhere.
fn metres(km: f64) -> u64 {
    (km * 1000.0).round() as u64
}
