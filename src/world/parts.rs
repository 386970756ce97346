//! Compass parts of grounds, and what lies beside them, kept once cut: reports name the same ones again and
//! again, and a cut takes milliseconds.

use std::borrow::Cow;
use std::sync::{Arc, Mutex, PoisonError};

use geo::MultiPolygon;

use crate::geometry::{Bbox, LonLat};
use crate::kept::Kept;

/// Areas kept at a time: some 100 kB each at most.
const LIMIT: usize = 500;

/// What has ground.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Ground<'a> {
    /// A country by its ISO 3166-1 code, in the worldview `un` and the coarse band.
    Country(&'a str),
    /// A first-level unit by its id, in the fine band.
    Unit(&'a str),
    /// A region made up of units (ISO 3166-2) and countries (ISO 3166-1).
    Units(&'a [String]),
    /// The land within a ring that is not closed.
    Ring(&'a [LonLat]),
    /// The land within a box, of one country where one is given.
    Box(Bbox, Option<&'a str>),
    /// The islands that have their middle in a box.
    Islands(Bbox),
    /// The lake or inland sea around a position.
    Lake(LonLat),
    /// A point with its surroundings: radius in kilometres, and the country that it lies in.
    Disc(LonLat, f64, Option<&'a str>),
}

/// An area that was cut.
#[derive(Debug, Clone, PartialEq)]
pub struct PartArea {
    /// Its ground, within ±180 degrees.
    pub area: MultiPolygon<f64>,
    /// The point that stands for it; none for an empty area.
    pub kernel: Option<LonLat>,
    /// How far from the point it goes, in kilometres.
    pub reach_km: f64,
}

impl PartArea {
    /// An area with its point, and how far it goes from there.
    pub(super) fn around(kernel: Option<LonLat>, area: MultiPolygon<f64>) -> Self {
        let points = area.0.iter().flat_map(|part| &part.exterior().0);
        let reach = |from: LonLat| {
            points.map(|c| crate::geometry::geodesic::distance_km(from, (*c).into())).fold(0.0, f64::max)
        };
        PartArea { reach_km: kernel.map_or(0.0, reach), kernel, area }
    }
}

/// The outline of a ground: borrowed where the world has it as it is.
pub(super) type Outline<'a> = Cow<'a, MultiPolygon<f64>>;

/// The areas that were asked for. They depend on nothing but the packed files and the key, so keeping them changes
/// no result.
#[derive(Debug)]
pub(super) struct Parts(Mutex<Kept<String, Option<Arc<PartArea>>>>);

impl Default for Parts {
    fn default() -> Self {
        Parts(Mutex::new(Kept::new(LIMIT)))
    }
}

impl Parts {
    /// The area of this key, cut now or before.
    pub(super) fn of(&self, key: String, cut: impl FnOnce() -> Option<PartArea>) -> Option<Arc<PartArea>> {
        let lock = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(kept) = lock().get(&key) {
            return kept;
        }
        // Cut without the lock: two threads may cut the same part, and find the same.
        let cut = cut().map(Arc::new);
        lock().insert(key, cut.clone(), 1);
        cut
    }
}
