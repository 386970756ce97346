//! The lexicon of movements: verb classes, nouns, movers, cues, parsed once from `assets/lexicon`.

use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// Stands for every verb among the idioms.
pub const ANY_VERB: &str = "any";

/// A set of words, lower case.
pub type Words = BTreeSet<String>;

/// What an argument does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Default)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// Causes the movement.
    Agent,
    /// Moves.
    Theme,
    /// Nothing that we need.
    #[default]
    None,
}

/// Which end of a movement a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum End {
    /// Where from.
    Origin,
    /// Through where.
    Via,
    /// Where to.
    Destination,
}

/// What a trigger asks of the moving thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Default)]
#[serde(rename_all = "lowercase")]
pub enum ThemeNeed {
    /// Nothing.
    #[default]
    Any,
    /// A mover, a person, a pronoun or a proper name.
    Mover,
    /// A storm.
    Storm,
}

/// A class of verbs that tell a movement in the same way.
#[derive(Debug, Clone, Deserialize, Default)]
pub struct Class {
    /// Its name.
    pub id: String,
    /// What the active subject is beside an object.
    #[serde(default)]
    pub subject: Part,
    /// What the subject is without an object.
    #[serde(default)]
    pub alone: Part,
    /// The end that a place as direct object is.
    pub object_place: Option<End>,
    /// The end that a place after in, at, on or near is.
    pub at: Option<End>,
    /// The end that a place after "for" is.
    #[serde(rename = "for")]
    pub for_end: Option<End>,
    /// What it asks of the moving thing.
    #[serde(default)]
    pub theme: ThemeNeed,
    /// "departure": the present tense tells of something under way.
    pub phase: Option<String>,
    /// Only the future counts ("will visit").
    #[serde(default)]
    pub future_only: bool,
    /// Only the passive counts, and it tells what is yet to come ("are expected in").
    #[serde(default)]
    pub passive_only: bool,
    /// Those of its verbs that tell of no going when they have an object ("run a shop", "get a degree").
    #[serde(default)]
    pub bare_only: Words,
    /// Background rather than a movement of the affair.
    #[serde(default)]
    pub background: bool,
    /// Whether it has weak verbs, which are figurative as often as not.
    #[serde(default)]
    pub both_ways: bool,
    /// Its verbs, particles joined by `_`.
    pub verbs: Vec<String>,
    /// Objects or subjects that make it something else.
    #[serde(default)]
    pub blockers: Words,
    /// What is made where it is taken, and moves only when a goal is said.
    #[serde(default)]
    pub made: Words,
}

/// A class of nouns that tell a movement.
#[derive(Debug, Clone, Deserialize, Default)]
pub struct Nominal {
    /// The verb class it goes with.
    pub class: String,
    /// What its of-phrase names: `theme` or `theme_or_origin`.
    #[serde(default)]
    pub of: String,
    /// The end that a place after in or at is.
    #[serde(rename = "in")]
    pub in_end: Option<End>,
    /// The end that a place after "for" is.
    #[serde(rename = "for")]
    pub for_end: Option<End>,
    /// Background rather than a movement of the affair.
    #[serde(default)]
    pub background: bool,
    /// The nouns.
    pub nouns: Vec<String>,
}

#[derive(Deserialize)]
struct TriggersFile {
    class: Vec<Class>,
    presence: Listed,
    phrases: BTreeMap<String, Vec<String>>,
    idioms: BTreeMap<String, Words>,
    effort: Listed,
    hopes: Listed,
    extents: Listed,
    courses: Listed,
    rides: Rides,
    enroute: Enroute,
    fixed: Nouns,
    past: BTreeMap<String, String>,
    particles: BTreeMap<String, Words>,
    onward: Listed,
    business: Business,
    journey_ends: JourneyEnds,
    games: Games,
}

#[derive(Deserialize)]
struct Listed {
    verbs: Words,
}

#[derive(Deserialize)]
struct Enroute {
    phrases: Vec<String>,
    of_being: Words,
}

/// What firms do in markets, in the words of movements.
#[derive(Debug, Clone, Deserialize)]
pub struct Business {
    /// Words of business.
    pub words: Words,
    /// What a firm is called.
    pub firms: Words,
    /// What a firm does to a market.
    pub verbs: Words,
}

/// Verbs whose subject goes by what their object names.
#[derive(Debug, Clone, Deserialize)]
pub struct Rides {
    /// The verbs.
    pub verbs: Words,
    /// What people go by.
    pub vehicles: Words,
}

/// Words that tell whether a person is a she or a he.
#[derive(Debug, Clone, Deserialize)]
pub struct Gender {
    /// "Mrs", "mother".
    pub she: Words,
    /// "Mr", "father".
    pub he: Words,
}

/// Verbs of beginning and ending whose subject is a journey.
#[derive(Debug, Clone, Deserialize)]
pub struct JourneyEnds {
    /// Verbs whose place is the origin.
    pub start: Words,
    /// Verbs whose place is the destination.
    pub finish: Words,
    /// The journeys.
    pub nouns: Words,
}

#[derive(Deserialize)]
struct NominalsFile {
    nominal: Vec<Nominal>,
    weak: Nouns,
    blockers: Around,
}

#[derive(Deserialize)]
struct Nouns {
    nouns: Words,
}

/// Words around a noun that make it something else.
#[derive(Debug, Clone, Deserialize)]
pub struct Around {
    /// Right before it.
    pub before: Words,
    /// Right after it.
    pub after: Vec<String>,
    /// Nouns that an infinitive makes something else.
    pub with_infinitive: Words,
}

#[derive(Deserialize)]
struct MoversFile {
    military: Words,
    civilian: Words,
    cargo: Words,
    vehicle: Words,
    holders: Words,
    animal: Words,
    storm: Words,
    other: Words,
    gender: Gender,
    vehicle_mode: BTreeMap<String, Words>,
    ground: Nouns,
}

/// Cues of one grade each.
#[derive(Debug, Clone, Deserialize, Default)]
#[serde(default)]
pub struct Grades {
    /// Makes it planned.
    pub planned: Words,
    /// Makes it possible.
    pub possible: Words,
    /// Makes it denied.
    pub negative: Words,
    /// Makes it failed.
    pub failed: Words,
    /// Leaves it as the governor is.
    pub plain: Words,
    /// "would".
    pub reported_future: Words,
    /// Tells what something can do, which is no movement.
    pub ability: Words,
}

/// Verbs of saying.
#[derive(Debug, Clone, Deserialize)]
pub struct Say {
    /// Asserting.
    pub assert: Words,
    /// Denying.
    pub deny: Words,
    /// Doubting.
    pub doubt: Words,
    /// Giving something a name ("called it …").
    pub label: Words,
    /// Speech proper.
    pub speech: Words,
}

impl Say {
    /// Whether a verb takes what somebody asserts, denies or doubts.
    pub fn takes_a_claim(&self, lemma: &str) -> bool {
        [&self.assert, &self.deny, &self.doubt].iter().any(|verbs| verbs.contains(lemma))
    }
}

/// What makes a claim a fake one.
#[derive(Debug, Clone, Deserialize)]
pub struct Fake {
    /// Predicates.
    pub words: Vec<String>,
    /// Nouns that a denial takes and that stand for what was claimed.
    pub nouns: Words,
}

/// Signs that a journey was cut short.
#[derive(Debug, Clone, Deserialize)]
pub struct Failure {
    /// Verbs.
    pub verbs: Words,
    /// A verb and the words right after it: "turn back", "leave the rails".
    pub phrases: Vec<String>,
    /// Nouns.
    pub nouns: Words,
}

#[derive(Deserialize)]
struct Games {
    words: Vec<String>,
}

#[derive(Deserialize)]
struct Conditional {
    markers: Words,
}

#[derive(Deserialize)]
struct Strength {
    verbs: Words,
}

#[derive(Deserialize)]
struct CuesFile {
    modal: Grades,
    adverb: Grades,
    verb: Grades,
    noun: Grades,
    adjective: Grades,
    conditional: Conditional,
    say: Say,
    fake: Fake,
    failure: Failure,
    strength: Strength,
}

/// Cues of one means of going.
#[derive(Debug, Clone, Deserialize)]
pub struct ModeCues {
    /// Bare nouns after "by".
    pub by: Words,
    /// Nouns after in, on, aboard.
    pub aboard: Words,
    /// Anywhere in the clause.
    pub phrase: Vec<String>,
}

#[derive(Deserialize)]
struct ModesFile {
    sea: ModeCues,
    air: ModeCues,
    rail: ModeCues,
    road: ModeCues,
    foot: ModeCues,
    verb: BTreeMap<String, Words>,
}

/// The whole lexicon, ready for use.
#[derive(Debug)]
pub struct Lexicon {
    /// The verb classes.
    pub classes: Vec<Class>,
    /// Verb (particles joined by `_`) → classes, in order.
    pub verbs: BTreeMap<String, Vec<usize>>,
    /// Phrase (`set_sail`) → its words.
    pub phrases: BTreeMap<String, Vec<String>>,
    /// Verb → prepositions with the nouns that let it go nowhere ("under fire").
    pub idioms: BTreeMap<String, Words>,
    /// Verbs that with an infinitive tell of effort.
    pub effort: Words,
    /// Verbs of what somebody on the way hopes for.
    pub hopes: Words,
    /// Verbs that tell how far something reaches unless it is somebody who goes.
    pub extents: Words,
    /// Verbs of rivers, roads and ridges.
    pub courses: Words,
    /// "took a bus".
    pub rides: Rides,
    /// Verbs of presence.
    pub presence: Words,
    /// "en route", "bound for".
    pub enroute: Vec<Vec<String>>,
    /// Those of them that only a verb of being tells.
    pub enroute_of_being: Words,
    /// What carries and stays where it is.
    pub fixed: Words,
    /// The past of verbs that do not just add "ed".
    pub past: BTreeMap<String, String>,
    /// Verb → particles with which it goes nowhere.
    pub particles: BTreeMap<String, Words>,
    /// "advanced on Goma".
    pub onward: Words,
    /// What firms do in markets.
    pub business: Business,
    /// "started in", "finished in".
    pub journey_ends: JourneyEnds,
    /// Words and phrases of games and of those who play them for money.
    pub games: Vec<String>,
    /// The noun classes.
    pub nominals: Vec<Nominal>,
    /// Noun → noun class.
    pub nouns: BTreeMap<String, usize>,
    /// Nouns that need more than one sign.
    pub weak_nouns: Words,
    /// Words beside a noun that make it something else.
    pub noun_blockers: Around,
    /// Everything that can move.
    pub movers: Words,
    /// Soldiers and the like.
    pub military: Words,
    /// Things that carry.
    pub vehicles: Words,
    /// What holds goods or people on the way, besides vehicles.
    pub holders: Words,
    /// Goods.
    pub cargo: Words,
    /// Animals.
    pub animals: Words,
    /// Storms.
    pub storms: Words,
    /// Words for men and women.
    pub gender: Gender,
    /// Mode → vehicles.
    pub vehicle_mode: BTreeMap<String, Words>,
    /// Place-like nouns.
    pub ground: Words,
    /// Modals.
    pub modal: Grades,
    /// Adverbs.
    pub adverb: Grades,
    /// Governing verbs.
    pub verb_cues: Grades,
    /// Governing nouns.
    pub noun_cues: Grades,
    /// Adjectives.
    pub adjective: Grades,
    /// "if".
    pub conditional: Words,
    /// Verbs of saying.
    pub say: Say,
    /// "fake news".
    pub fake: Fake,
    /// Crashes.
    pub failure: Failure,
    /// Verbs that tell how many there are, or that they are made ready.
    pub strength: Words,
    /// Mode → cues.
    pub modes: Vec<(&'static str, ModeCues)>,
    /// Mode → verbs.
    pub mode_verbs: BTreeMap<String, Words>,
}

impl Lexicon {
    /// The lexicon that is compiled in.
    pub fn get() -> &'static Lexicon {
        static LEXICON: OnceLock<Lexicon> = OnceLock::new();
        LEXICON.get_or_init(Lexicon::load)
    }

    fn load() -> Lexicon {
        const GOOD: &str = "the lexicon that is compiled in is well-formed: a test reads it";
        let triggers: TriggersFile =
            toml::from_str(include_str!("../../assets/lexicon/triggers.toml")).expect(GOOD);
        let nominals: NominalsFile =
            toml::from_str(include_str!("../../assets/lexicon/nominals.toml")).expect(GOOD);
        let movers: MoversFile =
            toml::from_str(include_str!("../../assets/lexicon/movers.toml")).expect(GOOD);
        let cues: CuesFile = toml::from_str(include_str!("../../assets/lexicon/cues.toml")).expect(GOOD);
        let modes: ModesFile = toml::from_str(include_str!("../../assets/lexicon/modes.toml")).expect(GOOD);
        let mut verbs: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, class) in triggers.class.iter().enumerate() {
            for verb in &class.verbs {
                verbs.entry(verb.clone()).or_default().push(index);
            }
        }
        let mut nouns = BTreeMap::new();
        for (index, nominal) in nominals.nominal.iter().enumerate() {
            for noun in &nominal.nouns {
                nouns.insert(noun.clone(), index);
            }
        }
        let mut all = Words::new();
        for list in [
            &movers.military,
            &movers.civilian,
            &movers.cargo,
            &movers.vehicle,
            &movers.animal,
            &movers.storm,
            &movers.other,
        ] {
            all.extend(list.iter().cloned());
        }
        Lexicon {
            classes: triggers.class,
            verbs,
            phrases: triggers.phrases,
            idioms: triggers.idioms,
            effort: triggers.effort.verbs,
            hopes: triggers.hopes.verbs,
            extents: triggers.extents.verbs,
            courses: triggers.courses.verbs,
            rides: triggers.rides,
            presence: triggers.presence.verbs,
            enroute: triggers
                .enroute
                .phrases
                .iter()
                .chain(&triggers.enroute.of_being)
                .map(|phrase| phrase.split(' ').map(str::to_owned).collect())
                .collect(),
            enroute_of_being: triggers.enroute.of_being,
            fixed: triggers.fixed.nouns,
            past: triggers.past,
            particles: triggers.particles,
            onward: triggers.onward.verbs,
            business: triggers.business,
            journey_ends: triggers.journey_ends,
            games: triggers.games.words,
            nominals: nominals.nominal,
            nouns,
            weak_nouns: nominals.weak.nouns,
            noun_blockers: nominals.blockers,
            movers: all,
            military: movers.military,
            vehicles: movers.vehicle,
            holders: movers.holders,
            cargo: movers.cargo,
            animals: movers.animal,
            storms: movers.storm,
            gender: movers.gender,
            vehicle_mode: movers.vehicle_mode,
            ground: movers.ground.nouns,
            modal: cues.modal,
            adverb: cues.adverb,
            verb_cues: cues.verb,
            noun_cues: cues.noun,
            adjective: cues.adjective,
            conditional: cues.conditional.markers,
            say: cues.say,
            fake: cues.fake,
            failure: cues.failure,
            strength: cues.strength.verbs,
            modes: vec![
                ("sea", modes.sea),
                ("air", modes.air),
                ("rail", modes.rail),
                ("road", modes.road),
                ("foot", modes.foot),
            ],
            mode_verbs: modes.verb,
        }
    }

    /// The class of this name.
    pub fn class(&self, id: &str) -> Option<usize> {
        self.classes.iter().position(|class| class.id == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phrase_is_a_verb_of_some_class_and_every_noun_has_a_verb_class() {
        let lexicon = Lexicon::get();
        let past: Words = lexicon.past.keys().chain(lexicon.particles.keys()).cloned().collect();
        let lists = [&past, &lexicon.onward, &lexicon.effort, &lexicon.rides.verbs, &lexicon.business.verbs];
        let idioms = lexicon.idioms.keys().filter(|verb| *verb != ANY_VERB);
        for verb in idioms.chain(lists.into_iter().flatten()) {
            let is_verb = lexicon.verbs.contains_key(verb) || lexicon.failure.verbs.contains(verb);
            assert!(is_verb, "{verb} is in no class");
        }
        for phrase in lexicon.phrases.keys() {
            assert!(lexicon.verbs.contains_key(phrase), "{phrase} is in no class");
        }
        for nominal in &lexicon.nominals {
            assert!(lexicon.class(&nominal.class).is_some(), "{} is no class", nominal.class);
        }
    }
}
