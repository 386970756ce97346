//! Names and words of the story on the map: areas, what arrows carry, forks, where statements were made.

use super::arrows::{at, distance, length};
use super::fonts::{self, Face};
use super::labels::{Lettering, Room, name_lines};
use super::legs::Leg;
use super::marks::Mark;
use super::picture::{Painter, drawn_as_ring, named_sites};
use super::scene::{Group, Item, Role};
use super::style::Style;
use super::view::View;
use super::wording;
use crate::geometry::clip::Frame;
use crate::layers::{AreaFeature, PlaceFeature};
use geo::Coord;
use std::collections::BTreeSet;

/// So often the names are placed anew, those that found no room first.
const TRIES: usize = 4;
/// A leader that is longer leads too far off, px.
const FAR_OFF: f64 = 44.0;

/// The names as one try has placed them.
struct Try {
    group: Group,
    /// How many names and badges lie over something.
    forced: usize,
    /// How long all leaders are together, px.
    led: f64,
    /// Which names lie over something or far off.
    unhappy: Vec<usize>,
}

/// A name of the story that has its place on the map.
pub(super) struct StoryName {
    name: String,
    lines: Vec<String>,
    with: Lettering,
    /// What it names, and how far around that nothing is written, px.
    at: Coord<f64>,
    radius: f64,
    /// Whether it stands on the map even where it lies over something.
    must: bool,
    /// Whether it can stand anywhere in an area: badges come before it.
    is_of_area: bool,
}

impl Painter<'_> {
    /// The name of a node or ring.
    pub(super) fn point_name(
        &self,
        name: &str,
        at: Coord<f64>,
        radius: f64,
        must: bool,
        view: &View,
    ) -> StoryName {
        let with = self.place_lettering();
        let lines = name_lines(name, &with, &view.frame);
        StoryName { name: name.to_owned(), lines, with, at, radius, must, is_of_area: false }
    }

    /// The name of an area, and of places in it that nobody placed.
    pub(super) fn area_names(
        &self,
        area: &AreaFeature,
        rings: &[Vec<Coord<f64>>],
        view: &View,
        holes: &[Frame],
    ) -> Vec<StoryName> {
        let Some(at) = area.kernel.map(|k| view.place(k)) else { return Vec::new() };
        if holes.iter().any(|h| h.contains(at.x, at.y)) || !view.frame.contains(at.x, at.y) {
            return Vec::new();
        }
        let text = &Style::embedded().text;
        let label = self.ink.palette.label;
        let with = if area.vague {
            self.lettering(Role::Story, Face::SemiBoldItalic, text.vague, label, 3.0)
        } else {
            self.lettering(Role::Story, Face::SemiBold, text.place, label, 3.0)
        };
        let lines = name_lines(&area.name, &with, &view.frame);
        let radius = if drawn_as_ring(area, rings, view) { 10.0 } else { 14.0 };
        let must = view.frame.width() > 240.0;
        let mut names =
            vec![StoryName { name: area.name.clone(), lines, with, at, radius, must, is_of_area: true }];
        for (count, name) in &area.unplaced {
            let with = self.lettering(Role::Story, Face::Italic, text.vague, label, 3.0);
            let name_words = wording::capital(name);
            let unnamed = *count > 1 || name.chars().next().is_some_and(char::is_lowercase);
            let first = if unnamed { format!("{name_words},") } else { name_words };
            let mut lines = fonts::wrap(with.face, with.size, &first, 170.0);
            if unnamed {
                lines.push(if *count > 1 { "places not named" } else { "place not named" }.to_owned());
            }
            let (name, must) = (name.clone(), !self.narrow);
            names.push(StoryName { name, lines, with, at, radius: 14.0, must, is_of_area: true });
        }
        names
    }

    /// Places the story's names and the badges of its steps. Where a name finds no room, or only far off, all are placed
    /// anew with it first; the try is kept in which the fewest lie over something, and of those the one with the shortest
    /// leaders.
    pub(super) fn name_story(
        &self,
        names: &[StoryName],
        legs: &[Leg],
        marks: &[Mark],
        bare: &Room,
    ) -> (Group, Room) {
        let mut first: Vec<usize> = Vec::new();
        let mut best: Option<(Try, Room)> = None;
        for _ in 0..TRIES {
            let mut room = bare.clone();
            let tried = self.try_names(names, &first, legs, marks, &mut room);
            let before = first.len();
            let unhappy: Vec<usize> =
                tried.unhappy.iter().filter(|name| !first.contains(name)).copied().collect();
            first.splice(0..0, unhappy);
            if best.as_ref().is_none_or(|(best, _)| (tried.forced, tried.led) < (best.forced, best.led)) {
                best = Some((tried, room));
            }
            if first.len() == before {
                break;
            }
        }
        best.map_or_else(|| (Group::new("labels"), bare.clone()), |(best, room)| (best.group, room))
    }

    /// One try, with these names first.
    fn try_names(
        &self,
        names: &[StoryName],
        first: &[usize],
        legs: &[Leg],
        marks: &[Mark],
        room: &mut Room,
    ) -> Try {
        let mut tried = Try { group: Group::new("labels"), forced: 0, led: 0.0, unhappy: Vec::new() };
        let place = |which: &mut dyn Iterator<Item = usize>, tried: &mut Try, room: &mut Room| {
            for index in which {
                let StoryName { name, lines, with, at, radius, must, .. } = &names[index];
                if let Some(placed) = room.beside(*at, *radius, lines, with, *must) {
                    let led = placed.leader.map_or(0.0, |[a, b]| distance(a, b));
                    tried.forced += usize::from(placed.is_forced);
                    tried.led += led;
                    tried.unhappy.extend((placed.is_forced || led > FAR_OFF).then_some(index));
                    self.put(placed, name, &mut tried.group, room);
                }
            }
        };
        let later = |of_area: bool| {
            (0..names.len())
                .filter(move |index| !first.contains(index) && names[*index].is_of_area == of_area)
        };
        place(&mut first.iter().copied(), &mut tried, room);
        // Badges can stand anywhere along their arrows, names only beside their places: names come first.
        place(&mut later(false), &mut tried, room);
        tried.forced += self.badges(legs, marks, &mut tried.group, room);
        place(&mut later(true), &mut tried, room);
        tried
    }

    /// By what means and when, beside the middle of an arrow; `told` is what other arrows have said.
    pub(super) fn leg_label(
        &self,
        leg: &Leg,
        told: &mut BTreeSet<(u32, String)>,
        group: &mut Group,
        room: &mut Room,
        dropped: &mut Vec<(Role, String)>,
    ) {
        let feature = &self.layers.movements[leg.features[0]];
        let mut words: Vec<String> = Vec::new();
        words.extend(wording::mode_words(feature.mode).map(str::to_owned));
        words.extend(
            feature.when.as_ref().map(|w| wording::within_line(&w.text)).filter(|t| t.chars().count() <= 28),
        );
        let words = words.join(", ");
        if words.is_empty() || self.narrow || self.crowded() || length(&leg.spine) < 60.0 {
            return;
        }
        // Two arrows of one step are told once.
        if !told.insert((feature.badge, words.clone())) {
            return;
        }
        let with = self.lettering(
            Role::Arrow,
            Face::SemiBold,
            Style::embedded().text.arrow,
            self.ink.palette.label,
            3.0,
        );
        let lines = fonts::wrap(with.face, with.size, &words, 140.0);
        let whole = length(&leg.spine);
        let badge = room.kept.iter().find(|k| k.0 == format!("badge {}", feature.badge)).map(|k| k.1);
        if let Some([x0, y0, x1, y1]) = badge {
            let c = Coord { x: f64::from(x0 + x1) / 2.0, y: f64::from(y0 + y1) / 2.0 };
            if let Some(placed) = room.beside(c, f64::from(x1 - x0) / 2.0, &lines, &with, false) {
                self.put(placed, &words, group, room);
                return;
            }
        }
        for share in [0.5, 0.35, 0.65, 0.25, 0.75] {
            let (c, _) = at(&leg.spine, whole * share);
            if let Some(placed) = room.beside(c, 6.0, &lines, &with, false) {
                self.put(placed, &words, group, room);
                return;
            }
        }
        dropped.push((Role::Arrow, words));
    }

    pub(super) fn or_labels(&self, legs: &[Leg], group: &mut Group, room: &mut Room) {
        let with = self.lettering(Role::Arrow, Face::SemiBoldItalic, [13.0; 3], self.ink.palette.label, 3.0);
        for leg in legs.iter().filter(|l| l.or) {
            let split =
                leg.trunk.as_ref().and_then(|t| t.last()).or(leg.lines[0].get(leg.lines[0].len() / 2));
            let Some(split) = split.copied() else { continue };
            // between the branches when there is room, else beside the split
            let ends: Vec<Coord<f64>> =
                leg.lines.iter().filter(|l| l.len() > 1).map(|l| at(l, length(l) * 0.55).0).collect();
            let n = ends.len().max(1) as f64;
            let between = Coord {
                x: ends.iter().map(|c| c.x).sum::<f64>() / n,
                y: ends.iter().map(|c| c.y).sum::<f64>() / n,
            };
            let middles = [between, Coord { x: (between.x + split.x) / 2.0, y: (between.y + split.y) / 2.0 }];
            let words = ["or".to_owned()];
            let placed = if leg.trunk.is_some() { room.around(middles, &words, &with) } else { None };
            if let Some(placed) = placed.or_else(|| room.beside(split, 6.0, &words, &with, true)) {
                self.put(placed, "or", group, room);
            }
        }
    }

    /// The sites that a story without movements names, the first named first; those that find no room stay nameless.
    pub(super) fn sites(&self, view: &View, nodes: &mut Group, labels: &mut Group, room: &mut Room) {
        let with = self.place_lettering();
        let radius = f64::from(Style::embedded().node.radius);
        let on_view: Vec<(&PlaceFeature, Coord<f64>)> = named_sites(self.layers)
            .filter_map(|site| Some((site, view.place(site.position?))))
            .filter(|(_, c)| view.frame.grown(-radius).contains(c.x, c.y))
            .collect();
        for (site, c) in &on_view {
            self.draw_node(&site.id, &site.name, *c, nodes);
            room.keep(&site.name, Frame::new(c.x - radius, c.y - radius, c.x + radius, c.y + radius));
        }
        for (site, c) in on_view {
            if let Some(placed) =
                room.beside(c, radius, &name_lines(&site.name, &with, &view.frame), &with, false)
            {
                self.put(placed, &site.name, labels, room);
            }
        }
    }

    /// Quotation marks where statements were made, never joined to arrows.
    pub(super) fn statement_marks(
        &self,
        view: &View,
        nodes: &mut Group,
        labels: &mut Group,
        room: &mut Room,
    ) {
        let mut done: BTreeSet<&str> = BTreeSet::new();
        let with = self.city_lettering();
        for statement in &self.layers.statements {
            let Some(c) = statement.position.map(|p| view.place(p)) else { continue };
            if !done.insert(&statement.place) || !room.frame.grown(-8.0).contains(c.x, c.y) {
                continue;
            }
            let mark = self.lettering(Role::Words, Face::Bold, [18.0; 3], self.ink.palette.muted, 2.5);
            let frame = Frame::new(c.x - 4.0, c.y - 8.0, c.x + 5.0, c.y + 4.0);
            let texts = super::labels::set(&["“".to_owned()], &mark, frame, super::scene::Anchor::Start);
            nodes.items.extend(texts.into_iter().map(Item::Text));
            room.take(frame);
            if let Some(placed) = room.beside(c, 5.0, std::slice::from_ref(&statement.name), &with, false) {
                labels.items.extend(placed.into_items(self.ink.palette));
            }
        }
    }
}
