//! Compass parts of countries and units, kept once cut: reports name the same ones again and again, and a cut
//! takes milliseconds.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use geo::MultiPolygon;

use super::{Compass, compass_part, kernel_point};
use crate::geometry::LonLat;

/// Parts kept at a time: some 100 kB each at most.
const LIMIT: usize = 500;

/// What has an outline: a country by its ISO 3166-1 code, or a unit by its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground<'a> {
    /// A country, in the worldview `un` and the coarse band.
    Country(&'a str),
    /// A first-level unit, in the fine band.
    Unit(&'a str),
}

/// A part of a country or unit.
#[derive(Debug, Clone, PartialEq)]
pub struct PartArea {
    /// Its ground.
    pub area: MultiPolygon<f64>,
    /// A point well inside; none for an empty part.
    pub kernel: Option<LonLat>,
}

/// The parts that were asked for. They depend on nothing but the packed files, so keeping them changes no result.
#[derive(Debug, Default)]
pub(super) struct Parts(Mutex<HashMap<(bool, String, Compass), Arc<PartArea>>>);

impl Parts {
    /// The part of this outline, cut now or before.
    pub(super) fn of(&self, ground: Ground<'_>, outline: &MultiPolygon<f64>, part: Compass) -> Arc<PartArea> {
        let key = match ground {
            Ground::Country(code) => (true, code.to_owned(), part),
            Ground::Unit(id) => (false, id.to_owned(), part),
        };
        let lock = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(kept) = lock().get(&key) {
            return Arc::clone(kept);
        }
        // Cut without the lock: two threads may cut the same part, and find the same.
        let area = compass_part(outline, part);
        let cut = Arc::new(PartArea { kernel: kernel_point(&area), area });
        let mut kept = lock();
        if kept.len() >= LIMIT {
            kept.clear();
        }
        kept.insert(key, Arc::clone(&cut));
        cut
    }
}
