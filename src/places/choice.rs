//! The choice: which of its candidates each name means.
//!
//! Evidence for every candidate (how prominent, what contains it by the words, what else the text
//! names, what lies near) is weighed with `weights.toml`; the first look at the text uses prominence and
//! containment alone, the second what the first chose. One name means one place in one text.

use super::candidates::{Asked, Candidate, Group};
use crate::gazetteer::{EntryId, Kind, NameKind};
use crate::geometry::LonLat;
use crate::geometry::geodesic::distance_km;
use crate::mentions::clues::{Clues, known};
use crate::mentions::names::{NameMention, Role};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A piece of evidence and its strength.
pub type Evidence = Vec<(&'static str, f64)>;

#[derive(serde::Deserialize)]
struct Table {
    weights: FxHashMap<String, f64>,
}

static TABLE: LazyLock<Table> =
    LazyLock::new(|| toml::from_str(include_str!("weights.toml")).expect("the tests read weights.toml"));

thread_local! {
    static WEIGHTS: Clues<f64> = Clues::default();
}

/// Candidates nearer to one another than this are one spot to the choice.
pub const SPOT_KM: f64 = 40.0;
/// A town farther than this from the middle of the unit of its name is told from it by the evidence (New York).
const NAMESAKE_KM: f64 = 120.0;

/// A degree of latitude is nowhere shorter than this, in kilometres.
const DEGREE_KM: f64 = 111.0;
/// Places farther apart than this say nothing about one another.
const FAR_KM: f64 = 1500.0;
/// So many names before a name and after it, each counted once, are its surroundings: in a report all of them.
const REACH: usize = 200;

/// What was chosen for one group.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    /// The candidates in order of their share, by index.
    pub order: Vec<usize>,
    /// The share of each candidate, 0 to 1, by index; near ones share theirs.
    pub shares: Vec<f64>,
}

impl Choice {
    /// The chosen candidate.
    pub fn best(&self) -> Option<usize> {
        self.order.first().copied()
    }
}

/// What the choice looks at beside the candidates.
pub struct Field<'a, 'g> {
    /// The names of the text.
    pub names: &'a [NameMention],
    /// Their groups.
    pub groups: &'a [Group<'g>],
    /// Where the outlet writes for.
    pub home: Option<LonLat>,
    group_of: Vec<usize>,
    /// For each group the names that one of its names contains by the words.
    inner: Vec<Vec<usize>>,
    /// What each candidate's group gave to the votes of its unit and of its country.
    own: Vec<Vec<(f64, f64)>>,
    units: BTreeMap<EntryId, f64>,
    countries: BTreeMap<[u8; 2], f64>,
    strongest_unit: f64,
    strongest_country: f64,
}

impl<'a, 'g> Field<'a, 'g> {
    /// Looks over all groups once: how much speaks for each unit and country.
    pub fn new(names: &'a [NameMention], groups: &'a [Group<'g>], home: Option<LonLat>) -> Self {
        let mut group_of = vec![0; names.len()];
        for (g, group) in groups.iter().enumerate() {
            group.mentions.iter().for_each(|&m| group_of[m] = g);
        }
        let mut field = Field {
            names,
            groups,
            home,
            group_of,
            inner: vec![Vec::new(); groups.len()],
            own: vec![Vec::new(); groups.len()],
            units: BTreeMap::new(),
            countries: BTreeMap::new(),
            strongest_unit: 0.0,
            strongest_country: 0.0,
        };
        for (inner, name) in names.iter().enumerate() {
            if let Some(outer) = name.within {
                field.inner[field.group_of[outer]].push(inner);
            }
        }
        field.vote();
        field
    }

    /// Each group speaks once for every unit and country it may lie in, the louder the fewer they are.
    fn vote(&mut self) {
        for (group, own) in self.groups.iter().zip(&mut self.own) {
            let votes = Votes::of(group);
            let share = |c: &Candidate| {
                (
                    c.unit.and_then(|unit| votes.units.get(&unit)).copied().unwrap_or(0.0),
                    c.country.and_then(|country| votes.countries.get(&country)).copied().unwrap_or(0.0),
                )
            };
            *own = group.candidates.iter().map(share).collect();
            for (unit, share) in &votes.units {
                *self.units.entry(*unit).or_default() += share;
            }
            for (country, share) in &votes.countries {
                *self.countries.entry(*country).or_default() += share;
            }
        }
        self.strongest_unit = self.units.values().copied().fold(0.0, f64::max);
        self.strongest_country = self.countries.values().copied().fold(0.0, f64::max);
    }

    /// The choice for every group.
    pub fn choose(&self) -> Vec<Choice> {
        let mut picks = self.first_look();
        let mut choices = Vec::new();
        let weigh = |g: usize| (0..self.groups[g].candidates.len()).map(move |at| weight(&self.alone(g, at)));
        let alone: Vec<Vec<f64>> = (0..self.groups.len()).map(|g| weigh(g).collect()).collect();
        for _ in 0..2 {
            choices = (0..self.groups.len()).map(|g| self.weigh(g, &alone[g], &picks)).collect();
            let chosen: Vec<Option<usize>> = choices.iter().map(Choice::best).collect();
            if chosen == picks {
                break; // the same would be weighed again
            }
            picks = chosen;
        }
        choices
    }

    /// The picks by prominence, containment and votes alone.
    pub fn first_look(&self) -> Vec<Option<usize>> {
        (0..self.groups.len())
            .map(|g| {
                let group = &self.groups[g];
                let score = |at: usize| {
                    let c = &group.candidates[at];
                    let own = self.own[g][at];
                    c.prominence
                        + 3.0 * f64::from(u8::from(self.contained_by_words(g, c)))
                        + 1.2 * (self.unit_votes(c) - own.0).max(0.0) / self.strongest_unit.max(1e-9)
                        + 0.8 * (self.country_votes(c) - own.1).max(0.0) / self.strongest_country.max(1e-9)
                        + f64::from(u8::from(group.asked.is_some_and(|a| a.fits(c.kind))))
                };
                best_by(group.candidates.len(), score)
            })
            .collect()
    }

    fn unit_votes(&self, c: &Candidate) -> f64 {
        c.unit.and_then(|u| self.units.get(&u)).copied().unwrap_or(0.0)
    }

    fn country_votes(&self, c: &Candidate) -> f64 {
        c.country.and_then(|k| self.countries.get(&k)).copied().unwrap_or(0.0)
    }

    /// Whether some mention of the group is followed by the name of something that contains the candidate.
    fn contained_by_words(&self, g: usize, c: &Candidate) -> bool {
        self.groups[g].mentions.iter().any(|&m| {
            self.names[m].within.is_some_and(|outer| {
                self.groups[self.group_of[outer]].candidates.iter().take(6).any(|o| lies_in(c, o))
            })
        })
    }

    /// Whether the candidate contains a place named directly before it.
    fn contains_by_words(&self, g: usize, c: &Candidate) -> bool {
        self.inner[g]
            .iter()
            .any(|&m| self.groups[self.group_of[m]].candidates.iter().take(60).any(|inner| lies_in(inner, c)))
    }

    /// The evidence for one candidate of a group, given the picks for all groups.
    pub fn evidence(&self, g: usize, at: usize, picks: &[Option<usize>]) -> Evidence {
        let mut found = self.alone(g, at);
        self.chosen_elsewhere(g, &self.groups[g].candidates[at], picks, &mut found);
        found
    }

    /// The evidence for one candidate of a group whatever the other groups mean.
    fn alone(&self, g: usize, at: usize) -> Evidence {
        let group = &self.groups[g];
        let c = &group.candidates[at];
        let mut out = Evidence::new();
        out.push((
            match c.kind {
                Kind::Country => "country",
                Kind::Continent => "continent",
                Kind::Unit => "first-order unit",
                Kind::District => "second-order unit",
                Kind::City if c.feature == "PPLC" => "capital",
                Kind::City if c.feature == "PPLA" => "seat of a unit",
                Kind::City => "city, town or village",
                Kind::Quarter => "quarter of a city",
                Kind::Port | Kind::Airport | Kind::Base | Kind::Building => "port, airport or building",
                Kind::Region => "region",
                Kind::Sea | Kind::Strait | Kind::Lake | Kind::River => "water",
                _ => "island, mountain or other",
            },
            1.0,
        ));
        let top = group.candidates.iter().map(|x| x.prominence).fold(0.0, f64::max);
        out.push(("prominence", c.prominence));
        out.push(("prominence below the most prominent", top - c.prominence));
        out.push(("log of population", libm::log10(f64::from(c.population) + 1.0) / 7.0));
        if at == 0 {
            out.push(("first in the gazetteer", 1.0));
        }
        match c.name_kind {
            NameKind::Usual => out.push(("usual name", 1.0)),
            NameKind::Former => out.push(("former name", 1.0)),
            NameKind::Code => out.push(("code", 1.0)),
            _ => out.push(("alternate name", f64::from(c.rank) / 2.0)),
        }
        if self.contained_by_words(g, c) {
            out.push(("named with what contains it", 1.0));
        }
        if self.contains_by_words(g, c) {
            out.push(("named after what it contains", 1.0));
        }
        if let Some(asked) = group.asked {
            out.push((
                if asked.fits(c.kind) {
                    "is what the type word asks for"
                } else {
                    "is not what the type word asks for"
                },
                1.0,
            ));
            if asked == Asked::District && c.kind == Kind::District
                || asked == Asked::Unit && c.kind == Kind::Unit
            {
                out.push(("is just what the type word asks for", 1.0));
            }
        } else if matches!(c.kind, Kind::District) {
            out.push(("second-order unit without a type word", 1.0));
        }
        let own = self.own[g][at];
        let units = (self.unit_votes(c) - own.0).max(0.0);
        let countries = (self.country_votes(c) - own.1).max(0.0);
        out.push(("share of what speaks for its unit", units / self.strongest_unit.max(1.0)));
        out.push(("what speaks for its unit", libm::log2(1.0 + units)));
        out.push(("share of what speaks for its country", countries / self.strongest_country.max(1.0)));
        out.push(("what speaks for its country", libm::log2(1.0 + countries)));
        if group.mentions.iter().any(|&m| self.names[m].role == Role::Actor)
            && (matches!(c.kind, Kind::Country | Kind::Unit) || c.feature == "PPLC")
        {
            let speaks = group.mentions.iter().any(|&m| self.names[m].speaks);
            let what = match (speaks, c.feature == "PPLC") {
                (true, true) => "capital, and speaks or decides",
                (true, false) => "country or unit, and speaks or decides",
                (false, true) => "capital, and describes an office",
                (false, false) => "country or unit, and describes an office",
            };
            out.push((what, 1.0));
        }
        if let Some(home) = self.home {
            let d = distance_km(home, c.position);
            out.push((
                if d < 80.0 {
                    "by home"
                } else if d < 300.0 {
                    "near home"
                } else {
                    "far from home"
                },
                1.0,
            ));
        }
        out
    }

    /// What the picks for the other groups say.
    fn chosen_elsewhere(&self, g: usize, c: &Candidate, picks: &[Option<usize>], out: &mut Evidence) {
        let mut nearest = f64::INFINITY;
        let (mut same_unit, mut same_country, mut inside, mut others, mut unit_named, mut country_named) =
            (0.0, 0.0, 0.0, 0.0, false, false);
        let mut close = 0.0;
        let mut countries: Vec<[u8; 2]> = Vec::new();
        let mut units = 0;
        let reach = g.saturating_sub(REACH)..picks.len().min(g + REACH);
        for (o, pick) in reach.clone().zip(&picks[reach]) {
            let Some(pick) = pick.filter(|_| o != g) else { continue };
            let other = &self.groups[o].candidates[pick];
            if other.id == c.id {
                continue;
            }
            others += 1.0;
            if let Some(country) =
                other.country.filter(|k| other.kind == Kind::Country && !countries.contains(k))
            {
                countries.push(country);
            }
            units += usize::from(other.kind == Kind::Unit && other.country == c.country);
            same_unit +=
                f64::from(u8::from(other.unit.is_some() && other.unit == c.unit && other.kind != Kind::Unit));
            same_country += f64::from(u8::from(other.country.is_some() && other.country == c.country));
            inside += f64::from(u8::from(lies_in(other, c)));
            unit_named |= other.kind == Kind::Unit && c.unit == Some(other.id);
            country_named |= other.kind == Kind::Country && c.country == other.country;
            if !matches!(other.kind, Kind::Country | Kind::Unit | Kind::Continent | Kind::Sea | Kind::Region)
            {
                // What is farther adds nothing.
                if (c.position.lat - other.position.lat).abs() * DEGREE_KM > FAR_KM {
                    continue;
                }
                let d = c.km_to(other);
                nearest = nearest.min(d);
                close += libm::exp(-d / 100.0);
            }
        }
        // A text of many countries means the best known place of a name.
        let world = (countries.len().min(6) as f64) / 6.0;
        let top = self.groups[g].candidates.iter().map(|x| x.prominence).fold(0.0, f64::max);
        out.push((
            "prominence below the most prominent, in a text of many countries",
            world * (top - c.prominence),
        ));
        if c.feature == "PPLC" {
            out.push(("capital, in a text of many countries", world));
        }
        let namesake = |x: &Candidate| match c.kind {
            Kind::Unit => x.kind == Kind::City && x.unit == Some(c.id),
            Kind::City => x.kind == Kind::Unit && c.unit == Some(x.id),
            _ => false,
        };
        if self.groups[g].candidates.iter().any(namesake) {
            out.push((
                match (c.kind == Kind::Unit, units > 0, inside > 0.0) {
                    (true, true, _) => "unit with a namesake town, other units named",
                    (true, false, true) => "unit with a namesake town, places inside named",
                    (true, false, false) => "unit with a namesake town",
                    _ => "town of a namesake unit",
                },
                1.0,
            ));
        }
        if others > 0.0 {
            out.push(("share of places in its unit", same_unit / others));
            out.push(("share of places in its country", same_country / others));
            out.push(("places inside it", libm::log2(1.0 + inside)));
        }
        out.push(("places close by", libm::log2(1.0 + close)));
        if unit_named {
            out.push(("its unit is named", 1.0));
        }
        if country_named {
            out.push(("its country is named", 1.0));
        }
        out.push((
            match nearest {
                d if d < 30.0 => "a place within 30 km",
                d if d < 100.0 => "a place within 100 km",
                d if d < 300.0 => "a place within 300 km",
                d if d < 1000.0 => "a place within 1,000 km",
                _ => "no place within 1,000 km",
            },
            1.0,
        ));
    }

    fn weigh(&self, g: usize, alone: &[f64], picks: &[Option<usize>]) -> Choice {
        let n = self.groups[g].candidates.len();
        if n < 2 {
            return Choice { order: (0..n).collect(), shares: vec![1.0; n] };
        }
        let mut elsewhere = Evidence::new();
        let scores: Vec<f64> = (0..n)
            .map(|at| {
                elsewhere.clear();
                self.chosen_elsewhere(g, &self.groups[g].candidates[at], picks, &mut elsewhere);
                alone[at] + weight(&elsewhere)
            })
            .collect();
        let top = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let powers: Vec<f64> = scores.iter().map(|s| libm::exp(s - top)).collect();
        let total: f64 = powers.iter().sum();
        let own: Vec<f64> = powers.iter().map(|p| p / total).collect();
        // A city, its unit and its port lie in one spot: what speaks for one speaks for the spot.
        let candidates = &self.groups[g].candidates;
        let shares: Vec<f64> = (0..n)
            .map(|a| {
                let spot = |b: &usize| *b == a || one_spot(&candidates[a], &candidates[*b]);
                (0..n).filter(spot).map(|b| own[b]).sum()
            })
            .collect();
        let mut order: Vec<usize> = (0..n).collect();
        order.sort_by(|&a, &b| {
            let rounded = |x: f64| (x * 1e6) as i64;
            rounded(shares[b]).cmp(&rounded(shares[a])).then(own[b].total_cmp(&own[a])).then(a.cmp(&b))
        });
        // The best of the best spot, not the one with the most neighbours.
        if let Some(&top) = order.first() {
            let near = |&b: &usize| one_spot(&candidates[top], &candidates[b]);
            let best = (0..n).filter(near).max_by(|&a, &b| own[a].total_cmp(&own[b]).then(b.cmp(&a)));
            if let Some(best) = best.map(|best| self.town_of_unit(g, best).unwrap_or(best)) {
                order.retain(|&a| a != best);
                order.insert(0, best);
            }
        }
        Choice { order, shares }
    }
}

impl Field<'_, '_> {
    /// The town that a unit is named after and that lies in it near its middle: who writes the bare name of
    /// both means the town. Not where the town is mostly called otherwise (Gaza City), nor where a type word asks
    /// for the unit, here or elsewhere in the text.
    fn town_of_unit(&self, g: usize, unit: usize) -> Option<usize> {
        let group = &self.groups[g];
        let unit = &group.candidates[unit];
        let asks = |other: &Group| other.asked.is_some_and(|asked| asked.fits(unit.kind));
        let same = |other: &&Group| other.candidates.iter().any(|c| c.id == unit.id);
        if !matches!(unit.kind, Kind::Unit | Kind::District) || self.groups.iter().filter(same).any(asks) {
            return None;
        }
        let is_its_town = |c: &Candidate| {
            c.kind == Kind::City
                && c.name_kind == NameKind::Usual
                && lies_in(c, unit)
                && c.km_to(unit) < NAMESAKE_KM
        };
        let prominence = |at: &usize| group.candidates[*at].prominence;
        let towns = (0..group.candidates.len()).filter(|&at| is_its_town(&group.candidates[at]));
        towns.max_by(|a, b| prominence(a).total_cmp(&prominence(b)).then(b.cmp(a)))
    }
}

/// Whether the inner candidate lies in the outer one, a country, unit or district.
pub fn lies_in(inner: &Candidate, outer: &Candidate) -> bool {
    inner.id != outer.id
        && match outer.kind {
            Kind::Country => {
                inner.kind != Kind::Country && inner.country.is_some() && inner.country == outer.country
            }
            Kind::Unit => inner.unit == Some(outer.id),
            Kind::District => inner.district == Some(outer.id),
            _ => false,
        }
}

fn best_by(candidates: usize, score: impl Fn(usize) -> f64) -> Option<usize> {
    let scores: Vec<f64> = (0..candidates).map(score).collect();
    (0..candidates).max_by(|&a, &b| scores[a].total_cmp(&scores[b]).then(b.cmp(&a)))
}

/// What the evidence weighs.
fn weight(evidence: &Evidence) -> f64 {
    let of = |what: &str| TABLE.weights.get(what).copied().unwrap_or(0.0);
    evidence.iter().map(|&(what, strength)| known(&WEIGHTS, what, || of(what)) * strength).sum()
}

/// What a group gives to the votes of the units and countries that it may lie in.
struct Votes {
    units: BTreeMap<EntryId, f64>,
    countries: BTreeMap<[u8; 2], f64>,
}

impl Votes {
    fn of(group: &Group) -> Self {
        let mut votes = Votes { units: BTreeMap::new(), countries: BTreeMap::new() };
        for candidate in &group.candidates {
            let strength = 0.3 + candidate.prominence;
            if let Some(unit) = candidate.unit {
                let best = votes.units.entry(unit).or_default();
                *best = best.max(strength);
            }
            if let Some(country) = candidate.country {
                let best = votes.countries.entry(country).or_default();
                *best = best.max(strength);
            }
        }
        let loud = 1.0 + libm::log2(group.mentions.len() as f64) * 0.5;
        shared(loud, &mut votes.units);
        shared(loud, &mut votes.countries);
        votes
    }
}

/// From the strengths of what is spoken for to the share that each gets, the louder the fewer they are.
fn shared<K>(loud: f64, strengths: &mut BTreeMap<K, f64>) {
    let total: f64 = strengths.values().map(|v| v * v).sum();
    strengths.values_mut().for_each(|v| *v = loud * *v * *v / total.max(1e-9));
}

/// Whether two candidates are one spot to the choice.
fn one_spot(a: &Candidate, b: &Candidate) -> bool {
    (a.position.lat - b.position.lat).abs() * DEGREE_KM <= SPOT_KM && a.km_to(b) < SPOT_KM
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_table_of_weights_reads() {
        assert!(super::TABLE.weights.len() > 20);
    }
}
