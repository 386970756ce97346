//! Resolution: names in, mentions and places out, one place for each referent of the text.

use super::areas;
use super::candidates::{self, Asked, Group};
use super::choice::{Choice, Field};
use super::phrases::{self, Phrase, Turn};
use super::place;
use super::{Beside, Place, PlaceKind, Precision};
use crate::gazetteer::{EntryId, Gazetteer, Kind};
use crate::geometry::{LonLat, geodesic};
use crate::mentions::names::{Form, NameMention, Names, Role};
use crate::mentions::{Mention, MentionKind};
use crate::report::{Remark, Report, Span};
use crate::world::World;
use std::collections::BTreeMap;

/// What the reader wants of the resolution.
#[derive(Default, Clone, Copy)]
pub struct ResolveOptions<'w> {
    /// Where the outlet writes for: breaks ties that the text leaves open.
    pub home: Option<LonLat>,
    /// Whether demonyms are mentions too.
    pub demonyms: bool,
    /// Outlines for the compass parts; boxes serve without.
    pub world: Option<&'w World>,
}

/// The mentions of a report and what they mean.
#[derive(Debug, Clone, Default)]
pub struct Resolved {
    /// In text order; a phrase ("eastern Ukraine") stands before the name inside it.
    pub mentions: Vec<Mention>,
    /// In order of first mention.
    pub places: Vec<Place>,
    /// What is ambiguous or unknown.
    pub remarks: Vec<Remark>,
}

/// A mention before it has its id.
struct Draft {
    span: Span,
    kind: MentionKind,
    place: Option<usize>,
    reasons: Vec<String>,
}

/// Finds out what each name means.
pub fn resolve(report: &Report, names: &Names, gazetteer: &Gazetteer, options: &ResolveOptions) -> Resolved {
    let groups = candidates::groups(&names.names, gazetteer);
    let field = Field::new(&names.names, &groups, options.home);
    let choices = field.choose();
    let mut table = Table { gazetteer, options, places: Vec::new(), index: BTreeMap::new() };
    let phrases = phrases::phrases(names);
    let sites = phrases::sites(names, &phrases);
    let mut remarks = Vec::new();
    let mut drafts = Vec::new();

    let mut base: Vec<Option<usize>> = vec![None; names.names.len()];
    let mut towns: Vec<Option<EntryId>> = vec![None; names.names.len()];
    let picks: Vec<Option<usize>> = choices.iter().map(Choice::best).collect();
    for (g, group) in groups.iter().enumerate() {
        let first = &names.names[group.mentions[0]];
        let typed = group.asked.is_some() && has_small_type(&phrases, group.mentions[0]);
        let at = match choices[g].best() {
            Some(best) => {
                let evidence = field.evidence(g, best, &picks);
                let outer = group
                    .mentions
                    .iter()
                    .find_map(|&m| names.names[m].within)
                    .map(|o| names.names[o].lookup.as_str());
                let reasons = place::reasons(gazetteer, group, &choices[g], &evidence, outer);
                table.chosen(report, group, &choices[g], first, typed, reasons)
            }
            None => table.unknown(report, first),
        };
        if first.role != Role::Demonym {
            ambiguity(gazetteer, group, &choices[g], first, &mut remarks, report);
        }
        let town = town_of(group, &choices[g]);
        group.mentions.iter().for_each(|&m| (base[m], towns[m]) = (Some(at), town));
    }
    for (index, name) in names.names.iter().enumerate() {
        let Some(at) = base[index] else { continue };
        let kind = match name.role {
            Role::Ground => MentionKind::Toponym,
            Role::Actor => MentionKind::Actor,
            Role::Demonym => MentionKind::Demonym,
        };
        let around = phrases::of(&phrases, index);
        let mut kind = kind;
        let mut inner = at;
        for phrase in around {
            let place = match &phrase.turn {
                Turn::Typed => Some(at),
                Turn::Part(part) => table.part(report, at, phrase.span, part),
                Turn::By(words, km) => table.by(report, at, towns[index], phrase.span, (words, *km)),
                Turn::Border(words, other) => {
                    let other = other.map(|other| base[other]);
                    // Of two names the second means nothing: no border is known.
                    if other == Some(None) {
                        None
                    } else {
                        table.border(report, at, other.flatten(), words, phrase.span)
                    }
                }
            };
            if matches!(phrase.turn, Turn::Typed) && name.role == Role::Actor {
                continue;
            }
            if !matches!(phrase.turn, Turn::Typed) && kind == MentionKind::Actor {
                kind = MentionKind::Toponym;
            }
            if let Some(place) = place.filter(|_| phrase.span == name.span) {
                inner = place;
            } else if let Some(place) = place {
                drafts.push(Draft {
                    span: phrase.span,
                    kind: MentionKind::Toponym,
                    place: Some(place),
                    reasons: Vec::new(),
                });
            }
        }
        if name.role != Role::Demonym || options.demonyms {
            drafts.push(Draft { span: name.span, kind, place: Some(inner), reasons: name.reasons.clone() });
        }
    }
    for site in &sites {
        let part = phrases::of(&phrases, site.name).iter().find(|p| !matches!(p.turn, Turn::Typed));
        let within = part
            .and_then(|p| drafts.iter().find(|d| d.span == p.span))
            .and_then(|d| d.place)
            .or(base[site.name]);
        let at = table.sites(report, site.span, site.count, &site.head, within);
        drafts.push(Draft {
            span: site.span,
            kind: MentionKind::Toponym,
            place: Some(at),
            reasons: Vec::new(),
        });
    }
    let (mentions, places) = number(report, drafts, table.places);
    for place in &places {
        if place.precision == Precision::Unplaced
            && place.count.is_none()
            && let Some(mention) = mentions.iter().find(|m| m.place.as_deref() == Some(&place.id))
        {
            let message = format!("No position is known for \"{}\": it is listed, not drawn.", place.name);
            remarks.push(Remark::new("unplaced", mention.span, message));
        }
    }
    remarks.sort();
    remarks.dedup();
    Resolved { mentions, places, remarks }
}

/// The town that bears the name of the unit that was chosen, and lies in it: "near Kharkiv", "12 miles north of
/// Aleppo" are told from towns, where no type word says otherwise.
fn town_of(group: &Group, choice: &Choice) -> Option<EntryId> {
    let unit = &group.candidates[choice.best()?];
    let is_town = |at: &&usize| {
        let town = &group.candidates[**at];
        town.kind == Kind::City
            && town.country == unit.country
            && (town.unit == Some(unit.id) || geodesic::distance_km(town.position, unit.position) < 50.0)
    };
    if group.asked.is_some() || !matches!(unit.kind, Kind::Unit | Kind::District) {
        return None;
    }
    choice.order.iter().find(is_town).map(|&at| group.candidates[at].id)
}

/// Whether a type word in small letters follows the mention.
fn has_small_type(phrases: &[Phrase], mention: usize) -> bool {
    phrases::of(phrases, mention).iter().any(|p| p.turn == Turn::Typed)
}

/// Says so where a rival comes near.
fn ambiguity(
    gazetteer: &Gazetteer,
    group: &Group,
    choice: &Choice,
    first: &NameMention,
    remarks: &mut Vec<Remark>,
    report: &Report,
) {
    let Some(best) = choice.best().filter(|&best| choice.shares[best] < 0.6) else { return };
    let a = &group.candidates[best];
    let far = |&&at: &&usize| geodesic::distance_km(a.position, group.candidates[at].position) >= 100.0;
    let Some(&rival) = choice.order.iter().find(far) else { return };
    let b = &group.candidates[rival];
    let message = format!(
        "\"{}\" was taken for {}; it may be {}.",
        first.span.of(&report.text),
        place::full_name(gazetteer, a.id),
        place::full_name(gazetteer, b.id),
    );
    remarks.push(Remark::new("ambiguous-place", first.span, message));
}

/// What makes two places the same.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Entry(u32),
    Around(u32, &'static str),
    Part(usize, String),
    Unknown(String),
}

struct Table<'a, 'g> {
    gazetteer: &'g Gazetteer,
    options: &'a ResolveOptions<'a>,
    places: Vec<Place>,
    index: BTreeMap<Key, usize>,
}

impl Table<'_, '_> {
    fn put(&mut self, key: Key, make: impl FnOnce(&mut Self) -> Place) -> usize {
        if let Some(&at) = self.index.get(&key) {
            return at;
        }
        let place = make(self);
        self.places.push(place);
        self.index.insert(key, self.places.len() - 1);
        self.places.len() - 1
    }

    /// The place of a group that has candidates.
    fn chosen(
        &mut self,
        report: &Report,
        group: &Group,
        choice: &Choice,
        first: &NameMention,
        typed: bool,
        reasons: Vec<String>,
    ) -> usize {
        let best = choice.best().expect("the group has candidates");
        let candidate = &group.candidates[best];
        let id = candidate.id;
        let score = place::round(choice.shares[best] * f64::from(first.probability.clamp(0.5, 1.0)));
        let rivals = place::rivals(self.gazetteer, group, choice);
        // "the Wonsan region": a region around a town whose name no unit bears.
        let around = typed
            && matches!(group.asked, Some(Asked::Unit | Asked::District))
            && matches!(candidate.kind, Kind::City | Kind::Quarter | Kind::Port);
        // A natural feature with the name of something else ("Turtle Creek", "Ural River") is not that.
        let other_feature = first.form == Form::Typed
            && group.asked.is_some_and(|a| {
                matches!(a, Asked::Water | Asked::Land | Asked::Island | Asked::Airport)
                    && !a.fits(candidate.kind)
                    && (a != Asked::Airport)
            });
        if other_feature {
            // "Union Glacier" is not "Union": the words as they stand.
            let name = words_of(report, first.span);
            let asked = group.asked;
            return self.put(Key::Unknown(crate::gazetteer::fold(&name)), |_| {
                let kind = match asked {
                    Some(Asked::Water) => PlaceKind::Water,
                    Some(Asked::Island) => PlaceKind::Island,
                    _ => PlaceKind::Other,
                };
                place::unplaced(&name, kind, "the gazetteer has no such feature of this name")
            });
        }
        if around {
            let type_word = first.type_word.clone().unwrap_or_default();
            return self.put(Key::Around(id.0, "region"), |table| {
                let mut place = place::from_entry(table.gazetteer, id);
                place.name = format!("{} {}", place.name, type_word);
                place.kind = PlaceKind::Region;
                place.precision = Precision::Region;
                place.radius_km = Some(40.0);
                place.entry = None;
                place.bbox = None;
                place.score = score;
                place.reasons = reasons;
                place.reasons.push("no unit bears this name: the surroundings of the town".to_owned());
                place.rivals = rivals;
                place
            });
        }
        self.put(Key::Entry(id.0), |table| {
            let mut place = place::from_entry(table.gazetteer, id);
            place.score = score;
            place.reasons = reasons;
            place.rivals = rivals;
            place
        })
    }

    /// The place of a name that the gazetteer lacks.
    fn unknown(&mut self, report: &Report, name: &NameMention) -> usize {
        let words = words_of(report, name.span);
        let kind = match (name.form, name.type_word.as_deref().and_then(Asked::by)) {
            (Form::Facility, _) => PlaceKind::Building,
            (_, Some(Asked::Water)) => PlaceKind::Water,
            (_, Some(Asked::Island)) => PlaceKind::Island,
            (_, Some(Asked::District | Asked::Unit)) => PlaceKind::Region,
            (_, Some(Asked::Settlement)) => PlaceKind::City,
            _ => PlaceKind::Other,
        };
        let score = place::round(f64::from(name.probability) * 0.5);
        self.put(Key::Unknown(crate::gazetteer::fold(&words)), |_| {
            let mut place = place::unplaced(&words, kind, "the gazetteer does not have it");
            place.score = score;
            place
        })
    }

    /// "eastern Ukraine".
    fn part(&mut self, report: &Report, parent: usize, span: Span, part: &str) -> Option<usize> {
        let entry = self.places[parent].entry.clone()?;
        let id = self.gazetteer.by_key(&entry)?;
        let row = self.gazetteer.entry(id);
        let found = areas::part(self.options.world, &row, part)?;
        let name = span.of(&report.text).split_whitespace().collect::<Vec<_>>().join(" ");
        Some(self.put(Key::Part(parent, part.to_owned()), |table| Place {
            name,
            kind: PlaceKind::Part,
            lon: Some(found.point.lon),
            lat: Some(found.point.lat),
            precision: Precision::Vague,
            radius_km: Some((found.radius_km * 10.0).round() / 10.0),
            bbox: Some(found.bbox),
            entry: None,
            within: Some(parent.to_string()),
            part: Some(part.to_owned()),
            reasons: vec![format!("the {part} of {}", table.places[parent].name)],
            rivals: Vec::new(),
            ..table.places[parent].clone()
        }))
    }

    /// "near Kharkiv", "off the coast of Florida", "12 miles north of Aleppo".
    fn by(
        &mut self,
        report: &Report,
        parent: usize,
        town: Option<EntryId>,
        span: Span,
        (words, km): (&str, Option<f64>),
    ) -> Option<usize> {
        let mut near = self.places[parent].clone();
        if let Some(town) = town.filter(|_| !words.ends_with("coast")) {
            near = Place { score: near.score, ..place::from_entry(self.gazetteer, town) };
        }
        near.lon?;
        let mut name = words_of(report, span);
        if matches!(words, "near" | "outside" | "off") {
            name = format!("{words} {}", near.name);
        } else if words.starts_with("off") && !name.contains("off ") {
            name = format!("off the {name}");
        }
        let beside = near.entry.clone().map(|key| Beside { how: words.to_owned(), of: vec![key], km });
        let found =
            beside.as_ref().and_then(|beside| areas::beside(self.options.world, self.gazetteer, beside));
        let key = format!("{words} {}", km.unwrap_or_default());
        // Off a coast, or beyond a country, is no longer in it.
        let leaves =
            words.ends_with(" of") || words.starts_with("off") || words == "near" || words == "outside";
        let abroad = near.kind == PlaceKind::Country && leaves && !words.starts_with("off");
        Some(self.put(Key::Part(parent, key), |_| {
            let place = Place {
                name,
                kind: if near.kind == PlaceKind::Water && found.is_none() {
                    PlaceKind::Water
                } else {
                    PlaceKind::Region
                },
                precision: Precision::Vague,
                radius_km: Some(beside_radius(&near, km)),
                bbox: None,
                entry: None,
                within: None,
                reasons: vec![format!("{words} {}: not in it", near.name)],
                rivals: Vec::new(),
                ..near
            };
            match found {
                Some(found) => Place {
                    lon: Some(found.point.lon),
                    lat: Some(found.point.lat),
                    country: place.country.clone().filter(|_| !abroad),
                    radius_km: Some((found.radius_km * 10.0).round() / 10.0),
                    bbox: Some(found.bbox),
                    beside,
                    ..place
                },
                None => place,
            }
        }))
    }

    /// "the border between Syria and Iraq", "the Turkish border".
    fn border(
        &mut self,
        report: &Report,
        a: usize,
        b: Option<usize>,
        words: &str,
        span: Span,
    ) -> Option<usize> {
        let name = words_of(report, span);
        let sides: Vec<&Place> = [Some(a), b].into_iter().flatten().map(|at| &self.places[at]).collect();
        let of: Option<Vec<String>> = sides.iter().map(|side| side.entry.clone()).collect();
        let beside = of.map(|of| Beside { how: words.to_owned(), of, km: None });
        let found =
            beside.as_ref().and_then(|beside| areas::beside(self.options.world, self.gazetteer, beside));
        // A border of one place that has none with a country is no border of that kind.
        if found.is_none() && b.is_none() {
            return None;
        }
        let told: Vec<&str> = sides.iter().map(|side| side.name.as_str()).collect();
        let between = if b.is_some() { " between" } else { " of" };
        let reason = format!("the {words}{between} {}", told.join(" and "));
        let score = sides.iter().map(|side| side.score).fold(1.0, f64::min);
        Some(self.put(Key::Part(a, format!("{words} {}", b.map_or(-1, |b| b as i64))), |_| {
            let mut place = place::unplaced(&name, PlaceKind::Region, "a border between two places");
            place.reasons = vec![reason];
            if let Some(found) = found {
                place.lon = Some(found.point.lon);
                place.lat = Some(found.point.lat);
                place.precision = Precision::Vague;
                place.radius_km = Some((found.radius_km * 10.0).round() / 10.0);
                place.bbox = Some(found.bbox);
                place.beside = beside;
                place.score = score;
            }
            place
        }))
    }

    /// "three military training sites in eastern Russia".
    fn sites(
        &mut self,
        report: &Report,
        span: Span,
        count: Option<u32>,
        head: &str,
        within: Option<usize>,
    ) -> usize {
        let name = span.of(&report.text).split_whitespace().collect::<Vec<_>>().join(" ");
        let kind = match head {
            "base" | "barracks" | "airfield" | "outpost" => PlaceKind::Base,
            "village" | "town" | "city" | "settlement" => PlaceKind::City,
            "island" => PlaceKind::Island,
            "site" | "camp" | "facility" | "station" | "hospital" | "school" | "prison" | "plant"
            | "factory" | "port" | "airport" => PlaceKind::Building,
            "district" | "county" | "province" | "region" | "state" => PlaceKind::Region,
            _ => PlaceKind::Other,
        };
        let mut place = place::unplaced(&name, kind, "counted, and none of them named");
        place.count = count;
        place.within = within.map(|at| at.to_string());
        place.country = within.and_then(|at| self.places[at].country.clone());
        place.score = within.map_or(0.5, |at| self.places[at].score);
        self.places.push(place);
        self.places.len() - 1
    }
}

/// The words of a span with single spaces between.
fn words_of(report: &Report, span: Span) -> String {
    span.of(&report.text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How far what lies by a place may lie from its point, in kilometres, where the world has no ground for it.
fn beside_radius(near: &Place, km: Option<f64>) -> f64 {
    let radius = near.radius_km.unwrap_or(10.0);
    (radius + km.map_or((0.3 * radius).clamp(20.0, 150.0), |km| 1.25 * km)).round()
}

/// Gives mentions and places their ids in text order; drops places that no mention means.
fn number(report: &Report, mut drafts: Vec<Draft>, places: Vec<Place>) -> (Vec<Mention>, Vec<Place>) {
    drafts.sort_by_key(|d| (d.span.start, std::cmp::Reverse(d.span.end), d.place));
    drafts.dedup_by_key(|d| d.span);
    let mut ids: BTreeMap<usize, usize> = BTreeMap::new();
    for draft in &drafts {
        let mut next = draft.place;
        // A place that lies within another follows it.
        let mut chain = Vec::new();
        while let Some(at) = next {
            chain.push(at);
            next = places[at].within.as_ref().and_then(|w| w.parse().ok());
        }
        for at in chain.into_iter() {
            let n = ids.len() + 1;
            ids.entry(at).or_insert(n);
        }
    }
    let mut numbered: Vec<(usize, Place)> = ids
        .iter()
        .map(|(&at, &n)| {
            let mut place = places[at].clone();
            place.id = format!("p{n}");
            place.within =
                place.within.and_then(|w| w.parse::<usize>().ok()).map(|w| format!("p{}", ids[&w]));
            (n, place)
        })
        .collect();
    numbered.sort_by_key(|(n, _)| *n);
    let mentions = drafts
        .into_iter()
        .enumerate()
        .map(|(i, draft)| Mention {
            id: format!("m{}", i + 1),
            text: draft.span.of(&report.text).to_owned(),
            span: draft.span,
            kind: draft.kind,
            place: draft.place.map(|at| format!("p{}", ids[&at])),
            reasons: draft.reasons,
        })
        .collect();
    (mentions, numbered.into_iter().map(|(_, place)| place).collect())
}

/// One name with its candidates and their evidence, for learning the weights of the choice.
#[derive(Debug, serde::Serialize)]
pub struct Lesson {
    /// Where the name stands.
    pub span: Span,
    /// For each candidate: longitude, latitude, evidence.
    pub candidates: Vec<(f64, f64, Evidence)>,
}

/// What speaks for and against a candidate, each by its name in the table of weights.
pub type Evidence = Vec<(&'static str, f64)>;

/// The choices of a report as lessons: what `geodata/ranker/train.py` learns from.
pub fn lessons(names: &Names, gazetteer: &Gazetteer) -> Vec<Lesson> {
    let groups = candidates::groups(&names.names, gazetteer);
    let field = Field::new(&names.names, &groups, None);
    let picks = field.first_look();
    let mut lessons = Vec::new();
    for (g, group) in groups.iter().enumerate() {
        let candidates: Vec<_> = (0..group.candidates.len())
            .map(|at| {
                let position = group.candidates[at].position;
                (position.lon, position.lat, field.evidence(g, at, &picks))
            })
            .collect();
        for &mention in &group.mentions {
            lessons.push(Lesson { span: names.names[mention].span, candidates: candidates.clone() });
        }
    }
    lessons
}
