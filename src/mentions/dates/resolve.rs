//! From a time expression to its earliest and latest day.

use super::{Anchor, Bound, Part, Tense, TimeExpression, TimeKind, Unit, Which};
use crate::mentions::When;
use jiff::civil::{Date, Weekday};
use jiff::{Span as Duration, ToSpan};

/// First and last day, and how they were come by.
#[derive(Debug, Clone, Copy, Default)]
struct Days {
    first: Option<Date>,
    last: Option<Date>,
    approx: bool,
    inferred: bool,
}

impl Days {
    fn of(days: Option<(Date, Date)>) -> Self {
        Days { first: days.map(|days| days.0), last: days.map(|days| days.1), approx: false, inferred: false }
    }

    fn both(self) -> Option<(Date, Date)> {
        self.first.zip(self.last)
    }
}

impl TimeExpression {
    /// The days that are meant, counted from the anchor and in the tense of the verb.
    pub fn resolve(&self, anchor: &Anchor, tense: Tense) -> When {
        let days = self.days(anchor, tense);
        When {
            text: self.text.clone(),
            span: self.span,
            earliest: days.first,
            latest: days.last,
            approx: days.approx,
            inferred: days.inferred,
        }
    }

    /// Whether it names a day or a time without help of an anchor: "23 October 2024".
    pub fn is_absolute(&self) -> bool {
        match &self.kind {
            TimeKind::Day { year, .. } | TimeKind::Month { year, .. } | TimeKind::Season { year, .. } => {
                year.is_some()
            }
            TimeKind::Year { .. } => true,
            _ => false,
        }
    }

    fn days(&self, anchor: &Anchor, tense: Tense) -> Days {
        let resolver = Resolver { anchor, tense, bound: self.bound, offset: self.span.start };
        let base = || self.previous.as_ref().map(|previous| previous.days(anchor, tense));
        let mut days = resolver.kind(&self.kind, &base);
        let (first, last) = (days.first, days.last);
        match self.bound {
            Bound::At => {}
            Bound::By => days.first = None,
            Bound::Until => {
                days.first = anchor
                    .date
                    .filter(|date| tense == Tense::Future && last.is_some_and(|last| *date <= last));
            }
            // What goes on since then was seen on the day of the report at the latest.
            Bound::Since => {
                days.last = anchor
                    .date
                    .filter(|date| tense != Tense::Future && first.is_some_and(|first| first <= *date));
            }
            Bound::Before => (days.first, days.last) = (None, first),
            Bound::After => (days.first, days.last) = (last, None),
        }
        // Ends that contradict each other ("May 2024 to October" told in 1999) say nothing: the words stay.
        if days.first.zip(days.last).is_some_and(|(first, last)| first > last) {
            (days.first, days.last) = (None, None);
        }
        days.approx |= self.approx;
        days
    }
}

struct Resolver<'a> {
    anchor: &'a Anchor,
    tense: Tense,
    bound: Bound,
    offset: usize,
}

impl Resolver<'_> {
    fn kind(&self, kind: &TimeKind, base: &dyn Fn() -> Option<Days>) -> Days {
        let relative = |days: Option<(Date, Date)>| Days { inferred: self.anchor.inferred, ..Days::of(days) };
        let today = self.anchor.date;
        match *kind {
            TimeKind::Day { year, month, day } => self.in_some_year(year, month, |year| {
                let date = Date::new(year, month, day).ok()?;
                Some((date, date))
            }),
            TimeKind::Month { year, month, part, which } => {
                let days = |year| {
                    let first = Date::new(year, month, 1).ok()?;
                    Some(thirtieths(first, first.last_of_month(), part))
                };
                let found = match which {
                    Which::Bare => self.in_some_year(year, month, days),
                    _ => relative(today.and_then(|today| days(self.year_of(which, month, today)))),
                };
                Days { approx: part != Part::Whole, ..found }
            }
            TimeKind::Season { year, month, which } => {
                let found = match which {
                    Which::Bare => self.in_some_year(year, month, |year| season(year, month)),
                    _ => relative(today.and_then(|today| season(self.year_of(which, month, today), month))),
                };
                Days { approx: true, ..found }
            }
            TimeKind::Year { first, last, part } => {
                let days = Date::new(first, 1, 1).ok().zip(Date::new(last, 12, 31).ok());
                let days = days.map(|(first, last)| thirtieths(first, last, part));
                Days { approx: part != Part::Whole, ..Days::of(days) }
            }
            TimeKind::Weekday { day, which } => {
                relative(today.and_then(|today| self.weekday(today, day, which)).map(|date| (date, date)))
            }
            TimeKind::Weekend(which) => relative(today.and_then(|today| self.weekend(today, which))),
            TimeKind::Days { first, last } => relative(
                today.and_then(|today| Some((plus(today, first, Unit::Day)?, plus(today, last, Unit::Day)?))),
            ),
            TimeKind::Count { only_ahead: true, .. } if self.tense != Tense::Future => Days::default(),
            TimeKind::Count { count, unit, .. } => {
                let days = today.and_then(|today| block(plus(today, count, unit)?, unit));
                Days { approx: !matches!(unit, Unit::Hour | Unit::Day), ..relative(days) }
            }
            TimeKind::Stretch { count, unit } => {
                let days = today.and_then(|today| {
                    let there = plus(today, count, unit)?;
                    Some((today.min(there), today.max(there)))
                });
                Days { approx: true, ..relative(days) }
            }
            TimeKind::Period { unit, which, side } => {
                relative(today.and_then(|today| self.period(today, unit, which, side)))
            }
            TimeKind::Following { count, unit } => {
                let Some(base) = base() else { return Days::default() };
                let days = base.both().and_then(|(first, last)| match (unit, count) {
                    (_, 0) if unit != Unit::Day => {
                        let (from, to) = whole(first, unit)?;
                        Some((from, to.max(last)))
                    }
                    (Unit::Hour | Unit::Day, _) => {
                        Some((plus(first, count, unit)?, plus(last, count, unit)?))
                    }
                    _ => whole(plus(first, count, unit)?, unit),
                });
                Days { approx: unit != Unit::Day || base.approx, inferred: base.inferred, ..Days::of(days) }
            }
            TimeKind::FollowingNamed { ref kind, next } => {
                let Some(base) = base() else { return Days::default() };
                let days = base.both().and_then(|base| first_from(kind, base, next));
                Days { approx: base.approx, inferred: base.inferred, ..Days::of(days) }
            }
            TimeKind::Range(ref first, ref second) => self.range(first, second, base),
            TimeKind::DayOfMonth(day) => relative(today.and_then(|today| self.day_of_month(today, day))),
            TimeKind::Hour => {
                let (back, ahead) = if self.tense == Tense::Future { (0, 1) } else { (-1, 0) };
                let days = |today| Some((plus(today, back, Unit::Day)?, plus(today, ahead, Unit::Day)?));
                Days { approx: true, ..relative(today.and_then(days)) }
            }
            TimeKind::Open => Days { approx: true, ..Days::default() },
            TimeKind::Impossible => Days::default(),
        }
    }

    /// From the first to the second; a first that falls behind the second is moved by a week or year.
    fn range(&self, first: &TimeKind, second: &TimeKind, base: &dyn Fn() -> Option<Days>) -> Days {
        // A year written once holds for both: "from March to May 2019".
        let first = &match (first.clone(), second) {
            (TimeKind::Day { year: None, month, day }, TimeKind::Day { year, month: last, .. })
            | (TimeKind::Day { year: None, month, day }, TimeKind::Month { year, month: last, .. }) => {
                TimeKind::Day { year: year.map(|year| year - i16::from(month > *last)), month, day }
            }
            (
                TimeKind::Month { year: None, month, part, which },
                TimeKind::Day { year, month: last, .. } | TimeKind::Month { year, month: last, .. },
            ) => {
                TimeKind::Month { year: year.map(|year| year - i16::from(month > *last)), month, part, which }
            }
            (first, _) => first,
        };
        let (from, mut to) = (self.kind(first, base), self.kind(second, base));
        let mut first_day = from.first;
        if let (Some((from, _)), Some((_, last))) = (from.both(), to.both())
            && from > last
        {
            let by = match first {
                TimeKind::Weekday { .. } | TimeKind::Days { .. } => 1.week(),
                _ => 1.year(),
            };
            match self.tense {
                Tense::Future | Tense::Present => to.last = last.checked_add(by).ok(),
                Tense::Past | Tense::Unknown => first_day = from.checked_sub(by).ok(),
            }
        }
        Days {
            first: first_day,
            last: to.last,
            approx: from.approx || to.approx,
            inferred: from.inferred || to.inferred,
        }
    }

    /// The days in the year that is written; else the nearest on the side that the tense looks to;
    /// else, for a report without a day, in the year that the text named last.
    fn in_some_year(&self, year: Option<i16>, month: i8, days: impl Fn(i16) -> Option<(Date, Date)>) -> Days {
        if let Some(year) = year {
            return Days::of(days(year));
        }
        let Some(today) = self.anchor.date else {
            let year = self.anchor.year_before(self.offset, month);
            return Days { inferred: year.is_some(), ..Days::of(year.and_then(days)) };
        };
        let year = today.year();
        // Leap days need up to eight years.
        let near = (year.saturating_sub(8)..=year.saturating_add(8)).filter_map(days);
        let distance = |(first, last): &(Date, Date)| -> i64 {
            let ahead = days_between(today, *first).max(0);
            ahead.max(days_between(*last, today))
        };
        // A deadline lies ahead also of a verb told as past: "was to be completed by December".
        let chosen = match (self.tense, self.bound) {
            (Tense::Future, _) => near.filter(|(_, last)| *last >= today).min(),
            (Tense::Present, _) | (_, Bound::By | Bound::Until) => {
                near.min_by_key(|days| (distance(days), days.0))
            }
            (Tense::Past | Tense::Unknown, _) => near.filter(|(first, _)| *first <= today).max(),
        };
        Days { inferred: self.anchor.inferred, ..Days::of(chosen) }
    }

    /// The nearest day of that number on the side that the tense looks to.
    fn day_of_month(&self, today: Date, day: i8) -> Option<(Date, Date)> {
        // No two months in a row lack a day.
        let near = (-2..=2).filter_map(|months| {
            let month = plus(today.first_of_month(), months, Unit::Month)?;
            Date::new(month.year(), month.month(), day).ok()
        });
        let chosen = match self.tense {
            Tense::Future => near.filter(|date| *date >= today).min(),
            Tense::Present => near.min_by_key(|date| (days_between(today, *date).abs(), *date)),
            Tense::Past | Tense::Unknown => near.filter(|date| *date <= today).max(),
        };
        chosen.map(|date| (date, date))
    }

    /// "last October", "next March", "this summer".
    fn year_of(&self, which: Which, month: i8, today: Date) -> i16 {
        let year = today.year();
        match which {
            Which::Last if month >= today.month() => year.saturating_sub(1),
            Which::Next if month <= today.month() => year.saturating_add(1),
            _ => year,
        }
    }

    fn weekday(&self, today: Date, day: Weekday, which: Which) -> Option<Date> {
        let back = i32::from(today.weekday().since(day));
        let ahead = i32::from(day.since(today.weekday()));
        let monday = monday_of(today)?;
        let in_week = i32::from(day.to_monday_zero_offset());
        let by = |days: i32| plus(today, days, Unit::Day);
        match which {
            Which::Bare | Which::This if self.tense == Tense::Past => by(-back),
            Which::Bare if self.tense == Tense::Unknown => by(-back),
            Which::Bare => by(ahead),
            Which::This if self.tense == Tense::Future => by(ahead),
            Which::This => plus(monday, in_week, Unit::Day),
            Which::Last => by(if back == 0 { -7 } else { -back }),
            Which::Next => plus(monday, 7 + in_week, Unit::Day),
            // "Friday last week"
            Which::WeeksAgo(0) => plus(monday, in_week - 7, Unit::Day),
            Which::WeeksAgo(weeks) => by(-back - 7 * i32::from(weeks)),
        }
    }

    /// Saturday and Sunday: of this week, of the week before, of the next.
    fn weekend(&self, today: Date, which: Which) -> Option<(Date, Date)> {
        let saturday = plus(monday_of(today)?, 5, Unit::Day)?;
        let at_hand = today >= saturday;
        let past = matches!(self.tense, Tense::Past | Tense::Unknown);
        let weeks = match which {
            Which::Next => 1,
            Which::Last => -1,
            _ if past && !at_hand => -1,
            _ => 0,
        };
        let saturday = plus(saturday, weeks, Unit::Week)?;
        Some((saturday, plus(saturday, 1, Unit::Day)?))
    }

    fn period(&self, today: Date, unit: Unit, which: Which, side: i8) -> Option<(Date, Date)> {
        let by = match which {
            Which::Last => -1,
            Which::Next => 1,
            _ => 0,
        };
        let (first, last) = whole(plus(whole(today, unit)?.0, by, unit)?, unit)?;
        Some(match (side, by, self.tense) {
            (2, ..) => (plus(last, -6, Unit::Day)?, last),
            (-2, ..) => (first, plus(first, 6, Unit::Day)?),
            (-1, 0, Tense::Future) => (today, last),
            (-1, 0, _) => (first, today),
            (1, 0, _) | (0, 0, Tense::Future) => (today, last),
            (0, 0, Tense::Past) => (first, today),
            _ => (first, last),
        })
    }
}

/// The first season, month or weekday of a kind that is not over before these days, or the first after them.
fn first_from(kind: &TimeKind, (first, last): (Date, Date), next: bool) -> Option<(Date, Date)> {
    let is_it = |days: &(Date, Date)| if next { days.0 > last } else { days.1 >= first };
    match *kind {
        TimeKind::Weekday { day, .. } => {
            let from = if next { last } else { first };
            (0..=7).filter_map(|count| plus(from, count, Unit::Day)).find_map(|date| {
                let days = (date, date);
                (date.weekday() == day && is_it(&days)).then_some(days)
            })
        }
        TimeKind::Season { month, .. } => {
            years_from(first).filter_map(|year| season(year, month)).find(is_it)
        }
        TimeKind::Month { month, .. } => years_from(first)
            .filter_map(|year| {
                let first = Date::new(year, month, 1).ok()?;
                Some((first, first.last_of_month()))
            })
            .find(is_it),
        _ => None,
    }
}

/// The year before a date's and some after it: a winter begins in the year before.
fn years_from(date: Date) -> impl Iterator<Item = i16> {
    date.year().saturating_sub(1)..=date.year().saturating_add(2)
}

/// Three months from this one on. Winter is named after the year it begins in.
fn season(year: i16, month: i8) -> Option<(Date, Date)> {
    let first = Date::new(year, month, 1).ok()?;
    Some((first, first.checked_add(2.months()).ok()?.last_of_month()))
}

/// Days from one date to another; negative if the second is earlier.
fn days_between(from: Date, to: Date) -> i64 {
    to.duration_since(from).as_hours() / 24
}

/// That many units on; nothing beyond the calendar.
fn plus(date: Date, count: i32, unit: Unit) -> Option<Date> {
    let count = i64::from(count);
    let by: Duration = match unit {
        Unit::Hour => (count / 24).days(),
        Unit::Day => count.days(),
        Unit::Week => count.weeks(),
        Unit::Month => count.months(),
        Unit::Year => count.years(),
    };
    date.checked_add(by).ok()
}

fn monday_of(date: Date) -> Option<Date> {
    plus(date, -i32::from(date.weekday().to_monday_zero_offset()), Unit::Day)
}

/// The whole week, month or year that a date lies in.
fn whole(date: Date, unit: Unit) -> Option<(Date, Date)> {
    match unit {
        Unit::Hour | Unit::Day => Some((date, date)),
        Unit::Week => {
            let monday = monday_of(date)?;
            Some((monday, plus(monday, 6, Unit::Day)?))
        }
        Unit::Month => Some((date.first_of_month(), date.last_of_month())),
        Unit::Year => Some((date.first_of_year(), date.last_of_year())),
    }
}

/// What "two months ago" covers: the day for days and weeks, else the month or year.
fn block(date: Date, unit: Unit) -> Option<(Date, Date)> {
    match unit {
        Unit::Hour | Unit::Day | Unit::Week => Some((date, date)),
        Unit::Month | Unit::Year => whole(date, unit),
    }
}

/// The part of a stretch of time, told in thirtieths of it: of a month, its days.
fn thirtieths(first: Date, last: Date, part: Part) -> (Date, Date) {
    let Part::Thirtieths(from, to) = part else { return (first, last) };
    let length = days_between(first, last) + 1;
    let day = |thirtieth: u8| match length {
        ..=31 => i64::from(thirtieth) - 1,
        _ => (i64::from(thirtieth) - 1) * length / 30,
    };
    let at = |offset: i64| first.checked_add(offset.days()).unwrap_or(last).min(last);
    let to = match (to, length) {
        (31, _) => last,
        (_, ..=31) => at(day(to)),
        _ => at(day(to + 1) - 1),
    };
    (at(day(from)), to)
}
