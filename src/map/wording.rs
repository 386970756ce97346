//! The words of a map: title, subtitle, steps, numbers in dispute, sources, text alternatives.

use crate::layers::{Layers, Listed, MovementFeature};
use crate::mentions::{MentionKind, number_of_word, tens_of_word};
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

/// The title: what is reported, in a reader's words; with "reported", "planned" or the like in it.
pub fn title(story: &Story, layers: &Layers) -> String {
    let main: Vec<&MovementFeature> = told(layers).filter(|m| m.is_on_map()).collect();
    if main.is_empty() {
        return if story.title.is_empty() {
            "No movement found".to_owned()
        } else {
            shorten(&story.title, 60)
        };
    }
    let certain = |class: Class| main.iter().any(|m| m.class == class);
    let who = subject(story, &main);
    let plural = who.as_deref().is_none_or(is_plural);
    let are = if plural { "are" } else { "is" };
    let who_words = who.clone().unwrap_or_else(|| "they".to_owned());
    let past = main.iter().all(|m| m.status == Status::Happened);
    let phrase = if certain(Class::Reported) {
        if past {
            format!("Where {who_words} {are} reported to have moved")
        } else {
            format!("Where {who_words} {are} reported to be moving")
        }
    } else if certain(Class::Confirmed) {
        format!("Where {who_words} moved")
    } else if certain(Class::Planned) {
        format!("Where {who_words} {are} planned to move")
    } else {
        format!("Where {who_words} might move")
    };
    if who.is_some() && phrase.chars().count() <= 60 {
        return phrase;
    }
    let sure = if certain(Class::Reported) {
        "Reported"
    } else if certain(Class::Planned) {
        "Planned"
    } else if certain(Class::Possible) {
        "Possible"
    } else {
        "Confirmed"
    };
    let first = main[0];
    let names: Vec<String> = [&first.from, &first.to].into_iter().flatten().map(|e| e.name.clone()).collect();
    let ends = match (names.as_slice(), &first.from) {
        ([from, to], _) => format!("{sure} movement from {from} to {to}"),
        ([one], Some(_)) => format!("{sure} movement from {one}"),
        ([one], None) => format!("{sure} movement to {one}"),
        _ => format!("{sure} movements"),
    };
    shorten(&ends, 60)
}

/// Who moves, in few words: of the movers' names the most frequent, without numbers and articles.
fn subject(story: &Story, main: &[&MovementFeature]) -> Option<String> {
    let mut counts: Vec<(String, usize, usize)> = Vec::new();
    for (order, movement) in main.iter().enumerate() {
        let Some(who) = movement.who.as_deref().and_then(bare) else { continue };
        // a government that moves is its people or goods: the name of a place is no mover's
        if story.mentions.iter().any(|mention| mention.kind != MentionKind::Demonym && mention.text == who) {
            continue;
        }
        let who = in_sentence(story, &movement.movement, who);
        let named = who.chars().any(char::is_uppercase);
        match counts.iter_mut().find(|(name, _, _)| *name == who) {
            Some(entry) => entry.1 += 1,
            None => counts.push((who, 1 + 10 * usize::from(named), order)),
        }
    }
    counts.into_iter().max_by_key(|(_, count, order)| (*count, usize::MAX - order)).map(|(name, _, _)| name)
}

/// The phrase as it stands inside a sentence: a capital that only the start of its sentence gave it is taken
/// back, and one thing that had an article gets "the".
fn in_sentence(story: &Story, movement: &str, phrase: String) -> String {
    let Some(who) = story.movements.iter().find(|m| m.id == movement).and_then(|m| m.who.as_ref()) else {
        return phrase;
    };
    let report = who.span.report.map_or(0, |key| usize::from(key.0));
    let before = story.reports.get(report).and_then(|r| r.text.get(..who.span.start)).unwrap_or_default();
    let begins = before.trim_end().chars().next_back().is_none_or(|c| ".!?:\u{201c}\"\n".contains(c));
    let whole = who.text.trim();
    let named = who.actor.is_some() || phrase.split(' ').skip(1).any(|w| w.starts_with(char::is_uppercase));
    let mut words = phrase;
    if begins && !named && whole.starts_with(words.as_str()) && (is_plural(&words) || words.contains(' ')) {
        words = words.chars().next().map(|c| c.to_lowercase().collect::<String>()).unwrap_or_default()
            + words.get(1..).unwrap_or_default();
    }
    let article =
        whole.split(' ').next().is_some_and(|w| ["a", "an", "the"].contains(&w.to_lowercase().as_str()));
    let is_common = !words.contains(char::is_uppercase);
    if (article || is_common) && !is_plural(&words) { format!("the {words}") } else { words }
}

/// A noun phrase without leading numbers, hedges and articles, cut before clauses; none for pronouns and long ones.
fn bare(who: &str) -> Option<String> {
    const LEADING: &str = "a about additional all almost an and another approximately around as at both dozens each every \
        first her his hundreds its just least many more my nearly of only other our over roughly several some than the their \
        these those thousands to up your";
    const CUTS: [&str; 6] = [" who ", " that ", " which ", " from ", ", ", " in "];
    let mut text = who.trim();
    for cut in CUTS {
        if let Some(at) = text.find(cut) {
            text = &text[..at];
        }
    }
    // "the last of 143 patients"
    const SHARES: [&str; 9] =
        ["last", "rest", "remainder", "majority", "half", "part", "most", "some", "none"];
    if let Some((head, whole)) = text.split_once(" of ") {
        let is_share = |word: &str| {
            let lower = word.to_lowercase();
            SHARES.contains(&lower.as_str()) || LEADING.split(' ').any(|word| word == lower)
        };
        if head.split_whitespace().all(is_share) {
            text = whole;
        }
    }
    // "a convoy of 38 trucks"
    if let Some(at) = text.find(" of ").filter(|at| text[at + 4..].starts_with(|c: char| c.is_ascii_digit()))
    {
        text = &text[..at];
    }
    let words: Vec<&str> = text
        .split_whitespace()
        .skip_while(|w| {
            let lower = w.to_lowercase();
            LEADING.split(' ').any(|word| word == lower)
                || w.starts_with(|c: char| c.is_ascii_digit() || "$£€¥".contains(c))
                || is_number_word(&lower)
        })
        .collect();
    let name = words.join(" ");
    let fits = !name.is_empty() && words.len() <= 4 && name.chars().count() <= 30;
    let last = words.last().map_or(String::new(), |word| word.to_lowercase());
    (fits && !PRONOUNS.split(' ').any(|word| word == last)).then_some(name)
}

/// Who moves, of all that one mover is called: without numbers and clauses where that leaves a name; none where the
/// words only point at them ("she").
pub fn mover<'w>(words: impl Iterator<Item = &'w str>) -> Option<String> {
    let words: Vec<&str> = words.filter(|who| !is_pronoun(who)).collect();
    words.iter().find_map(|who| bare(who)).or(words.first().map(|who| (*who).to_owned()))
}

fn is_pronoun(words: &str) -> bool {
    PRONOUNS.split(' ').any(|pronoun| words.trim().eq_ignore_ascii_case(pronoun))
}

/// "Twelve", "twenty-six", "dozen".
fn is_number_word(word: &str) -> bool {
    const LARGE: [&str; 4] = ["hundred", "thousand", "million", "dozen"];
    let is_number =
        |part: &str| number_of_word(part).is_some() || tens_of_word(part).is_some() || LARGE.contains(&part);
    word.split('-').all(is_number)
}

fn is_plural(who: &str) -> bool {
    const PLURAL: [&str; 9] =
        ["people", "police", "crew", "sheep", "children", "men", "women", "personnel", "cattle"];
    let words: Vec<&str> = who.split_whitespace().collect();
    let is_name = |word: &&str| word.starts_with(char::is_uppercase);
    // "frigate Capitan Rosales": what the name is of tells, not the name
    let common = words.iter().rev().find(|word| !is_name(word));
    let last = common.or(words.last()).copied().unwrap_or_default().to_lowercase();
    let double = last.ends_with("ss") || last.ends_with("us") || last.ends_with("is");
    // "Congolese": people, where no other word follows
    let people = last.len() > 5 && last.ends_with("ese") && common.is_none();
    PLURAL.contains(&last.as_str()) || people || (last.ends_with('s') && !double) || who.contains(" and ")
}

/// Words that name nobody.
const PRONOUNS: &str = "they them it he him she her we us i me you who which that this these those one ones \
    others everyone everybody someone somebody none half next";

/// The subtitle: by whom, until when, who denies it, and that routes are schematic.
pub fn subtitle(story: &Story, layers: &Layers) -> String {
    let ids: BTreeSet<&str> = told(layers).map(|m| m.movement.as_str()).collect();
    let about: Vec<&Claim> =
        story.claims.iter().filter(|c| c.about.as_deref().is_some_and(|m| ids.contains(m))).collect();
    let names = |stance: fn(&Claim) -> bool| -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for claim in about.iter().filter(|c| stance(c)) {
            if let Some(name) = named_speaker(claim)
                && !names.contains(&name)
            {
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
        (true, Some(until)) => sentences.push(format!("As reported {until}.")),
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
        let lines = step_lines(story, feature);
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
    let (from, to) = (join(&names(|f| f.from.as_ref(), true)), join(&names(|f| f.to.as_ref(), true)));
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
        (true, true) => first.who.as_deref().map_or_else(|| "movement without places".to_owned(), speaker),
    };
    if prefix.is_empty() { capital(&body) } else { format!("{prefix}{body}") }
}

fn step_lines(story: &Story, feature: &MovementFeature) -> Vec<String> {
    let claims: Vec<&Claim> =
        story.claims.iter().filter(|c| c.about.as_deref() == Some(&*feature.movement)).collect();
    let mut lines: Vec<String> = Vec::new();
    let mut facts: Vec<String> = Vec::new();
    if let Some(quantity) = &feature.quantity {
        let unit = quantity.unit.as_deref().filter(|u| !quantity.text.contains(u)).map(|u| format!(" {u}"));
        facts.push(format!("“{}”{}", quantity.text, unit.unwrap_or_default()));
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
        let Some(name) = named_speaker(claim) else { continue };
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
        let name = speaker_or_report(claim);
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
        let name = speaker_or_report(claim);
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

/// The latest day on which something was said, else published.
pub fn as_of(story: &Story) -> Option<Date> {
    let said = story.claims.iter().filter_map(|c| c.said_on.as_ref()).filter_map(|w| w.latest.or(w.earliest));
    let told = story.reports.iter().filter_map(|r| r.published.or(r.dateline.as_ref().and_then(|d| d.date)));
    said.chain(told).max()
}

/// One sentence for a tooltip and for `alt`.
pub fn alt_short(story: &Story, layers: &Layers) -> String {
    let steps: Vec<String> =
        steps(story, layers).into_iter().filter(|s| s.badge != 0).map(|s| s.title).collect();
    let head = title(story, layers);
    let text = if steps.is_empty() {
        format!("Map: {head}.")
    } else {
        format!("Map: {head}: {}.", steps.join("; "))
    };
    shorten(&text, 250)
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

/// Who makes a claim, for a list; none where the words only point at them ("he").
fn named_speaker(claim: &Claim) -> Option<String> {
    claim.speaker.as_deref().filter(|words| !is_pronoun(words)).map(speaker)
}

/// The same within a line, which needs somebody.
fn speaker_or_report(claim: &Claim) -> String {
    let somebody = if claim.speaker.is_some() { "a speaker" } else { "the report" };
    named_speaker(claim).unwrap_or_else(|| somebody.to_owned())
}

/// A speaker's words, short enough for a list; the article is kept small.
fn speaker(words: &str) -> String {
    let words = words.trim().trim_end_matches([',', '.']);
    let cut = words.find(", ").map_or(words, |at| &words[..at]);
    let text = match cut.strip_prefix("The ") {
        Some(rest) => format!("the {rest}"),
        None => cut.to_owned(),
    };
    shorten(&text, 44)
}

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
    fn a_mover_loses_its_number_and_its_clauses() {
        let name = |who: &str| bare(who).unwrap_or_default();
        assert_eq!(name("at least 3,000 North Korean troops who were seen"), "North Korean troops");
        assert_eq!(name("some 1,500 special forces"), "special forces");
        assert_eq!(name("the hurricane"), "hurricane");
        assert_eq!((name("They"), name("I"), name("half of them")), Default::default());
        assert_eq!(
            (name("All 17 crew"), name("Twenty-six gold masks")),
            ("crew".into(), "gold masks".into())
        );
        assert_eq!(name("Two hundred and eleven passengers"), "passengers");
        assert_eq!(name("The last of 143 patients"), "patients");
        assert_eq!(
            (name("some of the 60 Corvanian diplomats"), name("the $400 million")),
            ("Corvanian diplomats".into(), "".into())
        );
        assert!(!is_plural("frigate Capitan Rosales") && is_plural("Royal Marines"));
        assert!(is_plural("North Korean troops") && is_plural("people") && !is_plural("hurricane"));
        assert!(!is_plural("the virus") && is_plural("Congolese") && !is_plural("Chinese ship"));
    }

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
