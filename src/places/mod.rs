//! Places: what this report means by each of its toponyms.
//!
//! Mentions in, resolved places out: for each name the candidates of the gazetteer, scored, with
//! the reasons for the choice and the rivals that lost; compass parts and vague areas computed from
//! their parents; what has no position is kept and says so.

mod areas;
mod candidates;
mod choice;
mod phrases;
mod place;
mod resolve;

pub use areas::{area_of, outline_of};
pub use resolve::{ResolveOptions, Resolved, lessons, resolve};

use crate::geometry::Bbox;
use serde::{Deserialize, Serialize};

/// What this report means by a toponym.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// `p1`, `p2`, … in order of first mention.
    pub id: String,
    /// Usual English name, or the report's words where it has none.
    pub name: String,
    /// What kind of place.
    pub kind: PlaceKind,
    /// Longitude of its point; none where unplaced.
    pub lon: Option<f64>,
    /// Latitude of its point; none where unplaced.
    pub lat: Option<f64>,
    /// ISO 3166-1 alpha-2 code; none for seas and areas over several countries.
    pub country: Option<String>,
    /// How exactly the point is meant.
    pub precision: Precision,
    /// Radius in kilometres within which the place lies.
    pub radius_km: Option<f64>,
    /// Extent.
    pub bbox: Option<Bbox>,
    /// The gazetteer's key, where it is an entry: `gn:1871859`.
    pub entry: Option<String>,
    /// The place that contains it, where the report names that too.
    pub within: Option<String>,
    /// How many there are ("three sites"), where more than one.
    pub count: Option<u32>,
    /// For a compass part: which part of `within` it is ("east", "far east", "central", …).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// For somewhere beside other places, and not in them: how, and beside which.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub beside: Option<Beside>,
    /// How sure the choice is, 0 to 1.
    pub score: f64,
    /// Why this one, in words a desk editor reads.
    pub reasons: Vec<String>,
    /// What it might have been instead, best first.
    pub rivals: Vec<Rival>,
}

/// How a place stands to others that it lies beside: "12 miles north of Aleppo".
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Beside {
    /// The words: "near", "off the coast of", "off the western coast", "north-east of", "border".
    pub how: String,
    /// The gazetteer's keys of what it lies beside: one, or the two sides of a border.
    pub of: Vec<String>,
    /// How far off the words say it is, in kilometres.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub km: Option<f64>,
}

/// An entry that lost.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rival {
    /// The gazetteer's key.
    pub entry: String,
    /// Its name with what contains it: "Rome, Georgia, US".
    pub name: String,
    /// Longitude.
    pub lon: f64,
    /// Latitude.
    pub lat: f64,
    /// Its score beside the winner's.
    pub score: f64,
}

/// What kind of place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PlaceKind {
    /// A populated place.
    City,
    /// A unit of a country, or an area that reports name.
    Region,
    /// A country.
    Country,
    /// A compass part of something: "eastern Ukraine".
    Part,
    /// A sea, strait, lake or river.
    Water,
    /// An island.
    Island,
    /// A military base.
    Base,
    /// An airport, embassy, plant, camp.
    Building,
    /// Anything else.
    Other,
}

/// How exactly a place's point is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// A site.
    Point,
    /// A town or city.
    Locality,
    /// A unit or named area.
    Region,
    /// A country.
    Country,
    /// An area without fixed edges.
    Vague,
    /// Known to exist, position not known: never pinned.
    Unplaced,
}
