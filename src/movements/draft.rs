//! Drafts: one for each trigger that tells a movement, before the same movement told twice becomes one.

use super::attribution::{self, Voice};
use super::certainty::{self, Reality};
use super::doc::Doc;
use super::ends::Linked;
use super::lexicon::End;
use super::theme::{self, Cast};
use super::triggers::{Found, TriggerKind};
use super::{Context, Mode, Stance, Status, amounts, means, refusals, times};
use crate::mentions::{Quantity, When};
use crate::report::Span;
use crate::syntax::{Dep, EntityKind, Tag};

/// One telling of a movement.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Its trigger.
    pub trigger: Found,
    /// Theme and agent.
    pub cast: Cast,
    /// Places: index of the name, in text order.
    pub origin: Vec<usize>,
    /// Where to.
    pub destination: Vec<usize>,
    /// Through where.
    pub via: Vec<usize>,
    /// "or".
    pub alternatives: bool,
    /// "toward".
    pub toward: bool,
    /// The noun that lent its ground to the destination ("three sites in …").
    pub ground: Option<usize>,
    /// What the words say.
    pub status: Status,
    /// How many, and whether carried over.
    pub quantity: Option<(Quantity, bool)>,
    /// By what means.
    pub mode: Mode,
    /// When.
    pub when: Option<When>,
    /// Who says so, the outermost last.
    pub voices: Vec<Voice>,
    /// The sentences or clauses that tell it.
    pub evidence: Vec<Span>,
    /// Background to the affair.
    pub background: bool,
    /// Whether these words alone tell no movement, though they may complete one.
    pub weak: bool,
}

impl Draft {
    /// Whether it names no place at all.
    pub fn is_placeless(&self) -> bool {
        self.origin.is_empty() && self.destination.is_empty() && self.via.is_empty()
    }

    /// The voice that counts: a denial or doubt before an assertion, the outermost first.
    pub fn voice(&self) -> &Voice {
        self.voices
            .iter()
            .rev()
            .find(|voice| voice.stance == Stance::Denies)
            .or_else(|| self.voices.iter().rev().find(|voice| voice.stance == Stance::Doubts))
            .unwrap_or_else(|| {
                self.voices.last().expect("every draft has a voice, the report's own if no other")
            })
    }

    /// Whether the only thing said of it is that it is not so.
    pub fn is_denial(&self) -> bool {
        self.voice().stance != Stance::Asserts && !self.voice().act
    }
}

/// Drafts of all triggers that tell a movement, in text order.
pub fn make(doc: &Doc, context: &Context, triggers: &[Found], linked: &[Linked]) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (index, trigger) in triggers.iter().enumerate() {
        let ends: Vec<&Linked> = linked.iter().filter(|link| link.trigger == index).collect();
        let cast = theme::cast(doc, trigger);
        let has = |end: End| ends.iter().any(|link| link.end == end);
        let (from, to) = (has(End::Origin), has(End::Destination));
        if !theme::can_move(doc, trigger, cast, theme::Ends { any: from || to, both: from && to }) {
            continue;
        }
        let Reality::Is(mut status) = certainty::of(doc, trigger, cast) else { continue };
        if refusals::is_no_movement(doc, trigger, cast) {
            continue;
        }
        // "left Cotonou on Monday and are expected in Maradi": on the way.
        if status == Status::Happened && ends.iter().any(|link| link.ahead) {
            status = Status::Underway;
        }
        // "On Thursday she crosses to Buenos Aires": what is told in the present of a day to come is a plan.
        let is_present =
            matches!(doc.tag(trigger.token), Tag::Vbz | Tag::Vbp) && trigger.kind == TriggerKind::Verb;
        let recurs = || doc.sentence(trigger.token).any(|token| matches!(doc.lower(token), "every" | "each"));
        if is_present && matches!(status, Status::Happened | Status::Underway) && !recurs() {
            let ahead = times::when(doc, trigger, context.times, context.anchors, Status::Planned, &ends);
            let today = context.anchors.at(doc.words[trigger.token].start).date;
            if ahead.and_then(|when| when.earliest).zip(today).is_some_and(|(first, today)| first > today) {
                status = if theme::is_storm(doc, cast.theme) { Status::Possible } else { Status::Planned };
            }
        }
        let voices = attribution::voices(doc, trigger.token);
        let mut draft = Draft {
            trigger: trigger.clone(),
            cast,
            origin: pick(doc, context.places, &ends, End::Origin),
            destination: pick(doc, context.places, &ends, End::Destination),
            via: pick(doc, context.places, &ends, End::Via),
            alternatives: false,
            toward: false,
            ground: None,
            status,
            quantity: None,
            mode: Mode::Unknown,
            when: None,
            voices,
            evidence: Vec::new(),
            background: is_background(doc, trigger),
            weak: false,
        };
        let to = ends.iter().filter(|link| link.end == End::Destination);
        draft.alternatives = ends.iter().any(|link| {
            link.alternative
                && (if link.end == End::Destination { &draft.destination } else { &draft.origin }).len() > 1
        });
        draft.toward = to.clone().any(|link| link.toward) && to.clone().all(|link| link.toward);
        draft.ground = to.clone().find_map(|link| link.ground);
        if draft.is_placeless() && !tells_without_place(doc, &draft) && !super::legs::returns(doc, &draft) {
            continue;
        }
        draft.weak = !draft.is_placeless() && !is_telling(doc, &draft);
        draft.quantity = amounts::quantity(doc, trigger, cast, context.counted);
        draft.mode = means::mode(doc, trigger, cast);
        draft.when = times::when(doc, trigger, context.times, context.anchors, status, &ends);
        draft.evidence = vec![doc.span(evidence(doc, trigger))];
        drafts.push(draft);
    }
    drafts
}

/// The places of one end, the most specific of each pair kept, in text order.
fn pick(doc: &Doc, places: &[crate::places::Place], ends: &[&Linked], end: End) -> Vec<usize> {
    let mut names: Vec<usize> = Vec::new();
    for link in ends.iter().filter(|link| link.end == end) {
        let place = &doc.names[link.name].place;
        if place.is_some() && !names.iter().any(|&other| doc.names[other].place == *place) {
            names.push(link.name);
        }
    }
    // "the airport in Somalia's capital, Mogadishu": the finer of two that stand in one phrase.
    let coarse: Vec<usize> = names
        .iter()
        .copied()
        .filter(|&outer| {
            names.iter().any(|&inner| {
                let (a, b) = (doc.names[outer].tokens.clone(), doc.names[inner].tokens.clone());
                let between = if a.end <= b.start { a.end..b.start } else { b.end..a.start };
                outer != inner
                    && super::merge::finer(doc, places, inner, outer)
                    && between.len() <= 8
                    && !between
                        .clone()
                        .any(|token| matches!(doc.lower(token), "and" | "or" | "to" | "from" | "into"))
            })
        })
        .collect();
    names.retain(|name| !coarse.contains(name));
    names
}

/// The words that tell it: the sentence, or the part of a long one between semicolons.
fn evidence(doc: &Doc, trigger: &Found) -> std::ops::Range<usize> {
    let sentence = doc.sentence(trigger.token);
    let from = (sentence.start..trigger.token)
        .rev()
        .find(|&token| doc.lower(token) == ";")
        .map_or(sentence.start, |t| t + 1);
    let to = (trigger.token..sentence.end).find(|&token| doc.lower(token) == ";").unwrap_or(sentence.end);
    from..to.max(from + 1)
}

fn is_background(doc: &Doc, trigger: &Found) -> bool {
    match trigger.kind {
        TriggerKind::Noun(index) => doc.lexicon.nominals[index].background,
        _ => doc.lexicon.classes[trigger.class].background,
    }
}

/// Whether the trigger with these ends tells a movement at all.
pub fn is_telling(doc: &Doc, draft: &Draft) -> bool {
    let trigger = &draft.trigger;
    let class = &doc.lexicon.classes[trigger.class];
    let (from, to) = (!draft.origin.is_empty(), !draft.destination.is_empty());
    // One place cannot be both ends, unless said so ("returned to where it had left").
    if from
        && to
        && draft.origin.iter().all(|&name| {
            draft.destination.iter().any(|&other| doc.names[other].place == doc.names[name].place)
        })
    {
        return false;
    }
    match &trigger.kind {
        TriggerKind::Noun(_) => {
            if !doc.lexicon.weak_nouns.contains(&trigger.name) {
                return true;
            }
            if trigger.name == "visit" && draft.status == Status::Happened {
                return false;
            }
            // "a trip from A to B takes three hours": a timetable.
            let timetable = doc.dep(trigger.token) == Dep::Nsubj
                && doc.head(trigger.token).is_some_and(|verb| {
                    matches!(doc.lemma(verb), "take" | "last" | "cost" | "be" | "run" | "operate")
                        && matches!(doc.tag(verb), Tag::Vbz | Tag::Vbp)
                });
            if timetable
                || doc.tag(trigger.token) == Tag::Nns
                    && matches!(trigger.name.as_str(), "trip" | "flight" | "voyage" | "visit")
            {
                return false;
            }
            // "a return to shore", "the visit to Rome": a weak noun wants its mover, or both ends.
            (from && to)
                || ((from || to)
                    && draft.cast.theme.or(draft.cast.agent).is_some_and(|theme| theme::is_mover(doc, theme))
                    && (to || trigger.name != "escape"))
                || (to && matches!(draft.status, Status::Planned | Status::Underway | Status::Possible))
        }
        TriggerKind::Enroute | TriggerKind::Journey(_) => true,
        TriggerKind::Verb => {
            if class.future_only && draft.status != Status::Planned {
                return false;
            }
            if class.both_ways {
                let load = draft.cast.theme.is_some();
                if !to && draft.cast.theme.is_some_and(|theme| class.made.contains(doc.lemma(theme))) {
                    return false;
                }
                let mover =
                    draft.cast.theme.is_some_and(|theme| super::merge::category(doc, theme).is_some());
                return load && (to || (from && (doc.is_passive(trigger.token) || mover)));
            }
            if class.id == "go" && from && !to {
                // "came from A" tells a movement when it is past; "comes from" tells an origin.
                return matches!(doc.tag(trigger.token), Tag::Vbd | Tag::Vbn | Tag::Vbg)
                    || matches!(draft.status, Status::Planned | Status::Underway);
            }
            if class.id == "go"
                && doc.lemma(trigger.token) == "come"
                && to
                && doc.tag(trigger.token) == Tag::Vb
            {
                return true;
            }
            // "passed the Bosphorus", "were routed through Lisbon": on a way that is told elsewhere.
            if !from && !to && trigger.name != "cross" {
                return false;
            }
            true
        }
    }
}

/// A movement without places is kept for the ledger when its words leave no doubt, or when it carries
/// a number, a denial or a doubt that belongs to a movement told elsewhere.
pub fn tells_without_place(doc: &Doc, draft: &Draft) -> bool {
    let class = doc.lexicon.classes[draft.trigger.class].id.as_str();
    let strong =
        matches!(class, "send" | "haul" | "evacuate" | "deploy" | "relocate" | "withdraw" | "airlift");
    let sailed = matches!(class, "sail" | "leave" | "flee" | "arrive" | "travel" | "carry" | "move" | "fly");
    let mover = draft.cast.theme.is_some_and(|theme| {
        theme::is_mover(doc, theme)
            && !doc
                .phrase(theme)
                .any(|token| doc.tag(token) == Tag::Dollar || doc.entity_is(token, EntityKind::Money))
    });
    if draft.is_denial() {
        return (strong || sailed) && (mover || matches!(draft.trigger.kind, TriggerKind::Noun(_)));
    }
    let number = draft.quantity_or(doc);
    strong
        && mover
        && (draft.trigger.kind == TriggerKind::Verb || number)
        && draft.status != Status::Possible
        && !is_wh(doc, draft)
}

impl Draft {
    /// Whether its theme is counted: such a telling may repeat another.
    fn quantity_or(&self, doc: &Doc) -> bool {
        self.cast.theme.is_some_and(|theme| {
            doc.phrase(theme).any(|token| doc.tag(token) == Tag::Cd)
                || doc.kids(theme, &[Dep::Nummod]).next().is_some()
        })
    }
}

fn is_wh(doc: &Doc, draft: &Draft) -> bool {
    draft.cast.theme.is_some_and(|theme| matches!(doc.tag(theme), Tag::Wp | Tag::Wdt))
        || doc.dep(draft.trigger.token) == Dep::Amod
}
