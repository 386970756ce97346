//! Areas of a story: named ones outlined and tinted, vague ones hatched, unnamed things in them as diamonds.

use super::arrows::{self, distance};
use super::fonts::Face;
use super::ground;
use super::labels::Room;
use super::panel;
use super::picture::{Painter, drawn_as_ring, svg_id, vague_radius};
use super::scene::{Group, Item, Path, Role, Shape, Stroke};
use super::style::Style;
use super::view::{View, point};
use crate::geometry::clip::Frame;
use crate::layers::AreaFeature;
use geo::Coord;

impl Painter<'_> {
    /// A named area: outlined and tinted, or a dotted ring where it is small. A vague area: hatched, fading.
    pub(super) fn draw_area(
        &self,
        area: &AreaFeature,
        rings: &[Vec<Coord<f64>>],
        view: &View,
        group: &mut Group,
    ) {
        let style = &Style::embedded().line;
        let color = self.ink.actor(area.actor);
        let Some(kernel) = area.kernel.map(|k| view.place(k)) else { return };
        if area.vague && !rings.is_empty() && !drawn_as_ring(area, rings, view) {
            return self.draw_vague(area, rings, kernel, group);
        }
        let dotted = arrows::dashed(color, style.area, &style.area_dash);
        if drawn_as_ring(area, rings, view) {
            let path = Path::circle(kernel.x as f32, kernel.y as f32, Style::embedded().node.ring);
            group.items.push(Item::Shape(Shape {
                id: Some(svg_id(&area.id, "area")),
                title: Some(area.name.clone()),
                path,
                fill: Some(color.at(style.area_fill)),
                stroke: Some(dotted),
                ..Shape::default()
            }));
            return;
        }
        let mut path = Path::default();
        for ring in rings {
            let points: Vec<_> = ring.iter().map(|c| point(*c)).collect();
            path.add_ring(&points);
        }
        group.items.push(Item::Shape(Shape {
            id: Some(svg_id(&area.id, "area")),
            title: Some(area.name.clone()),
            path,
            fill: Some(color.at(style.area_fill)),
            stroke: None,
            ..Shape::default()
        }));
        // the outline is not drawn along the frame, where the area goes on
        let mut outline = Path::default();
        let inner = view.frame.grown(-0.6);
        for ring in rings {
            let mut closed = ring.clone();
            closed.extend(ring.first().copied());
            for piece in crate::geometry::clip::line(&closed, &inner) {
                let points: Vec<_> = piece.iter().map(|c| point(*c)).collect();
                outline.add_line(&points);
            }
        }
        group.items.push(Item::Shape(Shape { path: outline, stroke: Some(dotted), ..Shape::default() }));
    }

    /// 45° lines that fade in four steps from three fifths of the radius outwards, without an outline.
    pub(super) fn draw_vague(
        &self,
        area: &AreaFeature,
        rings: &[Vec<Coord<f64>>],
        kernel: Coord<f64>,
        group: &mut Group,
    ) {
        let style = &Style::embedded().line;
        let radius = vague_radius(rings, kernel);
        let color = self.ink.actor(area.actor);
        let rims = [0.6, 0.73, 0.86, 1.0].map(|share| share * radius);
        let mut paths: [Path; 4] = Default::default();
        // a large area in the pitch of a small one would be a grey mass
        let pitch = f64::from(style.hatch_pitch) * if radius > 110.0 { 1.5 } else { 1.0 };
        for (a, b) in ground::hatch(rings, pitch, 45.0) {
            let whole = distance(a, b);
            let steps = (whole / 4.0).ceil().max(1.0) as usize;
            let spot = |i: usize| {
                let t = i as f64 / steps as f64;
                Coord { x: a.x + t * (b.x - a.x), y: a.y + t * (b.y - a.y) }
            };
            let mut begun: Option<(usize, usize)> = None; // where a stretch began, and its rim
            for i in 0..=steps {
                let middle = if i < steps { Some(distance(spot(i), kernel)) } else { None };
                let rim = middle.and_then(|d| rims.iter().position(|r| d <= *r));
                if let Some((from, old)) = begun
                    && rim != Some(old)
                {
                    paths[old].add_line(&[point(spot(from)), point(spot(i))]);
                    begun = None;
                }
                if begun.is_none() {
                    begun = rim.map(|rim| (i, rim));
                }
            }
        }
        for (step, path) in paths.into_iter().enumerate() {
            let alpha = style.hatch_alpha * [1.0, 0.72, 0.46, 0.22][step];
            group.items.push(Item::Shape(Shape {
                id: (step == 0).then(|| svg_id(&area.id, "area")),
                title: (step == 0).then(|| area.name.clone()),
                path,
                fill: None,
                stroke: Some(Stroke::solid(color.at(alpha), style.hatch)),
                ..Shape::default()
            }));
        }
    }

    /// Counted but not named: hollow diamonds in a row, and a question mark, at the middle of the area.
    pub(super) fn diamonds(
        &self,
        area: &AreaFeature,
        view: &View,
        holes: &[Frame],
        group: &mut Group,
        room: &mut Room,
    ) {
        let Some(kernel) = area.kernel.map(|k| view.place(k)) else { return };
        if holes.iter().any(|h| h.contains(kernel.x, kernel.y)) || !view.frame.contains(kernel.x, kernel.y) {
            return;
        }
        let count: u32 = area.unplaced.iter().map(|u| u.0).max().unwrap_or(0);
        if area.unplaced.is_empty() {
            return;
        }
        let shown = count.clamp(1, 3);
        let width = 13.0 * (shown - 1) as f32;
        let (x, y) = (kernel.x as f32 - width / 2.0 - 5.0, kernel.y as f32);
        for i in 0..shown {
            let shape = panel::diamond(
                x + 13.0 * i as f32,
                y,
                5.0,
                self.ink.actor(area.actor),
                self.ink.palette.node,
            );
            group.items.push(Item::Shape(shape));
        }
        let with = self.lettering(Role::Words, Face::Bold, [13.0; 3], self.ink.palette.label, 3.0);
        let frame = Frame::new(
            f64::from(x + width) + 9.0,
            kernel.y - 8.0,
            f64::from(x + width) + 17.0,
            kernel.y + 8.0,
        );
        let texts = super::labels::set(&["?".to_owned()], &with, frame, super::scene::Anchor::Start);
        group.items.extend(texts.into_iter().map(Item::Text));
        room.keep(&area.name, Frame::new(f64::from(x) - 7.0, kernel.y - 7.0, frame.x1, kernel.y + 7.0));
    }
}
