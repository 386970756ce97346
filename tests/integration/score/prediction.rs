//! A reading's JSON in the terms of the gold.

use super::gold::{Gold, Range};
use serde_json::Value;

/// A movement as a reading gives it: stated ends only, in the scorer's words.
#[derive(Debug, Clone, Default)]
pub struct Predicted {
    pub from: Vec<PredictedPlace>,
    pub to: Vec<PredictedPlace>,
    pub mode: String,
    pub status: String,
    pub quantity: Option<(Option<f64>, Option<f64>)>,
    pub when: Option<(Option<String>, Option<String>)>,
    pub evidence: Option<Range>,
    pub trigger: Option<Range>,
}

#[derive(Debug, Clone, Default)]
pub struct PredictedPlace {
    pub name: String,
    pub point: Option<(f64, f64)>,
}

impl Predicted {
    /// The movements of a reading.
    pub fn of_reading(reading: &Value) -> Vec<Predicted> {
        let places = |movement: &Value, key: &str| -> Vec<PredictedPlace> {
            let ids = movement[key].as_array().into_iter().flatten();
            ids.filter_map(|id| {
                let place = list(reading, "places").find(|place| place["id"] == *id)?;
                Some(PredictedPlace {
                    name: text(&place["name"]),
                    point: place["lon"].as_f64().zip(place["lat"].as_f64()),
                })
            })
            .collect()
        };
        list(reading, "movements")
            .map(|movement| Predicted {
                from: places(movement, "origin"),
                to: places(movement, "destination"),
                mode: match movement["mode"].as_str() {
                    Some("sea") => "ship".to_owned(),
                    _ => text(&movement["mode"]),
                },
                status: match movement["status"].as_str() {
                    Some("failed") => "ended_in_failure".to_owned(),
                    _ => text(&movement["status"]),
                },
                quantity: object(&movement["quantity"])
                    .map(|quantity| (quantity["min"].as_f64(), quantity["max"].as_f64())),
                when: object(&movement["when"]).map(|when| {
                    let day = |key: &str| when[key].as_str().map(str::to_owned);
                    (day("earliest"), day("latest"))
                }),
                evidence: range(&movement["evidence"][0]),
                trigger: range(&movement["trigger"]),
            })
            .collect()
    }

    /// The gold as a perfect program would give it.
    pub fn of_gold(gold: &Gold) -> Vec<Predicted> {
        let places = |ends: &Option<Vec<usize>>| -> Vec<PredictedPlace> {
            let ends = ends.iter().flatten().map(|&at| &gold.places[at]);
            ends.map(|place| PredictedPlace { name: place.name.clone(), point: Some((place.lon, place.lat)) })
                .collect()
        };
        let predicted = gold.movements.iter().map(|movement| Predicted {
            from: places(&movement.from),
            to: places(&movement.to),
            mode: movement.mode.clone(),
            status: movement.status.clone(),
            quantity: movement.quantity.as_ref().map(|quantity| (quantity.min, quantity.max)),
            when: movement.when.as_ref().map(|when| (when.earliest.clone(), when.latest.clone())),
            evidence: Some(movement.evidence),
            trigger: Some(movement.trigger.range),
        });
        predicted.collect()
    }

    /// Its ends for a person: "Wonsan → Vladivostok".
    pub fn ends(&self) -> String {
        let names = |places: &[PredictedPlace]| match places {
            [] => "?".to_owned(),
            places => places.iter().map(|place| place.name.as_str()).collect::<Vec<_>>().join(", "),
        };
        format!("{} → {}", names(&self.from), names(&self.to))
    }
}

pub fn list<'v>(value: &'v Value, key: &str) -> impl Iterator<Item = &'v Value> {
    value[key].as_array().into_iter().flatten()
}

fn object(value: &Value) -> Option<&Value> {
    value.is_object().then_some(value)
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

pub fn range(value: &Value) -> Option<Range> {
    let offset = |key: &str| Some(value[key].as_u64()? as usize);
    Some(Range { start: offset("start")?, end: offset("end")? })
}
