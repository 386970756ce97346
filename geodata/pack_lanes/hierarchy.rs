//! A contraction hierarchy: nodes are taken out one by one, the least important first, and a shortcut
//! stands for every lightest way that went over one.
//!
//! It serves whatever is to be avoided too: a way gives place to a lighter one only where that takes no
//! passage which it does not take itself, so between two nodes there may be several links, the lighter
//! ones by more passages. After Rice and Tsotras, "Graph Indexing of Road Networks for Shortest Path
//! Queries with Label Restrictions" (2010).

use dateline::world::Shortcut;
use rayon::prelude::*;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

/// A search for a way around a node gives up after so many nodes; a shortcut too many does no harm.
const PATIENCE: usize = 400;

/// An edge: the nodes at its ends, its weight, and a bit for each passage that it takes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Edge {
    pub(crate) ends: [u32; 2],
    pub(crate) weight: u32,
    pub(crate) passages: u32,
}

/// A link of a node: an edge or a shortcut, by its number.
#[derive(Debug, Clone, Copy)]
struct Link {
    weight: u32,
    passages: u32,
    number: u32,
}

impl Link {
    /// Whether nothing speaks for another way: it is no lighter and takes the same passages or more.
    fn serves(&self, weight: u32, passages: u32) -> bool {
        self.weight <= weight && self.passages & !passages == 0
    }
}

/// For each node its neighbours, and the links there.
type Graph = Vec<BTreeMap<u32, Vec<Link>>>;

/// A way over the node that is taken out.
struct Over {
    ends: [u32; 2],
    weight: u32,
    passages: u32,
    parts: [u32; 2],
}

/// Whether each edge is the lightest way between its ends by the passages it takes: no way ever needs
/// one that is not.
pub(crate) fn are_lightest(nodes: usize, edges: &[Edge]) -> Vec<bool> {
    let mut beside: Vec<Vec<(u32, Edge)>> = vec![Vec::new(); nodes];
    for edge in edges {
        let [a, b] = edge.ends;
        beside[a as usize].push((b, *edge));
        beside[b as usize].push((a, *edge));
    }
    let mut by_start: BTreeMap<(u32, u32), Vec<usize>> = BTreeMap::new();
    for (at, edge) in edges.iter().enumerate() {
        by_start.entry((edge.ends[0], edge.passages)).or_default().push(at);
    }
    let groups: Vec<_> = by_start.into_iter().collect();
    let heavier = groups.par_iter().map_init(
        || vec![u32::MAX; nodes],
        |cost, ((from, passages), group)| {
            let limit = group.iter().map(|&at| edges[at].weight).max().unwrap_or(0);
            let mut touched = vec![*from];
            cost[*from as usize] = 0;
            let mut open = BinaryHeap::from([Reverse((0, *from))]);
            while let Some(Reverse((metres, node))) = open.pop() {
                if metres > cost[node as usize] {
                    continue;
                }
                for (next, edge) in &beside[node as usize] {
                    let through = metres + edge.weight;
                    if edge.passages & !passages == 0 && through < cost[*next as usize] && through < limit {
                        cost[*next as usize] = through;
                        touched.push(*next);
                        open.push(Reverse((through, *next)));
                    }
                }
            }
            let is_heavier = |at: &usize| cost[edges[*at].ends[1] as usize] < edges[*at].weight;
            let heavier: Vec<usize> = group.iter().copied().filter(is_heavier).collect();
            touched.into_iter().for_each(|node| cost[node as usize] = u32::MAX);
            heavier
        },
    );
    let mut lightest = vec![true; edges.len()];
    heavier.collect::<Vec<_>>().into_iter().flatten().for_each(|at| lightest[at] = false);
    lightest
}

/// The nodes in the order of rank, and the shortcuts (numbers of nodes as they were).
pub(crate) fn contract(nodes: usize, edges: &[Edge]) -> (Vec<u32>, Vec<Shortcut>) {
    let mut graph: Graph = vec![BTreeMap::new(); nodes];
    for (number, &Edge { ends, weight, passages }) in edges.iter().enumerate() {
        link(&mut graph, ends, Link { weight, passages, number: number as u32 });
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
        for Over { ends, weight, passages, parts } in needed(&graph, node) {
            let number = (edges.len() + shortcuts.len()) as u32;
            if link(&mut graph, ends, Link { weight, passages, number }) {
                shortcuts.push(Shortcut { ends, parts });
            }
        }
        for &neighbour in std::mem::take(&mut graph[node as usize]).keys() {
            graph[neighbour as usize].remove(&node);
            depth[neighbour as usize] = depth[neighbour as usize].max(depth[node as usize] + 1);
        }
        order.push(node);
    }
    (order, shortcuts)
}

/// Adds a link unless another serves as well; those it serves for are taken away.
fn link(graph: &mut Graph, [a, b]: [u32; 2], new: Link) -> bool {
    let known = graph[a as usize].entry(b).or_default();
    if known.iter().any(|old| old.serves(new.weight, new.passages)) {
        return false;
    }
    for (from, to) in [(a, b), (b, a)] {
        let links = graph[from as usize].entry(to).or_default();
        links.retain(|old| !new.serves(old.weight, old.passages));
        links.push(new);
    }
    true
}

fn importance(graph: &Graph, node: u32, depth: i64) -> i64 {
    let added = needed(graph, node).len() as i64;
    let taken: usize = graph[node as usize].values().map(Vec::len).sum();
    4 * (added - taken as i64) + 2 * depth + added
}

/// The ways over a node that no other serves for.
fn needed(graph: &Graph, node: u32) -> Vec<Over> {
    let around: Vec<(u32, Link)> = graph[node as usize]
        .iter()
        .flat_map(|(&to, links)| links.iter().map(move |&link| (to, link)))
        .collect();
    let mut over: Vec<Over> = Vec::new();
    for (at, &(a, first)) in around.iter().enumerate() {
        over.extend(around[at + 1..].iter().filter(|(b, _)| *b != a).map(|&(b, second)| Over {
            ends: [a, b],
            weight: first.weight + second.weight,
            passages: first.passages | second.passages,
            parts: [first.number, second.number],
        }));
    }
    // One search serves all ways from the same node by the same passages.
    let mut limits: BTreeMap<(u32, u32), u32> = BTreeMap::new();
    for way in &over {
        let limit = limits.entry((way.ends[0], way.passages)).or_default();
        *limit = way.weight.max(*limit);
    }
    let ways: BTreeMap<(u32, u32), BTreeMap<u32, u32>> = (limits.into_iter())
        .map(|((from, passages), limit)| ((from, passages), ways_around(graph, node, from, passages, limit)))
        .collect();
    over.retain(|way| {
        ways[&(way.ends[0], way.passages)].get(&way.ends[1]).is_none_or(|&weight| weight > way.weight)
    });
    over
}

/// What the nodes around cost, without one node and by these passages at most.
fn ways_around(graph: &Graph, without: u32, from: u32, passages: u32, limit: u32) -> BTreeMap<u32, u32> {
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
        for (&next, links) in &graph[node as usize] {
            let open_links = links.iter().filter(|link| link.passages & !passages == 0);
            let Some(weight) = open_links.map(|link| link.weight).min() else { continue };
            let through = metres + weight;
            if next != without && through <= limit && cost.get(&next).is_none_or(|&least| through < least) {
                cost.insert(next, through);
                open.push(Reverse((through, next)));
            }
        }
    }
    cost
}
