//! A reading: everything found in one report. Runs the stages in order: Report → Reading.

mod read;
mod spans;

pub use read::{ReadOptions, read, trees};
pub use spans::{SpanUnit, Spans, convert_spans};

use crate::mentions::Mention;
use crate::movements::{Claim, Movement};
use crate::places::Place;
use crate::report::{Remark, Report};
use serde::{Deserialize, Serialize};

/// The name and version of the JSON form.
pub const FORMAT: &str = "dateline-reading/1";

/// Everything found in one report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// [`FORMAT`].
    pub format: String,
    /// The report that was read.
    pub report: Report,
    /// Place names, in text order.
    pub mentions: Vec<Mention>,
    /// What they mean, in order of first mention.
    pub places: Vec<Place>,
    /// What moved.
    pub movements: Vec<Movement>,
    /// Who says so.
    pub claims: Vec<Claim>,
    /// What a person should know.
    pub remarks: Vec<Remark>,
}

impl Spans for Reading {
    fn each_span(&mut self, visit: &mut dyn FnMut(&mut crate::report::Span)) {
        self.report.each_span(visit);
        self.mentions.each_span(visit);
        self.movements.each_span(visit);
        self.claims.each_span(visit);
        self.remarks.each_span(visit);
    }
}

impl Reading {
    /// The reading as INTERFACE JSON: offsets in Unicode code points.
    ///
    /// # Panics
    /// Never: every span of a reading lies on character boundaries.
    pub fn to_json(&self) -> serde_json::Value {
        serde_json::to_value(self.clone().in_code_points()).expect("a reading has string keys only")
    }

    /// The same as one line of text, for reading in bulk: no tree of values is made of it.
    ///
    /// # Panics
    /// Never: every span of a reading lies on character boundaries.
    pub fn into_json_line(self) -> String {
        serde_json::to_string(&self.in_code_points()).expect("a reading has string keys only")
    }

    fn in_code_points(mut self) -> Self {
        let text = self.report.text.clone();
        convert_spans(&mut self, &|_| &text, SpanUnit::CodePoints);
        self
    }

    /// A reading from its JSON form.
    ///
    /// # Errors
    /// What is not a reading, or has spans outside its text.
    pub fn from_json(value: serde_json::Value) -> Result<Self, serde_json::Error> {
        let mut reading: Reading = serde_json::from_value(value)?;
        let text = reading.report.text.clone();
        convert_spans(&mut reading, &|_| &text, SpanUnit::Bytes);
        Ok(reading)
    }
}
