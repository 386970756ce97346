//! The words of a map: title, subtitle, steps, numbers in dispute, sources, text alternatives.

use super::movers::{self, Mover};
use super::speakers::{self, named};
pub use super::titles::title;
use crate::layers::{Layers, Listed, MovementFeature};
use crate::mentions::Quantity;
use crate::movements::{Claim, Class, Mode, Stance, Status};
use crate::story::Story;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// A step as it is told beside the map.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Its badge; 0 for what is told without an arrow of its own.
    pub badge: u32,
    /// Who moves.
    pub actor: usize,
    /// "Wonsan to Vladivostok".
    pub title: String,
    /// Who says so, how many, when; one line each.
    pub lines: Vec<String>,
}

/// Movements that the map tells.
pub fn told(layers: &Layers) -> impl Iterator<Item = &MovementFeature> {
    layers.movements.iter().filter(|m| m.is_asserted() && !m.background)
}

/// The subtitle: by whom, until when, who denies it, and that routes are schematic.
pub fn subtitle(story: &Story, layers: &Layers) -> String {
    let ids: BTreeSet<&str> = told(layers).map(|m| m.movement.as_str()).collect();
    let about: Vec<&Claim> =
        story.claims.iter().filter(|c| c.about.as_deref().is_some_and(|m| ids.contains(m))).collect();
    let names = |stance: fn(&Claim) -> bool| -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for claim in about.iter().filter(|c| stance(c)) {
            // "the Minister" is the one who is named before
            let is_told = |name: &str| {
                let bare = name.strip_prefix("the ").unwrap_or(name).to_lowercase();
                names.iter().any(|told| {
                    told.to_lowercase().ends_with(&bare)
                        || name != bare && told.to_lowercase().contains(&format!("{bare} "))
                })
            };
            if let Some(name) = named(story, claim).filter(|name| !is_told(name)) {
                names.push(name);
            }
        }
        names
    };
    let told_by = names(|c| c.stance == Stance::Asserts);
    let denied_by = names(|c| c.stance == Stance::Denies);
    let until = as_of(story).map(|d| format!("up to {}", long_date(d)));
    let mut sentences = Vec::new();
    match (told_by.is_empty(), until) {
        (false, Some(until)) => sentences.push(format!("As told by {} {until}.", list(&told_by, 2))),
        (false, None) => sentences.push(format!("As told by {}.", list(&told_by, 2))),
        (true, Some(until)) => sentences.push(format!("As reported{} {until}.", by_one(story))),
        (true, None) => {}
    }
    if !denied_by.is_empty() {
        sentences.push(format!("Denied by {}.", list(&denied_by, 2)));
    }
    if layers.movements.iter().any(|m| m.is_drawn() && m.route.as_ref().is_some_and(|r| r.schematic)) {
        sentences.push("Routes are schematic.".to_owned());
    }
    if layers.movements.iter().all(|m| m.is_background_or_denied()) {
        sentences.push("No movement between places was found in the text.".to_owned());
    }
    sentences.join(" ")
}

/// " by" the only publisher, where there is one.
fn by_one(story: &Story) -> String {
    let publishers: BTreeSet<Option<&str>> = story.reports.iter().map(|r| r.publisher.as_deref()).collect();
    match publishers.first().copied().flatten().filter(|_| publishers.len() == 1) {
        Some(publisher) => format!(" by {publisher}"),
        None => String::new(),
    }
}

impl MovementFeature {
    fn is_background_or_denied(&self) -> bool {
        self.background || !self.is_asserted()
    }
}

/// The steps told beside the map, in order.
pub fn steps(story: &Story, layers: &Layers) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut also: Vec<String> = Vec::new();
    let mut done: BTreeSet<&str> = BTreeSet::new();
    let mut features: Vec<&MovementFeature> = told(layers).collect();
    // what names no place stays in the ledger, unless there is nothing else to tell
    if features.iter().any(|m| m.from.is_some() || m.to.is_some()) {
        features.retain(|m| m.from.is_some() || m.to.is_some());
    }
    let movers = movers::all(story, &features);
    // what has no badge of its own comes last
    let rank = |m: &MovementFeature| match m.listed {
        None => u8::from(m.badge == 0),
        Some(Listed::Whole) => 2,
        Some(Listed::Coarse) => 3,
    };
    features.sort_by_key(|m| (rank(m), m.badge));
    for feature in &features {
        if !done.insert(&feature.movement) {
            continue;
        }
        let same: Vec<&&MovementFeature> =
            features.iter().filter(|f| f.movement == feature.movement).collect();
        let badge = if feature.listed.is_some() { 0 } else { feature.badge };
        // one mover alone is named in the title
        let who = movers.iter().find(|mover| mover.features.iter().any(|m| m.id == feature.id));
        let lines = step_lines(story, feature, who.filter(|_| movers.len() > 1));
        if feature.listed == Some(Listed::Coarse) {
            also.push(also_told(&step_title(&same), lines));
            continue;
        }
        // a second movement on the same step is told under the same number
        if let Some(step) = steps.iter_mut().find(|s| badge != 0 && s.badge == badge)
            && step.title == step_title(&same)
        {
            step.lines.extend(lines);
            continue;
        }
        let title = step_title(&same);
        let title = if feature.listed.is_some() { format!("In all: {}", within_line(&title)) } else { title };
        steps.push(Step { badge, actor: feature.actor, title, lines });
    }
    also.dedup();
    if !also.is_empty() {
        steps.push(Step { badge: 0, actor: 0, title: "Also told".to_owned(), lines: also });
    }
    steps
}

/// What names only a whole country where the map shows finer places, on one line.
fn also_told(title: &str, mut lines: Vec<String>) -> String {
    lines.retain(|line| !line.ends_with("inferred, not stated"));
    if lines.is_empty() { title.to_owned() } else { format!("{title}: {}", lines.join("; ")) }
}

/// Who moves in a colour, for the legend: those who make half of its movements at least, soldiers of whatever force
/// taken together and called by the first name among them that has a proper noun.
pub fn who(story: &Story, layers: &Layers, actor: usize) -> String {
    let of_actor: Vec<&MovementFeature> =
        told(layers).filter(|m| m.actor == actor && m.is_on_map()).collect();
    let movers = movers::all(story, &of_actor);
    let kin = |mover: &Mover| movers.iter().filter(|other| other.head() == mover.head()).collect::<Vec<_>>();
    let count = |movers: &[&Mover]| movers.iter().map(|mover| mover.movements()).sum::<usize>();
    let named: Vec<&Mover> = movers.iter().collect();
    let most = movers.iter().map(kin).find(|kin| 2 * count(kin) >= count(&named));
    match most {
        Some(kin) => {
            let proper = kin.iter().find(|mover| mover.name.contains(char::is_uppercase));
            proper.unwrap_or(&kin[0]).name.clone()
        }
        None if movers.is_empty() => "Not named".to_owned(),
        None => "Others".to_owned(),
    }
}

fn step_title(same: &[&&MovementFeature]) -> String {
    let first = same[0];
    let names = |end: fn(&MovementFeature) -> Option<&crate::layers::End>, stated: bool| -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for e in same.iter().filter_map(|f| end(f)) {
            if (!stated || !e.inferred) && !names.contains(&e.name) {
                names.push(e.name.clone());
            }
        }
        names
    };
    let word = if first.alternative { "or" } else { "and" };
    let join = |names: &[String]| match names {
        [head @ .., last] if !head.is_empty() => format!("{} {word} {last}", head.join(", ")),
        _ => names.join(""),
    };
    let (from, to) =
        (join(&names(|f| f.from.as_ref(), true)), as_goal(&join(&names(|f| f.to.as_ref(), true))));
    let prefix = match first.class {
        Class::Planned => "Planned: ",
        Class::Possible => "Possible: ",
        _ if first.status == Status::Failed => "Cut short: ",
        _ => "",
    };
    let toward = if first.toward { "towards" } else { "to" };
    let body = match (from.is_empty(), to.is_empty()) {
        (false, false) => format!("{from} {toward} {to}"),
        (true, false) => format!("{toward} {to}"),
        (false, true) => format!("from {from}"),
        (true, true) => {
            first.who.as_deref().map_or("movement without places".to_owned(), |who| shorten(who.trim(), 44))
        }
    };
    if prefix.is_empty() { capital(&body) } else { format!("{prefix}{body}") }
}

/// The lines of a step; `who` is who makes it, where that has to be told.
fn step_lines(story: &Story, feature: &MovementFeature, who: Option<&Mover>) -> Vec<String> {
    let claims: Vec<&Claim> =
        story.claims.iter().filter(|c| c.about.as_deref() == Some(&*feature.movement)).collect();
    let mut lines: Vec<String> = Vec::new();
    let mut facts: Vec<String> = Vec::new();
    match (&feature.quantity, feature.who.as_deref()) {
        (Some(quantity), _) if names_somebody(quantity) => facts.push(format!("“{}”", quantity.text)),
        // "two" alone tells nothing: "two of them"
        (Some(quantity), Some(who)) if who.contains(&quantity.text) => {
            facts.push(format!("“{}”", shorten(who, 44)))
        }
        (Some(quantity), _) => {
            let unit = quantity.unit.as_deref().map(|unit| format!(" {unit}"));
            facts.push(format!("“{}”{}", quantity.text, unit.unwrap_or_default()));
        }
        (None, _) => facts.extend(who.map(|mover| capital(&mover.words))),
    }
    if let Some(mode) = mode_words(feature.mode) {
        facts.push(mode.to_owned());
    }
    if let Some(when) = &feature.when {
        facts.push(within_line(&when.text));
    }
    if !facts.is_empty() {
        lines.push(facts.join(", "));
    }
    let mut said: BTreeSet<String> = BTreeSet::new();
    for claim in claims.iter().filter(|c| c.stance == Stance::Asserts) {
        let Some(name) = named(story, claim) else { continue };
        let own =
            claim.quantity.as_ref().filter(|q| feature.quantity.as_ref().is_none_or(|f| f.text != q.text));
        let words = match own {
            Some(quantity) => format!("“{}”: {name}{}", quantity.text, dated(claim)),
            None => format!("{}{}", capital(&name), dated(claim)),
        };
        if said.insert(words.clone()) {
            lines.push(words);
        }
    }
    for claim in claims.iter().filter(|c| c.stance != Stance::Asserts) {
        let verb = if claim.stance == Stance::Denies { "Denied by" } else { "Doubted by" };
        let name = speakers::or_report(story, claim);
        let words = format!("{verb} {name}{}", dated(claim));
        if said.insert(words.clone()) {
            lines.push(words);
        }
    }
    if feature.is_inferred() {
        let which = if feature.from.as_ref().is_some_and(|e| e.inferred) { "Start" } else { "Destination" };
        lines.push(format!("{which} inferred, not stated"));
    }
    lines
}

/// Whether a number says of what: "some 1,500 soldiers", not "14".
fn names_somebody(quantity: &Quantity) -> bool {
    quantity.unit.as_deref().is_some_and(|unit| quantity.text.contains(unit))
}

fn dated(claim: &Claim) -> String {
    let date = claim.said_on.as_ref().and_then(|w| w.latest.or(w.earliest));
    date.map(|d| format!(", {}", short_date(d))).unwrap_or_default()
}

/// Figures that differ, each with its speaker; empty when there is nothing to tell apart.
pub fn numbers_in_dispute(story: &Story, layers: &Layers) -> Vec<String> {
    let steps: BTreeSet<&str> = told(layers).map(|m| m.movement.as_str()).collect();
    let background: BTreeSet<&str> =
        layers.movements.iter().filter(|m| m.background).map(|m| m.movement.as_str()).collect();
    let mut lines: Vec<String> = Vec::new();
    for claim in &story.claims {
        let Some(quantity) = &claim.quantity else { continue };
        // figures of the steps stand with their step
        if claim.about.as_deref().is_some_and(|m| steps.contains(m) || background.contains(m)) {
            continue;
        }
        let name = speakers::or_report(story, claim);
        let line = format!("{} ({name}{})", capital(&quantity.text), dated(claim));
        if !lines.iter().any(|l| l.eq_ignore_ascii_case(&line)) {
            lines.push(line);
        }
    }
    let figures: BTreeSet<String> = (story.claims.iter())
        .filter_map(|c| c.quantity.as_ref())
        .map(|q| format!("{:?}-{:?}", q.min, q.max))
        .collect();
    if figures.len() < 2 { Vec::new() } else { lines }
}

/// The sources line: who published what and when.
pub fn sources(story: &Story) -> String {
    let mut names: Vec<String> = Vec::new();
    for report in &story.reports {
        let name =
            report.publisher.clone().or(report.title.as_ref().map(|t| format!("“{}”", shorten(t, 60))));
        let date = report.published.map(long_date);
        let words = match (name, date) {
            (Some(name), Some(date)) => format!("{name} ({date})"),
            (Some(name), None) => name,
            (None, Some(date)) => format!("a report of {date}"),
            (None, None) => continue,
        };
        if !names.contains(&words) {
            names.push(words);
        }
    }
    if names.is_empty() { String::new() } else { format!("Sources: {}.", list(&names, 4)) }
}

/// The latest day on which something was said, else published; nothing is said after the last report of it.
pub fn as_of(story: &Story) -> Option<Date> {
    let said = story.claims.iter().filter_map(|c| c.said_on.as_ref()).filter_map(|w| w.latest.or(w.earliest));
    let told = story.reports.iter().filter_map(|r| r.published.or(r.dateline.as_ref().and_then(|d| d.date)));
    let all_dated = story.reports.iter().all(|report| report.published.is_some());
    told.clone().max().filter(|_| all_dated).or_else(|| said.chain(told).max())
}

/// One sentence for a tooltip and for `alt`: what the map is of, and as many steps as 250 characters hold.
pub fn alt_short(story: &Story, layers: &Layers) -> String {
    const LONGEST: usize = 250;
    let steps: Vec<String> =
        steps(story, layers).into_iter().filter(|s| s.badge != 0).map(|s| within_line(&s.title)).collect();
    let title = title(story, layers);
    let head = match steps.is_empty() {
        true => format!("Map: {title}"),
        false => {
            format!(
                "Map of {}",
                title.chars().next().map(|c| c.to_lowercase().to_string()).unwrap_or_default()
            ) + title.chars().skip(1).collect::<String>().as_str()
        }
    };
    for shown in (1..=steps.len()).rev() {
        let more = match steps.len() - shown {
            0 => String::new(),
            more => format!("; {more} more"),
        };
        let text = format!("{head}: {}{more}.", steps[..shown].join("; "));
        if text.chars().count() <= LONGEST {
            return text;
        }
    }
    shorten(&head, LONGEST - 1) + "."
}

/// A sentence for each step, then what could not be placed.
pub fn alt_long(story: &Story, layers: &Layers) -> String {
    let mut sentences = vec![format!("{}.", title(story, layers)), subtitle(story, layers)];
    for step in steps(story, layers) {
        let number = if step.badge == 0 { String::new() } else { format!("Step {}: ", step.badge) };
        let lines =
            if step.lines.is_empty() { String::new() } else { format!(" ({})", step.lines.join("; ")) };
        sentences.push(format!("{number}{}{lines}.", step.title));
    }
    let unplaced: Vec<String> =
        layers.places.iter().filter(|p| p.position.is_none()).map(|p| p.name.clone()).collect();
    if !unplaced.is_empty() {
        sentences.push(format!("Not placed: {}.", unplaced.join(", ")));
    }
    sentences.retain(|s| !s.trim().is_empty());
    sentences.join(" ")
}

/// By what means, in words.
pub fn mode_words(mode: Mode) -> Option<&'static str> {
    match mode {
        Mode::Sea => Some("by ship"),
        Mode::Air => Some("by air"),
        Mode::Rail => Some("by rail"),
        Mode::Road => Some("by road"),
        Mode::Foot => Some("on foot"),
        Mode::Unknown => None,
    }
}

/// "23 October 2024".
pub fn long_date(d: Date) -> String {
    format!("{} {} {}", d.day(), MONTHS[usize::from(d.month().unsigned_abs()) - 1], d.year())
}

/// "23 Oct".
pub fn short_date(d: Date) -> String {
    let month = MONTHS[usize::from(d.month().unsigned_abs()) - 1];
    let short = if month.len() > 4 { &month[..3] } else { month };
    format!("{} {short}", d.day())
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// "a, b and c"; beyond `most`, "and others".
fn list(names: &[String], most: usize) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        _ if names.len() > most => format!("{} and others", names[..most].join(", ")),
        [head @ .., last] => format!("{} and {last}", head.join(", ")),
    }
}

/// Words that stand within a line: "On Tuesday" loses the capital of its sentence, "Tuesday" keeps its own.
pub fn within_line(text: &str) -> String {
    const SMALL: &str = "a about after around at before between by during earlier early for from in \
        last late later next on over overnight since that the this to today tomorrow towards until within yesterday";
    let first = text.split(' ').next().unwrap_or_default();
    let small = first.to_lowercase();
    if SMALL.split(' ').any(|word| word == small) { small + &text[first.len()..] } else { text.to_owned() }
}

/// A place's name after "to": "off Newfoundland" are waters there.
pub fn as_goal(name: &str) -> String {
    if name.starts_with("off ") { format!("waters {name}") } else { name.to_owned() }
}

/// The words with a capital at the start.
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// The text, cut at a word and marked with an ellipsis where it is longer than `most` characters.
pub fn shorten(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let cut: String = text.chars().take(most - 1).collect();
    let at = cut.rfind(' ').filter(|at| *at > most / 2).unwrap_or(cut.len());
    format!("{}…", cut[..at].trim_end_matches([',', ';', ':', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_for_readers() {
        let date = jiff::civil::date(2024, 6, 3);
        assert_eq!((long_date(date), short_date(date)), ("3 June 2024".to_owned(), "3 June".to_owned()));
    }

    #[test]
    fn long_texts_are_cut_at_a_word() {
        assert_eq!(shorten("one two three four", 12), "one two…");
    }
}
