//! What the words around a telling add to its ends: where the thing was that moved, where the leg
//! before it in the same sentence ended, where a storm formed, where someone returned to.

use super::doc::Doc;
use super::draft::Draft;
use super::ends::Linked;
use super::merge;
use super::theme;
use super::triggers::TriggerKind;
use crate::places::Place;
use crate::syntax::{Dep, Tag};

/// Completes the drafts of a report, which stand in text order.
pub fn complete(doc: &Doc, places: &[Place], linked: &[Linked], drafts: &mut Vec<Draft>) {
    split_then(doc, drafts);
    for draft in drafts.iter_mut() {
        if draft.origin.is_empty() && !draft.destination.is_empty() {
            let origin = where_it_was(doc, linked, draft);
            let origin = if origin.is_empty() { where_it_was_made(doc, linked, draft) } else { origin };
            let origin: Vec<usize> =
                origin.into_iter().filter(|&name| !is_among(doc, places, name, &draft.destination)).collect();
            draft.origin = origin;
        }
    }
    for index in 0..drafts.len() {
        leg_before(doc, places, drafts, index);
        back_again(doc, drafts, index);
    }
}

fn is_among(doc: &Doc, places: &[Place], name: usize, names: &[usize]) -> bool {
    names.iter().any(|&other| {
        merge::same_ground(doc, places, name, other) && doc.names[name].place == doc.names[other].place
    })
}

/// "turned around twice, toward A and then toward B": two legs.
fn split_then(doc: &Doc, drafts: &mut Vec<Draft>) {
    let mut index = 0;
    while index < drafts.len() {
        let draft = &drafts[index];
        let cut = draft.destination.iter().skip(1).position(|&name| {
            let start = doc.names[name].tokens.start;
            (start.saturating_sub(4)..start).any(|token| {
                doc.lower(token) == "then" && doc.words[token].sentence == doc.words[start].sentence
            })
        });
        if let Some(cut) = cut {
            let mut second = draft.clone();
            second.destination = draft.destination[cut + 1..].to_vec();
            second.origin = draft.destination[..=cut].to_vec();
            second.when = None;
            second.via = Vec::new();
            drafts[index].destination.truncate(cut + 1);
            drafts.insert(index + 1, second);
        }
        index += 1;
    }
}

/// "staff of the embassy in A were moved to B", "troops held in A were flown to B".
fn where_it_was(doc: &Doc, linked: &[Linked], draft: &Draft) -> Vec<usize> {
    let Some(theme) = draft.cast.theme else { return Vec::new() };
    let theme = theme::antecedent(doc, theme);
    let range = doc.subtree(theme);
    let mut found: Vec<usize> = Vec::new();
    for (index, name) in doc.names.iter().enumerate() {
        if !name.ground || !range.contains(&name.head) || linked.iter().any(|link| link.name == index) {
            continue;
        }
        let located = lies_at(doc, name.head, theme) && !name.tokens.contains(&theme);
        let known = found.iter().any(|&other| doc.names[other].place == name.place);
        if located && !known {
            found.push(index);
        }
    }
    found
}

/// Whether a place hangs on a noun by "in" or "at", through nouns and verbs of being somewhere only.
fn lies_at(doc: &Doc, token: usize, top: usize) -> bool {
    let mut current = token;
    let mut locative = false;
    for _ in 0..8 {
        let Some(head) = doc.head(current) else { return false };
        match doc.dep(current) {
            Dep::Pobj => {
                let prep = doc.lower(head);
                match prep {
                    "in" | "at" | "inside" | "on" | "above" | "outside" => locative = true,
                    "of" => {}
                    _ => return false,
                }
                current = head;
            }
            Dep::Conj => current = head,
            Dep::Prep => {
                if doc.is_verb(head) {
                    let being = matches!(
                        doc.lemma(head),
                        "station"
                            | "base"
                            | "hold"
                            | "detain"
                            | "strand"
                            | "trap"
                            | "imprison"
                            | "incarcerate"
                            | "jail"
                            | "keep"
                            | "house"
                            | "live"
                            | "garrison"
                            | "locate"
                            | "shelter"
                            | "serve"
                            | "intern"
                            | "confine"
                            | "stay"
                            | "work"
                            | "moor"
                            | "anchor"
                            | "be"
                    );
                    if !being || !matches!(doc.dep(head), Dep::Acl | Dep::Relcl) {
                        return false;
                    }
                    current = head;
                } else {
                    current = head;
                }
            }
            Dep::Acl | Dep::Relcl => current = head,
            Dep::Poss | Dep::Compound | Dep::Nmod | Dep::Appos => current = head,
            _ => return false,
        }
        if current == top {
            return locative;
        }
    }
    false
}

/// "was raised in A and deployed to B", "formed over A before heading towards B".
fn where_it_was_made(doc: &Doc, linked: &[Linked], draft: &Draft) -> Vec<usize> {
    let verb = draft.trigger.token;
    let above = std::iter::once(verb).chain(doc.ancestors(verb).take(2)).find(|&up| {
        doc.is_verb(up)
            && matches!(
                doc.lemma(up),
                "raise"
                    | "form"
                    | "build"
                    | "assemble"
                    | "train"
                    | "recruit"
                    | "make"
                    | "manufacture"
                    | "load"
                    | "muster"
                    | "develop"
                    | "emerge"
                    | "originate"
                    | "bear"
                    | "breed"
                    | "produce"
                    | "gather"
                    | "equip"
                    | "capture"
                    | "seize"
                    | "arrest"
                    | "find"
                    | "detain"
                    | "recover"
                    | "catch"
                    | "spend"
                    | "hold"
                    | "keep"
                    | "wait"
                    | "stay"
                    | "camp"
                    | "shelter"
                    | "strand"
                    | "buy"
                    | "purchase"
                    | "hide"
                    | "store"
            )
    });
    let Some(above) = above.filter(|&above| above < verb) else { return from_closed(doc, linked, draft) };
    if !matches!(doc.dep(verb), Dep::Conj | Dep::Pcomp | Dep::Advcl) {
        return Vec::new();
    }
    doc.kids(above, &[Dep::Prep])
        .filter(|&prep| prep < verb && matches!(doc.lower(prep), "in" | "over" | "at" | "near" | "on"))
        .filter_map(|prep| doc.child(prep, &[Dep::Pobj]))
        .filter_map(|object| {
            // "spent weeks in a detention centre in Sandakan".
            let lies = |name: &usize| lies_at(doc, doc.names[*name].head, object);
            doc.name_of[object].or_else(|| (0..doc.names.len()).find(lies))
        })
        .filter(|&name| doc.names[name].ground && !linked.iter().any(|link| link.name == name))
        .collect()
}

/// "closes its embassy in A and moves its staff to B".
fn from_closed(doc: &Doc, linked: &[Linked], draft: &Draft) -> Vec<usize> {
    let verb = draft.trigger.token;
    let own = draft.cast.theme.is_some_and(|theme| {
        doc.kids(theme, &[Dep::Poss]).any(|poss| matches!(doc.lower(poss), "its" | "their"))
    });
    if !own || doc.dep(verb) != Dep::Conj {
        return Vec::new();
    }
    let Some(above) = doc
        .head(verb)
        .filter(|&above| matches!(doc.lemma(above), "close" | "shut" | "shutter" | "abandon" | "suspend"))
    else {
        return Vec::new();
    };
    let Some(object) = doc.child(above, &[Dep::Dobj]) else { return Vec::new() };
    (0..doc.names.len())
        .filter(|&name| {
            doc.names[name].ground
                && doc.is_within(doc.names[name].head, object)
                && lies_at(doc, doc.names[name].head, object)
                && !linked.iter().any(|link| link.name == name)
        })
        .collect()
}

/// The next leg of the same sentence begins where the one before it ended.
fn leg_before(doc: &Doc, places: &[Place], drafts: &mut [Draft], index: usize) {
    let later = &drafts[index];
    if !later.origin.is_empty() || later.destination.is_empty() || later.trigger.kind != TriggerKind::Verb {
        return;
    }
    let sentence = doc.words[later.trigger.token].sentence;
    let before = (0..drafts.len()).filter(|&other| other != index).find(|&other| {
        let earlier = &drafts[other];
        if doc.words[earlier.trigger.token].sentence != sentence
            || earlier.destination.is_empty()
            || earlier.is_denial() != later.is_denial()
            || merge::same_theme(doc, earlier, later) == Some(false)
            || earlier.destination.iter().any(|&x| is_among(doc, places, x, &later.destination))
        {
            return false;
        }
        let (a, b) = (earlier.trigger.token, later.trigger.token);
        if a < b {
            then(doc, a, b)
        } else {
            // "a plan to return to A after having relocated to B".
            after(doc, a, b)
        }
    });
    if let Some(before) = before {
        drafts[index].origin = drafts[before].destination.clone();
    }
}

/// Whether the second verb tells what came next: "and flew to", "before being taken to".
fn then(doc: &Doc, first: usize, second: usize) -> bool {
    let Some(head) = doc.head(second) else { return false };
    match doc.dep(second) {
        Dep::Conj => {
            let mut up = second;
            for _ in 0..4 {
                if doc.dep(up) != Dep::Conj {
                    return false;
                }
                let Some(next) = doc.head(up) else { return false };
                if next == first {
                    return true;
                }
                up = next;
            }
            false
        }
        Dep::Pcomp => doc.lower(head) == "before" && doc.is_within(head, first),
        Dep::Advcl => {
            doc.kids(second, &[Dep::Mark]).any(|mark| doc.lower(mark) == "before")
                && doc.is_within(second, first)
        }
        _ => false,
    }
}

/// Whether the first verb stands in an "after" clause of the second.
fn after(doc: &Doc, first: usize, second: usize) -> bool {
    let Some(head) = doc.head(first) else { return false };
    (doc.dep(first) == Dep::Pcomp && doc.lower(head) == "after" && doc.is_within(head, second))
        || (doc.dep(first) == Dep::Advcl
            && doc.kids(first, &[Dep::Mark]).any(|mark| doc.lower(mark) == "after")
            && doc.is_within(first, second))
}

/// "left the city … but returned in summer": back to where the same one had left.
fn back_again(doc: &Doc, drafts: &mut [Draft], index: usize) {
    if !returns(doc, &drafts[index]) || !drafts[index].is_placeless() {
        return;
    }
    let token = drafts[index].trigger.token;
    let origin = drafts[..index]
        .iter()
        .rev()
        .filter(|earlier| {
            doc.words[token].sentence.abs_diff(doc.words[earlier.trigger.token].sentence) <= 1
                && !earlier.origin.is_empty()
                && merge::same_theme(doc, earlier, &drafts[index]) != Some(false)
        })
        .map(|earlier| earlier.origin.clone())
        .next();
    if let Some(origin) = origin {
        drafts[index].destination = origin;
    }
}

/// Whether the words tell a return without saying where to.
pub fn returns(doc: &Doc, draft: &Draft) -> bool {
    let verb = draft.trigger.token;
    draft.trigger.kind == TriggerKind::Verb
        && matches!(draft.trigger.name.as_str(), "return" | "come_back" | "go_back")
        && matches!(doc.tag(verb), Tag::Vbd | Tag::Vbn | Tag::Vbz | Tag::Vbp | Tag::Vb)
        && doc.child(verb, &[Dep::Dobj]).is_none()
        && !doc.is_passive(verb)
        && doc.kids(verb, &[Dep::Prep]).all(|prep| !matches!(doc.lower(prep), "to" | "from" | "into"))
}
