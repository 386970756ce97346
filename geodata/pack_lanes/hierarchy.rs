//! A contraction hierarchy: nodes are taken out one by one, the least important first, and a shortcut
//! stands for every lightest way that went over one.

use dateline::world::Shortcut;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

/// A search for a way around a node gives up after so many nodes; a shortcut too many does no harm.
const PATIENCE: usize = 120;

/// The nodes in the order of rank, and the shortcuts (numbers of nodes as they were).
pub(crate) fn contract(nodes: usize, edges: &[([u32; 2], u32)]) -> (Vec<u32>, Vec<Shortcut>) {
    // For each node its neighbours: weight, and number of the edge or shortcut.
    let mut graph: Vec<BTreeMap<u32, (u32, u32)>> = vec![BTreeMap::new(); nodes];
    for (number, &([a, b], weight)) in edges.iter().enumerate() {
        link(&mut graph, a, b, weight, number as u32);
    }
    let mut depth = vec![0_i64; nodes];
    let mut queue: BinaryHeap<Reverse<(i64, u32)>> =
        (0..nodes as u32).map(|node| Reverse((importance(&graph, node, 0), node))).collect();
    let (mut order, mut shortcuts) = (Vec::new(), Vec::new());
    while let Some(Reverse((_, node))) = queue.pop() {
        let now = importance(&graph, node, depth[node as usize]);
        if queue.peek().is_some_and(|Reverse((least, _))| now > *least) {
            queue.push(Reverse((now, node)));
            continue;
        }
        for (a, b, weight, parts) in needed(&graph, node) {
            link(&mut graph, a, b, weight, (edges.len() + shortcuts.len()) as u32);
            shortcuts.push(Shortcut { ends: [a, b], parts });
        }
        for &neighbour in std::mem::take(&mut graph[node as usize]).keys() {
            graph[neighbour as usize].remove(&node);
            depth[neighbour as usize] = depth[neighbour as usize].max(depth[node as usize] + 1);
        }
        order.push(node);
    }
    (order, shortcuts)
}

fn link(graph: &mut [BTreeMap<u32, (u32, u32)>], a: u32, b: u32, weight: u32, number: u32) {
    for (from, to) in [(a, b), (b, a)] {
        let entry = graph[from as usize].entry(to).or_insert((u32::MAX, 0));
        if weight < entry.0 {
            *entry = (weight, number);
        }
    }
}

fn importance(graph: &[BTreeMap<u32, (u32, u32)>], node: u32, depth: i64) -> i64 {
    let added = needed(graph, node).len() as i64;
    4 * (added - graph[node as usize].len() as i64) + 2 * depth + added
}

/// The shortcuts without which taking out a node would lengthen a way.
fn needed(graph: &[BTreeMap<u32, (u32, u32)>], node: u32) -> Vec<(u32, u32, u32, [u32; 2])> {
    let around: Vec<(u32, u32, u32)> =
        graph[node as usize].iter().map(|(&to, &(weight, number))| (to, weight, number)).collect();
    let mut needed = Vec::new();
    for (at, &(a, to_a, edge_a)) in around.iter().enumerate() {
        let others = &around[at + 1..];
        let Some(limit) = others.iter().map(|other| to_a + other.1).max() else { continue };
        let ways = ways_around(graph, node, a, limit);
        for &(b, to_b, edge_b) in others {
            if ways.get(&b).is_none_or(|&weight| weight > to_a + to_b) {
                needed.push((a, b, to_a + to_b, [edge_a, edge_b]));
            }
        }
    }
    needed
}

fn ways_around(
    graph: &[BTreeMap<u32, (u32, u32)>],
    without: u32,
    from: u32,
    limit: u32,
) -> BTreeMap<u32, u32> {
    let mut cost = BTreeMap::from([(from, 0)]);
    let mut open = BinaryHeap::from([Reverse((0, from))]);
    let mut taken = 0;
    while let Some(Reverse((metres, node))) = open.pop() {
        if metres > limit || taken > PATIENCE {
            break;
        }
        if metres > cost[&node] {
            continue;
        }
        taken += 1;
        for (&next, &(weight, _)) in &graph[node as usize] {
            let through = metres + weight;
            if next != without && through <= limit && cost.get(&next).is_none_or(|&least| through < least) {
                cost.insert(next, through);
                open.push(Reverse((through, next)));
            }
        }
    }
    cost
}
