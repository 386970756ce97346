//! Who or what moves: the theme of a trigger, through passives, relatives, control and pronouns.

use super::doc::Doc;
use super::lexicon::{Part, ThemeNeed};
use super::nouns;
use super::triggers::{Found, TriggerKind};
use crate::mentions::quantities::is_currency;
use crate::syntax::{Dep, EntityKind, Tag};

/// Theme and agent of a trigger.
#[derive(Debug, Clone, Copy, Default)]
pub struct Cast {
    /// What moves.
    pub theme: Option<usize>,
    /// Who makes it move.
    pub agent: Option<usize>,
}

/// Whether the noun is a storm: by its word, or by the words beside its name anywhere in the report.
pub fn is_storm(doc: &Doc, noun: Option<usize>) -> bool {
    let Some(noun) = noun else { return false };
    if doc.lexicon.storms.contains(doc.lemma(noun)) {
        return true;
    }
    if matches!(doc.tag(noun), Tag::Nnp | Tag::Nnps) {
        return doc.storm_names.contains(doc.lower(noun));
    }
    if doc.tag(noun) == Tag::Prp && matches!(doc.lower(noun), "it") {
        // The nearest subject before it.
        return (0..noun)
            .rev()
            .take(80)
            .filter(|&other| {
                matches!(doc.dep(other), Dep::Nsubj | Dep::Nsubjpass) && doc.lower(other) != "it"
            })
            .take(1)
            .any(|other| is_storm(doc, Some(other)));
    }
    false
}

/// Theme and agent.
pub fn cast(doc: &Doc, trigger: &Found) -> Cast {
    let class = &doc.lexicon.classes[trigger.class];
    match &trigger.kind {
        TriggerKind::Verb => {
            let subject = doc
                .subject(trigger.token)
                .filter(|&subject| subject != trigger.token)
                .or_else(|| mistagged_subject(doc, trigger.token));
            if doc.is_passive(trigger.token) {
                let agent = doc
                    .child(trigger.token, &[Dep::Agent])
                    .and_then(|by| doc.child(by, &[Dep::Pobj]))
                    .filter(|&agent| !bare_means(doc, agent));
                return Cast { theme: subject, agent };
            }
            let object = doc
                .object(trigger.token)
                .filter(|_| !trigger.name.contains('_') || class.subject == Part::Agent)
                // "brought her home": taken for her home.
                .and_then(|object| {
                    let is_particle = trigger.tokens.len() > 1 && object + 1 == trigger.tokens.end;
                    if is_particle { doc.child(object, &[Dep::Poss]) } else { Some(object) }
                });
            match object {
                Some(object) if is_ride(doc, trigger, subject, object) => {
                    Cast { theme: subject, agent: None }
                }
                Some(object) if class.subject == Part::Agent => {
                    if class.object_place.is_some() && is_place_object(doc, object) {
                        Cast { theme: None, agent: subject }
                    } else {
                        Cast { theme: Some(object), agent: subject }
                    }
                }
                _ if class.alone == Part::Theme || class.subject == Part::Theme => {
                    Cast { theme: subject, agent: None }
                }
                _ => Cast { theme: None, agent: subject },
            }
        }
        TriggerKind::Noun(_) => nominal_cast(doc, trigger.token),
        TriggerKind::Journey(_) => Cast { theme: Some(trigger.token), agent: None },
        TriggerKind::Enroute => Cast { theme: enroute_theme(doc, trigger), agent: None },
    }
}

/// "took a bus to the port": somebody goes, and the vehicle is the means.
fn is_ride(doc: &Doc, trigger: &Found, subject: Option<usize>, object: usize) -> bool {
    let rides = &doc.lexicon.rides;
    let is_person = |subject: usize| {
        let lemma = doc.lemma(subject);
        (doc.tag(subject) == Tag::Prp && doc.lower(subject) != "it")
            || doc.entity_is(subject, EntityKind::Person)
            || is_person(lemma)
            || nouns::is_person(lemma)
            || matches!(super::merge::category(doc, subject), Some("military" | "civilian"))
    };
    rides.verbs.contains(&trigger.name)
        && rides.vehicles.contains(doc.lemma(object))
        && doc.name_of[object].is_none()
        && subject.is_some_and(is_person)
}

/// The subject of a verb that the tagger took for a noun ("a convoy of buses and cars departs from …"):
/// the first noun of the sentence that hangs on no preposition.
fn mistagged_subject(doc: &Doc, verb: usize) -> Option<usize> {
    if doc.is_verb(verb) {
        return None;
    }
    let sentence = doc.sentence(verb);
    (sentence.start..verb).find(|&token| {
        matches!(doc.tag(token), Tag::Nn | Tag::Nns | Tag::Nnp | Tag::Nnps)
            && (!matches!(doc.dep(token), Dep::Compound | Dep::Pobj | Dep::Nmod | Dep::Poss)
                // "the delegation sails": taken for two nouns.
                || doc.dep(token) == Dep::Compound && doc.head(token) == Some(verb) && token + 1 == verb)
    })
}

/// "by ship": the means, not the agent.
fn bare_means(doc: &Doc, noun: usize) -> bool {
    doc.tag(noun) == Tag::Nn && doc.child(noun, &[Dep::Det, Dep::Poss]).is_none()
}

/// Whether an object is ground rather than a thing ("evacuated the embassy").
pub fn is_place_object(doc: &Doc, object: usize) -> bool {
    doc.name_of[object].is_some_and(|name| doc.names[name].ground) || doc.is_ground(object)
}

fn nominal_cast(doc: &Doc, noun: usize) -> Cast {
    let of = doc
        .kids(noun, &[Dep::Prep])
        .find(|&prep| doc.lower(prep) == "of")
        .and_then(|prep| doc.child(prep, &[Dep::Pobj]))
        .filter(|&object| !is_place_object(doc, object));
    let by = doc
        .kids(noun, &[Dep::Prep, Dep::Agent])
        .find(|&prep| doc.lower(prep) == "by")
        .and_then(|prep| doc.child(prep, &[Dep::Pobj]))
        .filter(|&agent| !bare_means(doc, agent));
    let compound = doc
        .kids(noun, &[Dep::Compound])
        .filter(|&part| doc.name_of[part].is_none() && doc.lexicon.movers.contains(doc.lemma(part)))
        .last();
    let poss = doc.child(noun, &[Dep::Poss]);
    let theme = of.or(compound).or_else(|| {
        poss.filter(|&poss| {
            doc.lexicon.movers.contains(doc.lemma(poss))
                || matches!(doc.tag(poss), Tag::PrpPoss | Tag::WpPoss)
        })
    });
    // "whose deployment": the noun before.
    let theme = theme.map(|theme| {
        if doc.tag(theme) == Tag::WpPoss
            && let Some(clause) = doc.ancestors(theme).find(|&up| doc.dep(up) == Dep::Relcl)
            && let Some(antecedent) = doc.head(clause)
        {
            return antecedent;
        }
        theme
    });
    // "a brigade preparing for movement to the port": the one who prepares.
    let theme = theme.or_else(|| {
        let verb = doc.ancestors(noun).take(2).find(|&up| doc.is_verb(up))?;
        matches!(
            doc.lemma(verb),
            "prepare"
                | "begin"
                | "start"
                | "continue"
                | "complete"
                | "make"
                | "resume"
                | "finish"
                | "cancel"
                | "await"
        )
        .then(|| doc.subject(verb))
        .flatten()
    });
    // "sent troops to A for deployment in B": what is sent.
    let theme = theme.or_else(|| {
        let prep = doc.head(noun).filter(|&prep| doc.dep(noun) == Dep::Pobj && doc.lower(prep) == "for")?;
        let verb = doc.ancestors(prep).take(3).find(|&up| doc.is_verb(up))?;
        let moved = if doc.is_passive(verb) { doc.subject(verb) } else { doc.object(verb) };
        moved.filter(|&moved| doc.lexicon.movers.contains(doc.lemma(moved)))
    });
    let agent = by.or(poss.filter(|&poss| Some(poss) != theme));
    Cast { theme, agent }
}

fn enroute_theme(doc: &Doc, trigger: &Found) -> Option<usize> {
    if trigger.tokens.len() == 1 && doc.lexicon.vehicles.contains(doc.lemma(trigger.token)) {
        return Some(trigger.token);
    }
    let mut token = trigger.token;
    for up in doc.ancestors(trigger.token) {
        if trigger.tokens.contains(&up) {
            token = up;
            continue;
        }
        if doc.is_verb(up) || doc.tag(up) == Tag::Md {
            // "is under way", "crashed en route to": the subject; "carrying aid en route to": the load.
            if doc.lexicon.movers.contains(doc.lemma(up)) {
                return Some(up);
            }
            // "a Boeing 737 en route from A to B crashes": the tree makes "route" what crashes.
            let subject = match doc.subject(up) {
                Some(subject) if trigger.tokens.contains(&subject) => {
                    doc.kids(subject, &[Dep::Nmod, Dep::Compound]).find(|&noun| doc.is_nominal(noun))
                }
                subject => subject,
            };
            return subject.or_else(|| doc.object(up));
        }
        if doc.is_nominal(up) && doc.name_of[up].is_none() && !trigger.tokens.contains(&up) {
            return Some(up);
        }
    }
    doc.subject(token)
}

/// The person, thing or storm behind a pronoun or a definite noun phrase, searched backwards.
pub fn antecedent(doc: &Doc, noun: usize) -> usize {
    let pronoun = match doc.lower(noun) {
        "they" | "them" | "their" | "these" | "those" => 'p',
        "it" | "its" => 'i',
        "he" | "him" | "his" | "she" | "her" => 's',
        _ => return noun,
    };
    let paragraph = doc.paragraph(noun);
    let verb = doc.head(noun);
    let candidates = (0..noun).rev().take(160).filter(|&other| {
        // "two coaches took them": not the subject of its own verb.
        let is_its_own = doc.head(other) == verb || verb.is_some_and(|verb| doc.subject(verb) == Some(other));
        if is_its_own && matches!(doc.dep(noun), Dep::Dobj | Dep::Dative) {
            return false;
        }
        if !(doc.paragraph(other) == paragraph || doc.paragraph(other) + 1 == paragraph) {
            return false;
        }
        if !matches!(doc.dep(other), Dep::Nsubj | Dep::Nsubjpass | Dep::Dobj | Dep::Pobj | Dep::Conj)
            || matches!(doc.tag(other), Tag::Wdt | Tag::Wp | Tag::Prp | Tag::Dt)
        {
            return false;
        }
        let plural = !matches!(doc.lower(other), "headquarters" | "series" | "barracks")
            && matches!(doc.tag(other), Tag::Nns | Tag::Nnps)
            || matches!(
                doc.lemma(other),
                "crew" | "group" | "team" | "family" | "personnel" | "police" | "buffalo" | "bison"
            );
        match pronoun {
            'p' => plural && doc.lexicon.movers.contains(doc.lemma(other)),
            'i' => {
                !plural
                    && doc.is_nominal(other)
                    && doc.tag(other) != Tag::Prp
                    && (doc.lexicon.movers.contains(doc.lemma(other))
                        || doc.entity_is(other, EntityKind::Product))
            }
            _ => {
                (doc.entity_is(other, EntityKind::Person)
                    || (doc.tag(other) == Tag::Nn
                        && doc.lexicon.movers.contains(doc.lemma(other))
                        && (is_person(doc.lemma(other)) || nouns::is_person(doc.lemma(other)))))
                    && !is_of_other_gender(doc, noun, other)
            }
        }
    });
    // Subjects of the same sentence or the one before come first.
    let mut list: Vec<usize> = candidates.collect();
    list.sort_by_key(|&other| {
        let sentences = doc.words[noun].sentence.abs_diff(doc.words[other].sentence);
        let subject = matches!(doc.dep(other), Dep::Nsubj | Dep::Nsubjpass);
        (sentences.saturating_sub(usize::from(subject)), !subject, noun - other)
    });
    list.first().copied().unwrap_or(noun)
}

/// Whether a "she" cannot be this man, or a "he" this woman, by the noun itself or a title.
fn is_of_other_gender(doc: &Doc, pronoun: usize, person: usize) -> bool {
    let gender = &doc.lexicon.gender;
    let other = if matches!(doc.lower(pronoun), "she" | "her") { &gender.he } else { &gender.she };
    // A name may be a word ("Ms King").
    let noun = Some(person).filter(|&noun| matches!(doc.tag(noun), Tag::Nn | Tag::Nns));
    noun.into_iter()
        .chain(doc.kids(person, &[Dep::Compound]))
        .any(|word| other.contains(doc.lemma(word)) || other.contains(doc.lower(word)))
}

/// Which ends of a trigger are said.
#[derive(Debug, Clone, Copy)]
pub struct Ends {
    /// Where from or where to.
    pub any: bool,
    /// Where from and where to.
    pub both: bool,
}

/// Whether the noun names a thing or a person, though none that is known to move.
fn is_concrete(doc: &Doc, noun: usize) -> bool {
    matches!(doc.tag(noun), Tag::Nn | Tag::Nns)
        && (nouns::is_thing(doc.lemma(noun)) || nouns::is_person(doc.lemma(noun)))
}

/// Whether this can move, as the class asks.
pub fn can_move(doc: &Doc, trigger: &Found, cast: Cast, ends: Ends) -> bool {
    let class = &doc.lexicon.classes[trigger.class];
    let blocked =
        |noun: usize| class.blockers.contains(doc.lemma(noun)) || class.blockers.contains(doc.lower(noun));
    if trigger.kind == TriggerKind::Verb {
        if let Some(object) = doc.child(trigger.token, &[Dep::Dobj])
            && doc.name_of[object].is_none()
            && blocked(object)
        {
            return false;
        }
        // "forces entered A", "thousands left B", "people were moved out of C": what such verbs do not leave or reach, unless
        // it is left or reached itself, may well do so.
        let goes = class.object_place.is_some()
            && (trigger.name.contains('_') || class.subject == Part::Theme && !doc.is_passive(trigger.token));
        if cast.theme.is_some_and(|theme| !goes && doc.name_of[theme].is_none() && blocked(theme)) {
            return false;
        }
    }
    // "a pipeline carrying gas from A", "a later phase takes it to A".
    if trigger.kind == TriggerKind::Verb
        && cast.theme.is_some()
        && cast.agent.is_some_and(|agent| doc.lexicon.fixed.contains(doc.lemma(agent)))
    {
        return false;
    }
    match class.theme {
        // "extracting itself from the morass".
        ThemeNeed::Any => !cast
            .theme
            .is_some_and(|theme| matches!(doc.lower(theme), "itself" | "themselves" | "himself" | "herself")),
        ThemeNeed::Storm => is_storm(doc, cast.theme),
        ThemeNeed::Mover => match cast.theme {
            None => {
                matches!(trigger.kind, TriggerKind::Noun(_) | TriggerKind::Enroute)
                    || class.id == "deploy"
                    || class.id == "withdraw"
            }
            Some(theme) if trigger.is_due() => is_mover(doc, theme),
            // With both ends said, or a manner of going, whatever is no idea can be what moves.
            Some(theme) if trigger.kind == TriggerKind::Enroute => !is_idea(doc, theme),
            Some(theme) => {
                let is_verb = trigger.kind == TriggerKind::Verb;
                is_mover(doc, theme)
                    || (is_verb && ends.both && !is_idea(doc, theme))
                    || (is_verb && ends.any && is_concrete(doc, theme))
            }
        },
    }
}

/// Whether the noun names what can move.
pub fn is_mover(doc: &Doc, noun: usize) -> bool {
    // "12 million has come in": money, where the sentence speaks of it.
    if doc.tag(noun) == Tag::Cd && matches!(doc.lower(noun), "million" | "billion" | "trillion") {
        let is_money = |token: usize| doc.tag(token) == Tag::Dollar || is_currency(doc.lemma(token));
        return !doc.sentence(noun).any(is_money);
    }
    let lexicon = doc.lexicon;
    if lexicon.movers.contains(doc.lemma(noun)) || lexicon.movers.contains(doc.lower(noun)) {
        return true;
    }
    // "the eight sickest", "the injured".
    if matches!(doc.tag(noun), Tag::Jj | Tag::Jjs | Tag::Vbn)
        && matches!(doc.dep(noun), Dep::Nsubj | Dep::Nsubjpass | Dep::Dobj | Dep::Pobj)
        && doc.child(noun, &[Dep::Det, Dep::Nummod]).is_some()
    {
        return true;
    }
    if matches!(doc.tag(noun), Tag::Nnp | Tag::Nnps | Tag::Cd | Tag::Prp | Tag::Wp | Tag::Wdt) {
        return !matches!(
            doc.words[noun].entity,
            Some(
                EntityKind::Date
                    | EntityKind::Time
                    | EntityKind::Money
                    | EntityKind::Percent
                    | EntityKind::Law
            )
        );
    }
    // "six of them flew home and the rest are to leave".
    if matches!(doc.lower(noun), "rest" | "remainder" | "others")
        && doc.child(noun, &[Dep::Prep, Dep::Relcl]).is_none()
    {
        return true;
    }
    // "the wounded", "North Koreans", "thousands of tonnes of it".
    if matches!(doc.words[noun].entity, Some(EntityKind::Norp | EntityKind::Person | EntityKind::Product)) {
        return true;
    }
    // "a group of migrants", "a mix of locals": what it is made of; "two sailboats and a yacht".
    doc.kids(noun, &[Dep::Prep])
        .filter(|&prep| doc.lower(prep) == "of")
        .filter_map(|prep| doc.child(prep, &[Dep::Pobj]))
        .chain(doc.kids(noun, &[Dep::Conj, Dep::Appos]))
        .any(|part| {
            // "the film star, Ana Ruiz".
            part != noun
                && (lexicon.movers.contains(doc.lemma(part)) || doc.entity_is(part, EntityKind::Person))
        })
        || doc.child(noun, &[Dep::Nummod]).is_some_and(|_| {
            doc.tag(noun) == Tag::Nns
                && !lexicon.adverb.negative.contains(doc.lemma(noun))
                && !is_measure(doc.lemma(noun))
        })
        || doc.lower(noun).ends_with("men")
}

/// Abstract nouns, by WordNet and by their endings, and some more.
fn is_idea(doc: &Doc, noun: usize) -> bool {
    if !matches!(doc.tag(noun), Tag::Nn | Tag::Nns) {
        return false;
    }
    let lemma = doc.lemma(noun);
    let moves = doc.lexicon.movers.contains(lemma)
        || matches!(
            lemma,
            "ship"
                | "government"
                | "community"
                | "ambulance"
                | "regiment"
                | "equipment"
                | "shipment"
                | "detachment"
                | "expedition"
                | "delegation"
                | "warship"
                | "procession"
        );
    let abstract_ending = || {
        ["tion", "sion", "ness", "ment", "ship", "ism", "ity", "ance", "ence", "dom"]
            .iter()
            .any(|end| lemma.ends_with(end))
    };
    (!moves && (nouns::is_idea(lemma) || abstract_ending()))
        || matches!(
            lemma,
            "money"
                | "dollar"
                | "fund"
                | "bill"
                | "price"
                | "rate"
                | "talk"
                | "idea"
                | "story"
                | "law"
                | "trade"
                | "focus"
                | "attention"
                | "number"
                | "border"
                | "fear"
                | "war"
                | "conflict"
                | "fighting"
                | "line"
                | "road"
                | "route"
                | "pipeline"
                | "railway"
                | "service"
                | "network"
                | "range"
                | "cable"
                | "river"
                | "power"
                | "control"
                | "bank"
                | "share"
                | "market"
                | "vote"
        )
}

fn is_measure(lemma: &str) -> bool {
    is_currency(lemma)
        || matches!(
            lemma,
            "mile"
                | "kilometer"
                | "kilometre"
                | "km"
                | "meter"
                | "metre"
                | "day"
                | "hour"
                | "week"
                | "month"
                | "year"
                | "minute"
                | "percent"
                | "point"
                | "decade"
                | "foot"
                | "degree"
                | "knot"
                | "time"
        )
}

/// Nouns of one person.
fn is_person(lemma: &str) -> bool {
    matches!(
        lemma,
        "man"
            | "woman"
            | "boy"
            | "girl"
            | "child"
            | "president"
            | "minister"
            | "leader"
            | "king"
            | "queen"
            | "pope"
            | "prince"
            | "princess"
            | "general"
            | "officer"
            | "soldier"
            | "poet"
            | "writer"
            | "founder"
            | "pilot"
            | "captain"
            | "commander"
            | "ambassador"
            | "envoy"
            | "refugee"
            | "prisoner"
            | "suspect"
            | "fugitive"
            | "monarch"
            | "emperor"
            | "politician"
            | "activist"
            | "mother"
            | "father"
            | "explorer"
            | "inventor"
    )
}
