//! Names for the base map: towns and seas of the gazetteer, the most prominent first.

use crate::gazetteer::{EntryId, Gazetteer, Kind};
use crate::geometry::{Bbox, LonLat};
use std::sync::OnceLock;

/// A name with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedPoint {
    /// The usual English name.
    pub name: String,
    /// Where it is.
    pub position: LonLat,
    /// How prominent, the more the better known.
    pub prominence: u16,
    /// Whether it is a capital of a country.
    pub capital: bool,
    /// Its extent, where it is a sea.
    pub bbox: Option<Bbox>,
}

/// How prominent a town must be to be named on any base map.
const LEAST: u16 = 84;

/// Towns, the most prominent first; none when the gazetteer is damaged.
pub fn cities() -> &'static [NamedPoint] {
    static CITIES: OnceLock<Vec<NamedPoint>> = OnceLock::new();
    CITIES.get_or_init(|| of_kind(&[Kind::City], LEAST))
}

/// Seas, gulfs and straits, the most prominent first.
pub fn seas() -> &'static [NamedPoint] {
    static SEAS: OnceLock<Vec<NamedPoint>> = OnceLock::new();
    SEAS.get_or_init(|| of_kind(&[Kind::Sea], 0))
}

fn of_kind(kinds: &[Kind], least: u16) -> Vec<NamedPoint> {
    let Ok(gazetteer) = Gazetteer::embedded() else { return Vec::new() };
    let ids = (0..gazetteer.len() as u32).map(EntryId);
    let mut entries: Vec<(u16, EntryId)> = ids
        .filter(|id| kinds.contains(&gazetteer.kind(*id)))
        .map(|id| (gazetteer.prominence(id), id))
        .filter(|(prominence, _)| *prominence >= least)
        .collect();
    entries.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let named = |(prominence, id): (u16, EntryId)| {
        let entry = gazetteer.entry(id);
        NamedPoint {
            name: entry.name.to_owned(),
            position: entry.position,
            prominence,
            capital: entry.feature == "PPLC",
            bbox: entry.bbox,
        }
    };
    entries.into_iter().map(named).collect()
}
