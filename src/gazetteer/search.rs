//! Search as a person does it: a name, perhaps with what contains it, perhaps near somewhere, perhaps mistyped.

use std::collections::BTreeMap;

use serde::Serialize;

use super::find::worth;
use super::near::distance_km;
use super::{EntryId, Found, Gazetteer, Kind, NameKind};
use crate::geometry::LonLat;

/// What to look for.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// The name; after commas what contains it: "Paris, Texas".
    pub name: String,
    /// Prefer what is near here.
    pub near: Option<LonLat>,
    /// Only in this country (ISO 3166-1 alpha-2).
    pub country: Option<String>,
    /// Only of this kind.
    pub kind: Option<Kind>,
    /// At most so many; 0 stands for 10.
    pub limit: usize,
}

/// A result of a search.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The entry.
    pub entry: EntryId,
    /// 0 to 1, the higher the better.
    pub score: f64,
    /// Why, in words.
    pub reasons: Vec<String>,
}

/// A result with its row, as it is handed to people and programs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HitRow {
    /// Stable key.
    pub id: String,
    /// Usual English name.
    pub name: String,
    /// Kind as a word.
    pub kind: &'static str,
    /// Longitude in degrees.
    pub lon: f64,
    /// Latitude in degrees.
    pub lat: f64,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// Name of the first-level unit.
    pub unit: Option<String>,
    /// Inhabitants.
    pub population: u32,
    /// 0 to 1.
    pub score: f64,
    /// Why, in words.
    pub reasons: Vec<String>,
}

impl Gazetteer {
    /// The entries that fit best, with reasons. Exact names come first, then names that go on, then typos.
    pub fn search(&self, query: &Query) -> Vec<Hit> {
        let limit = if query.limit == 0 { 10 } else { query.limit.min(1000) };
        let asked: String = query.name.chars().filter(|c| !c.is_control()).take(300).collect();
        let (name, containers) = self.split_containers(&asked);
        // Whether it is looked for exactly so, and the hit.
        let mut hits: BTreeMap<EntryId, (bool, Hit)> = BTreeMap::new();
        let mut exact: Vec<Found> = self.find(name).to_vec();
        if !containers.is_empty() {
            exact.extend(self.find(&asked).iter().copied());
        }
        for found in exact {
            if let Some(judged) = self.judge(query, &containers, found, 1.0, "exact name") {
                let known = hits.entry(found.entry).or_insert_with(|| judged.clone());
                if judged.1.score > known.1.score {
                    *known = judged;
                }
            }
        }
        if hits.len() < limit {
            let mut add = |found: &[Found], quality: f64, reason: &str| {
                for found in found {
                    if let Some((_, hit)) = self.judge(query, &containers, *found, quality, reason) {
                        hits.entry(hit.entry).or_insert((false, hit));
                    }
                }
            };
            for near in self.prefix(name, 3 * limit) {
                add(&near.found, 0.7, &format!("the name goes on: {}", near.name));
            }
            for near in self.similar(name, limit) {
                let quality = if near.typos <= 1 { 0.62 } else { 0.5 };
                add(&near.found, quality, &format!("like {} ({} letters differ)", near.name, near.typos));
            }
        }
        let mut hits: Vec<(bool, Hit)> = hits.into_values().collect();
        hits.sort_by(|(a_is, a), (b_is, b)| {
            b_is.cmp(a_is).then(b.score.total_cmp(&a.score)).then(a.entry.cmp(&b.entry))
        });
        hits.truncate(limit);
        hits.into_iter().map(|(_, hit)| hit).collect()
    }

    /// A hit with its row, to be shown or written as JSON.
    pub fn hit_row(&self, hit: &Hit) -> HitRow {
        let entry = self.entry(hit.entry);
        HitRow {
            id: entry.key.to_string(),
            name: entry.name.to_owned(),
            kind: entry.kind.word(),
            lon: entry.position.lon,
            lat: entry.position.lat,
            country: entry.country.map(str::to_owned),
            unit: entry.unit.map(|unit| self.entry(unit).name.to_owned()),
            population: entry.population,
            score: (hit.score * 1000.0).round() / 1000.0,
            reasons: hit.reasons.clone(),
        }
    }

    /// "Paris, Texas, USA" → "Paris", and the entries called Texas and USA.
    fn split_containers<'a>(&self, asked: &'a str) -> (&'a str, Vec<(String, Vec<EntryId>)>) {
        let mut parts = asked.split(',').map(str::trim).filter(|part| !part.is_empty());
        let name = parts.next().unwrap_or_default();
        let holds = |id: EntryId| matches!(self.kind(id), Kind::Country | Kind::Unit | Kind::District);
        let containers = parts.map(|part| {
            let found = self.find(part).iter().map(|found| found.entry).filter(|&id| holds(id)).collect();
            (part.to_owned(), found)
        });
        (name, containers.collect())
    }

    /// The hit with its score, and whether it lies in all that the query says contains it.
    fn judge(
        &self,
        query: &Query,
        containers: &[(String, Vec<EntryId>)],
        found: Found,
        quality: f64,
        reason: &str,
    ) -> Option<(bool, Hit)> {
        let entry = self.entry(found.entry);
        if let Some(country) = &query.country
            && !entry.country.is_some_and(|code| code.eq_ignore_ascii_case(country))
        {
            return None;
        }
        if query.kind.is_some_and(|kind| kind != entry.kind) {
            return None;
        }
        let mut reasons = vec![reason.to_owned()];
        if found.name_kind != NameKind::Usual {
            reasons.push(format!("{} name of {}", found.name_kind.word(), entry.name));
        }
        let worth = worth(self.prominence(found.entry), found.name_kind, found.rank);
        let mut score = quality * (0.5 + 0.5 * (f64::from(worth) / 300.0).min(1.0));
        let mut inside_all = true;
        for (part, inside) in containers {
            let country = entry.country.and_then(|code| self.country(code));
            let holds =
                [entry.unit, entry.district, country].into_iter().flatten().any(|id| inside.contains(&id));
            if holds {
                reasons.push(format!("in {part}"));
                score = 0.5 + 0.5 * score;
            } else {
                score *= 0.4;
                inside_all = false;
            }
        }
        if let Some(near) = query.near.filter(|near| near.is_valid()) {
            let km = distance_km(near, entry.position);
            score *= 0.4 + 0.6 / (1.0 + km / 200.0);
            reasons.push(format!("{km:.0} km away"));
        }
        match entry.feature {
            "PPLC" => reasons.push("capital".into()),
            "PPLA" => reasons.push("seat of its unit".into()),
            _ => {}
        }
        if entry.population > 0 {
            reasons.push(format!("population {}", entry.population));
        }
        Some((inside_all, Hit { entry: found.entry, score, reasons }))
    }
}
