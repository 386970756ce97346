//! What the words say of a movement's reality, composed from the trigger upward to the top of the
//! tree (after FactBank): its own tense and modals first, then each governor.

use super::Status;
use super::doc::Doc;
use super::lexicon::ThemeNeed;
use super::theme::{self, Cast};
use super::triggers::{Found, TriggerKind};
use crate::syntax::{Dep, EntityKind, Tag};

/// The outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reality {
    /// A status.
    Is(Status),
    /// Contrary to fact, or no telling at all: no movement.
    Counterfactual,
}

/// The reality of a trigger.
pub fn of(doc: &Doc, trigger: &Found, cast: Cast) -> Reality {
    let storm =
        doc.lexicon.classes[trigger.class].theme == ThemeNeed::Storm || theme::is_storm(doc, cast.theme);
    // "leaves" in a headline is done; "departs", "sets sail" begins a journey.
    let departure = doc.lexicon.classes[trigger.class].phase.as_deref() == Some("departure")
        && !matches!(
            trigger.name.as_str(),
            "leave" | "exit" | "vacate" | "pull_out" | "pull_back" | "get_out" | "clear_out"
        );
    let judge = Judge { doc, storm, departure };
    let reality = match &trigger.kind {
        // "The convoy was put off".
        TriggerKind::Verb => match judge.deferred(trigger.token) {
            Some(status) => Some(Reality::Is(status)),
            None => judge.verb(trigger.token, 10),
        },
        TriggerKind::Noun(_) => Some(judge.noun(trigger.token, 10)),
        TriggerKind::Journey(verbs) => verbs.first().and_then(|(verb, _)| judge.verb(*verb, 10)),
        TriggerKind::Enroute => {
            let above =
                doc.ancestors(trigger.token).find(|&up| doc.is_verb(up) && !trigger.tokens.contains(&up));
            match above.and_then(|up| judge.verb(up, 10)) {
                Some(Reality::Is(Status::Happened)) | None if trigger.is_due() => {
                    Some(Reality::Is(judge.future()))
                }
                Some(Reality::Is(Status::Happened)) | None => Some(Reality::Is(Status::Underway)),
                other => other,
            }
        }
    };
    match reality {
        // "are expected in Durres": they have not come.
        Some(Reality::Is(Status::Happened | Status::Underway)) | None
            if doc.lexicon.classes[trigger.class].passive_only =>
        {
            Reality::Is(judge.future())
        }
        Some(Reality::Is(status)) => {
            if failed(doc, trigger, cast, status) {
                return Reality::Is(Status::Failed);
            }
            // A bare journey that is no more than begun.
            Reality::Is(status)
        }
        Some(counter) => counter,
        None => Reality::Is(Status::Happened),
    }
}

struct Judge<'d, 'a> {
    doc: &'d Doc<'a>,
    storm: bool,
    departure: bool,
}

/// What a governor does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Effect {
    Planned,
    Possible,
    Negative,
    Failed,
    Plain,
    None,
}

impl Judge<'_, '_> {
    fn future(&self) -> Status {
        if self.storm { Status::Possible } else { Status::Planned }
    }

    fn negated(&self, token: usize) -> bool {
        let doc = self.doc;
        doc.kids(token, &[Dep::Neg]).next().is_some()
            || doc
                .kids(token, &[Dep::Advmod, Dep::Preconj])
                .any(|kid| doc.lexicon.adverb.negative.contains(doc.lower(kid)))
            || doc.kids(token, &[Dep::Det]).any(|kid| doc.lower(kid) == "no")
            || doc.kids(token, &[Dep::Nsubj, Dep::Nsubjpass]).any(|subject| {
                matches!(doc.lower(subject), "nobody" | "none" | "no-one" | "neither")
                    || doc.kids(subject, &[Dep::Det]).any(|det| matches!(doc.lower(det), "no" | "neither"))
            })
    }

    fn auxiliaries(&self, verb: usize) -> Vec<usize> {
        let doc = self.doc;
        let own: Vec<usize> = doc.kids(verb, &[Dep::Aux, Dep::Auxpass]).collect();
        if own.is_empty()
            && doc.dep(verb) == Dep::Conj
            && doc.child(verb, &[Dep::Nsubj, Dep::Nsubjpass]).is_none()
            && let Some(head) = doc.head(verb)
            && doc.is_verb(head)
        {
            let same = match doc.tag(verb) {
                Tag::Vb => true,
                Tag::Vbn | Tag::Vbg => doc.tag(head) == doc.tag(verb),
                _ => false,
            };
            let above = self.auxiliaries(head);
            let modal = above.iter().any(|&aux| doc.tag(aux) == Tag::Md);
            if same || (modal && matches!(doc.tag(verb), Tag::Vbd | Tag::Vbn)) {
                return above;
            }
        }
        own
    }

    /// "if …", "unless …", or a "should" or "had" before its subject.
    fn conditional(&self, verb: usize) -> bool {
        let doc = self.doc;
        doc.kids(verb, &[Dep::Mark, Dep::Advmod])
            .any(|mark| doc.lexicon.conditional.contains(doc.lower(mark)) && doc.lower(mark) != "should")
    }

    fn has_condition(&self, verb: usize) -> bool {
        let doc = self.doc;
        std::iter::once(verb).chain(doc.ancestors(verb).take(2)).any(|top| {
            doc.kids(top, &[Dep::Advcl]).any(|clause| {
                self.conditional(clause)
                    || doc.kids(clause, &[Dep::Aux, Dep::Auxpass]).any(|aux| {
                        matches!(doc.lower(aux), "had" | "were" | "should")
                            && doc
                                .child(clause, &[Dep::Nsubj, Dep::Nsubjpass])
                                .is_some_and(|subject| aux < subject)
                    })
            })
        })
    }

    fn verb(&self, verb: usize, depth: usize) -> Option<Reality> {
        let doc = self.doc;
        if depth == 0 {
            return None;
        }
        let auxiliaries = self.auxiliaries(verb);
        let find = |lowers: &[&str]| auxiliaries.iter().any(|&aux| lowers.contains(&doc.lower(aux)));
        let modal = auxiliaries.iter().find(|&&aux| doc.tag(aux) == Tag::Md).map(|&aux| doc.lower(aux));
        let have = find(&["have", "has", "had", "'ve", "'d", "having"]);
        let to = auxiliaries.iter().any(|&aux| doc.tag(aux) == Tag::To);
        let mut status = match modal {
            Some("may" | "might" | "could" | "can" | "should" | "must" | "ought") => {
                if have && matches!(modal, Some("could" | "should")) && self.has_condition(verb) {
                    return Some(Reality::Counterfactual);
                }
                Some(Status::Possible)
            }
            Some("would" | "'d") => {
                if have {
                    // "would have reached": they did not.
                    return Some(Reality::Counterfactual);
                } else if self.has_condition(verb) {
                    Some(Status::Possible)
                } else {
                    Some(self.future())
                }
            }
            Some(_) => Some(self.future()),
            None if to => None,
            None => match doc.tag(verb) {
                Tag::Vbd => Some(Status::Happened),
                Tag::Vbn if find(&["being"]) && !find(&["is", "are", "'re", "'s", "was", "were", "am"]) => {
                    None
                }
                Tag::Vbn => {
                    let past = find(&["was", "were"]) && self.is_main(verb);
                    if find(&["being"]) && (past || find(&["is", "are", "'re", "'s"])) {
                        Some(Status::Underway)
                    } else {
                        Some(Status::Happened)
                    }
                }
                Tag::Vbg => {
                    let past = find(&["was", "were"]) && self.is_main(verb);
                    if past || find(&["is", "are", "am", "'s", "'re", "'m"]) || (have && find(&["been"])) {
                        Some(Status::Underway)
                    } else if have || find(&["was", "were"]) {
                        Some(Status::Happened)
                    } else {
                        None
                    }
                }
                Tag::Vbz | Tag::Vbp | Tag::Nns => {
                    Some(if self.departure { Status::Underway } else { Status::Happened })
                }
                // "Peacekeepers deploy to A": the present of many is written like an infinitive.
                Tag::Vb
                    if auxiliaries.is_empty()
                        && doc.dep(verb) == Dep::Root
                        && doc.child(verb, &[Dep::Nsubj]).is_some() =>
                {
                    Some(Status::Happened)
                }
                _ => None,
            },
        };
        if self.conditional(verb) && status != Some(Status::Planned) {
            if have
                && modal.is_none()
                && doc
                    .ancestors(verb)
                    .any(|up| doc.kids(up, &[Dep::Aux]).any(|aux| doc.lower(aux) == "would"))
            {
                return Some(Reality::Counterfactual);
            }
            status = Some(Status::Possible);
        } else if self.conditional(verb) {
            status = Some(Status::Possible);
        }
        if matches!(status, Some(Status::Happened | Status::Underway | Status::Planned))
            && doc
                .kids(verb, &[Dep::Advmod])
                .any(|adverb| doc.lexicon.adverb.possible.contains(doc.lower(adverb)))
        {
            status = Some(Status::Possible);
        }
        // An infinitive or a gerund is what its governor makes of it.
        let status = match status {
            Some(status) => status,
            None => match self.governed(verb, depth)? {
                Reality::Is(status) => status,
                counter => return Some(counter),
            },
        };
        // Inside a conditional clause everything is possible at most.
        let status = if !to && self.under_condition(verb) && status != Status::Denied {
            Status::Possible
        } else {
            status
        };
        if self.negated(verb) {
            return Some(Reality::Is(match status {
                Status::Possible if modal.is_some() && !matches!(modal, Some("could" | "can")) => {
                    Status::Possible
                }
                Status::Failed => Status::Failed,
                _ => Status::Denied,
            }));
        }
        Some(Reality::Is(status))
    }

    /// "was being towed to Durban on Thursday": whether a past that lasts is the news itself, told with its day, and
    /// not what went on when something else happened.
    fn is_main(&self, verb: usize) -> bool {
        let doc = self.doc;
        let is_top = match doc.dep(verb) {
            Dep::Root => true,
            Dep::Ccomp => doc.head(verb).is_some_and(|above| doc.lexicon.say.takes_a_claim(doc.lemma(above))),
            _ => false,
        };
        let mut sentence = doc.sentence(verb);
        let is_day = |token: usize| {
            matches!(doc.words[token].entity, Some(EntityKind::Date | EntityKind::Time))
                && doc.ancestors(token).find(|&up| doc.is_verb(up)) == Some(verb)
        };
        is_top && sentence.clone().all(|token| doc.lower(token) != "when") && sentence.any(is_day)
    }

    fn under_condition(&self, verb: usize) -> bool {
        let doc = self.doc;
        let mut below = verb;
        for up in doc.ancestors(verb).take(3) {
            if doc.dep(below) == Dep::Ccomp && doc.lexicon.say.assert.contains(doc.lemma(up)) {
                return false;
            }
            if doc.dep(up) == Dep::Advcl
                && self.conditional(up)
                && matches!(doc.dep(below), Dep::Xcomp | Dep::Ccomp | Dep::Conj)
            {
                return true;
            }
            below = up;
        }
        false
    }

    /// What the governor makes of an infinitive, gerund or bare verb.
    fn governed(&self, verb: usize, depth: usize) -> Option<Reality> {
        let doc = self.doc;
        let Some(mut head) = doc.head(verb) else {
            // "Plans to …" as a headline, or an imperative.
            return Some(Reality::Is(Status::Planned));
        };
        let gerund = matches!(doc.tag(verb), Tag::Vbg | Tag::Vbn);
        let mut prep = "";
        if matches!(doc.dep(verb), Dep::Pcomp | Dep::Pobj) {
            prep = doc.lower(head);
            if matches!(prep, "after" | "since" | "by" | "while" | "when") {
                let above = doc.ancestors(head).find(|&up| doc.is_verb(up))?;
                return match self.verb(above, depth - 1) {
                    Some(Reality::Is(Status::Planned | Status::Possible | Status::Denied))
                        if prep == "after" =>
                    {
                        Some(Reality::Is(if self.storm { Status::Possible } else { Status::Happened }))
                    }
                    other => other,
                };
            }
            if prep == "before" {
                let above = doc.ancestors(head).find(|&up| doc.is_verb(up))?;
                return self.verb(above, depth - 1);
            }
            if prep == "without" {
                return Some(Reality::Is(Status::Denied));
            }
            head = doc.head(head)?;
        }
        if doc.lexicon.adjective.ability.contains(doc.lemma(head)) {
            return Some(Reality::Counterfactual);
        }
        let effect = self.effect(head, prep);
        let above = if doc.is_verb(head) { self.verb(head, depth - 1) } else { None };
        let above_status = match above {
            Some(Reality::Is(status)) => Some(status),
            _ => None,
        };
        let status = match effect {
            Effect::Negative => Status::Denied,
            Effect::Failed => Status::Failed,
            Effect::Planned | Effect::Possible => {
                let status = if effect == Effect::Possible { Status::Possible } else { self.future() };
                if above_status == Some(Status::Denied) || (!doc.is_verb(head) && self.negated(head)) {
                    Status::Denied
                } else if above_status == Some(Status::Possible) && doc.is_verb(head) {
                    Status::Possible
                } else {
                    // "the plan was abandoned", "plans to … were scrapped".
                    status
                }
            }
            Effect::Plain => {
                let status = above_status.unwrap_or(Status::Planned);
                if matches!(doc.lemma(head), "begin" | "start" | "continue" | "resume" | "keep")
                    && status == Status::Happened
                {
                    Status::Underway
                } else {
                    status
                }
            }
            Effect::None => {
                if gerund {
                    match (doc.dep(verb), above_status) {
                        // "deploys two ships carrying aid to Cuba": on its way.
                        (Dep::Acl | Dep::Advcl, Some(Status::Happened))
                            if doc.tag(verb) == Tag::Vbg
                                && matches!(doc.tag(head), Tag::Vbz | Tag::Vbp)
                                && !self.storm =>
                        {
                            Status::Underway
                        }
                        // "two ships carrying aid to Cuba": as sure as the clause it hangs on.
                        (_, Some(status)) => status,
                        (Dep::Acl | Dep::Advcl | Dep::Pcomp, None) => {
                            let present = doc
                                .ancestors(head)
                                .find(|&up| doc.is_verb(up))
                                .is_some_and(|up| matches!(doc.tag(up), Tag::Vbz | Tag::Vbp));
                            match self.clause_status(head, depth) {
                                Status::Happened
                                    if present && doc.dep(verb) == Dep::Acl && doc.tag(verb) == Tag::Vbg =>
                                {
                                    Status::Underway
                                }
                                status => status,
                            }
                        }
                        _ => Status::Happened,
                    }
                } else if doc.tag(verb) == Tag::Vb {
                    // "one of the first countries to send": as sure as its clause.
                    let rank = matches!(doc.dep(verb), Dep::Acl | Dep::Relcl)
                        && doc.phrase(head).any(|t| {
                            matches!(doc.lower(t), "last" | "only" | "latest") || is_ordinal(doc.lower(t))
                        });
                    if rank
                        || doc.ancestors(verb).take(3).any(|up| {
                            doc.dep(verb) == Dep::Acl
                                && doc.lower(up) == "of"
                                && doc
                                    .head(up)
                                    .is_some_and(|one| matches!(doc.lower(one), "one" | "first" | "last"))
                        })
                    {
                        return Some(Reality::Is(self.clause_status(head, depth)));
                    }
                    // A purpose: "planes were sent to evacuate them".
                    match above_status {
                        Some(Status::Denied) => Status::Denied,
                        Some(Status::Possible) => Status::Possible,
                        _ => self.future(),
                    }
                } else {
                    above_status.unwrap_or(Status::Happened)
                }
            }
        };
        Some(Reality::Is(status))
    }

    /// The status of the clause that a noun stands in.
    fn clause_status(&self, noun: usize, depth: usize) -> Status {
        let doc = self.doc;
        match doc
            .ancestors(noun)
            .find(|&up| doc.is_verb(up))
            .and_then(|up| self.verb(up, depth.saturating_sub(1)))
        {
            Some(Reality::Is(status)) => status,
            _ => Status::Happened,
        }
    }

    /// What a verb with a particle makes of what it speaks of: "put off" a plan, "called off" none.
    fn deferred(&self, verb: usize) -> Option<Status> {
        let cues = &self.doc.lexicon.verb_cues;
        let phrasal = self.doc.with_particle(verb)?;
        let negative = cues.negative.contains(&phrasal).then_some(Status::Denied);
        negative.or(cues.planned.contains(&phrasal).then_some(Status::Planned))
    }

    fn effect(&self, head: usize, prep: &str) -> Effect {
        let doc = self.doc;
        let lexicon = doc.lexicon;
        let lemma = doc.lemma(head);
        if doc.is_verb(head) {
            match self.deferred(head) {
                Some(Status::Denied) => return Effect::Negative,
                Some(_) => return Effect::Planned,
                None => {}
            }
            let cues = &lexicon.verb_cues;
            if lemma == "fail" {
                return Effect::Failed;
            }
            if cues.negative.contains(lemma) && (prep.is_empty() || prep == "from") {
                return Effect::Negative;
            }
            if lemma == "deny" || lemma == "rule" {
                return Effect::Negative;
            }
            // "was expected, forecast to"
            if cues.possible.contains(lemma) {
                return Effect::Possible;
            }
            if cues.planned.contains(lemma) {
                return Effect::Planned;
            }
            if lemma == "accuse" {
                return Effect::Plain;
            }
            if cues.plain.contains(lemma) {
                // "is to join", "were to invade": a "be" with an infinitive is a plan.
                if lemma == "be" {
                    let adjective = doc.child(head, &[Dep::Acomp, Dep::Attr]);
                    if let Some(adjective) = adjective {
                        return self.effect(adjective, prep);
                    }
                    return Effect::Planned;
                }
                // "had to leave" is told as done; "would have to", "has to" as ahead.
                if lemma == "have" && doc.tag(head) == Tag::Vbd {
                    return Effect::Plain;
                }
                if lemma == "have" || lemma == "go" {
                    return Effect::Planned;
                }
                return Effect::Plain;
            }
            return Effect::None;
        }
        if lexicon.adjective.negative.contains(lemma) {
            return Effect::Negative;
        }
        // "a proposal to transfer the others was dropped", "refused a request to send helicopters".
        let is_about =
            lexicon.noun_cues.possible.contains(lemma) || lexicon.noun_cues.planned.contains(lemma);
        let told = doc.head(head).filter(|_| matches!(doc.dep(head), Dep::Dobj | Dep::Nsubjpass));
        let is_refused =
            |verb: usize| lexicon.verb_cues.negative.contains(doc.lemma(verb)) && !self.negated(verb);
        if is_about && told.is_some_and(is_refused) {
            return Effect::Negative;
        }
        if lexicon.adjective.possible.contains(lemma) || lexicon.noun_cues.possible.contains(lemma) {
            return Effect::Possible;
        }
        if lexicon.adjective.planned.contains(lemma) || lexicon.noun_cues.planned.contains(lemma) {
            return Effect::Planned;
        }
        if lexicon.noun_cues.negative.contains(lemma) {
            return Effect::Negative;
        }
        Effect::None
    }

    fn noun(&self, noun: usize, depth: usize) -> Reality {
        let doc = self.doc;
        let lexicon = doc.lexicon;
        if self.negated(noun) {
            return Reality::Is(Status::Denied);
        }
        for adjective in doc.kids(noun, &[Dep::Amod, Dep::Compound]) {
            let lemma = doc.lemma(adjective);
            let lower = doc.lower(adjective);
            if lexicon.adjective.possible.contains(lemma) || lexicon.adjective.possible.contains(lower) {
                return Reality::Is(Status::Possible);
            }
            if lexicon.adjective.planned.contains(lemma) || lexicon.adjective.planned.contains(lower) {
                return Reality::Is(Status::Planned);
            }
        }
        let mut current = noun;
        for _ in 0..6 {
            let Some(head) = doc.head(current) else { break };
            let dep = doc.dep(current);
            if doc.is_verb(head) {
                return self.noun_under_verb(current, head, dep, depth);
            }
            if matches!(doc.tag(head), Tag::In | Tag::To) {
                match doc.lower(head) {
                    "for" => {
                        // "preparing for movement", "sent for deployment", "a plan for the evacuation".
                        if let Some(above) = doc.head(head) {
                            match self.effect(above, "for") {
                                Effect::Possible => return Reality::Is(Status::Possible),
                                Effect::Negative => return Reality::Is(Status::Denied),
                                _ if lexicon.say.assert.contains(doc.lemma(above))
                                    && doc.lemma(above) == "call" =>
                                {
                                    return Reality::Is(Status::Possible);
                                }
                                _ => return Reality::Is(Status::Planned),
                            }
                        }
                    }
                    "after" | "since" | "following" | "during" => return Reality::Is(Status::Happened),
                    "without" => return Reality::Is(Status::Denied),
                    _ => {}
                }
                current = head;
                continue;
            }
            if lexicon.noun_cues.possible.contains(doc.lemma(head)) {
                return Reality::Is(Status::Possible);
            }
            if lexicon.noun_cues.planned.contains(doc.lemma(head)) {
                return Reality::Is(Status::Planned);
            }
            current = head;
        }
        Reality::Is(Status::Happened)
    }

    fn noun_under_verb(&self, current: usize, verb: usize, dep: Dep, depth: usize) -> Reality {
        let doc = self.doc;
        if let Some(status) = self.deferred(verb) {
            return Reality::Is(status);
        }
        let lemma = doc.lemma(verb);
        let cues = &doc.lexicon.verb_cues;
        let own = match self.verb(verb, depth.saturating_sub(1)) {
            Some(Reality::Is(status)) => status,
            _ => Status::Happened,
        };
        let subject = matches!(dep, Dep::Nsubj);
        let weaker = |status: Status| match own {
            Status::Denied => Status::Denied,
            Status::Possible => Status::Possible,
            _ => status,
        };
        if subject {
            // The noun is what the clause is about: "the withdrawal will begin".
            return Reality::Is(match lemma {
                "begin" | "start" | "continue" if own == Status::Happened => Status::Underway,
                "be" => {
                    if self.storm || doc.child(verb, &[Dep::Acomp]).is_none() {
                        Status::Happened
                    } else {
                        let adjective =
                            doc.child(verb, &[Dep::Acomp]).map_or(Effect::None, |a| self.effect(a, ""));
                        match adjective {
                            Effect::Planned => Status::Planned,
                            Effect::Possible => Status::Possible,
                            Effect::Negative => Status::Denied,
                            _ if own == Status::Planned => Status::Planned,
                            _ if doc
                                .child(verb, &[Dep::Acomp])
                                .is_some_and(|a| doc.lower(a) == "underway") =>
                            {
                                Status::Underway
                            }
                            _ => Status::Happened,
                        }
                    }
                }
                "begin" | "start" | "take" | "occur" | "happen" | "continue" | "follow" | "proceed"
                | "go" => own,
                _ if own == Status::Planned => Status::Planned,
                _ => Status::Happened,
            });
        }
        if !matches!(
            dep,
            Dep::Dobj
                | Dep::Nsubjpass
                | Dep::Prep
                | Dep::Agent
                | Dep::Conj
                | Dep::Attr
                | Dep::Ccomp
                | Dep::Oprd
        ) {
            return Reality::Is(Status::Happened);
        }
        if dep == Dep::Prep && !(lemma == "call" && doc.lower(current) == "for") {
            if doc.lower(current) == "from" && cues.negative.contains(lemma) {
                return Reality::Is(Status::Denied);
            }
            if cues.planned.contains(lemma) && matches!(doc.lower(current), "for" | "on" | "to" | "with") {
                return Reality::Is(weaker(Status::Planned));
            }
            return Reality::Is(Status::Happened);
        }
        if lemma == "call"
            || matches!(lemma, "urge" | "demand" | "request" | "seek" | "propose" | "recommend")
        {
            return Reality::Is(Status::Possible);
        }
        if cues.negative.contains(lemma) || lemma == "rule" {
            return Reality::Is(Status::Denied);
        }
        if matches!(lemma, "begin" | "start" | "continue" | "resume") {
            return Reality::Is(if own == Status::Happened { Status::Underway } else { own });
        }
        if matches!(
            lemma,
            "make"
                | "complete"
                | "finish"
                | "conduct"
                | "carry"
                | "undertake"
                | "take"
                | "launch"
                | "lead"
                | "stage"
                | "perform"
                | "finalize"
                | "finalise"
                | "expect"
        ) {
            let inherited = if lemma == "expect" { self.future() } else { own };
            return Reality::Is(inherited);
        }
        if cues.possible.contains(lemma) {
            return Reality::Is(Status::Possible);
        }
        if cues.planned.contains(lemma) {
            return Reality::Is(weaker(Status::Planned));
        }
        Reality::Is(if own == Status::Planned { Status::Planned } else { Status::Happened })
    }
}

/// "first", "fourth", "22nd".
fn is_ordinal(word: &str) -> bool {
    const WORDS: [&str; 12] = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
        "eleventh", "twelfth",
    ];
    let digits = word.trim_end_matches(|letter: char| letter.is_ascii_lowercase());
    WORDS.contains(&word)
        || (!digits.is_empty()
            && digits.bytes().all(|byte| byte.is_ascii_digit())
            && matches!(&word[digits.len()..], "st" | "nd" | "rd" | "th"))
}

/// Whether the journey was cut short: a crash of the same vehicle in the sentence, or nearby.
fn failed(doc: &Doc, trigger: &Found, cast: Cast, status: Status) -> bool {
    if matches!(status, Status::Planned | Status::Possible | Status::Denied) {
        return false;
    }
    let lexicon = doc.lexicon;
    let token = trigger.token;
    let storm = theme::is_storm(doc, cast.theme);
    // "the tanker, seized last week, is being towed to A": what befell it before.
    let is_before = |other: usize| {
        matches!(doc.dep(other), Dep::Acl | Dep::Relcl | Dep::Amod)
            && doc.is_passive(token)
            && other < token
            && doc.head(other) == cast.theme
            && doc.subject(token) == cast.theme
    };
    let failure =
        |other: usize| !trigger.tokens.contains(&other) && doc.is_failure(other) && !is_before(other);
    let fails = |other: usize| failure(other) && doc.fails(other);
    let subject_fails = |noun: usize| {
        matches!(doc.dep(noun), Dep::Nsubj | Dep::Nsubjpass) && doc.head(noun).is_some_and(fails)
    };
    let ends = match trigger.kind {
        // "the train from A to B left the rails": a noun of going that does what ends it.
        TriggerKind::Noun(_) => subject_fails(token),
        TriggerKind::Verb if !storm => {
            // "a patrol sent from A towards B was turned back", "three boats that had set off from A sank".
            let above =
                matches!(doc.dep(token), Dep::Relcl | Dep::Acl) && doc.head(token).is_some_and(subject_fails);
            // "left A for B but turned back": what the same one did next.
            let has_own_subject = |next: usize| doc.child(next, &[Dep::Nsubj, Dep::Nsubjpass]).is_some();
            above || doc.kids(token, &[Dep::Conj]).any(|next| fails(next) && !has_own_subject(next))
        }
        _ => false,
    };
    if ends {
        return true;
    }
    let transit = trigger.kind == TriggerKind::Enroute
        || (doc.tag(token) == Tag::Vbg && trigger.kind == TriggerKind::Verb)
        || status == Status::Underway;
    let begun = matches!(
        doc.lexicon.classes[trigger.class].id.as_str(),
        "sail" | "leave" | "travel" | "fly" | "carry" | "send" | "haul" | "move" | "relocate"
    );
    let vehicle = |noun: usize| {
        lexicon.vehicles.contains(doc.lemma(noun))
            || matches!(doc.tag(noun), Tag::Nnp)
            || theme::is_storm(doc, Some(noun))
    };
    let sentence = doc.sentence(token);
    if transit && !storm {
        if sentence.clone().any(failure) {
            return true;
        }
        // "A bus crashed … It was carrying …": the sentence before or after, about the same thing.
        let theme = cast.agent.or(cast.theme).map(|theme| theme::antecedent(doc, theme));
        if let Some(theme) = theme.filter(|&theme| vehicle(theme)) {
            let number = doc.words[token].sentence;
            let near = |other: usize| {
                doc.sentences.get(other).is_some_and(|(range, tree)| {
                    *tree == doc.paragraph(token)
                        && range.clone().any(|t| {
                            failure(t)
                                && doc.subject(t).is_some_and(|subject| {
                                    theme::antecedent(doc, subject) == theme
                                        || doc.lemma(subject) == doc.lemma(theme)
                                })
                        })
                })
            };
            if (number.saturating_sub(1)..=number + 1).any(near) {
                return true;
            }
        }
    }
    // "bound for Entebbe returned to Nairobi", "was diverted": turned away.
    if trigger.kind == TriggerKind::Enroute
        && sentence.clone().any(|other| {
            doc.is_verb(other)
                && matches!(doc.lemma(other), "return" | "divert" | "turn")
                && doc.subject(other).is_some_and(|subject| Some(subject) == cast.theme)
        })
    {
        return true;
    }
    // "failed to arrive", "never arrived" of the same thing in the same sentence.
    if (transit || begun)
        && sentence.clone().any(|other| {
            doc.is_verb(other)
                && matches!(doc.lemma(other), "fail")
                && doc
                    .kids(other, &[Dep::Xcomp])
                    .any(|x| matches!(doc.lemma(x), "arrive" | "reach" | "return" | "dock" | "land"))
        })
    {
        return true;
    }
    if transit || begun {
        // The same name met its end elsewhere in the report.
        if let Some(theme) = cast
            .theme
            .filter(|&theme| matches!(doc.tag(theme), Tag::Nnp) && doc.name_of[theme].is_none() || storm)
        {
            let toward = trigger.name == "head" || !storm;
            let lemma = doc.lemma(theme);
            return toward
                && (token.saturating_sub(3000)..(token + 3000).min(doc.words.len())).any(|other| {
                    failure(other)
                        && doc.subject(other).is_some_and(|subject| {
                            doc.lemma(theme::antecedent(doc, subject)) == lemma
                                && !doc.entity_is(subject, crate::syntax::EntityKind::Person)
                        })
                        && !(storm && doc.lemma(other) != "dissipate")
                });
        }
    }
    false
}
