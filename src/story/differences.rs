//! Differences: what claims and reports disagree on, flagged and never averaged.

use super::merge::numbers_agree;
use super::{Disagreement, Story};
use crate::gazetteer::{Gazetteer, Kind};
use crate::mentions::MentionKind;
use crate::movements::{Claim, Stance};

/// Adds a disagreement for each movement whose claims differ in number or in stance, and marks the
/// movement contested where one speaker asserts and another denies or doubts it.
pub(super) fn flag(story: &mut Story) {
    let mut found = Vec::new();
    for movement in &mut story.movements {
        let claims: Vec<&Claim> = movement
            .claims
            .iter()
            .filter_map(|id| story.claims.iter().find(|claim| claim.id == *id))
            .collect();
        let against: Vec<&Claim> =
            claims.iter().copied().filter(|claim| claim.stance != Stance::Asserts).collect();
        let asserted = claims.iter().any(|claim| claim.stance == Stance::Asserts);
        if asserted && !against.is_empty() {
            movement.contested |= against.iter().any(|claim| claim.stance == Stance::Denies);
            found.push(Disagreement {
                about: Some(movement.id.clone()),
                kind: "stance".to_owned(),
                message: format!("{}, while others assert it.", stances(&against)),
                claims: ids(&claims),
            });
        }
        let counted: Vec<&Claim> = claims.iter().copied().filter(|claim| claim.quantity.is_some()).collect();
        let differ = counted.iter().enumerate().any(|(i, a)| {
            counted[i + 1..].iter().any(|b| match (&a.quantity, &b.quantity) {
                (Some(a), Some(b)) => !numbers_agree(a, b),
                _ => false,
            })
        });
        if differ {
            let figures: Vec<String> = counted
                .iter()
                .map(|claim| {
                    let figure = claim.quantity.as_ref().map_or("", |quantity| quantity.text.as_str());
                    format!("{figure} ({})", speaker(claim))
                })
                .collect();
            found.push(Disagreement {
                about: Some(movement.id.clone()),
                kind: "number".to_owned(),
                message: format!("The figures differ: {}.", figures.join("; ")),
                claims: ids(&counted),
            });
        }
    }
    found.extend(silences(story));
    story.disagreements = found;
}

/// Where one report tells a denial and another says that the same government has said nothing.
fn silences(story: &Story) -> Vec<Disagreement> {
    let mut found = Vec::new();
    for remark in story.remarks.iter().filter(|remark| remark.code == "no-stance") {
        let span = remark.span;
        let mut actors =
            story.mentions.iter().filter(|m| m.kind == MentionKind::Actor && span.contains(&m.span));
        let Some(silent) = actors.next() else { continue };
        let place = story.places.iter().find(|place| Some(&place.id) == silent.place.as_ref());
        let Some(country) = place.and_then(|place| place.country.as_deref()) else { continue };
        let denials = story.claims.iter().filter(|claim| {
            claim.stance == Stance::Denies && claim.about.is_some() && claim.span.report != span.report
        });
        for denial in denials.filter(|claim| speaks_for(country, claim.speaker.as_deref().unwrap_or(""))) {
            found.push(Disagreement {
                about: denial.about.clone(),
                kind: "silence".to_owned(),
                message: format!(
                    "One report tells that {} denies it; another says that {} has taken no stance.",
                    speaker(denial),
                    silent.text
                ),
                claims: vec![denial.id.clone()],
            });
        }
    }
    found
}

/// Whether a speaker's words name a country, its people or its capital.
fn speaks_for(country: &str, speaker: &str) -> bool {
    let Ok(gazetteer) = Gazetteer::embedded() else { return false };
    let words: Vec<&str> = speaker.split_whitespace().map(|word| word.trim_end_matches("'s")).collect();
    (1..=3).flat_map(|n| words.windows(n)).map(|words| words.join(" ")).any(|words| {
        let entry = gazetteer.demonym(&words).map(|demonym| demonym.entry).or_else(|| {
            let first = gazetteer.find(&words).first()?.entry;
            let row = gazetteer.entry(first);
            (row.kind == Kind::Country || row.feature == "PPLC").then_some(first)
        });
        entry.is_some_and(|entry| gazetteer.entry(entry).country == Some(country))
    })
}

fn ids(claims: &[&Claim]) -> Vec<String> {
    claims.iter().map(|claim| claim.id.clone()).collect()
}

fn speaker(claim: &Claim) -> &str {
    claim.speaker.as_deref().or(claim.outlet.as_deref()).unwrap_or("the report")
}

/// "The Kremlin denies it", "The Kremlin and X deny it": who is against, in order.
fn stances(against: &[&Claim]) -> String {
    let mut parts: Vec<String> = Vec::new();
    for claim in against {
        let verb = if claim.stance == Stance::Denies { "denies" } else { "doubts" };
        let part = format!("{} {verb} it", speaker(claim));
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    let mut sentence = parts.join("; ");
    if let Some(first) = sentence.get(..1).map(str::to_uppercase) {
        sentence.replace_range(..1, &first);
    }
    sentence
}
