//! What times are counted from: the report's day, or the date line above an item of a digest.

use super::{TimeExpression, TimeKind};
use crate::mentions::When;
use crate::report::{ParagraphKind, Report, Span, calendar};
use jiff::civil::Date;

/// What the times of one passage are counted from.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Anchor {
    /// The day of the report or of the digest's item.
    pub date: Option<Date>,
    /// Whether that day (or its year) was inferred.
    pub inferred: bool,
    /// Years and months named in the text, for reports without a day: where, year, month.
    years: Vec<(usize, i16, Option<i8>)>,
    /// A year in the headline.
    title_year: Option<i16>,
}

impl Anchor {
    /// An anchor of a known day.
    pub fn on(date: Date) -> Self {
        Anchor { date: Some(date), ..Anchor::default() }
    }

    /// The year that the text before an offset has named last, else the headline's: for a month and
    /// day without a year in a report without a day. In January after a December it is the next.
    pub(super) fn year_before(&self, offset: usize, month: i8) -> Option<i16> {
        let named = self.years.iter().rev().find(|(at, ..)| *at < offset);
        match named {
            Some(&(_, year, Some(named))) if named - month > 6 => Some(year.saturating_add(1)),
            Some(&(_, year, _)) => Some(year),
            None => self.title_year,
        }
    }
}

/// The anchors of a report: its own day, and in digests the day of each item.
#[derive(Debug, Clone)]
pub struct Anchors {
    whole: Anchor,
    /// Date lines and the anchors that hold below them.
    items: Vec<(Span, Anchor)>,
    /// Whether the report tells one thing after another under its dates.
    is_digest: bool,
}

impl Anchors {
    /// The anchors of a report in which these times were found.
    pub fn of(report: &Report, times: &[TimeExpression]) -> Self {
        let mut whole =
            Anchor { date: report.published, inferred: report.published_inferred, ..Anchor::default() };
        if whole.date.is_none() {
            whole.years = times.iter().filter_map(named_year).collect();
            whole.title_year = report.title.as_deref().and_then(year_in);
        }
        let lines = report.paragraphs.iter().filter(|paragraph| paragraph.kind == ParagraphKind::DateLine);
        let items = lines.filter_map(|line| {
            let date = calendar::parse_date(line.span.of(&report.text)).ok()?;
            Some((line.span, Anchor::on(date)))
        });
        Anchors { items: items.collect(), whole, is_digest: is_digest(report) }
    }

    /// Whether the report is a digest, each of whose items is told under its day.
    pub fn is_digest(&self) -> bool {
        self.is_digest
    }

    /// The anchor that holds at an offset of the text.
    pub fn at(&self, offset: usize) -> &Anchor {
        let item = self.items.iter().rev().find(|(line, _)| line.start <= offset);
        item.map_or(&self.whole, |(_, anchor)| anchor)
    }

    /// Whether a date line stands above this offset.
    pub fn in_digest(&self, offset: usize) -> bool {
        self.items.iter().any(|(line, _)| line.start <= offset)
    }

    /// In a digest: the day of the date line above this offset, as the latest that an event told
    /// there without a date of its own can have.
    pub fn not_after(&self, text: &str, offset: usize) -> Option<When> {
        let (line, anchor) = self.items.iter().rev().find(|(line, _)| line.start <= offset)?;
        Some(When {
            text: line.of(text).to_owned(),
            span: *line,
            earliest: None,
            latest: anchor.date,
            approx: false,
            inferred: false,
        })
    }
}

/// One date line is the report's own date, several make a digest; so does one above a page of headings.
fn is_digest(report: &Report) -> bool {
    let of = |kind| report.paragraphs.iter().filter(move |paragraph| paragraph.kind == kind);
    let told = report.paragraphs.iter().find(|paragraph| paragraph.kind != ParagraphKind::Boilerplate);
    let is_dated = told.is_some_and(|first| first.kind == ParagraphKind::DateLine);
    of(ParagraphKind::DateLine).count() > 1 || is_dated && of(ParagraphKind::Heading).count() > 1
}

fn named_year(expression: &TimeExpression) -> Option<(usize, i16, Option<i8>)> {
    let (year, month) = match expression.kind {
        TimeKind::Day { year: Some(year), month, .. } => (year, Some(month)),
        TimeKind::Month { year: Some(year), month, .. } => (year, Some(month)),
        TimeKind::Season { year: Some(year), .. } => (year, None),
        TimeKind::Year { first, last, .. } if first == last => (first, None),
        _ => return None,
    };
    Some((expression.span.start, year, month))
}

/// A year that stands in a headline.
fn year_in(title: &str) -> Option<i16> {
    title
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.len() == 4)
        .find_map(|word| word.parse::<i16>().ok().filter(|year| (1000..2200).contains(year)))
}
