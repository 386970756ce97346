//! Movements: who or what moved, how many, from where, to where, how, when, who says so, how surely.
//!
//! Trees, mentions and places in; movements and the claims made about them out. Triggers come from a
//! lexicon of verb classes after VerbNet (Levin 9–13, 51); arguments from the tree with a surface
//! rule behind it; certainty is composed from the top of the tree down, per speaker, after FactBank.

mod amounts;
mod anaphora;
mod attribution;
mod certainty;
mod claims;
mod doc;
mod draft;
mod ends;
mod find;
mod journeys;
mod legs;
mod lexicon;
mod means;
mod merge;
mod nouns;
mod present;
mod refusals;
mod strengths;
mod theme;
mod times;
mod triggers;

pub use find::{Context, Found, find};
pub use lexicon::Lexicon;
pub use present::read_again;

use crate::mentions::{Quantity, When};
use crate::report::Span;
use serde::{Deserialize, Serialize};

/// Something that moved, will, might, or is said not to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Movement {
    /// `mv1`, `mv2`, … in text order.
    pub id: String,
    /// Which journey: movements that follow one another share it.
    pub journey: u32,
    /// Its place in the journey, from 1.
    pub step: u32,
    /// The coarser movement it is a leg or a batch of.
    pub part_of: Option<String>,
    /// Who or what moves.
    pub who: Option<Who>,
    /// How many: the leading claim's figure; rivals stand in claims.
    pub quantity: Option<Quantity>,
    /// Where from, as the words give it.
    pub origin: Vec<String>,
    /// Where to, as the words give it.
    pub destination: Vec<String>,
    /// Whether several ends are alternatives ("or") rather than all meant.
    pub alternatives: bool,
    /// Stops and passages, in order.
    pub via: Vec<String>,
    /// Whether it is only said to head toward its destination.
    pub toward: bool,
    /// Where from, as only the context gives it: drawn thinner and said, never counted as stated.
    pub origin_inferred: Vec<String>,
    /// Where to, as only the context gives it.
    pub destination_inferred: Vec<String>,
    /// By what means.
    pub mode: Mode,
    /// When.
    pub when: Option<When>,
    /// What the words say of its reality.
    pub status: Status,
    /// How it is drawn.
    pub class: Class,
    /// Asserted by one and denied or doubted by another.
    pub contested: bool,
    /// The claims made about it.
    pub claims: Vec<String>,
    /// The word that tells it.
    pub trigger: Trigger,
    /// The clauses that tell it, in text order.
    pub evidence: Vec<Span>,
    /// Background to the affair: on a journey of its own, off by default.
    pub background: bool,
    /// In a story: the movements of the single readings that it was merged from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub from: Vec<String>,
    /// Why it was read so, in words a desk editor reads.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<String>,
}

impl Movement {
    /// The ids of all places it names or implies: ends, stops and inferred ends.
    pub fn place_ids(&self) -> impl Iterator<Item = &String> {
        let ends =
            [&self.origin, &self.destination, &self.via, &self.origin_inferred, &self.destination_inferred];
        ends.into_iter().flatten()
    }

    /// The same, to be renamed.
    pub fn place_ids_mut(&mut self) -> impl Iterator<Item = &mut String> {
        let ends = [
            &mut self.origin,
            &mut self.destination,
            &mut self.via,
            &mut self.origin_inferred,
            &mut self.destination_inferred,
        ];
        ends.into_iter().flatten()
    }
}

/// Who or what moves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Who {
    /// Its words: `text[span]`.
    pub text: String,
    /// Where they stand.
    #[serde(flatten)]
    pub span: Span,
    /// The mention of the actor behind it ("North Korean troops"), if there is one.
    pub actor: Option<String>,
}

/// The word that tells a movement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Trigger {
    /// Where it stands.
    #[serde(flatten)]
    pub span: Span,
    /// Its words: `text[span]`.
    pub text: String,
}

/// By what means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// By ship or boat.
    Sea,
    /// By aircraft.
    Air,
    /// By train.
    Rail,
    /// By road vehicle.
    Road,
    /// On foot.
    Foot,
    /// Not said.
    Unknown,
}

/// What the words say of a movement's reality.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Told as done.
    Happened,
    /// Going on.
    Underway,
    /// Will, announced, ordered, agreed, promised.
    Planned,
    /// May, might, could, likely; demands and advice.
    Possible,
    /// Nobody asserts it and the text says it did not, does not or will not take place.
    Denied,
    /// Begun but cut short.
    Failed,
}

/// How a movement is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    /// Set by an editor, never by the program.
    Confirmed,
    /// A source says that it happened or is happening.
    Reported,
    /// Promised, ordered, scheduled.
    Planned,
    /// Might be.
    Possible,
    /// Only denied: in the ledger, not drawn.
    Denied,
}

impl From<Status> for Class {
    fn from(status: Status) -> Self {
        match status {
            Status::Happened | Status::Underway | Status::Failed => Class::Reported,
            Status::Planned => Class::Planned,
            Status::Possible => Class::Possible,
            Status::Denied => Class::Denied,
        }
    }
}

/// One speaker's stance on a movement or a number.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// `c1`, `c2`, … in text order.
    pub id: String,
    /// Who says so, as worded; none for the report's own voice.
    pub speaker: Option<String>,
    /// What the speaker is ("White House spokesperson"), where said.
    pub role: Option<String>,
    /// Through which outlet.
    pub outlet: Option<String>,
    /// The place where it was said.
    pub said_at: Option<String>,
    /// When it was said.
    pub said_on: Option<When>,
    /// Whether the speaker asserts, denies or doubts.
    pub stance: Stance,
    /// The movement it is about; none for a claim about something else.
    pub about: Option<String>,
    /// The speaker's figure.
    pub quantity: Option<Quantity>,
    /// Where the claim stands.
    #[serde(flatten)]
    pub span: Span,
    /// Its words: `text[span]`.
    pub quote: String,
    /// In a story: the claims of the single readings that it was merged from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub from: Vec<String>,
    /// In a story: the other outlets that carry the same words of the same speaker.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also_in: Vec<Appearance>,
}

/// Where else a claim stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Appearance {
    /// Through which outlet.
    pub outlet: Option<String>,
    /// Where it stands there.
    #[serde(flatten)]
    pub span: Span,
    /// Its words there.
    pub quote: String,
}

/// What a speaker does with a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stance {
    /// Says that it is so.
    Asserts,
    /// Says that it is not so.
    Denies,
    /// Says that it may not be so.
    Doubts,
}
