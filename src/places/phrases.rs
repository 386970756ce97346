//! Phrases: what the words around a name make of it: "eastern Ukraine", "the Wonsan region",
//! "near Kharkiv", "off the coast of Florida", "three sites in eastern Russia".

use crate::mentions::names::{Gap, NameMention, Names, Role, Shape, Word, compass};
use crate::mentions::number_of_word;
use crate::report::Span;

/// What a phrase makes of the name inside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Turn {
    /// A part of it by the compass.
    Part(&'static str),
    /// The unit or the surroundings that a type word in small letters names.
    Typed,
    /// Somewhere by it, not in it: the words that say so.
    By(String),
    /// The border of two places: the index of the other name.
    Border(usize),
}

/// A phrase around a name.
#[derive(Debug, Clone, PartialEq, Eq)]
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
        if name.role == Role::Demonym {
            continue;
        }
        if let Some(phrase) = part(&names.words, index, name) {
            found.push(phrase);
        }
        if let Some(phrase) = typed(&names.words, index, name) {
            found.push(phrase);
        }
        if let Some(phrase) = by(&names.words, names, index, name) {
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
                    | "coast"
            ) {
                let part = compass_before(words, noun)?;
                return make(part.1, part.0);
            }
            let part = compass_at(words, noun)?;
            noun = part.1;
            let before = words.get(noun.checked_sub(1)?)?;
            if before.text == "far" {
                return make(noun - 1, part.0);
            }
            return (before.text == "the").then(|| make(noun, part.0)).flatten();
        }
    }
    None
}

/// A compass word directly before this word: the part and where it begins.
fn compass_before(words: &[Word], at: usize) -> Option<(&'static str, usize)> {
    at.checked_sub(1).and_then(|before| compass_at(words, before))
}

/// The compass word that ends here, joined over a hyphen; capitals only at the start of a sentence.
fn compass_at(words: &[Word], at: usize) -> Option<(&'static str, usize)> {
    let word = &words[at];
    let small = |w: &Word| w.shape == Shape::Lower || w.opens() && w.shape == Shape::Title;
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

/// "near Kharkiv", "off the coast of Florida", "12 miles north of Aleppo", "the border between A and B".
fn by(words: &[Word], names: &Names, index: usize, name: &NameMention) -> Option<Phrase> {
    let (mut first, end) = name.words;
    let last_end = words[end - 1].end;
    if first > 0 && words[first - 1].text == "the" && words[first].gap == Gap::Space {
        first -= 1;
    }
    if first == 0 || !matches!(words[first].gap, Gap::Space) {
        return None;
    }
    let before = &words[first - 1];
    let make = |from: usize, what: String| {
        Some(Phrase { name: index, span: Span::new(words[from].start, last_end), turn: Turn::By(what) })
    };
    match before.text {
        // The words stay with the name alone: the preposition is the sentence's.
        "near" | "outside" | "off" => {
            Some(Phrase { name: index, span: name.span, turn: Turn::By(before.text.to_owned()) })
        }
        "of" => {
            let noun = first.checked_sub(2)?;
            match words[noun].text {
                "coast" | "coasts" | "shore" | "shores" => {
                    let off = (1..4).any(|n| noun.checked_sub(n).is_some_and(|at| words[at].text == "off"));
                    let from = compass_before(words, noun).map_or(noun, |part| part.1);
                    make(from, if off { "off the coast of".to_owned() } else { "the coast of".to_owned() })
                }
                "outskirts" | "suburbs" => make(noun, format!("the {} of", words[noun].text)),
                _ => {
                    let part = compass_at(words, noun)?;
                    let plain =
                        noun.checked_sub(1).is_none_or(|b| words[b].text != "the" && words[b].text != "far");
                    plain
                        .then(|| {
                            make(
                                part.1,
                                format!(
                                    "{} of",
                                    &words[part.1..=noun]
                                        .iter()
                                        .map(|w| w.text)
                                        .collect::<Vec<_>>()
                                        .join("-")
                                ),
                            )
                        })
                        .flatten()
                }
            }
        }
        "between" if first >= 2 && matches!(words[first - 2].text, "border" | "frontier") => {
            let other = index + 1;
            let next = names.names.get(other)?;
            let joined = words.get(end)?.text == "and"
                && (next.words.0 == end + 1 || next.words.0 == end + 2 && words[end + 1].text == "the");
            joined.then(|| Phrase {
                name: index,
                span: Span::new(words[first - 2].start, words[next.words.1 - 1].end),
                turn: Turn::Border(other),
            })
        }
        _ => None,
    }
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

/// Counted things in, near or across a named place.
pub fn sites(names: &Names, phrases: &[Phrase]) -> Vec<Sites> {
    let words = &names.words;
    let mut found = Vec::new();
    for (index, name) in names.names.iter().enumerate() {
        if name.role == Role::Demonym {
            continue;
        }
        // Where the place's own phrase begins: "eastern Russia".
        let start = phrases
            .iter()
            .filter(|p| p.name == index && matches!(p.turn, Turn::Part(_)))
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
