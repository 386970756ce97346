//! A story drawn in a view: areas, arrows, nodes, badges, names.

use super::arrows::{self, Line, Look, at, distance, length};
use super::backdrop::Backdrop;
use super::channels::{self, Way};
use super::color::Color;
use super::fonts::Face;
use super::ground::{self, Clipper, Ground};
use super::labels::{Lettering, Placed, Room};
use super::legs::{self, Leg};
use super::panel::Ink;
use super::scene::{ArrowFact, Group, Item, Path, Role, Shape, Stroke};
use super::story_names::StoryName;
use super::style::Style;
use super::view::{View, point};
use super::{wake, wording};
use crate::geometry::LonLat;
use crate::geometry::clip::Frame;
use crate::layers::{AreaFeature, Layers, MovementFeature, PlaceFeature};
use crate::movements::Class;
use crate::overlays::Overlay;
use crate::places::Precision;
use crate::world::World;
use geo::Coord;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A map no wider than this, in px, has no room for the names of areas that movements lead out of it from.
pub const LEAST_LED_AREA: f64 = 200.0;

/// What all views of a map share.
pub struct Painter<'p> {
    /// The story's layers.
    pub layers: &'p Layers,
    /// The world.
    pub world: &'p World,
    /// Colours and text sizes.
    pub ink: &'p Ink<'p>,
    /// The base map.
    pub ground: &'p Ground<'p>,
    /// Somebody's own lines, drawn between the base map and the story.
    pub overlays: &'p [Overlay],
    /// Language of names on the base map.
    pub lang: &'p str,
    /// Whether statement places are marked.
    pub statements: bool,
    /// Only this step's arrows.
    pub step: Option<u32>,
    /// Whether arrows are drawn narrower.
    pub narrow: bool,
}

/// What a view shows of a story.
pub struct Picture {
    /// The base map.
    pub ground: Arc<Backdrop>,
    /// What is drawn over it, from the bottom up.
    pub groups: Vec<Group>,
    /// What is taken, for furniture that comes later.
    pub room: Room,
    /// Names that found no room.
    pub dropped: Vec<(Role, String)>,
    /// The arrows drawn.
    pub arrows: Vec<ArrowFact>,
    /// What a person should know.
    pub remarks: Vec<String>,
}

impl Painter<'_> {
    /// So many arrows that badges and labels on them could not be read.
    pub(super) fn crowded(&self) -> bool {
        self.layers.movements.iter().filter(|m| m.is_drawn()).count() > 24
    }

    /// Whether a movement's step is asked for.
    pub(super) fn shows(&self, feature: &MovementFeature) -> bool {
        self.step.is_none_or(|step| step == feature.badge)
    }

    /// Indices of movements whose arrows are drawn.
    pub fn drawn(&self) -> Vec<usize> {
        let all = 0..self.layers.movements.len();
        all.filter(|i| {
            let m = &self.layers.movements[*i];
            m.is_drawn() && self.shows(m)
        })
        .collect()
    }

    /// Draws the base map and what `which` movements show, and the places of `marked` ones. `holes` are boxes
    /// whose content insets show: arrows stop at their edges and nothing is drawn in them. `taken` are boxes that
    /// names must leave free. Arrows of less than `least` px are not drawn: their steps are numbered at their ends.
    pub fn picture(
        &self,
        view: &View,
        which: &[usize],
        marked: &[usize],
        holes: &[Frame],
        taken: &[Frame],
        least: f32,
    ) -> Picture {
        let ground = ground::draw(self.ground, view, self.ink.palette);
        let mut groups = Vec::new();
        let mut room = Room::new(view.frame.grown(-4.0));
        taken.iter().for_each(|frame| room.take(*frame));
        holes.iter().for_each(|hole| room.take(*hole));
        let mut dropped = Vec::new();
        let clipper = Clipper::new(view);
        let mut overlay = self.draw_overlays(view);
        groups.extend(overlay.group.take());

        let led = |area: &&AreaFeature| {
            let is_here = |k| view.frame.contains(view.place(k).x, view.place(k).y);
            view.frame.width() > LEAST_LED_AREA && area.kernel.is_some_and(is_here)
        };
        let mut areas = self.areas_of(which, holes, view);
        // Of movements that lead out of an inset, the areas that have their point in it.
        let others = self.areas_of(marked, holes, view).into_iter().filter(led);
        let more: Vec<&AreaFeature> = others.filter(|area| !areas.iter().any(|a| a.id == area.id)).collect();
        areas.extend(more);
        let mut vague = Group::new("vague");
        let mut rings_of: Vec<(&AreaFeature, Vec<Vec<Coord<f64>>>)> = Vec::new();
        for area in areas {
            let rings = area.ground.as_ref().map(|g| clipper.rings(g)).unwrap_or_default();
            self.draw_area(area, &rings, view, &mut vague);
            rings_of.push((area, rings));
        }

        let nodes: Vec<(String, String, Coord<f64>)> = legs::nodes(self.layers, marked, view)
            .into_iter()
            .filter(|(_, _, c)| !holes.iter().any(|h| h.contains(c.x, c.y)) && view.frame.contains(c.x, c.y))
            .collect();
        let reserve: Vec<Coord<f64>> = nodes.iter().map(|n| n.2).collect();
        let mut legs = legs::lay_out(self.layers, which, view, self.world.water_grid(), &reserve);
        legs.iter_mut().for_each(|leg| leg.keep_inside(&view.frame));
        holes.iter().for_each(|hole| stop_at(&mut legs, hole));
        legs.retain(|leg| leg.lines.iter().any(|l| l.len() > 1));
        let least = if self.crowded() { 0.0 } else { least };
        let (legs, short): (Vec<Leg>, Vec<Leg>) =
            legs.into_iter().partition(|leg| leg.shortest() >= f64::from(least));

        let channels = channels::open(self.ground, view, self.ink.palette, &self.ways(&legs));
        if !channels.items.is_empty() {
            // They belong to the base map: beneath all else.
            groups.insert(0, channels);
        }
        let (mut shafts, mut heads) = (Group::new("arrows"), Group::new("heads"));
        for leg in &legs {
            self.draw_leg(leg, &mut shafts, &mut heads, &mut room);
        }
        let r = f64::from(Style::embedded().node.radius) + 1.0;
        for (_, name, c) in &nodes {
            room.keep(name, Frame::new(c.x - r, c.y - r, c.x + r, c.y + r));
        }
        let mut node_group = Group::new("nodes");
        for (id, name, c) in &nodes {
            self.draw_node(id, name, *c, &mut node_group);
        }
        for (area, rings) in &rings_of {
            let Some(c) = area.kernel.map(|k| view.place(k)) else { continue };
            if drawn_as_ring(area, rings, view) {
                room.take(Frame::new(c.x - 10.0, c.y - 10.0, c.x + 10.0, c.y + 10.0));
            } else if let Some(frame) = bounds(rings).filter(|f| f.width() < 110.0 && f.height() < 110.0) {
                room.take(frame.grown(-0.15 * frame.width().min(frame.height())));
            }
        }

        for (area, _) in &rings_of {
            self.diamonds(area, view, holes, &mut node_group, &mut room);
        }
        let of_area = |place: &str| rings_of.iter().any(|(area, _)| area.id == place);
        let marks =
            self.marks(&short, view, holes, |place| of_area(place) || nodes.iter().any(|n| n.0 == place));
        self.draw_rings(&marks, &mut node_group, &mut room);
        let radius = f64::from(Style::embedded().node.radius);
        let must = view.frame.width() > 240.0; // on a stamp the words under the map must do
        let of_nodes = nodes.iter().map(|(_, name, c)| self.point_name(name, *c, radius, must, view));
        let mut names: Vec<StoryName> = of_nodes.collect();
        names.extend(self.ring_names(&marks, view));
        names.extend(rings_of.iter().flat_map(|(area, rings)| self.area_names(area, rings, view, holes)));
        let (mut labels, mut room) = self.name_story(&names, &legs, &marks, &room);
        let mut told = BTreeSet::new();
        for leg in &legs {
            self.leg_label(leg, &mut told, &mut labels, &mut room, &mut dropped);
        }
        self.or_labels(&legs, &mut labels, &mut room);
        if self.statements {
            self.statement_marks(view, &mut node_group, &mut labels, &mut room);
        }
        self.sites(view, &mut node_group, &mut labels, &mut room);
        self.overlay_labels(&overlay, view, holes, &mut labels, &mut room, &mut dropped);
        self.country_labels(view, &clipper, &mut labels, &mut room, &mut dropped);
        self.sea_labels(view, &mut labels, &mut room);
        self.context_cities(view, &mut node_group, &mut labels, &mut room);
        groups.extend([vague, shafts, heads, node_group, labels]);
        let arrows = self.arrow_facts(&legs, view);
        Picture { ground, groups, room, dropped, arrows, remarks: overlay.remarks }
    }

    /// What a story draws over any base map: areas, arrows, nodes and badges, with the names of its places.
    pub fn overlay(&self, view: &View) -> Vec<Group> {
        let which = self.drawn();
        let mut room = Room::new(Frame::new(-1e6, -1e6, 1e6, 1e6));
        let clipper = Clipper::new(view);
        let (mut vague, mut node_group) = (Group::new("vague"), Group::new("nodes"));
        for area in self.areas_of(&which, &[], view) {
            let rings = area.ground.as_ref().map(|g| clipper.rings(g)).unwrap_or_default();
            self.draw_area(area, &rings, view, &mut vague);
        }
        let nodes = legs::nodes(self.layers, &which, view);
        let reserve: Vec<Coord<f64>> = nodes.iter().map(|n| n.2).collect();
        // laid out as on the whole map, so that neighbouring tiles draw parts of the same arrows
        let open = View { frame: Frame::new(-1e6, -1e6, 1e6, 1e6), ..*view };
        let legs = legs::lay_out(self.layers, &which, &open, self.world.water_grid(), &reserve);
        let (mut shafts, mut heads, mut labels) =
            (Group::new("arrows"), Group::new("heads"), Group::new("labels"));
        for leg in &legs {
            self.draw_leg(leg, &mut shafts, &mut heads, &mut room);
        }
        for (id, name, c) in &nodes {
            self.draw_node(id, name, *c, &mut node_group);
            let r = f64::from(Style::embedded().node.radius);
            room.take(Frame::new(c.x - r, c.y - r, c.x + r, c.y + r));
        }
        let marks = self.marks(&[], &open, &[], |place| nodes.iter().any(|n| n.0 == place));
        self.draw_rings(&marks, &mut node_group, &mut room);
        self.badges(&legs, &marks, &mut labels, &mut room);
        let names = nodes.iter().map(|(_, name, c)| self.point_name(name, *c, 4.5, true, &open));
        let names: Vec<StoryName> = names.chain(self.ring_names(&marks, &open)).collect();
        let (named, _) = self.name_story(&names, &[], &[], &room);
        labels.items.extend(named.items);
        vec![vague, shafts, heads, node_group, labels]
    }

    fn areas_of(&self, which: &[usize], holes: &[Frame], view: &View) -> Vec<&AreaFeature> {
        let used: BTreeSet<&str> = which
            .iter()
            .flat_map(|i| [&self.layers.movements[*i].from, &self.layers.movements[*i].to])
            .flatten()
            .filter_map(|e| e.area.as_deref())
            .collect();
        let shown = |a: &&AreaFeature| {
            let outside = a.kernel.is_none_or(|k| {
                let c = view.place(k);
                !holes.iter().any(|h| h.contains(c.x, c.y))
            });
            used.contains(a.id.as_str()) && outside
        };
        self.layers.areas.iter().filter(shown).collect()
    }

    fn look(&self, feature: &MovementFeature, share: usize) -> Look {
        let style = Style::embedded();
        let quantity = feature.quantity.as_ref().and_then(|q| q.min.or(q.max));
        let mut width = style.arrow.width[style.arrow.class_of(quantity)];
        if matches!(feature.class, Class::Planned | Class::Possible) {
            width = width.min(style.arrow.cap);
        }
        if share > 1 && !feature.alternative {
            width = (width / share as f32).max(style.arrow.width[0]);
        }
        if feature.is_inferred() {
            width = (width * style.arrow.inferred).max(1.8);
        }
        if self.narrow {
            width *= 0.8;
        }
        if self.crowded() {
            width = width.min(1.6);
        }
        Look {
            color: self.ink.actor(feature.actor),
            width,
            class: style.class(feature.class).clone(),
            halo: self.ink.palette.halo,
            ink: self.ink.palette.label,
            contested: feature.contested,
            at_sea: feature.sea_route().is_some(),
        }
    }

    fn draw_leg(&self, leg: &Leg, shafts: &mut Group, heads: &mut Group, room: &mut Room) {
        let first = &self.layers.movements[leg.features[0]];
        if let Some(trunk) = &leg.trunk {
            let look = self.look(first, 1);
            let title = self.tooltip(first);
            arrows::draw(trunk, false, &look, &svg_id(&first.movement, "trunk"), &title, shafts, heads);
            room.take_line(trunk.clone(), f64::from(look.width) / 2.0 + 2.0);
        }
        for ((i, line), headless) in leg.features.iter().zip(&leg.lines).zip(&leg.headless) {
            if line.len() < 2 {
                continue;
            }
            let feature = &self.layers.movements[*i];
            let mut look = self.look(feature, leg.features.len());
            look.contested &= leg.trunk.is_none(); // the bars stand on the trunk
            if look.contested {
                let (c, _) = at(line, length(line) * 0.5);
                room.take(Frame::new(c.x - 13.0, c.y - 11.0, c.x + 13.0, c.y + 11.0));
            }
            arrows::draw(
                line,
                !headless,
                &look,
                &svg_id(&feature.id, "arrow"),
                &self.tooltip(feature),
                shafts,
                heads,
            );
            room.take_line(line.clone(), f64::from(look.width) / 2.0 + 2.0);
        }
    }

    /// The ways of ships among some legs.
    fn ways<'l>(&'l self, legs: &[Leg]) -> Vec<Way<'l>> {
        let lines =
            legs.iter().flat_map(|leg| leg.features.iter().zip(&leg.lines).map(move |line| (leg, line)));
        let at_sea = lines.filter_map(|(leg, (i, line))| {
            let feature = &self.layers.movements[*i];
            let width = self.look(feature, leg.features.len()).width;
            (feature.sea_route().is_some() && line.len() > 1).then(|| Way {
                feature,
                line: line.clone(),
                width,
            })
        });
        at_sea.collect()
    }

    /// What the arrows came to.
    fn arrow_facts(&self, legs: &[Leg], view: &View) -> Vec<ArrowFact> {
        let water = self.world.water_grid();
        let mut facts = Vec::new();
        for leg in legs {
            for (i, line) in leg.features.iter().zip(&leg.lines).filter(|(_, line)| line.len() > 1) {
                let feature = &self.layers.movements[*i];
                let look = self.look(feature, leg.features.len());
                let way: Line = leg.trunk.iter().flatten().chain(line).copied().collect();
                let on_land = feature.sea_route().map(|_| wake::on_land(&way, view, water) as f32);
                facts.push(ArrowFact {
                    movement: feature.movement.clone(),
                    badge: feature.badge,
                    line: way.iter().map(|c| point(*c)).collect(),
                    half_width: look.width / 2.0,
                    solid: look.class.dash.is_empty(),
                    on_land,
                });
            }
        }
        facts
    }

    fn tooltip(&self, feature: &MovementFeature) -> String {
        let name = |end: &Option<crate::layers::End>| end.as_ref().map_or("?".to_owned(), |e| e.name.clone());
        let mut words = format!("{} → {}", name(&feature.from), name(&feature.to));
        if let Some(speaker) = &feature.source.speaker {
            words += &format!(" · {speaker}");
        }
        if let Some(quote) = &feature.source.quote {
            words += &format!(": “{}”", wording::shorten(quote, 160));
        }
        words
    }

    pub(super) fn draw_node(&self, id: &str, name: &str, c: Coord<f64>, group: &mut Group) {
        let style = &Style::embedded().node;
        let palette = self.ink.palette;
        let (x, y) = (c.x as f32, c.y as f32);
        let capital = self.layers.places.iter().any(|place| place.id == id && place.capital);
        // a capital is a square, any other place a circle
        let outline = |grown: f32| match capital {
            true => Path::square(x, y, style.capital / 2.0 + grown),
            false => Path::circle(x, y, style.radius + grown),
        };
        group.items.push(Item::Shape(Shape {
            path: outline(1.8),
            fill: Some(palette.halo),
            ..Shape::default()
        }));
        group.items.push(Item::Shape(Shape {
            id: Some(svg_id(id, "node")),
            title: Some(name.to_owned()),
            path: outline(0.0),
            fill: Some(palette.node),
            stroke: Some(Stroke::solid(palette.label, style.stroke)),
            ..Shape::default()
        }));
    }

    /// How the story's places are written.
    pub(super) fn place_lettering(&self) -> Lettering {
        let size = Style::embedded().text.place;
        self.lettering(Role::Story, Face::SemiBold, size, self.ink.palette.label, 3.0)
    }

    /// How towns for bearings and the like are written.
    pub(super) fn city_lettering(&self) -> Lettering {
        let size = Style::embedded().text.city;
        self.lettering(Role::City, Face::Regular, size, self.ink.palette.muted, 2.5)
    }

    /// Puts a name where there is room for it; nothing may cover it.
    pub(super) fn put(&self, placed: Placed, name: &str, group: &mut Group, room: &mut Room) {
        room.keep(name, placed.frame);
        group.items.extend(placed.into_items(self.ink.palette));
    }

    pub(super) fn lettering(
        &self,
        role: Role,
        face: Face,
        sizes: [f32; 3],
        color: Color,
        halo: f32,
    ) -> Lettering {
        Lettering {
            role,
            face,
            size: sizes[self.ink.tier],
            color,
            tracking: 0.0,
            halo: (self.ink.palette.halo, halo),
        }
    }
}

/// Whether an area is shown as a ring at its point: too small for an outline, or a country so large that its
/// outline would be most of the map.
pub(super) fn drawn_as_ring(area: &AreaFeature, rings: &[Vec<Coord<f64>>], view: &View) -> bool {
    let large = area.kind == crate::places::PlaceKind::Country
        && bounds(rings).is_some_and(|f| f.width() > 0.35 * view.frame.width());
    // a hatch of a line or two is not seen
    let no_hatch = bounds(rings).is_none_or(|f| f.width().max(f.height()) < 10.0);
    large || (small_ring(rings, view) && (!area.vague || no_hatch))
}

pub(super) fn bounds(rings: &[Vec<Coord<f64>>]) -> Option<Frame> {
    let is_any = rings.iter().any(|ring| !ring.is_empty());
    is_any.then(|| Frame::around(rings.iter().flatten()))
}

/// Whether an area shows too small for an outline.
pub(super) fn small_ring(rings: &[Vec<Coord<f64>>], _view: &View) -> bool {
    let mut largest = 0.0f64;
    for ring in rings {
        let (mut x0, mut x1) = (f64::MAX, f64::MIN);
        for c in ring {
            (x0, x1) = (x0.min(c.x), x1.max(c.x));
        }
        largest = largest.max(x1 - x0);
    }
    largest < 24.0
}

/// How far a vague area's hatch goes: to its farthest point, but no farther than its size bears out. A strip along
/// a coast or border is hatched from end to end.
pub fn vague_radius(rings: &[Vec<Coord<f64>>], kernel: Coord<f64>) -> f64 {
    let farthest = rings.iter().flatten().map(|c| distance(*c, kernel)).fold(0.0, f64::max);
    let area: f64 = rings.iter().map(|r| ground::ring_area(r)).sum();
    let main = rings.iter().max_by(|a, b| ground::ring_area(a).total_cmp(&ground::ring_area(b)));
    let main_farthest =
        main.map_or(0.0, |ring| ring.iter().map(|c| distance(*c, kernel)).fold(0.0, f64::max));
    if area < 0.3 * main_farthest * main_farthest {
        return main_farthest.max(16.0);
    }
    farthest.min(1.35 * libm::sqrt(area / std::f64::consts::PI)).max(16.0)
}

/// Arrows stop at the edge of a box that an inset shows.
fn stop_at(legs: &mut [Leg], hole: &Frame) {
    for leg in legs {
        if let Some(trunk) = &leg.trunk {
            let cut = legs::outside(trunk, hole);
            leg.spine = cut.clone();
            leg.trunk = (cut.len() > 1).then_some(cut);
        }
        for line in &mut leg.lines {
            *line = legs::outside(line, hole);
        }
        if leg.trunk.is_none()
            && let Some(first) = leg.lines.first()
        {
            leg.spine = first.clone();
        }
    }
}

/// An id for an element of an SVG: letters, digits, dashes and dots.
pub fn svg_id(id: &str, what: &str) -> String {
    let clean: String =
        id.chars().map(|c| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' }).collect();
    format!("{what}-{clean}")
}

/// What a map of a story without movements can show: the sites and towns that it names, in the text's order.
pub fn named_sites(layers: &Layers) -> impl Iterator<Item = &PlaceFeature> {
    let is_told = wording::told(layers).next().is_some();
    let is_site = |place: &&PlaceFeature| matches!(place.precision, Precision::Point | Precision::Locality);
    layers.places.iter().filter(move |_| !is_told).filter(is_site).filter(|place| place.position.is_some())
}

/// Positions that a frame must show: ends of arrows, sea routes, six tenths of vague and other areas.
pub fn extent(layers: &Layers) -> Vec<LonLat> {
    let mut positions: Vec<LonLat> = Vec::new();
    for movement in layers.movements.iter().filter(|m| m.is_on_map()) {
        for end in [&movement.from, &movement.to].into_iter().flatten() {
            positions.extend(end.position);
        }
        if let Some(route) = movement.sea_route() {
            positions.extend(route.lines.iter().flatten().step_by(3).map(|c| LonLat::from(*c)));
        }
    }
    if positions.is_empty() {
        positions.extend(layers.places.iter().filter(|p| p.is_end).filter_map(|p| p.position));
    }
    for area in &layers.areas {
        let (Some(ground), Some(kernel)) = (&area.ground, area.kernel) else { continue };
        let share = if area.vague { 0.45 } else { 0.8 };
        use geo::BoundingRect;
        // the largest part only: far islands do not widen the frame
        let main = ground.iter().max_by(|a, b| degrees2(a).total_cmp(&degrees2(b)));
        let Some(rect) = main.and_then(|p| p.exterior().bounding_rect()) else { continue };
        if rect.width() > 25.0 {
            continue; // a whole continent of a country would hide the rest
        }
        for (x, y) in [(rect.min().x, rect.min().y), (rect.max().x, rect.max().y)] {
            let lon =
                kernel.lon + share * (crate::geometry::antimeridian::nearest_lon(x, kernel.lon) - kernel.lon);
            positions.push(LonLat::new(
                crate::geometry::projection::wrap_lon(lon),
                kernel.lat + share * (y - kernel.lat),
            ));
        }
    }
    positions
}

fn degrees2(polygon: &geo::Polygon<f64>) -> f64 {
    use geo::Area;
    polygon.unsigned_area()
}
