//! Toponyms: found at exactly the same words, and placed within 161 kilometres.

use super::ends::kilometres;
use super::gold::Range;
use super::rates::{Rates, ratio};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Within this distance of the gold's point a place is right: a hundred miles, as the field has it.
pub const NEAR_KM: f64 = 161.0;

/// A place name with its point, longitude first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Toponym {
    pub range: Range,
    pub point: Option<(f64, f64)>,
}

impl Toponym {
    /// The place names of a reading: demonyms only when asked for.
    pub fn of_reading(reading: &Value, demonyms: bool) -> Vec<Toponym> {
        let places: BTreeMap<&str, &Value> = super::prediction::list(reading, "places")
            .filter_map(|place| Some((place["id"].as_str()?, place)))
            .collect();
        super::prediction::list(reading, "mentions")
            .filter(|mention| demonyms || mention["kind"] != "demonym")
            .filter_map(|mention| {
                let place = mention["place"].as_str().and_then(|id| places.get(id));
                let point = place.and_then(|place| place["lon"].as_f64().zip(place["lat"].as_f64()));
                Some(Toponym { range: super::prediction::range(mention)?, point })
            })
            .collect()
    }
}

/// The score of a corpus.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct ToponymScore {
    pub reports: usize,
    /// Exactly the same words.
    pub exact: Rates,
    /// Gold toponyms with a point, of those the found ones, and of those the ones near it.
    pub with_point: usize,
    pub found_with_point: usize,
    pub near: usize,
}

impl ToponymScore {
    /// Of all gold toponyms with a point, the share that was found and placed near it.
    pub fn end_to_end(&self) -> f64 {
        ratio(self.near, self.with_point)
    }

    pub fn add(&mut self, gold: &[Toponym], predicted: &[Toponym]) {
        self.reports += 1;
        let mut seen = BTreeSet::new();
        let predicted: Vec<&Toponym> =
            predicted.iter().filter(|found| seen.insert((found.range.start, found.range.end))).collect();
        let mut right = 0;
        let mut taken = vec![false; predicted.len()];
        for wanted in gold {
            self.with_point += usize::from(wanted.point.is_some());
            let at = (0..predicted.len()).find(|&at| !taken[at] && predicted[at].range == wanted.range);
            let Some(at) = at else { continue };
            taken[at] = true;
            right += 1;
            if let Some(point) = wanted.point {
                self.found_with_point += 1;
                self.near +=
                    usize::from(predicted[at].point.is_some_and(|found| kilometres(point, found) <= NEAR_KM));
            }
        }
        self.exact += Rates { right, wrong: predicted.len() - right, missed: gold.len() - right };
    }
}

/// Scores the toponyms of each report.
pub fn score_toponyms(reports: impl Iterator<Item = (Vec<Toponym>, Vec<Toponym>)>) -> ToponymScore {
    let mut score = ToponymScore::default();
    for (gold, predicted) in reports {
        score.add(&gold, &predicted);
    }
    score
}

impl std::fmt::Display for ToponymScore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "exact    {}", self.exact)?;
        let of_found = ratio(self.near, self.found_with_point);
        writeln!(f, "within 161 km: {of_found:.3} of those found, {:.3} of all", self.end_to_end())
    }
}
