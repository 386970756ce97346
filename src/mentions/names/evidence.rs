//! Evidence: what speaks for and against a candidate being the name of a place.
//!
//! Each piece of evidence is a phrase with a strength, mostly 1. The judge knows a weight for each.

use super::candidates::{Candidate, Form, joined};
use super::containment::contains;
use super::lists::{self, List, Lists, is_part_of_ground};
use super::persons::Role;
use super::words::{Gap, Shape, Word, token};
use crate::gazetteer::{self, Gazetteer, Kind};
use crate::report::Span;
use crate::syntax::{Dep, EntityKind, Tag, Tree};
use rustc_hash::{FxHashMap, FxHashSet};

/// A piece of evidence and its strength.
pub type Evidence = Vec<(&'static str, f32)>;

/// What the whole text shows of a name, wherever it stands.
#[derive(Debug, Clone, Copy, Default)]
pub struct Known {
    /// How often it stands.
    times: u32,
    /// How often directly after "in", "at", "near" and the like.
    grounded: u32,
    /// How often the recogniser calls it a place.
    labelled_place: u32,
    /// How often the recogniser calls it a person.
    labelled_person: u32,
    /// How often a place that contains it follows after a comma.
    contained: u32,
    /// How often a verb of motion leads there, or "from … to …".
    led: u32,
}

/// Everything the evidence is drawn from.
pub struct Context<'a> {
    /// The words of the text.
    pub words: &'a [Word<'a>],
    /// Their trees.
    pub trees: &'a [Tree],
    /// What each word is to persons.
    pub roles: &'a [Role],
    /// The gazetteer.
    pub gazetteer: &'a Gazetteer,
    /// The candidates.
    pub all: &'a [Candidate],
    /// Where the dateline's place stands.
    pub dateline: Option<Span>,
    /// How many words the widest candidate has.
    widest: usize,
    /// What is known of each name, and which of them each candidate bears.
    known: Vec<Known>,
    names: Vec<usize>,
    /// The words that stand in small letters.
    lower: FxHashSet<&'a str>,
}

/// The number of each candidate's name: names that fold to the same have the same.
fn numbers(all: &[Candidate]) -> Vec<usize> {
    let mut by_key: FxHashMap<String, usize> = FxHashMap::default();
    let mut by_lookup: FxHashMap<&str, usize> = FxHashMap::default();
    let mut number = |candidate: &Candidate| {
        let next = by_key.len();
        *by_key.entry(gazetteer::fold(&candidate.lookup)).or_insert(next)
    };
    all.iter().map(|c| *by_lookup.entry(&c.lookup).or_insert_with(|| number(c))).collect()
}

impl<'a> Context<'a> {
    /// Looks over the whole text once.
    pub fn new(
        words: &'a [Word<'a>],
        trees: &'a [Tree],
        roles: &'a [Role],
        gazetteer: &'a Gazetteer,
        all: &'a [Candidate],
        dateline: Option<Span>,
    ) -> Self {
        let lower = words.iter().filter(|w| w.shape == Shape::Lower).map(|w| w.text).collect();
        let widest = all.iter().map(|candidate| candidate.end - candidate.first).max().unwrap_or(0);
        let names = numbers(all);
        let mut known = vec![Known::default(); names.iter().max().map_or(0, |last| last + 1)];
        let mut context = Context {
            words,
            trees,
            roles,
            gazetteer,
            all,
            dateline,
            known: Vec::new(),
            names,
            lower,
            widest,
        };
        for (candidate, name) in all.iter().zip(&context.names) {
            let entry = &mut known[*name];
            entry.times += 1;
            entry.grounded += u32::from(context.grounded(candidate));
            entry.contained += u32::from(context.container_after(candidate).is_some());
            let led =
                context.one_of_two_ends(candidate) || (!trees.is_empty() && context.is_led_to(candidate));
            entry.led += u32::from(led);
            match context.label(candidate) {
                Some(EntityKind::Gpe | EntityKind::Loc | EntityKind::Fac) => entry.labelled_place += 1,
                Some(EntityKind::Person) => entry.labelled_person += 1,
                _ => {}
            }
        }
        context.known = known;
        context
    }

    fn word(&self, at: usize) -> Option<&Word<'a>> {
        self.words.get(at)
    }

    fn before(&self, candidate: &Candidate) -> Option<&Word<'a>> {
        candidate.first.checked_sub(1).map(|at| &self.words[at])
    }

    /// Whether it stands directly after a locative preposition (over an article).
    fn grounded(&self, candidate: &Candidate) -> bool {
        let mut at = candidate.first;
        let article = |w: &Word| matches!(w.text, "the" | "The");
        if at > 0 && article(&self.words[at - 1]) && self.words[at].gap == Gap::Space {
            at -= 1;
        }
        at > 0 && self.words[at].gap == Gap::Space && self.words[at - 1].lists.has(List::Locative)
    }

    /// "from Mangaluru to Male": a name after "from" with "to" soon after, or after "to" with "from" before.
    fn one_of_two_ends(&self, candidate: &Candidate) -> bool {
        /// How many words a name in between, and what stands beside it, may take.
        const REACH: usize = 7;
        let Some(at) = candidate.first.checked_sub(1) else { return false };
        let is = |at: usize, preposition: &str| self.words[at].text.eq_ignore_ascii_case(preposition);
        let same_sentence = |from: usize, to: usize| !self.words[from + 1..=to].iter().any(Word::opens);
        if is(at, "to") {
            (at.saturating_sub(REACH)..at).any(|from| is(from, "from") && same_sentence(from, at))
        } else {
            is(at, "from")
                && (at + 2..(at + 2 + REACH).min(self.words.len()))
                    .any(|to| is(to, "to") && same_sentence(at, to))
        }
    }

    /// The recogniser's label at its last word.
    fn label(&self, candidate: &Candidate) -> Option<EntityKind> {
        token(&self.words[candidate.end - 1], self.trees).and_then(|t| t.entity)
    }

    /// The candidates that begin where it does, or so little before it that they may reach over it.
    fn around(&self, candidate: &Candidate) -> &'a [Candidate] {
        let start = self.all.partition_point(|c| c.first + self.widest < candidate.end);
        let end = self.all.partition_point(|c| c.first <= candidate.first);
        &self.all[start..end]
    }

    /// A candidate after the comma that contains an entry of this one.
    pub fn container_after(&self, candidate: &Candidate) -> Option<&'a Candidate> {
        let next = self.word(candidate.end)?;
        if next.gap != Gap::Comma {
            return None;
        }
        let outer = self.all[self.all.partition_point(|c| c.first < candidate.end)..]
            .iter()
            .take_while(|c| c.first == candidate.end)
            .find(|c| !c.found.is_empty())?;
        let inside = outer
            .found
            .iter()
            .take(4)
            .any(|o| candidate.found.iter().take(60).any(|f| contains(self.gazetteer, o.entry, f.entry)));
        inside.then_some(outer)
    }

    /// Whether the likeliest bearer of the name is a country or a unit of one, of which there are parts.
    fn is_ground(&self, candidate: &Candidate) -> bool {
        let kind = candidate.found.first().map(|best| self.gazetteer.kind(best.entry));
        matches!(kind, Some(Kind::Country | Kind::Unit | Kind::Continent))
    }

    /// The evidence for the candidate of this number.
    pub fn of(&self, at: usize) -> Evidence {
        let candidate = &self.all[at];
        let mut found = Evidence::with_capacity(32);
        self.name(candidate, &mut found);
        self.neighbours(candidate, &mut found);
        self.persons(candidate, &mut found);
        self.text_wide(candidate, &self.known[self.names[at]], &mut found);
        if !self.trees.is_empty() {
            self.labels(candidate, &mut found);
        }
        // By length first: that tells nearly all apart.
        found.sort_by_key(|(what, _)| (what.len(), *what));
        found.dedup_by_key(|(what, _)| *what);
        found
    }

    /// The name itself: how prominent, how ordinary its words.
    fn name(&self, candidate: &Candidate, out: &mut Evidence) {
        let words = &self.words[candidate.first..candidate.end];
        out.push((
            match candidate.form {
                Form::Name => "form: name",
                Form::Short => "form: short form",
                Form::Typed => "form: name with type word",
                Form::Street => "form: street",
                Form::Facility => "form: facility",
                Form::Feature => "form: unknown feature",
                Form::Labelled => "form: label only",
            },
            1.0,
        ));
        out.push((["words: one", "words: two", "words: three or more"][(words.len() - 1).min(2)], 1.0));
        if let Some(best) = candidate.found.first() {
            let entry = self.gazetteer.entry(best.entry);
            let people = entry.population as f32;
            out.push((
                match entry.kind {
                    Kind::Country => "best: country",
                    Kind::Unit => "best: first-order unit",
                    Kind::District => "best: second-order unit",
                    Kind::City if people >= 1e6 => "best: city of a million",
                    Kind::City if people >= 1e5 => "best: city of 100,000",
                    Kind::City if people >= 1.5e4 => "best: town of 15,000",
                    Kind::City if people >= 2e3 => "best: town of 2,000",
                    Kind::City => "best: village",
                    Kind::Quarter => "best: quarter",
                    Kind::Continent
                    | Kind::Region
                    | Kind::Sea
                    | Kind::Strait
                    | Kind::Lake
                    | Kind::River
                    | Kind::Island
                    | Kind::Mountain => "best: region, water, island or mountain",
                    _ => "best: port, airport or building",
                },
                1.0,
            ));
            out.push(("prominence in hundreds", f32::from(self.gazetteer.prominence(best.entry)) / 100.0));
            out.push((
                match best.name_kind {
                    gazetteer::NameKind::Usual => "name: usual",
                    gazetteer::NameKind::Alternate => "name: alternate",
                    _ => "name: former, short or code",
                },
                1.0,
            ));
            if best.rank >= 2 {
                out.push(("name: little known", 1.0));
            }
            out.push(("log10 of entries", libm::log10f(candidate.found.len() as f32)));
            if words.len() == 1 && candidate.form == Form::Name {
                let c = self.gazetteer.commonness(words[0].text);
                let big = people >= 1e5 || matches!(entry.kind, Kind::Country | Kind::Unit);
                if c.english_word {
                    out.push((
                        if big { "English word, large place" } else { "English word, small place" },
                        1.0,
                    ));
                }
                if c.given_name {
                    out.push((if big { "given name, large place" } else { "given name, small place" }, 1.0));
                }
                if c.surname {
                    out.push((if big { "surname, large place" } else { "surname, small place" }, 1.0));
                }
            }
        }
        if words.len() == 1 {
            let word = &words[0];
            if word.lists.has(List::Calendar) {
                out.push(("calendar word", 1.0));
            }
            if word.lists.has(List::Function) && word.shape != Shape::Upper {
                out.push(("function word", 1.0));
            }
            if word.shape == Shape::Upper && !word.shouted && candidate.form == Form::Name {
                out.push((if word.text.chars().count() <= 4 { "acronym" } else { "in capitals" }, 1.0));
            }
            if word.shape == Shape::Initial {
                out.push(("one letter", 1.0));
            }
            if word.text.chars().count() <= 3 && word.shape == Shape::Title {
                out.push(("three letters or fewer", 1.0));
            }
            if word.lists.has(List::Compass) {
                out.push(("compass word", 1.0));
            }
            if word.lists.has(List::Organisations)
                || word.lists.has(List::Titles)
                || word.lists.has(List::Facilities)
                || word.lists.has(List::Streets)
            {
                out.push(("word of offices and facilities", 1.0));
            }
        }
        if words.iter().all(|w| w.shouted) {
            out.push(("in a line of capitals", 1.0));
        }
        if let Some(kind) = &candidate.type_word {
            out.push((
                match kind.as_str() {
                    "county" | "parish" | "township" | "twp" | "borough" | "province" | "oblast"
                    | "prefecture" | "district" | "governorate" | "region" | "state" => "type word: unit",
                    "lake" | "river" | "creek" | "bay" | "sea" | "ocean" | "gulf" | "strait" => {
                        "type word: water"
                    }
                    "mount" | "mt" | "mountain" | "mountains" | "hills" | "valley" | "peninsula"
                    | "island" | "islands" => "type word: land",
                    _ => "type word: other",
                },
                1.0,
            ));
        }
    }

    /// The words beside it.
    fn neighbours(&self, candidate: &Candidate, out: &mut Evidence) {
        let first = &self.words[candidate.first];
        let last = &self.words[candidate.end - 1];
        if first.opens() {
            out.push(("opens a sentence", 1.0));
        }
        if self.dateline.is_some_and(|place| place.contains(&candidate.span)) {
            out.push(("stands in the dateline", 1.0));
        }
        if candidate.found.first().is_some_and(|f| {
            self.gazetteer.kind(f.entry) == Kind::Country || self.gazetteer.entry(f.entry).feature == "PPLC"
        }) {
            out.push(("country or capital", 1.0));
        }
        if self.gazetteer.institution(&candidate.lookup).is_some() {
            out.push(("an institution", 1.0));
        }
        if self.grounded(candidate) {
            out.push(("after a locative preposition", 1.0));
        }
        if self.one_of_two_ends(candidate) {
            out.push(("in a 'from … to …'", 1.0));
        }
        if let Some(before) = self.before(candidate) {
            let touching = matches!(first.gap, Gap::Space | Gap::Hyphen);
            if touching && !first.opens() {
                match before.text {
                    "the" | "The" => out.push(("after the", 1.0)),
                    "a" | "an" | "A" | "An" => out.push(("after an indefinite article", 1.0)),
                    "of" => {
                        let kind = candidate.first.checked_sub(2).map(|at| self.words[at].lists);
                        let settled = kind.is_some_and(|kind| kind.has(List::Settlements));
                        out.push((if settled { "after 'town of'" } else { "after of" }, 1.0));
                    }
                    "and" | "or" | "&" => out.push(("after and", 1.0)),
                    "by" | "with" | "for" | "than" | "like" => out.push(("after by, with, for", 1.0)),
                    _ if before.shape == Shape::Number => out.push(("after a number", 1.0)),
                    // "Northern Syria" is written as "northern Syria" is.
                    _ if is_part_of_ground(before.text)
                        && first.gap == Gap::Space
                        && self.is_ground(candidate) => {}
                    _ if before.capital() && !before.possessive && first.gap == Gap::Space => {
                        out.push((
                            if before.opens() {
                                "after a capital that opens a sentence"
                            } else {
                                "after a capital"
                            },
                            1.0,
                        ));
                        if before.lists.has(List::Titles) {
                            out.push(("after a title", 1.0));
                        }
                    }
                    _ if before.capital() && first.gap == Gap::Hyphen => out.push(("after a hyphen", 1.0)),
                    _ if before.lists.has(List::Titles) => out.push(("after a title", 1.0)),
                    _ if before.possessive => out.push(("after a possessive", 1.0)),
                    _ => {}
                }
                if matches!(
                    before.text,
                    "University" | "College" | "Institute" | "Bank" | "Council" | "Museum"
                ) || before.text == "of"
                    && candidate.first >= 2
                    && self.words[candidate.first - 2].capital()
                {
                    out.push(("after 'Capital of'", 1.0));
                }
            }
            if first.gap == Gap::Comma {
                let contained = self.all[..self.all.partition_point(|c| c.first < candidate.first)]
                    .iter()
                    .rev()
                    .take(12)
                    .find(|c| {
                        c.end == candidate.first
                            && !c.found.is_empty()
                            && self.container_after(c).is_some_and(|o| o.first == candidate.first)
                    });
                match contained {
                    Some(_) => out.push(("contains the name before the comma", 1.0)),
                    None => out.push(("after a comma", 1.0)),
                }
            }
        }
        if last.possessive {
            out.push(("possessive", 1.0));
        } else if last.lists.has(List::TypesOfOffices)
            && candidate.end - candidate.first > 1
            && self
                .word(candidate.end)
                .is_some_and(|w| w.gap == Gap::Space && (w.capital() || w.text == "of"))
        {
            // "Dublin City" of "Dublin City Council", "Kansas Department" of "Kansas Department of Health".
            out.push(("its type word opens the name of an office", 1.0));
        }
        if self.container_after(candidate).is_some() {
            out.push(("a place that contains it follows", 1.0));
        }
        if candidate.first >= 2
            && first.shape != Shape::Upper
            && self.words[candidate.first - 1].shape == Shape::Number
            && self.words[candidate.first - 1].text.len() >= 2
            && candidate.form == Form::Street
        {
            out.push(("house number before", 1.0));
        }
        let Some(after) = self.word(candidate.end) else { return };
        if last.possessive {
            return;
        }
        match after.gap {
            Gap::Space if after.capital() => {
                let lists = after.lists;
                out.push(("before a capital", 1.0));
                if lists.has(List::TypesAfter) {
                    out.push(("before a type word", 1.0));
                } else if lists.has(List::Streets) {
                    out.push(("before a street word", 1.0));
                } else if lists.has(List::Organisations)
                    || lists.has(List::Titles)
                    || lists.has(List::ActorNouns)
                {
                    out.push(("before a word of organisations", 1.0));
                } else if lists.has(List::Facilities) {
                    out.push(("before a word of facilities", 1.0));
                } else {
                    let c = self.gazetteer.commonness(after.text);
                    if c.surname && !c.english_word {
                        out.push(("before a surname", 1.0));
                    }
                    if c.english_word {
                        out.push(("before an English word in capitals", 1.0));
                    }
                    if after.shape == Shape::Initial {
                        out.push(("before an initial", 1.0));
                    }
                    // The capital run that follows ends in a word of organisations or facilities.
                    let mut at = candidate.end;
                    while at + 1 < self.words.len()
                        && joined(self.words, at + 1)
                        && self.words[at + 1].capital()
                        && at < candidate.end + 4
                    {
                        at += 1;
                    }
                    if self.words[at].lists.has(List::Organisations)
                        || self.words[at].lists.has(List::Facilities)
                    {
                        out.push(("opens a run that ends in a word of organisations", 1.0));
                    }
                }
            }
            Gap::Space => {
                let lemma = token(after, self.trees).map_or(after.text, |t| t.lemma.as_str());
                if Lists::of(lemma).has(List::Speech)
                    || matches!(after.text, "said" | "says" | "told" | "added")
                {
                    out.push(("before a verb of speech", 1.0));
                }
                if after.lists.has(List::TypesAfter) || after.text == "area" {
                    out.push(("before a type word in small letters", 1.0));
                }
                if after.lists.has(List::ActorNouns) {
                    out.push(("before a noun of actors", 1.0));
                }
                if after.lists.has(List::Streets) {
                    out.push(("before a street word in small letters", 1.0));
                }
            }
            Gap::Hyphen => {
                if after.text.ends_with("ed")
                    || matches!(
                        after.text,
                        "based"
                            | "born"
                            | "led"
                            | "backed"
                            | "area"
                            | "bound"
                            | "held"
                            | "controlled"
                            | "style"
                            | "run"
                            | "owned"
                            | "made"
                    )
                {
                    out.push(("before -based, -led", 1.0));
                } else {
                    out.push(("before a hyphen", 1.0));
                }
            }
            Gap::Comma if after.shape == Shape::Number && after.text.len() == 2 => {
                out.push(("an age follows", 1.0))
            }
            _ => {}
        }
    }

    /// Names of persons.
    fn persons(&self, candidate: &Candidate, out: &mut Evidence) {
        let roles = &self.roles[candidate.first..candidate.end];
        let single = roles.len() == 1;
        if roles.iter().all(|r| r.in_full_name) {
            out.push((
                if roles[0].opens_full_name && single {
                    "given name of a full name"
                } else {
                    "inside a person's full name"
                },
                1.0,
            ));
        }
        if single && roles[0].carried {
            out.push(("surname of a person named in the text", 1.0));
        }
        if roles[0].titled {
            out.push(("titled", 1.0));
        }
    }

    /// What the rest of the text shows.
    fn text_wide(&self, candidate: &Candidate, known: &Known, out: &mut Evidence) {
        let share = |n: u32| n as f32 / known.times.max(1) as f32;
        if known.grounded > 0 {
            out.push(("elsewhere after a locative preposition", 1.0));
            out.push(("share after a locative preposition", share(known.grounded)));
        }
        if known.contained > 0 {
            out.push(("elsewhere with a place that contains it", 1.0));
        }
        if known.led > 0 {
            out.push(("somewhere an end of a motion", 1.0));
        }
        if known.labelled_place > 0 {
            out.push(("share labelled as a place", share(known.labelled_place)));
        }
        if known.labelled_person > 0 {
            out.push(("share labelled as a person", share(known.labelled_person)));
        }
        if known.times > 1 {
            out.push(("log2 of times", libm::log2f(known.times as f32)));
        }
        if candidate.end - candidate.first == 1 && self.lower.contains(&*candidate.lookup.to_lowercase()) {
            out.push(("written small elsewhere", 1.0));
        }
        let around = self.around(candidate);
        let longer = around.iter().any(|other| {
            other.first <= candidate.first
                && other.end >= candidate.end
                && (other.end - other.first) > (candidate.end - candidate.first)
                && matches!(other.form, Form::Name | Form::Typed | Form::Short)
        });
        if longer {
            out.push(("inside a longer known name", 1.0));
        }
        let wider = |form: Form| {
            around.iter().any(|other| {
                other.form == form
                    && other.first <= candidate.first
                    && other.end >= candidate.end
                    && (other.end - other.first) > (candidate.end - candidate.first)
            })
        };
        if wider(Form::Street) {
            out.push(("inside a street", 1.0));
        }
        if wider(Form::Facility) {
            let opens = around
                .iter()
                .any(|o| o.form == Form::Facility && o.first == candidate.first && o.end > candidate.end);
            out.push((if opens { "opens a facility" } else { "inside a facility" }, 1.0));
        }
        if wider(Form::Feature) {
            out.push(("inside an unknown feature", 1.0));
        }
        if matches!(candidate.form, Form::Facility | Form::Feature | Form::Typed)
            && around.iter().any(|o| {
                o.form == Form::Name
                    && o.first == candidate.first
                    && o.end < candidate.end
                    && o.found.first().is_some_and(|f| {
                        let e = self.gazetteer.entry(f.entry);
                        e.population >= 20_000 || e.kind != Kind::City
                    })
            })
        {
            out.push(("begins with a known place", 1.0));
        }
    }

    /// What the parser says.
    fn labels(&self, candidate: &Candidate, out: &mut Evidence) {
        let Some(last) = token(&self.words[candidate.end - 1], self.trees) else { return };
        let first = token(&self.words[candidate.first], self.trees).unwrap_or(last);
        let label = last.entity;
        let next_continues = self
            .word(candidate.end)
            .and_then(|w| token(w, self.trees))
            .is_some_and(|t| t.entity.is_some() && t.entity == label && !t.entity_start);
        let exact = first.entity_start && !next_continues;
        out.push((
            match (label, exact) {
                (Some(EntityKind::Gpe), true) => "label: country, state or city",
                (Some(EntityKind::Gpe), false) => "label: inside a country, state or city",
                (Some(EntityKind::Loc), true) => "label: location",
                (Some(EntityKind::Loc), false) => "label: inside a location",
                (Some(EntityKind::Fac), true) => "label: facility",
                (Some(EntityKind::Fac), false) => "label: inside a facility",
                (Some(EntityKind::Org), true) => "label: organisation",
                (Some(EntityKind::Org), false) if first.entity_start => "label: opens an organisation",
                (Some(EntityKind::Org), false) => "label: inside an organisation",
                (Some(EntityKind::Person), true) => "label: person",
                (Some(EntityKind::Person), false) => "label: inside a person",
                (Some(EntityKind::Norp), _) => "label: people",
                (Some(EntityKind::Date | EntityKind::Time), _) => "label: date",
                (
                    Some(EntityKind::Event | EntityKind::WorkOfArt | EntityKind::Law | EntityKind::Product),
                    true,
                ) => "label: event, work or product",
                (
                    Some(EntityKind::Event | EntityKind::WorkOfArt | EntityKind::Law | EntityKind::Product),
                    false,
                ) => "label: inside an event, work or product",
                (Some(_), _) => "label: other",
                (None, _) => "label: none",
            },
            1.0,
        ));
        if self.is_led_to(candidate) {
            out.push(("an end of a verb of motion", 1.0));
        }
        if candidate.found.is_empty() {
            return;
        }
        let single = candidate.end - candidate.first == 1 && candidate.form == Form::Name;
        if single
            && !matches!(last.tag, Tag::Nnp | Tag::Nnps)
            && self.gazetteer.commonness(self.words[candidate.first].text).english_word
        {
            out.push(("English word, and tagged as one", 1.0));
        }
        out.push((
            match last.tag {
                Tag::Nnp | Tag::Nnps => "tag: proper noun",
                Tag::Jj => "tag: adjective",
                Tag::Nn | Tag::Nns => "tag: common noun",
                _ => "tag: other",
            },
            1.0,
        ));
        out.push((
            match last.dep {
                Dep::Pobj => "role: object of a preposition",
                Dep::Compound | Dep::Amod | Dep::Nmod => "role: modifier",
                Dep::Nsubj | Dep::Nsubjpass => "role: subject",
                Dep::Poss => "role: possessor",
                Dep::Appos | Dep::Npadvmod => "role: apposition",
                Dep::Conj => "role: conjunct",
                Dep::Dobj => "role: object",
                _ => "role: other",
            },
            1.0,
        ));
    }
}

impl Context<'_> {
    /// Whether a verb of motion has it for its object ("left Luganville"), or leads there by a
    /// preposition ("went on to Vardo", "driven out of Gao").
    fn is_led_to(&self, candidate: &Candidate) -> bool {
        let Some((tree, token)) = self.words[candidate.end - 1].token else { return false };
        let tokens = &self.trees[tree].tokens;
        let (token, head) = (&tokens[token], &tokens[tokens[token].head]);
        match token.dep {
            Dep::Dobj => lists::MOTION.with_object.contains(&head.lemma),
            Dep::Pobj => {
                let leads = matches!(
                    head.lemma.as_str(),
                    "from" | "to" | "into" | "onto" | "toward" | "towards" | "via" | "through" | "for" | "of"
                );
                let above = &tokens[head.head];
                let above = if above.dep == Dep::Prep { &tokens[above.head] } else { above };
                leads && lists::MOTION.verbs.contains(&above.lemma)
            }
            _ => false,
        }
    }
}
