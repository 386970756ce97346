//! Candidates: every span that may be the name of a place, with what the gazetteer knows of it.

use super::lists::List;
use super::persons::Role;
use super::short::short;
use super::words::{Gap, Shape, Word, token};
use crate::gazetteer::{Found, Gazetteer, Institution, Kind, NameKind, fold};
use crate::report::Span;
use crate::syntax::{EntityKind, Tree};
use std::borrow::Cow;
use std::sync::Arc;

/// How a candidate was come by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// A short form: "U.S.", "N.D.", "Paris, TX".
    Short,
    /// The gazetteer has the words as they stand.
    Name,
    /// A known name with a type word: "Fulton County", "Ural River".
    Typed,
    /// A way in a town: "Bourbon Street".
    Street,
    /// A facility: "Karl Bremer Hospital".
    Facility,
    /// A natural feature or unit that the gazetteer lacks: "Turtle Creek".
    Feature,
    /// A name that only the recogniser takes for a place.
    Labelled,
}

/// A span that may be the name of a place.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// First word.
    pub first: usize,
    /// One past the last word.
    pub end: usize,
    /// Where it stands.
    pub span: Span,
    /// The name as the gazetteer was asked for it.
    pub lookup: String,
    /// What the gazetteer has, most prominent first.
    pub found: Arc<[Found]>,
    /// How it was come by.
    pub form: Form,
    /// The type word that belongs to the name or follows it in small letters ("Kursk region").
    pub type_word: Option<String>,
}

/// The longest name in words.
const LONGEST_NAME: usize = 7;

/// Every candidate of the text, by first word, longer ones first.
pub fn candidates(
    text: &str,
    words: &[Word],
    trees: &[Tree],
    roles: &[Role],
    gazetteer: &Gazetteer,
) -> Vec<Candidate> {
    let mut all = Vec::new();
    for first in 0..words.len() {
        let word = &words[first];
        if !word.capital() && word.shape != Shape::Number {
            continue;
        }
        let mut here = Vec::new();
        if word.capital() {
            abbreviations(text, words, first, gazetteer, &mut here);
            names(text, words, first, gazetteer, &mut here);
            typed(text, words, first, gazetteer, &mut here);
        }
        roads(text, words, first, &mut here);
        if word.capital() {
            facilities(text, words, first, roles, &mut here);
            unknown(text, words, first, trees, &mut here);
        }
        here.sort_by_key(|c| (std::cmp::Reverse(c.end), c.form));
        // One candidate a span: the first form wins.
        here.dedup_by_key(|c| c.end);
        all.append(&mut here);
    }
    all
}

fn candidate(
    words: &[Word],
    first: usize,
    end: usize,
    lookup: String,
    found: Arc<[Found]>,
    form: Form,
) -> Candidate {
    let span = Span::new(words[first].start, words[end - 1].end);
    Candidate { first, end, span, lookup, found, form, type_word: None }
}

/// Whether two neighbouring words may belong to one name.
pub fn joined(words: &[Word], at: usize) -> bool {
    matches!(words[at].gap, Gap::Space | Gap::Hyphen) && !words[at - 1].possessive
}

/// Small words inside names: "Rio de Janeiro", "Trinidad and Tobago".
fn is_particle(word: &Word) -> bool {
    matches!(
        word.text,
        "of" | "the"
            | "and"
            | "de"
            | "del"
            | "della"
            | "di"
            | "da"
            | "do"
            | "dos"
            | "das"
            | "du"
            | "des"
            | "la"
            | "las"
            | "le"
            | "les"
            | "los"
            | "el"
            | "al"
            | "an"
            | "on"
            | "upon"
            | "sur"
            | "en"
            | "in"
            | "am"
            | "an der"
            | "der"
            | "den"
            | "van"
            | "y"
            | "e"
            | "i"
            | "ul"
            | "ash"
            | "as"
            | "at"
            | "ad"
            | "az"
            | "bin"
            | "under"
            | "by"
            | "kwa"
            | "wa"
            | "ya"
            | "es"
            | "ed"
            | "ar"
            | "au"
            | "et"
            | "im"
            | "bei"
            | "ob"
            | "over"
            | "aux"
            | "à"
            | "sous"
            | "sul"
            | "of the"
    )
}

fn abbreviations(text: &str, words: &[Word], first: usize, gazetteer: &Gazetteer, all: &mut Vec<Candidate>) {
    let word = &words[first];
    let spaced = matches!(word.text, "W" | "N" | "S")
        && words
            .get(first + 1)
            .is_some_and(|next| matches!(next.gap, Gap::Space | Gap::Stop) && next.shape != Shape::Lower);
    let (form, end) = if spaced {
        let end = first + 2;
        (text[word.start..words[end - 1].end].to_owned(), end)
    } else {
        (word.text.to_owned(), first + 1)
    };
    let Some(entry) = short(&form).or_else(|| short(word.text)) else { return };
    let end = if short(&form).is_some() { end } else { first + 1 };
    let after_name = matches!(word.gap, Gap::Comma)
        && first > 0
        && (words[first - 1].capital() || first > 1 && words[first - 1].shape == Shape::Number);
    if entry.after_name_only && !after_name || word.shouted && word.text == "US" && !after_name && first > 0 {
        return;
    }
    let found = gazetteer.find(entry.full.trim_end_matches(" US"));
    all.push(candidate(words, first, end, entry.full.clone(), found, Form::Short));
}

fn names(text: &str, words: &[Word], first: usize, gazetteer: &Gazetteer, all: &mut Vec<Candidate>) {
    let mut end = first + 1;
    loop {
        let last = &words[end - 1];
        if last.capital() || end > first + 1 && last.shape == Shape::Number {
            let surface = &text[words[first].start..last.end];
            if let Some((lookup, found)) = look_up(surface, gazetteer)
                && !only_an_article_more(words, first, end, text, &found, gazetteer)
            {
                let short =
                    found.iter().all(|f| f.name_kind == NameKind::Abbreviation) && last.shape != Shape::Title;
                let form = if short { Form::Short } else { Form::Name };
                all.push(candidate(words, first, end, lookup.into_owned(), found, form));
            }
        }
        if end >= words.len() || end - first >= LONGEST_NAME {
            break;
        }
        let next = &words[end];
        let comma = next.gap == Gap::Comma && matches!(next.text, "D.C." | "DC" | "D.C");
        let saint = matches!(words[end - 1].text, "St" | "Mt" | "Ft");
        let slash = next.gap == Gap::Slash;
        // Over "'s" and slashes only where a name goes on so: "People's Republic of China".
        let goes_on = (words[end - 1].possessive && next.gap == Gap::Space || slash)
            && gazetteer.contains_name_prefix(&fold(&text[words[first].start..next.end]));
        if !(joined(words, end) || comma || saint || goes_on)
            || !(next.capital() || is_particle(next) || next.shape == Shape::Number)
        {
            break;
        }
        end += 1;
    }
}

/// Institutions that news names for governments ("the Kremlin"): where they stand, else for whom they speak.
fn entry_of(institution: Institution) -> Option<Arc<[Found]>> {
    let entry = institution.place.or(institution.country)?;
    Some([Found { entry, name_kind: NameKind::Usual, rank: 0 }].into())
}

/// What the gazetteer has under this name, codes left out.
fn look_up<'t>(surface: &'t str, gazetteer: &Gazetteer) -> Option<(Cow<'t, str>, Arc<[Found]>)> {
    let mut lookup = Cow::Borrowed(surface);
    let (mut found, institution) = gazetteer.named(surface);
    let is_apart = |c: char| c != ' ' && c.is_whitespace();
    if found.is_empty() && (surface.contains("  ") || surface.contains(is_apart)) {
        lookup = surface.split_whitespace().collect::<Vec<_>>().join(" ").into();
        found = gazetteer.find(&lookup);
    }
    if found.iter().any(|f| f.name_kind == NameKind::Code) {
        found = found.iter().filter(|f| f.name_kind != NameKind::Code).copied().collect();
    }
    if let Some(institution) = institution.and_then(entry_of) {
        let small = |f: &Found| gazetteer.kind(f.entry) == Kind::City && gazetteer.prominence(f.entry) < 60;
        if found.iter().all(small) {
            found = institution;
        } else if gazetteer.kind(found[0].entry) == Kind::Building {
            // "White House" is the house, though towns bear the name too.
            found = found[..1].into();
        }
    }
    (!found.is_empty()).then_some((lookup, found))
}

/// "The United States" where the name is "United States"; not so "The Hague".
fn only_an_article_more(
    words: &[Word],
    first: usize,
    end: usize,
    text: &str,
    found: &[Found],
    gazetteer: &Gazetteer,
) -> bool {
    if !matches!(words[first].text, "The" | "THE") || end < first + 2 {
        return false;
    }
    let named = found.first().is_some_and(|f| gazetteer.entry(f.entry).name.starts_with("The "));
    !named && !gazetteer.find(&text[words[first + 1].start..words[end - 1].end]).is_empty()
}

/// Names with a type word before or after that the gazetteer has only without it, or not at all.
fn typed(text: &str, words: &[Word], first: usize, gazetteer: &Gazetteer, all: &mut Vec<Candidate>) {
    let has_span = |all: &[Candidate], end: usize| all.iter().any(|c| c.end == end);
    for end in first + 2..=(first + 4).min(words.len()) {
        if !joined(words, end - 1) || !words[end - 1].capital() {
            break;
        }
        let type_word = words[end - 1].text;
        if !words[end - 1].lists.has(List::TypesAfter)
            || has_span(all, end)
            || words[end - 1].shape == Shape::Initial
        {
            continue;
        }
        if words[first].lists.has(List::Function) || words[first].lists.has(List::Calendar) {
            continue;
        }
        let bare = &text[words[first].start..words[end - 2].end];
        let found = gazetteer.find(bare);
        let form = if found.is_empty() { Form::Feature } else { Form::Typed };
        let mut it = candidate(words, first, end, bare.to_owned(), found, form);
        it.type_word = Some(type_word.to_lowercase());
        all.push(it);
    }
    if words[first].lists.has(List::TypesBefore) {
        let mut start = first + 1;
        if words.get(start).is_some_and(|w| w.text == "of" && w.gap == Gap::Space) {
            start += 1;
            if words.get(start).is_some_and(|w| w.text == "the") {
                start += 1;
            }
        }
        for end in start + 1..=(start + 2).min(words.len()) {
            if !joined(words, end - 1) || !words[end - 1].capital() {
                break;
            }
            if has_span(all, end) {
                continue;
            }
            let bare = &text[words[start].start..words[end - 1].end];
            let found = gazetteer.find(bare);
            let form = if found.is_empty() { Form::Feature } else { Form::Typed };
            let mut it = candidate(words, first, end, bare.to_owned(), found, form);
            it.type_word = Some(words[first].text.to_lowercase());
            all.push(it);
        }
    }
}

/// Ways: "Bourbon Street", "West 42nd Street", "Interstate 95", "FM 645", "A120".
fn roads(text: &str, words: &[Word], first: usize, all: &mut Vec<Candidate>) {
    let word = &words[first];
    let next = words.get(first + 1);
    let push = |all: &mut Vec<Candidate>, end: usize| {
        let lookup = text[word.start..words[end - 1].end].to_owned();
        all.push(candidate(words, first, end, lookup, Arc::default(), Form::Street));
    };
    if word.capital()
        && word.lists.has(List::NumberedRoads)
        && next.is_some_and(|n| n.shape == Shape::Number && matches!(n.gap, Gap::Space | Gap::Hyphen))
    {
        let end = first + 2;
        push(all, end);
    }
    // "A120", "M25", "I-95".
    if word.shape == Shape::Upper || word.shape == Shape::Title {
        let digits = word.text.chars().skip(1).collect::<String>();
        if word.text.starts_with(['A', 'M', 'B', 'N', 'E'])
            && digits.len() >= 2
            && digits.chars().all(|c| c.is_ascii_digit())
        {
            push(all, first + 1);
        }
    }
    let numbered = word.shape == Shape::Number
        && ["st", "nd", "rd", "th"].iter().any(|ending| word.text.ends_with(ending));
    if !(word.capital() || numbered) || word.lists.has(List::Function) {
        return;
    }
    for end in first + 2..=(first + 5).min(words.len()) {
        if !joined(words, end - 1) {
            break;
        }
        let last = &words[end - 1];
        if last.capital() && last.lists.has(List::Streets) {
            push(all, end);
        }
        if !(last.capital() || last.shape == Shape::Number) {
            break;
        }
    }
}

/// Names that the gazetteer lacks: what the recogniser calls a place, and a run of capitals after "in".
fn unknown(text: &str, words: &[Word], first: usize, trees: &[Tree], all: &mut Vec<Candidate>) {
    let word = &words[first];
    if word.shouted || word.lists.has(List::Function) || word.lists.has(List::Calendar) {
        return;
    }
    let place = |w: &Word| {
        token(w, trees)
            .is_some_and(|t| matches!(t.entity, Some(EntityKind::Gpe | EntityKind::Loc | EntityKind::Fac)))
    };
    let inside = first > 0 && joined(words, first) && words[first - 1].capital() && !words[first - 1].opens();
    let grounded = first > 0
        && word.gap == Gap::Space
        && (matches!(words[first - 1].text, "of" | "for") || words[first - 1].lists.has(List::Locative));
    let begins = place(word) && (first == 0 || !place(&words[first - 1]) || !joined(words, first));
    if !begins && (inside || !grounded) {
        return;
    }
    let mut end = first + 1;
    while end < words.len() && end - first < 5 && joined(words, end) {
        let goes_on = |at: usize| words.get(at).is_some_and(|w| w.capital() && (!begins || place(w)));
        // "San Ignacio de Moxos": over a small word to the next in capitals.
        let over = matches!(
            words[end].text,
            "de" | "del" | "la" | "las" | "los" | "da" | "do" | "dos" | "di" | "du"
        ) && end + 1 < words.len()
            && joined(words, end + 1)
            && goes_on(end + 1);
        match (goes_on(end), over) {
            (true, _) => end += 1,
            (false, true) => end += 2,
            _ => break,
        }
    }
    if !all.iter().any(|c| c.end == end) {
        let lookup = text[word.start..words[end - 1].end].to_owned();
        all.push(candidate(words, first, end, lookup, Arc::default(), Form::Labelled));
    }
}

/// Facilities: a run of capitals that ends in a facility's head word.
fn facilities(text: &str, words: &[Word], first: usize, roles: &[Role], all: &mut Vec<Candidate>) {
    /// The most words that a facility's name may take.
    const WIDEST: usize = 6;
    if first > 0
        && joined(words, first)
        && words[first - 1].capital()
        && !roles[first - 1].titled
        && !words[first - 1].opens()
    {
        return;
    }
    let mut end = first + 1;
    while end < words.len()
        && end < first + WIDEST
        && joined(words, end)
        && (words[end].capital() || matches!(words[end].text, "of" | "the" | "and" | "for" | "de"))
    {
        end += 1;
    }
    while end > first + 1 && !words[end - 1].capital() {
        end -= 1;
    }
    for end in (first + 2..=end).rev() {
        let last = &words[end - 1];
        if !last.capital()
            || words[first..end - 1].iter().any(|w| w.possessive && w.end != words[end - 2].end)
        {
            continue;
        }
        if last.lists.has(List::Facilities)
            && last.shape != Shape::Lower
            && !words[first].lists.has(List::Function)
        {
            let lookup = text[words[first].start..last.end].to_owned();
            all.push(candidate(words, first, end, lookup, Arc::default(), Form::Facility));
            break;
        }
    }
}
