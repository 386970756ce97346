//! Where a name of the base map may stand: points of a view, and at which of them there is ground or water enough.
//!
//! Both depend on the view and on the size of the name alone, so that they are kept with the base map. Whether the story
//! leaves room there is asked anew for each map.

use crate::kept::Kept;
use geo::Coord;
use std::fmt;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Sizes of a name whose answers are kept: it has another in each language.
const SIZES: usize = 8;

type Answers = Arc<[OnceLock<bool>]>;

/// Points where a name may stand, the best first.
pub(super) struct Spots {
    points: Vec<Coord<f64>>,
    answers: Mutex<Kept<[u64; 2], Answers>>,
}

impl fmt::Debug for Spots {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.points.fmt(f)
    }
}

impl Spots {
    /// Spots in this order.
    pub fn new(points: Vec<Coord<f64>>) -> Self {
        Spots { points, answers: Mutex::new(Kept::new(SIZES)) }
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = Coord<f64>> {
        self.points.iter().copied()
    }

    /// Those of the ones asked for around which a name of this width and height has what it needs. `fits` is asked once for
    /// each size: it must depend on nothing but the spot, the size and the view.
    pub fn fitting(
        &self,
        (width, height): (f64, f64),
        asked: impl Fn(&Coord<f64>) -> bool,
        fits: impl Fn(Coord<f64>) -> bool,
    ) -> impl Iterator<Item = Coord<f64>> {
        let none = || self.points.iter().map(|_| OnceLock::new()).collect();
        let size = [width.to_bits(), height.to_bits()];
        let answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner).get_or(&size, none);
        let asked = (0..self.points.len()).filter(move |i| asked(&self.points[*i]));
        asked.filter(move |i| *answers[*i].get_or_init(|| fits(self.points[*i]))).map(|i| self.points[i])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    #[test]
    fn a_spot_is_judged_once_for_each_size() {
        let spots = Spots::new((0..10).map(|x| Coord { x: f64::from(x), y: 0.0 }).collect());
        let judged = Cell::new(0);
        let found = |size: (f64, f64)| -> Vec<f64> {
            let fits = |c: Coord<f64>| {
                judged.set(judged.get() + 1);
                c.x + size.0 < 9.0
            };
            spots.fitting(size, |c| c.x > 2.0, fits).map(|c| c.x).collect()
        };
        assert_eq!(found((3.0, 1.0)), [3.0, 4.0, 5.0]);
        assert_eq!((found((3.0, 1.0)), judged.get()), (vec![3.0, 4.0, 5.0], 7));
        assert_eq!((found((5.0, 1.0)), judged.get()), (vec![3.0], 14));
        assert_eq!(spots.all().count(), 10);
    }
}
