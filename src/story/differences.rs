//! Differences: what claims and reports disagree on, flagged and never averaged.

use super::merge::numbers_agree;
use super::{Disagreement, Story};
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
    story.disagreements = found;
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
