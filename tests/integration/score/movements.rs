//! Movements: found, missed, invented; and on those found, mode, status, quantity and date.

use super::causes::{self, Causes};
use super::ends::{EndMet, ends_met};
use super::gold::{Gold, GoldMovement};
use super::prediction::Predicted;
use super::rates::{Rates, ratio};
use super::toponyms::Toponym;
use std::collections::BTreeMap;

/// Which matches count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Want {
    /// Both ends right.
    Strict,
    /// One named end right and the words overlap.
    Relaxed,
}

/// Of how many asked, how many right.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    pub right: usize,
    pub asked: usize,
}

impl Share {
    fn put(&mut self, right: bool) {
        self.right += usize::from(right);
        self.asked += 1;
    }
}

/// The score of a set of reports.
#[derive(Debug, Clone, Default)]
pub struct MovementScore {
    pub reports: usize,
    pub strict: Rates,
    pub relaxed: Rates,
    /// Wrong ones that tell a movement already found.
    pub duplicates: usize,
    /// By name: mode, mode where stated, status, quantity, date.
    pub attributes: BTreeMap<&'static str, Share>,
    /// Quantities given where the gold has none.
    pub spurious_quantities: usize,
    /// Reports without movements, and what was found in them.
    pub negative_reports: usize,
    pub false_in_negatives: usize,
    /// Strict, by kind of news and by report.
    pub groups: BTreeMap<String, Rates>,
    pub by_report: BTreeMap<String, Rates>,
    /// What was found with a wrong mode, status, quantity or date, a line each.
    pub details: Vec<String>,
    /// What was missed or invented, by cause.
    pub causes: Causes,
}

/// Scores the predictions of each report.
pub fn score_movements<'g>(reports: impl Iterator<Item = (&'g Gold, Vec<Predicted>)>) -> MovementScore {
    explained_movements(reports.map(|(gold, predicted)| (gold, predicted, Vec::new())))
}

/// The same, given the place names that were found too: they tell why movements were missed.
pub fn explained_movements<'g>(
    reports: impl Iterator<Item = (&'g Gold, Vec<Predicted>, Vec<Toponym>)>,
) -> MovementScore {
    let mut score = MovementScore::default();
    for (gold, predicted, names) in reports {
        score.add(gold, &predicted, &names);
    }
    score
}

impl MovementScore {
    fn add(&mut self, gold: &Gold, predicted: &[Predicted], names: &[Toponym]) {
        self.reports += 1;
        if gold.movements.is_empty() {
            self.negative_reports += 1;
            self.false_in_negatives += predicted.len();
        }
        let strict = Matching::of(gold, predicted, Want::Strict);
        let counts = strict.rates(gold, predicted);
        self.strict += counts;
        *self.groups.entry(gold.group.clone()).or_default() += counts;
        *self.by_report.entry(gold.id.clone()).or_default() += counts;
        self.relaxed += Matching::of(gold, predicted, Want::Relaxed).rates(gold, predicted);
        self.attributes(gold, predicted, &strict);
        self.causes(gold, predicted, names, &strict);
    }

    fn attributes(&mut self, gold: &Gold, predicted: &[Predicted], matching: &Matching) {
        for (i, j) in matching.pairs() {
            let (wanted, found) = (&gold.movements[i], &predicted[j]);
            let mut put = |name, right, differs: String| {
                self.attributes.entry(name).or_default().put(right);
                if !right && !differs.is_empty() {
                    self.details.push(format!("{name:8} {}/{} {differs}", gold.id, wanted.id));
                }
            };
            put("mode", mode_right(wanted, found), format!("{} and not {}", wanted.mode, found.mode));
            put("status", status_right(wanted, found), format!("{} and not {}", wanted.status, found.status));
            if wanted.mode != "unknown" {
                put("mode where stated", mode_right(wanted, found), String::new());
            }
            if let Some(when) =
                wanted.when.as_ref().filter(|when| when.earliest.is_some() || when.latest.is_some())
            {
                let differs = format!(
                    "{:?} {:?}..{:?} and not {:?}",
                    when.text, when.earliest, when.latest, found.when
                );
                put("date", date_right(wanted, found), differs);
            }
            match (&wanted.quantity, found.quantity) {
                (Some(quantity), None) if quantity.inherited => {}
                (Some(quantity), _) => {
                    let differs = format!("{:?} and not {:?}", quantity.text, found.quantity);
                    put("quantity", quantity_right(wanted, found), differs);
                }
                (None, Some(given)) => {
                    self.spurious_quantities += 1;
                    self.details.push(format!("quantity {}/{} none and not {given:?}", gold.id, wanted.id));
                }
                (None, None) => {}
            }
        }
    }

    fn causes(&mut self, gold: &Gold, predicted: &[Predicted], names: &[Toponym], matching: &Matching) {
        let words = |start: usize, end: usize| {
            gold.text.chars().skip(start).take((end - start).min(100)).collect::<String>()
        };
        for i in matching.missed(gold) {
            let movement = &gold.movements[i];
            let evidence = words(movement.evidence.start, movement.evidence.end);
            let case = format!("{}/{} [{}] {evidence:?}", gold.id, movement.id, movement.status);
            self.causes.put(causes::of_missed(gold, movement, predicted, names), case);
        }
        for j in matching.unmatched(predicted) {
            let duplicate = matching.possible.keys().any(|&(_, other)| other == j);
            self.duplicates += usize::from(duplicate);
            let evidence =
                predicted[j].evidence.map(|range| words(range.start, range.end)).unwrap_or_default();
            let case = format!("{} {} {evidence:?}", gold.id, predicted[j].ends());
            self.causes.put(causes::of_invented(gold, &predicted[j], duplicate), case);
        }
    }
}

impl std::fmt::Display for MovementScore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "strict   {}", self.strict)?;
        writeln!(f, "relaxed  {}", self.relaxed)?;
        for (name, share) in &self.attributes {
            writeln!(
                f,
                "{name:18} {:.3}  ({} of {})",
                ratio(share.right, share.asked),
                share.right,
                share.asked
            )?;
        }
        writeln!(f, "quantities where there are none: {}", self.spurious_quantities)?;
        writeln!(f, "told twice: {}", self.duplicates)?;
        writeln!(
            f,
            "false movements in {} reports without any: {}",
            self.negative_reports, self.false_in_negatives
        )?;
        for (group, rates) in &self.groups {
            writeln!(f, "{group:20} {rates}")?;
        }
        Ok(())
    }
}

fn mode_right(gold: &GoldMovement, found: &Predicted) -> bool {
    gold.mode == found.mode || gold.mode_alt.contains(&found.mode)
}

fn status_right(gold: &GoldMovement, found: &Predicted) -> bool {
    gold.status == found.status || gold.status_alt.contains(&found.status)
}

/// The two ranges overlap, with two percent of grace.
fn quantity_right(gold: &GoldMovement, found: &Predicted) -> bool {
    let (Some(gold), Some((min, max))) = (&gold.quantity, found.quantity) else { return false };
    let below = |a: Option<f64>, b: Option<f64>| a.zip(b).is_none_or(|(a, b)| a <= b);
    (min.is_some() || max.is_some())
        && below(min, gold.max.map(|max| max * 1.02))
        && below(gold.min.map(|min| min * 0.98), max)
}

/// The two stretches of time overlap. ISO dates compare as text.
fn date_right(gold: &GoldMovement, found: &Predicted) -> bool {
    let (Some(gold), Some((earliest, latest))) = (&gold.when, &found.when) else { return false };
    let below =
        |a: &Option<String>, b: &Option<String>| a.as_ref().zip(b.as_ref()).is_none_or(|(a, b)| a <= b);
    (earliest.is_some() || latest.is_some()) && below(earliest, &gold.latest) && below(&gold.earliest, latest)
}

/// How well a prediction tells a movement: compared field by field, more is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    required: bool,
    strict: bool,
    overlaps: bool,
    trigger: usize,
    named_ends: usize,
    attributes: usize,
    evidence: usize,
}

fn rank(gold: &Gold, movement: &GoldMovement, found: &Predicted, want: Want) -> Option<Rank> {
    let [from, to] = ends_met(gold, movement, found);
    let evidence = found.evidence.or(found.trigger).map_or(0, |range| {
        let told = std::iter::once(&movement.evidence).chain(&movement.also_evidence);
        told.map(|evidence| evidence.shared(&range)).max().unwrap_or(0)
    });
    let no_ends = movement.from.is_none() && movement.to.is_none();
    let named = |end: EndMet| usize::from(end.named);
    let any_named = from.named || to.named;
    let strict = from.right && to.right && (any_named || no_ends && evidence > 0);
    let relaxed = strict || any_named && evidence > 0;
    (strict || relaxed && want == Want::Relaxed).then(|| Rank {
        required: !movement.optional,
        strict,
        overlaps: evidence > 0,
        trigger: found.trigger.map_or(0, |range| movement.trigger.range.shared(&range)),
        named_ends: named(from) + named(to),
        attributes: usize::from(status_right(movement, found)) + usize::from(mode_right(movement, found)),
        evidence,
    })
}

/// One-to-one: the best pairs first, then augmenting paths, so that no possible match is lost.
struct Matching {
    possible: BTreeMap<(usize, usize), Rank>,
    of_gold: BTreeMap<usize, usize>,
    of_found: BTreeMap<usize, usize>,
}

impl Matching {
    fn of(gold: &Gold, predicted: &[Predicted], want: Want) -> Self {
        let mut possible = BTreeMap::new();
        for (i, movement) in gold.movements.iter().enumerate() {
            for (j, found) in predicted.iter().enumerate() {
                if let Some(rank) = rank(gold, movement, found, want) {
                    possible.insert((i, j), rank);
                }
            }
        }
        let mut best: Vec<((usize, usize), Rank)> =
            possible.iter().map(|(pair, rank)| (*pair, *rank)).collect();
        best.sort_by_key(|&(pair, rank)| (std::cmp::Reverse(rank), pair));
        let mut matching = Matching { possible, of_gold: BTreeMap::new(), of_found: BTreeMap::new() };
        for ((i, j), _) in best {
            if !matching.of_gold.contains_key(&i) && !matching.of_found.contains_key(&j) {
                matching.link(i, j);
            }
        }
        for (i, movement) in gold.movements.iter().enumerate() {
            if !movement.optional && !matching.of_gold.contains_key(&i) {
                matching.augment(i, &mut Vec::new());
            }
        }
        matching
    }

    fn link(&mut self, i: usize, j: usize) {
        self.of_gold.insert(i, j);
        self.of_found.insert(j, i);
    }

    fn augment(&mut self, i: usize, seen: &mut Vec<usize>) -> bool {
        let mut ways: Vec<(usize, Rank)> =
            self.possible.range((i, 0)..(i + 1, 0)).map(|(&(_, j), &rank)| (j, rank)).collect();
        ways.sort_by_key(|&(j, rank)| (std::cmp::Reverse(rank), j));
        for (j, _) in ways {
            if seen.contains(&j) {
                continue;
            }
            seen.push(j);
            let holder = self.of_found.get(&j).copied();
            if holder.is_none_or(|holder| self.augment(holder, seen)) {
                self.link(i, j);
                return true;
            }
        }
        false
    }

    fn pairs(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.of_gold.iter().map(|(&i, &j)| (i, j))
    }

    /// Required movements that were not found, nor folded into the one they repeat.
    fn missed(&self, gold: &Gold) -> Vec<usize> {
        let folded = |movement: &GoldMovement| {
            let into = movement.merge_with.as_ref();
            let at = into.and_then(|id| gold.movements.iter().position(|other| other.id == *id));
            at.is_some_and(|at| self.of_gold.contains_key(&at))
        };
        let missed = |&i: &usize| {
            let movement = &gold.movements[i];
            !movement.optional && !self.of_gold.contains_key(&i) && !folded(movement)
        };
        (0..gold.movements.len()).filter(missed).collect()
    }

    fn unmatched(&self, predicted: &[Predicted]) -> Vec<usize> {
        (0..predicted.len()).filter(|j| !self.of_found.contains_key(j)).collect()
    }

    fn rates(&self, gold: &Gold, predicted: &[Predicted]) -> Rates {
        Rates {
            right: self.pairs().filter(|&(i, _)| !gold.movements[i].optional).count(),
            wrong: self.unmatched(predicted).len(),
            missed: self.missed(gold).len(),
        }
    }
}
