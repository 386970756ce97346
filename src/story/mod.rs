//! A story: several readings of one affair, merged.
//!
//! Readings in; out comes one document in which a movement told twice is one movement with several
//! claims, a quote that two outlets carry is one claim, and disagreements are kept and flagged.

mod differences;
mod merge;

pub use merge::merge;

use crate::mentions::Mention;
use crate::movements::{Claim, Movement};
use crate::places::Place;
use crate::reading::{SpanUnit, Spans, convert_spans};
use crate::report::{Remark, Report, ReportKey, Span};
use serde::{Deserialize, Serialize};

/// The name and version of the JSON form.
pub const FORMAT: &str = "dateline-story/1";

/// Several readings of one affair, merged.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Story {
    /// [`FORMAT`].
    pub format: String,
    /// Made from the hashes of its reports: the same reports give the same story.
    pub id: String,
    /// What the map is headed with.
    pub title: String,
    /// The reports, named `a`, `b`, …; spans say which they point into.
    pub reports: Vec<Report>,
    /// Place names of all reports.
    pub mentions: Vec<Mention>,
    /// Places, shared between the reports.
    pub places: Vec<Place>,
    /// What moved, merged.
    pub movements: Vec<Movement>,
    /// Who says so, merged.
    pub claims: Vec<Claim>,
    /// What the reports disagree on.
    pub disagreements: Vec<Disagreement>,
    /// What a person should know.
    pub remarks: Vec<Remark>,
}

impl Spans for Story {
    fn each_span(&mut self, visit: &mut dyn FnMut(&mut Span)) {
        self.reports.each_span(visit);
        self.mentions.each_span(visit);
        self.movements.each_span(visit);
        self.claims.each_span(visit);
        self.remarks.each_span(visit);
    }
}

impl Story {
    /// The story as INTERFACE JSON: offsets in Unicode code points.
    ///
    /// # Panics
    /// Never: a story has string keys only.
    pub fn to_json(&self) -> serde_json::Value {
        let mut copy = self.clone();
        copy.convert(SpanUnit::CodePoints);
        serde_json::to_value(&copy).expect("a story has string keys only")
    }

    /// A story from its JSON form.
    ///
    /// # Errors
    /// What is not a story. Spans outside their text are clamped to it.
    pub fn from_json(value: serde_json::Value) -> Result<Self, serde_json::Error> {
        let mut story: Story = serde_json::from_value(value)?;
        story.convert(SpanUnit::Bytes);
        Ok(story)
    }

    /// The text of one of its reports; empty for a report it does not have.
    pub fn text(&self, key: Option<ReportKey>) -> &str {
        let order = key.map_or(0, |key| usize::from(key.0));
        self.reports.get(order).map_or("", |report| report.text.as_str())
    }

    fn convert(&mut self, unit: SpanUnit) {
        let texts: Vec<String> = self.reports.iter().map(|report| report.text.clone()).collect();
        let text_of = |key: Option<ReportKey>| {
            let order = key.map_or(0, |key| usize::from(key.0));
            texts.get(order).map_or("", String::as_str)
        };
        convert_spans(self, &text_of, unit);
    }
}

/// Something on which claims or reports differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disagreement {
    /// The movement it is about, if it is about one.
    pub about: Option<String>,
    /// `number`, `stance`, `silence`, `place`, `date` or `status`.
    pub kind: String,
    /// One sentence for a person.
    pub message: String,
    /// The claims that differ.
    pub claims: Vec<String>,
}
