//! A detail inset: where some legs are too short to read beside a long one, they get a larger map of their own.

use super::arrows::distance;
use super::fonts::Face;
use super::furniture;
use super::ground::frame_path;
use super::labels::{LEADING, Lettering, set};
use super::legs::{self, Leg};
use super::options::Units;
use super::picture::{Painter, Picture};
use super::scene::{Anchor, Group, Item, Path, Role, Shape, Stroke};
use super::style::Style;
use super::view::{View, automatic, point};
use crate::geometry::LonLat;
use crate::geometry::clip::{self, Frame};
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

/// Under this many px a leg is short beside a long one.
const SHORT: f64 = 90.0;
/// Insets at most: each takes a third of the map.
const MOST: usize = 2;

/// A leg's index, the length of its chord and its ends, px.
type Chord = (usize, f64, [Coord<f64>; 2]);

/// The insets that these movements need in this view, and have room for.
pub fn plan(painter: &Painter, view: &View, drawn: &[usize], tier: usize) -> Vec<Inset> {
    let mut insets: Vec<Inset> = Vec::new();
    if view.frame.width() < 300.0 {
        return insets;
    }
    let chord = |i: usize| -> Option<Chord> {
        let m = &painter.layers.movements[i];
        let ends = [m.from.as_ref()?.position?, m.to.as_ref()?.position?].map(|end| view.place(end));
        Some((i, distance(ends[0], ends[1]), ends))
    };
    let chords: Vec<Chord> = drawn.iter().filter_map(|i| chord(*i)).collect();
    let longest = chords.iter().map(|c| c.1).fold(0.0, f64::max);
    // Of legs without room, the next cluster is tried.
    let mut tried: Vec<usize> = Vec::new();
    while insets.len() < MOST {
        let left: Vec<&Chord> = chords.iter().filter(|c| !tried.contains(&c.0)).collect();
        let Some(first) = left.iter().min_by(|a, b| a.1.total_cmp(&b.1)) else { break };
        let least = f64::from(Style::embedded().arrow.least);
        let needed =
            first.1 < SHORT && (longest > 6.0 * first.1 || (first.1 < least && longest > 2.0 * first.1));
        if !needed {
            break;
        }
        let members = cluster(first, &left, longest, view);
        tried.extend(&members);
        if members.len() < chords.len()
            && let Some(inset) = largest(painter, view, members, drawn, &insets, tier)
        {
            insets.push(inset);
        }
    }
    insets
}

/// A short leg and the short ones that hang together with it.
fn cluster(first: &Chord, left: &[&Chord], longest: f64, view: &View) -> Vec<usize> {
    let mut members = vec![first.0];
    let mut points = first.2.to_vec();
    let reach = view.frame.width() * 0.28;
    while let Some(next) = left.iter().find(|c| {
        !members.contains(&c.0)
            && c.1 < longest / 2.0
            && c.1 < view.frame.width() * 0.2
            && c.2.iter().any(|p| points.iter().any(|q| distance(*p, *q) < 25.0))
            && c.2.iter().all(|p| points.iter().all(|q| distance(*p, *q) < reach))
    }) {
        members.push(next.0);
        points.extend(next.2);
    }
    members.sort_unstable();
    members
}

/// An inset for these movements, as large as there is room for.
fn largest(
    painter: &Painter,
    view: &View,
    members: Vec<usize>,
    drawn: &[usize],
    insets: &[Inset],
    tier: usize,
) -> Option<Inset> {
    let ends = |i: &usize| {
        let m = &painter.layers.movements[*i];
        [&m.from, &m.to].into_iter().flatten().filter_map(|end| end.position).collect::<Vec<_>>()
    };
    let positions: Vec<LonLat> = members.iter().flat_map(ends).collect();
    let elsewhere = |i: &usize| members.contains(i) || insets.iter().any(|inset| inset.members.contains(i));
    let rest: Vec<usize> = drawn.iter().copied().filter(|i| !elsewhere(i)).collect();
    let water = painter.world.water_grid();
    let others: Vec<Leg> = legs::lay_out(painter.layers, &rest, view, water, &[]);
    [0.35, 0.29, 0.24].into_iter().find_map(|share| {
        let width = (view.frame.width() * share).clamp(150.0, 320.0);
        let height = (width * 0.86).min(view.frame.height() * 0.58);
        place(painter, view, &members, &positions, &others, &rest, insets, tier, [width, height])
    })
}

/// Finds room for an inset of a size; none where it would hide an arrow, a place or a name.
#[allow(clippy::too_many_arguments)] // what the plan has found out
fn place(
    painter: &Painter,
    view: &View,
    members: &[usize],
    positions: &[LonLat],
    others: &[Leg],
    rest: &[usize],
    insets: &[Inset],
    tier: usize,
    [width, height]: [f64; 2],
) -> Option<Inset> {
    let inset_view = |frame: Frame| {
        let pad = if tier == 2 { 30.0 } else { 48.0 };
        let inner = Frame::new(frame.x0 + pad * 1.25, frame.y0 + pad, frame.x1 - pad * 1.25, frame.y1 - pad);
        View::fit(automatic(positions, frame), positions, frame, inner, 120.0)
    };
    let probe = inset_view(Frame::new(0.0, 0.0, width, height));
    let source = source_box(&probe, view)?;
    if insets.iter().any(|i| source.meets(&i.view.frame) || source.meets(&i.source)) {
        return None;
    }
    let magnified = (width / source.width()).min(height / source.height());
    if magnified < 1.5 {
        return None;
    }
    let mut best: Option<(f64, Frame)> = None;
    let margin = 8.0;
    let mut y = view.frame.y0 + margin;
    while y + height <= view.frame.y1 - margin {
        let mut x = view.frame.x0 + margin;
        while x + width <= view.frame.x1 - margin {
            let frame = Frame::new(x, y, x + width, y + height);
            let on_another =
                insets.iter().any(|i| frame.meets(&i.view.frame.grown(8.0)) || frame.meets(&i.source));
            if !frame.meets(&source.grown(6.0)) && !on_another {
                let cost = cost_of(&frame, &source, others, painter, view, rest);
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
    Some(Inset { members: members.to_vec(), view: inset_view(frame), source })
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

fn cost_of(
    frame: &Frame,
    source: &Frame,
    others: &[Leg],
    painter: &Painter,
    view: &View,
    rest: &[usize],
) -> f64 {
    let mut cost = 0.0;
    let grown = frame.grown(14.0);
    for line in others.iter().flat_map(|l| l.trunk.iter().chain(&l.lines)) {
        let visible = legs::outside(line, source);
        if visible.windows(2).any(|w| clip::segment(w[0], w[1], &grown).is_some()) {
            cost += 1000.0;
        }
    }
    for (_, _, c) in legs::nodes(painter.layers, rest, view) {
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

/// Draws the inset over the main map: its source box, leaders or letters, its own map with a scale bar.
pub fn draw(painter: &Painter, inset: &Inset, name: &str, main: &mut Picture, units: Units) -> Picture {
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
    let mut picture =
        painter.picture(&inset.view, &inset.members, &[], &[corner], Style::embedded().arrow.least_inset);
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
    let with = Lettering {
        role: Role::Words,
        face: Face::Bold,
        size: 13.0,
        color: painter.ink.palette.label,
        tracking: 0.0,
        halo: (painter.ink.palette.halo, 3.0),
    };
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
