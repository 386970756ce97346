//! The title of a map: what is reported, in a reader's words, with "reported", "planned" or "possible" in it.
//!
//! It names whom the report's own headline names, else whoever makes half of the movements, with the ends that all
//! their movements share; else, as for a digest, the first of those who move.

use super::movers::{self, Mover};
use super::wording::{as_goal, shorten, told};
use crate::layers::{End, Layers, MovementFeature};
use crate::movements::Class;
use crate::story::Story;
use std::collections::BTreeSet;

/// No title is longer, in characters.
const LONGEST: usize = 60;

/// The title: what is reported, in a reader's words.
pub fn title(story: &Story, layers: &Layers) -> String {
    let placed = |m: &&MovementFeature| m.is_on_map() && (m.from.is_some() || m.to.is_some());
    let main: Vec<&MovementFeature> = told(layers).filter(placed).collect();
    if main.is_empty() {
        return if story.title.is_empty() { "No movement found".to_owned() } else { headline(&story.title) };
    }
    let movers = movers::all(story, &main);
    let count = main.iter().map(|m| m.movement.as_str()).collect::<BTreeSet<_>>().len();
    let mut named: Vec<&Mover> = Vec::new();
    for mover in movers.iter().filter(|mover| mover.is_in(&story.title)) {
        if !named.iter().any(|other| other.head() == mover.head()) {
            named.push(mover);
        }
    }
    // what is told late and once is not what the headline means
    named
        .retain(|mover| 3 * mover.movements() >= count || movers.iter().take(2).any(|first| first == *mover));
    let most = |mover: &&Mover| 2 * mover.movements() >= count;
    let all: Vec<&Mover> = movers.iter().collect();
    let fitting = match (named.as_slice(), movers.iter().find(most)) {
        ([one], _) => of_one(one),
        ([], Some(one)) => of_one(one),
        ([], None) => of_several(&all, movers.len(), &main),
        (several, _) => of_several(several, movers.len(), &main),
    };
    fitting.into_iter().find(|title| title.chars().count() <= LONGEST).unwrap_or_else(|| of_nobody(&main))
}

/// Titles for one mover, the fullest first.
fn of_one(mover: &Mover) -> Vec<String> {
    let what = format!("{} of {}", movements(&mover.features), mover.words);
    let [from, to] = ends(&mover.features);
    let both = from.as_ref().zip(to.as_ref()).map(|(from, to)| format!("{what} {from} {to}"));
    let one = |end: Option<String>| end.map(|end| format!("{what} {end}"));
    [both, one(to), one(from), Some(what.clone())].into_iter().flatten().collect()
}

/// Titles for some of all movers, the fullest first.
fn of_several(movers: &[&Mover], all: usize, main: &[&MovementFeature]) -> Vec<String> {
    let what = movements(main);
    let mut titles = Vec::new();
    for (at, first) in movers.iter().enumerate() {
        let seconds = movers[at + 1..].iter().filter(|second| second.head() != first.head());
        titles.extend(seconds.map(|second| match all {
            2 => format!("{what} of {} and {}", first.words, second.words),
            _ => format!("{what} of {}, {} and others", first.words, second.words),
        }));
        titles.extend(first.fitting_words().map(|words| format!("{what} of {words} and others")));
    }
    titles
}

/// A title where nobody who moves has a name: the ends that all movements share, else none.
fn of_nobody(main: &[&MovementFeature]) -> String {
    let what = movements(main);
    let [from, to] = ends(main);
    let full = [Some(what.clone()), from, to].into_iter().flatten().collect::<Vec<_>>().join(" ");
    if full.chars().count() <= LONGEST { full } else { what }
}

/// "Reported movements": as sure as the surest of them is told.
fn movements(features: &[&MovementFeature]) -> String {
    let is_any = |class: Class| features.iter().any(|m| m.class == class);
    let sure = if is_any(Class::Reported) {
        "Reported"
    } else if is_any(Class::Confirmed) {
        "Confirmed"
    } else if is_any(Class::Planned) {
        "Planned"
    } else {
        "Possible"
    };
    format!("{sure} {}", if chain(features).is_some() { "movement" } else { "movements" })
}

/// "from A" and "to B": of a single movement or of legs that follow one another, else what all of them share.
fn ends(features: &[&MovementFeature]) -> [Option<String>; 2] {
    let (first, last) = chain(features).unwrap_or((features, features));
    let shared = |features: &[&MovementFeature],
                  end: fn(&MovementFeature) -> Option<&End>|
     -> Option<String> {
        let stated = |m: &&MovementFeature| end(m).filter(|end| !end.inferred).map(|end| end.name.clone());
        let name = features.first().and_then(stated)?;
        features.iter().all(|m| stated(m).as_ref() == Some(&name)).then_some(name)
    };
    let toward = last.iter().any(|m| m.toward);
    let from = shared(first, |m| m.from.as_ref()).map(|name| format!("from {name}"));
    let to = shared(last, |m| m.to.as_ref());
    [from, to.map(|name| format!("{} {}", if toward { "towards" } else { "to" }, as_goal(&name)))]
}

/// The features of the first and of the last movement, where there is one only or where each begins at the end of the
/// one before it and is told as surely.
fn chain<'f, 'm>(
    features: &'f [&'m MovementFeature],
) -> Option<(&'f [&'m MovementFeature], &'f [&'m MovementFeature])> {
    let legs: Vec<&[&MovementFeature]> = features.chunk_by(|a, b| a.movement == b.movement).collect();
    let follows = |pair: &[&[&MovementFeature]]| {
        let (before, after) = (pair[0][0], pair[1][0]);
        let names = (before.to.as_ref().map(|end| &end.name), after.from.as_ref().map(|end| &end.name));
        names.0.is_some()
            && names.0 == names.1
            && before.class == after.class
            && before.journey == after.journey
    };
    let (first, last) = (*legs.first()?, *legs.last()?);
    legs.windows(2).all(follows).then_some((first, last))
}

/// A report's own headline, where there is no movement to tell of: cut where a clause ends.
fn headline(words: &str) -> String {
    if words.chars().count() <= LONGEST {
        return words.to_owned();
    }
    let end = words.char_indices().nth(LONGEST).map_or(words.len(), |(at, _)| at);
    let clause = [", ", "; ", ": ", " – ", " — "].iter().filter_map(|mark| words[..end].rfind(mark)).max();
    match clause.filter(|at| *at > LONGEST / 3) {
        Some(at) => words[..at].to_owned(),
        None => shorten(words, LONGEST),
    }
}
