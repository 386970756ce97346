//! Candidates: for each name of the text the entries that it may mean.

use crate::gazetteer::{EntryId, Gazetteer, Kind, NameKind, fold};
use crate::geometry::projection::EARTH_RADIUS_KM;
use crate::geometry::{LonLat, geodesic};
use crate::mentions::names::{NameMention, Role};
use std::collections::BTreeMap;

/// An entry that a name may mean, with what the choice needs of it.
#[derive(Debug, Clone)]
pub struct Candidate<'g> {
    /// The entry.
    pub id: EntryId,
    /// What sort of place it is.
    pub kind: Kind,
    /// Where it is.
    pub position: LonLat,
    /// The same on a sphere of radius 1.
    pub direction: [f64; 3],
    /// Its country, by its two letters of ISO 3166-1.
    pub country: Option<[u8; 2]>,
    /// Its first-level unit (itself, where it is one).
    pub unit: Option<EntryId>,
    /// Its second-level unit (itself, where it is one).
    pub district: Option<EntryId>,
    /// Inhabitants.
    pub population: u32,
    /// How prominent it is, in hundreds.
    pub prominence: f64,
    /// GeoNames feature code.
    pub feature: &'g str,
    /// How the name stands to it.
    pub name_kind: NameKind,
    /// How well known the name is for it.
    pub rank: u8,
}

/// All mentions of one name, which mean one place.
#[derive(Debug)]
pub struct Group<'g> {
    /// The mentions, by index, in text order.
    pub mentions: Vec<usize>,
    /// What they may mean, most prominent first.
    pub candidates: Vec<Candidate<'g>>,
    /// The sort of place that a type word asks for.
    pub asked: Option<Asked>,
}

/// The sort of place that a type word asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Asked {
    /// A county, parish, district.
    District,
    /// A state, province, oblast, region.
    Unit,
    /// A city, town or village.
    Settlement,
    /// A sea, lake, river, bay.
    Water,
    /// An island.
    Island,
    /// A mountain, valley, peninsula, desert.
    Land,
    /// An airport.
    Airport,
}

impl Asked {
    /// What a type word asks for.
    pub fn by(type_word: &str) -> Option<Asked> {
        Some(match type_word {
            "county" | "counties" | "parish" | "district" | "township" | "twp" | "borough" | "raion"
            | "department" | "municipality" => Asked::District,
            "state" | "province" | "provinces" | "oblast" | "region" | "regions" | "krai" | "governorate"
            | "prefecture" | "territory" | "voivodeship" | "canton" | "republic" | "emirate" => Asked::Unit,
            "city" | "town" | "village" => Asked::Settlement,
            "river" | "rivers" | "creek" | "lake" | "lakes" | "sea" | "ocean" | "bay" | "gulf" | "strait"
            | "straits" | "channel" | "sound" | "canal" | "reservoir" | "lagoon" | "inlet" | "fjord" => {
                Asked::Water
            }
            "island" | "islands" | "isle" | "isles" | "atoll" | "archipelago" => Asked::Island,
            "mountain" | "mountains" | "mount" | "mt" | "peak" | "volcano" | "hills" | "range" | "valley"
            | "peninsula" | "desert" | "plateau" | "basin" | "delta" | "highlands" | "cape" | "glacier"
            | "gorge" | "canyon" | "steppe" => Asked::Land,
            "airport" => Asked::Airport,
            _ => return None,
        })
    }

    /// Whether a kind of entry is what is asked for.
    pub fn fits(self, kind: Kind) -> bool {
        match self {
            Asked::District => matches!(kind, Kind::District | Kind::Unit),
            Asked::Unit => matches!(kind, Kind::Unit | Kind::District | Kind::Region | Kind::Country),
            Asked::Settlement => matches!(kind, Kind::City | Kind::Quarter),
            Asked::Water => matches!(kind, Kind::Sea | Kind::Strait | Kind::Lake | Kind::River),
            Asked::Island => matches!(kind, Kind::Island | Kind::Country | Kind::Unit),
            Asked::Land => matches!(kind, Kind::Mountain | Kind::Region),
            Asked::Airport => matches!(kind, Kind::Airport | Kind::Base),
        }
    }
}

/// Most candidates looked at for one name.
const MOST: usize = 80;

/// Groups the names of a text and collects what each may mean.
pub fn groups<'g>(names: &[NameMention], gazetteer: &'g Gazetteer) -> Vec<Group<'g>> {
    let mut by_key: BTreeMap<(String, Option<Asked>, bool), usize> = BTreeMap::new();
    let mut groups: Vec<Group<'g>> = Vec::new();
    for (index, name) in names.iter().enumerate() {
        let asked = name.type_word.as_deref().and_then(Asked::by);
        let key = (fold(&name.lookup), asked, name.role == Role::Demonym);
        let group = *by_key.entry(key).or_insert_with(|| {
            groups.push(Group { mentions: Vec::new(), candidates: candidates(name, gazetteer), asked });
            groups.len() - 1
        });
        groups[group].mentions.push(index);
    }
    groups
}

fn candidates<'g>(name: &NameMention, gazetteer: &'g Gazetteer) -> Vec<Candidate<'g>> {
    let mut all: Vec<Candidate> = Vec::new();
    let only_codes = name.found.iter().all(|f| f.name_kind == NameKind::Code);
    for found in name.found.iter().filter(|f| only_codes || f.name_kind != NameKind::Code).take(MOST) {
        if all.iter().any(|c| c.id == found.entry) {
            continue;
        }
        let entry = gazetteer.entry(found.entry);
        all.push(Candidate {
            id: found.entry,
            kind: entry.kind,
            position: entry.position,
            direction: geodesic::direction(entry.position),
            country: entry.country.and_then(|code| code.as_bytes().try_into().ok()),
            unit: if entry.kind == Kind::Unit { Some(found.entry) } else { entry.unit },
            district: if entry.kind == Kind::District { Some(found.entry) } else { entry.district },
            population: entry.population,
            prominence: f64::from(gazetteer.prominence(found.entry)) / 100.0,
            feature: entry.feature,
            name_kind: found.name_kind,
            rank: found.rank,
        });
    }
    all
}

impl Candidate<'_> {
    /// Great-circle distance in kilometres: from the chord, as many are asked for.
    pub fn km_to(&self, other: &Candidate) -> f64 {
        let square: f64 = self.direction.iter().zip(other.direction).map(|(a, b)| (a - b) * (a - b)).sum();
        2.0 * EARTH_RADIUS_KM * libm::asin((libm::sqrt(square) / 2.0).min(1.0))
    }
}
