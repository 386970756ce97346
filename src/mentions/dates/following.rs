//! Times that are counted from the one told before: "the next morning", "that winter", "the day before".

use super::{TimeKind, Unit, Which};
use crate::mentions::words::{Piece, Words};
use crate::report::calendar;

/// Words of the day that a part of it stands for.
const PARTS_OF_DAYS: &[&str] = &["day", "morning", "afternoon", "evening", "night"];

/// The expression whose first word is here, and the word after its last.
pub(super) fn following(words: &Words, at: usize) -> Option<(TimeKind, usize)> {
    const WHOLE: &[&str] = &["throughout the day", "during the day", "hours later", "minutes later"];
    if let Some((_, length)) = words.phrase_of(at, WHOLE) {
        return Some((TimeKind::Following { count: 0, unit: Unit::Day }, at + length));
    }
    if let Some(found) = beside(words, at) {
        return Some(found);
    }
    let (count, next) = step(words, at)?;
    if let Some(unit) = words.get(next).and_then(|word| unit(word.text)) {
        return Some((TimeKind::Following { count, unit }, next + 1));
    }
    // "that spring", "the following May", "the following Tuesday"; one that is past is told in other words.
    let named = named(words, next)?;
    // "said that Monday's flight" points at no day before.
    let points = matches!(named, TimeKind::Season { .. }) || !words.is(next - 1, "that");
    (count >= 0 && points)
        .then(|| (TimeKind::FollowingNamed { kind: Box::new(named), next: count > 0 }, next + 1))
}

/// "that", "the same", "later that", "later in the": 0; "the next", "the following": 1; "the previous": -1.
fn step(words: &Words, at: usize) -> Option<(i32, usize)> {
    let from = if words.is_one_of(at, &["later", "earlier"]) { at + 1 } else { at };
    const STEPS: &[(&str, i32)] = &[
        ("that very same", 0),
        ("that same", 0),
        ("the very same", 0),
        ("the same", 0),
        ("that", 0),
        ("the next", 1),
        ("the following", 1),
        ("the previous", -1),
        ("the preceding", -1),
    ];
    // "later in the day"
    let inside = (from > at).then(|| words.phrase(from, "in the")).flatten();
    let steps = STEPS.iter().find_map(|&(phrase, count)| Some((count, from + words.phrase(from, phrase)?)));
    steps.or(inside.map(|length| (0, from + length)))
}

/// "the day before", "the week after": alone, for "the day before the vote" and "the day after he left" date something
/// by something else.
fn beside(words: &Words, at: usize) -> Option<(TimeKind, usize)> {
    let unit = words.get(at + 1).filter(|_| words.is(at, "the")).and_then(|word| unit(word.text))?;
    let count = match words.get(at + 2)? {
        word if word.is("before") => -1,
        word if word.is("after") => 1,
        _ => return None,
    };
    let stands_alone = words.get(at + 3).is_none_or(|next| {
        next.piece == Piece::Mark || next.is_one_of(&["at", "and", "by", "in", "to", "from", "on"])
    });
    stands_alone.then_some((TimeKind::Following { count, unit }, at + 3))
}

fn unit(word: &str) -> Option<Unit> {
    match word {
        _ if PARTS_OF_DAYS.iter().any(|part| part.eq_ignore_ascii_case(word)) => Some(Unit::Day),
        "week" | "weekend" => Some(Unit::Week),
        "month" => Some(Unit::Month),
        "year" => Some(Unit::Year),
        _ => None,
    }
}

/// A season, a month or a weekday.
fn named(words: &Words, at: usize) -> Option<TimeKind> {
    let word = words.get(at)?;
    let season = match word.text {
        "spring" => Some(3),
        "summer" => Some(6),
        "autumn" => Some(9),
        "winter" => Some(12),
        _ => None,
    };
    if let Some(month) = season {
        return Some(TimeKind::Season { year: None, month, which: Which::Bare });
    }
    if !word.capitalised() {
        return None;
    }
    if let Some(day) = calendar::weekday(word.text) {
        return Some(TimeKind::Weekday { day, which: Which::Bare });
    }
    let month = calendar::month(word.text)?;
    // "the following May 2019" and "that March 3" are dates of their own.
    let alone = words.get(at + 1).is_none_or(|next| next.piece != Piece::Number);
    alone.then_some(TimeKind::Month { year: None, month, part: super::Part::Whole, which: Which::Bare })
}
