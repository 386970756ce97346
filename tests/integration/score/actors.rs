//! Names that stand for an actor ("Moscow denied") told from names of ground.

use super::gold::Gold;
use super::rates::Rates;
use serde_json::Value;
use std::collections::BTreeSet;

/// The score of a corpus, and each name told wrongly with the words around it.
#[derive(Debug, Clone, Default)]
pub struct ActorScore {
    pub rates: Rates,
    pub details: Vec<String>,
}

impl ActorScore {
    /// Counts the names of one report: what the gold marks as a place, by whether it is marked as an actor.
    pub fn add(&mut self, gold: &Gold, reading: &Value) {
        let actors: BTreeSet<(usize, usize)> = super::prediction::list(reading, "mentions")
            .filter(|mention| matches!(mention["kind"].as_str(), Some("actor" | "demonym")))
            .filter_map(super::prediction::range)
            .map(|range| (range.start, range.end))
            .collect();
        let letters: Vec<char> = gold.text.chars().collect();
        for place in &gold.places {
            let found = actors.contains(&(place.range.start, place.range.end));
            let about = place.range.start.saturating_sub(40)..(place.range.end + 40).min(letters.len());
            let words = || letters[about].iter().collect::<String>().replace('\n', " ");
            match (place.metonym, found) {
                (true, true) => self.rates.right += 1,
                (false, false) => {}
                (true, false) => {
                    self.rates.missed += 1;
                    self.details.push(format!("{}: not told as an actor: {:?}", gold.id, words()));
                }
                (false, true) => {
                    self.rates.wrong += 1;
                    self.details.push(format!("{}: told as an actor: {:?}", gold.id, words()));
                }
            }
        }
    }
}
