//! The network of sea lanes: where ships go between ports, ready for quick search.
//!
//! Nodes are numbered by their rank in a contraction hierarchy: shortcuts stand for the way over
//! nodes of lower number, so that a search from both ends only ever goes to higher numbers. Edges and
//! shortcuts know which passages they take: the same search serves whatever of them is to be avoided.

use super::codec::{self, Numbers};
use crate::geometry::LonLat;

/// Positions are kept in steps of this part of a degree: about eleven metres.
pub const LANE_STEPS: f64 = 10_000.0;

/// Sea lanes as a graph whose edges keep off land.
#[derive(Debug, Default)]
pub struct Lanes {
    passages: Vec<String>,
    nodes: Vec<[i32; 2]>,
    edges: Vec<Edge>,
    bends: Vec<[i32; 2]>,
    shortcuts: Vec<Shortcut>,
    /// Where each node's links upwards begin.
    first: Vec<u32>,
    links: Vec<Link>,
}

/// A lane between two nodes, used in both directions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Edge {
    ends: [u32; 2],
    weight: u32,
    passages: u32,
    bends: [u32; 2],
}

/// Stands for two edges or shortcuts, one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shortcut {
    /// The nodes at its ends.
    pub ends: [u32; 2],
    /// The two it stands for: numbers of edges, or of shortcuts counted on after the edges.
    pub parts: [u32; 2],
}

/// A link from a node to one of higher rank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// The node it leads to.
    pub to: u32,
    /// Its weight in metres; a little more than its length where lanes are to be preferred.
    pub weight: u32,
    /// Its edge, or its shortcut counted on after the edges.
    pub edge: u32,
    /// A bit for each of [`Lanes::passages`] that it takes.
    pub passages: u32,
}

/// An edge as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LaneRow {
    /// The nodes at its ends.
    pub ends: [u32; 2],
    /// Its weight in metres.
    pub weight: u32,
    /// A bit for each passage that it takes.
    pub passages: u32,
    /// Where it bends between its ends, in [`LANE_STEPS`].
    pub bends: Vec<[i32; 2]>,
}

impl Lanes {
    /// The names of the canals and straits that are told apart: at most 32, a bit each.
    pub fn passages(&self) -> &[String] {
        &self.passages
    }

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// The position of a node.
    pub fn node(&self, node: u32) -> LonLat {
        position(self.nodes[node as usize])
    }

    /// How many edges there are, shortcuts not counted.
    pub fn edges(&self) -> usize {
        self.edges.len()
    }

    /// The nodes at an edge's ends, and its weight.
    pub fn edge(&self, edge: u32) -> ([u32; 2], u32) {
        let Edge { ends, weight, .. } = self.edges[edge as usize];
        (ends, weight)
    }

    /// A bit for each of [`Lanes::passages`] that an edge takes.
    pub fn passages_of(&self, edge: u32) -> u32 {
        self.edges[edge as usize].passages
    }

    /// Where an edge bends, from its first end to its second.
    pub fn bends(&self, edge: u32) -> impl DoubleEndedIterator<Item = LonLat> {
        let [first, end] = self.edges[edge as usize].bends;
        self.bends[first as usize..end as usize].iter().map(|&bend| position(bend))
    }

    /// What a link's number stands for, if it is a shortcut's.
    pub fn shortcut(&self, edge: u32) -> Option<Shortcut> {
        Some(self.shortcuts[(edge as usize).checked_sub(self.edges.len())?])
    }

    /// The ends of an edge or a shortcut.
    pub fn ends(&self, edge: u32) -> [u32; 2] {
        self.shortcut(edge).map_or_else(|| self.edges[edge as usize].ends, |shortcut| shortcut.ends)
    }

    /// The links of a node to nodes of higher rank.
    pub fn upwards(&self, node: u32) -> &[Link] {
        &self.links[self.first[node as usize] as usize..self.first[node as usize + 1] as usize]
    }

    /// The bytes of the `lanes` section. Nodes are in steps of [`LANE_STEPS`] and in the order of rank.
    pub fn encode(
        passages: &[&str],
        nodes: &[[i32; 2]],
        edges: &[LaneRow],
        shortcuts: &[Shortcut],
    ) -> Vec<u8> {
        let mut out = Vec::new();
        codec::put(&mut out, passages.len() as u64);
        for name in passages {
            codec::put(&mut out, name.len() as u64);
            out.extend_from_slice(name.as_bytes());
        }
        codec::put_line(&mut out, nodes);
        codec::put(&mut out, edges.len() as u64);
        for edge in edges {
            edge.ends.iter().for_each(|&end| codec::put(&mut out, u64::from(end)));
            codec::put(&mut out, u64::from(edge.weight));
            codec::put(&mut out, u64::from(edge.passages));
            let start = nodes[edge.ends[0] as usize];
            let from_start = |bend: &[i32; 2]| [bend[0] - start[0], bend[1] - start[1]];
            codec::put_line(&mut out, &edge.bends.iter().map(from_start).collect::<Vec<_>>());
        }
        codec::put(&mut out, shortcuts.len() as u64);
        for shortcut in shortcuts {
            shortcut.parts.iter().for_each(|&part| codec::put(&mut out, u64::from(part)));
        }
        out
    }

    pub(super) fn decode(bytes: &[u8]) -> Option<Self> {
        let mut numbers = Numbers::new(bytes);
        let mut lanes = Lanes::default();
        for _ in 0..numbers.next_count()? {
            lanes.passages.push(numbers.next_string()?);
        }
        codec::next_line(&mut numbers, &mut lanes.nodes)?;
        // Of edges and shortcuts: their weight, and the passages they take.
        let mut links: Vec<(u32, u32)> = Vec::new();
        for _ in 0..numbers.next_count()? {
            let mut number = || u32::try_from(numbers.next_number()?).ok();
            let (ends, weight, passages) = ([number()?, number()?], number()?, number()?);
            let [x, y] =
                *lanes.nodes.get(ends[0].max(ends[1]) as usize).and(lanes.nodes.get(ends[0] as usize))?;
            let first = lanes.bends.len();
            codec::next_line(&mut numbers, &mut lanes.bends)?;
            for bend in &mut lanes.bends[first..] {
                *bend = [bend[0].checked_add(x)?, bend[1].checked_add(y)?];
            }
            lanes.edges.push(Edge {
                ends,
                weight,
                passages,
                bends: [first as u32, lanes.bends.len() as u32],
            });
            links.push((weight, passages));
        }
        for _ in 0..numbers.next_count()? {
            let mut number = || u32::try_from(numbers.next_number()?).ok();
            let parts = [number()?, number()?];
            let [(first, by_first), (second, by_second)] =
                [*links.get(parts[0] as usize)?, *links.get(parts[1] as usize)?];
            // The two parts share the node that the shortcut leaps over.
            let [[a, b], [c, d]] = parts.map(|part| lanes.ends(part));
            let ends = if a == c {
                [b, d]
            } else if a == d {
                [b, c]
            } else if b == c {
                [a, d]
            } else {
                [a, c]
            };
            links.push((first.checked_add(second)?, by_first | by_second));
            lanes.shortcuts.push(Shortcut { ends, parts });
        }
        lanes.index(&links);
        Some(lanes)
    }

    /// Sorts the links by the lower of their ends, then by the higher, the lightest first.
    fn index(&mut self, links: &[(u32, u32)]) {
        let mut all: Vec<(u32, Link)> = (links.iter().enumerate())
            .map(|(edge, &(weight, passages))| {
                let [a, b] = self.ends(edge as u32);
                (a.min(b), Link { to: a.max(b), weight, edge: edge as u32, passages })
            })
            .collect();
        all.sort_unstable_by_key(|(from, link)| (*from, link.to, link.weight, link.edge));
        self.first = vec![0; self.nodes.len() + 1];
        for (from, _) in &all {
            self.first[*from as usize + 1] += 1;
        }
        for node in 0..self.nodes.len() {
            self.first[node + 1] += self.first[node];
        }
        self.links = all.into_iter().map(|(_, link)| link).collect();
    }
}

fn position([x, y]: [i32; 2]) -> LonLat {
    LonLat::new(f64::from(x) / LANE_STEPS, f64::from(y) / LANE_STEPS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lanes_come_back_and_an_edge_to_nowhere_does_not() {
        let nodes = [[320_000, 300_000], [325_000, 299_000], [330_000, 290_000]];
        let edge = |ends, weight| LaneRow { ends, weight, passages: 0, bends: vec![] };
        let mut edges = vec![edge([0, 1], 52_000), edge([2, 0], 7_000)];
        edges[1].passages = 1;
        edges[0].bends.push([321_000, 300_500]);
        let shortcut = Shortcut { ends: [1, 2], parts: [0, 1] };
        let lanes = Lanes::decode(&Lanes::encode(&["suez"], &nodes, &edges, &[shortcut])).unwrap();
        assert_eq!(lanes.passages(), ["suez"]);
        assert_eq!(lanes.node(1), LonLat::new(32.5, 29.9));
        assert_eq!(lanes.edge(0), ([0, 1], 52_000));
        assert_eq!(lanes.bends(0).collect::<Vec<_>>(), [LonLat::new(32.1, 30.05)]);
        assert_eq!(lanes.shortcut(2), Some(shortcut));
        assert_eq!(lanes.upwards(1), [Link { to: 2, weight: 59_000, edge: 2, passages: 1 }]);
        edges[0].ends[1] = 3;
        assert!(Lanes::decode(&Lanes::encode(&[], &nodes[..3], &edges, &[])).is_none());
    }
}
