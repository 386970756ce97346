//! Mentions: spans that name something.
//!
//! A report and its trees in; out come toponyms, demonyms and actor uses, quantities and dates,
//! each with the words it came from.

pub mod clues;
pub mod dates;
pub mod names;
pub mod quantities;
mod words;

pub use words::{number_of_word, tens_of_word};

use crate::report::Span;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A place name in the text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    /// `m1`, `m2`, … in text order.
    pub id: String,
    /// Where it stands.
    #[serde(flatten)]
    pub span: Span,
    /// Its words: `text[span]`.
    pub text: String,
    /// What the name does here.
    pub kind: MentionKind,
    /// The place it means, if it means one.
    pub place: Option<String>,
    /// Why it was taken so, in words a desk editor reads.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<String>,
}

/// What a place name does in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MentionKind {
    /// It names ground.
    Toponym,
    /// A people or an adjective: "Syrian".
    Demonym,
    /// It stands for a government or people ("Moscow said"): never an end of a movement, never drawn.
    Actor,
}

/// A number of something, with its bounds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Quantity {
    /// Lower bound, if there is one.
    #[serde(serialize_with = "whole")]
    pub min: Option<f64>,
    /// Upper bound, if there is one.
    #[serde(serialize_with = "whole")]
    pub max: Option<f64>,
    /// "about", "some", "hundreds".
    pub approx: bool,
    /// What is counted, as in the text.
    pub unit: Option<String>,
    /// Its words: `text[span]`.
    pub text: String,
    /// Where it stands.
    #[serde(flatten)]
    pub span: Span,
}

/// A time expression with its earliest and latest day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct When {
    /// Its words: `text[span]`.
    pub text: String,
    /// Where it stands.
    #[serde(flatten)]
    pub span: Span,
    /// First possible day.
    pub earliest: Option<Date>,
    /// Last possible day.
    pub latest: Option<Date>,
    /// "early-to-mid October": the ends are soft.
    pub approx: bool,
    /// Whether the year, or the anchor, was inferred.
    pub inferred: bool,
}

/// Whole numbers are written without a fraction.
fn whole<S: serde::Serializer>(number: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
    match number {
        Some(n) if n.fract() == 0.0 && n.abs() < 9e15 => serializer.serialize_some(&(*n as i64)),
        other => other.serialize(serializer),
    }
}
