//! The judge: weighs the evidence and keeps the candidates that name places.
//!
//! The weights stand in `weights.toml`, one for each piece of evidence, in two columns: with a parse
//! and without. `geodata/ranker/train.py` learns them; anyone may read or mend them.

use super::candidates::Candidate;
use super::evidence::Evidence;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The weights of one column: of each piece of evidence, and of each piece beside a label or a sort of place.
#[derive(Default)]
struct Weights {
    bias: f32,
    single: BTreeMap<String, f32>,
    beside: BTreeMap<String, BTreeMap<String, f32>>,
}

impl Weights {
    fn read(rows: BTreeMap<String, f32>) -> Self {
        let mut weights = Weights::default();
        for (what, weight) in rows {
            if what == "bias" {
                weights.bias = weight;
            } else if let Some((head, beside)) = what.split_once(" & ") {
                weights.beside.entry(head.to_owned()).or_default().insert(beside.to_owned(), weight);
            } else {
                weights.single.insert(what, weight);
            }
        }
        weights
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

/// Evidence that other evidence is weighed beside: the recogniser's label, the sort of the best entry.
fn is_head(what: &str) -> bool {
    what.starts_with("label: ") || what.starts_with("best: ")
}

/// How probable it is that the candidate names a place, 0 to 1.
pub fn probability(evidence: &Evidence, parsed: bool) -> f32 {
    let weights = &TABLE[usize::from(parsed)];
    let mut sum = weights.bias;
    for (what, strength) in evidence {
        sum += weights.single.get(*what).copied().unwrap_or(0.0) * strength;
    }
    for (head, _) in evidence.iter().filter(|(what, _)| is_head(what)) {
        let Some(beside) = weights.beside.get(*head) else { continue };
        for (what, strength) in evidence.iter().filter(|(what, _)| what != head) {
            sum += beside.get(*what).copied().unwrap_or(0.0) * strength;
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
    for i in order {
        if kept.iter().all(|&k| !candidates[k].span.overlaps(&candidates[i].span)) {
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
