//! Layers: a story as typed map layers, and those as GeoJSON (RFC 7946).
//!
//! A story and the world in; out come movements (one feature for each pair of ends), places, areas,
//! statements and notes, in reading order. What has no position stays in, without a geometry.

mod areas;
mod build;
mod geojson;
mod landfall;

pub use areas::area_of;
pub use build::from_story;
pub use geojson::{feature_of_movement, to_geojson};

use crate::geometry::LonLat;
use crate::mentions::{Quantity, When};
use crate::movements::{Class, Mode, Stance, Status};
use crate::packed::PackedError;
use crate::places::{PlaceKind, Precision};
use crate::routes::Route;
use crate::story::Story;
use crate::world::World;
use geo::MultiPolygon;

/// A story as a GeoJSON feature collection.
///
/// # Errors
/// The world that is compiled in is damaged.
pub fn collection(story: &Story) -> Result<::geojson::FeatureCollection, PackedError> {
    Ok(to_geojson(&from_story(story, World::embedded()?)))
}

/// A story as typed map layers.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Layers {
    /// Movements, one feature for each origin and destination.
    pub movements: Vec<MovementFeature>,
    /// Places.
    pub places: Vec<PlaceFeature>,
    /// Areas that are ends of movements.
    pub areas: Vec<AreaFeature>,
    /// Where statements were made.
    pub statements: Vec<StatementFeature>,
    /// What a reader of the map should know.
    pub notes: Vec<NoteFeature>,
}

/// The words that a feature leads back to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Source {
    /// Who says so.
    pub speaker: Option<String>,
    /// Through which outlet.
    pub outlet: Option<String>,
    /// The words.
    pub quote: Option<String>,
    /// The report: its letter in the story.
    pub report: Option<String>,
    /// First offset of the quote, in Unicode code points.
    pub char_start: Option<usize>,
    /// One past the last offset, in code points.
    pub char_end: Option<usize>,
    /// The claims it rests on.
    pub claim_ids: Vec<String>,
}

/// One end of a movement.
#[derive(Debug, Clone, PartialEq)]
pub struct End {
    /// The place's id.
    pub place: String,
    /// Its name for a reader.
    pub name: String,
    /// Where it is drawn: its own point, or that of the area that contains it.
    pub position: Option<LonLat>,
    /// The area it is drawn as, where it is not a point.
    pub area: Option<String>,
    /// How exactly it is meant.
    pub precision: Precision,
    /// Its radius or the like, where known.
    pub radius_km: Option<f64>,
    /// Only the context gives it.
    pub inferred: bool,
}

/// Why a movement is listed in words and not drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listed {
    /// Its legs or batches are drawn.
    Whole,
    /// It names only whole countries in which a finer telling of the same movers is drawn: an arrow to the
    /// middle of the country would say less, and look like more.
    Coarse,
}

impl Listed {
    /// The word for it in GeoJSON.
    pub fn word(self) -> &'static str {
        match self {
            Listed::Whole => "whole",
            Listed::Coarse => "coarse",
        }
    }
}

/// A movement between two ends.
#[derive(Debug, Clone, PartialEq)]
pub struct MovementFeature {
    /// `a.mv3`, or `a.mv3#1` where the movement has several pairs of ends.
    pub id: String,
    /// The movement.
    pub movement: String,
    /// The coarser movement it is a leg of.
    pub part_of: Option<String>,
    /// Which pair of its ends, from 1.
    pub pair: u32,
    /// Whether the ends are alternatives ("or").
    pub alternative: bool,
    /// Which journey.
    pub journey: u32,
    /// Its place in the journey.
    pub step: u32,
    /// The number on its badge: its rank among the steps of the story that are drawn.
    pub badge: u32,
    /// Who moves: an index into the peoples that the story names as moving, in order of first mention; 3 where it names
    /// two or more, but none here; 0 everywhere where it names none or one.
    pub actor: usize,
    /// Who or what moves, in the report's words.
    pub who: Option<String>,
    /// What the words say of its reality.
    pub status: Status,
    /// How it is drawn.
    pub class: Class,
    /// Asserted by one and denied by another.
    pub contested: bool,
    /// By what means.
    pub mode: Mode,
    /// Where from.
    pub from: Option<End>,
    /// Where to.
    pub to: Option<End>,
    /// Whether it is only said to head toward its destination.
    pub toward: bool,
    /// How many.
    pub quantity: Option<Quantity>,
    /// When.
    pub when: Option<When>,
    /// The way it is drawn.
    pub route: Option<Route>,
    /// Background to the affair: off by default.
    pub background: bool,
    /// Why it is listed in words and not drawn, if it is.
    pub listed: Option<Listed>,
    /// The words.
    pub source: Source,
}

impl MovementFeature {
    /// Whether an arrow is drawn for it: two positions apart, asserted by someone, not background.
    pub fn is_drawn(&self) -> bool {
        self.route.is_some() && self.is_on_map()
    }

    /// Whether the map shows it, as an arrow or as a mark at its one end.
    pub fn is_on_map(&self) -> bool {
        self.is_asserted() && !self.background && self.listed.is_none()
    }

    /// Whether it is told on the map at all: asserted by someone and not background.
    pub fn is_asserted(&self) -> bool {
        self.class != Class::Denied
    }

    /// The route of a ship over water; none where it goes by other means or no way by sea is known.
    pub fn sea_route(&self) -> Option<&Route> {
        self.route.as_ref().filter(|route| self.mode == Mode::Sea && route.method.starts_with("sea"))
    }

    /// Whether an end of it is only inferred.
    pub fn is_inferred(&self) -> bool {
        self.from.as_ref().is_some_and(|e| e.inferred) || self.to.as_ref().is_some_and(|e| e.inferred)
    }
}

/// A place of the story.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceFeature {
    /// The place's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: PlaceKind,
    /// Where it is; none where unplaced.
    pub position: Option<LonLat>,
    /// How exactly.
    pub precision: Precision,
    /// Radius within which it lies.
    pub radius_km: Option<f64>,
    /// ISO code of its country.
    pub country: Option<String>,
    /// The gazetteer's key.
    pub entry: Option<String>,
    /// Whether it is the capital of a country or territory.
    pub capital: bool,
    /// How many there are.
    pub count: Option<u32>,
    /// The place that contains it.
    pub within: Option<String>,
    /// Whether a movement that is drawn begins or ends there.
    pub is_end: bool,
    /// The words of its first mention.
    pub source: Source,
}

/// An area that a movement begins or ends in.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaFeature {
    /// The place's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: PlaceKind,
    /// Without fixed edges: hatched, not outlined.
    pub vague: bool,
    /// Its ground, where the world knows it.
    pub ground: Option<MultiPolygon<f64>>,
    /// The point that arrows aim at.
    pub kernel: Option<LonLat>,
    /// How many unplaced things lie in it ("three sites"), and their name.
    pub unplaced: Vec<(u32, String)>,
    /// The class of the movement that uses it.
    pub class: Class,
    /// The actor of that movement.
    pub actor: usize,
    /// The words of its first mention.
    pub source: Source,
}

/// A statement and where it was made.
#[derive(Debug, Clone, PartialEq)]
pub struct StatementFeature {
    /// The claim's id.
    pub id: String,
    /// Where it was made.
    pub place: String,
    /// The place's name.
    pub name: String,
    /// Its position.
    pub position: Option<LonLat>,
    /// What the speaker does with the claim.
    pub stance: Stance,
    /// The movement it is about.
    pub about: Option<String>,
    /// The words.
    pub source: Source,
}

/// Something a reader of the map should know; it has no place of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteFeature {
    /// A stable id: `note-worldview`, `note-dispute-crimea`.
    pub id: String,
    /// What it is about.
    pub title: String,
    /// One or two sentences.
    pub text: String,
}

#[cfg(test)]
mod tests;
