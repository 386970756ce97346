//! A detail inset: where some legs are too short to read beside a long one, they get a larger map of their own.

use super::arrows::distance;
use super::fonts::Face;
use super::furniture;
use super::ground::frame_path;
use super::labels::{LEADING, set};
use super::legs::{self, Leg};
use super::options::Units;
use super::picture::{LEAST_LED_AREA, Painter, Picture};
use super::scene::{Anchor, Group, Item, Path, Role, Shape, Stroke};
use super::style::Style;
use super::view::{View, automatic, point};
use crate::geometry::LonLat;
use crate::geometry::clip::{self, Frame};
use crate::layers::End;
use geo::Coord;

/// What an inset shows and where.
pub struct Inset {
    /// The movements drawn in it, and not on the main map.
    pub members: Vec<usize>,
    /// Its own view.
    pub view: View,
    /// What it shows, as a box on the main map.
    pub source: Frame,
}

/// The groups of a map's insets, in their order.
pub const GROUPS: [&str; MOST] = ["inset", "inset-b"];

/// Under this many px a leg is short beside a long one.
const SHORT: f64 = 90.0;
/// Insets at most: each takes a third of the map.
const MOST: usize = 2;

/// Marks that lie nearer to each other than this cannot both be named, px.
const CROWDED: f64 = 24.0;
/// Marks that an inset shows together lie no farther from their next than this, px: where those of the first are
/// too many to be magnified or find no room, fewer are shown.
const NEXT: [f64; 3] = [70.0, 36.0, 20.0];

/// Places that stay on the main map lie at least so far from what an inset shows, px.
const BESIDE: f64 = 24.0;

/// Insets show no less than this of the ground, km across: the base map has no finer detail.
const LEAST_KM: f64 = 50.0;

/// A place of the story with what it stands for.
struct Spot {
    place: String,
    position: LonLat,
    /// On the main map, px.
    at: Coord<f64>,
}

/// The insets that these movements need in this view, and have room for.
pub fn plan(painter: &Painter, view: &View, drawn: &[usize], tier: usize) -> Vec<Inset> {
    let mut insets: Vec<Inset> = Vec::new();
    // Among very many arrows an inset would cut more than it shows.
    if view.frame.width() < 300.0 || painter.crowded() {
        return insets;
    }
    let spots = spots(painter, view, drawn);
    let index = |end: &Option<End>| {
        let place = end.as_ref().filter(|end| end.position.is_some())?;
        spots.iter().position(|spot| spot.place == place.place)
    };
    let leg = |i: &usize| {
        let movement = &painter.layers.movements[*i];
        Some((*i, [index(&movement.from)?, index(&movement.to)?]))
    };
    let legs: Vec<(usize, [usize; 2])> = drawn.iter().filter_map(leg).collect();
    let apart = |a: usize, b: usize| distance(spots[a].at, spots[b].at);
    let longest = legs.iter().map(|(_, [a, b])| apart(*a, *b)).fold(0.0, f64::max);
    let least = f64::from(Style::embedded().arrow.least);
    // What asks for an inset: legs too short for an arrow, or short beside a long one; marks on top of each other.
    let mut pairs: Vec<(f64, [usize; 2])> = Vec::new();
    for (_, [a, b]) in &legs {
        let far = apart(*a, *b);
        if far < SHORT && (longest > 6.0 * far || (far < least && longest > 2.0 * far)) {
            pairs.push((far, [*a, *b]));
        }
    }
    for a in 0..spots.len() {
        let near = (a + 1..spots.len()).map(|b| (apart(a, b), [a, b]));
        pairs.extend(near.filter(|(far, _)| (1.0..CROWDED).contains(far)));
    }
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut shown, mut enlarged): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
    for (_, pair) in pairs {
        if insets.len() == MOST {
            break;
        }
        if pair.iter().any(|spot| shown.contains(spot)) {
            continue;
        }
        let mut clusters = NEXT.map(|next| cluster(pair, &spots, view, next)).to_vec();
        clusters.dedup();
        // A leg between two insets would be cut at both ends.
        let joins = |cluster: &[usize]| {
            let (here, there) = (|spot| cluster.contains(spot), |spot| enlarged.contains(spot));
            legs.iter().any(|(_, [a, b])| here(a) && there(b) || there(a) && here(b))
        };
        let found = clusters.iter().find_map(|cluster| {
            if cluster.len() == spots.len() || joins(cluster) {
                return None;
            }
            let inside = |(_, ends): &&(usize, [usize; 2])| ends.iter().all(|end| cluster.contains(end));
            let members: Vec<usize> = legs.iter().filter(inside).map(|leg| leg.0).collect();
            let mut positions: Vec<LonLat> = cluster.iter().map(|spot| spots[*spot].position).collect();
            // A ship's way may lead far around.
            let routes = members.iter().filter_map(|i| painter.layers.movements[*i].sea_route());
            positions.extend(routes.flat_map(|route| route.lines.iter().flatten()).map(|c| LonLat::from(*c)));
            let elsewhere =
                |i: &usize| members.contains(i) || insets.iter().any(|inset| inset.members.contains(i));
            let rest: Vec<usize> = drawn.iter().copied().filter(|i| !elsewhere(i)).collect();
            let others = legs::lay_out(painter.layers, &rest, view, painter.world.water_grid(), &[]);
            let outside = (0..spots.len()).filter(|spot| !cluster.contains(spot));
            let neighbours = outside.map(|spot| spots[spot].at).collect();
            let site = Site { painter, view, others: &others, neighbours, insets: &insets, tier };
            // As large as there is room for.
            let shares: &[f64] = if members.is_empty() { &[0.26, 0.22] } else { &[0.35, 0.29, 0.24] };
            let is_area =
                |spot: &usize| painter.layers.areas.iter().any(|area| area.id == spots[*spot].place);
            let shows_nothing_small = members.is_empty() && cluster.iter().all(is_area);
            let (view, source) = shares.iter().find_map(|share| {
                let width = (view.frame.width() * share).clamp(150.0, 320.0);
                if shows_nothing_small && width <= LEAST_LED_AREA {
                    return None;
                }
                let height = (width * 0.86).min(view.frame.height() * 0.58);
                site.place(&positions, [width, height])
            })?;
            Some((cluster, Inset { members, view, source }))
        });
        match found {
            Some((cluster, inset)) => {
                shown.extend(cluster);
                enlarged.extend(cluster);
                insets.push(inset);
            }
            // Of spots without room, the next pair is tried.
            None => shown.extend(&clusters[0]),
        }
    }
    insets
}

/// The places that the map marks: ends of arrows, and the one known end of other movements.
fn spots(painter: &Painter, view: &View, drawn: &[usize]) -> Vec<Spot> {
    let mut spots: Vec<Spot> = Vec::new();
    for (index, movement) in painter.layers.movements.iter().enumerate() {
        if !drawn.contains(&index) && !painter.is_marked(movement) {
            continue;
        }
        for end in [&movement.from, &movement.to].into_iter().flatten() {
            let Some(position) = end.position else { continue };
            let at = view.place(position);
            if view.frame.contains(at.x, at.y) && !spots.iter().any(|spot| spot.place == end.place) {
                spots.push(Spot { place: end.place.clone(), position, at });
            }
        }
    }
    spots
}

/// Two spots and those that lie at most `next` px from another of them, as long as all fit into a part of the map.
fn cluster(pair: [usize; 2], spots: &[Spot], view: &View, next: f64) -> Vec<usize> {
    let mut members = pair.to_vec();
    let reach = view.frame.width() * 0.24;
    while let Some(more) = (0..spots.len()).find(|more| {
        let far = |member: &usize| distance(spots[*member].at, spots[*more].at);
        !members.contains(more)
            && members.iter().any(|member| far(member) < next)
            && members.iter().all(|member| far(member) < reach)
    }) {
        members.push(more);
    }
    members.sort_unstable();
    members
}

/// Where an inset is looked for.
struct Site<'s> {
    painter: &'s Painter<'s>,
    view: &'s View,
    /// The arrows that stay on the main map.
    others: &'s [Leg],
    /// The places that stay there.
    neighbours: Vec<Coord<f64>>,
    insets: &'s [Inset],
    tier: usize,
}

impl Site<'_> {
    /// Finds room for an inset of a size, its view and its source box; none where it would hide an arrow, a place
    /// or a name.
    fn place(&self, positions: &[LonLat], [width, height]: [f64; 2]) -> Option<(View, Frame)> {
        let Site { view, insets, tier, .. } = *self;
        let inset_view = |frame: Frame| {
            let pad = if tier == 2 { 30.0 } else { 48.0 };
            let inner =
                Frame::new(frame.x0 + pad * 1.25, frame.y0 + pad, frame.x1 - pad * 1.25, frame.y1 - pad);
            View::fit(automatic(positions, frame), positions, frame, inner, LEAST_KM)
        };
        let probe = inset_view(Frame::new(0.0, 0.0, width, height));
        let source = source_box(&probe, view)?;
        let magnified = (width / source.width()).min(height / source.height());
        let on_another = |frame: &Frame| {
            insets.iter().any(|i| frame.meets(&i.view.frame.grown(8.0)) || frame.meets(&i.source))
        };
        // A place right beside the box would have no room for its name.
        let is_beside =
            |c: &Coord<f64>| !source.contains(c.x, c.y) && source.grown(BESIDE).contains(c.x, c.y);
        if magnified < 1.5 || on_another(&source) || self.neighbours.iter().any(is_beside) {
            return None;
        }
        let mut best: Option<(f64, Frame)> = None;
        let margin = 8.0;
        let mut y = view.frame.y0 + margin;
        while y + height <= view.frame.y1 - margin {
            let mut x = view.frame.x0 + margin;
            while x + width <= view.frame.x1 - margin {
                let frame = Frame::new(x, y, x + width, y + height);
                if !frame.meets(&source.grown(6.0)) && !on_another(&frame) {
                    let cost = self.cost_of(&frame, &source);
                    if best.as_ref().is_none_or(|(least, _)| cost < *least - 1e-9) {
                        best = Some((cost, frame));
                    }
                }
                x += 12.0;
            }
            y += 12.0;
        }
        let (cost, frame) = best?;
        if cost >= 1000.0 {
            return None; // it would cover an arrow or a place: better small than hidden
        }
        Some((inset_view(frame), source))
    }

    fn cost_of(&self, frame: &Frame, source: &Frame) -> f64 {
        let Site { painter, view, .. } = *self;
        let mut cost = 0.0;
        let grown = frame.grown(14.0);
        for line in self.others.iter().flat_map(|l| l.trunk.iter().chain(&l.lines)) {
            let visible = legs::outside(line, source);
            if visible.windows(2).any(|w| clip::segment(w[0], w[1], &grown).is_some()) {
                cost += 1000.0;
            }
        }
        for c in &self.neighbours {
            if !source.contains(c.x, c.y) && frame.grown(40.0).contains(c.x, c.y) {
                cost += 1000.0;
            }
        }
        for area in &painter.layers.areas {
            let Some(c) = area.kernel.map(|k| view.place(k)) else { continue };
            let label = Frame::new(frame.x0 - 60.0, frame.y0 - 34.0, frame.x1 + 60.0, frame.y1 + 34.0);
            if !source.contains(c.x, c.y) && label.contains(c.x, c.y) {
                cost += 1000.0;
            }
        }
        for code in &painter.ground.story_countries {
            if let Some(country) = painter.world.country(code) {
                let c = view.place(country.label);
                if frame.grown(20.0).contains(c.x, c.y) {
                    cost += 60.0;
                }
            }
        }
        let centre = |f: &Frame| Coord { x: (f.x0 + f.x1) / 2.0, y: (f.y0 + f.y1) / 2.0 };
        cost += 0.12 * distance(centre(frame), centre(source));
        // along an edge of the map it covers less of what matters
        let edge = (frame.y0 - view.frame.y0).min(view.frame.y1 - frame.y1);
        cost + 0.1 * edge
    }
}

/// The box on the main map that an inset's frame covers.
fn source_box(inset: &View, main: &View) -> Option<Frame> {
    let f = inset.frame;
    let (mut x0, mut y0, mut x1, mut y1) = (f64::MAX, f64::MAX, f64::MIN, f64::MIN);
    for i in 0..=8 {
        for k in 0..=8 {
            let at =
                Coord { x: f.x0 + f.width() * f64::from(i) / 8.0, y: f.y0 + f.height() * f64::from(k) / 8.0 };
            let c = main.place(inset.position(at)?);
            (x0, y0, x1, y1) = (x0.min(c.x), y0.min(c.y), x1.max(c.x), y1.max(c.y));
        }
    }
    let m = main.frame.grown(-2.0);
    Some(Frame::new(x0.max(m.x0), y0.max(m.y0), x1.min(m.x1), y1.min(m.y1)))
}

/// Draws the inset over the main map: its source box, leaders or letters, its own map with a scale bar. Of the
/// `drawn` movements that lead in or out it marks the end that it shows.
pub fn draw(
    painter: &Painter,
    inset: &Inset,
    drawn: &[usize],
    name: &str,
    main: &mut Picture,
    units: Units,
) -> Picture {
    let palette = painter.ink.palette;
    let ink = palette.label;
    let mut group = Group::new("inset-source");
    let source = inset.source;
    group.items.push(Item::Shape(Shape {
        path: frame_path(source),
        fill: Some(painter.ink.actor(0).at(0.06)),
        stroke: Some(Stroke::solid(ink, 1.0)),
        ..Shape::default()
    }));
    match leaders(&source, &inset.view.frame, main) {
        Some(lines) => {
            for (a, b) in lines {
                let path = Path::line(&[point(a), point(b)]);
                group.items.push(Item::Shape(Shape {
                    path,
                    stroke: Some(Stroke::solid(palette.muted, 0.7)),
                    ..Shape::default()
                }));
            }
        }
        None => letter(&mut group, name, source, painter),
    }
    let lettered = group.items.iter().any(|i| matches!(i, Item::Text(_)));
    main.groups.push(group);

    let frame = inset.view.frame;
    let corner = Frame::new(frame.x0, frame.y0, frame.x0 + 20.0, frame.y0 + 22.0); // for its letter
    let mut picture = painter.picture(
        &inset.view,
        &inset.members,
        drawn,
        &[],
        &[corner],
        Style::embedded().arrow.least_inset,
    );
    if let Some(scale) = furniture::scale_bar(&inset.view, units, painter.ink, &mut picture.room, 60.0) {
        picture.groups.push(scale);
    }
    let mut rim = Group::new("frame");
    rim.items.push(Item::Shape(Shape {
        path: frame_path(frame),
        stroke: Some(Stroke::solid(ink, 1.2)),
        ..Shape::default()
    }));
    if lettered {
        letter(&mut rim, name, frame, painter);
    }
    picture.groups.push(rim);
    picture
}

/// The letter that ties an inset to its source box.
fn letter(group: &mut Group, name: &str, frame: Frame, painter: &Painter) {
    let with = painter.lettering(Role::Words, Face::Bold, [13.0; 3], painter.ink.palette.label, 3.0);
    let h = f64::from(with.size * LEADING);
    let at = Frame::new(frame.x0 + 5.0, frame.y0 + 3.0, frame.x0 + 16.0, frame.y0 + 3.0 + h);
    group.items.extend(set(&[name.to_owned()], &with, at, Anchor::Start).into_iter().map(Item::Text));
}

/// Two lines between the corners of source and inset that face each other; none where one would cross a name
/// or an arrow.
fn leaders(source: &Frame, inset: &Frame, main: &Picture) -> Option<[(Coord<f64>, Coord<f64>); 2]> {
    let corners =
        |f: &Frame| [(f.x0, f.y0), (f.x1, f.y0), (f.x1, f.y1), (f.x0, f.y1)].map(|(x, y)| Coord { x, y });
    let (s, i) = (corners(source), corners(inset));
    // the two of the four corner-to-corner lines that run outside both boxes
    let mut pairs: Vec<(Coord<f64>, Coord<f64>)> = Vec::new();
    for k in 0..4 {
        let through = |f: &Frame| {
            let inner = f.grown(-1.0);
            clip::segment(s[k], i[k], &inner).is_some()
        };
        if !through(source) && !through(inset) {
            pairs.push((s[k], i[k]));
        }
    }
    if pairs.len() < 2 {
        return None;
    }
    pairs.sort_by(|a, b| distance(a.0, a.1).total_cmp(&distance(b.0, b.1)));
    let lines = [pairs[0], *pairs.last()?];
    let crosses = |(a, b): (Coord<f64>, Coord<f64>)| {
        let (from, to) = (shift(a, b, 3.0), shift(b, a, 3.0));
        main.room.crossed_by(from, to, &[*source, *inset])
    };
    (!lines.iter().any(|l| crosses(*l))).then_some(lines)
}

fn shift(a: Coord<f64>, towards: Coord<f64>, by: f64) -> Coord<f64> {
    let d = distance(a, towards).max(1e-9);
    Coord { x: a.x + (towards.x - a.x) * by / d, y: a.y + (towards.y - a.y) * by / d }
}
