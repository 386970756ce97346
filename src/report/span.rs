//! Spans: half-open ranges of a report's text.

use serde::{Deserialize, Serialize};

/// A half-open range of a report's text.
///
/// Inside the program the offsets are bytes and always lie on character boundaries; at the border
/// (JSON, command line, HTTP) they are Unicode code points. the stage that writes JSON converts once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Span {
    /// Which report of a story; absent in a reading of one report.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report: Option<ReportKey>,
    /// First offset.
    pub start: usize,
    /// One past the last offset.
    pub end: usize,
}

impl Span {
    /// A span of the one report at hand.
    pub const fn new(start: usize, end: usize) -> Self {
        Span { report: None, start, end }
    }

    /// The words it covers, of the text it was made for.
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        &text[self.start..self.end]
    }

    /// Whether the other span lies inside this one.
    pub fn contains(&self, other: &Span) -> bool {
        self.report == other.report && self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one character.
    pub fn overlaps(&self, other: &Span) -> bool {
        self.report == other.report && self.start < other.end && other.start < self.end
    }
}

/// Which report of a story: its place in order, written `a` to `t`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReportKey(pub u8);

impl std::fmt::Display for ReportKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", char::from(b'a' + self.0))
    }
}

impl Serialize for ReportKey {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ReportKey {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match String::deserialize(deserializer)?.as_bytes() {
            [letter @ b'a'..=b't'] => Ok(ReportKey(letter - b'a')),
            _ => Err(serde::de::Error::custom("a report of a story is named by one letter, a to t")),
        }
    }
}
