//! Quantities: how many of what.
//!
//! A stretch of text in; numbers out, each with its bounds, whether it is approximate, and the noun
//! phrase it counts, as worded: "some 1,500 special forces personnel". A number is never an average
//! and never guessed: "hundreds" is from 100 up, "two units" is two. Years, ages, percentages, money,
//! distances and clock times are told apart by [`QuantityKind`], so that nobody takes them for movers.

use super::Quantity;
use super::words::{Piece, Words, number_of_word, tens_of_word};
use crate::report::{Span, calendar};

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuantityKind {
    /// People, animals, vehicles, units, things.
    Count,
    /// Goods by weight or volume: "800 tonnes".
    Measure,
    /// Not something that moves: money, percent, distance, age, duration, temperature, rank.
    Other,
}

/// A number found in the text.
#[derive(Debug, Clone, PartialEq)]
pub struct Counted {
    /// The number with its bounds, its unit and its words.
    pub quantity: Quantity,
    /// The digits or number words alone, without "at least" and unit.
    pub number: Span,
    /// The last word of the unit, its head noun, where there is a unit.
    pub head: Option<Span>,
    /// What it counts.
    pub kind: QuantityKind,
}

/// The quantities in a range of the text that may be movers or goods, in order.
pub fn find(text: &str, range: Span) -> Vec<Quantity> {
    let counts = find_all(text, range).into_iter().filter(|found| found.kind != QuantityKind::Other);
    counts.map(|found| found.quantity).collect()
}

/// Every number in a range of the text with what it counts, in order; years and dates are left out.
pub fn find_all(text: &str, range: Span) -> Vec<Counted> {
    let words = Words::new(text, range);
    let mut found = Vec::new();
    let mut at = 0;
    let mut floor = 0;
    while at < words.list.len() {
        match number(&words, at) {
            Some(number) if !is_date(&words, at, &number) => {
                let counted = counted(&words, text, at, &number, floor);
                at = number.next;
                floor = at;
                found.push(counted);
            }
            // "2024-10-23" is five words.
            Some(number) => at = if is_iso(&words, at) { at + 5 } else { number.next },
            None => at += 1,
        }
    }
    found
}

/// A number with its bounds, before its modifiers are seen.
#[derive(Debug, Clone, Copy)]
struct Number {
    min: Option<f64>,
    max: Option<f64>,
    approx: bool,
    next: usize,
}

impl Number {
    fn exact(value: f64, next: usize) -> Self {
        Number { min: Some(value), max: Some(value), approx: false, next }
    }
}

/// The number that begins here: a range, a number, or a vague one.
fn number(words: &Words, at: usize) -> Option<Number> {
    let first = simple(words, at).or_else(|| vague(words, at))?;
    // Beyond this nothing is counted in a report, and sums would lose their last digits.
    if first.max.is_some_and(|max| max > 1e15) {
        return None;
    }
    range_to(words, at, first).or(Some(first))
}

/// "20 to 30", "20-30", "between 20 and 30".
fn range_to(words: &Words, at: usize, first: Number) -> Option<Number> {
    let joiner = words.get(first.next)?;
    let between = words.before(at).is_some_and(|before| before.is("between"));
    let joins = match joiner.text {
        "-" | "–" | "—" => words.glued(first.next) && words.glued(first.next + 1),
        "to" => !words.before(at).is_some_and(|before| before.is_one_of(&["up", "close"])),
        "and" => between,
        "or" => true,
        _ => false,
    };
    if !joins {
        return None;
    }
    let second = simple(words, first.next + 1)?;
    let (low, high) = (first.min?, second.max?);
    // "20 to 30 thousand", "1.5 to 2 million"
    let low = match scale_before(words, second.next) {
        Some(scale) if low < scale && high >= scale => low * scale,
        _ => low,
    };
    let close = joiner.text != "or" || high <= low * 2.0 && high <= 100.0;
    (low < high && close).then_some(Number {
        min: Some(low),
        max: Some(high),
        approx: joiner.text == "or",
        next: second.next,
    })
}

/// The multiplier that stands just before a word: of "2 million" a million.
fn scale_before(words: &Words, next: usize) -> Option<f64> {
    words.before(next).and_then(|word| scale(word.text))
}

fn scale(word: &str) -> Option<f64> {
    match word.to_ascii_lowercase().as_str() {
        "hundred" => Some(100.0),
        "thousand" => Some(1_000.0),
        "million" => Some(1_000_000.0),
        "billion" => Some(1_000_000_000.0),
        "dozen" => Some(12.0),
        "score" => Some(20.0),
        _ => None,
    }
}

/// One number in digits or words: "1,500", "1.5 million", "twenty-five", "two hundred", "a dozen".
fn simple(words: &Words, at: usize) -> Option<Number> {
    let word = words.get(at)?;
    if word.piece == Piece::Number {
        let value: f64 = word.text.replace(',', "").parse().ok()?;
        let mut next = at + 1;
        if words.is_one_of(next, &["st", "nd", "rd", "th"]) && words.glued(next) {
            return None;
        }
        // "C-130", "AH-64", "27/28", "10:30": part of a name, a score or a clock.
        let marks = ["-", ":", "/", "#", "№"];
        let inside = words.glued(at)
            && (words.before(at).is_some_and(|before| before.piece == Piece::Word)
                || words.before(at).is_some_and(|before| before.is_one_of(&marks))
                    && at >= 2
                    && words.glued(at - 1)
                    && words.list[at - 2].piece == Piece::Word);
        let clock = words.is(next, ":") && words.glued(next)
            || words.before(at).is_some_and(|b| b.is(":")) && words.glued(at);
        if inside || clock {
            return None;
        }
        let mut value = value;
        while let Some(by) = words.get(next).and_then(|word| scale(word.text)) {
            value *= by;
            next += 1;
        }
        return Some(Number::exact(value, next));
    }
    if word.is_one_of(&["a", "an"]) {
        let mut next = at + 1;
        let mut value = match words.get(next) {
            Some(word) if word.is("half") && words.is(next + 1, "dozen") => {
                return Some(Number::exact(6.0, next + 2));
            }
            Some(word) => scale(word.text)?,
            None => return None,
        };
        next += 1;
        if let Some(by) = words.get(next).and_then(|word| scale(word.text)) {
            value *= by;
            next += 1;
        }
        return Some(Number::exact(value, next));
    }
    if word.is("half") && words.is(at + 1, "a") && words.is_one_of(at + 2, &["dozen", "million"]) {
        let value = if words.is(at + 2, "dozen") { 6.0 } else { 500_000.0 };
        return Some(Number::exact(value, at + 3));
    }
    in_words(words, at)
}

/// "twenty-five", "two hundred and ten", "three thousand five hundred".
fn in_words(words: &Words, at: usize) -> Option<Number> {
    let (mut total, mut group, mut next, mut any) = (0.0, 0.0, at, false);
    while let Some(word) = words.get(next) {
        if let Some(value) = small(word.text) {
            // "twenty one" joins, "two three" does not.
            if any && group % 100.0 != 0.0 && !(value < 10.0 && group % 10.0 == 0.0 && group % 100.0 >= 20.0)
            {
                break;
            }
            group += value;
        } else if let Some(by) = scale(word.text).filter(|_| any) {
            match by {
                100.0 | 12.0 | 20.0 => group = f64::max(group, 1.0) * by,
                _ => (total, group) = (total + f64::max(group, 1.0) * by, 0.0),
            }
        } else {
            break;
        }
        any = true;
        next += 1;
        let joined = words.is(next, "-") && words.glued(next) || words.is(next, "and") && group >= 100.0;
        if joined && words.get(next + 1).is_some_and(|word| small(word.text).is_some()) {
            next += 1;
        }
    }
    any.then(|| Number::exact(total + group, next))
}

fn small(word: &str) -> Option<f64> {
    number_of_word(word).or_else(|| tens_of_word(word)).map(f64::from)
}

/// "hundreds", "tens of thousands", "a few dozen", "several", "a couple of", "a handful of".
fn vague(words: &Words, at: usize) -> Option<Number> {
    let from = |min: f64, max: Option<f64>, length: usize| {
        Some(Number { min: Some(min), max, approx: true, next: at + length })
    };
    const PHRASES: &[(&str, f64, Option<f64>)] = &[
        ("hundreds of thousands", 200_000.0, None),
        ("tens of thousands", 20_000.0, None),
        ("tens of millions", 20_000_000.0, None),
        ("hundreds of millions", 200_000_000.0, None),
        ("thousands", 1_000.0, None),
        ("hundreds", 100.0, None),
        ("dozens", 24.0, None),
        ("scores", 40.0, None),
        ("millions", 1_000_000.0, None),
        ("a few hundred", 200.0, Some(900.0)),
        ("several hundred", 200.0, Some(900.0)),
        ("a couple of hundred", 200.0, Some(200.0)),
        ("a couple hundred", 200.0, Some(200.0)),
        ("a few thousand", 2_000.0, Some(9_000.0)),
        ("several thousand", 2_000.0, Some(9_000.0)),
        ("a few dozen", 24.0, Some(99.0)),
        ("several dozen", 24.0, Some(99.0)),
        ("a couple of", 2.0, Some(3.0)),
        ("a few", 3.0, Some(9.0)),
        ("a handful", 3.0, Some(6.0)),
        ("several", 3.0, Some(12.0)),
    ];
    let word = words.get(at)?;
    // The corpus of guidelines: "hundreds" is 100 or more, whatever stands before "of".
    if word.is_one_of(&["hundreds", "thousands", "dozens", "tens", "scores", "millions"])
        || word.is_one_of(&["a", "several"])
    {
        let (phrase, min, max) = PHRASES.iter().find(|(phrase, ..)| words.phrase(at, phrase).is_some())?;
        let length = phrase.split(' ').count();
        // "several" and "a few" alone count nothing unless a plural follows.
        if phrase.starts_with("a couple") || matches!(*phrase, "a few" | "several" | "a handful") {
            let of = if words.is(at + length, "of") { length + 1 } else { length };
            let counts = (of..of + 4).filter_map(|ahead| words.get(at + ahead)).any(|word| plural(word.text));
            return counts.then(|| from(*min, *max, length)).flatten();
        }
        return from(*min, *max, length);
    }
    None
}

fn plural(word: &str) -> bool {
    let lower = word.to_lowercase();
    (lower.ends_with('s') && !lower.ends_with("ss") && lower.len() > 3)
        || [
            "people",
            "men",
            "women",
            "children",
            "personnel",
            "troops",
            "crew",
            "aircraft",
            "police",
            "cattle",
        ]
        .contains(&lower.as_str())
}

/// Whether the number is a year or part of a date.
fn is_date(words: &Words, at: usize, number: &Number) -> bool {
    let Some(word) = words.get(at) else { return false };
    let month = |at: usize| {
        words.get(at).is_some_and(|word| {
            word.capitalised() && calendar::month(word.text.trim_end_matches('.')).is_some()
        })
    };
    let before_is_month = at.checked_sub(1).is_some_and(month)
        || at >= 2 && words.is(at - 1, ".") && month(at - 2)
        || at >= 2
            && words.is(at - 1, ",")
            && at >= 3
            && words.list[at - 2].piece == Piece::Number
            && (month(at - 3) || at >= 4 && month(at - 4));
    let day = word.piece == Piece::Number && word.text.len() <= 2;
    let day_month = day
        && (month(number.next)
            || words.is_one_of(number.next, &["-", "–", "to", "and"]) && month(number.next + 2));
    let day_of_range = day
        && words.before(at).is_some_and(|before| before.is_one_of(&["-", "–", "to"]))
        && at >= 3
        && month(at - 3);
    let value = word.text.parse::<i32>().unwrap_or(0);
    let before_year = ["in", "since", "until", "by", "summer", "winter", "spring", "autumn"];
    let counts = counts_something(words, number.next)
        && (value % 100 == 0 || !(1900..2100).contains(&value) || modifier(words, at, 0).is_some())
        && !words.before(at).is_some_and(|before| before.is_one_of(&before_year));
    let year = word.piece == Piece::Number
        && word.text.len() == 4
        && (1000..2200).contains(&value)
        && !counts
        && number.next == at + 1;
    let old_year = word.piece == Piece::Number
        && word.text.len() == 3
        && words.before(at).is_some_and(|before| {
            before.is_one_of(&["spring", "summer", "autumn", "winter"])
                || before.is("in") && words.is(number.next, ",")
        });
    // "In March 300 soldiers left" counts; "December 759" does not.
    let of_month =
        day || word.text.len() == 4 || word.text.len() == 3 && !counts_something(words, number.next);
    before_is_month && of_month
        || day_month
        || day_of_range
        || year && number.min == number.max
        || old_year
        || is_iso(words, at)
}

fn is_iso(words: &Words, at: usize) -> bool {
    let digits = |at: usize, count: usize| {
        words.get(at).is_some_and(|word| word.piece == Piece::Number && word.text.len() == count)
    };
    digits(at, 4) && words.is(at + 1, "-") && digits(at + 2, 2) && words.is(at + 3, "-") && digits(at + 4, 2)
}

/// Whether a plural noun follows within a few words.
fn counts_something(words: &Words, next: usize) -> bool {
    let follows = words.list[next.min(words.list.len())..].iter().take(4);
    follows
        .take_while(|word| word.piece == Piece::Word && !word.is_one_of(STOPS))
        .any(|word| plural(word.text) && !word.is_one_of(&["has", "was", "its", "this", "as", "is"]))
}

/// Words before a number that bound or blur it.
const MODIFIERS: &[(&str, Bounds)] = &[
    ("at least", Bounds::Low),
    ("no fewer than", Bounds::Low),
    ("no less than", Bounds::Low),
    ("not less than", Bounds::Low),
    ("a minimum of", Bounds::Low),
    ("more than", Bounds::Low),
    ("upwards of", Bounds::Low),
    ("upward of", Bounds::Low),
    ("in excess of", Bounds::Low),
    ("well over", Bounds::Low),
    ("just over", Bounds::Low),
    ("over", Bounds::Low),
    ("above", Bounds::Low),
    ("up to", Bounds::High),
    ("as many as", Bounds::High),
    ("as much as", Bounds::High),
    ("at most", Bounds::High),
    ("no more than", Bounds::High),
    ("not more than", Bounds::High),
    ("a maximum of", Bounds::High),
    ("fewer than", Bounds::High),
    ("less than", Bounds::High),
    ("under", Bounds::High),
    ("below", Bounds::High),
    ("some of its", Bounds::High),
    ("some of their", Bounds::High),
    ("some of the", Bounds::High),
    ("some of his", Bounds::High),
    ("some of her", Bounds::High),
    ("an estimated", Bounds::About),
    ("estimated", Bounds::About),
    ("close to", Bounds::About),
    ("approximately", Bounds::About),
    ("roughly", Bounds::About),
    ("about", Bounds::About),
    ("around", Bounds::About),
    ("some", Bounds::About),
    ("nearly", Bounds::About),
    ("almost", Bounds::About),
    ("perhaps", Bounds::About),
    ("maybe", Bounds::About),
    ("circa", Bounds::About),
    ("between", Bounds::Same),
    ("a total of", Bounds::Same),
    ("exactly", Bounds::Same),
    ("precisely", Bounds::Same),
    ("another", Bounds::Same),
    ("an additional", Bounds::Same),
    ("a further", Bounds::Same),
    ("all", Bounds::Same),
    ("only", Bounds::Same),
    ("just", Bounds::Same),
    ("the first", Bounds::Same),
    ("a group of", Bounds::Same),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bounds {
    Low,
    High,
    About,
    Same,
}

/// The number with the words around it.
fn counted(words: &Words, text: &str, at: usize, number: &Number, floor: usize) -> Counted {
    let mut quantity = *number;
    let mut from = at;
    // "some of its approximately 60": several may stand before one number.
    for _ in 0..3 {
        let Some((start, bounds)) = modifier(words, from, floor) else { break };
        from = start;
        match bounds {
            Bounds::Low => quantity.max = None,
            Bounds::High => (quantity.min, quantity.max) = (None, quantity.max.or(quantity.min)),
            Bounds::About => quantity.approx = true,
            Bounds::Same => {}
        }
    }
    let mut next = number.next;
    // "12,000 or more", "50 or so"
    for (phrase, bounds) in [
        ("or more", Bounds::Low),
        ("or so", Bounds::About),
        ("or fewer", Bounds::High),
        ("or less", Bounds::High),
    ] {
        if let Some(length) = words.phrase(next, phrase) {
            next += length;
            match bounds {
                Bounds::Low => quantity.max = None,
                Bounds::High => quantity.min = None,
                _ => quantity.approx = true,
            }
        }
    }
    let money = money_before(words, from, at);
    let unit = if money { None } else { unit(words, next) };
    let (unit_words, head, end) = match unit {
        Some((first, last)) => {
            let span = words.span(first, last);
            (Some(span.of(text).to_owned()), Some(words.span(last - 1, last)), last)
        }
        None => (None, None, next),
    };
    let span = words.span(from, end);
    let kind = kind(words, at, next, money, unit_words.as_deref());
    let unit = match unit_words {
        // "a 60-person detail": sixty people.
        Some(unit) if unit == "person" => Some("people".to_owned()),
        other => other,
    };
    Counted {
        quantity: Quantity {
            min: quantity.min,
            max: quantity.max,
            approx: quantity.approx,
            unit,
            text: span.of(text).to_owned(),
            span,
        },
        number: words.span(at, number.next),
        head,
        kind,
    }
}

/// The modifier that ends just before a word.
fn modifier(words: &Words, end: usize, floor: usize) -> Option<(usize, Bounds)> {
    MODIFIERS.iter().find_map(|&(phrase, bounds)| {
        let start = end.checked_sub(phrase.split(' ').count()).filter(|start| *start >= floor)?;
        words.phrase(start, phrase)?;
        // "went over 12 fences", "between" without its "and" are met rarely enough.
        Some((start, bounds))
    })
}

const STOPS: &[&str] = &[
    "of",
    "in",
    "on",
    "at",
    "to",
    "from",
    "by",
    "for",
    "with",
    "and",
    "or",
    "but",
    "were",
    "was",
    "are",
    "is",
    "had",
    "has",
    "have",
    "who",
    "that",
    "which",
    "will",
    "would",
    "may",
    "might",
    "could",
    "as",
    "into",
    "onto",
    "than",
    "aboard",
    "after",
    "before",
    "since",
    "until",
    "while",
    "when",
    "where",
    "left",
    "arrived",
    "went",
    "came",
    "it",
    "they",
    "he",
    "she",
    "we",
    "the",
    "a",
    "an",
    "this",
    "these",
    "those",
    "its",
    "their",
    "his",
    "her",
    "out",
    "off",
    "over",
    "through",
    "across",
    "during",
    "under",
    "via",
    "bound",
    "be",
    "been",
    "being",
    "said",
    "not",
    "if",
    "because",
    "so",
    "near",
    "around",
    "about",
    "inside",
    "outside",
    "within",
    "toward",
    "towards",
    "up",
    "down",
    "home",
    "back",
    "there",
    "here",
    "more",
    "less",
    "ago",
    "later",
    "earlier",
    "each",
    "per",
    "did",
    "do",
    "does",
    "can",
    "should",
    "must",
    "also",
    "then",
    "now",
    "yesterday",
    "today",
    "tomorrow",
    "overnight",
    "aged",
];

/// The noun phrase after a number, from its first word to past its head; "of them" is no unit.
fn unit(words: &Words, at: usize) -> Option<(usize, usize)> {
    let mut from = at;
    // "60-person", "11-strong"
    if words.is(from, "-") && words.glued(from) {
        from += 1;
        let word = words.get(from).filter(|word| word.piece == Piece::Word)?;
        return (!word.is("year")).then_some((from, from + 1));
    }
    // "hundreds of soldiers"; but "1,500 of them", "three of the ships" count a part of something.
    if words.is(from, "of") {
        if words.is_one_of(
            from + 1,
            &["them", "these", "those", "us", "whom", "which", "the", "its", "their", "his", "her"],
        ) {
            return None;
        }
        from += 1;
    }
    // "3,000 of" without more, "25, some of them"
    if words.get(from)?.piece == Piece::Mark && !words.is_one_of(from, &["%", "\"", "“"]) {
        return None;
    }
    let mut end = from;
    let mut last_noun = None;
    while let Some(word) = words.get(end) {
        let hyphen = word.is("-") && words.glued(end) && words.glued(end + 1);
        let abbreviation = word.is(".")
            && words.glued(end)
            && words.before(end).is_some_and(|before| before.text.len() == 1 && before.capitalised());
        let percent = word.is("%") && end == from;
        // "CH-53E helicopters": the number belongs to the name before it.
        let designation = word.piece == Piece::Number && end > from && words.glued(end);
        if !(word.piece == Piece::Word || hyphen || abbreviation || percent || designation)
            || word.is_one_of(STOPS) && !hyphen
        {
            break;
        }
        if end - from > 9 {
            break;
        }
        // A verb in -ed or -ing after the plural noun does not belong to it.
        if last_noun.is_some()
            && (word.text.ends_with("ed") || word.text.ends_with("ing") || word.text.ends_with("ly"))
        {
            break;
        }
        if word.text.ends_with("'s") || word.text.ends_with("’s") {
            break;
        }
        end += 1;
        if plural(word.text) && !hyphen {
            last_noun = Some(end);
            // "troops", "soldiers" end the phrase unless another noun in the plural or a known head follows.
            let more = words.get(end).is_some_and(|next| {
                next.piece == Piece::Word
                    && !next.is_one_of(STOPS)
                    && (plural(next.text) || COMPOUND_HEADS.iter().any(|head| next.is(head)))
            });
            if !more {
                break;
            }
        }
    }
    let end = last_noun.unwrap_or_else(|| singular_head(words, from, end));
    if end <= from {
        return None;
    }
    // "300 buses and cars", "281 diplomats and civilians"
    if last_noun.is_some()
        && words.is(end, "and")
        && words.get(end + 1).is_some_and(|word| {
            word.piece == Piece::Word && plural(word.text) && word.text.starts_with(char::is_lowercase)
        })
        && !words.is_one_of(end + 2, &["were", "are", "had", "have", "left", "was", "will", "from"])
            | same_count(words, end + 1)
    {
        return Some((from, end + 2));
    }
    Some((from, end))
}

/// Whether the second noun of "buses and cars" goes with the first: both stand alone.
fn same_count(words: &Words, at: usize) -> bool {
    !words.get(at + 1).is_some_and(|next| next.piece == Piece::Word && !next.is_one_of(STOPS))
}

/// Heads that look singular after a plural: "special forces personnel", "crew members" is plural.
const COMPOUND_HEADS: &[&str] =
    &["personnel", "members", "staff", "crew", "workers", "aircraft", "people", "officers"];

/// Without a plural the head is the last noun of up to three words: "one ship", "2 metric ton".
/// A verb ("12 injured", "52 sailed") is none.
fn singular_head(words: &Words, from: usize, end: usize) -> usize {
    let verb = |at: &usize| ["ed", "ing", "ly"].iter().any(|ending| words.list[*at].text.ends_with(ending));
    let first_verb = (from..end.min(from + 3)).find(verb).unwrap_or(end.min(from + 3));
    (from..first_verb)
        .rev()
        .find(|&at| words.list[at].piece == Piece::Word || words.is(at, "%"))
        .map_or(from, |at| at + 1)
}

/// Whether a currency stands right before the number.
fn money_before(words: &Words, from: usize, at: usize) -> bool {
    let symbol = |at: usize| {
        at.checked_sub(1).and_then(|at| words.get(at)).is_some_and(|word| {
            word.is_one_of(&["$", "€", "£", "¥", "₽", "₹", "₩", "US$", "USD", "EUR", "Rs"])
        })
    };
    symbol(at) || symbol(from)
}

/// Units of money, as nouns in the singular (the currencies of ISO 4217 by their English names).
const CURRENCIES: &[&str] = &[
    "afghani",
    "baht",
    "birr",
    "bolivar",
    "boliviano",
    "cedi",
    "dalasi",
    "dinar",
    "dirham",
    "dollar",
    "dong",
    "dram",
    "escudo",
    "euro",
    "forint",
    "franc",
    "gourde",
    "guarani",
    "hryvnia",
    "kina",
    "kip",
    "koruna",
    "krona",
    "krone",
    "kroner",
    "kronor",
    "kwacha",
    "kwanza",
    "kyat",
    "lari",
    "lempira",
    "leu",
    "lei",
    "lev",
    "lira",
    "manat",
    "naira",
    "peso",
    "pound",
    "pula",
    "quetzal",
    "rand",
    "reais",
    "rial",
    "riel",
    "ringgit",
    "riyal",
    "rouble",
    "ruble",
    "rupee",
    "rupiah",
    "shilling",
    "sterling",
    "taka",
    "tenge",
    "tugrik",
    "won",
    "yen",
    "yuan",
    "zloty",
];

/// Whether a word, singular or plural, names a unit of money.
pub fn is_currency(word: &str) -> bool {
    CURRENCIES.contains(&word)
        || word.strip_suffix('s').is_some_and(|singular| CURRENCIES.contains(&singular))
}

/// What the number counts.
fn kind(words: &Words, at: usize, next: usize, money: bool, unit: Option<&str>) -> QuantityKind {
    const OTHER: &[&str] = &[
        "%",
        "percent",
        "percentage",
        "per",
        "km",
        "kilometre",
        "kilometres",
        "kilometer",
        "kilometers",
        "mile",
        "miles",
        "metre",
        "metres",
        "meter",
        "meters",
        "m",
        "ft",
        "feet",
        "foot",
        "inch",
        "inches",
        "cm",
        "mm",
        "knots",
        "mph",
        "kph",
        "nautical",
        "hectares",
        "acres",
        "degrees",
        "degree",
        "year",
        "years",
        "month",
        "months",
        "week",
        "weeks",
        "day",
        "days",
        "hour",
        "hours",
        "minute",
        "minutes",
        "second",
        "seconds",
        "night",
        "nights",
        "decade",
        "decades",
        "century",
        "centuries",
        "times",
        "time",
        "points",
        "votes",
        "goals",
        "UTC",
        "GMT",
        "local",
        "am",
        "pm",
        "a",
        "p",
        "hPa",
        "mb",
        "countries",
        "nations",
        "provinces",
        "sites",
        "bases",
        "towns",
        "cities",
        "villages",
        "locations",
        "places",
        "reasons",
        "sides",
        "weekend",
        "weekends",
        "fronts",
        "fold",
    ];
    const WEIGHTS: &[&str] = &[
        "tonne",
        "tonnes",
        "ton",
        "tons",
        "kg",
        "kilos",
        "kilogram",
        "kilograms",
        "barrels",
        "litres",
        "liters",
        "gallons",
        "metric",
        "bushels",
        "grams",
        "pounds",
    ];
    if money {
        return QuantityKind::Other;
    }
    let after = words.get(next);
    // "the age of 41", "aged 41", "Kirby, 41,"
    let aged = words.before(at).is_some_and(|before| before.is_one_of(&["aged", "age"]))
        || words.before(at).is_some_and(|before| before.is("of")) && at >= 2 && words.is(at - 2, "age");
    let apposed = words.before(at).is_some_and(|before| before.is(","))
        && after.is_none_or(|after| after.is_one_of(&[",", "."]))
        && at >= 2
        && words.list[at - 2].capitalised();
    // "Category 5", "Route 66", "Depression Three", "the Lost 52 Project", "09W": a name, not a count.
    let before_name = words.before(at).is_some_and(|before| {
        let sentence_start = at < 2 || words.list[at - 2].is_one_of(&[".", "!", "?", ":", "\"", "“"]);
        before.capitalised()
            && !sentence_start
            && !before.is_one_of(&[
                "Some", "About", "Around", "Another", "All", "The", "These", "Those", "Its", "Their",
            ])
    });
    let word = &words.list[at];
    let number_of_name = before_name
        && (unit.is_none() || word.capitalised() || after.is_some_and(|after| after.capitalised()));
    let named = number_of_name
        || words.glued(next) && after.is_some_and(|after| after.piece == Piece::Word)
        || words.before(at).is_some_and(|before| {
            before.is_one_of(&[
                "category",
                "article",
                "flight",
                "route",
                "highway",
                "chapter",
                "phase",
                "no",
                "number",
                "latitude",
                "longitude",
                "magnitude",
            ])
        });
    let glued_year = words.is(next, "-")
        && words.is_one_of(
            next + 1,
            &[
                "year",
                "day",
                "hour",
                "mile",
                "km",
                "kilometre",
                "kilometer",
                "foot",
                "month",
                "week",
                "minute",
                "point",
                "metre",
                "meter",
            ],
        );
    if aged || apposed || named || glued_year {
        return QuantityKind::Other;
    }
    let Some(unit) = unit else { return QuantityKind::Count };
    let mut parts = unit.split([' ', '-']);
    let first = parts.next().unwrap_or_default();
    let last = parts.next_back().unwrap_or(first);
    let is = |list: &[&str]| {
        list.iter().any(|word| word.eq_ignore_ascii_case(first) || word.eq_ignore_ascii_case(last))
    };
    if is(WEIGHTS) {
        QuantityKind::Measure
    } else if is(OTHER) || [first, last].iter().any(|word| is_currency(&word.to_lowercase())) {
        QuantityKind::Other
    } else {
        QuantityKind::Count
    }
}

#[cfg(test)]
#[path = "quantities_tests.rs"]
mod tests;
