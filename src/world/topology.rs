//! Outlines as shared arcs: a line between two pieces is stored once, and areas, borders and coasts
//! are all assembled from the same arcs, so that they agree to the last point.

use std::collections::BTreeMap;

use geo::{Contains, Coord, LineString, MultiPolygon, Polygon};

use super::codec::{self, Numbers, degrees};

/// The arcs of one band and the rings of its pieces.
#[derive(Debug)]
pub struct Topology {
    points: Vec<[i32; 2]>,
    ends: Vec<u32>,
    /// Rings of signed arc numbers a piece: `n` along the arc, `!n` against it.
    pieces: Vec<Vec<Vec<i32>>>,
}

impl Topology {
    /// The bytes of the `arcs` and `pieces` sections.
    pub fn encode(arcs: &[Vec<[i32; 2]>], pieces: &[Vec<Vec<i32>>]) -> (Vec<u8>, Vec<u8>) {
        let (mut arc_bytes, mut piece_bytes) = (Vec::new(), Vec::new());
        codec::put(&mut arc_bytes, arcs.len() as u64);
        arcs.iter().for_each(|arc| codec::put_line(&mut arc_bytes, arc));
        codec::put(&mut piece_bytes, pieces.len() as u64);
        for rings in pieces {
            codec::put(&mut piece_bytes, rings.len() as u64);
            for ring in rings {
                codec::put(&mut piece_bytes, ring.len() as u64);
                ring.iter().for_each(|&arc| codec::put_signed(&mut piece_bytes, i64::from(arc)));
            }
        }
        (arc_bytes, piece_bytes)
    }

    /// Reads what [`Topology::encode`] wrote; `None` when the bytes do not hold together.
    pub fn decode(arcs: &[u8], pieces: &[u8]) -> Option<Self> {
        let (mut points, mut ends) = (Vec::with_capacity(arcs.len() / 3), Vec::new());
        let mut numbers = Numbers::new(arcs);
        for _ in 0..numbers.next_count()? {
            codec::next_line(&mut numbers, &mut points)?;
            ends.push(u32::try_from(points.len()).ok()?);
        }
        let mut numbers = Numbers::new(pieces);
        let mut read = Vec::new();
        for _ in 0..numbers.next_count()? {
            let mut rings = Vec::new();
            for _ in 0..numbers.next_count()? {
                let mut ring = Vec::new();
                for _ in 0..numbers.next_count()? {
                    let arc = i32::try_from(numbers.next_signed()?).ok()?;
                    ring.push(arc);
                    ends.get(number(arc))?;
                }
                rings.push(ring);
            }
            read.push(rings);
        }
        Some(Topology { points, ends, pieces: read })
    }

    /// How many pieces there are.
    pub fn piece_count(&self) -> usize {
        self.pieces.len()
    }

    /// The points of an arc, in the direction stored.
    pub fn arc(&self, arc: usize) -> &[[i32; 2]] {
        let start = if arc == 0 { 0 } else { self.ends[arc - 1] as usize };
        &self.points[start..self.ends[arc] as usize]
    }

    /// How many pieces lie beside each arc: one at the coast, two inland.
    pub fn sides(&self) -> Vec<u8> {
        let mut sides = vec![0_u8; self.ends.len()];
        for &arc in self.pieces.iter().flatten().flatten() {
            sides[number(arc)] = sides[number(arc)].saturating_add(1);
        }
        sides
    }

    /// The pieces beside each arc, the second only inland.
    pub fn neighbours(&self) -> Vec<[Option<usize>; 2]> {
        let mut beside = vec![[None; 2]; self.ends.len()];
        for (piece, rings) in self.pieces.iter().enumerate() {
            for &arc in rings.iter().flatten() {
                let [first, second] = &mut beside[number(arc)];
                *if first.is_none() { first } else { second } = Some(piece);
            }
        }
        beside
    }

    /// The area of some pieces taken together: lines between two of them vanish.
    pub fn area(&self, pieces: impl IntoIterator<Item = usize>) -> MultiPolygon<f64> {
        let mut used: BTreeMap<usize, i32> = BTreeMap::new();
        for &arc in pieces.into_iter().flat_map(|piece| &self.pieces[piece]).flatten() {
            // An arc seen from both sides is inside.
            if used.remove(&number(arc)).is_none() {
                used.insert(number(arc), arc);
            }
        }
        polygons(self.rings(used.into_values().collect()))
    }

    /// Chains directed arcs, end to start, into closed rings.
    fn rings(&self, arcs: Vec<i32>) -> Vec<LineString<f64>> {
        let mut from: BTreeMap<[i32; 2], Vec<i32>> = BTreeMap::new();
        for &arc in arcs.iter().rev() {
            from.entry(self.first(arc)).or_default().push(arc);
        }
        let mut rings = Vec::new();
        for &arc in &arcs {
            let start = self.first(arc);
            let Some(mut next) = from.get_mut(&start).and_then(Vec::pop) else { continue };
            let mut ring: Vec<Coord<f64>> = Vec::new();
            loop {
                self.extend(&mut ring, next);
                let here = self.first(!next);
                if here == start {
                    break;
                }
                match from.get_mut(&here).and_then(Vec::pop) {
                    Some(following) => next = following,
                    None => break,
                }
            }
            rings.push(LineString(ring));
        }
        rings
    }

    /// Chains arcs of any direction into lines as long as they go without a fork.
    pub fn lines(&self, arcs: &[usize]) -> Vec<LineString<f64>> {
        let mut at: BTreeMap<[i32; 2], Vec<i32>> = BTreeMap::new();
        for &arc in arcs {
            let arc = arc as i32;
            at.entry(self.first(arc)).or_default().push(arc);
            at.entry(self.first(!arc)).or_default().push(!arc);
        }
        let mut done = vec![false; self.ends.len()];
        let mut lines = Vec::new();
        // Lines start at ends and forks first; what is left is closed.
        let forks = at.values().filter(|arcs| arcs.len() != 2).flatten().copied();
        let starts: Vec<i32> = forks.chain(arcs.iter().map(|&arc| arc as i32)).collect();
        for start in starts {
            let mut next = start;
            let mut line = Vec::new();
            while !done[number(next)] {
                done[number(next)] = true;
                self.extend(&mut line, next);
                let there = &at[&self.first(!next)];
                match there.as_slice() {
                    [a, b] => next = if *a == !next { *b } else { *a },
                    _ => break,
                }
            }
            if !line.is_empty() {
                lines.push(LineString(line));
            }
        }
        lines
    }

    fn first(&self, arc: i32) -> [i32; 2] {
        let points = self.arc(number(arc));
        if arc >= 0 { points[0] } else { points[points.len() - 1] }
    }

    /// Appends an arc's points, without its first where the line already ends there.
    fn extend(&self, line: &mut Vec<Coord<f64>>, arc: i32) {
        let points = self.arc(number(arc));
        let skip = usize::from(!line.is_empty());
        if arc >= 0 {
            line.extend(points.iter().skip(skip).map(|&p| degrees(p)));
        } else {
            line.extend(points.iter().rev().skip(skip).map(|&p| degrees(p)));
        }
    }
}

fn number(arc: i32) -> usize {
    if arc >= 0 { arc as usize } else { !arc as usize }
}

/// Twice the signed area: positive when the inside is on the left.
fn signed_area(ring: &LineString<f64>) -> f64 {
    ring.0.windows(2).map(|w| w[0].x * w[1].y - w[1].x * w[0].y).sum()
}

/// Outer rings with the holes that lie in them.
pub(super) fn polygons(rings: Vec<LineString<f64>>) -> MultiPolygon<f64> {
    let (outers, holes): (Vec<_>, Vec<_>) = rings.into_iter().partition(|ring| signed_area(ring) > 0.0);
    let mut polygons: Vec<Polygon<f64>> =
        outers.into_iter().map(|ring| Polygon::new(ring, Vec::new())).collect();
    let boxes: Vec<[f64; 4]> = polygons.iter().map(|polygon| bounds(polygon.exterior())).collect();
    for hole in holes {
        let inner = bounds(&hole);
        let fits = |outer: &[f64; 4]| {
            outer[0] <= inner[0] && outer[1] <= inner[1] && outer[2] >= inner[2] && outer[3] >= inner[3]
        };
        let candidates = (0..polygons.len()).filter(|&i| fits(&boxes[i]));
        // A hole may touch its ring at a point: any of its vertices or middles inside will do.
        let home = candidates
            .filter(|&i| {
                let outer = Polygon::new(polygons[i].exterior().clone(), Vec::new());
                hole.lines().take(8).any(|line| {
                    let middle =
                        Coord { x: (line.start.x + line.end.x) / 2.0, y: (line.start.y + line.end.y) / 2.0 };
                    outer.contains(&middle)
                })
            })
            .min_by(|&a, &b| {
                signed_area(polygons[a].exterior()).total_cmp(&signed_area(polygons[b].exterior()))
            });
        if let Some(home) = home {
            polygons[home].interiors_push(hole);
        }
    }
    MultiPolygon(polygons)
}

fn bounds(ring: &LineString<f64>) -> [f64; 4] {
    ring.0.iter().fold([f64::MAX, f64::MAX, f64::MIN, f64::MIN], |b, c| {
        [b[0].min(c.x), b[1].min(c.y), b[2].max(c.x), b[3].max(c.y)]
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::Area;

    /// Two squares side by side; the right one has a hole.
    fn squares() -> Topology {
        let arcs = vec![
            vec![[0, 0], [0, 100_000]],                                     // shared, upwards
            vec![[0, 100_000], [-100_000, 100_000], [-100_000, 0], [0, 0]], // left rest
            vec![[0, 0], [100_000, 0], [100_000, 100_000], [0, 100_000]],   // right rest
            vec![[20_000, 20_000], [20_000, 40_000], [40_000, 40_000], [20_000, 20_000]], // hole
        ];
        let pieces = vec![vec![vec![0, 1]], vec![vec![2, !0], vec![3]]];
        let (a, p) = Topology::encode(&arcs, &pieces);
        Topology::decode(&a, &p).unwrap()
    }

    #[test]
    fn neighbours_share_a_line_and_lose_it_together() {
        let topology = squares();
        assert!((topology.area([0]).unsigned_area() - 1.0).abs() < 1e-9);
        assert!((topology.area([1]).unsigned_area() - 0.98).abs() < 1e-9);
        let both = topology.area([0, 1]);
        assert_eq!(both.0.len(), 1);
        assert_eq!(both.0[0].interiors().len(), 1);
        assert!((both.unsigned_area() - 1.98).abs() < 1e-9);
        assert_eq!(topology.sides(), [2, 1, 1, 1]);
    }

    #[test]
    fn arcs_chain_into_the_longest_lines() {
        let topology = squares();
        assert_eq!(topology.lines(&[1, 2]).len(), 1);
        assert_eq!(topology.lines(&[0, 1, 2]).len(), 3);
        assert_eq!(topology.lines(&[3])[0].0.len(), 4);
    }

    #[test]
    fn cut_bytes_are_noticed() {
        let (a, p) = Topology::encode(&[vec![[1, 2], [3, 4], [5, 6], [1, 2]]], &[vec![vec![0]]]);
        assert!(Topology::decode(&a[..a.len() - 1], &p).is_none());
        assert!(Topology::decode(&a, &p[..p.len() - 1]).is_none());
        let (_, beyond) = Topology::encode(&[], &[vec![vec![7]]]);
        assert!(Topology::decode(&a, &beyond).is_none());
    }
}
