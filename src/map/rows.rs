//! Rings with their edges sorted into rows: whether a point lies inside is asked of one row's edges, not of all.

use super::ground;
use geo::Coord;

/// Height of a row, px.
const STEP: f64 = 4.0;
/// Most rows: what is taller has taller rows.
const MOST: f64 = 2_000.0;

/// Rings, even-odd, sorted for questions.
pub struct Rows {
    top: f64,
    step: f64,
    /// Where the edges of each row begin in `edges`, and where the last end.
    begins: Vec<usize>,
    edges: Vec<[Coord<f64>; 2]>,
}

impl Rows {
    /// Sorts the edges of rings.
    pub fn new(rings: &[Vec<Coord<f64>>]) -> Self {
        let all = || rings.iter().flatten().map(|c| c.y).filter(|y| y.is_finite());
        let (top, bottom) = (all().fold(f64::MAX, f64::min), all().fold(f64::MIN, f64::max));
        if top > bottom {
            return Rows { top: 0.0, step: STEP, begins: vec![0], edges: Vec::new() };
        }
        let step = STEP.max((bottom - top) / MOST);
        let count = ((bottom - top) / step) as usize + 1;
        // an edge stands in every row that it touches; level ones are never asked for
        let touched = |a: Coord<f64>, b: Coord<f64>| {
            let row = |y: f64| (((y - top) / step) as usize).min(count - 1);
            if a.y == b.y { 0..0 } else { row(a.y.min(b.y))..row(a.y.max(b.y)) + 1 }
        };
        fn edges_of(ring: &[Coord<f64>]) -> impl Iterator<Item = [Coord<f64>; 2]> {
            (0..ring.len()).map(move |i| [ring[i], ring[(i + 1) % ring.len()]])
        }
        let mut begins = vec![0; count + 1];
        for [a, b] in rings.iter().flat_map(|ring| edges_of(ring)) {
            touched(a, b).for_each(|row| begins[row + 1] += 1);
        }
        for row in 0..count {
            begins[row + 1] += begins[row];
        }
        let mut next = begins.clone();
        let mut edges = vec![[Coord { x: 0.0, y: 0.0 }; 2]; begins[count]];
        for edge in rings.iter().flat_map(|ring| edges_of(ring)) {
            for row in touched(edge[0], edge[1]) {
                edges[next[row]] = edge;
                next[row] += 1;
            }
        }
        Rows { top, step, begins, edges }
    }

    /// Whether a point lies in the rings, even-odd: the same as [`ground::inside`].
    pub fn inside(&self, at: Coord<f64>) -> bool {
        let row = (at.y - self.top) / self.step;
        if !(0.0..(self.begins.len() - 1) as f64).contains(&row) {
            return false;
        }
        let row = row as usize;
        let edges = &self.edges[self.begins[row]..self.begins[row + 1]];
        edges.iter().filter(|[a, b]| ground::crosses(*a, *b, at)).count() % 2 == 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_answer_is_that_of_all_edges(
            points in prop::collection::vec((0.0..100.0f64, -30.0..60.0f64), 0..40),
            asked in prop::collection::vec((-10.0..110.0f64, -40.0..70.0f64), 40),
        ) {
            let ring: Vec<Coord<f64>> = points.into_iter().map(|(x, y)| Coord { x, y }).collect();
            let rings = [ring, vec![Coord { x: 1.0, y: 1.0 }, Coord { x: 50.0, y: 1.0 }, Coord { x: 30.0, y: 9.0 }]];
            let rows = Rows::new(&rings);
            for (x, y) in asked {
                prop_assert_eq!(rows.inside(Coord { x, y }), ground::inside(&rings, Coord { x, y }));
            }
        }
    }

    #[test]
    fn nothing_is_inside_of_nothing() {
        assert!(!Rows::new(&[]).inside(Coord { x: 0.0, y: 0.0 }));
    }
}
