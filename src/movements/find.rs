//! The stages in order: triggers, ends, drafts, merging, claims, journeys.

use super::claims::{self, Drafted};
use super::doc::Doc;
use super::draft::{self, Draft};
use super::merge::{self, Told};
use super::{
    Claim, Class, Movement, Stance, Status, Trigger, Who, ends, journeys, legs, strengths, triggers,
};
use crate::mentions::dates::{Anchors, TimeExpression};
use crate::mentions::quantities::Counted;
use crate::mentions::{Mention, MentionKind};
use crate::places::{Place, PlaceKind};
use crate::report::{Remark, Report};
use crate::syntax::{Tag, Tree};
use std::collections::BTreeMap;

/// What the stages before give.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The report.
    pub report: &'a Report,
    /// A tree for each body paragraph, offsets in bytes of the report's text.
    pub trees: &'a [Tree],
    /// Place names.
    pub mentions: &'a [Mention],
    /// What they mean.
    pub places: &'a [Place],
    /// Numbers, and what they count.
    pub counted: &'a [Counted],
    /// Time expressions, date lines included.
    pub times: &'a [TimeExpression],
    /// What times are counted from.
    pub anchors: &'a Anchors,
}

/// What is found.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// Movements, in text order.
    pub movements: Vec<Movement>,
    /// Claims, in text order.
    pub claims: Vec<Claim>,
    /// Remarks.
    pub remarks: Vec<Remark>,
}

/// Finds the movements of a report and the claims made about them.
pub fn find(context: &Context) -> Found {
    let text = context.report.text.as_str();
    let doc = Doc::new(text, context.trees, context.mentions);
    let triggers = triggers::find(&doc);
    if triggers.is_empty() {
        return Found::default();
    }
    let linked = ends::link(&doc, &triggers, context.places);
    let mut drafts = draft::make(&doc, context, &triggers, &linked);
    legs::complete(&doc, context.places, &linked, &mut drafts);
    drafts.retain(|draft| !draft.is_placeless() || draft::tells_without_place(&doc, draft));
    let (mut told, loose) = merge::merge(&doc, context.places, drafts);
    let mut drafted = claims::of_tellings(&doc, context, &told);
    let left = claims::loose(&doc, context, &mut told, &loose, &mut drafted);
    strengths::claim(&doc, context, &told, &mut drafted);
    let mut remarks = claims::silences(&doc);
    // What is told without any place is no movement on a map: its claim stands in the ledger.
    for number in left {
        let draft = &loose[number];
        if matches!(draft.status, Status::Denied) && !draft.is_denial() {
            continue;
        }
        // Of goods, posts and figures of speech there would be no end: people, told as fact or plan.
        // Nor of "some of them", who may be letters.
        let theme = draft
            .cast
            .theme
            .filter(|&theme| !matches!(doc.tag(theme), Tag::Dt | Tag::Cd | Tag::Jj | Tag::Pdt));
        let people = theme.and_then(|theme| merge::category(&doc, theme));
        if draft.trigger.kind != super::triggers::TriggerKind::Verb
            || !matches!(people, Some("military" | "civilian"))
        {
            continue;
        }
        if !remarks.iter().any(|remark| remark.code == "movement-without-places") {
            remarks.push(Remark::new(
                "movement-without-places",
                draft.evidence[0],
                "A movement is told without any place; the claim is listed and nothing is drawn.",
            ));
        }
        drafted.push(Drafted { about: None, claim: claims::of_draft(&doc, context, draft) });
    }
    assemble(&doc, context, told, drafted, remarks)
}

fn assemble(
    doc: &Doc,
    context: &Context,
    told: Vec<Told>,
    drafted: Vec<Drafted>,
    remarks: Vec<Remark>,
) -> Found {
    let mut order: Vec<usize> = (0..told.len()).collect();
    order.sort_by_key(|&index| doc.words[told[index].lead.trigger.token].start);
    let rank: BTreeMap<usize, usize> = order.iter().enumerate().map(|(new, &old)| (old, new)).collect();
    let told: Vec<Told> = order.iter().map(|&index| told[index].clone()).collect();
    let mut movements: Vec<Movement> =
        told.iter().enumerate().map(|(index, one)| movement(doc, context, index, &one.lead)).collect();

    let mut drafted = drafted;
    for claim in &mut drafted {
        claim.about = claim.about.and_then(|about| rank.get(&about).copied());
    }
    drafted.sort_by_key(|drafted| (drafted.claim.span.start, drafted.claim.span.end, drafted.about));
    let mut claims = Vec::new();
    for (number, mut one) in drafted.into_iter().enumerate() {
        one.claim.id = format!("c{}", number + 1);
        if let Some(movement) = one.about.and_then(|about| movements.get_mut(about)) {
            one.claim.about = Some(movement.id.clone());
            movement.claims.push(one.claim.id.clone());
        }
        claims.push(one.claim);
    }
    for movement in &mut movements {
        let stances: Vec<Stance> = claims
            .iter()
            .filter(|claim| claim.about.as_ref() == Some(&movement.id))
            .map(|claim| claim.stance)
            .collect();
        let asserted = stances.contains(&Stance::Asserts);
        let against = stances.iter().any(|stance| *stance != Stance::Asserts);
        movement.contested = asserted && against;
        if !asserted && stances.contains(&Stance::Denies) {
            movement.status = Status::Denied;
        } else if !asserted && stances.contains(&Stance::Doubts) {
            movement.status = Status::Possible;
        }
        movement.class = Class::from(movement.status);
    }
    journeys::arrange(doc, context.places, &told, &mut movements);
    Found { movements, claims, remarks }
}

fn movement(doc: &Doc, context: &Context, index: usize, lead: &Draft) -> Movement {
    let ids = |names: &[usize]| -> Vec<String> {
        let mut ids: Vec<String> = Vec::new();
        for &name in names {
            if let Some(id) = &doc.names[name].place
                && !ids.contains(id)
            {
                ids.push(id.clone());
            }
        }
        ids
    };
    let mut reasons = Vec::new();
    let mut origin_inferred = Vec::new();
    if lead.origin.is_empty()
        && let Some(sender) = sender(doc, context, lead)
        && !lead.destination.iter().any(|&name| doc.names[name].place.as_ref() == Some(&sender))
    {
        origin_inferred.push(sender);
        reasons.push("its origin is inferred: the sender".to_owned());
    }
    let mut evidence = lead.evidence.clone();
    evidence.sort_by_key(|span| (span.start, span.end));
    let mut destination = ids(&lead.destination);
    if let Some(sites) = counted_sites(doc, context, lead) {
        destination = sites;
    }
    Movement {
        id: format!("mv{}", index + 1),
        journey: 0,
        step: 0,
        part_of: None,
        who: who(doc, context, lead),
        quantity: lead.quantity.as_ref().map(|(quantity, _)| quantity.clone()),
        origin: ids(&lead.origin),
        destination,
        alternatives: lead.alternatives,
        via: ids(&lead.via),
        toward: lead.toward,
        origin_inferred,
        destination_inferred: Vec::new(),
        mode: lead.mode,
        when: lead.when.clone(),
        status: lead.status,
        class: Class::from(lead.status),
        contested: false,
        claims: Vec::new(),
        trigger: {
            let span = doc.span(lead.trigger.tokens.clone());
            Trigger { span, text: span.of(doc.text).to_owned() }
        },
        evidence,
        background: lead.background,
        from: Vec::new(),
        reasons,
    }
}

/// "three military training sites in eastern Russia": the sites, where the places stage made one of them.
fn counted_sites(doc: &Doc, context: &Context, lead: &Draft) -> Option<Vec<String>> {
    let ground = lead.ground?;
    let span = doc.span(doc.subtree(ground));
    let site = context.mentions.iter().find(|mention| {
        mention.span.overlaps(&span)
            && mention
                .place
                .as_ref()
                .is_some_and(|id| context.places.iter().any(|place| place.id == *id && place.count.is_some()))
    })?;
    site.place.clone().map(|id| vec![id])
}

/// The country or town whose government sends, for verbs of sending.
fn sender(doc: &Doc, context: &Context, lead: &Draft) -> Option<String> {
    let class = doc.lexicon.classes[lead.trigger.class].id.as_str();
    if !matches!(
        class,
        "send"
            | "haul"
            | "deploy"
            | "remove"
            | "ship"
            | "airlift"
            | "sealift"
            | "carry"
            | "relocate"
            | "move"
    ) {
        return None;
    }
    let mut agent = lead.cast.agent?;
    if matches!(doc.tag(agent), Tag::Prp | Tag::PrpPoss) {
        agent = super::theme::antecedent(doc, agent);
    }
    let direct = doc.name_of[agent];
    // "Mexico's navy", "the North": its possessor, or a name that means a country.
    let name = direct.or_else(|| {
        doc.children[agent]
            .iter()
            .copied()
            .filter(|&kid| doc.dep(kid) == crate::syntax::Dep::Poss)
            .find_map(|kid| doc.name_of[kid])
    })?;
    let id = doc.names[name].place.clone()?;
    // A capital that acts is its country.
    let place = context.places.iter().find(|place| place.id == id)?;
    if place.kind == PlaceKind::City && !doc.names[name].ground {
        let country = context.places.iter().find(|other| {
            other.kind == PlaceKind::Country && other.country == place.country && place.country.is_some()
        });
        return Some(country.map_or(id.clone(), |country| country.id.clone()));
    }
    Some(id)
}

fn who(doc: &Doc, context: &Context, lead: &Draft) -> Option<Who> {
    let theme = lead.cast.theme?;
    let resolved = super::theme::antecedent(doc, theme);
    let span = doc.span(doc.phrase(resolved));
    if span.start >= span.end {
        return None;
    }
    let actor = context
        .mentions
        .iter()
        .find(|mention| mention.kind != MentionKind::Toponym && span.contains(&mention.span))
        .map(|mention| mention.id.clone());
    Some(Who { text: span.of(doc.text).to_owned(), span, actor })
}
