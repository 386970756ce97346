//! The judge: weighs the evidence and keeps the candidates that name places.
//!
//! The weights stand in `weights.toml`, one for each piece of evidence, in two columns: with a parse
//! and without. `geodata/ranker/train.py` learns them; anyone may read or mend them.

use super::candidates::Candidate;
use super::evidence::Evidence;
use crate::mentions::clues::{Clues, known};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use std::thread::LocalKey;

/// The weights of one column: of each piece of evidence, and of each piece beside a label or a sort of place.
#[derive(Default)]
struct Weights {
    bias: f32,
    /// The number of each piece of evidence.
    numbers: FxHashMap<String, usize>,
    /// By number.
    single: Vec<f32>,
    /// For each label and sort of place, by number.
    beside: FxHashMap<String, Vec<f32>>,
}

impl Weights {
    fn read(rows: BTreeMap<String, f32>) -> Self {
        let mut weights = Weights::default();
        for (what, weight) in rows {
            if what == "bias" {
                weights.bias = weight;
            } else if let Some((head, beside)) = what.split_once(" & ") {
                let at = weights.number(beside);
                let row = weights.beside.entry(head.to_owned()).or_default();
                row.resize(row.len().max(at + 1), 0.0);
                row[at] = weight;
            } else {
                let at = weights.number(&what);
                weights.single[at] = weight;
            }
        }
        weights
    }

    fn number(&mut self, what: &str) -> usize {
        let next = self.single.len();
        let number = *self.numbers.entry(what.to_owned()).or_insert(next);
        self.single.resize(self.single.len().max(number + 1), 0.0);
        number
    }
}

/// The two columns of `weights.toml`.
#[derive(serde::Deserialize)]
struct Columns {
    parsed: BTreeMap<String, f32>,
    plain: BTreeMap<String, f32>,
}

static TABLE: LazyLock<[Weights; 2]> = LazyLock::new(|| {
    let columns: Columns = toml::from_str(include_str!("weights.toml")).expect("the tests read weights.toml");
    [Weights::read(columns.plain), Weights::read(columns.parsed)]
});

thread_local! {
    static PLAIN: Clues<Option<usize>> = Clues::default();
    static PARSED: Clues<Option<usize>> = Clues::default();
}

/// The numbers of evidence in each column.
static NUMBERS: [&LocalKey<Clues<Option<usize>>>; 2] = [&PLAIN, &PARSED];

/// Evidence that other evidence is weighed beside: the recogniser's label, the sort of the best entry.
fn is_head(what: &str) -> bool {
    what.starts_with("label: ") || what.starts_with("best: ")
}

/// How probable it is that the candidate names a place, 0 to 1.
pub fn probability(evidence: &Evidence, parsed: bool) -> f32 {
    let weights = &TABLE[usize::from(parsed)];
    // What has no weight at all weighs nothing, alone or beside something.
    let weighed: Vec<(&str, usize, f32)> = evidence
        .iter()
        .filter_map(|&(what, strength)| {
            let number = known(NUMBERS[usize::from(parsed)], what, || weights.numbers.get(what).copied());
            Some((what, number?, strength))
        })
        .collect();
    let mut sum =
        weighed.iter().fold(weights.bias, |sum, &(_, at, strength)| sum + weights.single[at] * strength);
    for (head, _) in evidence.iter().filter(|(what, _)| is_head(what)) {
        let Some(beside) = weights.beside.get(*head) else { continue };
        for (_, at, strength) in weighed.iter().filter(|(what, ..)| what != head) {
            sum += beside.get(*at).copied().unwrap_or(0.0) * strength;
        }
    }
    1.0 / (1.0 + libm::expf(-sum))
}

/// The candidates that are kept: the most probable first, none overlapping another, in text order.
pub fn keep(candidates: &[Candidate], probabilities: &[f32], least: impl Fn(usize) -> f32) -> Vec<usize> {
    let mut order: Vec<usize> = (0..candidates.len()).filter(|&i| probabilities[i] >= least(i)).collect();
    order.sort_by(|&a, &b| {
        probabilities[b].total_cmp(&probabilities[a]).then(candidates[a].span.cmp(&candidates[b].span))
    });
    let mut kept: Vec<usize> = Vec::new();
    let words = candidates.iter().map(|candidate| candidate.end).max().unwrap_or(0);
    let mut taken = vec![false; words];
    for i in order {
        let words = &mut taken[candidates[i].first..candidates[i].end];
        if words.iter().all(|taken| !taken) {
            words.fill(true);
            kept.push(i);
        }
    }
    kept.sort_by_key(|&i| candidates[i].span);
    kept
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_table_of_weights_reads() {
        assert!(super::TABLE.iter().all(|weights| weights.single.len() > 40 && !weights.beside.is_empty()));
    }
}
