//! Canals and straits that a route can be told not to take.

use super::RouteError;
use crate::geometry::{Bbox, LonLat};

/// A canal or strait: its name and a box that every way through it crosses.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Passage {
    /// What `--avoid` calls it.
    pub name: &'static str,
    /// `[west, south, east, north]`, from general knowledge.
    bbox: [f64; 4],
}

/// The passages known, in alphabetical order.
pub const PASSAGES: &[Passage] = &[
    Passage { name: "bab-el-mandeb", bbox: [42.9, 12.2, 43.7, 13.0] },
    Passage { name: "bering", bbox: [-171.0, 65.3, -167.0, 66.5] },
    Passage { name: "bosporus", bbox: [28.9, 41.0, 29.25, 41.3] },
    Passage { name: "corinth", bbox: [22.9, 37.85, 23.1, 38.0] },
    Passage { name: "dardanelles", bbox: [26.1, 39.95, 26.75, 40.5] },
    Passage { name: "dover", bbox: [1.1, 50.8, 1.9, 51.2] },
    Passage { name: "gibraltar", bbox: [-5.8, 35.7, -5.2, 36.25] },
    Passage { name: "hormuz", bbox: [56.0, 25.9, 56.9, 27.2] },
    Passage { name: "kerch", bbox: [36.3, 45.0, 36.8, 45.5] },
    Passage { name: "kiel", bbox: [9.1, 53.85, 10.2, 54.45] },
    Passage { name: "magellan", bbox: [-74.8, -54.2, -68.3, -52.3] },
    Passage { name: "malacca", bbox: [99.5, 1.0, 104.0, 5.0] },
    Passage { name: "northern-sea-route", bbox: [120.0, 70.0, 121.0, 90.0] },
    Passage { name: "northwest-passage", bbox: [-121.0, 68.5, -120.0, 90.0] },
    Passage { name: "oresund", bbox: [12.4, 55.3, 13.1, 56.2] },
    Passage { name: "panama", bbox: [-80.1, 8.8, -79.4, 9.5] },
    Passage { name: "suez", bbox: [32.2, 29.8, 32.8, 31.4] },
    Passage { name: "sunda", bbox: [105.0, -6.8, 106.1, -5.6] },
    Passage { name: "taiwan", bbox: [117.5, 23.3, 120.8, 25.5] },
];

/// Where there is ice for most of the year: along the north of Siberia, and along that of Canada with
/// the pole's other side. What is not worth its ice is not taken.
pub(super) const ICE: [&str; 2] = ["northern-sea-route", "northwest-passage"];

impl Passage {
    /// Whether a position lies in it.
    pub fn holds(&self, position: LonLat) -> bool {
        Bbox::from(self.bbox).contains(position)
    }

    /// Whether the straight line between two positions goes through it, the short way round.
    pub fn is_crossed(&self, a: LonLat, b: LonLat) -> bool {
        let [_, south, _, north] = self.bbox;
        let (low, high) = (a.lat.min(b.lat), a.lat.max(b.lat));
        if high < south || north < low {
            return false;
        }
        let east = b.lon - a.lon - 360.0 * ((b.lon - a.lon) / 360.0).round();
        let steps = (east.abs().max(high - low) / 0.05).ceil().max(1.0);
        (0..=steps as usize).any(|step| {
            let share = step as f64 / steps;
            let lon = (a.lon + east * share + 540.0).rem_euclid(360.0) - 180.0;
            self.holds(LonLat::new(lon, a.lat + (b.lat - a.lat) * share))
        })
    }
}

/// What is not to be taken.
#[derive(Debug, Clone, Default)]
pub(super) struct Avoid {
    passages: Vec<&'static Passage>,
}

/// The passages of these names.
pub(super) fn named(names: &[String]) -> Result<Avoid, RouteError> {
    let mut avoid = Avoid::default();
    for name in names {
        let asked = name.trim().to_lowercase().replace(' ', "-");
        let known = PASSAGES.iter().find(|passage| passage.name == asked);
        avoid.passages.push(known.ok_or_else(|| RouteError::Passage {
            found: name.clone(),
            known: PASSAGES.iter().map(|passage| passage.name).collect::<Vec<_>>().join(", "),
        })?);
    }
    Ok(avoid)
}

impl Avoid {
    /// These, and what is under ice.
    pub(super) fn and_ice(&self) -> Self {
        let ice = PASSAGES.iter().filter(|passage| ICE.contains(&passage.name));
        Avoid { passages: self.passages.iter().copied().chain(ice).collect() }
    }

    /// What the passages are called.
    pub(super) fn names(&self) -> Vec<&'static str> {
        self.passages.iter().map(|passage| passage.name).collect()
    }

    /// Whether everything may be taken.
    pub(super) fn is_empty(&self) -> bool {
        self.passages.is_empty()
    }

    /// Whether a position lies in a passage that is not to be taken.
    pub(super) fn bars(&self, position: LonLat) -> bool {
        self.passages.iter().any(|passage| passage.holds(position))
    }

    /// Whether the straight line between two positions goes through one.
    pub(super) fn bars_line(&self, a: LonLat, b: LonLat) -> bool {
        self.passages.iter().any(|passage| passage.is_crossed(a, b))
    }
}
