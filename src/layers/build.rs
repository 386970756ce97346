//! From a story to its layers.

use super::areas::area_of;
use super::landfall::landfall;
use super::{
    AreaFeature, End, Layers, Listed, MovementFeature, NoteFeature, PlaceFeature, Source, StatementFeature,
};
use crate::gazetteer::Gazetteer;
use crate::geometry::projection::wrap_lon;
use crate::geometry::{LonLat, geodesic};
use crate::movements::{Class, Lexicon, Mode, Movement, Stance};
use crate::places::{Place, PlaceKind, Precision};
use crate::report::Span;
use crate::routes::{self, Route};
use crate::story::Story;
use crate::world::World;
use std::collections::{BTreeMap, BTreeSet};

/// Whether a place is the capital of a country or territory: GeoNames' `PPLC`, the town itself and no part of it.
fn is_capital(place: &Place) -> bool {
    let entry = place.entry.as_deref().filter(|_| place.kind == PlaceKind::City && place.count.is_none());
    entry.zip(Gazetteer::embedded().ok()).is_some_and(|(key, gazetteer)| {
        gazetteer.by_key(key).is_some_and(|id| gazetteer.entry(id).feature == "PPLC")
    })
}

/// A story as typed map layers, in reading order.
pub fn from_story(story: &Story, world: &World) -> Layers {
    let builder = Builder::new(story, world);
    let movements = builder.movements();
    let areas = builder.areas(&movements, world);
    let places = builder.places(&movements);
    let statements = builder.statements();
    let mut layers = Layers { movements, places, areas, statements, notes: Vec::new() };
    layers.notes = notes(&layers, world);
    layers
}

struct Builder<'s> {
    story: &'s Story,
    world: &'s World,
    places: BTreeMap<&'s str, &'s Place>,
    /// The place behind the mover of each movement, where one is known.
    movers: BTreeMap<&'s str, &'s str>,
    actors: BTreeMap<&'s str, usize>,
}

impl<'s> Builder<'s> {
    fn new(story: &'s Story, world: &'s World) -> Self {
        let places = story.places.iter().map(|p| (p.id.as_str(), p)).collect();
        let movers = movers(story);
        let actors = actors(story, &movers);
        Builder { story, world, places, movers, actors }
    }

    fn movements(&self) -> Vec<MovementFeature> {
        let mut features: Vec<MovementFeature> = Vec::new();
        for movement in &self.story.movements {
            let from = self.ends(&movement.origin, &movement.origin_inferred);
            let to = self.ends(&movement.destination, &movement.destination_inferred);
            let pairs: Vec<(Option<End>, Option<End>)> = pairs(&from, &to);
            let several = pairs.len() > 1;
            for (i, (from, to)) in pairs.into_iter().enumerate() {
                features.push(self.movement(movement, from, to, i as u32 + 1, several));
            }
        }
        self.list(&mut features);
        number_badges(&mut features);
        features
    }

    /// Takes from the map what its legs, or finer tellings, draw better.
    fn list(&self, features: &mut [MovementFeature]) {
        let wholes: BTreeSet<String> =
            features.iter().filter(|f| f.is_drawn()).filter_map(|f| f.part_of.clone()).collect();
        let reasons: Vec<Option<Listed>> = features
            .iter()
            .map(|f| match f {
                _ if wholes.contains(&f.movement) => Some(Listed::Whole),
                _ if self.is_coarse(f, features) => Some(Listed::Coarse),
                _ => None,
            })
            .collect();
        for (feature, reason) in features.iter_mut().zip(reasons) {
            feature.listed = reason;
        }
    }

    /// Whether all stated ends are whole countries, each with a finer end of the same side and the same movers.
    fn is_coarse(&self, feature: &MovementFeature, features: &[MovementFeature]) -> bool {
        let country = |end: &End| self.places.get(end.place.as_str()).and_then(|p| p.country.as_deref());
        let stated: Vec<(bool, &End)> = [(true, &feature.from), (false, &feature.to)]
            .into_iter()
            .filter_map(|(from, end)| Some((from, end.as_ref().filter(|e| !e.inferred)?)))
            .collect();
        let kin = |other: &MovementFeature| {
            let mover = self.movers.get(feature.movement.as_str());
            other.movement != feature.movement
                && other.is_drawn()
                && (other.journey == feature.journey
                    || mover.is_some() && mover == self.movers.get(other.movement.as_str()))
        };
        !stated.is_empty()
            && stated.iter().all(|(from, end)| {
                end.precision == Precision::Country
                    && features.iter().filter(|other| kin(other)).any(|other| {
                        let finer = if *from { &other.from } else { &other.to };
                        finer
                            .as_ref()
                            .is_some_and(|f| f.precision != Precision::Country && country(f) == country(end))
                    })
            })
    }

    fn movement(
        &self,
        movement: &Movement,
        from: Option<End>,
        to: Option<End>,
        pair: u32,
        several: bool,
    ) -> MovementFeature {
        let route = from.as_ref().zip(to.as_ref()).and_then(|(from, to)| {
            let (a, b) = from.position.zip(to.position).filter(|(a, b)| a != b)?;
            let [a, b] = match movement.mode {
                Mode::Sea => [self.quay(from, a, b), self.quay(to, b, a)],
                _ => [a, b],
            };
            route(a, b, movement.mode, self.world)
        });
        MovementFeature {
            id: if several { format!("{}#{pair}", movement.id) } else { movement.id.clone() },
            movement: movement.id.clone(),
            part_of: movement.part_of.clone(),
            pair,
            alternative: several && movement.alternatives,
            journey: movement.journey,
            step: movement.step,
            badge: 0,
            actor: self.actors.get(movement.id.as_str()).copied().unwrap_or(0),
            who: movement.who.as_ref().map(|w| w.text.clone()),
            status: movement.status,
            class: movement.class,
            contested: movement.contested,
            mode: movement.mode,
            from,
            to,
            toward: movement.toward,
            quantity: movement.quantity.clone(),
            when: movement.when.clone(),
            route,
            background: movement.background,
            listed: None,
            source: self.source_of(movement),
        }
    }

    /// Where a ship's arrow meets an end: at the place itself, or at the coast of an area that faces `other`.
    fn quay(&self, end: &End, position: LonLat, other: LonLat) -> LonLat {
        let area = end.area.as_deref().and_then(|id| self.places.get(id));
        // Water off a coast is reached as it is.
        if area.is_some_and(|place| place.beside.is_some()) && self.world.water_grid().is_water(position) {
            return position;
        }
        let wide = area.filter(|place| matches!(place.precision, Precision::Country | Precision::Vague));
        let ground = wide.and_then(|place| area_of(place, &self.places, self.world));
        let middle = area.filter(|place| place.precision == Precision::Vague).map(|_| position);
        let coast = ground.and_then(|ground| landfall(&ground, other, middle, self.world.water_grid()));
        coast.unwrap_or(position)
    }

    /// The ends as stated, else as inferred. A country named beside a place in it says nothing more.
    fn ends(&self, stated: &[String], inferred: &[String]) -> Vec<End> {
        let (ids, inferred) = if stated.is_empty() { (inferred, true) } else { (stated, false) };
        let country = |id: &String| self.places.get(id.as_str()).and_then(|p| p.country.as_deref());
        let whole = |id: &String| self.places.get(id.as_str()).is_some_and(|p| p.kind == PlaceKind::Country);
        let finer = |id: &String| {
            ids.iter().any(|other| other != id && !whole(other) && country(other) == country(id))
        };
        ids.iter().filter(|id| !(whole(id) && finer(id))).filter_map(|id| self.end(id, inferred)).collect()
    }

    fn end(&self, id: &str, inferred: bool) -> Option<End> {
        let place = self.places.get(id)?;
        let home = self.drawn_as(place);
        Some(End {
            place: place.id.clone(),
            name: place.name.clone(),
            position: home.and_then(position),
            area: home.filter(|h| is_area(h)).map(|h| h.id.clone()),
            precision: if place.lon.is_some() { place.precision } else { Precision::Unplaced },
            radius_km: home.and_then(|h| h.radius_km),
            inferred,
        })
    }

    /// The place itself where it has a position, else the nearest container that has one.
    fn drawn_as(&self, place: &'s Place) -> Option<&'s Place> {
        let mut here = place;
        for _ in 0..4 {
            if position(here).is_some() {
                return Some(here);
            }
            here = self.places.get(here.within.as_deref()?)?;
        }
        None
    }

    fn areas(&self, movements: &[MovementFeature], world: &World) -> Vec<AreaFeature> {
        let mut areas: Vec<AreaFeature> = Vec::new();
        for movement in movements.iter().filter(|m| m.is_on_map()) {
            for end in [&movement.from, &movement.to].into_iter().flatten() {
                let Some(place) = end.area.as_deref().and_then(|id| self.places.get(id)) else { continue };
                let index = match areas.iter().position(|a| a.id == place.id) {
                    Some(index) => index,
                    None => {
                        areas.push(self.area(place, movement, world));
                        areas.len() - 1
                    }
                };
                if end.place != place.id
                    && let Some(inner) = self.places.get(end.place.as_str())
                {
                    let told = (inner.count.unwrap_or(1), inner.name.clone());
                    if !areas[index].unplaced.contains(&told) {
                        areas[index].unplaced.push(told);
                    }
                }
            }
        }
        areas
    }

    fn area(&self, place: &Place, movement: &MovementFeature, world: &World) -> AreaFeature {
        AreaFeature {
            id: place.id.clone(),
            name: place.name.clone(),
            kind: place.kind,
            vague: place.precision == Precision::Vague || place.kind == PlaceKind::Part,
            ground: area_of(place, &self.places, world),
            kernel: position(place),
            unplaced: Vec::new(),
            class: movement.class,
            actor: movement.actor,
            source: self.first_mention(&place.id),
        }
    }

    fn places(&self, movements: &[MovementFeature]) -> Vec<PlaceFeature> {
        let ends: BTreeSet<&str> = movements
            .iter()
            .filter(|m| m.is_on_map())
            .flat_map(|m| [&m.from, &m.to])
            .flatten()
            .map(|end| end.place.as_str())
            .collect();
        let feature = |p: &Place| PlaceFeature {
            id: p.id.clone(),
            name: p.name.clone(),
            kind: p.kind,
            position: position(p),
            precision: p.precision,
            radius_km: p.radius_km,
            country: p.country.clone(),
            entry: p.entry.clone(),
            capital: is_capital(p),
            count: p.count,
            within: p.within.clone(),
            is_end: ends.contains(p.id.as_str()),
            source: self.first_mention(&p.id),
        };
        self.story.places.iter().map(feature).collect()
    }

    fn statements(&self) -> Vec<StatementFeature> {
        let mut statements = Vec::new();
        for claim in &self.story.claims {
            let Some(place) = claim.said_at.as_deref().and_then(|id| self.places.get(id)) else { continue };
            statements.push(StatementFeature {
                id: claim.id.clone(),
                place: place.id.clone(),
                name: place.name.clone(),
                position: position(place),
                stance: claim.stance,
                about: claim.about.clone(),
                source: Source {
                    speaker: claim.speaker.clone(),
                    outlet: claim.outlet.clone(),
                    claim_ids: vec![claim.id.clone()],
                    ..self.words(&claim.span)
                },
            });
        }
        statements
    }

    /// The leading claim of a movement (the first that asserts it), else the clause that tells it.
    fn source_of(&self, movement: &Movement) -> Source {
        let claims: Vec<_> = self.story.claims.iter().filter(|c| movement.claims.contains(&c.id)).collect();
        let leading = claims.iter().find(|c| c.stance == Stance::Asserts).or(claims.first());
        let span =
            leading.map(|c| c.span).or(movement.evidence.first().copied()).unwrap_or(movement.trigger.span);
        Source {
            speaker: leading.and_then(|c| c.speaker.clone()),
            outlet: leading.and_then(|c| c.outlet.clone()),
            claim_ids: movement.claims.clone(),
            ..self.words(&span)
        }
    }

    fn first_mention(&self, place: &str) -> Source {
        let mention = self.story.mentions.iter().find(|m| m.place.as_deref() == Some(place));
        mention.map(|m| self.words(&m.span)).unwrap_or_default()
    }

    /// The words of a span and where they stand, in code points.
    fn words(&self, span: &Span) -> Source {
        let index = span.report.map_or(0, |key| usize::from(key.0));
        let Some(report) = self.story.reports.get(index) else { return Source::default() };
        let Some(quote) = report.text.get(span.start..span.end) else { return Source::default() };
        let char_start = report.text[..span.start].chars().count();
        Source {
            quote: Some(quote.to_owned()),
            report: Some(report.id.clone()),
            char_start: Some(char_start),
            char_end: Some(char_start + quote.chars().count()),
            ..Source::default()
        }
    }
}

/// The way between two positions; where the mode has none (a ship to an inland town), the schematic one.
fn route(a: LonLat, b: LonLat, mode: Mode, world: &World) -> Option<Route> {
    let plain = || {
        let mut plain = routes::route(a, b, Mode::Air).ok()?;
        (plain.mode, plain.schematic) = (mode, true);
        Some(plain)
    };
    let Ok(route) = routes::route(a, b, mode) else { return plain() };
    // lanes may miss a corner of an ocean: where the straight way is open water, no ship goes thrice as far
    let straight = geodesic::distance_km(a, b);
    let open = |p: &LonLat| world.water_grid().is_water(LonLat::new(wrap_lon(p.lon), p.lat));
    let detour = mode == Mode::Sea && route.length_km > 1.8 * straight;
    if detour && geodesic::between(a, b, 100)[4..97].iter().all(open) { plain() } else { Some(route) }
}

/// Every origin with every destination; a movement with one end, or none, still has one feature.
fn pairs(from: &[End], to: &[End]) -> Vec<(Option<End>, Option<End>)> {
    let optional = |ends: &[End]| -> Vec<Option<End>> {
        if ends.is_empty() { vec![None] } else { ends.iter().cloned().map(Some).collect() }
    };
    let to = optional(to);
    optional(from).into_iter().flat_map(|f| to.iter().map(move |t| (f.clone(), t.clone()))).collect()
}

/// Badges count the steps that the map tells, in order of journey and step.
fn number_badges(features: &mut [MovementFeature]) {
    let steps: BTreeSet<(u32, u32)> = features
        .iter()
        .filter(|f| f.is_on_map() && (f.from.is_some() || f.to.is_some()))
        .map(|f| (f.journey, f.step))
        .collect();
    let rank: BTreeMap<(u32, u32), u32> = steps.into_iter().zip(1..).collect();
    for feature in features {
        let rank = rank.get(&(feature.journey, feature.step)).filter(|_| feature.listed.is_none());
        feature.badge = rank.copied().unwrap_or(0);
    }
}

/// The place behind the actor of each movement. A movement whose mover has no such place goes with the others
/// of its journey; else soldiers who set out from the country of soldiers told of elsewhere are these.
fn movers(story: &Story) -> BTreeMap<&str, &str> {
    let place_of = |movement: &Movement| -> Option<&str> {
        let actor = movement.who.as_ref()?.actor.as_deref()?;
        story.mentions.iter().find(|m| m.id == actor)?.place.as_deref()
    };
    let mut by_journey: BTreeMap<u32, &str> = BTreeMap::new();
    for movement in &story.movements {
        if let Some(place) = place_of(movement) {
            by_journey.entry(movement.journey).or_insert(place);
        }
    }
    let country = |id: &str| story.places.iter().find(|p| p.id == id)?.country.as_deref();
    let armies: Vec<&str> =
        story.movements.iter().filter(|m| are_soldiers(m)).filter_map(&place_of).collect();
    let army = |movement: &Movement| {
        let mut from = movement.origin.iter().chain(&movement.origin_inferred).map(|id| country(id));
        let from = from.next().flatten().filter(|_| are_soldiers(movement))?;
        armies.iter().copied().find(|place| country(place) == Some(from))
    };
    let mover = |m: &Movement| place_of(m).or(by_journey.get(&m.journey).copied()).or_else(|| army(m));
    story.movements.iter().filter_map(|m| Some((m.id.as_str(), mover(m)?))).collect()
}

/// Whether soldiers move, by the words for them.
fn are_soldiers(movement: &Movement) -> bool {
    let military = &Lexicon::get().military;
    let is_one =
        |word: &str| military.contains(word) || word.strip_suffix('s').is_some_and(|w| military.contains(w));
    movement.who.as_ref().is_some_and(|who| who.text.to_lowercase().split(' ').any(is_one))
}

/// The index of those who move where only others are told by name.
const OTHERS: usize = 3;

/// Who moves, as an index by movement: peoples in order of first mention. Colours tell peoples from one another: where
/// one only is named, all have its colour, since the others may well be of it.
fn actors<'s>(story: &'s Story, movers: &BTreeMap<&'s str, &'s str>) -> BTreeMap<&'s str, usize> {
    let shown = || story.movements.iter().filter(|m| !m.background && m.class != Class::Denied);
    let mut order: Vec<&str> = Vec::new();
    for key in shown().filter_map(|movement| movers.get(movement.id.as_str())) {
        if !order.contains(key) {
            order.push(key);
        }
    }
    let actor = |movement: &Movement| match movers.get(movement.id.as_str()) {
        _ if order.len() < 2 => 0,
        Some(mover) => order.iter().position(|key| key == mover).unwrap_or(OTHERS),
        None => OTHERS,
    };
    shown().map(|movement| (movement.id.as_str(), actor(movement))).collect()
}

fn position(place: &Place) -> Option<LonLat> {
    let point = LonLat::new(place.lon?, place.lat?);
    (point.is_valid() && place.precision != Precision::Unplaced).then_some(point)
}

fn is_area(place: &Place) -> bool {
    matches!(place.precision, Precision::Region | Precision::Country | Precision::Vague)
}

/// Notes on disputes that the story's ground touches.
fn notes(layers: &Layers, world: &World) -> Vec<NoteFeature> {
    super::areas::disputes_near(layers, world)
        .into_iter()
        .map(|(id, title, text)| NoteFeature { id: format!("note-dispute-{id}"), title, text })
        .collect()
}
