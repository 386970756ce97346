//! Dates: time expressions and the days they mean.
//!
//! A stretch of text in; time expressions out, each of which gives its earliest and latest day once
//! the tense of its verb and the day of the report are known: "on Friday" looks back in "left on
//! Friday" and ahead in "will leave on Friday". The grammar follows TimeML's TIMEX3; what a report
//! does not say (a year, the day it was written) is left open, never guessed.

mod anchor;
mod following;
mod grammar;
mod resolve;
#[cfg(test)]
mod tests;

pub use anchor::{Anchor, Anchors};

use super::words::Words;
use crate::report::Span;
use jiff::civil::Weekday;

/// A time expression, its days not yet worked out.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeExpression {
    /// Its words, with the preposition before them: "by December".
    pub span: Span,
    /// The words without the preposition: "December".
    pub core: Span,
    /// `text[span]`.
    pub text: String,
    /// What kind of time it names.
    pub kind: TimeKind,
    /// Which side of that time is meant.
    pub bound: Bound,
    /// Whether the words blur it: "around 5 October".
    pub approx: bool,
    /// For "the following day": the expression before it.
    pub previous: Option<Box<TimeExpression>>,
}

/// The tense of the verb that a time belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tense {
    /// Told as past: "left", "has left", "had left".
    Past,
    /// Told as present: "leaves", "is leaving".
    Present,
    /// Told as ahead: "will leave", "is to leave", "plans to leave".
    Future,
    /// Not known; read as past, which news mostly is.
    Unknown,
}

/// Which side of a time is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// In it.
    At,
    /// At its end at the latest: "by December".
    By,
    /// Up to it: "until Friday".
    Until,
    /// From it on: "since August".
    Since,
    /// Before it begins.
    Before,
    /// After it ends.
    After,
}

/// What kind of time an expression names.
#[derive(Debug, Clone, PartialEq)]
pub enum TimeKind {
    /// "23 October", "Oct. 23, 2024", "2024-10-23".
    Day {
        /// The year, where it is written.
        year: Option<i16>,
        /// 1 to 12.
        month: i8,
        /// 1 to 31.
        day: i8,
    },
    /// "October", "early-to-mid October", "January 1991", "last October".
    Month {
        /// The year, where it is written.
        year: Option<i16>,
        /// 1 to 12.
        month: i8,
        /// Which part of it.
        part: Part,
        /// "last", "this" or "next".
        which: Which,
    },
    /// "2019", "early 2019"; or several years, "the 1990s".
    Year {
        /// First year.
        first: i16,
        /// Last year.
        last: i16,
        /// Which part of it.
        part: Part,
    },
    /// "the summer of 2019", "last winter".
    Season {
        /// The year, where it is written.
        year: Option<i16>,
        /// Its first month: 3, 6, 9 or 12.
        month: i8,
        /// "last", "this" or "next".
        which: Which,
    },
    /// "Wednesday", "last Friday".
    Weekday {
        /// Which day.
        day: Weekday,
        /// "last", "this" or "next".
        which: Which,
    },
    /// "at the weekend", "next weekend".
    Weekend(
        /// "last", "this" or "next".
        Which,
    ),
    /// Days counted from the report's: "yesterday" is -1 to -1, "overnight" -1 to 0.
    Days {
        /// First.
        first: i32,
        /// Last.
        last: i32,
    },
    /// "two months ago", "in three weeks": units counted from the report's day; negative is back.
    Count {
        /// How many, negative for back.
        count: i32,
        /// Of what.
        unit: Unit,
        /// "in three weeks": ahead with a future verb, a duration with others.
        only_ahead: bool,
    },
    /// "in the past two weeks", "over the coming days": everything from the report's day to there.
    Stretch {
        /// How many, negative for back.
        count: i32,
        /// Of what.
        unit: Unit,
    },
    /// "last week", "earlier this month", "next year".
    Period {
        /// A week, a month or a year.
        unit: Unit,
        /// "last", "this" or "next".
        which: Which,
        /// "earlier" (-1), "later" (1), "the start of" (-2), "the end of" (2), or all of it (0).
        side: i8,
    },
    /// "the following day", "two weeks later": counted from the expression before it.
    Following {
        /// How many, negative for back.
        count: i32,
        /// Of what.
        unit: Unit,
    },
    /// "that winter", "the following May", "the following Tuesday": the one that the expression before it falls in or
    /// meets, or the next after it.
    FollowingNamed {
        /// A season, a month or a weekday without a year.
        kind: Box<TimeKind>,
        /// Whether it is the one after.
        next: bool,
    },
    /// "from Monday to Thursday", "late Monday or early Tuesday": from the first to the second.
    Range(
        /// First.
        Box<TimeKind>,
        /// Second.
        Box<TimeKind>,
    ),
    /// "the 29th": of the month at hand, of the one before or of the next, as the tense has it.
    DayOfMonth(i8),
    /// "noon", "nightfall": an hour of the report's day or of the night before it, where no day is said.
    Hour,
    /// "recently": some time near the report, not said how near.
    Open,
    /// A day that no calendar has: "31 June".
    Impossible,
}

/// "last", "this", "next", or nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// No such word.
    Bare,
    /// The one before.
    Last,
    /// The one at hand.
    This,
    /// The one after.
    Next,
    /// So many weeks before the bare one: "Friday a week ago".
    WeeksAgo(u8),
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Unit {
    Hour,
    Day,
    Week,
    Month,
    Year,
}

/// Which part of a month or year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    Whole,
    /// From one day (or thirtieth of it) to another, counted from 1: early is 1 to 10.
    Thirtieths(u8, u8),
}

/// How far "a day later … a day later …" is followed back.
const CHAIN: usize = 8;

/// The time expressions in a range of the text, in order, none inside another.
pub fn find(text: &str, range: Span) -> Vec<TimeExpression> {
    find_after(text, range, &|| last_before(text, range.start))
}

/// `before` gives the expression that stands before the range, for what is counted from it.
fn find_after(text: &str, range: Span, before: &dyn Fn() -> Option<TimeExpression>) -> Vec<TimeExpression> {
    let words = Words::new(text, range);
    let mut found: Vec<TimeExpression> = Vec::new();
    let mut at = 0;
    while at < words.list.len() {
        let Some((kind, next)) = grammar::core(&words, at) else {
            at += 1;
            continue;
        };
        let floor = found.last().map_or(range.start, |last| last.span.end);
        let (kind, next) = grammar::joined(&words, kind, at, next);
        let head = grammar::prefix(&words, at, floor);
        let span = words.span(head.from, next);
        let follows = follows(&kind);
        let previous = if follows { last_meant(text, &found).cloned().or_else(before) } else { None };
        found.push(TimeExpression {
            span,
            core: words.span(at, next),
            text: span.of(text).to_owned(),
            bound: grammar::bound_for(head.bound, &kind),
            approx: head.approx,
            kind,
            previous: previous.filter(|previous| previous.chain() < CHAIN).map(Box::new),
        });
        at = next;
    }
    found
}

impl TimeExpression {
    /// How many expressions this one is counted from, one after the other.
    fn chain(&self) -> usize {
        std::iter::successors(self.previous.as_deref(), |previous| previous.previous.as_deref()).count()
    }
}

/// The last expression in the few hundred bytes before a range: what "a day earlier" at the start of
/// a paragraph is counted from.
fn last_before(text: &str, end: usize) -> Option<TimeExpression> {
    let mut start = end.saturating_sub(400);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    last_meant(text, &find_after(text, Span::new(start, end), &|| None)).cloned()
}

/// The last of these that another may be counted from: "it sailed on Sunday, he said on Tuesday; the day before …" means
/// the day before Sunday.
fn last_meant<'t>(text: &str, found: &'t [TimeExpression]) -> Option<&'t TimeExpression> {
    found.iter().rfind(|told| !is_of_saying(text, told.span.start)).or(found.last())
}

/// Whether a time that begins here is that of a saying: "said on Tuesday", "told reporters late on Monday".
fn is_of_saying(text: &str, at: usize) -> bool {
    const SAYING: &[&str] =
        &["said", "says", "told", "announced", "added", "reported", "confirmed", "denied", "statement"];
    text[..at]
        .split_whitespace()
        .rev()
        .take(3)
        .take_while(|word| !word.ends_with(['.', ',', ';', ':']))
        .any(|word| SAYING.contains(&word))
}

/// Whether what an expression names is counted from the one before it.
fn follows(kind: &TimeKind) -> bool {
    match kind {
        TimeKind::Following { .. } | TimeKind::FollowingNamed { .. } => true,
        TimeKind::Range(_, second) => follows(second),
        _ => false,
    }
}
