//! Numbers of the same movers told without a movement: "believes at least 3,000 of the troops are
//! training there", "two units comprising up to 12,000 soldiers". Each is its speaker's claim.

use super::attribution;
use super::claims::{self, Drafted};
use super::doc::Doc;
use super::draft::Draft;
use super::merge::{self, Told};
use super::{Context, Stance};
use crate::mentions::quantities::{Counted, QuantityKind};
use crate::syntax::Dep;

/// Adds a claim for each such number that its speaker has not claimed yet. One that a movement has borrowed
/// is about that movement; any other is about none.
pub fn claim(doc: &Doc, context: &Context, told: &[Told], drafted: &mut Vec<Drafted>) {
    for counted in context.counted.iter().filter(|counted| counted.kind == QuantityKind::Count) {
        let Some(noun) = counted_noun(doc, counted).filter(|&noun| is_strength(doc, noun)) else { continue };
        if !told.iter().any(|movement| of_the_same(doc, noun, &movement.lead)) {
            continue;
        }
        let voices = attribution::voices(doc, noun);
        let Some(voice) = voices.last().filter(|v| v.speaker.is_some() && v.stance == Stance::Asserts) else {
            continue;
        };
        let about = told.iter().position(|movement| {
            movement.lead.quantity.as_ref().is_some_and(|(q, _)| q.span == counted.quantity.span)
        });
        let sentence = doc.span(doc.sentence(noun));
        let claim = claims::of_voice(doc, context, voice, Some(counted.quantity.clone()), sentence);
        let figure = |quantity: &crate::mentions::Quantity| (quantity.min, quantity.max);
        let known = drafted.iter().any(|old| {
            old.claim.speaker == claim.speaker
                && old.claim.quantity.as_ref().is_some_and(|q| figure(q) == figure(&counted.quantity))
        });
        if !known {
            drafted.push(Drafted { about, claim });
        }
    }
}

/// The noun that is counted.
fn counted_noun(doc: &Doc, counted: &Counted) -> Option<usize> {
    let head = counted.head?;
    let token = doc.words.partition_point(|word| word.end <= head.start);
    (token < doc.words.len() && doc.words[token].start < head.end).then_some(token)
}

/// Whether the clause tells how strong a force is, or that it is made ready.
fn is_strength(doc: &Doc, noun: usize) -> bool {
    matches!(doc.dep(noun), Dep::Nsubj | Dep::Nsubjpass | Dep::Dobj | Dep::Attr | Dep::Pobj)
        && doc
            .ancestors(noun)
            .take(2)
            .find(|&up| doc.is_verb(up))
            .is_some_and(|verb| doc.lexicon.strength.contains(doc.lemma(verb)))
}

/// Whether the noun counts those who move in a telling: the same kind, of the same people.
fn of_the_same(doc: &Doc, noun: usize, draft: &Draft) -> bool {
    let people = |noun: usize| {
        doc.phrase(noun).find_map(|token| {
            doc.people_of[token].clone().or_else(|| {
                let name = &doc.names[doc.name_of[token]?];
                name.place.clone().filter(|_| !name.ground)
            })
        })
    };
    let Some(theme) = draft.cast.theme.filter(|_| !draft.background) else { return false };
    let theme = super::theme::antecedent(doc, theme);
    let kind = merge::category(doc, noun);
    kind.is_some() && kind == merge::category(doc, theme) && {
        let (mine, theirs) = (people(noun), people(theme));
        mine.is_some() && mine == theirs
    }
}
