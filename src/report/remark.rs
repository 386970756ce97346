//! Remarks: what a person should know about a reading or a map. Reading never fails; it remarks.

use super::Span;
use serde::{Deserialize, Serialize};

/// Something a person should know, with a stable code.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Remark {
    /// A stable word for the kind of remark: `ambiguous-place`, `year-inferred`, ….
    pub code: String,
    /// The words it is about; the empty span at 0 when it is about the whole report.
    #[serde(flatten)]
    pub span: Span,
    /// One sentence for a person.
    pub message: String,
}

impl Remark {
    /// A remark about some words.
    pub fn new(code: &str, span: Span, message: impl Into<String>) -> Self {
        Remark { code: code.to_owned(), span, message: message.into() }
    }
}
