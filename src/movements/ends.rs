//! Which named places are ends of which triggers.
//!
//! Each place climbs: through its noun phrase to the preposition or verb that governs it, and from
//! there through chained prepositions and the moving thing's noun phrase to a trigger. Where the tree
//! breaks, a surface rule stands behind it: a directional preposition right before the place belongs
//! to the nearest trigger on its left in the same clause.

use super::doc::Doc;
use super::lexicon::End;
use super::triggers::{Found, TriggerKind};
use crate::places::{Place, PlaceKind};
use crate::syntax::{Dep, EntityKind, Tag};

/// A place that is an end of a trigger.
#[derive(Debug, Clone, PartialEq)]
pub struct Linked {
    /// Index into the document's names.
    pub name: usize,
    /// Index of the trigger.
    pub trigger: usize,
    /// Which end.
    pub end: End,
    /// "toward": not said to be reached.
    pub toward: bool,
    /// Found by the surface rule.
    pub surface: bool,
    /// Where it will be reached, told beside a departure.
    pub ahead: bool,
    /// "or" stands between it and the place before.
    pub alternative: bool,
    /// The noun that lent its ground, with its number ("three sites in …").
    pub ground: Option<usize>,
    /// Found by reference ("there", "the city").
    pub anaphor: Option<usize>,
}

/// What governs a place.
#[derive(Debug, Clone, PartialEq)]
enum Reach {
    /// A preposition (or `dobj`, `nsubj`, `of`, `compound`) at a token.
    At { prep: String, at: usize, ground: Option<usize>, conj: bool },
    /// It only says where another named place lies.
    Container,
    /// No end of anything.
    Nothing,
}

/// Prepositions that tell a direction by themselves.
pub fn directional(prep: &str) -> bool {
    matches!(
        prep,
        "from"
            | "to"
            | "into"
            | "onto"
            | "toward"
            | "towards"
            | "via"
            | "through"
            | "for"
            | "out of"
            | "across"
            | "past"
            | "over"
    )
}

/// Finds the ends of all triggers.
pub fn link(doc: &Doc, triggers: &[Found], places: &[Place]) -> Vec<Linked> {
    let mut at_token = vec![None; doc.words.len()];
    for (index, trigger) in triggers.iter().enumerate() {
        for token in trigger.tokens.clone() {
            at_token[token] = Some(index);
        }
        if let TriggerKind::Journey(verbs) = &trigger.kind {
            for (verb, _) in verbs {
                at_token[*verb] = Some(index);
            }
        }
    }
    let linker = Linker { doc, triggers, places, at_token };
    let mut linked: Vec<Linked> = Vec::new();
    for name in 0..doc.names.len() {
        if let Some(link) = linker.link(name).filter(|link| !linker.is_of_effort(link)) {
            linked.push(link);
        }
    }
    linked.extend(super::anaphora::resolve(doc, triggers, &linker.at_token, &linked, places));
    linked.sort_by_key(|link| (link.trigger, doc.names[link.name].tokens.start, link.anaphor));
    linked
}

struct Linker<'d, 'a> {
    doc: &'d Doc<'a>,
    triggers: &'d [Found],
    places: &'d [Place],
    at_token: Vec<Option<usize>>,
}

impl Linker<'_, '_> {
    fn place(&self, name: usize) -> Option<&Place> {
        let id = self.doc.names[name].place.as_ref()?;
        self.places.iter().find(|place| place.id == *id)
    }

    fn link(&self, name: usize) -> Option<Linked> {
        let doc = self.doc;
        if !doc.names[name].ground || self.is_container_of_neighbour(name) {
            return None;
        }
        let reach = self.reach(name);
        let surface = self.surface_preposition(name);
        match reach {
            Reach::Container => None,
            Reach::Nothing => self.by_surface(name, surface?),
            Reach::At { prep, at, ground, conj } => {
                // A tree that calls the object of a plain "to" something else is overruled by the word.
                let prep = match &surface {
                    Some((word, _))
                        if !conj && !directional(&prep) && directional(word) && ground.is_none() =>
                    {
                        word.clone()
                    }
                    _ => prep,
                };
                let is_place = matches!(prep.as_str(), "in" | "at" | "near" | "off" | "to" | "dobj");
                let verb = std::iter::once(at).chain(doc.ancestors(at).take(1)).find(|&up| doc.is_verb(up));
                let ahead = verb.and_then(|verb| self.will_be(verb)).filter(|_| is_place);
                let found = match ahead {
                    Some(trigger) => Some((trigger, End::Destination, false)),
                    None => self.climb(at, &prep, name).and_then(|(trigger, at)| {
                        let (end, toward) = self.role(trigger, &prep, at, name)?;
                        Some((trigger, end, toward))
                    }),
                };
                let climbed = found.map(|(trigger, end, toward)| Linked {
                    name,
                    trigger,
                    end,
                    toward,
                    surface: false,
                    ahead: ahead.is_some(),
                    alternative: self.alternative(name),
                    ground,
                    anaphor: None,
                });
                climbed.or_else(|| self.by_surface(name, surface?))
            }
        }
    }

    /// "Muscat, Oman": the second of two names joined by a comma, when it contains the first.
    fn is_container_of_neighbour(&self, name: usize) -> bool {
        let doc = self.doc;
        let first = doc.names[name].tokens.start;
        if first < 2 || !matches!(doc.lower(first - 1), "," | "(") {
            return false;
        }
        let Some(before) = doc.name_of[first - 2] else { return false };
        let (Some(inner), Some(outer)) = (self.place(before), self.place(name)) else { return false };
        if inner.within.as_deref() == Some(outer.id.as_str()) {
            return true;
        }
        let wider = |kind| {
            matches!(
                kind,
                PlaceKind::Country
                    | PlaceKind::Region
                    | PlaceKind::Island
                    | PlaceKind::Part
                    | PlaceKind::Other
            )
        };
        let same_country = inner.country.is_some() && inner.country == outer.country;
        wider(outer.kind)
            && same_country
            && inner.kind != PlaceKind::Country
            && (inner.kind != PlaceKind::Region || outer.kind == PlaceKind::Country)
    }

    fn alternative(&self, name: usize) -> bool {
        let doc = self.doc;
        let start = doc.names[name].tokens.start;
        let sentence = doc.sentence(start);
        (sentence.start..start)
            .rev()
            .take(6)
            .take_while(|&token| doc.name_of[token].is_none())
            .any(|token| doc.lower(token) == "or")
    }

    /// The preposition in front of the place's noun phrase as the words stand.
    fn surface_preposition(&self, name: usize) -> Option<(String, usize)> {
        let doc = self.doc;
        let mut token = doc.names[name].tokens.start;
        let sentence = doc.sentence(token);
        let mut of_ground = false;
        for _ in 0..10 {
            if token == sentence.start {
                return None;
            }
            token -= 1;
            let lower = doc.lower(token);
            let tag = doc.tag(token);
            if of_ground {
                if doc.is_ground(token) {
                    of_ground = false;
                    continue;
                }
                return None;
            }
            if matches!(
                lower,
                "from"
                    | "to"
                    | "into"
                    | "onto"
                    | "toward"
                    | "towards"
                    | "via"
                    | "through"
                    | "for"
                    | "in"
                    | "at"
                    | "on"
                    | "near"
                    | "across"
                    | "over"
                    | "past"
                    | "inside"
                    | "off"
            ) {
                if lower == "to"
                    && token > sentence.start
                    && matches!(
                        doc.lower(token - 1),
                        "prior" | "due" | "according" | "close" | "next" | "thanks"
                    )
                {
                    return None;
                }
                if lower == "in" && self.ground_before(token, sentence.start) {
                    continue;
                }
                return Some((lower.to_owned(), token));
            }
            if lower == "of" {
                of_ground = true;
                continue;
            }
            let modifier = matches!(tag, Tag::Dt | Tag::Jj | Tag::PrpPoss | Tag::Pos | Tag::Cd | Tag::Hyph)
                || (matches!(tag, Tag::Nn | Tag::Nnp | Tag::Vbn | Tag::Nns) && doc.words[token].head > token);
            if !modifier && !doc.is_ground(token) {
                return None;
            }
        }
        None
    }

    fn ground_before(&self, token: usize, start: usize) -> bool {
        token > start && self.doc.is_ground(token - 1)
    }

    fn by_surface(&self, name: usize, (prep, at): (String, usize)) -> Option<Linked> {
        let doc = self.doc;
        if !directional(&prep) {
            return None;
        }
        let sentence = doc.sentence(at);
        let trigger = (sentence.start..at)
            .rev()
            .take(24)
            .filter_map(|token| self.at_token[token].map(|trigger| (token, trigger)))
            .map(|(_, trigger)| trigger)
            .next()?;
        if doc.border_between(self.triggers[trigger].tokens.end - 1, at) {
            return None;
        }
        if at > sentence.start && prep == "from" && doc.dep(at - 1) == Dep::Pobj && self.is_far_idea(at - 1) {
            return None;
        }
        if self.is_fronted(trigger, at) || prep == "from" && self.names_a_body(name) {
            return None;
        }
        // Not across another noun that takes the preposition itself ("the ambassador to Rome").
        if at > sentence.start && refuses(doc, at - 1, &prep) && !self.is_bound_for(trigger, at, &prep) {
            return None;
        }
        let (end, toward) = self.role(trigger, &prep, self.triggers[trigger].token, name)?;
        Some(Linked {
            name,
            trigger,
            end,
            toward,
            surface: true,
            ahead: false,
            alternative: self.alternative(name),
            ground: None,
            anaphor: None,
        })
    }

    /// "Copper slipped, and from the Atacama to Katanga mines count the cost": whether a preposition opens a clause of its
    /// own behind the trigger.
    fn is_fronted(&self, trigger: usize, at: usize) -> bool {
        let doc = self.doc;
        let verb = doc.ancestors(at).find(|&up| doc.is_verb(up));
        let between = self.triggers[trigger].tokens.end..at;
        verb.is_some_and(|verb| verb > at && doc.child(verb, &[Dep::Nsubj, Dep::Nsubjpass]).is_some())
            && between.clone().any(|token| doc.tag(token) == Tag::Cc)
    }

    /// "fled from Lagos police officers": whether a place only says whose people somebody has to do with.
    fn names_a_body(&self, name: usize) -> bool {
        let doc = self.doc;
        let head = doc.names[name].head;
        matches!(doc.dep(head), Dep::Compound | Dep::Nmod | Dep::Amod)
            && doc.head(head).is_some_and(|noun| {
                doc.lexicon.military.contains(doc.lemma(noun)) || super::nouns::is_person(doc.lemma(noun))
            })
    }

    /// "left Odesa with 48,000 tonnes of grain for Freeport", "leave Nunukan aboard the Teluk Biru for
    /// Parepare": after verbs of leaving, "for" leads on from whatever is no idea ("with hopes for peace").
    fn is_bound_for(&self, trigger: usize, at: usize, prep: &str) -> bool {
        let (doc, found) = (self.doc, &self.triggers[trigger]);
        let idea =
            super::nouns::is_idea(doc.lemma(at - 1)) && !doc.lexicon.movers.contains(doc.lemma(at - 1));
        let dated = matches!(doc.words[at - 1].entity, Some(EntityKind::Date | EntityKind::Time));
        prep == "for"
            && found.kind == TriggerKind::Verb
            && doc.lexicon.classes[found.class].for_end.is_some()
            && (dated || !idea)
    }

    /// What governs the place.
    fn reach(&self, name: usize) -> Reach {
        let doc = self.doc;
        let mut current = doc.names[name].head;
        let mut ground = None;
        let mut conj = false;
        for _ in 0..12 {
            let Some(head) = doc.head(current) else { return Reach::Nothing };
            let other = doc.name_of[head].filter(|&other| other != name);
            match doc.dep(current) {
                Dep::Appos => {
                    if other.is_some() {
                        return Reach::Container;
                    }
                    current = head;
                }
                Dep::Conj => {
                    conj = true;
                    current = head;
                }
                // "departed Kostanay, Kazakhstan": an object by another label.
                Dep::Npadvmod if doc.is_verb(head) && self.takes_a_place(head) => {
                    return Reach::At { prep: "dobj".to_owned(), at: head, ground, conj };
                }
                Dep::Compound | Dep::Nmod | Dep::Amod | Dep::Poss | Dep::Nummod | Dep::Npadvmod => {
                    // "from Saint-Louis, Senegal": the tree hangs the first on the second.
                    if other.is_some_and(|other| self.is_container_of_neighbour(other)) {
                        current = head;
                        continue;
                    }
                    if other.is_some() {
                        return Reach::Container;
                    }
                    if self.at_token[head].is_some() && !doc.is_verb(head) {
                        let prep = if doc.dep(current) == Dep::Poss { "poss" } else { "compound" };
                        return Reach::At { prep: prep.to_owned(), at: head, ground, conj };
                    }
                    if !doc.is_ground(head) {
                        return Reach::Nothing;
                    }
                    ground = ground.or(Some(head));
                    current = head;
                }
                Dep::Dobj => return Reach::At { prep: "dobj".to_owned(), at: head, ground, conj },
                Dep::Dative if doc.is_verb(head) => {
                    return Reach::At { prep: "dative".to_owned(), at: head, ground, conj };
                }
                Dep::Pobj | Dep::Pcomp => {
                    let prep = match doc.lower(head) {
                        // "got as far as Tashkent".
                        "as" if head > 0 && doc.lower(head - 1) == "far" => "to".to_owned(),
                        word => word.to_owned(),
                    };
                    let Some(above) = doc.head(head) else { return Reach::Nothing };
                    if prep == "of" {
                        if doc.lower(above) == "out" {
                            let at = doc.head(above).unwrap_or(above);
                            return Reach::At { prep: "out of".to_owned(), at, ground, conj };
                        }
                        if self.at_token[above].is_some() && !doc.is_ground(above) {
                            return Reach::At { prep, at: above, ground, conj };
                        }
                        if doc.name_of[above].is_some_and(|other| other != name) {
                            return Reach::Container;
                        }
                        let is_tour = doc.lemma(above) == "tour" && doc.dep(above) == Dep::Pobj;
                        if !doc.is_ground(above) && !self.is_reached(above) && !is_tour {
                            return Reach::Nothing;
                        }
                        ground = ground.or(Some(above));
                        current = above;
                        continue;
                    }
                    let locative = matches!(
                        prep.as_str(),
                        "in" | "at"
                            | "near"
                            | "on"
                            | "around"
                            | "off"
                            | "inside"
                            | "outside"
                            | "within"
                            | "along"
                            | "across"
                            | "over"
                            | "under"
                            | "beside"
                            | "throughout"
                    );
                    if locative && !doc.is_verb(above) && doc.tag(above) != Tag::In {
                        if doc.name_of[above].is_some_and(|other| other != name && doc.names[other].ground) {
                            return Reach::Container;
                        }
                        if self.at_token[above]
                            .is_some_and(|trigger| !doc.is_verb(self.triggers[trigger].token))
                        {
                            return Reach::At { prep, at: above, ground, conj };
                        }
                        let facility = matches!(doc.tag(above), Tag::Nnp | Tag::Nnps)
                            && !super::theme::is_storm(doc, Some(above))
                            && !doc.entity_is(above, crate::syntax::EntityKind::Person);
                        // "sent to a hospital in A", "aid to people in B", "villages near the volcano in C".
                        let inner = doc.dep(above) == Dep::Pobj
                            && doc.head(above).is_some_and(|prep| {
                                matches!(
                                    doc.lower(prep),
                                    "to" | "from" | "into" | "near" | "for" | "toward" | "towards"
                                )
                            });
                        if (doc.is_ground(above) || facility || inner || self.is_reached(above))
                            && matches!(
                                doc.dep(above),
                                Dep::Pobj | Dep::Dobj | Dep::Conj | Dep::Appos | Dep::Compound | Dep::Dative
                            )
                        {
                            ground = ground.or(Some(above));
                            current = above;
                            continue;
                        }
                        return Reach::At { prep, at: above, ground, conj };
                    }
                    // "left the camp in Taiz": the tree hangs the place on the verb.
                    if locative
                        && self.takes_a_place(above)
                        && let Some(object) = head.checked_sub(1).filter(|&object| doc.is_ground(object))
                        && doc.dep(object) == Dep::Dobj
                        && doc.head(object) == Some(above)
                    {
                        return Reach::At { prep: "dobj".to_owned(), at: above, ground: Some(object), conj };
                    }
                    // "hauled to the barracks at Kukes": the tree hangs the place on the verb.
                    if locative
                        && doc.is_verb(above)
                        && let Some((prep, noun)) = self.led_to(head, above)
                    {
                        return Reach::At { prep, at: above, ground: ground.or(Some(noun)), conj };
                    }
                    // "from deep inside Syria": the outer preposition decides.
                    if locative && matches!(doc.tag(above), Tag::In) && directional(doc.lower(above)) {
                        let at = doc.head(above).unwrap_or(above);
                        return Reach::At { prep: doc.lower(above).to_owned(), at, ground, conj };
                    }
                    return Reach::At { prep, at: above, ground, conj };
                }
                Dep::Nsubj | Dep::Nsubjpass => return Reach::Nothing,
                _ => return Reach::Nothing,
            }
        }
        Reach::Nothing
    }

    /// "moved to ban imports from China", "are racing to inspect sites across Iraq": whether a place stands behind an
    /// infinitive that makes its trigger tell of effort.
    fn is_of_effort(&self, link: &Linked) -> bool {
        let (doc, found) = (self.doc, &self.triggers[link.trigger]);
        let behind = found.token..doc.names[link.name].head;
        found.kind == TriggerKind::Verb
            && doc.lexicon.effort.contains(&found.name)
            && doc.kids(found.token, &[Dep::Xcomp, Dep::Advcl]).any(|verb| {
                behind.contains(&verb) && doc.is_infinitive(verb) && self.at_token[verb].is_none()
            })
    }

    /// Whether a noun below a preposition is or belongs to an idea that goes nowhere.
    fn is_far_idea(&self, noun: usize) -> bool {
        let doc = self.doc;
        let is_of = |up: usize| doc.dep(up) == Dep::Prep && doc.lower(up) == "of";
        let whole = doc.head(noun).filter(|&prep| is_of(prep)).and_then(|prep| doc.head(prep));
        std::iter::once(noun).chain(whole).any(|noun| {
            self.at_token[noun].is_none()
                && super::nouns::is_idea(doc.lemma(noun))
                && !doc.lexicon.movers.contains(doc.lemma(noun))
        })
    }

    /// Whether a place can be the object of a verb as its end.
    fn takes_a_place(&self, verb: usize) -> bool {
        let class = self.at_token[verb].map(|trigger| self.triggers[trigger].class);
        class.is_some_and(|class| self.doc.lexicon.classes[class].object_place.is_some())
    }

    /// The noun right before a locative preposition, and the directional preposition that leads there from
    /// the same verb.
    fn led_to(&self, locative: usize, verb: usize) -> Option<(String, usize)> {
        let doc = self.doc;
        let noun = locative.checked_sub(1).filter(|&noun| doc.dep(noun) == Dep::Pobj)?;
        let prep = doc.head(noun).filter(|&prep| doc.head(prep) == Some(verb))?;
        let leads = matches!(doc.lower(prep), "to" | "from" | "into" | "onto" | "toward" | "towards" | "via");
        (leads && doc.name_of[noun].is_none()).then(|| (doc.lower(prep).to_owned(), noun))
    }

    /// "reached the wreck near Kiwirok": the object of a verb that leads to it.
    fn is_reached(&self, object: usize) -> bool {
        let verb = self.doc.head(object).filter(|_| self.doc.dep(object) == Dep::Dobj);
        let class = verb.and_then(|verb| self.at_token[verb]).map(|trigger| self.triggers[trigger].class);
        class.is_some_and(|class| self.doc.lexicon.classes[class].object_place == Some(End::Destination))
    }

    /// "has left Palma and should be in Pemba by nightfall", "left Cotonou and are expected in Maradi", "set off from
    /// Thurso and hope to get to Istanbul": where the one who leaves will be then.
    fn will_be(&self, verb: usize) -> Option<usize> {
        let doc = self.doc;
        let hopes = doc.head(verb).filter(|&above| {
            doc.dep(verb) == Dep::Xcomp
                && doc.is_infinitive(verb)
                && doc.lexicon.hopes.contains(doc.lemma(above))
                && !matches!(doc.tag(above), Tag::Vbd | Tag::Vbn)
        });
        let is_hoped = hopes.is_some();
        let verb = hopes.unwrap_or(verb);
        let class_of = |trigger: usize| &doc.lexicon.classes[self.triggers[trigger].class];
        let modal = doc.kids(verb, &[Dep::Aux]).any(|aux| doc.tag(aux) == Tag::Md);
        let expected = self.at_token[verb].is_some_and(|trigger| class_of(trigger).passive_only);
        let ahead = is_hoped || expected || (modal && doc.lemma(verb) == "be");
        if !ahead || doc.dep(verb) != Dep::Conj || doc.child(verb, &[Dep::Nsubj, Dep::Nsubjpass]).is_some() {
            return None;
        }
        let trigger = self.at_token[doc.head(verb)?]?;
        let class = class_of(trigger);
        let goes = matches!(class.id.as_str(), "travel" | "go" | "cross" | "sail" | "fly" | "drive" | "move");
        (class.phase.is_some() || goes).then_some(trigger)
    }

    /// "carvers from Lamu are to travel to Dresden": the verb below that the subject of this one moves by.
    fn of_the_same_subject(&self, verb: usize, below: usize) -> Option<(usize, usize)> {
        let doc = self.doc;
        let subject = doc.child(verb, &[Dep::Nsubj, Dep::Nsubjpass]).filter(|_| doc.is_verb(verb))?;
        let is_its =
            below == subject || doc.ancestors(below).take_while(|&up| up != verb).any(|up| up == subject);
        let moves = |&next: &usize| doc.is_infinitive(next) && doc.subject(next) == Some(subject);
        let next = doc.kids(verb, &[Dep::Xcomp]).find(moves).filter(|_| is_its)?;
        Some((self.at_token[next]?, next))
    }

    /// From where a preposition hangs to the trigger it belongs to.
    fn climb(&self, at: usize, prep: &str, name: usize) -> Option<(usize, usize)> {
        let doc = self.doc;
        let free = directional(prep) && prep != "over" && prep != "across";
        let mut current = at;
        for step in 0..10 {
            if let Some(trigger) = self.at_token[current]
                && self.role(trigger, prep, current, name).is_some()
            {
                return Some((trigger, current));
            }
            if let Some(below) = self.of_the_same_subject(current, at) {
                return self.role(below.0, prep, below.1, name).is_some().then_some(below);
            }
            let head = doc.head(current)?;
            // A noun joined to a verb by "and" is a slip of the parser.
            if doc.dep(current) == Dep::Conj && !doc.is_verb(current) && doc.is_verb(head) {
                return None;
            }
            if let Some(other) = doc.name_of[current].filter(|&other| other != name) {
                // "from A to B", parsed with "to" below A.
                if !free {
                    return None;
                }
                match self.reach(other) {
                    Reach::At { at, .. } => {
                        if at == current {
                            return None;
                        }
                        current = at;
                        continue;
                    }
                    _ => {
                        current = head;
                        continue;
                    }
                }
            }
            if doc.is_verb(current) {
                // "was forced to go" stands above the trigger, "planes carrying" below: neither takes our place.
                return None;
            }
            if doc.is_nominal(current) || matches!(doc.tag(current), Tag::Jj | Tag::Nnp) {
                if refuses(doc, current, prep) {
                    return None;
                }
                // "expected for a meeting on the price of power from Itaipu".
                if prep == "from" && doc.dep(current) == Dep::Pobj && self.is_far_idea(current) {
                    return None;
                }
                // "went to a couple from Lille": where somebody is from who does not move.
                let receives = doc.dep(current) == Dep::Pobj
                    && doc.head(current).is_some_and(|to| matches!(doc.lower(to), "to" | "for"));
                if prep == "from" && receives && !doc.is_ground(current) && self.at_token[current].is_none() {
                    return None;
                }
                let located = !free && step > 0;
                if located {
                    return None;
                }
                match doc.dep(current) {
                    Dep::Dobj
                    | Dep::Pobj
                    | Dep::Nsubj
                    | Dep::Nsubjpass
                    | Dep::Conj
                    | Dep::Compound
                    | Dep::Attr
                    | Dep::Appos
                    | Dep::Npadvmod
                    | Dep::Dative
                    | Dep::Nummod
                    | Dep::Poss
                    | Dep::Oprd => current = head,
                    _ => return None,
                }
                continue;
            }
            // Prepositions and adverbs ("back to", "onwards to"); not out of a phrase of cause or time.
            if matches!(
                doc.lower(current),
                "after"
                    | "due"
                    | "amid"
                    | "because"
                    | "against"
                    | "about"
                    | "since"
                    | "during"
                    | "despite"
                    | "under"
                    | "following"
                    | "as"
                    | "before"
            ) {
                return None;
            }
            match doc.dep(current) {
                Dep::Prep | Dep::Advmod | Dep::Prt | Dep::Agent | Dep::Pcomp | Dep::Dative | Dep::Conj => {
                    current = head
                }
                _ => return None,
            }
        }
        None
    }

    /// The end that a place is, after this preposition at this trigger.
    fn role(&self, trigger: usize, prep: &str, at: usize, name: usize) -> Option<(End, bool)> {
        let found = &self.triggers[trigger];
        let class = &self.doc.lexicon.classes[found.class];
        if let TriggerKind::Journey(verbs) = &found.kind {
            let (_, end) = verbs.iter().find(|(verb, _)| *verb == at)?;
            return matches!(prep, "in" | "at" | "from" | "near" | "on" | "off").then_some((*end, false));
        }
        let (at_end, for_end, of) = match &found.kind {
            TriggerKind::Noun(index) => {
                let nominal = &self.doc.lexicon.nominals[*index];
                (nominal.in_end, nominal.for_end, nominal.of == "theme_or_origin")
            }
            TriggerKind::Enroute => {
                (found.is_due().then_some(End::Destination), Some(End::Destination), false)
            }
            _ => (class.at, class.for_end, false),
        };
        let noun = matches!(found.kind, TriggerKind::Noun(_));
        let water = self.place(name).is_some_and(|place| place.kind == PlaceKind::Water);
        match prep {
            "from" | "out of" => Some((End::Origin, false)),
            "to" | "into" | "onto" => Some((End::Destination, false)),
            "toward" | "towards" => Some((End::Destination, true)),
            "via" | "through" => Some((End::Via, false)),
            "near" | "over" | "across"
                if !noun && super::theme::is_storm(self.doc, self.doc.subject(found.token)) =>
            {
                // "moved ashore near Tampico", "passed over Cuba".
                Some((End::Destination, false))
            }
            // "will make landfall between Xiamen and Quanzhou".
            "between"
                if super::theme::is_storm(self.doc, self.doc.subject(found.token))
                    && !self
                        .doc
                        .kids(found.token, &[Dep::Dobj])
                        .any(|object| self.doc.name_of[object].is_some()) =>
            {
                at_end.map(|end| (end, false))
            }
            "across" | "over" | "past" if !noun && class.id != "storm" => {
                (matches!(found.kind, TriggerKind::Verb) && (water || prep != "over" || class.id == "cross"))
                    .then_some((End::Via, false))
            }
            "on" if self.doc.lexicon.onward.contains(&found.name) => Some((End::Destination, true)),
            "for" => for_end.map(|end| (end, matches!(found.kind, TriggerKind::Enroute))),
            "in" | "at" | "on" | "near" | "over" | "off" | "inside" | "around" | "along" | "outside"
            | "within" | "across" | "throughout" => at_end.map(|end| (end, false)),
            "dobj" => class.object_place.map(|end| (end, false)),
            "dative" => matches!(class.id.as_str(), "send" | "haul" | "ship" | "airlift")
                .then_some((End::Destination, false)),
            "of" if of => Some((End::Origin, false)),
            "compound" if matches!(class.id.as_str(), "evacuate" | "withdraw") => Some((End::Origin, false)),
            _ => None,
        }
    }
}

/// Nouns that take "to", "from", "for" for themselves: "ambassador to Rome", "flights to Cuba", "attacks on".
fn refuses(doc: &Doc, noun: usize, prep: &str) -> bool {
    let lemma = doc.lemma(noun);
    // "by road to Plovdiv": the means; "up the road to Manston".
    let way = (noun.saturating_sub(2)..noun)
        .any(|token| matches!(doc.lower(token), "by" | "up" | "down" | "along"));
    if way {
        return false;
    }
    if prep == "to" || prep == "into" {
        return matches!(
            lemma,
            "ambassador"
                | "envoy"
                | "representative"
                | "adviser"
                | "advisor"
                | "threat"
                | "response"
                | "access"
                | "damage"
                | "close"
                | "link"
                | "tie"
                | "road"
                | "route"
                | "answer"
                | "visitor"
                | "reference"
                | "according"
                | "investigation"
                | "inquiry"
                | "due"
                | "next"
                | "relation"
                | "approach"
                | "message"
                | "address"
                | "support"
                | "commitment"
                | "right"
                | "request"
                | "appeal"
                | "letter"
                | "way"
        ) && !(lemma == "way" && prep == "to");
    }
    if prep == "for" {
        return true;
    }
    if prep == "from" {
        return matches!(
            lemma,
            "statement"
                | "report"
                | "video"
                | "attack"
                | "strike"
                | "fire"
                | "pressure"
                | "call"
                | "condemnation"
                | "support"
                | "news"
                | "message"
                | "threat"
                | "image"
                | "photo"
                | "source"
                | "help"
                | "evidence"
                | "information"
                | "criticism"
                | "lawmaker"
                | "senator"
                | "km"
                | "kilometer"
                | "mile"
                | "kilometre"
                | "loan"
                | "grant"
                | "invitation"
                | "permission"
                | "order"
                | "instruction"
                | "advice"
                | "bid"
                | "offer"
                | "email"
        );
    }
    false
}
