//! The network of sea lanes: where ships go between ports.

use serde::{Deserialize, Serialize};

use super::codec::{self, Numbers, degrees};
use crate::geometry::LonLat;

/// Sea lanes as a graph: nodes, and edges that are straight between them.
#[derive(Debug)]
pub struct Lanes {
    nodes: Vec<LonLat>,
    edges: Vec<Lane>,
}

/// A lane between two nodes, used in both directions.
#[derive(Debug, Clone, PartialEq)]
pub struct Lane {
    /// The nodes at its ends.
    pub ends: [u32; 2],
    /// Its length over the sphere.
    pub length_km: f64,
    /// The canal, strait or cape it goes through: `suez`, `panama`, `northwest`.
    pub pass: Option<String>,
}

/// The lanes as they are written: `geodata/build/lanes.json`.
#[derive(Debug, Serialize, Deserialize)]
pub struct LaneRows {
    /// Positions in steps of 1e-5 degrees.
    pub nodes: Vec<[i32; 2]>,
    /// From, to, metres, index into `passes` plus one or 0.
    pub edges: Vec<[u32; 4]>,
    /// The names of passes.
    pub passes: Vec<String>,
}

impl Lanes {
    /// All nodes.
    pub fn nodes(&self) -> &[LonLat] {
        &self.nodes
    }

    /// All edges.
    pub fn edges(&self) -> &[Lane] {
        &self.edges
    }

    /// The bytes of the `lanes` section.
    pub fn encode(rows: &LaneRows) -> Vec<u8> {
        let mut out = Vec::new();
        codec::put_line(&mut out, &rows.nodes);
        codec::put(&mut out, rows.passes.len() as u64);
        for pass in &rows.passes {
            codec::put(&mut out, pass.len() as u64);
            out.extend_from_slice(pass.as_bytes());
        }
        codec::put(&mut out, rows.edges.len() as u64);
        rows.edges.iter().flatten().for_each(|&value| codec::put(&mut out, u64::from(value)));
        out
    }

    pub(super) fn decode(bytes: &[u8]) -> Option<Self> {
        let mut numbers = Numbers::new(bytes);
        let mut points = Vec::new();
        codec::next_line(&mut numbers, &mut points)?;
        let mut passes = Vec::new();
        for _ in 0..numbers.next_count()? {
            passes.push(numbers.next_string()?);
        }
        let mut edges = Vec::new();
        for _ in 0..numbers.next_count()? {
            let [a, b, metres, pass] = [
                numbers.next_number()?,
                numbers.next_number()?,
                numbers.next_number()?,
                numbers.next_number()?,
            ];
            if a.max(b) >= points.len() as u64 || pass > passes.len() as u64 {
                return None;
            }
            let pass = pass.checked_sub(1).map(|at| passes[at as usize].clone());
            edges.push(Lane { ends: [a as u32, b as u32], length_km: metres as f64 / 1000.0, pass });
        }
        let nodes = points.into_iter().map(|point| degrees(point).into()).collect();
        Some(Lanes { nodes, edges })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lanes_come_back_and_an_edge_to_nowhere_does_not() {
        let mut rows = LaneRows {
            nodes: vec![[3_200_000, 3_000_000], [3_250_000, 2_990_000]],
            edges: vec![[0, 1, 52_000, 1], [1, 0, 7, 0]],
            passes: vec!["suez".to_owned()],
        };
        let lanes = Lanes::decode(&Lanes::encode(&rows)).unwrap();
        assert_eq!(lanes.nodes()[1], LonLat::new(32.5, 29.9));
        assert_eq!(lanes.edges()[0], Lane { ends: [0, 1], length_km: 52.0, pass: Some("suez".to_owned()) });
        assert_eq!(lanes.edges()[1].pass, None);
        rows.edges[0][1] = 2;
        assert!(Lanes::decode(&Lanes::encode(&rows)).is_none());
    }
}
