//! What is known of countries, units, borders and disputes, beside their outlines.

use std::collections::BTreeMap;

use geo::{LineString, MultiPolygon};
use serde::{Deserialize, Serialize};

use crate::geometry::{Bbox, LonLat};

/// How much detail: each band holds the whole world.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Band {
    /// About 1:50 million: maps wider than some 20 degrees.
    Coarse,
    /// About 1:10 million: all there is.
    Fine,
}

impl Band {
    /// Its word in the packed files.
    pub(super) fn name(self) -> &'static str {
        match self {
            Band::Coarse => "coarse",
            Band::Fine => "fine",
        }
    }
}

/// A country or territory with a code of its own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Country {
    /// ISO 3166-1 alpha-2, `XK` for Kosovo, `XS` for the Spratly Islands.
    pub code: String,
    /// ISO 3166-1 alpha-3 where there is one.
    pub iso3: Option<String>,
    /// The English name that news reports use.
    pub name: String,
    /// Names by language tag; languages that use the English name are left out. `local` is the
    /// name in the country's own main language.
    pub names: BTreeMap<String, String>,
    /// What encloses all of it, `west > east` across 180 degrees.
    pub bbox: Bbox,
    /// Where its name goes.
    #[serde(with = "pair")]
    pub label: LonLat,
    /// How large its name should be: 1 the largest, 7 the smallest.
    pub rank: u8,
}

/// A first-level unit: a province, oblast, state.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Unit {
    /// ISO 3166-2, or `CC-X…` where there is none.
    pub id: String,
    /// The number of the same unit in GeoNames.
    pub geonames: Option<u32>,
    /// The code of its country in the worldview `un`.
    pub country: String,
    /// The English name, without its kind: "Kursk", "Primorsky Krai".
    pub name: String,
    /// Names by language tag, as for countries; `local` in the country's own spelling.
    pub names: BTreeMap<String, String>,
    /// What such a unit is called: "Oblast", "Province"; empty when not known.
    #[serde(rename = "kind")]
    pub kind_word: String,
    /// What encloses all of it, `west > east` across 180 degrees.
    pub bbox: Bbox,
    /// Where its name goes.
    #[serde(with = "pair")]
    pub label: LonLat,
    /// How large its name should be: 1 the largest.
    pub rank: u8,
}

impl Country {
    /// The name in this language (`ru`, `zh-Hant`), else in English.
    pub fn name_in(&self, language: &str) -> &str {
        name_in(&self.names, language).unwrap_or(&self.name)
    }
}

impl Unit {
    /// The name in this language (`ru`, `zh-Hant`), else in English.
    pub fn name_in(&self, language: &str) -> &str {
        name_in(&self.names, language).unwrap_or(&self.name)
    }
}

/// By the whole tag, else by its language alone.
fn name_in<'a>(names: &'a BTreeMap<String, String>, language: &str) -> Option<&'a str> {
    let primary = language.split('-').next().unwrap_or(language);
    names.get(language).or_else(|| names.get(primary)).map(String::as_str)
}

/// What a line between countries is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BorderClass {
    /// Agreed, or at least not contested.
    International,
    /// One side, or the status of one side, is contested.
    Disputed,
    /// A cease-fire line or line of control: it separates those who hold, not those who own.
    Control,
}

/// A stretch of border with one class between the same two sides.
#[derive(Debug, Clone, PartialEq)]
pub struct Border {
    /// What it is.
    pub class: BorderClass,
    /// The codes of the countries on its sides, in alphabetical order; the same code twice where a
    /// line of control runs through a country.
    pub sides: [String; 2],
    /// The line.
    pub line: LineString<f64>,
}

/// The line between two units of one country.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitBorder {
    /// The code of the country.
    pub country: String,
    /// The line.
    pub line: LineString<f64>,
}

/// An area that more than one side claims.
#[derive(Debug, Clone, PartialEq)]
pub struct Dispute {
    /// A short name for tables and tests: `crimea`.
    pub id: String,
    /// The English name.
    pub name: String,
    /// The units it consists of; empty where it is given by an outline of its own.
    pub units: Vec<String>,
    /// Its area in the coarse band; see `World::dispute_area` for the fine one.
    pub area: MultiPolygon<f64>,
    /// What encloses that area.
    pub bbox: Bbox,
    /// Who claims it: country codes.
    pub claimants: Vec<String>,
    /// Who holds it, where one side does.
    pub holder: Option<String>,
    /// Whose it is in the worldview `un`.
    pub un: String,
    /// Whose it is in the worldview `defacto`.
    pub defacto: String,
    /// How its outline towards the other claimants is drawn.
    pub line: Option<BorderClass>,
    /// Whether a map hatches it.
    pub hatch: bool,
    /// The sentence that a map with this area in its frame prints.
    pub note: String,
}

/// The rows of `assets/units.dl` as they are written and read.
pub mod rows {
    use super::{BTreeMap, Country, Deserialize, Serialize, Unit};

    /// A piece of the coarse band.
    #[derive(Debug, Clone, Serialize, Deserialize)]
    pub struct CoarsePiece {
        /// The country it belongs to.
        pub country: String,
        /// The units it covers.
        pub units: Vec<String>,
    }

    /// An arc with a piece on either side.
    #[derive(Debug, Clone, Serialize, Deserialize)]
    pub struct BorderArc {
        /// The number of the arc in its band.
        pub arc: usize,
        /// What it is in the worldview `un`.
        pub un: Line,
        /// What it is in the worldview `defacto`, where that differs.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub defacto: Option<Line>,
    }

    /// `international`, `disputed`, `control`, `unit` or `none`, and the countries on its sides.
    pub type Line = (String, String, String);

    /// A row of `geodata/tables/disputes.csv`, joined.
    #[derive(Debug, Clone, Serialize, Deserialize)]
    pub struct DisputeRow {
        /// See [`super::Dispute`], here and below.
        pub id: String,
        #[allow(missing_docs)]
        pub name: String,
        #[allow(missing_docs)]
        pub units: Vec<String>,
        /// An outline of its own: polygons of rings of positions.
        pub polygon: Option<Vec<Vec<Vec<[f64; 2]>>>>,
        /// Where that outline runs inside a country.
        #[serde(default)]
        pub outline: Vec<Vec<[f64; 2]>>,
        #[allow(missing_docs)]
        pub claimants: Vec<String>,
        #[allow(missing_docs)]
        pub holder: Option<String>,
        #[allow(missing_docs)]
        pub un: String,
        #[allow(missing_docs)]
        pub defacto: String,
        /// Whose it is in the view of a country that does not claim it itself, where that differs from `un`.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        pub views: BTreeMap<String, String>,
        /// `control`, `disputed` or `none`.
        pub line: String,
        #[allow(missing_docs)]
        pub hatch: bool,
        #[allow(missing_docs)]
        pub note: String,
    }

    /// Everything that `geodata/build/tables.json` holds.
    #[derive(Debug, Serialize, Deserialize)]
    pub struct Tables {
        /// Sorted by code.
        pub countries: Vec<Country>,
        /// In the order of the fine pieces.
        pub units: Vec<Unit>,
        /// In the order of the coarse pieces.
        pub coarse: Vec<CoarsePiece>,
        /// By band: `coarse`, `fine`.
        pub borders: BTreeMap<String, Vec<BorderArc>>,
        /// In the order of the table.
        pub disputes: Vec<DisputeRow>,
    }
}

/// A position as `[lon, lat]`.
mod pair {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::geometry::LonLat;

    pub fn serialize<S: Serializer>(p: &LonLat, serializer: S) -> Result<S::Ok, S::Error> {
        [p.lon, p.lat].serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<LonLat, D::Error> {
        <[f64; 2]>::deserialize(deserializer).map(|[lon, lat]| LonLat { lon, lat })
    }
}
