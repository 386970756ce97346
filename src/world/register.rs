//! What `assets/units.dl` says, each part decoded when first asked for and kept.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use serde::de::DeserializeOwned;

use super::tables::rows::{BorderArc, CoarsePiece, DisputeRow};
use super::tables::{Band, Country, Unit};
use super::worldview::Worldview;
use super::{VERIFIED, section};
use crate::packed::Packed;

#[derive(Debug)]
pub(super) struct Register {
    file: Packed<'static>,
    countries: OnceLock<Vec<Country>>,
    units: OnceLock<Units>,
    coarse: OnceLock<Vec<CoarsePiece>>,
    borders: [OnceLock<Vec<BorderArc>>; 2],
    disputes: OnceLock<Vec<DisputeRow>>,
    views: OnceLock<Vec<Worldview>>,
}

/// Units in the order of the fine pieces, with their two indexes.
#[derive(Debug)]
pub(super) struct Units {
    pub rows: Vec<Unit>,
    pub by_id: BTreeMap<String, usize>,
    pub by_geonames: BTreeMap<u32, usize>,
}

impl Register {
    pub fn new(file: Packed<'static>) -> Self {
        Register {
            file,
            countries: OnceLock::new(),
            units: OnceLock::new(),
            coarse: OnceLock::new(),
            borders: Default::default(),
            disputes: OnceLock::new(),
            views: OnceLock::new(),
        }
    }

    pub fn file(&self) -> &Packed<'static> {
        &self.file
    }

    pub fn countries(&self) -> &[Country] {
        self.countries.get_or_init(|| self.json("countries"))
    }

    pub fn country_index(&self, code: &str) -> Option<usize> {
        self.countries().binary_search_by(|country| country.code.as_str().cmp(code)).ok()
    }

    pub fn units(&self) -> &Units {
        self.units.get_or_init(|| {
            let rows: Vec<Unit> = self.json("units");
            Units {
                by_id: rows.iter().enumerate().map(|(at, unit)| (unit.id.clone(), at)).collect(),
                by_geonames: rows.iter().enumerate().filter_map(|(at, u)| Some((u.geonames?, at))).collect(),
                rows,
            }
        })
    }

    pub fn coarse(&self) -> &[CoarsePiece] {
        self.coarse.get_or_init(|| self.json("coarse"))
    }

    pub fn borders(&self, band: Band) -> &[BorderArc] {
        self.borders[band as usize].get_or_init(|| self.json(&format!("borders/{}", band.name())))
    }

    pub fn disputes(&self) -> &[DisputeRow] {
        self.disputes.get_or_init(|| self.json("disputes"))
    }

    /// The pieces that are a country's in a worldview.
    pub fn pieces(&self, code: &str, band: Band, worldview: Worldview) -> Vec<usize> {
        let changes = self.changes(worldview);
        let holds = |unit: &str, country: &str| *changes.get(unit).unwrap_or(&country) == code;
        match band {
            Band::Coarse => {
                let pieces = self.coarse().iter().enumerate();
                pieces.filter(|(_, piece)| holds(&piece.units[0], &piece.country)).map(|(at, _)| at).collect()
            }
            Band::Fine => {
                let units = self.units().rows.iter().enumerate();
                units.filter(|(_, unit)| holds(&unit.id, &unit.country)).map(|(at, _)| at).collect()
            }
        }
    }

    /// The first unit of a piece, and its country in the worldview `un`.
    pub fn piece(&self, at: usize, band: Band) -> (&str, &str) {
        match band {
            Band::Coarse => (&self.coarse()[at].units[0], &self.coarse()[at].country),
            Band::Fine => (&self.units().rows[at].id, &self.units().rows[at].country),
        }
    }

    /// The units that are not whose they are in the worldview `un`, with whose they are.
    pub fn changes(&self, worldview: Worldview) -> BTreeMap<&str, &str> {
        let mut changes = BTreeMap::new();
        for row in self.disputes() {
            let owner = self.owner(row, worldview);
            if owner != row.un {
                row.units.iter().for_each(|unit| _ = changes.entry(unit.as_str()).or_insert(owner));
            }
        }
        changes
    }

    /// The rows with an outline of their own that are not whose they are in the worldview `un`.
    pub fn cut(&self, worldview: Worldview) -> impl Iterator<Item = (&DisputeRow, &str)> {
        let rows = self.disputes().iter().filter(|row| row.units.is_empty() && row.polygon.is_some());
        rows.map(move |row| (row, self.owner(row, worldview))).filter(|(row, owner)| *owner != row.un)
    }

    /// Whose a disputed area is, as a country there is.
    pub fn owner<'r>(&'r self, row: &'r DisputeRow, worldview: Worldview) -> &'r str {
        let at = self.country_index(worldview.owner(row));
        at.map_or(row.un.as_str(), |at| self.countries()[at].code.as_str())
    }

    /// The countries with a view of their own: those that claim what is another's in the worldview `un`, and those
    /// that see another's claim so.
    pub fn views(&self) -> &[Worldview] {
        self.views.get_or_init(|| {
            let named = self.disputes().iter().flat_map(|row| {
                let claims = row.claimants.iter().filter(|claimant| **claimant != row.un);
                claims.chain(row.views.keys()).chain([&row.un])
            });
            let codes = named.filter(|code| self.country_index(code).is_some());
            let views: BTreeSet<Worldview> = codes.filter_map(|code| Worldview::named(code)).collect();
            [Worldview::Un, Worldview::Defacto].into_iter().chain(views).collect()
        })
    }

    fn json<T: DeserializeOwned>(&self, name: &str) -> T {
        serde_json::from_slice(&section(&self.file, name)).expect(VERIFIED)
    }
}
