//! The grammar of time expressions.

use super::{Bound, Part, TimeKind, Unit, Which, following};
use crate::mentions::words::{Piece, Word, Words, number_of_word};
use crate::report::calendar;
use jiff::civil::Date;

/// Words that an expression can begin with, sorted; names of months and weekdays can, too.
#[rustfmt::skip]
const OPENERS: [&str; 80] = [
    "a", "an", "autumn", "boxing", "christmas", "coming", "couple", "dawn", "daybreak", "days",
    "during", "dusk", "earlier", "early", "eight", "eighteen", "eleven", "end", "fall", "few",
    "fifteen", "first", "five", "for", "four", "fourteen", "halloween", "hours", "in", "last",
    "late", "lately", "later", "mid", "midday", "midnight", "minutes", "months", "new", "next", "nightfall",
    "nine", "nineteen", "noon", "one", "over", "overnight", "past", "recently", "seven",
    "seventeen", "several", "six", "sixteen", "soon", "spring", "summer", "sunrise", "sunset",
    "ten", "that", "the", "thirteen", "this", "three", "throughout", "today", "tomorrow", "tonight",
    "twelve", "twenty", "two", "valentine", "weekend", "weeks", "winter", "within", "years",
    "yesterday", "zero",
];

/// The expression whose first word is here, and the word after its last.
pub(super) fn core(words: &Words, at: usize) -> Option<(TimeKind, usize)> {
    // Most words open nothing: asking the whole grammar of each took a twentieth of all time of reading.
    if opens(words.get(at)?) { expression(words, at) } else { None }
}

/// Whether an expression can begin with this word.
fn opens(word: &Word) -> bool {
    if word.piece != Piece::Word {
        return word.piece == Piece::Number;
    }
    let mut small = [0; 12];
    let Some(small) = small.get_mut(..word.text.len()) else { return false };
    small.copy_from_slice(word.text.as_bytes());
    small.make_ascii_lowercase();
    let is_day_or_month = word.capitalised()
        && (calendar::month(word.text).is_some() || word.text.get(..3).is_some_and(is_weekday));
    is_day_or_month || OPENERS.binary_search_by(|opener| opener.as_bytes().cmp(small)).is_ok()
}

/// Whether the short form of a weekday's name is this.
fn is_weekday(short: &str) -> bool {
    ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].iter().any(|day| day.eq_ignore_ascii_case(short))
}

/// The expression whose first word is here, if there is one: every rule is asked.
pub(super) fn expression(words: &Words, at: usize) -> Option<(TimeKind, usize)> {
    let word = words.get(at)?;
    match word.piece {
        Piece::Mark => None,
        Piece::Number => iso(words, at)
            .or_else(|| day_month(words, at))
            .or_else(|| counted(words, at))
            .or_else(|| year(words, at)),
        Piece::Word => relative(words, at)
            .or_else(|| following::following(words, at))
            .or_else(|| the_day_of(words, at))
            .or_else(|| counted(words, at))
            .or_else(|| which(words, at))
            .or_else(|| part_of(words, at))
            .or_else(|| feast(words, at))
            .or_else(|| month(words, at, Part::Whole, Which::Bare))
            .or_else(|| season(words, at, Which::Bare))
            .or_else(|| weekday(words, at, Which::Bare))
            .or_else(|| hour(words, at)),
    }
}

/// Words that stand alone, and phrases.
fn relative(words: &Words, at: usize) -> Option<(TimeKind, usize)> {
    const DAYS: &[(&str, i32, i32)] = &[
        ("the day before yesterday", -2, -2),
        ("the day after tomorrow", 2, 2),
        ("earlier today", 0, 0),
        ("later today", 0, 0),
        ("today", 0, 0),
        ("yesterday", -1, -1),
        ("tomorrow", 1, 1),
        ("tonight", 0, 0),
        ("last night", -1, -1),
        ("this morning", 0, 0),
        ("this afternoon", 0, 0),
        ("this evening", 0, 0),
        ("overnight", -1, 0),
        ("in the past few hours", -1, 0),
        ("in recent hours", -1, 0),
        ("in the coming hours", 0, 1),
        ("in recent days", -7, 0),
        ("in recent weeks", -30, 0),
        ("in recent months", -180, 0),
        ("in the coming days", 0, 7),
        ("in coming days", 0, 7),
        ("in the days ahead", 0, 7),
        ("in the coming weeks", 0, 30),
        ("in coming weeks", 0, 30),
        ("in the coming months", 0, 180),
        ("within hours", 0, 1),
        ("within days", 0, 7),
        ("within weeks", 0, 30),
    ];
    const OPEN: &[&str] = &["recently", "lately", "in the near future", "soon"];
    for &(phrase, first, last) in DAYS {
        if let Some(count) = words.phrase(at, phrase) {
            let mut next = at + count;
            // "yesterday evening", "tomorrow morning"
            if first == last && words.is_one_of(next, &["morning", "afternoon", "evening", "night"]) {
                next += 1;
            }
            return Some((TimeKind::Days { first, last }, next));
        }
    }
    let (_, length) = words.phrase_of(at, OPEN)?;
    // "as soon as"
    (!words.before(at).is_some_and(|before| before.is("as"))).then_some((TimeKind::Open, at + length))
}

/// "last week", "next Friday", "this October", "earlier this month", "the past weekend".
fn which(words: &Words, at: usize) -> Option<(TimeKind, usize)> {
    let (side, from) = match words.get(at)? {
        word if word.is("earlier") || word.is("early") && words.is(at + 1, "this") => (-1, at + 1),
        word if word.is("later") || word.is("late") && words.is_one_of(at + 1, &["this", "last"]) => {
            (1, at + 1)
        }
        _ => (0, at),
    };
    let from =
        if words.is(from, "the") && words.is_one_of(from + 1, &["past", "coming"]) { from + 1 } else { from };
    let which = match words.get(from)? {
        word if word.is("last") => Which::Last,
        word if word.is_one_of(&["this", "past"]) => Which::This,
        word if word.is_one_of(&["next", "coming"]) => Which::Next,
        _ => return None,
    };
    let next = from + 1;
    if words.is(next, "weekend") {
        return Some((TimeKind::Weekend(which), next + 1));
    }
    if let Some(unit) = words.get(next).and_then(|word| unit(word.text, false))
        && unit != Unit::Hour
        && unit != Unit::Day
    {
        // "last month's", "this year's": still that time. "This week of talks" is, too.
        return Some((TimeKind::Period { unit, which, side }, next + 1));
    }
    let (part, next) = part(words, next).unwrap_or((Part::Whole, next));
    month(words, next, part, which)
        .or_else(|| season(words, next, which))
        .or_else(|| weekday(words, next, which))
}

/// The unit that a word names.
fn unit(word: &str, plural_too: bool) -> Option<Unit> {
    let word = word.to_ascii_lowercase();
    let word = word.trim_end_matches("'s").trim_end_matches("’s");
    let (word, plural) = match word.strip_suffix('s') {
        Some(stem) => (stem, true),
        None => (word, false),
    };
    if plural && !plural_too {
        return None;
    }
    match word {
        "hour" | "minute" => Some(Unit::Hour),
        "day" | "night" => Some(Unit::Day),
        "week" => Some(Unit::Week),
        "month" => Some(Unit::Month),
        "year" => Some(Unit::Year),
        _ => None,
    }
}

/// So many of the unit that stands here; a fortnight is fourteen days.
fn measure(words: &Words, at: usize, count: i32) -> Option<(i32, Unit)> {
    let word = words.get(at)?;
    if word.is_one_of(&["fortnight", "fortnights"]) {
        return Some((14 * count, Unit::Day));
    }
    Some((count, unit(word.text, true)?))
}

/// A small number in digits or words: how many and the word after it.
fn small_number(words: &Words, at: usize) -> Option<(i32, usize)> {
    let word = words.get(at)?;
    if word.piece == Piece::Number {
        return word.text.parse::<i32>().ok().filter(|number| *number < 1000).map(|number| (number, at + 1));
    }
    if let Some(length) = words.phrase(at, "a couple of").or_else(|| words.phrase(at, "couple of")) {
        return Some((2, at + length));
    }
    if let Some(length) = words.phrase(at, "a few").or_else(|| words.phrase(at, "few")) {
        return Some((3, at + length));
    }
    if word.is("several") {
        return Some((4, at + 1));
    }
    if word.is_one_of(&["a", "an"]) {
        return Some((1, at + 1));
    }
    number_of_word(word.text).map(|number| (number as i32, at + 1))
}

/// "three days ago", "two weeks later", "a day earlier", "in the past two weeks", "in three days",
/// "days ago".
fn counted(words: &Words, at: usize) -> Option<(TimeKind, usize)> {
    let stretch = words.phrase_of(
        at,
        &[
            "in the past",
            "in the last",
            "over the past",
            "over the last",
            "during the past",
            "during the last",
            "within the past",
            "within the last",
            "for the past",
            "for the last",
            "the past",
            "the last",
        ],
    );
    if let Some((_, length)) = stretch {
        let (count, next) = small_number(words, at + length).unwrap_or((1, at + length));
        let (count, unit) = measure(words, next, count)?;
        return Some((TimeKind::Stretch { count: -count, unit }, next + 1));
    }
    let ahead = words.phrase_of(
        at,
        &[
            "in the next",
            "in the coming",
            "over the next",
            "over the coming",
            "within the next",
            "within the coming",
            "for the next",
            "during the next",
            "during the coming",
            "the next",
            "the coming",
        ],
    );
    if let Some((_, length)) = ahead {
        let (count, next) = small_number(words, at + length).unwrap_or((1, at + length));
        let (count, unit) = measure(words, next, count)?;
        let plain = next == at + length;
        return (!plain || !words.is(at, "the")).then_some((TimeKind::Stretch { count, unit }, next + 1));
    }
    if words.is_one_of(at, &["in", "within"]) {
        let (count, next) = small_number(words, at + 1)?;
        let (count, counted) = measure(words, next, count)?;
        // "in a day's march", "in one day of fighting" are no dates ahead.
        let kind = match words.is(at, "within") {
            true => TimeKind::Stretch { count, unit: counted },
            false => TimeKind::Count { count, unit: counted, only_ahead: true },
        };
        let more = words.is_one_of(next + 1, &["of", "ago", "later", "earlier", "before", "after"]);
        return (!more).then_some((kind, next + 1));
    }
    // "days ago" without a number is a few days ago.
    let (count, next) = match small_number(words, at) {
        Some(found) => found,
        None if words.is_one_of(at, &["days", "weeks", "months", "years"]) => (3, at),
        None => return None,
    };
    let (count, unit) = measure(words, next, count)?;
    let end = next + 1;
    match words.get(end)? {
        word if word.is("ago") => Some((TimeKind::Count { count: -count, unit, only_ahead: false }, end + 1)),
        word if word.is_one_of(&["later", "afterwards", "afterward"]) => {
            Some((TimeKind::Following { count, unit }, end + 1))
        }
        word if word.is("after") && words.get(end + 1).is_none_or(|next| next.piece == Piece::Mark) => {
            Some((TimeKind::Following { count, unit }, end + 1))
        }
        word if word.is("earlier") => Some((TimeKind::Following { count: -count, unit }, end + 1)),
        word if word.is("before") && words.get(end + 1).is_none_or(|next| next.piece == Piece::Mark) => {
            Some((TimeKind::Following { count: -count, unit }, end + 1))
        }
        _ => None,
    }
}

/// Early, late, "the second half of": the part and the word after it.
fn part(words: &Words, at: usize) -> Option<(Part, usize)> {
    const PARTS: &[(&str, u8, u8)] = &[
        ("early - to - mid", 1, 20),
        ("early to mid", 1, 20),
        ("early - mid", 1, 20),
        ("mid - to - late", 11, 31),
        ("mid to late", 11, 31),
        ("mid - to late", 11, 31),
        ("early", 1, 10),
        ("mid", 11, 20),
        ("late", 21, 31),
        ("the beginning of", 1, 10),
        ("the start of", 1, 7),
        ("the middle of", 11, 20),
        ("the end of", 24, 31),
        ("end of", 24, 31),
        ("the first half of", 1, 15),
        ("the second half of", 16, 31),
        ("the first week of", 1, 7),
        ("the second week of", 8, 14),
        ("the third week of", 15, 21),
        ("the last week of", 24, 31),
        ("the first days of", 1, 5),
        ("the last days of", 26, 31),
    ];
    PARTS.iter().find_map(|&(phrase, first, last)| {
        let mut next = at + words.phrase(at, phrase)?;
        if words.is(next, "-") {
            next += 1;
        }
        if words.is(next, "in") {
            next += 1;
        }
        Some((Part::Thirtieths(first, last), next))
    })
}

/// A part of a month, season or year: "early-to-mid October", "late 2019", "late Monday".
fn part_of(words: &Words, at: usize) -> Option<(TimeKind, usize)> {
    let (part, next) = part(words, at)?;
    let next_which = match words.get(next) {
        Some(word) if word.is("last") => (Which::Last, next + 1),
        Some(word) if word.is("this") => (Which::This, next + 1),
        Some(word) if word.is("next") => (Which::Next, next + 1),
        _ => (Which::Bare, next),
    };
    let (which, next) = next_which;
    if let Some(found) = month(words, next, part, which) {
        return Some(found);
    }
    if let Some(found) = season(words, next, which) {
        return Some(found);
    }
    if let Some(year) = written_year(words, next) {
        return Some((TimeKind::Year { first: year, last: year, part }, next + 1));
    }
    // "the end of the month", "the end of the year", "the end of the week"
    if words.is_one_of(next, &["the", "this"])
        && let Some(unit) = words.get(next + 1).and_then(|word| unit(word.text, false))
        && matches!(unit, Unit::Week | Unit::Month | Unit::Year)
    {
        let side = if matches!(part, Part::Thirtieths(16.., _)) { 2 } else { -2 };
        return Some((TimeKind::Period { unit, which: Which::This, side }, next + 2));
    }
    let next = if words.is(next, "on") { next + 1 } else { next };
    weekday(words, next, which)
}

/// A month by name, with its guards, its day or its year.
fn month(words: &Words, at: usize, part: Part, which: Which) -> Option<(TimeKind, usize)> {
    let name = words.get(at)?;
    let month = calendar::month(name.text).filter(|_| name.capitalised())?;
    let next = after_abbreviation(words, at, month);
    let comma = |at: usize| if words.is(at, ",") { at + 1 } else { at };
    if let Some(day) = day_number(words, next) {
        let after = day.1;
        if let Some((second, end)) = second_day(words, after) {
            let (year, end) = match written_year(words, comma(end)) {
                Some(year) => (Some(year), comma(end) + 1),
                None => (None, end),
            };
            let kind = |day| checked_day(year, month, day);
            return Some((TimeKind::Range(Box::new(kind(day.0)), Box::new(kind(second))), end));
        }
        return Some(match written_year(words, comma(after)) {
            Some(year) => (checked_day(Some(year), month, day.0), comma(after) + 1),
            None => (checked_day(None, month, day.0), after),
        });
    }
    let of = if words.is(next, "of") { next + 1 } else { comma(next) };
    if let Some(year) = written_year(words, of).or_else(|| old_year(words, of)) {
        return Some((TimeKind::Month { year: Some(year), month, part, which }, of + 1));
    }
    let guarded = part != Part::Whole || which != Which::Bare || guard(words, at);
    let abbreviated = next > at + 1 || name.text.len() <= 3 && !name.is("May");
    let guarded = match month {
        3 | 5 => guarded,
        // First names: "April Jones", "June Carter", "August Wilson".
        4 | 6 | 8 => guarded || !words.get(next).is_some_and(|word| word.capitalised()),
        _ => true,
    };
    let known = guarded && (!abbreviated || guard(words, at));
    known.then_some((TimeKind::Month { year: None, month, part, which }, next))
}

/// The word after a month's name, with the period of "Oct." but not of "in May.".
fn after_abbreviation(words: &Words, at: usize, month: i8) -> usize {
    let short = words.get(at).is_some_and(|name| name.text.len() < calendar::month_name(month).len());
    if short && words.is(at + 1, ".") && words.glued(at + 1) { at + 2 } else { at + 1 }
}

/// Whether the word before lets "May" or "March" be a month.
fn guard(words: &Words, at: usize) -> bool {
    let before = |count: usize| at.checked_sub(count).and_then(|at| words.get(at));
    let open = |word: &Word| {
        word.is_one_of(&[
            "in", "by", "since", "until", "till", "during", "before", "after", "from", "through", "early",
            "mid", "late", "last", "next", "this", "of", "between", "each", "every", "for",
        ])
    };
    match before(1) {
        Some(word) if open(word) => true,
        // "in April and May", "between April and May", "from March to May", "mid-March"
        Some(word) if word.is_one_of(&["and", "or", "to", "-", "–"]) => {
            before(2).is_some_and(|word| calendar::month(word.text).is_some() || word.is("mid"))
        }
        _ => false,
    }
}

/// A day of a month: 1 to 99, so that impossible ones are told; "23rd" too.
fn day_number(words: &Words, at: usize) -> Option<(i8, usize)> {
    let word = words.get(at).filter(|word| word.piece == Piece::Number && word.text.len() <= 2)?;
    let day = word.text.parse::<i8>().ok()?;
    let next = at + 1;
    if words.is_one_of(next, &["st", "nd", "rd", "th"]) && words.glued(next) {
        return Some((day, next + 1));
    }
    // "October 10 million" and "May 5%" are not days; "October 8.5" is no number of a day either.
    let not_a_day = words.is_one_of(next, &["million", "billion", "thousand", "percent", "per", "%", ":"])
        || words.get(next).is_some_and(|word| word.piece == Piece::Word) && words.glued(next);
    (!not_a_day).then_some((day, next))
}

/// "-7", "to 7", "through 7" after a day.
fn second_day(words: &Words, at: usize) -> Option<(i8, usize)> {
    let joined = words.is_one_of(at, &["-", "–", "—", "to", "through", "and", "or"]);
    let (day, next) = day_number(words, at + 1).filter(|_| joined)?;
    // "October 4 to 7 November" belongs to the next expression.
    let own_month =
        words.get(next).is_some_and(|word| word.capitalised() && calendar::month(word.text).is_some());
    let counts = words.get(next).is_some_and(|word| word.piece == Piece::Word && word.text.ends_with('s'));
    (!own_month && !counts && day <= 31).then_some((day, next))
}

/// A day that the calendar has, or a statement that it has none.
fn checked_day(year: Option<i16>, month: i8, day: i8) -> TimeKind {
    match Date::new(year.unwrap_or(2024), month, day) {
        Ok(_) => TimeKind::Day { year, month, day },
        Err(_) => TimeKind::Impossible,
    }
}

/// "23 October", "23rd of October 2024", "4-7 October", "4 to 7 October".
fn day_month(words: &Words, at: usize) -> Option<(TimeKind, usize)> {
    let (day, next) = day_number(words, at)?;
    let (second, next) = match second_day_before_month(words, next) {
        Some((second, next)) => (Some(second), next),
        None => (None, next),
    };
    let next = if words.is(next, "of") { next + 1 } else { next };
    let name = words.get(next).filter(|word| word.capitalised())?;
    let month = calendar::month(name.text)?;
    let next = after_abbreviation(words, next, month);
    let comma = if words.is(next, ",") { next + 1 } else { next };
    let (year, next) = match written_year(words, comma) {
        Some(year) => (Some(year), comma + 1),
        None => (None, next),
    };
    let kind = match second {
        None => checked_day(year, month, day),
        Some(second) => TimeKind::Range(
            Box::new(checked_day(year, month, day)),
            Box::new(checked_day(year, month, second)),
        ),
    };
    Some((kind, next))
}

/// Feasts on a day of their own: "Christmas Eve", "New Year 2030".
fn feast(words: &Words, at: usize) -> Option<(TimeKind, usize)> {
    const FEASTS: &[(&str, i8, i8)] = &[
        ("christmas eve", 12, 24),
        ("christmas day", 12, 25),
        ("christmas", 12, 25),
        ("boxing day", 12, 26),
        ("new year's eve", 12, 31),
        ("new year’s eve", 12, 31),
        ("new year's day", 1, 1),
        ("new year’s day", 1, 1),
        ("new year's", 1, 1),
        ("new year’s", 1, 1),
        ("new year", 1, 1),
        ("valentine's day", 2, 14),
        ("valentine’s day", 2, 14),
        ("halloween", 10, 31),
    ];
    words.get(at).filter(|word| word.capitalised())?;
    let (&(_, month, day), length) =
        FEASTS.iter().find_map(|feast| Some((feast, words.phrase(at, feast.0)?)))?;
    match written_year(words, at + length) {
        Some(year) => Some((checked_day(Some(year), month, day), at + length + 1)),
        None => Some((checked_day(None, month, day), at + length)),
    }
}

fn second_day_before_month(words: &Words, at: usize) -> Option<(i8, usize)> {
    // "on 2, 7 and 12 November": the days between are in the range.
    if words.is(at, ",") {
        let (_, next) = day_number(words, at + 1)?;
        return second_day_before_month(words, next);
    }
    if !words.is_one_of(at, &["-", "–", "to", "and", "or"]) {
        return None;
    }
    let (second, next) = day_number(words, at + 1)?;
    let month_follows =
        words.get(next).is_some_and(|word| word.capitalised() && calendar::month(word.text).is_some());
    month_follows.then_some((second, next))
}

/// "the 23rd of October", "the 23 October".
fn the_day_of(words: &Words, at: usize) -> Option<(TimeKind, usize)> {
    if !words.is(at, "the") {
        return None;
    }
    day_month(words, at + 1).or_else(|| day_of_month(words, at))
}

/// "on the 29th": with a preposition before it, and nothing after it that it could count ("the 29th brigade").
fn day_of_month(words: &Words, at: usize) -> Option<(TimeKind, usize)> {
    let led = words
        .before(at)?
        .is_one_of(&["on", "by", "until", "till", "since", "from", "before", "after", "for"]);
    let (day, next) =
        day_number(words, at + 1).filter(|&(day, next)| next == at + 3 && (1..=31).contains(&day))?;
    let alone = words.get(next).is_none_or(|word| {
        word.piece == Piece::Mark && !word.is("-")
            || word.is_one_of(&[
                "and", "or", "to", "at", "in", "from", "with", "by", "for", "but", "when", "after", "before",
                "as", "while", "via", "aboard", "on", "under", "because",
            ])
    });
    (led && alone).then_some((TimeKind::DayOfMonth(day), next))
}

/// "at noon", "by nightfall", "in the small hours": an hour alone, no day beside it.
fn hour(words: &Words, at: usize) -> Option<(TimeKind, usize)> {
    const HOURS: &[&str] = &[
        "noon",
        "midday",
        "dawn",
        "daybreak",
        "sunrise",
        "first light",
        "dusk",
        "nightfall",
        "sunset",
        "midnight",
    ];
    const NIGHT: &[&str] = &["the small hours", "the early hours"];
    let before = words.before(at)?;
    let length = if before.is_one_of(&["at", "by", "before", "after", "until", "around", "about", "shortly"])
    {
        words.phrase_of(at, HOURS)?.1
    } else if before.is("in") {
        words.phrase_of(at, NIGHT)?.1
    } else {
        return None;
    };
    let next = at + length;
    // "at noon on Friday", "in the early hours of Monday": the day says it.
    let told = words.get(next).is_some_and(|word| {
        word.is_one_of(&["on", "of", "yesterday", "today", "tomorrow", "last", "the"])
            || calendar::weekday(word.text).is_some()
    });
    (!told).then_some((TimeKind::Hour, next))
}

/// "2024-10-23".
fn iso(words: &Words, at: usize) -> Option<(TimeKind, usize)> {
    let number = |at: usize, digits: usize| {
        words.get(at).filter(|word| word.piece == Piece::Number && word.text.len() == digits)
    };
    let (year, month, day) = (number(at, 4)?, number(at + 2, 2)?, number(at + 4, 2)?);
    let dashed = words.is(at + 1, "-") && words.is(at + 3, "-") && (at + 1..at + 5).all(|at| words.glued(at));
    let kind = || {
        let (year, month, day) = (year.text.parse().ok()?, month.text.parse().ok()?, day.text.parse().ok()?);
        Some(match Date::new(year, month, day) {
            Ok(_) => TimeKind::Day { year: Some(year), month, day },
            Err(_) => TimeKind::Impossible,
        })
    };
    dashed.then(kind).flatten().map(|kind| (kind, at + 5))
}

/// Four digits that can be a year.
fn written_year(words: &Words, at: usize) -> Option<i16> {
    let word = words.get(at).filter(|word| word.piece == Piece::Number && word.text.len() == 4)?;
    let year = word.text.parse::<i16>().ok().filter(|year| (1000..2200).contains(year))?;
    (!words.is(at + 1, "%")).then_some(year)
}

/// A year of three digits, which only its place in the sentence tells from a number: "In 762,".
fn old_year(words: &Words, at: usize) -> Option<i16> {
    let word = words.get(at).filter(|word| word.piece == Piece::Number && word.text.len() == 3)?;
    let ends = words.get(at + 1).is_none_or(|next| next.is_one_of(&[",", ".", ";", ")"]));
    if ends { word.text.parse::<i16>().ok() } else { None }
}

/// A year after a preposition: "in 2019", "since 2014", "the summer of 2019" is the season's.
fn year(words: &Words, at: usize) -> Option<(TimeKind, usize)> {
    let before = words.before(at)?;
    let temporal = [
        "in", "since", "by", "until", "till", "during", "before", "after", "from", "year", "around", "circa",
    ];
    if !before.is_one_of(&temporal) {
        return None;
    }
    let year = match written_year(words, at) {
        Some(year) => year,
        None if before.is("in") => old_year(words, at)?,
        None => return None,
    };
    let next = at + 1;
    if words.is(next, "s") && words.glued(next) {
        return Some((TimeKind::Year { first: year, last: year + 9, part: Part::Whole }, next + 1));
    }
    // "in 2000 houses", "from 1500 metres": a year is not followed by what it would count.
    let counts = words.get(next).is_some_and(|word| {
        word.piece == Piece::Word
            && word.text.chars().all(char::is_lowercase)
            && word.text.ends_with('s')
            && !word.is_one_of(&["as", "was", "has", "is", "its", "his", "across", "hours", "this"])
    });
    (!counts).then_some((TimeKind::Year { first: year, last: year, part: Part::Whole }, next))
}

fn season(words: &Words, at: usize, which: Which) -> Option<(TimeKind, usize)> {
    const SEASONS: &[(&str, i8)] =
        &[("spring", 3), ("summer", 6), ("autumn", 9), ("fall", 9), ("winter", 12)];
    let (word, at) = match words.get(at)? {
        word if word.is("the") => (words.get(at + 1)?, at + 1),
        word => (word, at),
    };
    let month = SEASONS.iter().find(|(name, _)| word.is(name)).map(|(_, month)| *month)?;
    let next = at + 1;
    if let Some(length) = words.phrase_of(next, &["of that year", "of the same year"]) {
        return Some((TimeKind::Season { year: None, month, which }, next + length.1));
    }
    let of = if words.is(next, "of") { next + 1 } else { next };
    let three_digits = || words.get(of)?.text.parse::<i16>().ok().filter(|year| *year >= 100);
    if let Some(year) = written_year(words, of).or_else(three_digits) {
        return Some((TimeKind::Season { year: Some(year), month, which }, of + 1));
    }
    // A bare "spring" or "fall" is mostly something else.
    let before = |count: usize| at.checked_sub(count).and_then(|at| words.get(at));
    let after_preposition = match before(1) {
        Some(word) if word.is("the") => {
            before(2).is_some_and(|word| word.is_one_of(&["in", "by", "during", "since"]))
        }
        Some(word) => word.is_one_of(&["in", "by", "during", "since", "until"]) && !word.is("fall"),
        None => false,
    };
    (which != Which::Bare || after_preposition)
        .then_some((TimeKind::Season { year: None, month, which }, next))
}

/// A weekday by name; "Friday last week", "Friday a week ago".
fn weekday(words: &Words, at: usize, which: Which) -> Option<(TimeKind, usize)> {
    let before = |count: usize| at.checked_sub(count).and_then(|at| words.get(at));
    if words.is(at, "weekend") {
        let at_it = before(1).is_some_and(|word| word.is("the"))
            && before(2).is_some_and(|word| {
                word.is_one_of(&[
                    "at", "over", "on", "during", "through", "since", "before", "after", "until", "by",
                ])
            });
        return at_it.then_some((TimeKind::Weekend(which), at + 1));
    }
    let name = words.get(at).filter(|word| word.capitalised())?;
    let bare = name.text.trim_end_matches("’s").trim_end_matches("'s");
    let day = calendar::weekday(bare).filter(|_| bare.len() > 4 || words.is(at + 1, "."))?;
    if words.before(at).is_some_and(|before| before.is_one_of(&["Black", "Ash", "Bloody"])) {
        return None;
    }
    let mut next = at + 1;
    if words.is_one_of(next, &["morning", "afternoon", "evening", "night", "afternoon's", "night's"]) {
        next += 1;
    }
    // "Saturday, January 12, 2019": the date says all.
    let comma = if words.is(next, ",") { next + 1 } else { next };
    let dated = month(words, comma, Part::Whole, Which::Bare).or_else(|| day_month(words, comma));
    if let Some((kind @ (TimeKind::Day { .. } | TimeKind::Impossible), end)) = dated {
        return Some((kind, end));
    }
    if let Some(length) = words.phrase(next, "a week ago") {
        return Some((TimeKind::Weekday { day, which: Which::WeeksAgo(1) }, next + length));
    }
    let of = if words.is(next, "of") { next + 1 } else { next };
    for (phrase, which) in
        [("last week", Which::Last), ("this week", Which::This), ("next week", Which::Next)]
    {
        if let Some(length) = words.phrase(of, phrase) {
            let kind = match which {
                // "Friday last week" is that of the week before, even late in this one.
                Which::Last => TimeKind::Weekday { day, which: Which::WeeksAgo(0) },
                other => TimeKind::Weekday { day, which: other },
            };
            return Some((kind, of + length));
        }
    }
    Some((TimeKind::Weekday { day, which }, next))
}

/// Two times joined: "from Monday to Thursday", "late on Monday or early Tuesday", "in September
/// and October".
pub(super) fn joined(words: &Words, kind: TimeKind, at: usize, next: usize) -> (TimeKind, usize) {
    let Some(joiner) = words.get(next) else { return (kind, next) };
    let before = words.before(at);
    let opens = |opener: &str| before.is_some_and(|word| word.is(opener));
    let joins = match joiner.text.to_ascii_lowercase().as_str() {
        "to" | "until" | "till" => opens("from") || matches!(kind, TimeKind::Day { .. }),
        "through" | "thru" | "-" | "–" | "—" | "or" => true,
        "and" => opens("between") || !matches!(kind, TimeKind::Days { .. } | TimeKind::Open),
        _ => false,
    };
    if !joins {
        return (kind, next);
    }
    let from = next + 1;
    let from = if words.is_one_of(from, &["on", "in"]) { from + 1 } else { from };
    let Some((second, end)) = core(words, from) else { return (kind, next) };
    let alike = matches!(
        (&kind, &second),
        (TimeKind::Weekday { .. }, TimeKind::Weekday { .. })
            | (TimeKind::Day { .. }, TimeKind::Day { .. })
            | (TimeKind::Month { .. } | TimeKind::Day { .. }, TimeKind::Month { .. } | TimeKind::Day { .. })
            | (TimeKind::Year { .. }, TimeKind::Year { .. })
            | (TimeKind::Days { .. }, TimeKind::Weekday { .. } | TimeKind::Days { .. })
            | (TimeKind::Weekday { .. }, TimeKind::Days { .. })
    );
    match alike {
        true => (TimeKind::Range(Box::new(kind), Box::new(second)), end),
        false => (kind, next),
    }
}

/// What stands before an expression.
pub(super) struct Prefix {
    /// Its first word.
    pub from: usize,
    pub bound: Option<Bound>,
    pub approx: bool,
}

/// The preposition and the blurring words before an expression, not reaching back before `floor`.
pub(super) fn prefix(words: &Words, at: usize, floor: usize) -> Prefix {
    let mut found = Prefix { from: at, bound: None, approx: false };
    let back = |from: usize, phrase: &str| {
        let length = phrase.split(' ').count();
        let start = from.checked_sub(length)?;
        (words.phrase(start, phrase).is_some() && words.list[start].start >= floor).then_some(start)
    };
    for phrase in [
        "the morning of",
        "the afternoon of",
        "the evening of",
        "the night of",
        "the early hours of",
        "early on",
        "late on",
        "early",
        "late",
    ] {
        if let Some(start) = back(found.from, phrase) {
            found.from = start;
            if phrase.ends_with("on") {
                return found;
            }
        }
    }
    for phrase in ["around", "about", "roughly", "approximately", "circa", "some time", "sometime"] {
        if let Some(start) = back(found.from, phrase) {
            found.from = start;
            found.approx = true;
        }
    }
    const PREPOSITIONS: &[(&str, Bound)] = &[
        ("no later than", Bound::By),
        ("by the end of", Bound::By),
        ("by", Bound::By),
        ("until", Bound::Until),
        ("till", Bound::Until),
        ("up to", Bound::Until),
        ("through", Bound::Until),
        ("starting on", Bound::Since),
        ("starting from", Bound::Since),
        ("starting", Bound::Since),
        ("as of", Bound::Since),
        ("since", Bound::Since),
        ("prior to", Bound::Before),
        ("ahead of", Bound::Before),
        ("on or before", Bound::By),
        ("before", Bound::Before),
        ("following", Bound::After),
        ("after", Bound::After),
        ("from", Bound::At),
        ("between", Bound::At),
        ("throughout", Bound::At),
        ("during", Bound::At),
        ("over", Bound::At),
        ("at", Bound::At),
        ("on", Bound::At),
        ("in", Bound::At),
        ("this", Bound::At),
    ];
    // "the" before "weekend" is part of the phrase, not of the core.
    let the = back(found.from, "the").unwrap_or(found.from);
    for &(phrase, bound) in PREPOSITIONS {
        if let Some(start) = back(the, phrase).or_else(|| back(found.from, phrase)) {
            found.from = start;
            found.bound = Some(bound);
            if phrase == "from" {
                found.bound = Some(Bound::Since);
            }
            break;
        }
    }
    found
}

/// "from Monday to Friday" is inside the range; "from Monday" alone is since Monday.
pub(super) fn bound_for(bound: Option<Bound>, kind: &TimeKind) -> Bound {
    match (bound, kind) {
        (Some(Bound::Since), TimeKind::Range(..)) => Bound::At,
        (bound, _) => bound.unwrap_or(Bound::At),
    }
}
