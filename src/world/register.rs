//! What `assets/units.dl` says, each part decoded when first asked for and kept.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::de::DeserializeOwned;

use super::tables::rows::{BorderArc, CoarsePiece, DisputeRow};
use super::tables::{Band, Country, Unit, Worldview};
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
        let holds = |unit: &str, country: &str| match worldview {
            Worldview::Un => country == code,
            Worldview::Defacto => self.holder(unit).unwrap_or(country) == code,
        };
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

    /// Who holds a disputed unit, de facto.
    pub fn holder(&self, unit: &str) -> Option<&str> {
        let row = self.disputes().iter().find(|row| row.units.iter().any(|id| id == unit))?;
        Some(row.defacto.as_str())
    }

    fn json<T: DeserializeOwned>(&self, name: &str) -> T {
        serde_json::from_slice(&section(&self.file, name)).expect(VERIFIED)
    }
}
