//! Phrases: what the words around a name make of it: "eastern Ukraine", "the Wonsan region",
//! "near Kharkiv", "off the coast of Florida", "three sites in eastern Russia".

use crate::mentions::names::{Gap, NameMention, Names, Role, Shape, Word, compass, is_part_of_ground};
use crate::mentions::{number_of_word, tens_of_word};
use crate::report::Span;

/// What a phrase makes of the name inside it.
#[derive(Debug, Clone, PartialEq)]
pub enum Turn {
    /// A part of it by the compass.
    Part(&'static str),
    /// The unit or the surroundings that a type word in small letters names.
    Typed,
    /// Somewhere by it, not in it: the words that say so, and how many kilometres off, where they do.
    By(String, Option<f64>),
    /// Its border, or the one with another place: the words ("border", "northern border"), the index of the other
    /// name.
    Border(String, Option<usize>),
}

/// A phrase around a name.
#[derive(Debug, Clone, PartialEq)]
pub struct Phrase {
    /// Index of the name.
    pub name: usize,
    /// The whole phrase: "eastern Ukraine".
    pub span: Span,
    /// What it makes of the name.
    pub turn: Turn,
}

/// Counted things whose own positions nobody gives: "three military training sites in eastern Russia".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sites {
    /// "three military training sites".
    pub span: Span,
    /// How many.
    pub count: Option<u32>,
    /// The head word, singular.
    pub head: String,
    /// Index of the name they lie in.
    pub name: usize,
}

/// The phrases of a text, in text order; at most one of each turn a name.
pub fn phrases(names: &Names) -> Vec<Phrase> {
    let mut found = Vec::new();
    for (index, name) in names.names.iter().enumerate() {
        // "the Turkish border", "the Somali coast": these take a demonym too.
        let edge = border(names, index, name).or_else(|| coast(&names.words, index, name));
        if name.role == Role::Demonym {
            found.extend(edge);
            continue;
        }
        if let Some(edge) = edge {
            found.push(edge);
            continue;
        }
        if let Some(phrase) = part(&names.words, index, name) {
            found.push(phrase);
        }
        if let Some(phrase) = typed(&names.words, index, name) {
            found.push(phrase);
        }
        if let Some(phrase) = by(&names.words, index, name) {
            found.push(phrase);
        }
    }
    found
}

/// Steps back over "the" and back over the words that may stand between a part and its name.
fn part(words: &[Word], index: usize, name: &NameMention) -> Option<Phrase> {
    let (first, end) = name.words;
    let span = |from: usize| Span::new(words[from].start, words[end - 1].end);
    let make = |from: usize, part| Some(Phrase { name: index, span: span(from), turn: Turn::Part(part) });
    let mut at = first;
    // "eastern Ukraine", "north-eastern Syria".
    if at > 0 && words[at].gap == Gap::Space {
        if let Some(part) = compass_before(words, at) {
            let from = part.1;
            // "far eastern Russia", "the far north of X" below.
            if from > 0 && words[from - 1].text.eq_ignore_ascii_case("far") && words[from].gap == Gap::Space {
                return far(part.0).and_then(|part| make(from - 1, part));
            }
            // "the southern city of X" and "north of X" are no parts; "in the north of X" is, below.
            return make(from, part.0);
        }
        if words[at - 1].text == "the" && at > 1 && words[at].gap == Gap::Space {
            at -= 1;
        }
        // "the north-east of Syria", "eastern parts of the Congo", "the far east of Russia".
        if at > 0 && words[at - 1].text == "of" && words[at].gap == Gap::Space {
            let mut noun = at.checked_sub(2)?;
            if matches!(
                words[noun].text,
                "part"
                    | "parts"
                    | "areas"
                    | "regions"
                    | "districts"
                    | "provinces"
                    | "end"
                    | "half"
                    | "tip"
                    | "edge"
            ) {
                let part = compass_before(words, noun)?;
                return make(part.1, part.0);
            }
            let part = compass_at(words, noun)?;
            noun = part.1;
            let before = words.get(noun.checked_sub(1)?)?;
            if before.text == "far" {
                return far(part.0).and_then(|part| make(noun - 1, part));
            }
            // "12 miles to the north of X" lies beyond it.
            let beyond =
                noun >= 2 && words[noun - 2].text == "to" && distance_before(words, noun - 2).is_some();
            return (before.text == "the" && !beyond).then(|| make(noun, part.0)).flatten();
        }
    }
    None
}

/// The far end of a part; the middle has none.
fn far(part: &str) -> Option<&'static str> {
    Some(match part {
        "north" => "far north",
        "north-east" => "far north-east",
        "east" => "far east",
        "south-east" => "far south-east",
        "south" => "far south",
        "south-west" => "far south-west",
        "west" => "far west",
        "north-west" => "far north-west",
        _ => return None,
    })
}

/// A compass word directly before this word: the part and where it begins.
fn compass_before(words: &[Word], at: usize) -> Option<(&'static str, usize)> {
    at.checked_sub(1).and_then(|before| compass_at(words, before))
}

/// The compass word that ends here, joined over a hyphen; in capitals at the start of a sentence, and as "Northern".
fn compass_at(words: &[Word], at: usize) -> Option<(&'static str, usize)> {
    let word = &words[at];
    let small = |w: &Word| {
        w.shape == Shape::Lower || w.shape == Shape::Title && (w.opens() || is_part_of_ground(w.text))
    };
    if at > 0 && word.gap == Gap::Hyphen && small(&words[at - 1]) {
        let joined = format!("{}-{}", words[at - 1].text, word.text);
        if let Some(part) = compass(&joined) {
            return Some((part, at - 1));
        }
    }
    (small(word) && !word.possessive).then(|| compass(word.text).map(|part| (part, at))).flatten()
}

/// "Kursk region", "Wonsan area".
fn typed(words: &[Word], index: usize, name: &NameMention) -> Option<Phrase> {
    let (first, end) = name.words;
    let next = words.get(end)?;
    if next.gap != Gap::Space || words[end - 1].possessive {
        return None;
    }
    let known = matches!(
        next.text,
        "region"
            | "province"
            | "oblast"
            | "county"
            | "district"
            | "state"
            | "governorate"
            | "prefecture"
            | "department"
            | "territory"
            | "krai"
            | "parish"
            | "township"
            | "area"
            | "peninsula"
            | "island"
            | "islands"
            | "river"
            | "strait"
            | "sea"
            | "desert"
            | "valley"
    );
    // "Kremlin state television", "the Iowa state police": the word describes what follows.
    let describes = next.text == "state"
        && words
            .get(end + 1)
            .is_some_and(|w| w.gap == Gap::Space && w.shape == Shape::Lower && !is_small(w.text));
    (known && !describes).then(|| Phrase {
        name: index,
        span: Span::new(words[first].start, next.end),
        turn: Turn::Typed,
    })
}

fn is_small(word: &str) -> bool {
    matches!(
        word,
        "and"
            | "or"
            | "in"
            | "on"
            | "at"
            | "to"
            | "from"
            | "for"
            | "of"
            | "by"
            | "with"
            | "as"
            | "is"
            | "was"
            | "were"
            | "are"
            | "has"
            | "had"
            | "have"
            | "where"
            | "which"
            | "who"
            | "that"
            | "after"
            | "before"
            | "when"
            | "while"
            | "near"
            | "said"
            | "will"
            | "would"
            | "about"
            | "into"
            | "but"
            | "since"
            | "during"
            | "because"
    )
}

/// "near Kharkiv", "off the coast of Florida", "12 miles north of Aleppo".
fn by(words: &[Word], index: usize, name: &NameMention) -> Option<Phrase> {
    let (mut first, end) = name.words;
    let last_end = words[end - 1].end;
    if first > 0 && words[first - 1].text == "the" && words[first].gap == Gap::Space {
        first -= 1;
    }
    if first == 0 || !matches!(words[first].gap, Gap::Space) {
        return None;
    }
    let before = &words[first - 1];
    let measured = |from: usize| distance_before(words, from).map_or((from, None), |d| (d.1, Some(d.0)));
    let make = |from: usize, what: String| {
        let (from, km) = measured(from);
        let span = Span::new(words[from].start, last_end);
        Some(Phrase { name: index, span, turn: Turn::By(what, km) })
    };
    match before.text {
        // The words stay with the name alone: the preposition is the sentence's.
        "near" | "outside" | "off" => {
            let km = measured(first - 1).1;
            Some(Phrase { name: index, span: name.span, turn: Turn::By(before.text.to_owned(), km) })
        }
        "of" => {
            let noun = first.checked_sub(2)?;
            match words[noun].text {
                "coast" | "coasts" | "shore" | "shores" | "coastline" => {
                    let side = compass_before(words, noun);
                    let from = side.map_or(noun, |part| part.1);
                    let side = side.map(|part| format!("{} ", part.0)).unwrap_or_default();
                    let off = (1..3).find_map(|n| from.checked_sub(n).filter(|at| words[*at].text == "off"));
                    match off {
                        // The words of the distance stand before "off", and those between are part of it.
                        Some(off) if measured(off).1.is_some() => make(off, format!("off the {side}coast")),
                        Some(_) => make(from, format!("off the {side}coast")),
                        None => make(from, format!("the {side}coast")),
                    }
                }
                "border" | "frontier" => None,
                "outskirts" | "suburbs" => make(noun, format!("the {} of", words[noun].text)),
                _ => {
                    let part = compass_at(words, noun)?;
                    let mut from = part.1;
                    let article = |at: usize| at.checked_sub(1).map(|before| words[before].text);
                    if article(from) == Some("the") && from >= 2 && words[from - 2].text == "to" {
                        from -= 2;
                        distance_before(words, from)?;
                    }
                    let plain = !matches!(article(from), Some("the" | "far"));
                    plain.then(|| make(from, format!("{} of", part.0))).flatten()
                }
            }
        }
        _ => None,
    }
}

/// "off Libya's coast", "the Somali coast", "Yemen's western coast".
fn coast(words: &[Word], index: usize, name: &NameMention) -> Option<Phrase> {
    let (first, end) = name.words;
    let side = words
        .get(end)
        .filter(|w| w.gap == Gap::Space && w.shape == Shape::Lower)
        .and_then(|w| compass(w.text));
    let noun = end + usize::from(side.is_some());
    let last = words.get(noun).filter(|w| w.gap == Gap::Space)?;
    // "coast guard", "coast road".
    if !matches!(last.text, "coast" | "coastline" | "shore" | "shores") || describes(words, noun) {
        return None;
    }
    let off = (1..3).find_map(|n| first.checked_sub(n).filter(|at| words[*at].text == "off"));
    let off = off.filter(|off| first - off == 1 || words[first - 1].text == "the");
    let (from, km) = match off.and_then(|off| distance_before(words, off)) {
        Some((km, from)) => (from, Some(km)),
        None => (first, None),
    };
    let side = side.map(|side| format!("{side} ")).unwrap_or_default();
    let how = if off.is_some() { format!("off the {side}coast") } else { format!("the {side}coast") };
    let span = Span::new(words[from].start, last.end);
    Some(Phrase { name: index, span, turn: Turn::By(how, km) })
}

/// "the border between A and B", "the A-B border", "A's border with B", "the A border", "the border of A".
fn border(names: &Names, index: usize, name: &NameMention) -> Option<Phrase> {
    let words = &names.words;
    let (first, end) = name.words;
    let is_border = |at: usize| words.get(at).is_some_and(|w| matches!(w.text, "border" | "frontier"));
    let make = |from: usize, to: usize, side: Option<&str>, other: Option<usize>| {
        let how = side.map_or_else(|| "border".to_owned(), |side| format!("{side} border"));
        let span = Span::new(words[from].start, words[to - 1].end);
        Some(Phrase { name: index, span, turn: Turn::Border(how, other) })
    };
    // The name that follows after so many words, or one more where that is "the".
    let follows = |at: usize| {
        let next = names.names.get(index + 1)?;
        let start = next.words.0;
        (start == at || start == at + 1 && words[at].text == "the").then_some((index + 1, next.words.1))
    };
    let back = if first > 0 && words[first - 1].text == "the" { first - 1 } else { first };
    let preposition = back.checked_sub(1).map(|at| words[at].text);
    if back >= 2 && is_border(back - 2) && matches!(preposition, Some("between" | "of" | "with")) {
        let noun = back - 2;
        let joined = words.get(end).is_some_and(|w| w.text == "and").then(|| follows(end + 1)).flatten();
        // "A's border with B" is told at A.
        let told = index.checked_sub(1).is_some_and(|at| names.names[at].words.1 == noun);
        return match (preposition, joined) {
            (Some("with"), _) if told => None,
            (Some("with"), _) => make(noun, end, None, None),
            (_, Some((other, to))) => make(noun, to, None, Some(other)),
            (Some("of"), None) => make(noun, end, None, None),
            _ => None,
        };
    }
    // "the A-B border": told at A.
    let pair = |a: &NameMention, b: &NameMention| {
        a.words.1 == b.words.0 && matches!(words[b.words.0].gap, Gap::Hyphen | Gap::Slash | Gap::Other)
    };
    let next = names.names.get(index + 1).filter(|next| pair(name, next) && is_border(next.words.1));
    if let Some(next) = next {
        return (!describes(words, next.words.1))
            .then(|| make(first, next.words.1 + 1, None, Some(index + 1)))?;
    }
    if index.checked_sub(1).is_some_and(|before| pair(&names.names[before], name)) {
        return None;
    }
    let side = words
        .get(end)
        .filter(|w| w.gap == Gap::Space && w.shape == Shape::Lower)
        .and_then(|w| compass(w.text));
    let noun = end + usize::from(side.is_some());
    if !is_border(noun) || words[noun].gap != Gap::Space {
        return None;
    }
    if words.get(noun + 1).is_some_and(|w| w.text == "with")
        && let Some((other, to)) = (noun + 2 < words.len()).then(|| follows(noun + 2)).flatten()
    {
        return make(first, to, side, Some(other));
    }
    (!describes(words, noun)).then(|| make(first, noun + 1, side, None))?
}

/// Whether a noun only describes the noun after it: "border guards", "coast road".
fn describes(words: &[Word], noun: usize) -> bool {
    words.get(noun + 1).is_some_and(|w| {
        matches!(w.gap, Gap::Space | Gap::Hyphen)
            && (w.shape != Shape::Lower || !is_small(w.text) && !w.text.ends_with("ed"))
    })
}

/// The distance that stands directly before a word, in kilometres, and where it begins: "12 miles", "some 50 km
/// (31 miles)".
fn distance_before(words: &[Word], at: usize) -> Option<(f64, usize)> {
    let (km, from) = measure_before(words, at)?;
    // In two units: the first is the writer's own.
    let twice = (words[from].gap == Gap::Other).then(|| measure_before(words, from)).flatten();
    Some(twice.unwrap_or((km, from)))
}

fn measure_before(words: &[Word], at: usize) -> Option<(f64, usize)> {
    if !matches!(words.get(at)?.gap, Gap::Space | Gap::Other) {
        return None;
    }
    // "12 miles just north of"
    let skip = usize::from(at > 0 && matches!(words[at - 1].text, "just" | "due" | "further" | "farther"));
    let mut unit = at.checked_sub(1 + skip)?;
    let mut km = match words[unit].text {
        "mile" | "miles" | "mi" => 1.609_344,
        "km" | "kms" | "kilometre" | "kilometres" | "kilometer" | "kilometers" => 1.0,
        "metres" | "meters" | "m" => 0.001,
        "yards" => 0.000_914_4,
        "feet" | "ft" => 0.000_304_8,
        _ => return None,
    };
    if unit > 0 && words[unit - 1].text == "nautical" {
        (unit, km) = (unit - 1, 1.852);
    }
    let last = unit.checked_sub(1)?;
    if !matches!(words[unit].gap, Gap::Space | Gap::Hyphen) {
        return None;
    }
    // "1,200": a group of three after a comma with nothing between.
    let grouped = words[last].gap == Gap::Comma
        && words[last].text.len() == 3
        && last > 0
        && words[last - 1].end + 1 == words[last].start;
    let from = if grouped { last - 1 } else { last };
    let digits: String = words[from..=last].iter().map(|w| w.text).collect();
    let round = || match digits.to_ascii_lowercase().as_str() {
        "dozen" => Some(12),
        "hundred" => Some(100),
        tens => tens_of_word(tens),
    };
    let in_words = || number_of_word(&digits).or_else(round).map(f64::from);
    let number = digits.parse::<f64>().ok().or_else(in_words)?;
    (number > 0.0 && number.is_finite() && number * km < 5_000.0).then_some((number * km, from))
}

/// Head words of things that lie somewhere.
const SITE_HEADS: &[&str] = &[
    "site",
    "base",
    "camp",
    "village",
    "town",
    "city",
    "port",
    "airport",
    "airfield",
    "facility",
    "location",
    "station",
    "hospital",
    "school",
    "prison",
    "island",
    "settlement",
    "checkpoint",
    "crossing",
    "depot",
    "plant",
    "mine",
    "farm",
    "shelter",
    "centre",
    "center",
    "barracks",
    "warehouse",
    "community",
    "neighborhood",
    "neighbourhood",
    "district",
    "county",
    "province",
    "region",
    "state",
    "outpost",
    "factory",
    "refinery",
    "museum",
];

/// The phrases of one name; they stand in the order of names.
pub fn of(phrases: &[Phrase], name: usize) -> &[Phrase] {
    let start = phrases.partition_point(|phrase| phrase.name < name);
    let end = phrases.partition_point(|phrase| phrase.name <= name);
    &phrases[start..end]
}

/// Counted things in, near or across a named place.
pub fn sites(names: &Names, phrases: &[Phrase]) -> Vec<Sites> {
    let words = &names.words;
    let mut found = Vec::new();
    for (index, name) in names.names.iter().enumerate() {
        if name.role == Role::Demonym {
            continue;
        }
        // Where the place's own phrase begins: "eastern Russia".
        let start = of(phrases, index)
            .iter()
            .filter(|p| matches!(p.turn, Turn::Part(_)))
            .map(|p| p.span.start)
            .min()
            .unwrap_or(name.span.start);
        let mut at = words.partition_point(|w| w.start < start);
        if at > 0 && words[at].gap == Gap::Space && words[at - 1].text == "the" {
            at -= 1;
        }
        let Some(preposition) = at.checked_sub(1) else { continue };
        if words[at].gap != Gap::Space
            || !matches!(
                words[preposition].text,
                "in" | "near" | "across" | "around" | "along" | "outside" | "throughout" | "inside"
            )
        {
            continue;
        }
        let Some(head) = preposition.checked_sub(1) else { continue };
        let Some(singular) = singular(words[head].text) else { continue };
        if words[preposition].gap != Gap::Space || !SITE_HEADS.contains(&singular.as_str()) {
            continue;
        }
        // Back over modifiers to the number.
        let mut from = head;
        let mut number = None;
        while from > 0 && head - from < 5 && matches!(words[from].gap, Gap::Space | Gap::Hyphen) {
            from -= 1;
            if let Some(n) = count(words[from].text) {
                number = Some((from, n));
                break;
            }
            if words[from].shape != Shape::Lower
                || is_small(words[from].text)
                || matches!(words[from].text, "the" | "a" | "an")
            {
                break;
            }
        }
        let Some((from, n)) = number else { continue };
        found.push(Sites {
            span: Span::new(words[from].start, words[head].end),
            count: n,
            head: singular,
            name: index,
        });
    }
    found
}

fn singular(word: &str) -> Option<String> {
    Some(match word {
        "barracks" => "barracks".to_owned(),
        w if w.ends_with("ies") => format!("{}y", w.strip_suffix("ies")?),
        w => w.strip_suffix('s')?.to_owned(),
    })
}

/// A number of things: the count, or none for "several".
fn count(word: &str) -> Option<Option<u32>> {
    if let Some(number) = number_of_word(word).filter(|&number| number > 0) {
        return (number > 1).then_some(Some(number));
    }
    match word.to_ascii_lowercase().as_str() {
        "several" | "various" | "dozens" | "many" | "numerous" => Some(None),
        "dozen" => Some(Some(12)),
        "both" => Some(Some(2)),
        digits => digits.parse::<u32>().ok().filter(|n| (2..1000).contains(n)).map(Some),
    }
}
