//! The one place where byte offsets become code points and back.

use crate::mentions::{Mention, Quantity, When};
use crate::movements::{Appearance, Claim, Movement, Trigger, Who};
use crate::report::{Dateline, Remark, Report, ReportKey, Span};

/// Anything that holds spans.
pub trait Spans {
    /// Calls `visit` with each span inside, once.
    fn each_span(&mut self, visit: &mut dyn FnMut(&mut Span));
}

/// What the offsets of spans count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpanUnit {
    /// Bytes of UTF-8: inside the program.
    Bytes,
    /// Unicode code points: at the border.
    CodePoints,
}

/// Converts every span inside `value` to `unit`; `text_of` gives the text that a span points into.
/// Offsets past the end of the text are clamped to it.
pub fn convert_spans<'t>(
    value: &mut dyn Spans,
    text_of: &dyn Fn(Option<ReportKey>) -> &'t str,
    unit: SpanUnit,
) {
    let mut tables: Vec<(Option<ReportKey>, Vec<usize>)> = Vec::new();
    value.each_span(&mut |span| {
        let position = match tables.iter().position(|(key, _)| *key == span.report) {
            Some(position) => position,
            None => {
                let text = text_of(span.report);
                let starts = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
                tables.push((span.report, starts));
                tables.len() - 1
            }
        };
        let starts = &tables[position].1;
        let convert = |offset: usize| match unit {
            SpanUnit::CodePoints => starts.partition_point(|&at| at < offset).min(starts.len() - 1),
            SpanUnit::Bytes => starts[offset.min(starts.len() - 1)],
        };
        span.start = convert(span.start);
        span.end = convert(span.end);
    });
}

impl<T: Spans> Spans for Vec<T> {
    fn each_span(&mut self, visit: &mut dyn FnMut(&mut Span)) {
        self.iter_mut().for_each(|item| item.each_span(visit));
    }
}

impl<T: Spans> Spans for Option<T> {
    fn each_span(&mut self, visit: &mut dyn FnMut(&mut Span)) {
        if let Some(item) = self {
            item.each_span(visit);
        }
    }
}

impl Spans for Span {
    fn each_span(&mut self, visit: &mut dyn FnMut(&mut Span)) {
        visit(self);
    }
}

/// Types whose spans are the fields named.
macro_rules! spans_in {
    ($($type:ty: $($field:ident),+;)+) => {$(
        impl Spans for $type {
            fn each_span(&mut self, visit: &mut dyn FnMut(&mut Span)) {
                $(self.$field.each_span(visit);)+
            }
        }
    )+};
}

spans_in! {
    Report: dateline;
    Dateline: span, place_span;
    Mention: span;
    Quantity: span;
    When: span;
    Who: span;
    Trigger: span;
    Remark: span;
    Movement: who, quantity, when, trigger, evidence;
    Claim: said_on, quantity, span, also_in;
    Appearance: span;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_become_code_points_and_come_back() {
        let text = "Kyïv → Ödenburg";
        let byte_start = text.find("Ö").unwrap();
        let mut remarks = vec![Remark::new("test", Span::new(byte_start, text.len()), "")];
        convert_spans(&mut remarks, &|_| text, SpanUnit::CodePoints);
        assert_eq!((remarks[0].span.start, remarks[0].span.end), (7, 15));
        convert_spans(&mut remarks, &|_| text, SpanUnit::Bytes);
        assert_eq!(remarks[0].span.of(text), "Ödenburg");
    }
}
