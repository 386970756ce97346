//! Steps by their numbers: badges on arrows, and rings at places where a step has no arrow to follow.

use super::arrows::{self, Line, at, distance, length};
use super::labels::Room;
use super::legs::Leg;
use super::panel;
use super::picture::{Painter, svg_id};
use super::scene::{Group, Item, Path, Shape, Stroke};
use super::story_names::StoryName;
use super::style::Style;
use super::view::{View, point};
use crate::geometry::clip::Frame;
use crate::layers::MovementFeature;
use geo::Coord;
use std::collections::BTreeSet;

/// Width of a ring's line, px.
const RING: f32 = 1.8;
/// A badge that stands no farther from its mark needs no leader, px.
const NEAR: f64 = 42.0;
/// What a leader costs: less than to lie over a name.
const LED: f64 = 12.0;
/// What each name costs that a leader runs through.
const STRIKES: f64 = 12.0;
/// What it costs to lie over a name or another badge: more than any leader.
const HIDES: f64 = 60.0;

/// A step that is numbered at a place.
pub(super) struct Mark<'p> {
    feature: &'p MovementFeature,
    end: &'p crate::layers::End,
    at: Coord<f64>,
    /// Whether a ring stands for the place, which nothing else shows.
    has_ring: bool,
}

impl Painter<'_> {
    /// Whether a movement is numbered at a place where it has no arrow.
    pub(super) fn is_marked(&self, feature: &MovementFeature) -> bool {
        feature.is_on_map() && feature.badge != 0 && self.shows(feature)
    }

    /// The steps that are numbered at a place: of which one end only is known, or whose arrow is too short to be
    /// followed. `is_drawn` tells the places that have a node or an area already.
    pub(super) fn marks(
        &self,
        short: &[Leg],
        view: &View,
        holes: &[Frame],
        is_drawn: impl Fn(&str) -> bool,
    ) -> Vec<Mark<'_>> {
        let too_short: BTreeSet<usize> = short.iter().flat_map(|leg| &leg.features).copied().collect();
        let mut marks: Vec<Mark> = Vec::new();
        for (index, feature) in self.layers.movements.iter().enumerate() {
            if !self.is_marked(feature) {
                continue;
            }
            let [from, to] = [&feature.from, &feature.to]
                .map(|end| end.as_ref().and_then(|end| Some((end, end.position?))));
            let (end, position) = match (from, to) {
                (Some(end), None) | (None, Some(end)) => end,
                (Some(_), Some(end)) if too_short.contains(&index) => end,
                _ => continue,
            };
            let at = view.place(position);
            let is_seen =
                view.frame.grown(-12.0).contains(at.x, at.y) && !holes.iter().any(|h| h.contains(at.x, at.y));
            if is_seen {
                // An area stands for the places in it that nobody placed: its diamonds count them.
                let is_shown = is_drawn(&end.place) || end.area.as_deref().is_some_and(&is_drawn);
                let has_ring = !is_shown && !marks.iter().any(|mark| mark.end.place == end.place);
                marks.push(Mark { feature, end, at, has_ring });
            }
        }
        marks
    }

    pub(super) fn draw_rings(&self, marks: &[Mark], group: &mut Group, room: &mut Room) {
        let ring = Style::embedded().node.ring;
        for mark in marks.iter().filter(|mark| mark.has_ring) {
            let color = self.ink.actor(mark.feature.actor);
            // As sure as an arrow would be: a line without gaps says confirmed.
            let dash = &Style::embedded().class(mark.feature.class).dash;
            group.items.push(Item::Shape(Shape {
                path: Path::circle(mark.at.x as f32, mark.at.y as f32, ring),
                fill: Some(color.at(0.12)),
                stroke: Some(arrows::dashed(color, RING, dash)),
                ..Shape::default()
            }));
            let r = f64::from(ring) + 1.0;
            room.take(Frame::new(mark.at.x - r, mark.at.y - r, mark.at.x + r, mark.at.y + r));
        }
    }

    /// The names of the rings.
    pub(super) fn ring_names(&self, marks: &[Mark], view: &View) -> Vec<StoryName> {
        let radius = f64::from(Style::embedded().node.ring);
        let ringed = marks.iter().filter(|mark| mark.has_ring);
        ringed.map(|mark| self.point_name(&mark.end.name, mark.at, radius, true, view)).collect()
    }

    /// A badge for each step: beside its arrow, or beside its mark, where there is room; how many lie over something.
    pub(super) fn badges(&self, legs: &[Leg], marks: &[Mark], group: &mut Group, room: &mut Room) -> usize {
        let mut forced = 0;
        let r = f64::from(Style::embedded().node.badge);
        let boxed = |c: Coord<f64>| Frame::new(c.x - r, c.y - r, c.x + r, c.y + r);
        let mut numbered: BTreeSet<u32> = BTreeSet::new();
        for leg in legs {
            let feature = &self.layers.movements[leg.features[0]];
            if self.crowded() {
                break;
            }
            if feature.badge == 0 || !numbered.insert(feature.badge) {
                continue;
            }
            let drawn = std::iter::once(&leg.spine).chain(&leg.lines).find(|line| line.len() > 1);
            let Some(spine) = drawn else { continue };
            let (c, from) = badge_spot(spine, r, room);
            forced += usize::from(room.covers_kept(&boxed(c)));
            self.badge_leader(from, c, r, group, room);
            let id = svg_id(&feature.movement, "badge");
            let color = self.ink.actor(feature.actor);
            panel::badge(group, c.x as f32, c.y as f32, feature.badge, color, self.ink.palette, Some(id));
            room.keep(&format!("badge {}", feature.badge), boxed(c));
        }
        for mark in marks {
            if !numbered.insert(mark.feature.badge) {
                continue;
            }
            let around = |far: f64| {
                (0..16).map(move |i| f64::from(i) * 22.5).map(move |a| Coord {
                    x: mark.at.x + far * libm::cos(a.to_radians()),
                    y: mark.at.y + far * libm::sin(a.to_radians()),
                })
            };
            let spots = [22.0, 31.0, NEAR, 56.0, 72.0, 90.0, 112.0].into_iter().flat_map(around);
            let is_led = |spot: Coord<f64>| distance(spot, mark.at) > NEAR + 0.1;
            let cost = |spot: &Coord<f64>| {
                let from = is_led(*spot).then_some(mark.at);
                badge_cost(*spot, r, from, room) + 0.01 * distance(*spot, mark.at)
            };
            let spot = spots.min_by(|a, b| cost(a).total_cmp(&cost(b))).unwrap_or(mark.at);
            forced += usize::from(room.covers_kept(&boxed(spot)));
            self.badge_leader(is_led(spot).then_some(mark.at), spot, r, group, room);
            let color = self.ink.actor(mark.feature.actor);
            let number = mark.feature.badge;
            panel::badge(group, spot.x as f32, spot.y as f32, number, color, self.ink.palette, None);
            room.keep(&format!("badge {number}"), boxed(spot));
        }
        forced
    }

    /// A thin line to a badge from what it numbers, where it stands too far off for that to be seen.
    fn badge_leader(
        &self,
        from: Option<Coord<f64>>,
        to: Coord<f64>,
        r: f64,
        group: &mut Group,
        room: &mut Room,
    ) {
        let Some(from) = from else { return };
        let far = distance(from, to).max(1e-9);
        let share = (far - r) / far;
        let end = Coord { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
        let stroke = Some(Stroke::solid(self.ink.palette.muted, 0.8));
        group.items.push(Item::Shape(Shape {
            path: Path::line(&[point(from), point(end)]),
            stroke,
            ..Shape::default()
        }));
        room.take_line(vec![from, end], 1.0);
    }
}

/// What a badge costs at a place, besides how far off it stands: what it lies over or leaves, and its leader.
fn badge_cost(spot: Coord<f64>, r: f64, led_from: Option<Coord<f64>>, room: &Room) -> f64 {
    let frame = Frame::new(spot.x - r, spot.y - r, spot.x + r, spot.y + r);
    let outside = if room.frame.covers(&frame) { 0.0 } else { 50.0 };
    let led = led_from.map_or(0.0, |from| LED + STRIKES * room.struck(from, spot) as f64);
    let hides = if room.covers_kept(&frame) { HIDES } else { 0.0 };
    room.harm(&frame) + outside + led + hides
}

/// A place for a badge beside a line: near its middle, on the freer side; and the point of the line from which a
/// leader must show the way to it.
fn badge_spot(spine: &Line, r: f64, room: &Room) -> (Coord<f64>, Option<Coord<f64>>) {
    let whole = length(spine);
    let mut best: Option<(f64, Coord<f64>, Option<Coord<f64>>)> = None;
    for share in [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82] {
        let (c, d) = at(spine, whole * share);
        let offs = [8.0, 16.0, 32.0, 48.0].into_iter().flat_map(|off| [(1.0, r + off), (-1.0, r + off)]);
        for (side, off) in offs {
            let is_led = off > r + 16.0;
            let spot = Coord { x: c.x + d.y * off * side, y: c.y - d.x * off * side };
            let aside = (share - 0.5f64).abs() + off * 0.01;
            let cost = badge_cost(spot, r, is_led.then_some(c), room) + aside;
            if best.is_none_or(|(least, ..)| cost < least - 1e-9) {
                best = Some((cost, spot, is_led.then_some(c)));
            }
        }
    }
    best.map_or((at(spine, whole / 2.0).0, None), |(_, spot, from)| (spot, from))
}
