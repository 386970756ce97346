//! A report: one news text with its title, publisher, date and address.
//!
//! Bytes or text in; out comes the text as it was read, cut into paragraphs (with boilerplate told
//! from body), its dateline, its language and its dates, the year inferred where the words allow.

mod boilerplate;
pub mod calendar;
mod dateline;
mod decode;
mod html;
mod language;
mod markup;
mod paragraphs;
mod read;
mod remark;
mod source;
mod span;
mod year;

pub use paragraphs::split as split_paragraphs;
pub use read::{LIMIT_BYTES, ReportError};
pub use remark::Remark;
pub use source::Source;
pub use span::{ReportKey, Span};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One news text and what is known about it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Within a story its letter; alone, as given or the start of its hash.
    pub id: String,
    /// Headline, where given.
    pub title: Option<String>,
    /// Who published it, where given.
    pub publisher: Option<String>,
    /// Where it stands on the web, where given.
    pub url: Option<String>,
    /// Its date: given, else from its dateline.
    pub published: Option<Date>,
    /// Whether the date (or its year) was inferred rather than given.
    pub published_inferred: bool,
    /// The line at its head that says where and when it was written.
    pub dateline: Option<Dateline>,
    /// BCP 47 code of the language it is written in, as recognised.
    pub lang: String,
    /// SHA-256 of `text`, in hexadecimal.
    pub sha256: String,
    /// The text that was read; spans point into it.
    pub text: String,
    /// Its paragraphs in order (not part of the JSON: they follow from the text).
    #[serde(skip)]
    pub paragraphs: Vec<Paragraph>,
    /// What was noticed while it was opened: its encoding, its dates, its language. They go into the
    /// remarks of its reading.
    #[serde(skip)]
    pub remarks: Vec<Remark>,
}

/// Where and when a report was written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Dateline {
    /// The place as written, where there is one.
    pub place: Option<String>,
    /// The date, its year inferred if need be.
    pub date: Option<Date>,
    /// The whole line's head: place, date, agency.
    #[serde(flatten)]
    pub span: Span,
    /// The span of the place alone (not part of the JSON).
    #[serde(skip)]
    pub place_span: Option<Span>,
}

/// A paragraph, or a heading, or what is none of the report's own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: ParagraphKind,
}

/// What a paragraph is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParagraphKind {
    /// A headline or a heading inside the text.
    Heading,
    /// The report's own words.
    Body,
    /// A line of its own that dates what follows (digests).
    DateLine,
    /// Outside the reading: photo credits, "Subscribe …", share buttons.
    Boilerplate,
}
